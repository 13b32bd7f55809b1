//! Escapes control sequences for terminals: each such character is written as its number, so nothing is lost.
//!
//! Text comes from files, and file names and arguments from anywhere. Everything printed as text passes through here
//! last.

use std::borrow::Cow;

/// Text with our own styles, which are kept, as are line breaks and tabs.
pub fn styled(text: &str) -> Cow<'_, str> {
    shown(text, |c, rest| match c {
        '\n' | '\t' => c.len_utf8(),
        '\x1b' => style(rest),
        _ => 0,
    })
}

/// Text without styles, on one line.
pub fn line(text: &str) -> Cow<'_, str> {
    shown(text, |_, _| 0)
}

/// A cell of a table: line breaks of every kind and tabs are kept.
pub fn cell(text: &str) -> Cow<'_, str> {
    shown(text, |c, rest| match c {
        '\n' | '\t' => c.len_utf8(),
        '\r' if rest.starts_with("\r\n") => c.len_utf8(),
        _ => 0,
    })
}

/// Whether a terminal acts on it: control characters, line separators, and characters that change the writing
/// direction.
pub fn is_obeyed(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || turns(c)
}

/// Characters that reorder text (Unicode Standard Annex 9, "Bidirectional character types").
const fn turns(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The escaped text; `kept` returns how many bytes to keep when such a character begins a sequence.
fn shown(text: &str, kept: impl Fn(char, &str) -> usize) -> Cow<'_, str> {
    let mut safe = String::new();
    // The end of the text already in `safe`, and the current position.
    let (mut taken, mut at) = (0, 0);
    while let Some((before, c)) =
        text.get(at..).and_then(|rest| rest.char_indices().find(|(_, c)| is_obeyed(*c)))
    {
        let found = at + before;
        let kept = kept(c, text.get(found..).unwrap_or_default());
        at = found + kept.max(c.len_utf8());
        if kept == 0 {
            safe.push_str(text.get(taken..found).unwrap_or_default());
            safe.extend(c.escape_unicode());
            taken = at;
        }
    }
    if taken == 0 {
        return Cow::Borrowed(text);
    }
    safe.push_str(text.get(taken..).unwrap_or_default());
    Cow::Owned(safe)
}

/// The length of the style at the start of a text: `ESC [ 1 ; 31 m`. Styles set colours and weights and have no other
/// effect.
fn style(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\x1b[") else { return 0 };
    let numbers = rest.bytes().take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    if rest.as_bytes().get(numbers) == Some(&b'm') { "\x1b[".len() + numbers + 1 } else { 0 }
}

/// JSON text without characters that a terminal acts on: the values are the same, since such characters occur only in
/// strings.
pub(crate) fn json(text: String) -> String {
    if !text.chars().any(|c| is_obeyed(c) && c != '\n') {
        return text;
    }
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        // Line breaks between values are ours. None of these characters takes two UTF-16 units.
        match c {
            c if is_obeyed(c) && c != '\n' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown() {
        assert_eq!(cell("a\r\nb\tc\rd\x1b[0m"), "a\r\nb\tc\\u{d}d\\u{1b}[0m");
        for (text, as_styled, as_line) in [
            ("", "", ""),
            ("Müller \u{1F600}", "Müller \u{1F600}", "Müller \u{1F600}"),
            ("a\nb\tc", "a\nb\tc", "a\\u{a}b\\u{9}c"),
            ("a\r\nb", "a\\u{d}\nb", "a\\u{d}\\u{a}b"),
            ("\u{7}\u{7f}\u{9b}2J", "\\u{7}\\u{7f}\\u{9b}2J", "\\u{7}\\u{7f}\\u{9b}2J"),
            ("\x1b[1mA\x1b[0m", "\x1b[1mA\x1b[0m", "\\u{1b}[1mA\\u{1b}[0m"),
            ("\x1b[38;5;9mA\x1b[m", "\x1b[38;5;9mA\x1b[m", "\\u{1b}[38;5;9mA\\u{1b}[m"),
            (
                "\x1b[2J\x1b]0;t\x07\x1b",
                "\\u{1b}[2J\\u{1b}]0;t\\u{7}\\u{1b}",
                "\\u{1b}[2J\\u{1b}]0;t\\u{7}\\u{1b}",
            ),
            ("\x1b[1\u{202e}m", "\\u{1b}[1\\u{202e}m", "\\u{1b}[1\\u{202e}m"),
            ("a\u{2028}b\u{61c}\u{2067}", "a\\u{2028}b\\u{61c}\\u{2067}", "a\\u{2028}b\\u{61c}\\u{2067}"),
        ] {
            assert_eq!((&*styled(text), &*line(text)), (as_styled, as_line), "{text:?}");
        }
    }

    #[test]
    fn json_stays_the_same_value() {
        let name = "a\x1b\x7f\u{9b}\u{202e}\u{2028}\n\t\"\\\u{1F600}";
        let text = json(serde_json::to_string_pretty(&[name]).unwrap());
        assert_eq!(text, "[\n  \"a\\u001b\\u007f\\u009b\\u202e\\u2028\\n\\t\\\"\\\\\u{1F600}\"\n]");
        assert_eq!(serde_json::from_str::<[String; 1]>(&text).unwrap(), [name]);
    }
}

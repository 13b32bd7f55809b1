//! Text on its way into DOT: escaped for the place where it stands, wrapped, and never cut in silence.

use unicode_normalization::char::is_combining_mark;

/// A text may take this many bytes in a label; DOT itself gives up at 16 KiB.
const MOST_BYTES: usize = 4096;

/// A double-quoted string of DOT that shows as this text where `dot` takes it for a label.
///
/// Backslashes are doubled, so that `\N` is no node name, and ampersands written out, so that `&#27;` is no
/// character. Control characters other than the line break are left out.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in shortened(text).chars() {
        match c {
            '\\' => quoted.push_str("\\\\"),
            '"' => quoted.push_str("\\\""),
            '\n' => quoted.push_str("\\n"),
            '&' => quoted.push_str("&amp;"),
            c if is_unprintable(c) => {}
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The text for inside an HTML-like label.
///
/// Nothing in it can open a tag or an entity; backslashes are doubled, since `dot` expands `\N` here too; control characters, which XML does not allow, are left out, and
/// line breaks and tabs become spaces.
pub(crate) fn markup(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    // `dot` takes `]` and `]]` alone for the beginning of the end of a CDATA section, and gives up.
    let is_brackets = text.chars().all(|c| c == ']');
    for c in shortened(text).chars() {
        match c {
            ']' if is_brackets => markup.push_str("&#93;"),
            '&' => markup.push_str("&amp;"),
            '\\' => markup.push_str("\\\\"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            '\n' | '\t' => markup.push(' '),
            c if is_unprintable(c) => {}
            c => markup.push(c),
        }
    }
    markup
}

/// The text on lines of about so many letters, broken at spaces; a longer word is broken within.
///
/// Wide letters count twice. Without anything to show there is no line.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let text = shortened(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, width.saturating_mul(3) / 2)) {
        if !line.is_empty() && letters(&line) + 1 + letters(&word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    lines.push(line);
    lines.retain(|line| line.chars().any(|c| !is_unprintable(c)));
    lines
}

/// A word in pieces that are not too long; marks and joined signs stay with their letter.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut size = 0;
    let mut joined = false;
    for c in word.chars() {
        if size >= width && !joined && !is_attached(c) {
            pieces.push(std::mem::take(&mut piece));
            size = 0;
        }
        piece.push(c);
        size += letter(c);
        joined = c == ZERO_WIDTH_JOINER;
    }
    pieces.push(piece);
    pieces
}

const ZERO_WIDTH_JOINER: char = '\u{200D}';

fn is_attached(c: char) -> bool {
    is_combining_mark(c) || matches!(c, '\u{200C}' | ZERO_WIDTH_JOINER | '\u{1F3FB}'..='\u{1F3FF}')
}

fn letters(text: &str) -> usize {
    text.chars().map(letter).sum()
}

/// About how wide a letter is: Chinese, Japanese and Korean ones and emoji are twice as wide.
fn letter(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 2,
        '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{1F300}'..='\u{1FAFF}' => 2,
        '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// The text, or its beginning and a note that says how long it was.
pub(crate) fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= MOST_BYTES {
        return text.into();
    }
    let end = (0..=MOST_BYTES).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let (shown, _) = text.split_at_checked(end).unwrap_or((text, ""));
    format!("{shown} … [shortened: {} of {} characters]", shown.chars().count(), text.chars().count()).into()
}

/// Control characters and code points that are no characters, of which XML allows none; and the signs that turn the
/// direction of whatever follows, which would be the text of others.
pub(crate) fn is_unprintable(c: char) -> bool {
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || u32::from(c) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_strings_escape_what_dot_would_expand() {
        for (text, expected) in [
            (r#"a "b""#, r#""a \"b\"""#),
            (r"\N\", r#""\\N\\""#),
            ("a\nb\u{1b}", r#""a\nb""#),
            ("&#27;", r#""&amp;#27;""#),
            ("%s", r#""%s""#),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn markup_has_no_tag_and_no_entity_of_the_text() {
        assert_eq!(markup("<b>&amp;\"'\u{0}]]>"), "&lt;b&gt;&amp;amp;&quot;&#39;]]&gt;");
        assert_eq!(markup("]]"), "&#93;&#93;");
        assert_eq!(markup(r"\N"), r"\\N");
        assert_eq!(markup("a\tb\nc\u{FFFE}"), "a b c");
    }

    #[test]
    fn texts_are_wrapped_at_spaces_and_lose_nothing() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("aaaaaaaaaa", 4), ["aaaaaa", "aaaa"]);
        assert_eq!(wrapped("電子書籍の会社", 4), ["電子書", "籍の会", "社"]);
        assert!(wrapped(" \u{1} ", 8).is_empty());
    }

    #[test]
    fn a_joined_sign_is_not_broken() {
        let family = "👨\u{200D}👩\u{200D}👧".repeat(4);
        assert!(wrapped(&family, 4).iter().all(|line| !line.starts_with('\u{200D}')));
    }

    #[test]
    fn a_shortened_text_says_so() {
        let long = markup(&"é".repeat(3000));
        assert!(long.ends_with("… [shortened: 2048 of 3000 characters]"));
    }
}

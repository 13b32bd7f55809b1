//! Text for DOT: escaped for its context, wrapped, and never cut without a note.

use unicode_normalization::char::is_combining_mark;

/// The most bytes of a text in a label; DOT itself gives up at 16 KiB.
const MOST_BYTES: usize = 4096;

/// A double-quoted DOT string that `dot` shows as this text when used as a label.
///
/// Backslashes are doubled, so that `\N` is not read as the node name, and ampersands are written out, so that
/// `&#27;` is not read as a character. Control characters other than the line break are dropped.
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

/// Text for use inside an HTML-like label.
///
/// Nothing in it can open a tag or an entity. Backslashes are doubled, since `dot` expands `\N` here too. Control
/// characters, which XML does not allow, are dropped; line breaks and tabs become spaces.
pub(crate) fn markup(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    // `dot` reads a lone `]` or `]]` as the end of a CDATA section, and fails.
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

/// Wraps text into lines of about this many characters, broken at spaces; a longer word is broken inside.
///
/// Wide characters count twice. Text with nothing to show gives no lines.
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

/// A word in pieces of limited width; combining marks and joined characters stay with their base.
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

/// The approximate width of a character: Chinese, Japanese, Korean and emoji are twice as wide.
fn letter(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' => 2,
        '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{1F300}'..='\u{1FAFF}' => 2,
        '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// The text, or its beginning and a note of its full length.
pub(crate) fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() <= MOST_BYTES {
        return text.into();
    }
    let end = (0..=MOST_BYTES).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    let (shown, _) = text.split_at_checked(end).unwrap_or((text, ""));
    format!("{shown} … [shortened: {} of {} characters]", shown.chars().count(), text.chars().count()).into()
}

/// Control characters and noncharacters, which XML does not allow, and bidirectional controls, which would affect the
/// text that follows.
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

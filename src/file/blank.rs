//! What stands between the tokens of RON, and the small scans that need no parser.

/// The text after the white space and comments with which it starts.
pub(crate) fn skip(text: &str) -> &str {
    let mut rest = text;
    loop {
        // Nearly all blanks are these.
        let plain = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
        rest = rest.get(plain..).unwrap_or_default();
        if rest.bytes().next().is_some_and(|byte| byte.is_ascii_graphic() && byte != b'/') {
            return rest;
        }
        rest = rest.trim_start_matches(is_blank);
        rest = if let Some(comment) = rest.strip_prefix("//") {
            comment.find('\n').and_then(|end| comment.get(end..)).unwrap_or_default()
        } else if rest.starts_with("/*") {
            after_block(rest)
        } else {
            return rest;
        };
    }
}

/// The text after a comment in `/* */`, which may hold others.
fn after_block(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut rest = text;
    loop {
        if let Some(inside) = rest.strip_prefix("/*") {
            (depth, rest) = (depth + 1, inside);
        } else if let Some(after) = rest.strip_prefix("*/") {
            (depth, rest) = (depth.saturating_sub(1), after);
            if depth == 0 {
                return rest;
            }
        } else {
            let step = rest.char_indices().skip(1).find(|(_, c)| matches!(c, '/' | '*'));
            let Some(next) = step.and_then(|(n, _)| rest.get(n..)) else { return "" };
            rest = next;
        }
    }
}

/// What RON takes for white space.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\n'
            | '\t'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// The bare word with which a text starts; empty if it starts with none.
pub(crate) fn name(text: &str) -> &str {
    let starts = text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let opens = |lead: &str| text.starts_with(lead);
    if !starts || opens("r\"") || opens("r#") || opens("b\"") || opens("b'") || opens("br\"") || opens("br#")
    {
        return "";
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The bare word of ASCII letters with which a text starts, if a comma or a closing bracket follows.
pub(crate) fn lone_word(text: &str) -> Option<&str> {
    let (word, rest) = ascii_word(text)?;
    skip(rest).starts_with([',', ')', ']', '}']).then_some(word)
}

/// The word of ASCII letters, digits and `_` with which a text starts, and the text behind it.
pub(crate) fn ascii_word(text: &str) -> Option<(&str, &str)> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let end = text.bytes().take_while(is_word).count();
    let is_name = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    text.split_at_checked(end).filter(|_| is_name)
}

/// What is open at the end of a text: brackets, and a text in quotes.
#[derive(Debug, Default)]
pub(crate) struct Open {
    /// Opening brackets with their bytes, the innermost last.
    pub(crate) brackets: Vec<(char, usize)>,
    /// The byte of an opening quote without its closing one.
    pub(crate) quote: Option<usize>,
    /// The last text in quotes that is closed, from and up to.
    text: Option<(usize, usize)>,
}

impl Open {
    /// The byte where a text over several lines begins, if nothing but blanks follows it up to `end`.
    pub(crate) fn torn(&self, text: &str, end: usize) -> Option<usize> {
        let (from, to) = self.text?;
        let lines = text.get(from..to)?.contains('\n');
        let follows = skip(text.get(to..)?).len() == skip(text.get(end..)?).len();
        (lines && follows).then_some(from)
    }
}

/// What is open after so many bytes of a text.
pub(crate) fn open_at(text: &str, end: usize) -> Open {
    let mut open = Open::default();
    let mut rest = skip(text);
    loop {
        let at = text.len() - rest.len();
        let Some(c) = rest.chars().next().filter(|_| at < end) else { return open };
        let after = match c {
            '"' => after_text(rest),
            'r' => after_raw(rest),
            _ => rest.get(c.len_utf8()..),
        };
        match c {
            '(' | '[' | '{' => open.brackets.push((c, at)),
            ')' | ']' | '}' => {
                open.brackets.pop();
            }
            _ => {}
        }
        let Some(after) = after.filter(|after| c != '"' || text.len() - after.len() <= end) else {
            open.quote = Some(at);
            return open;
        };
        if c == '"' {
            open.text = Some((at, text.len() - after.len()));
        }
        rest = skip(after);
    }
}

/// The text after one in quotes.
pub(crate) fn after_text(text: &str) -> Option<&str> {
    let mut escaped = true; // the opening quote
    for (n, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return text.get(n + 1..),
            _ => {}
        }
    }
    None
}

/// The text after one written `r#"..."#`, or after the letter `r`.
fn after_raw(text: &str) -> Option<&str> {
    let rest = text.get(1..).unwrap_or_default();
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    let Some(words) = rest.get(hashes..).and_then(|rest| rest.strip_prefix('"')) else { return Some(rest) };
    let close = format!("\"{}", "#".repeat(hashes));
    words.find(&close).and_then(|end| words.get(end + close.len()..))
}

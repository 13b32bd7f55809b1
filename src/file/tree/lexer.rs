//! Where blanks, comments and words end.

use unicode_ident::{is_xid_continue, is_xid_start};

use super::slip::What;
use super::token::Kind;

/// How long the white space is from a byte of a text on.
pub(super) fn spaces(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes().get(at..).unwrap_or_default();
    // Nearly all is this.
    let plain = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\n')).count();
    match bytes.get(plain) {
        None => plain,
        Some(byte) if byte.is_ascii_graphic() => plain,
        Some(_) => {
            let rest = text.get(at..).unwrap_or_default();
            rest.len() - rest.trim_start_matches(is_space).len()
        }
    }
}

/// What RON takes for white space.
fn is_space(c: char) -> bool {
    let wide = ['\u{85}', '\u{200E}', '\u{200F}', '\u{2028}', '\u{2029}'];
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0B' | '\x0C') || wide.contains(&c)
}

/// The comment with which a text starts, and how long it is.
pub(super) fn comment(text: &str) -> Result<(Kind, usize), What> {
    if text.starts_with("//") {
        return Ok((Kind::LineComment, text.find('\n').unwrap_or(text.len())));
    }
    if !text.starts_with("/*") {
        return Err(What::Slash);
    }
    let (mut depth, mut at) = (0_usize, 0);
    let bytes = text.as_bytes();
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        at += rest.iter().position(|byte| matches!(byte, b'/' | b'*')).ok_or(What::Comment)?;
        match bytes.get(at..at + 2) {
            Some(b"/*") => depth += 1,
            Some(b"*/") => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            return Ok((Kind::BlockComment, at));
        }
    }
}

/// How long the white space and the comments are with which a text starts; else what is wrong, and where.
pub(super) fn blank_length(text: &str) -> Result<usize, (What, usize)> {
    let mut at = spaces(text, 0);
    while let Some(rest) = text.get(at..).filter(|rest| rest.starts_with('/')) {
        at += comment(rest).map_err(|what| (what, at))?.1;
        at += spaces(text, at);
    }
    Ok(at)
}

/// The word with which a text starts, and how long it is.
pub(super) fn word(text: &str) -> Option<(Kind, usize)> {
    let bytes = text.as_bytes();
    match bytes.first()? {
        b'r' | b'b' => {
            let starts = |lead: &str| text.starts_with(lead);
            if ["b\"", "b'", "br#", "br\"", "r\"", "r#\"", "r##"].into_iter().any(starts) {
                return None;
            }
            if let Some(raw) = text.strip_prefix("r#") {
                let of_raw = |c: char| matches!(c, '.' | '+' | '-') || is_xid_continue(c);
                let length = raw.len() - raw.trim_start_matches(of_raw).len();
                return (length > 0).then_some((Kind::RawWord, length + 2));
            }
        }
        byte if byte.is_ascii_alphabetic() || *byte == b'_' => {}
        byte if byte.is_ascii() => return None,
        _ => {
            text.chars().next().filter(|c| is_xid_start(*c))?;
        }
    }
    let plain = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    if bytes.get(plain).is_none_or(u8::is_ascii) {
        return Some((Kind::Word, plain));
    }
    Some((Kind::Word, text.len() - text.trim_start_matches(is_xid_continue).len()))
}

/// How far a byte is indented, if only spaces stand before it on its line.
pub(super) fn indent(text: &str, at: usize) -> Option<usize> {
    let before = text.as_bytes().get(..at)?;
    let spaces = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let line = before.len() - spaces;
    (line == 0 || before.get(line - 1) == Some(&b'\n')).then_some(spaces)
}

//! What stands in quotes: texts, raw texts, bytes, characters; and the escapes in them.

/// What an escape stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Text,
    Char,
    Bytes,
    Byte,
}

/// What an escape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Byte(u8),
    Char(char),
}

impl Piece {
    /// The byte; none of `\u{...}`.
    pub(super) const fn byte(self) -> Option<u8> {
        match self {
            Self::Byte(byte) => Some(byte),
            Self::Char(_) => None,
        }
    }

    fn char(self) -> char {
        match self {
            Self::Byte(byte) => byte.into(),
            Self::Char(c) => c,
        }
    }
}

/// Why what starts with a quote is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotWhole {
    /// Its closing quote is missing.
    Open,
    /// It has an escape that is none.
    Escape,
}

/// An escape, and how long it is, behind its backslash.
pub(super) fn escape(text: &str, of: Of) -> Option<(Piece, usize)> {
    let byte = |byte| Some((Piece::Byte(byte), 1));
    match text.bytes().next()? {
        plain @ (b'\'' | b'"' | b'\\') => byte(plain),
        b'n' => byte(b'\n'),
        b'r' => byte(b'\r'),
        b't' => byte(b'\t'),
        b'0' => byte(b'\0'),
        b'x' => by_bytes(text.get(1..)?, of).map(|(piece, length)| (piece, length + 1)),
        b'u' => by_number(text.get(1..)?).map(|(c, length)| (Piece::Char(c), length + 1)),
        _ => None,
    }
}

/// `\x41`, or in a text up to four that make a character in UTF-8.
fn by_bytes(text: &str, of: Of) -> Option<(Piece, usize)> {
    let first = hex(text)?;
    if matches!(of, Of::Bytes | Of::Byte) || first.is_ascii() {
        return Some((Piece::Byte(first), 2));
    }
    let mut bytes = vec![first];
    let mut rest = text.get(2..)?;
    while of == Of::Text && bytes.len() < 4 {
        rest = rest.strip_prefix("\\x")?;
        bytes.push(hex(rest)?);
        rest = rest.get(2..)?;
        if let Some(c) = std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            return Some((Piece::Char(c), text.len() - rest.len()));
        }
    }
    None
}

/// Two digits of a byte.
fn hex(text: &str) -> Option<u8> {
    let digits = text.get(..2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// `{1F600}`.
fn by_number(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('{')?;
    let length = inside.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
    let digits = inside.get(..length)?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    inside.get(length..)?.starts_with('}').then_some((c, length + 2))
}

/// How long a line break is behind a backslash, with the blanks after it, which all are not part of the text.
fn continued(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n'))?;
    Some(text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len())
}

/// How long a text is behind its opening quote, with its closing one; and whether it has escapes.
pub(super) fn length(text: &str, of: Of) -> Result<(usize, bool), NotWhole> {
    let first = text.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(NotWhole::Open)?;
    if text.as_bytes().get(first) == Some(&b'"') {
        return Ok((first + 1, false));
    }
    let mut at = first;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let next = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\')).ok_or(NotWhole::Open)?;
        let Some(escaped) = rest.get(next..).and_then(|rest| rest.strip_prefix('\\')) else {
            return Ok((at + next + 1, true));
        };
        let length = continued(escaped).or_else(|| escape(escaped, of).map(|(_, length)| length));
        let Some(length) = length else {
            return Err(if escaped.contains('"') { NotWhole::Escape } else { NotWhole::Open });
        };
        at += next + 1 + length;
    }
}

/// What a text with escapes says.
pub(super) fn unescaped(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escaped)) = rest.split_once('\\') {
        said.push_str(before);
        let skip = continued(escaped).unwrap_or_else(|| {
            let (piece, length) = escape(escaped, Of::Text).unwrap_or((Piece::Char('\\'), 0));
            said.push(piece.char());
            length
        });
        rest = escaped.get(skip..).unwrap_or_default();
    }
    said.push_str(rest);
    said
}

/// How long a raw text is behind its letters: `#"..."#`. `None` if it is none, else whether it is closed.
pub(super) fn raw_length(text: &str) -> Option<Result<usize, NotWhole>> {
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    let words = text.get(hashes..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    Some(words.find(&close).map(|end| hashes + 1 + end + close.len()).ok_or(NotWhole::Open))
}

/// The words of a raw text, as it is written.
pub(super) fn raw_words(text: &str) -> &str {
    let text = text.trim_start_matches(['b', 'r']);
    let hashes = text.bytes().take_while(|byte| *byte == b'#').count();
    let end = text.len().saturating_sub(hashes + 1);
    text.get(hashes + 1..end).unwrap_or_default()
}

/// How long a character is behind its opening quote.
pub(super) fn char_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let length = match first {
        '\\' => escape(text.get(1..)?, Of::Char)?.1 + 1,
        c => c.len_utf8(),
    };
    text.get(length..)?.starts_with('\'').then_some(length + 1)
}

//! The characters that texts may contain.

/// The sort of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// A name: short, on one line.
    Name,
    /// A text on one line.
    Line,
    /// A text that may have line breaks and tabs.
    Prose,
}

/// The first forbidden character in a text from a snapshot.
pub(crate) fn forbidden(text: &str, sort: TextKind) -> Option<char> {
    const AT_A_TIME: usize = 512;
    // A vectorized test for suspects: control characters, DEL, and the first UTF-8 bytes of the others, 0xc2 and 0xe2.
    let suspect = |some: u8, byte: &u8| {
        some | u8::from(*byte < b' ') | u8::from(*byte == 0x7f) | u8::from(*byte & 0xdf == 0xc2)
    };
    let suspects = text.as_bytes().chunks(AT_A_TIME).enumerate();
    let suspects = suspects.filter(|(_, bytes)| bytes.iter().fold(0, suspect) != 0);
    let whole = |(n, bytes): (usize, &[u8])| {
        let start = text.floor_char_boundary(n * AT_A_TIME);
        text.get(start..text.ceil_char_boundary(n * AT_A_TIME + bytes.len())).unwrap_or_default()
    };
    suspects.map(whole).find_map(|part| part.chars().find(|c| is_forbidden(*c, sort)))
}

pub(crate) fn is_forbidden(c: char, sort: TextKind) -> bool {
    c.is_control() && !(sort == TextKind::Prose && matches!(c, '\n' | '\t' | '\r'))
        || matches!(c, '\u{2028}' | '\u{2029}')
}

pub(crate) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

//! Numbers as RON has them: signs, bases, `_`, endings such as `u8`, and floats.
//!
//! No field of a graph is a number, but a file with one is well-formed, and is told what to write instead. So what is
//! a number, and how far it goes, is as in ron 0.12.

use unicode_ident::is_xid_continue;

/// What a number is to a graph: the version of a file is a whole one, and everything else is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    Whole(u64),
    Other,
}

/// Why something is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// Its digits are wrong, or it is too large.
    Digits,
    /// It only starts like one.
    None,
}

/// A number, and how long it is; else why it is none, and how much of it was read.
type Read = Result<(Number, usize), (NoNumber, usize)>;

const NAMED: [&str; 6] = ["inf", "inff32", "inff64", "NaN", "NaNf32", "NaNf64"];

/// Whether a text starts with this word.
pub(super) fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_xid_continue))
}

/// How long the name of a number is with which a text starts.
fn named(text: &str) -> Option<usize> {
    NAMED.iter().find(|name| starts_with_word(text, name)).map(|name| name.len())
}

/// Whether a word is the name of a number.
pub(super) fn is_named(word: &str) -> bool {
    NAMED.contains(&word)
}

/// Whether a number is due where a text starts.
pub(super) fn starts(text: &str) -> bool {
    text.starts_with(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '.'])
        || text.starts_with("b'")
        || named(text).is_some()
}

/// The number with which a text starts.
pub(super) fn number(text: &str) -> Read {
    if let Some(length) = named(text) {
        return Ok((Number::Other, length));
    }
    if is_float(text) {
        return float(text).map(|length| (Number::Other, length)).map_err(|no| (no, 0));
    }
    let (no, read) = match integer(text) {
        Ok(read) => return Ok(read),
        Err(no) => no,
    };
    // One that is too large is a float.
    match float(text) {
        Ok(length) if length >= read => Ok((Number::Other, length)),
        _ => Err((no, read)),
    }
}

/// How many bytes of a text from one on are of a sort.
fn run(text: &str, from: usize, is: impl Fn(u8) -> bool) -> usize {
    text.bytes().skip(from).take_while(|byte| is(*byte)).count()
}

const fn is_digit(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || byte == b'_'
}

const fn is_of_float(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b'e' | b'E' | b'.' | b'+' | b'-' | b'_')
}

/// How much of a text may be a float: two dots are those of a range.
fn float_run(text: &str, from: usize) -> usize {
    let length = run(text, from, is_of_float);
    let float = text.get(from..from + length).unwrap_or_default();
    float.find("..").unwrap_or(length)
}

fn is_float(text: &str) -> bool {
    let sign = usize::from(text.starts_with(['+', '-']));
    float_run(text, sign) > run(text, sign, is_digit)
}

fn float(text: &str) -> Result<usize, NoNumber> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if let Some(length) = named(unsigned) {
        return Ok(text.len() - unsigned.len() + length);
    }
    let length = float_run(text, 0);
    let digits = text.get(..length).unwrap_or_default();
    if digits.is_empty() {
        return Err(NoNumber::None);
    }
    let mut plain = String::with_capacity(length);
    let mut may_part = false;
    for c in digits.chars() {
        match c {
            '_' if may_part => continue,
            '_' => return Err(NoNumber::Digits),
            '0'..='9' | 'e' | 'E' => may_part = true,
            '.' => may_part = false,
            _ => {}
        }
        plain.push(c);
    }
    let rest = text.get(length..).unwrap_or_default();
    let ending =
        ["f32", "f64"].iter().find(|ending| starts_with_word(rest, ending)).map_or(0, |one| one.len());
    plain.parse::<f64>().map(|_| length + ending).map_err(|_| NoNumber::None)
}

/// Endings of whole numbers, with the least and the largest that they stand for.
const ENDINGS: [(&str, i128, i128); 8] = [
    ("i8", i8::MIN as i128, i8::MAX as i128),
    ("i16", i16::MIN as i128, i16::MAX as i128),
    ("i32", i32::MIN as i128, i32::MAX as i128),
    ("i64", I64.0, I64.1),
    ("u8", 0, u8::MAX as i128),
    ("u16", 0, u16::MAX as i128),
    ("u32", 0, u32::MAX as i128),
    ("u64", U64.0, U64.1),
];

const I64: (i128, i128) = (i64::MIN as i128, i64::MAX as i128);
const U64: (i128, i128) = (0, u64::MAX as i128);

fn integer(text: &str) -> Read {
    if let Some(byte) = text.strip_prefix("b'") {
        return byte_literal(byte)
            .map(|(byte, length)| (Number::Whole(byte.into()), length + 2))
            .ok_or((NoNumber::None, 0));
    }
    let is_negative = text.starts_with('-');
    let mut at = usize::from(text.starts_with(['+', '-']));
    let unsigned = text.get(at..).unwrap_or_default();
    let base = match unsigned.get(..2) {
        Some("0b") => 2,
        Some("0o") => 8,
        Some("0x") => 16,
        _ => 10,
    };
    if base != 10 {
        at += 2;
    }
    let length = run(text, at, is_digit);
    let digits = text.get(at..at + length).unwrap_or_default();
    let rest = text.get(at + length..).unwrap_or_default();
    let ending = ENDINGS.iter().find(|(ending, ..)| starts_with_word(rest, ending));
    let (bounds, is_signed) = match ending {
        Some((ending, least, most)) => ((*least, *most), ending.starts_with('i')),
        None if is_negative => (I64, true),
        None => (U64, false),
    };
    let ending = ending.map_or(0, |(ending, ..)| ending.len());
    match whole(digits, base, is_negative, bounds) {
        Ok(value) => {
            let number =
                u64::try_from(value).ok().filter(|_| !is_signed).map_or(Number::Other, Number::Whole);
            Ok((number, at + length + ending))
        }
        // Digits are read up to the first that is none.
        Err(NotWhole::Digit(n)) => Err((NoNumber::Digits, at + n)),
        Err(NotWhole::TooLarge) => Err((NoNumber::Digits, at + length + ending)),
        Err(NotWhole::Empty) => Err((NoNumber::None, at + ending)),
    }
}

enum NotWhole {
    Empty,
    Digit(usize),
    TooLarge,
}

fn whole(digits: &str, base: i128, is_negative: bool, (least, most): (i128, i128)) -> Result<i128, NotWhole> {
    if digits.is_empty() {
        return Err(NotWhole::Empty);
    }
    if digits.starts_with('_') {
        return Err(NotWhole::Digit(0));
    }
    let fits = |value: i128| if value < least || value > most { Err(NotWhole::TooLarge) } else { Ok(value) };
    let mut value = 0;
    for (n, c) in digits.char_indices().filter(|(_, c)| *c != '_') {
        value = fits(value * base)?;
        let digit = c.to_digit(16).map(i128::from).filter(|digit| *digit < base).ok_or(NotWhole::Digit(n))?;
        value = fits(if is_negative { value - digit } else { value + digit })?;
    }
    Ok(value)
}

/// The byte of `b'x'`, and how long it is behind its opening quote.
fn byte_literal(text: &str) -> Option<(u8, usize)> {
    let first = text.chars().next()?;
    let (byte, length) = match first {
        '\\' => {
            let (piece, length) = super::quoted::escape(text.get(1..)?, super::quoted::Of::Byte)?;
            (piece.byte()?, length + 1)
        }
        c => (u8::try_from(c).ok().filter(u8::is_ascii)?, 1),
    };
    text.get(length..)?.starts_with('\'').then_some((byte, length + 1))
}

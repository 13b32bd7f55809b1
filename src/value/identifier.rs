use std::fmt;
use std::str::FromStr;

use super::{ValueError, error};

/// A Legal Entity Identifier: 18 capital letters and digits, and two check digits.
///
/// ISO 17442. The check is ISO 7064, MOD 97-10: with letters replaced by the numbers 10 to 35, the whole number
/// leaves a remainder of 1 when divided by 97.
///
/// ```
/// use keiretsu::Lei;
///
/// let gleif: Lei = "506700GE1G29325QX363".parse()?;
/// assert_eq!(gleif.as_str(), "506700GE1G29325QX363");
/// assert!("506700GE1G29325QX364".parse::<Lei>().is_err());
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lei([u8; 20]);

impl Lei {
    /// The identifier, 20 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default() // only capitals and digits get in
    }

    fn read(text: &str) -> Option<Self> {
        let bytes: [u8; 20] = text.as_bytes().try_into().ok()?;
        let ends_in_digits = bytes.iter().rev().take(2).all(u8::is_ascii_digit);
        (ends_in_digits && remainder_97(&bytes)? == 1).then_some(Self(bytes))
    }
}

impl FromStr for Lei {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("an LEI", text, Self::read, |text| {
            code_hint(text, 20, |better| Self::read(better).is_some())
        })
    }
}

impl fmt::Display for Lei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lei({self})")
    }
}

/// An International Securities Identification Number: two letters, nine letters or digits, and a
/// check digit.
///
/// ISO 6166; the check digit follows Luhn's formula over the letters written as numbers.
///
/// ```
/// use keiretsu::Isin;
///
/// let apple: Isin = "US0378331005".parse()?;
/// assert_eq!(apple.as_str(), "US0378331005");
/// assert!("US0378331006".parse::<Isin>().is_err());
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Isin(isin::ISIN);

impl Isin {
    /// The number, 12 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    fn read(text: &str) -> Option<Self> {
        isin::parse(text).ok().map(Self)
    }
}

impl FromStr for Isin {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("an ISIN", text, Self::read, |text| {
            code_hint(text, 12, |better| Self::read(better).is_some())
        })
    }
}

impl fmt::Display for Isin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The id of a Wikidata item: `Q` and a number from 1 without leading zeros.
///
/// ```
/// use keiretsu::WikidataId;
///
/// let microsoft: WikidataId = "Q2283".parse()?;
/// assert_eq!(microsoft.number(), 2283);
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WikidataId(u64);

impl WikidataId {
    /// The number after the `Q`.
    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }

    fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('Q')?;
        let plain = !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit());
        if plain { digits.parse().ok().map(Self) } else { None }
    }
}

impl FromStr for WikidataId {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a Wikidata id", text, Self::read, |text| {
            let last = text.trim().rsplit(['/', ':']).next().unwrap_or(text);
            let number = last.trim_start_matches(['q', 'Q']).trim_start_matches('0');
            let better = format!("Q{number}");
            Self::read(&better).map_or_else(
                || "an item of Wikidata is `Q` and its number, as in `Q2283`".to_owned(),
                |_| format!("write `{better}`"),
            )
        })
    }
}

impl fmt::Display for WikidataId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

/// The number that capitals and digits form, with A as 10 to Z as 35, modulo 97.
fn remainder_97(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0, |sum, byte| match byte {
        b'0'..=b'9' => Some((sum * 10 + u32::from(byte - b'0')) % 97),
        b'A'..=b'Z' => Some((sum * 100 + u32::from(byte - b'A') + 10) % 97),
        _ => None,
    })
}

/// What is wrong with a code that should have this many letters and digits, ending in check digits.
fn code_hint(text: &str, length: usize, fits: impl Fn(&str) -> bool) -> String {
    let better: String =
        text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase()).collect();
    if fits(&better) {
        return format!("write `{better}`");
    }
    let count = better.chars().count();
    if count != length {
        return format!("it has {length} letters and digits, this has {count}");
    }
    if !better.chars().all(|c| c.is_ascii_alphanumeric()) {
        return "it has only the letters A to Z and the digits 0 to 9".to_owned();
    }
    "its check digits do not match: a letter or digit is mistyped".to_owned()
}

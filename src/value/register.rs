use std::fmt;
use std::str::FromStr;

use super::{Country, ValueError, error};

/// A number in a company register, with the country or region that keeps the register.
///
/// The jurisdiction is a [`Country`], or a region by its ISO 3166-2 code where regions keep the registers, as in
/// `US-DE`: the country's code, `-`, and one to three capital letters or digits. Whether the country has such a
/// region is not checked. The number is as printed by the register: letters, digits 0 to 9 and `-`, `.`, `/`, `(`,
/// `)`, with single blanks, up to 64 characters and at least one digit. As a single text it is written `GB 0123456`.
///
/// ```
/// use keiretsu::RegisterNumber;
///
/// let number = RegisterNumber::new("US-DE", "2918-401")?;
/// assert_eq!(number.country().as_str(), "US");
/// assert_eq!(number.to_string(), "US-DE 2918-401");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegisterNumber {
    country: Country,
    jurisdiction: String,
    number: String,
}

impl RegisterNumber {
    /// The number in the register of the jurisdiction.
    ///
    /// # Errors
    ///
    /// If the jurisdiction is neither a country nor a region, or the number is malformed.
    pub fn new(jurisdiction: &str, number: &str) -> Result<Self, ValueError> {
        let Some(country) = country_of(jurisdiction) else {
            return Err(ValueError::new(
                "a jurisdiction",
                jurisdiction,
                Some("write a country or a region of ISO 3166, as in `GB` or `US-DE`".to_owned()),
            ));
        };
        let number = error::parse("a register number", number, read_number, |_| {
            "write letters, digits and `-`, `.`, `/`, `(`, `)` with single blanks, as in \
             `HRB 42243`"
                .to_owned()
        })?;
        Ok(Self { country, jurisdiction: jurisdiction.to_owned(), number })
    }

    /// The country the register belongs to.
    #[must_use]
    pub fn country(&self) -> Country {
        self.country
    }

    /// The country or region that keeps the register, such as `GB` or `US-DE`.
    #[must_use]
    pub fn jurisdiction(&self) -> &str {
        &self.jurisdiction
    }

    /// The number as the register prints it.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

impl FromStr for RegisterNumber {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let (jurisdiction, number) = text.split_once(' ').ok_or_else(|| {
            let hint = "write the country and the number, as in `GB 0123456`";
            ValueError::new("a register number", text, Some(hint.to_owned()))
        })?;
        Self::new(jurisdiction, number)
    }
}

impl fmt::Display for RegisterNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.jurisdiction, self.number)
    }
}

/// Longer than the numbers of any register.
const MAX_NUMBER: usize = 64;

/// The country of a jurisdiction: itself, or the country of a region code.
fn country_of(jurisdiction: &str) -> Option<Country> {
    let Some((country, region)) = jurisdiction.split_once('-') else {
        return Country::read(jurisdiction);
    };
    let has_form = (1..=3).contains(&region.len())
        && region.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if has_form { Country::read(country) } else { None }
}

fn read_number(text: &str) -> Option<String> {
    let allowed = |c: char| c.is_alphabetic() || c.is_ascii_digit() || "-./() ".contains(c);
    let valid = text.chars().take(MAX_NUMBER + 1).count() <= MAX_NUMBER
        && text.chars().all(allowed)
        && text.contains(|c: char| c.is_ascii_digit())
        && text.split(' ').all(|word| !word.is_empty());
    valid.then(|| text.to_owned())
}

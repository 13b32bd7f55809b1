use std::fmt;
use std::str::FromStr;

use super::{Country, ValueError, country, error};

/// Where a right holds: one country, or everywhere.
///
/// Written as the ISO 3166-1 code of the country, or `worldwide`.
///
/// ```
/// use keiretsu::Territory;
///
/// let territory: Territory = "worldwide".parse()?;
/// assert_eq!(territory, Territory::Worldwide);
/// assert_eq!(territory.country(), None);
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Territory {
    /// Everywhere.
    Worldwide,
    /// In this country.
    Country(Country),
}

impl Territory {
    /// The country; none for `worldwide`.
    #[must_use]
    pub fn country(self) -> Option<Country> {
        match self {
            Self::Worldwide => None,
            Self::Country(country) => Some(country),
        }
    }

    /// Whether it holds everywhere.
    #[must_use]
    pub fn is_worldwide(self) -> bool {
        self == Self::Worldwide
    }

    fn read(text: &str) -> Option<Self> {
        if text == "worldwide" {
            return Some(Self::Worldwide);
        }
        Country::read(text).map(Self::Country)
    }
}

impl From<Country> for Territory {
    fn from(country: Country) -> Self {
        Self::Country(country)
    }
}

impl FromStr for Territory {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a territory", text, Self::read, |text| {
            let lower = text.trim().to_lowercase();
            match lower.as_str() {
                "worldwide" | "world" | "global" | "globally" | "all" | "everywhere" => {
                    "write `worldwide`".to_owned()
                }
                _ => country::hint(text),
            }
        })
    }
}

impl fmt::Display for Territory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Worldwide => f.write_str("worldwide"),
            Self::Country(country) => country.fmt(f),
        }
    }
}

use std::fmt;
use std::str::FromStr;

use super::{ValueError, error};

/// A country or dependent territory by its two-letter code of ISO 3166-1, in capitals.
///
/// Two codes beyond the assigned ones are allowed because registers and deals need them: `XK`,
/// which the standard leaves to its users and everyone uses for Kosovo, and `EU`, which it
/// reserves for the European Union.
///
/// ```
/// use keiretsu::Country;
///
/// let country: Country = "CN".parse()?;
/// assert_eq!(country.as_str(), "CN");
///
/// let error = "CHN".parse::<Country>().unwrap_err();
/// assert_eq!(error.hint(), Some("write the two-letter code: `CN`"));
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

impl Country {
    /// The code, two capital letters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        rust_iso3166::from_alpha2(text)
            .map(|country| country.alpha2)
            .or_else(|| BEYOND_THE_STANDARD.into_iter().find(|code| *code == text))
            .map(Self)
    }
}

impl FromStr for Country {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a country", text, Self::read, hint)
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

const BEYOND_THE_STANDARD: [&str; 2] = ["EU", "XK"];

/// Names and codes people use that the standard's own lists do not give.
const USUAL: [(&str, &str); 14] = [
    ("UK", "GB"),
    ("UNITED KINGDOM", "GB"),
    ("GREAT BRITAIN", "GB"),
    ("EL", "GR"),
    ("USA", "US"),
    ("UNITED STATES", "US"),
    ("SOUTH KOREA", "KR"),
    ("KOREA", "KR"),
    ("TAIWAN", "TW"),
    ("RUSSIA", "RU"),
    ("VIETNAM", "VN"),
    ("CZECH REPUBLIC", "CZ"),
    ("NETHERLANDS", "NL"),
    ("TURKEY", "TR"),
];

/// What to write instead of a text that is not a country.
pub(super) fn hint(text: &str) -> String {
    let upper = text.trim().to_uppercase();
    if Country::read(&upper).is_some() {
        return format!("write `{upper}`");
    }
    let usual = USUAL.iter().find(|(name, _)| *name == upper).map(|(_, code)| *code);
    let code = usual.or_else(|| {
        let named = |country: &&rust_iso3166::CountryCode| {
            country.alpha3 == upper || country.name.to_uppercase() == upper
        };
        rust_iso3166::ALL.iter().find(named).map(|country| country.alpha2)
    });
    code.map_or_else(
        || "write the two-letter code of ISO 3166, as in `IN` or `US`".to_owned(),
        |code| format!("write the two-letter code: `{code}`"),
    )
}

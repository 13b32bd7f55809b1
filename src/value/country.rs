use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use iso_country::data::CountryCode;

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
        assigned(text).or_else(|| BEYOND_THE_STANDARD.into_iter().find(|code| *code == text)).map(Self)
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

/// The countries of the standard, in the order of their codes.
static ASSIGNED: LazyLock<Vec<CountryCode<'static>>> = LazyLock::new(|| {
    let mut countries = iso_country::data::all();
    countries.sort_unstable_by_key(|country| country.alpha2);
    countries
});

fn assigned(code: &str) -> Option<&'static str> {
    let at = ASSIGNED.binary_search_by_key(&code, |country| country.alpha2).ok()?;
    ASSIGNED.get(at).map(|country| country.alpha2)
}

const BEYOND_THE_STANDARD: [&str; 2] = ["EU", "XK"];

/// Common names and codes that the list lacks: some of its names are a few years old.
const USUAL: [(&str, &str); 20] = [
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
    ("CZECHIA", "CZ"),
    ("ESWATINI", "SZ"),
    ("FALKLAND ISLANDS (MALVINAS)", "FK"),
    ("MACEDONIA", "MK"),
    ("NORTH MACEDONIA", "MK"),
    ("PALESTINE", "PS"),
    ("TANZANIA", "TZ"),
    ("THE NETHERLANDS", "NL"),
    ("TÜRKIYE", "TR"),
];

/// A correction for a text that is not a country.
pub(super) fn hint(text: &str) -> String {
    let upper = text.trim().to_uppercase();
    if Country::read(&upper).is_some() {
        return format!("write `{upper}`");
    }
    let usual = USUAL.iter().find(|(name, _)| *name == upper).map(|(_, code)| *code);
    let code = usual.or_else(|| {
        let named =
            |country: &&CountryCode<'_>| country.alpha3 == upper || country.name.to_uppercase() == upper;
        ASSIGNED.iter().find(named).map(|country| country.alpha2)
    });
    code.map_or_else(
        || "write the two-letter code of ISO 3166, as in `IN` or `US`".to_owned(),
        |code| format!("write the two-letter code: `{code}`"),
    )
}

use std::fmt;
use std::str::FromStr;

use super::{Country, ValueError, error};

/// The number of a patent or application: office, number and, if known, kind.
///
/// Written `US 8155091 B2`, with single blanks. The office is a country or one of the organisations of WIPO Standard
/// ST.3 (such as `EP` and `WO`); the number consists of digits and, as the office writes it, capitals, `/`, `-` and
/// `.`; the kind is a letter and an optional digit (WIPO ST.16). Thousands are not separated.
///
/// ```
/// use keiretsu::PatentNumber;
///
/// let number: PatentNumber = "US 8155091 B2".parse()?;
/// assert_eq!((number.office(), number.number(), number.kind()), ("US", "8155091", Some("B2")));
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatentNumber {
    office: &'static str,
    number: String,
    kind: Option<String>,
}

impl PatentNumber {
    /// The code of the office, two capital letters.
    #[must_use]
    pub fn office(&self) -> &'static str {
        self.office
    }

    /// The number as the office writes it.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The kind of document, such as `B2`, a granted patent.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    fn read(text: &str) -> Option<Self> {
        let (office, rest) = text.split_once(' ')?;
        let (number, kind) = match rest.split_once(' ') {
            Some((number, kind)) => (number, Some(kind)),
            None => (rest, None),
        };
        let valid = is_number(number) && kind.is_none_or(is_kind);
        valid.then_some(Self {
            office: read_office(office)?,
            number: number.to_owned(),
            kind: kind.map(str::to_owned),
        })
    }
}

impl FromStr for PatentNumber {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a patent number", text, Self::read, |text| {
            spaced(text).map_or_else(
                || "write the office, the number and the kind, as in `US 8155091 B2`".to_owned(),
                |better| format!("write `{better}`"),
            )
        })
    }
}

impl fmt::Display for PatentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.office, self.number)?;
        self.kind.as_ref().map_or(Ok(()), |kind| write!(f, " {kind}"))
    }
}

/// Offices of several countries (WIPO ST.3), and former states whose patents still exist.
const OFFICES: [&str; 11] = ["AP", "CS", "DD", "EA", "EM", "EP", "GC", "OA", "SU", "WO", "YU"];

/// Longer than the numbers of any office.
const MAX_NUMBER: usize = 24;

fn read_office(code: &str) -> Option<&'static str> {
    let country = Country::read(code).map(Country::as_str);
    country.or_else(|| OFFICES.into_iter().find(|office| *office == code))
}

/// Capitals and digits, with single `/`, `-` or `.` between them; at least one digit.
fn is_number(text: &str) -> bool {
    let part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    text.len() <= MAX_NUMBER
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.split(['/', '-', '.']).all(part)
}

fn is_kind(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_uppercase())
        && bytes.next().is_none_or(|b| b.is_ascii_digit())
        && bytes.next().is_none()
}

/// `US8155091B2` and `us 8,155,091 b2` with blanks in the right places.
fn spaced(text: &str) -> Option<String> {
    let text = text.to_ascii_uppercase().replace([' ', ','], "");
    let (office, rest) = text.split_at_checked(2)?;
    let number = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let kind_at = number.len().checked_sub(1).filter(|at| *at > 0 && rest.len() - at <= 2);
    let better = match kind_at.and_then(|at| rest.split_at_checked(at)) {
        Some((number, kind)) => format!("{office} {number} {kind}"),
        None => format!("{office} {rest}"),
    };
    PatentNumber::read(&better).map(|_| better)
}

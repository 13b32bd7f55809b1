use std::fmt;
use std::str::FromStr;

use jiff::Span;

use super::{Day, ValueError, error};

/// How long an agreement runs: a number of days, months or years, or for ever.
///
/// Written `10 years`, `1 year`, `18 months`, `30 days` or `perpetual`: an integer from 1, one blank, and the unit,
/// singular for 1 and otherwise plural.
///
/// ```
/// use keiretsu::{Day, Term};
///
/// let term: Term = "1 month".parse()?;
/// let end = Day::new(2016, 1, 31).and_then(|start| term.after(start));
/// assert_eq!(end, Day::new(2016, 2, 29)); // clamped to the end of the month
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Term(Length);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Length {
    Perpetual,
    Days(u32),
    Months(u32),
    Years(u32),
}

impl Term {
    /// A term that never ends.
    pub const PERPETUAL: Self = Self(Length::Perpetual);

    /// Whether it never ends.
    #[must_use]
    pub fn is_perpetual(self) -> bool {
        self == Self::PERPETUAL
    }

    /// The day this long after `start`, with the day of the month clamped to the length of the month: a month after
    /// 31 January is the last day of February, a year after 29 February is 28 February.
    ///
    /// None in two cases, distinguished by [`is_perpetual`](Self::is_perpetual): for a perpetual term, and for a day
    /// after the year 9999.
    #[must_use]
    pub fn after(self, start: Day) -> Option<Day> {
        let span = match self.0 {
            Length::Perpetual => return None,
            Length::Days(count) => Span::new().try_days(count),
            Length::Months(count) => Span::new().try_months(count),
            Length::Years(count) => Span::new().try_years(count),
        };
        start.plus(span.ok()?)
    }

    fn read(text: &str) -> Option<Self> {
        if text == "perpetual" {
            return Some(Self::PERPETUAL);
        }
        let (count, unit) = text.split_once(' ')?;
        let plain = !count.starts_with('0') && count.bytes().all(|b| b.is_ascii_digit());
        let count: u32 = if plain {
            count.parse().ok()?
        } else {
            return None;
        };
        let length = match (count, unit) {
            (1, "day") | (2.., "days") => Length::Days(count),
            (1, "month") | (2.., "months") => Length::Months(count),
            (1, "year") | (2.., "years") => Length::Years(count),
            _ => return None,
        };
        Some(Self(length))
    }
}

impl FromStr for Term {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a term", text, Self::read, hint)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match self.0 {
            Length::Perpetual => return f.write_str("perpetual"),
            Length::Days(count) => (count, "day"),
            Length::Months(count) => (count, "month"),
            Length::Years(count) => (count, "year"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

fn hint(text: &str) -> String {
    let text = text.trim().to_lowercase();
    if ["forever", "for ever", "permanent", "unlimited", "in perpetuity", "perpetual", "perpetuity"]
        .contains(&text.as_str())
    {
        return "write `perpetual`".to_owned();
    }
    counted(&text).map_or_else(
        || "write whole days, months or years, as in `10 years`, or `perpetual`".to_owned(),
        |better| format!("write `{better}`"),
    )
}

/// `ten years`, `10-year`, `1 years`, `2 weeks`, `10y` in the correct form.
fn counted(text: &str) -> Option<String> {
    let at = text.find(|c: char| !c.is_ascii_digit())?;
    let (count, unit) = if at == 0 {
        let (word, unit) = text.split_once([' ', '-'])?;
        let index = NUMBERS.iter().position(|number| *number == word)?;
        (u32::try_from(index).ok()? + 1, unit)
    } else {
        let (count, unit) = text.split_at_checked(at)?;
        (count.parse().ok()?, unit)
    };
    let (times, unit) = match unit.trim_matches([' ', '-', '.']) {
        "d" | "day" | "days" => (1, "day"),
        "w" | "week" | "weeks" => (7, "day"),
        "mo" | "month" | "months" => (1, "month"),
        "quarter" | "quarters" => (3, "month"),
        "y" | "yr" | "yrs" | "year" | "years" => (1, "year"),
        "decade" | "decades" => (10, "year"),
        _ => return None,
    };
    let count = count.checked_mul(times)?;
    let better = format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    Term::read(&better).map(|_| better)
}

/// The numbers from one up, as words.
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

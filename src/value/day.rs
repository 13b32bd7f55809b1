use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date as Civil;

use super::{ValueError, date_hint, error};

/// A calendar day in the years 1 to 9999.
///
/// Written `2016-05-31` (ISO 8601, the proleptic Gregorian calendar).
///
/// ```
/// use keiretsu::Day;
///
/// let day: Day = "2016-02-28".parse()?;
/// assert_eq!(day.tomorrow(), Day::new(2016, 2, 29));
/// assert_eq!(Day::new(2015, 2, 29), None);
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Civil);

impl Day {
    /// 1 January of the year 1, the earliest day.
    pub const MIN: Self = Self(Civil::constant(1, 1, 1));

    /// 31 December 9999, the latest day.
    pub const MAX: Self = Self(Civil::constant(9999, 12, 31));

    /// The day with this year (1 to 9999), month (1 to 12) and day of the month (from 1), if the calendar has it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let year = i16::try_from(year).ok()?;
        let month = i8::try_from(month).ok()?;
        let day = i8::try_from(day).ok()?;
        Self::in_range(Civil::new(year, month, day).ok()?)
    }

    /// The day that it is now, in UTC.
    #[must_use]
    pub fn today() -> Self {
        Self(jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date())
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.0.year().unsigned_abs()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The next day; none after 31 December 9999.
    #[must_use]
    pub fn tomorrow(self) -> Option<Self> {
        Self::in_range(self.0.tomorrow().ok()?)
    }

    /// The day before; none before 1 January of the year 1.
    #[must_use]
    pub fn yesterday(self) -> Option<Self> {
        Self::in_range(self.0.yesterday().ok()?)
    }

    /// Days since 1 January of the year 1, which is 0; the last day is 3,652,058.
    #[must_use]
    pub fn number(self) -> i32 {
        number(i32::from(self.year()), i32::from(self.month()), i32::from(self.day()))
    }

    /// The number of the day with this year, month and day of the month, if the calendar has it.
    #[cfg(feature = "import")]
    pub(crate) fn number_of(year: u16, month: u8, day: u8) -> Option<i32> {
        let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        let there = (1..=9_999).contains(&year) && (1..=days).contains(&day);
        there.then(|| number(i32::from(year), i32::from(month), i32::from(day)))
    }

    /// The day with this [`number`](Self::number); none outside 0 to 3,652,058.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        let days = Span::new().try_days(number).ok()?; // a duration could not reach the last day
        Self::MIN.plus(days)
    }

    /// The day this many years, months or days later, with the day of the month clamped to the length of the month.
    pub(super) fn plus(self, span: Span) -> Option<Self> {
        Self::in_range(self.0.checked_add(span).ok()?)
    }

    /// The last day of the month this many months later; 31 December 9999 if that is out of range.
    pub(super) fn end_of_month(self, months_on: i8) -> Self {
        let day = self.0.saturating_add(Span::new().months(months_on));
        Self(day.last_of_month())
    }

    /// Reads `2016-05-31`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        Self::new(
            digits(year, 4)?,
            u8::try_from(digits(month, 2)?).ok()?,
            u8::try_from(digits(day, 2)?).ok()?,
        )
    }

    fn in_range(day: Civil) -> Option<Self> {
        (Self::MIN.0 <= day && day <= Self::MAX.0).then_some(Self(day))
    }
}

impl FromStr for Day {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a day", text, Self::read, |text| {
            date_hint::mistake(text, |better| Self::read(better).is_some())
                .unwrap_or_else(|| "write year-month-day, as in `2016-05-31`".to_owned())
        })
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({self})")
    }
}

/// Days since 1 January of the year 1: whole years, counted from March, plus the days of the previous months.
const fn number(year: i32, month: i32, day: i32) -> i32 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 307
}

/// A number written with exactly this many ASCII digits, at most four.
pub(super) fn digits(text: &str, count: usize) -> Option<u16> {
    let plain = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

use std::cmp::Ordering;
use std::fmt::{self, Display};
use std::str::FromStr;

use super::point::Point;
use super::{Day, ValueError, date_hint, error, words};

/// A date as precise as it was written: some day within a closed interval of days.
///
/// | written | a day |
/// |---|---|
/// | `2016`, `2016-05`, `2016-05-31` | in the year, in the month, that very day |
/// | `2016-Q3`, `2016-H2` | in the quarter, in the half-year |
/// | `2016-05-18/2016-06` | from the first day of the first date to the last day of the second |
/// | `../2016-05` | on or before the last day of May |
/// | `2016-05/..` | on or after the first day of May |
///
/// A year, month and so on may carry `~` (about) or `?` (uncertain), which do not change the bounds. Years are 0001
/// to 9999. The grammar is a subset of EDTF (ISO 8601-2), with quarters and half-years in their common form.
///
/// Sorted by [`earliest`](Self::earliest) (open first), then by [`latest`](Self::latest) (open last), then by form.
///
/// ```
/// use keiretsu::{Date, Day};
///
/// let date: Date = "2016-05".parse()?;
/// assert_eq!(date.earliest(), Day::new(2016, 5, 1));
/// assert_eq!(date.latest(), Day::new(2016, 5, 31));
/// assert_eq!(date.to_string(), "2016-05");
///
/// let before: Date = "../2016-Q2".parse()?;
/// assert_eq!(before.earliest(), None);
/// assert_eq!(before.words().to_string(), "on or before 2016-Q2");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date(Shape);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Shape {
    Single(Point),
    Between(Point, Point),
    OnOrBefore(Point),
    OnOrAfter(Point),
}

impl Date {
    /// The date that is exactly this day.
    #[must_use]
    pub fn day(day: Day) -> Self {
        Self(Shape::Single(Point::day(day)))
    }

    /// The day that it is now, in UTC.
    #[must_use]
    pub fn today() -> Self {
        Self::day(Day::today())
    }

    /// The shortest date from one day to another, either open; none if both are, or if the days are not in order.
    ///
    /// ```
    /// # use keiretsu::{Date, Day};
    /// let may = Date::between(Day::new(2016, 5, 1), Day::new(2016, 5, 31)).unwrap();
    /// assert_eq!(may.to_string(), "2016-05");
    /// assert_eq!(Date::between(Day::new(2016, 5, 1), None).unwrap().to_string(), "2016-05-01/..");
    /// ```
    #[must_use]
    pub fn between(earliest: Option<Day>, latest: Option<Day>) -> Option<Self> {
        let whole = |first: Day, last: Day| {
            let day = first.to_string();
            let year = day.get(..day.len().saturating_sub(6)).unwrap_or_default();
            let quarters = (1..=4).map(|quarter| format!("{year}-Q{quarter}"));
            let month = day.get(..day.len().saturating_sub(3)).unwrap_or_default();
            let parts = [year.to_owned(), month.to_owned(), day.clone()].into_iter().chain(quarters);
            let dates = parts.filter_map(|part| Self::read(&part));
            dates.into_iter().find(|date| date.earliest() == Some(first) && date.latest() == Some(last))
        };
        match (earliest, latest) {
            (None, None) => None,
            (Some(first), None) => Some(Self(Shape::OnOrAfter(Point::day(first)))),
            (None, Some(last)) => Some(Self(Shape::OnOrBefore(Point::day(last)))),
            (Some(first), Some(last)) if first > last => None,
            (Some(first), Some(last)) => {
                Some(whole(first, last).unwrap_or(Self(Shape::Between(Point::day(first), Point::day(last)))))
            }
        }
    }

    /// The earliest possible day; none if the beginning is open.
    #[must_use]
    pub fn earliest(self) -> Option<Day> {
        match self.0 {
            Shape::Single(from) | Shape::Between(from, _) | Shape::OnOrAfter(from) => Some(from.first()),
            Shape::OnOrBefore(_) => None,
        }
    }

    /// The latest possible day; none if the end is open.
    #[must_use]
    pub fn latest(self) -> Option<Day> {
        match self.0 {
            Shape::Single(to) | Shape::Between(_, to) | Shape::OnOrBefore(to) => Some(to.last()),
            Shape::OnOrAfter(_) => None,
        }
    }

    /// Whether it may be this day.
    #[must_use]
    pub fn contains(self, day: Day) -> bool {
        self.earliest().is_none_or(|earliest| earliest <= day)
            && self.latest().is_none_or(|latest| day <= latest)
    }

    /// Whether it may lie in a period: not before the first day that its beginning may be, nor after the last of its end.
    pub(crate) fn may_lie_within(self, since: Option<Self>, until: Option<Self>) -> bool {
        let late_enough = match (since.and_then(Self::earliest), self.latest()) {
            (Some(since), Some(latest)) => latest >= since,
            _ => true,
        };
        let early_enough = match (until.and_then(Self::latest), self.earliest()) {
            (Some(until), Some(earliest)) => earliest <= until,
            _ => true,
        };
        late_enough && early_enough
    }

    /// Whether any part of it is marked `~`, about.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        self.any(Point::is_approximate)
    }

    /// Whether any part of it is marked `?`, uncertain.
    #[must_use]
    pub fn is_uncertain(self) -> bool {
        self.any(Point::is_uncertain)
    }

    /// The date for a sentence: as written, but `../2016` reads "on or before 2016" and `2016/..`
    /// "on or after 2016".
    #[must_use]
    pub fn words(self) -> impl Display {
        words::show(move |f| match self.0 {
            Shape::OnOrBefore(to) => write!(f, "on or before {to}"),
            Shape::OnOrAfter(from) => write!(f, "on or after {from}"),
            Shape::Single(_) | Shape::Between(..) => self.fmt(f),
        })
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once('/') else {
            return Point::read(text).map(|point| Self(Shape::Single(point)));
        };
        if from == ".." {
            return Point::read(to).map(|point| Self(Shape::OnOrBefore(point)));
        }
        let from = Point::read(from)?;
        if to == ".." {
            return Some(Self(Shape::OnOrAfter(from)));
        }
        let to = Point::read(to)?;
        (from.first() <= to.last()).then_some(Self(Shape::Between(from, to)))
    }

    fn any(self, test: fn(Point) -> bool) -> bool {
        match self.0 {
            Shape::Between(from, to) => test(from) || test(to),
            Shape::Single(point) | Shape::OnOrBefore(point) | Shape::OnOrAfter(point) => test(point),
        }
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self::day(day)
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        let latest = |date: &Self| (date.latest().is_none(), date.latest());
        self.earliest()
            .cmp(&other.earliest())
            .then_with(|| latest(self).cmp(&latest(other)))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl FromStr for Date {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a date", text, Self::read, date_hint::hint)
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Shape::Single(point) => point.fmt(f),
            Shape::Between(from, to) => write!(f, "{from}/{to}"),
            Shape::OnOrBefore(to) => write!(f, "../{to}"),
            Shape::OnOrAfter(from) => write!(f, "{from}/.."),
        }
    }
}

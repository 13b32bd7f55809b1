use std::fmt::{self, Display};
use std::str::FromStr;

use super::range::Range;
use super::written::Written;
use super::{Decimal, ValueError, error, hint, words};

/// How many: a non-negative number, or what is known about it.
///
/// | written | meaning |
/// |---|---|
/// | `1500`, `1.5` | exactly this number |
/// | `~1500` | about this number: the bounds are those of `1500` |
/// | `>=1500`, `<=1500` | at least, at most; also `1500..`, `..1500` |
/// | `>1500`, `<1500` | more than, less than |
/// | `1000..2000` | from 1000 to 2000, both included |
/// | `>1000..<2000` | more than 1000, less than 2000; each end may be excluded by itself |
/// | `undisclosed` | the number was withheld |
///
/// Two quantities are equal if they are written alike; compare the bounds to compare the numbers.
///
/// ```
/// use keiretsu::{Decimal, Quantity};
///
/// let count: Quantity = ">=1500".parse()?;
/// assert_eq!(count.low(), Some(Decimal::from(1500)));
/// assert_eq!(count.high(), None);
/// assert_eq!(count.words().to_string(), "at least 1,500");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quantity(Option<Range<Written>>);

impl Quantity {
    /// A number that was withheld.
    pub const UNDISCLOSED: Self = Self(None);

    /// An exact number; none if it is below zero.
    ///
    /// ```
    /// use keiretsu::{Decimal, Quantity};
    /// assert_eq!(Quantity::new(Decimal::from(1_500)), "1500".parse().ok());
    /// ```
    #[must_use]
    pub fn new(number: Decimal) -> Option<Self> {
        number.to_string().parse().ok()
    }

    /// The lower bound, included unless [`low_is_open`](Self::low_is_open); none for `<=` and if undisclosed.
    #[must_use]
    pub fn low(self) -> Option<Decimal> {
        self.0?.low().map(|end| end.number.value())
    }

    /// The upper bound, included unless [`high_is_open`](Self::high_is_open); none for `>=` and if undisclosed.
    #[must_use]
    pub fn high(self) -> Option<Decimal> {
        self.0?.high().map(|end| end.number.value())
    }

    /// Whether the lower bound is excluded.
    #[must_use]
    pub fn low_is_open(self) -> bool {
        self.0.and_then(Range::low).is_some_and(|end| end.open)
    }

    /// Whether the upper bound is excluded.
    #[must_use]
    pub fn high_is_open(self) -> bool {
        self.0.and_then(Range::high).is_some_and(|end| end.open)
    }

    /// Whether it is marked `~`, about.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        self.0.is_some_and(Range::is_approximate)
    }

    /// Whether it was withheld.
    #[must_use]
    pub fn is_undisclosed(self) -> bool {
        self.0.is_none()
    }

    /// The quantity for a sentence: "about 1,500", "1,000 to 2,000", "an undisclosed number".
    #[must_use]
    pub fn words(self) -> impl Display {
        words::show(move |f| match self.0 {
            Some(range) => range.words(Written::grouped).fmt(f),
            None => f.write_str("an undisclosed number"),
        })
    }

    fn read(text: &str) -> Option<Self> {
        if text == "undisclosed" {
            return Some(Self::UNDISCLOSED);
        }
        Range::read(text, Written::read).map(|range| Self(Some(range)))
    }
}

impl FromStr for Quantity {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let fits = |better: &str| Self::read(better).map(|_| better.to_owned());
        error::parse("a quantity", text, Self::read, |text| {
            hint::amount(text, fits).unwrap_or_else(|| {
                "write plain digits, at most 28 of them, as in `1500`, `~1500`, `>=1500`, \
                 `<=1500` or `1000..2000`, or write `undisclosed`"
                    .to_owned()
            })
        })
    }
}

impl Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(range) => range.fmt(f),
            None => f.write_str("undisclosed"),
        }
    }
}

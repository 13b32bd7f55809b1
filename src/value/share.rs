use std::fmt::{self, Display};
use std::str::FromStr;

use super::span::Span;
use super::written::Written;
use super::{Decimal, ValueError, error, hint, words};

/// How much of a whole: a percentage from 0 to 100, or what is known about it.
///
/// | written | parts of 1 |
/// |---|---|
/// | `51%`, `62.45%` | exactly 0.51, 0.6245 |
/// | `~15%` | about 0.15: the bounds are those of `15%` |
/// | `>=25%`, `<=10%` | 0.25 to 1, 0 to 0.1 |
/// | `25%..50%` | 0.25 to 0.5, both included |
/// | `majority` | more than 0.5, up to 1 |
/// | `undisclosed` | 0 to 1: the share was kept back |
///
/// `0%` is stated and differs from `undisclosed`. Two shares are equal if they are written alike;
/// compare the bounds to compare the numbers.
///
/// ```
/// use keiretsu::{Decimal, Share};
///
/// let share: Share = "62.45%".parse()?;
/// assert_eq!(share.low().to_string(), "0.6245");
///
/// let majority: Share = "majority".parse()?;
/// assert_eq!(majority.low().to_string(), "0.5");
/// assert!(majority.low_is_open()); // more than half, not half
/// assert_eq!(majority.high(), Decimal::ONE);
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share(Part);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Stated(Span),
    Majority,
    Undisclosed,
}

impl Share {
    /// More than half.
    pub const MAJORITY: Self = Self(Part::Majority);

    /// The share that was kept back.
    pub const UNDISCLOSED: Self = Self(Part::Undisclosed);

    /// The lower bound in parts of 1; itself included unless [`low_is_open`](Self::low_is_open).
    #[must_use]
    pub fn low(self) -> Decimal {
        match self.0 {
            Part::Stated(span) => span.low().and_then(part_of_one).unwrap_or(Decimal::ZERO),
            Part::Majority => Decimal::HALF,
            Part::Undisclosed => Decimal::ZERO,
        }
    }

    /// The upper bound in parts of 1, itself included.
    #[must_use]
    pub fn high(self) -> Decimal {
        match self.0 {
            Part::Stated(span) => span.high().and_then(part_of_one).unwrap_or(Decimal::ONE),
            Part::Majority | Part::Undisclosed => Decimal::ONE,
        }
    }

    /// Whether the share is above its lower bound, never at it: true of `majority` only.
    #[must_use]
    pub fn low_is_open(self) -> bool {
        self.0 == Part::Majority
    }

    /// From the lower of both lower bounds to the higher of both upper bounds; itself if that is no wider.
    ///
    /// ```
    /// let share = |text: &str| text.parse::<keiretsu::Share>().unwrap();
    /// assert_eq!(share("51%").widened_to(share("60%")), share("51%..60%"));
    /// ```
    #[must_use]
    pub fn widened_to(self, other: Self) -> Self {
        let (low, high) = (self.low().min(other.low()), self.high().max(other.high()));
        if (low, high) == (self.low(), self.high()) {
            return self;
        }
        let percent = |part: Decimal| part.checked_mul(Decimal::from(100_u64));
        let wide = percent(low).zip(percent(high));
        wide.and_then(|(low, high)| Self::read(&format!("{low}%..{high}%"))).unwrap_or(self)
    }

    /// Whether it is marked `~`, about.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        matches!(self.0, Part::Stated(span) if span.is_approximate())
    }

    /// Whether it was kept back.
    #[must_use]
    pub fn is_undisclosed(self) -> bool {
        self.0 == Part::Undisclosed
    }

    /// The share for a sentence: "about 15%", "25% to 50%", "a majority", "an undisclosed share".
    #[must_use]
    pub fn words(self) -> impl Display {
        words::show(move |f| match self.0 {
            Part::Stated(span) => span.words("%").fmt(f),
            Part::Majority => f.write_str("a majority"),
            Part::Undisclosed => f.write_str("an undisclosed share"),
        })
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            "majority" => Some(Self::MAJORITY),
            "undisclosed" => Some(Self::UNDISCLOSED),
            _ => Span::read(text, percentage).map(|span| Self(Part::Stated(span))),
        }
    }
}

impl FromStr for Share {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("a share", text, Self::read, share_hint)
    }
}

impl Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Part::Stated(span) => span.with_unit("%").fmt(f),
            Part::Majority => f.write_str("majority"),
            Part::Undisclosed => f.write_str("undisclosed"),
        }
    }
}

/// Reads `62.45%`, at most `100%` and exact in parts of 1.
fn percentage(text: &str) -> Option<Written> {
    let number = Written::read(text.strip_suffix('%')?)?;
    (part_of_one(number)? <= Decimal::ONE).then_some(number)
}

fn part_of_one(percentage: Written) -> Option<Decimal> {
    percentage.times_ten_to(-2).map(Written::value)
}

fn share_hint(text: &str) -> String {
    let fits = |better: &str| Share::read(better).map(|_| better.to_owned());
    if let Some(hint) = hint::amount(text, fits) {
        return hint;
    }
    let tidied = hint::tidy(text);
    if tidied == ">50%" {
        return "write `majority` for more than half".to_owned();
    }
    if let Some(better) = in_percent(&tidied).as_deref().and_then(fits) {
        return format!("write it in percent: `{better}`");
    }
    let above = |number: &str| {
        let number = number.trim_start_matches(['~', '>', '<', '=']);
        let number = number.strip_suffix('%').and_then(Written::read);
        number.is_some_and(|number| number.value() > Decimal::from(100))
    };
    if tidied.split("..").any(above) {
        return "a share is at most `100%`".to_owned();
    }
    "write a percentage, as in `51%`, `~15%`, `>=25%`, `<=10%` or `25%..50%`, or write `majority` \
     or `undisclosed`"
        .to_owned()
}

/// `0.51` as `51%`, `51` as `51%`, `25..50%` as `25%..50%`. A bare 1 may be all or a hundredth.
fn in_percent(tidied: &str) -> Option<String> {
    let sign_end = tidied.find(|c: char| c.is_ascii_digit())?;
    let (sign, numbers) = tidied.split_at_checked(sign_end)?;
    let parts_of_one = !numbers.contains('%') && numbers.split("..").all(|n| n.starts_with("0."));
    let mut out = Vec::new();
    for number in numbers.split("..") {
        let written = Written::read(number.strip_suffix('%').unwrap_or(number))?;
        if parts_of_one {
            out.push(format!("{}%", written.times_ten_to(2)?.value()));
        } else if number == "1" {
            return None;
        } else {
            out.push(format!("{written}%"));
        }
    }
    Some(format!("{sign}{}", out.join("..")))
}

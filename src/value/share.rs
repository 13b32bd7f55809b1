use std::fmt::{self, Display};
use std::str::FromStr;

use super::figure::Figure;
use super::range::{End, Range};
use super::written::Written;
use super::{Decimal, Proportion, ValueError, error, hint, words};

/// How much of a whole: a percentage from 0 to 100, or what is known about it.
///
/// | written | parts of 1 |
/// |---|---|
/// | `51%`, `62.45%` | exactly 0.51, 0.6245 |
/// | `1/3` | exactly a third |
/// | `~15%` | about 0.15: a tenth of it more or less, 0.135 to 0.165 |
/// | `>=25%`, `<=10%` | 0.25 to 1, 0 to 0.1; also `25%..`, `..10%` |
/// | `>25%`, `<10%` | more than 0.25, less than 0.1 |
/// | `25%..50%` | 0.25 to 0.5, both included |
/// | `>25%..50%`, `25%..<50%`, `>25%..<50%` | the same with one end excluded, or both |
/// | `majority` | more than 0.5, up to 1: the same as `>50%` |
/// | `undisclosed` | 0 to 1: the share was withheld |
///
/// "About" means a tenth of the number in either direction, and at least half a unit of its last digit, which may be
/// rounded. This is the project's own choice, wide enough that `~25%` neither definitely reaches nor definitely
/// misses a threshold of 25%.
///
/// `0%` is a stated share and differs from `undisclosed`. Two shares are equal if they are written alike; compare the
/// bounds to compare the numbers.
///
/// ```
/// use keiretsu::{Proportion, Share};
///
/// let share: Share = "62.45%".parse()?;
/// assert_eq!(share.low().to_string(), "0.6245");
///
/// // Of a register: more than 25%, not more than 50%.
/// let band: Share = ">25%..50%".parse()?;
/// assert_eq!((band.low().to_string().as_str(), band.low_is_open()), ("0.25", true));
/// assert_eq!((band.high().to_string().as_str(), band.high_is_open()), ("0.5", false));
/// assert_eq!(band.words().to_string(), "more than 25%, up to 50%");
///
/// let third: Share = "1/3".parse()?;
/// assert_eq!(Some(third.low()), Proportion::of(1, 3));
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Share(Part);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Stated(Range<Figure>),
    Majority,
    Undisclosed,
}

impl Share {
    /// More than half.
    pub const MAJORITY: Self = Self(Part::Majority);

    /// A share that was withheld.
    pub const UNDISCLOSED: Self = Self(Part::Undisclosed);

    /// So many of so many parts; none if it is more than all, or of nothing.
    ///
    /// ```
    /// use keiretsu::Share;
    /// assert_eq!(Share::ratio(1, 3), "1/3".parse().ok());
    /// assert_eq!(Share::ratio(4, 3), None);
    /// ```
    #[must_use]
    pub fn ratio(parts: u64, of: u64) -> Option<Self> {
        format!("{parts}/{of}").parse().ok()
    }

    /// So many percent; none if it is below zero, or more than a hundred.
    ///
    /// ```
    /// use keiretsu::{Decimal, Share};
    /// assert_eq!(Share::percent(Decimal::from(60)), "60%".parse().ok());
    /// ```
    #[must_use]
    pub fn percent(percent: Decimal) -> Option<Self> {
        format!("{percent}%").parse().ok()
    }

    /// The lower bound in parts of 1, included unless [`low_is_open`](Self::low_is_open).
    #[must_use]
    pub fn low(self) -> Proportion {
        match self.0 {
            Part::Stated(Range::About(figure)) => figure.about().map_or(Proportion::ZERO, |(low, _)| low),
            Part::Stated(range) => end(range.low(), Proportion::ZERO),
            Part::Majority => Proportion::HALF,
            Part::Undisclosed => Proportion::ZERO,
        }
    }

    /// The upper bound in parts of 1, included unless [`high_is_open`](Self::high_is_open).
    #[must_use]
    pub fn high(self) -> Proportion {
        match self.0 {
            Part::Stated(Range::About(figure)) => figure.about().map_or(Proportion::ONE, |(_, high)| high),
            Part::Stated(range) => end(range.high(), Proportion::ONE),
            Part::Majority | Part::Undisclosed => Proportion::ONE,
        }
    }

    /// Whether the lower bound is excluded: `majority`, `>25%`.
    #[must_use]
    pub fn low_is_open(self) -> bool {
        match self.0 {
            Part::Stated(range) => range.low().is_some_and(|end| end.open),
            Part::Majority => true,
            Part::Undisclosed => false,
        }
    }

    /// Whether the upper bound is excluded: `<50%`.
    #[must_use]
    pub fn high_is_open(self) -> bool {
        matches!(self.0, Part::Stated(range) if range.high().is_some_and(|end| end.open))
    }

    /// The share in parts of 1, if it is a single number.
    #[must_use]
    pub fn exact(self) -> Option<Proportion> {
        Some(self.low()).filter(|low| *low == self.high())
    }

    /// From the lower of the lower bounds to the higher of the upper bounds; unchanged if that is no wider.
    ///
    /// ```
    /// let share = |text: &str| text.parse::<keiretsu::Share>().unwrap();
    /// assert_eq!(share("51%").widened_to(share("60%")), share("51%..60%"));
    /// assert_eq!(share(">50%..60%").widened_to(share("<75%")), share("0%..<75%"));
    /// ```
    #[must_use]
    pub fn widened_to(self, other: Self) -> Self {
        // Of two equal bounds, the included one reaches further.
        let own = self.bounds();
        let bounds = Bounds { low: own.low.min(other.bounds().low), high: own.high.max(other.bounds().high) };
        if bounds == own { self } else { bounds.share().unwrap_or(self) }
    }

    /// What remains after another share of the same whole is subtracted; none if certainly nothing remains.
    ///
    /// The lower bound of the remainder is this lower bound minus the other's upper bound, but never below 0.
    /// Excluded ends stay excluded. A bound with too many digits is widened.
    ///
    /// ```
    /// let share = |text: &str| text.parse::<keiretsu::Share>().unwrap();
    /// assert_eq!(share("100%").less(share("1/3")), Some(share("2/3")));
    /// assert_eq!(share("60%").less(share(">10%..20%")), Some(share("40%..<50%")));
    /// assert_eq!(share("15%").less(share("10%..25%")), Some(share("0%..5%")));
    /// assert_eq!(share("15%").less(share("15%")), None);
    /// ```
    #[must_use]
    pub fn less(self, taken: Self) -> Option<Self> {
        let (own, taken) = (self.bounds(), taken.bounds());
        if own.high.0 <= taken.low.0 {
            return None;
        }
        let nothing = (Proportion::ZERO, false);
        let low = own.low.0.checked_sub(taken.high.0).filter(|low| *low >= Proportion::ZERO);
        let low = low.map_or(nothing, |low| (low, own.low.1 || !taken.high.1));
        let high = own.high.0.checked_sub(taken.low.0).map(|high| (high, own.high.1 && !taken.low.1));
        let left = high.and_then(|high| Bounds { low, high }.share());
        left.or_else(|| Bounds { low: nothing, high: own.high }.share())
    }

    /// The sum of this and another share of the same whole, up to all of it; none if it is certainly more than all.
    ///
    /// Excluded ends stay excluded. A bound with too many digits is widened.
    ///
    /// ```
    /// let share = |text: &str| text.parse::<keiretsu::Share>().unwrap();
    /// assert_eq!(share("50.1%").plus(share("49.9%")), Some(share("100%")));
    /// assert_eq!(share(">25%..50%").plus(share("1/3")), Some(share(">7/12..5/6")));
    /// assert_eq!(share("60%").plus(share(">=25%")), Some(share("85%..100%")));
    /// assert_eq!(share("60%").plus(share("majority")), None);
    /// ```
    #[must_use]
    pub fn plus(self, more: Self) -> Option<Self> {
        let (own, more) = (self.bounds(), more.bounds());
        let all = (Proportion::ONE, true);
        let low = own.low.0.checked_add(more.low.0).map(|low| (low, own.low.1 || more.low.1));
        if low.is_some_and(|low| low > (Proportion::ONE, false)) {
            return None;
        }
        let high = own.high.0.checked_add(more.high.0).filter(|high| *high <= Proportion::ONE);
        let high = high.map_or(all, |high| (high, own.high.1 && more.high.1));
        let sum = low.and_then(|low| Bounds { low, high }.share());
        sum.or_else(|| Bounds { low: own.low.max(more.low), high: all }.share())
    }

    /// Whether it is marked `~`, about.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        matches!(self.0, Part::Stated(range) if range.is_approximate())
    }

    /// Whether it was withheld.
    #[must_use]
    pub fn is_undisclosed(self) -> bool {
        self.0 == Part::Undisclosed
    }

    /// Whether it is certainly more than half.
    pub(crate) fn is_majority(self) -> bool {
        (self.low(), self.low_is_open()) >= (Proportion::HALF, true)
    }

    /// The percentages written in it: both of `25%..50%`, none of `majority` or `1/3`.
    pub(crate) fn written(self) -> impl Iterator<Item = Decimal> {
        let range = match self.0 {
            Part::Stated(range) => Some(range),
            Part::Majority | Part::Undisclosed => None,
        };
        range.into_iter().flat_map(Range::numbers).filter_map(Figure::percentage)
    }

    /// The share for a sentence: "about 15%", "more than 25%, up to 50%", "a majority", "an undisclosed share".
    #[must_use]
    pub fn words(self) -> impl Display {
        words::show(move |f| match self.0 {
            Part::Stated(range) => range.words(|figure| figure.to_string()).fmt(f),
            Part::Majority => f.write_str("a majority"),
            Part::Undisclosed => f.write_str("an undisclosed share"),
        })
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            "majority" => return Some(Self::MAJORITY),
            "undisclosed" => return Some(Self::UNDISCLOSED),
            _ => {}
        }
        let range = Range::read(text, Figure::read)?;
        let is_possible = match range {
            Range::About(figure) => figure.about().is_some(),
            _ => range.low().is_none_or(|low| (low.number.part(), low.open) < (Proportion::ONE, true)),
        };
        is_possible.then_some(Self(Part::Stated(range)))
    }

    fn bounds(self) -> Bounds {
        Bounds { low: (self.low(), self.low_is_open()), high: (self.high(), !self.high_is_open()) }
    }
}

fn end(end: Option<End<Figure>>, without: Proportion) -> Proportion {
    end.map_or(without, |end| end.number.part())
}

/// Both bounds of a share.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Bounds {
    /// The bound, and whether it is excluded: so among equals an included bound is the lower one.
    low: (Proportion, bool),
    /// The bound, and whether it is included.
    high: (Proportion, bool),
}

impl Bounds {
    /// The share with these bounds, if it can be written.
    fn share(self) -> Option<Share> {
        let low = End { number: Figure::of(self.low.0)?, open: self.low.1 };
        let high = End { number: Figure::of(self.high.0)?, open: !self.high.1 };
        let is_one = self.low.0 == self.high.0 && !low.open && !high.open;
        let range =
            if is_one { Some(Range::Exactly(low.number)) } else { Range::between(Some(low), Some(high)) };
        range.map(|range| Share(Part::Stated(range)))
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
            Part::Stated(range) => range.fmt(f),
            Part::Majority => f.write_str("majority"),
            Part::Undisclosed => f.write_str("undisclosed"),
        }
    }
}

fn share_hint(text: &str) -> String {
    let fits = |better: &str| Share::read(better).map(|_| better.to_owned());
    if let Some(hint) = hint::amount(text, fits) {
        return hint;
    }
    if let Some(better) = fits(&text.replace(' ', "")).filter(|_| text.contains('/')) {
        return format!("write `{better}`");
    }
    let tidied = hint::tidy(text);
    if let Some(better) = in_percent(&tidied).as_deref().and_then(fits) {
        return format!("write it in percent: `{better}`");
    }
    let number = |number: &str| {
        let number = number.trim_start_matches(['~', '>', '<', '=']);
        number.strip_suffix('%').and_then(Written::read).map(Written::value)
    };
    let is_too_much = |end: &str| match end.split_once('/') {
        Some((above, below)) => Decimal::read(above).zip(Decimal::read(below)).is_some_and(|(a, b)| a > b),
        None => number(end).is_some_and(|number| number > Decimal::from(100)),
    };
    if tidied.split("..").any(is_too_much) {
        return "a share is at most `100%`".to_owned();
    }
    if tidied.contains(['<', '>']) && tidied.split("..").all(|end| number(end).is_some()) {
        return "no share is within these bounds".to_owned();
    }
    "write a percentage or a fraction, as in `51%`, `1/3`, `~15%`, `>=25%`, `<50%` or `>25%..50%`, or write `majority` \
     or `undisclosed`"
        .to_owned()
}

/// `0.51` as `51%`, `51` as `51%`, `25..50%` as `25%..50%`. A bare 1 could mean 100% or 1%.
fn in_percent(tidied: &str) -> Option<String> {
    let sign_end = tidied.find(|c: char| c.is_ascii_digit())?;
    let (sign, numbers) = tidied.split_at_checked(sign_end)?;
    let below = if numbers.contains("..<") { "<" } else { "" };
    let numbers = numbers.replace("..<", "..");
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
    Some(format!("{sign}{}", out.join(&format!("..{below}"))))
}

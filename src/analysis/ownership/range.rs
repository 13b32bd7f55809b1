//! Shares in answers: one number, or the range in which it lies.

use super::flow::Share;
use super::fraction::Fraction;
use super::network::Edge;
use super::number::{Number, Side, Value, from_float};
#[cfg(feature = "diagram")]
use crate::value::Proportion;

/// A share that follows from what is stated: exact, or the range from the least to the most that it can be.
///
/// The bounds are sharp: some way to fill in what is not disclosed attains each of them or, if it is open, comes
/// arbitrarily close. If exact fractions would have grown too long, the bounds are rounded outwards and
/// [`is_rounded`](Self::is_rounded) is set: the true bounds lie within.
///
/// `Display` is the share for people: `79.5%`, `25% to 50%`, `more than 25%, up to 50%`, `less than 10%`.
///
/// ```
/// # use keiretsu::{Graph, OwnerRule};
/// let graph = Graph::open("graphs/ownership")?;
/// let (view, ownership) = (graph.view(), graph.view().ownership());
/// let owners = ownership.owners(view.find("Wexcombe Freight")?, OwnerRule::Multiply)?;
/// let percy = owners.rows.iter().find(|row| row.entity.id() == "percy-noakes").unwrap();
/// assert_eq!(percy.share.to_string(), "more than 30%, up to 60%"); // a majority of 60%
/// assert_eq!((percy.share.low().to_string().as_str(), percy.share.low_is_open()), ("3/10", true));
/// assert_eq!(percy.share.exact(), None);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRange {
    low: Fraction,
    high: Fraction,
    low_is_open: bool,
    high_is_open: bool,
    is_rounded: bool,
}

/// The number of decimal places of rounded bounds.
const PLACES: u32 = 24;

impl ShareRange {
    /// The least that it can be, in parts of 1.
    #[must_use]
    pub const fn low(&self) -> &Fraction {
        &self.low
    }

    /// The most that it can be, in parts of 1.
    #[must_use]
    pub const fn high(&self) -> &Fraction {
        &self.high
    }

    /// Whether it is above its low, never at it.
    #[must_use]
    pub const fn low_is_open(&self) -> bool {
        self.low_is_open
    }

    /// Whether it is below its high, never at it.
    #[must_use]
    pub const fn high_is_open(&self) -> bool {
        self.high_is_open
    }

    /// Whether the bounds are rounded outwards rather than exact.
    #[must_use]
    pub const fn is_rounded(&self) -> bool {
        self.is_rounded
    }

    /// The share, if it is one number.
    #[must_use]
    pub fn exact(&self) -> Option<&Fraction> {
        (self.low == self.high && !self.is_rounded).then_some(&self.low)
    }

    /// Whether it may be anything from nothing to all, inclusive.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        self.low.is_zero() && !self.low_is_open && self.high == Fraction::one() && !self.high_is_open
    }

    /// In percent with this many places, for people: `79.5%`, `25% to 50%`, `more than 50%`.
    #[must_use]
    pub fn words(&self, places: u32) -> String {
        if let Some(exact) = self.exact() {
            return percent(exact, places);
        }
        let (low, high) = (percent(&self.low, places), percent(&self.high, places));
        if low == high {
            return low;
        }
        let (more, less) = (self.low_is_open, self.high_is_open);
        let has_low = more || !self.low.is_zero();
        let has_high = less || self.high != Fraction::one();
        match (has_low, has_high, more, less) {
            (false, false, ..) => "unknown".to_owned(),
            (false, true, _, true) => format!("less than {high}"),
            (false, true, _, false) => format!("up to {high}"),
            (true, false, true, _) => format!("more than {low}"),
            (true, false, false, _) => format!("{low} or more"),
            (true, true, false, false) => format!("{low} to {high}"),
            (true, true, true, false) => format!("more than {low}, up to {high}"),
            (true, true, false, true) => format!("at least {low}, less than {high}"),
            (true, true, true, true) => format!("more than {low}, less than {high}"),
        }
    }

    pub(crate) fn new(low: &Share, high: &Share) -> Self {
        let (bottom, top) = (
            Fraction::from(&number(&low.value, Side::Low)),
            Fraction::from(&number(&high.value, Side::High)),
        );
        Self {
            low: bottom,
            high: top.min(Fraction::one()),
            // A rounded bound may be the true one, or beyond it.
            low_is_open: low.open && !low.value.is_rounded(),
            high_is_open: high.open && !high.value.is_rounded(),
            is_rounded: low.value.is_rounded() || high.value.is_rounded(),
        }
    }

    /// The sum of both, at most the whole.
    #[cfg(feature = "diagram")]
    pub(crate) fn plus(&self, other: &Self) -> Self {
        let high = self.high.plus(&other.high);
        let is_capped = high > Fraction::one();
        Self {
            low: self.low.plus(&other.low).min(Fraction::one()),
            high: high.min(Fraction::one()),
            low_is_open: self.low_is_open || other.low_is_open,
            high_is_open: !is_capped && (self.high_is_open || other.high_is_open),
            is_rounded: self.is_rounded || other.is_rounded,
        }
    }

    /// The whole.
    pub(crate) fn whole() -> Self {
        let whole = Share { value: Value::one(), open: false };
        Self::new(&whole, &whole)
    }

    /// What some holders leave of the whole.
    #[cfg(feature = "diagram")]
    pub(crate) fn left_by(held: &super::network::Outside) -> Self {
        let left = |held: Proportion| {
            let left = Number::one().minus(&Number::from(held)).max(Number::zero());
            Fraction::from(&left)
        };
        Self {
            low: left(held.high),
            high: left(held.low),
            low_is_open: held.high_is_open && held.high <= Proportion::ONE,
            high_is_open: held.low_is_open,
            is_rounded: false,
        }
    }

    /// The share of one stake.
    pub(crate) fn of_edge(edge: &Edge) -> Self {
        Self {
            low: edge.low.into(),
            high: edge.high.into(),
            low_is_open: edge.low_is_open,
            high_is_open: edge.high_is_open,
            is_rounded: false,
        }
    }
}

impl std::fmt::Display for ShareRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.words(1))
    }
}

fn number(value: &Value, side: Side) -> Number {
    match value {
        Value::Exact(number) => number.clone(),
        Value::Rounded(float) => from_float(*float, side, PLACES),
    }
}

/// In percent. If rounding would yield a quarter, a half, all or nothing for a different share, uses as many more
/// places as needed.
fn percent(share: &Fraction, places: u32) -> String {
    let is_exact = |places: u32| share.is_decimal(places + 2);
    let fewest = (0..=places.max(1)).find(|places| is_exact(*places));
    if let Some(fewest) = fewest {
        return format!("{}%", share.percent(fewest));
    }
    let is_loud = |text: &str| {
        let whole = text.split_once('.').filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'));
        whole.is_some_and(|(whole, _)| whole.parse::<u32>().is_ok_and(|whole| whole % 25 == 0))
    };
    let text = (places.max(1)..12).map(|places| share.percent(places)).find(|text| !is_loud(text));
    match text {
        Some(text) => format!("{text}%"),
        None => format!("{}%", share.percent(12)),
    }
}

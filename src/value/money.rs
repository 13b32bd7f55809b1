use std::fmt;
use std::str::FromStr;

use super::range::Range;
use super::written::Written;
use super::{Currency, Decimal, ValueError, error, money_hint, words};

/// An amount of money in one currency, or what is known about it.
///
/// | written | meaning |
/// |---|---|
/// | `USD 350000000`, `USD 350 million` | exactly this amount |
/// | `USD ~350 million` | about this amount: the bounds are those of `USD 350 million` |
/// | `USD >=1 billion`, `USD <=5 thousand` | at least, at most; also `USD 1.. billion`, `USD ..5 thousand` |
/// | `USD >1 billion`, `USD <5 thousand` | more than, less than |
/// | `EUR 1.5..2 billion` | from 1.5 billion to 2 billion, both included |
/// | `EUR >1.5..<2 billion` | more than 1.5 billion, less than 2 billion |
/// | `undisclosed` | the amount was withheld |
///
/// The currency is a [`Currency`]; the scales are `thousand`, `million`, `billion` (a thousand
/// million) and `trillion` (a thousand billion). Amounts are exact and never converted. Two are
/// equal if they are written alike; compare the bounds to compare the numbers.
///
/// ```
/// use keiretsu::{Decimal, Money};
///
/// let price: Money = "EUR 1.5..2 billion".parse()?;
/// assert_eq!(price.low(), Some(Decimal::from(1_500_000_000)));
/// assert_eq!(price.high(), Some(Decimal::from(2_000_000_000)));
/// assert_eq!(price.words().to_string(), "EUR 1.5 to 2 billion");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money(Option<Stated>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stated {
    currency: Currency,
    range: Range<Written>,
    scale: Scale,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Scale {
    One,
    Thousand,
    Million,
    Billion,
    Trillion,
}

impl Money {
    /// An amount that was withheld.
    pub const UNDISCLOSED: Self = Self(None);

    /// An exact amount, in units of the currency; none if it is below zero.
    ///
    /// ```
    /// use keiretsu::{Currency, Decimal, Money};
    /// let euro: Currency = "EUR".parse()?;
    /// let price = Money::new(euro, Decimal::from(1_500_000)).unwrap();
    /// assert_eq!(price.to_string(), "EUR 1500000");
    /// # Ok::<(), keiretsu::ValueError>(())
    /// ```
    #[must_use]
    pub fn new(currency: Currency, amount: Decimal) -> Option<Self> {
        format!("{currency} {amount}").parse().ok()
    }

    /// The currency; none if undisclosed.
    #[must_use]
    pub fn currency(self) -> Option<Currency> {
        self.0.map(|stated| stated.currency)
    }

    /// The lower bound in units of the currency, included unless [`low_is_open`](Self::low_is_open); none for `<=`
    /// and if undisclosed.
    #[must_use]
    pub fn low(self) -> Option<Decimal> {
        let stated = self.0?;
        stated.scale.units(stated.range.low()?.number).map(Written::value)
    }

    /// The upper bound in units of the currency, included unless [`high_is_open`](Self::high_is_open); none for `>=`
    /// and if undisclosed.
    #[must_use]
    pub fn high(self) -> Option<Decimal> {
        let stated = self.0?;
        stated.scale.units(stated.range.high()?.number).map(Written::value)
    }

    /// Whether the lower bound is excluded.
    #[must_use]
    pub fn low_is_open(self) -> bool {
        self.0.and_then(|stated| stated.range.low()).is_some_and(|end| end.open)
    }

    /// Whether the upper bound is excluded.
    #[must_use]
    pub fn high_is_open(self) -> bool {
        self.0.and_then(|stated| stated.range.high()).is_some_and(|end| end.open)
    }

    /// From the lower of the lower bounds to the higher of the upper bounds; unchanged if that is no wider.
    ///
    /// None in different currencies, or if one is undisclosed.
    ///
    /// ```
    /// let money = |text: &str| text.parse::<keiretsu::Money>().unwrap();
    /// let both = money("USD 120 million").widened_to(money("USD 0.14 billion"));
    /// assert_eq!(both, Some(money("USD 120..140 million")));
    /// ```
    #[must_use]
    pub fn widened_to(self, other: Self) -> Option<Self> {
        let currency = self.currency().filter(|currency| other.currency() == Some(*currency))?;
        // Of two equal bounds, the included one reaches further.
        let lows = self.low().zip(other.low());
        let low = lows.map(|(own, others)| (own, self.low_is_open()).min((others, other.low_is_open())));
        let highs = self.high().zip(other.high());
        let high =
            highs.map(|(own, others)| (own, !self.high_is_open()).max((others, !other.high_is_open())));
        let own_low = self.low().map(|low| (low, self.low_is_open()));
        let own_high = self.high().map(|high| (high, !self.high_is_open()));
        if (low, high) == (own_low, own_high) {
            return Some(self);
        }
        Self::between(currency, low, high, false)
    }

    /// The exact sum of both bounds; `~` stays if both are single numbers.
    ///
    /// None in different currencies, if one is undisclosed, or if the sum has too many digits.
    ///
    /// ```
    /// let money = |text: &str| text.parse::<keiretsu::Money>().unwrap();
    /// assert_eq!(money("USD 1.2 billion").checked_add(money("USD 45 million")), Some(money("USD 1245 million")));
    /// assert_eq!(money("USD 5 million").checked_add(money("USD >=1 million")), Some(money("USD >=6 million")));
    /// assert_eq!(money("USD 5 million").checked_add(money("EUR 5 million")), None);
    /// ```
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let currency = self.currency().filter(|currency| other.currency() == Some(*currency))?;
        // An amount is never negative.
        let bottom = |money: Self| money.low().unwrap_or(Decimal::ZERO);
        let low = bottom(self).checked_add(bottom(other))?;
        let high = match self.high().zip(other.high()) {
            Some((own, other)) => Some(own.checked_add(other)?),
            None => None,
        };
        let low_is_open = self.low_is_open() || other.low_is_open();
        let low = (self.low().is_some() || other.low().is_some()).then_some((low, low_is_open));
        let high = high.map(|high| (high, !(self.high_is_open() || other.high_is_open())));
        Self::between(currency, low, high, self.is_approximate() || other.is_approximate())
    }

    /// Both bounds times a factor above zero, in a currency; `~` stays.
    ///
    /// None if undisclosed, or if a product has too many digits.
    pub(super) fn times(self, factor: Decimal, currency: Currency) -> Option<Self> {
        let product = |bound: Option<Decimal>| match bound {
            Some(bound) => bound.checked_mul(factor).map(Some),
            None => Some(None),
        };
        let low = product(self.low())?.map(|low| (low, self.low_is_open()));
        let high = product(self.high())?.map(|high| (high, !self.high_is_open()));
        Self::between(currency, low, high, self.is_approximate())
    }

    /// From one bound to the other, in its usual scale. Each bound has a flag: the lower for whether it is excluded,
    /// the upper for whether it is included.
    fn between(
        currency: Currency,
        low: Option<(Decimal, bool)>,
        high: Option<(Decimal, bool)>,
        is_approximate: bool,
    ) -> Option<Self> {
        let scaled = |number: Decimal, scale: Scale| {
            Written::read(&number.to_string())?.times_ten_to(-scale.power()).map(Written::value)
        };
        let fits = |scale: &Scale| {
            let mut ends = low.into_iter().chain(high).map(|(number, _)| scaled(number, *scale));
            ends.all(|end| end.is_some_and(|end| Decimal::ONE <= end && end.places() <= 2))
        };
        let scale = Scale::NAMED.into_iter().rev().find(fits).unwrap_or(Scale::One);
        let low = low.and_then(|(low, open)| Some((scaled(low, scale)?, open)));
        let high = high.and_then(|(high, closed)| Some((scaled(high, scale)?, closed)));
        let sign = |is_set: bool, sign: &'static str| if is_set { sign } else { "" };
        let range = match (low, high) {
            (Some((low, false)), Some((high, true))) if low == high => {
                format!("{}{low}", sign(is_approximate, "~"))
            }
            (Some((low, open)), Some((high, closed))) => {
                format!("{}{low}..{}{high}", sign(open, ">"), sign(!closed, "<"))
            }
            (Some((low, open)), None) => format!(">{}{low}", sign(!open, "=")),
            (None, Some((high, closed))) => format!("<{}{high}", sign(closed, "=")),
            (None, None) => return None,
        };
        Self::read(&format!("{currency} {range}{}", scale.suffix()))
    }

    /// Whether it is marked `~`, about.
    #[must_use]
    pub fn is_approximate(self) -> bool {
        self.0.is_some_and(|stated| stated.range.is_approximate())
    }

    /// Whether it was withheld.
    #[must_use]
    pub fn is_undisclosed(self) -> bool {
        self.0.is_none()
    }

    /// The amount for a sentence: "about USD 350 million", "USD 1,234,567", "undisclosed amount".
    ///
    /// From a million up, it is in millions, billions or trillions if at most three digits before the point and two
    /// after it are exact; otherwise in full, with commas.
    #[must_use]
    pub fn words(self) -> impl fmt::Display {
        words::show(move |f| match self.0 {
            Some(stated) => stated.words(f),
            None => f.write_str("undisclosed amount"),
        })
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        if text == "undisclosed" {
            return Some(Self::UNDISCLOSED);
        }
        let (currency, amount) = text.split_once(' ')?;
        let (range, scale) = match amount.split_once(' ') {
            Some((range, scale)) => (range, Scale::read(scale)?),
            None => (amount, Scale::One),
        };
        let number = |text: &str| {
            let number = Written::read(text)?;
            scale.units(number).map(|_| number) // so that the bounds can always be computed
        };
        Some(Self(Some(Stated {
            currency: Currency::read(currency)?,
            range: Range::read(range, number)?,
            scale,
        })))
    }
}

impl Stated {
    fn words(self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut numbers = self.range.numbers();
        let (Some(first), second) = (numbers.next(), numbers.next()) else { return Ok(()) };
        let (low, low_scale) = self.phrase(first);
        let ends = self.range.low().zip(self.range.high()).filter(|_| second.is_some());
        let (more, less) = ends.map_or((false, false), |(low, high)| (low.open, high.open));
        let lead = match (more, less) {
            (false, false) => self.range.lead(),
            (true, _) => "more than ",
            (false, true) => "at least ",
        };
        write!(f, "{lead}{} {low}", self.currency)?;
        let Some(second) = second else {
            return f.write_str(low_scale.suffix());
        };
        let (high, high_scale) = self.phrase(second);
        if low_scale != high_scale || more || less {
            f.write_str(low_scale.suffix())?;
        }
        let between = match (more, less) {
            (false, false) => " to ",
            (true, false) => ", up to ",
            (_, true) => ", less than ",
        };
        write!(f, "{between}{high}{}", high_scale.suffix())
    }

    /// The number in its usual form, and its scale.
    fn phrase(self, number: Written) -> (String, Scale) {
        let units = self.scale.units(number).unwrap_or(number);
        for scale in [Scale::Trillion, Scale::Billion, Scale::Million] {
            let scaled = units.times_ten_to(-scale.power()).map(Written::value);
            if let Some(scaled) = scaled.filter(|number| is_short(*number)) {
                return (scaled.to_string(), scale);
            }
        }
        (units.grouped(), Scale::One)
    }
}

impl Scale {
    const NAMED: [Self; 4] = [Self::Thousand, Self::Million, Self::Billion, Self::Trillion];

    fn read(word: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|scale| scale.suffix().trim_start() == word)
    }

    /// The power of ten it stands for.
    fn power(self) -> i32 {
        match self {
            Self::One => 0,
            Self::Thousand => 3,
            Self::Million => 6,
            Self::Billion => 9,
            Self::Trillion => 12,
        }
    }

    /// The word after the number.
    fn suffix(self) -> &'static str {
        match self {
            Self::One => "",
            Self::Thousand => " thousand",
            Self::Million => " million",
            Self::Billion => " billion",
            Self::Trillion => " trillion",
        }
    }

    /// The number in units of the currency, if it fits.
    fn units(self, number: Written) -> Option<Written> {
        number.times_ten_to(self.power())
    }
}

impl FromStr for Money {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        error::parse("an amount of money", text, Self::read, money_hint::hint)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Stated { currency, range, scale }) = self.0 else {
            return f.write_str("undisclosed");
        };
        write!(f, "{currency} {range}{}", scale.suffix())
    }
}

fn is_short(number: Decimal) -> bool {
    Decimal::ONE <= number && number < Decimal::from(1000) && number.places() <= 2
}

//! Exact fractions, as given in answers.

use std::fmt::{self, Display};
use std::str::FromStr;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::number::Number;
use crate::value::{Decimal, Proportion, ValueError};

/// An exact fraction in lowest terms, of any length.
///
/// It reads and prints as `35/44`; a whole number has no denominator: `1`.
///
/// ```
/// use keiretsu::Fraction;
///
/// let share: Fraction = "35/44".parse()?;
/// assert_eq!(share.to_string(), "35/44");
/// assert_eq!(share.percent(1), "79.5");
/// assert_eq!(share.decimal_below(6), "0.795454");
/// assert!(share > "3/4".parse()?);
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fraction(BigRational);

impl Fraction {
    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// One.
    #[must_use]
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// Its numerator in decimal digits.
    #[must_use]
    pub fn numerator(&self) -> String {
        self.0.numer().to_string()
    }

    /// Its denominator in decimal digits, above zero.
    #[must_use]
    pub fn denominator(&self) -> String {
        self.0.denom().to_string()
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// In percent, rounded half up to this many places: "79.5" for 35/44.
    #[must_use]
    pub fn percent(&self, places: u32) -> String {
        let scaled: BigInt = self.0.numer() * 200 * ten_to(places) + self.0.denom();
        digits(&scaled.div_floor(&(self.0.denom() * 2)), places)
    }

    /// As a decimal of at most this many places, rounded down: "0.79545" for 35/44. Trailing zeros are omitted.
    #[must_use]
    pub fn decimal_below(&self, places: u32) -> String {
        trimmed(digits(&(&self.0 * ten_to(places)).floor().to_integer(), places))
    }

    /// As a decimal of at most this many places, rounded up: "0.79546" for 35/44. Trailing zeros are omitted.
    #[must_use]
    pub fn decimal_above(&self, places: u32) -> String {
        trimmed(digits(&(&self.0 * ten_to(places)).ceil().to_integer(), places))
    }

    /// Whether it is a decimal of at most this many places.
    #[must_use]
    pub fn is_decimal(&self, places: u32) -> bool {
        (&self.0 * ten_to(places)).is_integer()
    }

    /// The fewest places, up to `most`, at which its percentage is exact; `most` if there are none.
    pub(crate) fn places_in_percent(&self, most: u32) -> u32 {
        (0..most).find(|places| self.is_decimal(places + 2)).unwrap_or(most)
    }

    /// The exact sum.
    #[cfg(feature = "diagram")]
    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self(&self.0 + &other.0)
    }

    fn read(text: &str) -> Option<Self> {
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !is_plain(numerator) || !is_plain(denominator) || text.len() > LONGEST {
            return None;
        }
        let (numerator, denominator): (BigInt, BigInt) = (numerator.parse().ok()?, denominator.parse().ok()?);
        (!denominator.is_zero()).then(|| Self(BigRational::new(numerator, denominator)))
    }
}

/// The limit on digits when parsing.
const LONGEST: usize = 10_000;

impl From<Decimal> for Fraction {
    fn from(decimal: Decimal) -> Self {
        Self::from(&Number::from(decimal))
    }
}

impl From<Proportion> for Fraction {
    fn from(proportion: Proportion) -> Self {
        Self::from(&Number::from(proportion))
    }
}

impl From<&Number> for Fraction {
    fn from(number: &Number) -> Self {
        let (numerator, denominator) = number.in_lowest_terms();
        Self(BigRational::new_raw(numerator, denominator))
    }
}

impl FromStr for Fraction {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let hint = || Some("write it as `35/44`, `1` or `0`".to_owned());
        Self::read(text).ok_or_else(|| ValueError::new("a fraction", text, hint()))
    }
}

impl Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// A whole number of units of the last place, as a decimal.
fn digits(units: &BigInt, places: u32) -> String {
    if places == 0 {
        return units.to_string();
    }
    let sign = if units.is_negative() { "-" } else { "" };
    let (whole, rest) = units.abs().div_rem(&ten_to(places));
    let rest = rest.to_string();
    format!("{sign}{whole}.{rest:0>width$}", width = places as usize)
}

fn trimmed(decimal: String) -> String {
    if !decimal.contains('.') {
        return decimal;
    }
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal as Inner;

use super::written::Written;
use super::{ValueError, error, hint};

/// An exact decimal number of up to 28 digits.
///
/// Parsed from plain digits with an optional point and an optional leading `-`. Unlike the other values it is a
/// number, not a text: `1.50` equals `1.5` and prints as `1.5`.
///
/// Arithmetic is exact or returns none: nothing is ever rounded and nothing overflows.
///
/// ```
/// use keiretsu::Decimal;
///
/// let half: Decimal = "0.50".parse()?;
/// assert_eq!(half.to_string(), "0.5");
/// assert_eq!(half.checked_add(half), Some(Decimal::ONE));
/// assert_eq!((half.digits(), half.places()), (5, 1)); // 5 / 10^1
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(Inner);

impl Decimal {
    /// 0.
    pub const ZERO: Self = Self(Inner::ZERO);

    /// 1.
    pub const ONE: Self = Self(Inner::ONE);

    /// One half.
    pub(crate) const HALF: Self = Self(Inner::from_parts(5, 0, 0, false, 1));

    /// So many digits of which so many stand after the point; none if it has more than 28.
    ///
    /// ```
    /// use keiretsu::Decimal;
    /// assert_eq!(Decimal::from_digits(6245, 2), "62.45".parse().ok());
    /// assert_eq!(Decimal::from_digits(i128::MAX, 0), None);
    /// ```
    #[must_use]
    pub fn from_digits(digits: i128, places: u32) -> Option<Self> {
        Self::exact(digits, places)
    }

    /// The nearest float: for charts and statistics, never for sums.
    ///
    /// ```
    /// # use keiretsu::Decimal;
    /// assert_eq!(Decimal::from_digits(-15, 1).map(Decimal::to_f64), Some(-1.5));
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // The standard library rounds digits to the nearest float; other ways round twice.
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// All its digits as one integer, negative for a negative number: 6245 for 62.45.
    ///
    /// The value is `digits / 10^places`, from which an exact ratio can be computed.
    #[must_use]
    pub fn digits(self) -> i128 {
        self.0.mantissa()
    }

    /// The number of digits after the point, 0 to 28; the last of them is not zero.
    #[must_use]
    pub fn places(self) -> u32 {
        self.0.scale()
    }

    /// The exact sum; none if it has too many digits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let places = self.places().max(other.places());
        // Only the number with fewer places is scaled. If that overflows, the sum ends in the other's last digit, so
        // it would not fit either.
        let lengthened = |number: Self| number.digits().checked_mul(power_of_ten(places - number.places())?);
        Self::exact(lengthened(self)?.checked_add(lengthened(other)?)?, places)
    }

    /// The exact difference; none if it has too many digits.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self(-other.0))
    }

    /// The exact product; none if it has too many digits.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let (mut a, mut b) = (self.digits(), other.digits());
        let mut places = self.places() + other.places();
        // Trailing zeros are removed first: what then overflows has none left to drop.
        while places > 0 {
            (a, b) = if a % 10 == 0 {
                (a / 10, b)
            } else if b % 10 == 0 {
                (a, b / 10)
            } else if a % 5 == 0 && b % 2 == 0 {
                (a / 5, b / 2)
            } else if a % 2 == 0 && b % 5 == 0 {
                (a / 2, b / 5)
            } else {
                break;
            };
            places -= 1;
        }
        Self::exact(a.checked_mul(b)?, places)
    }

    /// `digits / 10^places`, if it fits.
    pub(super) fn exact(mut digits: i128, mut places: u32) -> Option<Self> {
        while places > 0 && digits % 10 == 0 {
            digits /= 10;
            places -= 1;
        }
        Inner::try_from_i128_with_scale(digits, places).ok().map(Self)
    }

    /// Parses a number; `parse` explains errors.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (sign, plain) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let written = Written::read(plain)?;
        Self::exact(sign * written.digits(), written.places())
    }
}

impl From<u64> for Decimal {
    fn from(number: u64) -> Self {
        Self(Inner::from(number))
    }
}

impl FromStr for Decimal {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let fits = |better: &str| Self::read(better).map(|_| better.to_owned());
        error::parse("a number", text, Self::read, |text| {
            hint::amount(text, fits)
                .unwrap_or_else(|| "write plain digits, at most 28 of them, as in `1500` or `1.5`".to_owned())
        })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}

/// 10 to this power, if it fits.
pub(super) fn power_of_ten(power: u32) -> Option<i128> {
    10_i128.checked_pow(power)
}

use std::cmp::Ordering;
use std::fmt;

use super::Decimal;
use super::decimal::power_of_ten;

/// An exact part of a whole, such as 0.6245 or one third: a decimal number divided by an integer.
///
/// Shares are written in percent or as a fraction, and a third is not a decimal number. `Display` prints a decimal if
/// possible, and otherwise a fraction: `0.6245`, `1/3`.
///
/// Arithmetic is exact or returns none, as for [`Decimal`].
///
/// ```
/// use keiretsu::{Decimal, Proportion};
///
/// let third = Proportion::of(1, 3).unwrap();
/// let rest = Proportion::ONE.checked_sub(third).unwrap();
/// assert_eq!(rest.to_string(), "2/3");
/// assert_eq!(rest.checked_add(third), Some(Proportion::ONE));
/// assert_eq!(Proportion::of(1, 4).unwrap(), "0.25".parse::<Decimal>()?);
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Proportion {
    /// Coprime to the divisor.
    digits: Decimal,
    /// Not divisible by 2 or 5, so that each number has one form.
    over: u64,
}

/// The most decimal places of a number with a divisor above 1, so that numerator and denominator fit in 127 bits.
const MOST_PLACES: u32 = 18;

impl Proportion {
    /// 0.
    pub const ZERO: Self = Self { digits: Decimal::ZERO, over: 1 };

    /// 1.
    pub const ONE: Self = Self { digits: Decimal::ONE, over: 1 };

    pub(crate) const HALF: Self = Self { digits: Decimal::HALF, over: 1 };

    /// One number divided by another; none for a divisor of zero, or if it does not fit.
    #[must_use]
    pub fn of(above: u64, below: u64) -> Option<Self> {
        if below == 0 {
            return None;
        }
        let divisor = gcd(above, below);
        let (mut digits, mut over) = (i128::from(above.checked_div(divisor)?), below.checked_div(divisor)?);
        let mut places = 0;
        for (factor, other) in [(10, 1), (2, 5), (5, 2)] {
            while over > 0 && over % factor == 0 {
                over /= factor;
                digits = digits.checked_mul(other)?;
                places += 1;
            }
        }
        Self::lowest(Decimal::exact(digits, places)?, over)
    }

    /// A decimal number and the integer that divides it: their quotient is this number.
    #[must_use]
    pub const fn parts(self) -> (Decimal, u64) {
        (self.digits, self.over)
    }

    /// The number, if it is a decimal.
    #[must_use]
    pub fn decimal(self) -> Option<Decimal> {
        (self.over == 1).then_some(self.digits)
    }

    /// A float next to it: for charts and statistics, never for sums. Of a decimal it is the nearest.
    ///
    /// ```
    /// # use keiretsu::Proportion;
    /// assert_eq!(Proportion::of(5, 8).map(Proportion::to_f64), Some(0.625));
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.digits.to_f64() / self.over as f64
    }

    /// The exact sum; none if it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.over == other.over {
            return Self::lowest(self.digits.checked_add(other.digits)?, self.over);
        }
        let over = (self.over / gcd(self.over, other.over)).checked_mul(other.over)?;
        let lengthened = |number: Self| number.digits.checked_mul(Decimal::from(over / number.over));
        Self::lowest(lengthened(self)?.checked_add(lengthened(other)?)?, over)
    }

    /// The exact difference; none if it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self { digits: Decimal::ZERO.checked_sub(other.digits)?, over: other.over })
    }

    /// The exact product; none if it does not fit.
    #[must_use]
    pub fn checked_mul(self, factor: impl Into<Self>) -> Option<Self> {
        let factor = factor.into();
        // Common factors are cancelled first, so that less overflows.
        let (one, other) = (Self::lowest(self.digits, factor.over)?, Self::lowest(factor.digits, self.over)?);
        Self::lowest(one.digits.checked_mul(other.digits)?, one.over.checked_mul(other.over)?)
    }

    /// The exact quotient of two non-negative numbers; none for a divisor of 0, or if it does not fit.
    #[must_use]
    pub fn checked_div(self, divisor: Self) -> Option<Self> {
        let ((a, b), (c, d)) = (self.ratio(), divisor.ratio());
        let whole = |number: i128| u64::try_from(number).ok();
        let (a, b, c, d) = (whole(a)?, whole(b)?, whole(c)?, whole(d)?);
        let (above, below) = (gcd(a, c).max(1), gcd(b, d).max(1));
        let (a, c, b, d) = (a / above, c / above, b / below, d / below);
        Self::of(a.checked_mul(d)?, b.checked_mul(c)?)
    }

    /// Numerator and denominator in lowest terms.
    pub(crate) fn ratio(self) -> (i128, i128) {
        let (mut above, mut below) = (self.digits.digits(), power_of_ten(self.digits.places()).unwrap_or(1));
        for factor in [2, 5] {
            while above % factor == 0 && below % factor == 0 {
                (above, below) = (above / factor, below / factor);
            }
        }
        (above, below * i128::from(self.over))
    }

    /// `digits / over` in lowest terms, if it fits; neither 2 nor 5 divides `over`.
    fn lowest(digits: Decimal, over: u64) -> Option<Self> {
        if over == 1 {
            return Some(Self { digits, over });
        }
        let rest = digits.digits().unsigned_abs() % u128::from(over);
        let divisor = gcd(u64::try_from(rest).ok()?, over);
        let over = over / divisor;
        if over > 1 && digits.places() > MOST_PLACES {
            return None;
        }
        let digits = Decimal::exact(digits.digits() / i128::from(divisor), digits.places())?;
        Some(Self { digits, over })
    }
}

impl From<Decimal> for Proportion {
    fn from(digits: Decimal) -> Self {
        Self { digits, over: 1 }
    }
}

impl PartialEq<Decimal> for Proportion {
    fn eq(&self, other: &Decimal) -> bool {
        self.decimal() == Some(*other)
    }
}

impl Ord for Proportion {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.over == other.over {
            return self.digits.cmp(&other.digits);
        }
        let (mut one, mut two) = (self.ratio(), other.ratio());
        // Compares as continued fractions: integer parts first, then the reciprocals of the remainders, in reverse.
        loop {
            let wholes = one.0.div_euclid(one.1).cmp(&two.0.div_euclid(two.1));
            let rests = (one.0.rem_euclid(one.1), two.0.rem_euclid(two.1));
            match (wholes, rests) {
                (Ordering::Equal, (0, _) | (_, 0)) => return rests.0.cmp(&rests.1),
                (Ordering::Equal, _) => (one, two) = ((two.1, rests.1), (one.1, rests.0)),
                (unequal, _) => return unequal,
            }
        }
    }
}

impl PartialOrd for Proportion {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialOrd<Decimal> for Proportion {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(&Self::from(*other)))
    }
}

impl fmt::Display for Proportion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal() {
            Some(decimal) => decimal.fmt(f),
            None => {
                let (above, below) = self.ratio();
                f.pad(&format!("{above}/{below}"))
            }
        }
    }
}

impl fmt::Debug for Proportion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proportion({self})")
    }
}

/// The greatest common divisor; 0 for two zeros.
fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

use std::fmt;
use std::hash::{Hash, Hasher};

use rust_decimal::Decimal as Inner;

use super::Decimal;
use super::decimal::power_of_ten;

/// A non-negative number as written: `1.50` differs from `1.5`, though the values are equal.
#[derive(Clone, Copy)]
pub(super) struct Written(Inner);

/// Fits in the 96 bits of a decimal, whatever the digits.
const MAX_DIGITS: usize = 28;

impl Written {
    /// Parses `0` or digits without a leading zero, and an optional point with digits after it. At most 28 digits,
    /// not counting a `0` before the point.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (whole, fraction) = match text.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (text, ""),
        };
        let counted = if whole == "0" { "" } else { whole };
        let leading_zero = counted.starts_with('0');
        let many = counted.len().checked_add(fraction.len())? > MAX_DIGITS;
        if whole.is_empty() || leading_zero || many {
            return None;
        }
        let digits = whole.bytes().chain(fraction.bytes()).try_fold(0_i128, |sum, byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i128::from(byte - b'0'))
        })?;
        Self::new(digits, u32::try_from(fraction.len()).ok()?)
    }

    pub(super) fn digits(self) -> i128 {
        self.0.mantissa()
    }

    pub(super) fn places(self) -> u32 {
        self.0.scale()
    }

    /// The number times 10 to this power, exactly, if it fits.
    pub(super) fn times_ten_to(self, power: i32) -> Option<Self> {
        let places = i32::try_from(self.places()).ok()?.checked_sub(power)?;
        match u32::try_from(places) {
            Ok(places) => Self::new(self.digits(), places),
            Err(_) => {
                let factor = power_of_ten(places.unsigned_abs())?;
                Self::new(self.digits().checked_mul(factor)?, 0)
            }
        }
    }

    pub(super) fn value(self) -> Decimal {
        // The value has no more digits than the written number, so it always fits.
        Decimal::exact(self.digits(), self.places()).unwrap_or(Decimal::ZERO)
    }

    /// With thousands separators: `1,234,567.5`.
    pub(super) fn grouped(self) -> String {
        let text = self.to_string();
        let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped + fraction
    }

    fn new(digits: i128, places: u32) -> Option<Self> {
        Inner::try_from_i128_with_scale(digits, places).ok().map(Self)
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        (self.digits(), self.places()) == (other.digits(), other.places())
    }
}

impl Eq for Written {}

impl Hash for Written {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.digits(), self.places()).hash(state);
    }
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

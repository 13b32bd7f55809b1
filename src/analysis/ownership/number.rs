//! Numbers for computation: exact, or rounded outward once they have grown too long.
//!
//! The only module that uses num-bigint. Shares are decimals, so a number is stored as
//! `numerator / (denominator * 10^places)`: along chains nothing is ever divided and the denominator stays 1. Only
//! rings introduce others.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::linear::Coefficient;
use crate::value::{Decimal, Proportion};

/// An exact number, not necessarily in lowest terms.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    numerator: BigInt,
    /// Above zero.
    denominator: BigInt,
    places: u32,
}

impl Number {
    pub(crate) fn zero() -> Self {
        Self::whole(0)
    }

    pub(crate) fn one() -> Self {
        Self::whole(1)
    }

    pub(crate) fn half() -> Self {
        Self { numerator: BigInt::from(5), denominator: BigInt::one(), places: 1 }
    }

    fn whole(number: i64) -> Self {
        Self { numerator: BigInt::from(number), denominator: BigInt::one(), places: 0 }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    pub(crate) fn is_positive(&self) -> bool {
        self.numerator.is_positive()
    }

    fn is_one(&self) -> bool {
        self.places == 0 && self.numerator.is_one() && self.denominator.is_one()
    }

    /// Its length in bits.
    pub(crate) fn bits(&self) -> u64 {
        self.numerator.bits() + self.denominator.bits() + 4 * u64::from(self.places)
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        let places = self.places.max(other.places);
        let (a, b) = (self.lengthened(places), other.lengthened(places));
        if self.denominator == other.denominator {
            return Self { numerator: a + b, denominator: self.denominator.clone(), places };
        }
        let common = self.denominator.gcd(&other.denominator);
        let (own, others) = (&self.denominator / &common, &other.denominator / &common);
        Self { numerator: a * &others + b * own, denominator: others * &self.denominator, places }
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.plus(&Self { numerator: -&other.numerator, ..other.clone() })
    }

    pub(crate) fn times(&self, other: &Self) -> Self {
        if self.is_one() {
            return other.clone();
        }
        if other.is_one() {
            return self.clone();
        }
        Self {
            numerator: &self.numerator * &other.numerator,
            denominator: &self.denominator * &other.denominator,
            places: self.places + other.places,
        }
        .without_common_factor()
    }

    /// The quotient. The divisor must not be zero.
    pub(crate) fn divided_by(&self, other: &Self) -> Self {
        let mut numerator = &self.numerator * &other.denominator;
        if other.places > self.places {
            numerator *= ten_to(other.places - self.places);
        }
        let mut denominator = &self.denominator * &other.numerator;
        if denominator.is_negative() {
            (numerator, denominator) = (-numerator, -denominator);
        }
        let places = self.places.saturating_sub(other.places);
        Self { numerator, denominator, places }.without_common_factor()
    }

    fn without_common_factor(mut self) -> Self {
        if !self.denominator.is_one() {
            let common = self.numerator.gcd(&self.denominator);
            if !common.is_one() && !common.is_zero() {
                self.numerator /= &common;
                self.denominator /= &common;
            }
        }
        self
    }

    /// The numerator, scaled to this many places.
    fn lengthened(&self, places: u32) -> BigInt {
        if places == self.places {
            self.numerator.clone()
        } else {
            &self.numerator * ten_to(places - self.places)
        }
    }

    /// Numerator and denominator in lowest terms.
    pub(crate) fn in_lowest_terms(&self) -> (BigInt, BigInt) {
        let denominator = &self.denominator * ten_to(self.places);
        let common = self.numerator.gcd(&denominator);
        if common.is_zero() {
            return (BigInt::zero(), BigInt::one());
        }
        (&self.numerator / &common, denominator / common)
    }

    /// The same number, in its shortest form.
    pub(crate) fn shortened(&self) -> Self {
        let (numerator, denominator) = self.in_lowest_terms();
        Self { numerator, denominator, places: 0 }
    }

    /// A float at most, or at least, this non-negative number.
    pub(crate) fn rounded(&self, side: Side) -> f64 {
        let denominator = &self.denominator * ten_to(self.places);
        let Some(numerator) = self.numerator.to_biguint() else { return 0.0 };
        let Some(denominator) = denominator.to_biguint() else { return 0.0 };
        ratio(&numerator, &denominator, side)
    }
}

impl Coefficient for Number {
    fn zero() -> Self {
        Self::zero()
    }

    fn one() -> Self {
        Self::one()
    }

    fn is_zero(&self) -> bool {
        self.is_zero()
    }

    fn plus(&self, other: &Self) -> Self {
        self.plus(other)
    }

    fn times(&self, other: &Self) -> Self {
        self.times(other)
    }

    fn divided_by(&self, other: &Self) -> Self {
        self.divided_by(other)
    }

    fn rest(&self) -> Option<Self> {
        Some(Self::one().minus(self)).filter(Self::is_positive)
    }

    fn bits(&self) -> u64 {
        self.bits()
    }

    /// Including the search for common factors.
    fn cost(a: u64, b: u64) -> u64 {
        let words = a / 64 + b / 64 + 2;
        4_u64.saturating_mul(words.saturating_mul(words)).saturating_add(16)
    }

    fn extra_cost(&self, other: &Self) -> Option<u64> {
        let (own, others) = (self.bits(), other.bits());
        (own.max(others) <= LONGEST_BETWEEN).then(|| <Self as Coefficient>::cost(own, others))
    }
}

impl From<Decimal> for Number {
    fn from(decimal: Decimal) -> Self {
        Self {
            numerator: BigInt::from(decimal.digits()),
            denominator: BigInt::one(),
            places: decimal.places(),
        }
    }
}

impl From<Proportion> for Number {
    fn from(proportion: Proportion) -> Self {
        let (digits, over) = proportion.parts();
        Self { denominator: BigInt::from(over), ..Self::from(digits) }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator && self.places == other.places {
            return self.numerator.cmp(&other.numerator);
        }
        match self.minus(other).numerator.sign() {
            Sign::Minus => Ordering::Less,
            Sign::NoSign => Ordering::Equal,
            Sign::Plus => Ordering::Greater,
        }
    }
}

fn ten_to(power: u32) -> BigInt {
    BigInt::from(10).pow(power)
}

/// A quotient as a float, rounded to a side, from its upper 53 bits and whether anything remains below them.
fn ratio(numerator: &BigUint, denominator: &BigUint, side: Side) -> f64 {
    if numerator.is_zero() || denominator.is_zero() {
        return 0.0;
    }
    let bits = |number: &BigUint| i64::try_from(number.bits()).unwrap_or(i64::MAX / 4);
    // Scale to a quotient of 54 or 55 bits, of which a float keeps 53.
    let shift = 54 - (bits(numerator) - bits(denominator));
    let (numerator, denominator) = match u64::try_from(shift) {
        Ok(shift) => (numerator << shift, denominator.clone()),
        Err(_) => (numerator.clone(), denominator << shift.unsigned_abs()),
    };
    let (quotient, rest) = numerator.div_rem(&denominator);
    let whole = quotient.to_u64().unwrap_or(u64::MAX);
    let spare = 11_u32.saturating_sub(whole.leading_zeros());
    let (mantissa, cut) = (whole >> spare, whole & ((1 << spare) - 1));
    #[expect(clippy::cast_precision_loss, reason = "at most 53 bits")]
    let exact = mantissa as f64;
    let scaled = scale(exact, i64::from(spare) - shift);
    match (side, rest.is_zero() && cut == 0 && scaled.is_normal()) {
        (_, true) => scaled,
        (Side::Low, false) => scaled.next_down().max(0.0),
        (Side::High, false) => scaled.next_up(),
    }
}

/// A float times a power of two, in steps, since the power itself may overflow.
fn scale(mut number: f64, mut power: i64) -> f64 {
    while power != 0 && number != 0.0 && number.is_finite() {
        let step = power.clamp(-500, 500);
        number *= 2.0_f64.powi(i32::try_from(step).unwrap_or(0));
        power -= step;
    }
    number
}

/// The side to which a result may err.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// At most the true value.
    Low,
    /// At least the true value.
    High,
}

/// A share during computation: exact or, once that would be too long, a float on the safe side.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Exact(Number),
    Rounded(f64),
}

/// Round numbers longer than this many bits, some 1,200 digits.
const LONGEST: u64 = 4_096;

/// If a number on the way is longer than this, the result would be rounded anyway.
const LONGEST_BETWEEN: u64 = 2 * LONGEST;

impl Value {
    pub(crate) fn zero() -> Self {
        Self::Exact(Number::zero())
    }

    pub(crate) fn one() -> Self {
        Self::Exact(Number::one())
    }

    pub(crate) const fn is_rounded(&self) -> bool {
        matches!(self, Self::Rounded(_))
    }

    /// Whether it is, or may be, above zero.
    pub(crate) fn is_positive(&self) -> bool {
        match self {
            Self::Exact(number) => number.is_positive(),
            Self::Rounded(float) => *float > 0.0,
        }
    }

    pub(crate) fn float(&self, side: Side) -> f64 {
        match self {
            Self::Exact(number) => number.rounded(side),
            Self::Rounded(float) => *float,
        }
    }

    /// This plus a product.
    pub(crate) fn plus_product(&self, weight: &Number, value: &Self, side: Side) -> Self {
        if weight.is_zero() || matches!(value, Self::Exact(number) if number.is_zero()) {
            return self.clone();
        }
        match (self, value) {
            (Self::Exact(sum), Self::Exact(value)) => Self::kept_short(sum.plus(&weight.times(value)), side),
            _ => {
                let product = multiply(weight.rounded(side), value.float(side), side);
                Self::Rounded(add(self.float(side), product, side))
            }
        }
    }

    /// The number itself, unless it has grown too long.
    pub(crate) fn kept_short(number: Number, side: Side) -> Self {
        if number.bits() > LONGEST { Self::Rounded(number.rounded(side)) } else { Self::Exact(number) }
    }

    /// Compares two values, rounded ones as rounded.
    pub(crate) fn compare(&self, other: &Self, side: Side) -> Ordering {
        match (self, other) {
            (Self::Exact(one), Self::Exact(other)) => one.cmp(other),
            _ => self.float(side).total_cmp(&other.float(side)),
        }
    }
}

/// The product of two non-negative numbers, rounded to a side.
pub(crate) fn multiply(a: f64, b: f64, side: Side) -> f64 {
    if a == 0.0 || b == 0.0 {
        return 0.0;
    }
    if a == 1.0 || b == 1.0 {
        return if a == 1.0 { b } else { a };
    }
    outward(a * b, side)
}

/// The sum of two non-negative numbers, rounded to a side.
pub(crate) fn add(a: f64, b: f64, side: Side) -> f64 {
    if a == 0.0 || b == 0.0 {
        return if a == 0.0 { b } else { a };
    }
    outward(a + b, side)
}

pub(super) fn outward(number: f64, side: Side) -> f64 {
    match side {
        Side::Low => number.next_down().max(0.0),
        Side::High => number.next_up(),
    }
}

/// A share as a float, rounded to a side. Avoids long numbers if it is short.
pub(crate) fn float_of(share: Proportion, side: Side) -> f64 {
    const EXACT: i128 = 1 << 53;
    let (decimal, over) = share.parts();
    let (digits, places) = (decimal.digits(), decimal.places());
    // Integers up to 2^53 and powers of ten up to 10^22 are exact floats, and their quotient is rounded once.
    if over > 1 || !(0..=EXACT).contains(&digits) || places > 22 {
        return Number::from(share).rounded(side);
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 2^53")]
    let digits = digits as f64;
    if digits == 0.0 || places == 0 {
        return digits;
    }
    let mut power = 1.0;
    for _ in 0..places {
        power *= 10.0;
    }
    outward(digits / power, side)
}

/// A non-negative float as an exact number of this many places, rounded to a side.
pub(crate) fn from_float(float: f64, side: Side, places: u32) -> Number {
    if !(float > 0.0 && float.is_finite()) {
        return Number::zero();
    }
    let bits = float.to_bits();
    let (exponent, fraction) = ((bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
    let (mantissa, power) =
        if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent.cast_signed() - 1075) };
    let scaled = BigInt::from(mantissa) * ten_to(places);
    let numerator = match u64::try_from(power) {
        Ok(power) => scaled << power,
        Err(_) => {
            let divisor = BigInt::one() << power.unsigned_abs();
            let (quotient, rest) = scaled.div_rem(&divisor);
            if side == Side::High && !rest.is_zero() { quotient + 1 } else { quotient }
        }
    };
    Number { numerator, denominator: BigInt::one(), places }
}

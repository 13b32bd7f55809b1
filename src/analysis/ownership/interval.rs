//! Intervals of floats that surely contain a number: interval arithmetic (Moore 1966), rounded outward at each step.

use super::linear::Coefficient;
use super::number::{Number, Side, Value, add, multiply, outward};

/// A non-negative number between two floats.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interval {
    low: f64,
    high: f64,
}

/// One product of intervals, as compared with exact numbers: what it costs to find the coefficient.
const COST: u64 = 1_000;

impl Interval {
    /// The interval of an exact number.
    pub(crate) fn around(number: &Number) -> Self {
        Self { low: number.rounded(Side::Low), high: number.rounded(Side::High) }
    }

    /// A value that may err to one side: what is linear in it errs to that side too.
    pub(crate) fn at(value: &Value) -> Self {
        match value {
            Value::Exact(number) => Self::around(number),
            Value::Rounded(float) => Self { low: *float, high: *float },
        }
    }

    /// What remains of 1, or nothing.
    pub(crate) fn left_of_one(self) -> Self {
        Self {
            low: outward(1.0 - self.high, Side::Low),
            high: outward((1.0 - self.low).max(0.0), Side::High).min(1.0),
        }
    }

    /// The end on a side.
    pub(crate) const fn end(self, side: Side) -> f64 {
        match side {
            Side::Low => self.low,
            Side::High => self.high,
        }
    }
}

impl Coefficient for Interval {
    fn zero() -> Self {
        Self { low: 0.0, high: 0.0 }
    }

    fn one() -> Self {
        Self { low: 1.0, high: 1.0 }
    }

    fn is_zero(&self) -> bool {
        self.high == 0.0
    }

    fn plus(&self, other: &Self) -> Self {
        Self { low: add(self.low, other.low, Side::Low), high: add(self.high, other.high, Side::High) }
    }

    fn times(&self, other: &Self) -> Self {
        Self {
            low: multiply(self.low, other.low, Side::Low),
            high: multiply(self.high, other.high, Side::High),
        }
    }

    fn divided_by(&self, other: &Self) -> Self {
        let quotient = |number: f64, by: f64, side| {
            if number == 0.0 { 0.0 } else { outward(number / by, side) }
        };
        Self {
            low: quotient(self.low, other.high, Side::Low),
            high: quotient(self.high, other.low, Side::High),
        }
    }

    fn rest(&self) -> Option<Self> {
        Some(self.left_of_one()).filter(|rest| rest.low > 0.0)
    }

    fn bits(&self) -> u64 {
        64
    }

    fn cost(_: u64, _: u64) -> u64 {
        COST
    }

    /// All of it is in the plan, since no interval grows longer.
    fn extra_cost(&self, _: &Self) -> Option<u64> {
        Some(0)
    }
}

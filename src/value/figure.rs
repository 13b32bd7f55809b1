use std::cmp::Ordering;
use std::fmt;

use super::range::Number;
use super::written::Written;
use super::{Decimal, Proportion};

/// A number in a share, as written: `62.45%` or `1/3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Figure {
    Percent(Written),
    Fraction { above: u64, below: u64 },
}

/// The most digits of a numerator or denominator.
const MOST_DIGITS: usize = 15;

impl Figure {
    /// Parses `62.45%`, at most `100%` and exact in parts of 1, or `1/3`, at most 1.
    pub(super) fn read(text: &str) -> Option<Self> {
        let figure = match text.split_once('/') {
            Some((above, below)) => Self::Fraction { above: whole(above)?, below: whole(below)? },
            None => Self::Percent(Written::read(text.strip_suffix('%')?)?),
        };
        figure.held().filter(|part| *part <= Proportion::ONE).map(|_| figure)
    }

    /// A part of 1 in its usual notation: as a percentage, or as a fraction if it is not a decimal.
    pub(super) fn of(part: Proportion) -> Option<Self> {
        let written = match part.decimal() {
            Some(decimal) => format!("{}%", decimal.checked_mul(Decimal::from(100))?),
            None => part.to_string(),
        };
        Self::read(&written)
    }

    /// In parts of 1.
    pub(super) fn part(self) -> Proportion {
        self.held().unwrap_or(Proportion::ZERO)
    }

    /// In percent, if written as a percentage.
    pub(super) fn percentage(self) -> Option<Decimal> {
        match self {
            Self::Percent(written) => Some(written.value()),
            Self::Fraction { .. } => None,
        }
    }

    /// The bounds of an approximate value: a tenth of it more or less, and at least half a unit of its last digit.
    pub(super) fn about(self) -> Option<(Proportion, Proportion)> {
        let part = self.part();
        let width = match self {
            Self::Percent(written) => {
                let places = written.places().checked_add(3)?;
                let tenth = written.times_ten_to(-3)?.value();
                tenth.max(Decimal::exact(5, places)?).into()
            }
            Self::Fraction { above, below } => Proportion::of(above, below.checked_mul(10)?)?,
        };
        let low = part.checked_sub(width)?.max(Proportion::ZERO);
        Some((low, part.checked_add(width)?.min(Proportion::ONE)))
    }

    fn held(self) -> Option<Proportion> {
        match self {
            Self::Percent(written) => Some(written.times_ten_to(-2)?.value().into()),
            Self::Fraction { above, below } => Proportion::of(above, below),
        }
    }
}

impl Number for Figure {
    fn compare(self, other: Self) -> Ordering {
        self.part().cmp(&other.part())
    }

    fn is_least(self) -> bool {
        self.part() == Proportion::ZERO
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(written) => write!(f, "{written}%"),
            Self::Fraction { above, below } => write!(f, "{above}/{below}"),
        }
    }
}

/// Digits without a leading zero.
fn whole(text: &str) -> Option<u64> {
    let is_plain = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_plain && (text.len() == 1 || !text.starts_with('0'))).then(|| text.parse().ok())?
}

//! The rules by which somebody counts as an owner. Laws differ, so the rule is chosen, and its name stands in the answer.

use super::number::Number;
use super::range::ShareRange;
use crate::graph::Right;
use crate::value::{Decimal, Proportion};

/// Who counts as an owner, by which law.
///
/// `docs/ownership.md` tells each with its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OwnerRule {
    /// Shares multiplied along chains and added over them: 25% or more of the equity. EU Anti-Money-Laundering Regulation,
    /// article 52; the "multiplication test".
    Multiply,
    /// What one holds itself, and through companies of which it has the majority link by link: more than 25% of the votes.
    /// United Kingdom, Companies Act 2006, schedule 1A, paragraphs 3 and 18.
    Psc,
    /// What one holds, and what companies hold of which half or more counts as its own: 50% or more of the equity.
    /// United States, OFAC's guidance of 2014-08-13, the "50 percent rule".
    Ofac,
    /// The votes that the group of one commands: more than 50%. EU Accounting Directive, article 22; the
    /// "dominancy test".
    Majority,
    /// The weakest link of the strongest chain: more than 25% of the equity at every link. The "rolling test" of the
    /// European Banking Authority's question 2022_6622.
    Rolling,
}

impl OwnerRule {
    /// All, in order.
    pub const ALL: &[Self] = &[Self::Multiply, Self::Psc, Self::Ofac, Self::Majority, Self::Rolling];

    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Multiply => "multiply",
            Self::Psc => "psc",
            Self::Ofac => "ofac",
            Self::Majority => "majority",
            Self::Rolling => "rolling",
        }
    }

    /// What its figure is, in a few words.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Multiply => "shares multiplied along chains and added over them",
            Self::Psc => "held itself or through majority links",
            Self::Ofac => "held itself or through companies of which half or more counts as its own",
            Self::Majority => "commanded by its group",
            Self::Rolling => "the weakest link of the strongest chain",
        }
    }

    /// What it looks at, unless told otherwise.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::Multiply | Self::Ofac | Self::Rolling => Right::Equity,
            Self::Psc | Self::Majority => Right::Votes,
        }
    }

    /// Whether it looks at no other right: OFAC at ownership alone, control at votes.
    #[must_use]
    pub const fn is_of_one_right(self) -> bool {
        matches!(self, Self::Ofac | Self::Majority)
    }

    /// Whether it adds up what several persons have: OFAC all blocked persons, control those who act in concert. The
    /// others look at each person alone.
    #[must_use]
    pub const fn adds_persons(self) -> bool {
        matches!(self, Self::Ofac | Self::Majority)
    }

    /// Whether a share must be above the threshold, rather than at it or above.
    #[must_use]
    pub const fn is_strict(self) -> bool {
        match self {
            Self::Multiply | Self::Ofac => false,
            Self::Psc | Self::Majority | Self::Rolling => true,
        }
    }

    /// The threshold, unless told otherwise, in parts of 1.
    #[must_use]
    pub fn threshold(self) -> Decimal {
        match self {
            Self::Multiply | Self::Psc | Self::Rolling => QUARTER.parse().unwrap_or(Decimal::ZERO),
            Self::Ofac | Self::Majority => HALF.parse().unwrap_or(Decimal::ZERO),
        }
    }
}

const QUARTER: &str = "0.25";
const HALF: &str = "0.5";

impl std::fmt::Display for OwnerRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

/// A rule with its threshold and what it looks at.
///
/// ```
/// use keiretsu::{Decimal, OwnerRule, OwnerTest, Proportion, Right};
/// let test = OwnerTest::new(OwnerRule::Multiply).at("0.1".parse::<Decimal>()?).of(Right::Profit);
/// assert_eq!(test.threshold_words(), "10% or more");
/// assert_eq!(test.at(Proportion::of(1, 3).unwrap()).threshold_words(), "1/3 or more");
/// assert_eq!(OwnerTest::new(OwnerRule::Psc).threshold_words(), "more than 25%");
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnerTest {
    rule: OwnerRule,
    threshold: Proportion,
    right: Right,
}

impl OwnerTest {
    /// The rule as its law has it.
    #[must_use]
    pub fn new(rule: OwnerRule) -> Self {
        Self { rule, threshold: rule.threshold().into(), right: rule.right() }
    }

    /// With another threshold, in parts of 1; strict or not stays part of the rule.
    #[must_use]
    pub fn at(self, threshold: impl Into<Proportion>) -> Self {
        Self { threshold: threshold.into(), ..self }
    }

    /// Of another right; rules [of one right](OwnerRule::is_of_one_right) keep theirs.
    #[must_use]
    pub const fn of(self, right: Right) -> Self {
        if self.rule.is_of_one_right() { self } else { Self { right, ..self } }
    }

    /// The rule.
    #[must_use]
    pub const fn rule(self) -> OwnerRule {
        self.rule
    }

    /// The threshold, in parts of 1.
    #[must_use]
    pub const fn threshold(self) -> Proportion {
        self.threshold
    }

    /// What it looks at.
    #[must_use]
    pub const fn right(self) -> Right {
        self.right
    }

    /// The threshold in words: "25% or more", "more than 50%".
    #[must_use]
    pub fn threshold_words(self) -> String {
        let share = super::Fraction::from(self.threshold);
        // What no percentage says stays as it was written.
        let words = match self.threshold.decimal() {
            Some(_) => format!("{}%", share.percent(share.places_in_percent(10))),
            None => self.threshold.to_string(),
        };
        if self.rule.is_strict() { format!("more than {words}") } else { format!("{words} or more") }
    }

    /// Whether a share meets the threshold.
    #[must_use]
    pub fn verdict(self, share: &ShareRange) -> Verdict {
        let threshold = self.threshold.into();
        let strict = self.rule.is_strict();
        let meets = |bound: &super::Fraction, open_above: bool| match bound.cmp(&threshold) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => !strict || open_above,
            std::cmp::Ordering::Less => false,
        };
        if meets(share.low(), share.low_is_open()) {
            return Verdict::Counts;
        }
        let is_reached = share.high() > &threshold || !share.high_is_open();
        if is_reached && meets(share.high(), false) { Verdict::MayCount } else { Verdict::No }
    }

    pub(crate) fn threshold_number(self) -> Number {
        Number::from(self.threshold)
    }
}

impl From<OwnerRule> for OwnerTest {
    fn from(rule: OwnerRule) -> Self {
        Self::new(rule)
    }
}

/// Whether somebody counts as an owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// For no way to fill in what is not disclosed.
    No,
    /// For some.
    MayCount,
    /// For all.
    Counts,
}

impl Verdict {
    /// `yes`, `perhaps` or `no`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::MayCount => "perhaps",
            Self::Counts => "yes",
        }
    }
}

//! The rules by which somebody counts as an owner. Laws differ, so the rule is chosen, and the answer names it.

use super::number::Number;
use super::range::ShareRange;
use crate::graph::Right;
use crate::value::{Decimal, Proportion};

/// Who counts as an owner, and by which law.
///
/// See `docs/ownership.md` for each rule and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OwnerRule {
    /// Shares multiplied along chains and added over them: 25% or more of the equity. EU Anti-Money-Laundering
    /// Regulation, article 52; the "multiplication test".
    Multiply,
    /// What an owner holds directly, and through companies in which it has the majority link by link: more than 25% of
    /// the votes. United Kingdom, Companies Act 2006, schedule 1A, paragraphs 3 and 18.
    Psc,
    /// What an owner holds, plus the holdings of companies of which half or more counts as its own: 50% or more of the
    /// equity. United States, OFAC's guidance of 2014-08-13, the "50 percent rule".
    Ofac,
    /// The votes that an owner's group commands: more than 50%. EU Accounting Directive, article 22; the "dominancy
    /// test".
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

    /// The meaning of its figure, in a few words.
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

    /// The right that it considers by default.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::Multiply | Self::Ofac | Self::Rolling => Right::Equity,
            Self::Psc | Self::Majority => Right::Votes,
        }
    }

    /// Whether it considers no other right: OFAC only ownership, control only votes.
    #[must_use]
    pub const fn is_of_one_right(self) -> bool {
        matches!(self, Self::Ofac | Self::Majority)
    }

    /// Whether it adds up the shares of several persons: OFAC those of all blocked persons, control those of persons
    /// acting in concert. The other rules consider each person alone.
    #[must_use]
    pub const fn adds_persons(self) -> bool {
        matches!(self, Self::Ofac | Self::Majority)
    }

    /// Whether a share must be above the threshold, rather than at or above it.
    #[must_use]
    pub const fn is_strict(self) -> bool {
        match self {
            Self::Multiply | Self::Ofac => false,
            Self::Psc | Self::Majority | Self::Rolling => true,
        }
    }

    /// The default threshold, in parts of 1.
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

/// A rule with its threshold and the right that it considers.
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
    /// The rule with the defaults of its law.
    #[must_use]
    pub fn new(rule: OwnerRule) -> Self {
        Self { rule, threshold: rule.threshold().into(), right: rule.right() }
    }

    /// Uses another threshold, in parts of 1. The rule decides whether it is strict.
    #[must_use]
    pub fn at(self, threshold: impl Into<Proportion>) -> Self {
        Self { threshold: threshold.into(), ..self }
    }

    /// Uses another right. Rules [of one right](OwnerRule::is_of_one_right) keep theirs.
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

    /// The right that it considers.
    #[must_use]
    pub const fn right(self) -> Right {
        self.right
    }

    /// The threshold in words: "25% or more", "more than 50%".
    #[must_use]
    pub fn threshold_words(self) -> String {
        let share = super::Fraction::from(self.threshold);
        // A share that no decimal percentage expresses is printed as it was written.
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
#[non_exhaustive]
pub enum Verdict {
    /// Does not count, however undisclosed shares are filled in.
    No,
    /// Counts for some ways to fill in undisclosed shares.
    MayCount,
    /// Counts, however undisclosed shares are filled in.
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

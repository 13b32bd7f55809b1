use std::fmt;

use super::words;
use super::written::Written;

/// A number and how exactly it is known: `5`, `~5`, `>=5`, `<=5`, `5..6`.
///
/// The grammar that quantities, money and shares have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Span {
    Exactly(Written),
    About(Written),
    AtLeast(Written),
    AtMost(Written),
    Between(Written, Written),
}

impl Span {
    /// Reads a span of what `number` reads. A range whose low end is above its high end is none.
    pub(super) fn read(text: &str, number: impl Fn(&str) -> Option<Written>) -> Option<Self> {
        for (sign, span) in SIGNS {
            if let Some(rest) = text.strip_prefix(sign) {
                return number(rest).map(span);
            }
        }
        let Some((low, high)) = text.split_once("..") else {
            return number(text).map(Self::Exactly);
        };
        let (low, high) = (number(low)?, number(high)?);
        (low.value() <= high.value()).then_some(Self::Between(low, high))
    }

    /// The lower bound; none for `<=`.
    pub(super) fn low(self) -> Option<Written> {
        let (first, _) = self.ends();
        (!matches!(self, Self::AtMost(_))).then_some(first)
    }

    /// The upper bound; none for `>=`.
    pub(super) fn high(self) -> Option<Written> {
        let (first, second) = self.ends();
        (!matches!(self, Self::AtLeast(_))).then_some(second.unwrap_or(first))
    }

    pub(super) fn is_approximate(self) -> bool {
        matches!(self, Self::About(_))
    }

    /// The numbers that are written in it.
    pub(super) fn ends(self) -> (Written, Option<Written>) {
        match self {
            Self::Exactly(number) | Self::About(number) | Self::AtLeast(number) | Self::AtMost(number) => {
                (number, None)
            }
            Self::Between(low, high) => (low, Some(high)),
        }
    }

    /// The span as written, with this after each number.
    pub(super) fn with_unit(self, unit: &'static str) -> impl fmt::Display {
        words::show(move |f| {
            let (first, second) = self.ends();
            write!(f, "{}{first}{unit}", self.sign())?;
            second.map_or(Ok(()), |second| write!(f, "..{second}{unit}"))
        })
    }

    /// The span for a sentence, with this after each number: "at least 1,500".
    pub(super) fn words(self, unit: &'static str) -> impl fmt::Display {
        words::show(move |f| {
            let (first, second) = self.ends();
            write!(f, "{}{}{unit}", self.lead(), first.grouped())?;
            second.map_or(Ok(()), |second| write!(f, " to {}{unit}", second.grouped()))
        })
    }

    /// What a sentence puts before the number.
    pub(super) fn lead(self) -> &'static str {
        match self {
            Self::Exactly(_) | Self::Between(..) => "",
            Self::About(_) => "about ",
            Self::AtLeast(_) => "at least ",
            Self::AtMost(_) => "at most ",
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Exactly(_) | Self::Between(..) => "",
            Self::About(_) => "~",
            Self::AtLeast(_) => ">=",
            Self::AtMost(_) => "<=",
        }
    }
}

type Make = fn(Written) -> Span;

const SIGNS: [(&str, Make); 3] = [("~", Span::About), (">=", Span::AtLeast), ("<=", Span::AtMost)];

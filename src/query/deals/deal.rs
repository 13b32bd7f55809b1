use crate::graph::{Certainty, Fact};
use crate::value::{Date, ExchangeRate, Money};

/// A deal that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deal<'g> {
    /// The fact that states it.
    pub fact: Fact<'g>,
    /// Its amount by a rate that the asker gave; none if there is no rate for it.
    pub converted: Option<Converted>,
    /// When it ends, if [that was asked](super::Deals::ending_before).
    pub end: Option<DealEnd>,
}

impl Deal<'_> {
    /// Its amount, converted if there is a rate for it.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        self.converted.map(|converted| converted.amount).or_else(|| self.fact.amount())
    }
}

/// An amount in another currency, and the rate that made it.
///
/// `Display` names both: "EUR 322 million (USD at 0.92 of 2016)".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Converted {
    /// The amount in the currency asked for.
    pub amount: Money,
    /// The rate, as the asker gave it.
    pub rate: ExchangeRate,
}

impl std::fmt::Display for Converted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { amount, rate } = self;
        write!(f, "{} ({} at {} of {})", amount.words(), rate.currency(), rate.rate(), rate.date().words())
    }
}

/// When a deal ends, whatever ends it: its own dates, its term, or an event.
///
/// `Display` is a clause: "ends 2024", "possibly ends 2023-07/2024-06".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct DealEnd {
    /// The first day on which it is no longer in force, as precise as it is known; none if that is not known at all.
    pub date: Option<Date>,
    /// Whether it certainly ends before the date asked about.
    pub certainty: Certainty,
}

impl std::fmt::Display for DealEnd {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.certainty == Certainty::Possible {
            f.write_str("possibly ")?;
        }
        match self.date {
            Some(date) => write!(f, "ends {}", date.words()),
            None => f.write_str("ended, not known when"),
        }
    }
}

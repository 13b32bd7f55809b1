use std::collections::BTreeSet;

use super::Deal;
use crate::graph::Fact;
use crate::query::traversal::Outcome;
use crate::value::Currency;

/// The deals found, and how many were left out and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DealList<'g> {
    pub(super) deals: Vec<Deal<'g>>,
    pub(super) replaced: Vec<Deal<'g>>,
    pub(super) undated: usize,
    pub(super) no_amount: usize,
    pub(super) other_currency: usize,
    pub(super) no_end: usize,
    pub(super) more: usize,
    pub(super) currencies: BTreeSet<Currency>,
    pub(super) outcome: Outcome,
}

impl<'g> DealList<'g> {
    /// The deals, in the order [asked for](super::Deals::sort).
    pub fn deals(&self) -> impl ExactSizeIterator<Item = Deal<'g>> {
        self.deals.iter().copied()
    }

    /// The facts that state the deals, in the same order.
    pub fn facts(&self) -> impl ExactSizeIterator<Item = Fact<'g>> {
        self.deals.iter().map(|deal| deal.fact)
    }

    /// Deals that match but are no longer in force on the view's date, since [others replace them](Fact::replaced_by).
    /// By date, then by id. Empty in a view without a date, and if [ends were asked for](super::Deals::ending_before).
    pub fn replaced(&self) -> impl ExactSizeIterator<Item = Fact<'g>> {
        self.replaced.iter().map(|deal| deal.fact)
    }

    /// Complete, or what stopped the search: then only deals among the facts looked at before are in the list.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// How many follow after the last one that [was asked for](super::Deals::top).
    #[must_use]
    pub const fn more(&self) -> usize {
        self.more
    }

    /// The currencies of the amounts, converted where there is a rate: of all deals, also those that follow.
    #[cfg(feature = "answer")]
    pub(crate) fn currencies(&self) -> impl ExactSizeIterator<Item = Currency> {
        self.currencies.iter().copied()
    }

    /// How many were left out because a period was given and they have no date.
    #[must_use]
    pub const fn undated(&self) -> usize {
        self.undated
    }

    /// How many were left out because an amount was given and they state none, or an undisclosed one.
    #[must_use]
    pub const fn no_amount(&self) -> usize {
        self.no_amount
    }

    /// How many were left out because their amount is in another currency, and cannot be converted.
    #[must_use]
    pub const fn other_currency(&self) -> usize {
        self.other_currency
    }

    /// How many were left out because [an end was asked for](super::Deals::ending_before) and none is stated.
    #[must_use]
    pub const fn no_end(&self) -> usize {
        self.no_end
    }
}

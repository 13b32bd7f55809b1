use std::cmp::Reverse;

use super::Deal;
use crate::value::{Currency, Money};

/// In which order deals are listed. Ties are listed by date, then by id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DealOrder {
    /// By date; undated ones last.
    #[default]
    Date,
    /// By amount, the largest first, one currency after the other: first the one that [rates](super::Deals::rate) convert
    /// to, then in the order of their codes. Amounts in different currencies cannot be compared. A range stands where its
    /// lower bound does, or its upper bound if that alone is known; of equal lower bounds, the higher upper bound comes
    /// first. Undisclosed amounts come last but for deals without any.
    Amount,
    /// By the name of the party that the sentence names first, in any case of letters.
    Name,
}

impl DealOrder {
    pub(super) fn sort(self, deals: &mut [Deal<'_>], first: Option<Currency>) {
        deals.sort_by_cached_key(|deal| {
            let date = deal.fact.date();
            (date.is_none(), date, deal.fact.id())
        });
        // Stable: ties stay by date.
        match self {
            Self::Date => {}
            Self::Amount => deals.sort_by_cached_key(|deal| by_amount(deal.amount(), first)),
            Self::Name => deals.sort_by_cached_key(|deal| {
                let name = deal.fact.first_name();
                (name.is_none(), name.map(|name| name.to_lowercase()))
            }),
        }
    }
}

/// The earliest end first; an end on an unknown day last. Ties stay as they are.
pub(super) fn by_end(deals: &mut [Deal<'_>]) {
    deals.sort_by_cached_key(|deal| {
        let date = deal.end.and_then(|end| end.date);
        (date.is_none(), date)
    });
}

/// What orders amounts: by currency, one of them first, then the largest first.
pub(crate) fn by_amount(amount: Option<Money>, first: Option<Currency>) -> impl Ord {
    let rank = match amount {
        None => 2,
        Some(amount) if amount.is_undisclosed() => 1,
        Some(_) => 0,
    };
    let least = amount.and_then(|amount| Some((amount.low().or(amount.high())?, amount.low_is_open())));
    let is_unbounded = amount.is_some_and(|amount| amount.high().is_none());
    let most = amount.and_then(|amount| Some((amount.high()?, !amount.high_is_open())));
    let currency = amount.and_then(Money::currency);
    (rank, currency != first, currency, Reverse(least), Reverse((is_unbounded, most)))
}

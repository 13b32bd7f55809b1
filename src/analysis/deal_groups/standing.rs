//! What each of several deals counts as, so that nothing is added up twice.

use std::collections::HashMap;

use crate::graph::Fact;
use crate::model::Status;

/// What a deal counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// A deal of its own.
    Deal,
    /// A leg of a larger deal, and whether its amount is not yet in that of the whole.
    Leg { adds: bool },
    /// One more claim about a deal that is counted by another.
    OtherClaim,
    /// Only sought.
    Sought,
    /// Called off.
    Withdrawn,
    /// Another fact takes its place.
    Replaced,
    /// A rumour.
    Rumoured,
}

/// The standing of each of these facts, in their order.
pub(super) fn standings(facts: &[Fact<'_>]) -> Vec<Standing> {
    let positions: HashMap<Fact<'_>, usize> = facts.iter().enumerate().map(|(n, fact)| (*fact, n)).collect();
    let mut found: Vec<Option<Standing>> = vec![None; facts.len()];
    for (n, fact) in facts.iter().enumerate() {
        if found.get(n).is_some_and(Option::is_some) {
            continue;
        }
        // All claims about one deal at once, however many there are.
        let claims = fact.claims();
        let mut listed: Vec<usize> =
            claims.iter().filter_map(|claim| positions.get(claim).copied()).collect();
        if listed.is_empty() {
            listed.push(n);
        }
        // If one of several claims is no rumour, none of them is.
        let is_rumoured = fact.is_rumoured();
        let own = |n: &usize| facts.get(*n).map(|fact| own_standing(*fact, is_rumoured));
        let counted = listed.iter().copied().find(|n| own(n).is_some_and(|own| own.is_added()));
        let counted = counted.or_else(|| listed.first().copied());
        for n in listed {
            let standing = if Some(n) == counted { own(&n) } else { Some(Standing::OtherClaim) };
            if let Some(found) = found.get_mut(n) {
                *found = standing;
            }
        }
    }
    found.into_iter().map(|standing| standing.unwrap_or(Standing::Deal)).collect()
}

impl Standing {
    /// Whether its amount may be added up.
    pub(super) const fn is_added(self) -> bool {
        matches!(self, Self::Deal | Self::Leg { .. })
    }
}

/// What a fact counts as if there are no other claims about the deal.
fn own_standing(fact: Fact<'_>, is_rumoured: bool) -> Standing {
    if !fact.counts() {
        return if fact.status() == Some(Status::Sought) { Standing::Sought } else { Standing::Withdrawn };
    }
    if !fact.replaced_by().is_empty() {
        return Standing::Replaced;
    }
    if is_rumoured {
        return Standing::Rumoured;
    }
    match fact.part_of() {
        None => Standing::Deal,
        // No fact is part of itself: that is an error.
        Some(whole) => {
            let mut wholes = std::iter::successors(Some(whole), |whole| whole.part_of());
            Standing::Leg { adds: !wholes.any(has_amount_that_counts) }
        }
    }
}

/// Whether a whole has an amount of its own that sums take up.
fn has_amount_that_counts(whole: Fact<'_>) -> bool {
    let is_stated = whole.claimed_amount(|_| true).is_some_and(|amount| !amount.is_undisclosed());
    is_stated && whole.counts() && whole.replaced_by().is_empty() && !whole.is_rumoured()
}

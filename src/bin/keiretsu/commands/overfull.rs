//! Companies whose holders have more than 100%: finds the places of their stakes.

use keiretsu::{Attribute, Entity, Error, Fact, Graph, Overfull, Right, ShareRange, View};

use crate::failure::Failure;
use crate::session::Session;

/// Adds the places of the two largest stakes to such errors, by reading the files again.
pub(super) fn placed(session: &Session, view: View<'_>, error: Error) -> Failure {
    let (right, overfull) = behind(view, &error);
    let mut failure = Failure::from(error);
    let stakes: Vec<Vec<Stake<'_>>> = overfull.iter().map(largest).collect();
    let facts: Vec<(Fact<'_>, Attribute)> =
        stakes.iter().flatten().map(|stake| (stake.fact, attribute(right, stake.fact))).collect();
    if facts.is_empty() {
        return failure;
    }
    let mut places = Graph::places(session.paths(), &session.limits, &facts).into_iter();
    for (diagnostic, stakes) in failure.diagnostics_mut().iter_mut().zip(stakes) {
        for stake in stakes {
            let Some(mut place) = places.next().flatten() else { continue };
            place.label = Some(stake.words());
            if diagnostic.at.is_none() {
                diagnostic.at = Some(place);
            } else {
                diagnostic.also = Some(place);
            }
        }
    }
    failure
}

/// The companies that an error is about, and the right of which too much is held.
fn behind<'g>(view: View<'g>, error: &Error) -> (Right, Vec<Overfull<'g>>) {
    let told: Vec<&str> = error.diagnostics().iter().map(|told| told.message.as_str()).collect();
    let ownership = view.ownership();
    let of = |right: Right| (right, ownership.overfull_in(right, error));
    let is_told = |(right, overfull): &(Right, Vec<Overfull<'g>>)| {
        overfull.iter().map(|one| one.diagnostic(*right).message).eq(told.iter().copied())
    };
    Right::ALL.iter().copied().map(of).find(is_told).unwrap_or((Right::Equity, Vec::new()))
}

/// A stake to point at.
struct Stake<'g> {
    fact: Fact<'g>,
    holders: Vec<Entity<'g>>,
    share: ShareRange,
}

impl Stake<'_> {
    /// "`ann` has 60%", "`ann` and `bo` jointly have 60%".
    fn words(&self) -> String {
        let names: Vec<String> = self.holders.iter().map(|one| format!("`{}`", one.id())).collect();
        let has = if names.len() > 1 { "jointly have" } else { "has" };
        format!("{} {has} {}", names.join(" and "), self.share)
    }
}

/// The two largest stakes, the larger first; ties by holder.
fn largest<'g>(overfull: &Overfull<'g>) -> Vec<Stake<'g>> {
    let mut holders: Vec<_> = overfull.holders.iter().zip(&overfull.stakes).collect();
    holders.sort_by(|((_, one), _), ((_, other), _)| other.low().cmp(one.low()));
    let stakes = holders.into_iter().filter_map(|((holders, share), stakes)| {
        let fact = stakes.first()?.fact()?;
        Some(Stake { fact, holders: holders.clone(), share: share.clone() })
    });
    stakes.take(2).collect()
}

/// The attribute with the share: votes and profit default to the capital if not stated.
fn attribute(right: Right, fact: Fact<'_>) -> Attribute {
    let own = right.attribute();
    let is_stated = fact.record().attributes.iter().any(|(attribute, _)| *attribute == own);
    if is_stated { own } else { Attribute::Share }
}

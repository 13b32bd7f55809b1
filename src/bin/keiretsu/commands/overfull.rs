//! Companies whose holders have more than 100%: finds the places of their stakes.

use keiretsu::{Attribute, Error, Fact, Graph, Overfull, Ownership, Right};

use crate::failure::Failure;
use crate::session::Session;

/// Adds the places of the two largest stakes to such errors, by reading the files again.
pub(super) fn placed(session: &Session, ownership: &Ownership<'_>, right: Right, error: Error) -> Failure {
    let mut failure = Failure::from(error);
    let overfull = ownership.overfull(right);
    let mut stakes: Vec<Vec<Stake<'_>>> = Vec::new();
    for diagnostic in failure.diagnostics_mut() {
        let overfull =
            overfull.iter().find(|overfull| overfull.diagnostic(right).message == diagnostic.message);
        stakes.push(overfull.map(|overfull| largest(overfull)).unwrap_or_default());
    }
    let facts: Vec<(Fact<'_>, Attribute)> =
        stakes.iter().flatten().map(|stake| (stake.fact, attribute(right, stake.fact))).collect();
    if facts.is_empty() {
        return failure;
    }
    let mut places = Graph::places(session.paths(), &session.limits, &facts).into_iter();
    for (diagnostic, stakes) in failure.diagnostics_mut().iter_mut().zip(stakes) {
        for stake in stakes {
            let Some(mut place) = places.next().flatten() else { continue };
            place.label = Some(stake.label);
            if diagnostic.at.is_none() {
                diagnostic.at = Some(place);
            } else {
                diagnostic.also = Some(place);
            }
        }
    }
    failure
}

/// A stake to point at.
struct Stake<'g> {
    fact: Fact<'g>,
    label: String,
}

/// The two largest stakes, the larger first; ties by holder.
fn largest<'g>(overfull: &Overfull<'g>) -> Vec<Stake<'g>> {
    let mut holders: Vec<_> = overfull.holders.iter().zip(&overfull.stakes).collect();
    holders.sort_by(|((_, one), _), ((_, other), _)| other.low().cmp(one.low()));
    let stakes = holders.into_iter().filter_map(|((holders, share), stakes)| {
        let names: Vec<String> = holders.iter().map(|one| format!("`{}`", one.id())).collect();
        let has = if names.len() > 1 { "jointly have" } else { "has" };
        Some(Stake { fact: stakes.first()?.fact()?, label: format!("{} {has} {share}", names.join(" and ")) })
    });
    stakes.take(2).collect()
}

/// The attribute with the share: votes and profit default to the capital if not stated.
fn attribute(right: Right, fact: Fact<'_>) -> Attribute {
    let own = match right {
        Right::Equity => Attribute::Share,
        Right::Votes => Attribute::Votes,
        Right::Profit => Attribute::Profit,
    };
    let is_stated = fact.record().attributes.iter().any(|(attribute, _)| *attribute == own);
    if is_stated { own } else { Attribute::Share }
}

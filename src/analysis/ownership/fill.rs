//! How the whole of a company is shared out among holders of whom only ranges are known.

#![expect(clippy::indexing_slicing, reason = "weights stand in the order of the edges that they belong to")]

use super::network::Network;
use super::number::{Number, Side, Value};
use crate::value::Decimal;

/// Whose share is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A holder.
    Node(u32),
    /// Whoever holds what is not disclosed.
    Undisclosed,
}

/// One way to share out a company: what makes the owner's part as small, or as large, as it can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    /// Of each edge, in the order of the column.
    pub(crate) weights: Vec<Number>,
    /// Of those who are not listed, if there may be any.
    pub(crate) unlisted: Number,
    /// The extreme is not reached, since a share that is only known to be above a bound stands at it.
    pub(crate) open: bool,
}

/// A holder while a column is shared out.
struct Entry {
    /// Position among the edges; none for all others.
    edge: Option<usize>,
    unlisted: bool,
    low: Number,
    room: Number,
    value: Value,
    open: bool,
    added: bool,
}

/// Whether all shares of a column are single numbers, so that there is but one way to share it out.
pub(crate) fn is_plain(network: &Network, company: u32) -> bool {
    network.holders(company).iter().all(super::network::Edge::is_certain)
}

/// Whether a column is shared out in one way whoever is asked about: at most one range, or room for all of them.
pub(crate) fn is_fixed(network: &Network, company: u32) -> bool {
    let holders = network.holders(company);
    if network.column(company).outside.is_some() {
        return is_plain(network, company);
    }
    if holders.iter().filter(|edge| !edge.is_certain()).count() <= 1 {
        return true;
    }
    let most = holders.iter().try_fold(Decimal::ZERO, |sum, edge| sum.checked_add(edge.high));
    most.is_some_and(|most| most <= Decimal::ONE)
}

/// The share that an edge of a [fixed](is_fixed) column has at this end of the range.
pub(crate) fn fixed_weight(network: &Network, edge: &super::network::Edge, side: Side) -> Number {
    let is_full = side == Side::High || network.column(edge.company).complete;
    Number::from(if is_full { edge.high } else { edge.low })
}

/// Gives every holder its low, then what is left by descending value (for the low side ascending), each up to its
/// high; whoever is not listed takes part too, unless the list is complete.
///
/// This solves the inner step of an interval Markov chain: a linear program over one column whose greedy
/// solution is known to be optimal.
pub(crate) fn fill(
    network: &Network,
    company: u32,
    owner: Owner,
    side: Side,
    value: impl Fn(u32) -> Value,
) -> Filled {
    let edges = network.holders(company);
    if owner != Owner::Undisclosed && is_plain(network, company) {
        let weights = edges.iter().map(|edge| Number::from(edge.low)).collect();
        return Filled { weights, unlisted: Number::zero(), open: false };
    }
    let mut entries = entries(network, company, owner, value);
    let least = entries.iter().fold(Number::zero(), |sum, entry| sum.plus(&entry.low));
    let mut rest = Number::one().minus(&least);
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| {
        let order = entries[*a].value.compare(&entries[*b].value, side);
        if side == Side::High { order.reverse() } else { order }
    });
    let mut last = None;
    for n in order {
        let more = entries[n].room.clone().min(rest.clone());
        if more.is_positive() {
            rest = rest.minus(&more);
            let entry = &mut entries[n];
            entry.low = entry.low.plus(&more);
            entry.added = true;
            last = Some(n);
        }
    }
    let beyond = if side == Side::High { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
    let is_open = |entry: &Entry, last: &Entry| {
        entry.open && !entry.added && entry.value.compare(&last.value, side) == beyond
    };
    let open = last.is_some_and(|last| entries.iter().any(|entry| is_open(entry, &entries[last])));
    let mut filled = Filled { weights: vec![Number::zero(); edges.len()], unlisted: Number::zero(), open };
    for entry in entries {
        match entry.edge {
            Some(n) => filled.weights[n] = entry.low,
            None if entry.unlisted => filled.unlisted = entry.low,
            None => {}
        }
    }
    filled
}

fn entries(network: &Network, company: u32, owner: Owner, value: impl Fn(u32) -> Value) -> Vec<Entry> {
    let entry = |edge, low: Decimal, high: Decimal, value, open| {
        let low = Number::from(low);
        let room = Number::from(high).minus(&low);
        Entry { edge, unlisted: false, low, room, value, open, added: false }
    };
    let edges = network.holders(company).iter().enumerate();
    let mut entries: Vec<Entry> =
        edges.map(|(n, edge)| entry(Some(n), edge.low, edge.high, value(edge.holder), edge.open)).collect();
    let column = network.column(company);
    if let Some(outside) = column.outside {
        entries.push(entry(None, outside.low, outside.high, Value::zero(), outside.open));
    }
    if !column.complete {
        let value = if owner == Owner::Undisclosed { Value::one() } else { Value::zero() };
        let unlisted = entry(None, Decimal::ZERO, Decimal::ONE, value, false);
        entries.push(Entry { unlisted: true, ..unlisted });
    }
    entries
}

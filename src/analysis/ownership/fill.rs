//! Extreme allocations of a company among holders whose shares are ranges.

use super::flow::Share;
use super::network::{Edge, Network};
use super::number::{Number, Side};
use crate::value::Proportion;

/// The owner whose share is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A holder.
    Node(u32),
    /// Whoever holds what is undisclosed.
    Undisclosed,
}

/// An allocation of a company that makes the owner's part as small, or as large, as possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    /// The weight of each edge, in the order of the column.
    pub(crate) weights: Vec<Number>,
    /// The weight of unlisted holders, if there may be any.
    pub(crate) unlisted: Number,
    /// The extreme is not attained: some holder would have to be at an open bound of its range.
    pub(crate) open: bool,
}

/// A holder during the allocation of a column.
struct Entry {
    holder: Who,
    low: Number,
    room: Number,
    low_is_open: bool,
    high_is_open: bool,
    share: Share,
    more: Number,
}

/// The holder of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// The position among the edges.
    Edge(usize),
    /// All holders outside this part of the network.
    Outside,
    Unlisted,
}

/// Whether all shares of a column are single numbers, so that only one allocation exists.
pub(crate) fn is_plain(network: &Network, company: u32) -> bool {
    network.holders(company).iter().all(Edge::is_certain)
}

/// Whether a column has the same allocation whoever is the owner: at most one range, or room for all of them.
pub(crate) fn is_fixed(network: &Network, company: u32) -> bool {
    let holders = network.holders(company);
    if network.column(company).outside.is_some() {
        return is_plain(network, company);
    }
    if holders.iter().filter(|edge| !edge.is_certain()).count() <= 1 {
        return true;
    }
    let most = holders.iter().try_fold(Proportion::ZERO, |sum, edge| sum.checked_add(edge.high));
    most.is_some_and(|most| most <= Proportion::ONE)
}

/// The share of an edge in a [fixed](is_fixed) column, at this end of the range.
pub(crate) fn fixed_weight(edge: &Edge, side: Side) -> Number {
    Number::from(if side == Side::High { edge.high } else { edge.low })
}

/// Gives every holder its low, then distributes the rest by descending share of the owner (ascending on the low side),
/// each up to its high. Unlisted holders take part too, unless the list is complete.
///
/// This solves the inner step of an interval Markov chain: a linear program over one column, for which the greedy
/// solution is known to be optimal. Of equal shares, attained ones come before approached ones.
#[expect(clippy::indexing_slicing, reason = "weights stand in the order of the edges that they belong to")]
pub(crate) fn fill(
    network: &Network,
    company: u32,
    owner: Owner,
    side: Side,
    share: impl Fn(u32) -> Share,
) -> Filled {
    let edges = network.holders(company);
    if owner != Owner::Undisclosed && is_plain(network, company) {
        let weights = edges.iter().map(|edge| Number::from(edge.low)).collect();
        return Filled { weights, unlisted: Number::zero(), open: false };
    }
    let mut entries = entries(network, company, owner, share);
    let least = entries.iter().fold(Number::zero(), |sum, entry| sum.plus(&entry.low));
    let mut rest = Number::one().minus(&least);
    entries.sort_by(|a, b| {
        let order = a.share.value.compare(&b.share.value, side);
        let order = if side == Side::High { order.reverse() } else { order };
        order.then(a.share.open.cmp(&b.share.open))
    });
    for entry in &mut entries {
        let more = entry.room.clone().min(rest.clone());
        if more.is_positive() {
            rest = rest.minus(&more);
            entry.more = more;
        }
    }
    let is_same = |a: &Entry, b: &Entry| {
        a.share.value.compare(&b.share.value, side).is_eq() && a.share.open == b.share.open
    };
    let open = !rest.is_positive() && entries.chunk_by(is_same).any(stands_at_open_bound);
    let mut filled = Filled { weights: vec![Number::zero(); edges.len()], unlisted: Number::zero(), open };
    for entry in entries {
        let weight = entry.low.plus(&entry.more);
        match entry.holder {
            Who::Edge(n) => filled.weights[n] = weight,
            Who::Unlisted => filled.unlisted = weight,
            Who::Outside => {}
        }
    }
    filled
}

/// Whether holders in which the owner has the same share, and which can therefore trade with one another, are all at
/// their lows or all at their highs, one of them at an open bound.
fn stands_at_open_bound(entries: &[Entry]) -> bool {
    let has_room = |entry: &&Entry| entry.room.is_positive();
    let at_low = entries.iter().all(|entry| !entry.more.is_positive());
    let at_high = entries.iter().all(|entry| entry.more == entry.room);
    let open = |is_open: fn(&Entry) -> bool| entries.iter().filter(has_room).any(is_open);
    at_low && open(|entry| entry.low_is_open) || at_high && open(|entry| entry.high_is_open)
}

fn entries(network: &Network, company: u32, owner: Owner, share: impl Fn(u32) -> Share) -> Vec<Entry> {
    let entry = |holder, (low, high): (Proportion, Proportion), (low_is_open, high_is_open), share| {
        let low = Number::from(low);
        let room = Number::from(high).minus(&low);
        Entry { holder, low, room, low_is_open, high_is_open, share, more: Number::zero() }
    };
    let edges = network.holders(company).iter().enumerate();
    let mut entries: Vec<Entry> = edges
        .map(|(n, edge)| {
            let open = (edge.low_is_open, edge.high_is_open);
            entry(Who::Edge(n), (edge.low, edge.high), open, share(edge.holder))
        })
        .collect();
    let column = network.column(company);
    if let Some(outside) = column.outside {
        let open = (outside.low_is_open, outside.high_is_open);
        entries.push(entry(Who::Outside, (outside.low, outside.high), open, Share::none()));
    }
    if !column.complete {
        let share = if owner == Owner::Undisclosed { Share::whole() } else { Share::none() };
        entries.push(entry(Who::Unlisted, (Proportion::ZERO, Proportion::ONE), (false, false), share));
    }
    entries
}

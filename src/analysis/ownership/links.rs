//! The rules that look at chains link by link: `psc` and `rolling`.

#![expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]

use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

use super::super::control::bloc::{Sum, Threshold};
use super::flow::Share;
use super::network::{Edge, Network};
use super::number::{Number, Side, Value};
use crate::value::Decimal;

/// Whether one stake alone is a majority: for certain, or possibly.
fn is_majority(network: &Network, edge: &Edge, side: Side) -> bool {
    let mut sum = Sum::zero();
    sum.add(edge);
    Threshold::majority().is_met(&sum, network, edge.company, side)
}

/// What everybody has in a company, itself and through chains of majority links.
pub(crate) fn psc_owners(network: &Network, company: u32, side: Side) -> BTreeMap<u32, Share> {
    let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
    for held in network.holders(company) {
        // Everybody who reaches this holder by majorities has its stake.
        let mut seen = HashSet::from([held.holder]);
        let mut open = vec![held.holder];
        while let Some(node) = open.pop() {
            sums.entry(node).or_insert_with(Sum::zero).add(held);
            let above = network.holders(node).iter().filter(|edge| is_majority(network, edge, side));
            open.extend(above.map(|edge| edge.holder).filter(|holder| seen.insert(*holder)));
        }
    }
    sums.into_iter().map(|(node, sum)| (node, sum.bound(network, company, side))).collect()
}

/// What one has in every company, itself and through chains of majority links.
pub(crate) fn psc_stakes(network: &Network, owner: u32, side: Side) -> BTreeMap<u32, Share> {
    let mut sums: BTreeMap<u32, Sum> = BTreeMap::new();
    let mut seen = HashSet::from([owner]);
    let mut open = vec![owner];
    while let Some(node) = open.pop() {
        for edge in network.holdings(node) {
            sums.entry(edge.company).or_insert_with(Sum::zero).add(edge);
            if is_majority(network, edge, side) && seen.insert(edge.company) {
                open.push(edge.company);
            }
        }
    }
    sums.into_iter().map(|(node, sum)| (node, sum.bound(network, node, side))).collect()
}

/// Which way a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// From a company to its owners.
    Up,
    /// From an owner to what it has.
    Down,
}

/// The weakest link of the strongest chain between a node and every other: the widest path.
///
/// Dijkstra's algorithm with the minimum in place of the sum.
pub(crate) fn weakest_links(network: &Network, start: u32, way: Way, side: Side) -> BTreeMap<u32, Share> {
    let mut most_held: HashMap<u32, Decimal> = HashMap::new();
    let mut width = |edge: &Edge| match side {
        Side::Low => least(network, edge, &mut most_held),
        Side::High => (edge.high, false),
    };
    let mut found: BTreeMap<u32, Share> = BTreeMap::new();
    let mut open: BinaryHeap<((Decimal, bool), std::cmp::Reverse<u32>)> = BinaryHeap::new();
    let mut best: Vec<Option<(Decimal, bool)>> = vec![None; network.len()];
    open.push(((Decimal::from(2), false), std::cmp::Reverse(start)));
    let mut done = vec![false; network.len()];
    while let Some((link, std::cmp::Reverse(node))) = open.pop() {
        if std::mem::replace(&mut done[node as usize], true) {
            continue;
        }
        if node != start {
            found.insert(node, Share { value: Value::Exact(Number::from(link.0)), open: link.1 });
        }
        let edges: Vec<&Edge> = match way {
            Way::Up => network.holders(node).iter().collect(),
            Way::Down => network.holdings(node).collect(),
        };
        for edge in edges {
            let next = if way == Way::Up { edge.holder } else { edge.company };
            let link = width(edge).min(link);
            if !done[next as usize] && best[next as usize].is_none_or(|best| best < link) {
                best[next as usize] = Some(link);
                open.push((link, std::cmp::Reverse(next)));
            }
        }
    }
    found
}

/// The least that a holder has, and whether it is above that: at least what is stated, and where the holders listed are
/// all, what the others leave at their most.
fn least(network: &Network, edge: &Edge, most_held: &mut HashMap<u32, Decimal>) -> (Decimal, bool) {
    let column = network.column(edge.company);
    if !column.complete || column.outside.is_some() {
        return (edge.low, edge.open);
    }
    let all = *most_held.entry(edge.company).or_insert_with(|| {
        let most = network.holders(edge.company).iter().map(|holder| holder.high);
        most.fold(Decimal::ZERO, |sum, high| sum.checked_add(high).unwrap_or(sum))
    });
    let others = all.checked_sub(edge.high).unwrap_or(all);
    match Decimal::ONE.checked_sub(others) {
        Some(rest) if rest > edge.low => (rest, false),
        _ => (edge.low, edge.open),
    }
}

//! The rules that look at chains link by link: `psc` and `rolling`.

#![expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]

use std::collections::{BTreeMap, BinaryHeap, HashSet};

use super::super::control::bloc::{Sum, Threshold};
use super::flow::Share;
use super::network::{Edge, Network};
use super::number::{Number, Side, Value};
use crate::value::{Decimal, Proportion};

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
    let mut found: BTreeMap<u32, Share> = BTreeMap::new();
    let mut open: BinaryHeap<(Width, std::cmp::Reverse<u32>)> = BinaryHeap::new();
    let mut best: Vec<Option<Width>> = vec![None; network.len()];
    open.push(((Decimal::from(2).into(), false), std::cmp::Reverse(start)));
    let mut done = vec![false; network.len()];
    while let Some((link, std::cmp::Reverse(node))) = open.pop() {
        if std::mem::replace(&mut done[node as usize], true) {
            continue;
        }
        if node != start {
            found.insert(node, share(link, side));
        }
        let edges: Vec<&Edge> = match way {
            Way::Up => network.holders(node).iter().collect(),
            Way::Down => network.holdings(node).collect(),
        };
        for edge in edges {
            let next = if way == Way::Up { edge.holder } else { edge.company };
            let link = width(edge, side).min(link);
            if !done[next as usize] && best[next as usize].is_none_or(|best| best < link) {
                best[next as usize] = Some(link);
                open.push((link, std::cmp::Reverse(next)));
            }
        }
    }
    found
}

/// How wide a link is: its bound, and whether it is wider than others at the same bound. On the low side it is so if the bound
/// is left out, on the high side if it is included.
type Width = (Proportion, bool);

fn width(edge: &Edge, side: Side) -> Width {
    match side {
        Side::Low => (edge.low, edge.low_is_open),
        Side::High => (edge.high, !edge.high_is_open),
    }
}

fn share((bound, is_wider): Width, side: Side) -> Share {
    Share { value: Value::Exact(Number::from(bound)), open: is_wider == (side == Side::Low) }
}

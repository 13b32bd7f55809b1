//! The rule based on chains of majorities, link by link: `psc`.

use std::collections::{BTreeMap, HashSet};

use super::super::control::bloc::{Sum, Threshold};
use super::super::control::shared_set::{Part, Set, Store};
use super::effort::Effort;
use super::flow::Share;
use super::network::{Column, Edge, Network};
use super::number::Side;
use crate::query::Budget;
use crate::value::Proportion;

/// Whether a single stake is a majority: certainly, or possibly.
///
/// Each joint holder has the whole joint stake.
fn is_majority(network: &Network, edge: &Edge, side: Side) -> bool {
    if network.column(edge.company).joint {
        return true;
    }
    let mut sum = Sum::zero();
    sum.add(edge);
    Threshold::majority().is_met(&sum, network, edge.company, side)
}

/// What everybody has in a company, directly and through chains of majority links.
///
/// Rings of majorities have the same; everybody else has what it holds and what those have that it holds most of. Takes
/// steps from the budget of the effort. Beyond it, the bounds are wider.
#[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
pub(crate) fn psc_owners(
    network: &Network,
    company: u32,
    side: Side,
    effort: &Effort,
    budget: Budget,
) -> BTreeMap<u32, Share> {
    let held = network.holders(company);
    let mut store =
        Store::new(held.iter().map(|edge| Part { target: 0, edge: Some(*edge) }).collect(), budget);
    let mut sets = vec![Set::EMPTY; network.len()];
    for (key, edge) in (0_u32..).zip(held) {
        sets[edge.holder as usize] = Store::one(key);
    }
    let majorities = majorities(network, side);
    let nodes = || 0..u32::try_from(network.len()).unwrap_or(u32::MAX);
    let mut ignored = Vec::new();
    for members in majorities.components(nodes(), None).iter().rev() {
        let below = members.iter().flat_map(|member| majorities.holdings(*member).map(|edge| edge.company));
        let all = members.iter().copied().chain(below);
        let set = all.fold(Set::EMPTY, |set, node| store.union(set, sets[node as usize], &mut ignored));
        ignored.clear();
        members.iter().for_each(|member| sets[*member as usize] = set);
    }
    if store.is_cut() {
        effort.cut();
    }
    let stakes = 0..u32::try_from(held.len()).unwrap_or(u32::MAX);
    let all = held.iter().fold(Sum::zero(), |mut sum, edge| {
        sum.add(edge);
        sum
    });
    // Sets that were cut have too little, which bounds the high side only if it counts as all.
    let is_wide = store.is_cut() && side == Side::High;
    let reached = majorities.reach(held.iter().map(|edge| edge.holder), |node| {
        majorities.holders(node).iter().map(|edge| edge.holder).collect()
    });
    let single = reached.into_iter().filter(|node| !network.column(*node).joint);
    let owners = single.filter(|node| is_wide || sets[*node as usize] != Set::EMPTY);
    let sum = |node: u32| if is_wide { all.clone() } else { store.sum(sets[node as usize], &stakes) };
    owners.map(|node| (node, sum(node).bound(network, company, side))).collect()
}

/// Who has a majority of what, as a network whose shares mean nothing.
fn majorities(network: &Network, side: Side) -> Network {
    let edges = network.edges().iter().filter(|edge| is_majority(network, edge, side));
    let (low, high) = (Proportion::ZERO, Proportion::ONE);
    let edges = edges.map(|edge| Edge { low, high, low_is_open: false, high_is_open: false, ..*edge });
    let columns = (0..network.len()).map(|_| Column::new(false));
    Network::new(columns.collect(), edges.collect())
}

/// What an owner has in every company, directly and through chains of majority links.
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
    let companies = sums.into_iter().filter(|(node, _)| !network.column(*node).joint);
    companies.map(|(node, sum)| (node, sum.bound(network, node, side))).collect()
}

//! The rule based on chains of majorities, link by link: `psc`.

use std::collections::{BTreeMap, HashSet};

use super::super::control::bloc::{Sum, Threshold};
use super::flow::Share;
use super::network::{Edge, Network};
use super::number::Side;

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
    let each = sums.into_iter().filter(|(node, _)| !network.column(*node).joint);
    each.map(|(node, sum)| (node, sum.bound(network, company, side))).collect()
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

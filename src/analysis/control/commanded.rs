//! The blocs that hold one company, and which of them commands it.

#![expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]

use super::super::ownership::flow::Share;
use super::super::ownership::number::Side;
use super::bloc::{Bloc, Field, Sum, Threshold, bloc};

/// What the bloc of a node has in one company, and whether it commands it.
pub(crate) struct Commanded {
    pub(crate) share: Share,
    pub(crate) is_member: bool,
    /// If it does, which of those that are watched its bloc has.
    pub(crate) has: Vec<u32>,
}

/// For every node what its bloc has in one company, and of those who command it which of some their blocs have.
///
/// Whoever commands another has all that the other's bloc has: so a bloc is found once and grows upward from the one
/// commanded to its commander, and a chain or a ring takes time in proportion to its length.
pub(crate) fn commanded(
    field: Field<'_>,
    company: u32,
    threshold: &Threshold,
    side: Side,
    watched: &[u32],
) -> Vec<Commanded> {
    let size = field.network.len();
    let mut found: Vec<Commanded> = Vec::with_capacity(size);
    found.resize_with(size, || Commanded { share: Share::none(), is_member: false, has: Vec::new() });
    let mut blocs: Vec<Option<Bloc<'_>>> = Vec::with_capacity(size);
    blocs.resize_with(size, || None);
    for (node, below) in upward(field, threshold, side) {
        let largest = |n: &&u32| blocs[**n as usize].as_ref().map_or(0, |bloc| bloc.members.len());
        let below = below.iter().filter(|n| blocs[**n as usize].is_some()).max_by_key(largest);
        let own = match below.and_then(|n| blocs[*n as usize].take()) {
            Some(mut bloc) => {
                bloc.add(&[node]);
                bloc
            }
            None => bloc(field, &[node], threshold, side),
        };
        let is_member = node != company && own.has(company);
        let has = watched.iter().copied().filter(|one| is_member && own.has(*one)).collect();
        found[node as usize] = Commanded { share: own.share(company), is_member, has };
        blocs[node as usize] = Some(own);
    }
    found
}

/// Every node after those that it commands by a stake of its own or a statement, as far as these form no rings; with these.
fn upward(field: Field<'_>, threshold: &Threshold, side: Side) -> Vec<(u32, Vec<u32>)> {
    let size = field.network.len();
    let mut order = Vec::with_capacity(size);
    let mut seen = vec![false; size];
    for start in 0..u32::try_from(size).unwrap_or(u32::MAX) {
        if std::mem::replace(&mut seen[start as usize], true) {
            continue;
        }
        let mut way = vec![(start, commands(field, start, threshold, side), 0)];
        while let Some((_, below, next)) = way.last_mut() {
            let Some(node) = below.get(*next).copied() else {
                order.extend(way.pop().map(|(node, below, _)| (node, below)));
                continue;
            };
            *next += 1;
            if !std::mem::replace(&mut seen[node as usize], true) {
                way.push((node, commands(field, node, threshold, side), 0));
            }
        }
    }
    order
}

/// Whom a node commands by a stake of its own or a statement.
fn commands(field: Field<'_>, node: u32, threshold: &Threshold, side: Side) -> Vec<u32> {
    let held = field.network.holdings(node).filter(|edge| {
        let mut sum = Sum::zero();
        sum.add(edge);
        edge.may_be() && threshold.is_met(&sum, field.network, edge.company, side)
    });
    let mut below: Vec<u32> = held.map(|edge| edge.company).filter(|company| *company != node).collect();
    below
        .extend(field.links.into_iter().flat_map(|links| links.alone(node, side)).filter(|one| *one != node));
    below.sort_unstable();
    below.dedup();
    below
}

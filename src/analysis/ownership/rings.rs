//! Circular ownership.

use super::Ownership;
use super::network::{Edge, Network, Part, sum_of_lows};
use super::number::Number;
use crate::graph::{Entity, Right};
use crate::value::Proportion;

/// Companies that own shares of one another in a circle, or a company that owns shares of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnershipRing<'g> {
    /// All that own some of themselves through others. A simple ring starts with the first id, and each member owns a
    /// share of the next. Any other is in id order.
    pub members: Vec<Entity<'g>>,
    /// Whether each owns a share of exactly one other member.
    pub is_simple: bool,
    /// Whether every member is certainly held entirely within the ring, so that nobody outside owns any of it.
    pub is_closed: bool,
}

impl<'g> Ownership<'g> {
    /// Every ring, in id order of their first members. Takes time linear in the stakes.
    ///
    /// ```
    /// use keiretsu::{Graph, Right};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "alpha": (name: "Alpha"), "beta": (name: "Beta") },
    ///     facts: [
    ///         Ownership(owner: "alpha", owned: "beta", share: "40%", unsourced: true),
    ///         Ownership(owner: "beta", owned: "alpha", share: "30%", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let rings = graph.view().ownership().rings(Right::Equity);
    /// assert_eq!((rings[0].members.len(), rings[0].is_closed), (2, false));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn rings(&self, right: Right) -> Vec<OwnershipRing<'g>> {
        let network = &self.table(right).network;
        let all = 0..u32::try_from(network.len()).unwrap_or(u32::MAX);
        self.in_order(rings(network, all), Some)
    }

    pub(super) fn rings_of(&self, part: &Part) -> Vec<OwnershipRing<'g>> {
        let all = 0..u32::try_from(part.network.len()).unwrap_or(u32::MAX);
        self.in_order(rings(&part.network, all), |node| part.nodes.get(node as usize).copied())
    }

    fn in_order(&self, rings: Vec<Found>, whole: impl Fn(u32) -> Option<u32>) -> Vec<OwnershipRing<'g>> {
        let entity = |node: &u32| whole(*node).and_then(|node| self.nodes().single(node));
        let found = rings.into_iter().map(|ring| OwnershipRing {
            members: ring.members.iter().filter_map(entity).collect(),
            is_simple: ring.is_simple,
            is_closed: ring.is_closed,
        });
        let mut found: Vec<_> = found.collect();
        found.sort_by(|one, other| one.members.iter().min().cmp(&other.members.iter().min()));
        found
    }
}

/// A ring in the numbers of a network.
struct Found {
    members: Vec<u32>,
    is_simple: bool,
    is_closed: bool,
}

fn rings(network: &Network, starts: std::ops::Range<u32>) -> Vec<Found> {
    let components = network.components(starts, None).into_iter();
    let is_ring = |members: &Vec<u32>| {
        members.len() > 1 || members.iter().any(|n| network.edge(*n, *n).is_some_and(Edge::may_be))
    };
    let found = components.filter(is_ring).map(|members| {
        let is_closed = members.iter().all(|member| is_held_within(network, &members, *member));
        let order = in_ring_order(network, &members);
        Found { is_simple: order.is_some(), members: order.unwrap_or(members), is_closed }
    });
    found.collect()
}

fn is_held_within(network: &Network, members: &[u32], member: u32) -> bool {
    let holders = network.holders(member).iter();
    let within: Vec<Edge> =
        holders.filter(|edge| members.binary_search(&edge.holder).is_ok()).copied().collect();
    let sum = within.iter().try_fold(Proportion::ZERO, |sum, edge| sum.checked_add(edge.low));
    sum.map_or_else(|| sum_of_lows(&within) >= Number::one(), |sum| sum >= Proportion::ONE)
}

/// The members in ring order, if each owns a share of exactly one of them.
fn in_ring_order(network: &Network, members: &[u32]) -> Option<Vec<u32>> {
    let mut order = vec![*members.first()?];
    loop {
        let last = *order.last()?;
        let mut next = network
            .holdings(last)
            .filter(|edge| edge.may_be() && members.binary_search(&edge.company).is_ok());
        let (only, more) = (next.next()?, next.next());
        if more.is_some() {
            return None;
        }
        if Some(&only.company) == order.first() {
            return (order.len() == members.len()).then_some(order);
        }
        if order.len() >= members.len() {
            return None;
        }
        order.push(only.company);
    }
}

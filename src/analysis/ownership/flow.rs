//! The shares of one owner in everything below it.

use std::collections::HashMap;

use super::effort::Effort;
use super::fill::{Filled, Owner, fill};
use super::network::Network;
use super::number::{Side, Value};
use super::ring::Ring;

/// One owner's shares at one end of their ranges, corrected: as if nobody held any of the owner.
pub(crate) struct Flow {
    shares: HashMap<u32, Share>,
    /// The owner's share in itself.
    pub(crate) own: Share,
}

/// A share at one end of its range.
#[derive(Clone, Debug)]
pub(crate) struct Share {
    pub(crate) value: Value,
    /// The end is not part of the range.
    pub(crate) open: bool,
}

impl Share {
    pub(crate) fn none() -> Self {
        Self { value: Value::zero(), open: false }
    }

    pub(crate) fn whole() -> Self {
        Self { value: Value::one(), open: false }
    }
}

impl Flow {
    /// The owner's share in a node.
    pub(crate) fn share(&self, node: u32) -> Share {
        self.shares.get(&node).cloned().unwrap_or_else(Share::none)
    }
}

/// The shares of an owner in everything it reaches: components in topological order, each solved once.
///
/// Edges into the owner are left out, so that rings through it do not count twice (Baldone, Brioschi and Paleari,
/// "Ownership Measures Among Firms Connected by Cross-Shareholdings and a Further Contribution to the
/// Cross-Shareholding Theory", 1998: the entries of (I - A)^-1 divided by the owner's own).
pub(crate) fn flow(network: &Network, owner: Owner, side: Side, effort: &Effort) -> Flow {
    let mut flow = Flow { shares: HashMap::new(), own: Share::none() };
    let components = match owner {
        Owner::Node(node) => {
            flow.shares.insert(node, Share::whole());
            network.components([node], Some(node))
        }
        Owner::Undisclosed => network.components(0..u32::try_from(network.len()).unwrap_or(u32::MAX), None),
    };
    let stakes = components.iter().flatten().map(|node| network.holders(*node).len()).sum::<usize>();
    effort.look(u64::try_from(stakes + components.len()).unwrap_or(u64::MAX));
    for component in &components {
        match component.as_slice() {
            [node] if Owner::Node(*node) == owner || !network.has_holders(*node) => {}
            [node] if network.edge(*node, *node).is_none_or(|edge| !edge.may_be()) => {
                let filled = fill(network, *node, owner, side, |holder| flow.share(holder));
                let share = flow.total(network, *node, owner, side, &filled);
                flow.shares.insert(*node, share);
            }
            members => flow.ring(network, members, (owner, side), effort),
        }
    }
    if let Owner::Node(node) = owner
        && network.holders(node).iter().any(|edge| flow.shares.contains_key(&edge.holder))
    {
        let filled = fill(network, node, owner, side, |holder| flow.share(holder));
        flow.own = flow.total(network, node, owner, side, &filled);
    }
    flow
}

impl Flow {
    /// The share in a company, given the shares in its holders.
    fn total(&self, network: &Network, node: u32, owner: Owner, side: Side, filled: &Filled) -> Share {
        let mut sum = Value::zero();
        if owner == Owner::Undisclosed {
            sum = sum.plus_product(&filled.unlisted, &Value::one(), side);
        }
        let mut open = filled.open;
        for (edge, weight) in network.holders(node).iter().zip(&filled.weights) {
            if let Some(share) = self.shares.get(&edge.holder) {
                sum = sum.plus_product(weight, &share.value, side);
                open |= share.open && weight.is_positive();
            }
        }
        Share { value: sum, open }
    }

    fn ring(&mut self, network: &Network, members: &[u32], (owner, side): (Owner, Side), effort: &Effort) {
        let ring = Ring { network, members, owner, side, effort, known: |holder| self.share(holder).value };
        let values = ring.solve();
        let is_rounded = values.iter().all(Value::is_rounded);
        for (member, value) in members.iter().zip(values) {
            self.shares.insert(*member, Share { value, open: false });
        }
        // Only for exact shares is it known whether an end is attained.
        if is_rounded {
            return;
        }
        let is_open = |member: &u32| {
            let mut holders = network.holders(*member).iter();
            let outside = network.column(*member).outside;
            outside.is_some_and(|outside| outside.low_is_open || outside.high_is_open)
                || holders.any(|edge| edge.low_is_open || edge.high_is_open || self.share(edge.holder).open)
        };
        // Openness spreads along the shares that count, until nothing changes.
        let mut changed = members.iter().any(is_open);
        while changed {
            changed = false;
            for member in members {
                let filled = fill(network, *member, owner, side, |holder| self.share(holder));
                let holders = network.holders(*member).iter().zip(&filled.weights);
                let open = filled.open
                    || holders
                        .clone()
                        .any(|(edge, weight)| weight.is_positive() && self.share(edge.holder).open);
                if let Some(share) = self.shares.get_mut(member)
                    && open
                    && !share.open
                {
                    share.open = true;
                    changed = true;
                }
            }
        }
    }
}

//! What every control group has in one company.

use std::collections::HashMap;
use std::ops::Range;

use super::super::ownership::flow::Share;
use super::super::ownership::number::Side;
use super::bloc::Field;
use super::groups::Groups;
use super::shared_set::{Part, Set, Store};
use crate::query::Budget;

/// The stakes that each group has in one company, on one side.
pub(crate) struct InCompany<'n> {
    field: Field<'n>,
    groups: &'n Groups,
    company: u32,
    side: Side,
    store: Store,
    /// For each class with any stakes, its set.
    sets: HashMap<u32, Set>,
    /// The range of keys that are stakes.
    stakes: Range<u32>,
    holders: Vec<u32>,
    shares: HashMap<Set, Share>,
}

impl<'n> InCompany<'n> {
    /// Computes this for all groups with any stake, within a budget of steps. Also finds which of the watched nodes
    /// each group has.
    pub(crate) fn of(
        field: Field<'n>,
        groups: &'n Groups,
        company: u32,
        side: Side,
        watched: &[u32],
        budget: Budget,
    ) -> Self {
        let edges = || field.network.holders(company).iter().filter(|edge| field.is_cast(edge));
        let mut holders: Vec<u32> = edges().map(|edge| edge.holder).collect();
        let stakes = 0..u32::try_from(holders.len()).unwrap_or(u32::MAX);
        let parts = edges().map(|edge| Part { target: 0, edge: Some(*edge) });
        let others = (1..).zip(watched).map(|(target, _)| Part { target, edge: None });
        let mut store = Store::new(parts.chain(others).collect(), budget);
        holders.extend(watched);
        let sets = groups.gather(&holders, &mut store);
        Self { field, groups, company, side, store, sets, stakes, holders, shares: HashMap::new() }
    }

    /// Whether some groups have more than is shown here.
    pub(crate) const fn is_cut(&self) -> bool {
        self.store.is_cut()
    }

    /// The holders of stakes, the watched nodes, and all above them.
    pub(crate) fn all_above(&self) -> impl Iterator<Item = u32> {
        self.groups.all_above(&self.holders)
    }

    /// What the group of a node has. Equal contents give the same set.
    pub(super) fn set(&self, node: u32) -> Set {
        self.sets.get(&self.groups.class(node)).copied().unwrap_or_default()
    }

    /// The share of the group of a node.
    pub(crate) fn share(&mut self, node: u32) -> Share {
        let set = self.set(node);
        if let Some(share) = self.shares.get(&set) {
            return share.clone();
        }
        // As for every bloc, an empty sum is nothing.
        let share = match self.store.keys(set, &self.stakes).is_empty() {
            true => Share::none(),
            false => self.store.sum(set, &self.stakes).bound(self.field.network, self.company, self.side),
        };
        self.shares.insert(set, share.clone());
        share
    }

    /// The holders of a stake in a set.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(super) fn holders(&self, set: Set) -> Vec<u32> {
        self.store.keys(set, &self.stakes).into_iter().map(|key| self.holders[key as usize]).collect()
    }

    /// The positions of the watched nodes in a set.
    pub(super) fn watched(&self, set: Set) -> Vec<usize> {
        let keys = self.store.keys(set, &(self.stakes.end..u32::MAX));
        keys.into_iter().map(|key| (key - self.stakes.end) as usize).collect()
    }
}

//! Groups of facts that are claims about the same thing.

use std::collections::HashMap;

use petgraph::unionfind::UnionFind;

use super::index::FactIx;
use super::room;

/// The groups of facts that `claims_of` ties.
#[derive(Default)]
pub(crate) struct ClaimGroups {
    group: HashMap<FactIx, usize>,
    members: Vec<Vec<FactIx>>,
}

impl ClaimGroups {
    /// Approximate size in bytes.
    pub(crate) fn memory(&self) -> usize {
        let members = self.members.iter().map(room).sum::<usize>();
        members + room(&self.members) + self.group.capacity() * size_of::<(FactIx, usize)>()
    }

    /// Groups this many facts by pairs of facts that state the same thing.
    pub(crate) fn new(facts: usize, claims_of: &[(FactIx, FactIx)]) -> Self {
        let mut groups = Self::default();
        if claims_of.is_empty() {
            return groups;
        }
        let mut tied = UnionFind::<usize>::new(facts);
        for (claim, other) in claims_of {
            tied.union(claim.get(), other.get());
        }
        let mut sets: HashMap<usize, Vec<FactIx>> = HashMap::new();
        for n in 0..facts {
            sets.entry(tied.find(n)).or_default().push(FactIx::new(n));
        }
        let mut sets: Vec<_> = sets.into_values().filter(|set| set.len() > 1).collect();
        sets.sort_unstable();
        for set in sets {
            groups.group.extend(set.iter().map(|fact| (*fact, groups.members.len())));
            groups.members.push(set);
        }
        groups
    }

    /// Whether no two facts are claims about the same thing.
    pub(crate) const fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// All claims about what this fact states, including itself; empty if it is the only one.
    pub(crate) fn of(&self, fact: FactIx) -> &[FactIx] {
        let group = self.group.get(&fact).and_then(|group| self.members.get(*group));
        group.map(Vec::as_slice).unwrap_or_default()
    }
}

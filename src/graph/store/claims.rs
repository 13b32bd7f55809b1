//! Groups of facts that are claims about the same thing.

use std::collections::HashMap;

use petgraph::unionfind::UnionFind;

use super::facts::Facts;
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
    ///
    /// The first of a group is the fact that the others are claims of. What they say orders the rest, so that the order
    /// of files decides nothing.
    pub(crate) fn new(facts: &Facts) -> Self {
        let (mut groups, claims_of) = (Self::default(), &facts.claims_of);
        if claims_of.is_empty() {
            return groups;
        }
        let mut tied = UnionFind::<usize>::new(facts.len());
        for (claim, other) in claims_of {
            tied.union(claim.get(), other.get());
        }
        let mut sets: HashMap<usize, Vec<FactIx>> = HashMap::new();
        for n in 0..facts.len() {
            sets.entry(tied.find(n)).or_default().push(FactIx::new(n));
        }
        let mut sets: Vec<_> = sets.into_values().filter(|set| set.len() > 1).collect();
        sets.sort_unstable();
        for mut set in sets {
            set.sort_by_cached_key(|fact| {
                let is_claim = claims_of.binary_search_by_key(fact, |(claim, _)| *claim).is_ok();
                let record = facts.bare_record(*fact);
                (
                    is_claim,
                    record.id.is_none(),
                    record.id.as_ref().map(ToString::to_string),
                    format!("{record:?}"),
                )
            });
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

//! The sets of joint parties of many relations, each read once.

use std::collections::{BTreeMap, HashMap};

use super::entity::Entity;
use super::relation::Relation;
use crate::graph::store::index::FactIx;
use crate::graph::store::relations::{Jointly, Origin};
use crate::model::RelationKind;

/// Numbers for sets of joint parties. A fact with many joint parties has a relation for each of them, and all of these
/// have the same set: it is listed once for all.
#[derive(Default)]
pub(crate) struct JointSets<'g> {
    of_fact: HashMap<(FactIx, RelationKind, Option<Jointly>), Option<usize>>,
    of_parties: BTreeMap<Vec<Entity<'g>>, usize>,
}

impl<'g> JointSets<'g> {
    /// The number of a relation's [joint parties](Relation::joint_parties); `None` if it has a single party.
    pub(crate) fn number(&mut self, relation: Relation<'g>) -> Option<usize> {
        let key = match relation.origin() {
            Origin::Fact(fact) => (fact, relation.kind(), None),
            Origin::Derived(derived) => (derived.fact, relation.kind(), Some(derived.jointly?)),
            Origin::Record(_) => return None,
        };
        let Self { of_fact, of_parties } = self;
        *of_fact.entry(key).or_insert_with(|| {
            let parties = relation.joint_parties();
            let next = of_parties.len();
            (!parties.is_empty()).then(|| *of_parties.entry(parties).or_insert(next))
        })
    }

    /// The sets in their order, each with its number.
    pub(crate) fn into_sets(self) -> impl Iterator<Item = (Vec<Entity<'g>>, usize)> {
        self.of_parties.into_iter()
    }
}

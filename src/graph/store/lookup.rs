//! Secondary indices (by name, identifier, party), built on first or frequent use.

use std::sync::Arc;

use super::at;
use super::cuts::Cut;
use super::facts::Facts;
use super::identifiers::Identified;
use super::ids::IdTable;
use super::index::{EntityIx, FactIx, RelationIx};
use super::lazy::Lazy;
use super::memo::Memo;
use super::names::Names;
use super::relations::{Jointly, Relations};
use super::rule::Rule;
use super::twins::Twins;
use super::validity::Days;
use crate::model::{RelationKind, Role};

/// The secondary indices of one graph.
#[derive(Debug, Default)]
pub(crate) struct Lookups {
    pub(crate) names: Lazy<Names>,
    pub(crate) identified: Lazy<Identified>,
    pub(crate) twins: Lazy<Twins>,
    pub(crate) casts: Lazy<Casts>,
    pub(crate) fact_ids: Lazy<IdTable>,
    /// Of many claims about one thing, by the first of them: which count, and whether they differ.
    pub(crate) counted: Memo<SeenFact, Arc<CountedClaims>>,
    pub(crate) differ: Memo<SeenFact, bool>,
    /// The relation that stands for what all of them say.
    pub(crate) spokesmen: Memo<(SeenFact, Tie), Option<RelationIx>>,
    /// What all of them agree on, on a date.
    pub(crate) agreed: Memo<(SeenFact, Option<Days>), Arc<Agreed>>,
    /// Of a fact with many relations: whether all have surely ended, and what ended the first.
    pub(crate) ended: Memo<SeenFact, (bool, Option<Cut>)>,
}

/// A fact as a view sees it, whatever its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SeenFact {
    pub(crate) fact: FactIx,
    /// The second clock.
    pub(crate) knowledge: Option<Days>,
    pub(crate) only_certain: bool,
    /// The number of the rule for which claims count.
    pub(crate) claims: u8,
}

/// The claims about one thing that count in a view.
#[derive(Debug, Default)]
pub(crate) struct CountedClaims {
    /// In the order of claims.
    pub(crate) all: Vec<FactIx>,
    sorted: Vec<FactIx>,
}

impl CountedClaims {
    pub(crate) fn new(all: Vec<FactIx>) -> Self {
        let mut sorted = all.clone();
        sorted.sort_unstable();
        Self { all, sorted }
    }

    pub(crate) fn has(&self, fact: FactIx) -> bool {
        self.sorted.binary_search(&fact).is_ok()
    }
}

/// What all claims about one thing that count in a view agree on.
#[derive(Debug, Default)]
pub(crate) struct Agreed {
    /// Whether each of them is certain.
    pub(crate) is_certain: bool,
    /// The parties of the principal relation that each of them names, sorted. Empty if one is of another kind.
    pub(crate) parties: Vec<(Role, EntityIx)>,
}

/// What a relation says, apart from its figures: several claims may say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Tie {
    pub(crate) kind: RelationKind,
    pub(crate) ends: [EntityIx; 2],
    /// By which rule it follows from its fact, and who holds it jointly.
    pub(crate) derived: Option<(Rule, Option<Jointly>)>,
}

/// The facts in which each entity takes part, in the order given.
pub(crate) struct Casts {
    /// Start offsets of each entity's facts, plus one end offset.
    starts: Vec<u32>,
    facts: Vec<FactIx>,
}

impl Casts {
    /// Builds the index, for this many entities.
    pub(crate) fn new(entities: usize, facts: &Facts, relations: &Relations) -> Self {
        let roles = |fact| facts.roles(fact, relations).map(|(_, entity)| entity);
        let mut starts = vec![0_u32; entities + 1];
        for entity in facts.all().flat_map(roles) {
            if let Some(count) = starts.get_mut(entity.get() + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut all = vec![FactIx::new(0); sum as usize];
        for fact in facts.all() {
            for entity in roles(fact) {
                let Some(place) = next.get_mut(entity.get()) else { continue };
                if let Some(slot) = all.get_mut(*place as usize) {
                    *slot = fact;
                }
                *place += 1;
            }
        }
        Self { starts, facts: all }
    }

    /// The facts of an entity. One in which it has two roles appears twice in a row.
    pub(crate) fn of(&self, entity: EntityIx) -> &[FactIx] {
        let (start, end) = (*at(&self.starts, entity.get()), *at(&self.starts, entity.get() + 1));
        self.facts.get(start as usize..end as usize).unwrap_or_default()
    }
}

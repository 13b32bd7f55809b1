//! Look-up of records by id, after merging.

use std::cell::Cell;

use super::intake::{Intake, PackedFacts, Symbols};
use crate::diagnostic::did_you_mean;
use crate::graph::store::index::{EntityIx, FactIx, SourceIx};
use crate::model::{EntityKind, Id};

/// Look-up of records by id, after merging.
pub(crate) struct Ids<'i> {
    sources: &'i Symbols,
    entities: &'i Symbols,
    kinds: &'i [EntityKind],
    facts: &'i PackedFacts,
    /// How many pairs of characters may still be compared in search of similar ids.
    budget: Cell<usize>,
}

/// Limit on the search for similar ids, whose cost for each pair of a wrong and a known id is the product of their
/// lengths. Once it is spent, wrong ids are reported without a suggestion.
const BUDGET: usize = 4_000_000;

impl<'i> Ids<'i> {
    pub(crate) fn new(intake: &'i Intake<'_>) -> Self {
        Self {
            sources: &intake.sources.symbols,
            entities: &intake.entities.symbols,
            kinds: &intake.entities.kinds,
            facts: &intake.facts,
            budget: Cell::new(BUDGET),
        }
    }

    /// The entity with an id.
    pub(crate) fn entity(&self, id: &Id) -> Option<usize> {
        self.entities.find(id.as_str())
    }

    /// The kind of the entity with an id.
    pub(crate) fn kind_of(&self, id: &Id) -> Option<EntityKind> {
        self.kinds.get(self.entity(id)?).copied()
    }

    /// The kind of the entity with a symbol.
    pub(crate) fn kind(&self, symbol: EntityIx) -> Option<EntityKind> {
        self.kinds.get(self.entities.record(symbol.get())?).copied()
    }

    pub(crate) fn has_source(&self, symbol: SourceIx) -> bool {
        self.sources.record(symbol.get()).is_some()
    }

    pub(crate) fn has_source_id(&self, id: &Id) -> bool {
        self.sources.find(id.as_str()).is_some()
    }

    /// The fact with an id.
    pub(crate) fn fact(&self, id: &Id) -> Option<FactIx> {
        self.facts.find(id.as_str())
    }

    pub(crate) fn near_source(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.sources.known(), self.sources.count())
    }

    pub(crate) fn near_entity(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.entities.known(), self.entities.count())
    }

    pub(crate) fn near_fact(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.facts.known(), self.facts.identified)
    }

    /// "did you mean `near`?", while the budget of the whole graph lasts.
    fn near<'n>(
        &self,
        wrong: &Id,
        known: impl Iterator<Item = &'n str> + Clone,
        count: usize,
    ) -> Option<String> {
        let wrong = wrong.as_str();
        let likely = |id: &&str| id.len().abs_diff(wrong.len()) <= wrong.len() / 2 + 1;
        let left = self.budget.get().checked_sub(count)?;
        let cost: usize = known.clone().filter(likely).map(|id| id.len() * wrong.len()).sum();
        self.budget.set(left.saturating_sub(cost));
        if cost > left {
            return None;
        }
        // In id order, so that the same graph draws the same hints.
        let mut likely: Vec<&str> = known.filter(likely).collect();
        likely.sort_unstable();
        did_you_mean(wrong, likely)
    }
}

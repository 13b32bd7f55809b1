//! The last step of building: relations, what follows from them, and the adjacency lists for walks.

use super::derive::{Misfit, derive};
use super::project::{TooMany, project};
use crate::graph::store::adjacency::{AdjacencyLists, Interval, MOST_RELATIONS};
use crate::graph::store::claims::ClaimGroups;
use crate::graph::store::cuts::Cuts;
use crate::graph::store::data::{Draft, GraphData, Warnings};
use crate::graph::store::index::RelationIx;
use crate::graph::store::lookup::Lookups;
use crate::graph::store::majorities::Majorities;
use crate::graph::store::relations::{Origin, Relations};
use crate::parallel::join_if_large;

impl Draft {
    /// Lays out the graph, with the purchases and sales whose figures contradict the stakes that are stated. Fails if
    /// there are more than `most` relations.
    pub(crate) fn freeze(mut self, most: usize) -> Result<(GraphData, Vec<Misfit>), TooMany> {
        if self.entities.is_too_large() || self.facts.is_too_large() {
            return Err(TooMany(None));
        }
        let most = most.min(MOST_RELATIONS);
        let claims = ClaimGroups::new(&self.facts);
        let follow = || {
            let mut relations = project(&self.facts, &self.entities, most)?;
            let derived = derive(&self.facts, &self.entities, &self.sources, &claims, &mut relations, most)?;
            relations.shrink();
            let majorities = Majorities::of(&relations, &self.facts);
            Ok((relations, derived, majorities))
        };
        // Allocate here so that the same thread frees it.
        let of_facts = Vec::with_capacity(self.facts.len());
        let (followed, of_facts) =
            join_if_large(self.facts.len(), follow, || self.fact_intervals(&claims, of_facts));
        let (relations, derived, majorities) = followed?;
        let cuts = derived.cuts;
        let intervals = Vec::with_capacity(relations.len());
        let fill = || relation_intervals(&relations, &of_facts, &cuts, intervals);
        let (roles, intervals) = join_if_large(self.facts.len(), || self.facts.compacted(&relations), fill);
        drop(of_facts);
        self.facts.compact(roles);
        let mut adjacency = AdjacencyLists::new(self.entities.len(), &relations, &intervals);
        // The table of ids is large, so it is made only after much else has been freed.
        drop(intervals);
        let entities = self.entities.len();
        let (table, ()) =
            join_if_large(entities, || self.entities.missing_table(), || adjacency.outline(entities));
        self.entities.put_table(table);
        let data = GraphData {
            title: self.title,
            description: self.description,
            sources: self.sources,
            entities: self.entities,
            facts: self.facts,
            relations,
            adjacency,
            majorities,
            claims,
            cuts,
            lookups: Lookups::default(),
            warnings: Warnings::default(),
        };
        Ok((data, derived.misfits))
    }

    /// When each fact is in force. `ODD` means that a view must judge for itself.
    fn fact_intervals(&self, claims: &ClaimGroups, mut intervals: Vec<Interval>) -> Vec<Interval> {
        // Where no source has a date, skip the look-up.
        let is_dated = self.sources.iter().any(|source| source.published.is_some());
        let sources = if is_dated { self.sources.as_slice() } else { &[] };
        let interval = |fact| {
            let is_plain = self.facts.counts(fact)
                && !self.facts.is_refuted(fact)
                && !self.facts.is_rumour(fact)
                && claims.of(fact).is_empty();
            let validity = is_plain.then(|| self.facts.validity(fact, sources));
            validity.and_then(Interval::of).unwrap_or(Interval::ODD)
        };
        intervals.extend(self.facts.all().map(interval));
        intervals
    }
}

/// When each relation is in force.
fn relation_intervals(
    relations: &Relations,
    of_facts: &[Interval],
    cuts: &Cuts,
    mut intervals: Vec<Interval>,
) -> Vec<Interval> {
    let interval = |index: RelationIx| match relations.origin(index) {
        Origin::Fact(fact) => of_facts.get(fact.get()).copied().unwrap_or(Interval::ODD),
        Origin::Record(_) => Interval::ALWAYS,
        Origin::Derived(_) => Interval::ODD,
    };
    intervals.extend((0..relations.len()).map(RelationIx::new).map(interval));
    for cut in cuts.relations() {
        if let Some(interval) = intervals.get_mut(cut.get()) {
            *interval = Interval::ODD;
        }
    }
    intervals
}

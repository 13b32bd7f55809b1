//! The last step of building: relations, what follows from them, and the rows that walks follow.

use super::GraphData;
use super::claims::ClaimGroups;
use super::derive::{Cuts, derive};
use super::index::RelationIx;
use super::lookup::Lookups;
use super::project::{TooMany, project};
use super::relation::Origin;
use super::store::entities::Entities;
use super::store::facts::Facts;
use super::store::relations::Relations;
use super::store::rows::{MOST_RELATIONS, Rows, Span};
use crate::model::SourceRecord;

/// Checked and resolved records, from which everything else follows.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) entities: Entities,
    pub(crate) facts: Facts,
}

impl Draft {
    /// Lays out the graph, unless it has more relations than this.
    pub(crate) fn freeze(mut self, most: usize) -> Result<GraphData, TooMany> {
        if self.entities.is_too_large() || self.facts.is_too_large() {
            return Err(TooMany(None));
        }
        let most = most.min(MOST_RELATIONS);
        let claims = ClaimGroups::new(self.facts.len(), &self.facts.claims_of);
        let mut relations = project(&self.facts, &self.entities, most)?;
        let cuts = derive(&self.facts, &self.entities, &self.sources, &claims, &mut relations, most)?;
        relations.shrink();
        relations.note_majorities(&self.facts);
        self.facts.compact(&relations);
        let spans = self.spans(&relations, &claims, &cuts);
        let rows = Rows::new(self.entities.len(), &relations, &spans);
        Ok(GraphData {
            title: self.title,
            description: self.description,
            sources: self.sources,
            entities: self.entities,
            facts: self.facts,
            relations,
            rows,
            claims,
            cuts,
            lookups: Lookups::default(),
            warnings: Vec::new(),
        })
    }

    /// When each relation is in force; odd is what a view must judge by itself.
    fn spans(&self, relations: &Relations, claims: &ClaimGroups, cuts: &Cuts) -> Vec<Span> {
        let mut last = None;
        // Where no source has a date, nobody need look for it.
        let is_dated = self.sources.iter().any(|source| source.published.is_some());
        let sources = if is_dated { self.sources.as_slice() } else { &[] };
        let mut of_fact = |fact| {
            if let Some((_, span)) = last.filter(|(other, _)| *other == fact) {
                return span;
            }
            let is_plain =
                self.facts.counts(fact) && !self.facts.is_refuted(fact) && claims.of(fact).is_empty();
            let validity = is_plain.then(|| self.facts.validity(fact, sources));
            let span = validity.and_then(Span::of).unwrap_or(Span::ODD);
            last = Some((fact, span));
            span
        };
        let span = |index: RelationIx| match relations.origin(index) {
            Origin::Fact(fact) => of_fact(fact),
            Origin::Record(_) => Span::ALWAYS,
            Origin::Derived(_) => Span::ODD,
        };
        let mut spans: Vec<Span> = (0..relations.len()).map(RelationIx::new).map(span).collect();
        for cut in cuts.keys() {
            if let Some(span) = spans.get_mut(cut.get()) {
                *span = Span::ODD;
            }
        }
        spans
    }
}

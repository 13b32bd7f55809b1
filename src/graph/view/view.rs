//! A view: the graph under the choices of a question, and the start of every question.

use super::criteria::Only;
use super::entity::Entity;
use super::evidence::Source;
use super::fact::Fact;
use super::policy::Claims;
use super::relation::Relation;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::store::data::GraphData;
use crate::graph::store::index::{EntityIx, FactIx, RelationIx, SourceIx};
use crate::graph::store::lookup::SeenFact;
use crate::graph::store::names::printable;
use crate::graph::store::validity::Days;
use crate::value::Date;

/// The graph as a question sees it; `Copy`, and every handle carries its own. Handles from another view are adopted,
/// those from another graph yield nothing; see [`View::adopt`].
///
/// Choices are made once and obeyed by every question: as of a date, known by a date, only what is certain, which
/// claims count; [`View::only`] filters what is shown. Without any, everything ever stated is shown.
///
/// ```
/// # use keiretsu::{Certainty, Graph, RelationKind};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     brands: { "x": (name: "X") },
///     facts: [ Sale(seller: "a", buyer: "b", of: "x", completed: "2014-03", unsourced: true) ],
/// )"#)?;
/// let holder = |date: &str| {
///     let view = graph.as_of(date.parse().unwrap());
///     let holds = view.relations().find(|relation| relation.kind() == RelationKind::Holds).unwrap();
///     (holds.from().name().to_owned(), holds.certainty())
/// };
/// assert_eq!(holder("2015"), ("B".to_owned(), Some(Certainty::Certain)));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct View<'g> {
    data: &'g GraphData,
    choices: Choices,
    only: Option<Only<'g>>,
}

/// What a view chooses to show, of whatever graph.
#[derive(Clone, Copy)]
pub(crate) struct Choices {
    date: Option<Days>,
    knowledge: Option<Days>,
    only_certain: bool,
    claims: Claims,
}

impl Choices {
    /// Everything ever stated.
    const ALL: Self = Self { date: None, knowledge: None, only_certain: false, claims: Claims::All };
}

impl<'g> View<'g> {
    pub(crate) const fn new(data: &'g GraphData) -> Self {
        Self { data, choices: Choices::ALL, only: None }
    }

    /// As of a date: shows relations in force then, certainly or possibly.
    ///
    /// A relation is certain if it is in force on every day of the date for every choice of days within its own dates,
    /// and possible if it is for some. What events leave behind, such as who holds and owns what after a sale or an
    /// acquisition, is shown too, [marked](Relation::derived).
    #[must_use]
    pub fn as_of(self, date: Date) -> Self {
        self.choosing(Choices { date: Some(Days::in_calendar(date)), ..self.choices })
    }

    /// As known by a date: shows only what sources published by then say. This is the second clock, under which nothing
    /// later exists.
    ///
    /// A source that only may have been published by then counts, but what it alone says is only possible. A source
    /// without a date does not support a fact, and facts that have only such sources are hidden
    /// ([`View::without_known_date`] counts them); if it refutes a fact, the fact is possible at most.
    ///
    /// For a fact with both read and unread sources, a day later than all read ones is removed, since it came from the
    /// others, and so is a figure that only their quotes state. A status that rests on such a day is removed with it.
    /// Entities have the names that they had by then.
    #[must_use]
    pub fn known_by(self, date: Date) -> Self {
        self.choosing(Choices { knowledge: Some(Days::in_calendar(date)), ..self.choices })
    }

    /// Shows only what is certain.
    #[must_use]
    pub const fn certain(self) -> Self {
        self.choosing(Choices { only_certain: true, ..self.choices })
    }

    /// Shows also what is only possible, whatever was asked: a result computed from the certain alone looks too
    /// certain.
    pub(crate) const fn with_possible(self) -> Self {
        self.choosing(Choices { only_certain: false, ..self.choices })
    }

    /// Removes the date.
    pub(crate) fn undated(self) -> Self {
        self.choosing(Choices { date: None, ..self.choices })
    }

    /// Chooses among claims that differ.
    #[must_use]
    pub const fn claims(self, claims: Claims) -> Self {
        self.choosing(Choices { claims, ..self.choices })
    }

    /// How many facts have no supporting source with a date, so that [`View::known_by`] hides them.
    #[must_use]
    pub fn without_known_date(self) -> usize {
        let all = self.data.facts.all().map(|fact| self.fact_at(fact));
        all.filter(|fact| fact.first_published().is_none()).count()
    }

    /// The entity with exactly this id.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownEntity`] if there is none.
    pub fn entity(self, id: &str) -> Result<Entity<'g>> {
        match self.data.entities.find(id) {
            Some(index) => Ok(self.entity_at(index)),
            None => {
                let message = format!("no entity has the id `{}`", printable(id));
                Err(Error::new(ErrorKind::UnknownEntity, message))
            }
        }
    }

    /// Every entity, in id order.
    pub fn entities(self) -> impl ExactSizeIterator<Item = Entity<'g>> + use<'g> {
        self.data.entities.all().map(move |index| self.entity_at(index))
    }

    /// Every relation: those of facts in order, then those of entity records, then those that follow from events.
    ///
    /// Includes what is sought or called off; see [`Relation::counts`].
    pub fn relations(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let all = (0..self.data.relations.len()).map(RelationIx::new);
        all.filter(move |index| self.shows(*index)).map(move |index| Relation::new(self, index, false))
    }

    /// An upper bound on the relations of any view.
    pub(crate) const fn most_relations(self) -> usize {
        self.data.relations.len()
    }

    /// Every fact, in the order given.
    pub fn facts(self) -> impl Iterator<Item = Fact<'g>> + use<'g> {
        self.data.facts.all().filter(self.shows_facts()).map(move |index| self.fact_at(index))
    }

    /// The fact with this id, stated or derived.
    ///
    /// Scans all facts; repeated calls build and use an index.
    #[must_use]
    pub fn fact(self, id: &str) -> Option<Fact<'g>> {
        match self.data.fact_of_id(id) {
            Ok(found) => found.filter(self.shows_facts()).map(|index| self.fact_at(index)),
            Err(()) => self.facts().find(|fact| fact.id() == id),
        }
    }

    /// Every source, in the order given; under a second clock, those that may have been published by then.
    pub fn sources(self) -> impl ExactSizeIterator<Item = Source<'g>> + use<'g> {
        let all = (0..self.data.sources.len()).map(SourceIx::new);
        let read: Vec<SourceIx> = all.filter(|source| self.cites(self.has_read(*source))).collect();
        read.into_iter().map(move |source| self.source_at(source))
    }

    /// The title of the graph.
    #[must_use]
    pub fn title(self) -> Option<&'g str> {
        self.data.title.as_deref()
    }

    /// What the graph is about.
    #[cfg(any(feature = "answer", feature = "diagram"))]
    pub(crate) fn description(self) -> Option<&'g str> {
        self.data.description.as_deref()
    }

    /// The same graph with only the second clock.
    pub(crate) const fn at_any_date(self) -> Self {
        Self::new(self.data).choosing(Choices { knowledge: self.choices.knowledge, ..Choices::ALL })
    }

    /// The same graph with these choices.
    pub(crate) const fn choosing(self, choices: Choices) -> Self {
        Self { choices, ..self }
    }

    pub(crate) const fn choices(self) -> Choices {
        self.choices
    }

    /// The graph without any choices, a filter among them.
    pub(crate) const fn graph_view(self) -> Self {
        Self::new(self.data)
    }

    /// The same graph with only the filter.
    #[cfg(feature = "answer")]
    pub(crate) const fn with_filter_only(self) -> Self {
        self.choosing(Choices::ALL)
    }

    /// The same view with another filter, or none.
    pub(super) const fn filtered(self, only: Option<Only<'g>>) -> Self {
        Self { only, ..self }
    }

    /// What it is asked to show only.
    pub(super) const fn only_filter(self) -> Option<Only<'g>> {
        self.only
    }

    /// Whether what it shows has a certainty.
    pub(crate) const fn asks_when(self) -> bool {
        self.choices.date.is_some() || self.choices.knowledge.is_some()
    }

    /// The date that it is as of, in its shortest form.
    #[must_use]
    pub fn asked_as_of(self) -> Option<Date> {
        self.choices.date.and_then(Days::date)
    }

    /// The date by which its sources were published, in its shortest form.
    #[must_use]
    pub fn asked_known_by(self) -> Option<Date> {
        self.choices.knowledge.and_then(Days::date)
    }

    /// Which claims count in it.
    #[must_use]
    pub const fn asked_claims(self) -> Claims {
        self.choices.claims
    }

    pub(crate) const fn date(self) -> Option<Days> {
        self.choices.date
    }

    /// How certain it is that one date has come by another.
    pub(crate) fn reached(self, date: Date, by: Days) -> Option<crate::graph::store::validity::Certainty> {
        Days::first_of(std::iter::once(date)).and_then(|days| days.reached_by(by))
    }

    pub(crate) const fn knowledge(self) -> Option<Days> {
        self.choices.knowledge
    }

    pub(crate) const fn is_only_certain(self) -> bool {
        self.choices.only_certain
    }

    /// What its judgement of a fact depends on, its date apart.
    pub(crate) const fn seen_fact(self, fact: FactIx) -> SeenFact {
        let Choices { knowledge, only_certain, claims, .. } = self.choices;
        SeenFact { fact, knowledge, only_certain, claims: claims as u8 }
    }

    pub(crate) const fn claim_policy(self) -> Claims {
        self.choices.claims
    }

    pub(crate) const fn data(self) -> &'g GraphData {
        self.data
    }

    pub(crate) const fn entity_at(self, index: EntityIx) -> Entity<'g> {
        Entity::new(self, index)
    }

    pub(crate) const fn fact_at(self, index: FactIx) -> Fact<'g> {
        Fact::new(self, index)
    }

    pub(crate) const fn source_at(self, index: SourceIx) -> Source<'g> {
        Source::new(self, index)
    }

    pub(crate) fn is_same_graph(self, other: Self) -> bool {
        std::ptr::eq(self.data, other.data)
    }
}

impl std::fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("title", &self.title()).finish_non_exhaustive()
    }
}

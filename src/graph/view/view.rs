//! A view: the graph under the choices of a question, and the start of every question.

use super::entity::Entity;
use super::evidence::Source;
use super::fact::Fact;
use super::policy::Claims;
use super::relation::Relation;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::store::data::GraphData;
use crate::graph::store::index::{EntityIx, FactIx, RelationIx, SourceIx};
use crate::graph::store::names::printable;
use crate::graph::store::validity::Days;
use crate::value::Date;

/// The graph as a question sees it; `Copy`, and every handle carries its own.
///
/// Choices are made once and every question obeys them: as of a date, known by a date, only what is certain,
/// which claims count. Without any, everything ever stated shows.
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
    date: Option<Days>,
    knowledge: Option<Days>,
    only_certain: bool,
    claims: Claims,
}

impl<'g> View<'g> {
    pub(crate) const fn new(data: &'g GraphData) -> Self {
        Self { data, date: None, knowledge: None, only_certain: false, claims: Claims::All }
    }

    /// As things were on a date: relations in force then, for certain or possibly.
    ///
    /// A relation is certain if it is in force on every day of the date for every choice of days within its own
    /// dates, possible if for some. What events leave behind, who holds and owns what after a sale or an
    /// acquisition, shows too, [marked](Relation::derived).
    #[must_use]
    pub fn as_of(self, date: Date) -> Self {
        Self { date: Some(Days::in_calendar(date)), ..self }
    }

    /// As far as sources published by a date say: the second clock, under which nothing younger exists.
    ///
    /// A source of which only some days lie by then may have been published, and what it alone says is possible. Sources
    /// without a date say nothing for a fact, and facts that have only such do not show ([`View::without_known_date`] counts
    /// them); what one says against a fact makes it possible at most.
    /// Of a fact that sources tell which are read and others which are not, a day after all that are read is left out,
    /// since it came from the others, and so is a figure that stands only in words of these; with such a day goes the
    /// status that rests on it. Entities have the names that they had by then.
    #[must_use]
    pub fn known_by(self, date: Date) -> Self {
        Self { knowledge: Some(Days::in_calendar(date)), ..self }
    }

    /// Only what is certain.
    #[must_use]
    pub const fn certain(self) -> Self {
        Self { only_certain: true, ..self }
    }

    /// Also what is only possible.
    pub(crate) const fn uncertain(self) -> Self {
        Self { only_certain: false, ..self }
    }

    /// With what is only possible, whatever was asked: what is computed of the certain alone looks surer than it is.
    pub(crate) const fn with_possible(self) -> Self {
        Self { only_certain: false, ..self }
    }

    /// Of no day, whatever was asked.
    pub(crate) fn undated(self) -> Self {
        Self { date: None, ..self }
    }

    /// With this choice among claims that differ.
    #[must_use]
    pub const fn claims(self, claims: Claims) -> Self {
        Self { claims, ..self }
    }

    /// How many facts have no supporting source with a date, so that [`View::known_by`] leaves them out.
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

    /// Every entity, in the order of ids.
    pub fn entities(self) -> impl ExactSizeIterator<Item = Entity<'g>> + use<'g> {
        self.data.entities.all().map(move |index| self.entity_at(index))
    }

    /// Every relation, in the order of facts; those of entity records last.
    ///
    /// Wishes and deals called off are among them; [`Relation::counts`] tells.
    pub fn relations(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let all = (0..self.data.relations.len()).map(RelationIx::new);
        all.filter(move |index| self.shows(*index)).map(move |index| Relation::new(self, index, false))
    }

    /// No view shows more relations.
    pub(crate) const fn most_relations(self) -> usize {
        self.data.relations.len()
    }

    /// Every fact, in the order given.
    pub fn facts(self) -> impl Iterator<Item = Fact<'g>> + use<'g> {
        self.data.facts.all().filter(self.shows_facts()).map(move |index| self.fact_at(index))
    }

    /// The fact with this id, stated or derived.
    ///
    /// Looks at all facts; repeated calls build and use an index.
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
    #[cfg(feature = "diagram")]
    pub(crate) fn description(self) -> Option<&'g str> {
        self.data.description.as_deref()
    }

    /// The same by its second clock alone.
    pub(crate) const fn at_any_date(self) -> Self {
        Self { knowledge: self.knowledge, ..Self::new(self.data) }
    }

    /// The graph without any choice.
    pub(crate) const fn graph_view(self) -> Self {
        Self::new(self.data)
    }

    /// Whether anything shown has a certainty.
    pub(crate) const fn asks_when(self) -> bool {
        self.date.is_some() || self.knowledge.is_some()
    }

    /// The date that it is as of, in its shortest form.
    #[must_use]
    pub fn asked_as_of(self) -> Option<Date> {
        self.date.and_then(Days::date)
    }

    /// The date by which its sources were published, in its shortest form.
    #[must_use]
    pub fn asked_known_by(self) -> Option<Date> {
        self.knowledge.and_then(Days::date)
    }

    /// Which claims count in it.
    #[must_use]
    pub const fn asked_claims(self) -> Claims {
        self.claims
    }

    pub(crate) const fn date(self) -> Option<Days> {
        self.date
    }

    /// How sure a day within one date has come by another.
    pub(crate) fn reached(self, date: Date, by: Days) -> Option<crate::graph::store::validity::Certainty> {
        Days::first_of(std::iter::once(date)).and_then(|days| days.reached_by(by))
    }

    pub(crate) const fn knowledge(self) -> Option<Days> {
        self.knowledge
    }

    pub(crate) const fn is_only_certain(self) -> bool {
        self.only_certain
    }

    pub(crate) const fn claim_policy(self) -> Claims {
        self.claims
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

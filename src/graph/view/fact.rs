//! The handle for a fact.

use std::hash::{Hash, Hasher};

use super::entity::Entity;
use super::evidence::Evidence;
use super::view::View;
use crate::graph::store::evidence::Said;
use crate::graph::store::fact_fields;
use crate::graph::store::facts::{Cast, Facts, linked};
use crate::graph::store::index::FactIx;
use crate::graph::store::validity::{Certainty, Days, Timing, Validity};
use crate::model::fact_field::tag;
use crate::model::{
    Attribute, AttributeValue, Confidence, FactKind, FactRecord, Id, Role, SourceKind, Stance, Status,
};
use crate::value::{Date, Money};

/// A fact of the graph: `Copy`, compared by graph and position.
#[derive(Clone, Copy)]
pub struct Fact<'g> {
    view: View<'g>,
    index: FactIx,
}

impl<'g> Fact<'g> {
    pub(crate) const fn new(view: View<'g>, index: FactIx) -> Self {
        Self { view, index }
    }

    /// Its id: as stated, else derived from kind, parties and date. A derived id changes with the fact.
    ///
    /// The first call for a fact without a stated id derives the ids of all such facts of the graph.
    #[must_use]
    pub fn id(self) -> &'g str {
        self.view.data().fact_id(self.index)
    }

    /// Its kind.
    #[must_use]
    pub fn kind(self) -> FactKind {
        self.data().kind(self.index)
    }

    /// Its full record: dates, money, terms, attributes.
    ///
    /// The record is rebuilt at every call, at a cost proportional to its size. Kind, roles, evidence, [`Fact::date`],
    /// [`Fact::amount`] and [`Fact::counts`] are available without it.
    #[must_use]
    pub fn record(self) -> FactRecord {
        let data = self.view.data();
        let id_of = |entity| Id::unchecked(data.entities.id(entity));
        self.as_known(data.facts.record(self.index, &data.relations, &data.sources, id_of))
    }

    /// The fields that say when it is in force.
    pub(crate) fn timing(self) -> Timing {
        match self.view.knowledge() {
            None => self.data().timing(self.index),
            Some(_) => Timing::of(&self.bare_record()),
        }
    }

    /// The day as of which its figure holds.
    pub(crate) fn as_of(self) -> Option<Date> {
        match self.view.knowledge() {
            None => fact_fields::as_of(&self.data().fields(self.index)),
            Some(_) => self.bare_record().as_of,
        }
    }

    /// Its record without roles, evidence, note and properties, which is cheaper.
    pub(crate) fn bare_record(self) -> FactRecord {
        self.as_known(self.data().bare_record(self.index))
    }

    /// The date by which it is sorted: [`FactRecord::date`] without the rest of the record.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        match self.view.knowledge() {
            None => fact_fields::date(&self.data().fields(self.index)),
            Some(_) => self.bare_record().date(),
        }
    }

    /// Every date that says when.
    pub(crate) fn dates(self) -> impl Iterator<Item = Date> + use<'g> {
        let known: Option<Vec<Date>> =
            self.view.knowledge().map(|_| self.bare_record().dates().map(|(_, date)| date).collect());
        let stated = known.is_none().then(|| fact_fields::dates(self.data().fields(self.index)));
        known.into_iter().flatten().chain(stated.into_iter().flatten())
    }

    /// The money, as stated.
    #[must_use]
    pub fn amount(self) -> Option<Money> {
        match self.view.knowledge() {
            None => fact_fields::amount(self.data().fields(self.index)),
            Some(_) => self.bare_record().amount,
        }
    }

    /// Whether it states a quantity.
    pub(crate) fn has_quantity(self) -> bool {
        match self.view.knowledge() {
            None => self.data().fields(self.index).find_tag(tag::quantity).is_some(),
            Some(_) => self.bare_record().quantity.is_some(),
        }
    }

    /// Whether it counts in walks, partners and totals: what is sought or called off does not.
    #[must_use]
    pub fn counts(self) -> bool {
        let counts = self.data().counts(self.index);
        counts || self.view.knowledge().is_some() && !self.is_sought() && self.bare_record().counts()
    }

    /// Whether it is only sought.
    pub(crate) fn is_sought(self) -> bool {
        self.data().is_sought(self.index)
    }

    /// The attributes specific to its kind.
    pub(crate) fn attributes(self) -> impl Iterator<Item = (Attribute, AttributeValue)> + use<'g> {
        let all = fact_fields::attributes(self.kind(), self.data().fields(self.index));
        all.filter(move |(attribute, value)| {
            self.view.knowledge().is_none()
                || !matches!(value, AttributeValue::Share(_))
                || !self.forgets(*attribute)
        })
    }

    /// Its open properties, each a key with its value, in the order written.
    pub fn properties(self) -> impl Iterator<Item = (&'g str, &'g str)> + Clone + use<'g> {
        fact_fields::properties(self.data().fields(self.index))
    }

    /// The value of an open property; see [`FactRecord::property`].
    #[must_use]
    pub fn property(self, key: &str) -> Option<&'g str> {
        self.properties().find(|(own, _)| *own == key).map(|(_, value)| value)
    }

    /// The entities in one role.
    pub fn parties(self, role: Role) -> impl Iterator<Item = Entity<'g>> + use<'g> {
        self.cast().in_role(role).map(move |index| self.view.entity_at(index))
    }

    /// All roles and parties, in the order written.
    pub fn roles(self) -> impl Iterator<Item = (Role, Entity<'g>)> + use<'g> {
        self.cast().map(move |(role, index)| (role, self.view.entity_at(index)))
    }

    fn cast(self) -> Cast<'g> {
        let data = self.view.data();
        data.facts.roles(self.index, &data.relations)
    }

    /// The evidence; under a second clock, from sources published by then.
    pub fn evidence(self) -> impl Iterator<Item = Evidence<'g>> + use<'g> {
        let view = self.view;
        let cited = self.said().filter(move |said| view.cites(view.has_heard(said)));
        cited.map(move |said| Evidence::new(view, said))
    }

    /// What all sources say, whenever they were published.
    pub(crate) fn said(self) -> impl Iterator<Item = Said<'g>> + use<'g> {
        let sources = self.view.data().sources.len();
        self.data().evidence(self.index).filter(move |said| said.source.get() < sources)
    }

    /// How far it has come: as stated, else judged by its dates, as of when the newest supporting source that the view
    /// has read was published; `None` if it has no dates either.
    ///
    /// Whoever writes on the day of completion or later can know that it was done. A day later than all sources is a
    /// plan. If no source has a date, every day counts as past. What states a term and no end has ended once its term ran
    /// out before the newest source.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        let told = self.bare_record().status_as_told(self.newest());
        match told {
            Some(Status::Completed | Status::Agreed) | None
                if !self.kind().row().event && self.has_run_out() =>
            {
                Some(Status::Ended)
            }
            told => told,
        }
    }

    /// Whether it is over and worded in the past: "partnered with".
    ///
    /// In a view as of a date, whether it certainly ended by then. Without a date, whether its sources state an end: a
    /// day, or the end of its term, that the newest of them can have seen; or an end at an unknown time. Events, such
    /// as sales, and what was never in force are not over.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.is_over_by(|| self.status())
    }

    /// Whether it is over, where its status may already be known.
    pub(crate) fn is_over_by(self, status: impl FnOnce() -> Option<Status>) -> bool {
        if self.kind().row().event || !self.counts() {
            return false;
        }
        match self.view.date() {
            Some(date) => self.is_over_on(date),
            None => {
                let by_itself = status() == Some(Status::Ended) || self.has_run_out();
                by_itself || self.is_surely_ended()
            }
        }
    }

    /// Whether its term had ended when the newest source was published.
    fn has_run_out(self) -> bool {
        let timing = self.timing();
        let has_term = timing.until.is_none() && timing.term.is_some_and(|term| !term.is_perpetual());
        let ends = || self.validity().ends().1;
        let newest = || self.newest().and_then(Date::latest);
        has_term && ends().zip(newest()).is_some_and(|(ends, newest)| ends <= newest)
    }

    /// How certain it is: as stated, else confirmed if an official source supports it, else reported.
    ///
    /// Filings, registers, court documents, and press releases published by a party are official; under a second clock,
    /// only those certainly published by then. `None` if nothing is stated and no source supports it.
    #[must_use]
    pub fn confidence(self) -> Option<Confidence> {
        let by_sources = if self.is_official_by(Certainty::Certain) {
            Confidence::Confirmed
        } else {
            Confidence::Reported
        };
        fact_fields::confidence(self.data().fields(self.index))
            .or_else(|| self.supporting().next().map(|_| by_sources))
    }

    /// Whether an official source that the view may have read supports it: a filing, register, court document, or press
    /// release of a party.
    pub(crate) fn is_official(self) -> bool {
        self.is_official_by(Certainty::Possible)
    }

    /// Whether the view has read an official source that supports it with at least this certainty.
    fn is_official_by(self, least: Certainty) -> bool {
        let view = self.view;
        let supporting = self.said().filter(|said| said.stance == Stance::Supports);
        let mut heard = supporting.filter(|said| view.has_heard(said).is_some_and(|sure| sure >= least));
        heard.any(|said| {
            let source = view.source_at(said.source).record();
            source.kind.is_some_and(SourceKind::is_official)
                || source.kind == Some(SourceKind::PressRelease)
                    && source.publisher.as_deref().is_some_and(|publisher| self.is_party(publisher))
        })
    }

    fn supporting(self) -> impl Iterator<Item = Evidence<'g>> {
        self.evidence().filter(|evidence| evidence.stance() == Stance::Supports)
    }

    /// The larger deal of which it is a leg.
    #[must_use]
    pub fn part_of(self) -> Option<Self> {
        let whole = linked(&self.data().part_of, self.index).next().map(|index| self.view.fact_at(index));
        whole.filter(|whole| whole.is_known())
    }

    /// The facts that it states a connection with.
    pub fn tied_to(self) -> impl Iterator<Item = Self> + use<'g> {
        let tied = linked(&self.data().tied_to, self.index).map(move |index| self.view.fact_at(index));
        tied.filter(|fact| fact.is_known())
    }

    /// The view it is seen in.
    #[must_use]
    pub const fn view(self) -> View<'g> {
        self.view
    }

    /// When it is in force, by its dates alone.
    pub(crate) fn own_validity(self) -> Validity {
        match self.view.knowledge() {
            None => self.data().validity(self.index, &self.view.data().sources),
            Some(_) => Validity::of_fact(&self.timing(), self.first_read()),
        }
    }

    /// Whether a source refutes it; under a second clock, one that may have been published by then.
    pub(crate) fn is_refuted(self) -> bool {
        let view = self.view;
        let refutes = |said: Said<'_>| said.stance == Stance::Refutes && view.has_heard(&said).is_some();
        self.data().is_refuted(self.index) && (view.knowledge().is_none() || self.said().any(refutes))
    }

    /// When the first supporting source was published, as earliest and latest possible day.
    pub(crate) fn first_published(self) -> Option<Days> {
        self.data().first_published(self.index, &self.view.data().sources)
    }

    pub(crate) const fn index(self) -> FactIx {
        self.index
    }

    fn is_party(self, name: &str) -> bool {
        let name = crate::graph::store::names::normalised(name);
        let is_called = |entity: Entity<'g>| entity.normalised_names().any(|own| own == name);
        self.roles().any(|(role, entity)| !role.is_object() && is_called(entity))
    }

    fn data(self) -> &'g Facts {
        &self.view.data().facts
    }
}

impl PartialEq for Fact<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.view.is_same_graph(other.view)
    }
}

impl Eq for Fact<'_> {}

impl Hash for Fact<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl std::fmt::Debug for Fact<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fact({})", self.id())
    }
}

impl std::fmt::Display for Fact<'_> {
    /// The sentence.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.sentence())
    }
}

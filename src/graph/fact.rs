//! The handle on a fact.

use std::hash::{Hash, Hasher};

use super::index::{EntityIx, FactIx, SourceIx};
use super::sentence;
use super::validity::{Certainty, Days, Validity};
use super::{Entity, Evidence, View};
use super::{certainty, claims};
use crate::model::{Confidence, FactKind, FactRecord, Id, Role, SourceKind, Stance, Status};
use crate::value::Date;

/// A fact as stored: its record, and what its ids point at.
pub(crate) struct FactData {
    pub(crate) record: FactRecord,
    pub(crate) id: Id,
    pub(crate) roles: Vec<(Role, EntityIx)>,
    /// The source of each piece of evidence.
    pub(crate) sources: Vec<SourceIx>,
    pub(crate) part_of: Option<FactIx>,
    pub(crate) tied_to: Vec<FactIx>,
    pub(crate) claims_of: Option<FactIx>,
    /// The earliest date on which a supporting source was published.
    pub(crate) told: Option<Date>,
    /// By when it was, bound by bound.
    pub(crate) told_by: Option<Days>,
    pub(crate) validity: Validity,
}

impl FactData {
    pub(crate) fn in_role(&self, role: Role) -> impl Iterator<Item = EntityIx> {
        self.roles.iter().filter(move |(r, _)| *r == role).map(|(_, entity)| *entity)
    }
}

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
    #[must_use]
    pub fn id(self) -> &'g str {
        self.data().id.as_str()
    }

    /// What kind of statement it is.
    #[must_use]
    pub fn kind(self) -> FactKind {
        self.record().kind
    }

    /// All that was stated: dates, money, terms, attributes.
    #[must_use]
    pub fn record(self) -> &'g FactRecord {
        &self.data().record
    }

    /// The entities in one role.
    pub fn parties(self, role: Role) -> impl Iterator<Item = Entity<'g>> + use<'g> {
        self.data().in_role(role).map(move |index| self.view.entity_at(index))
    }

    /// Everybody and everything that takes part, in the order written.
    pub fn roles(self) -> impl Iterator<Item = (Role, Entity<'g>)> + use<'g> {
        self.data().roles.iter().map(move |(role, index)| (*role, self.view.entity_at(*index)))
    }

    /// What the sources say.
    pub fn evidence(self) -> impl Iterator<Item = Evidence<'g>> + use<'g> {
        let data = self.data();
        let sources = data.sources.iter().map(move |index| self.view.source_at(*index));
        sources.zip(&data.record.evidence).map(|(source, record)| Evidence::new(source, record))
    }

    /// How far it has come: as stated, else as its dates tell, seen from when the earliest supporting source was
    /// published; `None` if it has no dates either.
    #[must_use]
    pub fn status(self) -> Option<Status> {
        self.record().status_as_told(self.told())
    }

    /// How sure it is: as stated, else confirmed if an official source supports it, else reported.
    ///
    /// Official are filings, registers, court documents, and press releases whose publisher is a party. `None`
    /// if nothing is stated and no source supports it.
    #[must_use]
    pub fn confidence(self) -> Option<Confidence> {
        let by_sources = if self.is_official() { Confidence::Confirmed } else { Confidence::Reported };
        self.record().confidence.or_else(|| self.supporting().next().map(|_| by_sources))
    }

    /// Whether an official source supports it: a filing, register, court, or press release of a party.
    pub(crate) fn is_official(self) -> bool {
        self.supporting().any(|evidence| {
            let source = evidence.source().record();
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
        self.data().part_of.map(|index| self.view.fact_at(index))
    }

    /// The facts with which it is stated to be connected.
    pub fn tied_to(self) -> impl Iterator<Item = Self> + use<'g> {
        self.data().tied_to.iter().map(move |index| self.view.fact_at(*index))
    }

    /// The view it is seen in.
    #[must_use]
    pub const fn view(self) -> View<'g> {
        self.view
    }

    /// The whole fact as a sentence: parties, objects, dates, money, terms.
    #[must_use]
    pub fn sentence(self) -> String {
        sentence::fact(self)
    }

    /// As [`Fact::sentence`], without the amount, for where that stands in a column of its own.
    #[must_use]
    pub fn summary(self) -> String {
        sentence::summary(self)
    }

    /// Who does what to whom, without dates, money and terms.
    #[cfg(feature = "diagram")]
    pub(crate) fn core(self) -> String {
        sentence::core(self)
    }

    /// Its dates, term and stated confidence as a note: "announced 2016-05-31, reported"; empty if there are none.
    #[must_use]
    pub fn date_note(self) -> String {
        sentence::date_note(self)
    }

    /// What the sentence of its principal relation leaves out: objects, territory, terms, amount.
    #[must_use]
    pub fn details(self) -> String {
        sentence::details(self)
    }

    /// The earliest date on which a supporting source was published.
    pub(crate) fn told(self) -> Option<Date> {
        self.data().told
    }

    /// When it is in force, by its dates.
    #[must_use]
    pub fn validity(self) -> Validity {
        self.data().validity
    }

    /// How sure the view is that it is in force and known; `None` if the view asks for no date.
    #[must_use]
    pub fn certainty(self) -> Option<Certainty> {
        certainty::of_fact(self.view, self.index).flatten()
    }

    /// Whether a source refutes it, or another claim that counts in the view states it differently.
    #[must_use]
    pub fn is_disputed(self) -> bool {
        self.is_refuted() || self.claims().len() > 1
    }

    /// The claims about the same thing that count in the view, in order, itself among them; none if it is the
    /// only one.
    #[must_use]
    pub fn claims(self) -> Vec<Self> {
        claims::that_count(self.view, self.index)
    }

    pub(crate) fn is_refuted(self) -> bool {
        self.record().evidence.iter().any(|evidence| evidence.stance == Stance::Refutes)
    }

    /// By when a supporting source was published, bound by bound.
    pub(crate) fn first_published(self) -> Option<Days> {
        self.data().told_by
    }

    pub(crate) const fn index(self) -> FactIx {
        self.index
    }

    fn is_party(self, name: &str) -> bool {
        let name = super::names::normalised(name);
        let is_called = |entity: Entity<'g>| entity.normalised_names().any(|own| own == name);
        self.roles().any(|(role, entity)| !role.is_object() && is_called(entity))
    }

    fn data(self) -> &'g FactData {
        super::at(&self.view.data().facts, self.index.get())
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

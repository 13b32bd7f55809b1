//! What a view is asked to show only: facts of some status, source, country.

use super::criteria::{Choice, Criteria, Only};
use super::entity::Entity;
use super::evidence::Source;
use super::fact::Fact;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::index::{EntityIx, SourceIx};
use crate::model::{Confidence, FactKind, RelationKind, Stance, Status};
use crate::value::Country;

/// Criteria that choose among the facts of a graph, for [`View::only`].
///
/// Several values of one criterion are alternatives; several criteria must all be met. A relation meets a criterion
/// about facts if its fact does, or another claim of the same. What a filter leaves out is not shown, walked or added
/// up; but it still happened: a sale that is left out ended what it ended.
///
/// ```
/// # use keiretsu::{FactFilter, Graph};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B", country: "US"), "c": (name: "C", country: "FR") },
///     facts: [
///         Partnership(between: ["a", "b"], unsourced: true),
///         Partnership(between: ["a", "c"], unsourced: true),
///     ],
/// )"#)?;
/// let a = graph.view().find("A")?;
/// let filter = FactFilter::new().country("US".parse().unwrap()).about(a);
/// let view = graph.view().only(&filter);
/// let partners: Vec<_> = view.find("A")?.partners().run().0.iter().map(|one| one.partner.name()).collect();
/// assert_eq!(partners, ["B"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a filter does nothing until a view is given it"]
pub struct FactFilter<'g> {
    criteria: Criteria,
    /// The graph of what it names.
    of: Option<View<'g>>,
    /// Whether it names something of two graphs.
    is_mixed: bool,
}

/// One criterion of a filter.
#[derive(Clone, Debug)]
pub struct Criterion<'g> {
    /// What it asks for, as an option of the program: `--status Completed`.
    pub words: String,
    /// The filter without it.
    pub rest: FactFilter<'g>,
}

/// A method that adds a value which is wanted, and one that adds a value which is not.
macro_rules! choices {
    ($( $field:ident: $type:ty, $one:ident = $doc:literal, $none:ident = $other:literal; )+) => {
        impl<'g> FactFilter<'g> {
            $(
                #[doc = $doc]
                pub fn $one(mut self, value: $type) -> Self {
                    self.criteria.$field.one_of.push(value);
                    self
                }

                #[doc = $other]
                pub fn $none(mut self, value: $type) -> Self {
                    self.criteria.$field.none_of.push(value);
                    self
                }
            )+
        }
    };
}

choices! {
    confidence: Confidence,
        confidence = "Only facts of this [confidence](Fact::confidence).",
        without_confidence = "No facts of this [confidence](Fact::confidence).";
    status: Status,
        status = "Only facts of this [status](Fact::status).",
        without_status = "No facts of this [status](Fact::status).";
    country: Country,
        country = "Only facts with a party of this country, besides those that the question is [about](Self::about). \
            What is sold or licensed is not tested.",
        without_country = "No facts with a party of this country, besides those that the question is \
            [about](Self::about).";
    industry: String,
        industry = "Only facts with a party of this industry, in any case, besides those that the question is \
            [about](Self::about).",
        without_industry = "No facts with a party of this industry, besides those that the question is \
            [about](Self::about).";
    kinds: FactKind,
        kind = "Only facts of this kind, and their relations.",
        without_kind = "No facts of this kind.";
    relation_kinds: RelationKind,
        relation_kind = "Only relations of this kind, and facts that state one.",
        without_relation_kind = "No relations of this kind, and no facts whose first relation it is: without `SellsTo` there are no sales.";
}

impl<'g> FactFilter<'g> {
    /// No criteria.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether it has no criteria.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.criteria().is_empty()
    }

    /// Names an entity that the question is about: whom [`country`](Self::country) and [`industry`](Self::industry) do
    /// not test. If all parties of a fact are named, all are tested.
    pub fn about(mut self, entity: Entity<'g>) -> Self {
        self.criteria.about.push(entity.index());
        self.naming(entity.view())
    }

    /// Only facts that so many sources support at most, and at least one. Sources of [claims](Fact::claims) about the same
    /// thing count.
    pub const fn most_sources(mut self, most: usize) -> Self {
        self.criteria.most_sources = Some(most);
        self
    }

    /// Only facts that no source supports.
    pub const fn unsourced(mut self) -> Self {
        self.criteria.unsourced = true;
        self
    }

    /// Only facts that sources [disagree](Fact::is_disputed) about.
    pub const fn disputed(mut self) -> Self {
        self.criteria.disputed = true;
        self
    }

    /// Only facts that are stated as rumours, by one claim or several.
    pub const fn rumoured(mut self) -> Self {
        self.criteria.rumoured = true;
        self
    }

    /// No facts in which this entity takes part.
    pub fn without(mut self, entity: Entity<'g>) -> Self {
        self.criteria.without.push(entity.index());
        self.naming(entity.view())
    }

    /// Only facts that this source supports.
    pub fn source(mut self, source: Source<'g>) -> Self {
        self.criteria.source.one_of.push(source.index());
        self.naming(source.view())
    }

    /// No facts that this source supports.
    pub fn without_source(mut self, source: Source<'g>) -> Self {
        self.criteria.source.none_of.push(source.index());
        self.naming(source.view())
    }

    /// What is named must be of one graph, or nothing meets the criteria.
    fn naming(mut self, view: View<'g>) -> Self {
        let of = *self.of.get_or_insert(view);
        self.is_mixed |= !of.is_same_graph(view);
        self
    }

    /// Its criteria, each with the filter without it: which of them left nothing?
    ///
    /// ```
    /// # use keiretsu::{FactFilter, Status};
    /// let filter = FactFilter::new().status(Status::Completed).without_status(Status::Ended).unsourced();
    /// let words: Vec<_> = filter.criteria().into_iter().map(|criterion| criterion.words).collect();
    /// assert_eq!(words, ["--status Completed,!Ended", "--unsourced"]);
    /// ```
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion<'g>> {
        let all = Part::ALL.iter().filter_map(|part| {
            let mut rest = self.clone();
            part.clear(&mut rest.criteria);
            Some(Criterion { words: part.words(&self.criteria, self.of)?, rest })
        });
        all.collect()
    }
}

/// A part of the criteria: an option of the program.
#[derive(Clone, Copy)]
enum Part {
    Kind,
    Confidence,
    Status,
    Country,
    Industry,
    Source,
    Sources,
    Unsourced,
    Disputed,
    Rumoured,
    Without,
}

impl Part {
    const ALL: [Self; 11] = [
        Self::Kind,
        Self::Confidence,
        Self::Status,
        Self::Country,
        Self::Industry,
        Self::Source,
        Self::Sources,
        Self::Unsourced,
        Self::Disputed,
        Self::Rumoured,
        Self::Without,
    ];

    fn clear(self, all: &mut Criteria) {
        match self {
            Self::Kind => {
                all.kinds = Choice::default();
                all.relation_kinds = Choice::default();
            }
            Self::Confidence => all.confidence = Choice::default(),
            Self::Status => all.status = Choice::default(),
            Self::Country => all.country = Choice::default(),
            Self::Industry => all.industry = Choice::default(),
            Self::Source => all.source = Choice::default(),
            Self::Sources => all.most_sources = None,
            Self::Unsourced => all.unsourced = false,
            Self::Disputed => all.disputed = false,
            Self::Rumoured => all.rumoured = false,
            Self::Without => all.without.clear(),
        }
    }

    /// As on the command line, if anything is asked for.
    fn words(self, all: &Criteria, of: Option<View<'_>>) -> Option<String> {
        let flag = |is_asked: bool, name: &str| is_asked.then(|| name.to_owned());
        let option = |name: &str, values: String| (!values.is_empty()).then(|| format!("{name} {values}"));
        let source =
            |index: &SourceIx| of.map(|view| view.source_at(*index).id().to_owned()).unwrap_or_default();
        let entity =
            |index: &EntityIx| of.map(|view| view.entity_at(*index).id().to_owned()).unwrap_or_default();
        match self {
            Self::Kind => kind_words(all, of),
            Self::Confidence => option("--confidence", all.confidence.words(|one| one.name().to_owned())),
            Self::Status => option("--status", all.status.words(|one| one.name().to_owned())),
            Self::Country => option("--country", all.country.words(Country::to_string)),
            Self::Industry => option("--industry", all.industry.words(Clone::clone)),
            Self::Source => option("--source", all.source.words(source)),
            Self::Sources => all.most_sources.map(|most| format!("--sources {most}")),
            Self::Unsourced => flag(all.unsourced, "--unsourced"),
            Self::Disputed => flag(all.disputed, "--disputed"),
            Self::Rumoured => flag(all.rumoured, "--rumoured"),
            Self::Without => {
                option("--without", all.without.iter().map(entity).collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// The kinds that are wanted, and those that are not: `--kind Sale --without License`.
fn kind_words(all: &Criteria, of: Option<View<'_>>) -> Option<String> {
    let names = |facts: &[FactKind], relations: &[RelationKind]| -> Vec<&'static str> {
        facts.iter().map(|kind| kind.name()).chain(relations.iter().map(|kind| kind.name())).collect()
    };
    let wanted = names(&all.kinds.one_of, &all.relation_kinds.one_of);
    // With `--without`, the name would be that of an entity where one has it.
    let is_entity = |name: &&&str| of.is_some_and(|view| view.find(name).is_ok());
    let unwanted = names(&all.kinds.none_of, &all.relation_kinds.none_of);
    let (marked, unwanted): (Vec<&&str>, Vec<&&str>) = unwanted.iter().partition(is_entity);
    let kinds = wanted.iter().map(|name| (*name).to_owned());
    let kinds: Vec<String> = kinds.chain(marked.iter().map(|name| format!("!{name}"))).collect();
    let mut words = Vec::new();
    words.extend((!kinds.is_empty()).then(|| format!("--kind {}", kinds.join(","))));
    words.extend(unwanted.iter().map(|name| format!("--without {name}")));
    (!words.is_empty()).then(|| words.join(" "))
}

impl Criteria {
    /// Whether a fact meets all criteria.
    fn accepts_fact(&self, fact: Fact<'_>, by_place: bool) -> bool {
        self.has_kind(fact) && self.accepts_statement(fact, by_place)
    }

    /// Whether a relation meets all criteria: by its fact, or another claim of the same.
    fn accepts_relation(&self, relation: Relation<'_>, by_place: bool) -> bool {
        if !self.has_relation_kind(relation) {
            return false;
        }
        match relation.fact() {
            Some(fact) => {
                self.accepts_statement(fact, by_place)
                    || fact.claims().into_iter().any(|claim| self.accepts_statement(claim, by_place))
            }
            // What an entity's record states has no status, confidence or source.
            None => {
                let ends = [relation.subject(), relation.object()];
                !self.tests_statements() && self.fits_parties(&ends, &ends, by_place)
            }
        }
    }

    /// Whether a fact meets all criteria but those of kind.
    fn accepts_statement(&self, fact: Fact<'_>, by_place: bool) -> bool {
        if !self.fits_fact(fact) {
            return false;
        }
        if !self.tests_parties() {
            return true;
        }
        let all: Vec<_> = fact.roles().collect();
        // What is sold or licensed is of no country in this sense: its maker may be.
        let acting = all.iter().filter(|(role, _)| !role.is_object()).map(|(_, entity)| *entity);
        let parties: Vec<_> = all.iter().map(|(_, entity)| *entity).collect();
        self.fits_parties(&parties, &acting.collect::<Vec<_>>(), by_place)
    }

    /// Whether there are criteria about statements, which what has no fact cannot meet.
    fn tests_statements(&self) -> bool {
        !self.confidence.one_of.is_empty()
            || !self.status.one_of.is_empty()
            || !self.source.one_of.is_empty()
            || self.most_sources.is_some()
            || self.disputed
            || self.rumoured
    }

    const fn tests_parties(&self) -> bool {
        !(self.country.is_empty() && self.industry.is_empty() && self.without.is_empty())
    }

    fn has_relation_kind(&self, relation: Relation<'_>) -> bool {
        let fact = relation.fact().map(Fact::kind);
        let is_among = |facts: &[FactKind], relations: &[RelationKind]| {
            fact.is_some_and(|kind| facts.contains(&kind)) || relations.contains(&relation.kind())
        };
        let any = self.kinds.one_of.is_empty() && self.relation_kinds.one_of.is_empty();
        let is_wanted = any || is_among(&self.kinds.one_of, &self.relation_kinds.one_of);
        is_wanted && !is_among(&self.kinds.none_of, &self.relation_kinds.none_of)
    }

    fn has_kind(&self, fact: Fact<'_>) -> bool {
        let states = |kind: RelationKind| fact.kind().row().projections.iter().any(|one| one.kind() == kind);
        let any = self.kinds.one_of.is_empty() && self.relation_kinds.one_of.is_empty();
        let is_wanted = any
            || self.kinds.one_of.contains(&fact.kind())
            || self.relation_kinds.one_of.iter().any(|kind| states(*kind));
        let unwanted = &self.relation_kinds.none_of;
        // The first says the whole of the fact, as a sale does that somebody sells to somebody.
        let principal = fact.kind().row().projections.first().map(|one| one.kind());
        let is_unwanted = principal.is_some_and(|kind| unwanted.contains(&kind));
        is_wanted && !self.kinds.none_of.contains(&fact.kind()) && !is_unwanted
    }

    fn fits_fact(&self, fact: Fact<'_>) -> bool {
        let confidence = || {
            let own = (!self.confidence.is_empty()).then(|| fact.confidence()).flatten();
            self.confidence.fits(|wanted| own == Some(*wanted))
        };
        let status = || {
            let own = (!self.status.is_empty()).then(|| fact.status()).flatten();
            self.status.fits(|wanted| own == Some(*wanted))
        };
        let source = || self.source.fits(|source| supporting(fact).any(|own| own == *source));
        let few = || self.most_sources.is_none_or(|most| (1..=most).contains(&count_sources(fact)));
        let unsourced = || !self.unsourced || supporting(fact).next().is_none();
        let disputed = || !self.disputed || fact.is_disputed();
        let rumoured = || !self.rumoured || fact.view().data().facts.is_rumour(fact.index());
        confidence() && status() && source() && few() && unsourced() && disputed() && rumoured()
    }

    /// Whether nobody takes part who is left out, and those who act are where they should be.
    fn fits_parties(&self, parties: &[Entity<'_>], acting: &[Entity<'_>], by_place: bool) -> bool {
        let is_among = |list: &[EntityIx], party: &Entity<'_>| list.contains(&party.index());
        if parties.iter().any(|party| is_among(&self.without, party)) {
            return false;
        }
        if !by_place {
            return true;
        }
        let acting = if acting.is_empty() { parties } else { acting };
        let others: Vec<_> = acting.iter().copied().filter(|party| !is_among(&self.about, party)).collect();
        self.fits_places(if others.is_empty() { acting } else { &others })
    }

    fn fits_places(&self, parties: &[Entity<'_>]) -> bool {
        let is_of = |country: &Country| parties.iter().any(|party| party.country() == Some(*country));
        let works_in = |industry: &String| {
            let lower = industry.to_lowercase();
            parties.iter().any(|party| party.industry().is_some_and(|own| own.to_lowercase() == lower))
        };
        self.country.fits(is_of) && self.industry.fits(works_in)
    }
}

/// The sources that support a fact.
fn supporting(fact: Fact<'_>) -> impl Iterator<Item = SourceIx> {
    let supports = fact.evidence().filter(|evidence| evidence.stance() == Stance::Supports);
    supports.map(|evidence| evidence.source().index())
}

/// How many sources support a fact or a claim about the same thing.
fn count_sources(fact: Fact<'_>) -> usize {
    let claims = fact.claims();
    let own = if claims.is_empty() { vec![fact] } else { claims };
    let mut sources: Vec<SourceIx> = own.into_iter().flat_map(supporting).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.len()
}

impl Entity<'_> {
    /// The same entity in [`View::everywhere`].
    pub(crate) fn everywhere(self) -> Self {
        self.view().everywhere().entity_at(self.index())
    }
}

impl<'g> View<'g> {
    /// Shows only what meets the criteria of a filter: in every question that is asked of this view.
    ///
    /// The filter chooses among what the view shows by its date, sources and claims; it changes neither what is in force
    /// nor how certain it is. Questions whose answers list entities (partners of one, neighbors, owners, stakes, groups,
    /// ranks, names) walk through entities of every country and industry, and test those that they list.
    #[must_use]
    pub fn only(self, filter: &'g FactFilter<'g>) -> Self {
        let is_foreign = filter.is_mixed || filter.of.is_some_and(|of| !of.is_same_graph(self));
        let only = Only { criteria: &filter.criteria, by_place: true, is_foreign };
        self.filtered((!filter.is_empty() || is_foreign).then_some(only))
    }

    /// For questions whose answers list entities: relations and facts are not tested by country and industry. Rows are, by
    /// [`View::lists`].
    pub(crate) const fn everywhere(self) -> Self {
        match self.only_filter() {
            Some(only) => self.filtered(Some(Only { by_place: false, ..only })),
            None => self,
        }
    }

    /// Whether its filter, if any, lets an entity be listed, by its country and industry.
    pub(crate) fn lists(self, entity: Entity<'_>) -> bool {
        self.only_filter().is_none_or(|only| !only.is_foreign && only.criteria.fits_places(&[entity]))
    }

    /// Whether its filter asks for what is only sought, or was called off.
    #[cfg(feature = "answer")]
    pub(crate) fn asks_for_undone(self) -> bool {
        let is_undone = |status: &Status| matches!(status, Status::Sought | Status::Withdrawn);
        self.only_filter().is_some_and(|only| only.criteria.status.one_of.iter().any(is_undone))
    }

    /// The criteria of its filter, as on the command line.
    #[cfg(feature = "answer")]
    pub(crate) fn criteria(self) -> Vec<String> {
        let all = self.only_filter().into_iter();
        let words =
            all.flat_map(|only| Part::ALL.iter().filter_map(|part| part.words(only.criteria, Some(self))));
        words.collect()
    }

    /// Whether its filter, if any, accepts a relation.
    pub(super) fn accepts_relation(self, relation: Relation<'g>) -> bool {
        self.only_filter()
            .is_none_or(|only| !only.is_foreign && only.criteria.accepts_relation(relation, only.by_place))
    }

    /// Whether its filter, if any, accepts a fact.
    pub(super) fn accepts_fact(self, fact: Fact<'g>) -> bool {
        self.only_filter()
            .is_none_or(|only| !only.is_foreign && only.criteria.accepts_fact(fact, only.by_place))
    }
}

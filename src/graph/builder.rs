//! A graph from records: built, and then looked at as a whole.

use std::fmt;

use super::build::intake::Intake;
use super::build::problem::{Problem, Problems, Record};
use super::build::resolve::{self, LaidOut};
use super::store::index::FactIx;
use super::{Graph, lint};
use crate::diagnostic::{Diagnostic, Found};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::model::{EntityKind, EntityRecord, FactRecord, Id, Records, SourceRecord};

/// Collects records, checks them, and builds a [`Graph`].
///
/// ```
/// use keiretsu::{FactKind, FactRecord, Graph, Role};
/// let mut builder = Graph::builder();
/// let acme = builder.company("acme", "Acme")?;
/// let bolt = builder.company("bolt", "Bolt")?;
/// builder.fact(FactRecord::new(FactKind::Supply).role(Role::Supplier, acme).role(Role::Customer, bolt));
/// let graph = builder.build()?;
/// assert_eq!(graph.view().relations().next().unwrap().to_string(), "Acme supplies Bolt");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Records are packed as they come, a few hundred at a time: a builder of many takes about as much memory as the graph. It
/// [extends](Extend) with records of each sort.
///
/// ```
/// use keiretsu::{EntityKind, EntityRecord, FactKind, FactRecord, Graph, Id, Role};
/// let id = |n: usize| format!("c{n}").parse::<Id>().unwrap();
/// let mut builder = Graph::builder();
/// builder.extend((0..1_000).map(|n| EntityRecord::new(EntityKind::Company, id(n), format!("Company {n}"))));
/// let supply = |n| FactRecord::new(FactKind::Supply).role(Role::Supplier, id(n)).role(Role::Customer, id(n + 1));
/// builder.extend((0..999).map(supply));
/// assert_eq!(builder.build()?.view().facts().count(), 999);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Default)]
pub struct GraphBuilder {
    /// Title and description; and records that are not packed yet.
    waiting: Records,
    packed: Option<Box<Intake<'static>>>,
    limits: Limits,
}

/// This many records are packed at a time.
const AT_ONCE: usize = 512;

impl GraphBuilder {
    /// A builder that starts from these records.
    #[must_use]
    pub fn from_records(records: Records) -> Self {
        Self { waiting: records, packed: None, limits: Limits::default() }
    }

    /// Gives the graph a title.
    pub fn title(&mut self, title: impl Into<String>) -> &mut Self {
        self.waiting.title = Some(title.into());
        self
    }

    /// Says what the graph is about.
    pub fn description(&mut self, description: impl Into<String>) -> &mut Self {
        self.waiting.description = Some(description.into());
        self
    }

    /// Bounds what may be built. Best set first: records that came before are looked at once more.
    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        if let Some(packed) = &mut self.packed {
            **packed = packed.again(limits.clone());
        }
        self.limits = limits;
        self
    }

    /// Adds a source.
    pub fn source(&mut self, source: SourceRecord) -> &mut Self {
        self.waiting.sources.push(source);
        self.pack_if_many();
        self
    }

    /// Adds an entity.
    pub fn entity(&mut self, entity: EntityRecord) -> &mut Self {
        self.waiting.entities.push(entity);
        self.pack_if_many();
        self
    }

    /// Adds a company, and gives its id back for use in facts.
    ///
    /// # Errors
    /// If the id is not a slug.
    pub fn company(&mut self, id: &str, name: impl Into<String>) -> Result<Id, crate::model::InvalidId> {
        let id: Id = id.parse()?;
        self.entity(EntityRecord::new(EntityKind::Company, id.clone(), name));
        Ok(id)
    }

    /// Adds a fact.
    pub fn fact(&mut self, fact: FactRecord) -> &mut Self {
        self.waiting.facts.push(fact);
        self.pack_if_many();
        self
    }

    /// Checks everything and builds the graph.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if a limit stopped it, else
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid), with all problems found, warnings too, if there is an
    /// error among them. Each names its record and field ([`Diagnostic::record`](crate::Diagnostic::record)), since there is no
    /// file.
    pub fn build(mut self) -> Result<Graph> {
        let mut intake = self.pack();
        intake.heading(self.waiting.title, self.waiting.description);
        finish(*intake, Vec::new(), |_| {})
    }

    fn pack_if_many(&mut self) {
        let Records { sources, entities, facts, .. } = &self.waiting;
        if sources.len() + entities.len() + facts.len() >= AT_ONCE {
            let packed = self.pack();
            self.packed = Some(packed);
        }
    }

    /// All records, packed.
    fn pack(&mut self) -> Box<Intake<'static>> {
        let new = || Box::new(Intake::new(self.limits.clone(), Problems::default()));
        let mut intake = self.packed.take().unwrap_or_else(new);
        let Records { sources, entities, facts, .. } = &mut self.waiting;
        take(sources, |source| intake.source(source));
        take(entities, |entity| intake.entity(&entity));
        if facts.len() <= AT_ONCE {
            intake.expect(facts.iter());
        }
        take(facts, |mut fact| intake.fact(&mut fact));
        intake
    }
}

/// Takes all records out of a list; what room many had is given back.
fn take<T>(records: &mut Vec<T>, each: impl FnMut(T)) {
    if records.len() > AT_ONCE {
        std::mem::take(records).into_iter().for_each(each);
    } else {
        records.drain(..).for_each(each);
    }
}

impl Extend<SourceRecord> for GraphBuilder {
    fn extend<I: IntoIterator<Item = SourceRecord>>(&mut self, sources: I) {
        sources.into_iter().for_each(|source| {
            self.source(source);
        });
    }
}

impl Extend<EntityRecord> for GraphBuilder {
    fn extend<I: IntoIterator<Item = EntityRecord>>(&mut self, entities: I) {
        entities.into_iter().for_each(|entity| {
            self.entity(entity);
        });
    }
}

impl Extend<FactRecord> for GraphBuilder {
    fn extend<I: IntoIterator<Item = FactRecord>>(&mut self, facts: I) {
        facts.into_iter().for_each(|fact| {
            self.fact(fact);
        });
    }
}

impl Clone for GraphBuilder {
    fn clone(&self) -> Self {
        let packed = self.packed.as_ref().map(|packed| Box::new(packed.copied()));
        Self { waiting: self.waiting.clone(), packed, limits: self.limits.clone() }
    }
}

impl fmt::Debug for GraphBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sources, entities, facts) = self.packed.as_ref().map_or((0, 0, 0), |packed| packed.given());
        f.debug_struct("GraphBuilder")
            .field("title", &self.waiting.title)
            .field("sources", &(sources + self.waiting.sources.len()))
            .field("entities", &(entities + self.waiting.entities.len()))
            .field("facts", &(facts + self.waiting.facts.len()))
            .finish_non_exhaustive()
    }
}

/// The graph of what came, with its warnings, unless there is an error among the problems, of which some were found before.
pub(super) fn finish(
    intake: Intake<'_>,
    before: Vec<Diagnostic>,
    amend: impl FnOnce(&mut [Diagnostic]),
) -> Result<Graph> {
    let mut found = Found::default();
    before.into_iter().for_each(|problem| found.push(problem));
    let (graph, problems) = intake.build();
    found.append(problems, |listed| listed.into_iter().map(Problem::of_record).collect());
    let graph = graph.filter(|_| !found.failed());
    let diagnostics = found.finish(amend);
    match graph {
        Some(graph) => Ok(graph.with_warnings(diagnostics)),
        None => Err(Error::invalid(diagnostics)),
    }
}

impl<'k> Intake<'k> {
    /// Builds the graph of what came, unless there is an error among the problems.
    pub(crate) fn build(self) -> (Option<Graph>, Problems<'k>) {
        let (laid_out, mut problems) = self.lay_out();
        let Some(LaidOut { data, misfits, positions }) = laid_out else { return (None, problems) };
        let graph = Graph::from_data(data);
        let position = |fact: FactIx| resolve::position(&positions, fact);
        lint::check(graph.view(), &misfits, &position, &mut problems);
        problems.each_listed(|problem| name(problem, &graph, &positions));
        ((!problems.failed()).then_some(graph), problems)
    }
}

/// Gives a problem the id that its fact states.
fn name(problem: &mut Problem, graph: &Graph, positions: &[u32]) {
    if let (None, Some(Record::Fact(position))) = (&problem.own_id, problem.at.map(|at| at.record))
        && let Ok(n) = positions.binary_search_by_key(&position, |position| *position as usize)
    {
        problem.own_id = graph.data().facts.stated_id(FactIx::new(n)).map(str::to_owned);
    }
}

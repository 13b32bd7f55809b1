//! A graph from records: built, and then looked at as a whole.

use super::build::intake::Intake;
use super::build::problem::Problems;
use super::build::resolve::{self, LaidOut};
use super::store::index::FactIx;
use super::{Graph, lint};
use crate::diagnostic::Found;
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
#[derive(Clone, Debug, Default)]
pub struct GraphBuilder {
    records: Records,
    limits: Limits,
}

impl GraphBuilder {
    /// A builder that starts from these records.
    #[must_use]
    pub fn from_records(records: Records) -> Self {
        Self { records, limits: Limits::default() }
    }

    /// Gives the graph a title.
    pub fn title(&mut self, title: impl Into<String>) -> &mut Self {
        self.records.title = Some(title.into());
        self
    }

    /// Bounds what may be built.
    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        self.limits = limits;
        self
    }

    /// Adds a source.
    pub fn source(&mut self, source: SourceRecord) -> &mut Self {
        self.records.sources.push(source);
        self
    }

    /// Adds an entity.
    pub fn entity(&mut self, entity: EntityRecord) -> &mut Self {
        self.records.entities.push(entity);
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
        self.records.facts.push(fact);
        self
    }

    /// Checks everything and builds the graph.
    ///
    /// # Errors
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if a limit stopped it, else
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid), with all problems found, warnings too, if there is an
    /// error among them; without places, since there is no file.
    pub fn build(self) -> Result<Graph> {
        let (graph, problems) = build(self.records, &self.limits, Problems::default());
        let mut found = Found::default();
        found.append(problems, |listed| listed.into_iter().map(|problem| problem.diagnostic).collect());
        let diagnostics = found.finish(|_| {});
        match graph {
            Some(graph) => Ok(graph.with_warnings(diagnostics)),
            None => Err(Error::invalid(diagnostics)),
        }
    }
}

/// Builds a graph of records, unless there is an error among the problems.
fn build<'k>(records: Records, limits: &Limits, problems: Problems<'k>) -> (Option<Graph>, Problems<'k>) {
    let mut intake = Intake::new(limits, problems);
    intake.heading(records.title, records.description);
    records.sources.into_iter().for_each(|source| intake.source(source));
    records.entities.into_iter().for_each(|entity| intake.entity(&entity));
    records.facts.into_iter().for_each(|mut fact| intake.fact(&mut fact));
    intake.build()
}

impl<'k> Intake<'_, 'k> {
    /// Builds the graph of what came, unless there is an error among the problems.
    pub(crate) fn build(self) -> (Option<Graph>, Problems<'k>) {
        let (laid_out, mut problems) = self.lay_out();
        let Some(LaidOut { data, misfits, positions }) = laid_out else { return (None, problems) };
        let graph = Graph::from_data(data);
        let position = |fact: FactIx| resolve::position(&positions, fact);
        lint::check(graph.view(), &misfits, &position, &mut problems);
        ((!problems.failed()).then_some(graph), problems)
    }
}

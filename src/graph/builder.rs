//! A graph from records that a program makes.

use super::{Graph, Problems, build};
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

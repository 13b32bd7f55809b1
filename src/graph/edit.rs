//! Another graph from a graph: some records added, removed or replaced, all others as they are.

use std::collections::HashMap;

use super::Graph;
use super::build::intake::Intake;
use super::build::problem::Problems;
use super::builder::finish;
use super::view::entity::Entity;
use super::view::fact::Fact;
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::error::Result;
use crate::limits::Limits;
use crate::model::{EntityRecord, FactRecord, Id, SourceRecord};

/// Edits of a graph, from which another graph is built: see [`Graph::edit`].
///
/// A record is named by its id in the graph, or by that of a record added before; facts without a stated id by their derived
/// one. What is wrong is told when the graph is built.
#[derive(Clone)]
#[must_use = "a graph is built of the edits by `build`"]
pub struct GraphEditor {
    graph: Graph,
    title: Option<String>,
    description: Option<String>,
    sources: Edits<SourceRecord>,
    entities: Edits<EntityRecord>,
    facts: Edits<FactRecord>,
    /// The positions of the graph's sources; made when one is edited.
    source_places: Option<HashMap<Id, usize>>,
    /// Edits of what is not there.
    unknown: Vec<Diagnostic>,
    limits: Limits,
}

/// Edits of the records of one sort.
#[derive(Clone)]
struct Edits<R> {
    /// What stands in the place of records of the graph, by position; nothing if one was removed.
    changed: HashMap<usize, Option<R>>,
    /// New records, in order; nothing where one was removed again.
    added: Vec<Option<R>>,
    /// The positions of ids among the new records.
    places: HashMap<Id, usize>,
}

impl<R> Default for Edits<R> {
    fn default() -> Self {
        Self { changed: HashMap::new(), added: Vec::new(), places: HashMap::new() }
    }
}

impl<R> Edits<R> {
    fn add(&mut self, id: Option<&Id>, record: R) {
        if let Some(id) = id {
            self.places.entry(id.clone()).or_insert(self.added.len());
        }
        self.added.push(Some(record));
    }

    /// Puts something else, or nothing, in the place of a record, which has this position if it is of the graph. Says whether
    /// there is such a record.
    fn put(&mut self, own: Option<usize>, id: &str, record: Option<R>) -> bool {
        if let Some(own) = own.filter(|own| !matches!(self.changed.get(own), Some(None))) {
            self.changed.insert(own, record);
            return true;
        }
        let Some(added) = self.places.get(id).and_then(|at| self.added.get_mut(*at)) else { return false };
        if record.is_none() {
            self.places.remove(id);
        }
        *added = record;
        true
    }

    /// The record at a position of the graph, as it is now.
    fn now(&mut self, own: usize, before: impl FnOnce() -> R) -> Option<R> {
        self.changed.remove(&own).unwrap_or_else(|| Some(before()))
    }
}

impl Graph {
    /// An editor that adds, removes and replaces records, and builds another graph. This one stays as it is.
    ///
    /// All other records are kept as they are, in their order, and are unpacked one at a time, so that both graphs are in
    /// memory, and no list of records. Building takes as long as for a new graph.
    ///
    /// ```
    /// use keiretsu::{EntityKind, EntityRecord, Graph};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: {"acme": (name: "Acme"), "bolt": (name: "Bolt")},
    ///     facts: [Supply(id: "s1", supplier: "acme", customer: "bolt", unsourced: true)],
    /// )"#)?;
    /// let mut edit = graph.edit();
    /// edit.replace_entity(EntityRecord::new(EntityKind::Company, "bolt".parse()?, "Bolt GmbH"));
    /// let renamed = edit.build()?;
    /// assert_eq!(renamed.view().relations().next().unwrap().to_string(), "Acme supplies Bolt GmbH");
    /// assert_eq!(graph.view().relations().next().unwrap().to_string(), "Acme supplies Bolt");
    ///
    /// let mut edit = graph.edit();
    /// edit.remove_entity("bolt"); // but not the fact that it takes part in
    /// let error = edit.build().unwrap_err();
    /// assert_eq!(error.diagnostics()[0].record().unwrap().id.as_deref(), Some("s1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn edit(&self) -> GraphEditor {
        GraphEditor {
            graph: self.clone(),
            title: None,
            description: None,
            sources: Edits::default(),
            entities: Edits::default(),
            facts: Edits::default(),
            source_places: None,
            unknown: Vec::new(),
            limits: Limits::default(),
        }
    }
}

impl GraphEditor {
    /// Gives the graph another title.
    pub fn title(&mut self, title: impl Into<String>) -> &mut Self {
        self.title = Some(title.into());
        self
    }

    /// Says anew what the graph is about.
    pub fn description(&mut self, description: impl Into<String>) -> &mut Self {
        self.description = Some(description.into());
        self
    }

    /// Bounds what may be built.
    pub fn limits(&mut self, limits: Limits) -> &mut Self {
        self.limits = limits;
        self
    }

    /// Adds a source, after all others.
    pub fn add_source(&mut self, source: SourceRecord) -> &mut Self {
        self.sources.add(Some(&source.id.clone()), source);
        self
    }

    /// Puts a source in the place of the one of its id.
    pub fn replace_source(&mut self, source: SourceRecord) -> &mut Self {
        let id = source.id.clone();
        self.put_source(id.as_str(), Some(source))
    }

    /// Removes the source of this id.
    pub fn remove_source(&mut self, id: &str) -> &mut Self {
        self.put_source(id, None)
    }

    fn put_source(&mut self, id: &str, source: Option<SourceRecord>) -> &mut Self {
        let sources = &self.graph.data().sources;
        let places = self.source_places.get_or_insert_with(|| {
            sources.iter().enumerate().map(|(n, source)| (source.id.clone(), n)).collect()
        });
        let own = places.get(id).copied();
        if !self.sources.put(own, id, source) {
            self.unknown(Code::UnknownSource, "source", id);
        }
        self
    }

    /// Adds an entity.
    pub fn add_entity(&mut self, entity: EntityRecord) -> &mut Self {
        self.entities.add(Some(&entity.id.clone()), entity);
        self
    }

    /// Puts an entity in the place of the one of its id.
    pub fn replace_entity(&mut self, entity: EntityRecord) -> &mut Self {
        let id = entity.id.clone();
        self.put_entity(id.as_str(), Some(entity))
    }

    /// Removes the entity of this id. Facts in which it takes part have to be removed or replaced as well.
    pub fn remove_entity(&mut self, id: &str) -> &mut Self {
        self.put_entity(id, None)
    }

    fn put_entity(&mut self, id: &str, entity: Option<EntityRecord>) -> &mut Self {
        let own = self.graph.view().entity(id).ok().map(Entity::position);
        if !self.entities.put(own, id, entity) {
            self.unknown(Code::UnknownEntity, "entity", id);
        }
        self
    }

    /// Adds a fact, after all others.
    pub fn add_fact(&mut self, fact: FactRecord) -> &mut Self {
        self.facts.add(fact.id.clone().as_ref(), fact);
        self
    }

    /// Puts a fact in the place of the one of this id, stated or derived. The new one has the id that it states itself.
    pub fn replace_fact(&mut self, id: &str, fact: FactRecord) -> &mut Self {
        self.put_fact(id, Some(fact))
    }

    /// Removes the fact of this id, stated or derived.
    ///
    /// Where several facts have the same kind, parties and date, those behind it get other derived ids: see
    /// [`Fact::id`](crate::Fact::id).
    pub fn remove_fact(&mut self, id: &str) -> &mut Self {
        self.put_fact(id, None)
    }

    fn put_fact(&mut self, id: &str, fact: Option<FactRecord>) -> &mut Self {
        let own = self.graph.view().fact(id).map(|fact| fact.index().get());
        if !self.facts.put(own, id, fact) {
            self.unknown(Code::UnknownFact, "fact", id);
        }
        self
    }

    fn unknown(&mut self, code: Code, noun: &str, id: &str) {
        let message = format!("no {noun} has the id `{}`, so that it cannot be edited", shown(id));
        self.unknown.push(Diagnostic::new(code, message).hint("add it, or give the id of one that is there"));
    }

    /// Checks everything, and builds the graph. Warnings of what was not edited keep their places in files.
    ///
    /// # Errors
    /// As for [`GraphBuilder::build`](crate::GraphBuilder::build); and if something was to be edited that is not there.
    pub fn build(self) -> Result<Graph> {
        let Self { graph, title, description, mut sources, mut entities, mut facts, unknown, limits, .. } =
            self;
        let (data, view) = (graph.data(), graph.view());
        let mut intake = Intake::new(limits, Problems::default());
        intake
            .heading(title.or_else(|| data.title.clone()), description.or_else(|| data.description.clone()));
        for (n, source) in data.sources.iter().enumerate() {
            sources.now(n, || source.clone()).into_iter().for_each(|source| intake.source(source));
        }
        sources.added.into_iter().flatten().for_each(|source| intake.source(source));
        for entity in view.entities() {
            let now = entities.now(entity.position(), || entity.record());
            now.iter().for_each(|entity| intake.entity(entity));
        }
        entities.added.iter().flatten().for_each(|entity| intake.entity(entity));
        for fact in view.facts() {
            let now = facts.now(fact.index().get(), || Fact::record(fact));
            now.into_iter().for_each(|mut fact| intake.fact(&mut fact));
        }
        facts.added.into_iter().flatten().for_each(|mut fact| intake.fact(&mut fact));
        finish(intake, unknown, |found| keep_places(found, data.warnings.known()))
    }
}

/// Gives problems that were told before the places that they had.
fn keep_places(found: &mut [Diagnostic], before: &[Diagnostic]) {
    let mut places: HashMap<(Code, &str), Vec<&Diagnostic>> = HashMap::new();
    for diagnostic in before.iter().rev() {
        places.entry((diagnostic.code, &diagnostic.message)).or_default().push(diagnostic);
    }
    for diagnostic in found {
        let same = places.get_mut(&(diagnostic.code, diagnostic.message.as_str()));
        if let Some(same) = same.and_then(Vec::pop) {
            diagnostic.at.clone_from(&same.at);
            diagnostic.also.clone_from(&same.also);
        }
    }
}

impl std::fmt::Debug for GraphEditor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GraphEditor").field("graph", &self.graph).finish_non_exhaustive()
    }
}

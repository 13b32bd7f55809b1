//! A view: the graph under the choices of a question, and the start of every question.

use super::fact::Fact;
use super::index::{EntityIx, FactIx, RelationIx, SourceIx};
use super::names::{self, Match};
use super::relation::Relation;
use super::{Entity, Graph, GraphData, Source};
use crate::error::{Error, ErrorKind, Result};

/// The graph as a question sees it; `Copy`, and every handle carries its own.
#[derive(Clone, Copy)]
pub struct View<'g> {
    data: &'g GraphData,
}

impl<'g> View<'g> {
    pub(crate) const fn new(data: &'g GraphData) -> Self {
        Self { data }
    }

    /// The entity with exactly this id.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownEntity`] if there is none.
    pub fn entity(self, id: &str) -> Result<Entity<'g>> {
        let found = self.data.entities.binary_search_by(|entity| entity.id.as_str().cmp(id));
        match found {
            Ok(n) => Ok(self.entity_at(EntityIx::new(n))),
            Err(_) => {
                let message = format!("no entity has the id `{}`", names::printable(id));
                Err(Error::new(ErrorKind::UnknownEntity, message))
            }
        }
    }

    /// The entity of this id, name, alias or former name.
    ///
    /// Looked for in this order: id; exact current name; exact alias or former name; any of these
    /// without case, accents, punctuation and legal suffixes such as Ltd, Inc, GmbH.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownEntity`] if there is none, with the nearest name as
    /// [suggestion](Error::suggestion); [`ErrorKind::AmbiguousName`] if there are several.
    pub fn find(self, name: &str) -> Result<Entity<'g>> {
        names::find(self, name, false)
    }

    /// Like [`View::find`], but where a company and a brand share a name, the company is meant.
    ///
    /// # Errors
    /// As [`View::find`].
    pub fn find_organisation(self, name: &str) -> Result<Entity<'g>> {
        names::find(self, name, true)
    }

    /// The entities with this text in an id or name, in the order of ids.
    pub fn search(self, text: &str) -> impl Iterator<Item = Match<'g>> + use<'g> {
        names::search(self, text)
    }

    /// Every entity, in the order of ids.
    pub fn entities(self) -> impl ExactSizeIterator<Item = Entity<'g>> + use<'g> {
        (0..self.data.entities.len()).map(move |n| self.entity_at(EntityIx::new(n)))
    }

    /// Every relation, in the order of facts; those of entity records last.
    ///
    /// Wishes and deals called off are among them; [`Relation::counts`] tells.
    pub fn relations(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        (0..self.data.relations.len()).map(move |n| Relation::new(self, RelationIx::new(n), false))
    }

    /// Every fact, in the order given.
    pub fn facts(self) -> impl ExactSizeIterator<Item = Fact<'g>> + use<'g> {
        (0..self.data.facts.len()).map(move |n| self.fact_at(FactIx::new(n)))
    }

    /// The fact with this id, stated or derived.
    #[must_use]
    pub fn fact(self, id: &str) -> Option<Fact<'g>> {
        self.facts().find(|fact| fact.id() == id)
    }

    /// Every source, in the order given.
    pub fn sources(self) -> impl ExactSizeIterator<Item = Source<'g>> + use<'g> {
        (0..self.data.sources.len()).map(move |n| self.source_at(SourceIx::new(n)))
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

impl<'g> From<&'g Graph> for View<'g> {
    fn from(graph: &'g Graph) -> Self {
        graph.view()
    }
}

//! Handles of other views and graphs: a question answers about its own view, and about no other graph.

use super::entity::Entity;
use super::fact::Fact;
use super::relation::Relation;
use super::view::View;
use crate::diagnostic::shown;
use crate::error::{Error, ErrorKind, Result};

impl<'g> View<'g> {
    /// An entity of this graph as this view sees it: with its date, its clock and its choice of claims. None for an
    /// entity of another graph.
    ///
    /// All that takes a handle follows this rule, the project's own. A handle of another view is taken into the view that is
    /// asked. One of another graph gets nothing: `None`, an empty answer, or the error [`ErrorKind::OtherGraph`]. Graphs are
    /// the same if one is a clone of the other; a graph that is built again is another one, and there the same id may be
    /// of another company. Who knows that it is not looks it up: `view.entity(old.id())`.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let text = r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [ Partnership(between: ["a", "b"], since: "2011", until: "2014", unsourced: true) ],
    /// )"#;
    /// let (graph, again) = (Graph::from_ron(text)?, Graph::from_ron(text)?);
    /// let a = graph.view().find("A")?;
    /// let later = graph.as_of("2020".parse().unwrap());
    /// assert_eq!((a.relations().count(), later.adopt(a).unwrap().relations().count()), (1, 0));
    /// assert_eq!(again.view().adopt(a), None);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn adopt(self, entity: Entity<'g>) -> Option<Entity<'g>> {
        self.is_same_graph(entity.view()).then(|| self.entity_at(entity.index()))
    }

    /// As [`View::adopt`], where an answer about nothing would look like one about something.
    pub(crate) fn own(self, entity: Entity<'g>) -> Result<Entity<'g>> {
        self.adopt(entity).ok_or_else(|| Self::other_graph(entity.id()))
    }

    pub(crate) fn other_graph(id: &str) -> Error {
        let message = format!("`{}` is of another graph", shown(id));
        let hint = "look it up by its id in the graph that is asked".to_owned();
        Error::new(ErrorKind::OtherGraph, message).hint(Some(hint))
    }

    /// The fact as this view sees it; none of another graph.
    #[cfg(feature = "diagram")]
    pub(crate) fn adopt_fact(self, fact: Fact<'g>) -> Option<Fact<'g>> {
        self.is_same_graph(fact.view()).then(|| self.fact_at(fact.index()))
    }

    /// The relation as this view sees it, read from the same end; none of another graph.
    #[cfg(feature = "diagram")]
    pub(crate) fn adopt_relation(self, relation: Relation<'g>) -> Option<Relation<'g>> {
        self.is_same_graph(relation.view())
            .then(|| Relation::new(self, relation.index(), relation.is_inverted()))
    }
}

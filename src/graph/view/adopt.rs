//! Handles from other views and graphs: a question is always answered in its own view, and never about another graph.

use super::entity::Entity;
use super::view::View;
#[cfg(feature = "diagram")]
use super::{fact::Fact, relation::Relation};
use crate::diagnostic::shown;
use crate::error::{Error, ErrorKind, Result};

impl<'g> View<'g> {
    /// The entity as seen in this view: with its date, second clock and choice of claims. `None` for an entity of
    /// another graph.
    ///
    /// Everything that takes a handle follows this rule, which is the project's own. A handle from another view is
    /// adopted into the view that answers. One from another graph yields `None`, an empty answer, or the error
    /// [`ErrorKind::OtherGraph`]. Clones are the same graph. A graph built again is a different one, in which the same
    /// id may mean another company. If you know that it does not, look it up: `view.entity(old.id())`.
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

    /// Like [`View::adopt`], but fails, for where an empty answer would be misleading.
    pub(crate) fn own(self, entity: Entity<'g>) -> Result<Entity<'g>> {
        self.adopt(entity).ok_or_else(|| Self::other_graph(entity.id()))
    }

    pub(crate) fn other_graph(id: &str) -> Error {
        let message = format!("`{}` is of another graph", shown(id));
        let hint = "look it up by its id in the graph that is asked".to_owned();
        Error::new(ErrorKind::OtherGraph, message).hint(Some(hint))
    }

    /// The error for something kept that is asked to be of another graph.
    pub(crate) fn other_graph_kept() -> Error {
        let hint = "keep it with the graph whose view was asked, or a clone of that graph".to_owned();
        Error::new(ErrorKind::OtherGraph, "the ownership is of another graph").hint(Some(hint))
    }

    /// The fact as seen in this view; `None` for a fact of another graph.
    #[cfg(feature = "diagram")]
    pub(crate) fn adopt_fact(self, fact: Fact<'g>) -> Option<Fact<'g>> {
        self.is_same_graph(fact.view()).then(|| self.fact_at(fact.index()))
    }

    /// The relation as seen in this view, read from the same end; `None` for a relation of another graph.
    #[cfg(feature = "diagram")]
    pub(crate) fn adopt_relation(self, relation: Relation<'g>) -> Option<Relation<'g>> {
        self.is_same_graph(relation.view())
            .then(|| Relation::new(self, relation.index(), relation.is_inverted()))
    }
}

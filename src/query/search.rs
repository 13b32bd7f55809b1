//! Searches by name within limits.

use super::traversal::{Budget, Outcome, StoppedBy};
use crate::graph::{Match, View, search};
use crate::limits::Limits;

impl<'g> View<'g> {
    /// Like [`View::search`], within limits, and whether these are all. A step is a look at an entity:
    /// [`Limits::steps`], [`Limits::rows`] and [`Limits::cancel`] count.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits, Outcome, StoppedBy};
    /// # let graph = Graph::from_ron(r#"Graph(companies: { "a": (name: "Acme"), "b": (name: "Acme Two") })"#)?;
    /// let (found, outcome) = graph.view().search_within("acme", &Limits::default().rows(1));
    /// assert_eq!((found[0].matched, outcome), ("Acme", Outcome::Stopped(StoppedBy::Rows)));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn search_within(self, text: &str, limits: &Limits) -> (Vec<Match<'g>>, Outcome) {
        let mut found = Vec::new();
        let mut budget = Budget::new(limits);
        for looked_at in search(self, text) {
            if let Err(stopped) = budget.spend() {
                return (found, Outcome::Stopped(stopped));
            }
            if looked_at.is_some() && found.len() >= limits.rows {
                return (found, Outcome::Stopped(StoppedBy::Rows));
            }
            found.extend(looked_at);
        }
        (found, Outcome::Complete)
    }
}

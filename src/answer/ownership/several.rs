//! The entities that are added up, and the entries of their list that match nobody.

use std::collections::BTreeSet;

use crate::answer::Page;
use crate::graph::{Entity, View};

/// Several entities whose shares are added up, and the entries of a list that match nobody.
#[derive(Clone, Debug, Default)]
pub struct Several<'g> {
    entities: Vec<Entity<'g>>,
    not_found: Vec<Unknown>,
}

/// A line of a list that matches nobody.
#[derive(Clone, Debug)]
struct Unknown {
    line: usize,
    name: String,
}

/// The most unknown lines shown in text, unless `--why` asks for all.
const LISTED: usize = 5;

impl<'g> Several<'g> {
    /// These; each counts once.
    #[must_use]
    pub fn of(entities: impl IntoIterator<Item = Entity<'g>>) -> Self {
        let entities: BTreeSet<Entity<'g>> = entities.into_iter().collect();
        Self { entities: entities.into_iter().collect(), not_found: Vec::new() }
    }

    /// With a line of their list that matches nobody in the graph, for the answer to say so.
    #[must_use]
    pub fn without(mut self, line: usize, name: impl Into<String>) -> Self {
        self.not_found.push(Unknown { line, name: name.into() });
        self
    }

    /// Who they are, in the order of ids.
    #[must_use]
    pub fn entities(&self) -> &[Entity<'g>] {
        &self.entities
    }

    /// "`Nobody Known` (line 7)": what matches nobody, all or the first few; none if there is nothing.
    #[must_use]
    pub fn not_found(&self, all: bool) -> Option<String> {
        if self.not_found.is_empty() {
            return None;
        }
        let most = if all { usize::MAX } else { LISTED };
        let words_of = |unknown: &Unknown| format!("`{}` (line {})", unknown.name, unknown.line);
        let mut lines: Vec<String> = self.not_found.iter().take(most).map(words_of).collect();
        if self.not_found.len() > most {
            lines.push(format!("and {} more lines", self.not_found.len() - most));
        }
        Some(lines.join(", "))
    }

    /// The same as this view sees them; those of another graph as they are, for the analysis to refuse.
    pub(super) fn seen_by(&self, view: View<'g>) -> Self {
        let entities = self.entities.iter().map(|one| view.adopt(*one).unwrap_or(*one)).collect();
        Self { entities, not_found: self.not_found.clone() }
    }

    /// Notes which lines match nobody.
    pub(super) fn note_not_found(&self, page: &mut Page<'_>) {
        if let Some(words) = self.not_found(page.asks_why()) {
            page.line(&format!("listed but not in the graph: {words}"));
        }
    }

    /// The names that match nobody.
    pub(super) fn unknown_names(&self) -> Vec<String> {
        self.not_found.iter().map(|unknown| unknown.name.clone()).collect()
    }
}

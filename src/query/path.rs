//! A path through the graph.

use std::fmt;

use super::traversal::Outcome;
use crate::graph::{Entity, Relation};

/// A path from one entity to another: relations, each read in the direction of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'g> {
    start: Entity<'g>,
    steps: Vec<Relation<'g>>,
}

impl<'g> Path<'g> {
    pub(crate) const fn new(start: Entity<'g>, steps: Vec<Relation<'g>>) -> Self {
        Self { start, steps }
    }

    /// Where it starts.
    #[must_use]
    pub const fn start(&self) -> Entity<'g> {
        self.start
    }

    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> Entity<'g> {
        self.steps.last().map_or(self.start, |step| step.object())
    }

    /// How many relations it has.
    #[must_use]
    pub fn hops(&self) -> usize {
        self.steps.len()
    }

    /// The relations, each read in the direction of the walk.
    #[must_use]
    pub fn steps(&self) -> &[Relation<'g>] {
        &self.steps
    }

    /// The entities, from the start to the end.
    pub fn entities(&self) -> impl Iterator<Item = Entity<'g>> {
        std::iter::once(self.start).chain(self.steps.iter().map(|step| step.object()))
    }
}

impl fmt::Display for Path<'_> {
    /// One sentence per line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.steps.iter().enumerate() {
            if n > 0 {
                f.write_str("\n")?;
            }
            step.fmt(f)?;
        }
        Ok(())
    }
}

/// Several paths, the best first, and whether these are all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths<'g> {
    pub(crate) paths: Vec<Path<'g>>,
    pub(crate) outcome: Outcome,
}

impl<'g> Paths<'g> {
    /// The paths, by length or by [`PathOrder`](super::PathOrder), then by the kinds and ids along them.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Path<'g>> {
        self.paths.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Complete, or what stopped the search.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }
}

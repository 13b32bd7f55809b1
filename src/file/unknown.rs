//! What could not be read, so that nothing is told that only follows from it.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::graph::Record;

/// What is not known of the files, because something in them could not be read: what follows from that is not told.
#[derive(Default)]
pub(crate) struct Unknown(Mutex<Known>);

/// What is known to be missing.
#[derive(Default)]
pub(crate) struct Known {
    /// Which sources, entities and facts could not be read whole: what they lack has been reported.
    pub(crate) damaged: HashSet<Record>,
    /// What else the files may have that was not read.
    pub(crate) lost: Lost,
}

impl Unknown {
    /// Waits for nobody: one thread asks and tells.
    pub(crate) fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Which sorts of records may be missing because something was not read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Lost {
    pub(crate) sources: bool,
    pub(crate) entities: bool,
    pub(crate) facts: bool,
}

impl Lost {
    /// Anything may be missing.
    pub(crate) const ALL: Self = Self { sources: true, entities: true, facts: true };

    pub(crate) const fn and(self, other: Self) -> Self {
        Self {
            sources: self.sources || other.sources,
            entities: self.entities || other.entities,
            facts: self.facts || other.facts,
        }
    }
}

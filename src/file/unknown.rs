//! What could not be read, so that no problem is reported that only follows from it.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::tree::Unread;
use crate::diagnostic::shown;
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

/// What may be missing because something was not read.
#[derive(Debug, Default)]
pub(crate) struct Lost {
    /// Sorts of which any record may be missing.
    pub(crate) sources: bool,
    pub(crate) entities: bool,
    pub(crate) facts: bool,
    /// Something was not read.
    pub(crate) is_some: bool,
    /// What may be the id of something that was not read, as messages show it.
    ids: HashSet<String>,
}

impl Lost {
    /// Anything may be missing.
    pub(crate) fn all() -> Self {
        Self { sources: true, entities: true, facts: true, is_some: true, ids: HashSet::new() }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.sources |= other.sources;
        self.entities |= other.entities;
        self.facts |= other.facts;
        self.is_some |= other.is_some;
        self.ids.extend(other.ids);
    }

    /// Takes note of what a piece of text may have said that was not read.
    pub(crate) fn unread(&mut self, unread: &Unread<'_>) {
        self.is_some = true;
        if unread.is_opaque {
            self.add(Self::all());
        }
        self.ids.extend(ids(unread.text).map(shown));
    }

    /// Whether this may be the id of something that was not read.
    pub(crate) fn has_id(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

/// What may be ids in a text: whatever stands between two quotes, of which one may be too many or missing, and before a
/// colon, as in `"id": (`, or behind `id:`.
fn ids(text: &str) -> impl Iterator<Item = &str> {
    let behind = text.split('"').skip(2);
    let pieces = text.split('"').zip(text.split('"').skip(1)).zip(behind);
    pieces.filter_map(|((before, id), behind)| {
        let field =
            || before.trim_end().strip_suffix(':').is_some_and(|before| before.trim_end().ends_with("id"));
        (behind.trim_start().starts_with(':') || field()).then_some(id)
    })
}

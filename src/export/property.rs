//! Serializes open properties.

use serde::{Serialize, Serializer};

/// `{"internal_id": "4711"}`, in the order written.
pub(super) struct Properties<I>(pub(super) I);

impl<'p, I: Iterator<Item = (&'p str, &'p str)> + Clone> Serialize for Properties<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

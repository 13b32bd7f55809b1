//! Serializes what a search finds.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::graph::Match;

/// `{"id", "kind", "name", "matched"}`: the entity, and in which of its names, ids or identifiers the text was found.
impl Serialize for Match<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("id", self.entity.id())?;
        map.serialize_entry("kind", &self.entity.kind())?;
        map.serialize_entry("name", self.entity.name())?;
        map.serialize_entry("matched", self.matched)?;
        map.end()
    }
}

//! Serializes moments and differences.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::text;
use crate::analysis::{Difference, Moment};

/// `{"date", "event", "fact"}`; the date is null if none is stated.
impl Serialize for Moment<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("date", &text(self.date))?;
        map.serialize_entry("event", self.kind.name())?;
        map.serialize_entry("fact", &self.fact)?;
        map.end()
    }
}

/// `{"change", "relation", "earlier"}`; the last is null unless a share changed.
impl Serialize for Difference<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("change", self.change.name())?;
        map.serialize_entry("relation", &self.relation)?;
        map.serialize_entry("earlier", &self.earlier)?;
        map.end()
    }
}

//! Serializes what ends relations and facts.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::graph::Ending;

/// `{"fact", "rule"}`.
impl Serialize for Ending<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("fact", self.fact.id())?;
        map.serialize_entry("rule", self.rule.name())?;
        map.end()
    }
}

//! Serializes the vocabulary: kinds of facts, and codes.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::diagnostic::CodeRow;
use crate::model::vocabulary::{AttributeRow, AttributeType, FactRow, Projection, RoleRow};

/// `{"kind", "family", "meaning", "event", "deal", "roles", "attributes", "relations"}`.
impl Serialize for FactRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("family", self.family.name())?;
        map.serialize_entry("meaning", self.meaning)?;
        map.serialize_entry("event", &self.event)?;
        map.serialize_entry("deal", &self.deal)?;
        map.serialize_entry("roles", &self.roles.iter().map(RoleData::from).collect::<Vec<_>>())?;
        let attributes: Vec<_> = self.attributes.iter().map(AttributeData::from).collect();
        map.serialize_entry("attributes", &attributes)?;
        let relations: Vec<_> = self.projections.iter().map(RelationData::from).collect();
        map.serialize_entry("relations", &relations)?;
        map.end()
    }
}

#[derive(Serialize)]
struct RoleData {
    name: &'static str,
    required: bool,
    several: bool,
    accepts: Vec<&'static str>,
}

impl From<&RoleRow> for RoleData {
    fn from(row: &RoleRow) -> Self {
        Self {
            name: row.role.name(),
            required: row.required,
            several: row.many,
            accepts: row.accepts.iter().map(|kind| kind.name()).collect(),
        }
    }
}

#[derive(Serialize)]
struct AttributeData {
    name: &'static str,
    values: Vec<&'static str>,
}

impl From<&AttributeRow> for AttributeData {
    fn from(row: &AttributeRow) -> Self {
        let values = match row.values {
            AttributeType::Text => vec!["text"],
            AttributeType::Share => vec!["share"],
            AttributeType::Flag => vec!["true", "false"],
            AttributeType::Choice(words) => words.iter().map(|word| word.name).collect(),
        };
        Self { name: row.attribute.name(), values }
    }
}

#[derive(Serialize)]
struct RelationData {
    name: &'static str,
    label: &'static str,
    inverse: &'static str,
    symmetric: bool,
}

impl From<&Projection> for RelationData {
    fn from(projection: &Projection) -> Self {
        let row = projection.kind().row();
        Self { name: row.kind.name(), label: row.label, inverse: row.inverse, symmetric: row.symmetric }
    }
}

/// `{"code", "meaning", "example", "mend"}`.
impl Serialize for CodeRow {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("code", self.text)?;
        map.serialize_entry("meaning", self.meaning)?;
        map.serialize_entry("example", self.example)?;
        map.serialize_entry("mend", self.mend)?;
        map.end()
    }
}

//! Serializes entities and their evidence.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::text;
use super::property::Properties;
use crate::graph::{Entity, Evidence, Source};
use crate::model::{EntityKind, EntityRecord};

/// `{"id", "kind", "name"}`.
impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("id", self.id())?;
        map.serialize_entry("kind", &self.kind())?;
        map.serialize_entry("name", self.name())?;
        map.end()
    }
}

/// An entity with all its fields.
///
/// Every entity has the common fields, null or empty if nothing is stated, and then those of its kind.
///
/// ```
/// # use keiretsu::{EntityDetails, Graph};
/// let graph = Graph::from_ron(r#"Graph(companies: {"acme": (name: "Acme", industry: "anvils")})"#)?;
/// let acme = graph.view().find("Acme")?;
/// let data = serde_json::to_value(EntityDetails(acme)).unwrap();
/// assert_eq!(data["industry"], "anvils");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct EntityDetails<'g>(pub Entity<'g>);

impl Serialize for EntityDetails<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.0.record();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.0.id())?;
        map.serialize_entry("kind", &record.kind)?;
        map.serialize_entry("name", &record.name)?;
        map.serialize_entry("aliases", &record.aliases)?;
        let former = record.former_names.iter();
        let former: Vec<_> =
            former.map(|former| FormerNameData { name: &former.name, until: text(former.until) }).collect();
        map.serialize_entry("former_names", &former)?;
        map.serialize_entry("native_name", &record.native_name)?;
        map.serialize_entry("country", &text(record.country))?;
        map.serialize_entry("identifiers", &IdentifiersData::from(&record))?;
        map.serialize_entry("website", &record.website)?;
        map.serialize_entry("note", &record.note)?;
        map.serialize_entry("properties", &Properties(self.0.properties()))?;
        own_fields::<S>(&mut map, &record)?;
        map.serialize_entry("evidence", &self.0.evidence().collect::<Vec<_>>())?;
        map.end()
    }
}

/// The fields of the entity's own kind.
fn own_fields<S: Serializer>(map: &mut S::SerializeMap, record: &EntityRecord) -> Result<(), S::Error> {
    match record.kind {
        EntityKind::Company => {
            map.serialize_entry("industry", &record.industry)?;
            map.serialize_entry("legal_form", &record.legal_form)?;
            map.serialize_entry("holders_complete", &record.holders_complete)
        }
        EntityKind::Product => {
            map.serialize_entry("class", &record.class)?;
            map.serialize_entry("members", &ids(record))
        }
        EntityKind::Patent => {
            map.serialize_entry("number", &text(record.number.as_ref()))?;
            map.serialize_entry("count", &text(record.count))?;
            map.serialize_entry("topics", &record.topics)?;
            map.serialize_entry("members", &ids(record))?;
            map.serialize_entry("filed", &text(record.filed))?;
            map.serialize_entry("granted", &text(record.granted))?;
            map.serialize_entry("expires", &text(record.expires))
        }
        EntityKind::Unit => map.serialize_entry("of", &text(record.of.as_ref())),
        EntityKind::Unspecified => {
            map.serialize_entry("reason", &record.reason)?;
            map.serialize_entry("stands_for", &record.stands_for)
        }
        EntityKind::Brand | EntityKind::Person | EntityKind::Body | EntityKind::Alliance => Ok(()),
    }
}

fn ids(record: &EntityRecord) -> Vec<&str> {
    record.members.iter().map(|id| id.as_str()).collect()
}

#[derive(Serialize)]
struct FormerNameData<'r> {
    name: &'r str,
    until: Option<String>,
}

#[derive(Serialize)]
struct IdentifiersData {
    lei: Option<String>,
    isin: Vec<String>,
    wikidata: Option<String>,
    register: Vec<String>,
}

impl From<&EntityRecord> for IdentifiersData {
    fn from(record: &EntityRecord) -> Self {
        let identifiers = &record.identifiers;
        Self {
            lei: text(identifiers.lei),
            isin: identifiers.isin.iter().map(ToString::to_string).collect(),
            wikidata: text(identifiers.wikidata),
            register: identifiers.register.iter().map(ToString::to_string).collect(),
        }
    }
}

/// `{"source", "title", "quote", "stance"}`, and `locator` and `said_by` if stated.
impl Serialize for Evidence<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("source", self.source().id())?;
        map.serialize_entry("title", self.source().title())?;
        map.serialize_entry("quote", &self.quote())?;
        map.serialize_entry("stance", &self.stance())?;
        if let Some(locator) = self.locator() {
            map.serialize_entry("locator", locator)?;
        }
        if let Some(said_by) = self.said_by() {
            map.serialize_entry("said_by", said_by)?;
        }
        map.end()
    }
}

/// Every field of a source, null if nothing is stated.
impl Serialize for Source<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.record();
        let mut map = serializer.serialize_map(Some(9))?;
        map.serialize_entry("id", self.id())?;
        map.serialize_entry("kind", &record.kind)?;
        map.serialize_entry("title", &record.title)?;
        map.serialize_entry("publisher", &record.publisher)?;
        map.serialize_entry("author", &record.author)?;
        map.serialize_entry("url", &record.url)?;
        map.serialize_entry("published", &text(record.published))?;
        map.serialize_entry("accessed", &text(record.accessed))?;
        map.serialize_entry("language", &record.language)?;
        map.end()
    }
}

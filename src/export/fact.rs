//! Serializes facts.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::{MoneyData, text};
use crate::graph::{Entity, Fact};
use crate::model::{AttributeValue, FactRecord, Role};

/// `{"id", "kind", "status", "roles", "announced", "signed", "since", "completed", "until", "term", "amount",
/// "attributes", "confidence", "evidence"}`; `attributes` has every other stated field, and `replaced_by` with the
/// ids of the facts that replace it.
impl Serialize for Fact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.record();
        let mut map = serializer.serialize_map(Some(14))?;
        map.serialize_entry("id", self.id())?;
        map.serialize_entry("kind", &self.kind())?;
        map.serialize_entry("status", &self.status())?;
        map.serialize_entry("roles", &Roles(*self))?;
        map.serialize_entry("announced", &text(record.announced))?;
        map.serialize_entry("signed", &text(record.signed))?;
        map.serialize_entry("since", &text(record.since))?;
        map.serialize_entry("completed", &text(record.completed))?;
        map.serialize_entry("until", &text(record.until))?;
        map.serialize_entry("term", &text(record.term))?;
        map.serialize_entry("amount", &record.amount.map(MoneyData::from))?;
        map.serialize_entry("attributes", &Attributes(*self, &record))?;
        map.serialize_entry("confidence", &self.confidence())?;
        map.serialize_entry("evidence", &self.evidence().collect::<Vec<_>>())?;
        map.end()
    }
}

/// `{"seller": [entity], ...}`, in the order written.
struct Roles<'g>(Fact<'g>);

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut order: Vec<Role> = Vec::new();
        for (role, _) in self.0.roles() {
            if !order.contains(&role) {
                order.push(role);
            }
        }
        let mut map = serializer.serialize_map(Some(order.len()))?;
        for role in order {
            map.serialize_entry(role.name(), &self.0.parties(role).collect::<Vec<Entity<'_>>>())?;
        }
        map.end()
    }
}

/// Stated fields other than those that every fact shows, and what replaces the fact.
struct Attributes<'g, 'r>(Fact<'g>, &'r FactRecord);

impl Serialize for Attributes<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(fact, record) = *self;
        let mut map = serializer.serialize_map(None)?;
        for (attribute, value) in &record.attributes {
            match value {
                AttributeValue::Flag(flag) => map.serialize_entry(attribute.name(), flag)?,
                other => map.serialize_entry(attribute.name(), &other.to_string())?,
            }
        }
        let texts = [
            ("withdrawn", text(record.withdrawn)),
            ("as_of", text(record.as_of)),
            ("quantity", text(record.quantity)),
            ("condition", record.condition.clone()),
            ("part_of", text(record.part_of.as_ref())),
            ("claims_of", text(record.claims_of.as_ref())),
            ("note", record.note.clone()),
        ];
        for (name, value) in texts {
            if let Some(value) = value {
                map.serialize_entry(name, &value)?;
            }
        }
        let lists = [
            ("territory", strings(&record.territory)),
            ("except", strings(&record.except)),
            ("tied_to", strings(&record.tied_to)),
            ("replaces", strings(&record.replaces)),
        ];
        for (name, list) in lists {
            if !list.is_empty() {
                map.serialize_entry(name, &list)?;
            }
        }
        let replaced_by = fact.replaced_by();
        if !replaced_by.is_empty() {
            map.serialize_entry("replaced_by", &replaced_by.iter().map(|by| by.id()).collect::<Vec<_>>())?;
        }
        if let Some(exclusive) = record.exclusive {
            map.serialize_entry("exclusive", &exclusive)?;
        }
        if record.unsourced {
            map.serialize_entry("unsourced", &true)?;
        }
        map.end()
    }
}

fn strings(items: &[impl ToString]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}

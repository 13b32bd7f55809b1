//! Serializes facts.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::money::{MoneyData, text};
use super::property::Properties;
use crate::graph::{Entity, Fact};
use crate::model::fact_field::FieldRef;
use crate::model::{AttributeValue, FactRecord, Role};

/// `{"id", "kind", "status", "roles", "announced", "signed", "since", "completed", "until", "term", "amount",
/// "attributes", "confidence", "properties", "evidence"}`; `attributes` has every other stated field, and `replaced_by` with the
/// ids of the facts that replace it. With a date to judge by there is also `certainty`, and `disputed` where it is true.
impl Serialize for Fact<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let record = self.record();
        let mut map = serializer.serialize_map(Some(15))?;
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
        map.serialize_entry("properties", &Properties(self.properties()))?;
        map.serialize_entry("evidence", &self.evidence().collect::<Vec<_>>())?;
        if let Some(certainty) = self.certainty() {
            map.serialize_entry("certainty", certainty.name())?;
        }
        if self.is_disputed() {
            map.serialize_entry("disputed", &true)?;
        }
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
        let mut others = Others::default();
        record.for_each_field(|row, field| others.add(row.name, field));
        for (name, text) in others.texts {
            map.serialize_entry(name, &text)?;
        }
        for (name, list) in others.lists {
            map.serialize_entry(name, &list)?;
        }
        let replaced_by = fact.replaced_by();
        if !replaced_by.is_empty() {
            map.serialize_entry("replaced_by", &replaced_by.iter().map(|by| by.id()).collect::<Vec<_>>())?;
        }
        for (name, flag) in others.flags {
            map.serialize_entry(name, &flag)?;
        }
        map.end()
    }
}

/// The fields that facts show beside their attributes.
const OWN: &[&str] = &[
    "id",
    "status",
    "announced",
    "signed",
    "since",
    "completed",
    "until",
    "term",
    "amount",
    "confidence",
    "properties",
    "evidence",
];

/// Stated fields other than these: texts, lists of texts, and what is true or false.
#[derive(Default)]
struct Others {
    texts: Vec<(&'static str, String)>,
    lists: Vec<(&'static str, Vec<String>)>,
    flags: Vec<(&'static str, bool)>,
}

impl Others {
    fn add(&mut self, name: &'static str, field: FieldRef<'_>) {
        if OWN.contains(&name) {
            return;
        }
        let text = match field {
            FieldRef::Id(id) | FieldRef::Fact(id) => text(id.as_ref()),
            FieldRef::Status(status) => text(*status),
            FieldRef::Confidence(confidence) => text(*confidence),
            FieldRef::Date(date) => text(*date),
            FieldRef::End(end) => text(*end),
            FieldRef::Term(term) => text(*term),
            FieldRef::Money(money) => text(*money),
            FieldRef::Quantity(quantity) => text(*quantity),
            FieldRef::Text(words) | FieldRef::Prose(words) => words.clone(),
            FieldRef::Facts(ids) => return self.list(name, ids),
            FieldRef::Territories(list) => return self.list(name, list),
            FieldRef::Flag(flag) => return self.flags.extend(flag.map(|flag| (name, flag))),
            FieldRef::Mark(mark) => return self.flags.extend(mark.then_some((name, true))),
            // Facts show it by itself.
            FieldRef::Properties(_) | FieldRef::Evidence(_) => None,
        };
        self.texts.extend(text.map(|text| (name, text)));
    }

    fn list(&mut self, name: &'static str, items: &[impl ToString]) {
        if !items.is_empty() {
            self.lists.push((name, items.iter().map(ToString::to_string).collect()));
        }
    }
}

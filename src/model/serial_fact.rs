//! Records of facts for serde: `{"kind": "Supply", "roles": {"supplier": ["acme"]}, "since": "2016"}`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::fact::{AttributeValue, FactRecord};
use super::fact_field::{FIELDS, FieldMut, FieldRef, FieldRow};
use super::id::Id;
use super::kinds::{Attribute, FactKind, Role};
use super::serial::{properties, unknown};
use super::vocabulary::AttributeType;
use crate::diagnostic::{a, shown};
use crate::value::Share;

/// Names that a record has besides its fields.
const PARTS: [&str; 3] = ["kind", "roles", "attributes"];

/// `{"kind", "roles": {"seller": ["id"]}, "attributes": {"share": "51%"}}` and every field that is stated, by its name in graph
/// files. The parties of a role stand together, roles in the order of their first party, as in a graph file.
impl Serialize for FactRecord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", &self.kind)?;
        map.serialize_entry("roles", &Roles(&self.roles))?;
        if !self.attributes.is_empty() {
            map.serialize_entry("attributes", &Attributes(&self.attributes))?;
        }
        let mut written = Ok(());
        self.for_each_field(|row, field| {
            if written.is_ok() {
                written = write_field::<S>(&mut map, row.name, field);
            }
        });
        written?;
        map.end()
    }
}

fn write_field<S: Serializer>(
    map: &mut S::SerializeMap,
    name: &'static str,
    field: FieldRef<'_>,
) -> Result<(), S::Error> {
    fn some<M: SerializeMap>(
        map: &mut M,
        name: &'static str,
        value: &Option<impl Serialize>,
    ) -> Result<(), M::Error> {
        value.as_ref().map_or(Ok(()), |value| map.serialize_entry(name, value))
    }
    fn list<M: SerializeMap>(
        map: &mut M,
        name: &'static str,
        list: &[impl Serialize],
    ) -> Result<(), M::Error> {
        if list.is_empty() { Ok(()) } else { map.serialize_entry(name, list) }
    }
    match field {
        FieldRef::Id(id) | FieldRef::Fact(id) => some(map, name, id),
        FieldRef::Facts(ids) => list(map, name, ids),
        FieldRef::Status(status) => some(map, name, status),
        FieldRef::Confidence(confidence) => some(map, name, confidence),
        FieldRef::Date(date) => some(map, name, date),
        FieldRef::End(end) => some(map, name, end),
        FieldRef::Term(term) => some(map, name, term),
        FieldRef::Money(money) => some(map, name, money),
        FieldRef::Quantity(quantity) => some(map, name, quantity),
        FieldRef::Territories(territories) => list(map, name, territories),
        FieldRef::Flag(flag) => some(map, name, flag),
        FieldRef::Mark(mark) => some(map, name, &mark.then_some(true)),
        FieldRef::Text(text) | FieldRef::Prose(text) => some(map, name, text),
        FieldRef::Properties(properties) => {
            some(map, name, &(!properties.is_empty()).then_some(Properties(properties)))
        }
        FieldRef::Evidence(evidence) => list(map, name, evidence),
    }
}

struct Properties<'r>(&'r [(String, String)]);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        properties::serialize(self.0, serializer)
    }
}

struct Roles<'r>(&'r [(Role, Id)]);

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut order: Vec<(Role, Vec<&Id>)> = Vec::new();
        for (role, id) in self.0 {
            match order.iter_mut().find(|(known, _)| known == role) {
                Some((_, ids)) => ids.push(id),
                None => order.push((*role, vec![id])),
            }
        }
        serializer.collect_map(order)
    }
}

struct Attributes<'r>(&'r [(Attribute, AttributeValue)]);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(attribute, value)| (attribute, value)))
    }
}

/// A flag as true or false, anything else as its text.
impl Serialize for AttributeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            other => serializer.collect_str(other),
        }
    }
}

/// Reads what serializing writes. Values are parsed as those of graph files are; whether a kind has these roles, and whether the
/// ids name something, is checked when the graph is built.
///
/// ```
/// use keiretsu::{FactRecord, Role};
/// let json = r#"{"kind":"Ownership","roles":{"owner":["oak"],"owned":["acme"]},"attributes":{"share":"51%"},"since":"2016"}"#;
/// let fact: FactRecord = serde_json::from_str(json)?;
/// assert_eq!(fact.in_role(Role::Owner).next().unwrap().as_str(), "oak");
/// assert_eq!(serde_json::to_string(&fact)?, json);
///
/// let error = serde_json::from_str::<FactRecord>(r#"{"kind":"Supply","attributes":{"share":"51%"}}"#).unwrap_err();
/// assert!(error.to_string().starts_with("a `Supply` has no attribute `share`"));
/// # Ok::<(), serde_json::Error>(())
/// ```
impl<'de> Deserialize<'de> for FactRecord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FactVisitor)
    }
}

struct FactVisitor;

impl<'de> Visitor<'de> for FactVisitor {
    type Value = FactRecord;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fact")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<FactRecord, M::Error> {
        let mut kind = None;
        let mut attributes = AttributeMap(Vec::new());
        // Until its kind is read.
        let mut fact = FactRecord::new(FactKind::Link);
        let mut seen: Vec<String> = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if seen.contains(&name) {
                return Err(M::Error::custom(format!("the field `{}` stands twice", shown(&name))));
            }
            match name.as_str() {
                "kind" => kind = Some(map.next_value()?),
                "roles" => fact.roles = map.next_value::<RoleMap>()?.0,
                "attributes" => attributes = map.next_value()?,
                other => match FieldRow::named(other).and_then(|row| fact.field_mut(row.tag)) {
                    Some(field) => read_field(field, &mut map)?,
                    None => {
                        let names = PARTS.into_iter().chain(FIELDS.iter().map(|row| row.name));
                        return Err(M::Error::custom(unknown("field of a fact", other, names)));
                    }
                },
            }
            seen.push(name);
        }
        fact.kind = kind.ok_or_else(|| M::Error::missing_field("kind"))?;
        for (attribute, value) in attributes.0 {
            let value = attribute_value(fact.kind, attribute, value).map_err(M::Error::custom)?;
            fact.attributes.push((attribute, value));
        }
        Ok(fact)
    }
}

fn read_field<'de, M: MapAccess<'de>>(field: FieldMut<'_>, map: &mut M) -> Result<(), M::Error> {
    match field {
        FieldMut::Id(id) | FieldMut::Fact(id) => *id = map.next_value()?,
        FieldMut::Facts(ids) => *ids = map.next_value()?,
        FieldMut::Status(status) => *status = map.next_value()?,
        FieldMut::Confidence(confidence) => *confidence = map.next_value()?,
        FieldMut::Date(date) => *date = map.next_value()?,
        FieldMut::End(end) => *end = map.next_value()?,
        FieldMut::Term(term) => *term = map.next_value()?,
        FieldMut::Money(money) => *money = map.next_value()?,
        FieldMut::Quantity(quantity) => *quantity = map.next_value()?,
        FieldMut::Territories(list) => *list = map.next_value()?,
        FieldMut::Flag(flag) => *flag = map.next_value()?,
        FieldMut::Mark(mark) => *mark = map.next_value()?,
        FieldMut::Text(text) | FieldMut::Prose(text) => *text = map.next_value()?,
        FieldMut::Properties(list) => *list = map.next_value::<PropertyMap>()?.0,
        FieldMut::Evidence(list) => *list = map.next_value()?,
    }
    Ok(())
}

struct PropertyMap(Vec<(String, String)>);

impl<'de> Deserialize<'de> for PropertyMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        properties::deserialize(deserializer).map(Self)
    }
}

/// The value of an attribute before the kind of its fact is known.
enum Value {
    Text(String),
    Flag(bool),
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl Visitor<'_> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text, true or false")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }
}

/// The value of an attribute, if the kind has the attribute and it takes such a value.
fn attribute_value(kind: FactKind, attribute: Attribute, value: Value) -> Result<AttributeValue, String> {
    let Some(row) = kind.row().attribute(attribute) else {
        return Err(format!("{} has no attribute `{attribute}`", a(kind.name())));
    };
    match (row.values, value) {
        (AttributeType::Text, Value::Text(text)) => Ok(AttributeValue::Text(text)),
        (AttributeType::Flag, Value::Flag(flag)) => Ok(AttributeValue::Flag(flag)),
        (AttributeType::Share, Value::Text(text)) => {
            text.parse::<Share>().map(AttributeValue::Share).map_err(|error| error.to_string())
        }
        (AttributeType::Choice(words), Value::Text(text)) => {
            let found = words.iter().find(|word| word.name == text);
            let names = words.iter().map(|word| word.name);
            found
                .map(|word| AttributeValue::Choice(word.name))
                .ok_or_else(|| unknown(&format!("word of `{attribute}`"), &text, names))
        }
        (AttributeType::Flag, Value::Text(_)) => Err(format!("`{attribute}` is true or false, not text")),
        (_, Value::Flag(_)) => Err(format!("`{attribute}` is text, not true or false")),
    }
}

/// Roles with their parties, in the order written.
struct RoleMap(Vec<(Role, Id)>);

/// Attributes with their values, in the order written.
struct AttributeMap(Vec<(Attribute, Value)>);

/// Reads a map in its order.
struct MapVisitor<K, V>(std::marker::PhantomData<(K, V)>);

impl<'de, K: Deserialize<'de> + PartialEq + fmt::Display, V: Deserialize<'de>> Visitor<'de>
    for MapVisitor<K, V>
{
    type Value = Vec<(K, V)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut entries: Self::Value = Vec::new();
        while let Some((key, value)) = map.next_entry::<K, V>()? {
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(M::Error::custom(format!("`{key}` stands twice")));
            }
            entries.push((key, value));
        }
        Ok(entries)
    }
}

impl<'de> Deserialize<'de> for RoleMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let roles = deserializer.deserialize_map(MapVisitor::<Role, Vec<Id>>(std::marker::PhantomData))?;
        let parties = |(role, ids): (Role, Vec<Id>)| ids.into_iter().map(move |id| (role, id));
        Ok(Self(roles.into_iter().flat_map(parties).collect()))
    }
}

impl<'de> Deserialize<'de> for AttributeMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = MapVisitor::<Attribute, Value>(std::marker::PhantomData);
        deserializer.deserialize_map(visitor).map(Self)
    }
}

//! A table of facts as a mapping writes it: which field is in which column.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::fact_shape::Shape;
use super::mapped::Properties;
use super::word::{Listed, Word};
use crate::diagnostic::{did_you_mean, shown};
use crate::model::{
    Attribute, DecimalMark, FactField, FactShape, FactTable, Separator, ShareUnit, other_word,
};

/// Its fields; those that are texts by their names.
#[derive(Default)]
pub(super) struct FactTableFile {
    pub(super) separator: Separator,
    pub(super) share_unit: ShareUnit,
    pub(super) decimal: DecimalMark,
    pub(super) always: Option<FactShape>,
    /// In the order of their texts.
    pub(super) kinds: Vec<(String, FactShape)>,
    pub(super) more_sources: Vec<String>,
    pub(super) properties: Vec<(String, String)>,
    texts: BTreeMap<String, String>,
}

/// Fields that are no texts, or words of lists.
const SETTINGS: &[&str] =
    &["separator", "share_unit", "decimal", "always", "kinds", "more_sources", "properties"];

/// Other texts.
const TEXTS: &[&str] = &["file", "kind"];

/// The places that a table has for columns and for the currency, with their names.
pub(super) const fn own_columns(table: &mut FactTable) -> [(&'static str, &mut Option<String>); 13] {
    [
        ("id", &mut table.id),
        ("since", &mut table.since),
        ("until", &mut table.until),
        ("announced", &mut table.announced),
        ("completed", &mut table.completed),
        ("share", &mut table.share),
        ("amount", &mut table.amount),
        ("currency", &mut table.currency),
        ("source", &mut table.source),
        ("published", &mut table.published),
        ("quote", &mut table.quote),
        ("locator", &mut table.locator),
        ("said_by", &mut table.said_by),
    ]
}

impl FactTableFile {
    /// The text of a field, which is not given out again.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        self.texts.remove(name)
    }
}

/// The names of all texts.
fn text_names() -> Vec<&'static str> {
    let own = own_columns(&mut FactTable::new("")).map(|(name, _)| name);
    let fields = FactField::ALL.iter().map(|field| field.name());
    let attributes = Attribute::ALL.iter().map(|attribute| attribute.name());
    TEXTS.iter().copied().chain(own).chain(fields).chain(attributes).collect()
}

impl<'de> Deserialize<'de> for FactTableFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct("FactTable", &[], TableVisitor)
    }
}

struct TableVisitor;

impl<'de> Visitor<'de> for TableVisitor {
    type Value = FactTableFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of facts")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<FactTableFile, M::Error> {
        let (mut table, names) = (FactTableFile::default(), text_names());
        let mut seen: Vec<String> = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            if seen.contains(&name) {
                return Err(M::Error::custom(format!("the field `{}` stands twice", shown(&name))));
            }
            match name.as_str() {
                "separator" => table.separator = word(&mut map)?,
                "share_unit" => table.share_unit = word(&mut map)?,
                "decimal" => table.decimal = word(&mut map)?,
                "more_sources" => table.more_sources = map.next_value()?,
                "properties" => table.properties = map.next_value::<Properties>()?.0,
                "always" => table.always = map.next_value::<Option<Shape>>()?.map(|Shape(shape)| shape),
                "kinds" => {
                    let kinds = map.next_value::<BTreeMap<String, Shape>>()?;
                    table.kinds = kinds.into_iter().map(|(text, Shape(shape))| (text, shape)).collect();
                }
                own if names.contains(&own) => {
                    if let Some(text) = map.next_value::<Option<String>>()? {
                        table.texts.insert(name.clone(), text);
                    }
                }
                other => {
                    let near = || did_you_mean(other, names.iter().chain(SETTINGS).copied());
                    let near = other_word::field(other, &names).or_else(near);
                    let near = near.map(|near| format!("; {near}")).unwrap_or_default();
                    let message = format!("a table of facts has no field `{}`{near}", shown(other));
                    return Err(M::Error::custom(message));
                }
            }
            seen.push(name);
        }
        Ok(table)
    }
}

/// A word of a list; the usual one where none is given.
fn word<'de, T: Listed + Default, M: MapAccess<'de>>(map: &mut M) -> Result<T, M::Error> {
    Ok(map.next_value::<Option<Word<T>>>()?.map_or_else(T::default, |Word(word)| word))
}

/// The name of a field.
pub(super) struct Name(pub(super) String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(Name(name.to_owned()))
    }
}

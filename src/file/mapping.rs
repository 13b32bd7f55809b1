//! Mappings of tables, as RON.

use std::collections::BTreeMap;

use ron::extensions::Extensions;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::fact_table::{FactTableFile, own_columns};
use super::mapped::Properties;
use super::word::{Word, invalid, mapping_error};
use crate::diagnostic::shown;
use crate::error;
use crate::model::{Attribute, EntityKind, EntityTable, FactField, FactTable, Mapping, Separator};

#[derive(Deserialize)]
#[serde(rename = "Mapping", deny_unknown_fields)]
struct MappingFile {
    title: Option<String>,
    #[serde(default)]
    entities: Vec<Entities>,
    #[serde(default)]
    facts: Vec<Facts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityTableFile {
    file: String,
    separator: Option<Word<Separator>>,
    id: String,
    name: Option<String>,
    always: Option<Word<EntityKind>>,
    kind: Option<String>,
    #[serde(default)]
    kinds: BTreeMap<String, Word<EntityKind>>,
    country: Option<String>,
    #[serde(default)]
    properties: Properties,
}

impl Mapping {
    /// Reads a mapping from RON.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`](crate::ErrorKind::Syntax) if it is not well-formed,
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) if it names a kind or role that the vocabulary does not have, or
    /// leaves the kind of a table open; each with its line.
    ///
    /// ```
    /// let mapping = keiretsu::Mapping::from_ron(r#"Mapping(
    ///     entities: [ (file: "companies.csv", id: "id", name: "name", always: "Company") ],
    ///     facts: [ (file: "deals.csv", always: (fact: "Supply", roles: {"supplier": ["from"], "customer": ["to"]})) ],
    /// )"#)?;
    /// assert_eq!(mapping.entities[0].file, "companies.csv");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn from_ron(text: &str) -> error::Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let file: MappingFile = options.from_str(text).map_err(|error| mapping_error(&error))?;
        Ok(Self {
            title: file.title,
            entities: file.entities.into_iter().map(|Entities(table)| table).collect(),
            facts: file.facts.into_iter().map(|Facts(table)| table).collect(),
        })
    }
}

/// A table of entities that says their kind.
struct Entities(EntityTable);

impl<'de> Deserialize<'de> for Entities {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = EntityTableFile::deserialize(deserializer)?;
        entities(table).map(Self).map_err(D::Error::custom)
    }
}

/// A table of facts that says their kind.
struct Facts(FactTable);

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = FactTableFile::deserialize(deserializer)?;
        facts(table).map(Self).map_err(D::Error::custom)
    }
}

fn entities(table: EntityTableFile) -> Result<EntityTable, String> {
    is_said(&table.file, table.always.is_some(), table.kind.is_some())?;
    Ok(EntityTable {
        always: table.always.map(|Word(kind)| kind),
        kinds: table.kinds.into_iter().map(|(text, Word(kind))| (text, kind)).collect(),
        separator: table.separator.map_or(Separator::Comma, |Word(separator)| separator),
        file: table.file,
        id: table.id,
        name: table.name,
        kind: table.kind,
        country: table.country,
        properties: table.properties.0,
    })
}

fn facts(mut table: FactTableFile) -> Result<FactTable, String> {
    let file = table.take("file").ok_or_else(|| invalid("a table of facts needs `file`", None))?;
    let kind = table.take("kind");
    is_said(&file, table.always.is_some(), kind.is_some())?;
    let mut read = FactTable::new(&file);
    read.always = table.always.take();
    read.kinds = std::mem::take(&mut table.kinds);
    (read.separator, read.share_unit, read.decimal) = (table.separator, table.share_unit, table.decimal);
    read.kind = kind;
    read.more_sources = std::mem::take(&mut table.more_sources);
    for (name, place) in own_columns(&mut read) {
        *place = table.take(name);
    }
    let fields = FactField::ALL.iter();
    read.fields = fields.filter_map(|field| Some((*field, table.take(field.name())?))).collect();
    read.properties = std::mem::take(&mut table.properties);
    // The share has been taken.
    let attributes = Attribute::ALL.iter();
    read.attributes = attributes.filter_map(|one| Some((*one, table.take(one.name())?))).collect();
    Ok(read)
}

/// The kind of a table is said in one way.
fn is_said(file: &str, always: bool, column: bool) -> Result<(), String> {
    if always != column {
        return Ok(());
    }
    Err(invalid(format!("the table `{}` needs either `always` or `kind`", shown(file)), None))
}

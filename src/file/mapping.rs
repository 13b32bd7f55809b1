//! Mappings of tables, as RON.

use std::collections::BTreeMap;

use ron::extensions::Extensions;
use serde::Deserialize;

use super::fact_table::{FactTableFile, own_columns};
use crate::diagnostic::{did_you_mean, shown};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{
    Attribute, DecimalMark, EntityKind, EntityTable, FactField, FactKind, FactShape, FactTable, Mapping,
    Role, Separator, ShareUnit,
};

#[derive(Deserialize)]
#[serde(rename = "Mapping", deny_unknown_fields)]
struct MappingFile {
    title: Option<String>,
    #[serde(default)]
    entities: Vec<EntityTableFile>,
    #[serde(default)]
    facts: Vec<FactTableFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityTableFile {
    file: String,
    separator: Option<String>,
    id: String,
    name: Option<String>,
    always: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    kinds: BTreeMap<String, String>,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShapeFile {
    fact: String,
    roles: BTreeMap<String, Vec<String>>,
}

impl Mapping {
    /// Reads a mapping from RON.
    ///
    /// # Errors
    /// [`ErrorKind::Syntax`] with line and column if it is not well-formed, [`ErrorKind::Invalid`] if it names a kind or
    /// role that the vocabulary does not have, or leaves the kind of a table open.
    ///
    /// ```
    /// let mapping = keiretsu::Mapping::from_ron(r#"Mapping(
    ///     entities: [ (file: "companies.csv", id: "id", name: "name", always: "Company") ],
    ///     facts: [ (file: "deals.csv", always: (fact: "Supply", roles: {"supplier": ["from"], "customer": ["to"]})) ],
    /// )"#)?;
    /// assert_eq!(mapping.entities[0].file, "companies.csv");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn from_ron(text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let file: MappingFile = options.from_str(text).map_err(|error| {
            Error::new(
                ErrorKind::Syntax,
                format!("the mapping, line {}: {}", error.span.start.line, error.code),
            )
        })?;
        Ok(Self {
            title: file.title,
            entities: file.entities.into_iter().map(entities).collect::<Result<_>>()?,
            facts: file.facts.into_iter().map(facts).collect::<Result<_>>()?,
        })
    }
}

fn entities(table: EntityTableFile) -> Result<EntityTable> {
    is_said(&table.file, table.always.is_some(), table.kind.is_some())?;
    let kind =
        |name: &str| known(name, "kind of entity", EntityKind::from_name, EntityKind::ALL, EntityKind::name);
    Ok(EntityTable {
        always: table.always.as_deref().map(kind).transpose()?,
        kinds: table.kinds.into_iter().map(|(text, name)| Ok((text, kind(&name)?))).collect::<Result<_>>()?,
        separator: separator(&table.file, table.separator.as_deref())?,
        file: table.file,
        id: table.id,
        name: table.name,
        kind: table.kind,
        country: table.country,
    })
}

fn facts(mut table: FactTableFile) -> Result<FactTable> {
    let file =
        table.take("file").ok_or_else(|| Error::new(ErrorKind::Invalid, "a table of facts needs `file`"))?;
    let kind = table.take("kind");
    is_said(&file, table.always.is_some(), kind.is_some())?;
    let unit =
        |name: &str| known(name, "unit of shares", ShareUnit::from_name, ShareUnit::ALL, ShareUnit::name);
    let share_unit = table.take("share_unit").as_deref().map(unit).transpose()?.unwrap_or_default();
    let mut read = FactTable::new(&file);
    read.separator = separator(&file, table.take("separator").as_deref())?;
    read.always = table.always.take().map(shape).transpose()?;
    let kinds = std::mem::take(&mut table.kinds).into_iter();
    read.kinds = kinds.map(|(text, file)| Ok((text, shape(file)?))).collect::<Result<_>>()?;
    (read.kind, read.share_unit) = (kind, share_unit);
    let mark =
        |name: &str| known(name, "decimal mark", DecimalMark::from_name, DecimalMark::ALL, DecimalMark::name);
    read.decimal = table.take("decimal").as_deref().map(mark).transpose()?.unwrap_or_default();
    for (name, place) in own_columns(&mut read) {
        *place = table.take(name);
    }
    let fields = FactField::ALL.iter();
    read.fields = fields.filter_map(|field| Some((*field, table.take(field.name())?))).collect();
    // The share has been taken.
    let attributes = Attribute::ALL.iter();
    read.attributes = attributes.filter_map(|one| Some((*one, table.take(one.name())?))).collect();
    Ok(read)
}

fn shape(file: ShapeFile) -> Result<FactShape> {
    let kind = known(&file.fact, "kind of fact", FactKind::from_name, FactKind::ALL, FactKind::name)?;
    let mut roles = Vec::new();
    for (name, columns) in file.roles {
        let role = known(&name, "role", Role::from_name, Role::ALL, Role::name)?;
        roles.extend(columns.into_iter().map(|column| (role, column)));
    }
    Ok(FactShape { kind, roles })
}

fn separator(file: &str, text: Option<&str>) -> Result<Separator> {
    let Some(text) = text else { return Ok(Separator::Comma) };
    Separator::from_name(text).ok_or_else(|| {
        let message = format!("`{}` is no separator of the table `{}`", shown(text), shown(file));
        let known = quoted(Separator::ALL.iter().map(|one| one.name()));
        Error::new(ErrorKind::Invalid, message).hint(Some(format!("separators are {known}")))
    })
}

/// The kind of a table is said in one way.
fn is_said(file: &str, always: bool, column: bool) -> Result<()> {
    if always != column {
        return Ok(());
    }
    let message = format!("the table `{}` needs either `always` or `kind`", shown(file));
    Err(Error::new(ErrorKind::Invalid, message))
}

/// So many words are all told where none is like the one that is wrong.
const FEW: usize = 4;

fn quoted<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}

fn known<T: Copy>(
    name: &str,
    noun: &str,
    read: fn(&str) -> Option<T>,
    all: &[T],
    name_of: fn(T) -> &'static str,
) -> Result<T> {
    read(name).ok_or_else(|| {
        let names = || all.iter().map(|one| name_of(*one));
        let all_of_them = || (all.len() <= FEW).then(|| format!("known are {}", quoted(names())));
        let hint = did_you_mean(name, names()).or_else(all_of_them);
        Error::new(ErrorKind::Invalid, format!("there is no {noun} `{}`", shown(name))).hint(hint)
    })
}

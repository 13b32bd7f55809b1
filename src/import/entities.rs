//! Rows that are entities.

use super::blocks::Block;
use super::cells;
use super::faults::{Coded, Fault, Faults, Reasons};
use super::properties::PropertyColumns;
use super::rejects::Unused;
use super::spellings::Spellings;
use super::split::{Row, Split};
use super::table::Header;
use super::threads::{AddRows, ReadRows};
use std::borrow::Cow;

use crate::diagnostic::{Code, a, shown};
use crate::error::Result;
use crate::graph::{Bulk, EntityPart, Property, needed_field};
use crate::limits::Limits;
use crate::model::{EntityKind, EntityTable};
use crate::value::Country;

/// The columns of an entity.
pub(super) struct Columns<'m> {
    table: &'m EntityTable,
    limits: &'m Limits,
    labels: Vec<String>,
    id: Option<usize>,
    name: Option<usize>,
    kind: Option<usize>,
    country: Option<usize>,
    properties: PropertyColumns<'m>,
}

/// The entities of a block.
#[derive(Default)]
pub(super) struct Part {
    entities: EntityPart,
    /// The row of each entity.
    rows: Vec<u32>,
    /// The ids that differ from the text of their rows by more than case: the entity, its id, and that text.
    spelled: Vec<(usize, String, String)>,
    /// The id texts of rejected rows.
    unused: Vec<String>,
    /// The properties of the row being read.
    properties: Vec<Property>,
    /// The countries seen so far.
    countries: Vec<String>,
}

impl ReadRows for Columns<'_> {
    type Part = Part;

    fn read(&self, block: &Block, split: &Split, part: &mut Part, unused: &mut Vec<Unused>) {
        part.entities.clear();
        part.rows.clear();
        part.spelled.clear();
        part.unused.clear();
        split.each(block, &self.labels, |n, row| match row.and_then(|row| self.entity(row, part)) {
            Ok(()) => part.rows.push(n as u32),
            Err(reason) => {
                unused.push((n as u32, reason));
                part.unused.extend(self.id_text(block, split, n).map(str::to_owned));
            }
        });
    }
}

/// Adds entities to a graph.
pub(super) struct Adder<'b> {
    pub(super) columns: &'b Columns<'b>,
    pub(super) bulk: &'b mut Bulk,
    pub(super) spellings: &'b mut Spellings,
}

impl AddRows for Adder<'_> {
    type Part = Part;

    fn expect(&mut self, part: &Part, times: usize) {
        self.bulk.expect(&part.entities, times);
    }

    fn add(&mut self, part: &mut Part, unused: &mut Vec<Unused>) {
        let before = unused.len();
        let Self { columns, bulk, spellings } = self;
        part.unused.iter().for_each(|text| spellings.reject(text));
        // Entities are added before those of the same block that clash with them are reported.
        let mut refused: Vec<(usize, String)> = Vec::new();
        bulk.entities(&part.entities, |n, id| refused.push((n, id.to_owned())));
        let is_refused = |n: usize| refused.binary_search_by_key(&n, |(n, _)| *n).is_ok();
        for (_, id, text) in part.spelled.iter().filter(|(n, ..)| !is_refused(*n)) {
            spellings.add(id, text);
        }
        for (n, id) in &refused {
            let spelled = part.spelled.binary_search_by_key(n, |(n, ..)| *n).ok();
            let text = spelled.and_then(|at| part.spelled.get(at)).map_or(id, |(.., text)| text);
            spellings.reject(text);
            let label = columns.id.and_then(|id| columns.labels.get(id));
            let fault = Fault::new(Code::Conflict, spellings.taken(id, text)).of_column(label);
            unused.push((part.rows.get(*n).copied().unwrap_or_default(), fault.into()));
        }
        if unused.len() > before {
            unused.sort_by_key(|(row, _)| *row);
        }
    }
}

impl<'m> Columns<'m> {
    pub(super) fn new(table: &'m EntityTable, header: &Header, limits: &'m Limits) -> Result<Self> {
        Ok(Self {
            table,
            limits,
            labels: header.labels(),
            id: header.find(Some(&table.id))?,
            name: header.find(table.name.as_ref())?,
            kind: header.find(table.kind.as_ref())?,
            country: header.find(table.country.as_ref())?,
            properties: PropertyColumns::new(&table.properties, header, limits)?,
        })
    }

    fn entity(&self, row: Row<'_>, part: &mut Part) -> std::result::Result<(), Reasons> {
        let most = self.limits.name_chars;
        let mut faults = Faults::new(&self.labels);
        let text = row.cell(self.id).unwrap_or_default();
        let id = if text.is_empty() {
            Err("the id is empty").coded(Code::EmptyText)
        } else {
            cells::new_id(text, most)
        };
        let id = faults.keep_of(self.id, id);
        let (column, name) = match row.cell(self.name) {
            Some(name) => (self.name, Some(name)),
            None => (self.id, id.as_deref()),
        };
        let name = name.and_then(|name| faults.keep_of(column, cells::line(name, "name", most)));
        let kind = faults.keep_of(self.kind, self.kind(row).and_then(whole));
        let country = faults
            .read(row, self.country, |text| country(text, &mut part.countries).coded(Code::BadTerritory));
        part.properties.clear();
        self.properties.read(row, &mut faults, |key, value| part.properties.push(Property::new(key, &value)));
        let (Some(id), Some(name), Some(kind), true) = (id.as_deref(), name, kind, faults.is_empty()) else {
            return Err(faults.in_one_line());
        };
        if !id.eq_ignore_ascii_case(text) {
            part.spelled.push((part.rows.len(), id.to_string(), text.to_owned()));
        }
        part.entities.push(kind, id, name, country.as_deref(), &part.properties);
        Ok(())
    }

    /// The id text of a row, used or not.
    fn id_text<'b>(&self, block: &'b Block, split: &'b Split, row: usize) -> Option<&'b str> {
        let cell = self.id.and_then(|column| split.raw(block, row).1.nth(column))?;
        std::str::from_utf8(cell).ok().map(str::trim).filter(|text| !text.is_empty())
    }

    fn kind(&self, row: Row<'_>) -> std::result::Result<EntityKind, Fault> {
        if let Some(kind) = self.table.always {
            return Ok(kind);
        }
        let text = row.cell(self.kind).ok_or("the kind is empty").coded(Code::MissingField)?;
        let listed = self.table.kinds.iter().find(|(own, _)| own == text).map(|(_, kind)| *kind);
        let named = || EntityKind::from_name(text).filter(|_| self.table.kinds.is_empty());
        let kind = listed.or_else(named);
        kind.ok_or_else(|| format!("the mapping knows no kind `{}`", shown(text))).coded(Code::UnknownKind)
    }
}

/// A kind, if its entities need no fields that tables do not have.
fn whole(kind: EntityKind) -> std::result::Result<EntityKind, Fault> {
    match needed_field(kind) {
        None => Ok(kind),
        Some(field) => Err(Fault::new(
            Code::MissingField,
            format!(
                "{} needs `{field}`, and tables have no column for it: write it in a graph file",
                a(kind.name())
            ),
        )),
    }
}

/// A country in its printed form. `known` has those seen before.
fn country<'t>(text: &'t str, known: &mut Vec<String>) -> std::result::Result<Cow<'t, str>, String> {
    if known.iter().any(|known| known == text) {
        return Ok(Cow::Borrowed(text));
    }
    let read = |text: &str| text.parse::<Country>();
    let in_capitals = |error| read(&text.to_ascii_uppercase()).map_err(|_| cells::with_hint(&error));
    let country = read(text).or_else(in_capitals)?.to_string();
    known.push(country.clone());
    Ok(Cow::Owned(country))
}

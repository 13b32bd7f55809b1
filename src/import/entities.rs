//! Rows that are entities.

use super::blocks::Block;
use super::cells;
use super::rejects::Unused;
use super::split::{Row, Split};
use super::table::Header;
use super::threads::{AddRows, ReadRows};
use crate::diagnostic::shown;
use crate::error::Result;
use crate::graph::{Bulk, EntityPart};
use crate::limits::Limits;
use crate::model::{EntityKind, EntityTable};
use crate::value::Country;

/// Where the cells of an entity are.
pub(super) struct Columns<'m> {
    table: &'m EntityTable,
    limits: &'m Limits,
    width: usize,
    id: Option<usize>,
    name: Option<usize>,
    kind: Option<usize>,
    country: Option<usize>,
}

/// The entities of a block.
#[derive(Default)]
pub(super) struct Part {
    entities: EntityPart,
    /// Of each, its row.
    rows: Vec<u32>,
    /// The countries seen so far.
    countries: Vec<String>,
}

impl ReadRows for Columns<'_> {
    type Part = Part;

    fn read(&self, block: &Block, split: &Split, part: &mut Part, unused: &mut Vec<Unused>) {
        part.entities.clear();
        part.rows.clear();
        split.each(block, self.width, |n, row| match row.and_then(|row| self.entity(row, part)) {
            Ok(()) => part.rows.push(n as u32),
            Err(reason) => unused.push((n as u32, reason)),
        });
    }
}

/// Puts entities into a graph.
pub(super) struct Adder<'b>(pub(super) &'b mut Bulk);

impl AddRows for Adder<'_> {
    type Part = Part;

    fn expect(&mut self, part: &Part, times: usize) {
        self.0.expect(&part.entities, times);
    }

    fn add(&mut self, part: &mut Part, unused: &mut Vec<Unused>) {
        let before = unused.len();
        self.0.entities(&part.entities, |n, id| {
            let row = part.rows.get(n).copied().unwrap_or_default();
            unused.push((row, format!("the id `{}` is taken by a row before", shown(id))));
        });
        if unused.len() > before {
            unused.sort_by_key(|(row, _)| *row);
        }
    }
}

impl<'m> Columns<'m> {
    pub(super) fn new(
        table: &'m EntityTable,
        header: &Header,
        width: usize,
        limits: &'m Limits,
    ) -> Result<Self> {
        Ok(Self {
            table,
            limits,
            width,
            id: header.find(Some(&table.id))?,
            name: header.find(table.name.as_ref())?,
            kind: header.find(table.kind.as_ref())?,
            country: header.find(table.country.as_ref())?,
        })
    }

    fn entity(&self, row: Row<'_>, part: &mut Part) -> std::result::Result<(), String> {
        let most = self.limits.name_chars;
        let id = cells::new_id(row.cell(self.id).ok_or("the id is empty")?, most)?;
        let name = cells::line(row.cell(self.name).unwrap_or(&id), "name", most)?;
        let kind = self.kind(row)?;
        let country = row.cell(self.country);
        if let Some(country) = country.filter(|country| !part.countries.iter().any(|known| known == country))
        {
            let known = country.parse::<Country>().map_err(|error| error.to_string())?;
            if known.to_string() != country {
                return Err(format!("write the country `{}` as `{known}`", shown(country)));
            }
            part.countries.push(country.to_owned());
        }
        part.entities.push(kind, &id, name, country);
        Ok(())
    }

    fn kind(&self, row: Row<'_>) -> std::result::Result<EntityKind, String> {
        if let Some(kind) = self.table.always {
            return Ok(kind);
        }
        let text = row.cell(self.kind).ok_or("the kind is empty")?;
        let listed = self.table.kinds.iter().find(|(own, _)| own == text).map(|(_, kind)| *kind);
        let named = || EntityKind::from_name(text).filter(|_| self.table.kinds.is_empty());
        let kind = listed.or_else(named);
        kind.ok_or_else(|| format!("the mapping knows no kind `{}`", shown(text)))
    }
}

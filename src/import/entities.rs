//! Rows that are entities.

use super::cells;
use super::table::{Header, Row, Take};
use crate::diagnostic::shown;
use crate::error::Result;
use crate::graph::Bulk;
use crate::limits::Limits;
use crate::model::{EntityKind, EntityTable};
use crate::value::Country;

/// Where the cells of an entity are.
pub(super) struct Columns<'m> {
    table: &'m EntityTable,
    id: Option<usize>,
    name: Option<usize>,
    kind: Option<usize>,
    country: Option<usize>,
    /// The countries so far.
    countries: Vec<String>,
}

/// Puts the entities of rows into a graph.
pub(super) struct Taker<'t, 'm> {
    pub(super) columns: &'t mut Columns<'m>,
    pub(super) bulk: &'t mut Bulk,
    pub(super) limits: &'t Limits,
}

impl Take for Taker<'_, '_> {
    fn take(&mut self, row: Row<'_>) -> std::result::Result<(), String> {
        self.columns.entity(row, self.bulk, self.limits)
    }
}

impl<'m> Columns<'m> {
    pub(super) fn new(table: &'m EntityTable, header: &Header) -> Result<Self> {
        Ok(Self {
            table,
            id: header.find(Some(&table.id))?,
            name: header.find(table.name.as_ref())?,
            kind: header.find(table.kind.as_ref())?,
            country: header.find(table.country.as_ref())?,
            countries: Vec::new(),
        })
    }

    fn entity(&mut self, row: Row<'_>, bulk: &mut Bulk, limits: &Limits) -> std::result::Result<(), String> {
        let id = cells::new_id(row.cell(self.id)?.ok_or("the id is empty")?, limits.name_chars)?;
        let name = cells::line(row.cell(self.name)?.unwrap_or(&id), "name", limits.name_chars)?;
        let kind = self.kind(row)?;
        let country = row.cell(self.country)?;
        if let Some(country) = country.filter(|country| !self.countries.iter().any(|known| known == country))
        {
            let known = country.parse::<Country>().map_err(|error| error.to_string())?;
            if known.to_string() != country {
                return Err(format!("write the country `{}` as `{known}`", shown(country)));
            }
            self.countries.push(country.to_owned());
        }
        if bulk.entity(kind, &id, name, country) {
            Ok(())
        } else {
            Err(format!("the id `{}` is taken by a row before", shown(&id)))
        }
    }

    fn kind(&self, row: Row<'_>) -> std::result::Result<EntityKind, String> {
        if let Some(kind) = self.table.always {
            return Ok(kind);
        }
        let text = row.cell(self.kind)?.ok_or("the kind is empty")?;
        let listed = self.table.kinds.iter().find(|(own, _)| own == text).map(|(_, kind)| *kind);
        let named = || EntityKind::from_name(text).filter(|_| self.table.kinds.is_empty());
        let kind = listed.or_else(named);
        kind.ok_or_else(|| format!("the mapping knows no kind `{}`", shown(text)))
    }
}

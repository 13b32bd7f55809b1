//! Columns of open properties.

use super::cells;
use super::faults::Faults;
use super::split::Row;
use super::table::Header;
use crate::diagnostic::shown;
use crate::error::{Error, ErrorKind, Result};
use crate::limits::Limits;
use crate::model::property::{PROPERTIES, is_key};

/// The keys of a table's properties, each with the position of its column.
pub(super) struct PropertyColumns<'m> {
    most: usize,
    columns: Vec<(&'m str, Option<usize>)>,
}

impl<'m> PropertyColumns<'m> {
    pub(super) fn new(mapped: &'m [(String, String)], header: &Header, limits: &Limits) -> Result<Self> {
        let mut columns: Vec<(&str, Option<usize>)> = Vec::new();
        for (key, column) in mapped {
            let invalid = |what| {
                let message = format!("the mapping: {what}");
                Err(Error::new(ErrorKind::Invalid, message))
            };
            if !is_key(key) || key.chars().nth(limits.name_chars).is_some() {
                return invalid(format!("`{}` is not the key of a property", shown(key)));
            }
            if columns.iter().any(|(own, _)| own == key) {
                return invalid(format!("the property `{}` has two columns", shown(key)));
            }
            columns.push((key, header.find(Some(column))?));
        }
        Ok(Self { most: limits.text_bytes, columns })
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// What a row says in these columns; an empty cell says nothing.
    pub(super) fn read(&self, row: Row<'_>, faults: &mut Faults<'_>, mut found: impl FnMut(&'m str, String)) {
        for (key, column) in &self.columns {
            let value = faults.read(row, *column, |text| cells::text(text, PROPERTIES, true, self.most));
            if let Some(value) = value {
                found(key, value);
            }
        }
    }
}

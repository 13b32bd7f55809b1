//! Columns of what a source says.

use super::cells::{self, Faults};
use super::split::Row;
use super::table::Header;
use crate::error::Result;
use crate::graph::Words;
use crate::limits::Limits;
use crate::model::FactTable;

/// Where they are, in a table that has some.
pub(super) struct WordColumns {
    quote: Option<usize>,
    locator: Option<usize>,
    said_by: Option<usize>,
}

impl WordColumns {
    pub(super) fn new(table: &FactTable, header: &Header) -> Result<Option<Self>> {
        let find = |name: &Option<String>| header.find(name.as_ref());
        let own = Self {
            quote: find(&table.quote)?,
            locator: find(&table.locator)?,
            said_by: find(&table.said_by)?,
        };
        let has_some = own.quote.or(own.locator).or(own.said_by).is_some();
        Ok(has_some.then_some(own))
    }

    /// What the source of a row says; none if nothing is known but its name.
    pub(super) fn read(
        &self,
        row: Row<'_>,
        source: Option<usize>,
        limits: &Limits,
        faults: &mut Faults<'_>,
    ) -> Option<Words> {
        let has_source = row.cell(source).is_some();
        let mut text = |column: Option<usize>, name: &str, has_lines: bool| {
            faults.read(row, column, |text| match has_source {
                true => cells::text(text, name, has_lines, limits.text_bytes),
                false => Err(format!("`{name}` is of a source, and none is named")),
            })
        };
        let words = Words {
            quote: text(self.quote, "quote", true),
            locator: text(self.locator, "locator", false),
            said_by: text(self.said_by, "said_by", false),
        };
        let has_some = words.quote.is_some() || words.locator.is_some() || words.said_by.is_some();
        has_some.then_some(words)
    }
}

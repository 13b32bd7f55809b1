//! Columns for what a source says, and for further sources.

use super::cells;
use super::faults::{Coded, Faults};
use super::split::Row;
use super::table::Header;
use crate::diagnostic::Code;
use crate::error::Result;
use crate::graph::Words;
use crate::limits::Limits;
use crate::model::FactTable;

/// The positions of these columns, in a table that has some.
pub(super) struct WordColumns {
    quote: Option<usize>,
    locator: Option<usize>,
    said_by: Option<usize>,
    others: Vec<Option<usize>>,
}

impl WordColumns {
    pub(super) fn new(table: &FactTable, header: &Header) -> Result<Option<Self>> {
        let find = |name: &Option<String>| header.find(name.as_ref());
        let own = Self {
            quote: find(&table.quote)?,
            locator: find(&table.locator)?,
            said_by: find(&table.said_by)?,
            others: table.more_sources.iter().map(|name| header.find(Some(name))).collect::<Result<_>>()?,
        };
        let has_some = own.quote.or(own.locator).or(own.said_by).is_some() || !own.others.is_empty();
        Ok(has_some.then_some(own))
    }

    /// What the source of a row says; `None` if only its name is known.
    pub(super) fn read(
        &self,
        row: Row<'_>,
        source: Option<usize>,
        limits: &Limits,
        faults: &mut Faults<'_>,
    ) -> Option<Box<Words>> {
        let source = row.cell(source);
        let has_source = source.is_some();
        let mut others: Vec<String> = Vec::new();
        for text in self.others.iter().filter_map(|column| row.cell(*column)) {
            // A source named twice says nothing more.
            if Some(text) != source && !others.iter().any(|other| other == text) {
                others.push(text.to_owned());
            }
        }
        let mut text = |column: Option<usize>, name: &str, has_lines: bool| {
            faults.read(row, column, |text| match has_source {
                true => cells::text(text, name, has_lines, limits.text_bytes),
                false => Err(format!("`{name}` is of a source, and none is named")).coded(Code::MissingField),
            })
        };
        let words = Words {
            quote: text(self.quote, "quote", true),
            locator: text(self.locator, "locator", false),
            said_by: text(self.said_by, "said_by", false),
            others,
        };
        let Words { quote, locator, said_by, others } = &words;
        let has_some = quote.is_some() || locator.is_some() || said_by.is_some() || !others.is_empty();
        has_some.then(|| Box::new(words))
    }
}

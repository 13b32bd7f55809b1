//! Rejected rows, and progress of the import.

use std::io::{self, Write};

use csv::{ByteRecord, Writer, WriterBuilder};

use super::blocks::Block;
use super::encoding::Encoding;
use super::faults::Reasons;
use super::lines::Lines;
use super::rows::RowNumbers;
use super::split::Split;
use super::table::failed;
use super::{CsvImport, FIRST, Progress, Reject};
use crate::diagnostic::shown;
use crate::error::{Error, ErrorKind, Result};

/// Counts rows, and writes out those that cannot be used.
pub(super) struct Rejects<'f> {
    writer: Option<Writer<Box<dyn Write + 'f>>>,
    has_header: bool,
    progress: Option<Progress<'f>>,
    /// Bytes of the previous tables, and of all tables.
    before: u64,
    bytes: u64,
    used: u64,
    rejected: u64,
    first: Vec<Reject>,
    encoding: Encoding,
    /// Which rows of this table became records.
    rows: RowNumbers,
    /// How many rows were used and rejected before this table, and which tables lack some.
    ended: (u64, u64),
    lacking: Vec<Lacking>,
}

/// A table with rejected rows.
struct Lacking {
    file: String,
    rows: u64,
    rejected: u64,
}

/// At most this many tables with rejected rows are named.
const NAMED: usize = 20;

/// The number of a row in its block, and why the row cannot be used.
pub(super) type Unused = (u32, Reasons);

impl<'f> Rejects<'f> {
    pub(super) fn new(
        writer: Option<Box<dyn Write + 'f>>,
        progress: Option<Progress<'f>>,
        bytes: u64,
    ) -> Self {
        Self {
            writer: writer.map(|writer| WriterBuilder::new().flexible(true).from_writer(writer)),
            has_header: false,
            progress,
            before: 0,
            bytes,
            used: 0,
            rejected: 0,
            first: Vec::new(),
            encoding: Encoding::default(),
            rows: RowNumbers::default(),
            ended: (0, 0),
            lacking: Vec::new(),
        }
    }

    /// Records the results of a block. The rows that cannot be used must be in order.
    pub(super) fn take(
        &mut self,
        (file, lines): (&str, &mut Lines),
        (block, split): (&Block, &Split),
        unused: &mut Vec<Unused>,
    ) -> Result<()> {
        self.used += (split.len() - unused.len()) as u64;
        if !split.is_ascii() {
            self.watch_encoding(block, split, unused);
        }
        self.rows.take(split.len(), unused);
        for (row, Reasons { text: reason, codes }) in unused.drain(..) {
            let (byte, cells) = split.raw(block, row as usize);
            let line = lines.of_row(byte).map_err(|error| failed(file, error))?;
            if let Some(writer) = self.writer()? {
                let mut record = ByteRecord::new();
                record.push_field(file.as_bytes());
                record.push_field(line.to_string().as_bytes());
                record.push_field(reason.as_bytes());
                cells.for_each(|cell| record.push_field(cell));
                writer.write_byte_record(&record).map_err(|error| unwritten(error.into()))?;
            }
            self.rejected += 1;
            if self.first.len() < FIRST {
                self.first.push(Reject { file: file.to_owned(), line, reason, codes });
            }
        }
        self.tell(block.end());
        Ok(())
    }

    /// Examines the non-ASCII letters of a block. Rows that are not UTF-8 are unused, so they are examined again.
    fn watch_encoding(&mut self, block: &Block, split: &Split, unused: &[Unused]) {
        let is_utf8 = |(row, _): &Unused| {
            split.raw(block, *row as usize).1.all(|cell| std::str::from_utf8(cell).is_ok())
        };
        if unused.iter().all(is_utf8) {
            return self.encoding.see_others();
        }
        for row in 0..split.len() {
            self.encoding.watch_row(split.raw(block, row).1);
        }
    }

    /// The writer, after it has written the header.
    fn writer(&mut self) -> Result<Option<&mut Writer<Box<dyn Write + 'f>>>> {
        let is_new = !std::mem::replace(&mut self.has_header, true);
        if let Some(writer) = self.writer.as_mut().filter(|_| is_new) {
            let names = CsvImport::REJECTS_HEADER.trim_end().split(',');
            writer.write_record(names).map_err(|error| unwritten(error.into()))?;
        }
        Ok(self.writer.as_mut())
    }

    fn tell(&mut self, bytes: u64) {
        let done = self.before + bytes;
        if let Some(progress) = &mut self.progress {
            progress(done, self.bytes.max(done));
        }
    }

    /// Ends a table of this many bytes.
    pub(super) const fn end_table(&mut self, bytes: u64) {
        self.before += bytes;
    }

    /// Returns which rows of the table that ended were used.
    pub(super) fn rows(&mut self) -> RowNumbers {
        std::mem::take(&mut self.rows)
    }

    /// Counts the rows of the table that ended. Returns a hint if its encoding is wrong.
    pub(super) fn sum_up(&mut self, file: &str) -> Option<String> {
        let (used, rejected) = std::mem::replace(&mut self.ended, (self.used, self.rejected));
        let (used, rejected) = (self.used - used, self.rejected - rejected);
        if rejected > 0 {
            self.lacking.push(Lacking { file: file.to_owned(), rows: used + rejected, rejected });
        }
        std::mem::take(&mut self.encoding).hint(file)
    }

    /// A description for the graph, if tables lack rows.
    pub(super) fn description(&self) -> Option<String> {
        let count = |rejected: u64, rows: u64| {
            format!("{rejected} of {rows} row{} of", if rows == 1 { "" } else { "s" })
        };
        let (named, others) = self.lacking.split_at_checked(NAMED).unwrap_or((&self.lacking, &[]));
        let name = |one: &Lacking| format!("{} {}", count(one.rejected, one.rows), shown(&one.file));
        let mut names: Vec<String> = named.iter().map(name).collect();
        if !others.is_empty() {
            let sum = |of: fn(&Lacking) -> u64| others.iter().map(of).sum();
            let rows = count(sum(|one| one.rejected), sum(|one| one.rows));
            let tables = if others.len() == 1 { "table" } else { "tables" };
            names.push(format!("and {rows} {} other {tables}", others.len()));
        }
        let are_some = !names.is_empty();
        are_some.then(|| format!("Rows that could not be used are left out: {}.", names.join(", ")))
    }

    /// How many rows were used and rejected, and the first rejected ones.
    pub(super) fn finish(mut self) -> Result<(u64, u64, Vec<Reject>)> {
        if let Some(writer) = self.writer()? {
            writer.flush().map_err(unwritten)?;
        }
        Ok((self.used, self.rejected, self.first))
    }
}

fn unwritten(error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write the rows rejected: {error}")).cause(Some(error))
}

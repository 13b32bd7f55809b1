//! Builds graphs from tables. The only place that reads CSV.

mod blocks;
mod cells;
mod details;
mod encoding;
mod entities;
mod facts;
mod faults;
mod lines;
mod numbers;
mod places;
mod points;
mod properties;
mod quotes;
mod rejects;
mod rows;
mod signs;
mod spellings;
mod split;
mod table;
mod threads;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::diagnostic::Code;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{Bulk, Graph};
use crate::limits::Limits;
use crate::model::Mapping;
use places::Origin;
use rejects::Rejects;
use spellings::Spellings;
use table::Table;
use threads::read_table;

/// Reads tables (CSV) into a graph, row by row.
///
/// Rows that cannot be used are rejected, each with its file, line and reason: cells that do not fit the mapping,
/// unknown or duplicate ids, too few or too many cells, text that is not UTF-8. What is only odd is read: an entity of
/// a kind that a role does not expect, an end before its beginning. [`Graph::warnings`] reports it, with its place in
/// the tables.
///
/// ```
/// use keiretsu::{CsvImport, Mapping};
/// # let folder = std::env::temp_dir().join(format!("keiretsu-doc-import-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("companies.csv"), "id,name\nacme,Acme\nbolt,Bolt\n")?;
/// std::fs::write(folder.join("deals.csv"), "from,to,day\nacme,bolt,2016-05-31\nacme,nobody,2016\n")?;
/// let mapping = Mapping::from_ron(r#"Mapping(
///     entities: [ (file: "companies.csv", id: "id", name: "name", always: "Company") ],
///     facts: [ (
///         file: "deals.csv", since: "day",
///         always: (fact: "Supply", roles: {"supplier": ["from"], "customer": ["to"]}),
///     ) ],
/// )"#)?;
/// let imported = CsvImport::new(mapping, &folder).run()?;
/// let supply = imported.graph.view().facts().next().unwrap();
/// assert_eq!(supply.sentence(), "Acme supplies Bolt (since 2016-05-31)");
/// assert_eq!(imported.rejected, 1);
/// assert_eq!(imported.first_rejects[0].reason, "column `to`: no entity has the id `nobody`");
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "an import does nothing until it is run"]
pub struct CsvImport<'f> {
    mapping: Mapping,
    folder: PathBuf,
    limits: Limits,
    rejects: Option<Box<dyn Write + 'f>>,
    progress: Option<Progress<'f>>,
}

/// Called with the number of bytes read, and the total.
type Progress<'f> = Box<dyn FnMut(u64, u64) + 'f>;

/// The result of an import.
#[derive(Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The graph of all rows that could be used. If others were rejected, its description says how many of each table.
    pub graph: Graph,
    /// How many rows were used.
    pub rows: u64,
    /// How many rows were rejected.
    pub rejected: u64,
    /// The first rejected rows, at most a hundred.
    pub first_rejects: Vec<Reject>,
    /// Hints that the mapping may be wrong about a whole table.
    pub hints: Vec<String>,
}

/// A row that was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reject {
    /// The file, as the mapping names it.
    pub file: String,
    /// The line on which the row starts, from 1.
    pub line: u64,
    /// Why it cannot be used: all that is wrong with it, in one line.
    pub reason: String,
    /// The sorts of problems, each once, in the order of the reasons.
    pub codes: Vec<Code>,
}

/// Typical bytes per row of an entity table.
const BYTES_A_ROW: u64 = 32;

/// At most this many rejects are kept for the caller to print.
const FIRST: usize = 100;

impl<'f> CsvImport<'f> {
    /// An import of the tables that a mapping names, from a folder.
    pub fn new(mapping: Mapping, folder: impl AsRef<Path>) -> Self {
        Self {
            mapping,
            folder: folder.as_ref().to_owned(),
            limits: Limits::trusted(),
            rejects: None,
            progress: None,
        }
    }

    /// Limits relations and the length of names. By default, only the format does.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The header line of the rejects.
    pub const REJECTS_HEADER: &'static str = "file,line,reason,cells\n";

    /// Writes every rejected row as CSV: file, line, reasons, then the original cells. The output begins with
    /// [`REJECTS_HEADER`](Self::REJECTS_HEADER), even if no row is rejected.
    pub fn rejects(mut self, writer: impl Write + 'f) -> Self {
        self.rejects = Some(Box::new(writer));
        self
    }

    /// Reports from time to time how many bytes have been read, and the total.
    pub fn progress(mut self, progress: impl FnMut(u64, u64) + 'f) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Reads all tables and builds the graph.
    ///
    /// Reads each file once, with up to four threads, and takes about a hundred bytes of memory for each fact.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read or the rejects cannot be written,
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) if a table lacks a column that the mapping names, or a kind of
    /// fact lacks a role, [`ErrorKind::Limit`](crate::ErrorKind::Limit) if there are too many relations.
    pub fn run(mut self) -> Result<Imported> {
        let mut mapping = std::mem::take(&mut self.mapping);
        if let Some(title) = &mapping.title {
            let title = cells::line(title, "title", self.limits.text_bytes).map_err(|fault| fault.reason);
            let title = title.and_then(|title| {
                if title.trim().is_empty() { Err("the title is empty".to_owned()) } else { Ok(title) }
            });
            title.map_err(|message| Error::new(ErrorKind::Invalid, format!("the mapping: {message}")))?;
        }
        let files = mapping.entities.iter().map(|table| &table.file);
        let files = files.chain(mapping.facts.iter().map(|table| &table.file));
        let size = |file: &String| std::fs::metadata(self.folder.join(file)).map_or(0, |file| file.len());
        let bytes: u64 = files.map(size).sum();
        let of_entities: u64 = mapping.entities.iter().map(|table| size(&table.file)).sum();
        let expected = usize::try_from(of_entities / BYTES_A_ROW).unwrap_or(0);
        let mut bulk = Bulk::new(mapping.title.take(), expected);
        let limits = &self.limits;
        let mut rejects = Rejects::new(self.rejects.take(), self.progress.take(), bytes);
        let mut spellings = Spellings::default();
        let mut hints = Vec::new();
        let mut read = Vec::new();
        for table in &mapping.entities {
            let (rows, header) = Table::open(&self.folder, &table.file, table.separator)?;
            spellings.begin_table(&table.file);
            let columns = entities::Columns::new(table, &header, limits)?;
            let mut adder = entities::Adder { columns: &columns, bulk: &mut bulk, spellings: &mut spellings };
            read_table(rows, &columns, &mut adder, &mut rejects)?;
            read.push(rejects.rows());
            hints.extend(rejects.sum_up(&table.file));
        }
        let places = bulk.entities_done();
        for table in &mapping.facts {
            let (rows, header) = Table::open(&self.folder, &table.file, table.separator)?;
            let columns = &facts::Columns::new(table, &header, limits)?;
            let (finder, sink) = bulk.halves();
            let mut adder = facts::Adder::new(sink, columns);
            read_table(
                rows,
                &facts::Reader { columns, finder, spellings: &spellings },
                &mut adder,
                &mut rejects,
            )?;
            read.push(rejects.rows());
            hints.extend(rejects.sum_up(&table.file));
            hints.extend(adder.hints());
        }
        let description = rejects.description();
        let (used, rejected, first_rejects) = rejects.finish()?;
        let frozen = bulk.freeze(description, limits)?;
        let origin = Origin::new(self.folder, mapping, limits.clone(), read, places);
        let graph = frozen.reviewed(move |review| origin.warnings(&review));
        Ok(Imported { graph, rows: used, rejected, first_rejects, hints })
    }
}

impl std::fmt::Debug for CsvImport<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvImport").field("folder", &self.folder).finish_non_exhaustive()
    }
}

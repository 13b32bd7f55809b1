//! Finds the place of a record's problem in its table: line, column, and the column's label.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::blocks::Block;
use super::rows::RowNumbers;
use super::split::Split;
use super::table::{Header, Table};
use crate::diagnostic::{Code, Diagnostic, Found, Location};
use crate::error::Result;
use crate::graph::{Field, Problem, Record, Review};
use crate::limits::Limits;
use crate::model::{EntityTable, FactTable, Mapping, Separator};

/// The tables from which a graph was made.
pub(super) struct Origin {
    folder: PathBuf,
    mapping: Mapping,
    limits: Limits,
    /// For each table, entities first: which rows were used, and the state of the file then.
    tables: Vec<(RowNumbers, Stamp)>,
    /// The final position of each entity, in the order added.
    places: Vec<u32>,
}

/// The length and modification time of a file, which tell whether its rows may have changed.
type Stamp = Option<(u64, Option<SystemTime>)>;

/// A table of either sort.
#[derive(Clone, Copy)]
enum Meaning<'m> {
    Entities(&'m EntityTable),
    Facts(&'m FactTable),
}

/// A row of a table, and the field wanted in it.
type Wanted = (usize, Field);

fn stamp(path: &Path) -> Stamp {
    fs::metadata(path).ok().map(|metadata| (metadata.len(), metadata.modified().ok()))
}

impl Origin {
    /// Takes the used rows of each table, and the final position of each entity in the order added.
    pub(super) fn new(
        folder: PathBuf,
        mapping: Mapping,
        limits: Limits,
        used: Vec<RowNumbers>,
        places: Vec<u32>,
    ) -> Self {
        let files = mapping.entities.iter().map(|table| &table.file);
        let files = files.chain(mapping.facts.iter().map(|table| &table.file));
        let stamps = files.map(|file| stamp(&folder.join(file)));
        let tables = used.into_iter().zip(stamps).collect();
        Self { folder, mapping, limits, tables, places }
    }

    /// The warnings for a graph made from the tables, in order of the tables.
    pub(super) fn warnings(&self, review: &Review<'_>) -> Vec<Diagnostic> {
        let is_lacking = self.tables.iter().any(|(rows, _)| rows.lacks_some());
        let problems = review.problems(&self.limits, |problem| !(is_lacking && follows(problem)));
        let mut found = Found::default();
        found.append(problems, |listed| self.placed(listed, review));
        found.finish(|listed| self.sort(listed))
    }

    fn tables(&self) -> impl Iterator<Item = Meaning<'_>> {
        let entities = self.mapping.entities.iter().map(Meaning::Entities);
        entities.chain(self.mapping.facts.iter().map(Meaning::Facts))
    }

    fn placed(&self, problems: Vec<Problem>, review: &Review<'_>) -> Vec<Diagnostic> {
        let asked = problems.iter().flat_map(|problem| [problem.at, problem.also]).flatten();
        let mut wanted: Vec<Vec<Wanted>> = vec![Vec::new(); self.tables.len()];
        let added = self.added(asked.clone());
        for field in asked {
            let Some((table, row)) = self.row(field.record, &added, review) else { continue };
            if let Some(wanted) = wanted.get_mut(table) {
                wanted.push((row, field));
            }
        }
        let mut found: HashMap<Field, Location> = HashMap::new();
        for ((table, mut wanted), (_, before)) in self.tables().zip(wanted).zip(&self.tables) {
            wanted.sort_unstable();
            wanted.dedup();
            let is_same = !wanted.is_empty() && stamp(&self.folder.join(table.file())) == *before;
            if is_same {
                // A table that can no longer be read yields no places.
                let _ = table.locate(&self.folder, &wanted, review, &mut found);
            }
        }
        let locate = |field: Field, label: Option<String>| {
            let mut location = found.get(&field)?.clone();
            location.label = match (location.label, label) {
                (Some(column), Some(label)) => Some(format!("{column}, {label}")),
                (column, label) => column.or(label),
            };
            Some(location)
        };
        problems.into_iter().map(|problem| problem.placed(locate)).collect()
    }

    /// For the entities asked for, their positions in the order added.
    fn added(&self, asked: impl Iterator<Item = Field>) -> HashMap<usize, usize> {
        let mut added: HashMap<usize, usize> = HashMap::new();
        for field in asked {
            if let Record::Entity(n) = field.record {
                added.insert(n, usize::MAX);
            }
        }
        for (n, place) in self.places.iter().enumerate() {
            added.entry(*place as usize).and_modify(|added| *added = n);
        }
        added
    }

    /// The table and row of a record.
    fn row(
        &self,
        record: Record,
        added: &HashMap<usize, usize>,
        review: &Review<'_>,
    ) -> Option<(usize, usize)> {
        let of_entities = self.mapping.entities.len();
        let (first, mut n) = match record {
            Record::Graph(_) => return None,
            Record::Source(n) => match review.citing(n)?.record {
                Record::Fact(n) => (of_entities, n),
                _ => return None,
            },
            Record::Entity(n) => (0, *added.get(&n)?),
            Record::Fact(n) => (of_entities, n),
        };
        for (at, (rows, _)) in self.tables.iter().enumerate().skip(first) {
            match n.checked_sub(rows.used()) {
                Some(rest) => n = rest,
                None => return Some((at, rows.row(n))),
            }
        }
        None
    }

    /// Sorts by table, then by place. Problems without a place come first.
    fn sort(&self, diagnostics: &mut [Diagnostic]) {
        let order: Vec<&Path> = self.tables().map(|table| Path::new(table.file())).collect();
        diagnostics.sort_by_cached_key(|diagnostic| {
            let at = diagnostic.at.as_ref();
            let file = at.and_then(|at| order.iter().position(|file| *file == at.file));
            let place = at.map(|at| (at.line, at.column));
            (file, place, diagnostic.code, diagnostic.message.clone())
        });
    }
}

/// Whether a problem may merely be a consequence of rejected rows.
const fn follows(problem: &Problem) -> bool {
    matches!(
        problem.diagnostic.code,
        Code::EntityNotUsed
            | Code::SourceNotCited
            | Code::ClosedRing
            | Code::TitleGap
            | Code::SharesDoNotMeet
    )
}

impl<'m> Meaning<'m> {
    const fn file(self) -> &'m str {
        match self {
            Self::Entities(table) => table.file.as_str(),
            Self::Facts(table) => table.file.as_str(),
        }
    }

    const fn separator(self) -> Separator {
        match self {
            Self::Entities(table) => table.separator,
            Self::Facts(table) => table.separator,
        }
    }

    /// Reads the table again, as far as rows are wanted.
    fn locate(
        self,
        folder: &Path,
        wanted: &[Wanted],
        review: &Review<'_>,
        found: &mut HashMap<Field, Location>,
    ) -> Result<()> {
        let (Table { mut blocks, first, mut lines, .. }, header) =
            Table::open(folder, self.file(), self.separator())?;
        let failed = |error: io::Error| super::table::failed(self.file(), error);
        let (mut block, mut split, mut before) = (first, Split::default(), 0);
        let mut wanted = wanted.iter().peekable();
        while wanted.peek().is_some() {
            split.split(&block);
            while let Some((row, field)) = wanted.next_if(|(row, _)| *row < before + split.len()) {
                let cells: Vec<String> = split
                    .raw(&block, row - before)
                    .1
                    .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
                    .collect();
                let column = self.column(*field, &cells, &header, review);
                let byte = split.raw(&block, row - before).0;
                let line = lines.of_row(byte).map_err(failed)?;
                let mut location = place(Path::new(self.file()), &block, (byte, line), column);
                location.label = column.and_then(|column| header.labels().get(column).cloned());
                found.insert(*field, location);
            }
            before += split.len();
            if !blocks.next(&mut block).map_err(failed)? {
                break;
            }
        }
        Ok(())
    }

    /// The column that has a field of a row; `None` for the row as a whole.
    fn column(self, field: Field, cells: &[String], header: &Header, review: &Review<'_>) -> Option<usize> {
        let field = match field.record {
            Record::Source(n) => review.citing(n)?,
            _ => field,
        };
        let (name, item) = (field.name?, field.item);
        let find = |column: Option<&String>| header.find(column).ok().flatten();
        match self {
            Self::Entities(table) => match name {
                "name" => find(table.name.as_ref())
                    .filter(|column| has_text(cells, *column))
                    .or_else(|| find(Some(&table.id))),
                "country" => find(table.country.as_ref()),
                "kind" => find(table.kind.as_ref()),
                _ => None,
            },
            Self::Facts(table) => {
                let columns: Vec<usize> =
                    table.columns_of(name, cells, header).into_iter().filter_map(find).collect();
                let mut filled = columns.iter().copied().filter(|column| has_text(cells, *column));
                filled.nth(item).or(columns.first().copied())
            }
        }
    }
}

fn has_text(cells: &[String], column: usize) -> bool {
    cells.get(column).is_some_and(|cell| !cell.is_empty())
}

impl FactTable {
    /// The columns from which a field is read, in a row with these cells.
    fn columns_of(&self, name: &str, cells: &[String], header: &Header) -> Vec<Option<&String>> {
        let own = match name {
            "id" => &self.id,
            "announced" => &self.announced,
            "since" => &self.since,
            "completed" => &self.completed,
            "until" => &self.until,
            "amount" => &self.amount,
            "share" if self.share.is_some() => &self.share,
            "quote" => &self.quote,
            "locator" => &self.locator,
            "said_by" => &self.said_by,
            "source" => {
                return std::iter::once(self.source.as_ref())
                    .chain(self.more_sources.iter().map(Some))
                    .collect();
            }
            _ => return self.columns_of_others(name, cells, header),
        };
        vec![own.as_ref()]
    }

    fn columns_of_others(&self, name: &str, cells: &[String], header: &Header) -> Vec<Option<&String>> {
        let text = || cells.get(header.find(self.kind.as_ref()).ok()??);
        let shape = || {
            let text = text()?;
            self.kinds.iter().find(|(own, _)| own == text).map(|(_, shape)| shape)
        };
        let roles =
            self.always.as_ref().or_else(shape).map(|shape| shape.roles.as_slice()).unwrap_or_default();
        let roles = roles.iter().filter(|(role, _)| role.name() == name).map(|(_, column)| column);
        let fields = self.fields.iter().filter(|(field, _)| field.name() == name).map(|(_, column)| column);
        let details = self.attributes.iter().filter(|(own, _)| own.name() == name).map(|(_, column)| column);
        roles.chain(fields).chain(details).map(Some).collect()
    }
}

/// The place of a cell or whole row. The row starts at this byte and line, or after line ends that follow.
fn place(file: &Path, block: &Block, (byte, line): (u64, u64), column: Option<usize>) -> Location {
    let start = usize::try_from(byte - block.from).unwrap_or(usize::MAX);
    let rest = block.bytes.get(start..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let rest = rest.get(ends..).unwrap_or_default();
    let (from, to) = column.map_or((0, usize::MAX), |column| cell(rest, block.separator.byte(), column));
    let before = rest.get(..from).unwrap_or_default();
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    let of_line = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let text = rest.get(of_line..).unwrap_or_default();
    let text = text.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let chars = |bytes: &[u8]| String::from_utf8_lossy(bytes).chars().count();
    let (from, to) = (from - of_line, to.saturating_sub(of_line).min(text.len()));
    let column = chars(text.get(..from).unwrap_or_default());
    let width = chars(text.get(from..to).unwrap_or_default());
    let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_add(breaks);
    Location::in_line(file, line, &String::from_utf8_lossy(text), column, width)
}

/// The start and end of the n-th cell of a row, including its quotes.
fn cell(row: &[u8], separator: u8, n: usize) -> (usize, usize) {
    let (mut start, mut at, mut left, mut is_quoted) = (0, 0, n, false);
    while let Some(byte) = row.get(at) {
        match byte {
            // Two quotes in a row leave the quoted text and enter it again.
            b'"' if is_quoted || at == start => is_quoted = !is_quoted,
            b'"' if row.get(at - 1) == Some(&b'"') => is_quoted = true,
            b'\r' | b'\n' if !is_quoted => break,
            byte if *byte == separator && !is_quoted => {
                if left == 0 {
                    break;
                }
                left -= 1;
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    (start, at)
}

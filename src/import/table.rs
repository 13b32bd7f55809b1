//! One table after the other: opening, header, rows, and the rows that are kept aside.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc;

use csv::{ByteRecord, Reader, ReaderBuilder, Writer, WriterBuilder};

use super::lines::Lines;
use super::quotes::Quotes;
use super::{FIRST, Progress, Reject};
use crate::diagnostic::{did_you_mean, shown};
use crate::error::{Error, ErrorKind, Result};

/// A table that is open, its header read.
pub(super) struct Table {
    file: String,
    reader: Reader<Quotes<File>>,
    width: usize,
    lines: Lines,
}

/// The names of its columns.
pub(super) struct Header {
    file: String,
    names: Vec<String>,
}

/// Read at once.
const BUFFER: usize = 1 << 18;

impl Table {
    pub(super) fn open(folder: &Path, file: &str) -> Result<(Self, Header)> {
        let path = folder.join(file);
        let opened = File::open(&path).map_err(|error| failed(file, error))?;
        if opened.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            return Err(Error::new(ErrorKind::Io, format!("`{}` is no regular file", shown(file))));
        }
        let mut reader =
            ReaderBuilder::new().flexible(true).buffer_capacity(BUFFER).from_reader(Quotes::new(opened));
        let header = reader.byte_headers().map_err(|error| failed(file, error.into()))?;
        let width = header.len();
        if header
            .iter()
            .next()
            .is_some_and(|cell| cell.starts_with(b"\xff\xfe") || cell.starts_with(b"\xfe\xff"))
        {
            let message = format!("`{}` is UTF-16; only UTF-8 is read", shown(file));
            return Err(Error::new(ErrorKind::Invalid, message));
        }
        let names = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let lines = Lines::new(&path);
        Ok((Self { file: file.to_owned(), reader, width, lines }, Header { file: file.to_owned(), names }))
    }
}

impl Header {
    /// The position of a column; none if no name is asked for.
    pub(super) fn find(&self, name: Option<&String>) -> Result<Option<usize>> {
        let Some(name) = name else { return Ok(None) };
        let mut found = self.names.iter().enumerate().filter(|(_, own)| *own == name).map(|(n, _)| n);
        match (found.next(), found.next()) {
            (Some(n), None) => Ok(Some(n)),
            (Some(_), Some(_)) => {
                let message = format!("`{}` has the column `{}` twice", shown(&self.file), shown(name));
                Err(Error::new(ErrorKind::Invalid, message))
            }
            (None, _) => {
                let message = format!("`{}` has no column `{}`", shown(&self.file), shown(name));
                let hint = did_you_mean(name, self.names.iter().map(String::as_str));
                Err(Error::new(ErrorKind::Invalid, message).hint(hint))
            }
        }
    }
}

/// The cells of a row.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    text: &'r str,
    record: &'r ByteRecord,
}

impl<'r> Row<'r> {
    fn new(record: &'r ByteRecord) -> std::result::Result<Self, String> {
        let text = std::str::from_utf8(record.as_slice()).map_err(|_| "the row is not UTF-8".to_owned())?;
        Ok(Self { text, record })
    }

    /// A cell without blanks around it; none if it is empty or the column not asked for.
    pub(super) fn cell(self, column: Option<usize>) -> std::result::Result<Option<&'r str>, String> {
        let Some(range) = column.and_then(|n| self.record.range(n)) else { return Ok(None) };
        let text = self.text.get(range).ok_or("a cell is not UTF-8")?.trim_ascii();
        Ok(Some(text).filter(|text| !text.is_empty()))
    }
}

/// What uses rows.
pub(super) trait Take {
    /// Uses a row, or says why it cannot.
    fn take(&mut self, row: Row<'_>) -> std::result::Result<(), String>;

    /// Sees rows before they are to be used.
    fn look_ahead(&mut self, _rows: &[ByteRecord]) {}
}

/// Reads rows, counts them, and keeps aside what cannot be used.
pub(super) struct Rows<'f> {
    rejects: Option<Writer<Box<dyn Write + 'f>>>,
    progress: Option<Progress<'f>>,
    /// Bytes of the tables before, and of all.
    before: u64,
    bytes: u64,
    used: u64,
    rejected: u64,
    first: Vec<Reject>,
}

/// So many rows are read ahead at a time, and so many times.
const BATCH: usize = 1 << 10;
const BATCHES: usize = 4;

/// Some rows, and how far the file has been read; their memory is used again.
#[derive(Default)]
struct Batch {
    records: Vec<ByteRecord>,
    count: usize,
    /// Those whose quotes are not as they should be, in order, and why.
    odd: Vec<(usize, &'static str)>,
    position: u64,
    error: Option<io::Error>,
    is_last: bool,
}

impl Batch {
    fn fill(&mut self, reader: &mut Reader<Quotes<File>>) {
        self.records.resize_with(BATCH, ByteRecord::new);
        self.count = 0;
        self.odd.clear();
        for record in &mut self.records {
            match reader.read_byte_record(record) {
                Ok(true) => {
                    let end = reader.position().byte();
                    if reader.get_mut().is_odd(end) {
                        self.odd.push((
                            self.count,
                            "text follows a closing quote: a quote within a cell is written twice",
                        ));
                    } else if reader.get_ref().is_open() {
                        self.odd.push((
                            self.count,
                            "a quote is never closed: all that follows it is in this row",
                        ));
                    }
                    self.count += 1;
                }
                Ok(false) => self.is_last = true,
                Err(error) => self.error = Some(error.into()),
            }
            if self.is_last || self.error.is_some() {
                break;
            }
        }
        self.is_last |= self.error.is_some();
        self.position = reader.position().byte();
    }
}

impl<'f> Rows<'f> {
    pub(super) fn new(
        rejects: Option<Box<dyn Write + 'f>>,
        progress: Option<Progress<'f>>,
        bytes: u64,
    ) -> Self {
        let writer = |writer| WriterBuilder::new().flexible(true).from_writer(writer);
        Self {
            rejects: rejects.map(writer),
            progress,
            before: 0,
            bytes,
            used: 0,
            rejected: 0,
            first: Vec::new(),
        }
    }

    /// Hands every row to `taker`, which may say why it cannot use it. A second thread reads ahead.
    pub(super) fn read(&mut self, table: Table, taker: &mut impl Take) -> Result<()> {
        let Table { file, mut reader, width, mut lines } = table;
        let (full, batches) = mpsc::sync_channel::<Batch>(BATCHES);
        let (used, empty) = mpsc::channel::<Batch>();
        for _ in 0..BATCHES {
            // The other end is at hand: this cannot fail.
            let _ = used.send(Batch::default());
        }
        std::thread::scope(|scope| {
            scope.spawn(move || {
                while let Ok(mut batch) = empty.recv() {
                    batch.fill(&mut reader);
                    let is_last = batch.is_last;
                    if full.send(batch).is_err() || is_last {
                        break;
                    }
                }
            });
            for mut batch in batches {
                let records = batch.records.get(..batch.count).unwrap_or_default();
                taker.look_ahead(records);
                let mut odd = batch.odd.iter().peekable();
                for (n, record) in records.iter().enumerate() {
                    let taken = match odd.next_if(|(odd, _)| *odd == n) {
                        Some((_, reason)) => Err((*reason).to_owned()),
                        None => take(record, width, taker),
                    };
                    match taken {
                        Ok(()) => self.used += 1,
                        Err(reason) => self.reject(&file, &mut lines, record, reason)?,
                    }
                }
                if let Some(error) = batch.error.take() {
                    return Err(failed(&file, error));
                }
                self.tell(batch.position);
                if batch.is_last {
                    self.before += batch.position;
                    break;
                }
                // The reader may be done and gone.
                let _ = used.send(batch);
            }
            Ok(())
        })
    }

    fn tell(&mut self, bytes: u64) {
        let done = self.before + bytes;
        if let Some(progress) = &mut self.progress {
            progress(done, self.bytes.max(done));
        }
    }

    fn reject(&mut self, file: &str, lines: &mut Lines, record: &ByteRecord, reason: String) -> Result<()> {
        let byte = record.position().map_or(0, csv::Position::byte);
        let line = lines.of_row(byte).map_err(|error| failed(file, error))?;
        if let Some(writer) = &mut self.rejects {
            let mut row = ByteRecord::new();
            row.push_field(file.as_bytes());
            row.push_field(line.to_string().as_bytes());
            row.push_field(reason.as_bytes());
            row.extend(record.iter());
            writer.write_byte_record(&row).map_err(|error| unwritten(error.into()))?;
        }
        self.rejected += 1;
        if self.first.len() < FIRST {
            self.first.push(Reject { file: file.to_owned(), line, reason });
        }
        Ok(())
    }

    /// How many rows were used, how many were not, and the first of these.
    pub(super) fn finish(mut self) -> Result<(u64, u64, Vec<Reject>)> {
        if let Some(writer) = &mut self.rejects {
            writer.flush().map_err(unwritten)?;
        }
        Ok((self.used, self.rejected, self.first))
    }
}

fn take(record: &ByteRecord, width: usize, taker: &mut impl Take) -> std::result::Result<(), String> {
    if record.len() == width {
        Row::new(record).and_then(|row| taker.take(row))
    } else {
        Err(format!("the row has {} cells, the header {width}", record.len()))
    }
}

fn failed(file: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot read `{}`: {error}", shown(file))).cause(Some(error))
}

fn unwritten(error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write the rows kept aside: {error}")).cause(Some(error))
}

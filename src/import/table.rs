//! Opens a table and reads its column names.

use std::fs::File;
use std::io;
use std::path::Path;

use csv::ReaderBuilder;

use super::blocks::{Block, Blocks};
use super::encoding::{self, Encoding};
use super::lines::Lines;
use crate::diagnostic::{did_you_mean, shown};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Separator;

/// An open table whose header has been read.
pub(super) struct Table {
    pub(super) file: String,
    pub(super) blocks: Blocks,
    /// The first block, which contains the header.
    pub(super) first: Block,
    pub(super) lines: Lines,
}

/// The column names of a table.
pub(super) struct Header {
    file: String,
    names: Vec<String>,
    /// What to do if a column is missing because the table has another separator or encoding.
    hint: Option<String>,
}

impl Table {
    pub(super) fn open(folder: &Path, file: &str, separator: Separator) -> Result<(Self, Header)> {
        let path = folder.join(file);
        // Check before opening, since opening a pipe waits for a writer.
        if std::fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(Error::new(ErrorKind::Io, format!("`{}` is no regular file", shown(file))));
        }
        let opened = File::open(&path).map_err(|error| failed(file, error))?;
        let (mut blocks, mut first) = (Blocks::new(opened, separator), Block::default());
        blocks.next(&mut first).map_err(|error| failed(file, error))?;
        let mut builder = ReaderBuilder::new();
        builder.flexible(true).delimiter(separator.byte());
        let mut reader = builder.from_reader(first.bytes.as_slice());
        let header = reader.byte_headers().map_err(|error| failed(file, error.into()))?;
        if let Some((encoding, hint)) = encoding::of_wide(&first.bytes) {
            let message = format!("`{}` is {encoding}; only UTF-8 is read", shown(file));
            return Err(Error::new(ErrorKind::Invalid, message).hint(Some(hint)));
        }
        let of_encoding = Encoding::of_header(header.iter()).header_hint();
        let names = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        first.skip = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(first.bytes.len());
        let hint = other_separator(file, &first.bytes, separator).or(of_encoding);
        let is_swallowed = first.skip == first.bytes.len() && first.quotes.is_open();
        if is_swallowed || first.quotes.odd.iter().any(|at| *at < first.skip) {
            let fault = if is_swallowed { "a quote is never closed" } else { "text follows a closing quote" };
            let message =
                format!("the first row of `{}`, with the names of its columns: {fault}", shown(file));
            return Err(Error::new(ErrorKind::Invalid, message).hint(hint));
        }
        let lines = Lines::new(&path);
        let file = file.to_owned();
        Ok((Self { file: file.clone(), blocks, first, lines }, Header { file, names, hint }))
    }
}

/// A hint if the first line of a table seems to have another separator.
fn other_separator(file: &str, bytes: &[u8], own: Separator) -> Option<String> {
    let line = bytes.trim_ascii_start().split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    // Every other piece between quotes is inside a cell.
    let plain = || line.split(|byte| *byte == b'"').step_by(2).flatten();
    let count = |separator: Separator| plain().filter(|byte| **byte == separator.byte()).count();
    let most = Separator::ALL.iter().copied().max_by_key(|one| (count(*one), *one == own))?;
    let counted = |separator: Separator| match (count(separator), separator.noun()) {
        (0, noun) => format!("no {noun}"),
        (1, noun) => format!("1 {noun}"),
        (many, noun) => format!("{many} {noun}s"),
    };
    (most != own).then(|| {
        let (most_of, few_of, name) = (counted(most), counted(own), most.name());
        format!(
            "its first line has {most_of} and {few_of}: write `separator: {name:?}` behind `file: \"{}\"`",
            shown(file)
        )
    })
}

impl Header {
    /// The labels of columns in messages.
    pub(super) fn labels(&self) -> Vec<String> {
        let label = |(n, name): (usize, &String)| match name.as_str() {
            "" => format!("column {}", n + 1),
            name => format!("column `{}`", shown(name)),
        };
        self.names.iter().enumerate().map(label).collect()
    }

    /// The position of a column; `None` if no name is given.
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
                let near = || did_you_mean(name, self.names.iter().map(String::as_str));
                let hint = self.hint.clone().or_else(near);
                Err(Error::new(ErrorKind::Invalid, message).hint(hint))
            }
        }
    }
}

pub(super) fn failed(file: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot read `{}`: {error}", shown(file))).cause(Some(error))
}

//! Finds the line of a byte in a table. Used only for rejected rows.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek};
use std::path::{Path, PathBuf};

use memchr::memchr_iter;

/// Counts the line ends before bytes, which must be asked for in order.
pub(super) struct Lines {
    path: PathBuf,
    /// A file handle of its own, opened on first use.
    file: Option<BufReader<File>>,
    /// The number of bytes counted so far, and the line of the next one.
    bytes: u64,
    line: u64,
}

impl Lines {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), file: None, bytes: 0, line: 1 }
    }

    /// The line of the row that starts at or after a byte. Line ends before the row are not part of it.
    pub(super) fn of_row(&mut self, byte: u64) -> io::Result<u64> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => BufReader::with_capacity(1 << 16, File::open(&self.path)?),
        };
        if byte < self.bytes {
            file.rewind()?;
            (self.bytes, self.line) = (0, 1);
        }
        while self.bytes < byte {
            let part = file.fill_buf()?;
            let left = usize::try_from(byte - self.bytes).unwrap_or(usize::MAX);
            let part = part.get(..left).unwrap_or(part);
            if part.is_empty() {
                break;
            }
            self.line += memchr_iter(b'\n', part).count() as u64;
            let length = part.len();
            self.bytes += length as u64;
            file.consume(length);
        }
        while let Some(end @ (b'\r' | b'\n')) = file.fill_buf()?.first() {
            self.line += u64::from(*end == b'\n');
            self.bytes += 1;
            file.consume(1);
        }
        self.file = Some(file);
        Ok(self.line)
    }
}

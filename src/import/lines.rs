//! On which line a byte of a table stands; looked up only for rows that are rejected.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek};
use std::path::{Path, PathBuf};

use memchr::memchr_iter;

/// Counts the line ends before bytes that are asked for in order.
pub(super) struct Lines {
    path: PathBuf,
    /// A handle of its own, open once there is something to count.
    file: Option<BufReader<File>>,
    /// How many bytes were counted, and the line that the next is on.
    bytes: u64,
    line: u64,
}

impl Lines {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), file: None, bytes: 0, line: 1 }
    }

    /// The line of the first byte of a row at or after a byte: line ends before it are not of the row.
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

//! Splits a table into blocks of whole rows, so that several threads can read it.

use std::fs::File;
use std::io::{self, Read};

use super::quotes::Quotes;
use crate::model::Separator;

/// Reads a file block by block.
pub(super) struct Blocks {
    file: File,
    separator: Separator,
    /// The bytes read after the last whole row.
    rest: Vec<u8>,
    /// The offset of the next block.
    from: u64,
    ended: bool,
}

/// Some whole rows of a table.
#[derive(Default)]
pub(super) struct Block {
    pub(super) bytes: Vec<u8>,
    /// Their offset in the file, and the number of leading bytes that are not rows.
    pub(super) from: u64,
    pub(super) skip: usize,
    pub(super) quotes: Quotes,
    pub(super) separator: Separator,
}

impl Block {
    /// The end offset in the file.
    pub(super) fn end(&self) -> u64 {
        self.from + self.bytes.len() as u64
    }
}

/// Approximate size of a block, small enough that its data stays in cache.
const SIZE: usize = 1 << 16;

/// Offsets within a block have 32 bits.
const LONGEST: usize = u32::MAX as usize / 2;

impl Blocks {
    pub(super) const fn new(file: File, separator: Separator) -> Self {
        Self { file, separator, rest: Vec::new(), from: 0, ended: false }
    }

    /// The size of the file in bytes, as far as known.
    pub(super) fn size(&self) -> u64 {
        self.file.metadata().map_or(0, |file| file.len())
    }

    /// Reads the next block. Returns false, and leaves no bytes, if there is none.
    pub(super) fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        block.separator = self.separator;
        let Block { bytes, quotes, .. } = block;
        bytes.clear();
        bytes.append(&mut self.rest);
        quotes.restart();
        (block.from, block.skip) = (self.from, 0);
        while !self.ended {
            let before = bytes.len();
            // A row that does not end soon is read in ever larger pieces.
            let more = SIZE.saturating_sub(before).max(before).max(1 << 12);
            let read = (&self.file).take(more as u64).read_to_end(bytes)?;
            self.ended = read == 0;
            quotes.watch(bytes, self.separator, self.from == 0);
            if quotes.end > 0 && !self.ended {
                break;
            }
            if bytes.len() > LONGEST {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "a row is too long"));
            }
        }
        if !self.ended {
            self.rest.extend_from_slice(bytes.get(quotes.end..).unwrap_or_default());
            bytes.truncate(quotes.end);
            quotes.forget_rest();
        }
        quotes.odd.retain(|at| *at < bytes.len());
        self.from += bytes.len() as u64;
        Ok(!bytes.is_empty())
    }
}

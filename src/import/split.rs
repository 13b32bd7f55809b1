//! Splits blocks into rows and cells.
//!
//! Plain blocks, without quotes, are split here, in half the time that csv-core takes. The csv crate splits the others.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use super::blocks::Block;
use super::faults::{Fault, Reasons};
use crate::diagnostic::Code;
use crate::model::Separator;

/// The cells of a block, row by row. Its memory is reused.
#[derive(Default)]
pub(super) struct Split {
    /// The cells, separated by one byte each. A block without quotes has this form already.
    copy: Vec<u8>,
    is_copied: bool,
    is_ascii: bool,
    /// The end of each cell.
    ends: Vec<u32>,
    rows: Vec<RowAt>,
    record: ByteRecord,
}

/// The position of a row.
#[derive(Clone, Copy)]
struct RowAt {
    /// The start of its first cell, and the index of that cell among all cells.
    start: u32,
    first: u32,
    /// The number of cells.
    cells: u32,
    /// The offset of the row in the block, possibly followed by line ends before the row itself.
    byte: u32,
    fault: Option<&'static str>,
}

const OPEN: &str = "a quote is never closed: all that follows it is in this row";
const BEHIND: &str = "text follows a closing quote: a quote within a cell is written twice";

impl Split {
    /// Finds the cells of a block.
    pub(super) fn split(&mut self, block: &Block) {
        self.ends.clear();
        self.rows.clear();
        self.is_copied = block.quotes.any;
        self.is_ascii = block.bytes.get(block.skip..).is_none_or(<[u8]>::is_ascii);
        if self.is_copied {
            return self.read(block);
        }
        let Block { bytes, skip, .. } = block;
        match block.separator {
            Separator::Comma => self.scan::<b','>(bytes, *skip),
            Separator::Semicolon => self.scan::<b';'>(bytes, *skip),
            Separator::Tab => self.scan::<b'\t'>(bytes, *skip),
            Separator::Pipe => self.scan::<b'|'>(bytes, *skip),
        }
    }

    /// Finds cells without quotes, which end at separators and line ends. Examines eight bytes at a time.
    fn scan<const SEPARATOR: u8>(&mut self, bytes: &[u8], skip: usize) {
        const EACH: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = 0x80 * EACH;
        let mut row = Unfinished { start: skip as u32, first: 0 };
        let (words, last) = bytes.get(skip..).unwrap_or_default().as_chunks::<8>();
        let mut padded = [u8::MAX; 8];
        padded.iter_mut().zip(last).for_each(|(slot, byte)| *slot = *byte);
        let mut base = skip as u32;
        for word in words.iter().chain([&padded]) {
            let word = u64::from_le_bytes(*word);
            // Line ends are among the few bytes up to the comma, and so are commas and tabs.
            let most = if SEPARATOR <= b',' { SEPARATOR.max(b'\r') } else { b'\r' };
            let above = (word & !HIGH) + (0x7f - u64::from(most)) * EACH;
            let mut low = !(above | word) & HIGH;
            if SEPARATOR > b',' {
                // For other separators, look for bytes that become zero by XOR.
                let rest = word ^ (u64::from(SEPARATOR) * EACH);
                low |= !(((rest & !HIGH) + !HIGH) | rest) & HIGH;
            }
            while low != 0 {
                let bit = low.trailing_zeros() & !7;
                low &= low - 1;
                let at = base + bit / 8;
                match (word >> bit) as u8 {
                    byte if byte == SEPARATOR => self.ends.push(at),
                    b'\n' | b'\r' => self.end_row(&mut row, at),
                    _ => {}
                }
            }
            base += 8;
        }
        self.end_row(&mut row, bytes.len() as u32);
    }

    /// Ends a row, unless it is empty.
    fn end_row(&mut self, row: &mut Unfinished, at: u32) {
        if row.start < at || row.first < self.ends.len() as u32 {
            self.ends.push(at);
            let end = self.ends.len() as u32;
            let Unfinished { start, first } = *row;
            self.rows.push(RowAt { start, first, cells: end - first, byte: start, fault: None });
            row.first = end;
        }
        row.start = at + 1;
    }

    /// Finds cells of a block with quotes.
    fn read(&mut self, block: &Block) {
        self.copy.clear();
        let rest = block.bytes.get(block.skip..).unwrap_or_default();
        // After a line end, no bytes are mistaken for a byte order mark.
        let rest = b"\n".chain(rest);
        let mut builder = ReaderBuilder::new();
        builder.flexible(true).has_headers(false).delimiter(block.separator.byte());
        let mut reader = builder.from_reader(rest);
        let place = |byte: u64| (block.skip as u64 + byte).saturating_sub(1);
        let mut odd = block.quotes.odd.iter().skip_while(|at| **at < block.skip).peekable();
        // Reading from memory cannot fail.
        while let Ok(true) = reader.read_byte_record(&mut self.record) {
            let byte = place(self.record.position().map_or(0, csv::Position::byte)) as u32;
            let end = place(reader.position().byte());
            let (start, first) = (self.copy.len() as u32, self.ends.len() as u32);
            for cell in &self.record {
                self.copy.extend_from_slice(cell);
                self.ends.push(self.copy.len() as u32);
                self.copy.push(b',');
            }
            let mut fault = None;
            while odd.next_if(|at| (**at as u64) < end).is_some() {
                fault = Some(BEHIND);
            }
            self.rows.push(RowAt { start, first, cells: self.record.len() as u32, byte, fault });
        }
        if block.quotes.is_open()
            && let Some(last) = self.rows.last_mut()
        {
            last.fault = last.fault.or(Some(OPEN));
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether all rows are ASCII.
    pub(super) const fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// The bytes that contain the cells of a block.
    fn bytes<'b>(&'b self, block: &'b Block) -> &'b [u8] {
        if self.is_copied { &self.copy } else { &block.bytes }
    }

    /// Passes every row to `take`, or the reason why it does not fit the labeled columns.
    pub(super) fn each(
        &self,
        block: &Block,
        labels: &[String],
        mut take: impl FnMut(usize, Result<Row<'_>, Reasons>),
    ) {
        let bytes = self.bytes(block);
        let text = std::str::from_utf8(bytes);
        for (n, row) in self.rows.iter().enumerate() {
            let ends = self.ends.get(row.first as usize..).and_then(|ends| ends.get(..row.cells as usize));
            let ends = ends.unwrap_or_default();
            let row = match (row.fault, text) {
                (Some(fault), _) => Err(Fault::new(Code::Syntax, fault)),
                _ if ends.len() != labels.len() => {
                    let reason = format!("the row has {} cells, the header {}", ends.len(), labels.len());
                    Err(Fault::new(Code::WrongShape, reason))
                }
                (None, Ok(text)) => Ok(Row { text, base: 0, start: row.start, ends }),
                (None, Err(_)) => {
                    let end = ends.last().copied().unwrap_or(row.start) as usize;
                    let own = bytes.get(row.start as usize..end).unwrap_or_default();
                    match std::str::from_utf8(own) {
                        Ok(text) => Ok(Row { text, base: row.start, start: row.start, ends }),
                        Err(_) => {
                            let is_bad = |cell: &[u8]| std::str::from_utf8(cell).is_err();
                            let column = self.raw(block, n).1.position(is_bad);
                            let label = column.and_then(|column| labels.get(column));
                            Err(Fault::new(Code::NotUtf8, "the text is not UTF-8").of_column(label))
                        }
                    }
                }
            };
            take(n, row.map_err(Reasons::from));
        }
    }

    /// The start and end of one column's cell in each row, relative to the bytes returned with them; empty if missing.
    pub(super) fn column<'b>(
        &'b self,
        block: &'b Block,
        column: usize,
    ) -> (&'b [u8], impl Iterator<Item = (u32, u32)>) {
        let places = self.rows.iter().map(move |row| {
            let at = row.first as usize + column;
            let start = if column == 0 { Some(row.start) } else { self.ends.get(at - 1).map(|end| end + 1) };
            start.zip(self.ends.get(at).copied()).filter(|_| column < row.cells as usize).unwrap_or((0, 0))
        });
        (self.bytes(block), places)
    }

    /// The offset of a row in the file, and its unprocessed cells.
    pub(super) fn raw<'b>(&'b self, block: &'b Block, row: usize) -> (u64, impl Iterator<Item = &'b [u8]>) {
        let bytes = self.bytes(block);
        let row = self.rows.get(row);
        let ends = row.and_then(|row| self.ends.get(row.first as usize..)?.get(..row.cells as usize));
        let mut start = row.map_or(0, |row| row.start as usize);
        let cells = ends.unwrap_or_default().iter().map(move |end| {
            let cell = bytes.get(start..*end as usize).unwrap_or_default();
            start = *end as usize + 1;
            cell
        });
        (block.from + row.map_or(0, |row| u64::from(row.byte)), cells)
    }
}

/// The cells of a row.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    text: &'r str,
    /// The offsets in the block of the text and of the row.
    base: u32,
    start: u32,
    ends: &'r [u32],
}

impl<'r> Row<'r> {
    /// A trimmed cell; `None` if it is empty or the column is not mapped.
    pub(super) fn cell(self, column: Option<usize>) -> Option<&'r str> {
        let column = column?;
        let end = *self.ends.get(column)?;
        let start = column.checked_sub(1).and_then(|before| self.ends.get(before)).map(|end| end + 1);
        let start = start.unwrap_or(self.start);
        let text = self.text.get((start - self.base) as usize..(end - self.base) as usize)?.trim_ascii();
        // Trim other Unicode blanks only where there may be some.
        let is_ascii = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
        let ends = (text.as_bytes().first(), text.as_bytes().last());
        let text = if is_ascii(ends.0) && is_ascii(ends.1) { text } else { text.trim() };
        Some(text).filter(|text| !text.is_empty())
    }
}

/// A row whose end has not been found yet.
struct Unfinished {
    start: u32,
    first: u32,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;
    use crate::import::quotes::Quotes;

    /// The offset and cells of each row.
    fn cells(bytes: &[u8], separator: Separator, as_quoted: bool) -> Vec<(u64, Vec<Vec<u8>>)> {
        let mut block = Block { bytes: bytes.to_vec(), separator, ..Block::default() };
        let mut quotes = Quotes::default();
        quotes.watch(bytes, separator, false);
        quotes.any |= as_quoted;
        block.quotes = quotes;
        let mut split = Split::default();
        split.split(&block);
        let owned = |row| {
            let (byte, cells) = split.raw(&block, row);
            // What precedes a row is separated later.
            let ends = bytes[byte as usize..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            (byte + ends.count() as u64, cells.map(<[u8]>::to_vec).collect::<Vec<_>>())
        };
        (0..split.len()).map(owned).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        /// Without quotes, both splitters find the same cells.
        #[test]
        fn plain_rows_are_those_of_the_csv_crate(text in "[a-b,,;;\t\t||\r\n\u{e9} -.:-<{-}]{0,40}") {
            for separator in Separator::ALL {
                let found = |as_quoted| cells(text.as_bytes(), *separator, as_quoted);
                prop_assert_eq!(found(false), found(true));
            }
        }
    }
}

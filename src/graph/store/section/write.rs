//! Writes sections in blocks, with a checksum: the CRC-32 of gzip and PNG.

use std::io::{self, Write};

use crc32fast::Hasher;

/// The numbers of entities, facts and relations. Every part that refers to them repeats them.
pub(crate) type Counts = [usize; 3];

/// Bytes written or read at a time.
pub(crate) const BLOCK: usize = 1 << 18;

/// Takes sections, and writes them block by block.
pub(crate) struct Sink<W> {
    writer: W,
    block: Vec<u8>,
    bytes: u64,
    checksum: Hasher,
}

impl<W: Write> Sink<W> {
    pub(crate) fn new(writer: W) -> Self {
        Self { writer, block: Vec::with_capacity(BLOCK), bytes: 0, checksum: Hasher::new() }
    }

    /// A part that begins with these counts.
    pub(crate) fn of(writer: W, counts: Counts) -> io::Result<Self> {
        let mut sink = Self::new(writer);
        counts.into_iter().try_for_each(|count| sink.number(count))?;
        Ok(sink)
    }

    pub(crate) fn raw(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(now);
            bytes = later;
            if self.block.len() == BLOCK {
                self.end_block()?;
            }
        }
        Ok(())
    }

    fn end_block(&mut self) -> io::Result<()> {
        self.bytes += self.block.len() as u64;
        self.checksum.update(&self.block);
        self.writer.write_all(&self.block)?;
        self.block.clear();
        Ok(())
    }

    pub(crate) fn number(&mut self, number: usize) -> io::Result<()> {
        self.raw(&(number as u64).to_le_bytes())
    }

    /// A section of bytes.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.number(bytes.len())?;
        self.raw(bytes)?;
        self.raw([0_u8; 8].split_at(bytes.len().next_multiple_of(8) - bytes.len()).0)
    }

    /// A section of numbers.
    pub(crate) fn numbers(&mut self, numbers: impl ExactSizeIterator<Item = u32>) -> io::Result<()> {
        let count = numbers.len();
        self.number(count)?;
        for number in numbers {
            self.raw(&number.to_le_bytes())?;
        }
        if count.is_multiple_of(2) { Ok(()) } else { self.raw(&[0; 4]) }
    }

    /// A section of items of `N` numbers each.
    pub(crate) fn items<const N: usize>(
        &mut self,
        items: impl ExactSizeIterator<Item = [u32; N]>,
    ) -> io::Result<()> {
        let count = items.len();
        self.number(count)?;
        for item in items {
            self.raw(item.map(u32::to_le_bytes).as_flattened())?;
        }
        if (count * N).is_multiple_of(2) { Ok(()) } else { self.raw(&[0; 4]) }
    }

    /// Finishes, and returns the number of bytes and their checksum.
    pub(crate) fn finish(mut self) -> io::Result<[u64; 2]> {
        self.end_block()?;
        Ok([self.bytes, u64::from(self.checksum.finalize())])
    }
}

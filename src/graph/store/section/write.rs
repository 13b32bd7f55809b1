//! Writes sections in blocks, with a checksum.

use std::io::{self, Write};

/// How many entities, facts and relations there are. Each part says it that has numbers of them.
pub(crate) type Counts = [usize; 3];

/// Bytes summed up, and written or read, at a time.
pub(crate) const BLOCK: usize = 1 << 18;

/// Takes sections, sums them up block by block, and writes them.
pub(crate) struct Sink<W> {
    writer: W,
    block: Vec<u8>,
    sum: Sum,
}

impl<W: Write> Sink<W> {
    pub(crate) fn new(writer: W) -> Self {
        Self { writer, block: Vec::with_capacity(BLOCK), sum: Sum::default() }
    }

    /// A part that begins with these numbers.
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
        self.sum.add(&self.block);
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

    /// A section of items of so many numbers each.
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

    /// Ends it; how many bytes it has, and their checksum.
    pub(crate) fn finish(mut self) -> io::Result<[u64; 2]> {
        self.end_block()?;
        Ok([self.sum.bytes, self.sum.result()])
    }
}

/// A checksum in eight lanes of eight bytes. Each step is undone by another, so no change of one word goes unseen.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    lanes: [u64; 8],
    bytes: u64,
}

impl Default for Sum {
    fn default() -> Self {
        Self { lanes: [1, 2, 3, 4, 5, 6, 7, 8], bytes: 0 }
    }
}

impl Sum {
    /// Adds a block; all but the last have the same length, a multiple of 64.
    pub(crate) fn add(&mut self, block: &[u8]) {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        self.bytes += block.len() as u64;
        let mut chunks = block.chunks_exact(64);
        let mut step = |chunk: &[u8]| {
            for (lane, word) in self.lanes.iter_mut().zip(chunk.chunks(8)) {
                let word = word.try_into().map_or(0, u64::from_le_bytes);
                *lane = (*lane ^ word).wrapping_mul(ODD).rotate_left(29);
            }
        };
        (&mut chunks).for_each(&mut step);
        let rest = chunks.remainder();
        let mut last = [0_u8; 64];
        last.iter_mut().zip(rest).for_each(|(slot, byte)| *slot = *byte);
        if !rest.is_empty() {
            step(&last);
        }
    }

    pub(crate) fn result(&self) -> u64 {
        let mix = |sum: u64, lane: u64| (sum ^ lane).wrapping_mul(0xd6e8_feb8_6659_fd93).rotate_left(32);
        self.lanes.into_iter().fold(self.bytes, mix)
    }
}

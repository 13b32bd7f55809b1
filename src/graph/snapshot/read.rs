//! Reading: blocks into sections. No length is believed before the file is seen to have so many bytes.

use std::io::Read;

use super::Damage;
use super::write::{BLOCK, Sum};

/// Gives out sections, and sums up what it reads.
pub(crate) struct Source<R> {
    reader: R,
    /// The bytes before the checksum that have not been read into the block.
    left: u64,
    block: Vec<u8>,
    /// How many bytes of the block have been given out.
    used: usize,
    sum: Sum,
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R, bytes: u64) -> Result<Self, Damage> {
        let left = bytes.checked_sub(8).ok_or(Damage::Foreign)?;
        Ok(Self { reader, left, block: Vec::with_capacity(BLOCK), used: 0, sum: Sum::default() })
    }

    /// The bytes of the block that are left, at least one.
    fn more(&mut self) -> Result<&[u8], Damage> {
        if self.used == self.block.len() {
            if self.left == 0 {
                return Err(Damage::Length);
            }
            let size = self.left.min(BLOCK as u64);
            self.block.resize(size as usize, 0);
            self.reader.read_exact(&mut self.block)?;
            self.sum.add(&self.block);
            self.left -= size;
            self.used = 0;
        }
        Ok(self.block.get(self.used..).unwrap_or_default())
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Damage> {
        let mut bytes = [0; N];
        let mut done = 0;
        while let Some(rest) = bytes.get_mut(done..).filter(|rest| !rest.is_empty()) {
            let more = self.more()?;
            let count = more.len().min(rest.len());
            rest.iter_mut().zip(more).for_each(|(slot, byte)| *slot = *byte);
            self.used += count;
            done += count;
        }
        Ok(bytes)
    }

    pub(crate) fn number(&mut self) -> Result<usize, Damage> {
        usize::try_from(u64::from_le_bytes(self.array()?)).map_err(|_| Damage::Length)
    }

    /// The number of items of a section, each of so many bytes, if the file can have as many.
    fn count(&mut self, size: usize) -> Result<usize, Damage> {
        let count = self.number()?;
        let there = self.left + (self.block.len() - self.used) as u64;
        let fits = count.checked_mul(size).is_some_and(|bytes| bytes as u64 <= there);
        if fits { Ok(count) } else { Err(Damage::Length) }
    }

    /// A section of bytes, each turned into something else, or seen to be wrong.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Damage> {
        let count = self.count(1)?;
        let mut bytes = Vec::with_capacity(count);
        while bytes.len() < count {
            let wanted = count - bytes.len();
            let more = self.more()?;
            let now = more.get(..wanted.min(more.len())).unwrap_or_default();
            bytes.extend_from_slice(now);
            self.used += now.len();
        }
        self.skip(count.next_multiple_of(8) - count)?;
        Ok(bytes)
    }

    /// A section of numbers.
    pub(crate) fn numbers(&mut self) -> Result<Vec<u32>, Damage> {
        let count = self.count(4)?;
        let numbers = self.items(count, |bytes: &[u8; 4]| u32::from_le_bytes(*bytes))?;
        self.skip(if count.is_multiple_of(2) { 0 } else { 4 })?;
        Ok(numbers)
    }

    /// A section of pairs of numbers, each turned into something else.
    pub(crate) fn pairs<T>(&mut self, make: impl Fn([u32; 2]) -> T) -> Result<Vec<T>, Damage> {
        let count = self.count(8)?;
        self.items(count, |[a, b, c, d, e, f, g, h]: &[u8; 8]| {
            make([u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h])])
        })
    }

    /// So many items of so many bytes.
    fn items<const N: usize, T>(
        &mut self,
        count: usize,
        make: impl Fn(&[u8; N]) -> T,
    ) -> Result<Vec<T>, Damage> {
        let mut items = Vec::with_capacity(count);
        while items.len() < count {
            let wanted = (count - items.len()) * N;
            let more = self.more()?;
            // Sections begin where a multiple of eight bytes has been given out, and blocks have as many.
            let now = more.get(..wanted.min(more.len())).unwrap_or_default();
            let (chunks, rest) = now.as_chunks::<N>();
            if !rest.is_empty() {
                return Err(Damage::Length);
            }
            items.extend(chunks.iter().map(&make));
            self.used += now.len();
        }
        Ok(items)
    }

    /// Goes over bytes that only fill up.
    fn skip(&mut self, count: usize) -> Result<(), Damage> {
        for _ in 0..count {
            self.array::<1>()?;
        }
        Ok(())
    }

    /// Sees that this is the end, and that the checksum is right.
    pub(super) fn finish(mut self) -> Result<(), Damage> {
        if self.left > 0 || self.used < self.block.len() {
            return Err(Damage::Length);
        }
        let mut sum = [0; 8];
        self.reader.read_exact(&mut sum)?;
        if self.sum.result() == u64::from_le_bytes(sum) { Ok(()) } else { Err(Damage::Checksum) }
    }
}

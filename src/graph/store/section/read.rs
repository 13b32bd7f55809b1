//! Reads sections in blocks. A length is trusted only if the file has that many bytes.

use std::io::Read;

use crc32fast::Hasher;

use super::damage::Damage;
use super::write::{BLOCK, Counts};

/// Bytes read at a time, few enough to be still in cache when the checksum is computed.
const AT_A_TIME: usize = 2 * BLOCK;

/// Reads sections, and computes the checksum of what it reads.
pub(crate) struct Source<R> {
    reader: R,
    /// The bytes of the part not yet read into the block.
    left: u64,
    block: Vec<u8>,
    /// How many bytes of the block have been consumed.
    used: usize,
    checksum: Hasher,
    expected: u64,
}

impl<R: Read> Source<R> {
    /// A part of this many bytes, with its expected checksum.
    pub(crate) fn new(reader: R, bytes: u64, expected: u64) -> Self {
        let block = Vec::with_capacity(BLOCK);
        Self { reader, left: bytes, block, used: 0, checksum: Hasher::new(), expected }
    }

    /// The counts at the start of a part. The file must have at least one byte for each entity, fact and relation,
    /// which bounds the memory that is allocated.
    pub(crate) fn counts(&mut self, bytes: u64) -> Result<Counts, Damage> {
        let mut counts = Counts::default();
        for count in &mut counts {
            *count = self.number()?;
        }
        if counts.iter().all(|count| *count as u64 <= bytes) { Ok(counts) } else { Err(Damage::Length) }
    }

    /// The unread bytes of the block, at least one.
    fn more(&mut self) -> Result<&[u8], Damage> {
        if self.used == self.block.len() {
            if self.left == 0 {
                return Err(Damage::Length);
            }
            let size = self.left.min(BLOCK as u64);
            self.block.resize(size as usize, 0);
            self.reader.read_exact(&mut self.block)?;
            self.checksum.update(&self.block);
            self.left -= size;
            self.used = 0;
        }
        Ok(self.block.get(self.used..).unwrap_or_default())
    }

    pub(crate) fn array<const N: usize>(&mut self) -> Result<[u8; N], Damage> {
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

    /// The number of items of a section, checked against the bytes that are left; `size` is that of an item.
    fn count(&mut self, size: usize) -> Result<usize, Damage> {
        let count = self.number()?;
        let there = self.left + (self.block.len() - self.used) as u64;
        let fits = count.checked_mul(size).is_some_and(|bytes| bytes as u64 <= there);
        if fits { Ok(count) } else { Err(Damage::Length) }
    }

    /// A section of bytes.
    pub(crate) fn bytes(&mut self) -> Result<Vec<u8>, Damage> {
        let count = self.count(1)?;
        let mut bytes = Vec::with_capacity(count);
        while bytes.len() < count {
            let wanted = count - bytes.len();
            let whole = (wanted.min(AT_A_TIME) as u64).min(self.left) / BLOCK as u64 * BLOCK as u64;
            if self.used == self.block.len() && whole > 0 {
                self.read_whole(&mut bytes, whole)?;
                continue;
            }
            let more = self.more()?;
            let now = more.get(..wanted.min(more.len())).unwrap_or_default();
            bytes.extend_from_slice(now);
            self.used += now.len();
        }
        self.skip(count.next_multiple_of(8) - count)?;
        Ok(bytes)
    }

    /// Reads whole blocks directly into the target, without clearing it first.
    fn read_whole(&mut self, bytes: &mut Vec<u8>, size: u64) -> Result<(), Damage> {
        let start = bytes.len();
        self.reader.by_ref().take(size).read_to_end(bytes)?;
        let blocks = bytes.get(start..).filter(|blocks| blocks.len() as u64 == size).ok_or(Damage::Length)?;
        blocks.chunks(BLOCK).for_each(|block| self.checksum.update(block));
        self.left -= size;
        Ok(())
    }

    /// A section of numbers.
    pub(crate) fn numbers(&mut self) -> Result<Vec<u32>, Damage> {
        self.numbers_where(|number| (number, true))
    }

    /// A section of numbers below a bound, each converted.
    pub(crate) fn numbers_below<T>(
        &mut self,
        bound: usize,
        make: impl Fn(u32) -> T,
    ) -> Result<Vec<T>, Damage> {
        let bound = u32::try_from(bound).unwrap_or(u32::MAX);
        self.numbers_where(|number| (make(number), number < bound))
    }

    /// A section of numbers, each converted and checked.
    pub(crate) fn numbers_where<T>(&mut self, make: impl Fn(u32) -> (T, bool)) -> Result<Vec<T>, Damage> {
        let count = self.count(4)?;
        let numbers = self.many(count, |bytes: &[u8; 4]| make(u32::from_le_bytes(*bytes)))?;
        self.skip(if count.is_multiple_of(2) { 0 } else { 4 })?;
        Ok(numbers)
    }

    /// A section of pairs of numbers, each converted and checked.
    pub(crate) fn pairs_where<T>(&mut self, make: impl Fn([u32; 2]) -> (T, bool)) -> Result<Vec<T>, Damage> {
        let count = self.count(8)?;
        self.many(count, |[a, b, c, d, e, f, g, h]: &[u8; 8]| {
            make([u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h])])
        })
    }

    /// A section of triples of numbers, each converted and checked.
    pub(crate) fn threes_where<T>(&mut self, make: impl Fn([u32; 3]) -> (T, bool)) -> Result<Vec<T>, Damage> {
        let count = self.count(12)?;
        let threes = self.many(count, |[a, b, c, d, e, f, g, h, i, j, k, l]: &[u8; 12]| {
            make(
                [[a, b, c, d], [e, f, g, h], [i, j, k, l]]
                    .map(|bytes| u32::from_le_bytes(bytes.map(|byte| *byte))),
            )
        })?;
        self.skip(if count.is_multiple_of(2) { 0 } else { 4 })?;
        Ok(threes)
    }

    /// A section of items of a fixed size, a multiple of eight.
    pub(crate) fn items<const N: usize, T>(
        &mut self,
        make: impl Fn(&[u8; N]) -> T,
    ) -> Result<Vec<T>, Damage> {
        let count = self.count(N)?;
        self.many(count, |bytes| (make(bytes), true))
    }

    /// This many items of a fixed size, checked while they are in cache.
    fn many<const N: usize, T>(
        &mut self,
        count: usize,
        make: impl Fn(&[u8; N]) -> (T, bool),
    ) -> Result<Vec<T>, Damage> {
        let mut items = Vec::with_capacity(count);
        let mut all_fit = true;
        while items.len() < count {
            let (chunks, _) = self.more()?.as_chunks::<N>();
            let now = chunks.get(..chunks.len().min(count - items.len())).unwrap_or_default();
            if now.is_empty() {
                // The item spans two blocks.
                let (item, fits) = make(&self.array()?);
                all_fit &= fits;
                items.push(item);
                continue;
            }
            items.extend(now.iter().map(|bytes| {
                let (item, fits) = make(bytes);
                all_fit &= fits;
                item
            }));
            self.used += now.as_flattened().len();
        }
        if all_fit { Ok(items) } else { Err(Damage::Inconsistent) }
    }

    /// Skips padding bytes.
    fn skip(&mut self, count: usize) -> Result<(), Damage> {
        for _ in 0..count {
            self.array::<1>()?;
        }
        Ok(())
    }

    /// Checks that this is the end, and that the checksum matches.
    pub(crate) fn finish(self) -> Result<(), Damage> {
        if self.left > 0 || self.used < self.block.len() {
            return Err(Damage::Length);
        }
        if u64::from(self.checksum.finalize()) == self.expected { Ok(()) } else { Err(Damage::Checksum) }
    }
}

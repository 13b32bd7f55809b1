//! End offsets of items stored end to end, in little more than a byte each.

use std::io::{self, Read, Write};

use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;

/// Offsets in blocks of twelve items: the start of the first, and the length of each. Finding one reads a single spot
/// in memory and sums bytes there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offsets {
    blocks: Vec<Block>,
    /// For blocks with a long item: the start of the first, and the end of each.
    long: Vec<[u32; PER_BLOCK + 1]>,
    len: usize,
    /// The end of the last item.
    end: u32,
}

/// If the first length is [`LONG`], the start is an index into `long` instead.
#[derive(Clone, Copy, Debug)]
struct Block {
    start: u32,
    lengths: [u8; PER_BLOCK],
}

const PER_BLOCK: usize = 12;
const LONG: u8 = u8::MAX;

impl Offsets {
    pub(crate) const fn memory(&self) -> usize {
        room(&self.blocks) + room(&self.long)
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// Adds an item that ends here, which must not be before the end of the previous one.
    pub(crate) fn push(&mut self, end: u32) {
        let (place, start) = (self.len % PER_BLOCK, self.end);
        if place == 0 {
            self.blocks.push(Block { start, lengths: [0; PER_BLOCK] });
        }
        (self.len, self.end) = (self.len + 1, end);
        let Some(block) = self.blocks.last_mut() else { return };
        if !block.is_long() {
            match (u8::try_from(end.saturating_sub(start)), block.lengths.get_mut(place)) {
                (Ok(length), Some(slot)) if length < LONG => {
                    *slot = length;
                    return;
                }
                _ => {
                    self.long.push(block.ends());
                    block.start = end_of(self.long.len() - 1);
                    block.lengths = [0; PER_BLOCK];
                    block.lengths[0] = LONG;
                }
            }
        }
        if let Some(ends) = self.long.last_mut() {
            ends.iter_mut().skip(place + 1).for_each(|slot| *slot = end);
        }
    }

    /// The start and end of the n-th item.
    #[inline]
    pub(crate) fn span(&self, n: usize) -> Option<(usize, usize)> {
        if n >= self.len {
            return None;
        }
        let (block, place) = (self.blocks.get(n / PER_BLOCK)?, n % PER_BLOCK);
        if block.is_long() {
            let ends = self.long.get(block.start as usize)?;
            return Some((*ends.get(place)? as usize, *ends.get(place + 1)? as usize));
        }
        let start = block.start + block.length_of(place);
        Some((start as usize, start as usize + usize::from(*block.lengths.get(place)?)))
    }

    /// The start and end of each item.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        let of_block = |(n, block): (usize, &Block)| {
            let long = || self.long.get(block.start as usize).copied();
            let ends = block.is_long().then(long).flatten().unwrap_or_else(|| block.ends());
            let count = (self.len - n * PER_BLOCK).min(PER_BLOCK);
            (0..count).filter_map(move |place| Some((*ends.get(place)?, *ends.get(place + 1)?)))
        };
        self.blocks.iter().enumerate().flat_map(of_block)
    }

    #[cfg(feature = "import")]
    pub(crate) fn clear(&mut self) {
        self.blocks.clear();
        self.long.clear();
        (self.len, self.end) = (0, 0);
    }

    pub(crate) fn reserve(&mut self, things: usize) {
        self.blocks.reserve_exact(things.div_ceil(PER_BLOCK));
    }

    /// Tries to reserve room for this many items.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, things: usize) {
        let _ = self.blocks.try_reserve(things.div_ceil(PER_BLOCK));
    }

    pub(crate) fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.long.shrink_to_fit();
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.number(self.len)?;
        let words = |block: &Block| {
            let [a, b, c, d, e, f, g, h, i, j, k, l] = block.lengths;
            [
                block.start,
                u32::from_le_bytes([a, b, c, d]),
                u32::from_le_bytes([e, f, g, h]),
                u32::from_le_bytes([i, j, k, l]),
            ]
        };
        sink.items(self.blocks.iter().map(words))?;
        sink.numbers(self.long.as_flattened().iter().copied())
    }

    /// Reads the offsets of items that take this many bytes together.
    pub(crate) fn load<R: Read>(source: &mut Source<R>, bytes: usize) -> Result<Self, Damage> {
        let len = source.number()?;
        let blocks = source.items(|[a, b, c, d, lengths @ ..]: &[u8; 16]| Block {
            start: u32::from_le_bytes([*a, *b, *c, *d]),
            lengths: *lengths,
        })?;
        let long = source.numbers()?;
        let (long, rest) = long.as_chunks();
        let ends = Self { blocks, long: long.to_vec(), len, end: end_of(bytes) };
        if rest.is_empty() && ends.fit() { Ok(ends) } else { Err(Damage::Inconsistent) }
    }

    /// Whether the items are contiguous and complete.
    fn fit(&self) -> bool {
        let mut end = 0_u64;
        let follows = |block: &Block| {
            let start = std::mem::replace(&mut end, u64::from(block.start) + u64::from(block.sum()));
            if !block.is_long() {
                return u64::from(block.start) == start;
            }
            let ends = self.long.get(block.start as usize);
            end = ends.and_then(|ends| ends.last()).map_or(0, |end| u64::from(*end));
            ends.is_some_and(|ends| ends.is_sorted() && u64::from(ends[0]) == start)
        };
        self.blocks.len() == self.len.div_ceil(PER_BLOCK)
            && self.blocks.iter().all(follows)
            && end == u64::from(self.end)
    }
}

impl Block {
    const fn is_long(&self) -> bool {
        self.lengths[0] == LONG
    }

    /// The total length of the first few items.
    #[inline]
    fn length_of(&self, few: usize) -> u32 {
        let mut all = [0; 16];
        all.iter_mut().zip(self.lengths).for_each(|(slot, length)| *slot = length);
        sum(u128::from_le_bytes(all) & ((1 << (8 * few)) - 1))
    }

    fn sum(&self) -> u32 {
        self.length_of(PER_BLOCK)
    }

    /// The start of the first item, and the end of each.
    fn ends(&self) -> [u32; PER_BLOCK + 1] {
        let mut ends = [self.start; PER_BLOCK + 1];
        let mut end = self.start;
        for (slot, length) in ends.iter_mut().skip(1).zip(self.lengths) {
            end += u32::from(length);
            *slot = end;
        }
        ends
    }
}

/// The sum of the bytes of a number.
const fn sum(bytes: u128) -> u32 {
    const PAIRS: u64 = 0x00ff_00ff_00ff_00ff;
    let (low, high) = (bytes as u64, (bytes >> 64) as u64);
    let pairs = (low & PAIRS) + (low >> 8 & PAIRS) + (high & PAIRS) + (high >> 8 & PAIRS);
    (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as u32
}

/// An end offset as stored. What does not fit is rejected when the graph is put together.
pub(crate) fn end_of(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lengths: &[u32]) {
        let (mut ends, mut spans, mut end) = (Offsets::default(), Vec::new(), 0);
        for length in lengths {
            spans.push((end, end + length));
            end += length;
            ends.push(end);
            assert_eq!(ends.len(), spans.len());
            let last = spans.len() - 1;
            assert_eq!(ends.span(last), spans.last().map(|(a, b)| (*a as usize, *b as usize)));
        }
        assert!(ends.fit());
        assert_eq!(ends.iter().collect::<Vec<_>>(), spans);
        let each = (0..lengths.len()).filter_map(|n| ends.span(n));
        assert!(each.eq(spans.iter().map(|(start, end)| (*start as usize, *end as usize))));
        assert_eq!(ends.span(lengths.len()), None);
    }

    #[test]
    fn short_and_long_things_are_found() {
        check(&[]);
        check(&[0; 30]);
        check(&[254; 50]);
        check(&[255; 13]);
        for at in 0..40 {
            for length in [254, 255, 256, 70_000] {
                let mut lengths: Vec<u32> = (0..40).map(|n| n * 13 % 17).collect();
                lengths[at] = length;
                check(&lengths);
                lengths[39 - at] = length;
                check(&lengths);
            }
        }
    }

    #[test]
    fn what_is_too_large_saturates() {
        let mut ends = Offsets::default();
        [5, u32::MAX, u32::MAX].into_iter().for_each(|end| ends.push(end));
        let spans = [0, 1, 2].map(|n| ends.span(n).unwrap());
        assert_eq!(spans, [(0, 5), (5, u32::MAX as usize), (u32::MAX as usize, u32::MAX as usize)]);
    }
}

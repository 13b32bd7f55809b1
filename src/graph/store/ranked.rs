//! A bit set with rank: which entities are in it, and at which position.

use std::io::{self, Read, Write};
use std::ops::Range;

use super::index::EntityIx;
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;

/// Blocks of bits, each with the number of bits set before it, so that finding a position reads a single spot in
/// memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct RankedSet {
    blocks: Vec<Block>,
}

/// Entities in one block of bits.
pub(crate) const BLOCK: usize = 32;

#[derive(Clone, Copy, Debug, Default)]
struct Block {
    bits: u32,
    /// The number of set bits before this block.
    before: u32,
}

impl RankedSet {
    pub(crate) const fn memory(&self) -> usize {
        room(&self.blocks)
    }

    /// An empty set for this many entities.
    pub(crate) fn none_of(entities: usize) -> Self {
        Self { blocks: vec![Block::default(); entities.div_ceil(BLOCK)] }
    }

    /// Inserts an entity, and returns whether it is new. Positions are valid only after [`RankedSet::count`].
    #[expect(clippy::indexing_slicing, reason = "there is a block for every entity that is put in")]
    pub(crate) fn insert(&mut self, entity: EntityIx) -> bool {
        let block = &mut self.blocks[entity.get() / BLOCK];
        let is_new = block.bits & bit(entity) == 0;
        block.bits |= bit(entity);
        is_new
    }

    /// Computes all positions, and returns the size of the set.
    pub(crate) fn count(&mut self) -> usize {
        let mut total = 0;
        for block in &mut self.blocks {
            block.before = total;
            total += block.bits.count_ones();
        }
        total as usize
    }

    /// The position of an entity within the set, in id order.
    #[inline]
    pub(crate) fn place(&self, entity: EntityIx) -> Option<usize> {
        let block = self.blocks.get(entity.get() / BLOCK)?;
        let bit = bit(entity);
        let place = || block.before + (block.bits & (bit - 1)).count_ones();
        (block.bits & bit != 0).then(|| place() as usize)
    }

    /// The position of an entity, or `none` if it is not in the set. Branchless, for unpredictable input.
    pub(crate) fn place_or(&self, entity: EntityIx, none: u32) -> u32 {
        let block = self.blocks.get(entity.get() / BLOCK).copied().unwrap_or_default();
        let place = block.before + (block.bits & (bit(entity) - 1)).count_ones();
        let is_in = (block.bits >> (entity.get() % BLOCK) & 1).wrapping_neg();
        place & is_in | none & !is_in
    }

    /// All entities in the set, in id order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = EntityIx> {
        self.among(0..self.blocks.len() * BLOCK).1
    }

    /// The entities in the set within a range, in id order, with the position of the first. The range must start at a
    /// block boundary, and end at one or at the end of all entities.
    #[expect(clippy::indexing_slicing, reason = "there is a block for every entity that is put in")]
    pub(crate) fn among(&self, entities: Range<usize>) -> (usize, impl Iterator<Item = EntityIx>) {
        let (first, end) = (entities.start / BLOCK, entities.end.div_ceil(BLOCK));
        let blocks = &self.blocks[first..end.max(first)];
        let before = blocks.first().map_or(0, |block| block.before as usize);
        let members = blocks.iter().enumerate().flat_map(move |(n, block)| {
            let mut bits = block.bits;
            std::iter::from_fn(move || {
                let lowest = (bits != 0).then(|| bits.trailing_zeros())?;
                bits &= bits - 1;
                Some(EntityIx::new((first + n) * BLOCK + lowest as usize))
            })
        });
        (before, members)
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.numbers(self.blocks.iter().map(|block| block.bits))
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        let blocks = source.numbers()?.into_iter().map(|bits| Block { bits, before: 0 });
        let mut ranked = Self { blocks: blocks.collect() };
        ranked.count();
        Ok(ranked)
    }

    /// The size of the set, if all its members are below `entities`.
    pub(crate) fn len_of(&self, entities: usize) -> Option<usize> {
        let last = self.blocks.last().copied().unwrap_or_default();
        let beyond = if entities.is_multiple_of(BLOCK) { 0 } else { last.bits >> (entities % BLOCK) };
        let fits = self.blocks.len() == entities.div_ceil(BLOCK) && beyond == 0;
        fits.then(|| (last.before + last.bits.count_ones()) as usize)
    }
}

const fn bit(entity: EntityIx) -> u32 {
    1 << (entity.get() % BLOCK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_those_before() {
        let all: Vec<usize> = (0..200).filter(|n| n % 7 == 0 || n % 31 == 1).collect();
        let mut ranked = RankedSet::none_of(200);
        for n in all.iter().rev() {
            assert!(ranked.insert(EntityIx::new(*n)));
            assert!(!ranked.insert(EntityIx::new(*n)));
        }
        assert_eq!(ranked.count(), all.len());
        assert_eq!(ranked.len_of(200), Some(all.len()));
        assert_eq!([ranked.len_of(190), ranked.len_of(300)], [None; 2]);
        assert!(ranked.iter().map(EntityIx::get).eq(all.iter().copied()));
        for n in 0..300 {
            let place = all.binary_search(&n);
            assert_eq!(ranked.place(EntityIx::new(n)), place.ok());
            assert_eq!(ranked.place_or(EntityIx::new(n), 7_000), place.map_or(7_000, |place| place as u32));
        }
    }
}

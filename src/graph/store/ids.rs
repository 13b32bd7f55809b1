//! Hash tables from ids to numbers, with the texts stored elsewhere.
//!
//! Each table has its own random seed, so that nobody can choose ids that collide. No order depends on it.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// A hash table from ids to numbers. It stores only the numbers; callers supply the id of a number.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdTable {
    slots: HashTable<Slot>,
    hasher: DefaultHashBuilder,
}

/// A number with half of its id's hash: the table grows without reading ids, and nearly all mismatches are skipped
/// without reading one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    number: u32,
}

impl IdTable {
    pub(crate) fn with_capacity(ids: usize) -> Self {
        Self { slots: HashTable::with_capacity(ids), hasher: DefaultHashBuilder::default() }
    }

    /// The number of an id.
    pub(crate) fn find<'t>(&self, id: &str, text_of: impl Fn(usize) -> &'t str) -> Option<usize> {
        let hash = half(&self.hasher, id);
        let is_same = |slot: &Slot| slot.hash == hash && text_of(slot.number as usize) == id;
        self.slots.find(whole(hash), is_same).map(|slot| slot.number as usize)
    }

    /// The probable number of an id, found without reading ids. For prefetching, since memory serves several requests
    /// at a time.
    pub(crate) fn glance(&self, id: &str) -> Option<u32> {
        let hash = half(&self.hasher, id);
        self.slots.find(whole(hash), |slot| slot.hash == hash).map(|slot| slot.number)
    }

    /// Inserts a number. Returns the earlier one if the id is already present.
    pub(crate) fn insert<'t>(
        &mut self,
        id: &str,
        number: usize,
        text_of: impl Fn(usize) -> &'t str,
    ) -> Option<usize> {
        let hash = half(&self.hasher, id);
        let is_same = |slot: &Slot| slot.hash == hash && text_of(slot.number as usize) == id;
        match self.slots.entry(whole(hash), is_same, |slot| whole(slot.hash)) {
            Entry::Occupied(there) => Some(there.get().number as usize),
            Entry::Vacant(free) => {
                free.insert(Slot { hash, number: super::offsets::end_of(number) });
                None
            }
        }
    }

    /// Replaces every number.
    #[cfg(feature = "import")]
    pub(crate) fn renumber(&mut self, new: impl Fn(usize) -> u32) {
        for slot in &mut self.slots {
            slot.number = new(slot.number as usize);
        }
    }

    /// Converts into an index without hashes, replacing each number.
    pub(crate) fn into_index(self, new: impl Fn(usize) -> u32) -> IdIndex {
        let mut slots = HashTable::with_capacity(self.slots.len());
        for slot in &self.slots {
            // There is room for all, so nothing is rehashed.
            slots.insert_unique(whole(slot.hash), new(slot.number as usize), |_| 0);
        }
        IdIndex { slots, hasher: self.hasher }
    }
}

/// A hash table from ids to numbers that cannot grow: half the memory of an [`IdTable`].
#[derive(Clone, Debug)]
pub(crate) struct IdIndex {
    slots: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl IdIndex {
    pub(crate) fn memory(&self) -> usize {
        self.slots.allocation_size()
    }

    /// Indexes the numbers below `count`, whose ids must be distinct.
    pub(crate) fn new<'t>(count: usize, text_of: impl Fn(usize) -> &'t str) -> Self {
        let hasher = DefaultHashBuilder::default();
        let mut slots = HashTable::with_capacity(count);
        for n in 0..count {
            slots.insert_unique(whole(half(&hasher, text_of(n))), super::offsets::end_of(n), |_| 0);
        }
        Self { slots, hasher }
    }

    /// The number of an id.
    pub(crate) fn find<'t>(&self, id: &str, text_of: impl Fn(usize) -> &'t str) -> Option<usize> {
        let is_same = |number: &u32| text_of(*number as usize) == id;
        self.slots.find(whole(half(&self.hasher, id)), is_same).map(|number| *number as usize)
    }
}

/// The half of an id's hash that tables store.
fn half(hasher: &DefaultHashBuilder, id: &str) -> u32 {
    (hasher.hash_one(id) >> 32) as u32
}

/// Expands a half hash: the lower bits select the bucket, and the upper ones are compared.
const fn whole(half: u32) -> u64 {
    (half as u64) << 32 | half as u64
}

//! Hash tables from ids to numbers, with the texts kept elsewhere.
//!
//! The hash is seeded anew for every table, so that nobody can choose ids that collide. No order depends on it.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// Numbers found by their id. The table holds numbers only; whoever asks says which id a number has.
#[derive(Clone, Debug, Default)]
pub(crate) struct IdTable {
    slots: HashTable<Slot>,
    hasher: DefaultHashBuilder,
}

/// A number with half of its id's hash: the table grows without a look at the ids, and nearly all that are not meant are
/// passed by without one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    number: u32,
}

impl IdTable {
    pub(crate) fn with_capacity(ids: usize) -> Self {
        Self { slots: HashTable::with_capacity(ids), hasher: DefaultHashBuilder::default() }
    }

    /// The number that has the id.
    pub(crate) fn find<'t>(&self, id: &str, text_of: impl Fn(usize) -> &'t str) -> Option<usize> {
        let hash = half(&self.hasher, id);
        let is_same = |slot: &Slot| slot.hash == hash && text_of(slot.number as usize) == id;
        self.slots.find(whole(hash), is_same).map(|slot| slot.number as usize)
    }

    /// The number that an id probably has, without a look at the ids; for what comes soon, since memory answers several at
    /// a time.
    pub(crate) fn glance(&self, id: &str) -> Option<u32> {
        let hash = half(&self.hasher, id);
        self.slots.find(whole(hash), |slot| slot.hash == hash).map(|slot| slot.number)
    }

    /// Adds a number; the earlier one, if the id has one already.
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

    /// Gives every number another one.
    #[cfg(feature = "import")]
    pub(crate) fn renumber(&mut self, new: impl Fn(usize) -> u32) {
        for slot in &mut self.slots {
            slot.number = new(slot.number as usize);
        }
    }

    /// The same without the hashes, each number replaced by another.
    pub(crate) fn into_index(self, new: impl Fn(usize) -> u32) -> IdIndex {
        let mut slots = HashTable::with_capacity(self.slots.len());
        for slot in &self.slots {
            // There is room for all: none is hashed again.
            slots.insert_unique(whole(slot.hash), new(slot.number as usize), |_| 0);
        }
        IdIndex { slots, hasher: self.hasher }
    }
}

/// Numbers found by their id, once no more are added: half the memory of an [`IdTable`].
#[derive(Clone, Debug)]
pub(crate) struct IdIndex {
    slots: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl IdIndex {
    pub(crate) fn memory(&self) -> usize {
        self.slots.allocation_size()
    }

    /// Of the numbers up to a count; no two have the same id.
    pub(crate) fn new<'t>(count: usize, text_of: impl Fn(usize) -> &'t str) -> Self {
        let hasher = DefaultHashBuilder::default();
        let mut slots = HashTable::with_capacity(count);
        for n in 0..count {
            slots.insert_unique(whole(half(&hasher, text_of(n))), super::offsets::end_of(n), |_| 0);
        }
        Self { slots, hasher }
    }

    /// The number that has the id.
    pub(crate) fn find<'t>(&self, id: &str, text_of: impl Fn(usize) -> &'t str) -> Option<usize> {
        let is_same = |number: &u32| text_of(*number as usize) == id;
        self.slots.find(whole(half(&self.hasher, id)), is_same).map(|number| *number as usize)
    }
}

/// The half of an id's hash that tables keep.
fn half(hasher: &DefaultHashBuilder, id: &str) -> u32 {
    (hasher.hash_one(id) >> 32) as u32
}

/// A hash of which the lower bits say where it belongs, and the upper ones are compared.
const fn whole(half: u32) -> u64 {
    (half as u64) << 32 | half as u64
}

//! Hash table from ids to numbers: open addressing, with the texts kept elsewhere.

#![expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]

use std::hash::{BuildHasher, RandomState};

/// Numbers found by their id. The table holds numbers only; whoever asks says which id a number has.
#[derive(Clone, Debug)]
pub(crate) struct IdTable {
    /// Numbers, each with half of its id's hash: nearly all ids that are not meant are passed by without a look at them.
    slots: Vec<Slot>,
    used: usize,
    /// Drawn anew for every table, so that nobody can choose ids that collide. No order depends on it.
    seed: u64,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    hash: u32,
    number: u32,
}

const EMPTY: Slot = Slot { hash: 0, number: u32::MAX };

impl Slot {
    const fn is_empty(self) -> bool {
        self.number == EMPTY.number
    }
}

impl Default for IdTable {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl IdTable {
    pub(crate) fn with_capacity(ids: usize) -> Self {
        Self { slots: vec![EMPTY; room_for(ids)], used: 0, seed: seed() }
    }

    /// The number that has the id.
    pub(crate) fn find<'t>(&self, id: &str, text_of: impl Fn(usize) -> &'t str) -> Option<usize> {
        let hash = self.hash(id);
        let mut at = self.start(hash);
        loop {
            let slot = self.slots[at];
            if slot.is_empty() {
                return None;
            }
            if slot.hash == hash && text_of(slot.number as usize) == id {
                return Some(slot.number as usize);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// The number that an id probably has, after one look; for what comes soon, since memory answers several at a time.
    pub(crate) fn glance(&self, id: &str) -> Option<u32> {
        let hash = self.hash(id);
        let slot = self.slots[self.start(hash)];
        (slot.hash == hash && !slot.is_empty()).then_some(slot.number)
    }

    /// Adds a number; the earlier one, if the id has one already.
    pub(crate) fn insert<'t>(
        &mut self,
        id: &str,
        number: usize,
        text_of: impl Fn(usize) -> &'t str,
    ) -> Option<usize> {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let hash = self.hash(id);
        let mut at = self.start(hash);
        loop {
            let there = self.slots[at];
            if there.is_empty() {
                self.slots[at] = Slot { hash, number: super::offsets::end_of(number) };
                self.used += 1;
                return None;
            }
            if there.hash == hash && text_of(there.number as usize) == id {
                return Some(there.number as usize);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Gives every number another one.
    #[cfg(feature = "import")]
    pub(crate) fn renumber(&mut self, new: impl Fn(usize) -> u32) {
        for slot in self.slots.iter_mut().filter(|slot| !slot.is_empty()) {
            slot.number = new(slot.number as usize);
        }
    }

    /// The same without the hashes, each number replaced by another.
    pub(crate) fn into_index(self, new: impl Fn(usize) -> u32) -> IdIndex {
        let bare = |slot: &Slot| if slot.is_empty() { NOBODY } else { new(slot.number as usize) };
        IdIndex { slots: self.slots.iter().map(bare).collect(), seed: self.seed }
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
        for slot in old.into_iter().filter(|slot| !slot.is_empty()) {
            let mut at = self.start(slot.hash);
            while !self.slots[at].is_empty() {
                at = (at + 1) & (self.slots.len() - 1);
            }
            self.slots[at] = slot;
        }
    }

    fn hash(&self, id: &str) -> u32 {
        upper_half(id, self.seed)
    }

    const fn start(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }
}

/// Numbers found by their id, once no more are added: half the memory of an [`IdTable`].
#[derive(Clone, Debug)]
pub(crate) struct IdIndex {
    slots: Vec<u32>,
    seed: u64,
}

const NOBODY: u32 = u32::MAX;

impl IdIndex {
    pub(crate) const fn memory(&self) -> usize {
        super::room(&self.slots)
    }

    /// Of the numbers up to a count; no two have the same id.
    pub(crate) fn new<'t>(count: usize, text_of: impl Fn(usize) -> &'t str) -> Self {
        let mut index = Self { slots: vec![NOBODY; room_for(count)], seed: seed() };
        for n in 0..count {
            let mut at = index.start(text_of(n));
            while index.slots[at] != NOBODY {
                at = (at + 1) & (index.slots.len() - 1);
            }
            index.slots[at] = super::offsets::end_of(n);
        }
        index
    }

    /// The number that has the id.
    pub(crate) fn find<'t>(&self, id: &str, text_of: impl Fn(usize) -> &'t str) -> Option<usize> {
        let mut at = self.start(id);
        loop {
            let number = self.slots[at];
            if number == NOBODY {
                return None;
            }
            if text_of(number as usize) == id {
                return Some(number as usize);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn start(&self, id: &str) -> usize {
        upper_half(id, self.seed) as usize & (self.slots.len() - 1)
    }
}

fn seed() -> u64 {
    RandomState::new().hash_one(0x6b65_6972_u32)
}

/// How many slots so many ids take.
const fn room_for(ids: usize) -> usize {
    (ids.saturating_mul(3) / 2 + 8).next_power_of_two()
}

fn upper_half(id: &str, seed: u64) -> u32 {
    (hash(id.as_bytes(), seed) >> 32) as u32
}

/// A seeded hash by folded multiplication, eight bytes at a time.
fn hash(bytes: &[u8], seed: u64) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let fold = |a: u64, b: u64| {
        let wide = u128::from(a) * u128::from(b);
        (wide as u64) ^ (wide >> 64) as u64
    };
    let mut state = seed ^ (bytes.len() as u64).wrapping_mul(ODD);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = fold(state ^ u64::from_le_bytes(*word), ODD ^ seed.rotate_left(32));
    }
    let last = rest.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
    fold(state ^ last, ODD ^ seed.rotate_left(32) | 1)
}

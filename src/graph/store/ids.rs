//! Which id is which number: open addressing over texts that are kept elsewhere.

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
        let slots = (ids.saturating_mul(3) / 2 + 8).next_power_of_two();
        Self { slots: vec![EMPTY; slots], used: 0, seed: RandomState::new().hash_one(0x6b65_6972_u32) }
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
                self.slots[at] = Slot { hash, number: super::texts::end(number) };
                self.used += 1;
                return None;
            }
            if there.hash == hash && text_of(there.number as usize) == id {
                return Some(there.number as usize);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Adds the number of an id that has none, where there is room.
    pub(crate) fn insert_new(&mut self, id: &str, number: usize) {
        let hash = self.hash(id);
        let mut at = self.start(hash);
        while !self.slots[at].is_empty() {
            at = (at + 1) & (self.slots.len() - 1);
        }
        self.slots[at] = Slot { hash, number: super::texts::end(number) };
        self.used += 1;
    }

    /// Gives every number another one.
    pub(crate) fn renumber(&mut self, new: impl Fn(usize) -> u32) {
        for slot in self.slots.iter_mut().filter(|slot| !slot.is_empty()) {
            slot.number = new(slot.number as usize);
        }
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
        (hash(id.as_bytes(), self.seed) >> 32) as u32
    }

    const fn start(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }
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

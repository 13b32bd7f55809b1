//! Hash table from short ids to entities, with one 8-byte slot each. A look-up reads no text; within a large import it
//! takes a fifth of the time of a general table.

use std::hash::{BuildHasher, RandomState};

use super::index::EntityIx;
use super::texts::Texts;

/// A hash table of ids of up to seven bytes, stored in the table itself.
///
/// Ids are mixed by an invertible function. The upper bits of the result select the home slot. A slot stores the
/// remaining bits, the entity number in the bits thus saved, and its distance from the home slot. So a slot identifies
/// an id completely.
#[derive(Debug)]
pub(crate) struct ShortIds {
    slots: Vec<u64>,
    /// The base-2 logarithm of the number of slots. There are fewer entities than slots.
    bits: u32,
    /// Random for every table, so that nobody can choose ids that collide. No order depends on it.
    seeds: [u64; 2],
}

/// The bits of a seven-byte id.
const KEY_BITS: u32 = 56;
const KEY: u64 = (1 << KEY_BITS) - 1;

/// The largest distance from the home slot, plus one. No occupied slot has zero.
const FARTHEST: u64 = 255;

/// Not found at the first probe.
const UNSEEN: u32 = u32::MAX;

/// Look-ups per batch.
const TOGETHER: usize = 256;

impl ShortIds {
    pub(crate) fn with_capacity(entities: usize) -> Self {
        let size = (entities.saturating_mul(4) / 3 + 8).next_power_of_two();
        let seed = |n: u32| RandomState::new().hash_one(n) & KEY | 1;
        Self { slots: vec![0; size], bits: size.trailing_zeros(), seeds: [seed(0), seed(1)] }
    }

    /// Inserts the id of an entity, whose number comes after those in `ids`. Returns `false` if the id is taken, and
    /// `Err` if it is not short.
    #[expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]
    pub(crate) fn insert(&mut self, id: &str, number: usize, ids: &Texts) -> Result<bool, ()> {
        let key = key(id.as_bytes()).ok_or(())?;
        while (number + 1) * 4 > self.slots.len() * 3 {
            self.grow(ids);
        }
        loop {
            match self.place(key) {
                Place::Taken(_) => return Ok(false),
                Place::Free(at, start) => {
                    self.slots[at] = start | number as u64;
                    return Ok(true);
                }
                Place::None => self.grow(ids),
            }
        }
    }

    /// Grows the table until all ids fit.
    #[expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]
    fn grow(&mut self, ids: &Texts) {
        loop {
            self.bits += 1;
            self.slots.clear();
            self.slots.resize(1 << self.bits, 0);
            let mut all = (0..ids.len()).filter_map(|n| Some((n, key(ids.get(n).as_bytes())?)));
            if all.all(|(n, key)| match self.place(key) {
                Place::Free(at, start) => {
                    self.slots[at] = start | n as u64;
                    true
                }
                Place::Taken(_) | Place::None => false,
            }) {
                return;
            }
        }
    }

    /// Looks up a short id; `Err` for a longer one.
    pub(crate) fn find(&self, id: &str) -> Result<Option<EntityIx>, ()> {
        match self.place(key(id.as_bytes()).ok_or(())?) {
            Place::Taken(entity) => Ok(Some(entity)),
            Place::Free(..) | Place::None => Ok(None),
        }
    }

    #[expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]
    fn place(&self, key: u64) -> Place {
        let (home, rest) = self.home(key);
        for away in 0..FARTHEST {
            let at = (home + away as usize) & (self.slots.len() - 1);
            let (slot, start) = (self.slots[at], ((away + 1) << KEY_BITS) | rest);
            if slot == 0 {
                return Place::Free(at, start);
            }
            // Equal bits cancel out and leave the number.
            if slot ^ start < 1 << self.bits {
                return Place::Taken(EntityIx::of((slot ^ start) as u32));
            }
        }
        Place::None
    }

    /// Looks up ids in their home slots only; they lie one after the other in `bytes`. Appends to the result each
    /// entity, or that it was unseen: it may be in another slot, not short, or unknown.
    #[expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]
    pub(crate) fn look(
        &self,
        bytes: &[u8],
        mut places: impl Iterator<Item = (u32, u32)>,
        found: &mut Vec<u32>,
    ) {
        let mut mixed = [(0, 0); TOGETHER];
        loop {
            // Compute all addresses first, then load: memory serves several requests at a time.
            let mut count = 0;
            for (mixed, (start, end)) in mixed.iter_mut().zip(&mut places) {
                *mixed = self.home(quick_key(bytes, start as usize, end as usize));
                count += 1;
            }
            found.extend(mixed.iter().take(count).map(|(home, rest)| {
                let number = self.slots[home & (self.slots.len() - 1)] ^ (1 << KEY_BITS | rest);
                if number < 1 << self.bits { number as u32 } else { UNSEEN }
            }));
            if count < TOGETHER {
                return;
            }
        }
    }

    /// The entity of a result, unless unseen.
    pub(crate) fn seen(found: u32) -> Option<EntityIx> {
        (found != UNSEEN).then(|| EntityIx::of(found))
    }

    /// Prefetches the home slots of these ids.
    #[expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]
    pub(crate) fn touch(&self, ids: &Texts) {
        let (bytes, places) = ids.places();
        let homes = places.map(|(start, end)| self.home(quick_key(bytes, start as usize, end as usize)).0);
        std::hint::black_box(homes.fold(0, |sum, home| sum ^ self.slots[home & (self.slots.len() - 1)]));
    }

    /// Renumbers every entity.
    pub(crate) fn renumber(&mut self, new: &[u32]) {
        let low = (1 << self.bits) - 1;
        for slot in self.slots.iter_mut().filter(|slot| **slot != 0) {
            let number = new.get((*slot & low) as usize).copied().unwrap_or_default();
            *slot = *slot & !low | u64::from(number);
        }
    }

    /// The home slot of a key, and the bits that a slot stores in front of the number.
    fn home(&self, key: u64) -> (usize, u64) {
        // Each step is invertible, so distinct keys stay distinct.
        let [one, other] = self.seeds;
        let mixed = key.wrapping_mul(one) & KEY;
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(other) & KEY;
        let mixed = mixed ^ mixed >> 31;
        ((mixed >> (KEY_BITS - self.bits)) as usize, mixed << self.bits & KEY)
    }
}

/// Where an id is or would be, and the stored bits of its slot.
enum Place {
    Taken(EntityIx),
    Free(usize, u64),
    None,
}

/// An id of one to seven bytes as a number. Ids do not end with a zero byte, so lengths cannot be confused.
fn key(id: &[u8]) -> Option<u64> {
    if id.len() > 7 || id.last().is_none_or(|last| *last == 0) {
        return None;
    }
    Some(id.iter().rev().fold(0, |key, byte| key << 8 | u64::from(*byte)))
}

/// The key of a part of some bytes, without a loop; zero, which no id has, if it is not short.
fn quick_key(bytes: &[u8], start: usize, end: usize) -> u64 {
    let length = end.wrapping_sub(start);
    match bytes.get(start..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(word) if (1..=7).contains(&length) => {
            let key = u64::from_le_bytes(*word) & ((1 << (8 * length)) - 1);
            if key >> (8 * (length - 1)) == 0 { 0 } else { key }
        }
        Some(_) => 0,
        None => bytes.get(start..end).and_then(key).unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_found_and_nothing_else() {
        let mut table = ShortIds::with_capacity(0);
        let mut ids = Texts::default();
        let all: Vec<String> = (0..5_000_u32).map(|n| format!("{:x}", n * n % 99_991 * 40_009)).collect();
        for id in &all {
            let known = (0..ids.len()).any(|n| ids.get(n) == id);
            match table.insert(id, ids.len(), &ids) {
                Ok(is_new) => assert_eq!(is_new, !known, "{id}"),
                Err(()) => assert!(id.len() > 7),
            }
            if !known {
                ids.push(id);
            }
        }
        let text = all.join(",");
        let mut start = 0;
        let places = all.iter().map(|id| {
            let from = start;
            start += id.len() as u32 + 1;
            (from, from + id.len() as u32)
        });
        let mut seen = Vec::new();
        table.look(text.as_bytes(), places, &mut seen);
        for (id, seen) in all.iter().zip(seen) {
            let Ok(found) = table.find(id) else { continue };
            assert_eq!(ids.get(found.unwrap().get()), id);
            assert!(seen == UNSEEN || Some(EntityIx::of(seen)) == found);
        }
        for id in ["nobody", "a\0", "1\0", "\0"] {
            assert!(matches!(table.find(id), Ok(None) | Err(())), "{id}");
        }
        let reversed: Vec<u32> = (0..ids.len() as u32).rev().collect();
        table.renumber(&reversed);
        assert_eq!(table.find(ids.get(0)).unwrap().map(EntityIx::get), Some(ids.len() - 1));
    }
}

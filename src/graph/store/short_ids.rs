//! Which short id is which entity, for reading tables: one look at memory instead of three.

#![expect(clippy::indexing_slicing, reason = "slots are masked to the table's own size")]

use std::hash::{BuildHasher, RandomState};

use super::super::index::EntityIx;
use super::entities::Entities;

/// The ids of up to eight bytes, themselves in the table.
#[derive(Debug)]
pub(crate) struct ShortIds {
    slots: Vec<(u64, u32)>,
    /// Drawn anew for every table, so that nobody can choose ids that collide. No order depends on it.
    seed: u64,
    shift: u32,
}

/// No id is empty.
const EMPTY: u64 = 0;

impl ShortIds {
    pub(crate) fn new(entities: &Entities) -> Self {
        let size = (entities.len() * 3 / 2 + 8).next_power_of_two();
        let mut table = Self {
            slots: vec![(EMPTY, 0); size],
            seed: RandomState::new().hash_one(0x6964_u32) | 1,
            shift: u64::BITS - size.trailing_zeros(),
        };
        for entity in entities.all() {
            if let Some(key) = key(entities.id(entity)) {
                let mut at = table.start(key);
                while table.slots[at].0 != EMPTY {
                    at = (at + 1) & (size - 1);
                }
                table.slots[at] = (key, entity.number());
            }
        }
        table
    }

    /// The entity of an id that is short; `Err` for one that is not.
    pub(crate) fn find(&self, id: &str) -> Result<Option<EntityIx>, ()> {
        let key = key(id).ok_or(())?;
        let mut at = self.start(key);
        loop {
            match self.slots[at] {
                (EMPTY, _) => return Ok(None),
                (own, number) if own == key => return Ok(Some(EntityIx::of(number))),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// Reads where an id would be, so that it is at hand when it is looked for; says nothing of it.
    pub(crate) fn touch(&self, id: &[u8]) -> u64 {
        if id.is_empty() || id.len() > 8 {
            return 0;
        }
        self.slots[self.start(id.iter().fold(0, |key, byte| key << 8 | u64::from(*byte)))].0
    }

    fn start(&self, key: u64) -> usize {
        // Both halves of the product are mixed, so that every bit of the key counts.
        let wide = u128::from(key) * u128::from(self.seed);
        let mixed = (wide as u64 ^ (wide >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> self.shift) as usize
    }
}

/// An id of one to eight bytes as a number.
fn key(id: &str) -> Option<u64> {
    if id.is_empty() || id.len() > 8 {
        return None;
    }
    Some(id.bytes().fold(0, |key, byte| key << 8 | u64::from(byte)))
}

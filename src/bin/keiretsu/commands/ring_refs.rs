//! The rings that shares run through, each told in full where it is first met.

use std::collections::HashMap;

use keiretsu::{Entity, OwnershipRing};
use serde::Serialize;

use crate::output::{Column, ENTITY};

pub(super) const RING: &[Column] = &[Column::Leaf("ring"), Column::Nest("members", ENTITY)];

/// A ring of an answer.
#[derive(Serialize)]
pub(super) struct RingRef<'g> {
    /// Its number within the answer, from 0.
    ring: usize,
    /// Its members, in the first row that runs through it; none in later ones.
    members: Option<Vec<Entity<'g>>>,
}

/// Which rings an answer has told.
#[derive(Default)]
pub(super) struct Rings<'g> {
    told: Vec<Vec<Entity<'g>>>,
    /// Of rings met before, by where they lie, their numbers: large ones are not compared once for every row.
    numbers: HashMap<*const OwnershipRing<'g>, usize>,
}

impl<'g> Rings<'g> {
    /// How a row names a ring.
    pub(super) fn name(&mut self, ring: &OwnershipRing<'g>) -> RingRef<'g> {
        let place = std::ptr::from_ref(ring);
        if let Some(known) = self.numbers.get(&place) {
            return RingRef { ring: *known, members: None };
        }
        let known = self.told.iter().position(|told| *told == ring.members);
        let number = known.unwrap_or(self.told.len());
        self.numbers.insert(place, number);
        if known.is_some() {
            return RingRef { ring: number, members: None };
        }
        self.told.push(ring.members.clone());
        RingRef { ring: number, members: Some(ring.members.clone()) }
    }
}

//! The rings that shares pass through, each listed in full on first use.

use std::collections::HashMap;

use serde::Serialize;

use crate::analysis::OwnershipRing;
use crate::graph::Entity;

/// A reference to a ring.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RingRef<'g> {
    /// Its number within the answer, from 0.
    pub ring: usize,
    /// Its members, in the first row that passes through it; none in later ones.
    pub members: Option<Vec<Entity<'g>>>,
}

/// The rings already listed in an answer.
#[derive(Default)]
pub(super) struct Rings<'g> {
    listed: Vec<Vec<Entity<'g>>>,
    /// The numbers of known rings by address: large ones are not compared again for every row.
    numbers: HashMap<*const OwnershipRing<'g>, usize>,
}

impl<'g> Rings<'g> {
    /// The reference of a row to a ring.
    pub(super) fn name(&mut self, ring: &OwnershipRing<'g>) -> RingRef<'g> {
        let place = std::ptr::from_ref(ring);
        if let Some(known) = self.numbers.get(&place) {
            return RingRef { ring: *known, members: None };
        }
        let known = self.listed.iter().position(|listed| *listed == ring.members);
        let number = known.unwrap_or(self.listed.len());
        self.numbers.insert(place, number);
        if known.is_some() {
            return RingRef { ring: number, members: None };
        }
        self.listed.push(ring.members.clone());
        RingRef { ring: number, members: Some(ring.members.clone()) }
    }
}

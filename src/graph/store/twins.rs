//! Entities with identical names, and what distinguishes them in print.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::entities::Entities;
use super::entity_fields::{COUNTRY, REGISTER};
use super::index::EntityIx;

/// What distinguishes a name from the same name of another entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Country,
    Register,
    Kind,
    Id,
}

/// The entities that share their name with another, in id order, each with its mark. Usually there are few.
pub(crate) struct Twins(Vec<(EntityIx, Mark)>);

impl Twins {
    pub(crate) fn new(entities: &Entities) -> Self {
        let mut named: HashMap<&str, Vec<EntityIx>> = HashMap::new();
        for entity in candidates(entities) {
            named.entry(entities.name(entity)).or_default().push(entity);
        }
        let mut twins: Vec<(EntityIx, Mark)> = Vec::new();
        for group in named.into_values().filter(|group| group.len() > 1) {
            mark_all(entities, &group, &mut twins);
        }
        twins.sort_unstable_by_key(|(entity, _)| *entity);
        Self(twins)
    }

    pub(crate) fn mark(&self, entity: EntityIx) -> Option<Mark> {
        let at = self.0.binary_search_by_key(&entity, |(own, _)| *own).ok()?;
        self.0.get(at).map(|(_, mark)| *mark)
    }
}

/// Gives each entity of one name the first mark that no other has.
pub(crate) fn mark_all(entities: &Entities, group: &[EntityIx], twins: &mut Vec<(EntityIx, Mark)>) {
    let country = |entity: EntityIx| entities.fields(entity).text(COUNTRY);
    let register = |entity: EntityIx| entities.fields(entity).text(REGISTER);
    let (countries, registers) = (counted(group, country), counted(group, register));
    let kinds = counted(group, |entity| Some(entities.kind(entity)));
    for entity in group.iter().copied() {
        let is_own = |count: Option<&usize>| count == Some(&1);
        let mark = if is_own(country(entity).and_then(|own| countries.get(own))) {
            Mark::Country
        } else if is_own(register(entity).and_then(|own| registers.get(own))) {
            Mark::Register
        } else if is_own(kinds.get(&entities.kind(entity))) {
            Mark::Kind
        } else {
            Mark::Id
        };
        twins.push((entity, mark));
    }
}

fn counted<K: std::hash::Hash + Eq>(
    group: &[EntityIx],
    key: impl Fn(EntityIx) -> Option<K>,
) -> HashMap<K, usize> {
    let mut counts = HashMap::new();
    for key in group.iter().filter_map(|entity| key(*entity)) {
        match counts.entry(key) {
            Entry::Occupied(mut count) => *count.get_mut() += 1,
            Entry::Vacant(count) => {
                count.insert(1);
            }
        }
    }
    counts
}

/// Entities that may share their name, by two bits for each of many hashes. Unique names, usually nearly all, cost next
/// to nothing.
fn candidates(entities: &Entities) -> impl Iterator<Item = EntityIx> {
    let words = (entities.len() / 2).next_power_of_two();
    let (mut once, mut twice) = (vec![0_u64; words], vec![0_u64; words]);
    let place = move |entity: EntityIx| {
        let hash = hash(entities.name(entity).as_bytes());
        ((hash >> 6) as usize & (words - 1), 1_u64 << (hash & 63))
    };
    for entity in entities.all() {
        let (word, bit) = place(entity);
        if let (Some(once), Some(twice)) = (once.get_mut(word), twice.get_mut(word)) {
            *twice |= *once & bit;
            *once |= bit;
        }
    }
    let is_any = twice.iter().any(|word| *word != 0);
    let all = is_any.then(|| entities.all()).into_iter().flatten();
    all.filter(move |entity| {
        let (word, bit) = place(*entity);
        twice.get(word).is_some_and(|twice| twice & bit != 0)
    })
}

/// A hash of the length and the first and last bytes, which must be fast rather than good.
fn hash(name: &[u8]) -> u64 {
    let word = |bytes: &[u8]| bytes.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
    let first = name.get(..name.len().min(8)).unwrap_or_default();
    let last = name.get(name.len().saturating_sub(8)..).unwrap_or_default();
    let middle = name.get(name.len() / 2..(name.len() / 2 + 8).min(name.len())).unwrap_or_default();
    let mixed = word(first).wrapping_mul(0x9E37_79B9_7F4A_7C15)
        ^ word(middle).rotate_left(21)
        ^ word(last).wrapping_mul(0xC2B2_AE3D_27D4_EB4F)
        ^ name.len() as u64;
    let mixed = mixed.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed ^ mixed >> 32
}

//! Majority stakes (certainly more than half), sorted by the company owned.
//!
//! Chains of owners are climbed all at once; in this order, the working data of each company is contiguous.

use std::io::{self, Read, Write};

use super::facts::Facts;
use super::index::{EntityIx, RelationIx};
use super::relations::{Origin, Relations};
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use crate::model::RelationKind;
use crate::value::Share;

/// Every relation by which one entity certainly owns more than half of another, sorted by the one owned, then by
/// relation.
#[derive(Debug, Default)]
pub(crate) struct Majorities(Vec<Majority>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Majority {
    pub(crate) owned: EntityIx,
    /// The relation shifted by one bit, and whether it is stated by a fact that counts.
    word: u32,
    pub(crate) holder: EntityIx,
}

const STATED: u32 = 1;

impl Majority {
    pub(crate) const fn relation(self) -> RelationIx {
        RelationIx::of(self.word >> 1)
    }

    /// Whether it is stated by a fact that counts, rather than sought or derived from an event.
    pub(crate) const fn is_stated(self) -> bool {
        self.word & STATED != 0
    }
}

impl Majorities {
    pub(crate) const fn memory(&self) -> usize {
        room(&self.0)
    }

    pub(crate) fn of(relations: &Relations, facts: &Facts) -> Self {
        let majority = |index: RelationIx| {
            let (is_one, is_stated) = match relations.origin(index) {
                Origin::Fact(fact) => (facts.is_majority(fact), facts.counts(fact)),
                // A view asks again what the share is on its date.
                Origin::Derived(derived) => {
                    let settled = derived.settled.and_then(|own| relations.settled.get(own));
                    let shares = [derived.share, settled.map(|settled| settled.share)];
                    (shares.into_iter().flatten().any(Share::is_majority), false)
                }
                Origin::Record(_) => (false, false),
            };
            let (holder, owned) = relations.ends(index);
            let word = index.number() << 1 | if is_stated { STATED } else { 0 };
            is_one.then_some(Majority { owned, word, holder })
        };
        let mut all: Vec<Majority> =
            relations.of_kind(RelationKind::OwnsShareOf).filter_map(majority).collect();
        all.sort_unstable();
        all.shrink_to_fit();
        Self(all)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = Majority> {
        self.0.iter().copied()
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.items(self.0.iter().map(|own| [own.owned.number(), own.word, own.holder.number()]))
    }

    /// Reads the stakes, for this many entities and relations.
    pub(crate) fn load<R: Read>(
        source: &mut Source<R>,
        entities: usize,
        relations: usize,
    ) -> Result<Self, Damage> {
        let [entities, relations] = [entities, relations].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let all = source.threes_where(|[owned, word, holder]| {
            let own = Majority { owned: EntityIx::of(owned), word, holder: EntityIx::of(holder) };
            let fits = owned < entities && holder < entities && own.relation().number() < relations;
            (own, fits)
        })?;
        if all.is_sorted() { Ok(Self(all)) } else { Err(Damage::Inconsistent) }
    }
}

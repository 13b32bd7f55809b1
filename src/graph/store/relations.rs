//! Relations in columns.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::ops::Range;

use super::fields::Blobs;
use super::index::{EntityIx, FactIx, RelationIx};
use super::room;
use super::rule::Rule;
use super::runs::Runs;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::validity::Validity;
use crate::model::RelationKind;
use crate::value::Share;

/// A relation as stored.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RelationData {
    pub(crate) kind: RelationKind,
    pub(crate) from: EntityIx,
    pub(crate) to: EntityIx,
    pub(crate) origin: Origin,
}

/// What says a relation: a fact, or the record of an entity.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin {
    Fact(FactIx),
    Record(EntityIx),
    Derived(Derived),
}

/// What an event leaves behind, and by which rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Derived {
    pub(crate) fact: FactIx,
    pub(crate) rule: Rule,
    /// Of a stake, the share that is left, if that can be told.
    pub(crate) share: Option<Share>,
    /// Of a stake held jointly, those who hold it.
    pub(crate) jointly: Option<Jointly>,
}

/// Some who hold a stake jointly, as an event left it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Jointly(u32);

/// All relations: those of facts, in their order, those of entity records, those that follow from events.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    kinds: Vec<RelationKind>,
    from: Vec<EntityIx>,
    to: Vec<EntityIx>,
    /// The fact or, of those in the middle, the entity.
    origin: Runs,
    /// Where those of entity records start, and where those that follow do.
    recorded: usize,
    following: usize,
    derived: Vec<Left>,
    /// Those who hold jointly what an event left, each set in the order of ids.
    joint: Vec<Vec<EntityIx>>,
}

/// How the rule and the share of what follows are tagged in a snapshot.
const RULE: u8 = 1;
const SHARE: u8 = 2;
const JOINTLY: u8 = 3;

/// What is stored of a relation that follows from an event, besides its fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    pub(crate) rule: Rule,
    pub(crate) share: Option<Share>,
    pub(crate) jointly: Option<Jointly>,
    pub(crate) validity: Validity,
}

impl Relations {
    pub(crate) fn memory(&self) -> usize {
        let ends = room(&self.from) + room(&self.to);
        let joint = room(&self.joint) + self.joint.iter().map(room).sum::<usize>();
        room(&self.kinds) + ends + self.origin.memory() + room(&self.derived) + joint
    }

    pub(crate) fn reserve(&mut self, relations: usize) {
        self.kinds.reserve_exact(relations);
        self.from.reserve_exact(relations);
        self.to.reserve_exact(relations);
        self.origin.reserve(relations);
    }

    fn push(&mut self, kind: RelationKind, from: EntityIx, to: EntityIx, origin: usize) {
        self.kinds.push(kind);
        self.from.push(from);
        self.to.push(to);
        self.origin.push(super::offsets::end_of(origin));
    }

    /// Adds what a fact states; before all others.
    pub(crate) fn push_stated(&mut self, kind: RelationKind, from: EntityIx, to: EntityIx, fact: FactIx) {
        self.push(kind, from, to, fact.get());
        (self.recorded, self.following) = (self.len(), self.len());
    }

    /// Adds what the record of an entity states; before those that follow.
    pub(crate) fn push_recorded(
        &mut self,
        kind: RelationKind,
        from: EntityIx,
        to: EntityIx,
        entity: EntityIx,
    ) {
        self.push(kind, from, to, entity.get());
        self.following = self.len();
    }

    /// Adds what follows from an event.
    pub(crate) fn push_derived(
        &mut self,
        kind: RelationKind,
        from: EntityIx,
        to: EntityIx,
        validity: Validity,
        derived: Derived,
    ) {
        self.push(kind, from, to, derived.fact.get());
        let Derived { rule, share, jointly, .. } = derived;
        self.derived.push(Left { rule, share, jointly, validity });
    }

    /// Adds some who hold jointly, in the order of ids.
    pub(crate) fn push_joint(&mut self, holders: Vec<EntityIx>) -> Jointly {
        self.joint.push(holders);
        Jointly(super::offsets::end_of(self.joint.len() - 1))
    }

    /// Those who hold jointly, in the order of ids.
    pub(crate) fn joint(&self, jointly: Jointly) -> &[EntityIx] {
        self.joint.get(jointly.0 as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the fact of a relation that is stated has another of the same kind beside it.
    pub(crate) fn is_one_of_several(&self, index: RelationIx) -> bool {
        let n = index.get();
        let fact = self.origin.get(n);
        let is_same = |other: usize| {
            other < self.recorded
                && self.origin.get(other) == fact
                && self.kinds.get(other) == self.kinds.get(n)
        };
        n.checked_sub(1).is_some_and(is_same) || is_same(n + 1)
    }

    pub(crate) const fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(crate) fn kind(&self, index: RelationIx) -> RelationKind {
        *super::at(&self.kinds, index.get())
    }

    /// Its ends, as stored.
    pub(crate) fn ends(&self, index: RelationIx) -> (EntityIx, EntityIx) {
        (*super::at(&self.from, index.get()), *super::at(&self.to, index.get()))
    }

    pub(crate) fn origin(&self, index: RelationIx) -> Origin {
        let (n, origin) = (index.get(), self.origin.get(index.get()) as usize);
        match (n < self.recorded, n.checked_sub(self.following)) {
            (true, _) => Origin::Fact(FactIx::new(origin)),
            (false, None) => Origin::Record(EntityIx::new(origin)),
            (false, Some(n)) => {
                let left = super::at(&self.derived, n);
                let Left { rule, share, jointly, .. } = *left;
                Origin::Derived(Derived { fact: FactIx::new(origin), rule, share, jointly })
            }
        }
    }

    pub(crate) fn get(&self, index: RelationIx) -> RelationData {
        let (from, to) = self.ends(index);
        RelationData { kind: self.kind(index), from, to, origin: self.origin(index) }
    }

    /// When a derived one is in force, before events end it.
    pub(crate) fn derived_validity(&self, index: RelationIx) -> Validity {
        super::at(&self.derived, index.get().saturating_sub(self.following)).validity
    }

    /// The relation that a fact states, if it is just one; `first` goes along when facts are asked in order.
    pub(crate) fn stated_by(&self, fact: FactIx, first: &mut usize) -> Option<RelationIx> {
        let own = |n: usize| n < self.recorded && self.origin.get(n) == fact.number();
        let start = *first;
        while own(*first) {
            *first += 1;
        }
        (*first == start + 1).then(|| RelationIx::new(start))
    }

    /// The kinds that there are, in their order, with how many relations are of each.
    pub(crate) fn count_kinds(&self) -> impl Iterator<Item = (RelationKind, usize)> + use<> {
        let mut counts = [0_usize; RelationKind::ALL.len()];
        for kind in &self.kinds {
            if let Some(count) = counts.get_mut(*kind as usize) {
                *count += 1;
            }
        }
        RelationKind::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0)
    }

    /// All of one kind, in order.
    pub(crate) fn of_kind(&self, kind: RelationKind) -> impl Iterator<Item = RelationIx> {
        /// Kinds looked at in one batch: facts of one kind often stand side by side.
        const CHUNK: usize = 64;
        let chunks = self.kinds.chunks(CHUNK).enumerate();
        let some = chunks.filter(move |(_, kinds)| kinds.iter().fold(false, |any, own| any | (*own == kind)));
        some.flat_map(move |(n, kinds)| {
            let own = kinds.iter().enumerate().filter(move |(_, own)| **own == kind);
            own.map(move |(at, _)| RelationIx::new(n * CHUNK + at))
        })
    }

    /// Hands out kind, subject and object of those among these that are stated by a fact that counts, or by a record.
    pub(crate) fn each_stated(
        &self,
        among: Range<usize>,
        counts: impl Fn(FactIx) -> bool,
        visit: &mut impl FnMut(RelationKind, EntityIx, EntityIx),
    ) {
        fn some<T>(column: &[T], among: Range<usize>) -> impl Iterator<Item = &T> {
            column.get(among).unwrap_or_default().iter()
        }
        let among = among.start.min(self.following)..among.end.min(self.following);
        let ends = some(&self.from, among.clone()).zip(some(&self.to, among.clone()));
        let mut all = some(&self.kinds, among.clone()).zip(ends);
        self.origin.each(among, &mut |n, origin| {
            let Some((kind, (from, to))) = all.next() else { return };
            if n >= self.recorded || counts(FactIx::of(origin)) {
                visit(*kind, *from, *to);
            }
        });
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        let kinds: Vec<u8> = self.kinds.iter().map(|kind| *kind as u8).collect();
        sink.bytes(&kinds)?;
        sink.numbers(self.from.iter().map(|entity| entity.number()))?;
        sink.numbers(self.to.iter().map(|entity| entity.number()))?;
        self.origin.save(sink)?;
        sink.number(self.recorded)?;
        sink.number(self.following)?;
        // Few rules and shares make up all: each is written once, and known by its number.
        let (mut left, mut known) = (Blobs::default(), BTreeMap::new());
        let (mut which, mut days) = (Vec::new(), Vec::new());
        for derived in &self.derived {
            let next = known.len() as u32;
            let jointly = derived.jointly.map(|Jointly(n)| n.to_string());
            let own = (derived.rule.name(), derived.share.map(|share| share.to_string()), jointly);
            which.push(*known.entry(own).or_insert_with_key(|(rule, share, jointly)| {
                left.text(RULE, rule);
                left.optional_text(SHARE, share.as_deref());
                left.optional_text(JOINTLY, jointly.as_deref());
                left.end_record();
                next
            }));
            days.extend(derived.validity.parts().map(i32::cast_unsigned));
        }
        left.save(sink)?;
        sink.numbers(which.into_iter())?;
        sink.numbers(days.into_iter())?;
        sink.numbers(self.joint.iter().map(|holders| super::offsets::end_of(holders.len())))?;
        let holders: Vec<EntityIx> = self.joint.concat();
        sink.numbers(holders.into_iter().map(EntityIx::number))
    }

    /// Reads relations of so many entities and facts.
    pub(crate) fn load<R: Read>(
        source: &mut Source<R>,
        entities: usize,
        facts: usize,
    ) -> Result<Self, Damage> {
        let kinds = super::kinds(source.bytes()?, RelationKind::ALL)?;
        let from = source.numbers_below(entities, EntityIx::of)?;
        let to = source.numbers_below(entities, EntityIx::of)?;
        let origin = Runs::load(source)?;
        let (recorded, following) = (source.number()?, source.number()?);
        let left = Blobs::load(source)?;
        let rule_and_share = |n: usize| {
            let share = left.of(n).find_tag(SHARE).map(|field| field.parse().ok_or(Damage::Inconsistent));
            let rule = left.of(n).text(RULE).and_then(Rule::from_name).ok_or(Damage::Inconsistent);
            let jointly = left.of(n).find_tag(JOINTLY).map(|field| field.parse().ok_or(Damage::Inconsistent));
            Ok((rule?, share.transpose()?, jointly.transpose()?.map(Jointly)))
        };
        let known = (0..left.len()).map(rule_and_share).collect::<Result<Vec<_>, Damage>>()?;
        let (which, days) = (source.numbers()?, source.numbers()?);
        let (days, rest) = days.as_chunks::<4>();
        if days.len() != which.len() || !rest.is_empty() {
            return Err(Damage::Inconsistent);
        }
        let derived = which.iter().zip(days).map(|(n, days)| {
            let (rule, share, jointly) = *known.get(*n as usize)?;
            Some(Left { rule, share, jointly, validity: Validity::from_parts(days.map(u32::cast_signed)) })
        });
        let derived = derived.collect::<Option<Vec<Left>>>().ok_or(Damage::Inconsistent)?;
        let joint = load_joint(source, entities)?;
        if derived.iter().filter_map(|left| left.jointly).any(|Jointly(n)| n as usize >= joint.len()) {
            return Err(Damage::Inconsistent);
        }
        let relations = Self { kinds, from, to, origin, recorded, following, derived, joint };
        if relations.fits(entities, facts) { Ok(relations) } else { Err(Damage::Inconsistent) }
    }

    /// Whether all columns are of one length, and what relations follow from is there.
    fn fits(&self, entities: usize, facts: usize) -> bool {
        let derived = self.len().checked_sub(self.following);
        [self.from.len(), self.to.len(), self.origin.len()] == [self.len(); 3]
            && self.recorded <= self.following
            && derived == Some(self.derived.len())
            && self.origin.are_below(0, self.recorded, facts)
            && self.origin.are_below(self.recorded, self.following, entities)
            && self.origin.are_below(self.following, self.len(), facts)
    }

    pub(crate) fn shrink(&mut self) {
        self.kinds.shrink_to_fit();
        self.from.shrink_to_fit();
        self.to.shrink_to_fit();
        self.origin.shrink();
        self.derived.shrink_to_fit();
    }
}

/// Those who hold jointly: how many of each set, and who.
fn load_joint<R: Read>(source: &mut Source<R>, entities: usize) -> Result<Vec<Vec<EntityIx>>, Damage> {
    let counts = source.numbers()?;
    let mut holders = source.numbers_below(entities, EntityIx::of)?;
    if counts.iter().map(|count| u64::from(*count)).sum::<u64>() != holders.len() as u64 {
        return Err(Damage::Inconsistent);
    }
    let mut joint: Vec<Vec<EntityIx>> = Vec::with_capacity(counts.len());
    for count in counts.iter().rev() {
        joint.push(holders.split_off(holders.len() - *count as usize));
    }
    joint.reverse();
    Ok(joint)
}

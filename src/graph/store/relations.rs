//! Relations stored in columns.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::ops::Range;

use super::doubts::{DoubtIx, Doubts};
use super::fields::Blobs;
use super::index::{EntityIx, FactIx, RelationIx};
use super::room;
use super::rule::Rule;
use super::runs::Runs;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::settled::{SettledIx, SettledShares};
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

/// Where a relation comes from: a fact, the record of an entity, or an event.
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
    /// For a stake, the share that is left, if known.
    pub(crate) share: Option<Share>,
    /// For a joint stake, its holders.
    pub(crate) jointly: Option<Jointly>,
    /// What may be left instead, if what it rests on besides the event is open to doubt.
    pub(crate) doubt: Option<DoubtIx>,
    /// The share once earlier events of inexact dates have certainly happened.
    pub(crate) settled: Option<SettledIx>,
}

/// A set of joint holders of a stake that an event left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Jointly(u32);

/// All relations: first those of facts, then those of entity records, then those derived from events.
#[derive(Debug, Default)]
pub(crate) struct Relations {
    kinds: Vec<RelationKind>,
    from: Vec<EntityIx>,
    to: Vec<EntityIx>,
    /// The fact, or the entity for relations of entity records.
    origin: Runs,
    /// The first relation of entity records, and the first derived one.
    recorded: usize,
    following: usize,
    derived: Vec<Left>,
    /// Sets of joint holders, each in id order.
    joint: Vec<Vec<EntityIx>>,
    pub(crate) doubts: Doubts,
    pub(crate) settled: SettledShares,
}

/// Tags of rule, share and joint holders of a derived relation in a snapshot.
const RULE: u8 = 1;
const SHARE: u8 = 2;
const JOINTLY: u8 = 3;

/// What is stored for a derived relation, besides its fact.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left {
    pub(crate) rule: Rule,
    pub(crate) share: Option<Share>,
    pub(crate) jointly: Option<Jointly>,
    pub(crate) doubt: Option<DoubtIx>,
    pub(crate) settled: Option<SettledIx>,
    pub(crate) validity: Validity,
}

impl Relations {
    pub(crate) fn memory(&self) -> usize {
        let ends = room(&self.from) + room(&self.to);
        let joint = room(&self.joint) + self.joint.iter().map(room).sum::<usize>();
        room(&self.kinds)
            + ends
            + self.origin.memory()
            + room(&self.derived)
            + joint
            + self.doubts.memory()
            + self.settled.memory()
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

    /// Adds a relation stated by a fact. Call before adding others.
    pub(crate) fn push_stated(&mut self, kind: RelationKind, from: EntityIx, to: EntityIx, fact: FactIx) {
        self.push(kind, from, to, fact.get());
        (self.recorded, self.following) = (self.len(), self.len());
    }

    /// Adds a relation stated by an entity's record. Call before adding derived ones.
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

    /// Adds a relation derived from an event.
    pub(crate) fn push_derived(
        &mut self,
        kind: RelationKind,
        from: EntityIx,
        to: EntityIx,
        validity: Validity,
        derived: Derived,
    ) {
        self.push(kind, from, to, derived.fact.get());
        let Derived { rule, share, jointly, doubt, settled, .. } = derived;
        self.derived.push(Left { rule, share, jointly, doubt, settled, validity });
    }

    /// Adds a set of joint holders, in id order.
    pub(crate) fn push_joint(&mut self, holders: Vec<EntityIx>) -> Jointly {
        self.joint.push(holders);
        Jointly(super::offsets::end_of(self.joint.len() - 1))
    }

    /// The joint holders, in id order.
    pub(crate) fn joint(&self, jointly: Jointly) -> &[EntityIx] {
        self.joint.get(jointly.0 as usize).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the fact that states a relation states another of the same kind.
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

    /// The two ends, as stored.
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
                let Left { rule, share, jointly, doubt, settled, .. } = *left;
                Origin::Derived(Derived { fact: FactIx::new(origin), rule, share, jointly, doubt, settled })
            }
        }
    }

    pub(crate) fn get(&self, index: RelationIx) -> RelationData {
        let (from, to) = self.ends(index);
        RelationData { kind: self.kind(index), from, to, origin: self.origin(index) }
    }

    /// When a derived relation is in force, before events end it.
    pub(crate) fn derived_validity(&self, index: RelationIx) -> Validity {
        super::at(&self.derived, index.get().saturating_sub(self.following)).validity
    }

    /// The relation that a fact states, if there is exactly one. `first` advances as facts are asked in order.
    pub(crate) fn stated_by(&self, fact: FactIx, first: &mut usize) -> Option<RelationIx> {
        let own = |n: usize| n < self.recorded && self.origin.get(n) == fact.number();
        let start = *first;
        while own(*first) {
            *first += 1;
        }
        (*first == start + 1).then(|| RelationIx::new(start))
    }

    /// The kinds that occur, in order, with the number of relations of each.
    pub(crate) fn count_kinds(&self) -> impl Iterator<Item = (RelationKind, usize)> + use<> {
        let mut counts = [0_usize; RelationKind::ALL.len()];
        for kind in &self.kinds {
            if let Some(count) = counts.get_mut(*kind as usize) {
                *count += 1;
            }
        }
        RelationKind::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0)
    }

    /// All relations of one kind, in order.
    pub(crate) fn of_kind(&self, kind: RelationKind) -> impl Iterator<Item = RelationIx> {
        /// Kinds checked in one batch: facts of one kind are often adjacent.
        const CHUNK: usize = 64;
        let chunks = self.kinds.chunks(CHUNK).enumerate();
        let some = chunks.filter(move |(_, kinds)| kinds.iter().fold(false, |any, own| any | (*own == kind)));
        some.flat_map(move |(n, kinds)| {
            let own = kinds.iter().enumerate().filter(move |(_, own)| **own == kind);
            own.map(move |(at, _)| RelationIx::new(n * CHUNK + at))
        })
    }

    /// Visits kind, subject and object of the relations in a range that a fact that counts, or a record, states.
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
        // There are few distinct rules and shares: each is written once, and referred to by number.
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
        sink.numbers(holders.into_iter().map(EntityIx::number))?;
        sink.numbers(self.derived.iter().map(|left| DoubtIx::number(left.doubt)))?;
        self.doubts.save(sink)?;
        sink.numbers(self.derived.iter().map(|left| SettledIx::number(left.settled)))?;
        self.settled.save(sink)
    }

    /// Reads relations, for this many entities and facts.
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
            let validity = Validity::from_parts(days.map(u32::cast_signed));
            Some(Left { rule, share, jointly, doubt: None, settled: None, validity })
        });
        let mut derived = derived.collect::<Option<Vec<Left>>>().ok_or(Damage::Inconsistent)?;
        let joint = load_joint(source, entities)?;
        let doubted = source.numbers()?;
        let doubts = Doubts::load(source, facts, kinds.len())?;
        let narrowed = source.numbers()?;
        let settled = SettledShares::load(source)?;
        if [doubted.len(), narrowed.len()] != [derived.len(); 2] {
            return Err(Damage::Inconsistent);
        }
        for (left, (doubt, narrow)) in derived.iter_mut().zip(doubted.into_iter().zip(narrowed)) {
            left.doubt = doubts.numbered(doubt).ok_or(Damage::Inconsistent)?;
            left.settled = settled.numbered(narrow).ok_or(Damage::Inconsistent)?;
        }
        if derived.iter().filter_map(|left| left.jointly).any(|Jointly(n)| n as usize >= joint.len()) {
            return Err(Damage::Inconsistent);
        }
        let relations =
            Self { kinds, from, to, origin, recorded, following, derived, joint, doubts, settled };
        if relations.fits(entities, facts) { Ok(relations) } else { Err(Damage::Inconsistent) }
    }

    /// Whether all columns have the same length, and the origins of relations exist.
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

/// Reads the sets of joint holders: the size of each set, then the members.
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

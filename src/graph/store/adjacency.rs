//! Compressed adjacency lists, by kind of relation and entity.
//!
//! The lists of one kind are stored side by side, so that a walk along it touches little memory. A list holds both
//! directions, sorted by the entity at the other end, then by relation. Next to each step is the interval in which its
//! relation is in force, as two days of 16 bits, so that a walk on a date reads nothing else. What two days cannot say
//! (imprecise dates, claims, what follows from events) is marked as odd.

use std::io::{self, Read, Write};
use std::ops::Range;

use super::index::{EntityIx, RelationIx};
use super::outline::Outline;
use super::ranked::{BLOCK, RankedSet};
use super::relations::Relations;
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::validity::{Days, Validity};
use crate::model::{RelationKind, RelationKinds};
use crate::parallel::join_if_large;

/// The adjacency lists of all entities.
#[derive(Debug)]
pub(crate) struct AdjacencyLists {
    /// The lists of each kind that occurs, in order of kinds.
    kinds: Vec<KindLists>,
    /// The position in `kinds` of each kind.
    places: Places,
    /// The outline of each entity: which kinds it has.
    outlines: Vec<Outline>,
    steps: Vec<Step>,
    /// For each step, its relation shifted by one bit, and whether it is odd.
    words: Vec<u32>,
}

/// The lists of one kind.
#[derive(Debug)]
pub(crate) struct KindLists {
    kind: RelationKind,
    /// The entities that have a list.
    members: RankedSet,
    /// Start offsets of the lists, plus one end offset. The highest bit is set if a step of the list is odd.
    starts: Vec<u32>,
}

/// One relation as a walk sees it from one of its ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The entity at the other end shifted by one bit, and whether it is the subject. Every entity number fits: the
    /// limit on the total length of ids keeps their count low enough.
    toward: u32,
    interval: Interval,
}

type Places = [u8; RelationKind::ALL.len()];

const INVERTED: u32 = 1;
const ODD: u32 = 1;
/// Flag in the start offset of a list.
const ODD_LIST: u32 = 1 << 31;

/// Use a second thread from this many steps.
const LARGE: usize = 1 << 17;

/// Limit on relations: each has two steps, whose numbers must leave one bit free.
pub(crate) const MOST_RELATIONS: usize = (u32::MAX >> 2) as usize - 1;

impl Step {
    fn new(target: EntityIx, is_inverted: bool, interval: Interval) -> Self {
        Self { toward: target.number() << 1 | if is_inverted { INVERTED } else { 0 }, interval }
    }

    pub(crate) const fn target(self) -> EntityIx {
        EntityIx::of(self.toward >> 1)
    }

    /// Whether the step leads from an object to a subject.
    pub(crate) const fn is_inverted(self) -> bool {
        self.toward & INVERTED != 0
    }

    pub(crate) const fn interval(self) -> Interval {
        self.interval
    }
}

/// A step with its relation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) target: EntityIx,
    pub(crate) relation: RelationIx,
    pub(crate) inverted: bool,
    pub(crate) odd: bool,
    pub(crate) interval: Interval,
}

/// A range of days, excluding the last, counted from 1900-01-01. Odd relations have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval(u32);

/// 1899-12-31, so that 1 is the first day that has a number of 16 bits.
const ORIGIN: i32 = 693_594;
const NEVER: u32 = 0xffff;

impl Interval {
    /// Marks what cannot be written as an interval: it starts on the last day and ends before the first.
    pub(crate) const ODD: Self = Self(NEVER);

    /// No day: starts on the first day, ends before it. All other intervals end after they start.
    const NO_DAY: Self = Self(1);

    /// Every day.
    pub(crate) const ALWAYS: Self = Self(NEVER << 16);

    /// The interval of a validity, if its days are exact and within reach.
    pub(crate) fn of(validity: Validity) -> Option<Self> {
        let (start, end) = validity.exact()?;
        let number = |day: i32| u32::try_from(day - ORIGIN).ok().filter(|n| (1..NEVER).contains(n));
        let start = start.map_or(Some(0), number)?;
        let end = end.map_or(Some(NEVER), number)?;
        Some(if start < end { Self(start | end << 16) } else { Self::NO_DAY })
    }

    const fn start(self) -> u32 {
        self.0 & 0xffff
    }

    const fn end(self) -> u32 {
        self.0 >> 16
    }
}

/// The date of a view, in the days of intervals.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    first: u32,
    last: u32,
}

impl Asked {
    pub(crate) fn of(date: Days) -> Self {
        let number = |day: i32| {
            let day = day.clamp(ORIGIN, ORIGIN + NEVER as i32 - 1);
            day.saturating_sub(ORIGIN).unsigned_abs()
        };
        let (first, last) = date.bounds();
        Self { first: number(first), last: number(last) }
    }

    /// Whether something with this interval is in force on some day of the date.
    pub(crate) fn meets(self, interval: Interval) -> bool {
        // Evaluate both conditions without a branch, since neither is predictable.
        (interval.start() <= self.last) & (self.first < interval.end())
    }

    /// Whether something with this interval is in force on every day of the date.
    pub(crate) fn is_within(self, interval: Interval) -> bool {
        interval.start() <= self.first && self.last < interval.end()
    }
}

impl AdjacencyLists {
    pub(crate) fn memory(&self) -> usize {
        let of_kind = |lists: &KindLists| lists.members.memory() + room(&lists.starts);
        let kinds = self.kinds.iter().map(of_kind).sum::<usize>();
        kinds + room(&self.outlines) + room(&self.steps) + room(&self.words)
    }

    /// Lays out the relations, all but the outlines. `intervals` says when each relation is in force, or that it is
    /// odd.
    pub(crate) fn new(entities: usize, relations: &Relations, intervals: &[Interval]) -> Self {
        let total = relations.len() * 2;
        let nothing = Step { toward: 0, interval: Interval::ODD };
        let mut lists = Self {
            kinds: Vec::new(),
            places: places(&[]),
            outlines: Vec::new(),
            steps: vec![nothing; total],
            words: vec![0; total],
        };
        // Give kinds with about half of all steps to a second thread.
        let kinds: Vec<(RelationKind, usize)> = relations.count_kinds().collect();
        let mut before = 0;
        let first = kinds.iter().take_while(|(_, count)| {
            before += count;
            before <= relations.len() / 2 || before == *count
        });
        let (some, others) = kinds.split_at(first.count());
        let base = some.iter().map(|(_, count)| count * 2).sum::<usize>();
        let (steps, other_steps) = lists.steps.split_at_mut(base);
        let (words, other_words) = lists.words.split_at_mut(base);
        let lay_out = |kinds, base: usize, steps, words| {
            Share { relations, intervals, base: base as u32, steps, words }.lay_out(kinds, entities)
        };
        let (some, others) = join_if_large(
            total,
            || lay_out(some, 0, steps, words),
            || lay_out(others, base, other_steps, other_words),
        );
        lists.kinds = some;
        lists.kinds.extend(others);
        lists.places = places(&lists.kinds);
        lists
    }

    /// Records which lists each entity has; the last step of building.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn outline(&mut self, entities: usize) {
        self.outlines = vec![Outline::default(); entities];
        for (place, lists) in self.kinds.iter().enumerate() {
            let mut lengths =
                lists.starts.windows(2).map(|pair| (pair[1] & !ODD_LIST) - (pair[0] & !ODD_LIST));
            lists.members.iter().for_each(|own| {
                self.outlines[own.get()].add(place, lengths.next().unwrap_or(0) as usize);
            });
        }
    }

    /// The lists of an entity for these kinds, in order of kinds.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn of(&self, entity: EntityIx, kinds: RelationKinds) -> impl Iterator<Item = AdjacencyList> {
        let mut places = self.outlines[entity.get()].kinds();
        let next = move || {
            let place = (places != 0).then(|| places.trailing_zeros())?;
            places &= places - 1;
            self.kinds.get(place as usize)
        };
        let wanted = std::iter::from_fn(next).filter(move |lists| kinds.contains(lists.kind));
        wanted.filter_map(move |lists| lists.of(entity))
    }

    /// About how many relations an entity has.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn weight(&self, entity: EntityIx) -> usize {
        self.outlines[entity.get()].weight()
    }

    /// The entity's list of one kind.
    #[inline]
    pub(crate) fn of_kind(&self, entity: EntityIx, kind: RelationKind) -> Option<AdjacencyList> {
        self.find(kind).and_then(|lists| lists.of(entity))
    }

    /// The lists of several entities for these kinds, in order of kinds, then of entities.
    pub(crate) fn among(
        &self,
        entities: Range<usize>,
        kinds: RelationKinds,
    ) -> impl Iterator<Item = (EntityIx, AdjacencyList)> {
        let wanted = self.kinds.iter().filter(move |lists| kinds.contains(lists.kind));
        wanted.flat_map(move |lists| lists.among(entities.clone()))
    }

    /// Whether the graph is large enough for a second thread.
    pub(crate) const fn is_large(&self) -> bool {
        self.steps.len() >= LARGE
    }

    /// Splits the entities into two ranges with about half of the relations each. The second begins at a block boundary
    /// of [`RankedSet`].
    pub(crate) fn halves(&self) -> [Range<usize>; 2] {
        let weight = |outlines: &[Outline]| outlines.iter().map(|own| own.weight()).sum::<usize>();
        let (half, mut before) = (weight(&self.outlines) / 2, 0);
        let blocks = self.outlines.chunks(BLOCK).take_while(|block| {
            before += weight(block);
            before <= half
        });
        // A snapshot may state any weights.
        let end = self.outlines.len();
        let middle = end.min(blocks.count() * BLOCK);
        [0..middle, middle..end]
    }

    /// The lists of one kind, if there are any.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn find(&self, kind: RelationKind) -> Option<&KindLists> {
        self.kinds.get(usize::from(self.places[kind as usize]))
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn entry(&self, at: u32) -> Entry {
        let (step, word) = (self.steps[at as usize], self.words[at as usize]);
        Entry {
            target: step.target(),
            relation: relation_of(word),
            inverted: step.is_inverted(),
            odd: word & ODD != 0,
            interval: step.interval,
        }
    }

    /// The steps of a list.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn steps(&self, list: &AdjacencyList) -> &[Step] {
        &self.steps[list.entries.start as usize..list.entries.end as usize]
    }

    /// Appends the targets of a list.
    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn add_targets(&self, list: &AdjacencyList, found: &mut Vec<EntityIx>) {
        // Most lists are short, but of unpredictable length: append a fixed number and truncate.
        let next = self.steps[list.entries.start as usize..].first_chunk::<4>();
        match next.filter(|few| list.len() <= few.len()) {
            Some(few) => {
                let end = found.len() + list.len();
                found.extend_from_slice(&few.map(Step::target));
                found.truncate(end);
            }
            None => found.extend(self.steps(list).iter().map(|step| step.target())),
        }
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        let kinds: Vec<u8> = self.kinds.iter().map(|lists| lists.kind as u8).collect();
        sink.bytes(&kinds)?;
        sink.numbers(self.outlines.iter().map(|own| own.code()))?;
        for lists in &self.kinds {
            lists.members.save(sink)?;
            sink.numbers(lists.starts.iter().copied())?;
        }
        sink.items(self.steps.iter().map(|step| [step.toward, step.interval.0]))?;
        sink.numbers(self.words.iter().copied())
    }

    /// Reads the lists, for this many entities and relations.
    pub(crate) fn load<R: Read>(
        source: &mut Source<R>,
        entities: usize,
        relations: usize,
    ) -> Result<Self, Damage> {
        let kinds = super::kinds(source.bytes()?, RelationKind::ALL)?;
        let outlines = source.numbers_where(|code| (Outline::of(code), true))?;
        let mut end = 0;
        let mut of_kind = |kind| {
            let lists = KindLists { kind, members: RankedSet::load(source)?, starts: source.numbers()? };
            end = lists.end(end, entities).ok_or(Damage::Inconsistent)?;
            Ok(lists)
        };
        let kinds = kinds.into_iter().map(&mut of_kind).collect::<Result<Vec<_>, Damage>>()?;
        let is_outlined = outlines.len() == entities;
        let [entities, relations] = [entities, relations].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let step = |[toward, interval]: [u32; 2]| {
            let step = Step { toward, interval: Interval(interval) };
            (step, step.target().number() < entities)
        };
        let steps = source.pairs_where(step)?;
        let words = source.numbers_where(|word| (word, relation_of(word).number() < relations))?;
        let fits = is_outlined
            && [steps.len(), words.len()] == [end as usize; 2]
            && kinds.is_sorted_by(|one, other| one.kind < other.kind);
        let lists = Self { places: places(&kinds), kinds, outlines, steps, words };
        if fits { Ok(lists) } else { Err(Damage::Inconsistent) }
    }

    /// An upper bound on the relations of an entity for these kinds. A relation to itself counts twice.
    pub(crate) fn degree(&self, entity: EntityIx, kinds: RelationKinds) -> usize {
        self.of(entity, kinds).map(|list| list.len()).sum()
    }
}

/// The part of all steps, from `base` on, that holds the lists of some kinds.
struct Share<'r> {
    relations: &'r Relations,
    intervals: &'r [Interval],
    base: u32,
    steps: &'r mut [Step],
    words: &'r mut [u32],
}

impl Share<'_> {
    /// Lays out the lists of these kinds, given with the number of their relations.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    fn lay_out(mut self, kinds: &[(RelationKind, usize)], entities: usize) -> Vec<KindLists> {
        let (mut end, mut places_of) = (self.base, vec![0; entities]);
        let mut scratch = Vec::new();
        let lay_out = |(kind, count): &(RelationKind, usize)| {
            let mut of_kind = KindLists::new(*kind, self.relations, &mut end, &mut places_of);
            // Relations of a kind are often adjacent: `take` stops the search at the last one.
            for index in self.relations.of_kind(*kind).take(*count) {
                let (from, to) = self.relations.ends(index);
                let interval = self.intervals[index.get()];
                let word = index.number() << 1 | if interval == Interval::ODD { ODD } else { 0 };
                for (own, target, inverted) in [(from, to, false), (to, from, true)] {
                    let place = &mut places_of[own.get()];
                    let at = (*place - self.base) as usize;
                    self.steps[at] = Step::new(target, inverted, interval);
                    self.words[at] = word;
                    *place += 1;
                }
            }
            self.sort(&mut of_kind, &mut scratch);
            of_kind
        };
        kinds.iter().map(lay_out).collect()
    }

    /// Sorts the lists of a kind, and marks those with an odd step.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    fn sort(&mut self, of_kind: &mut KindLists, scratch: &mut Vec<(u64, Interval)>) {
        let starts = &mut of_kind.starts;
        for list in 0..starts.len().saturating_sub(1) {
            let entries = (starts[list] - self.base) as usize..(starts[list + 1] - self.base) as usize;
            let (steps, words) = (&mut self.steps[entries.clone()], &mut self.words[entries]);
            if words.iter().any(|word| word & ODD != 0) {
                starts[list] |= ODD_LIST;
            }
            if steps.is_sorted_by_key(|step| step.target()) {
                continue;
            }
            // Sort by entity, then relation, then direction.
            let key = |step: &Step, word: u32| {
                u64::from(step.toward >> 1) << 33 | u64::from(word) << 1 | u64::from(step.toward & INVERTED)
            };
            scratch.clear();
            scratch.extend(steps.iter().zip(&*words).map(|(step, word)| (key(step, *word), step.interval)));
            scratch.sort_unstable_by_key(|(key, _)| *key);
            for ((key, interval), (step, word)) in scratch.iter().zip(steps.iter_mut().zip(words)) {
                *word = (key >> 1) as u32;
                *step =
                    Step { toward: ((key >> 33) as u32 * 2) | (*key as u32 & INVERTED), interval: *interval };
            }
        }
    }
}

impl KindLists {
    /// Reserves room for the lists of a kind from `end` on, and sets `places` to the start of each entity's list.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    fn new(kind: RelationKind, relations: &Relations, end: &mut u32, places: &mut [u32]) -> Self {
        let mut members = RankedSet::none_of(places.len());
        places.fill(0);
        for index in relations.of_kind(kind) {
            let (from, to) = relations.ends(index);
            for own in [from, to] {
                places[own.get()] += 1;
                members.insert(own);
            }
        }
        let mut starts = Vec::with_capacity(members.count() + 1);
        for own in members.iter() {
            starts.push(*end);
            *end += std::mem::replace(&mut places[own.get()], *end);
        }
        starts.push(*end);
        Self { kind, members, starts }
    }

    #[inline]
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn of(&self, entity: EntityIx) -> Option<AdjacencyList> {
        let place = self.members.place(entity)?;
        Some(self.list(self.starts[place], self.starts[place + 1]))
    }

    /// The lists of these entities; see [`RankedSet::among`] for the range.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    fn among(&self, entities: Range<usize>) -> impl Iterator<Item = (EntityIx, AdjacencyList)> {
        let (first, members) = self.members.among(entities);
        members.zip(self.starts[first..].windows(2).map(|pair| self.list(pair[0], pair[1])))
    }

    /// The end of the last list, if the lists are contiguous, the first starts at `start`, and none is empty.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    fn end(&self, start: u32, entities: usize) -> Option<u32> {
        let bare = |start: u32| start & !ODD_LIST;
        let [first, .., last] = self.starts.as_slice() else { return None };
        let pairs = self.starts.windows(2);
        let is_sorted = pairs.fold(true, |all, pair| all & (bare(pair[0]) < bare(pair[1])));
        let is_whole = self.starts.len() == self.members.len_of(entities)? + 1;
        (is_whole && is_sorted && bare(*first) == start).then(|| bare(*last))
    }

    /// All lists, in order of entities.
    #[expect(
        clippy::indexing_slicing,
        reason = "positions are made here, from the lengths of these very columns"
    )]
    pub(crate) fn all(&self) -> impl Iterator<Item = (EntityIx, AdjacencyList)> {
        self.members.iter().zip(self.starts.windows(2).map(|pair| self.list(pair[0], pair[1])))
    }

    #[inline]
    const fn list(&self, start: u32, end: u32) -> AdjacencyList {
        AdjacencyList {
            kind: self.kind,
            has_odd: start & ODD_LIST != 0,
            entries: start & !ODD_LIST..end & !ODD_LIST,
        }
    }
}

/// The relations of one kind that touch an entity.
#[derive(Clone, Debug)]
pub(crate) struct AdjacencyList {
    pub(crate) kind: RelationKind,
    pub(crate) has_odd: bool,
    pub(crate) entries: Range<u32>,
}

impl AdjacencyList {
    /// The number of relations. A relation to itself counts twice.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// The position of each kind; `u8::MAX` if it does not occur.
#[expect(
    clippy::indexing_slicing,
    reason = "positions are made here, from the lengths of these very columns"
)]
fn places(kinds: &[KindLists]) -> Places {
    let mut places = [u8::MAX; RelationKind::ALL.len()];
    for (place, lists) in kinds.iter().enumerate() {
        places[lists.kind as usize] = place as u8;
    }
    places
}

const fn relation_of(word: u32) -> RelationIx {
    RelationIx::of(word >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever weights a snapshot states, the ranges stay within the entities.
    #[test]
    fn halves_end_with_the_last_entity() {
        for entities in [0, 1, 31, 32, 33, 997] {
            for code in [0, 0x00ff_ffff, u32::MAX] {
                let relations = Relations::default();
                let mut lists = AdjacencyLists::new(entities, &relations, &[]);
                lists.outlines = vec![Outline::of(code); entities];
                let [one, other] = lists.halves();
                assert_eq!((one.start, one.end, other.end), (0, other.start, entities));
                assert!(one.end <= entities && (one.end.is_multiple_of(BLOCK) || one.end == entities));
            }
        }
    }

    /// An entity without relations of a kind is not a member of its lists.
    #[test]
    fn no_list_is_empty() {
        let of_kind = |starts: &[u32]| {
            let mut members = RankedSet::none_of(5);
            members.insert(EntityIx::new(1));
            members.insert(EntityIx::new(4));
            members.count();
            KindLists { kind: RelationKind::PartnersWith, members, starts: starts.to_vec() }.end(0, 5)
        };
        assert_eq!(of_kind(&[0, 2, 3]), Some(3));
        assert_eq!(of_kind(&[0, ODD_LIST | 2, 3]), Some(3));
        for starts in [[0, 0, 3], [0, 3, 3], [0, ODD_LIST, 3], [1, 2, 3], [0, 3, 2]] {
            assert_eq!(of_kind(&starts), None, "{starts:?}");
        }
    }
}

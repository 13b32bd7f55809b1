//! Which relations touch an entity, laid out for walking: compressed rows by kind of relation and entity.
//!
//! The rows of one kind lie side by side, so that a walk along it keeps to little memory. A row holds both directions,
//! sorted by the entity at the other end, then by relation. Beside each of these lies when the relation is in force, as
//! two days of 16 bits, so that a walk on a date looks at nothing else. What cannot be judged in this way (imprecise
//! dates, claims, what follows from events) is marked as odd.

#![expect(
    clippy::indexing_slicing,
    reason = "positions are made here, from the lengths of these very columns"
)]

use std::io::{self, Read, Write};
use std::ops::Range;

use super::index::{EntityIx, RelationIx};
use super::outline::Outline;
use super::ranked::{BLOCK, Ranked};
use super::relations::Relations;
use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;
use super::validity::{Days, Validity};
use crate::model::{RelationKind, RelationKinds};
use crate::parallel::beside;

/// The rows of all entities.
#[derive(Debug)]
pub(crate) struct Rows {
    /// Each kind that there is, in their order.
    kinds: Vec<OfKind>,
    /// Where in these each kind is.
    places: Places,
    /// Of each entity, which of these it has.
    outlines: Vec<Outline>,
    steps: Vec<Step>,
    /// Of each step, the relation, shifted by one; and whether it is odd.
    words: Vec<u32>,
}

/// The rows of one kind.
#[derive(Debug)]
struct OfKind {
    kind: RelationKind,
    /// Whose they are.
    members: Ranked,
    /// Where each row starts, and one more; with the highest bit set if one of its steps is odd.
    starts: Vec<u32>,
}

/// One relation as a walk sees it from one of its ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The entity at the other end, shifted by one; and whether it is the subject. No number of an entity is too large
    /// for that: so many different ids are longer than ids may be together.
    toward: u32,
    span: Span,
}

type Places = [u8; RelationKind::ALL.len()];

const INVERTED: u32 = 1;
const ODD: u32 = 1;
/// In the start of a row.
const ODD_ROW: u32 = 1 << 31;

/// A graph with so many steps is worth a second thread.
const LARGE: usize = 1 << 17;

/// No graph has more relations: there are two steps for each, and the numbers of these must fit beside a bit.
pub(crate) const MOST_RELATIONS: usize = (u32::MAX >> 2) as usize - 1;

impl Step {
    fn new(target: EntityIx, is_inverted: bool, span: Span) -> Self {
        Self { toward: target.number() << 1 | if is_inverted { INVERTED } else { 0 }, span }
    }

    pub(crate) const fn target(self) -> EntityIx {
        EntityIx::of(self.toward >> 1)
    }

    /// Whether it leads from an object to a subject.
    pub(crate) const fn is_inverted(self) -> bool {
        self.toward & INVERTED != 0
    }

    pub(crate) const fn span(self) -> Span {
        self.span
    }
}

/// A step with its relation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) target: EntityIx,
    pub(crate) relation: RelationIx,
    pub(crate) inverted: bool,
    pub(crate) odd: bool,
    pub(crate) span: Span,
}

/// From a day up to, not including, another; days are counted from 1900-01-01, and odd ones have no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span(u32);

/// 1899-12-31, so that 1 is the first day that has a number of 16 bits.
const ORIGIN: i32 = 693_594;
const NEVER: u32 = 0xffff;

impl Span {
    /// What cannot be written as a span: starts on the last day, ends before the first.
    pub(crate) const ODD: Self = Self(NEVER);

    /// On no day: starts on the first, ends before it. All others end after they start.
    const NO_DAY: Self = Self(1);

    /// On every day.
    pub(crate) const ALWAYS: Self = Self(NEVER << 16);

    /// The span of a validity with exact days that are not too far away.
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

/// A date that a view asks for, in the days of spans.
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

    /// Whether what has this span is in force on some day of the date.
    pub(crate) fn meets(self, span: Span) -> bool {
        // Both are worked out: which of the two fails cannot be guessed.
        (span.start() <= self.last) & (self.first < span.end())
    }

    /// Whether it is on every day.
    pub(crate) fn is_within(self, span: Span) -> bool {
        span.start() <= self.first && self.last < span.end()
    }
}

impl Rows {
    pub(crate) fn memory(&self) -> usize {
        let of_kind = |rows: &OfKind| rows.members.memory() + room(&rows.starts);
        let kinds = self.kinds.iter().map(of_kind).sum::<usize>();
        kinds + room(&self.outlines) + room(&self.steps) + room(&self.words)
    }

    /// Lays out the relations, all but the outline; `spans` says of each when it is in force, or that it is odd.
    pub(crate) fn new(entities: usize, relations: &Relations, spans: &[Span]) -> Self {
        let total = relations.len() * 2;
        let nothing = Step { toward: 0, span: Span::ODD };
        let mut rows = Self {
            kinds: Vec::new(),
            places: places(&[]),
            outlines: Vec::new(),
            steps: vec![nothing; total],
            words: vec![0; total],
        };
        // Kinds with about half of all steps together go to a second thread.
        let kinds: Vec<(RelationKind, usize)> = relations.count_kinds().collect();
        let mut before = 0;
        let first = kinds.iter().take_while(|(_, count)| {
            before += count;
            before <= relations.len() / 2 || before == *count
        });
        let (some, others) = kinds.split_at(first.count());
        let base = some.iter().map(|(_, count)| count * 2).sum::<usize>();
        let (steps, other_steps) = rows.steps.split_at_mut(base);
        let (words, other_words) = rows.words.split_at_mut(base);
        let lay_out = |kinds, base: usize, steps, words| {
            Share { relations, spans, base: base as u32, steps, words }.lay_out(kinds, entities)
        };
        let (some, others) = beside(
            total,
            || lay_out(some, 0, steps, words),
            || lay_out(others, base, other_steps, other_words),
        );
        rows.kinds = some;
        rows.kinds.extend(others);
        rows.places = places(&rows.kinds);
        rows
    }

    /// Notes down who has which rows; the last step of building.
    pub(crate) fn outline(&mut self, entities: usize) {
        self.outlines = vec![Outline::default(); entities];
        for (place, rows) in self.kinds.iter().enumerate() {
            let mut lengths = rows.starts.windows(2).map(|pair| (pair[1] & !ODD_ROW) - (pair[0] & !ODD_ROW));
            rows.members.iter().for_each(|own| {
                self.outlines[own.get()].add(place, lengths.next().unwrap_or(0) as usize);
            });
        }
    }

    /// The rows of an entity that are of these kinds, in their order.
    #[inline]
    pub(crate) fn of(&self, entity: EntityIx, kinds: RelationKinds) -> impl Iterator<Item = Row> {
        let mut places = self.outlines[entity.get()].kinds();
        let next = move || {
            let place = (places != 0).then(|| places.trailing_zeros())?;
            places &= places - 1;
            self.kinds.get(place as usize)
        };
        let wanted = std::iter::from_fn(next).filter(move |rows| kinds.contains(rows.kind));
        wanted.filter_map(move |rows| rows.of(entity))
    }

    /// About how many relations touch an entity.
    pub(crate) fn weight(&self, entity: EntityIx) -> usize {
        self.outlines[entity.get()].weight()
    }

    /// Its row of one kind.
    #[inline]
    pub(crate) fn of_kind(&self, entity: EntityIx, kind: RelationKind) -> Option<Row> {
        self.find(kind).and_then(|rows| rows.of(entity))
    }

    /// The rows of some entities that are of these kinds: in the order of kinds, then of entities.
    pub(crate) fn among(&self, part: Part, kinds: RelationKinds) -> impl Iterator<Item = (EntityIx, Row)> {
        let wanted = self.kinds.iter().filter(move |rows| kinds.contains(rows.kind));
        wanted.flat_map(move |rows| rows.among(part.start..part.end))
    }

    /// Whether there is so much that it is worth a second thread.
    pub(crate) const fn is_large(&self) -> bool {
        self.steps.len() >= LARGE
    }

    /// The entities in two parts, each with about half of the relations.
    pub(crate) fn parts(&self) -> (Part, Part) {
        let weight = |outlines: &[Outline]| outlines.iter().map(|own| own.weight()).sum::<usize>();
        let (half, mut before) = (weight(&self.outlines) / 2, 0);
        let blocks = self.outlines.chunks(BLOCK).take_while(|block| {
            before += weight(block);
            before <= half
        });
        // A snapshot may say anything of weights.
        let end = self.outlines.len();
        let middle = end.min(blocks.count() * BLOCK);
        (Part { start: 0, end: middle }, Part { start: middle, end })
    }

    /// All rows of one kind, in the order of entities.
    pub(crate) fn all(&self, kind: RelationKind) -> impl Iterator<Item = (EntityIx, Row)> {
        self.find(kind).into_iter().flat_map(OfKind::all)
    }

    fn find(&self, kind: RelationKind) -> Option<&OfKind> {
        self.kinds.get(usize::from(self.places[kind as usize]))
    }

    pub(crate) fn entry(&self, at: u32) -> Entry {
        let (step, word) = (self.steps[at as usize], self.words[at as usize]);
        Entry {
            target: step.target(),
            relation: relation_of(word),
            inverted: step.is_inverted(),
            odd: word & ODD != 0,
            span: step.span,
        }
    }

    /// The steps of a row.
    #[inline]
    pub(crate) fn steps(&self, row: &Row) -> &[Step] {
        &self.steps[row.entries.start as usize..row.entries.end as usize]
    }

    /// Adds the entities that the steps of a row lead to.
    #[inline]
    pub(crate) fn add_targets(&self, row: &Row, found: &mut Vec<EntityIx>) {
        // Most rows are short, and how short cannot be guessed: more than is wanted is added, and taken away.
        let next = self.steps[row.entries.start as usize..].first_chunk::<4>();
        match next.filter(|few| row.len() <= few.len()) {
            Some(few) => {
                let end = found.len() + row.len();
                found.extend_from_slice(&few.map(Step::target));
                found.truncate(end);
            }
            None => found.extend(self.steps(row).iter().map(|step| step.target())),
        }
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        let kinds: Vec<u8> = self.kinds.iter().map(|rows| rows.kind as u8).collect();
        sink.bytes(&kinds)?;
        sink.numbers(self.outlines.iter().map(|own| own.code()))?;
        for rows in &self.kinds {
            rows.members.save(sink)?;
            sink.numbers(rows.starts.iter().copied())?;
        }
        sink.items(self.steps.iter().map(|step| [step.toward, step.span.0]))?;
        sink.numbers(self.words.iter().copied())
    }

    /// Reads the rows of so many entities and relations.
    pub(crate) fn load<R: Read>(
        source: &mut Source<R>,
        entities: usize,
        relations: usize,
    ) -> Result<Self, Damage> {
        let kinds = super::kinds(source.bytes()?, RelationKind::ALL)?;
        let outlines = source.numbers_where(|code| (Outline::of(code), true))?;
        let mut end = 0;
        let mut of_kind = |kind| {
            let rows = OfKind { kind, members: Ranked::load(source)?, starts: source.numbers()? };
            end = rows.end(end, entities).ok_or(Damage::Inconsistent)?;
            Ok(rows)
        };
        let kinds = kinds.into_iter().map(&mut of_kind).collect::<Result<Vec<_>, Damage>>()?;
        let is_outlined = outlines.len() == entities;
        let [entities, relations] = [entities, relations].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let step = |[toward, span]: [u32; 2]| {
            let step = Step { toward, span: Span(span) };
            (step, step.target().number() < entities)
        };
        let steps = source.pairs_where(step)?;
        let words = source.numbers_where(|word| (word, relation_of(word).number() < relations))?;
        let fits = is_outlined
            && [steps.len(), words.len()] == [end as usize; 2]
            && kinds.is_sorted_by(|one, other| one.kind < other.kind);
        let rows = Self { places: places(&kinds), kinds, outlines, steps, words };
        if fits { Ok(rows) } else { Err(Damage::Inconsistent) }
    }

    /// How many relations touch an entity at most, of these kinds: each that leads to itself twice.
    pub(crate) fn degree(&self, entity: EntityIx, kinds: RelationKinds) -> usize {
        self.of(entity, kinds).map(|row| row.len()).sum()
    }
}

/// Where the rows of some kinds are laid out: a part of all steps, from `base` on.
struct Share<'r> {
    relations: &'r Relations,
    spans: &'r [Span],
    base: u32,
    steps: &'r mut [Step],
    words: &'r mut [u32],
}

impl Share<'_> {
    /// Lays out the rows of these kinds, of each of which there are so many relations.
    fn lay_out(mut self, kinds: &[(RelationKind, usize)], entities: usize) -> Vec<OfKind> {
        let (mut end, mut places_of) = (self.base, vec![0; entities]);
        let mut scratch = Vec::new();
        let lay_out = |(kind, count): &(RelationKind, usize)| {
            let mut of_kind = OfKind::new(*kind, self.relations, &mut end, &mut places_of);
            // Kinds often come by themselves: the last one is found, and no more is looked for.
            for index in self.relations.of_kind(*kind).take(*count) {
                let (from, to) = self.relations.ends(index);
                let span = self.spans[index.get()];
                let word = index.number() << 1 | if span == Span::ODD { ODD } else { 0 };
                for (own, target, inverted) in [(from, to, false), (to, from, true)] {
                    let place = &mut places_of[own.get()];
                    let at = (*place - self.base) as usize;
                    self.steps[at] = Step::new(target, inverted, span);
                    self.words[at] = word;
                    *place += 1;
                }
            }
            self.sort(&mut of_kind, &mut scratch);
            of_kind
        };
        kinds.iter().map(lay_out).collect()
    }

    /// Sorts the rows of a kind, and marks those with something odd.
    fn sort(&mut self, of_kind: &mut OfKind, scratch: &mut Vec<(u64, Span)>) {
        let starts = &mut of_kind.starts;
        for row in 0..starts.len().saturating_sub(1) {
            let entries = (starts[row] - self.base) as usize..(starts[row + 1] - self.base) as usize;
            let (steps, words) = (&mut self.steps[entries.clone()], &mut self.words[entries]);
            if words.iter().any(|word| word & ODD != 0) {
                starts[row] |= ODD_ROW;
            }
            if steps.is_sorted_by_key(|step| step.target()) {
                continue;
            }
            // Entity, relation, direction: what comes first counts most.
            let key = |step: &Step, word: u32| {
                u64::from(step.toward >> 1) << 33 | u64::from(word) << 1 | u64::from(step.toward & INVERTED)
            };
            scratch.clear();
            scratch.extend(steps.iter().zip(&*words).map(|(step, word)| (key(step, *word), step.span)));
            scratch.sort_unstable_by_key(|(key, _)| *key);
            for ((key, span), (step, word)) in scratch.iter().zip(steps.iter_mut().zip(words)) {
                *word = (key >> 1) as u32;
                *step = Step { toward: ((key >> 33) as u32 * 2) | (*key as u32 & INVERTED), span: *span };
            }
        }
    }
}

impl OfKind {
    /// Makes room for the rows of a kind from `end` on; `places` becomes where the row of each entity starts.
    fn new(kind: RelationKind, relations: &Relations, end: &mut u32, places: &mut [u32]) -> Self {
        let mut members = Ranked::none_of(places.len());
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
    fn of(&self, entity: EntityIx) -> Option<Row> {
        let place = self.members.place(entity)?;
        Some(self.row(self.starts[place], self.starts[place + 1]))
    }

    /// The rows of these entities, as [`Ranked::among`] takes them.
    fn among(&self, entities: Range<usize>) -> impl Iterator<Item = (EntityIx, Row)> {
        let (first, members) = self.members.among(entities);
        members.zip(self.starts[first..].windows(2).map(|pair| self.row(pair[0], pair[1])))
    }

    /// Where the last row ends, if each of these starts where the one before it ends, the first of them here, and none is
    /// empty.
    fn end(&self, start: u32, entities: usize) -> Option<u32> {
        let bare = |start: u32| start & !ODD_ROW;
        let [first, .., last] = self.starts.as_slice() else { return None };
        let pairs = self.starts.windows(2);
        let is_sorted = pairs.fold(true, |all, pair| all & (bare(pair[0]) < bare(pair[1])));
        let is_whole = self.starts.len() == self.members.len_of(entities)? + 1;
        (is_whole && is_sorted && bare(*first) == start).then(|| bare(*last))
    }

    fn all(&self) -> impl Iterator<Item = (EntityIx, Row)> {
        self.members.iter().zip(self.starts.windows(2).map(|pair| self.row(pair[0], pair[1])))
    }

    #[inline]
    const fn row(&self, start: u32, end: u32) -> Row {
        Row { kind: self.kind, has_odd: start & ODD_ROW != 0, entries: start & !ODD_ROW..end & !ODD_ROW }
    }
}

/// Entities that lie side by side; they begin with a block of [`Ranked`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The relations of one kind that touch an entity.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) kind: RelationKind,
    pub(crate) has_odd: bool,
    pub(crate) entries: Range<u32>,
}

impl Row {
    /// How many relations there are: each that leads to itself twice.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// Where each kind is among these; far away if it is not.
fn places(kinds: &[OfKind]) -> Places {
    let mut places = [u8::MAX; RelationKind::ALL.len()];
    for (place, rows) in kinds.iter().enumerate() {
        places[rows.kind as usize] = place as u8;
    }
    places
}

const fn relation_of(word: u32) -> RelationIx {
    RelationIx::of(word >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a snapshot says of who has how much, the parts are of those who are there.
    #[test]
    fn parts_end_with_the_last_entity() {
        for entities in [0, 1, 31, 32, 33, 997] {
            for code in [0, 0x00ff_ffff, u32::MAX] {
                let relations = Relations::default();
                let mut rows = Rows::new(entities, &relations, &[]);
                rows.outlines = vec![Outline::of(code); entities];
                let (one, other) = rows.parts();
                assert_eq!((one.start, one.end, other.end), (0, other.start, entities));
                assert!(one.end <= entities && (one.end.is_multiple_of(BLOCK) || one.end == entities));
            }
        }
    }

    /// Nobody is among those with rows of a kind who has none.
    #[test]
    fn no_row_is_empty() {
        let of_kind = |starts: &[u32]| {
            let mut members = Ranked::none_of(5);
            members.insert(EntityIx::new(1));
            members.insert(EntityIx::new(4));
            members.count();
            OfKind { kind: RelationKind::PartnersWith, members, starts: starts.to_vec() }.end(0, 5)
        };
        assert_eq!(of_kind(&[0, 2, 3]), Some(3));
        assert_eq!(of_kind(&[0, ODD_ROW | 2, 3]), Some(3));
        for starts in [[0, 0, 3], [0, 3, 3], [0, ODD_ROW, 3], [1, 2, 3], [0, 3, 2]] {
            assert_eq!(of_kind(&starts), None, "{starts:?}");
        }
    }
}

//! Which relations touch an entity, laid out for walking: compressed rows by entity and kind of relation.
//!
//! A row holds both directions, sorted by the entity at the other end, then by relation. Beside each of these lies
//! when the relation is in force, as two days of 16 bits, so that a walk on a date looks at nothing else. What
//! cannot be judged in this way (imprecise dates, claims, what follows from events) is marked as odd.

#![expect(
    clippy::indexing_slicing,
    reason = "positions are made here, from the lengths of these very columns"
)]

use std::io::{self, Read, Write};
use std::ops::Range;

use super::super::index::{EntityIx, RelationIx};
use super::super::snapshot::{Damage, Sink, Source};
use super::super::validity::{Days, Validity};
use super::relations::Relations;
use crate::model::{RelationKind, RelationKinds};

/// The rows of all entities.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// The first row of each entity, and one more.
    first: Vec<u32>,
    /// Of each row, its kind; with the highest bit set if one of its entries is odd.
    kinds: Vec<u8>,
    /// Where each row starts, and one more.
    starts: Vec<u32>,
    /// Of each entry, the entity at the other end.
    targets: Vec<EntityIx>,
    /// Of each entry, the relation, shifted by two; whether it is odd; whether it is read from its object.
    words: Vec<u32>,
    spans: Vec<Span>,
}

const INVERTED: u32 = 1;
const ODD: u32 = 2;
const SHIFT: u32 = 2;
/// In the kind of a row.
const ODD_ROW: u8 = 0x80;

/// No graph has more relations: their numbers must fit beside two bits.
pub(crate) const MOST_RELATIONS: usize = (u32::MAX >> SHIFT) as usize - 1;

/// One relation as seen from one of its ends.
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
    /// Lays out the relations; `spans` says of each when it is in force, or that it is odd.
    pub(crate) fn new(entities: usize, relations: &Relations, spans: &[Span]) -> Self {
        let (starts, targets, words) = scattered(entities, relations, spans);
        let mut rows = Self {
            first: Vec::with_capacity(entities + 1),
            spans: Vec::with_capacity(targets.len()),
            targets,
            words,
            ..Self::default()
        };
        let mut scratch: Vec<(RelationKind, EntityIx, u32)> = Vec::new();
        for entity in 0..entities {
            rows.first.push(rows.kinds.len() as u32);
            let span = starts[entity] as usize..starts[entity + 1] as usize;
            rows.sort(span, relations, spans, &mut scratch);
        }
        rows.first.push(rows.kinds.len() as u32);
        rows.starts.push(rows.targets.len() as u32);
        rows.kinds.shrink_to_fit();
        rows.starts.shrink_to_fit();
        rows
    }

    /// Sorts what touches one entity, and divides it into rows.
    fn sort(
        &mut self,
        span: Range<usize>,
        relations: &Relations,
        spans: &[Span],
        scratch: &mut Vec<(RelationKind, EntityIx, u32)>,
    ) {
        scratch.clear();
        let entries = self.targets[span.clone()].iter().zip(&self.words[span.clone()]);
        scratch.extend(entries.map(|(target, word)| (relations.kind(relation_of(*word)), *target, *word)));
        scratch.sort_unstable();
        let mut row = None;
        for (at, (kind, target, word)) in span.zip(scratch.iter()) {
            if row != Some(*kind) {
                row = Some(*kind);
                self.kinds.push(*kind as u8);
                self.starts.push(at as u32);
            }
            if let Some(row) = self.kinds.last_mut().filter(|_| word & ODD != 0) {
                *row |= ODD_ROW;
            }
            self.targets[at] = *target;
            self.words[at] = *word;
            self.spans.push(spans[relation_of(*word).get()]);
        }
    }

    /// The rows of an entity: kind, whether an entry is odd, where its entries are.
    pub(crate) fn of(&self, entity: EntityIx) -> impl Iterator<Item = Row> {
        let rows = self.first[entity.get()] as usize..self.first[entity.get() + 1] as usize;
        rows.map(|row| Row {
            kind: kind_of(self.kinds[row] & !ODD_ROW),
            has_odd: self.kinds[row] & ODD_ROW != 0,
            entries: self.starts[row]..self.starts[row + 1],
        })
    }

    /// Where the entries of an entity are that are of one kind.
    pub(crate) fn of_kind(&self, entity: EntityIx, kind: RelationKind) -> Option<Row> {
        let rows = self.first[entity.get()] as usize..self.first[entity.get() + 1] as usize;
        let position = self.kinds[rows.clone()].iter().position(|row| row & !ODD_ROW == kind as u8)?;
        let row = rows.start + position;
        let has_odd = self.kinds[row] & ODD_ROW != 0;
        Some(Row { kind, has_odd, entries: self.starts[row]..self.starts[row + 1] })
    }

    /// Where the entries of an entity of these kinds are, if they are all or lie side by side; else all.
    pub(crate) fn entries(&self, entity: EntityIx) -> Range<u32> {
        let (first, end) = (self.first[entity.get()] as usize, self.first[entity.get() + 1] as usize);
        self.starts[first]..self.starts[end]
    }

    pub(crate) fn entry(&self, at: u32) -> Entry {
        let word = self.words[at as usize];
        Entry {
            target: self.targets[at as usize],
            relation: relation_of(word),
            inverted: word & INVERTED != 0,
            odd: word & ODD != 0,
            span: self.spans[at as usize],
        }
    }

    /// The entities at the other ends of some entries.
    pub(crate) fn targets(&self, entries: Range<u32>) -> &[EntityIx] {
        &self.targets[entries.start as usize..entries.end as usize]
    }

    /// Whether some entries are read from their objects.
    pub(crate) fn inverted(&self, entries: Range<u32>) -> impl Iterator<Item = bool> {
        self.words[entries.start as usize..entries.end as usize].iter().map(|word| word & INVERTED != 0)
    }

    /// When the relations of some entries are in force.
    pub(crate) fn spans(&self, entries: Range<u32>) -> &[Span] {
        &self.spans[entries.start as usize..entries.end as usize]
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.numbers(self.first.iter().copied())?;
        sink.bytes(&self.kinds)?;
        sink.numbers(self.starts.iter().copied())?;
        sink.numbers(self.targets.iter().map(|entity| entity.number()))?;
        sink.numbers(self.words.iter().copied())?;
        sink.numbers(self.spans.iter().map(|span| span.0))
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        Ok(Self {
            first: source.numbers()?,
            kinds: source.bytes()?,
            starts: source.numbers()?,
            targets: source.numbers()?.into_iter().map(EntityIx::of).collect(),
            words: source.numbers()?,
            spans: source.numbers()?.into_iter().map(Span).collect(),
        })
    }

    /// Whether everything that these rows speak of is there.
    pub(crate) fn fits(&self, entities: usize, relations: usize) -> bool {
        let leads = |starts: &[u32], count: usize, end: usize| {
            starts.len() == count + 1
                && starts.first() == Some(&0)
                && starts.last().is_some_and(|last| *last as usize == end)
                && starts.is_sorted()
        };
        let kinds = RelationKind::ALL.len();
        leads(&self.first, entities, self.kinds.len())
            && leads(&self.starts, self.kinds.len(), self.targets.len())
            && [self.words.len(), self.spans.len()] == [self.targets.len(); 2]
            && self.kinds.iter().all(|kind| usize::from(kind & !ODD_ROW) < kinds)
            && super::all_below(self.targets.iter().map(|entity| entity.number()), entities)
            && super::all_below(self.words.iter().map(|word| relation_of(*word).number()), relations)
    }

    /// How many relations touch an entity at most, of these kinds: each that leads to itself twice.
    pub(crate) fn degree(&self, entity: EntityIx, kinds: RelationKinds) -> usize {
        if kinds == RelationKinds::ALL {
            return self.entries(entity).len();
        }
        self.of(entity).filter(|row| kinds.contains(row.kind)).map(|row| row.entries.len()).sum()
    }
}

/// The relations of one kind that touch an entity.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) kind: RelationKind,
    pub(crate) has_odd: bool,
    pub(crate) entries: Range<u32>,
}

const fn relation_of(word: u32) -> RelationIx {
    RelationIx::of(word >> SHIFT)
}

fn kind_of(kind: u8) -> RelationKind {
    RelationKind::ALL[usize::from(kind)]
}

/// The entries by entity, within each in the order of relations.
fn scattered(entities: usize, relations: &Relations, spans: &[Span]) -> (Vec<u32>, Vec<EntityIx>, Vec<u32>) {
    let all = || (0..relations.len()).map(|n| (n, relations.ends(RelationIx::new(n))));
    let mut starts = vec![0_u32; entities + 1];
    for (_, (from, to)) in all() {
        starts[from.get()] += 1;
        starts[to.get()] += 1;
    }
    let mut total = 0;
    for start in &mut starts {
        total += std::mem::replace(start, total);
    }
    let mut targets = vec![EntityIx::new(0); total as usize];
    let mut words = vec![0_u32; total as usize];
    for (n, (from, to)) in all() {
        let odd = if spans[n] == Span::ODD { ODD } else { 0 };
        let word = (n as u32) << SHIFT | odd;
        for (entity, target, word) in [(from, to, word), (to, from, word | INVERTED)] {
            let at = &mut starts[entity.get()];
            targets[*at as usize] = target;
            words[*at as usize] = word;
            *at += 1;
        }
    }
    // Each start has moved to where the next one was.
    starts.rotate_right(1);
    if let Some(first) = starts.first_mut() {
        *first = 0;
    }
    (starts, targets, words)
}

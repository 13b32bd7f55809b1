//! Ids as numbers, assigned when they are first read, before it is known whether a record has them.

use crate::graph::store::ids::{IdIndex, IdTable};
use crate::graph::store::texts::Texts;

/// The ids of one sort of records, and the record of each.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    texts: Texts,
    table: IdTable,
    /// The record with the id, if one came.
    records: Vec<u32>,
    /// Whether something refers to the id.
    named: Vec<bool>,
    /// How many records came.
    count: usize,
}

const NONE: u32 = u32::MAX;

impl Symbols {
    /// The number of an id, assigned if it is new.
    pub(crate) fn of(&mut self, id: &str) -> usize {
        let Self { texts, table, records, named, .. } = self;
        let number = texts.len();
        if let Some(known) = table.insert(id, number, |n| texts.get(n)) {
            return known;
        }
        texts.push(id);
        records.push(NONE);
        named.push(false);
        number
    }

    /// The number of an id that something refers to.
    pub(crate) fn name(&mut self, id: &str) -> usize {
        let symbol = self.of(id);
        self.mark(symbol);
        symbol
    }

    /// Prefetches what these ids will look up: memory serves several requests at a time.
    pub(crate) fn touch<'i>(&self, ids: impl Iterator<Item = &'i str>) {
        let found: Vec<u32> = ids.filter_map(|id| self.table.glance(id)).collect();
        self.texts.touch(&found);
    }

    /// Marks an id as referred to.
    pub(crate) fn mark(&mut self, symbol: usize) {
        if let Some(named) = self.named.get_mut(symbol) {
            *named = true;
        }
    }

    /// Whether something refers to an id.
    pub(crate) fn is_named(&self, id: &str) -> bool {
        let symbol = self.table.find(id, |n| self.texts.get(n));
        symbol.is_some_and(|symbol| self.is_marked(symbol))
    }

    /// Whether something refers to the id with this number.
    pub(crate) fn is_marked(&self, symbol: usize) -> bool {
        self.named.get(symbol).copied().unwrap_or(false)
    }

    /// Assigns an id to the next record.
    pub(crate) fn define(&mut self, symbol: usize) {
        if let Some(record) = self.records.get_mut(symbol) {
            *record = crate::graph::store::offsets::end_of(self.count);
            self.count += 1;
        }
    }

    /// The record of the id with this number.
    pub(crate) fn record(&self, symbol: usize) -> Option<usize> {
        self.records.get(symbol).filter(|record| **record != NONE).map(|record| *record as usize)
    }

    /// The record with an id.
    pub(crate) fn find(&self, id: &str) -> Option<usize> {
        self.table.find(id, |n| self.texts.get(n)).and_then(|symbol| self.record(symbol))
    }

    /// Whether every id that came has a record.
    pub(crate) const fn are_all_known(&self) -> bool {
        self.count == self.records.len()
    }

    /// The ids that have a record.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> + Clone {
        let known = self.records.iter().enumerate().filter(|(_, record)| **record != NONE);
        known.map(|(symbol, _)| self.texts.get(symbol))
    }

    /// How many ids have a record.
    pub(crate) const fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn text(&self, symbol: usize) -> &str {
        self.texts.get(symbol)
    }

    /// The index of the records by id, with the records renumbered.
    pub(crate) fn into_index(self, new: impl Fn(usize) -> u32) -> IdIndex {
        let Self { table, records, .. } = self;
        table.into_index(|symbol| new(super::number(&records, symbol)))
    }

    pub(crate) const fn are_too_large(&self) -> bool {
        self.texts.is_too_large()
    }
}

//! Keys that stand twice.

use std::collections::HashMap;

use super::node::{Key, Node};
use super::syntax::Span;

/// The keys of a record that came before another.
pub(crate) struct Seen<'n, 't> {
    keys: &'n [(Key<'t>, Node<'t>)],
    /// How many of these came.
    count: usize,
    /// Where they stand, if they are many.
    spans: HashMap<&'n str, Option<Span>>,
}

/// So many keys are compared each with each.
const FEW: usize = 32;

impl<'n, 't> Seen<'n, 't> {
    pub(crate) fn new(keys: &'n [(Key<'t>, Node<'t>)]) -> Self {
        Self { keys, count: 0, spans: HashMap::new() }
    }

    /// Where the last stands that is the same as the next key.
    pub(crate) fn before(&mut self, key: &'n Key<'t>) -> Option<Option<Span>> {
        let before = self.keys.get(..self.count).unwrap_or_default();
        self.count += 1;
        if self.keys.len() > FEW {
            return self.spans.insert(&key.text, key.span);
        }
        before.iter().rev().find(|(other, _)| other.text == key.text).map(|(other, _)| other.span)
    }
}

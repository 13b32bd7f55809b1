//! Duplicate keys.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tree::{Key, Span};

/// The keys of a record that came before another.
#[derive(Default)]
pub(crate) struct Seen<'t> {
    few: Vec<(Cow<'t, str>, Span)>,
    many: HashMap<Cow<'t, str>, Span>,
}

/// Up to this many keys are compared pairwise.
const FEW: usize = 32;

impl<'t> Seen<'t> {
    /// Forgets all, for the next record: the room that they had is kept.
    pub(crate) fn emptied(mut self) -> Self {
        self.few.clear();
        self.many.clear();
        self
    }

    /// Where the last stands that is the same as the next key.
    pub(crate) fn before(&mut self, key: &Key<'t>) -> Option<Span> {
        let few = self.few.iter().rev().find(|(text, _)| *text == key.text).map(|(_, span)| *span);
        if self.few.len() < FEW {
            self.few.push((key.text.clone(), key.span));
            return few;
        }
        self.many.insert(key.text.clone(), key.span).or(few)
    }
}

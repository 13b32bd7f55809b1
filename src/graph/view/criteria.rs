//! The criteria of a filter, as a view carries them.

use crate::graph::store::index::{EntityIx, SourceIx};
use crate::model::{Confidence, FactKind, RelationKind, Status};
use crate::value::Country;

/// What facts have to meet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Criteria {
    pub(super) about: Vec<EntityIx>,
    pub(super) confidence: Choice<Confidence>,
    pub(super) status: Choice<Status>,
    pub(super) country: Choice<Country>,
    pub(super) industry: Choice<String>,
    pub(super) source: Choice<SourceIx>,
    pub(super) most_sources: Option<usize>,
    pub(super) unsourced: bool,
    pub(super) disputed: bool,
    pub(super) rumoured: bool,
    pub(super) kinds: Choice<FactKind>,
    pub(super) relation_kinds: Choice<RelationKind>,
    pub(super) without: Vec<EntityIx>,
}

/// Criteria as a view has them.
#[derive(Clone, Copy)]
pub(crate) struct Only<'g> {
    pub(super) criteria: &'g Criteria,
    /// Whether relations and facts are tested by country and industry.
    pub(super) by_place: bool,
    /// Whether they name something of another graph, so that nothing meets them.
    pub(super) is_foreign: bool,
}

/// Values of which one is wanted, and values that are not.
#[derive(Clone, Debug)]
pub(super) struct Choice<T> {
    pub(super) one_of: Vec<T>,
    pub(super) none_of: Vec<T>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { one_of: Vec::new(), none_of: Vec::new() }
    }
}

impl<T> Choice<T> {
    pub(super) const fn is_empty(&self) -> bool {
        self.one_of.is_empty() && self.none_of.is_empty()
    }

    /// Whether what has these values fits.
    pub(super) fn fits(&self, mut has: impl FnMut(&T) -> bool) -> bool {
        (self.one_of.is_empty() || self.one_of.iter().any(&mut has)) && !self.none_of.iter().any(has)
    }

    /// As on the command line.
    pub(super) fn words(&self, name: impl Fn(&T) -> String) -> String {
        let wanted = self.one_of.iter().map(&name);
        let unwanted = self.none_of.iter().map(|value| format!("!{}", name(value)));
        wanted.chain(unwanted).collect::<Vec<_>>().join(",")
    }
}

//! Which relations a view shows.

use super::relation::Relation;
use super::view::View;
use crate::graph::store::adjacency::{Asked, Entry};
use crate::graph::store::relations::Origin;

/// A view's filter, compiled once per walk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Filter {
    /// Everything stated.
    Plain,
    /// What is in force on a date, certainly or possibly.
    On(Asked),
    /// What is certainly in force on a date.
    Surely(Asked),
    /// Each relation must be judged by itself.
    Each,
}

impl Filter {
    /// Whether the view shows the relation of an entry.
    pub(crate) fn shows(self, view: View<'_>, entry: Entry) -> bool {
        match self {
            Self::Plain if !entry.odd => true,
            Self::On(asked) if !entry.odd => asked.meets(entry.interval),
            Self::Surely(asked) if !entry.odd => asked.is_within(entry.interval),
            _ => view.shows(entry.relation),
        }
    }

    /// Whether the view shows the relation of an entry and it counts.
    pub(crate) fn walks(self, view: View<'_>, entry: Entry) -> bool {
        let data = view.data();
        match self {
            // Where events leave much behind, many relations are odd but easy to judge.
            Self::Plain if entry.odd && data.claims.is_empty() => match data.relations.origin(entry.relation)
            {
                Origin::Fact(fact) => data.facts.counts(fact),
                Origin::Record(_) => true,
                // What follows from events is shown only on a date.
                Origin::Derived(_) => false,
            },
            _ => self.shows(view, entry) && self.counts(view, entry),
        }
    }

    /// Whether a relation that the view shows also counts.
    fn counts(self, view: View<'_>, entry: Entry) -> bool {
        let is_judged = !entry.odd && !matches!(self, Self::Each);
        is_judged || Relation::new(view, entry.relation, entry.inverted).counts()
    }
}

impl View<'_> {
    pub(crate) fn filter(self) -> Filter {
        if self.only_filter().is_some() {
            return Filter::Each;
        }
        match (self.knowledge(), self.date(), self.is_only_certain()) {
            (None, None, _) => Filter::Plain,
            (None, Some(date), false) => Filter::On(Asked::of(date)),
            (None, Some(date), true) => Filter::Surely(Asked::of(date)),
            (Some(_), ..) => Filter::Each,
        }
    }
}

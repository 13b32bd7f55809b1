//! What began, ended or changed its certainty between two dates.

use crate::graph::{Certainty, Entity, Relation, View};
use crate::value::Date;

/// How a relation differs between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Not in force on the first date, certainly or possibly on the second.
    Began,
    /// Certainly or possibly in force on the first date, not on the second.
    Ended,
    /// In force on both, with another certainty.
    Changed,
}

impl Change {
    /// The word, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Ended => "ended",
            Self::Changed => "changed",
        }
    }
}

/// One relation that differs between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference<'g> {
    /// How it differs.
    pub change: Change,
    /// The relation, as the second date sees it; what ended, as the first.
    pub relation: Relation<'g>,
    /// How sure it was on the first date; `None` if it was not in force.
    pub before: Option<Certainty>,
    /// How sure it is on the second date; `None` if it is not in force.
    pub after: Option<Certainty>,
}

/// The relations that began, ended or changed their certainty from one date to another, in this order, then in
/// that of facts; of one entity, or all.
///
/// Costs two looks at each relation.
///
/// ```
/// # use keiretsu::{Change, Graph, diff};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     facts: [ Supply(supplier: "a", customer: "b", since: "2011", until: "2014-06", unsourced: true) ],
/// )"#)?;
/// let differences = diff(graph.view(), "2013".parse().unwrap(), "2015".parse().unwrap(), None);
/// assert_eq!(differences[0].change, Change::Ended);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[must_use]
pub fn diff<'g>(view: View<'g>, from: Date, to: Date, about: Option<Entity<'g>>) -> Vec<Difference<'g>> {
    let touches = |relation: &Relation<'g>| {
        about.is_none_or(|entity| relation.subject() == entity || relation.object() == entity)
    };
    let read = |relation: Relation<'g>| about.map_or(relation, |entity| relation.read_from(entity));
    let before: Vec<Relation<'g>> = view.as_of(from).relations().filter(touches).map(read).collect();
    let after: Vec<Relation<'g>> = view.as_of(to).relations().filter(touches).map(read).collect();
    let mut differences: Vec<Difference<'g>> = merge(&before, &after).filter_map(difference).collect();
    differences.sort_by_key(|difference| difference.change);
    differences
}

/// Pairs what both have; both are in the order of the graph.
fn merge<'r, 'g>(
    before: &'r [Relation<'g>],
    after: &'r [Relation<'g>],
) -> impl Iterator<Item = (Option<Relation<'g>>, Option<Relation<'g>>)> + use<'r, 'g> {
    let (mut before, mut after) = (before.iter().copied().peekable(), after.iter().copied().peekable());
    std::iter::from_fn(move || match (before.peek().copied(), after.peek().copied()) {
        (None, None) => None,
        (Some(old), Some(new)) if old == new => Some((before.next(), after.next())),
        (Some(old), Some(new)) if new.is_before(old) => Some((None, after.next())),
        (Some(_), _) => Some((before.next(), None)),
        (None, Some(_)) => Some((None, after.next())),
    })
}

fn difference<'g>((old, new): (Option<Relation<'g>>, Option<Relation<'g>>)) -> Option<Difference<'g>> {
    let before = old.and_then(Relation::certainty);
    let after = new.and_then(Relation::certainty);
    let change = match (old, new) {
        (None, Some(_)) => Change::Began,
        (Some(_), None) => Change::Ended,
        _ if before != after => Change::Changed,
        _ => return None,
    };
    Some(Difference { change, relation: new.or(old)?, before, after })
}

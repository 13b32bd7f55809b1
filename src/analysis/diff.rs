//! What began, ended or changed its certainty between two dates.

use std::collections::{BTreeSet, HashSet};

use crate::graph::{Certainty, Entity, OtherReading, ReadingOrder, Relation, Right, View, in_company};
use crate::model::RelationKind;
use crate::value::Date;

/// How a relation differs between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// Not in force on the first date, certainly or possibly on the second.
    Began,
    /// Certainly or possibly in force on the first date, not on the second.
    Ended,
    /// In force on both, with different certainty.
    Changed,
    /// A stake with a different share: by a newer reading, or by what a purchase or sale left.
    Share,
}

impl Change {
    /// The word, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Ended => "ended",
            Self::Changed => "changed",
            Self::Share => "share changed",
        }
    }
}

/// One relation that differs between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference<'g> {
    /// How it differs.
    pub change: Change,
    /// The relation, as seen on the second date; if it ended, on the first.
    pub relation: Relation<'g>,
    /// How certain the relation was on the first date; `None` if it was not in force.
    pub before: Option<Certainty>,
    /// How certain it is on the second date; `None` if it is not in force.
    pub after: Option<Certainty>,
    /// If the [share](Change::Share) changed, the relation that counted on the first date.
    pub earlier: Option<Relation<'g>>,
}

impl<'g> View<'g> {
    /// The relations that began, ended or changed their certainty from one date to another, and the stakes whose share
    /// changed, in this order, then in order of facts. The view's own date does not matter.
    ///
    /// If the share of a stake changed, the end of the old statement and the beginning of the new one are not reported
    /// separately. Examines each relation twice, and each stake a few more times.
    ///
    /// ```
    /// # use keiretsu::{Change, Graph};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B") },
    ///     facts: [ Supply(supplier: "a", customer: "b", since: "2011", until: "2014-06", unsourced: true) ],
    /// )"#)?;
    /// let differences = graph.view().diff("2013".parse().unwrap(), "2015".parse().unwrap());
    /// assert_eq!(differences[0].change, Change::Ended);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn diff(self, from: Date, to: Date) -> Vec<Difference<'g>> {
        diff(self, from, to, None)
    }
}

impl<'g> Entity<'g> {
    /// Like [`View::diff`], for its own relations, read from its side.
    #[must_use]
    pub fn diff(self, from: Date, to: Date) -> Vec<Difference<'g>> {
        diff(self.view(), from, to, Some(self))
    }
}

fn diff<'g>(view: View<'g>, from: Date, to: Date, about: Option<Entity<'g>>) -> Vec<Difference<'g>> {
    let touches = |relation: &Relation<'g>| {
        about.is_none_or(|entity| relation.subject() == entity || relation.object() == entity)
    };
    let read = |relation: Relation<'g>| about.map_or(relation, |entity| relation.read_from(entity));
    let before: Vec<Relation<'g>> = view.as_of(from).relations().filter(touches).map(read).collect();
    let after: Vec<Relation<'g>> = view.as_of(to).relations().filter(touches).map(read).collect();
    let mut differences: Vec<Difference<'g>> = merge(&before, &after).filter_map(difference).collect();
    let changed = shares(view, (from, to), about);
    for (earlier, later) in changed {
        // Report the old and the new statement as a single change.
        differences.retain(|one| one.relation != earlier || one.change != Change::Ended);
        let place = differences.iter().position(|one| one.relation == later);
        let now = later.certainty();
        let (before, after) = match place.map(|place| differences.remove(place)) {
            Some(own) => (own.before, own.after),
            None => (now, now),
        };
        let (relation, earlier) = (read(later), Some(read(earlier)));
        differences.push(Difference { change: Change::Share, relation, before, after, earlier });
    }
    differences.sort_by_key(|difference| difference.change);
    differences
}

/// Stakes whose share changed: the relation that counted on the first date, and the one on the second.
fn shares<'g>(
    view: View<'g>,
    (from, to): (Date, Date),
    about: Option<Entity<'g>>,
) -> Vec<(Relation<'g>, Relation<'g>)> {
    let companies: BTreeSet<Entity<'g>> = match about {
        None => view.entities().collect(),
        Some(about) => {
            let stakes = about.relations().filter(|relation| relation.kind() == RelationKind::OwnsShareOf);
            stakes.map(|stake| stake.to()).chain([about]).collect()
        }
    };
    let is_about =
        |relation: Relation<'g>| about.is_none_or(|about| [relation.from(), relation.to()].contains(&about));
    let is_shown = |relation: Relation<'g>| view.as_of(to).shows(relation.index());
    let mut found: Vec<(Relation<'g>, Relation<'g>)> = Vec::new();
    for company in companies {
        let at = |date| view.as_of(date).entity_at(company.index());
        let mut others = at(to).other_readings();
        others.retain(|other| is_about(other.counted) && is_shown(other.counted));
        if others.is_empty() {
            continue;
        }
        let before = in_company(at(from), Right::Equity);
        let before = before.direct.into_iter().chain(before.indirect).flat_map(|stake| stake.relations);
        let before: HashSet<Relation<'g>> = before.collect();
        for other in others {
            if !found.iter().any(|(_, later)| *later == other.counted) {
                found.extend(newer(other, &before));
            }
        }
    }
    found.sort_by_key(|(_, later)| later.index());
    found
}

/// The relation that counted before, and the one that counts instead with a different share.
fn newer<'g>(
    other: OtherReading<'g>,
    before: &HashSet<Relation<'g>>,
) -> Option<(Relation<'g>, Relation<'g>)> {
    let is_newer = matches!(other.why, ReadingOrder::Older | ReadingOrder::Changed);
    let earlier = *before.get(&other.relation).filter(|_| is_newer && !before.contains(&other.counted))?;
    (earlier.share()? != other.counted.share()?).then_some((earlier, other.counted))
}

/// Merges two lists that are both in graph order, pairing equal relations.
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
    Some(Difference { change, relation: new.or(old)?, before, after, earlier: None })
}

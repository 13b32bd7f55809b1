//! What began, ended or changed its certainty between two dates.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::graph::{Certainty, Entity, OtherReading, ReadingOrder, Relation, Right, View, in_company};
use crate::limits::Limits;
use crate::model::RelationKind;
use crate::query::{Budget, Outcome, StoppedBy};
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
        Comparison::of(self, (from, to), None).run(&mut Budget::of(None)).0
    }

    /// Like [`View::diff`], within limits, and whether it is complete. A step is a look at a relation, or at the stakes in
    /// one company: [`Limits::steps`] and [`Limits::cancel`] count. If they cut it, what differs among the relations
    /// looked at before is found, but no stakes: which of these merely changed their share is not known.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits, Outcome, StoppedBy};
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B") },
    /// #     facts: [ Supply(supplier: "a", customer: "b", since: "2011", until: "2014-06", unsourced: true) ],
    /// # )"#)?;
    /// let [from, to] = ["2013", "2015"].map(|date| date.parse().unwrap());
    /// let (found, outcome) = graph.view().diff_within(from, to, &Limits::default().steps(0));
    /// assert_eq!((found.len(), outcome), (0, Outcome::Stopped(StoppedBy::Steps)));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn diff_within(self, from: Date, to: Date, limits: &Limits) -> (Vec<Difference<'g>>, Outcome) {
        Comparison::of(self, (from, to), None).run(&mut Budget::new(limits))
    }
}

impl<'g> Entity<'g> {
    /// Like [`View::diff`], for its own relations, read from its side.
    #[must_use]
    pub fn diff(self, from: Date, to: Date) -> Vec<Difference<'g>> {
        Comparison::of(self.view(), (from, to), Some(self)).run(&mut Budget::of(None)).0
    }

    /// Like [`View::diff_within`], for its own relations, read from its side.
    #[must_use]
    pub fn diff_within(self, from: Date, to: Date, limits: &Limits) -> (Vec<Difference<'g>>, Outcome) {
        Comparison::of(self.view(), (from, to), Some(self)).run(&mut Budget::new(limits))
    }
}

/// A comparison of what a view shows on two dates.
struct Comparison<'g> {
    view: View<'g>,
    dates: (Date, Date),
    about: Option<Entity<'g>>,
    found: Vec<Difference<'g>>,
}

impl<'g> Comparison<'g> {
    const fn of(view: View<'g>, dates: (Date, Date), about: Option<Entity<'g>>) -> Self {
        Self { view, dates, about, found: Vec::new() }
    }

    fn run(mut self, budget: &mut Budget) -> (Vec<Difference<'g>>, Outcome) {
        let stopped = self.compare(budget).err();
        if stopped.is_some() {
            self.found.retain(|one| one.relation.kind() != RelationKind::OwnsShareOf);
        }
        self.found.sort_by_key(|difference| difference.change);
        (self.found, stopped.into())
    }

    fn compare(&mut self, budget: &mut Budget) -> Result<(), StoppedBy> {
        let (view, (from, to), about) = (self.view, self.dates, self.about);
        let touches = |relation: &Relation<'g>| {
            about.is_none_or(|entity| relation.subject() == entity || relation.object() == entity)
        };
        let at = |date| view.as_of(date).relations().filter(touches).map(|relation| read(about, relation));
        for pair in merge(at(from), at(to)) {
            budget.spend()?;
            self.found.extend(difference(pair));
        }
        let changed = shares(view, (from, to), about, budget)?;
        self.put_together(&changed);
        Ok(())
    }

    /// Reports the old and the new statement of a stake as a single change.
    fn put_together(&mut self, changed: &[(Relation<'g>, Relation<'g>)]) {
        let ended: HashSet<Relation<'g>> = changed.iter().map(|(earlier, _)| *earlier).collect();
        let mut own: HashMap<Relation<'g>, (Option<Certainty>, Option<Certainty>)> =
            changed.iter().map(|(_, later)| (*later, (later.certainty(), later.certainty()))).collect();
        self.found.retain(|one| {
            if ended.contains(&one.relation) && one.change == Change::Ended {
                return false;
            }
            match own.get_mut(&one.relation) {
                Some(certainty) => {
                    *certainty = (one.before, one.after);
                    false
                }
                None => true,
            }
        });
        for (earlier, later) in changed {
            let (before, after) = own.get(later).copied().unwrap_or_default();
            let (relation, earlier) = (read(self.about, *later), Some(read(self.about, *earlier)));
            self.found.push(Difference { change: Change::Share, relation, before, after, earlier });
        }
    }
}

/// A relation read from the side of the entity asked about.
fn read<'g>(about: Option<Entity<'g>>, relation: Relation<'g>) -> Relation<'g> {
    about.map_or(relation, |entity| relation.read_from(entity))
}

/// Stakes whose share changed: the relation that counted on the first date, and the one on the second.
fn shares<'g>(
    view: View<'g>,
    (from, to): (Date, Date),
    about: Option<Entity<'g>>,
    budget: &mut Budget,
) -> Result<Vec<(Relation<'g>, Relation<'g>)>, StoppedBy> {
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
    let mut seen: HashSet<Relation<'g>> = HashSet::new();
    for company in companies {
        budget.spend()?;
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
            if !seen.contains(&other.counted)
                && let Some(change) = newer(other, &before)
            {
                seen.insert(other.counted);
                found.push(change);
            }
        }
    }
    found.sort_by_key(|(_, later)| later.index());
    Ok(found)
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
fn merge<'g>(
    before: impl Iterator<Item = Relation<'g>>,
    after: impl Iterator<Item = Relation<'g>>,
) -> impl Iterator<Item = (Option<Relation<'g>>, Option<Relation<'g>>)> {
    let (mut before, mut after) = (before.peekable(), after.peekable());
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

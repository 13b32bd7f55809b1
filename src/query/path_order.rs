//! By what the best of several paths is chosen: length, dates, or certainty.

use super::path::{Path, Paths};
use super::shortest;
use super::traversal::{Budget, Outcome, StoppedBy, Traversal};
use crate::graph::{Certainty, Entity, Fact, Relation};
use crate::model::{Confidence, Stance};
use crate::value::{Date, Day};

/// By what the best of several paths is chosen.
///
/// A path is as good as its worst relation (the bottleneck, or widest path, of graph theory). Paths with equally good worst
/// relations are ordered by length, then by the kinds, ids and facts along them.
///
/// ```
/// use keiretsu::{Graph, PathOrder};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [
///         Supply(supplier: "a", customer: "c", since: "1998", unsourced: true),
///         Supply(supplier: "a", customer: "b", since: "2015", unsourced: true),
///         Supply(supplier: "b", customer: "c", since: "2017", unsourced: true),
///     ],
/// )"#)?;
/// let (a, c) = (graph.view().find("A")?, graph.view().find("C")?);
/// let best = |order| a.traverse().best(c, order).0.unwrap();
/// assert_eq!(best(PathOrder::Hops).hops(), 1);
/// let path = best(PathOrder::Recent);
/// assert_eq!(path.hops(), 2);
/// assert_eq!(path.weight(PathOrder::Recent).to_string(), "its oldest relation is dated 2015");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathOrder {
    /// The shortest.
    #[default]
    Hops,
    /// The one whose oldest relation is the most recent.
    ///
    /// A relation is as old as the first day of the [date](Fact::date) of its fact: `2015` counts as 2015-01-01. One
    /// without a first day ("on or before 2015") counts as older than all with one, and one without a date as older still.
    Recent,
    /// The one whose least certain relation is the most certain: see [`Assurance`].
    Certain,
}

impl PathOrder {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hops => "hops",
            Self::Recent => "recent",
            Self::Certain => "certain",
        }
    }

    /// How good a relation is: more is better.
    fn rate(self, relation: Relation<'_>) -> i32 {
        match self {
            Self::Hops => 0,
            Self::Recent => match relation.fact().and_then(Fact::date) {
                Some(date) => date.earliest().map_or(BEFORE_ALL, Day::number),
                None => UNDATED,
            },
            Self::Certain => Assurance::of(relation).rate(),
        }
    }
}

/// What a path is ordered by: its length, or its worst relation. `Display` is a clause: "its oldest relation is dated 2015".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathWeight {
    /// How many relations it has.
    Hops(usize),
    /// The date of its oldest relation, as stated, if it has one. Of several, the first along the path.
    Oldest(Option<Date>),
    /// How well its least certain relation is assured; `None` for a path without relations.
    LeastCertain(Option<Assurance>),
}

impl std::fmt::Display for PathWeight {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Hops(1) => f.write_str("it has 1 relation"),
            Self::Hops(hops) => write!(f, "it has {hops} relations"),
            Self::Oldest(Some(date)) => write!(f, "its oldest relation is dated {}", date.words()),
            Self::Oldest(None) => f.write_str("its oldest relation has no date"),
            Self::LeastCertain(Some(assurance)) => write!(f, "its least certain relation is {assurance}"),
            Self::LeastCertain(None) => f.write_str("it has no relations"),
        }
    }
}

/// How well a relation is assured, the least first: as of a date, what is possibly in force before what certainly is; then
/// what is disputed before what is not; then what no source supports before what is inferred, rumoured, reported and
/// confirmed.
///
/// Of several claims that state it, the most certain counts. What follows from a rumour is rumoured. What an entity's record
/// states is as its sources are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assurance {
    /// How certain the view is that it is in force, if the view has a date.
    pub certainty: Option<Certainty>,
    /// Whether sources disagree about it.
    pub disputed: bool,
    /// How certain its fact is; `None` if no source supports it and nothing is stated.
    pub confidence: Option<Confidence>,
}

impl Assurance {
    pub(crate) fn of(relation: Relation<'_>) -> Self {
        let claims = relation.claims().into_iter();
        let stated = match relation.fact() {
            Some(_) => claims.filter_map(|claim| claim.fact().and_then(Fact::confidence)).min_by_key(by_rank),
            None => by_record(relation),
        };
        let confidence = match stated {
            Some(Confidence::Confirmed | Confidence::Reported) if relation.is_rumoured() => {
                Some(Confidence::Rumoured)
            }
            stated => stated,
        };
        Self { certainty: relation.certainty(), disputed: relation.is_disputed(), confidence }
    }

    /// More is more certain.
    fn rate(self) -> i32 {
        let is_possible = self.certainty == Some(Certainty::Possible);
        let behind = self.confidence.map_or(LEVELS - 1, |confidence| by_rank(&confidence));
        let doubts = i32::from(is_possible) * 2 + i32::from(self.disputed);
        -(doubts * LEVELS + behind)
    }
}

impl std::fmt::Display for Assurance {
    /// "certainly in force, disputed, reported".
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.certainty {
            Some(Certainty::Certain) => f.write_str("certainly in force, ")?,
            Some(Certainty::Possible) => f.write_str("possibly in force, ")?,
            None => {}
        }
        if self.disputed {
            f.write_str("disputed, ")?;
        }
        match self.confidence {
            Some(confidence) => f.write_str(&confidence.name().to_lowercase()),
            None => f.write_str("without a source"),
        }
    }
}

/// The levels of confidence, and one for what no source supports.
const LEVELS: i32 = 5;

/// How many levels are better.
const fn by_rank(confidence: &Confidence) -> i32 {
    match confidence {
        Confidence::Confirmed => 0,
        Confidence::Reported => 1,
        Confidence::Rumoured => 2,
        Confidence::Inferred => 3,
    }
}

/// How certain it is what an entity's record states, by the sources of the record.
fn by_record(relation: Relation<'_>) -> Option<Confidence> {
    let evidence = relation.evidence();
    let mut supporting = evidence.iter().filter(|said| said.stance() == Stance::Supports).peekable();
    supporting.peek()?;
    let is_official =
        supporting.any(|said| said.source().record().kind.is_some_and(|kind| kind.is_official()));
    Some(if is_official { Confidence::Confirmed } else { Confidence::Reported })
}

/// How recent a relation without a first day counts: older than every day.
const BEFORE_ALL: i32 = -1_000_000;

/// How recent a relation without a date counts.
const UNDATED: i32 = BEFORE_ALL - 1;

impl<'g> Path<'g> {
    /// What it is ordered by.
    #[must_use]
    pub fn weight(&self, order: PathOrder) -> PathWeight {
        let worst = self.steps().iter().copied().min_by_key(|step| order.rate(*step));
        match order {
            PathOrder::Hops => PathWeight::Hops(self.hops()),
            PathOrder::Recent => PathWeight::Oldest(worst.and_then(Relation::fact).and_then(Fact::date)),
            PathOrder::Certain => PathWeight::LeastCertain(worst.map(Assurance::of)),
        }
    }

    /// How good its worst relation is.
    fn rate(&self, order: PathOrder) -> i32 {
        self.steps().iter().map(|step| order.rate(*step)).min().unwrap_or(i32::MAX)
    }
}

/// A relation is followed if it is at least this good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Floor {
    order: PathOrder,
    least: i32,
}

impl Floor {
    pub(crate) fn accepts(self, relation: Relation<'_>) -> bool {
        self.order.rate(relation) >= self.least
    }
}

impl<'g> Traversal<'g, '_> {
    /// The best path to the entity by this order, and whether the search was complete. If a limit stopped it, the best path
    /// that was found so far.
    ///
    /// Searches for a shortest path from both ends at once, then along better relations only, again and again: about as many
    /// times as the days between the oldest and the most recent relation have binary digits.
    #[must_use]
    pub fn best(&self, to: Entity<'g>, order: PathOrder) -> (Option<Path<'g>>, Outcome) {
        let Some(to) = self.start.view().adopt(to) else { return (None, Outcome::Complete) };
        if order == PathOrder::Hops || self.start == to {
            return shortest::search(self, to);
        }
        let mut found = None;
        match self.improve(to, order, &mut found) {
            Ok(()) => (found, Outcome::Complete),
            Err(stopped) => (found, Outcome::Stopped(stopped)),
        }
    }

    /// All paths to the entity that visit no entity twice, the best by this order first.
    ///
    /// Where a limit stops the search for them, nobody knows which is the best: there is none then.
    #[must_use]
    pub fn paths_by(&self, to: Entity<'g>, order: PathOrder) -> Paths<'g> {
        let mut found = self.paths(to);
        match (order, found.outcome) {
            (PathOrder::Hops, _) => {}
            (_, Outcome::Stopped(_)) => found.paths.clear(),
            (_, Outcome::Complete) => {
                found.paths.sort_by_cached_key(|path| std::cmp::Reverse(path.rate(order)));
            }
        }
        found
    }

    /// Looks for better and better paths, by bisecting how good the worst relation can be.
    fn improve(
        &self,
        to: Entity<'g>,
        order: PathOrder,
        found: &mut Option<Path<'g>>,
    ) -> Result<(), StoppedBy> {
        let mut budget = Budget::new(&self.limits);
        *found = shortest::search_within(self, to, None, &mut budget)?;
        let Some(first) = found else { return Ok(()) };
        let mut reached = first.rate(order);
        // No path is better than the best first and the best last step.
        let mut most = self.best_step(self.start, order, false, &mut budget)?;
        most = most.min(self.best_step(to, order, true, &mut budget)?);
        while reached < most {
            let least = reached + (most - reached + 1) / 2;
            match shortest::search_within(self, to, Some(Floor { order, least }), &mut budget)? {
                Some(path) => {
                    reached = path.rate(order);
                    *found = Some(path);
                }
                None => most = least - 1,
            }
        }
        Ok(())
    }

    /// How good the best step from an entity is, or to it.
    fn best_step(
        &self,
        entity: Entity<'g>,
        order: PathOrder,
        back: bool,
        budget: &mut Budget,
    ) -> Result<i32, StoppedBy> {
        let mut best = i32::MIN;
        let mut look = |step: super::Step<'g>| {
            budget.spend()?;
            if self.accepts(step) {
                best = best.max(order.rate(step.relation()));
            }
            Ok(())
        };
        if back {
            self.steps_back(entity).try_for_each(&mut look)?;
        } else {
            self.steps(entity, self.direction).try_for_each(&mut look)?;
        }
        Ok(best)
    }
}

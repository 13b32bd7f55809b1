//! The traversal builder: which relations to follow, how far, and until when.

use std::collections::HashMap;
use std::fmt;

use super::path::{Path, Paths};
use super::selection::{Reached, Selection};
use super::{shortest, simple};
use crate::graph::{Entity, Relation};
use crate::limits::Limits;
use crate::model::{RelationKind, RelationKinds};

/// The direction in which relations are followed. Symmetric ones are always followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From subject to object.
    Outgoing,
    /// From object to subject.
    Incoming,
    /// In both directions.
    #[default]
    Both,
}

impl Direction {
    pub(crate) const fn reversed(self) -> Self {
        match self {
            Self::Outgoing => Self::Incoming,
            Self::Incoming => Self::Outgoing,
            Self::Both => Self::Both,
        }
    }
}

/// A relation about to be walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'g> {
    relation: Relation<'g>,
}

impl<'g> Step<'g> {
    /// The relation, read in the direction of the walk.
    #[must_use]
    pub const fn relation(self) -> Relation<'g> {
        self.relation
    }

    /// Where the walk is.
    #[must_use]
    pub fn from(self) -> Entity<'g> {
        self.relation.subject()
    }

    /// Where the step leads.
    #[must_use]
    pub fn to(self) -> Entity<'g> {
        self.relation.object()
    }
}

/// Whether an answer is complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing is left out.
    #[default]
    Complete,
    /// A limit cut the answer.
    Stopped(StoppedBy),
}

/// The limit that cut an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StoppedBy {
    /// [`Limits::hops`].
    Hops,
    /// [`Limits::steps`].
    Steps,
    /// [`Limits::rows`].
    Rows,
    /// [`Limits::paths`].
    Paths,
    /// [`Limits::cancel`].
    Cancelled,
}

impl From<Option<StoppedBy>> for Outcome {
    fn from(stopped: Option<StoppedBy>) -> Self {
        stopped.map_or(Self::Complete, Self::Stopped)
    }
}

impl StoppedBy {
    /// The name of the limit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hops => "hops",
            Self::Steps => "steps",
            Self::Rows => "rows",
            Self::Paths => "paths",
            Self::Cancelled => "cancelled",
        }
    }
}

type Accept<'g, 'f> = Box<dyn Fn(Step<'g>) -> bool + Send + Sync + 'f>;
type Stop<'g, 'f> = Box<dyn Fn(Entity<'g>) -> bool + Send + Sync + 'f>;

/// A breadth-first walk from one entity; built up, then run.
///
/// What is sought or called off is never walked. Entities are visited in a fixed order: nearer ones first, and from
/// each of them by relation kind, then by id.
///
/// ```
/// use keiretsu::{EntityKind, Graph, RelationKind};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D") },
///     facts: [
///         Supply(supplier: "a", customer: "b", unsourced: true),
///         Supply(supplier: "b", customer: "c", unsourced: true),
///         Supply(supplier: "c", customer: "d", unsourced: true),
///     ],
/// )"#)?;
/// let a = graph.view().find("A")?;
/// let chain = a.traverse().follow([RelationKind::Supplies]).stop_at(|entity| entity.id() == "c");
/// let names: Vec<_> = chain.run().entities().map(|entity| entity.name()).collect();
/// assert_eq!(names, ["A", "B", "C"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[must_use = "a traversal does nothing until it is run"]
pub struct Traversal<'g, 'f> {
    pub(crate) start: Entity<'g>,
    pub(crate) kinds: RelationKinds,
    pub(crate) direction: Direction,
    pub(crate) max_hops: Option<usize>,
    pub(crate) limits: Limits,
    accept: Option<Accept<'g, 'f>>,
    stop: Option<Stop<'g, 'f>>,
}

impl<'g> Entity<'g> {
    /// A walk from here, initially along every relation, in both directions, without a bound.
    pub fn traverse<'f>(self) -> Traversal<'g, 'f> {
        Traversal {
            start: self,
            kinds: RelationKinds::ALL,
            direction: Direction::Both,
            max_hops: None,
            limits: Limits::default(),
            accept: None,
            stop: None,
        }
    }
}

impl<'g, 'f> Traversal<'g, 'f> {
    /// Follows only relations of these kinds.
    pub fn follow(mut self, kinds: impl IntoIterator<Item = RelationKind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    /// Follows relations in this direction only.
    pub const fn direction(mut self, direction: Direction) -> Self {
        self.direction = direction;
        self
    }

    /// Ends after this many hops. An answer bounded in this way is complete.
    pub const fn max_hops(mut self, hops: usize) -> Self {
        self.max_hops = Some(hops);
        self
    }

    /// Limits the walk. An answer that these cut says so.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Follows only relations that this predicate accepts.
    pub fn follow_if(mut self, accept: impl Fn(Step<'g>) -> bool + Send + Sync + 'f) -> Self {
        self.accept = Some(Box::new(accept));
        self
    }

    /// Does not expand entities for which this is true, although they are reached.
    ///
    /// The start is always expanded.
    pub fn stop_at(mut self, stop: impl Fn(Entity<'g>) -> bool + Send + Sync + 'f) -> Self {
        self.stop = Some(Box::new(stop));
        self
    }

    /// Everything reached, the start first, each with a shortest path to it.
    ///
    /// Examines each relation of each expanded entity once.
    #[must_use]
    pub fn run(&self) -> Selection<'g> {
        let mut reached = vec![Reached { entity: self.start, via: None, hops: 0 }];
        let mut positions = HashMap::from([(self.start, 0)]);
        let mut budget = Budget::new(&self.limits);
        let mut next = 0;
        let mut outcome = Outcome::Complete;
        'walk: while let Some(&Reached { entity, hops, .. }) = reached.get(next) {
            if hops >= self.most_hops() {
                outcome = self.at_last_hop(&reached, next, &positions, &mut budget);
                break;
            }
            if hops == 0 || !self.stops_at(entity) {
                for step in self.steps(entity, self.direction) {
                    if let Err(stopped) = budget.spend() {
                        outcome = Outcome::Stopped(stopped);
                        break 'walk;
                    }
                    let to = step.to();
                    if !positions.contains_key(&to) && self.accepts(step) {
                        positions.insert(to, reached.len());
                        reached.push(Reached {
                            entity: to,
                            via: Some((step.relation, next)),
                            hops: hops + 1,
                        });
                    }
                }
            }
            next += 1;
        }
        Selection::new(reached, positions, outcome)
    }

    /// A shortest path to the entity. Ties are broken by the relation kinds, then the ids along the path.
    ///
    /// Searches from both ends at once.
    ///
    /// `None` if there is none within the given hops. [`Traversal::shortest`] also says whether a limit cut the search.
    #[must_use]
    pub fn shortest_path(&self, to: Entity<'g>) -> Option<Path<'g>> {
        self.shortest(to).0
    }

    /// Like [`Traversal::shortest_path`], with whether the search was complete.
    #[must_use]
    pub fn shortest(&self, to: Entity<'g>) -> (Option<Path<'g>>, Outcome) {
        match self.start.view().adopt(to) {
            Some(to) => shortest::search(self, to),
            None => (None, Outcome::Complete),
        }
    }

    /// All paths to the entity that visit no entity twice, the shortest first.
    ///
    /// Never enters branches that cannot reach the target, so an unreachable target ends the search at once. Still, the
    /// number of paths may grow without bound, and the limits cut it.
    #[must_use]
    pub fn paths(&self, to: Entity<'g>) -> Paths<'g> {
        match self.start.view().adopt(to) {
            Some(to) => simple::search(self, to),
            None => Paths { paths: Vec::new(), outcome: Outcome::Complete },
        }
    }

    /// The hops after which the walk ends.
    pub(crate) fn most_hops(&self) -> usize {
        self.asked_hops().min(self.limits.hops)
    }

    /// The hops after which the walk would end without limits.
    pub(crate) fn asked_hops(&self) -> usize {
        self.max_hops.unwrap_or(usize::MAX)
    }

    /// Whether a limit, rather than the question, ends the walk.
    pub(crate) fn is_cut_by_limit(&self) -> bool {
        self.max_hops.is_none_or(|hops| hops > self.limits.hops)
    }

    /// The relations from an entity that may be followed, before [`Traversal::accepts`].
    pub(crate) fn steps(&self, entity: Entity<'g>, direction: Direction) -> impl Iterator<Item = Step<'g>> {
        entity.walked(self.kinds).filter_map(move |relation| {
            let along = match direction {
                Direction::Both => true,
                Direction::Outgoing => relation.from() == entity || relation.kind().is_symmetric(),
                Direction::Incoming => relation.to() == entity || relation.kind().is_symmetric(),
            };
            along.then_some(Step { relation })
        })
    }

    /// The relations that lead to an entity, read towards it.
    pub(crate) fn steps_back(&self, entity: Entity<'g>) -> impl Iterator<Item = Step<'g>> {
        self.steps(entity, self.direction.reversed())
            .map(|step| Step { relation: step.relation.read_from(step.relation.object()) })
    }

    /// Whether closures restrict the walk.
    pub(crate) fn has_conditions(&self) -> bool {
        self.accept.is_some() || self.stop.is_some()
    }

    pub(crate) fn accepts(&self, step: Step<'g>) -> bool {
        self.accept.as_ref().is_none_or(|accept| accept(step))
    }

    pub(crate) fn stops_at(&self, entity: Entity<'g>) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop(entity))
    }

    /// Whether the limit on hops cut something: an entity at the last hop leads anywhere new.
    fn at_last_hop(
        &self,
        reached: &[Reached<'g>],
        from: usize,
        positions: &HashMap<Entity<'g>, usize>,
        budget: &mut Budget,
    ) -> Outcome {
        if !self.is_cut_by_limit() {
            return Outcome::Complete;
        }
        for last in reached.get(from..).unwrap_or_default() {
            if last.hops > 0 && self.stops_at(last.entity) {
                continue;
            }
            for step in self.steps(last.entity, self.direction) {
                if let Err(stopped) = budget.spend() {
                    return Outcome::Stopped(stopped);
                }
                if !positions.contains_key(&step.to()) && self.accepts(step) {
                    return Outcome::Stopped(StoppedBy::Hops);
                }
            }
        }
        Outcome::Complete
    }
}

impl fmt::Debug for Traversal<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traversal")
            .field("start", &self.start)
            .field("direction", &self.direction)
            .field("max_hops", &self.max_hops)
            .finish_non_exhaustive()
    }
}

/// The remaining steps, and the cancel flag.
pub(crate) struct Budget {
    left: u64,
    most: u64,
    cancel: Option<crate::limits::Cancel>,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { left: limits.steps, most: limits.steps, cancel: limits.cancel.clone() }
    }

    /// That of a question that has no limits unless it is given some.
    pub(crate) fn of(limits: Option<&Limits>) -> Self {
        limits.map_or(Self { left: u64::MAX, most: u64::MAX, cancel: None }, Self::new)
    }

    /// Takes several steps, looking each time whether somebody cancelled.
    pub(crate) fn spend_round(&mut self, steps: usize) -> Result<(), StoppedBy> {
        if self.cancel.as_ref().is_some_and(crate::limits::Cancel::is_cancelled) {
            return Err(StoppedBy::Cancelled);
        }
        self.spend_all(steps)
    }

    /// Takes several steps, unless fewer are left or the search is cancelled. Looks with the first step whether it is, and then
    /// now and again.
    pub(crate) fn spend_all(&mut self, steps: usize) -> Result<(), StoppedBy> {
        let before = (self.most - self.left).div_ceil(1_024);
        self.left = self.left.checked_sub(steps as u64).ok_or(StoppedBy::Steps)?;
        let look = (self.most - self.left).div_ceil(1_024) != before;
        if look && self.cancel.as_ref().is_some_and(crate::limits::Cancel::is_cancelled) {
            return Err(StoppedBy::Cancelled);
        }
        Ok(())
    }

    /// Takes one step, unless none is left or the search is cancelled.
    pub(crate) fn spend(&mut self) -> Result<(), StoppedBy> {
        self.left = self.left.checked_sub(1).ok_or(StoppedBy::Steps)?;
        let look = (self.most - self.left) % 1_024 == 1;
        if look && self.cancel.as_ref().is_some_and(crate::limits::Cancel::is_cancelled) {
            return Err(StoppedBy::Cancelled);
        }
        Ok(())
    }
}

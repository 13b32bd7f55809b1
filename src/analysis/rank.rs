//! PageRank: the fraction of time that a random walk spends at each entity.

use super::rank_solver::{Found, Solver};
use crate::graph::{Edge, Entity, EntityIx, View};
use crate::limits::Limits;
use crate::model::RelationKinds;
use crate::query::{Budget, Outcome, StoppedBy};

/// A query for the centrality of entities; built up, then run.
///
/// A walker follows relations from subject to object, each with equal probability. With the remaining probability after
/// damping, or if no relation leaves, it restarts anywhere. Several relations between two entities count separately.
/// Symmetric relations are followed from the party written first, unless [`PageRank::mutual`] is set.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [
///         Supply(supplier: "a", customer: "c", unsourced: true),
///         Supply(supplier: "b", customer: "c", unsourced: true),
///     ],
/// )"#)?;
/// let ranks = graph.view().page_rank().run();
/// let (first, share) = ranks.top(1)[0];
/// assert_eq!(first.name(), "C");
/// assert!((share - 0.574).abs() < 0.001);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct PageRank<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    damping: f64,
    /// `None` for the default, which depends on the size of the graph.
    tolerance: Option<f64>,
    mutual: bool,
    limits: Option<Limits>,
}

impl<'g> View<'g> {
    /// Starts a query for centrality: initially along every relation that counts, with a damping of 0.85.
    pub const fn page_rank(self) -> PageRank<'g> {
        PageRank {
            view: self.everywhere(),
            kinds: RelationKinds::ALL,
            damping: 0.85,
            tolerance: None,
            mutual: false,
            limits: None,
        }
    }
}

/// Use two threads from this many relations.
const MANY: usize = 1 << 19;

/// Solve graphs below this size to the limit of precision, which takes no time.
const FEW: usize = 1 << 16;

/// At most this many significant digits are given.
const MOST_DIGITS: i32 = 8;

impl<'g> PageRank<'g> {
    /// Bounds the work; without, it is not bounded. After each round that is not the last, as many steps are taken as the graph
    /// has relations: [`Limits::steps`] and [`Limits::cancel`] count, and [`Ranks::outcome`] tells whether they cut it.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits, Outcome, StoppedBy};
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B") },
    /// #     facts: [ Supply(supplier: "a", customer: "b", unsourced: true), Supply(supplier: "b", customer: "a", unsourced: true) ],
    /// # )"#)?;
    /// let mut limits = Limits::strict();
    /// limits.cancel = Some(Default::default());
    /// let question = graph.view().page_rank().limits(limits.clone());
    /// assert_eq!(question.run().outcome(), Outcome::Complete);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Only along relations of these kinds.
    pub const fn follow(mut self, kinds: RelationKinds) -> Self {
        self.kinds = kinds;
        self
    }

    /// Sets the probability of following a relation rather than restarting: from 0 to 0.999.
    pub const fn damping(mut self, damping: f64) -> Self {
        self.damping = damping.clamp(0.0, 0.999);
        self
    }

    /// Stops when a round changes the ranks in total by no more than this, relative to their sum.
    ///
    /// The default is 1e-12 for a graph with fewer than 65,536 relations, and 1e-6 for a larger one.
    pub const fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Follows symmetric relations, such as partnerships, in both directions.
    pub const fn mutual(mut self) -> Self {
        self.mutual = true;
        self
    }

    /// The rank of every entity.
    ///
    /// PageRank (Page, Brin, Motwani and Winograd, "The PageRank citation ranking", 1999) is solved by Gauss-Seidel
    /// iteration over the entities that relations leave (Arasu and others, "PageRank computation and the structure of
    /// the web", 2002). Restarts from the other entities are scaled in at the end. A round visits each relation once. A
    /// large graph is solved in two halves by two threads, each using values of the other that are up to a quarter of a
    /// round old. The halves depend only on the graph, so the result is bitwise the same on every run and every
    /// machine.
    #[must_use]
    pub fn run(&self) -> Ranks<'g> {
        self.run_telling(|_| {})
    }

    /// The same as [`PageRank::run`]. Reports after each round the approximate fraction of work done, from 0 to 1.
    ///
    /// The change of a round shrinks by about the same factor each time, so progress is measured on a logarithmic scale
    /// towards the tolerance.
    #[must_use]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Ranks<'g> {
        let usual = if self.view.most_relations() < FEW { 1e-12 } else { 1e-6 };
        let solver = Solver { damping: self.damping, tolerance: self.tolerance.unwrap_or(usual) };
        let each = |visit: &mut dyn FnMut(&[Edge])| self.each(visit);
        let entities = self.view.entities().len();
        let (mut budget, mut stopped): (Budget, Option<StoppedBy>) = (Budget::of(self.limits.as_ref()), None);
        let mut goes_on = |part| {
            tell(part);
            stopped = budget.spend_round(self.view.most_relations()).err();
            stopped.is_none()
        };
        let Found { mut ranks, error } = if self.view.most_relations() < MANY {
            solver.whole(&each, entities, &mut goes_on)
        } else {
            solver.halves(&each, self.view.halves(), &mut goes_on)
        };
        let sum: f64 = ranks.iter().sum();
        if sum > 0.0 {
            ranks.iter_mut().for_each(|rank| *rank /= sum);
        }
        Ranks {
            view: self.view,
            #[cfg(feature = "answer")]
            kinds: self.kinds,
            ranks,
            digits: digits(error),
            outcome: stopped.into(),
        }
    }

    /// Visits pairs of sender and receiver, in batches.
    fn each(&self, visit: &mut dyn FnMut(&[Edge])) {
        let mut both_ways = Vec::new();
        self.view.edges(self.kinds).each_batch(&mut |few| {
            if !self.mutual {
                return visit(few);
            }
            both_ways.clear();
            both_ways.extend_from_slice(few);
            let symmetric = few.iter().filter(|(kind, ..)| kind.is_symmetric());
            both_ways.extend(symmetric.map(|(kind, from, to)| (*kind, *to, *from)));
            visit(&both_ways);
        });
    }
}

/// The number of significant digits, given the total error relative to the sum.
fn digits(error: f64) -> i32 {
    let digits = -error.log10();
    if digits >= f64::from(MOST_DIGITS) { MOST_DIGITS } else { (digits as i32).max(1) }
}

/// The centrality of each entity: shares that add up to 1, except for rounding.
///
/// A share has only the digits that have converged: eight significant ones, or as many as the error bound allows if
/// that exceeds a hundred-millionth of the sum. So entities in symmetric positions have equal shares.
#[derive(Clone, Debug)]
pub struct Ranks<'g> {
    view: View<'g>,
    #[cfg(feature = "answer")]
    kinds: RelationKinds,
    ranks: Vec<f64>,
    digits: i32,
    outcome: Outcome,
}

impl<'g> Ranks<'g> {
    /// Complete, or what stopped it: then shares have the digits of the rounds that were made.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    /// Whether any relation that it goes along is [disputed](crate::Fact::is_disputed).
    #[cfg(feature = "answer")]
    pub(crate) fn is_disputed(&self) -> bool {
        is_any_disputed(self.view, self.kinds)
    }

    /// The share of one entity; `None` for an entity of another graph.
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> Option<f64> {
        let own = self.view.adopt(entity)?;
        self.ranks.get(own.position()).map(|rank| self.rounded(*rank))
    }

    /// How many significant digits shares have: from 1 to 8.
    #[must_use]
    pub const fn digits(&self) -> u32 {
        self.digits.unsigned_abs()
    }

    /// The highest ranks, at most this many, with their shares; ties by id.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "positions are those of the ranks themselves")]
    pub fn top(&self, most: usize) -> Vec<(Entity<'g>, f64)> {
        let order =
            |(rank, a): &(f64, u32), (other, b): &(f64, u32)| other.total_cmp(rank).then_with(|| a.cmp(b));
        let keep = |found: &mut Vec<(f64, u32)>| {
            if most < found.len() && most > 0 {
                found.select_nth_unstable_by(most - 1, order);
            }
            found.truncate(most);
            found.last().map(|(_, last)| self.ranks[*last as usize])
        };
        // Most are below the last of those kept so far and need no comparison: later ones have later ids, so that they
        // also lose ties.
        let (room, mut least) = (most.saturating_mul(2).max(64), f64::NEG_INFINITY);
        let mut found = Vec::new();
        for (n, rank) in self.ranks.iter().enumerate() {
            if *rank >= least {
                found.push((self.rounded(*rank), n as u32));
                if found.len() >= room {
                    least = keep(&mut found).unwrap_or(f64::INFINITY);
                }
            }
        }
        keep(&mut found);
        found.sort_unstable_by(order);
        let entity = |n: u32| self.view.entity_at(EntityIx::of(n));
        found.into_iter().map(|(rank, n)| (entity(n), rank)).collect()
    }

    /// A rank, rounded to its converged digits.
    fn rounded(&self, rank: f64) -> f64 {
        if rank <= 0.0 {
            return rank;
        }
        // Powers of ten up to the 22nd are exact, and then dividing by them rounds only once.
        let places = (self.digits - 1 - rank.log10().floor() as i32).clamp(0, 300);
        let scale = (0..places).fold(1.0, |scale, _| scale * 10.0);
        // Exact midpoints such as 1/512 occur as ranks. Round up what is slightly off in either direction.
        (rank * scale + HALF).floor() / scale
    }
}

/// Whether any relation of these kinds that counts in a view is disputed.
#[cfg(feature = "answer")]
pub(crate) fn is_any_disputed(view: View<'_>, kinds: RelationKinds) -> bool {
    let mut walked = view.relations().filter(|one| kinds.contains(one.kind()) && one.counts());
    walked.any(|relation| relation.is_disputed())
}

/// Slightly more than one half, in units of the last digit, so that fractions slightly below one half round up.
const HALF: f64 = 0.501;

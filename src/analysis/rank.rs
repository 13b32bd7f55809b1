//! PageRank: the share of a random walk that each entity gets.

use super::rank_solver::{Found, Solver};
use crate::graph::{Edge, Entity, EntityIx, View};
use crate::model::RelationKinds;

/// The question how central entities are; built up, then run.
///
/// A walker follows relations from their subjects to their objects, each with the same chance, and with the rest of the
/// damping, or where no relation leaves, starts again anywhere. Several relations between two entities count each.
/// Symmetric relations are followed from the party written first, unless [`PageRank::mutual`] is asked for.
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
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct PageRank<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    damping: f64,
    /// None until it is told: what a graph of this size allows.
    tolerance: Option<f64>,
    mutual: bool,
}

impl<'g> View<'g> {
    /// Asks how central entities are: at first along every relation that counts, with a damping of 0.85.
    pub const fn page_rank(self) -> PageRank<'g> {
        PageRank { view: self, kinds: RelationKinds::ALL, damping: 0.85, tolerance: None, mutual: false }
    }
}

/// A graph with so many relations is worth two threads.
const MANY: usize = 1 << 19;

/// One with fewer than so many is solved as far as numbers go, in no time.
const FEW: usize = 1 << 16;

/// Significant digits given out at most.
const MOST_DIGITS: i32 = 8;

impl<'g> PageRank<'g> {
    /// Along relations of these kinds only.
    pub const fn follow(mut self, kinds: RelationKinds) -> Self {
        self.kinds = kinds;
        self
    }

    /// With this chance to follow a relation rather than to start again: from 0 to 0.999.
    pub const fn damping(mut self, damping: f64) -> Self {
        self.damping = damping.clamp(0.0, 0.999);
        self
    }

    /// Until a round changes the ranks by no more than this together, as a share of their sum.
    ///
    /// If it is not told: a millionth of a millionth in a graph with fewer than 65,536 relations, a millionth in a larger one.
    pub const fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Follows symmetric relations, such as partnerships, both ways.
    pub const fn mutual(mut self) -> Self {
        self.mutual = true;
        self
    }

    /// The rank of every entity. Whole: no limit cuts it.
    ///
    /// The method (Page, Brin, Motwani and Winograd, "The PageRank citation ranking", 1999) is solved by
    /// Gauss-Seidel over the entities that relations leave (Arasu and others, "PageRank computation and the
    /// structure of the web", 2002); what starts again from elsewhere is scaled in at the end. A round looks once at
    /// each relation. A large graph is solved in two halves, by two threads: each takes what the other sends as it was
    /// a quarter of a round before. How it is halved depends on the graph alone, so the bits are the same on every run
    /// and every machine.
    #[must_use]
    pub fn run(&self) -> Ranks<'g> {
        self.run_telling(|_| {})
    }

    /// What [`PageRank::run`] gives; tells after each round about which part of the work is done, from 0 to 1.
    ///
    /// The change of a round shrinks by about the same factor each time, so the part is that of the way to the
    /// tolerance on a logarithmic scale.
    #[must_use]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Ranks<'g> {
        let usual = if self.view.most_relations() < FEW { 1e-12 } else { 1e-6 };
        let solver = Solver { damping: self.damping, tolerance: self.tolerance.unwrap_or(usual) };
        let each = |visit: &mut dyn FnMut(&[Edge])| self.each(visit);
        let entities = self.view.entities().len();
        let Found { mut ranks, error } = if self.view.most_relations() < MANY {
            solver.whole(&each, entities, &mut tell)
        } else {
            solver.halves(&each, self.view.halves(), &mut tell)
        };
        let sum: f64 = ranks.iter().sum();
        if sum > 0.0 {
            ranks.iter_mut().for_each(|rank| *rank /= sum);
        }
        Ranks { view: self.view, ranks, digits: digits(error) }
    }

    /// Hands out who sends to whom, some at a time.
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

/// How many significant digits numbers have that are together so far off, as a share of their sum.
fn digits(error: f64) -> i32 {
    let digits = -error.log10();
    if digits >= f64::from(MOST_DIGITS) { MOST_DIGITS } else { (digits as i32).max(1) }
}

/// How central each entity is: shares that add up to 1, but for what rounding leaves.
///
/// A share has the digits that have converged and no more: eight significant ones, or as many as the bound on the error
/// gives, if that is more than a hundred-millionth of the sum. So entities that nothing tells apart have the same share.
#[derive(Clone, Debug)]
pub struct Ranks<'g> {
    view: View<'g>,
    ranks: Vec<f64>,
    digits: i32,
}

impl<'g> Ranks<'g> {
    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    /// The share of one entity; none of another graph.
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

    /// The highest, so many at most, with their shares; of equal ones by id.
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
        // Most are below the last of those kept so far, and nobody need compare them: those that are looked at later have
        // later ids, so that of equal ones they come later too.
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

    /// A rank with the digits that it has.
    fn rounded(&self, rank: f64) -> f64 {
        if rank <= 0.0 {
            return rank;
        }
        // A power of ten is exact up to the 22nd, and then so is what is divided by it.
        let places = (self.digits - 1 - rank.log10().floor() as i32).clamp(0, 300);
        let scale = (0..places).fold(1.0, |scale, _| scale * 10.0);
        // The middle between two is a number that ranks can have, 1/512; what is a little off in either way goes up.
        (rank * scale + HALF).floor() / scale
    }
}

/// A half, and a little less than that, in units of the last digit.
const HALF: f64 = 0.501;

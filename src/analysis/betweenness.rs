//! Betweenness: for how many pairs an entity lies on the shortest paths between the two.

use super::neighbor_lists::NeighborLists;
use crate::graph::{Entity, EntityIx, View};
use crate::limits::Limits;
use crate::model::RelationKinds;
use crate::query::{Budget, Outcome, StoppedBy};

/// A query for the betweenness of entities; built up, then run.
///
/// The betweenness of an entity is a number of pairs of others: each pair counts with the fraction of its shortest paths that
/// lead through the entity (L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40, 1977). It is
/// that of a simple undirected graph: relations are followed from both ends, several between two entities count once, each
/// pair counts once, and nothing is divided by the number of pairs.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D") },
///     facts: [
///         Supply(supplier: "a", customer: ["b", "c"], unsourced: true),
///         Supply(supplier: ["b", "c"], customer: "d", unsourced: true),
///     ],
/// )"#)?;
/// let found = graph.view().betweenness().run();
/// // Half of the shortest paths from A to D lead through B.
/// assert_eq!(found.of(graph.view().find("B")?), Some(0.5));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct FindBetweenness<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    limits: Option<Limits>,
}

impl<'g> View<'g> {
    /// Starts a query for betweenness: initially along every relation that counts.
    pub const fn betweenness(self) -> FindBetweenness<'g> {
        FindBetweenness { view: self.everywhere(), kinds: RelationKinds::ALL, limits: None }
    }
}

impl<'g> FindBetweenness<'g> {
    /// Only along relations of these kinds.
    pub const fn follow(mut self, kinds: RelationKinds) -> Self {
        self.kinds = kinds;
        self
    }

    /// Bounds the work; without, it is not bounded. A step is a look at one neighbor of an entity, from each entity as a
    /// start: [`Limits::steps`] and [`Limits::cancel`] count. If they stop it, nothing is found: a part of the starts would be a
    /// sample.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The betweenness of every entity.
    ///
    /// By U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical Sociology 25, 2001: from each
    /// entity a breadth-first walk, and its relations once back. Takes time in proportion to entities times relations. Sums are
    /// taken in a fixed order, so that the result is bitwise the same on every run; it has nine significant digits.
    #[must_use]
    pub fn run(&self) -> Betweenness<'g> {
        self.run_telling(|_| {})
    }

    /// The same as [`FindBetweenness::run`]. Reports now and again the fraction of work done, from 0 to 1.
    #[must_use]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Betweenness<'g> {
        let lists = NeighborLists::of(self.view, self.kinds);
        let mut search = Brandes::new(&lists);
        let mut budget = Budget::of(self.limits.as_ref());
        let mut stopped = None;
        for start in 0..lists.len() {
            if start % TOLD == 0 {
                tell(start as f64 / lists.len() as f64);
            }
            stopped = search.from(start, &mut budget).err();
            if stopped.is_some() {
                break;
            }
        }
        let pairs = if stopped.is_some() { Vec::new() } else { search.pairs() };
        Betweenness {
            view: self.view,
            #[cfg(feature = "answer")]
            kinds: self.kinds,
            pairs,
            outcome: stopped.into(),
        }
    }
}

/// Reports after this many starts.
const TOLD: usize = 64;

/// Numbers of paths are counted in powers of this from here on: in a chain of diamonds they double with each.
const MANY: f64 = f64::from_bits((1023 + 500) << 52);
/// Not reached yet.
const FAR: u32 = u32::MAX;

/// The walks of Brandes' algorithm, one start after the other.
struct Brandes<'l> {
    lists: &'l NeighborLists,
    /// Twice the betweenness.
    sums: Vec<f64>,
    /// The entities reached, the nearest first.
    reached: Vec<u32>,
    distance: Vec<u32>,
    /// How many shortest paths lead to each, divided by a power of [`MANY`].
    paths: Vec<f64>,
    powers: Vec<u32>,
    /// The sum over all ends of the fraction of paths that lead through each.
    through: Vec<f64>,
}

impl<'l> Brandes<'l> {
    fn new(lists: &'l NeighborLists) -> Self {
        let n = lists.len();
        Self {
            lists,
            sums: vec![0.0; n],
            reached: Vec::new(),
            distance: vec![FAR; n],
            paths: vec![0.0; n],
            powers: vec![0; n],
            through: vec![0.0; n],
        }
    }

    fn from(&mut self, start: usize, budget: &mut Budget) -> Result<(), StoppedBy> {
        let outcome = self.spread(start, budget);
        if outcome.is_ok() {
            self.gather();
        }
        self.forget();
        outcome
    }

    /// Reaches everything from a start, ring by ring, and counts the shortest paths.
    #[expect(clippy::indexing_slicing, reason = "positions are those of the lists")]
    fn spread(&mut self, start: usize, budget: &mut Budget) -> Result<(), StoppedBy> {
        self.reached.push(start as u32);
        self.distance[start] = 0;
        self.paths[start] = 1.0;
        let mut ring = 0..1;
        let mut hops = 0;
        while !ring.is_empty() {
            hops += 1;
            for n in ring.clone() {
                let here = self.reached[n] as usize;
                let around = self.lists.around(here);
                budget.spend_all(around.len())?;
                for next in around {
                    let to = *next as usize;
                    if self.distance[to] == FAR {
                        self.distance[to] = hops;
                        self.reached.push(*next);
                    }
                    if self.distance[to] == hops {
                        self.add_paths(here, to);
                    }
                }
            }
            ring = ring.end..self.reached.len();
        }
        Ok(())
    }

    /// Adds the paths to one entity to those to the next.
    #[expect(clippy::indexing_slicing, reason = "positions are those of the lists")]
    fn add_paths(&mut self, here: usize, to: usize) {
        let power = self.powers[here].max(self.powers[to]);
        let both = [here, to].map(|entity| shrunk(self.paths[entity], power - self.powers[entity]));
        let paths = both[0] + both[1];
        (self.paths[to], self.powers[to]) =
            if paths >= MANY { (paths / MANY, power + 1) } else { (paths, power) };
    }

    /// Adds up, from the furthest on, what of the paths to each leads through those before it.
    #[expect(clippy::indexing_slicing, reason = "positions are those of the lists")]
    fn gather(&mut self) {
        for n in (1..self.reached.len()).rev() {
            let here = self.reached[n] as usize;
            let hops = self.distance[here];
            let part = (1.0 + self.through[here]) / self.paths[here];
            for before in self.lists.around(here) {
                let before = *before as usize;
                if self.distance[before] + 1 == hops {
                    let power = self.powers[here] - self.powers[before];
                    self.through[before] += shrunk(self.paths[before], power) * part;
                }
            }
            self.sums[here] += self.through[here];
        }
    }

    #[expect(clippy::indexing_slicing, reason = "positions are those of the lists")]
    fn forget(&mut self) {
        for entity in self.reached.drain(..) {
            let entity = entity as usize;
            (self.distance[entity], self.through[entity]) = (FAR, 0.0);
            (self.paths[entity], self.powers[entity]) = (0.0, 0);
        }
    }

    /// Each pair has been counted from both of its ends.
    fn pairs(self) -> Vec<f64> {
        self.sums.into_iter().map(|sum| rounded(sum / 2.0)).collect()
    }
}

/// A number in terms of a higher power of [`MANY`]; nothing is left of it two powers higher.
fn shrunk(paths: f64, power: u32) -> f64 {
    match power {
        0 => paths,
        1 => paths / MANY,
        _ => 0.0,
    }
}

/// With nine significant digits, so that entities in like positions have equal figures.
fn rounded(pairs: f64) -> f64 {
    format!("{pairs:.8e}").parse().unwrap_or(pairs)
}

/// The betweenness of each entity: pairs of others.
#[derive(Clone, Debug)]
pub struct Betweenness<'g> {
    view: View<'g>,
    #[cfg(feature = "answer")]
    kinds: RelationKinds,
    pairs: Vec<f64>,
    outcome: Outcome,
}

impl<'g> Betweenness<'g> {
    /// Complete, or what stopped it: then there are no figures.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The pairs of one entity; `None` for an entity of another graph, or if a limit stopped the search.
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> Option<f64> {
        self.pairs.get(self.view.adopt(entity)?.position()).copied()
    }

    /// The entities between the most pairs, at most this many; ties by id.
    #[must_use]
    pub fn top(&self, most: usize) -> Vec<(Entity<'g>, f64)> {
        let mut all: Vec<(f64, u32)> = (0..).zip(&self.pairs).map(|(n, pairs)| (*pairs, n)).collect();
        all.sort_unstable_by(|(one, a), (other, b)| other.total_cmp(one).then_with(|| a.cmp(b)));
        let entity = |n: u32| self.view.entity_at(EntityIx::of(n));
        all.into_iter().take(most).map(|(pairs, n)| (entity(n), pairs)).collect()
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
    }

    #[cfg(feature = "answer")]
    pub(crate) const fn kinds(&self) -> RelationKinds {
        self.kinds
    }
}

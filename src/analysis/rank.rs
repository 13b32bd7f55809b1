//! PageRank: how much of a random walk each entity gets.

#![expect(clippy::indexing_slicing, reason = "every column here has one item for each entity or source")]

use std::ops::Range;

use crate::graph::{Entity, View};
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
    tolerance: f64,
    mutual: bool,
}

impl<'g> View<'g> {
    /// Asks how central entities are: at first along every relation that counts, with a damping of 0.85.
    pub const fn page_rank(self) -> PageRank<'g> {
        PageRank { view: self, kinds: RelationKinds::ALL, damping: 0.85, tolerance: 1e-6, mutual: false }
    }
}

/// More rounds are not made; with a damping of 0.85 the default tolerance takes about thirty.
const MOST_ROUNDS: usize = 1_000;

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
    pub const fn tolerance(mut self, tolerance: f64) -> Self {
        self.tolerance = tolerance;
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
    /// each relation. Runs on one thread, in the order of ids: the same bits on every run.
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
        let Flow { place, fed, relations, shares, starts, senders } = Flow::new(self);
        let start = 1.0 - self.damping;
        let mut sent: Vec<f64> = shares.iter().map(|share| start * share).collect();
        for _ in 0..MOST_ROUNDS {
            // Those whom nobody sends to stay as they are.
            let (mut change, mut sum) = (0.0, start * fed.start as f64);
            for n in fed.clone() {
                let senders = &senders[starts[n] as usize..starts[n + 1] as usize];
                let received: f64 = senders.iter().map(|source| sent[*source as usize]).sum();
                let rank = start + self.damping * received;
                let now = rank * shares[n];
                change += (now - sent[n]).abs() * f64::from(relations[n]);
                sum += rank;
                sent[n] = now;
            }
            if change <= self.tolerance * sum {
                break;
            }
            tell(part((change / sum).ln() / self.tolerance.ln()));
        }
        drop((starts, senders));
        let mut ranks = vec![0.0; place.len()];
        self.each(|from, to| {
            if place[to] == NOWHERE {
                ranks[to] += sent[place[from] as usize];
            }
        });
        for (rank, place) in ranks.iter_mut().zip(&place) {
            *rank = match *place {
                NOWHERE => start + self.damping * *rank,
                place => sent[place as usize] * f64::from(relations[place as usize]),
            };
        }
        let sum: f64 = ranks.iter().sum();
        if sum > 0.0 {
            ranks.iter_mut().for_each(|rank| *rank /= sum);
        }
        Ranks { view: self.view, ranks }
    }

    /// Hands out who sends to whom.
    fn each(&self, mut visit: impl FnMut(usize, usize)) {
        self.view.each_counted(self.kinds, &mut |kind, from, to| {
            visit(from.get(), to.get());
            if self.mutual && kind.is_symmetric() {
                visit(to.get(), from.get());
            }
        });
    }
}

/// A part of 1, whatever was computed.
const fn part(part: f64) -> f64 {
    if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) }
}

/// Who sends to whom, among those that send. What others are sent is found once, at the end.
struct Flow {
    /// The place of each entity among those that send, or nowhere.
    place: Vec<u32>,
    /// Which places are sent to as well: the last ones.
    fed: Range<usize>,
    /// How many relations leave from each place, and what each of these gets of its rank.
    relations: Vec<u32>,
    shares: Vec<f64>,
    /// Where the senders to each place start in `senders`, and one more.
    starts: Vec<u32>,
    senders: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Flow {
    fn new(question: &PageRank<'_>) -> Self {
        let entities = question.view.entities().len();
        let mut leaving = vec![0_u32; entities];
        let mut entering = vec![0_u32; entities];
        question.each(|from, to| {
            leaving[from] += 1;
            entering[to] += 1;
        });
        let (order, fed) = ordered(&leaving, &entering);
        let mut place = vec![NOWHERE; entities];
        let (mut relations, mut starts) =
            (Vec::with_capacity(order.len()), Vec::with_capacity(order.len() + 1));
        let mut total = 0;
        for (n, entity) in order.iter().enumerate() {
            place[*entity as usize] = n as u32;
            relations.push(leaving[*entity as usize]);
            starts.push(total);
            total += std::mem::replace(&mut entering[*entity as usize], total);
        }
        starts.push(total);
        drop((leaving, order));
        let mut senders = vec![0_u32; total as usize];
        question.each(|from, to| {
            if place[to] != NOWHERE {
                let at = &mut entering[to];
                senders[*at as usize] = place[from];
                *at += 1;
            }
        });
        let shares = relations.iter().map(|relations| f64::from(*relations).recip()).collect();
        Self { place, fed, relations, shares, starts, senders }
    }
}

/// Those that send are ordered by how many send to them, up to so many: a loop that runs as often as the one before is
/// guessed right.
const LONG: u32 = 31;

/// Those that send, in order; and where those are that are sent to.
fn ordered(leaving: &[u32], entering: &[u32]) -> (Vec<u32>, Range<usize>) {
    let senders = || leaving.iter().zip(entering).enumerate().filter(|(_, (leaving, _))| **leaving > 0);
    let group = |entering: u32| entering.min(LONG) as usize;
    let mut next = [0_usize; LONG as usize + 1];
    senders().for_each(|(_, (_, entering))| next[group(*entering)] += 1);
    let unfed = next[0];
    let mut total = 0;
    for start in &mut next {
        total += std::mem::replace(start, total);
    }
    let mut order = vec![0; total];
    for (n, (_, entering)) in senders() {
        let at = &mut next[group(*entering)];
        order[*at] = n as u32;
        *at += 1;
    }
    (order, unfed..total)
}

/// How central each entity is: shares that add up to 1.
#[derive(Clone, Debug)]
pub struct Ranks<'g> {
    view: View<'g>,
    ranks: Vec<f64>,
}

impl<'g> Ranks<'g> {
    /// The share of one entity.
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> f64 {
        self.ranks.get(entity.position()).copied().unwrap_or(0.0)
    }

    /// The highest, so many at most, with their shares; of equal ones by id.
    #[must_use]
    pub fn top(&self, most: usize) -> Vec<(Entity<'g>, f64)> {
        let order = |a: &u32, b: &u32| {
            self.ranks[*b as usize].total_cmp(&self.ranks[*a as usize]).then_with(|| a.cmp(b))
        };
        let mut positions: Vec<u32> = (0..self.ranks.len() as u32).collect();
        if most < positions.len() && most > 0 {
            positions.select_nth_unstable_by(most - 1, order);
        }
        positions.truncate(most);
        positions.sort_unstable_by(order);
        let entity = |n: u32| self.view.entity_at(crate::graph::EntityIx::of(n));
        positions.into_iter().map(|n| (entity(n), self.ranks[n as usize])).collect()
    }
}

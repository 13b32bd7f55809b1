//! PageRank: how much of a random walk each entity gets.

#![expect(clippy::indexing_slicing, reason = "every column here has one item for each entity or source")]

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
        let flow = Flow::new(self);
        let mut sent = vec![1.0 - self.damping; flow.sources.len()];
        for (sent, source) in sent.iter_mut().zip(&flow.sources) {
            *sent *= source.share;
        }
        for _ in 0..MOST_ROUNDS {
            let (mut change, mut sum) = (0.0, 0.0);
            for (n, source) in flow.sources.iter().enumerate() {
                let rank = self.rank(flow.senders_to(n), &sent);
                let now = rank * source.share;
                change += (now - sent[n]).abs() * source.relations;
                sum += rank;
                sent[n] = now;
            }
            if change <= self.tolerance * sum {
                break;
            }
        }
        let mut ranks = vec![0.0; self.view.entities().len()];
        for (n, entity) in flow.order.iter().enumerate() {
            ranks[*entity as usize] = self.rank(flow.senders_to(n), &sent);
        }
        let sum: f64 = ranks.iter().sum();
        if sum > 0.0 {
            ranks.iter_mut().for_each(|rank| *rank /= sum);
        }
        Ranks { view: self.view, ranks }
    }

    fn rank(&self, sources: &[u32], sent: &[f64]) -> f64 {
        let received: f64 = sources.iter().map(|source| sent[*source as usize]).sum();
        self.damping * received + (1.0 - self.damping)
    }
}

/// Who sends to whom: entities that send first, each with those that send to it.
struct Flow {
    sources: Vec<Sender>,
    /// The entities in this order, as positions in the graph.
    order: Vec<u32>,
    /// Where the senders to each of them start in `senders`, and one more.
    starts: Vec<u32>,
    senders: Vec<u32>,
}

/// An entity that relations leave.
struct Sender {
    relations: f64,
    /// What each relation gets of its rank.
    share: f64,
}

impl Flow {
    fn new(question: &PageRank<'_>) -> Self {
        let view = question.view;
        let entities = view.entities().len();
        let each = |visit: &mut dyn FnMut(usize, usize)| {
            view.each_counted(question.kinds, &mut |kind, from, to| {
                visit(from.get(), to.get());
                if question.mutual && kind.is_symmetric() {
                    visit(to.get(), from.get());
                }
            });
        };
        let mut leaving = vec![0_u32; entities];
        let mut entering = vec![0_u32; entities];
        each(&mut |from, to| {
            leaving[from] += 1;
            entering[to] += 1;
        });
        let sends = |entity: &u32| leaving[*entity as usize] > 0;
        let (mut order, rest): (Vec<u32>, Vec<u32>) = (0..entities as u32).partition(sends);
        let sources: Vec<Sender> = order
            .iter()
            .map(|entity| f64::from(leaving[*entity as usize]))
            .map(|relations| Sender { relations, share: relations.recip() })
            .collect();
        // From here on the position of each source among the sources.
        for (n, entity) in order.iter().enumerate() {
            leaving[*entity as usize] = n as u32;
        }
        order.extend(rest);
        let mut starts = Vec::with_capacity(entities + 1);
        let mut total = 0;
        for entity in &order {
            starts.push(total);
            total += std::mem::replace(&mut entering[*entity as usize], total);
        }
        starts.push(total);
        let mut senders = vec![0_u32; total as usize];
        each(&mut |from, to| {
            senders[entering[to] as usize] = leaving[from];
            entering[to] += 1;
        });
        Self { sources, order, starts, senders }
    }

    /// Who sends to the n-th entity of the order; sources come first there.
    fn senders_to(&self, n: usize) -> &[u32] {
        &self.senders[self.starts[n] as usize..self.starts[n + 1] as usize]
    }
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

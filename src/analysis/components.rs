//! Weakly connected components: which entities are connected at all.

use crate::graph::{Edges, Entity, View};
use crate::limits::Limits;
use crate::model::RelationKinds;
use crate::parallel;
use crate::query::{Budget, Outcome, StoppedBy};

/// A query for connected components; built up, then run.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D") },
///     facts: [ Supply(supplier: "b", customer: "d", unsourced: true) ],
/// )"#)?;
/// let components = graph.view().components().run();
/// assert_eq!(components.sizes(), [2, 1, 1]);
/// let names: Vec<_> = components.entities(0).map(|entity| entity.name()).collect();
/// assert_eq!(names, ["B", "D"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct FindComponents<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    limits: Option<Limits>,
}

impl<'g> View<'g> {
    /// Starts a query for components, connected in any direction: initially along every relation that counts.
    pub const fn components(self) -> FindComponents<'g> {
        FindComponents { view: self, kinds: RelationKinds::ALL, limits: None }
    }
}

impl<'g> FindComponents<'g> {
    /// Only along relations of these kinds.
    pub const fn follow(mut self, kinds: RelationKinds) -> Self {
        self.kinds = kinds;
        self
    }

    /// Bounds the work; without, it is not bounded. A step is a relation, taken in batches: [`Limits::steps`] and [`Limits::cancel`]
    /// count. Where they cut it, [`Components::outcome`] says so, and what the other relations connect is apart.
    ///
    /// ```
    /// # use keiretsu::{Graph, Limits, Outcome, StoppedBy};
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B") },
    /// #     facts: [ Supply(supplier: "a", customer: "b", unsourced: true) ],
    /// # )"#)?;
    /// let mut limits = Limits::strict();
    /// limits.steps = 0;
    /// let components = graph.view().components().limits(limits).run();
    /// assert_eq!((components.len(), components.outcome()), (2, Outcome::Stopped(StoppedBy::Steps)));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// The components, largest first, ties by their first id.
    ///
    /// Union-find with path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", 1984):
    /// examines each relation once, in practice in linear time. In a large graph, two threads handle one half each, if
    /// available.
    #[must_use]
    pub fn run(&self) -> Components<'g> {
        self.run_telling(|_| {})
    }

    /// The same as [`FindComponents::run`]. Reports from time to time the fraction of relations examined, from 0 to 1.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Components<'g> {
        let edges = self.view.edges(self.kinds);
        // Steps that may run out are counted on one thread, so that what is cut depends on nothing else.
        let may_run_out = self.limits.as_ref().is_some_and(|limits| limits.steps < edges.at_most() as u64);
        if may_run_out || !self.view.is_large() {
            let (above, stopped) = self.joined(edges, &mut tell);
            return Components::new(self, above, stopped);
        }
        let [one, other] = edges.halves();
        let ((mut above, stopped), (others, other_stopped)) =
            parallel::join(|| self.joined(one, &mut tell), || self.joined(other, &mut |_| {}));
        let mut few = Vec::new();
        for own in 0..above.len() as u32 {
            few.push((own, others[own as usize]));
            if few.len() == TOGETHER {
                join(&mut above, &mut few);
            }
        }
        join(&mut above, &mut few);
        Components::new(self, above, stopped.or(other_stopped))
    }

    /// The union-find parents of all entities, after joining the ends of some relations; and what stopped it.
    fn joined(&self, edges: Edges<'_>, tell: &mut impl FnMut(f64)) -> (Vec<u32>, Option<StoppedBy>) {
        let (mut budget, mut stopped) = (Budget::of(self.limits.as_ref()), None);
        let mut above: Vec<u32> = (0..self.view.entities().len() as u32).collect();
        let (mut seen, mut reported, mut flattened, mut pairs) = (0, 0, 0, Vec::new());
        let all = edges.at_most().max(1);
        edges.each_batch(&mut |few| {
            if stopped.is_none() {
                stopped = budget.spend_round(few.len()).err();
            }
            if stopped.is_some() {
                return;
            }
            pairs.extend(few.iter().map(|(_, from, to)| (from.number(), to.number())));
            join(&mut above, &mut pairs);
            seen += few.len();
            if seen - reported >= REPORT_EVERY {
                tell((seen as f64 / all as f64).min(1.0));
                reported = seen;
                // Where much has been joined, flatten the paths to the roots, which are looked up often.
                if seen * FLATTENED / all > flattened {
                    flattened += 1;
                    flatten(&mut above);
                }
            }
        });
        (above, stopped)
    }
}

/// Report progress after this many relations.
const REPORT_EVERY: usize = 1 << 14;

/// Relations joined in one batch, so that their parents are loaded from memory concurrently.
const TOGETHER: usize = 128;

const FLATTENED: usize = 4;

/// Makes every entity a direct child of its root.
#[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
fn flatten(above: &mut [u32]) {
    for at in 0..above.len() {
        // Parents precede their children, so they already point to their roots.
        above[at] = above[above[at] as usize];
    }
}

/// Joins each of these pairs, and clears them.
#[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
fn join(above: &mut [u32], few: &mut Vec<(u32, u32)>) {
    for (one, other) in few.iter_mut() {
        (*one, *other) = (above[*one as usize], above[*other as usize]);
    }
    for (one, other) in few.drain(..).filter(|(one, other)| one != other) {
        let (one, other) = (top(above, one), top(above, other));
        // The smaller index becomes the root, so that the result depends on nothing else.
        above[one.max(other) as usize] = one.min(other);
    }
}

/// The root of an entity's set.
#[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
fn top(above: &mut [u32], mut at: u32) -> u32 {
    loop {
        let next = above[at as usize];
        let second = above[next as usize];
        // Most are direct children of the root, and nothing need be written.
        if next == second {
            return next;
        }
        above[at as usize] = second;
        at = second;
    }
}

/// The connected components. Every entity is in exactly one.
#[derive(Clone, Debug)]
pub struct Components<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    /// The component of each entity.
    component: Vec<u32>,
    sizes: Vec<usize>,
    outcome: Outcome,
}

impl<'g> Components<'g> {
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
    fn new(question: &FindComponents<'g>, mut above: Vec<u32>, stopped: Option<StoppedBy>) -> Self {
        let (view, kinds) = (question.view, question.kinds);
        // Number components by their first entities. Parents precede their children, so they already have numbers.
        let mut sizes = Vec::new();
        for at in 0..above.len() {
            let first = above[at] as usize;
            let number = if first == at { sizes.len() as u32 } else { above[first] };
            if first == at {
                sizes.push(0);
            }
            sizes[number as usize] += 1;
            above[at] = number;
        }
        let mut order: Vec<usize> = (0..sizes.len()).collect();
        order.sort_by_key(|number| std::cmp::Reverse(sizes[*number]));
        let mut places = vec![0; sizes.len()];
        for (place, number) in order.iter().enumerate() {
            places[*number] = place as u32;
        }
        above.iter_mut().for_each(|number| *number = places[*number as usize]);
        let sorted = order.into_iter().map(|number| sizes[number]).collect();
        Self { view, kinds, component: above, sizes: sorted, outcome: stopped.into() }
    }

    /// Complete, or what stopped it.
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
        let mut walked = self.view.relations().filter(|one| self.kinds.contains(one.kind()) && one.counts());
        walked.any(|relation| relation.is_disputed())
    }

    /// The number of entities of each component, in order.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// The number of components.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether the graph has no entity.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// The component of an entity, as a position in [`Components::sizes`]; `None` for an entity of another graph.
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> Option<usize> {
        let own = self.view.adopt(entity)?;
        self.component.get(own.position()).map(|component| *component as usize)
    }

    /// The entities with the most relations in each of the first components. At most `each` per component, most
    /// relations first, ties by id. Examines each relation once more.
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
    /// let largest = graph.view().components().run().most_connected(1, 2);
    /// assert_eq!(largest[0].iter().map(|one| one.name()).collect::<Vec<_>>(), ["C", "A"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
    pub fn most_connected(&self, components: usize, each: usize) -> Vec<Vec<Entity<'g>>> {
        let mut relations = vec![0_u32; self.component.len()];
        self.view.edges(self.kinds).each_batch(&mut |few| {
            for (_, from, to) in few {
                relations[from.number() as usize] += 1;
                relations[to.number() as usize] += 1;
            }
        });
        let mut found: Vec<Vec<Entity<'g>>> = vec![Vec::new(); self.len().min(components)];
        let count = |entity: &Entity<'g>| relations[entity.position()];
        for entity in self.view.entities().filter(|entity| entity.is_known()) {
            let Some(best) = self.of(entity).and_then(|n| found.get_mut(n)) else { continue };
            // With equal counts, earlier entities stay first.
            let place = best.partition_point(|other| count(other) >= count(&entity));
            if place < each {
                best.truncate(each - 1);
                best.insert(place, entity);
            }
        }
        found
    }

    /// The entities of the n-th component, in id order. Scans all entities.
    pub fn entities(&self, n: usize) -> impl Iterator<Item = Entity<'g>> {
        self.view.entities().filter(move |entity| self.of(*entity) == Some(n))
    }
}

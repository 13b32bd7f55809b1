//! Weak components: which entities are connected at all.

#![expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]

use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering::Relaxed;

use crate::graph::{Edges, Entity, View};
use crate::model::RelationKinds;
use crate::parallel::both;

/// The question what hangs together; built up, then run.
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
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct FindComponents<'g> {
    view: View<'g>,
    kinds: RelationKinds,
}

impl<'g> View<'g> {
    /// Asks which entities are connected, in whatever direction: at first along every relation that counts.
    pub const fn components(self) -> FindComponents<'g> {
        FindComponents { view: self, kinds: RelationKinds::ALL }
    }
}

impl<'g> FindComponents<'g> {
    /// Along relations of these kinds only.
    pub const fn follow(mut self, kinds: RelationKinds) -> Self {
        self.kinds = kinds;
        self
    }

    /// The components, the largest first, of equal ones that with the first id first.
    ///
    /// Union-find with path halving (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms",
    /// 1984): looks once at each relation, in practice in linear time. Two threads, if there are two, join the halves of a large
    /// graph at the same time. Whole: no limit cuts it.
    #[must_use]
    pub fn run(&self) -> Components<'g> {
        self.run_telling(|_| {})
    }

    /// What [`FindComponents::run`] gives; tells from time to time about which part of the relations has been looked
    /// at, from 0 to 1.
    #[must_use]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Components<'g> {
        let edges = self.view.edges(self.kinds);
        let forest = Forest::new(self.view.entities().len());
        if self.view.is_large() {
            let [one, other] = edges.halves();
            both(|| forest.join_all(one, &mut tell), || forest.join_all(other, &mut |_| {}));
        } else {
            forest.join_all(edges, &mut tell);
        }
        Components::new(self.view, self.kinds, forest.into_parents())
    }
}

/// Report progress after this many relations.
const REPORTED: usize = 1 << 14;

/// Relations joined in one batch, so that the memory of all is asked for before the first is needed.
const BATCH: usize = 128;

/// How often, in a run over all relations, every entity is put right below its root.
const FLATTENED: usize = 4;

/// The disjoint sets of a union-find, which several threads join at once.
///
/// A parent comes before its child, so a root is the first of its set, whatever the order of joining. A root is linked by
/// compare-and-swap; whatever else is written to an entity that has a parent is an ancestor of it, and stays one (Jayanti and
/// Tarjan, "Concurrent disjoint set union", 2021).
struct Forest(Vec<AtomicU32>);

impl Forest {
    fn new(entities: usize) -> Self {
        Self((0..entities as u32).map(AtomicU32::new).collect())
    }

    fn parent(&self, of: u32) -> u32 {
        self.0[of as usize].load(Relaxed)
    }

    fn join_all(&self, edges: Edges<'_>, tell: &mut impl FnMut(f64)) {
        let (mut seen, mut told, mut flattened) = (0, 0, 0);
        let mut pairs = Vec::with_capacity(BATCH);
        let all = edges.at_most().max(1);
        edges.each_batch(&mut |batch| {
            pairs.extend(
                batch.iter().map(|(_, from, to)| (self.parent(from.number()), self.parent(to.number()))),
            );
            for (one, other) in pairs.drain(..).filter(|(one, other)| one != other) {
                self.join(one, other);
            }
            seen += batch.len();
            if seen - told >= REPORTED {
                tell((seen as f64 / all as f64).min(1.0));
                told = seen;
                if seen * FLATTENED / all > flattened {
                    flattened += 1;
                    self.flatten();
                }
            }
        });
    }

    fn join(&self, one: u32, other: u32) {
        let (mut one, mut other) = (self.root(one), self.root(other));
        while one != other {
            let (first, second) = (one.min(other), one.max(other));
            let linked = self.0[second as usize].compare_exchange(second, first, Relaxed, Relaxed);
            if linked.is_ok() {
                return;
            }
            // Another thread has just linked it.
            (one, other) = (self.root(first), self.root(second));
        }
    }

    fn root(&self, mut at: u32) -> u32 {
        loop {
            let next = self.parent(at);
            let second = self.parent(next);
            // Most are right below the root, and nothing need be written.
            if next == second {
                return next;
            }
            self.0[at as usize].store(second, Relaxed);
            at = second;
        }
    }

    /// Puts all right below their roots.
    fn flatten(&self) {
        for at in 0..self.0.len() as u32 {
            let parent = self.parent(at);
            // A root is left alone: it may be linked at this moment.
            if parent != at {
                self.0[at as usize].store(self.parent(parent), Relaxed);
            }
        }
    }

    fn into_parents(self) -> Vec<u32> {
        self.0.into_iter().map(AtomicU32::into_inner).collect()
    }
}

/// What hangs together: every entity is in one component.
#[derive(Clone, Debug)]
pub struct Components<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    /// The component of each entity.
    component: Vec<u32>,
    sizes: Vec<usize>,
}

impl<'g> Components<'g> {
    fn new(view: View<'g>, kinds: RelationKinds, mut above: Vec<u32>) -> Self {
        // First they are numbered by their first entities. What is above comes before, and so is numbered already.
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
        Self { view, kinds, component: above, sizes: sorted }
    }

    /// How many entities each has, in their order.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether the graph has no entity.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }

    /// In which an entity is: a position in [`Components::sizes`].
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> usize {
        self.component.get(entity.position()).map_or(0, |component| *component as usize)
    }

    /// Of the first so many components, the entities with the most relations: at most so many of each, the one with the most
    /// first, ties by id. Looks once more at each relation.
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
            let Some(best) = found.get_mut(self.of(entity)) else { continue };
            // Those before it in the order of ids stay before it where they have as many.
            let place = best.partition_point(|other| count(other) >= count(&entity));
            if place < each {
                best.truncate(each - 1);
                best.insert(place, entity);
            }
        }
        found
    }

    /// The entities of the n-th, in the order of ids. Looks through all entities.
    pub fn entities(&self, n: usize) -> impl Iterator<Item = Entity<'g>> {
        self.view.entities().filter(move |entity| self.of(*entity) == n)
    }
}

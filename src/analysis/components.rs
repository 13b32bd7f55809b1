//! Weak components: which entities are connected at all.

use crate::graph::{Edges, Entity, View};
use crate::model::RelationKinds;
use crate::parallel;

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
    /// 1984): looks once at each relation, in practice in linear time. Of a large graph, each half is joined on a thread
    /// of its own, if there are two. Whole: no limit cuts it.
    #[must_use]
    pub fn run(&self) -> Components<'g> {
        self.run_telling(|_| {})
    }

    /// What [`FindComponents::run`] gives; tells from time to time about which part of the relations has been looked
    /// at, from 0 to 1.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Components<'g> {
        let edges = self.view.edges(self.kinds);
        if !self.view.is_large() {
            return Components::new(self.view, self.kinds, self.joined(edges, &mut tell));
        }
        let [one, other] = edges.halves();
        let (mut above, others) =
            parallel::join(|| self.joined(one, &mut tell), || self.joined(other, &mut |_| {}));
        let mut few = Vec::new();
        for own in 0..above.len() as u32 {
            few.push((own, others[own as usize]));
            if few.len() == TOGETHER {
                join(&mut above, &mut few);
            }
        }
        join(&mut above, &mut few);
        Components::new(self.view, self.kinds, above)
    }

    /// What stands above each entity when what some relations lead to is joined.
    fn joined(&self, edges: Edges<'_>, tell: &mut impl FnMut(f64)) -> Vec<u32> {
        let mut above: Vec<u32> = (0..self.view.entities().len() as u32).collect();
        let (mut seen, mut reported, mut flattened, mut pairs) = (0, 0, 0, Vec::new());
        let all = edges.at_most().max(1);
        edges.each_batch(&mut |few| {
            pairs.extend(few.iter().map(|(_, from, to)| (from.number(), to.number())));
            join(&mut above, &mut pairs);
            seen += few.len();
            if seen - reported >= REPORT_EVERY {
                tell((seen as f64 / all as f64).min(1.0));
                reported = seen;
                // Where much is joined, all are put right below the top, where they are looked for.
                if seen * FLATTENED / all > flattened {
                    flattened += 1;
                    flatten(&mut above);
                }
            }
        });
        above
    }
}

/// So many relations are looked at before something is told.
const REPORT_EVERY: usize = 1 << 14;

/// So many are joined together: what stands above them then comes from memory at the same time.
const TOGETHER: usize = 128;

const FLATTENED: usize = 4;

/// Puts all right below what stands for them.
#[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
fn flatten(above: &mut [u32]) {
    for at in 0..above.len() {
        // What is above comes before, and so leads to the first of its component already.
        above[at] = above[above[at] as usize];
    }
}

/// Joins each of some with another, and forgets them.
#[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
fn join(above: &mut [u32], few: &mut Vec<(u32, u32)>) {
    for (one, other) in few.iter_mut() {
        (*one, *other) = (above[*one as usize], above[*other as usize]);
    }
    for (one, other) in few.drain(..).filter(|(one, other)| one != other) {
        let (one, other) = (top(above, one), top(above, other));
        // The first of both stands for all, so that the answer depends on nothing else.
        above[one.max(other) as usize] = one.min(other);
    }
}

/// The entity that stands for all that are joined with this one.
#[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
fn top(above: &mut [u32], mut at: u32) -> u32 {
    loop {
        let next = above[at as usize];
        let second = above[next as usize];
        // Most are right below the top, and nothing need be written.
        if next == second {
            return next;
        }
        above[at as usize] = second;
        at = second;
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
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]
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

    #[cfg(feature = "answer")]
    pub(crate) const fn view(&self) -> View<'g> {
        self.view
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

    /// In which an entity is: a position in [`Components::sizes`]; none for an entity of another graph.
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> Option<usize> {
        let own = self.view.adopt(entity)?;
        self.component.get(own.position()).map(|component| *component as usize)
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
        self.view.entities().filter(move |entity| self.of(*entity) == Some(n))
    }
}

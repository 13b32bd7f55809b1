//! Weak components: which entities are connected at all.

#![expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]

use crate::graph::{Entity, View};
use crate::model::RelationKinds;

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
    /// 1984): looks once at each relation, in practice in linear time. Whole: no limit cuts it.
    #[must_use]
    pub fn run(&self) -> Components<'g> {
        self.run_telling(|_| {})
    }

    /// What [`FindComponents::run`] gives; tells from time to time about which part of the relations has been looked
    /// at, from 0 to 1.
    #[must_use]
    pub fn run_telling(&self, mut tell: impl FnMut(f64)) -> Components<'g> {
        let view = self.view;
        let (mut seen, all) = (0_u32, view.most_relations());
        let mut above: Vec<u32> = (0..view.entities().len() as u32).collect();
        view.each_counted(self.kinds, &mut |_, from, to| {
            let (from, to) = (top(&mut above, from.number()), top(&mut above, to.number()));
            // The first of both stands for all, so that the answer depends on nothing else.
            let (first, second) = (from.min(to), from.max(to));
            above[second as usize] = first;
            seen = seen.wrapping_add(1);
            if seen.is_multiple_of(TOLD) {
                tell((f64::from(seen) / all as f64).min(1.0));
            }
        });
        Components::new(view, above)
    }
}

/// So many relations are looked at before something is told.
const TOLD: u32 = 1 << 16;

/// The entity that stands for all that are joined with this one.
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
    /// The component of each entity.
    component: Vec<u32>,
    sizes: Vec<usize>,
}

impl<'g> Components<'g> {
    fn new(view: View<'g>, mut above: Vec<u32>) -> Self {
        let mut sizes = vec![0_u32; above.len()];
        for at in 0..above.len() {
            // What is above comes before, and so leads to the first of its component already.
            above[at] = above[above[at] as usize];
            sizes[above[at] as usize] += 1;
        }
        let mut firsts: Vec<u32> =
            (0..above.len() as u32).filter(|first| sizes[*first as usize] > 0).collect();
        firsts.sort_by_key(|first| std::cmp::Reverse(sizes[*first as usize]));
        let sorted = firsts.iter().map(|first| sizes[*first as usize] as usize).collect();
        for (number, first) in firsts.into_iter().enumerate() {
            sizes[first as usize] = number as u32;
        }
        above.iter_mut().for_each(|first| *first = sizes[*first as usize]);
        Self { view, component: above, sizes: sorted }
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

    /// The entities of the n-th, in the order of ids. Looks through all entities.
    pub fn entities(&self, n: usize) -> impl Iterator<Item = Entity<'g>> {
        self.view.entities().filter(move |entity| self.of(*entity) == n)
    }
}

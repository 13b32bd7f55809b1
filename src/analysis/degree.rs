//! Degree: how many relations an entity takes part in, and with how many others.

use std::cmp::Reverse;

use super::neighbor_lists::NeighborLists;
use crate::graph::{Entity, EntityIx, View};
use crate::model::RelationKinds;

/// How much touches one entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Degree {
    /// The relations that it takes part in, in either direction: its degree, where each relation is an edge.
    pub relations: usize,
    /// The other entities at their ends: its degree, where all relations between two entities are one edge.
    pub neighbors: usize,
}

/// The degree of every entity (L. C. Freeman, "Centrality in social networks", Social Networks 1, 1979).
#[derive(Clone, Debug)]
pub struct Degrees<'g> {
    view: View<'g>,
    #[cfg(feature = "answer")]
    kinds: RelationKinds,
    degrees: Vec<Degree>,
}

impl<'g> View<'g> {
    /// The degree of every entity along relations of these kinds that count. Looks at each relation once, and sorts.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKinds};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     facts: [
    ///         Supply(supplier: "a", customer: "b", unsourced: true),
    ///         Partnership(between: ["a", "b"], unsourced: true),
    ///         Supply(supplier: "c", customer: "b", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let degrees = graph.view().degrees(RelationKinds::ALL);
    /// let (first, degree) = degrees.top(1)[0];
    /// assert_eq!((first.name(), degree.relations, degree.neighbors), ("B", 3, 2));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn degrees(self, kinds: RelationKinds) -> Degrees<'g> {
        let view = self.everywhere();
        let lists = NeighborLists::of(view, kinds);
        let all = lists.relations().iter().enumerate();
        let degrees = all
            .map(|(entity, relations)| Degree {
                relations: *relations,
                neighbors: lists.around(entity).len(),
            })
            .collect();
        Degrees {
            view,
            #[cfg(feature = "answer")]
            kinds,
            degrees,
        }
    }
}

impl<'g> Degrees<'g> {
    /// The degree of one entity; `None` for an entity of another graph.
    #[must_use]
    pub fn of(&self, entity: Entity<'g>) -> Option<Degree> {
        self.degrees.get(self.view.adopt(entity)?.position()).copied()
    }

    /// The entities with the most relations, at most this many; ties by neighbors, then by id.
    #[must_use]
    pub fn top(&self, most: usize) -> Vec<(Entity<'g>, Degree)> {
        let mut all: Vec<(Degree, u32)> = (0..).zip(&self.degrees).map(|(n, degree)| (*degree, n)).collect();
        all.sort_unstable_by_key(|(degree, n)| (Reverse(*degree), *n));
        let entity = |n: u32| self.view.entity_at(EntityIx::of(n));
        all.into_iter().take(most).map(|(degree, n)| (entity(n), degree)).collect()
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

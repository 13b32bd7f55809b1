//! Adjacency: which relations touch an entity. The one home of petgraph's graph type.

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::graph::{DiGraph, NodeIndex};

use super::index::{EntityIx, RelationIx};
use super::relation::RelationData;

/// Which relations leave and enter each entity, in the order of kind, then of the other entity's id.
pub(crate) struct Store(DiGraph<(), RelationIx, u32>);

impl Store {
    /// Lays out the adjacency of so many entities.
    pub(crate) fn new(entities: usize, relations: &[RelationData]) -> Self {
        let mut order: Vec<usize> = (0..relations.len()).collect();
        let key = |n: &usize| relations.get(*n).map(|r| (r.kind, r.from, r.to, *n));
        order.sort_unstable_by_key(key);
        let mut graph = DiGraph::with_capacity(entities, relations.len());
        for _ in 0..entities {
            graph.add_node(());
        }
        // petgraph lists the edges of a node from the last added to the first.
        for n in order.into_iter().rev() {
            if let Some(relation) = relations.get(n) {
                graph.add_edge(node(relation.from), node(relation.to), RelationIx::new(n));
            }
        }
        Self(graph)
    }

    /// The relations of which the entity is the subject.
    pub(crate) fn leaving(&self, entity: EntityIx) -> impl Iterator<Item = RelationIx> + use<'_> {
        self.0.edges_directed(node(entity), Outgoing).map(|edge| *edge.weight())
    }

    /// The relations of which the entity is the object.
    pub(crate) fn entering(&self, entity: EntityIx) -> impl Iterator<Item = RelationIx> + use<'_> {
        self.0.edges_directed(node(entity), Incoming).map(|edge| *edge.weight())
    }
}

fn node(entity: EntityIx) -> NodeIndex<u32> {
    NodeIndex::new(entity.get())
}

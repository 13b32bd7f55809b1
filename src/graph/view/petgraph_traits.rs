//! petgraph's visit traits on a view, so that petgraph's algorithms run on it. Outside the semver promise.

use std::collections::HashSet;

use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, GraphRef, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, IntoNodeReferences,
    NodeCompactIndexable, NodeCount, NodeIndexable, NodeRef, Visitable,
};
use petgraph::{Directed, Direction};

use super::entity::Entity;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::index::EntityIx;
use crate::model::RelationKind;

/// A view as petgraph sees it: entities are nodes, relations that count are directed edges weighted by their kind.
///
/// Some of petgraph's algorithms recurse (`tarjan_scc`, `is_cyclic_directed`, `depth_first_search`) and overflow the
/// stack on long chains; `kosaraju_scc`, `toposort` and `Dfs` do not.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [ Supply(supplier: "a", customer: "b", unsourced: true) ],
/// )"#)?;
/// assert_eq!(petgraph::algo::connected_components(graph.view().as_petgraph()), 2);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PetgraphView<'g>(View<'g>);

impl<'g> View<'g> {
    /// This view with petgraph's visit traits.
    #[must_use]
    pub const fn as_petgraph(self) -> PetgraphView<'g> {
        PetgraphView(self)
    }
}

/// An edge as petgraph sees it: a relation from its subject to its object.
#[derive(Clone, Copy, Debug)]
pub struct PetgraphEdge<'g> {
    relation: Relation<'g>,
    kind: RelationKind,
}

impl<'g> PetgraphEdge<'g> {
    fn new(relation: Relation<'g>) -> Self {
        Self { relation, kind: relation.kind() }
    }

    /// The relation.
    #[must_use]
    pub const fn relation(self) -> Relation<'g> {
        self.relation
    }
}

impl<'g> EdgeRef for PetgraphEdge<'g> {
    type NodeId = Entity<'g>;
    type EdgeId = Relation<'g>;
    type Weight = RelationKind;

    fn source(&self) -> Entity<'g> {
        self.relation.subject()
    }

    fn target(&self) -> Entity<'g> {
        self.relation.object()
    }

    fn weight(&self) -> &RelationKind {
        &self.kind
    }

    fn id(&self) -> Relation<'g> {
        self.relation
    }
}

impl<'g> GraphBase for PetgraphView<'g> {
    type NodeId = Entity<'g>;
    type EdgeId = Relation<'g>;
}

impl GraphRef for PetgraphView<'_> {}

impl GraphProp for PetgraphView<'_> {
    type EdgeType = Directed;
}

impl<'g> Data for PetgraphView<'g> {
    type NodeWeight = Entity<'g>;
    type EdgeWeight = RelationKind;
}

/// A node as petgraph sees it; its weight is the entity itself.
#[derive(Clone, Copy, Debug)]
pub struct PetgraphNode<'g>(Entity<'g>);

impl<'g> NodeRef for PetgraphNode<'g> {
    type NodeId = Entity<'g>;
    type Weight = Entity<'g>;

    fn id(&self) -> Entity<'g> {
        self.0
    }

    fn weight(&self) -> &Entity<'g> {
        &self.0
    }
}

type Walk<'g, T> = Box<dyn Iterator<Item = T> + 'g>;

/// The relations that leave or enter an entity, each read so that its object is the neighbor.
fn along<'g>(entity: Entity<'g>, direction: Direction) -> Walk<'g, Relation<'g>> {
    match direction {
        Direction::Outgoing => Box::new(entity.leaving().filter(|relation| relation.counts())),
        Direction::Incoming => Box::new(entity.entering().filter(|relation| relation.counts())),
    }
}

impl<'g> IntoNeighbors for PetgraphView<'g> {
    type Neighbors = Walk<'g, Entity<'g>>;

    fn neighbors(self, entity: Entity<'g>) -> Self::Neighbors {
        self.neighbors_directed(entity, Direction::Outgoing)
    }
}

impl<'g> IntoNeighborsDirected for PetgraphView<'g> {
    type NeighborsDirected = Walk<'g, Entity<'g>>;

    fn neighbors_directed(self, entity: Entity<'g>, direction: Direction) -> Self::NeighborsDirected {
        Box::new(along(entity, direction).map(Relation::object))
    }
}

impl<'g> IntoEdgeReferences for PetgraphView<'g> {
    type EdgeRef = PetgraphEdge<'g>;
    type EdgeReferences = Walk<'g, PetgraphEdge<'g>>;

    fn edge_references(self) -> Self::EdgeReferences {
        Box::new(self.0.relations().filter(|relation| relation.counts()).map(PetgraphEdge::new))
    }
}

impl<'g> IntoEdges for PetgraphView<'g> {
    type Edges = Walk<'g, PetgraphEdge<'g>>;

    fn edges(self, entity: Entity<'g>) -> Self::Edges {
        self.edges_directed(entity, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for PetgraphView<'g> {
    type EdgesDirected = Walk<'g, PetgraphEdge<'g>>;

    fn edges_directed(self, entity: Entity<'g>, direction: Direction) -> Self::EdgesDirected {
        // petgraph expects the edge's own source and target, whichever end was asked for.
        Box::new(along(entity, direction).map(|relation| PetgraphEdge::new(relation.as_stored())))
    }
}

impl<'g> IntoNodeIdentifiers for PetgraphView<'g> {
    type NodeIdentifiers = Walk<'g, Entity<'g>>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.0.entities())
    }
}

impl<'g> IntoNodeReferences for PetgraphView<'g> {
    type NodeRef = PetgraphNode<'g>;
    type NodeReferences = Walk<'g, PetgraphNode<'g>>;

    fn node_references(self) -> Self::NodeReferences {
        Box::new(self.0.entities().map(PetgraphNode))
    }
}

impl NodeCount for PetgraphView<'_> {
    fn node_count(&self) -> usize {
        self.0.entities().len()
    }
}

impl EdgeCount for PetgraphView<'_> {
    fn edge_count(&self) -> usize {
        self.edge_references().count()
    }
}

impl NodeIndexable for PetgraphView<'_> {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, entity: Self::NodeId) -> usize {
        entity.index().get()
    }

    fn from_index(&self, index: usize) -> Self::NodeId {
        self.0.entity_at(EntityIx::new(index))
    }
}

impl NodeCompactIndexable for PetgraphView<'_> {}

impl<'g> Visitable for PetgraphView<'g> {
    type Map = HashSet<Entity<'g>>;

    fn visit_map(&self) -> Self::Map {
        HashSet::new()
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
    }
}

//! petgraph's visit traits on a view, so that petgraph's algorithms run on it. Outside the semver promise.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GetAdjacencyMatrix, GraphBase, GraphProp, GraphRef,
    IntoEdgeReferences, IntoEdges, IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected,
    IntoNodeIdentifiers, IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, NodeRef,
    Visitable,
};
use petgraph::{Directed, Direction};

use super::entity::Entity;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::index::{EntityIx, RelationIx};
use crate::model::{RelationKind, RelationKinds};

/// A view as petgraph sees it: entities are nodes, relations that count are directed edges weighted by their kind.
///
/// A symmetric relation, such as a partnership, is two edges, one in each direction, as [`Traversal`](crate::Traversal)
/// walks it. So two partners are strongly connected and form a cycle. An entity from another view of the graph is
/// adopted. One of another graph has no edges, and [`NodeIndexable::to_index`] returns a position that no node has.
///
/// Some of petgraph's algorithms recurse (`tarjan_scc`, `is_cyclic_directed`, `depth_first_search`) and overflow the
/// stack on long chains; `kosaraju_scc`, `toposort` and `Dfs` do not.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [ Partnership(between: ["a", "b"], unsourced: true) ],
/// )"#)?;
/// let view = graph.view().as_petgraph();
/// assert_eq!(petgraph::algo::connected_components(view), 2);
/// let (a, b) = (graph.view().entity("a")?, graph.view().entity("b")?);
/// assert!(petgraph::algo::has_path_connecting(view, b, a, None));
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

/// An edge as petgraph sees it: a relation from its subject to its object. The two edges of a symmetric relation
/// differ.
#[derive(Clone, Copy, Debug)]
pub struct PetgraphEdge<'g> {
    relation: Relation<'g>,
    kind: RelationKind,
}

impl<'g> PetgraphEdge<'g> {
    fn new(relation: Relation<'g>) -> Self {
        Self { relation, kind: relation.kind() }
    }

    /// The relation, read from the source of the edge.
    #[must_use]
    pub const fn relation(self) -> Relation<'g> {
        self.relation
    }
}

impl PartialEq for PetgraphEdge<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.relation == other.relation && self.relation.is_inverted() == other.relation.is_inverted()
    }
}

impl Eq for PetgraphEdge<'_> {}

impl Hash for PetgraphEdge<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.relation, self.relation.is_inverted()).hash(state);
    }
}

impl<'g> EdgeRef for PetgraphEdge<'g> {
    type NodeId = Entity<'g>;
    type EdgeId = Self;
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

    fn id(&self) -> Self {
        *self
    }
}

impl<'g> GraphBase for PetgraphView<'g> {
    type NodeId = Entity<'g>;
    type EdgeId = PetgraphEdge<'g>;
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

impl<'g> PetgraphView<'g> {
    /// The edges that leave or enter an entity.
    fn along(self, entity: Entity<'g>, direction: Direction) -> Walk<'g, PetgraphEdge<'g>> {
        let touching = self.0.adopt(entity).into_iter().flat_map(|own| own.walked(RelationKinds::ALL));
        let is_along = move |relation: &Relation<'g>| {
            let is_loop = relation.subject() == relation.object();
            let is_incoming = direction == Direction::Incoming;
            is_loop || relation.kind().is_symmetric() || relation.is_inverted() == is_incoming
        };
        let read = move |relation: Relation<'g>| match direction {
            Direction::Outgoing => relation,
            Direction::Incoming => relation.read_from(relation.object()),
        };
        Box::new(touching.filter(is_along).map(read).map(PetgraphEdge::new))
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
        let end = move |edge: PetgraphEdge<'g>| match direction {
            Direction::Outgoing => edge.target(),
            Direction::Incoming => edge.source(),
        };
        Box::new(self.along(entity, direction).map(end))
    }
}

impl<'g> IntoEdgeReferences for PetgraphView<'g> {
    type EdgeRef = PetgraphEdge<'g>;
    type EdgeReferences = Walk<'g, PetgraphEdge<'g>>;

    fn edge_references(self) -> Self::EdgeReferences {
        let both = |relation: Relation<'g>| {
            let turned = relation.read_from(relation.object());
            let is_two = relation.kind().is_symmetric() && turned.is_inverted();
            std::iter::once(relation).chain(is_two.then_some(turned)).map(PetgraphEdge::new)
        };
        Box::new(self.0.relations().filter(|relation| relation.counts()).flat_map(both))
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
        self.along(entity, direction)
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
        self.0.adopt(entity).map_or_else(|| self.node_bound(), Entity::position)
    }

    fn from_index(&self, index: usize) -> Self::NodeId {
        self.0.entity_at(EntityIx::new(index))
    }
}

impl NodeCompactIndexable for PetgraphView<'_> {}

/// Each relation has two indices, one for each direction, though not all of them are edges.
impl EdgeIndexable for PetgraphView<'_> {
    fn edge_bound(&self) -> usize {
        self.0.most_relations() * 2
    }

    fn to_index(&self, edge: Self::EdgeId) -> usize {
        if !self.0.is_same_graph(edge.relation.view()) {
            return self.edge_bound();
        }
        edge.relation.index().get() * 2 + usize::from(edge.relation.is_inverted())
    }

    fn from_index(&self, index: usize) -> Self::EdgeId {
        PetgraphEdge::new(Relation::new(self.0, RelationIx::new(index / 2), index % 2 == 1))
    }
}

/// The matrix is a set of pairs, so memory is linear in the edges rather than quadratic in the entities.
impl<'g> GetAdjacencyMatrix for PetgraphView<'g> {
    type AdjMatrix = HashSet<(Entity<'g>, Entity<'g>)>;

    fn adjacency_matrix(&self) -> Self::AdjMatrix {
        self.edge_references().map(|edge| (edge.source(), edge.target())).collect()
    }

    fn is_adjacent(&self, matrix: &Self::AdjMatrix, from: Self::NodeId, to: Self::NodeId) -> bool {
        matrix.contains(&(from, to))
    }
}

impl<'g> Visitable for PetgraphView<'g> {
    type Map = HashSet<Entity<'g>>;

    fn visit_map(&self) -> Self::Map {
        HashSet::new()
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
    }
}

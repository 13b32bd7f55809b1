//! petgraph's visit traits on a view, so that petgraph's algorithms run on it. Outside the semver promise.

use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

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

/// A view as petgraph sees it: entities are nodes, relations that count are directed edges weighted by their kind,
/// or [as you say](PetgraphView::weighted).
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
pub struct PetgraphView<'g, W = RelationKind, F = fn(Relation<'g>) -> W> {
    view: View<'g>,
    weigh: F,
    weight: PhantomData<fn() -> W>,
}

impl<'g> View<'g> {
    /// This view with petgraph's visit traits.
    #[must_use]
    pub fn as_petgraph(self) -> PetgraphView<'g> {
        PetgraphView { view: self, weigh: Relation::kind, weight: PhantomData }
    }
}

impl<'g> PetgraphView<'g> {
    /// The same with other weights, for algorithms that take them from the graph: `bellman_ford`, `min_spanning_tree`,
    /// `ford_fulkerson`, page ranks.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    ///     facts: [
    ///         Ownership(owner: "a", owned: "b", share: "60%", unsourced: true),
    ///         Ownership(owner: "b", owned: "c", share: "50%", unsourced: true),
    ///     ],
    /// )"#)?;
    /// // The product of shares along a path, as a sum of logarithms.
    /// let owned = graph.view().as_petgraph().weighted(|relation| {
    ///     let share = relation.share().and_then(|share| share.exact()).map_or(1.0, |share| share.to_f64());
    ///     -share.ln()
    /// });
    /// let a = graph.view().entity("a")?;
    /// let paths = petgraph::algo::bellman_ford(owned, a).unwrap();
    /// assert!(((-paths.distances[2]).exp() - 0.3).abs() < 1e-9);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub const fn weighted<W, F: Fn(Relation<'g>) -> W + Copy>(self, weigh: F) -> PetgraphView<'g, W, F> {
        PetgraphView { view: self.view, weigh, weight: PhantomData }
    }
}

impl<W, F: Copy> Clone for PetgraphView<'_, W, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<W, F: Copy> Copy for PetgraphView<'_, W, F> {}

impl<W, F> std::fmt::Debug for PetgraphView<'_, W, F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PetgraphView").field(&self.view).finish()
    }
}

/// An edge as petgraph sees it: a relation from its subject to its object. The two edges of a symmetric relation
/// differ.
#[derive(Clone, Copy, Debug)]
pub struct PetgraphEdge<'g> {
    relation: Relation<'g>,
}

impl<'g> PetgraphEdge<'g> {
    const fn new(relation: Relation<'g>) -> Self {
        Self { relation }
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

/// An edge with its weight.
#[derive(Clone, Copy, Debug)]
pub struct PetgraphEdgeRef<'g, W = RelationKind> {
    edge: PetgraphEdge<'g>,
    weight: W,
}

impl<'g, W> PetgraphEdgeRef<'g, W> {
    /// The relation, read from the source of the edge.
    #[must_use]
    pub const fn relation(&self) -> Relation<'g> {
        self.edge.relation
    }
}

impl<'g, W: Copy> EdgeRef for PetgraphEdgeRef<'g, W> {
    type NodeId = Entity<'g>;
    type EdgeId = PetgraphEdge<'g>;
    type Weight = W;

    fn source(&self) -> Entity<'g> {
        self.edge.relation.subject()
    }

    fn target(&self) -> Entity<'g> {
        self.edge.relation.object()
    }

    fn weight(&self) -> &W {
        &self.weight
    }

    fn id(&self) -> PetgraphEdge<'g> {
        self.edge
    }
}

impl<'g, W, F: Copy> GraphBase for PetgraphView<'g, W, F> {
    type NodeId = Entity<'g>;
    type EdgeId = PetgraphEdge<'g>;
}

impl<W, F: Copy> GraphRef for PetgraphView<'_, W, F> {}

impl<W, F: Copy> GraphProp for PetgraphView<'_, W, F> {
    type EdgeType = Directed;
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> Data for PetgraphView<'g, W, F> {
    type NodeWeight = Entity<'g>;
    type EdgeWeight = W;
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

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> PetgraphView<'g, W, F> {
    fn edge(self, relation: Relation<'g>) -> PetgraphEdgeRef<'g, W> {
        PetgraphEdgeRef { edge: PetgraphEdge::new(relation), weight: (self.weigh)(relation) }
    }

    /// The edges that leave or enter an entity.
    fn along(self, entity: Entity<'g>, direction: Direction) -> Walk<'g, PetgraphEdgeRef<'g, W>> {
        let touching = self.view.adopt(entity).into_iter().flat_map(|own| own.walked(RelationKinds::ALL));
        let is_along = move |relation: &Relation<'g>| {
            let is_loop = relation.subject() == relation.object();
            let is_incoming = direction == Direction::Incoming;
            is_loop || relation.kind().is_symmetric() || relation.is_inverted() == is_incoming
        };
        let read = move |relation: Relation<'g>| match direction {
            Direction::Outgoing => relation,
            Direction::Incoming => relation.read_from(relation.object()),
        };
        Box::new(touching.filter(is_along).map(read).map(move |relation| self.edge(relation)))
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoNeighbors for PetgraphView<'g, W, F> {
    type Neighbors = Walk<'g, Entity<'g>>;

    fn neighbors(self, entity: Entity<'g>) -> Self::Neighbors {
        self.neighbors_directed(entity, Direction::Outgoing)
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoNeighborsDirected
    for PetgraphView<'g, W, F>
{
    type NeighborsDirected = Walk<'g, Entity<'g>>;

    fn neighbors_directed(self, entity: Entity<'g>, direction: Direction) -> Self::NeighborsDirected {
        let end = move |edge: PetgraphEdgeRef<'g, W>| match direction {
            Direction::Outgoing => edge.target(),
            Direction::Incoming => edge.source(),
        };
        Box::new(self.along(entity, direction).map(end))
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoEdgeReferences for PetgraphView<'g, W, F> {
    type EdgeRef = PetgraphEdgeRef<'g, W>;
    type EdgeReferences = Walk<'g, PetgraphEdgeRef<'g, W>>;

    fn edge_references(self) -> Self::EdgeReferences {
        let both = move |relation: Relation<'g>| {
            let turned = relation.read_from(relation.object());
            let is_two = relation.kind().is_symmetric() && turned.is_inverted();
            std::iter::once(relation).chain(is_two.then_some(turned)).map(move |relation| self.edge(relation))
        };
        Box::new(self.view.relations().filter(|relation| relation.counts()).flat_map(both))
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoEdges for PetgraphView<'g, W, F> {
    type Edges = Walk<'g, PetgraphEdgeRef<'g, W>>;

    fn edges(self, entity: Entity<'g>) -> Self::Edges {
        self.edges_directed(entity, Direction::Outgoing)
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoEdgesDirected for PetgraphView<'g, W, F> {
    type EdgesDirected = Walk<'g, PetgraphEdgeRef<'g, W>>;

    fn edges_directed(self, entity: Entity<'g>, direction: Direction) -> Self::EdgesDirected {
        self.along(entity, direction)
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoNodeIdentifiers for PetgraphView<'g, W, F> {
    type NodeIdentifiers = Walk<'g, Entity<'g>>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.view.entities())
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> IntoNodeReferences for PetgraphView<'g, W, F> {
    type NodeRef = PetgraphNode<'g>;
    type NodeReferences = Walk<'g, PetgraphNode<'g>>;

    fn node_references(self) -> Self::NodeReferences {
        Box::new(self.view.entities().map(PetgraphNode))
    }
}

impl<W, F: Copy> NodeCount for PetgraphView<'_, W, F> {
    fn node_count(&self) -> usize {
        self.view.entities().len()
    }
}

impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> EdgeCount for PetgraphView<'g, W, F> {
    fn edge_count(&self) -> usize {
        self.edge_references().count()
    }
}

impl<W, F: Copy> NodeIndexable for PetgraphView<'_, W, F> {
    fn node_bound(&self) -> usize {
        self.node_count()
    }

    fn to_index(&self, entity: Self::NodeId) -> usize {
        self.view.adopt(entity).map_or_else(|| self.node_bound(), Entity::position)
    }

    fn from_index(&self, index: usize) -> Self::NodeId {
        self.view.entity_at(EntityIx::new(index))
    }
}

impl<W, F: Copy> NodeCompactIndexable for PetgraphView<'_, W, F> {}

/// Each relation has two indices, one for each direction, though not all of them are edges.
impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> EdgeIndexable for PetgraphView<'g, W, F> {
    fn edge_bound(&self) -> usize {
        self.view.most_relations() * 2
    }

    fn to_index(&self, edge: Self::EdgeId) -> usize {
        if !self.view.is_same_graph(edge.relation.view()) {
            return self.edge_bound();
        }
        edge.relation.index().get() * 2 + usize::from(edge.relation.is_inverted())
    }

    fn from_index(&self, index: usize) -> Self::EdgeId {
        PetgraphEdge::new(Relation::new(self.view, RelationIx::new(index / 2), index % 2 == 1))
    }
}

/// The matrix is a set of pairs, so memory is linear in the edges rather than quadratic in the entities.
impl<'g, W: Copy + 'g, F: Fn(Relation<'g>) -> W + Copy + 'g> GetAdjacencyMatrix for PetgraphView<'g, W, F> {
    type AdjMatrix = HashSet<(Entity<'g>, Entity<'g>)>;

    fn adjacency_matrix(&self) -> Self::AdjMatrix {
        self.edge_references().map(|edge| (edge.source(), edge.target())).collect()
    }

    fn is_adjacent(&self, matrix: &Self::AdjMatrix, from: Self::NodeId, to: Self::NodeId) -> bool {
        matrix.contains(&(from, to))
    }
}

impl<'g, W, F: Copy> Visitable for PetgraphView<'g, W, F> {
    type Map = HashSet<Entity<'g>>;

    fn visit_map(&self) -> Self::Map {
        HashSet::new()
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
    }
}

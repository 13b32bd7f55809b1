//! petgraph's algorithms give the same answers on a view as on a graph of petgraph's own.

use std::collections::{BTreeMap, BTreeSet};

use keiretsu::RelationKind;
use petgraph::algo;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{
    Dfs, EdgeCount, EdgeIndexable, EdgeRef, GetAdjacencyMatrix, IntoEdgeReferences, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, NodeIndexable,
};
use petgraph::{Incoming, Outgoing};
use proptest::prelude::*;

use super::{Made, chain, entity, made_graphs, number};
use crate::property::cases;

fn by_hand(made: &Made) -> DiGraph<usize, RelationKind> {
    let mut graph = DiGraph::new();
    for n in 0..made.kinds.len() {
        graph.add_node(n);
    }
    for edge in made.edges().iter().filter(|edge| edge.counts) {
        graph.add_edge(NodeIndex::new(edge.from), NodeIndex::new(edge.to), edge.kind);
        if edge.kind.is_symmetric() {
            graph.add_edge(NodeIndex::new(edge.to), NodeIndex::new(edge.from), edge.kind);
        }
    }
    graph
}

/// A cost that differs from kind to kind.
fn cost(kind: RelationKind) -> u32 {
    kind.name().len() as u32
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn algorithms_agree(made in made_graphs(12, 10), start in 0..12_usize) {
        let (graph, plain, start) = (made.graph(), by_hand(&made), start % made.kinds.len());
        let view = graph.view().as_petgraph();
        let ours: BTreeMap<_, _> = algo::dijkstra(view, entity(&graph, start), None, |edge| cost(*edge.weight()))
            .into_iter().map(|(entity, cost)| (number(entity), cost)).collect();
        let theirs: BTreeMap<_, _> = algo::dijkstra(&plain, NodeIndex::new(start), None, |edge| cost(*edge.weight()))
            .into_iter().map(|(node, cost)| (node.index(), cost)).collect();
        prop_assert_eq!(ours, theirs);

        let ours: BTreeSet<BTreeSet<_>> = algo::kosaraju_scc(view).into_iter().map(|component| component.into_iter().map(number).collect()).collect();
        let theirs: BTreeSet<BTreeSet<_>> = algo::kosaraju_scc(&plain).into_iter().map(|component| component.into_iter().map(NodeIndex::index).collect()).collect();
        prop_assert_eq!(ours, theirs);

        prop_assert_eq!(algo::connected_components(view), algo::connected_components(&plain));

        // What a walk reaches, petgraph reaches.
        let walk = entity(&graph, start).traverse().direction(keiretsu::Direction::Outgoing).run();
        let reached: BTreeSet<_> = walk.entities().map(number).collect();
        let mut dfs = Dfs::new(view, entity(&graph, start));
        let theirs: BTreeSet<_> = std::iter::from_fn(|| dfs.next(view)).map(number).collect();
        prop_assert_eq!(reached, theirs);

        let order = algo::toposort(view, None).map(|order| order.into_iter().map(number).collect::<Vec<_>>());
        prop_assert_eq!(order.is_ok(), algo::toposort(&plain, None).is_ok());
        if let Ok(order) = order {
            let place = |n: usize| order.iter().position(|m| *m == n);
            prop_assert_eq!(order.len(), made.kinds.len());
            prop_assert!(made.edges().iter().filter(|edge| edge.counts).all(|edge| place(edge.from) < place(edge.to)));
        }
    }

    #[test]
    fn edges_have_numbers_and_a_matrix(made in made_graphs(12, 10)) {
        let (graph, plain) = (made.graph(), by_hand(&made));
        let view = graph.view().as_petgraph();
        let all: Vec<_> = view.edge_references().collect();
        prop_assert_eq!((view.edge_count(), all.len()), (plain.edge_count(), plain.edge_count()));
        let numbers: BTreeSet<usize> = all.iter().map(|edge| EdgeIndexable::to_index(&view, edge.id())).collect();
        prop_assert_eq!(numbers.len(), all.len());
        prop_assert!(numbers.iter().all(|number| *number < view.edge_bound()));
        for edge in all {
            let same = EdgeIndexable::from_index(&view, EdgeIndexable::to_index(&view, edge.id()));
            let ends = (same.relation().subject(), same.relation().object());
            prop_assert_eq!((same, ends), (edge.id(), (edge.source(), edge.target())));
        }
        let (ours, theirs) = (view.adjacency_matrix(), plain.adjacency_matrix());
        for from in 0..made.kinds.len() {
            for to in 0..made.kinds.len() {
                let found = view.is_adjacent(&ours, entity(&graph, from), entity(&graph, to));
                prop_assert_eq!(found, plain.is_adjacent(&theirs, NodeIndex::new(from), NodeIndex::new(to)));
            }
        }
    }

    #[test]
    fn weights_of_a_closure_are_those_of_a_graph_made_by_hand(made in made_graphs(12, 10)) {
        let (graph, plain) = (made.graph(), by_hand(&made));
        let view = graph.view().as_petgraph();
        let weighted = view.weighted(|relation| f64::from(cost(relation.kind())));
        let plain = plain.map(|_, node| *node, |_, edge| f64::from(cost(*edge)));
        prop_assert_eq!(weighted.edge_references().count(), view.edge_references().count());
        for start in 0..made.kinds.len() {
            let ours = algo::bellman_ford(weighted, entity(&graph, start)).unwrap();
            let theirs = algo::bellman_ford(&plain, NodeIndex::new(start)).unwrap();
            prop_assert_eq!(ours.distances, theirs.distances);
        }
    }

    #[test]
    fn handles_of_another_view_or_graph(made in made_graphs(8, 8), strange in made_graphs(8, 8)) {
        let (graph, strange) = (made.graph(), strange.graph());
        let view = graph.view().as_petgraph();
        let dated = graph.as_of("2018".parse().unwrap());
        for own in graph.view().entities() {
            let seen = dated.adopt(own).unwrap();
            prop_assert_eq!(view.neighbors(own).collect::<Vec<_>>(), view.neighbors(seen).collect::<Vec<_>>());
            prop_assert_eq!(NodeIndexable::to_index(&view, own), NodeIndexable::to_index(&view, seen));
        }
        for stranger in strange.view().entities() {
            prop_assert_eq!(view.neighbors(stranger).count() + view.edges_directed(stranger, Incoming).count(), 0);
            prop_assert_eq!(NodeIndexable::to_index(&view, stranger), view.node_bound());
        }
        for edge in strange.view().as_petgraph().edge_references() {
            prop_assert_eq!(EdgeIndexable::to_index(&view, edge.id()), view.edge_bound());
        }
    }

    #[test]
    fn edges_and_neighbors_agree(made in made_graphs(12, 10)) {
        let (graph, plain) = (made.graph(), by_hand(&made));
        let view = graph.view().as_petgraph();
        for n in 0..made.kinds.len() {
            let here = entity(&graph, n);
            prop_assert_eq!(NodeIndexable::from_index(&view, NodeIndexable::to_index(&view, here)), here);
            for direction in [Outgoing, Incoming] {
                let mut ours: Vec<_> = view.edges_directed(here, direction).map(|e| (number(e.source()), number(e.target()), *e.weight())).collect();
                let mut theirs: Vec<_> = plain.edges_directed(NodeIndex::new(n), direction).map(|e| (e.source().index(), e.target().index(), *e.weight())).collect();
                ours.sort_unstable();
                theirs.sort_unstable();
                prop_assert_eq!(ours, theirs);
                let mut ours: Vec<_> = view.neighbors_directed(here, direction).map(number).collect();
                let mut theirs: Vec<_> = plain.neighbors_directed(NodeIndex::new(n), direction).map(NodeIndex::index).collect();
                ours.sort_unstable();
                theirs.sort_unstable();
                prop_assert_eq!(ours, theirs);
            }
        }
    }
}

#[test]
fn a_long_chain_is_sorted_without_recursion() {
    let graph = chain(20_000);
    assert_eq!(algo::toposort(graph.view().as_petgraph(), None).unwrap().len(), 20_001);
    assert_eq!(algo::kosaraju_scc(graph.view().as_petgraph()).len(), 20_001);
}

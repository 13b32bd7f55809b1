//! petgraph's algorithms give the same answers on a view as on a graph of petgraph's own.

use std::collections::{BTreeMap, BTreeSet};

use keiretsu::RelationKind;
use petgraph::algo;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeRef, IntoEdgesDirected, IntoNeighborsDirected, NodeIndexable};
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

        let order = algo::toposort(view, None).map(|order| order.into_iter().map(number).collect::<Vec<_>>());
        prop_assert_eq!(order.is_ok(), algo::toposort(&plain, None).is_ok());
        if let Ok(order) = order {
            let place = |n: usize| order.iter().position(|m| *m == n);
            prop_assert_eq!(order.len(), made.kinds.len());
            prop_assert!(made.edges().iter().filter(|edge| edge.counts).all(|edge| place(edge.from) < place(edge.to)));
        }
    }

    #[test]
    fn edges_and_neighbors_agree(made in made_graphs(12, 10)) {
        let (graph, plain) = (made.graph(), by_hand(&made));
        let view = graph.view().as_petgraph();
        for n in 0..made.kinds.len() {
            let here = entity(&graph, n);
            prop_assert_eq!(view.from_index(view.to_index(here)), here);
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

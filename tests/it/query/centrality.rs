//! Degree and betweenness, compared with references that list every shortest path.

use std::collections::BTreeSet;

use keiretsu::{Graph, Limits, Outcome, RelationKinds, StoppedBy};
use proptest::prelude::*;

use super::{Edge, Made, entity, everybody, made_graphs};

fn counting(made: &Made) -> Vec<Edge> {
    made.edges().into_iter().filter(|edge| edge.counts).collect()
}

fn neighbors(edges: &[Edge], here: usize) -> BTreeSet<usize> {
    let ends = edges.iter().flat_map(|edge| [(edge.from, edge.to), (edge.to, edge.from)]);
    ends.filter(|(from, to)| *from == here && from != to).map(|(_, to)| to).collect()
}

/// Every shortest path between two, as lists of entities: all paths of the first length that has any.
fn shortest(next: &[BTreeSet<usize>], from: usize, to: usize) -> Vec<Vec<usize>> {
    let mut paths = vec![vec![from]];
    for _ in 0..next.len() {
        let arrived: Vec<_> = paths.iter().filter(|path| path.last() == Some(&to)).cloned().collect();
        if !arrived.is_empty() {
            return arrived;
        }
        let longer = paths.iter().flat_map(|path| {
            let ahead = next[*path.last().unwrap()].iter().filter(|entity| !path.contains(entity));
            ahead.map(|entity| path.iter().copied().chain([*entity]).collect())
        });
        paths = longer.collect();
    }
    Vec::new()
}

fn betweenness(edges: &[Edge], entities: usize) -> Vec<f64> {
    let next: Vec<_> = (0..entities).map(|here| neighbors(edges, here)).collect();
    let mut pairs = vec![0.0; entities];
    for from in 0..entities {
        for to in from + 1..entities {
            let paths = shortest(&next, from, to);
            for path in &paths {
                for between in &path[1..path.len() - 1] {
                    pairs[*between] += 1.0 / paths.len() as f64;
                }
            }
        }
    }
    pairs
}

proptest! {
    #![proptest_config(crate::property::cases(200))]

    #[test]
    fn degrees_are_counts(made in made_graphs(10, 10)) {
        let (graph, edges) = (made.graph(), counting(&made));
        let degrees = graph.view().degrees(RelationKinds::ALL);
        for n in 0..made.kinds.len() {
            let found = degrees.of(entity(&graph, n)).unwrap();
            let own = edges.iter().filter(|edge| edge.from == n || edge.to == n).count();
            prop_assert_eq!((found.relations, found.neighbors), (own, neighbors(&edges, n).len()));
        }
        let top: Vec<_> = degrees.top(3).into_iter().map(|(_, degree)| degree).collect();
        prop_assert!(top.is_sorted_by(|one, other| one >= other));
    }

    #[test]
    fn betweenness_is_that_of_all_shortest_paths(made in made_graphs(9, 8)) {
        let (graph, edges) = (made.graph(), counting(&made));
        let found = graph.view().betweenness().run();
        prop_assert_eq!(found.outcome(), Outcome::Complete);
        for (n, expected) in betweenness(&edges, made.kinds.len()).into_iter().enumerate() {
            let pairs = found.of(entity(&graph, n)).unwrap();
            prop_assert!((pairs - expected).abs() < 1e-7, "{} {} {}", n, pairs, expected);
        }
        let top: Vec<f64> = found.top(9).into_iter().map(|(_, pairs)| pairs).collect();
        prop_assert!(top.is_sorted_by(|one, other| one >= other));
    }
}

/// A chain of diamonds has more shortest paths than a float can count.
#[test]
fn paths_beyond_all_counting_are_shared_out() {
    let (diamonds, pairs_in_tail) = (1_100, 40);
    let (mut companies, mut facts) = (String::new(), String::new());
    let mut supply = |from: String, to: String| {
        facts += &format!("Supply(supplier: \"{from}\", customer: \"{to}\", unsourced: true),");
    };
    for n in 0..diamonds {
        for name in ["k", "l", "r"].map(|letter| format!("{letter}{n}")) {
            companies += &format!("\"{name}\": (name: \"{name}\"),");
        }
        for side in ["l", "r"] {
            supply(format!("k{n}"), format!("{side}{n}"));
            supply(format!("{side}{n}"), format!("k{}", n + 1));
        }
    }
    for n in 0..pairs_in_tail {
        for name in ["p", "q"].map(|letter| format!("{letter}{n}")) {
            companies += &format!("\"{name}\": (name: \"{name}\"),");
        }
        let before = if n == 0 { "k0".to_owned() } else { format!("q{}", n - 1) };
        supply(before, format!("p{n}"));
        supply(format!("p{n}"), format!("q{n}"));
    }
    companies += &format!("\"k{diamonds}\": (name: \"end\"),");
    let graph = Graph::from_ron(&format!("Graph(companies: {{{companies}}}, facts: [{facts}])")).unwrap();
    let found = graph.view().betweenness().limits(Limits::trusted()).run();
    let of = |id: &str| found.of(graph.view().entity(id).unwrap()).unwrap();
    // Each side of a diamond has half of the paths between those before it and those behind it; the tail is before all.
    let tail = 2 * pairs_in_tail;
    for n in [0, 1, 600, 1_099] {
        let (before, behind) = (3 * n + 1 + tail, 3 * (diamonds - n) - 2);
        let own = (before * behind) as f64 / 2.0;
        assert!((of(&format!("l{n}")) - own).abs() < own * 1e-6, "{n}: {} {own}", of(&format!("l{n}")));
        assert_eq!(of(&format!("l{n}")), of(&format!("r{n}")));
    }
    assert_eq!(of(&format!("q{}", pairs_in_tail - 1)), 0.0);
    let all = 3 * diamonds + 1;
    assert_eq!(of("p0"), ((tail - 1) * all) as f64);
}

/// A limit leaves nothing rather than a sample.
#[test]
fn a_limit_leaves_no_figures() {
    let graph = everybody(12).graph();
    let question = |steps| graph.view().betweenness().limits(Limits::default().steps(steps));
    // Of twelve entities each looks at eleven neighbors, from twelve starts.
    let looks = 12 * 12 * 11;
    let whole = question(looks).run();
    assert_eq!((whole.outcome(), whole.of(entity(&graph, 3))), (Outcome::Complete, Some(0.0)));
    let cut = question(looks - 1).run();
    assert_eq!((cut.outcome(), cut.top(5)), (Outcome::Stopped(StoppedBy::Steps), Vec::new()));
    assert_eq!(cut.of(entity(&graph, 3)), None);
}

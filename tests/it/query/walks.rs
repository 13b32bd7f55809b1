//! Walks, shortest and simple paths, and sets of reached entities.

use std::collections::BTreeSet;

use keiretsu::{Limits, Outcome, Selection};
use proptest::prelude::*;

use super::{
    Edge, Made, PlainStep, Rules, entity, everybody, made_graphs, number, plain_path, plain_step, rules,
};

/// Breadth first: the order in which a walk reaches entities, with the number of hops.
fn reached(edges: &[Edge], rules: &Rules, start: usize) -> Vec<(usize, usize)> {
    let mut reached = vec![(start, 0)];
    let mut next = 0;
    while let Some((here, hops)) = reached.get(next).copied() {
        next += 1;
        if rules.max_hops.is_some_and(|most| hops >= most) || here != start && rules.stops_at(here) {
            continue;
        }
        for (.., to) in rules.steps(edges, here) {
            if reached.iter().all(|(known, _)| *known != to) {
                reached.push((to, hops + 1));
            }
        }
    }
    reached
}

/// All paths that visit no entity twice: found depth first, then sorted by length.
pub(super) fn ways(edges: &[Edge], rules: &Rules, start: usize, to: usize) -> Vec<Vec<PlainStep>> {
    fn go(
        edges: &[Edge],
        rules: &Rules,
        to: usize,
        way: &mut Vec<PlainStep>,
        met: &mut Vec<usize>,
        found: &mut Vec<Vec<PlainStep>>,
    ) {
        let here = *met.last().unwrap();
        if here == to {
            found.push(way.clone());
            return;
        }
        let cut = rules.max_hops.is_some_and(|most| way.len() >= most);
        if cut || !way.is_empty() && rules.stops_at(here) {
            return;
        }
        for step in rules.steps(edges, here) {
            if !met.contains(&step.3) {
                way.push(step);
                met.push(step.3);
                go(edges, rules, to, way, met, found);
                way.pop();
                met.pop();
            }
        }
    }
    let mut found = Vec::new();
    go(edges, rules, to, &mut Vec::new(), &mut vec![start], &mut found);
    found.sort_by_key(Vec::len);
    found
}

fn order(selection: &Selection<'_>) -> Vec<(usize, usize)> {
    selection.entities().map(|entity| (number(entity), selection.hops(entity).unwrap())).collect()
}

proptest! {
    #![proptest_config(crate::property::cases(300))]

    #[test]
    fn a_walk_reaches_what_a_naive_one_reaches(made in made_graphs(12, 10), rules in rules(), start in 0..12_usize) {
        let (graph, edges, start) = (made.graph(), made.edges(), start % made.kinds.len());
        let selection = rules.traversal(entity(&graph, start)).limits(Limits::trusted()).run();
        prop_assert_eq!(order(&selection), reached(&edges, &rules, start));
        prop_assert_eq!(selection.outcome(), Outcome::Complete);
        for end in graph.view().entities() {
            let Some(path) = selection.path_to(end) else {
                prop_assert!(!selection.contains(end));
                continue;
            };
            prop_assert_eq!((number(path.start()), path.end()), (start, end));
            prop_assert_eq!(Some(path.hops()), selection.hops(end));
            let mut here = start;
            for step in plain_path(&path) {
                prop_assert!(rules.steps(&edges, here).contains(&step));
                here = step.3;
            }
        }
    }

    #[test]
    fn a_shortest_path_is_the_first_of_the_shortest(made in made_graphs(8, 7), rules in rules(), ends in (0..8_usize, 0..8_usize)) {
        let (graph, edges, n) = (made.graph(), made.edges(), made.kinds.len());
        let (start, to) = (ends.0 % n, ends.1 % n);
        let traversal = rules.traversal(entity(&graph, start)).limits(Limits::trusted());
        let (path, outcome) = traversal.shortest(entity(&graph, to));
        let expected = ways(&edges, &rules, start, to).into_iter().next();
        prop_assert_eq!(path.as_ref().map(plain_path), expected);
        prop_assert_eq!(outcome, Outcome::Complete);
        if let Some(path) = path {
            prop_assert_eq!((number(path.start()), number(path.end())), (start, to));
            prop_assert_eq!(path.entities().count(), path.hops() + 1);
        }
    }

    #[test]
    fn paths_are_all_simple_paths(made in made_graphs(7, 6), rules in rules(), ends in (0..7_usize, 0..7_usize)) {
        let (graph, edges, n) = (made.graph(), made.edges(), made.kinds.len());
        let (start, to) = (ends.0 % n, ends.1 % n);
        let paths = rules.traversal(entity(&graph, start)).limits(Limits::trusted()).paths(entity(&graph, to));
        let found: Vec<_> = paths.iter().map(plain_path).collect();
        prop_assert_eq!(found, ways(&edges, &rules, start, to));
        prop_assert_eq!(paths.outcome(), Outcome::Complete);
    }

    #[test]
    fn selections_are_sets(made in made_graphs(10, 8), rules in (rules(), rules()), starts in (0..10_usize, 0..10_usize)) {
        let (graph, edges, n) = (made.graph(), made.edges(), made.kinds.len());
        let (one, other) = (starts.0 % n, starts.1 % n);
        let left = rules.0.traversal(entity(&graph, one)).run();
        let right = rules.1.traversal(entity(&graph, other)).run();
        let (ours, theirs) = (reached(&edges, &rules.0, one), reached(&edges, &rules.1, other));
        let is_in = |set: &[(usize, usize)], entity: usize| set.iter().any(|(known, _)| *known == entity);
        let kept = |wanted: bool| -> Vec<_> {
            ours.iter().copied().filter(|(entity, _)| is_in(&theirs, *entity) == wanted).collect()
        };
        prop_assert_eq!(order(&left.intersection(&right)), kept(true));
        prop_assert_eq!(order(&left.difference(&right)), kept(false));
        let added = theirs.iter().copied().filter(|(entity, _)| !is_in(&ours, *entity));
        let all: Vec<_> = ours.iter().copied().chain(added).collect();
        let union = left.union(&right);
        prop_assert_eq!(order(&union), all.clone());
        prop_assert_eq!(order(&union.union(&left)), all);
        prop_assert_eq!(order(&union.difference(&right)), kept(false));
        for (member, hops) in order(&union) {
            let path = union.path_to(entity(&graph, member)).unwrap();
            let start = if is_in(&ours, member) { one } else { other };
            prop_assert_eq!((number(path.start()), number(path.end()), path.hops()), (start, member, hops));
        }
        for end in graph.view().entities() {
            let members: BTreeSet<usize> = union.entities().map(number).collect();
            prop_assert_eq!(union.contains(end), members.contains(&number(end)));
            prop_assert_eq!(left.difference(&right).path_to(end).is_some(), left.contains(end) && !right.contains(end));
        }
    }

    #[test]
    fn an_entity_lists_its_relations_in_order(made in made_graphs(12, 10)) {
        let (graph, edges) = (made.graph(), made.edges());
        let all: Vec<_> = graph.view().relations().map(plain_step).collect();
        prop_assert_eq!(all, edges.iter().map(|e| (e.kind, e.fact, e.from, e.to)).collect::<Vec<_>>());
        for here in graph.view().entities() {
            let me = number(here);
            let mut expected: Vec<_> = edges.iter().enumerate().filter(|(_, e)| e.from == me || e.to == me).map(|(n, e)| {
                let other = if e.from == me { e.to } else { e.from };
                (e.kind, other, n, e)
            }).collect();
            expected.sort_by_key(|(kind, other, n, _)| (*kind, *other, *n));
            let expected: Vec<_> = expected.into_iter().map(|(kind, other, _, e)| (kind, e.fact, me, other, e.counts)).collect();
            let found: Vec<_> = here.relations().map(|relation| {
                let (kind, fact, from, to) = plain_step(relation);
                (kind, fact, from, to, relation.counts())
            }).collect();
            prop_assert_eq!(&found, &expected);
            for kind in keiretsu::RelationKind::ALL {
                let of_kind = expected.iter().filter(|(k, .., counts)| k == kind && *counts);
                let neighbors: Vec<_> = here.neighbors(*kind).map(|(relation, other)| (plain_step(relation), number(other))).collect();
                prop_assert_eq!(neighbors, of_kind.map(|(k, fact, from, to, _)| ((*k, *fact, *from, *to), *to)).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn an_unreachable_target_ends_at_once() {
    let Made { kinds, facts } = everybody(14);
    let graph = Made { kinds, facts }.graph();
    let (start, lonely) = (entity(&graph, 0), entity(&graph, 14));
    let paths = start.traverse().limits(Limits::default().steps(1_000)).paths(lonely);
    assert_eq!((paths.len(), paths.outcome()), (0, Outcome::Complete));
    assert_eq!(start.traverse().shortest(lonely), (None, Outcome::Complete));
}

/// The search for a target next to the start must not go through the crowd around the start.
#[test]
fn a_target_beside_the_crowd_ends_at_once() {
    let mut made = everybody(14);
    let fact = made.facts[0].clone();
    made.facts.push(super::MadeFact { parties: [vec![0, 14], vec![], vec![]], ..fact });
    let graph = made.graph();
    let paths = entity(&graph, 0).traverse().paths(entity(&graph, 14));
    assert_eq!((paths.len(), paths.outcome()), (1, Outcome::Complete));
}

#[test]
fn the_way_to_oneself_has_no_steps() {
    let graph = everybody(3).graph();
    let start = entity(&graph, 1);
    assert_eq!(start.traverse().shortest_path(start).unwrap().hops(), 0);
    assert_eq!(start.traverse().paths(start).len(), 1);
    assert_eq!(start.traverse().max_hops(0).run().len(), 1);
}

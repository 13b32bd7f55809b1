//! The best path by dates and by certainty, compared with all simple paths put in order.

use keiretsu::{
    Certainty, Confidence, EntityKind, EntityRecord, EvidenceRecord, Graph, Limits, Outcome, PathOrder,
    PathWeight, SourceRecord, Stance, StoppedBy, View,
};
use proptest::prelude::*;

use super::walks::ways;
use super::{Made, PlainStep, chain, entity_id, everybody, made_graphs, number, plain_path, rules};

/// What sources say of a fact: how certain it is, if anybody says so, and whether one of them refutes it.
type Said = (Option<Confidence>, bool);

fn graph(made: &Made, said: &[Said]) -> Graph {
    let mut builder = Graph::builder();
    for (n, kind) in made.kinds.iter().enumerate() {
        let entity = EntityRecord::new(*kind, entity_id(n), format!("E{n}"));
        builder.entity(if *kind == EntityKind::Unit { entity.unit_of(entity_id(0)) } else { entity });
    }
    builder.source(SourceRecord::new("paper".parse().unwrap(), "Paper"));
    for (n, fact) in made.facts.iter().enumerate() {
        let mut record = fact.record(n);
        let (confidence, is_refuted) = said[n];
        record.confidence = confidence;
        if is_refuted {
            let mut said = EvidenceRecord::new("paper".parse().unwrap());
            said.stance = Stance::Refutes;
            record.evidence.push(said);
        }
        builder.fact(record);
    }
    builder.build().unwrap()
}

/// The order of confidence, written out by hand: the greater the worse.
const fn rank(confidence: Option<Confidence>) -> u8 {
    match confidence {
        Some(Confidence::Confirmed) => 1,
        Some(Confidence::Reported) => 2,
        Some(Confidence::Rumoured) => 3,
        Some(Confidence::Inferred) => 4,
        _ => 5,
    }
}

/// How bad a step is: the greater the worse.
fn badness(made: &Made, said: &[Said], order: PathOrder, step: &PlainStep) -> (u16, u8, u8) {
    let (_, fact, ..) = step;
    match (order, fact) {
        // No fact, no date and no source.
        (PathOrder::Recent, None) => (u16::MAX, 0, 0),
        (PathOrder::Recent, Some(fact)) => {
            // Facts are announced in a year of their own, or are done in 2020.
            let done = made.facts[*fact].state == super::State::Completed;
            let year = made.facts[*fact].year.or(done.then_some(2020));
            (year.map_or(u16::MAX, |year| 9_999 - year), 0, 0)
        }
        (_, None) => (0, 0, 5),
        (_, Some(fact)) => {
            let (confidence, is_refuted) = said[*fact];
            (0, u8::from(is_refuted), rank(confidence))
        }
    }
}

fn worst(made: &Made, said: &[Said], order: PathOrder, path: &[PlainStep]) -> (u16, u8, u8) {
    path.iter().map(|step| badness(made, said, order, step)).max().unwrap_or_default()
}

fn said() -> impl Strategy<Value = Vec<Said>> {
    let confidence = prop::option::weighted(0.8, prop::sample::select(Confidence::ALL));
    prop::collection::vec((confidence, prop::bool::weighted(0.2)), 9)
}

fn orders() -> impl Strategy<Value = PathOrder> {
    prop::sample::select(vec![PathOrder::Hops, PathOrder::Recent, PathOrder::Certain])
}

proptest! {
    #![proptest_config(crate::property::cases(300))]

    #[test]
    fn the_best_path_is_the_first_of_all_in_order(
        made in made_graphs(7, 9), said in said(), rules in rules(), ends in (0..7_usize, 0..7_usize), order in orders(),
    ) {
        let (graph, edges, n) = (graph(&made, &said), made.edges(), made.kinds.len());
        let (start, to) = (ends.0 % n, ends.1 % n);
        let entity = |n: usize| graph.view().entity(entity_id(n).as_str()).unwrap();
        let walk = rules.traversal(entity(start)).limits(Limits::trusted());
        let mut expected = ways(&edges, &rules, start, to);
        if order != PathOrder::Hops {
            expected.sort_by_key(|path| worst(&made, &said, order, path));
        }
        let (best, outcome) = walk.best(entity(to), order);
        prop_assert_eq!(best.as_ref().map(plain_path), expected.first().cloned());
        prop_assert_eq!(outcome, Outcome::Complete);
        let all = walk.paths_by(entity(to), order);
        prop_assert_eq!(all.iter().map(plain_path).collect::<Vec<_>>(), expected);
    }

    // Without rules, and as of a date: which relations are then in force, the view says.
    #[test]
    fn as_of_a_date_what_is_certainly_in_force_comes_first(
        made in made_graphs(7, 9), said in said(), ends in (0..7_usize, 0..7_usize),
    ) {
        let (graph, n) = (graph(&made, &said), made.kinds.len());
        let view = graph.as_of("2022".parse().unwrap());
        let entity = |n: usize| view.entity(entity_id(n).as_str()).unwrap();
        let (start, to) = (entity(ends.0 % n), entity(ends.1 % n));
        let walk = start.traverse().max_hops(3).limits(Limits::trusted());
        let all = walk.paths(to);
        let worst_of = |path: &keiretsu::Path<'_>| {
            let one = |step: &keiretsu::Relation<'_>| {
                let fact = step.fact().map(|fact| fact.id()[1..].parse::<usize>().unwrap());
                let confidence = fact.and_then(|fact| said[fact].0);
                let is_possible = step.certainty() == Some(Certainty::Possible);
                (is_possible, step.is_disputed(), rank(confidence))
            };
            path.steps().iter().map(one).max()
        };
        let expected = all.iter().min_by_key(|path| worst_of(path));
        let (best, outcome) = walk.best(to, PathOrder::Certain);
        prop_assert_eq!(best.as_ref(), expected);
        prop_assert_eq!(outcome, Outcome::Complete);
    }
}

fn between<'g>(view: View<'g>, ends: [&str; 2]) -> (keiretsu::Traversal<'g, 'g>, keiretsu::Entity<'g>) {
    let [from, to] = ends.map(|id| view.entity(id).unwrap());
    (from.traverse(), to)
}

#[test]
fn limits_stop_a_search_for_the_best() {
    let graph = everybody(8).graph();
    let (walk, to) = between(graph.view(), ["e00", "e07"]);
    let (path, outcome) = walk.limits(Limits::default().steps(20)).best(to, PathOrder::Recent);
    assert_eq!((path.map(|path| path.hops()), outcome), (None, Outcome::Stopped(StoppedBy::Steps)));

    // No order without all of them.
    let (walk, to) = between(graph.view(), ["e00", "e07"]);
    let walk = walk.limits(Limits::default().paths(10));
    assert_eq!(walk.paths(to).len(), 10);
    let paths = walk.paths_by(to, PathOrder::Certain);
    assert_eq!((paths.len(), paths.outcome()), (0, Outcome::Stopped(StoppedBy::Paths)));

    let graph = chain(40);
    let (walk, to) = between(graph.view(), ["e0000000", "e0000040"]);
    assert_eq!(walk.best(to, PathOrder::Recent).1, Outcome::Stopped(StoppedBy::Hops));
}

#[test]
fn a_path_to_itself_has_no_worst_relation() {
    let graph = chain(1);
    let (walk, to) = between(graph.view(), ["e0000000", "e0000000"]);
    let path = walk.best(to, PathOrder::Certain).0.unwrap();
    assert_eq!((number(path.end()), path.hops()), (0, 0));
    let words: Vec<String> = [PathOrder::Hops, PathOrder::Recent, PathOrder::Certain]
        .map(|order| path.weight(order).to_string())
        .into();
    assert_eq!(words, ["it has 0 relations", "its oldest relation has no date", "it has no relations"]);
    assert_eq!(path.weight(PathOrder::Hops), PathWeight::Hops(0));
}

//! Interlocks, against a naive reading of the facts.

use std::collections::BTreeSet;

use keiretsu::{Graph, Limits, Outcome, StoppedBy, Tie};
use proptest::collection::vec;
use proptest::prelude::*;

/// Ann sits on the boards of A and B at the same time, and of C before; a fund owns A and C; D backs nobody else.
const GRAPH: &str = r#"Graph(
    companies: {
        "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D"), "fund": (name: "Fund"),
    },
    people: { "ann": (name: "Ann") },
    facts: [
        Position(person: "ann", at: "a", position: "director", since: "2011-05", unsourced: true),
        Position(person: "ann", at: "b", position: "chair", since: "2014", until: "2016", unsourced: true),
        Position(person: "ann", at: "c", position: "director", since: "2001", until: "2005", unsourced: true),
        Ownership(owner: "fund", owned: "a", share: "20%", as_of: "2015", unsourced: true),
        Ownership(owner: "fund", owned: "c", share: "30%", since: "2010", unsourced: true),
        Partnership(between: ["a", "b", "d"], since: "2012", unsourced: true),
        Partnership(between: ["d", "c"], status: Sought, unsourced: true),
    ],
)"#;

fn told(graph: &Graph, date: Option<&str>, name: &str, ties: &[Tie]) -> Vec<String> {
    let view = date.map_or_else(|| graph.view(), |date| graph.as_of(date.parse().unwrap()));
    let (found, outcome) = view.find(name).unwrap().interlocks().ties(ties.iter().copied()).run();
    assert_eq!(outcome, Outcome::Complete);
    let through = |one: &keiretsu::Interlock<'_>| {
        let all = one.through.iter().map(|shared| {
            let since = shared.since.map_or_else(|| "unknown".to_owned(), |date| date.to_string());
            format!("{} as {} since {since}", shared.entity, shared.tie.name())
        });
        all.collect::<Vec<_>>().join(", ")
    };
    found.iter().map(|one| format!("{} {}: {}", one.company, one.other, through(one))).collect()
}

#[test]
fn what_lasted_together_interlocks() {
    let graph = Graph::from_ron(GRAPH).unwrap();
    // One partnership of three is no interlock of its parties, nor is what is only sought.
    assert_eq!(
        told(&graph, None, "A", Tie::ALL),
        ["A B: Ann as person since 2014", "A C: Fund as owner since unknown"]
    );
    assert_eq!(told(&graph, Some("2017"), "A", Tie::ALL), ["A C: Fund as owner since unknown"]);
    assert_eq!(told(&graph, None, "A", &[Tie::Person]), ["A B: Ann as person since 2014"]);
    assert_eq!(told(&graph, None, "C", &[Tie::Person]), [""; 0]);
}

/// A day "on or before" is no beginning, and of two shared partnerships the one that both are in tells nothing.
#[test]
fn since_when_is_told_only_if_it_is_known() {
    let graph = Graph::from_ron(
        r#"Graph(
        companies: { "a": (name: "A"), "b": (name: "B"), "hub": (name: "Hub") },
        facts: [
            Partnership(between: ["a", "b", "hub"], since: "2013", unsourced: true),
            Partnership(between: ["a", "hub"], since: "2014-04", unsourced: true),
        ],
    )"#,
    )
    .unwrap();
    assert_eq!(told(&graph, None, "A", Tie::ALL), ["A B: Hub as partner since 2014-04"]);
    let graph = Graph::from_ron(
        r#"Graph(
        companies: { "a": (name: "A"), "b": (name: "B"), "hub": (name: "Hub") },
        facts: [
            Partnership(between: ["b", "hub"], since: "../2016-05", unsourced: true),
            Partnership(between: ["a", "hub"], since: "2013", unsourced: true),
        ],
    )"#,
    )
    .unwrap();
    assert_eq!(told(&graph, None, "A", Tie::ALL), ["A B: Hub as partner since unknown"]);
}

#[test]
fn limits_stop_it() {
    let graph = Graph::from_ron(GRAPH).unwrap();
    let (_, outcome) = graph.view().interlocks().limits(Limits::default().steps(1)).run();
    assert_eq!(outcome, Outcome::Stopped(StoppedBy::Steps));
    // A and B through Ann, A and C through the fund; A and D, B and D only by a partnership that all three are in.
    let (all, outcome) = graph.view().interlocks().limits(Limits::default().rows(2)).run();
    assert_eq!((all.len(), outcome), (2, Outcome::Complete));
    let (first, outcome) = graph.view().interlocks().limits(Limits::default().rows(1)).run();
    assert_eq!((first.len(), outcome), (1, Outcome::Stopped(StoppedBy::Rows)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn pairs_are_those_that_share_somebody(positions in vec((0..4usize, 0..5usize), 0..12)) {
        let companies: String = (0..5).map(|n| format!("\"c{n}\": (name: \"C{n}\"),")).collect();
        let people: String = (0..4).map(|n| format!("\"p{n}\": (name: \"P{n}\"),")).collect();
        let facts: String = positions.iter().enumerate().map(|(n, (person, at))| {
            format!("Position(id: \"f{n}\", person: \"p{person}\", at: \"c{at}\", position: \"role {n}\", unsourced: true),")
        }).collect();
        let text = format!("Graph(companies: {{{companies}}}, people: {{{people}}}, facts: [{facts}])");
        let graph = Graph::from_ron(&text).unwrap();
        let mut expected: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        for (person, at) in &positions {
            for (other, place) in &positions {
                if person == other && at < place {
                    expected.insert((*at, *place, *person));
                }
            }
        }
        let number = |entity: keiretsu::Entity<'_>| entity.id()[1..].parse::<usize>().unwrap();
        let (all, _) = graph.view().interlocks().run();
        let found: BTreeSet<_> = all.iter().flat_map(|one| {
            one.through.iter().map(|shared| (number(one.company), number(one.other), number(shared.entity)))
        }).collect();
        prop_assert_eq!(&found, &expected);
        // Of one company, the same.
        for n in 0..5 {
            let (own, _) = graph.view().entity(&format!("c{n}")).unwrap().interlocks().run();
            let own: BTreeSet<_> = own.iter().flat_map(|one| {
                one.through.iter().map(|shared| {
                    let other = number(one.other);
                    (n.min(other), n.max(other), number(shared.entity))
                })
            }).collect();
            let expected: BTreeSet<_> =
                expected.iter().copied().filter(|(one, other, _)| *one == n || *other == n).collect();
            prop_assert_eq!(own, expected);
        }
    }
}

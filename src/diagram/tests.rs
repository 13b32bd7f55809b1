//! The scenes of small graphs.

use super::drawing::Drawing;
use super::scene::{Body, Key, Scene};
use super::standing::Standing;
use super::style::LineStyle;
use super::{Diagram, generated, words};
use crate::graph::Graph;
use crate::model::RelationKind;
use crate::query::RelationKinds;

pub(super) fn scene(diagram: &Diagram<'_>) -> Scene {
    Drawing::of(diagram).scene
}

/// The lines and cards of a scene, one per line: `A -> B: verb; detail; amount`, `A -- B` without an arrowhead, and
/// `(Kind) date; amount; line`.
pub(super) fn drawn(scene: &Scene) -> Vec<String> {
    let name = |n: usize| match &scene.nodes[n].body {
        Body::Name(name) => match scene.nodes[n].key.strip_prefix("entity ") {
            Some(id) => id.to_owned(),
            None => [std::slice::from_ref(&name.name), &name.sublines].concat().join(", "),
        },
        Body::Card(card) => format!("({})", card.kind),
    };
    let line = |line: &super::scene::Line| {
        let head = if line.has_head { "->" } else { "--" };
        let mut words = vec![line.label.strong.clone()];
        words.extend(line.label.details.clone());
        words.extend(line.label.amount.clone());
        words.retain(|word| !word.is_empty());
        format!("{} {head} {}: {}", name(line.from), name(line.to), words.join("; "))
    };
    let mut lines: Vec<_> = scene.lines.iter().map(line).collect();
    for card in scene.cards() {
        let mut words = vec![card.date.clone()];
        words.extend(card.amount.clone());
        for column in card.columns.iter().flat_map(|columns| [&columns.left, &columns.right]) {
            words.push(format!("{}: {}", column.heading, column.names.join(" ")));
        }
        words.extend(card.lines.clone());
        words.retain(|word| !word.is_empty());
        lines.push(format!("({}) {}", card.kind, words.join("; ")).trim_end().to_owned());
    }
    lines
}

fn graph(facts: &str) -> Graph {
    let text = format!(
        r#"Graph(
            companies: {{ "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D"), "e": (name: "E") }},
            products: {{ "p": (name: "P"), "q": (name: "Q"), "r": (name: "R", members: ["p"]) }},
            patents: {{ "t": (name: "T") }},
            facts: [ {facts} ],
        )"#
    );
    Graph::from_ron(&text).unwrap()
}

fn check(facts: &str, expected: &[&str]) {
    let graph = graph(facts);
    assert_eq!(drawn(&scene(&graph.view().diagram())), expected);
}

#[test]
fn a_deal_with_something_to_tell_is_a_card() {
    check(
        r#"Sale(seller: "a", buyer: "b", of: "t", completed: "2014-02", amount: "USD 5 million", unsourced: true)"#,
        &["a -- (Patent sale): ", "(Patent sale) -> b: ", "(Patent sale) done Feb 2014; USD 5 million; T"],
    );
    check(
        r#"Sale(seller: "a", buyer: "b", of: "t", amount: "undisclosed", quantity: "~12", unsourced: true)"#,
        &[
            "a -- (Patent sale): ",
            "(Patent sale) -> b: ",
            "(Patent sale) about 12 patents; T; amount not disclosed",
        ],
    );
    check(
        r#"Sale(seller: "a", buyer: "b", completed: "2014", unsourced: true)"#,
        &["a -> b: sells to; done 2014"],
    );
    check(
        r#"License(licensor: "a", licensee: "b", of: "t", term: "10 years", field: "clocks", unsourced: true)"#,
        &["a -- (Patent license): ", "(Patent license) -> b: ", "(Patent license) 10 years; T; clocks"],
    );
}

#[test]
fn an_acquisition_shows_who_sells_what_to_whom() {
    check(
        r#"Acquisition(acquirer: "a", target: "b", seller: "c", share: "60%", amount: "EUR 2 million", unsourced: true)"#,
        &[
            "a -- (Acquisition): ",
            "(Acquisition) -> b: ",
            "c -- (Acquisition): sells",
            "(Acquisition) EUR 2 million; stake: 60%",
        ],
    );
}

#[test]
fn wishes_are_worded_and_stand_apart() {
    let graph = graph(
        r#"Partnership(status: Sought, between: ["a", "b"], unsourced: true),
           Partnership(status: Sought, between: ["c", "d"], over: "t", unsourced: true)"#,
    );
    let scene = scene(&graph.view().diagram());
    assert_eq!(
        drawn(&scene),
        [
            "a -- b: seeks to partner with",
            "c -- (Partnership, sought): ",
            "(Partnership, sought) -- d: ",
            "(Partnership, sought) over T",
        ]
    );
    assert!(scene.legend.contains(&Key::Standing(Standing::Unreal)));
}

#[test]
fn many_to_many_meets_in_a_card() {
    check(
        r#"Partnership(between: ["a", "b", "c", "d", "e"], unsourced: true)"#,
        &[
            "a -- (Partnership): ",
            "b -- (Partnership): ",
            "c -- (Partnership): ",
            "(Partnership) -- d: ",
            "(Partnership) -- e: ",
            "(Partnership)",
        ],
    );
}

#[test]
fn what_only_one_deal_touches_is_folded_into_it() {
    check(
        r#"PreInstall(installer: "a", principal: "b", software: ["p", "q"], device: "r", unsourced: true),
           Usage(user: "c", of: "q", unsourced: true)"#,
        &[
            "(Pre-install) -> a: ",
            "b -- (Pre-install): ",
            "q -- (Pre-install): software",
            "c -> q: uses",
            "(Pre-install) P; on R; by A for B",
        ],
    );
    check(
        r#"PreInstall(installer: "a", software: ["p", "q"], device: "r", unsourced: true)"#,
        &["(Pre-install) -> a: ", "(Pre-install) Software: P Q; Devices: R; by A"],
    );
}

#[test]
fn what_is_outside_of_the_picture_is_named_on_the_card() {
    let graph = graph(
        r#"PreInstall(installer: "a", principal: "b", software: ["p", "q"], device: "r", unsourced: true)"#,
    );
    let around = graph.view().diagram().around(graph.view().find("A").unwrap(), 1);
    // The devices are two relations away from A.
    assert_eq!(
        drawn(&scene(&around)),
        [
            "(Pre-install) -> a: ",
            "b -- (Pre-install): ",
            "(Pre-install) Software: P Q; Devices: R; by A for B"
        ]
    );
}

#[test]
fn on_a_date_only_what_is_in_force_can_be_left_out() {
    let graph = graph(
        r#"Supply(supplier: "a", customer: "b", since: "2013", until: "2014", unsourced: true),
           Production(maker: "a", of: "p", since: "2013", unsourced: true),
           Production(maker: "b", of: "q", since: "2013", until: "2014", unsourced: true)"#,
    );
    let left_out = |date: &str| Drawing::of(&graph.as_of(date.parse().unwrap()).diagram()).left_out.len();
    assert_eq!((left_out("2013-06"), left_out("2016-01")), (2, 1));
}

#[test]
fn legs_are_told_on_the_card_of_the_deal() {
    check(
        r#"Partnership(id: "deal", between: ["a", "b"], over: ["p", "q"], announced: "2014", unsourced: true),
           Platform(product: "p", runs_on: "q", part_of: "deal", announced: "2014", confidence: Inferred, unsourced: true),
           Usage(user: "a", of: "q", part_of: "deal", unsourced: true),
           Supply(supplier: "a", customer: "c", part_of: "deal", unsourced: true)"#,
        &[
            "a -- (Partnership): ",
            "(Partnership) -- b: ",
            "a -> c: supplies",
            "(Partnership) announced 2014; over P and Q; A uses Q; P runs on Q (inferred)",
        ],
    );
}

#[test]
fn one_deal_told_differently_is_one_card() {
    check(
        r#"Sale(id: "one", seller: "a", buyer: "b", of: "t", completed: "2014-05", amount: "USD 5 million", unsourced: true),
           Sale(claims_of: "one", seller: "a", buyer: "b", of: "t", completed: "2014-06", amount: "USD 7 million", unsourced: true)"#,
        &[
            "a -- (Patent sale): ",
            "(Patent sale) -> b: ",
            "(Patent sale) done May 2014; USD 5 million; T; or done Jun 2014, USD 7 million",
        ],
    );
}

#[test]
fn connected_deals_are_joined_card_to_card() {
    check(
        r#"Sale(id: "one", seller: "a", buyer: "b", of: "t", unsourced: true),
           License(licensor: "b", licensee: "c", of: "q", tied_to: "one", unsourced: true)"#,
        &[
            "a -- (Patent sale): ",
            "(Patent sale) -> b: ",
            "b -- (Product license): ",
            "(Product license) -> c: ",
            "(Patent sale) -- (Product license): connected",
            "(Patent sale) T",
            "(Product license) Q",
        ],
    );
}

#[test]
fn a_party_outside_of_the_picture_is_named() {
    let graph = graph(
        r#"Acquisition(acquirer: "a", target: "b", seller: "c", share: "75%", unsourced: true),
           Partnership(between: ["a", "d", "e"], unsourced: true)"#,
    );
    let around = graph.view().diagram().around(graph.view().find("C").unwrap(), 1);
    assert_eq!(
        drawn(&scene(&around)),
        ["(Acquisition) -> a: ", "c -- (Acquisition): ", "(Acquisition) A acquires 75% of B; stake: 75%",]
    );
}

#[test]
fn a_card_that_names_all_parties_says_its_verb_once() {
    let graph =
        graph(r#"Comparison(ahead: "a", behind: ["b", "c", "d"], market: "clocks", unsourced: true)"#);
    let near = graph.view().find("A").unwrap().traverse().max_hops(0).run();
    let two = near.union(&graph.view().find("B").unwrap().traverse().max_hops(0).run());
    let cards: Vec<_> =
        drawn(&scene(&two.diagram())).into_iter().filter(|line| line.starts_with('(')).collect();
    assert_eq!(cards, ["(Comparison) -> b: ", "(Comparison) A is ahead of B, C and D; in clocks"]);
}

#[test]
fn who_denies_it_is_said() {
    let graph = Graph::from_ron(
        r#"Graph(
            sources: { "yes": (title: "Yes", kind: News), "no": (title: "No", kind: News) },
            companies: { "a": (name: "A"), "b": (name: "B") },
            facts: [Partnership(between: ["a", "b"], evidence: [
                (source: "yes", quote: "A and B work together"),
                (source: "no", quote: "we never heard of B", stance: Refutes),
            ])],
        )"#,
    )
    .unwrap();
    let scene = scene(&graph.view().diagram());
    assert_eq!(drawn(&scene), ["a -- b: partners with; denied by [1]"]);
    assert_eq!(
        (scene.sources[0].as_str(), scene.lines[0].label.footnotes.as_slice()),
        ("No", [2].as_slice())
    );
    assert_eq!(scene.lines[0].standing, Standing::Disputed);
}

#[test]
fn what_is_over_stands_apart() {
    let graph =
        graph(r#"Supply(supplier: "a", customer: "b", since: "2011", until: "2013", unsourced: true)"#);
    assert_eq!(scene(&graph.view().diagram()).lines[0].standing, Standing::Ended);
    let then = graph.as_of("2012-06".parse().unwrap());
    assert_eq!(scene(&then.diagram()).lines[0].standing, Standing::Done);
}

#[test]
fn what_is_replaced_is_over_and_says_by_what() {
    let graph = graph(
        r#"Supply(id: "c1", supplier: "a", customer: "b", signed: "2018-04-01", amount: "EUR 4", unsourced: true),
           Supply(id: "c2", supplier: "a", customer: "b", signed: "2019-06-01", amount: "EUR 5", replaces: "c1", unsourced: true)"#,
    );
    let scene = scene(&graph.view().diagram());
    let cards: Vec<_> = scene.cards().map(|card| (card.standing, card.lines.join("; "))).collect();
    let replaced = "replaced by the supply signed 1 Jun 2019".to_owned();
    assert_eq!(cards, [(Standing::Ended, replaced), (Standing::Planned, String::new())]);
}

#[test]
fn stakes_have_their_share_on_the_line() {
    check(
        r#"Ownership(owner: "a", owned: "b", share: "51%", since: "2014-03", unsourced: true),
           Ownership(owner: "a", owned: "c", unsourced: true)"#,
        &["a -> b: owns 51%; since Mar 2014", "a -> c: owns a share of"],
    );
}

#[test]
fn an_ownership_tree_has_owners_of_owners_and_what_is_owned() {
    let graph = graph(
        r#"Ownership(owner: "a", owned: "b", share: "51%", unsourced: true),
           Ownership(owner: "b", owned: "c", share: "25%", unsourced: true),
           Subsidiary(parent: "c", child: "d", unsourced: true),
           Ownership(owner: "e", owned: "d", share: "9%", unsourced: true),
           Partnership(between: ["a", "c"], unsourced: true)"#,
    );
    let tree = scene(&graph.view().diagram().ownership(graph.view().find("C").unwrap()));
    // E owns a share of what C owns, but none of C itself. Who holds the rest is not stated.
    let (stated, rest): (Vec<_>, Vec<_>) =
        tree.lines.iter().partition(|line| line.standing == Standing::Done);
    let labels = |lines: &[&super::scene::Line]| {
        lines.iter().map(|line| line.label.strong.clone()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&stated), ["owns 51%", "owns 25%", "is parent of"]);
    assert_eq!(labels(&rest), ["49%", "75%", "91%"]);
    assert!(rest.iter().all(|line| line.standing == Standing::Unstated));
    assert!(tree.legend.contains(&Key::Standing(Standing::Unstated)));
    assert_eq!(tree.title.as_deref(), Some("Who owns C, and what it owns"));
    assert_eq!(tree.unconnected, None);
}

#[test]
fn who_is_not_named_has_a_box_for_every_fact() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A") },
            unspecified: { "x": (name: "Somebody", reason: NotNamed) },
            facts: [
                Supply(id: "one", supplier: "x", customer: "a", unsourced: true),
                Supply(id: "two", supplier: "x", customer: "a", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let all = scene(&graph.view().diagram());
    assert_eq!(drawn(&all), ["x in one -> a: supplies", "x in two -> a: supplies"]);
    assert_eq!(all.nodes.len(), 3);
    assert!(all.legend.contains(&Key::Unnamed));
    let around = scene(&graph.view().diagram().around(graph.view().find("Somebody").unwrap(), 1));
    assert_eq!(around.nodes.len(), 2, "who is asked about has one box");
}

#[test]
fn on_a_date_the_possible_stands_apart() {
    let graph = graph(
        r#"Partnership(between: ["a", "b"], since: "2014", unsourced: true),
           Supply(supplier: "c", customer: "d", since: "2013", unsourced: true)"#,
    );
    let dated = scene(&graph.as_of("2014-06".parse().unwrap()).diagram());
    assert_eq!(drawn(&dated), ["a -- b: possibly partners with; since 2014", "c -> d: supplies; since 2013"]);
    let standings: Vec<_> = dated.lines.iter().map(|line| line.standing).collect();
    assert_eq!(standings, [Standing::Possible, Standing::Done]);
    assert!(dated.legend.contains(&Key::Standing(Standing::Possible)));
}

#[test]
fn makers_are_left_out_unless_asked_for() {
    let graph = graph(
        r#"Production(maker: "a", of: "p", unsourced: true), Supply(supplier: "a", customer: "b", unsourced: true)"#,
    );
    let plain = scene(&graph.view().diagram());
    assert_eq!(drawn(&plain), ["a -> b: supplies"]);
    assert_eq!(plain.unconnected.unwrap(), "Also named, with no relation drawn: C, D, E, P, Q, R, T.");
    let kinds: RelationKinds = [RelationKind::Makes, RelationKind::IsPartOf].into_iter().collect();
    let asked = scene(&graph.view().diagram().kinds(kinds));
    assert_eq!(drawn(&asked), ["a -> p: makes", "p -> r: is part of"]);
}

#[test]
fn a_path_is_just_its_steps() {
    let graph = graph(
        r#"Partnership(between: ["a", "b", "c"], unsourced: true), Supply(supplier: "c", customer: "d", unsourced: true)"#,
    );
    let (a, d) = (graph.view().find("A").unwrap(), graph.view().find("D").unwrap());
    let path = d.traverse().shortest_path(a).unwrap();
    assert_eq!(drawn(&scene(&path.diagram())), ["c -> d: supplies", "c -- a: partners with"]);
}

#[test]
fn the_legend_has_what_occurs() {
    let graph = graph(r#"Supply(supplier: "a", customer: "b", unsourced: true)"#);
    assert_eq!(scene(&graph.view().diagram()).legend, [Key::LineStyle(LineStyle::Supply)]);
}

#[test]
fn every_relation_kind_has_a_look_and_every_look_a_kind() {
    let mut styles: Vec<_> = RelationKind::ALL.iter().map(|kind| LineStyle::of(*kind)).collect();
    styles.sort_unstable();
    styles.dedup();
    assert_eq!(styles.len(), 8);
    assert!(styles.iter().all(|style| !style.legend().is_empty()));
}

#[test]
fn large_numbers_have_commas() {
    assert_eq!(words::thousands(1_234_567), "1,234,567");
    assert_eq!(words::thousands(999), "999");
}

/// The generated graphs for layout tests have the intended shapes.
#[test]
fn generated_scenes_are_of_all_shapes() {
    let scenes: Vec<_> = (0..200)
        .map(|number| scene(&generated::graph(number, 5 + number * 55 / 199).view().diagram()))
        .collect();
    let sizes: Vec<_> = scenes.iter().map(|scene| scene.nodes.len()).collect();
    assert!(sizes.iter().all(|size| (2..=66).contains(size)), "{sizes:?}");
    assert!(sizes.iter().filter(|size| **size >= 50).count() > 10, "{sizes:?}");
    let all =
        |is: fn(&super::scene::Line) -> bool| scenes.iter().flat_map(|s| &s.lines).filter(|l| is(l)).count();
    assert!(all(|line| line.from == line.to) > 10, "self-loops");
    assert!(all(|line| line.is_level) > 50, "level lines");
    let cards: usize = scenes.iter().map(|scene| scene.cards().count()).sum();
    assert!(cards > 500, "{cards} cards");
}

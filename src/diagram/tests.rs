//! What is in the scene of small graphs.

use super::scene::{Node, Scene, Standing, thousands};
use super::style::Look;
use crate::graph::Graph;
use crate::model::RelationKind;
use crate::query::RelationKinds;

/// The boxes and lines of a scene, a line each: `A -> B: verb; detail; amount [1]`, `A -- B` without a head.
fn drawn(scene: &Scene<'_>) -> Vec<String> {
    let name = |n: usize| match &scene.nodes[n] {
        Node::Entity { entity, .. } => entity.id().to_owned(),
        Node::Junction(junction) => format!("({})", junction.fact.kind()),
    };
    let line = |line: &super::scene::Line| {
        let head = if line.has_head { "->" } else { "--" };
        let mut words = vec![line.caption.verb.clone()];
        words.extend(line.caption.details.clone());
        words.extend(line.caption.amount.clone());
        words.retain(|word| !word.is_empty());
        format!("{} {head} {}: {}", name(line.from), name(line.to), words.join("; "))
    };
    let mut lines: Vec<_> = scene.lines.iter().map(line).collect();
    for junction in scene.junctions() {
        let folded: Vec<_> =
            junction.folded.iter().flat_map(|(_, entities)| entities).map(|e| e.id()).collect();
        lines.push(format!("({}) {}", junction.fact.kind(), folded.join(" ")).trim_end().to_owned());
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
    assert_eq!(drawn(&Scene::of(&graph.view().diagram())), expected);
}

#[test]
fn a_sale_reads_through_its_object() {
    check(
        r#"Sale(seller: "a", buyer: "b", of: "t", completed: "2014", amount: "USD 5 million", unsourced: true)"#,
        &["a -- t: sells; done 2014; USD 5 million", "t -> b: to"],
    );
    check(
        r#"Sale(seller: "a", buyer: "b", completed: "2014", unsourced: true)"#,
        &["a -> b: sells to; done 2014"],
    );
}

#[test]
fn wishes_are_worded_and_stand_apart() {
    let graph = graph(r#"Partnership(status: Sought, between: ["a", "b"], unsourced: true)"#);
    let scene = Scene::of(&graph.view().diagram());
    assert_eq!(drawn(&scene), ["a -- b: seeks to partner with"]);
    assert!(scene.has(Standing::Unreal));
}

#[test]
fn many_to_many_meets_in_a_junction() {
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
            "(PreInstall) -> a: ",
            "b -- (PreInstall): ",
            "q -- (PreInstall): ",
            "c -> q: uses",
            "(PreInstall) p r",
        ],
    );
}

#[test]
fn makers_are_left_out_unless_asked_for() {
    let graph = graph(
        r#"Production(maker: "a", of: "p", unsourced: true), Supply(supplier: "a", customer: "b", unsourced: true)"#,
    );
    let scene = Scene::of(&graph.view().diagram());
    assert_eq!(drawn(&scene), ["a -> b: supplies"]);
    let names: Vec<_> = scene.unconnected.iter().map(|entity| entity.id()).collect();
    assert_eq!(names, ["c", "d", "e", "p", "q", "r", "t"]);
    let kinds: RelationKinds = [RelationKind::Makes, RelationKind::IsPartOf].into_iter().collect();
    let asked = Scene::of(&graph.view().diagram().kinds(kinds));
    assert_eq!(drawn(&asked), ["a -> p: makes", "p -> r: is part of"]);
}

#[test]
fn a_path_is_just_its_steps() {
    let graph = graph(
        r#"Partnership(between: ["a", "b", "c"], unsourced: true), Supply(supplier: "c", customer: "d", unsourced: true)"#,
    );
    let (a, d) = (graph.view().find("A").unwrap(), graph.view().find("D").unwrap());
    let path = d.traverse().shortest_path(a).unwrap();
    let scene = Scene::of(&path.diagram());
    assert_eq!(drawn(&scene), ["c -> d: supplies", "c -- a: partners with"]);
}

#[test]
fn a_large_graph_says_what_it_leaves_out() {
    let mut builder = Graph::builder();
    let hub = builder.company("hub", "Hub").unwrap();
    for n in 0..400 {
        let id = builder.company(&format!("c{n}"), format!("C{n}")).unwrap();
        let fact = crate::model::FactRecord::new(crate::model::FactKind::Supply);
        builder.fact(
            fact.role(crate::model::Role::Supplier, id).role(crate::model::Role::Customer, hub.clone()),
        );
    }
    let graph = builder.build().unwrap();
    let scene = Scene::of(&graph.view().diagram());
    assert_eq!(scene.nodes.len(), 60);
    assert_eq!(scene.notes, ["Showing 60 of 401 (most connected)."]);
    assert_eq!(thousands(1_234_567), "1,234,567");
}

#[test]
fn the_legend_has_what_occurs() {
    let graph = graph(r#"Supply(supplier: "a", customer: "b", unsourced: true)"#);
    assert_eq!(Scene::of(&graph.view().diagram()).looks(), [Look::Supply]);
}

#[test]
fn every_relation_kind_has_a_look_and_every_look_a_kind() {
    let mut looks: Vec<_> = RelationKind::ALL.iter().map(|kind| Look::of(*kind)).collect();
    looks.sort_unstable();
    looks.dedup();
    assert_eq!(looks.len(), 8);
    assert!(looks.iter().all(|look| !look.legend().is_empty()));
}

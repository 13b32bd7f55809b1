//! Which leaves are folded, which keep their names, and the totals of the folded.

use crate::diagram::scene::{Body, Scene};
use crate::diagram::tests::{drawn, scene};
use crate::graph::Graph;
use crate::model::{Attribute, AttributeValue, FactKind, FactRecord, Role};

/// A graph of companies `c0`, `c1` and so on, with these facts.
fn graph(companies: usize, facts: &str) -> Graph {
    let companies: String = (0..companies).map(|n| format!(r#""c{n}": (name: "C{n}"), "#)).collect();
    Graph::from_ron(&format!("Graph(companies: {{ {companies} }}, facts: [ {facts} ])")).unwrap()
}

/// One fact for each of these companies, written by the function.
fn facts(of: std::ops::Range<usize>, write: impl Fn(usize) -> String) -> String {
    of.map(|n| format!("{}, ", write(n))).collect()
}

fn stake(owner: usize, owned: usize, share: &str) -> String {
    format!(r#"Ownership(owner: "c{owner}", owned: "c{owned}", share: "{share}", unsourced: true)"#)
}

/// The boxes that stand for others, with their totals.
fn folded(scene: &Scene) -> Vec<String> {
    let nodes = scene.nodes.iter().filter_map(|node| match &node.body {
        Body::Name(name) if name.kind.is_none() => Some(name),
        _ => None,
    });
    nodes.map(|name| [std::slice::from_ref(&name.name), &name.sublines].concat().join(", ")).collect()
}

/// A hub with this many suppliers, the first ten of them paid, and one customer.
fn hub(suppliers: usize) -> Graph {
    let mut builder = Graph::builder();
    let hub = builder.company("hub", "Hub").unwrap();
    let customer = builder.company("customer", "Customer").unwrap();
    for n in 0..suppliers {
        let id = builder.company(&format!("c{n:04}"), format!("C{n}")).unwrap();
        let mut fact =
            FactRecord::new(FactKind::Supply).role(Role::Supplier, id).role(Role::Customer, hub.clone());
        if n < 10 {
            fact = fact.amount(format!("EUR {} million", n + 1).parse().unwrap());
        }
        builder.fact(fact);
    }
    let out = FactRecord::new(FactKind::Supply).role(Role::Supplier, hub).role(Role::Customer, customer);
    builder.fact(out.attribute(Attribute::Tier, AttributeValue::Text("1".to_owned())));
    builder.build().unwrap()
}

#[test]
fn the_largest_contracts_keep_their_names_and_the_others_are_summed() {
    let graph = hub(100);
    let folded_scene = scene(&graph.view().diagram());
    // The hub, the customer, five suppliers, and one box for the others, of which five were paid 1 to 5 million.
    assert_eq!(folded_scene.nodes.len(), 8);
    assert_eq!(
        folded(&folded_scene),
        ["and 95 more, EUR 15 million together, 90 facts without a known amount"]
    );
    let amounts: Vec<_> = folded_scene.lines.iter().filter_map(|line| line.label.amount.as_deref()).collect();
    assert_eq!(
        amounts,
        ["EUR 6 million", "EUR 7 million", "EUR 8 million", "EUR 9 million", "EUR 10 million"]
    );
    assert_eq!(
        folded_scene.notes,
        [
            "95 names that touch only one other are folded into “and 95 more”: the largest are named, and among \
          equals the first by id."
        ]
    );
}

#[test]
fn of_many_holders_the_largest_are_named_and_the_shares_of_the_others_added_up() {
    let share = |n: usize| match n {
        40 => "20%".to_owned(),
        66 => "35%".to_owned(),
        _ => "0.5%".to_owned(),
    };
    let graph = graph(71, &facts(1..71, |n| stake(n, 0, &share(n))));
    let picture = scene(&graph.view().diagram().ownership(graph.view().find("C0").unwrap()));
    assert_eq!(
        drawn(&picture),
        [
            "c40 -> c0: owns 20%",
            "c66 -> c0: owns 35%",
            "and 68 more, 34% together -> c0: ",
            "Others, not stated -> c0: 11%"
        ]
    );
}

#[test]
fn shares_that_are_ranges_or_not_stated_are_added_as_such() {
    let mut text = facts(1..61, |n| stake(n, 0, "0.5%"));
    text += &facts(61..64, |n| stake(n, 0, "undisclosed"));
    text += &facts(64..66, |n| stake(n, 0, "5%..10%"));
    text += &stake(66, 0, "40%");
    let graph = graph(67, &text);
    let picture = scene(&graph.view().diagram());
    let named: Vec<_> = drawn(&picture).into_iter().filter(|line| line.starts_with('c')).collect();
    assert_eq!(named, ["c64 -> c0: owns 5% to 10%", "c65 -> c0: owns 5% to 10%", "c66 -> c0: owns 40%"]);
    assert_eq!(folded(&picture), ["and 63 more, 30% together, 3 without a stated share"]);
}

#[test]
fn votes_make_a_holder_large_too() {
    let mut text = facts(1..70, |n| stake(n, 0, "1%"));
    text += r#"Ownership(owner: "c70", owned: "c0", share: "0.1%", votes: "60%", unsourced: true)"#;
    let graph = graph(71, &text);
    let picture = scene(&graph.view().diagram());
    assert!(
        drawn(&picture).iter().any(|line| line.starts_with("c70 -> c0: owns 0.1%")),
        "{:?}",
        drawn(&picture)
    );
}

#[test]
fn shares_of_different_companies_are_not_added() {
    let graph = graph(71, &facts(1..71, |n| stake(0, n, "30%")));
    assert_eq!(folded(&scene(&graph.view().diagram())), ["and 65 more"]);
}

#[test]
fn amounts_of_different_currencies_are_not_added() {
    let text = facts(1..71, |n| {
        let currency = if n % 2 == 0 { "USD" } else { "EUR" };
        format!(
            r#"Acquisition(acquirer: "c0", target: "c{n}", amount: "{currency} {n} million", unsourced: true)"#
        )
    });
    let graph = graph(71, &text);
    let picture = scene(&graph.view().diagram());
    // The largest of each currency in turn: 69 and 70, 67 and 68, 65. The others: 1 + 3 + ... + 63, 2 + 4 + ... + 66.
    assert_eq!(folded(&picture), ["and 65 more, EUR 1,024,000,000 and USD 1,122,000,000 together"]);
}

#[test]
fn what_is_sought_or_rumoured_enters_no_sum() {
    let text = facts(1..71, |n| {
        format!(
            r#"Acquisition(acquirer: "c0", target: "c{n}", amount: "USD 1 million", status: Sought, unsourced: true)"#
        )
    });
    assert_eq!(folded(&scene(&graph(71, &text).view().diagram())), ["and 65 more"]);
}

#[test]
fn what_several_paid_together_is_added_once() {
    let text = facts(1..36, |n| {
        let (one, other) = (2 * n - 1, 2 * n);
        format!(
            r#"Investment(investor: ["c{one}", "c{other}"], company: "c0", amount: "USD {n} million", unsourced: true)"#
        )
    });
    let picture = scene(&graph(71, &text).view().diagram());
    // Both of 35 and both of 34 million are named, and one of the two of 33, which must not be added again.
    let amounts: Vec<_> = picture.lines.iter().filter_map(|line| line.label.amount.as_deref()).collect();
    assert_eq!(amounts, ["USD 33 million", "USD 34 million", "USD 35 million"]);
    assert_eq!(folded(&picture), ["and 65 more, USD 528 million together"]);
}

#[test]
fn lines_of_the_same_two_are_one_with_their_number_and_sum() {
    let mut text = String::new();
    for fund in 0..6 {
        for round in 0..5 {
            text += &facts(10..18, |n| {
                format!(
                    r#"Investment(investor: "c{fund}", company: "c{n}", amount: "USD {} million", completed: "201{round}", unsourced: true)"#,
                    fund + 1
                )
            });
        }
    }
    let picture = scene(&graph(18, &text).view().diagram());
    let lines = drawn(&picture);
    assert_eq!(lines.len(), 48);
    assert_eq!(
        (lines[0].as_str(), lines[47].as_str()),
        ("c0 -> c10: invests in: 5 facts; USD 5 million", "c5 -> c17: invests in: 5 facts; USD 30 million")
    );
    assert_eq!(
        picture.notes,
        ["Similar facts about the same two parties share a line, with their count and total."]
    );
}

#[test]
fn only_sources_of_what_is_shown_are_cited() {
    let sources: String = (1..71).map(|n| format!(r#""s{n}": (kind: News, title: "Item {n}"), "#)).collect();
    let companies: String = (0..71).map(|n| format!(r#""c{n}": (name: "C{n}"), "#)).collect();
    let deals = facts(1..71, |n| {
        format!(
            r#"Acquisition(acquirer: "c0", target: "c{n}", amount: "USD {n} million", evidence: [
                (source: "s{n}", quote: "for USD {n} million"),
                (source: "s{}", quote: "no", stance: Refutes)])"#,
            (n + 68) % 70 + 1
        )
    });
    let text = format!("Graph(sources: {{ {sources} }}, companies: {{ {companies} }}, facts: [ {deals} ])");
    let graph = Graph::from_ron(&text).unwrap();
    let picture = scene(&graph.view().diagram());
    // In the order in which the facts cite them: the last source denies the first fact.
    assert_eq!(picture.sources, ["Item 70", "Item 65", "Item 66", "Item 67", "Item 68", "Item 69"]);
    let last =
        picture.lines.iter().find(|line| line.label.amount.as_deref() == Some("USD 70 million")).unwrap();
    assert_eq!(
        (&last.label.details[..], &last.label.footnotes[..]),
        (&["denied by [6]".to_owned()][..], &[1][..])
    );
}

#[test]
fn as_many_are_named_as_is_asked_for() {
    let graph = graph(21, &facts(1..21, |n| stake(n, 0, &format!("{}%", if n == 7 { 30 } else { 1 }))));
    let view = graph.view();
    assert_eq!(folded(&scene(&view.diagram())), [""; 0]);
    assert_eq!(folded(&scene(&view.diagram().top(3))), ["and 17 more, 17% together"]);
    assert_eq!(folded(&scene(&view.diagram().top(19))), [""; 0], "one alone is never folded");
    assert_eq!(folded(&scene(&view.diagram().top(18))), ["and 2 more, 2% together"]);
}

#[test]
fn nothing_is_folded_if_that_is_asked_for_and_there_is_a_bound() {
    let holders = |count: usize| graph(count + 1, &facts(1..count + 1, |n| stake(n, 0, "0.1%")));
    let all = holders(400);
    assert_eq!(scene(&all.view().diagram().unfolded()).nodes.len(), 401);
    let more = holders(500);
    let diagram = more.view().diagram().unfolded();
    let error = diagram.dot().unwrap_err();
    assert_eq!(error.kind(), crate::error::ErrorKind::Limit);
    assert_eq!(
        error.to_string(),
        "501 entities and 500 relations are too many to draw one by one; the limit is 500 boxes and 1,000 lines"
    );
    assert!(!diagram.is_empty());
}

#[test]
fn however_many_touch_one_other_only_they_are_one_box() {
    let graph = hub(2_500);
    let picture = scene(&graph.view().diagram());
    assert_eq!(
        folded(&picture),
        ["and 2,495 more, EUR 15 million together, 2,490 facts without a known amount"]
    );
}

/// Companies in a ring of rings, so that each touches several others.
fn tangle(companies: usize) -> Graph {
    let supply = |from: usize, to: usize| {
        format!(r#"Supply(supplier: "c{from}", customer: "c{}", unsourced: true)"#, to % companies)
    };
    graph(companies, &facts(0..companies, |n| format!("{}, {}", supply(n, n + 1), supply(n, n * n + 3))))
}

#[test]
fn of_many_that_touch_several_the_most_connected_are_drawn() {
    let graph = tangle(400);
    let picture = scene(&graph.view().diagram());
    assert_eq!(picture.notes[0], "Showing the 60 most connected of 400, and what joins them.");
    assert_eq!(folded(&picture), [""; 0]);
}

#[test]
fn of_those_around_a_name_none_is_lost_where_not_all_are_drawn() {
    // Four hundred holders have a share of C0 and of one another, so that none is a leaf.
    let mut text = facts(1..401, |n| stake(n, 0, if n == 300 { "30%" } else { "0.1%" }));
    text += &facts(1..401, |n| stake(n, n % 400 + 1, "1%"));
    let graph = graph(401, &text);
    let picture = scene(&graph.view().diagram().ownership(graph.view().find("C0").unwrap()));
    assert_eq!(picture.notes[0], "Showing the 60 most connected of 401, and what joins them.");
    assert!(drawn(&picture).contains(&"c300 -> c0: owns 30%".to_owned()), "{:?}", drawn(&picture));
    let named = drawn(&picture).iter().filter(|line| line.ends_with("-> c0: owns 0.1%")).count();
    let rest = 399 - named;
    let sum = format!("and {rest} more, {}.{}% together", rest / 10, rest % 10);
    assert!(folded(&picture).contains(&sum.replace(".0%", "%")), "{sum}: {:?}", folded(&picture));
}

#[test]
fn of_thousands_groups_are_drawn() {
    let graph = tangle(2_500);
    let grouped = scene(&graph.view().diagram());
    let [node] = &grouped.nodes[..] else { panic!("not one box") };
    let Body::Name(name) = &node.body else { panic!("no name") };
    assert_eq!((name.name.as_str(), name.sublines[0].as_str()), ("Companies", "2,500 companies"));
    assert_eq!(
        grouped.notes,
        [
            "Too many to draw one by one: 1 box stands for 2,500 entities and 5,000 relations, grouped by kind."
        ]
    );
}

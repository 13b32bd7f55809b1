//! The order of facts in a file decides nothing.

use keiretsu::{Graph, OwnerRule};
use proptest::prelude::*;

use super::agree::{self, DAYS};
use super::{date, line, with};

/// All that a view as of a day says, each relation with the fact behind it, and who owns how much.
fn told(graph: &Graph, day: &str) -> Vec<String> {
    let view = graph.as_of(date(day));
    let each = view.relations().map(|relation| {
        let joint: Vec<&str> = relation.joint_parties().iter().map(|holder| holder.id()).collect();
        let fact = relation.fact().map_or("", |fact| fact.id());
        let (from, to) = (relation.from().id(), relation.to().id());
        // A relation of both reads the same from either end.
        let ends = if relation.kind().is_symmetric() && from > to {
            format!("{to} {from}")
        } else {
            format!("{from} {to}")
        };
        let rests_on: Vec<&str> = relation.rests_on().iter().map(|fact| fact.id()).collect();
        let line = if relation.kind().is_symmetric() {
            format!("{:?}", relation.certainty())
        } else {
            line(relation)
        };
        format!("{fact} {ends} {line} with {} on {}", joint.join("+"), rests_on.join("+"))
    });
    let mut told: Vec<String> = each.collect();
    told.sort();
    for entity in view.entities() {
        let owners = view.ownership().owners(entity, OwnerRule::Multiply);
        let owners = owners.map(|found| {
            let rows = found.rows.iter();
            rows.map(|row| format!("{} {}..{}", row.entity.id(), row.share.low(), row.share.high()))
                .collect::<Vec<_>>()
        });
        told.push(format!(
            "{}: {}",
            entity.id(),
            owners.map_or_else(|error| error.to_string(), |rows| rows.join(", "))
        ));
    }
    told
}

proptest! {
    #![proptest_config(crate::property::cases(500))]

    #[test]
    fn the_order_of_facts_decides_nothing(
        (facts, shuffled) in agree::facts().prop_flat_map(|facts| (Just(facts.clone()), Just(facts).prop_shuffle())),
        day in prop::sample::select(DAYS),
    ) {
        let graphs = [with(&facts.join(", ")), with(&shuffled.join(", "))];
        for day in [day, "2016"] {
            prop_assert_eq!(told(&graphs[0], day), told(&graphs[1], day), "{}", facts.join(",\n"));
        }
    }
}

/// Facts of which the order once decided: the same in either order.
const PAIRS: &[&[&str]] = &[
    // A purchase, and the same one amended.
    &[
        r#"Acquisition(id: "f1", acquirer: "a", target: "e", share: "40%", completed: "2014-01-01", unsourced: true)"#,
        r#"Acquisition(id: "f0", acquirer: "a", target: "e", share: "40%", completed: "2014-01-01", replaces: "f1", unsourced: true)"#,
    ],
    // Each sells to the other.
    &[
        r#"Ownership(id: "s", owner: "b", owned: "e", share: "40%", since: "2010", unsourced: true)"#,
        r#"Acquisition(id: "x", acquirer: "c", seller: "b", target: "e", share: "30%", completed: "2014-01-01", unsourced: true)"#,
        r#"Acquisition(id: "y", acquirer: "b", seller: "c", target: "e", share: "30%", completed: "2014-01-01", unsourced: true)"#,
    ],
    &[
        r#"Acquisition(acquirer: "c", seller: "b", target: "e", share: "30%", completed: "2014-01-01", unsourced: true)"#,
        r#"Acquisition(acquirer: "b", seller: "c", target: "e", share: "20%", completed: "2014-01-01", unsourced: true)"#,
    ],
    // A purchase and a merger of one year.
    &[
        r#"Ownership(id: "s", owner: "a", owned: "e", share: "40%", since: "2010", unsourced: true)"#,
        r#"Acquisition(id: "x", acquirer: "b", target: "e", share: "30%", completed: "2014", unsourced: true)"#,
        r#"Succession(id: "m", predecessor: "a", successor: "b", how: Merger, completed: "2014", unsourced: true)"#,
    ],
    // Joint acquirers, of whom one sells.
    &[
        r#"Ownership(id: "s", owner: "a", owned: "e", share: "60%", since: "2010", unsourced: true)"#,
        r#"Acquisition(id: "x", acquirer: ["a", "b"], seller: "a", target: "e", share: "20%", completed: "2014-01-01", unsourced: true)"#,
        r#"Acquisition(id: "y", acquirer: "c", seller: "a", target: "e", share: "10%", completed: "2014-01-01", unsourced: true)"#,
    ],
    // Two figures of one day.
    &[
        r#"Ownership(id: "s", owner: "a", owned: "e", share: "60%", since: "2010", as_of: "2012", unsourced: true)"#,
        r#"Ownership(id: "r", owner: "a", owned: "e", share: "50%", as_of: "2012", unsourced: true)"#,
        r#"Succession(id: "m", predecessor: "a", successor: "b", how: Merger, completed: "2014", unsourced: true)"#,
    ],
];

#[test]
fn facts_in_either_order_say_the_same() {
    for facts in PAIRS {
        let turned: Vec<&str> = facts.iter().rev().copied().collect();
        for day in ["2014-06", "2016"] {
            let told = [facts.to_vec(), turned.clone()].map(|facts| told(&with(&facts.join(", ")), day));
            assert_eq!(told[0], told[1], "{day}: {}", facts.join(",\n"));
        }
    }
}

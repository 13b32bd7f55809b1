//! What events make of a stake that several hold jointly.

use keiretsu::{Graph, OwnerRule, Relation, RelationKind};

use super::{date, letter, with};

/// Facts about `d`, and who has stakes in it when: the joint holders with a plus, the share, and how sure it is. Each row of
/// joint holders stands there once, and a relation of each of them is asked for.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

const HELD: &str =
    r#"Ownership(owner: ["a", "b"], owned: "d", share: "60%", since: "2010-01-01", unsourced: true)"#;
const REST: &str = r#"Ownership(owner: "x", owned: "d", share: "40%", since: "2010-01-01", unsourced: true)"#;

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // One of the holders merges: the successor takes its place.
    (r#"Succession(successor: "c", predecessor: "a", how: Merger, completed: "2015-01-01""#, &[
        ("2014", "a+b 60% c; x 40% c"),
        ("2016", "b+c 60% c; x 40% c"),
    ]),
    // Into the other holder, or both into one: nobody is left to hold it with.
    (r#"Succession(successor: "b", predecessor: "a", how: Merger, completed: "2015-01-01""#, &[
        ("2016", "b 60% c; x 40% c"),
    ]),
    (r#"Succession(successor: "c", predecessor: ["a", "b"], how: Merger, completed: "2015-01-01""#, &[
        ("2016", "c 60% c; x 40% c"),
    ]),
    // A party that goes on as the successor keeps what it has.
    (r#"Succession(successor: "b", predecessor: ["a", "b"], how: Merger, completed: "2015-01-01""#, &[
        ("2016", "b 60% c; x 40% c"),
    ]),
    (r#"Succession(successor: "x", predecessor: ["c", "x"], how: Merger, completed: "2015-01-01""#, &[
        ("2016", "a+b 60% c; x 40% c"),
    ]),
    // Into the company itself, which owns no share of itself: nobody says how much the other holder is left with.
    (r#"Succession(successor: "d", predecessor: "a", how: Merger, completed: "2015-01-01""#, &[
        ("2016", "b 0%..60% p; x 40% c"),
    ]),
    // What is split may have passed.
    (r#"Succession(successor: "c", predecessor: "a", how: Split, completed: "2015-01-01""#, &[
        ("2016", "a+b 60% p; b+c 60% p; x 40% c"),
    ]),
    // Part is sold, and then one merges.
    (r#"Acquisition(seller: ["a", "b"], acquirer: "e", target: "d", share: "20%", completed: "2013-01-01", unsourced: true),
        Succession(successor: "c", predecessor: "a", how: Merger, completed: "2015-01-01""#, &[
        ("2012", "a+b 60% c; x 40% c"),
        ("2014", "a+b 40% c; e 20% c; x 40% c"),
        ("2016", "b+c 40% c; e 20% c; x 40% c"),
    ]),
    // All of it is sold.
    (r#"Acquisition(seller: ["a", "b"], acquirer: "e", target: "d", share: "60%", completed: "2013-01-01""#, &[
        ("2014", "e 60% c; x 40% c"),
    ]),
    // One of them sells: nobody says how much is left, and to whom; a second sale says no more.
    (r#"Acquisition(seller: "a", acquirer: "e", target: "d", share: "20%", completed: "2013-01-01", unsourced: true),
        Acquisition(seller: "b", acquirer: "e", target: "d", share: "20%", completed: "2015-01-01""#, &[
        ("2014", "a+b 0%..60% p; e 20% c; x 40% c"),
        ("2016", "a+b 0%..60% p; e 40% c; x 40% c"),
    ]),
    // What one holds alone is apart, and is what one sells alone. Which of two is sold from is not said if both may be.
    (r#"Ownership(owner: "a", owned: "d", share: "10%", since: "2010-01-01", unsourced: true),
        Acquisition(seller: "a", acquirer: "e", target: "d", share: "10%", completed: "2013-01-01""#, &[
        ("2014", "a+b 60% c; e 10% c"),
    ]),
    (r#"Ownership(owner: "a", owned: "d", share: "10%", since: "2010-01-01", unsourced: true),
        Acquisition(seller: ["a", "b"], acquirer: "e", target: "d", share: "5%", completed: "2013-01-01""#, &[
        ("2014", "a 5%..10% c; a+b 55%..60% c; e 5% c"),
    ]),
    // The successor held some jointly with the same party before.
    (r#"Ownership(owner: ["b", "c"], owned: "d", share: "10%", since: "2010-01-01", unsourced: true),
        Succession(successor: "c", predecessor: "a", how: Merger, completed: "2015-01-01""#, &[
        ("2016", "b+c 70% c"),
    ]),
    // One holds some alone and some jointly with the successor, who comes to have both: one stake, also while nobody knows
    // whether the day has come.
    (r#"Ownership(owner: "a", owned: "d", share: "10%", since: "2010-01-01", unsourced: true),
        Succession(successor: "b", predecessor: "a", how: Merger, completed: "2015-01-31/2015-02""#, &[
        ("2015-01", "a 10% p; a+b 60% p; b 70% p"),
        ("2016", "b 70% c"),
    ]),
    // Two hold some jointly with the same other, and both merge into one.
    (r#"Ownership(owner: ["b", "c"], owned: "d", share: "10%", since: "2010-01-01", unsourced: true),
        Succession(successor: "e", predecessor: ["a", "c"], how: Merger, completed: "2015-01-01""#, &[
        ("2016", "b+e 70% c"),
    ]),
    // A later statement of the same holders stands for what followed.
    (r#"Acquisition(seller: ["a", "b"], acquirer: "e", target: "d", share: "20%", completed: "2013-01-01", unsourced: true),
        Ownership(owner: ["a", "b"], owned: "d", share: "35%", as_of: "2015-01-01""#, &[
        ("2016", "a+b 35% c; e 20% c; x 40% c"),
    ]),
];

fn stakes(graph: &Graph, day: &str) -> String {
    let view = graph.as_of(date(day));
    let told = |relation: Relation<'_>| {
        let joint = relation.joint_parties();
        let holders = if joint.is_empty() { vec![relation.from()] } else { joint };
        assert!(holders.contains(&relation.from()), "{relation}");
        let ids: Vec<&str> = holders.iter().map(|holder| holder.id()).collect();
        let share = relation.share().map_or(String::new(), |share| share.to_string());
        (format!("{} {share} {}", ids.join("+"), letter(relation.certainty())), ids.len())
    };
    let owned = view.relations().filter(|relation| relation.kind() == RelationKind::OwnsShareOf);
    let mut rows: Vec<(String, usize)> = owned.map(told).collect();
    rows.sort();
    let each = rows.chunk_by(|one, other| one == other).map(|same| {
        assert_eq!(same.len(), same[0].1, "{}", same[0].0);
        same[0].0.clone()
    });
    each.collect::<Vec<_>>().join("; ")
}

/// The same graph, written as a snapshot and opened again.
pub(super) fn of_snapshot(graph: &Graph, name: &str) -> Graph {
    let file = std::env::temp_dir().join(format!("keiretsu-{name}-{}.keiretsu", std::process::id()));
    graph.write_snapshot(std::fs::File::create(&file).unwrap()).unwrap();
    let again = Graph::open(&file);
    std::fs::remove_file(&file).unwrap();
    again.unwrap()
}

#[test]
fn a_joint_holding_goes_on_jointly() {
    for (facts, days) in ROWS {
        let rest = if facts.contains(r#""10%""#) { String::new() } else { format!("{REST}, ") };
        let graph = with(&format!("{HELD}, {rest}{facts}, unsourced: true)"));
        let again = of_snapshot(&graph, "joint");
        for (day, expected) in *days {
            assert_eq!(stakes(&graph, day), *expected, "{facts} {day}");
            assert_eq!(stakes(&again, day), *expected, "of a snapshot: {facts} {day}");
            let company = graph.as_of(date(day)).entity("d").unwrap();
            let owners = company.view().ownership().owners(company, OwnerRule::Multiply);
            assert!(
                owners.is_ok(),
                "{facts} {day}: {}",
                owners.err().map_or(String::new(), |e| e.to_string())
            );
        }
    }
}

#[test]
fn what_a_joint_holding_was_before_a_sale_is_told_once() {
    let sale = r#"Acquisition(seller: ["a", "b"], acquirer: "e", target: "d", share: "20%", completed: "2013-01-01", unsourced: true)"#;
    let graph = with(&format!("{HELD}, {REST}, {sale}"));
    let others = graph.as_of(date("2014")).entity("d").unwrap().other_readings();
    let told: Vec<_> = others.iter().map(|other| (other.relation.share(), other.counted.share())).collect();
    assert_eq!(told, [("60%".parse().ok(), "40%".parse().ok())]);
}

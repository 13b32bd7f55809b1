//! What follows from something doubtful is as doubtful, in whichever way it passes on.

use keiretsu::{Graph, Relation};

use super::{date, holdings, with};

const REFUTED: &str = r#"evidence: [(source: "s2010"), (source: "s2014", stance: Refutes)]"#;

/// Facts, where `!` refutes one, and holdings and stakes at a date. Every fact without `!` is unsourced.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // A refuted stake passes on as one.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", !),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2012", "a OwnsShareOf c p 30%"),
        ("2016", "b OwnsShareOf c p successor-takes-over 30%"),
    ]),
    // A purchase on top is certain; whether there was anything below it is not.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", !),
        Acquisition(acquirer: "a", target: "c", share: "20%", completed: "2015-01-01")"#, &[
        ("2016", "a OwnsShareOf c c acquirer-owns 20%..50%"),
    ]),
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", !),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01"),
        Acquisition(acquirer: "b", target: "c", share: "20%", completed: "2016-01-01"),
        Acquisition(acquirer: "d", seller: "b", target: "c", share: "10%", completed: "2017-01-01")"#, &[
        ("2016", "b OwnsShareOf c c acquirer-owns 20%..50%"),
        ("2018", "b OwnsShareOf c c seller-keeps-rest 10%..40%; d OwnsShareOf c c acquirer-owns 10%"),
    ]),
    // Whoever sells a part of a refuted stake keeps the rest, if it ever had it.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", !),
        Acquisition(acquirer: "b", seller: "a", target: "c", share: "10%", completed: "2015-01-01")"#, &[
        ("2016", "a OwnsShareOf c p seller-keeps-rest 20%; b OwnsShareOf c c acquirer-owns 10%"),
    ]),
    // A refuted sale: the next one takes from what was before it or after it.
    (r#"Ownership(owner: "a", owned: "c", share: "70%", since: "2010"),
        Acquisition(acquirer: "b", seller: "a", target: "c", share: "30%", completed: "2015-01-01", !),
        Acquisition(acquirer: "d", seller: "a", target: "c", share: "10%", completed: "2017-01-01")"#, &[
        ("2018", "a OwnsShareOf c c seller-keeps-rest 30%..60%; b OwnsShareOf c p acquirer-owns 30%; d OwnsShareOf c c acquirer-owns 10%"),
    ]),
    // Of what was sold by a refuted sale, the seller may still have all, and pass it on.
    (r#"Ownership(owner: "a", owned: "c", share: "70%", since: "2010"),
        Acquisition(acquirer: "b", seller: "a", target: "c", share: "70%", completed: "2015-01-01", !),
        Succession(predecessor: "a", successor: "d", how: Merger, completed: "2017-01-01")"#, &[
        ("2018", "b OwnsShareOf c p acquirer-owns 70%; d OwnsShareOf c p successor-takes-over 0%..70%"),
    ]),
    // A refuted reading leaves room for the one before it.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", as_of: "2010"),
        Ownership(owner: "a", owned: "c", share: "40%", as_of: "2012", !),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "b OwnsShareOf c c successor-takes-over 30%..40%"),
    ]),
    // A refuted merger, and one after it.
    (r#"Holding(holder: "a", of: "t", since: "2010"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01", !),
        Succession(predecessor: "b", successor: "d", how: Merger, completed: "2016-01-01")"#, &[
        ("2017", "a Holds t p; d Holds t p successor-takes-over"),
    ]),
    // One of two claims does not state the stake.
    (r#"Ownership(id: "one", owner: "a", owned: "c", share: "30%", since: "2010"),
        Ownership(owner: "e", owned: "c", share: "30%", since: "2010", claims_of: "one"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "b OwnsShareOf c p successor-takes-over 30%; e OwnsShareOf c p 30%"),
    ]),
    // Both claims state it: a dispute about its size is none about whether it is there.
    (r#"Ownership(id: "one", owner: "a", owned: "c", share: "30%", since: "2010"),
        Ownership(owner: "a", owned: "c", share: "40%", since: "2010", claims_of: "one"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "b OwnsShareOf c c successor-takes-over 30%..40%"),
    ]),
    // Two mergers of two holders, of whom one is in doubt.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", !),
        Ownership(owner: "b", owned: "c", share: "20%", since: "2010"),
        Succession(predecessor: ["a", "b"], successor: "d", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "d OwnsShareOf c c successor-takes-over 20%..50%"),
    ]),
    // A rumour is only possible, and passes on as one.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", confidence: Rumoured),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2012", "a OwnsShareOf c p 30%"),
        ("2016", "b OwnsShareOf c p successor-takes-over 30%"),
    ]),
    // What a successor took over ends with the fact that states it, when another replaces this, also before it passes.
    (r#"Ownership(id: "one", owner: "a", owned: "c", share: "60%", since: "2010"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01"),
        Ownership(owner: "d", owned: "c", share: "60%", since: "2018-01-01", replaces: "one")"#, &[
        ("2016", "b OwnsShareOf c c successor-takes-over 60%"),
        ("2019", "d OwnsShareOf c c 60%"),
    ]),
    (r#"Ownership(id: "one", owner: "a", owned: "c", share: "60%", since: "2010"),
        Ownership(owner: "d", owned: "c", share: "60%", since: "2012-01-01", replaces: "one"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2011", "a OwnsShareOf c c 60%"),
        ("2016", "d OwnsShareOf c c 60%"),
    ]),
    (r#"Ownership(id: "one", owner: "a", owned: "c", share: "60%", since: "2010"),
        Ownership(owner: "a", owned: "c", share: "50%", class: "A", since: "2012-01-01", replaces: "one"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "b OwnsShareOf c c successor-takes-over 50%"),
    ]),
    // A stake that may never have begun, or only after the merger, may not have passed on.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", announced: "2014", status: Announced),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "b OwnsShareOf c p successor-takes-over 30%"),
    ]),
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2015"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2016", "b OwnsShareOf c p successor-takes-over 30%"),
    ]),
    // Its only source is of 2016-05, and does not say since when.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", quotes: {"s2016": ["30%"]}),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2017", "b OwnsShareOf c p successor-takes-over 30%"),
    ]),
    (r#"Ownership(owner: "a", owned: "c", share: "30%", quotes: {"s2014": ["30%"]}),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2017", "b OwnsShareOf c c successor-takes-over 30%"),
    ]),
    // One of two claims says that it had ended before.
    (r#"Ownership(id: "one", owner: "a", owned: "c", share: "30%", since: "2010"),
        Ownership(owner: "a", owned: "c", share: "30%", since: "2010", until: "2012", claims_of: "one"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01")"#, &[
        ("2011", "a OwnsShareOf c c 30%"),
        ("2014", "a OwnsShareOf c p 30%"),
        ("2016", "b OwnsShareOf c p successor-takes-over 30%"),
    ]),
    // Whether what was bought came on top is not known, but it was bought.
    (r#"Ownership(owner: "a", owned: "c", share: "30%", since: "2010", status: Ended),
        Acquisition(acquirer: "a", target: "c", share: "20%", completed: "2015-01-01")"#, &[
        ("2016", "a OwnsShareOf c c acquirer-owns 20%..50%"),
    ]),
    (r#"Ownership(owner: "a", owned: "c", share: "30%", announced: "2014", status: Announced),
        Acquisition(acquirer: "a", target: "c", share: "20%", completed: "2015-01-01")"#, &[
        ("2016", "a OwnsShareOf c c acquirer-owns 20%..50%"),
    ]),
    // A rumour ends nothing, whether of a later day or of the same.
    (r#"Acquisition(acquirer: "a", target: "c", share: "20%", completed: "2015-01-01"),
        Ownership(owner: "a", owned: "c", share: "30%", since: "2016-01-01", confidence: Rumoured)"#, &[
        ("2017", "a OwnsShareOf c c acquirer-owns 20%; a OwnsShareOf c p 30%"),
    ]),
    (r#"Acquisition(acquirer: "a", target: "c", share: "20%", completed: "2015-01-01"),
        Ownership(owner: "a", owned: "c", share: "30%", since: "2015-01-01", confidence: Rumoured),
        Acquisition(acquirer: "a", target: "c", share: "10%", completed: "2018-01-01")"#, &[
        ("2017", "a OwnsShareOf c c acquirer-owns 20%; a OwnsShareOf c p 30%"),
        ("2019", "a OwnsShareOf c c acquirer-owns 30%..40%"),
    ]),
    (r#"Holding(id: "one", holder: "a", of: "t", since: "2010"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01"),
        Holding(holder: "d", of: "t", since: "2018-01-01", replaces: "one")"#, &[
        ("2019", "d Holds t c"),
    ]),
];

#[test]
fn what_follows_from_a_doubtful_fact_is_as_doubtful() {
    for (facts, expected) in ROWS {
        let mut text = facts.replace('!', REFUTED);
        let is_bare = |fact: &&str| !fact.contains('!') && !fact.contains("quotes");
        for fact in facts.split("),").filter(is_bare) {
            let fact = fact.trim_end_matches(')');
            text = text.replace(fact, &format!("{fact}, unsourced: true"));
        }
        let graph = with(&text);
        for (day, expected) in *expected {
            assert_eq!(holdings(graph.as_of(date(day))), *expected, "{day} of {facts}");
        }
    }
}

fn agreement(graph: &Graph, holder: &str) -> String {
    let view = graph.as_of(date("2016"));
    let relations = view.entity(holder).unwrap().relations();
    let told = |relation: Relation<'_>| format!("{relation} {}", relation.is_disputed());
    relations.filter(|relation| relation.derived().is_some()).map(told).collect::<Vec<_>>().join("; ")
}

#[test]
fn agreements_pass_on_with_their_doubt() {
    let merger = r#"Succession(id: "m", predecessor: "a", successor: "b", how: Merger, completed: "2015", unsourced: true)"#;
    let of = |supply: &str| agreement(&with(&format!("{supply}, {merger}")), "b");
    let refuted = of(&format!(r#"Supply(id: "s", supplier: "a", customer: "c", {REFUTED})"#));
    assert_eq!(refuted, "B possibly supplies C (done 2015; follows from `m` and `s`, disputed) true");
    let rumoured =
        of(r#"Supply(id: "s", supplier: "a", customer: "c", confidence: Rumoured, unsourced: true)"#);
    assert_eq!(rumoured, "B possibly supplies C (done 2015; follows from `m` and `s`, rumoured) false");
    let sure = of(r#"Supply(id: "s", supplier: "a", customer: "c", since: "2010", unsourced: true)"#);
    assert_eq!(sure, "B supplies C (done 2015; follows from `m`) false");
    // It may never have begun, or only after the merger.
    let possible = "B possibly supplies C (done 2015; follows from `m`) false";
    for fields in [
        r#"announced: "2014", status: Announced, unsourced: true"#,
        r#"signed: "2014", status: Agreed, unsourced: true"#,
        r#"since: "2015/2017", unsourced: true"#,
        "unsourced: true",
        r#"quotes: {"s2018": ["supplies"]}"#,
    ] {
        assert_eq!(
            of(&format!(r#"Supply(id: "s", supplier: "a", customer: "c", {fields})"#)),
            possible,
            "{fields}"
        );
    }
    let told = of(r#"Supply(id: "s", supplier: "a", customer: "c", quotes: {"s2014": ["supplies"]})"#);
    assert_eq!(told, sure);
    // One of two claims says that it had ended.
    let ended = of(r#"Supply(id: "s", supplier: "a", customer: "c", since: "2010", unsourced: true),
           Supply(id: "s2", supplier: "a", customer: "c", since: "2010", until: "2012", claims_of: "s", unsourced: true)"#);
    assert_eq!(ended, "B possibly supplies C (done 2015; follows from `m` and `s`, disputed) true");
    let twice = of(&format!(
        r#"Supply(id: "s", supplier: "a", customer: "c", {REFUTED}),
           Succession(id: "m0", predecessor: "d", successor: "a", how: Merger, completed: "2014", unsourced: true)"#
    ));
    assert_eq!(twice, refuted);
}

#[test]
fn a_replaced_agreement_is_over_with_the_successor_too() {
    let graph = with(
        r#"Supply(id: "one", supplier: "a", customer: "c", since: "2010", unsourced: true),
           Succession(predecessor: "a", successor: "b", how: Merger, completed: "2012-01-01", unsourced: true),
           Supply(id: "two", supplier: "b", customer: "c", since: "2014-01-01", replaces: "one", unsourced: true)"#,
    );
    let told = |day| {
        let view = graph.as_of(date(day));
        let all = view.relations().filter(|relation| relation.to().id() == "c");
        all.map(|relation| format!("{} {:?}", relation.from().id(), relation.fact().unwrap().kind()))
            .collect::<Vec<_>>()
    };
    assert_eq!(told("2013"), ["b Succession"]);
    assert_eq!(told("2016"), ["b Supply"]);
}

#[test]
fn a_snapshot_keeps_what_is_in_doubt() {
    let facts = format!(
        r#"Ownership(id: "s", owner: "a", owned: "c", share: "30%", since: "2010", {REFUTED}),
           Succession(id: "m", predecessor: "a", successor: "b", how: Merger, completed: "2015-01-01", unsourced: true),
           Acquisition(id: "p", acquirer: "b", target: "c", share: "20%", completed: "2016-01-01", unsourced: true)"#
    );
    let graph = with(&facts);
    let again = super::joint::of_snapshot(&graph, "doubted");
    for graph in [graph, again] {
        assert_eq!(holdings(graph.as_of(date("2017"))), "b OwnsShareOf c c acquirer-owns 20%..50%");
        let stake = graph.as_of(date("2017"));
        let stake = stake.entity("b").unwrap().relations().find(|relation| relation.derived().is_some());
        assert_eq!(stake.unwrap().rests_on().iter().map(|fact| fact.id()).collect::<Vec<_>>(), ["s"]);
    }
}

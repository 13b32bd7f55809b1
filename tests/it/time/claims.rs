//! Facts that state the same thing differently.

use keiretsu::{Claims, FactKind, Graph, RelationKind, View};

use super::{date, letter, with};

const POLICIES: [Claims; 4] = [Claims::All, Claims::Newest, Claims::Official, Claims::Strict];

/// One sale, stated by the news of 2014, a filing of 2012 and the seller in 2013.
fn sale() -> Graph {
    with(
        r#"Sale(id: "news", seller: "a", buyer: "b", completed: "2011-05-31", amount: "USD 120 million", quotes: {"s2014": ["so"]}),
        Sale(id: "filing", claims_of: "news", seller: "a", buyer: "b", completed: "2011-06-01", amount: "USD 0.14 billion", quotes: {"f2012": ["so"]}),
        Sale(id: "release", claims_of: "filing", seller: "a", buyer: ["b", "c"], completed: "2011-06-01", amount: "undisclosed", quotes: {"r2013": ["so"]}),
        Partnership(between: ["a", "d"], since: "2010", unsourced: true)"#,
    )
}

/// The sales in a view, each with who stands for it.
fn sales(view: View<'_>) -> String {
    let sales = view.relations().filter(|relation| relation.kind() == RelationKind::SellsTo);
    let line = |relation: keiretsu::Relation<'_>| {
        format!("{}:{}{}", relation.fact().unwrap().id(), relation.to().id(), letter(relation.certainty()))
    };
    sales.map(line).collect::<Vec<_>>().join(" ")
}

fn deals(view: View<'_>) -> String {
    view.deals()
        .kind(FactKind::Sale)
        .run()
        .facts()
        .map(|fact| fact.id().to_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn policies_choose_among_claims() {
    let graph = sale();
    let rows = [
        (Claims::All, "news:b- release:c-", "news filing release", "news:bp", "news:bc release:cp"),
        (Claims::Strict, "news:b- release:c-", "news filing release", "news:bp", "news:bc release:cp"),
        (Claims::Newest, "news:b-", "news", "news:bc", "news:bc"),
        (Claims::Official, "filing:b- release:c-", "filing release", "", "filing:bc release:cp"),
    ];
    for (policy, always, dealt, between, after) in rows {
        let view = graph.view().claims(policy);
        assert_eq!(sales(view), always, "{policy:?}");
        assert_eq!(deals(view), dealt, "{policy:?}");
        assert_eq!(sales(view.as_of(date("2011-05-31"))), between, "{policy:?}");
        assert_eq!(sales(view.as_of(date("2011-06-02"))), after, "{policy:?}");
        assert_eq!(sales(view.as_of(date("2011-05-30"))), "", "{policy:?}");
    }
    // Claims are selected among those that are known.
    let known = graph.view().claims(Claims::Newest).known_by(date("2013-06"));
    assert_eq!(sales(known), "release:bc release:cc");
    assert_eq!(sales(graph.view().known_by(date("2012-06"))), "filing:bc");
}

#[test]
fn official_means_all_where_nothing_is() {
    let graph = with(
        r#"Supply(id: "one", supplier: "a", customer: "b", quotes: {"s2014": ["so"]}),
        Supply(id: "two", claims_of: "one", supplier: "a", customer: "b", quotes: {"s2014": ["so"]})"#,
    );
    for policy in POLICIES {
        let view = graph.view().claims(policy);
        assert_eq!(view.facts().count(), 2, "{policy:?}: ties are kept");
        assert_eq!(view.relations().filter(|relation| relation.kind() == RelationKind::Supplies).count(), 1);
        assert!(view.facts().all(keiretsu::Fact::is_disputed));
    }
}

#[test]
fn a_group_of_claims_counts_as_one() {
    let graph = with(
        r#"Partnership(id: "one", between: ["a", "b"], since: "2010", quotes: {"s2010": ["so"]}),
        Partnership(id: "two", claims_of: "one", between: ["b", "a"], since: "2011", quotes: {"s2014": ["so"]}),
        Partnership(between: ["b", "c"], since: "2010", unsourced: true)"#,
    );
    for view in [graph.view(), graph.as_of(date("2012"))] {
        let (a, c) = (view.entity("a").unwrap(), view.entity("c").unwrap());
        let (partners, _) = a.partners().run();
        assert_eq!(partners.len(), 1);
        assert_eq!(partners[0].relations.len(), 1);
        assert_eq!(a.neighbors(RelationKind::PartnersWith).count(), 1);
        assert_eq!(a.traverse().shortest_path(c).unwrap().steps().len(), 2);
        assert_eq!(a.traverse().paths(c).iter().count(), 1);
        assert_eq!(view.deals().run().facts().len(), 3);
        assert_eq!(partners[0].relations[0].evidence().len(), 2, "every claim's sources");
    }
    let certainty = |when: &str| {
        let view = graph.as_of(date(when));
        view.entity("a")
            .unwrap()
            .relations()
            .find(|r| r.kind() == RelationKind::PartnersWith)
            .map(|r| letter(r.certainty()))
    };
    assert_eq!(certainty("2009"), None);
    assert_eq!(certainty("2010-12-31"), Some('p'));
    assert_eq!(certainty("2011-12-31"), Some('c'));
}

#[test]
fn what_is_refuted_is_possible_and_disputed() {
    let graph = with(
        r#"Partnership(between: ["a", "b"], since: "2010", evidence: [(source: "s2014", quote: "so"), (source: "s2016", quote: "no", stance: Refutes)])"#,
    );
    let partnership = |view| View::relations(view).find(|r| r.kind() == RelationKind::PartnersWith);
    let relation = partnership(graph.as_of(date("2015"))).unwrap();
    assert!(relation.is_disputed());
    assert_eq!(letter(relation.certainty()), 'p');
    assert_eq!(relation.date_note(), "since 2010, disputed");
    assert!(partnership(graph.as_of(date("2015")).certain()).is_none());
    assert!(partnership(graph.view()).unwrap().is_disputed());
}

/// Called off by one claim, done by another: it counts, unless only the first is used.
#[test]
fn any_claim_is_enough_to_count() {
    let graph = with(
        r#"Partnership(id: "off", between: ["a", "b"], announced: "2010", withdrawn: "2011", quotes: {"s2016": ["so"]}),
        Partnership(claims_of: "off", between: ["a", "b"], since: "2010", quotes: {"s2014": ["so"]})"#,
    );
    let partners = |claims| graph.view().claims(claims).partners().run().0.len();
    assert_eq!(partners(Claims::All), 1);
    assert_eq!(partners(Claims::Newest), 0);
}

/// Amounts of one deal under two claims, and the wording for both together.
const AMOUNTS: &[(&str, &str, &str)] = &[
    (r#""USD 120 million""#, r#""USD 140 million""#, " for USD 120 to 140 million"),
    (r#""USD 140 million""#, r#""USD 120 million""#, " for USD 120 to 140 million"),
    (r#""USD 120 million""#, r#""USD 120 million""#, " for USD 120 million"),
    (r#""USD ~120 million""#, r#""USD 120000000""#, " for about USD 120 million"),
    (r#""USD 5""#, r#""USD 3..4""#, " for USD 3 to 5"),
    (r#""USD 5 million""#, r#""USD >=2 billion""#, " for at least USD 5 million"),
    (r#""USD <=5 million""#, r#""USD 2 billion""#, " for at most USD 2 billion"),
    (r#""USD <=5 million""#, r#""USD >=2 billion""#, " for at most USD 5 million"),
    (r#""undisclosed""#, r#""USD 5 million""#, " for USD 5 million"),
    (r#""undisclosed""#, r#""undisclosed""#, " for an undisclosed amount"),
    (r#""USD 5 million""#, r#""EUR 4 million""#, " for USD 5 million (disputed)"),
];

#[test]
fn amounts_widen_to_the_range_over_all_claims() {
    for (one, other, expected) in AMOUNTS {
        let graph = with(&format!(
            r#"Sale(id: "one", seller: "a", buyer: "b", completed: "2014", amount: {one}, quotes: {{"s2014": ["so"]}}),
            Sale(claims_of: "one", seller: "a", buyer: "b", completed: "2014", amount: {other}, quotes: {{"s2016": ["so"]}})"#
        ));
        let relation = graph.view().entity("a").unwrap().neighbors(RelationKind::SellsTo).next().unwrap().0;
        assert_eq!(relation.details(), *expected, "{one}, {other}");
        // Not disclosing an amount does not deny it.
        let is_silent = one.contains("undisclosed") != other.contains("undisclosed");
        let expected = if is_silent { "done 2014" } else { "done 2014, disputed" };
        assert_eq!(relation.date_note(), expected, "{one}, {other}");
    }
    let graph = sale();
    let amount = |view: View<'_>| {
        let relation = view.relations().next().unwrap();
        let json = serde_json::to_value(relation).unwrap();
        assert_eq!(json["amount"]["text"], relation.amount().unwrap().to_string());
        relation.amount().unwrap().to_string()
    };
    assert_eq!(amount(graph.view()), "USD 120..140 million");
    assert_eq!(amount(graph.view().claims(Claims::Newest)), "USD 120 million");
    assert_eq!(amount(graph.view().claims(Claims::Official)), "USD 0.14 billion");
}

#[test]
fn shares_widen_in_the_verb() {
    let rows = [
        ("51%", "60%", "owns 51% to 60% of"),
        ("60%", "51%..55%", "owns 51% to 60% of"),
        ("51%", "51%", "owns 51% of"),
        ("undisclosed", "51%", "owns 51% of"),
        ("51%", "undisclosed", "owns 51% of"),
        ("majority", "40%", "owns 40% to 100% of"),
    ];
    for (one, other, expected) in rows {
        let graph = with(&format!(
            r#"Ownership(id: "one", owner: "a", owned: "b", share: "{one}", unsourced: true),
            Ownership(claims_of: "one", owner: "a", owned: "b", share: "{other}", unsourced: true)"#
        ));
        assert_eq!(graph.view().relations().next().unwrap().phrase(), expected);
    }
}

/// The claims' amounts and other fields; whether they are disputed; and the sources of the amount, if cited
/// separately.
#[test]
fn who_does_not_disclose_a_figure_denies_none() {
    for (one, other, disputed, sources) in [
        (r#"amount: "undisclosed""#, r#"amount: "USD 30 million""#, false, "s2014"),
        (
            r#"announced: "2012""#,
            r#"announced: "2012", amount: "USD 30 million", confidence: Rumoured"#,
            false,
            "s2014",
        ),
        (r#"amount: "USD 30 million""#, r#"amount: "undisclosed""#, false, "s2010"),
        // Two figures.
        (r#"amount: "USD 20 million""#, r#"amount: "USD 30 million""#, true, ""),
        // Another day, too.
        (
            r#"announced: "2012", amount: "undisclosed""#,
            r#"announced: "2013", amount: "USD 30 million""#,
            true,
            "s2014",
        ),
        (r#"share: "undisclosed""#, r#"share: "30%""#, false, ""),
        (r#"share: "20%""#, r#"share: "30%""#, true, ""),
        // Nothing differs: why there are two claims is not stated.
        (r#"amount: "undisclosed""#, r#"amount: "undisclosed""#, true, ""),
    ] {
        let graph = with(&format!(
            r#"Acquisition(id: "one", acquirer: "a", target: "b", {one}, evidence: [(source: "s2010")]),
               Acquisition(id: "other", claims_of: "one", acquirer: "a", target: "b", {other}, evidence: [(source: "s2014")])"#
        ));
        let relation = graph.view().relations().find(|relation| relation.fact().is_some()).unwrap();
        assert_eq!(relation.is_disputed(), disputed, "{one} and {other}");
        let cited: Vec<_> = relation.amount_evidence().iter().map(|said| said.source().id()).collect();
        assert_eq!(cited.join(" "), sources, "{one} and {other}");
    }
}

/// Each claim alone is no more certain than all claims together, in every question that lists facts.
#[test]
fn a_claim_is_no_more_certain_than_all_claims() {
    let graph = with(
        r#"Sale(id: "early", seller: "a", buyer: "b", completed: "2010", quotes: {"s2014": ["so"]}),
        Sale(id: "late", claims_of: "early", seller: "a", buyer: "b", completed: "2012", quotes: {"s2014": ["so"]}),
        Supply(id: "to-b", supplier: "a", customer: "b", since: "2010", quotes: {"s2014": ["so"]}),
        Supply(id: "to-c", claims_of: "to-b", supplier: "a", customer: "c", since: "2010", quotes: {"s2014": ["so"]})"#,
    );
    let certainty = |when: &str, id: &str| {
        let view = graph.as_of(date(when));
        view.facts().find(|fact| fact.id() == id).map(|fact| letter(fact.certainty()))
    };
    // Of 2011 only one claim says that it was sold by then.
    assert_eq!((certainty("2011", "early"), certainty("2011", "late")), (Some('p'), None));
    assert_eq!((certainty("2013", "early"), certainty("2013", "late")), (Some('c'), Some('c')));
    // Another claim names somebody else.
    assert_eq!((certainty("2013", "to-b"), certainty("2013", "to-c")), (Some('p'), Some('p')));
    let sure = graph.as_of(date("2011")).certain();
    assert_eq!((deals(sure), sure.facts().count()), (String::new(), 0));
    let newest = graph.as_of(date("2011")).claims(Claims::Newest);
    assert_eq!(newest.facts().filter(|fact| fact.kind() == FactKind::Sale).count(), 1);
}

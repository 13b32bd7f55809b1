//! Facts as deals: filters, order, and what could not be compared.

use keiretsu::{Certainty, DealOrder, Deals, FactKind, Graph, RelationKind};
use proptest::prelude::*;

use super::{Made, MadeFact, entity, fact_id, made_graphs};
use crate::property::cases;

/// The question, as plain values.
#[derive(Clone, Debug)]
struct Asked {
    parties: Vec<usize>,
    kinds: Vec<FactKind>,
    relation: Option<RelationKind>,
    since: Option<u16>,
    until: Option<u16>,
    min: Option<u16>,
}

fn asked() -> impl Strategy<Value = Asked> {
    let kinds = [FactKind::Sale, FactKind::Partnership, FactKind::Link, FactKind::Position];
    let relations =
        [RelationKind::Divests, RelationKind::PartnersWith, RelationKind::IsUnitOf, RelationKind::Sues];
    (
        prop::collection::vec(0..6_usize, 0..3),
        prop::collection::vec(prop::sample::select(kinds.to_vec()), 0..3),
        prop::option::weighted(0.3, prop::sample::select(relations.to_vec())),
        prop::option::weighted(0.3, 2009..2017_u16),
        prop::option::weighted(0.3, 2009..2017_u16),
        prop::option::weighted(0.4, 1..12_u16),
    )
        .prop_map(|(parties, kinds, relation, since, until, min)| Asked {
            parties,
            kinds,
            relation,
            since,
            until,
            min,
        })
}

/// Whether the amount may reach this many dollars; otherwise why that is unknown.
fn reaches(amount: Option<&str>, min: u16) -> Result<bool, &'static str> {
    match amount {
        None | Some("undisclosed") => Err("no amount"),
        Some("USD 5") => Ok(min <= 5),
        Some("USD 3..9") => Ok(min <= 9),
        Some(_) => Err("other currency"),
    }
}

/// The numbers of the deals in order; and how many have no date, no amount, another currency.
fn naive(made: &Made, asked: &Asked) -> (Vec<usize>, [usize; 3]) {
    let mut deals: Vec<(Option<u16>, usize)> = Vec::new();
    let mut left_out = [0; 3];
    let is_deal = |fact: &MadeFact| {
        use FactKind::{JointVenture, Partnership, Sale, Supply};
        matches!(fact.kind, Partnership | JointVenture | Sale | Supply)
    };
    for (n, fact) in made.facts.iter().enumerate() {
        let projected = asked.relation.is_some_and(|kind| fact.edges().iter().any(|(k, ..)| *k == kind));
        let any_kind = asked.kinds.is_empty() && asked.relation.is_none();
        let kind = if any_kind { is_deal(fact) } else { asked.kinds.contains(&fact.kind) || projected };
        if !kind || !asked.parties.iter().all(|party| fact.parties.iter().flatten().any(|p| p == party)) {
            continue;
        }
        let done = (fact.state == super::State::Completed).then_some(2020);
        let year = fact.year.or(done);
        let is_within = |year: &u16| {
            asked.since.is_none_or(|since| *year >= since) && asked.until.is_none_or(|until| *year <= until)
        };
        if year.is_none() && (asked.since.is_some() || asked.until.is_some()) {
            left_out[0] += 1;
        } else if year.is_some() && !fact.year.iter().chain(&done).any(is_within) {
        } else {
            match asked.min.map_or(Ok(true), |min| reaches(fact.amount, min)) {
                Ok(true) => deals.push((year, n)),
                Ok(false) => {}
                Err("no amount") => left_out[1] += 1,
                Err(_) => left_out[2] += 1,
            }
        }
    }
    deals.sort_by_key(|(year, n)| (year.is_none(), *year, *n));
    (deals.into_iter().map(|(_, n)| n).collect(), left_out)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn deals_are_those_of_a_naive_filter(made in made_graphs(6, 10), asked in asked()) {
        let graph = made.graph();
        let mut deals = graph.view().deals();
        let parties = asked.parties.iter().map(|party| party % made.kinds.len()).collect();
        let asked = Asked { parties, ..asked };
        for party in &asked.parties {
            deals = deals.with(entity(&graph, *party));
        }
        deals = asked.kinds.iter().fold(deals, |deals, kind| deals.kind(*kind));
        deals = asked.relation.into_iter().fold(deals, keiretsu::Deals::relation_kind);
        deals = asked.since.into_iter().fold(deals, |deals, year| deals.since(year.to_string().parse().unwrap()));
        deals = asked.until.into_iter().fold(deals, |deals, year| deals.until(year.to_string().parse().unwrap()));
        let money = |usd: u16| format!("USD {usd}").parse().unwrap();
        deals = asked.min.into_iter().fold(deals, |deals, usd| deals.at_least(money(usd)));
        let found = deals.run();
        let (expected, left_out) = naive(&made, &asked);
        let ids: Vec<_> = found.facts().map(|fact| fact.id().to_owned()).collect();
        prop_assert_eq!(ids, expected.iter().map(|n| fact_id(*n).to_string()).collect::<Vec<_>>());
        prop_assert_eq!([found.undated(), found.no_amount(), found.other_currency()], left_out);
    }
}

/// A relation that a fact projects only when it has a party, or is tied to another fact.
#[test]
fn a_relation_kind_asks_for_facts_that_project_it() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B") },
            products: { "p": (name: "P") },
            units: { "u": (name: "U", of: "a") },
            facts: [
                Distribution(id: "own", distributor: "a", of: "p", unsourced: true),
                Distribution(id: "for-b", distributor: "a", principal: "b", unsourced: true),
                Supply(id: "tied", supplier: "a", customer: "b", tied_to: ["own"], unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let ids = |kind| {
        let deals = graph.view().deals().relation_kind(kind).run();
        deals.facts().map(|fact| fact.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(RelationKind::DistributesFor), ["for-b"]);
    assert_eq!(ids(RelationKind::Distributes), ["own"]);
    assert_eq!(ids(RelationKind::IsLinkedTo), ["tied"]);
    assert!(ids(RelationKind::IsUnitOf).is_empty());
}

/// Dates that mean the same days are sorted by id; those that may begin earlier come first.
#[test]
fn deals_stand_in_the_order_of_dates_then_ids() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B") },
            facts: [
                Supply(id: "z", supplier: "a", customer: "b", unsourced: true),
                Supply(id: "y", supplier: "a", customer: "b", unsourced: true),
                Supply(id: "d", supplier: "a", customer: "b", since: "2016", unsourced: true),
                Supply(id: "c", supplier: "a", customer: "b", since: "2016-01", unsourced: true),
                Supply(id: "b", supplier: "a", customer: "b", since: "2016", unsourced: true),
                Supply(id: "a", supplier: "a", customer: "b", since: "../2016", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let ids: Vec<_> = graph.view().deals().run().facts().map(|fact| fact.id().to_owned()).collect();
    assert_eq!(ids, ["a", "c", "b", "d", "y", "z"]);
}

fn ids(deals: &Deals<'_>) -> String {
    deals.run().facts().map(|fact| fact.id().to_owned()).collect::<Vec<_>>().join(" ")
}

/// Amounts, dates and names, so that each order is another one.
fn sorted() -> Graph {
    Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "Zeta"), "b": (name: "alpha"), "c": (name: "Beta") },
            facts: [
                Sale(id: "range", seller: "a", buyer: "b", completed: "2011", amount: "USD 4..9 million", unsourced: true),
                Sale(id: "exact", seller: "b", buyer: "c", completed: "2012", amount: "USD 5 million", unsourced: true),
                Sale(id: "open", seller: "c", buyer: "a", completed: "2013", amount: "USD >=4 million", unsourced: true),
                Sale(id: "above", seller: "c", buyer: "a", completed: "2013", amount: "USD >4 million", unsourced: true),
                Sale(id: "at-most", seller: "c", buyer: "a", completed: "2014", amount: "USD <=3 million", unsourced: true),
                Sale(id: "hidden", seller: "a", buyer: "b", completed: "2015", amount: "undisclosed", unsourced: true),
                Sale(id: "euro", seller: "a", buyer: "b", completed: "2016", amount: "EUR 1 million", unsourced: true),
                Sale(id: "none", seller: "b", buyer: "a", completed: "2010", unsourced: true),
                Sale(id: "undated", seller: "b", buyer: "a", amount: "USD 5 million", unsourced: true),
            ],
        )"#,
    )
    .unwrap()
}

#[test]
fn deals_are_sorted_as_asked() {
    let graph = sorted();
    let deals = || graph.view().deals();
    assert_eq!(ids(&deals()), "none range exact above open at-most hidden euro undated");
    assert_eq!(ids(&deals().sort(DealOrder::Date)), ids(&deals()));
    // One currency after the other. Of equal lower bounds, the higher upper bound comes first.
    assert_eq!(
        ids(&deals().sort(DealOrder::Amount)),
        "euro exact undated above open range at-most hidden none"
    );
    // alpha, Beta, Zeta: in any case of letters, then by date.
    assert_eq!(
        ids(&deals().sort(DealOrder::Name)),
        "none exact undated above open at-most range hidden euro"
    );
    // The currency asked for comes first, though there is no rate for euros.
    assert_eq!(
        ids(&deals().currency("USD".parse().unwrap()).sort(DealOrder::Amount)),
        "exact undated above open range at-most euro hidden none"
    );
    // A euro is worth less than two dollars here, and more than one.
    let in_dollars = deals().currency("USD".parse().unwrap()).rate("EUR=4.5@2016".parse().unwrap());
    assert_eq!(
        ids(&in_dollars.sort(DealOrder::Amount)),
        "exact undated euro above open range at-most hidden none"
    );
}

#[test]
fn the_first_deals_and_how_many_follow() {
    let graph = sorted();
    let cut = |skip: usize, top: usize| {
        let list = graph.view().deals().sort(DealOrder::Amount).skip(skip).top(top).run();
        (list.facts().map(|fact| fact.id().to_owned()).collect::<Vec<_>>().join(" "), list.more())
    };
    assert_eq!(cut(0, 2), ("euro exact".to_owned(), 7));
    assert_eq!(cut(7, 2), ("hidden none".to_owned(), 0));
    assert_eq!(cut(0, 9).1, 0);
    assert_eq!(cut(20, 2), (String::new(), 0));
}

/// A deal, and whether and when it ends before 2020.
const ENDINGS: &[(&str, &str)] = &[
    // Its own dates. It is not in force on the day it ends.
    (r#"since: "2010", until: "2019-12-31""#, "ends 2019-12-31"),
    (r#"since: "2010", until: "2020-01-01""#, "ends 2020-01-01"),
    (r#"since: "2010", until: "2020-01-02""#, ""),
    (r#"since: "2010", until: "2019-06/2020-06""#, "possibly ends 2019-06-01/2020-06-30"),
    (r#"since: "2010", until: "2019/..""#, "possibly ends on or after 2019-01-01"),
    (r#"since: "2010", until: "unknown""#, "possibly ended, not known when"),
    // Its term: the day this long after.
    (r#"since: "2010-03-01", term: "5 years""#, "ends 2015-03-01"),
    (r#"since: "2010-01-01", term: "10 years""#, "ends 2020-01-01"),
    (r#"since: "2010", term: "10 years""#, "possibly ends 2020"),
    (r#"since: "2010-01-02", term: "10 years""#, ""),
    (r#"announced: "2010", status: Announced, term: "2 years""#, "possibly ends on or after 2012-01-01"),
    // No end is stated, or that there is none.
    (r#"since: "2010""#, "no end"),
    (r#"since: "2010", until: "open""#, ""),
    (r#"since: "2010", term: "perpetual""#, ""),
    // What never began does not end.
    (r#"status: Sought, term: "2 years""#, ""),
    (r#"announced: "2010", withdrawn: "2011", term: "2 years""#, ""),
];

#[test]
fn deals_that_end_before_a_date() {
    for (fields, expected) in ENDINGS {
        let text = format!(
            r#"Graph(
                companies: {{ "a": (name: "A"), "b": (name: "B") }},
                facts: [Supply(supplier: "a", customer: "b", {fields}, unsourced: true)],
            )"#
        );
        let graph = Graph::from_ron(&text).unwrap();
        let list = graph.view().deals().ending_before("2020".parse().unwrap()).run();
        let found = list.deals().next().map(|deal| deal.end.unwrap());
        let told = match (found, list.no_end()) {
            (Some(end), 0) => {
                assert_eq!(end.certainty == Certainty::Possible, end.to_string().starts_with("possibly"));
                end.to_string()
            }
            (None, 0) => String::new(),
            (None, 1) => "no end".to_owned(),
            other => panic!("{other:?}"),
        };
        assert_eq!(told, *expected, "{fields}");
    }
}

#[test]
fn events_end_deals_and_have_no_end_themselves() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
            patents: { "p": (name: "P") },
            facts: [
                Supply(id: "first", supplier: "a", customer: "b", signed: "2013", unsourced: true),
                Supply(id: "second", supplier: "a", customer: "b", signed: "2015", replaces: "first", unsourced: true),
                License(id: "license", licensor: "a", licensee: "b", of: "p", since: "2014", unsourced: true),
                Succession(id: "merger", predecessor: "a", successor: "c", how: Merger, completed: "2017-03-01", unsourced: true),
                Sale(id: "sale", seller: "b", buyer: "c", completed: "2016", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let found = |date: &str| {
        let list = graph.view().deals().ending_before(date.parse().unwrap()).run();
        let ends = list.deals().map(|deal| format!("{} {}", deal.fact.id(), deal.end.unwrap()));
        (ends.collect::<Vec<_>>(), list.no_end())
    };
    assert_eq!(found("2015-06"), (vec!["first possibly ends 2015".to_owned()], 0));
    assert_eq!(found("2017"), (vec!["first ends 2015".to_owned()], 0));
    // The merger ends all that is still of A.
    let all = ["first ends 2015", "license ends 2017-03-01", "second ends 2017-03-01"];
    assert_eq!(found("2018"), (all.map(str::to_owned).to_vec(), 0));
}

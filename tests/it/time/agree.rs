//! All questions agree on which relations are in force: random graphs of stakes, holdings, sales, successions, ends
//! and replacements, on random days.

use std::collections::BTreeSet;

use keiretsu::{Certainty, Change, Direction, FactKind, Graph, Relation, RelationKind, Right, View};
use proptest::prelude::*;

use super::{date, with};

pub(super) const DAYS: &[&str] = &["2010", "2011-06", "2012", "2012-06-15", "2013-03", "2014", "2015-01-01"];
const COMPANIES: [&str; 5] = ["a", "b", "c", "d", "e"];
const SHARES: &[&str] = &["10%", "20%", "30%..40%", "1/3", "majority"];

/// Kind, from, to, fact with those who hold jointly, rule, certainty.
type Edge = (RelationKind, String, String, String, &'static str, Option<Certainty>);

fn edge(relation: Relation<'_>) -> Edge {
    // A symmetric relation reads the same from both ends.
    let (from, to) = (relation.from().id().to_owned(), relation.to().id().to_owned());
    let (from, to) = if relation.kind().is_symmetric() && from > to { (to, from) } else { (from, to) };
    let mut fact = relation.fact().map_or(String::new(), |fact| fact.id().to_owned());
    // One may have a stake alone and another jointly, by the same event.
    relation.joint_parties().iter().for_each(|holder| fact.push_str(&format!(" {}", holder.id())));
    (relation.kind(), from, to, fact, relation.derived().map_or("", |rule| rule.name()), relation.certainty())
}

/// The same relation, whatever its certainty.
fn is_same(one: &Edge, other: &Edge) -> bool {
    (one.0, &one.1, &one.2, &one.3, one.4) == (other.0, &other.1, &other.2, &other.3, other.4)
}

/// A fact of a kind that ends something, or can be ended.
fn fact() -> impl Strategy<Value = String> {
    let day = || prop::sample::select(DAYS);
    let party = || prop::sample::select(&COMPANIES[..]);
    let parties =
        || prop::collection::vec(party(), 1..3).prop_map(|some| format!(r#"["{}"]"#, some.join(r#"", ""#)));
    let stake = (parties(), party(), prop::sample::select(SHARES), day(), prop::option::weighted(0.2, day()))
        .prop_map(|(owner, owned, share, since, until)| {
            let until = until.map_or(String::new(), |until| format!(r#", until: "{until}""#));
            format!(
                r#"Ownership(owner: {owner}, owned: "{owned}", share: "{share}", since: "{since}"{until}"#
            )
        });
    let reading =
        (parties(), party(), prop::sample::select(SHARES), day()).prop_map(|(owner, owned, share, day)| {
            format!(r#"Ownership(owner: {owner}, owned: "{owned}", share: "{share}", as_of: "{day}""#)
        });
    let bought = (party(), parties(), party(), prop::option::of(prop::sample::select(SHARES)), day(), any::<bool>())
        .prop_map(|(buyer, seller, target, share, day, done)| {
            let share = share.map_or(String::new(), |share| format!(r#", share: "{share}""#));
            let when = if done { "completed" } else { "announced" };
            format!(r#"Acquisition(acquirer: "{buyer}", seller: {seller}, target: "{target}"{share}, {when}: "{day}""#)
        });
    let held = (party(), day()).prop_map(|(holder, since)| {
        format!(r#"Holding(holder: "{holder}", of: ["t", "w"], since: "{since}""#)
    });
    let sold = (party(), party(), day()).prop_map(|(seller, buyer, day)| {
        format!(r#"Sale(seller: "{seller}", buyer: "{buyer}", of: "t", completed: "{day}""#)
    });
    let ended = (party(), day())
        .prop_map(|(of, day)| format!(r#"Event(of: "{of}", what: Dissolved, completed: "{day}""#));
    let merged = (party(), party(), prop::sample::select(&["Merger", "Split", "SpinOff"][..]), day())
        .prop_map(|(successor, predecessor, how, day)| {
            format!(r#"Succession(successor: "{successor}", predecessor: "{predecessor}", how: {how}, completed: "{day}""#)
        });
    let partners = (party(), party(), day()).prop_filter("two", |(one, other, _)| one != other).prop_map(
        |(one, other, since)| format!(r#"Partnership(between: ["{one}", "{other}"], since: "{since}""#),
    );
    prop_oneof![3 => stake, 1 => reading, 3 => bought, 1 => held, 2 => sold, 1 => ended, 1 => merged, 2 => partners]
}

/// The facts of a graph.
pub(super) fn facts() -> impl Strategy<Value = Vec<String>> {
    let linked = (fact(), prop::option::weighted(0.2, 0..6_usize), any::<bool>());
    prop::collection::vec(linked, 1..8).prop_map(|facts| {
        let text = |(n, (fact, other, is_claim)): (usize, &(String, Option<usize>, bool))| {
            let link = match other.filter(|other| *other < n) {
                Some(other) if *is_claim => format!(r#", claims_of: "f{other}""#),
                Some(other) => format!(r#", replaces: "f{other}""#),
                None => String::new(),
            };
            format!(r#"{fact}, id: "f{n}"{link}, unsourced: true)"#)
        };
        facts.iter().enumerate().map(text).collect()
    })
}

/// What the rows of one entity after the other say.
fn by_entity(view: View<'_>) -> BTreeSet<Edge> {
    view.entities().flat_map(|entity| entity.relations().collect::<Vec<_>>()).map(edge).collect()
}

/// Every command asks the library one of these questions; all must agree.
fn agrees(graph: &Graph, view: View<'_>, is_whole: bool) -> Result<(), TestCaseError> {
    let all: Vec<Relation<'_>> = view.relations().collect();
    let edges: BTreeSet<Edge> = all.iter().copied().map(edge).collect();
    prop_assert_eq!(&by_entity(view), &edges);
    for start in view.entities() {
        let near = start.traverse().direction(Direction::Both).max_hops(1).run();
        let reached: BTreeSet<&str> =
            near.entities().filter(|one| *one != start).map(|one| one.id()).collect();
        let touching = start.relations().map(|relation| relation.object()).filter(|one| *one != start);
        prop_assert_eq!(reached, touching.map(|one| one.id()).collect());
        // What is no longer in force is not in force, and every lasting fact is one or the other.
        for over in start.no_longer_in_force() {
            prop_assert!(view.facts().all(|fact| fact != over), "{}", over.id());
            prop_assert!(!over.endings().is_empty() || over.is_over(), "{}", over.id());
        }
    }
    // A lasting fact is shown if one of its relations is.
    for fact in graph.view().facts().filter(|fact| !fact.kind().row().event && fact.claims().is_empty()) {
        let shows = view.facts().any(|other| other == fact);
        let is_told =
            all.iter().any(|relation| relation.fact() == Some(fact) && relation.derived().is_none());
        prop_assert_eq!(shows, is_told, "{}", fact.id());
    }
    let pairs = |kind| {
        let own = edges.iter().filter(move |edge| edge.0 == kind && edge.1 != edge.2);
        own.map(|edge| (edge.1.clone(), edge.2.clone())).collect::<BTreeSet<_>>()
    };
    let partners: BTreeSet<_> = view
        .partners()
        .run()
        .0
        .iter()
        .map(|pair| {
            let (one, other) = (pair.company.id().to_owned(), pair.partner.id().to_owned());
            if one < other { (one, other) } else { (other, one) }
        })
        .collect();
    prop_assert_eq!(partners, pairs(RelationKind::PartnersWith));
    // Whoever has a stake in force counts as a holder, and nobody else.
    let ownership = view.ownership();
    let holders: BTreeSet<_> = view
        .entities()
        .flat_map(|company| {
            let held = view.entities().filter(move |holder| *holder != company);
            held.filter(|holder| !ownership.stated(Right::Equity, *holder, company).is_empty())
                .map(|holder| (holder.id().to_owned(), company.id().to_owned()))
                .collect::<Vec<_>>()
        })
        .collect();
    let stakes = pairs(RelationKind::OwnsShareOf);
    prop_assert!(holders.is_subset(&stakes));
    // If the newest reading is only possible, a view of what is certain shows the previous one, and neither counts.
    if is_whole {
        prop_assert_eq!(holders, stakes);
    }
    Ok(())
}

/// The changes between two days lead from what was in force on one to what is on the other.
fn diff_agrees(graph: &Graph, from: &str, to: &str) -> Result<(), TestCaseError> {
    let on = |day: &str| graph.as_of(date(day)).relations().map(edge).collect::<BTreeSet<_>>();
    let mut now = on(from);
    for change in graph.view().diff(date(from), date(to)) {
        let mut own = edge(change.relation);
        own.5 = change.before;
        // A changed share may come from another statement, with the previous one over.
        let earlier = change.earlier.map(edge);
        let is_over = |earlier: &_| !on(to).iter().any(|one| is_same(one, earlier));
        if let Some(earlier) = earlier.filter(is_over) {
            prop_assert!(now.remove(&earlier), "{:?}", earlier);
        }
        if change.before.is_some() {
            prop_assert!(now.remove(&own), "{:?}", own);
        }
        own.5 = change.after;
        if change.change != Change::Ended {
            prop_assert!(now.insert(own));
        }
    }
    prop_assert_eq!(now, on(to));
    Ok(())
}

proptest! {
    #![proptest_config(crate::property::cases(1_000))]

    #[test]
    fn every_question_tells_the_same_relations_in_force(
        facts in facts(),
        days in prop::collection::vec(prop::sample::select(DAYS), 2),
    ) {
        let graph = with(&facts.join(", "));
        for day in &days {
            let view = graph.as_of(date(day));
            agrees(&graph, view, true)?;
            agrees(&graph, view.certain(), false)?;
        }
        let again = Graph::from_ron(&keiretsu::to_ron(&graph.to_records())).unwrap();
        prop_assert_eq!(by_entity(again.as_of(date(days[0]))), by_entity(graph.as_of(date(days[0]))));
        diff_agrees(&graph, days[0], days[1])?;
        // The results of sales grow with the facts, not with their combinations.
        let events = graph.view().facts().filter(|fact| fact.kind() != FactKind::Partnership).count();
        prop_assert!(graph.as_of(date("2016")).relations().count() <= 40 * (events + 8));
    }
}

//! Purchases next to stated stakes, first readings, and changed shares: which statement counts, and which is shown.

use keiretsu::{Change, Entity, Graph, OwnerRule, ReadingOrder};

/// Of Delta 30% is stated and 20% bought later; of Elm 51% is bought and 60% stated later; of Fir there are two readings.
fn graph() -> Graph {
    let text = r#"Graph(
        companies: {
            "oak": (name: "Oak"), "delta": (name: "Delta"), "elm": (name: "Elm"), "fir": (name: "Fir"),
        },
        facts: [
            Ownership(id: "stated", owner: "oak", owned: "delta", share: "30%", as_of: "2019", unsourced: true),
            Acquisition(id: "more", acquirer: "oak", target: "delta", share: "20%", completed: "2021-05-01", unsourced: true),
            Acquisition(id: "bought", acquirer: "oak", target: "elm", share: "51%", completed: "2021-05-01", unsourced: true),
            Ownership(id: "found", owner: "oak", owned: "elm", share: "60%", as_of: "2022", unsourced: true),
            Ownership(id: "old", owner: "oak", owned: "fir", share: "30%", as_of: "2020-12-31", unsourced: true),
            Ownership(id: "new", owner: "oak", owned: "fir", share: "45%", as_of: "2022-12-31", unsourced: true),
        ],
    )"#;
    Graph::from_ron(text).unwrap_or_else(|error| panic!("{error}"))
}

/// "stated 30% changed: more 50%".
fn others(company: Entity<'_>) -> Vec<String> {
    let told = |relation: keiretsu::Relation<'_>| {
        format!("{} {}", relation.fact().unwrap().id(), relation.share().unwrap().words())
    };
    let readings = company.other_readings().into_iter();
    readings.map(|one| format!("{} {}: {}", told(one.relation), one.why.name(), told(one.counted))).collect()
}

fn share(company: Entity<'_>) -> String {
    let owners = company.view().ownership().owners(company, OwnerRule::Multiply).unwrap();
    owners.rows[0].share.to_string()
}

#[test]
fn what_a_purchase_was_added_to_is_told() {
    let graph = graph();
    for view in [graph.view(), graph.as_of("2023".parse().unwrap())] {
        let delta = view.find("Delta").unwrap();
        assert_eq!(
            (share(delta), others(delta)),
            ("50%".to_owned(), vec!["stated 30% changed: more 50%".to_owned()])
        );
    }
    let before = graph.as_of("2020-06".parse().unwrap());
    let delta = before.find("Delta").unwrap();
    assert_eq!((share(delta), others(delta).len()), ("30%".to_owned(), 0));
}

#[test]
fn a_purchase_that_a_later_statement_replaces_is_told() {
    let graph = graph();
    for view in [graph.view(), graph.as_of("2023".parse().unwrap())] {
        let elm = view.find("Elm").unwrap();
        assert_eq!(
            (share(elm), others(elm)),
            ("60%".to_owned(), vec!["bought 51% older: found 60%".to_owned()])
        );
    }
    // Between the two the purchase counts, as an earlier reading would.
    let between = graph.as_of("2021-08".parse().unwrap());
    let elm = between.find("Elm").unwrap();
    assert_eq!((share(elm), others(elm)), ("51%".to_owned(), vec!["found 60% later: bought 51%".to_owned()]));
}

#[test]
fn of_days_before_the_first_reading_it_is_told_which_that_is() {
    let graph = graph();
    let fir = graph.as_of("2020-06".parse().unwrap()).find("Fir").unwrap();
    assert_eq!((share(fir), others(fir)), ("unknown".to_owned(), vec!["old 30% first: old 30%".to_owned()]));
    assert_eq!(fir.other_readings()[0].why, ReadingOrder::First);
    let between = graph.as_of("2021-06".parse().unwrap()).find("Fir").unwrap();
    assert_eq!(others(between), ["new 45% later: old 30%"]);
}

/// "share changed old 30% new 45%".
fn differences(graph: &Graph, from: &str, to: &str, about: Option<&str>) -> Vec<String> {
    let about = about.map(|name| graph.view().find(name).unwrap());
    let told = |relation: keiretsu::Relation<'_>| {
        let share = relation.share().map(|share| share.words().to_string()).unwrap_or_default();
        format!("{} {share}", relation.fact().unwrap().id())
    };
    let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
    let found = about.map_or_else(|| graph.view().diff(from, to), |entity| entity.diff(from, to));
    let found = found.into_iter().map(|one| {
        let earlier = one.earlier.map(|earlier| format!(" instead of {}", told(earlier))).unwrap_or_default();
        assert_eq!(one.earlier.is_some(), one.change == Change::Share);
        format!("{} {}{earlier}", one.change.name(), told(one.relation))
    });
    found.collect()
}

#[test]
fn a_newer_reading_is_a_changed_share() {
    let graph = graph();
    assert_eq!(
        differences(&graph, "2021-06", "2023", Some("Fir")),
        ["share changed new 45% instead of old 30%"]
    );
    assert_eq!(
        differences(&graph, "2021-06", "2023", None),
        ["share changed found 60% instead of bought 51%", "share changed new 45% instead of old 30%"]
    );
    // The first reading does not change a share: nothing before it is known.
    assert_eq!(differences(&graph, "2020-06", "2021-06", Some("Fir")), ["changed old 30%"]);
}

#[test]
fn a_purchase_of_more_is_a_changed_share() {
    let graph = graph();
    assert_eq!(
        differences(&graph, "2020-06", "2021-06", Some("Delta")),
        ["began more 20%", "share changed more 50% instead of stated 30%"]
    );
}

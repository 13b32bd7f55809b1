//! The second clock hides everything published later: sources, refutations, dates, figures, names.

use keiretsu::{Attribute, Claims, Confidence, Graph, Status, View};

use super::{date, letter, with};

/// The sources cited for the only fact, by each date.
#[test]
fn only_sources_published_by_then_are_cited() {
    let graph = with(
        r#"Partnership(between: ["a", "b"], since: "2000", evidence: [
            (source: "s2014"), (source: "s2016"), (source: "s0"), (source: "f0", stance: Refutes),
        ])"#,
    );
    let cited = |view: View<'_>| {
        let fact = view.facts().next().map(|fact| fact.evidence().collect::<Vec<_>>());
        let ids = fact.into_iter().flatten().map(|evidence| evidence.source().id());
        ids.collect::<Vec<_>>().join(" ")
    };
    for (by, expected) in [
        ("2014-06-14", ""),
        ("2014-06-15", "s2014 f0"),
        ("2016-04-30", "s2014 f0"),
        // It may have been published by then.
        ("2016-05-01", "s2014 s2016 f0"),
        ("2020", "s2014 s2016 f0"),
    ] {
        let view = graph.view().known_by(date(by));
        assert_eq!(cited(view), expected, "by {by}");
        let relation = view.relations().next().map(|relation| relation.evidence().len());
        assert_eq!(relation.unwrap_or(0), expected.split_whitespace().count(), "by {by}");
    }
    assert_eq!(cited(graph.view()), "s2014 s2016 s0 f0");
    let listed = |by: &str| graph.view().known_by(date(by)).sources().len();
    assert_eq!((listed("2009"), listed("2012"), listed("2016"), graph.view().sources().len()), (2, 4, 7, 8));
}

#[test]
fn what_refutes_it_later_does_not_refute_it_yet() {
    let graph = with(
        r#"Partnership(between: ["a", "b"], since: "2010", evidence: [
            (source: "s2014"), (source: "s2016", stance: Refutes),
        ])"#,
    );
    for (by, expected, disputed) in [("2015", 'c', false), ("2016-05-15", 'p', true), ("2017", 'p', true)] {
        let view = graph.as_of(date("2013")).known_by(date(by));
        let relation = view.relations().next().unwrap();
        assert_eq!((letter(relation.certainty()), relation.is_disputed()), (expected, disputed), "by {by}");
    }
}

#[test]
fn what_makes_it_official_later_does_not_yet() {
    let graph = with(
        r#"Partnership(between: ["a", "b"], since: "2009", evidence: [(source: "s2010"), (source: "f2012")])"#,
    );
    let confidence = |view: View<'_>| view.facts().next().unwrap().confidence();
    assert_eq!(confidence(graph.view().known_by(date("2011-06"))), Some(Confidence::Reported));
    assert_eq!(confidence(graph.view().known_by(date("2012-06"))), Some(Confidence::Confirmed));
    assert_eq!(confidence(graph.view()), Some(Confidence::Confirmed));
}

#[test]
fn the_newest_claim_is_the_newest_of_those_that_were_read() {
    let graph = with(
        r#"Partnership(id: "old", between: ["a", "b"], evidence: [(source: "f2012"), (source: "s2016")]),
           Partnership(id: "new", between: ["a", "b"], claims_of: "old", evidence: [(source: "s2014")])"#,
    );
    let newest = |view: View<'_>| {
        let ids: Vec<_> = view.claims(Claims::Newest).facts().map(|fact| fact.id()).collect();
        ids.join(" ")
    };
    assert_eq!(newest(graph.view()), "old");
    assert_eq!(newest(graph.view().known_by(date("2015"))), "new");
    assert_eq!(newest(graph.view().known_by(date("2013"))), "old");
    // In the middle of May 2016 the source of that month may have been published.
    assert_eq!(newest(graph.view().known_by(date("2016-05-15"))), "old");
}

#[test]
fn an_official_claim_that_may_have_been_read_counts_whatever_is_certain() {
    let graph = with(
        r#"Partnership(id: "old", between: ["a", "b"], evidence: [(source: "s2010")]),
           Partnership(id: "new", between: ["a", "b"], claims_of: "old", evidence: [(source: "f2012")])"#,
    );
    let view = graph.view().known_by(date("2011-12/2012-02")).claims(Claims::Official);
    let ids = |view: View<'_>| view.facts().map(|fact| fact.id()).collect::<Vec<_>>().join(" ");
    assert_eq!((ids(view).as_str(), ids(view.certain()).as_str()), ("new", ""));
}

/// An acquisition with these fields, seen by a date: status and sentence.
fn told(fields: &str, by: &str) -> (Option<Status>, String) {
    let graph = with(&format!(r#"Acquisition(acquirer: "a", target: "b", {fields})"#));
    let fact = graph.view().known_by(date(by)).facts().next().unwrap();
    (fact.status(), fact.sentence())
}

#[test]
fn a_day_that_a_later_source_told_is_not_told_yet() {
    const BOTH: &str = r#"evidence: [(source: "r2013"), (source: "s2014")]"#;
    const FIRST: &str = r#"evidence: [(source: "r2013")]"#;
    for (fields, sources, by, status, sentence) in [
        // The release of 2013-01-01 cannot have known what happened on 2014-04-25.
        (
            r#"announced: "2012-12-01", completed: "2014-04-25","#,
            BOTH,
            "2013-10",
            Status::Announced,
            "A acquires B (announced 2012-12-01)",
        ),
        (
            r#"announced: "2012-12-01", completed: "2014-04-25","#,
            BOTH,
            "2014-07",
            Status::Completed,
            "A acquires B (announced 2012-12-01, done 2014-04-25)",
        ),
        // No other source can have stated the date: it was planned.
        (
            r#"announced: "2012-12-01", completed: "2014-04-25","#,
            FIRST,
            "2013-10",
            Status::Announced,
            "A acquires B (announced 2012-12-01, to be done 2014-04-25)",
        ),
        // The release cannot have stated that it happened.
        (
            r#"announced: "2012-12-01", completed: "2014-04-25", status: Completed,"#,
            FIRST,
            "2013-10",
            Status::Announced,
            "A acquires B (announced 2012-12-01)",
        ),
        // Without any other date, only the publication remains.
        (r#"completed: "2014-04-25","#, BOTH, "2013-10", Status::Announced, "A acquires B (announced)"),
        // Called off later.
        (
            r#"announced: "2012-12-01", withdrawn: "2014-04-25","#,
            BOTH,
            "2013-10",
            Status::Announced,
            "A acquires B (announced 2012-12-01)",
        ),
        (
            r#"announced: "2012-12-01", withdrawn: "2014-04-25", status: Withdrawn,"#,
            BOTH,
            "2014-07",
            Status::Withdrawn,
            "A was to acquire B (announced 2012-12-01, withdrawn 2014-04-25)",
        ),
    ] {
        let (known, said) = told(&format!("{fields} {sources}"), by);
        assert_eq!((known, said.as_str()), (Some(status), sentence), "{fields} {sources} by {by}");
    }
}

#[test]
fn a_deal_that_was_called_off_later_counts_before() {
    let graph = with(
        r#"Acquisition(acquirer: "a", target: "b", announced: "2012-12-01", withdrawn: "2014-04-25",
            evidence: [(source: "r2013"), (source: "s2014")])"#,
    );
    let counts = |view: View<'_>| view.relations().next().unwrap().counts();
    assert!(!counts(graph.view()));
    assert!(counts(graph.view().known_by(date("2013-10"))));
    assert!(!counts(graph.view().known_by(date("2014-07"))));
    // As of a day after the withdrawal: in 2013 it was unknown, and the deal was pending.
    let pending = graph.as_of(date("2015")).known_by(date("2013-10")).relations().next();
    assert_eq!(letter(pending.unwrap().certainty()), 'p');
    let over = graph.as_of(date("2015")).known_by(date("2014-07"));
    assert_eq!(over.facts().count(), 0);
}

#[test]
fn what_follows_from_a_day_that_is_not_known_is_possible() {
    let graph = with(
        r#"Sale(seller: "a", buyer: "b", of: "t", announced: "2012-12-01", completed: "2014-04-25",
            evidence: [(source: "r2013"), (source: "s2014")])"#,
    );
    let lines = |by: &str| super::holdings(graph.as_of(date("2014-05")).known_by(date(by)));
    assert_eq!(lines("2014-07"), "b Holds t c buyer-holds");
    assert_eq!(lines("2013-10"), "a Holds t p seller-held; b Holds t p buyer-holds");
}

#[test]
fn a_figure_that_only_a_later_source_has_is_not_told_yet() {
    let graph = with(
        r#"Ownership(owner: "a", owned: "b", share: "30%", since: "2012", amount: "USD 5 million", evidence: [
            (source: "r2013", quote: "A has a stake of 30 percent in B"),
            (source: "s2014", quote: "It paid $5 million"),
        ])"#,
    );
    let known = |by: &str| {
        let fact = graph.view().known_by(date(by)).facts().next().unwrap();
        let share = fact.record().attributes.iter().any(|(attribute, _)| *attribute == Attribute::Share);
        (share, fact.amount().map(|amount| amount.to_string()))
    };
    assert_eq!(known("2013-10"), (true, None));
    assert_eq!(known("2014-07"), (true, Some("USD 5 million".to_owned())));
    let graph = with(
        r#"Ownership(owner: "a", owned: "b", share: "30%", since: "2012", evidence: [
            (source: "r2013", quote: "A has a stake in B"), (source: "s2014", quote: "30%"),
        ])"#,
    );
    let share = |by: &str| graph.view().known_by(date(by)).relations().next().unwrap().share();
    assert_eq!(share("2013-10").map(|share| share.to_string()), None);
    assert_eq!(share("2014-07").map(|share| share.to_string()).as_deref(), Some("30%"));
}

#[test]
fn facts_that_are_not_known_yet_are_not_named() {
    let graph = with(
        r#"Partnership(id: "whole", between: ["a", "b"], evidence: [(source: "s2014")]),
           Partnership(id: "leg", between: ["a", "c"], part_of: "whole", tied_to: ["whole"], evidence: [(source: "r2013")])"#,
    );
    let leg = |view: View<'_>| {
        let leg = view.fact("leg").unwrap();
        let record = leg.record();
        (leg.part_of().is_some(), leg.tied_to().count(), record.part_of.is_some(), record.tied_to.len())
    };
    assert_eq!(leg(graph.view().known_by(date("2013-10"))), (false, 0, false, 0));
    assert_eq!(leg(graph.view().known_by(date("2014-07"))), (true, 1, true, 1));
}

#[test]
fn entities_have_the_names_and_evidence_of_the_time() {
    let graph = Graph::from_ron(
        r#"Graph(
            sources: { "old": (title: "Old", published: "2001"), "new": (title: "New", published: "2011") },
            companies: { "a": (name: "Third", former_names: [("First", "2000"), ("Second", "2010-06")],
                evidence: [(source: "old", quote: "Second"), (source: "new", quote: "Third")]) },
        )"#,
    )
    .unwrap();
    let known = |view: View<'_>| {
        let entity = view.entity("a").unwrap();
        let record = entity.record();
        assert_eq!((record.name.as_str(), record.evidence.len()), (entity.name(), entity.evidence().count()));
        (record.name, record.former_names.len(), record.evidence.len())
    };
    let by = |when: &str| known(graph.view().known_by(date(when)));
    assert_eq!(known(graph.view()), ("Third".to_owned(), 2, 2));
    assert_eq!(by("1999"), ("First".to_owned(), 0, 0));
    // In the year of the change it need not have changed yet.
    assert_eq!(by("2000-06"), ("First".to_owned(), 0, 0));
    assert_eq!(by("2005"), ("Second".to_owned(), 1, 1));
    assert_eq!(by("2012"), ("Third".to_owned(), 2, 2));
}

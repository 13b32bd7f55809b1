//! Status and tense, as seen by the newest source.

use keiretsu::Status;

use super::{date, with};

const DEAL: &str =
    r#"Acquisition(acquirer: "a", target: "b", announced: "2009-09", completed: "2014-06-15", "#;

#[test]
fn whoever_writes_on_the_day_or_later_can_know_that_it_was_done() {
    for (evidence, status, words) in [
        // Published in 2010 and on 2014-06-15, in either order: the day itself is late enough.
        (r#"[(source: "s2010"), (source: "s2014")]"#, Status::Completed, "done 2014-06-15"),
        (r#"[(source: "s2014"), (source: "s2010")]"#, Status::Completed, "done 2014-06-15"),
        (r#"[(source: "s2010"), (source: "s2016")]"#, Status::Completed, "done 2014-06-15"),
        (r#"[(source: "s2016")]"#, Status::Completed, "done 2014-06-15"),
        // All are older: a plan.
        (r#"[(source: "s2010")]"#, Status::Announced, "to be done 2014-06-15"),
        (r#"[(source: "s2010"), (source: "r2013")]"#, Status::Announced, "to be done 2014-06-15"),
        // A source that denies or only mentions it says nothing about its status.
        (
            r#"[(source: "s2010"), (source: "s2016", stance: Mentions)]"#,
            Status::Announced,
            "to be done 2014-06-15",
        ),
        // No date at all: every day counts as past.
        (r#"[(source: "s0")]"#, Status::Completed, "done 2014-06-15"),
    ] {
        let graph = with(&format!("{DEAL} evidence: {evidence})"));
        let fact = graph.view().facts().next().unwrap();
        assert_eq!(fact.status(), Some(status), "{evidence}");
        assert_eq!(fact.sentence(), format!("A acquires B (announced 2009-09, {words})"), "{evidence}");
    }
    let stated = with(&format!(r#"{DEAL} status: Completed, evidence: [(source: "s2010")])"#));
    assert_eq!(stated.view().facts().next().unwrap().status(), Some(Status::Completed));
}

#[test]
fn what_is_over_is_told_in_the_past() {
    for (fact, sentence) in [
        (
            r#"Partnership(between: ["a", "b"], since: "2005", until: "2012", evidence: [(source: "s2014")])"#,
            "A partnered with B (since 2005, ended 2012)",
        ),
        (
            r#"Partnership(between: ["a", "b", "c"], since: "2005", until: "2012", evidence: [(source: "s2014")])"#,
            "A, B and C partnered with each other (since 2005, ended 2012)",
        ),
        // Told before the end: a plan.
        (
            r#"Partnership(between: ["a", "b"], since: "2005", until: "2012", evidence: [(source: "s2010")])"#,
            "A partners with B (since 2005, until 2012)",
        ),
        (
            r#"Ownership(owner: "a", owned: "b", share: "30%", until: "unknown", evidence: [(source: "s2010")])"#,
            "A owned 30% of B (ended, not known when)",
        ),
        (r#"Holding(holder: "a", of: "t", status: Ended, unsourced: true)"#, "A held T (ended)"),
        // Its term ran out at the end of 2013, and a source of 2014 saw it.
        (
            r#"License(licensor: "a", licensee: "b", of: "t", since: "2008-01-01", term: "5 years", evidence: [(source: "s2014")])"#,
            "A licensed to B: T (since 2008-01-01, for 5 years)",
        ),
        (
            r#"License(licensor: "a", licensee: "b", of: "t", since: "2012-01-01", term: "5 years", evidence: [(source: "s2014")])"#,
            "A licenses to B: T (since 2012-01-01, for 5 years)",
        ),
        (
            r#"License(licensor: "a", licensee: "b", of: "t", since: "2012-01-01", term: "5 years", unsourced: true)"#,
            "A licenses to B: T (since 2012-01-01, for 5 years)",
        ),
        // Events are worded as in headlines.
        (
            r#"Sale(seller: "a", buyer: "b", of: "t", completed: "2012", evidence: [(source: "s2014")])"#,
            "A sells to B: T (done 2012)",
        ),
        (
            r#"Partnership(between: ["a", "b"], since: "2005", withdrawn: "2004", until: "2012", evidence: [(source: "s2014")])"#,
            "A was to partner with B (from 2005, until 2012, withdrawn 2004)",
        ),
    ] {
        assert_eq!(with(fact).view().facts().next().unwrap().sentence(), sentence, "{fact}");
    }
}

#[test]
fn relations_are_told_in_the_past_from_both_ends_and_in_force_in_the_present() {
    let graph =
        with(r#"Holding(holder: "a", of: "t", since: "2005", until: "2012", evidence: [(source: "s2014")])"#);
    let told = |view: keiretsu::View<'_>, id: &str| {
        let entity = view.entity(id).unwrap();
        entity.relations().find(|relation| relation.fact().is_some()).map(|relation| relation.to_string())
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(told(graph.view(), "a"), some("A held T (since 2005, ended 2012)"));
    assert_eq!(told(graph.view(), "t"), some("T was held by A (since 2005, ended 2012)"));
    let then = graph.as_of(date("2010"));
    assert_eq!(told(then, "a"), some("A holds T (since 2005, until 2012)"));
    assert_eq!(told(then, "t"), some("T is held by A (since 2005, until 2012)"));
    // Somewhere in 2012 it ended.
    let amid = graph.as_of(date("2012-03"));
    assert_eq!(told(amid, "t"), some("T is possibly held by A (since 2005, until 2012)"));
    assert_eq!(told(graph.as_of(date("2013")), "t"), None);
    let label = graph.view().relations().find(|relation| relation.fact().is_some()).unwrap();
    assert_eq!((label.label(), label.told_label().as_str(), label.is_over()), ("holds", "holds", true));
    // By 2011 no source has stated the end.
    let early = with(
        r#"Holding(holder: "a", of: "t", since: "2005", until: "2012", evidence: [(source: "s2010"), (source: "s2014")])"#,
    );
    assert_eq!(told(early.view().known_by(date("2011")), "t"), some("T is held by A (since 2005)"));
}

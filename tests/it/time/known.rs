//! The second clock: what supporting sources had stated by a date.

use super::{date, letter, with};

/// The evidence of a partnership since 2000, and when it was known with which certainty.
const ROWS: &[(&str, &str)] = &[
    (
        r#"quotes: {"s2014": ["so"]}"#,
        "2014-06-14- 2014-06-15c 2014-06p 2014p 2015c 2013- 2014/..p ../2014p ../2013-",
    ),
    (r#"quotes: {"s2016": ["so"]}"#, "2016-04-30- 2016-05-01p 2016-05-30p 2016-05-31c 2016-05p"),
    (r#"quotes: {"s2010": ["so"]}"#, "2009-12-31- 2010-01-01p 2010-12-31c"),
    (r#"quotes: {"s2016": ["so"], "s2014": ["so"]}"#, "2014-06-14- 2014-06-15c"),
    (r#"quotes: {"s0": ["so"], "s2014": ["so"]}"#, "2014-06-14- 2014-06-15c"),
    // Without a dated source it is never known.
    (r#"quotes: {"s0": ["so"]}"#, "0001- 2016- 9999-12-31-"),
    ("unsourced: true", "2016- 9999-12-31-"),
    // Only support counts.
    (
        r#"evidence: [(source: "s2014", quote: "so", stance: Mentions), (source: "s2016", quote: "so")]"#,
        "2015- 2016-05-31c",
    ),
    (r#"evidence: [(source: "s2014", quote: "so", stance: Mentions)]"#, "2015- 2017-"),
    // Refuted: at most possible, from the date when a source says so.
    (
        r#"evidence: [(source: "s2014", quote: "so"), (source: "s2010", quote: "no", stance: Refutes)]"#,
        "2014-06-14- 2014-06-15p 2017p",
    ),
];

#[test]
fn facts_are_known_as_their_sources_say() {
    for (evidence, expected) in ROWS {
        let graph = with(&format!(r#"Partnership(between: ["a", "b"], since: "2000", {evidence})"#));
        for answer in expected.split_whitespace() {
            let (when, expected) = answer.split_at(answer.len() - 1);
            let view = graph.view().known_by(date(when));
            let found = view.relations().filter(|relation| relation.fact().is_some());
            let found: Vec<_> = found.map(|relation| letter(relation.certainty())).collect();
            let expected: Vec<char> = expected.chars().filter(|c| *c != '-').collect();
            assert_eq!(found, expected, "{evidence} by {when}");
            let facts: Vec<_> = view.facts().map(|fact| letter(fact.certainty())).collect();
            assert_eq!(facts, expected, "{evidence} by {when}");
            assert_eq!(view.certain().facts().count(), usize::from(expected == ['c']));
            // Both clocks at once: the lower certainty of the two.
            let both = view.as_of(date("2000-06-01")).facts().next().map(|fact| letter(fact.certainty()));
            assert_eq!(both, (!expected.is_empty()).then_some('p'));
        }
    }
}

#[test]
fn what_is_left_out_for_want_of_a_date_is_counted() {
    let facts: Vec<String> =
        ROWS.iter().map(|(evidence, _)| format!(r#"Partnership(between: ["a", "b"], {evidence})"#)).collect();
    let graph = with(&facts.join(", "));
    assert_eq!(graph.view().without_known_date(), 3);
    assert_eq!(graph.view().known_by(date("9999")).without_known_date(), 3);
    assert_eq!(graph.view().known_by(date("9999-12-31")).facts().count(), facts.len() - 3);
    assert_eq!(graph.view().facts().count(), facts.len());
}

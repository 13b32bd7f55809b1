//! Warnings that need judgement: what draws them, and what only looks like it.

use keiretsu::{Diagnostic, Graph};

fn check(text: &str) -> Vec<Diagnostic> {
    match Graph::from_ron(text) {
        Ok(graph) => graph.warnings().to_vec(),
        Err(error) => error.diagnostics().to_vec(),
    }
}

fn codes(text: &str) -> Vec<&'static str> {
    check(text).iter().map(|d| d.code.as_str()).collect()
}

#[test]
fn names_are_alike_by_a_slip_only() {
    let table = [
        ("Xiaomi", "Xioami", true),               // swapped
        ("Xiaomi", "Xiaomy", true),               // another letter
        ("Xiaomi", "Xiaom", true),                // one is missing
        ("Xiaomi", "XIAOMI", true),               // case
        ("Xiaomi", "Ｘｉａｏｍｉ", true),         // width
        ("Société Noire", "Societe Noire", true), // accents
        ("Xiaomi", "Xiaomi", true),               // the very same
        ("Brindle-Wick", "Brindlewick", true),    // punctuation
        ("Xiaomi", "Xaiomy", false),              // two slips
        ("Acme", "Acne", false),                  // four letters
        ("Acme Paper", "Acne Paper", false),      // in a word of four letters
        ("Galaxy S", "Galaxy A", false),          // a model
        ("Galaxy", "Galaxy S", false),            //
        ("Windows II", "Windows III", false),     //
        ("Redmi Note 3", "Redmi Note 4", false),  // a number
        ("Windows 1", "Windows 11", false),       //
        ("Notepad", "Notepad++", false),          // a sign that tells apart
        ("Orange SA", "Orange SE", false),        // legal forms
        ("Orange", "Orange Ltd", false),          //
        ("삼성전자부품", "삼성전기부품", false),  // no alphabet of single sounds
        ("Газпром", "Газпрем", true),             // another alphabet
    ];
    for (one, other, alike) in table {
        for (one, other) in [(one, other), (other, one)] {
            let text = format!(r#"Graph(products: {{ "a": (name: "{one}"), "b": (name: "{other}") }})"#);
            assert_eq!(codes(&text) == ["W0911"], alike, "{one}, {other}: {:?}", check(&text));
        }
    }
}

#[test]
fn dates_are_out_of_order_only_for_certain() {
    let table = [
        ("since: \"2016\", until: \"2016\"", false),
        ("since: \"2016-05-31\", until: \"2016-05-31\"", false),
        ("since: \"2016-06\", until: \"2016\"", false),
        ("since: \"2016-06\", until: \"../2016-05\"", true),
        ("since: \"../2016\", until: \"2015\"", false),
        ("since: \"2016\", until: \"2015/..\"", false),
        ("since: \"2016\", until: \"unknown\"", false),
        ("since: \"2016\", until: \"2015\"", true),
        ("signed: \"2016-05-02\", completed: \"2016-05-01\"", true),
        ("since: \"2016-01\", announced: \"2016-05\"", false), // told later
        ("since: \"2016-01\", signed: \"2016-05\"", false),    // holds from before
        ("announced: \"2016-05\", until: \"2016-04\"", false), // told after it was over
        ("announced: \"2016-05\", withdrawn: \"2016-04\"", true),
    ];
    for (dates, wrong) in table {
        let text = format!(
            r#"Graph(
                companies: {{ "a": (name: "A"), "b": (name: "B") }},
                facts: [ Supply(supplier: "a", customer: "b", {dates}, unsourced: true) ],
            )"#
        );
        assert_eq!(codes(&text) == ["W0907"], wrong, "{dates}: {:?}", check(&text));
    }
}

/// What was not read may use or cite what was.
#[test]
fn damage_draws_no_lint_of_what_is_not_used() {
    let start = r#"sources: { "s": (title: "S"), "t": (title: "T") }, companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") }"#;
    let fact = r#"Supply(supplier: "a", customer: "b", quotes: {"s": ["A supplies B"]})"#;
    let table = [
        (format!("Graph({start}, facts: [{fact}])"), vec!["W0908", "W0909"]),
        (format!("Graph({start})"), vec![]),
        (format!("Graph({start}, facts: [{fact}, Supply("), vec!["E0101"]),
        (format!("Graph({start}, facts: [{fact}, Suply(supplier: \"c\", customer: \"a\")])"), vec!["E0202"]),
        (format!("Graph({start}, facts: [{fact}, 1])"), vec!["E0103"]),
        (format!("Graph({start}, brands: [1], facts: [{fact}])"), vec!["E0103"]),
        (
            format!(
                "Graph({start}, facts: [{fact}, Event(of: \"c\", what: Founded, qoutes: {{\"t\": [\"C\"]}})])"
            ),
            vec!["E0203"],
        ),
        // A mistyped id meant one of them; the other lint still speaks.
        (
            format!(
                "Graph({start}, facts: [{fact}, Event(of: \"cc\", what: Founded, quotes: {{\"t\": [\"C\"]}})])"
            ),
            vec!["E0301"],
        ),
        (
            format!(
                "Graph({start}, facts: [{fact}, Event(of: \"a\", what: Founded, quotes: {{\"tt\": [\"A\"]}})])"
            ),
            vec!["W0909", "E0302"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(codes(&text), expected, "{text}");
    }
}

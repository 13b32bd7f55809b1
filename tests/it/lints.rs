//! Warnings that need judgement: what causes them, and what only looks similar.

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

/// An unread part of a file may use or cite what was read.
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
        // A mistyped id meant one of them; the other lint still reports.
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

/// Two companies with these additional fields.
fn two(one: &str, other: &str) -> Vec<&'static str> {
    codes(&format!("Graph(companies: {{ \"a\": ({one}), \"b\": ({other}) }})"))
}

#[test]
fn names_that_a_look_up_cannot_tell_apart_are_told() {
    let table = [
        (r#"name: "Acme Ltd""#, r#"name: "Acme GmbH""#, true),
        (r#"name: "ООО «Ромашка»""#, r#"name: "Ромашка АО""#, true),
        (r#"name: "Tarjet Corporation""#, r#"name: "Osmund", aliases: ["Tarjet"]"#, true),
        (r#"name: "Osmund", aliases: ["Tarjet Ltd"]"#, r#"name: "Ostrand", aliases: ["TARJET"]"#, true),
        (r#"name: "Osmund", native_name: "山田""#, r#"name: "株式会社山田""#, true),
        (r#"name: "Osmund", former_names: ["Tarjet"]"#, r#"name: "Tarjet""#, true),
        (r#"name: "Osmund", former_names: [("Tarjet", "2010-06")]"#, r#"name: "Tarjet""#, true),
        // Country, register number, or the time.
        (r#"name: "Acme", country: "GB""#, r#"name: "Acme", country: "US""#, false),
        (r#"name: "Acme", country: "GB""#, r#"name: "Acme""#, true),
        (r#"name: "Acme", country: "GB""#, r#"name: "Acme", country: "GB""#, true),
        (r#"name: "Brindlewick", country: "GB""#, r#"name: "Brindelwick", country: "US""#, false),
        (
            r#"name: "Acme", identifiers: (register: [("GB", "1")])"#,
            r#"name: "Acme", identifiers: (register: [("GB", "2")])"#,
            false,
        ),
        (
            r#"name: "Osmund", former_names: [("Tarjet", "2010-06")]"#,
            r#"name: "Tarjet", former_names: [("Newco", "2010-06")]"#,
            false,
        ),
        (
            r#"name: "Osmund", former_names: [("Tarjet", "2012")]"#,
            r#"name: "Tarjet", former_names: [("Newco", "2010")]"#,
            true,
        ),
        (
            r#"name: "Osmund", former_names: [("Tarjet", "2010-06"), "Quarry"]"#,
            r#"name: "Tarjet", former_names: [("Newco", "2010-06")]"#,
            false,
        ),
        (
            r#"name: "Osmund", former_names: [("Tarjet", "2010-06"), "Quarry"]"#,
            r#"name: "Tarjet", former_names: [("Newco", "2010-06"), "Older"]"#,
            true,
        ),
        (r#"name: "Osmund", aliases: ["Osmund Ltd"]"#, r#"name: "Ostrand""#, false),
    ];
    for (one, other, alike) in table {
        for (one, other) in [(one, other), (other, one)] {
            assert_eq!(two(one, other) == ["W0911"], alike, "{one}, {other}");
        }
    }
    let people = r#"Graph(people: { "a": (name: "Dora Quill"), "b": (name: "Quill, Dora") })"#;
    assert_eq!(codes(people), ["W0911"]);
    let kinds = r#"Graph(companies: { "a": (name: "Orange") }, brands: { "b": (name: "Orange") })"#;
    assert_eq!(codes(kinds), Vec::<&str>::new());
}

/// A name that another company had before its new owner was founded.
#[test]
fn a_company_that_was_founded_later_has_its_name_since() {
    let text = |founded: &str| {
        format!(
            r#"Graph(
                companies: {{ "a": (name: "Osmund", former_names: [("Tarjet", "2010-06")]), "b": (name: "Tarjet") }},
                facts: [ Event(of: "b", what: Founded, completed: "{founded}", unsourced: true),
                         Supply(supplier: "a", customer: "b", unsourced: true) ],
            )"#
        )
    };
    assert_eq!(codes(&text("2011")), Vec::<&str>::new());
    assert_eq!(codes(&text("2009")), ["W0911"]);
}

#[test]
fn what_is_told_twice_may_have_other_dates() {
    let table = [
        (r#"completed: "2020-03""#, r#"completed: "2020-03-01""#, vec!["W0910"]),
        (r#"completed: "2020-03-01""#, r#"completed: "2020-03-01""#, vec!["W0910"]),
        (r#"completed: "2020-03-02""#, r#"completed: "2020-03-01""#, vec![]),
        (r#"completed: "2020-02""#, r#"completed: "2020-03-01""#, vec![]),
        (r#"completed: "2020-01/2020-03""#, r#"completed: "2020-03""#, vec!["W0910"]),
        (r#"completed: "2020-03", amount: "EUR 20 million""#, r#"completed: "2020-03-01""#, vec!["W0910"]),
        (
            r#"completed: "2020-03", amount: "EUR 20 million""#,
            r#"completed: "2020-03-01", amount: "EUR 20 million""#,
            vec!["W0910"],
        ),
        (
            r#"completed: "2020-03", amount: "EUR 20 million""#,
            r#"completed: "2020-03-01", amount: "EUR 30 million""#,
            vec![],
        ),
        (
            r#"announced: "2020-02", completed: "2020-03""#,
            r#"announced: "2020-02-03", completed: "2020-03-01""#,
            vec!["W0910"],
        ),
        (
            r#"announced: "2020-02", completed: "2020-03""#,
            r#"announced: "2020-01-03", completed: "2020-03-01""#,
            vec![],
        ),
        (r#"announced: "2020-03""#, r#"completed: "2020-03-01""#, vec![]),
        (r#"completed: "2020-03", id: "x""#, r#"completed: "2020-03-01", claims_of: "x""#, vec![]),
    ];
    for (one, other, expected) in table {
        for (one, other) in [(one, other), (other, one)] {
            let text = format!(
                r#"Graph(
                    companies: {{ "a": (name: "Aa"), "b": (name: "Bb") }},
                    facts: [ Acquisition(acquirer: "a", target: "b", {one}, unsourced: true),
                             Acquisition(acquirer: "a", target: "b", {other}, unsourced: true) ],
                )"#
            );
            assert_eq!(codes(&text), expected, "{one}, {other}");
        }
    }
}

/// One warning per stake, whichever it is.
#[test]
fn a_stake_that_is_stated_twice_is_told_once() {
    let table = [
        (r#"share: "20%", since: "2015""#, r#"share: "20%", since: "2015""#, vec!["W0910"]),
        (r#"share: "20%", since: "2015""#, r#"share: "20%", since: "2015-06""#, vec!["W0910"]),
        (r#"share: "20%", since: "2015""#, r#"share: "30%", since: "2015-06""#, vec!["W0913"]),
        (r#"share: "20%", since: "2015""#, r#"share: "20%", since: "2018""#, vec!["W0913"]),
        (r#"share: "20%", as_of: "2015""#, r#"share: "20%", as_of: "2015-12-31""#, vec![]),
    ];
    for (one, other, expected) in table {
        let text = format!(
            r#"Graph(
                companies: {{ "a": (name: "Aa"), "b": (name: "Bb") }},
                facts: [ Ownership(owner: "a", owned: "b", {one}, unsourced: true),
                         Ownership(owner: "a", owned: "b", {other}, unsourced: true) ],
            )"#
        );
        assert_eq!(codes(&text), expected, "{one}, {other}");
    }
}

/// A brand of `m`, licensed by these.
fn licenses(facts: &str) -> Vec<&'static str> {
    codes(&format!(
        r#"Graph(
            companies: {{ "m": (name: "Mm"), "f": (name: "Ff"), "c": (name: "Cc"), "s": (name: "Ss") }},
            brands: {{ "b": (name: "Bb"), "n": (name: "Nn") }},
            facts: [ {facts} Link(between: ["m", "f", "c", "s", "b", "n"], unsourced: true) ],
        )"#
    ))
}

fn license(licensor: &str, licensee: &str, more: &str) -> String {
    format!(r#"License(licensor: "{licensor}", licensee: "{licensee}", of: "b", unsourced: true, {more}),"#)
}

#[test]
fn exclusive_licenses_exclude_each_other() {
    let table = [
        (r#"territory: ["DE"]"#, r#"territory: ["FR", "DE"]"#, true),
        (r#"territory: ["DE"]"#, r#"territory: ["worldwide"]"#, true),
        (r#"territory: ["DE"]"#, r#"territory: ["worldwide"], except: ["DE"]"#, false),
        (r#"territory: ["DE"]"#, r#"territory: ["FR"]"#, false),
        (r#"territory: ["DE"]"#, "", false),
        ("", "", true),
        (r#"until: "2020""#, r#"since: "2021""#, false),
        (r#"until: "2020""#, r#"since: "2019-06-30""#, true),
        (r#"field: "hotels""#, r#"field: "shoes""#, false),
        (r#"field: "hotels""#, r#"field: "hotels""#, true),
    ];
    for (one, other, wrong) in table {
        let first = license("m", "f", &format!("exclusive: true, {one}"));
        let second = license("m", "c", &format!("exclusive: true, {other}"));
        let expected = if wrong { vec!["W0921"] } else { vec![] };
        assert_eq!(licenses(&format!("{first}{second}")), expected, "{one}, {other}");
        let shared = license("m", "c", other);
        assert_eq!(licenses(&format!("{first}{shared}")), Vec::<&str>::new(), "{other} is not exclusive");
    }
}

#[test]
fn a_sublicense_gives_no_more_than_its_head() {
    let table = [
        (r#"territory: ["DE", "FR"], until: "2028""#, r#"territory: ["DE"], until: "2028""#, false),
        (r#"territory: ["DE", "FR"], until: "2028""#, r#"territory: ["DE", "PL"]"#, true),
        (r#"territory: ["DE", "FR"], until: "2028""#, r#"until: "2030""#, true),
        (r#"territory: ["DE", "FR"], until: "2028""#, "", false),
        (r#"territory: ["worldwide"]"#, r#"territory: ["DE", "PL"]"#, false),
        ("", r#"territory: ["DE", "PL"]"#, false),
        (r#"territory: ["DE"]"#, r#"territory: ["worldwide"]"#, true),
        (r#"since: "2010", term: "5 years""#, r#"since: "2012", term: "5 years""#, true),
        (r#"exclusive: false"#, r#"exclusive: true"#, true),
    ];
    for (head, sub, wrong) in table {
        let facts = format!("{}{}", license("m", "f", head), license("f", "s", sub));
        let expected = if wrong { vec!["W0922"] } else { vec![] };
        assert_eq!(licenses(&facts), expected, "{head}, {sub}");
    }
    // Either of two head licenses may be the one, unless it is named.
    let heads =
        [license("m", "f", r#"territory: ["DE"], id: "de""#), license("c", "f", r#"territory: ["PL"]"#)];
    let sub = |more: &str| {
        format!("{}{}", heads.concat(), license("f", "s", &format!(r#"territory: ["PL"], {more}"#)))
    };
    assert_eq!(licenses(&sub("")), Vec::<&str>::new());
    assert_eq!(licenses(&sub(r#"tied_to: "de""#)), ["W0922"]);
}

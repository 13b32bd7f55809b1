//! The dates of a deal, the effect of a stated status on dates, and the ends in a timeline.

use keiretsu::Graph;

use super::{date, letter, with};

#[test]
fn a_deal_is_of_each_day_on_which_it_was_made() {
    let graph = with(
        r#"Sale(id: "closed", seller: "a", buyer: "b", announced: "2014-02", completed: "2015-03", unsourced: true),
           Partnership(id: "since", between: ["a", "b"], since: "2013", announced: "2014-08", until: "2019", unsourced: true),
           Acquisition(id: "off", acquirer: "a", target: "b", announced: "2012", withdrawn: "2016", unsourced: true),
           Supply(id: "counted", supplier: "a", customer: "b", as_of: "2018", unsourced: true),
           Supply(id: "undated", supplier: "b", customer: "a", until: "2018", unsourced: true)"#,
    );
    let found = |since: Option<&str>, until: Option<&str>| {
        let mut question = graph.view().deals();
        question = since.map_or(question.clone(), |since| question.since(date(since)));
        question = until.map_or(question.clone(), |until| question.until(date(until)));
        let list = question.run();
        let mut ids: Vec<_> = list.facts().map(|fact| fact.id()).collect();
        ids.sort_unstable();
        (ids.join(" "), list.undated())
    };
    for (since, until, expected) in [
        (Some("2014"), Some("2014"), "closed since"),
        (Some("2015"), Some("2015"), "closed"),
        (Some("2015"), None, "closed counted"),
        (None, Some("2013"), "off since"),
        (Some("2012"), Some("2012"), "off"),
        // Called off: no date of dealing.
        (Some("2016"), Some("2016"), ""),
        // No date of it lies in between: it is not an interval.
        (Some("2014-03"), Some("2014-07"), ""),
        (Some("2018"), None, "counted"),
        (Some("2020"), None, ""),
    ] {
        assert_eq!(found(since, until), (expected.to_owned(), 1), "{since:?} to {until:?}");
    }
}

#[test]
fn an_undisclosed_amount_may_be_any() {
    let graph = with(
        r#"Sale(id: "told", seller: "a", buyer: "b", amount: "USD 5", unsourced: true),
           Sale(id: "euro", seller: "a", buyer: "c", amount: "EUR 5", unsourced: true),
           Sale(id: "kept", seller: "a", buyer: "d", amount: "undisclosed", unsourced: true),
           Sale(id: "none", seller: "a", buyer: "e", unsourced: true)"#,
    );
    let list = graph.view().deals().at_least("undisclosed".parse().unwrap()).run();
    let ids: Vec<_> = list.facts().map(|fact| fact.id()).collect();
    assert_eq!((ids.join(" ").as_str(), list.no_amount(), list.other_currency()), ("euro kept told", 1, 0));
}

/// When a fact is in force, by date.
#[test]
fn a_stated_status_says_what_dates_do_not() {
    for (fact, expected) in [
        // Only announced: it may never have begun.
        (r#"Partnership(between: ["a", "b"], since: "2013", status: Announced"#, "2012- 2013p 2020p"),
        (r#"Partnership(between: ["a", "b"], announced: "2013", status: Agreed"#, "2012- 2013p 2020p"),
        (
            r#"Partnership(between: ["a", "b"], since: "2013", until: "2015", status: Announced"#,
            "2014p 2016-",
        ),
        (r#"Sale(seller: "a", buyer: "b", completed: "2013-05", status: Announced"#, "2012- 2014p"),
        (r#"Sale(seller: "a", buyer: "b", completed: "2013-05", status: Completed"#, "2012- 2014c"),
        // Ended, at the latest when the term ran out.
        (
            r#"License(licensor: "a", licensee: "b", of: "t", since: "2010", term: "2 years", status: Ended"#,
            "2009- 2011p 2012p 2013-",
        ),
        (
            r#"License(licensor: "a", licensee: "b", of: "t", since: "2010", term: "2 years", status: Ended, until: "open""#,
            "2009- 2011c 2013c",
        ),
        (
            r#"License(licensor: "a", licensee: "b", of: "t", since: "2010", status: Ended"#,
            "2009- 2011p 2030p",
        ),
        // Called off, pending since an unknown date.
        (r#"Sale(seller: "a", buyer: "b", withdrawn: "2013-05-01""#, "2000p 2013-04-30p 2013-05-01- 2014-"),
        (
            r#"Sale(seller: "a", buyer: "b", announced: "2012", withdrawn: "2013-05-01""#,
            "2011- 2013-04-30p 2013-05-01-",
        ),
    ] {
        let graph = with(&format!("{fact}, unsourced: true)"));
        for answer in expected.split_whitespace() {
            let (when, expected) = answer.split_at(answer.len() - 1);
            let validity = graph.view().facts().next().unwrap().validity();
            assert_eq!(letter(validity.at(date(when))).to_string(), expected, "{fact} on {when}");
        }
    }
}

fn lines(graph: &Graph, name: &str) -> Vec<String> {
    let entity = graph.view().entity(name).unwrap();
    let moments = graph.view().timeline(&[entity]).into_iter();
    let when = |when: Option<keiretsu::Date>| when.map_or_else(|| "-".to_owned(), |date| date.to_string());
    moments
        .map(|moment| format!("{} {} {}", when(moment.date), moment.kind.name(), moment.fact.id()))
        .collect()
}

#[test]
fn a_timeline_has_every_end() {
    let graph = with(
        r#"Partnership(id: "unknown", between: ["a", "c"], since: "2011", until: "unknown", unsourced: true),
           Partnership(id: "ended", between: ["b", "c"], since: "2011", status: Ended, unsourced: true),
           Partnership(id: "term", between: ["c", "d"], since: "../2014", term: "1 year", unsourced: true),
           Partnership(id: "both", between: ["c", "e"], since: "2011-03-01", term: "1 year", status: Ended, unsourced: true)"#,
    );
    assert_eq!(
        lines(&graph, "c"),
        [
            "../2012-03-01 ended both",
            "../2014 began term",
            "../2015 term ends term",
            "2011 began ended",
            "2011 began unknown",
            "2011-03-01 began both",
            "- ended ended",
            "- ended unknown",
        ]
    );
}

#[test]
fn a_timeline_of_a_patent_has_the_successions_by_which_it_passed() {
    let graph = with(
        r#"Sale(id: "first", seller: "a", buyer: "b", of: "t", completed: "2010", unsourced: true),
           Succession(id: "merger", successor: "c", predecessor: "b", how: Merger, completed: "2012", unsourced: true),
           Succession(id: "other", successor: "e", predecessor: "d", how: Merger, completed: "2012", unsourced: true),
           Sale(id: "last", seller: "c", buyer: "d", of: "t", completed: "2014", unsourced: true)"#,
    );
    let expected =
        ["2010 happened first", "2012 happened merger", "2012 happened other", "2014 happened last"];
    // The buyer's merger of 2012 was before it held the patent.
    assert_eq!(lines(&graph, "t"), [expected[0], expected[1], expected[3]]);
    assert_eq!(lines(&graph, "w"), [""; 0]);
}

#[test]
fn statistics_tell_apart_what_is_sought_or_called_off() {
    let graph = with(
        r#"Partnership(between: ["a", "b"], unsourced: true),
           Partnership(between: ["a", "c"], status: Sought, unsourced: true),
           Acquisition(acquirer: "a", target: "d", withdrawn: "2012", unsourced: true)"#,
    );
    let stats = graph.view().stats();
    let value = |name: &str| stats.iter().find(|stat| stat.name == name).map(|stat| stat.value.as_str());
    let names = ["facts", "facts only sought", "facts called off", "PartnersWith", "Acquires"];
    assert_eq!(names.map(value), [Some("3"), Some("1"), Some("1"), Some("1"), None]);
}

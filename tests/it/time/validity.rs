//! When a fact is in force: a table computed by hand, and brute force over all choices of days.

use keiretsu::{Certainty, Date, Day, Graph, Term};
use proptest::prelude::*;

use super::{date, letter};

/// A fact of this kind and with these fields, with sources published on these dates ("-" for undated).
fn graph(head: &str, fields: &str, published: &str) -> Graph {
    let dates: Vec<&str> = published.split(' ').filter(|date| !date.is_empty()).collect();
    let sources = dates.iter().enumerate().map(|(n, date)| {
        let published = if *date == "-" { String::new() } else { format!(", published: \"{date}\"") };
        format!("\"s{n}\": (title: \"S\", kind: News{published})")
    });
    let sources = sources.collect::<Vec<_>>().join(", ");
    let quotes = (0..dates.len()).map(|n| format!("\"s{n}\": [\"so\"]")).collect::<Vec<_>>().join(", ");
    let told = if dates.is_empty() { "unsourced: true".to_owned() } else { format!("quotes: {{{quotes}}}") };
    let fields = if fields.is_empty() { String::new() } else { format!("{fields}, ") };
    let text = format!(
        r#"Graph(sources: {{{sources}}}, companies: {{ "a": (name: "A"), "b": (name: "B") }},
            facts: [{head}, {fields}{told})])"#
    );
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

const STATE: &str = r#"Partnership(between: ["a", "b"]"#;
const EVENT: &str = r#"Sale(seller: "a", buyer: "b""#;

fn at(graph: &Graph, when: &str) -> char {
    let view = graph.as_of(date(when));
    let by_fact = view.facts().next().map_or('-', |fact| letter(fact.certainty()));
    let by_relation = view.relations().next().map_or('-', |relation| letter(relation.certainty()));
    assert_eq!(by_fact, by_relation);
    let validity = graph.view().facts().next().unwrap().validity();
    assert_eq!(letter(validity.at(date(when))), by_fact);
    by_fact
}

/// The fields, when its sources were published, and what holds when.
type Row = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const STATES: &[Row] = &[
    // Imprecise starts, imprecise and open-ended questions.
    (r#"since: "2016-02/2016-04""#, "", "2016-01-31- 2016-02-01p 2016-03-15p 2016-04-29p 2016-04-30c 2016p 2016-05c 2016-01- \
        2017/..c 2016/..p ../2016p ../2016-01- 2016-04-30/2016-05c 2016-Q1p 2016-H2c"),
    (r#"since: "2016~""#, "", "2015-12-31- 2016-01-01p 2016-12-30p 2016-12-31c 2017c"),
    (r#"since: "2016?", until: "2017?""#, "", "2016-12-31c 2017-01-01p 2017-12-30p 2017-12-31- 2016p 2017p 2018-"),
    (r#"since: "../2016-05""#, "", "0001-01-01p 2016-05-30p 2016-05-31c ../2015p"),
    (r#"since: "2016-05/..""#, "", "2016-04-30- 2016-05-01p 9999-12-31p"),
    (r#"since: "2010", until: "../2016-05""#, "", "2009- 2010-01-01p 2011p 2016-05-30p 2016-05-31-"),
    (r#"since: "2010", until: "2016-05/..""#, "", "2011c 2016-04-30c 2016-05-01p 9999-12-31p 2011/..p"),
    // Leap days.
    (r#"since: "2016-02-29""#, "", "2016-02-28- 2016-02-29c 2016-02p 2016-03c"),
    (r#"since: "2016-02", until: "2016-03""#, "", "2016-01-31- 2016-02-01p 2016-02-28p 2016-02-29c 2016-03-01p 2016-03-30p 2016-03-31-"),
    (r#"since: "2015-02", until: "2015-03""#, "", "2015-02-27p 2015-02-28c 2015-03-01p"),
    (r#"since: "2000-02""#, "", "2000-02-28p 2000-02-29c"),
    (r#"since: "1900-02""#, "", "1900-02-27p 1900-02-28c"),
    // Terms.
    (r#"since: "2016-01-31", term: "1 month""#, "", "2016-01-30- 2016-01-31c 2016-02-28c 2016-02-29-"),
    (r#"since: "2015-01-31", term: "1 month""#, "", "2015-02-27c 2015-02-28-"),
    (r#"since: "2016-02-29", term: "1 year""#, "", "2017-02-27c 2017-02-28-"),
    (r#"since: "2016-01", term: "1 month""#, "", "2016-01-01p 2016-01-30p 2016-01-31c 2016-02-01p 2016-02-28p 2016-02-29-"),
    (r#"since: "2016-01-01", term: "1 day""#, "", "2016-01-01c 2016-01-02-"),
    (r#"since: "2016", term: "perpetual""#, "", "2017c 9999-12-31c"),
    (r#"since: "2016-01-01", until: "2016-02-01", term: "1 year""#, "", "2016-01-31c 2016-02-01-"),
    (r#"since: "2016-01-01", until: "open", term: "1 year""#, "", "2020c"),
    (r#"signed: "2016-01-01", term: "1 year""#, "", "2016-12-31c 2017-01-01-"),
    (r#"term: "1 year""#, "2016-05-31", "0001-01-01p 2016-05-31p 2017-05-30p 2017-05-31-"),
    (r#"term: "1 year""#, "", "0001-01-01p 9999p"),
    // Start and end in the same month; the start after the end, by interval only and wholly.
    (r#"since: "2016-05", until: "2016-05""#, "", "2016-04-30- 2016-05-01p 2016-05-30p 2016-05-31- 2016-05p 2016-06-"),
    (r#"since: "2016-05-10", until: "2016-05""#, "", "2016-05-09- 2016-05-10p 2016-05-30p 2016-05-31-"),
    (r#"since: "2016-05", until: "2016-05-10""#, "", "2016-05-01p 2016-05-09p 2016-05-10-"),
    (r#"since: "2016-05/2016-07", until: "2016-06""#, "", "2016-04-30- 2016-05-01p 2016-06-15p 2016-06-29p 2016-06-30-"),
    (r#"since: "2016-07", until: "2016-05""#, "", "2016- 2016-06-01- 2016-07-15-"),
    (r#"since: "2016-05-10", until: "2016-05-10""#, "", "2016-05-10-"),
    // Open, unknown and no end.
    (r#"since: "2016-05", until: "open""#, "", "2016-05-30p 2016-06-01c 9999-12-31c 2017/..c"),
    (r#"since: "2016-05", until: "unknown""#, "", "2016-04-30- 2016-05-01p 2016-06p 9999-12-31p"),
    (r#"since: "2016-05-31""#, "", "2016-05-30- 9999-12-31c"),
    (r#"since: "2016-05", status: Ended"#, "", "2016-04- 2016-05-01p 9999-12-31p"),
    (r#"since: "2016-05", until: "2017", status: Ended"#, "", "2016-06-01c 2017-12-30p 2018-"),
    // The first and the last years.
    (r#"since: "0001""#, "", "0001-01-01p 0001-12-30p 0001-12-31c 0002c 0001p"),
    (r#"since: "0001-01-01""#, "", "0001-01-01c ../2016c 0001c 2016/..c ../9999c"),
    (r#"since: "2016", until: "9999""#, "", "9998-12-31c 9999-01-01p 9999-12-30p 9999-12-31- 2017/..p"),
    (r#"since: "9999-12-31""#, "", "9999-12-30- 9999-12-31c 9999/..p 9999p"),
    (r#"since: "9999", term: "2 years""#, "", "9998-12-31- 9999-01-01p 9999-12-31c"),
    (r#"since: "2016-01-01", term: "9000 years""#, "", "9999-12-31c"),
    // Which date is the start.
    (r#"announced: "2016-05-31""#, "", "2016-05-30- 2016-05-31c"),
    (r#"announced: "2016-05", signed: "2016-07-01""#, "", "2016-06-15- 2016-07-01c"),
    (r#"announced: "2016-05", signed: "2016-07", completed: "2016-08-01""#, "", "2016-07-31- 2016-08-01c"),
    (r#"since: "2016-09-01", announced: "2016-05", completed: "2016-08-01""#, "", "2016-08-31- 2016-09-01c"),
    // A figure was taken: it was in force on that day.
    (r#"as_of: "2016-05-31""#, "2017-01-01", "2016-05-30p 2016-05-31c 2016-06c 2017-01-01c"),
    (r#"as_of: "2016-05-31""#, "", "2016-05-30p 2016-05-31c 9999-12-31c"),
    (r#"as_of: "2016""#, "2017-01-01", "2015p 2016p 2016-12-30p 2016-12-31c 2017c"),
    (r#"as_of: "2016-05-31""#, "2015-06-01", "2015-05-31p 2015-06-01c"),
    (r#"since: "2016", as_of: "2016-03-10""#, "", "2015- 2016-01-01p 2016-03-09p 2016-03-10c"),
    (r#"since: "2010", until: "2016", as_of: "2016-03-10""#, "", "2015c 2016-03-10c 2016-03-11p 2016-12-30p 2016-12-31-"),
    (r#"since: "2010", until: "unknown", as_of: "2016-03-10""#, "", "2010p 2011c 2016-03-10c 2016-03-11p"),
    (r#"since: "2016-05", until: "2016-05-10", as_of: "2016""#, "", "2016-05-01p 2016-05-09c 2016-05-10-"),
    (r#"since: "2016", term: "1 year", as_of: "2016-03-10""#, "", "2016-03-10c 2016-12-31c 2017-03-09p 2017-03-10-"),
    // Dates that deny that it was in force then stand.
    (r#"since: "2016-06", until: "2016-09-01", as_of: "2016-03-10""#, "", "2016-05- 2016-06-15p 2016-08-31c 2016-09-01-"),
    (r#"since: "2015-06", until: "2016-03-10", as_of: "2016-03-10""#, "", "2016-03-09c 2016-03-10-"),
    // No start stated: from the earliest supporting source.
    ("", "", "0001-01-01p 9999-12-31p 2016p"),
    ("", "-", "0001-01-01p 9999-12-31p"),
    ("", "2016-05", "0001-01-01p 2016-05-30p 2016-05-31c 2016p 2016-06c 9999-12-31c"),
    ("", "2016-05 - 2016-07", "2016-05-30p 2016-05-31c"),
    // The earliest of a year and a month of it was by the end of the month, whichever it is.
    ("", "2016 2016-05", "2016-05-30p 2016-05-31c"),
    ("", "2015/.. 2016-05", "2016-05-30p 2016-05-31c"),
    ("", "../2016-05", "2016-05-30p 2016-05-31c"),
    ("", "2016-05/..", "9999-12-31p"),
    (r#"until: "2020""#, "2016-05-31", "2016-05-30p 2016-05-31c 2019-12-31c 2020-01-01p 2020-12-31-"),
    (r#"until: "2010""#, "2016-05-31", "2009p 2010-12-30p 2010-12-31- 2016-06-"),
    (r#"until: "unknown""#, "2016-05-31", "2009p 2017p"),
    ("status: Ended", "2016-05-31", "2009p 2017p"),
    // Called off, and only wished for.
    (r#"announced: "2016-05-10", withdrawn: "2016-07""#, "", "2016-05-09- 2016-05-10p 2016-07-30p 2016-07-31- 2016p 2017-"),
    (r#"announced: "2016-05", withdrawn: "2016-05""#, "", "2016-04-30- 2016-05-01p 2016-05-30p 2016-05-31-"),
    (r#"announced: "2016-05-10", status: Withdrawn"#, "", "2016-05-09- 2016-05-10- 2017- 2016-"),
    (r#"withdrawn: "2016-07-15""#, "", "0001-01-01p 2016-07-14p 2016-07-15-"),
    (r#"announced: "2016", status: Sought"#, "2017", "2015- 2016- 2018-"),
    ("status: Sought", "2017", "2015- 2018-"),
];

#[rustfmt::skip]
const EVENTS: &[Row] = &[
    (r#"completed: "2016-05""#, "", "2016-04-30- 2016-05-01p 2016-05-30p 2016-05-31c 9999-12-31c 2016-05p 2016/..p 2016-06/..c"),
    (r#"completed: "2016-05", since: "2017""#, "", "2016-05-31c"),
    (r#"since: "2016-05", announced: "2015""#, "", "2016-04- 2016-05-31c"),
    // Events cannot be undone.
    (r#"completed: "2016-05", until: "2017""#, "", "2018c"),
    (r#"completed: "2016-05", status: Ended"#, "", "2018c"),
    (r#"completed: "2016-05", as_of: "2016-05-10""#, "", "2016-05-10p 2016-05-31c"),
    // Pending.
    (r#"announced: "2016-05-10""#, "2016-06", "2016-05-09- 2016-05-10p 9999-12-31p"),
    (r#"signed: "2016-05""#, "", "2016-04-30- 2016-05-01p 9999-12-31p"),
    (r#"announced: "2016-05", signed: "2016-07""#, "", "2016-04-30- 2016-05-01p 2018p"),
    (r#"announced: "2016-07", signed: "2016-05""#, "", "2016-05-01p"),
    ("status: Announced", "2016-05-31", "0001-01-01p 2016-06p 9999-12-31p"),
    ("status: Agreed", "2016-05-31", "2016-06p"),
    // Done, without a day.
    ("status: Completed", "2016-05-31", "0001-01-01p 2016-05-30p 2016-05-31c"),
    ("status: Completed", "", "0001-01-01p 9999p"),
    (r#"status: Completed, announced: "2016-05-01""#, "2016-05-31", "2016-04-30- 2016-05-01p 2016-05-30p 2016-05-31c"),
    (r#"status: Completed, announced: "2016-05-01""#, "", "2016-04-30- 2016-05-01p 9999p"),
    (r#"status: Completed, announced: "2016-06-10""#, "2016-05-31", "2016-05-30- 2016-05-31c"),
    ("", "2016-05-31", "2016-05-30p 2016-05-31c"),
    ("", "", "0001-01-01p 9999p"),
    // Called off, and only wished for.
    (r#"announced: "2016-05-10", withdrawn: "2016-07""#, "", "2016-05-09- 2016-05-10p 2016-07-30p 2016-07-31-"),
    (r#"signed: "2016-05-10", withdrawn: "2016-07-01""#, "", "2016-05-09- 2016-05-10p 2016-06-30p 2016-07-01-"),
    (r#"announced: "2016-05-10", status: Withdrawn"#, "", "2016-05-10- 2017-"),
    (r#"completed: "2016", status: Sought"#, "", "2015- 2016- 2017-"),
];

#[test]
fn facts_are_in_force_as_worked_out_by_hand() {
    let rows = STATES.iter().map(|row| (STATE, row)).chain(EVENTS.iter().map(|row| (EVENT, row)));
    let mut wrong = Vec::new();
    for (head, (fields, published, expected)) in rows {
        let graph = graph(head, fields, published);
        for answer in expected.split_whitespace() {
            let (when, expected) = answer.split_at(answer.len() - 1);
            let found = at(&graph, when);
            if found.to_string() != expected {
                wrong.push(format!(
                    "{head}, {fields}) told {published:?} as of {when}: {found}, not {expected}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The days tried one by one; beyond them, "some day before", "some day after" and "never".
fn days() -> Vec<Day> {
    let first: Day = "2015-12-25".parse().unwrap();
    std::iter::successors(Some(first), |day| day.tomorrow()).take(103).collect()
}

/// A generated fact, and all that matters to the rules.
#[derive(Clone, Debug)]
struct Made {
    event: bool,
    since: Option<&'static str>,
    completed: Option<&'static str>,
    signed: Option<&'static str>,
    announced: Option<&'static str>,
    withdrawn: Option<&'static str>,
    until: Option<&'static str>,
    term: Option<&'static str>,
    as_of: Option<&'static str>,
    status: Option<&'static str>,
    published: Vec<&'static str>,
}

const DATES: &[&str] = &[
    "2016",
    "2016~",
    "2016-Q1",
    "2016-01",
    "2016-02",
    "2016-03?",
    "2016-01-31",
    "2016-02-10",
    "2016-02-28",
    "2016-02-29",
    "2016-03-01",
    "2016-03-31",
    "2016-01/2016-02",
    "2016-02-10/2016-02-20",
    "2016-01-31/2016-03",
    "2016-02/2016",
    "../2016-01-31",
    "../2016-02",
    "2016-02/..",
    "2016-03-15/..",
];

impl Made {
    fn fields(&self) -> String {
        let dates = [
            ("since", self.since),
            ("completed", self.completed),
            ("signed", self.signed),
            ("announced", self.announced),
            ("withdrawn", self.withdrawn),
            ("until", self.until),
            ("term", self.term),
            ("as_of", self.as_of),
        ];
        let dates = dates.into_iter().filter_map(|(name, date)| Some(format!("{name}: \"{}\"", date?)));
        let status = self.status.map(|status| format!("status: {status}"));
        dates.chain(status).collect::<Vec<_>>().join(", ")
    }

    /// Every start that the rules allow, as an index into `days`: -1 before all, `n` after, `n + 1` never.
    fn starts(&self, days: &[Day]) -> Vec<i32> {
        let n = i32::try_from(days.len()).unwrap();
        let all = || (-1..=n + 1).collect::<Vec<_>>();
        let first = |date: &str| choices(days, date)[0];
        let told = self.told(days);
        let up_to_told = |from: i32| (from.min(told)..=told).collect::<Vec<_>>();
        let known = || self.announced.into_iter().chain(self.signed).map(first).min();
        if self.is_withdrawn() {
            let from = self.announced.or(self.signed).map_or(-1, first);
            return (from..=n + 1).collect();
        }
        // What was only announced or agreed may begin on each day from the first on, or never.
        let is_pending = matches!(self.status, Some("Announced" | "Agreed"));
        let or_never = |starts: Vec<i32>| {
            if is_pending { (starts[0]..=n + 1).collect() } else { starts }
        };
        if !self.event {
            let stated = self.since.or(self.completed).or(self.signed).or(self.announced);
            return or_never(stated.map_or_else(|| up_to_told(-1), |date| choices(days, date)));
        }
        match (self.completed.or(self.since), known(), self.status) {
            (Some(done), ..) => or_never(choices(days, done)),
            (None, Some(known), Some("Completed")) => up_to_told(known),
            (None, Some(known), _) => (known..=n + 1).collect(),
            (None, None, Some("Announced" | "Agreed")) => all(),
            (None, None, _) => up_to_told(-1),
        }
    }

    /// The latest possible publication date of the earliest source.
    fn told(&self, days: &[Day]) -> i32 {
        let never = i32::try_from(days.len()).unwrap() + 1;
        let dated = self.published.iter().filter(|date| **date != "-");
        dated.map(|date| *choices(days, date).last().unwrap()).min().unwrap_or(never)
    }

    fn is_withdrawn(&self) -> bool {
        self.status == Some("Withdrawn") || self.status.is_none() && self.withdrawn.is_some()
    }

    /// Every end that the rules allow for a start.
    fn ends(&self, days: &[Day], start: i32) -> Vec<i32> {
        let n = i32::try_from(days.len()).unwrap();
        let unknown = || (-1..=n + 1).collect();
        if self.is_withdrawn() {
            return choices(days, self.withdrawn.unwrap());
        }
        if self.event {
            return vec![n + 1];
        }
        match (self.until, self.term) {
            (Some("open"), _) => vec![n + 1],
            (Some("unknown"), _) => unknown(),
            (Some(date), _) => choices(days, date),
            (None, None | Some("perpetual")) if self.status == Some("Ended") => unknown(),
            (None, None | Some("perpetual")) => vec![n + 1],
            (None, Some(term)) => {
                let Some(day) = usize::try_from(start).ok().and_then(|start| days.get(start)) else {
                    return if self.status == Some("Ended") { (-1..=start).collect() } else { vec![start] };
                };
                let end = term.parse::<Term>().unwrap().after(*day).unwrap();
                let end =
                    days.iter().position(|day| *day == end).map_or(n, |end| i32::try_from(end).unwrap());
                // It ended when its term ran out, or before.
                if self.status == Some("Ended") { (-1..=end).collect() } else { vec![end] }
            }
        }
    }

    /// Certain if in force on every day for every choice of days, possible if on some day for some choice.
    fn at(&self, when: Date) -> Option<Certainty> {
        let days = days();
        let sought = self.status == Some("Sought");
        if sought || self.is_withdrawn() && self.withdrawn.is_none() {
            return None;
        }
        let mut asked: Vec<i32> =
            (0_i32..).zip(&days).filter(|(_, day)| when.contains(**day)).map(|(n, _)| n).collect();
        asked.extend(when.earliest().is_none().then_some(-1));
        asked.extend(when.latest().is_none().then(|| i32::try_from(days.len()).unwrap()));
        let (mut always, mut ever) = (true, false);
        // On some day of its figure it was in force, if its dates allow it.
        let is_state = !self.event && !self.is_withdrawn();
        let read = self.as_of.filter(|_| is_state).map(|date| choices(&days, date));
        let spans = self
            .starts(&days)
            .into_iter()
            .flat_map(|start| self.ends(&days, start).into_iter().map(move |end| (start, end)));
        let spans: Vec<(i32, i32)> = spans.collect();
        let is_read = |(start, end): &(i32, i32)| read.iter().flatten().any(|day| start <= day && day < end);
        let some_read = spans.iter().any(is_read);
        for (start, end) in spans.into_iter().filter(|span| !some_read || is_read(span)) {
            for day in &asked {
                let in_force = start <= *day && *day < end;
                always &= in_force;
                ever |= in_force;
            }
            if ever && !always {
                break;
            }
        }
        let possible = ever.then_some(Certainty::Possible);
        if always { Some(Certainty::Certain) } else { possible }
    }
}

/// The possible days of a date, in order, as numbers.
fn choices(days: &[Day], text: &str) -> Vec<i32> {
    let date = date(text);
    let n = i32::try_from(days.len()).unwrap();
    let mut choices: Vec<i32> = date.earliest().is_none().then_some(-1).into_iter().collect();
    choices.extend((0_i32..).zip(days).filter(|(_, day)| date.contains(**day)).map(|(n, _)| n));
    choices.extend(date.latest().is_none_or(|latest| latest > *days.last().unwrap()).then_some(n));
    choices.extend(date.latest().is_none().then_some(n + 1));
    choices
}

fn made() -> impl Strategy<Value = Made> {
    let dates = |weight| prop::option::weighted(weight, prop::sample::select(DATES));
    let until: Vec<&str> = DATES.iter().copied().chain(["open", "unknown"]).collect();
    let until = prop::option::weighted(0.4, prop::sample::select(until));
    let terms = vec!["1 day", "10 days", "1 month", "2 months", "1 year", "perpetual"];
    let term = prop::option::weighted(0.3, prop::sample::select(terms));
    let statuses = vec!["Completed", "Ended", "Announced", "Agreed", "Sought", "Withdrawn"];
    let status = prop::option::weighted(0.3, prop::sample::select(statuses));
    let published: Vec<&str> = DATES.iter().copied().chain(["-"]).collect();
    let published = prop::collection::vec(prop::sample::select(published), 0..=2);
    let begin = (any::<bool>(), dates(0.5), dates(0.2), dates(0.2), dates(0.4));
    let as_of = dates(0.3);
    (begin, dates(0.1), until, term, status, published, as_of).prop_map(
        |((event, since, completed, signed, announced), withdrawn, until, term, status, published, as_of)| {
            Made {
                event,
                since,
                completed,
                signed,
                announced,
                withdrawn,
                until,
                term,
                // A term moves both ends at once: that is not worked out beside a reading.
                as_of: as_of.filter(|_| term.is_none()),
                status,
                published,
            }
        },
    )
}

proptest! {
    #![proptest_config(crate::property::cases(250))]

    #[test]
    fn certainty_is_that_of_all_choices_of_days(
        made in made(),
        when in prop::collection::vec(prop::sample::select(DATES), 3),
        on in prop::collection::vec(0..102_usize, 5),
    ) {
        let graph = graph(if made.event { EVENT } else { STATE }, &made.fields(), &made.published.join(" "));
        let validity = graph.view().facts().next().unwrap().validity();
        let days = days();
        // The year goes beyond the days that are tried.
        let when = when.into_iter().map(date).filter(|date| date.latest().is_none_or(|day| day <= days[102]));
        for when in when.chain(on.into_iter().map(|day| Date::day(days[day]))) {
            prop_assert_eq!(validity.at(when), made.at(when), "as of {}", when);
            prop_assert_eq!(letter(made.at(when)), at(&graph, &when.to_string()));
        }
    }
}

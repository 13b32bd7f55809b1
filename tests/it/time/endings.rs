//! What ends facts and relations without stated ends: purchases and sales, replacements, the end of a company.

use keiretsu::{Entity, Fact, Graph, OwnerRule, View};

use super::{date, holdings, with};

/// Facts, a date, and the holdings and stakes then; every fact is unsourced.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // A purchase adds to what the buyer had, if that was stated for an earlier date.
    (r#"Ownership(owner: "a", owned: "b", share: "50.1%", since: "2007-04-01"), Acquisition(acquirer: "a", seller: "c", target: "b", share: "49.9%", completed: "2013")"#, &[
        ("2012", "a OwnsShareOf b c 50.1%"),
        ("2013-06", "a OwnsShareOf b p 50.1%; a OwnsShareOf b p acquirer-owns 100%"),
        ("2014", "a OwnsShareOf b c acquirer-owns 100%"),
    ]),
    // A stake stated for the day of a purchase is its result.
    (r#"Ownership(owner: "a", owned: "b", share: "60%", since: "2013-08-07"), Acquisition(acquirer: "a", target: "b", share: "20%", completed: "2013-08-07")"#, &[
        ("2014", "a OwnsShareOf b c 60%"),
    ]),
    // A later figure replaces what was derived before it; an earlier one does not.
    (r#"Ownership(owner: "a", owned: "b", share: "55%", as_of: "2015-12-31"), Acquisition(acquirer: "a", target: "b", share: "20%", completed: "2013")"#, &[
        ("2014", "a OwnsShareOf b c acquirer-owns 20%; a OwnsShareOf b p 55%"),
        ("2016", "a OwnsShareOf b c 55%"),
    ]),
    // Two classes, of which a part is sold: the rest is one stake of both.
    (r#"Ownership(owner: "a", owned: "b", share: "30%", class: "A", since: "2010"), Ownership(owner: "a", owned: "b", share: "30%", class: "B", since: "2010"),
        Acquisition(acquirer: "c", target: "b", seller: "a", share: "20%", completed: "2013")"#, &[
        ("2014", "a OwnsShareOf b c seller-keeps-rest 40%; c OwnsShareOf b c acquirer-owns 20%"),
    ]),
    // Two readings of one stake: the newer one is reduced.
    (r#"Ownership(owner: "a", owned: "b", share: "60%", as_of: "2010"), Ownership(owner: "a", owned: "b", share: "50%", as_of: "2012"),
        Acquisition(acquirer: "c", target: "b", seller: "a", share: "20%", completed: "2013")"#, &[
        ("2014", "a OwnsShareOf b c seller-keeps-rest 30%; c OwnsShareOf b c acquirer-owns 20%"),
    ]),
    // Called off, or a rumour: nothing moves, neither in between nor after.
    (r#"Ownership(owner: "a", owned: "b", share: "100%", since: "2010"),
        Acquisition(acquirer: "c", target: "b", seller: "a", share: "10%", announced: "2014", withdrawn: "2016"),
        Acquisition(acquirer: "d", target: "b", seller: "a", share: "15%", completed: "2015")"#, &[
        ("2014", "a OwnsShareOf b c 100%"),
        ("2017", "a OwnsShareOf b c seller-keeps-rest 85%; d OwnsShareOf b c acquirer-owns 15%"),
    ]),
    (r#"Ownership(owner: "a", owned: "b", share: "100%", since: "2010"),
        Acquisition(acquirer: "c", target: "b", seller: "a", share: "10%", completed: "2014", confidence: Rumoured)"#, &[
        ("2015", "a OwnsShareOf b c 100%"),
    ]),
    // What the successor had of its own, and what passes to it.
    (r#"Ownership(owner: "a", owned: "b", share: "30%", since: "2010"), Ownership(owner: "c", owned: "b", share: "10%", since: "2010"),
        Succession(successor: "c", predecessor: "a", how: Merger, completed: "2014")"#, &[
        ("2015", "c OwnsShareOf b c successor-takes-over 40%"),
    ]),
    // An amended purchase counts once.
    (r#"Acquisition(id: "first", acquirer: "a", target: "b", share: "40%", completed: "2014"),
        Acquisition(acquirer: "a", target: "b", share: "52%", completed: "2015", replaces: "first")"#, &[
        ("2014-06", "a OwnsShareOf b p acquirer-owns 40%"),
        ("2016", "a OwnsShareOf b c acquirer-owns 52%"),
    ]),
    // After the dissolution of a company, nothing without an end is certain; a stated end is kept.
    (r#"Ownership(owner: "a", owned: "b", share: "100%", since: "2010"), Holding(holder: "a", of: "t", since: "2010", until: "2030"),
        Event(of: "a", what: Dissolved, completed: "2014-06-30")"#, &[
        ("2014-06-29", "a Holds t c; a OwnsShareOf b c 100%"),
        ("2014-06-30", "a Holds t c; a OwnsShareOf b p 100%"),
        ("2020", "a Holds t c; a OwnsShareOf b p 100%"),
    ]),
    (r#"Ownership(owner: "d", owned: "a", share: "100%", since: "2010"), Succession(successor: "c", predecessor: "a", how: Merger, completed: "2014")"#, &[
        ("2013", "d OwnsShareOf a c 100%"), ("2015", "d OwnsShareOf a p 100%"),
    ]),
];

#[test]
fn states_follow_one_another() {
    let mut wrong = Vec::new();
    for (facts, days) in ROWS {
        let sourced = facts.replace("),", ", unsourced: true),");
        let sourced = format!("{}, unsourced: true)", sourced.trim_end().trim_end_matches(')'));
        let graph = with(&sourced);
        for (day, expected) in *days {
            let found = holdings(graph.as_of(date(day)));
            if found != *expected {
                wrong.push(format!("{facts}\n  {day}: {found}\n  not   {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn sentences<'g>(facts: impl IntoIterator<Item = Fact<'g>>) -> Vec<String> {
    facts.into_iter().map(Fact::sentence).collect()
}

fn related(view: View<'_>, id: &str) -> Vec<String> {
    let entity = view.entity(id).unwrap();
    entity.relations().map(|relation| relation.to_string()).collect()
}

const CONTRACTS: &str = r#"
    Supply(id: "c0", supplier: "a", customer: "b", signed: "2018-04-01", amount: "EUR 40 million", quotes: {"s2014": ["40 million"]}),
    Supply(id: "c1", supplier: "a", customer: "b", signed: "2019-06-01", amount: "EUR 52 million", replaces: "c0", quotes: {"s2016": ["52 million"]}),
    Supply(id: "c2", supplier: "a", customer: "b", signed: "2021-02-01", amount: "EUR 28 million", replaces: "c1", quotes: {"s2018": ["28 million"]})"#;

/// A chain of amendments: one contract on each day, and what it replaced is shown.
#[test]
fn what_is_replaced_is_in_force_until_then() {
    let graph = with(CONTRACTS);
    let ids = |day: &str| graph.as_of(date(day)).facts().map(|fact| fact.id()).collect::<Vec<_>>();
    assert_eq!(ids("2018-01"), Vec::<&str>::new());
    assert_eq!(ids("2018-05"), ["c0"]);
    assert_eq!(ids("2020"), ["c1"]);
    assert_eq!(ids("2021-06"), ["c2"]);
    let deals = graph.as_of(date("2021-06")).deals().run();
    let replaced: Vec<_> = deals.replaced().map(|fact| (fact.id(), fact.replaced_by()[0].id())).collect();
    assert_eq!(replaced, [("c0", "c1"), ("c1", "c2")]);
    assert_eq!(
        sentences(graph.view().deals().run().facts()),
        [
            "A supplied B (signed 2018-04-01, replaced by `c1`) for EUR 40 million",
            "A supplied B (signed 2019-06-01, replaced by `c2`) for EUR 52 million",
            "A supplies B (signed 2021-02-01) for EUR 28 million",
        ]
    );
    // Before the first amendment is known, nothing replaces the contract; once the second is known, only that one
    // does.
    let known = |day: &str| graph.as_of(date("2021-06")).known_by(date(day));
    let at = |day: &str| known(day).facts().map(|fact| fact.id()).collect::<Vec<_>>();
    assert_eq!(at("2015"), ["c0"]);
    assert_eq!(at("2017"), ["c1"]);
    assert_eq!(at("2019"), ["c2"]);
}

/// A link of the chain that the view does not know is passed over.
#[test]
fn an_amendment_that_is_not_known_is_passed_over() {
    let facts = CONTRACTS
        .replace(r#""s2016": ["52"#, r#""s2018": ["52"#)
        .replace(r#""s2018": ["28"#, r#""s2016": ["28"#);
    let graph = with(&facts);
    let view = graph.as_of(date("2021-06")).known_by(date("2017"));
    assert_eq!(view.facts().map(|fact| fact.id()).collect::<Vec<_>>(), ["c2"]);
    let first = view.deals().run().replaced().next().unwrap();
    assert_eq!((first.id(), first.replaced_by()[0].id()), ("c0", "c2"));
}

/// Something else may replace: a settlement ends a partnership. What is called off or wished for replaces nothing.
#[test]
fn a_settlement_replaces_a_partnership() {
    let facts = r#"Partnership(id: "p", between: ["a", "b"], since: "2010", unsourced: true),
        Agreement(id: "s", between: ["a", "b"], what: "settlement", signed: "2018", replaces: ["p"], unsourced: true)"#;
    let graph = with(facts);
    let partners = |graph: &Graph, day: &str| graph.as_of(date(day)).partners().run().0.len();
    assert_eq!((partners(&graph, "2017"), partners(&graph, "2018"), partners(&graph, "2019")), (1, 1, 0));
    let off = with(&facts.replace("signed:", "status: Withdrawn, signed:"));
    assert_eq!(partners(&off, "2019"), 1);
    let sought = with(&facts.replace("signed:", "status: Sought, signed:"));
    assert_eq!(partners(&sought, "2019"), 1);
}

#[test]
fn rings_of_replacements_are_errors() {
    let ring = r#"Graph(companies: {"a": (name: "A"), "b": (name: "B")}, facts: [
        Supply(id: "x", supplier: "a", customer: "b", replaces: "y", unsourced: true),
        Supply(id: "y", supplier: "a", customer: "b", replaces: "z", unsourced: true),
        Supply(id: "z", supplier: "a", customer: "b", replaces: "x", unsourced: true),
    ])"#;
    for text in [ring.to_owned(), ring.replace(r#""y", unsourced"#, r#""x", unsourced"#)] {
        let error = Graph::from_ron(&text).unwrap_err().to_string();
        assert!(error.contains("replaces itself"), "{error}");
    }
}

/// The reason why a relation is only possible is shown, with its rule.
#[test]
fn a_relation_says_what_ended_it() {
    let graph = with(
        r#"Ownership(owner: "a", owned: "b", share: "100%", since: "2015", unsourced: true),
        Position(person: "x", at: "a", position: "director", since: "2015", unsourced: true),
        Event(id: "end", of: "a", what: Dissolved, completed: "2019-06-30", unsourced: true)"#,
    );
    let then = graph.as_of(date("2022"));
    let stake = "B is possibly owned (100%) by A (since 2015; A was dissolved 2019-06-30 (`end`))";
    assert_eq!(related(then, "b"), [stake]);
    let relation = then.entity("b").unwrap().relations().next().unwrap();
    let rules: Vec<_> =
        relation.endings().iter().map(|ending| (ending.fact.id(), ending.rule.name())).collect();
    assert_eq!(rules, [("end", "company-ended")]);
    assert!(related(then.certain(), "b").is_empty());
    let owners = then.ownership().owners(then.entity("b").unwrap(), OwnerRule::Multiply).unwrap();
    assert_eq!(owners.rows[0].share.low().to_string(), "0");
    assert_eq!(owners.rows[0].share.high().to_string(), "1");
}

/// Agreements pass to the successor, as stakes do; positions do not.
#[test]
fn agreements_pass_to_a_successor() {
    let facts = r#"Partnership(between: ["a", "b"], since: "2010", unsourced: true),
        Supply(supplier: "d", customer: "a", since: "2010", until: "2016", unsourced: true),
        Partnership(between: ["a", "c"], since: "2010", unsourced: true),
        Succession(id: "m", successor: "c", predecessor: "a", how: Merger, completed: "2014-03-01", unsourced: true)"#;
    let graph = with(facts);
    let of = |day: &str, id: &str| related(graph.as_of(date(day)), id);
    assert_eq!(of("2013", "b"), ["B partners with A (since 2010)"]);
    assert_eq!(of("2015", "b"), ["B partners with C (done 2014-03-01; follows from `m`)"]);
    assert_eq!(of("2015", "d"), ["D supplies C (done 2014-03-01; follows from `m`)"]);
    assert_eq!(of("2017", "d"), Vec::<String>::new());
    // Nobody partners with himself.
    assert_eq!(
        of("2017", "c"),
        ["C partners with B (done 2014-03-01; follows from `m`)", "C is merged from A (done 2014-03-01)"]
    );
    let over: Vec<_> = graph
        .as_of(date("2015"))
        .entity("b")
        .unwrap()
        .no_longer_in_force()
        .into_iter()
        .map(Fact::sentence)
        .collect();
    assert_eq!(over, ["A partnered with B (since 2010)"]);
    // Said twice, from either end, it passes once.
    let twice = format!("{facts}, Partnership(between: [\"b\", \"a\"], since: \"2010\", unsourced: true)");
    assert_eq!(related(with(&twice).as_of(date("2015")), "b"), of("2015", "b"));
    let split = with(&facts.replace("Merger", "Split"));
    assert_eq!(
        related(split.as_of(date("2015")), "b"),
        [
            "B possibly partners with A (since 2010)",
            "B possibly partners with C (done 2014-03-01; follows from `m`)"
        ]
    );
    let spun_off = with(&facts.replace("Merger", "SpinOff"));
    assert_eq!(related(spun_off.as_of(date("2015")), "b"), ["B partners with A (since 2010)"]);
}

fn owners<'g>(view: View<'g>, company: Entity<'g>) -> Vec<String> {
    let found = view.ownership().owners(company, OwnerRule::Multiply).unwrap();
    found
        .rows
        .iter()
        .map(|row| format!("{} {} to {}", row.entity.id(), row.share.low(), row.share.high()))
        .collect()
}

/// One of several successive states is in force: within the year of a sale the seller has the former stake or the
/// rest.
#[test]
fn a_stake_within_the_year_of_a_sale_is_never_nothing() {
    let graph = with(
        r#"Ownership(owner: "c", owned: "b", share: "100%", since: "2010", unsourced: true),
        Acquisition(acquirer: "a", target: "b", seller: "c", share: "30%", completed: "2015", unsourced: true)"#,
    );
    let at = |day: &str| {
        let view = graph.as_of(date(day));
        owners(view, view.entity("b").unwrap())
    };
    assert_eq!(at("2014"), ["c 1 to 1"]);
    assert_eq!(at("2015-06"), ["c 7/10 to 1", "a 0 to 3/10"]);
    assert_eq!(at("2016"), ["c 7/10 to 7/10", "a 3/10 to 3/10"]);
    // Without a date: the current state.
    assert_eq!(owners(graph.view(), graph.view().entity("b").unwrap()), ["c 7/10 to 7/10", "a 3/10 to 3/10"]);
    let all = with(
        r#"Ownership(owner: "c", owned: "b", share: "100%", since: "2010", unsourced: true),
        Acquisition(acquirer: "a", target: "b", seller: "c", completed: "2015", unsourced: true)"#,
    );
    let view = all.as_of(date("2015-06"));
    assert_eq!(owners(view, view.entity("b").unwrap()), ["a 0 to 1", "c 0 to 1"]);
}

/// If only the second sale is known, only that one counts.
#[test]
fn a_sale_that_is_not_known_lessens_nothing() {
    let graph = with(
        r#"Ownership(owner: "c", owned: "b", share: "60%", since: "2010", quotes: {"s2014": ["60%"]}),
        Acquisition(acquirer: "a", target: "b", seller: "c", share: "20%", completed: "2014-01-01", quotes: {"s2018": ["20%"]}),
        Acquisition(acquirer: "d", target: "b", seller: "c", share: "10%", completed: "2015-01-01", quotes: {"s2016": ["10%"]}),
        Acquisition(acquirer: "d", target: "b", seller: "a", share: "5%", completed: "2015-06-01", quotes: {"s2018": ["5%"]})"#,
    );
    let known = |by: &str| holdings(graph.as_of(date("2016")).known_by(date(by)));
    assert_eq!(known("2015"), "c OwnsShareOf b c 60%");
    assert_eq!(known("2017"), "c OwnsShareOf b c seller-keeps-rest 50%; d OwnsShareOf b c acquirer-owns 10%");
    assert_eq!(
        known("2019"),
        "a OwnsShareOf b c seller-keeps-rest 15%; c OwnsShareOf b c seller-keeps-rest 30%; d OwnsShareOf b c acquirer-owns 15%"
    );
}

/// Many sales and purchases give as many states: forty trades back and forth, two hundred sales by one holder.
#[test]
fn many_sales_leave_as_many_states() {
    let trade = |n: usize, buyer: &str, seller: &str, share: &str| {
        format!(
            r#"Acquisition(acquirer: "{buyer}", target: "b", seller: "{seller}", share: "{share}", completed: "{}-01-01", unsourced: true)"#,
            1300 + n
        )
    };
    let stake = r#"Ownership(owner: "c", owned: "b", share: "90%", since: "1200", unsourced: true)"#;
    let sales: Vec<String> = (0..200).map(|n| trade(n, "a", "c", "0.1%")).collect();
    let graph = with(&format!("{stake}, {}", sales.join(", ")));
    let view = graph.as_of(date("2000"));
    assert_eq!(owners(view, view.entity("b").unwrap()), ["c 7/10 to 7/10", "a 1/5 to 1/5"]);
    assert!(graph.memory().total() < 1_000_000);
    let back_and_forth: Vec<String> = (0..40)
        .map(|n| if n % 2 == 0 { trade(n, "a", "c", "5%") } else { trade(n, "c", "a", "5%") })
        .collect();
    let graph = with(&format!("{stake}, {}", back_and_forth.join(", ")));
    let view = graph.as_of(date("2000"));
    assert_eq!(owners(view, view.entity("b").unwrap()), ["c 9/10 to 9/10"]);
    let middle = graph.as_of(date("1310-06"));
    assert_eq!(owners(middle, middle.entity("b").unwrap()), ["c 17/20 to 17/20", "a 1/20 to 1/20"]);
}

/// A purchase connects its two companies for as long as the buyer has what was bought.
#[test]
fn what_was_sold_on_does_not_connect() {
    let graph = with(
        r#"Acquisition(acquirer: "a", target: "b", completed: "2014-04", unsourced: true),
        Ownership(owner: "a", owned: "b", share: "100%", since: "2014-04", until: "2016-05", unsourced: true),
        Acquisition(acquirer: "a", target: "c", completed: "2014-04", unsourced: true),
        Acquisition(acquirer: "d", target: "c", seller: "a", completed: "2016-05", unsourced: true)"#,
    );
    let path = |day: &str, to: &str| {
        let view = graph.as_of(date(day));
        view.entity("a").unwrap().traverse().shortest_path(view.entity(to).unwrap()).map(|path| path.hops())
    };
    assert_eq!((path("2015", "b"), path("2015", "c")), (Some(1), Some(1)));
    // It sold to its successor: that remains.
    assert_eq!((path("2019", "b"), path("2019", "c")), (None, Some(2)));
}

//! Which stated stakes count: ends, events, claims, classes, nominees, indirect stakes.

use keiretsu::{Claims, Graph, OwnerRule};

/// Facts; view as `as-of known-by claims`, `-` for none; owner and company; expected share, `-` if there is none.
const CASES: &[(&str, &str, &str, &str)] = &[
    // Ends, stated or by a term, and events that are pending or done.
    (
        r#"Ownership(owner: "p", owned: "a", share: "30%", until: "2019", unsourced: true)"#,
        "- - all",
        "p a",
        "-",
    ),
    (
        r#"Ownership(owner: "p", owned: "a", share: "30%", until: "unknown", unsourced: true)"#,
        "- - all",
        "p a",
        "-",
    ),
    (
        r#"Ownership(owner: "p", owned: "a", share: "30%", until: "open", unsourced: true)"#,
        "- - all",
        "p a",
        "3/10",
    ),
    (
        r#"Ownership(owner: "p", owned: "a", share: "30%", since: "2010", term: "5 years", unsourced: true)"#,
        "- - all",
        "p a",
        "-",
    ),
    (
        r#"Ownership(owner: "p", owned: "a", share: "30%", since: "2010", term: "5 years", unsourced: true)"#,
        "2012 - all",
        "p a",
        "3/10",
    ),
    (SOLD, "- - all", "p a", "-"),
    (SOLD, "2014 - all", "p a", "3/10"),
    (SOLD, "2016 - all", "q a", "3/10"),
    (PENDING, "- - all", "p a", "3/10"),
    (PENDING, "2016 - all", "p a", "0..3/10"),
    (PENDING, "2016 - all", "q a", "0..3/10"),
    // What is sought or called off is not a stake.
    (
        r#"Ownership(status: Sought, owner: "p", owned: "a", share: "30%", unsourced: true)"#,
        "- - all",
        "p a",
        "-",
    ),
    (
        r#"Ownership(owner: "p", owned: "a", share: "30%", withdrawn: "2015", unsourced: true)"#,
        "- - all",
        "p a",
        "-",
    ),
    // Two purchases add up; more than all is all; a stated stake stands for both.
    (TWO_PURCHASES, "2016 - all", "p a", "3/10"),
    (TWO_PURCHASES, "2019 - all", "p a", "11/20"),
    (PARTLY_SOLD, "2016 - all", "p a", "1/10"),
    (STATED_AFTER, "2016 - all", "p a", "1"),
    (STATED_AFTER, "2019 - all", "p a", "3/5"),
    // Claims that differ, or of which only one names the holder; what is refuted; what was known.
    (CLAIMS, "- - all", "p a", "3/10..2/5"),
    (CLAIMS, "- - newest", "p a", "2/5"),
    (CLAIMS, "- - official", "p a", "3/10"),
    (CLAIMS, "- 2012 all", "p a", "3/10"),
    (WHICH_HOLDER, "- - all", "p a", "0..3/5"),
    (WHICH_HOLDER, "- - all", "q a", "0..3/5"),
    (REFUTED, "- - all", "p a", "0..3/10"),
    // Classes and nominees add up, and the votes of each may be stated or not.
    (CLASSES, "- - all", "p a", "1/2"),
    (NOMINEES, "- - all", "p a", "1/4"),
    (NOMINEES, "- - all", "b a", "-"),
    // Indirect stakes: with a chain, without one, without room.
    (CHAIN_TOLD, "- - all", "p a", "2/5"),
    (NO_CHAIN, "- - all", "p a", "1/5"),
    (NO_ROOM, "- - all", "p a", "-"),
    // The same stake twice is one, from the lower to the higher; a newer reading of undated ones counts.
    (TWICE, "- - all", "p a", "3/10..2/5"),
    (UNDATED_AND_DATED, "- - all", "p a", "2/5"),
    // No share stated: what the others leave.
    (UNKNOWN, "- - all", "p a", "0..7/10"),
    (r#"Ownership(owner: "p", owned: "a", share: "0%", unsourced: true)"#, "- - all", "p a", "0"),
    // A newer reading of a stake that may have ended: that or nothing, except for what may outlast it.
    (READ_BEFORE_THE_END, "2019-10-22 - all", "p a", "0..1/50"),
    (READ_BEFORE_THE_END, "2018-12-30 - all", "p a", "27/100"),
    (READ_BEFORE_THE_END, "2018-12-31 - all", "p a", "1/50"),
    (READ_BEFORE_THE_END, "2020 - all", "p a", "-"),
    (OUTLASTED, "2019-10-22 - all", "p a", "1/50..27/100"),
    // A stake counts on the date of its figure, whenever it was published.
    (READ_ONCE, "2012-12-31 - all", "p a", "7/50"),
    (READ_ONCE, "2012-12-30 - all", "p a", "0..1"),
    (READ_ONCE, "2012-12-31 2012-12-31 all", "p a", "-"),
];

const SOLD: &str = r#"
    Ownership(owner: "p", owned: "a", share: "30%", since: "2010", unsourced: true),
    Acquisition(acquirer: "q", target: "a", seller: "p", share: "30%", completed: "2015-05-01", unsourced: true)"#;
const PENDING: &str = r#"
    Ownership(owner: "p", owned: "a", share: "30%", since: "2010", unsourced: true),
    Acquisition(acquirer: "q", target: "a", seller: "p", share: "30%", announced: "2015-05-01", unsourced: true)"#;
const TWO_PURCHASES: &str = r#"
    Acquisition(acquirer: "p", target: "a", share: "30%", completed: "2015", unsourced: true),
    Acquisition(acquirer: "p", target: "a", share: "25%", completed: "2018", unsourced: true)"#;
const PARTLY_SOLD: &str = r#"
    Ownership(owner: "p", owned: "a", share: "30%", since: "2010", unsourced: true),
    Acquisition(acquirer: "q", target: "a", seller: "p", share: "20%", completed: "2015", unsourced: true)"#;
const STATED_AFTER: &str = r#"
    Acquisition(acquirer: "p", target: "a", completed: "2015", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "60%", since: "2018", unsourced: true)"#;
const CLAIMS: &str = r#"
    Ownership(id: "one", owner: "p", owned: "a", share: "30%", quotes: {"filing": ["30%"]}),
    Ownership(owner: "p", owned: "a", share: "40%", claims_of: "one", quotes: {"herald": ["40%"]})"#;
const WHICH_HOLDER: &str = r#"
    Ownership(id: "one", owner: "p", owned: "a", share: "60%", unsourced: true),
    Ownership(owner: "q", owned: "a", share: "60%", claims_of: "one", unsourced: true)"#;
const REFUTED: &str = r#"
    Ownership(owner: "p", owned: "a", share: "30%", evidence: [
        (source: "filing", quote: "30%"), (source: "herald", quote: "never had any", stance: Refutes),
    ])"#;
const CLASSES: &str = r#"
    Ownership(owner: "p", owned: "a", class: "A", share: "20%", unsourced: true),
    Ownership(owner: "p", owned: "a", class: "B", share: "30%", unsourced: true)"#;
const NOMINEES: &str = r#"
    Ownership(owner: "p", owned: "a", through: "b", share: "10%", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "15%", unsourced: true)"#;
const CHAIN_TOLD: &str = r#"
    Ownership(owner: "p", owned: "b", share: "80%", unsourced: true),
    Ownership(owner: "b", owned: "a", share: "50%", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "40%", direct: false, unsourced: true)"#;
const NO_CHAIN: &str = r#"Ownership(owner: "p", owned: "a", share: "20%", direct: false, unsourced: true)"#;
const NO_ROOM: &str = r#"
    Ownership(owner: "q", owned: "a", share: "90%", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "20%", direct: false, unsourced: true)"#;
const TWICE: &str = r#"
    Ownership(owner: "p", owned: "a", share: "30%", since: "2015", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "40%", since: "2018", unsourced: true)"#;
const UNDATED_AND_DATED: &str = r#"
    Ownership(owner: "p", owned: "a", share: "30%", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "40%", as_of: "2018", unsourced: true)"#;
const READ_BEFORE_THE_END: &str = r#"
    Ownership(owner: "p", owned: "a", share: "27%", since: "2010", until: "2019", as_of: "2015-12-31", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "2%", since: "2010", until: "2019", as_of: "2018-12-31", unsourced: true)"#;
const OUTLASTED: &str = r#"
    Ownership(owner: "p", owned: "a", share: "27%", since: "2010", as_of: "2015-12-31", unsourced: true),
    Ownership(owner: "p", owned: "a", share: "2%", since: "2010", until: "2019", as_of: "2018-12-31", unsourced: true)"#;
const READ_ONCE: &str =
    r#"Ownership(owner: "p", owned: "a", share: "14%", as_of: "2012-12-31", quotes: {"herald": ["14%"]})"#;
const UNKNOWN: &str = r#"
    Ownership(owner: "p", owned: "a", unsourced: true),
    Ownership(owner: "q", owned: "a", share: "30%", unsourced: true)"#;

#[test]
fn what_counts_is_as_stated() {
    let mut wrong = Vec::new();
    for (facts, view, ends, expected) in CASES {
        let found = share(facts, view, ends);
        if found != *expected {
            wrong.push(format!("{facts}\n    seen as {view}: {ends} is {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn share(facts: &str, view: &str, ends: &str) -> String {
    let graph = Graph::from_ron(&format!(
        r#"Graph(
            sources: {{
                "filing": (kind: Filing, title: "Filing", published: "2011"),
                "herald": (kind: News, title: "Herald", published: "2013"),
            }},
            people: {{ "p": (name: "Paula"), "q": (name: "Quentin") }},
            companies: {{ "a": (name: "Acme"), "b": (name: "Bolt") }},
            facts: [{facts}],
        )"#
    ))
    .unwrap_or_else(|error| panic!("{error}\n{facts}"));
    let [as_of, known_by, claims] = view.split(' ').collect::<Vec<_>>()[..] else { panic!("{view}") };
    let mut view = graph.view().claims(match claims {
        "newest" => Claims::Newest,
        "official" => Claims::Official,
        _ => Claims::All,
    });
    if as_of != "-" {
        view = view.as_of(as_of.parse().unwrap());
    }
    if known_by != "-" {
        view = view.known_by(known_by.parse().unwrap());
    }
    let (owner, company) = ends.split_once(' ').unwrap();
    let owners = view.ownership().owners(view.entity(company).unwrap(), OwnerRule::Multiply).unwrap();
    let row = owners.rows.into_iter().find(|row| row.entity.id() == owner);
    row.map_or_else(
        || "-".to_owned(),
        |row| match row.share.exact() {
            Some(exact) => exact.to_string(),
            None => format!("{}..{}", row.share.low(), row.share.high()),
        },
    )
}

/// It can be asked from several threads.
#[test]
fn ownership_is_shared_between_threads() {
    fn is_shared<T: Send + Sync>(_: &T) {}
    let graph = Graph::open("graphs/ownership").unwrap();
    is_shared(&graph.view().ownership());
}

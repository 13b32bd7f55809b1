//! Events of vague dates: nobody passes on what it does not have yet, so the days before are none of theirs.

use super::{date, holdings, with};

/// Facts, and holdings and stakes at a date; every fact is unsourced but those that name a source.
type Row = (&'static str, &'static [(&'static str, &'static str)]);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // Done on an unknown day, which was not before 2010, when the seller first had it.
    (r#"Ownership(owner: "a", owned: "e", share: "100%", since: "2010-01-01"),
        Acquisition(acquirer: "b", seller: "a", target: "e", status: Completed)"#, &[
        ("2009", ""),
        ("2016", "a OwnsShareOf e p 100%; b OwnsShareOf e p acquirer-owns 100%"),
    ]),
    // Its source of 2014-06-15 knows that it was done.
    (r#"Ownership(owner: "a", owned: "e", share: "100%", since: "2010-01-01"),
        Acquisition(acquirer: "b", seller: "a", target: "e", status: Completed, quotes: {"s2014": ["done"]})"#, &[
        ("2009", ""),
        ("2012", "a OwnsShareOf e p 100%; b OwnsShareOf e p acquirer-owns 100%"),
        ("2015", "b OwnsShareOf e c acquirer-owns 100%"),
    ]),
    (r#"Ownership(owner: "a", owned: "e", share: "100%", since: "2010-01-01"),
        Acquisition(acquirer: "b", seller: "a", target: "e", completed: "../2014")"#, &[
        ("2009", ""),
        ("2012", "a OwnsShareOf e p 100%; b OwnsShareOf e p acquirer-owns 100%"),
        ("2015", "b OwnsShareOf e c acquirer-owns 100%"),
    ]),
    // Bought on a day of the year in which it was sold on: it was sold on later.
    (r#"Acquisition(acquirer: "b", seller: "a", target: "e", completed: "2015"),
        Acquisition(acquirer: "a", target: "e", completed: "2015-03-01")"#, &[
        ("2015-02-01", ""),
        ("2015-06-01", "a OwnsShareOf e p acquirer-owns 100%; b OwnsShareOf e p acquirer-owns 100%"),
        ("2016", "b OwnsShareOf e c acquirer-owns 100%"),
    ]),
    // Twice.
    (r#"Acquisition(acquirer: "c", seller: "b", target: "e", completed: "2015"),
        Acquisition(acquirer: "b", seller: "a", target: "e", completed: "2015"),
        Ownership(owner: "a", owned: "e", share: "100%", since: "2015-03-01")"#, &[
        ("2015-02-01", ""),
        ("2015-06-01", "a OwnsShareOf e p 100%; b OwnsShareOf e p acquirer-owns 100%; c OwnsShareOf e p acquirer-owns 100%"),
        ("2016", "c OwnsShareOf e c acquirer-owns 100%"),
    ]),
    // Sold and bought back before it is sold again.
    (r#"Ownership(owner: "a", owned: "e", share: "100%", since: "2010-01-01"),
        Acquisition(acquirer: "b", seller: "a", target: "e", completed: "2014-06-01"),
        Acquisition(acquirer: "a", seller: "b", target: "e", completed: "2015-03-01"),
        Acquisition(acquirer: "c", seller: "a", target: "e", completed: "2015")"#, &[
        ("2015-02-01", "b OwnsShareOf e c acquirer-owns 100%"),
        ("2015-06-01", "a OwnsShareOf e p acquirer-owns 100%; c OwnsShareOf e p acquirer-owns 100%"),
        ("2016", "c OwnsShareOf e c acquirer-owns 100%"),
    ]),
    // A holding.
    (r#"Holding(holder: "a", of: "t", since: "2015-03-01"), Sale(seller: "a", buyer: "b", of: "t", completed: "2015")"#, &[
        ("2015-02-01", ""),
        ("2015-06-01", "a Holds t p; b Holds t p buyer-holds"),
        ("2016", "b Holds t c buyer-holds"),
    ]),
    // A part of a stake.
    (r#"Ownership(owner: "d", owned: "e", share: "50%", since: "2016-05"),
        Acquisition(acquirer: "b", seller: "d", target: "e", share: "10%", completed: "2016")"#, &[
        ("2016-04-01", ""),
        ("2016-06-15", "b OwnsShareOf e p acquirer-owns 10%; d OwnsShareOf e p 50%; d OwnsShareOf e p seller-keeps-rest 40%"),
        ("2017", "b OwnsShareOf e c acquirer-owns 10%; d OwnsShareOf e c seller-keeps-rest 40%"),
    ]),
    // A figure of a day does not say that nothing was held before: the sale was before or after it.
    (r#"Ownership(owner: "d", owned: "e", share: "50%", as_of: "2016-05-31"),
        Acquisition(acquirer: "b", seller: "d", target: "e", share: "10%", completed: "2016")"#, &[
        ("2017", "b OwnsShareOf e c acquirer-owns 10%; d OwnsShareOf e c seller-keeps-rest 40%..50%"),
    ]),
    // Known to hold something before: a figure within the year of a sale is what was left, as it is for exact days.
    (r#"Ownership(owner: "d", owned: "e", share: "60%", since: "2010"), Ownership(owner: "d", owned: "e", share: "50%", as_of: "2016-05-31"),
        Acquisition(acquirer: "b", seller: "d", target: "e", share: "10%", completed: "2016")"#, &[
        ("2017", "b OwnsShareOf e c acquirer-owns 10%; d OwnsShareOf e c 50%"),
    ]),
    // Who sells all, but still has it on a day of that year, sold it later.
    (r#"Ownership(owner: "d", owned: "e", share: "60%", since: "2010"), Ownership(owner: "d", owned: "e", share: "60%", since: "2010", as_of: "2016-05-31"),
        Acquisition(acquirer: "b", seller: "d", target: "e", completed: "2016")"#, &[
        ("2017", "b OwnsShareOf e c acquirer-owns 100%"),
    ]),
    // What two purchases of one year by one after the other leave.
    (r#"Acquisition(acquirer: "b", target: "e", share: "60%", completed: "2017"),
        Acquisition(acquirer: "c", seller: "b", target: "e", share: "20%", completed: "2017")"#, &[
        ("2016", ""),
        ("2017-06-01", "b OwnsShareOf e p acquirer-owns 60%; b OwnsShareOf e p seller-keeps-rest 40%; c OwnsShareOf e p acquirer-owns 20%"),
        ("2018", "b OwnsShareOf e c seller-keeps-rest 40%; c OwnsShareOf e c acquirer-owns 20%"),
    ]),
    (r#"Acquisition(acquirer: "b", target: "e", share: "60%", completed: "2017"),
        Acquisition(acquirer: "c", seller: "b", target: "e", share: "20%", completed: "2017-06-01")"#, &[
        ("2017-03-01", "b OwnsShareOf e p acquirer-owns 60%"),
        ("2017-07-01", "b OwnsShareOf e c seller-keeps-rest 40%; c OwnsShareOf e c acquirer-owns 20%"),
    ]),
    // The purchase is pending: whether anything is left is not known.
    (r#"Acquisition(acquirer: "b", target: "e", share: "60%", announced: "2017-01-01"),
        Acquisition(acquirer: "c", seller: "b", target: "e", share: "20%", completed: "2017-06-01")"#, &[
        ("2018", "b OwnsShareOf e p seller-keeps-rest 0%..40%; c OwnsShareOf e c acquirer-owns 20%"),
    ]),
    // A company has what it buys before it merges.
    (r#"Acquisition(acquirer: "a", target: "e", share: "30%", completed: "2015-03-01"), Holding(holder: "a", of: "t", since: "2010"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015")"#, &[
        ("2015-02-01", "a Holds t p; b Holds t p successor-takes-over"),
        ("2015-06-01", "a Holds t p; a OwnsShareOf e p acquirer-owns 30%; b Holds t p successor-takes-over; b OwnsShareOf e p successor-takes-over 30%"),
        ("2016", "b Holds t c successor-takes-over; b OwnsShareOf e c successor-takes-over 30%"),
    ]),
    // What it sells before it merges does not pass on.
    (r#"Ownership(owner: "a", owned: "e", share: "100%", since: "2010"),
        Succession(predecessor: "a", successor: "b", how: Merger, completed: "2015"),
        Acquisition(acquirer: "c", seller: "a", target: "e", completed: "2015-03-01")"#, &[
        ("2016", "c OwnsShareOf e c acquirer-owns 100%"),
    ]),
    (r#"Holding(holder: "a", of: "t", since: "2015-03-01"), Succession(predecessor: "a", successor: "b", how: Merger, completed: "../2015")"#, &[
        ("2015-02-01", ""),
        ("2015-06-01", "a Holds t p; b Holds t p successor-takes-over"),
        ("2016", "b Holds t c successor-takes-over"),
    ]),
    // A company that was dissolved some time in the year had what it bought in March until then.
    (r#"Acquisition(acquirer: "c", target: "e", share: "100%", completed: "2015-03-01"), Event(of: "c", what: Dissolved, completed: "2015")"#, &[
        ("2015-02-01", ""),
        ("2015-06-01", "c OwnsShareOf e p acquirer-owns 100%"),
        ("2016", "c OwnsShareOf e p acquirer-owns 100%"),
    ]),
    // What begins after it is another matter.
    (r#"Acquisition(acquirer: "c", target: "e", share: "100%", completed: "2016-03-01"), Event(of: "c", what: Dissolved, completed: "2015")"#, &[
        ("2017", "c OwnsShareOf e c acquirer-owns 100%"),
    ]),
];

/// Of a fact that begins at this offset, whether it names a source.
fn unsourced(facts: &str) -> String {
    let each = facts.split("),").map(|fact| {
        let fact = fact.trim_end_matches(')');
        if fact.contains("quotes") { format!("{fact})") } else { format!("{fact}, unsourced: true)") }
    });
    each.collect::<Vec<_>>().join(",")
}

#[test]
fn an_event_of_a_vague_date_was_after_what_it_passes_on_began() {
    let mut wrong = Vec::new();
    for (facts, days) in ROWS {
        let graph = with(&unsourced(facts));
        for (day, expected) in *days {
            let found = holdings(graph.as_of(date(day)));
            if found != *expected {
                wrong.push(format!("{facts}\n  {day}: {found}\n  not   {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The agreements of one that merged some time in 2015.
#[test]
fn an_agreement_passes_on_with_a_merger_of_a_vague_date() {
    let graph = with(
        r#"Partnership(between: ["a", "b"], since: "2015-03-01", unsourced: true),
        Succession(id: "m", successor: "c", predecessor: "a", how: Merger, completed: "2015", unsourced: true)"#,
    );
    let of = |day: &str| {
        let all =
            graph.as_of(date(day)).entity("b").unwrap().relations().map(|relation| relation.to_string());
        all.collect::<Vec<_>>()
    };
    assert_eq!(of("2015-02-01"), Vec::<String>::new());
    assert_eq!(
        of("2015-06-01"),
        [
            "B possibly partners with A (since 2015-03-01; A was merged into C 2015 (`m`))",
            "B possibly partners with C (done 2015; follows from `m`)"
        ]
    );
    assert_eq!(of("2016"), ["B partners with C (done 2015; follows from `m`)"]);
}

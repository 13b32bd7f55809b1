use std::cmp::Ordering;

use keiretsu::{Date, Day};
use proptest::prelude::*;

use super::{accepts, day, holds_for_texts, read, refuses, refuses_all};
use crate::property::cases;

#[test]
fn a_date_is_an_interval_of_days() {
    for (text, earliest, latest) in [
        ("2016", "2016-01-01", "2016-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("2016-05", "2016-05-01", "2016-05-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2016-05-31", "2016-05-31", "2016-05-31"),
        ("2016-Q1", "2016-01-01", "2016-03-31"),
        ("2016-Q2", "2016-04-01", "2016-06-30"),
        ("2016-Q3", "2016-07-01", "2016-09-30"),
        ("9999-Q4", "9999-10-01", "9999-12-31"),
        ("2016-H1", "2016-01-01", "2016-06-30"),
        ("9999-H2", "9999-07-01", "9999-12-31"),
        ("2016~", "2016-01-01", "2016-12-31"),
        ("2016-05?", "2016-05-01", "2016-05-31"),
        ("2016-Q3~", "2016-07-01", "2016-09-30"),
        ("2016-05-31?", "2016-05-31", "2016-05-31"),
        ("2016-05-18/2016-05-19", "2016-05-18", "2016-05-19"),
        ("2016-05-31/2016-09", "2016-05-31", "2016-09-30"),
        ("2016-Q3/2017?", "2016-07-01", "2017-12-31"),
        ("2016/2016", "2016-01-01", "2016-12-31"),
        ("2016-05-31/2016-05", "2016-05-31", "2016-05-31"), // the 31st, by both ends
        ("../2016-05", "open", "2016-05-31"),
        ("../2016-H1~", "open", "2016-06-30"),
        ("2016-05/..", "2016-05-01", "open"),
        ("2016-05-31?/..", "2016-05-31", "open"),
    ] {
        let date: Date = read(text);
        let bound = |text: &str| (text != "open").then(|| day(text));
        assert_eq!(date.earliest(), bound(earliest), "{text}");
        assert_eq!(date.latest(), bound(latest), "{text}");
        assert_eq!(date.to_string(), text);
    }
}

#[test]
fn the_marks_are_kept() {
    for (text, approximate, uncertain) in [
        ("2016", false, false),
        ("2016~", true, false),
        ("2016?", false, true),
        ("2016~/2017?", true, true),
        ("2016/2017~", true, false),
        ("2016?/2017", false, true),
        ("../2017~", true, false),
        ("2017?/..", false, true),
    ] {
        let date: Date = read(text);
        assert_eq!(date.is_approximate(), approximate, "{text}");
        assert_eq!(date.is_uncertain(), uncertain, "{text}");
    }
}

#[test]
fn words_say_the_open_ends() {
    for (text, words) in [
        ("2016-05-31", "2016-05-31"),
        ("2016~", "2016~"),
        ("2016-05-18/2016-05-19", "2016-05-18/2016-05-19"),
        ("../2016-05", "on or before 2016-05"),
        ("2016-Q3~/..", "on or after 2016-Q3~"),
    ] {
        assert_eq!(read::<Date>(text).words().to_string(), words);
    }
}

#[test]
fn refuses_what_is_not_in_the_grammar() {
    refuses_all::<Date>(&[
        "16",
        "02016",
        "2016-",
        "-2016",
        "2016-5",
        "2016-005",
        "2016-05-3",
        "2016--31",
        "2016-Q0",
        "2016-Q5",
        "2016-Q",
        "2016-Q12",
        "2016-q3",
        "2016-H0",
        "2016-H3",
        "2016-Q3-01",
        "~2016",
        "2016~~",
        "2016~?",
        "2016?~",
        "2016 ~",
        "../..",
        "../",
        "/..",
        "/",
        "2016/",
        "/2016",
        "2016/2017/2018",
        "2016/../2017",
        "..2016",
        "2016..",
        "../2016/..",
        "2016 /2017",
        "2016\u{660}",
        "２０１６",
        "+201",
        "2016-+5",
        "0000",
        "0000-01-01",
        "2016-00",
        "2016-05-00",
        "2016-05-31T12:00",
        "open",
        "unknown",
        "2016-05-31\n",
    ]);
}

#[test]
fn says_what_to_write() {
    let general = "write year-month-day, as in `2016-05-31`; a month alone is `2016-05`";
    let which = "write year-month-day, as in `2016-05-31`: which is the month?";
    refuses::<Date>(
        "date",
        &[
            ("", general),
            ("31 May 2016", "write `2016-05-31`"),
            ("31. May 2016", "write `2016-05-31`"),
            ("31-May-2016", "write `2016-05-31`"),
            ("31st of May, 2016", "write `2016-05-31`"),
            ("May 31, 2016", "write `2016-05-31`"),
            ("MAY 3rd 2016", "write `2016-05-03`"),
            ("2016 May 1", "write `2016-05-01`"),
            ("Sept. 30, 2016", "write `2016-09-30`"),
            ("May 2016", "write `2016-05`"),
            ("May, 2016", "write `2016-05`"),
            ("April 31, 2016", "April 2016 has 30 days"),
            ("May 0000", "years are 0001 to 9999"),
            ("Ma 2016", general),
            ("Mayday 2016", general),
            ("May 31", general),
            ("May", general),
            ("May June 2016", general),
            ("31 31 May 2016", general),
            ("31 May 16", general),
            ("31 Mai 2016 or so", general),
            ("31 May 2016/..", "write `2016-05-31`"),
            ("20160531", general),
            ("2016/05/31", "write `2016-05-31`"),
            ("2016.5.1", "write `2016-05-01`"),
            ("2016 05 31", "write `2016-05-31`"),
            ("2016-5-1", "write `2016-05-01`"),
            ("31.05.2016", "write `2016-05-31`"),
            ("1.2.2016", "write `2016-02-01`"),
            ("31/05/2016", "write `2016-05-31`"),
            ("05/31/2016", "write `2016-05-31`"),
            ("05/06/2016", which),
            ("12-12-2016", which),
            ("99/99/2016", which),
            ("2016-13", "months are 01 to 12"),
            ("2016-00", "months are 01 to 12"),
            ("2016-13-01", "months are 01 to 12"),
            ("2016-02-30", "February 2016 has 29 days"),
            ("2015-02-29~", "February 2015 has 28 days"),
            ("2016-04-31", "April 2016 has 30 days"),
            ("2016-12-00", "December 2016 has 31 days"),
            ("0000", "years are 0001 to 9999"),
            ("0000-05", "years are 0001 to 9999"),
            ("2016-Q5", "quarters are `Q1` to `Q4`"),
            ("2016-H3", "half-years are `H1` and `H2`"),
            ("2016-q3", "write `2016-Q3`"),
            ("Q3 2016", "write `2016-Q3`"),
            ("H2/2016", "write `2016-H2`"),
            ("2016Q3", "write `2016-Q3`"),
            ("~2016", "write `2016~`"),
            ("c. 2016-05", "write `2016-05~`"),
            ("about 2016", "write `2016~`"),
            ("2016/2015", "the earlier date comes first: write `2015/2016`"),
            ("2016-05-02/2016-05-01", "the earlier date comes first: write `2016-05-01/2016-05-02`"),
            ("2016/", "write `2016/..`"),
            ("/2016", "write `../2016`"),
            ("../..", "leave out a date that is not known"),
            ("2016..2017", "write `2016/2017`"),
            ("2016-02-30/..", "February 2016 has 29 days"),
            ("2016/2017-13", "months are 01 to 12"),
        ],
    );
}

#[test]
fn a_day_is_a_date() {
    let day = day("2016-05-31");
    assert_eq!(Date::day(day), read("2016-05-31"));
    assert_eq!(Date::from(day), Date::day(day));
}

#[test]
fn the_order_is_by_the_bounds() {
    let sorted = [
        "../2015",
        "../2016-05",
        "2015",
        "2016-01-01",
        "2016-Q1",
        "2016",
        "2016~",
        "2016?",
        "2016/2016",
        "2016/2017",
        "2016/..",
        "2016-02",
    ];
    for (i, a) in sorted.iter().enumerate() {
        for (j, b) in sorted.iter().enumerate() {
            assert_eq!(read::<Date>(a).cmp(&read(b)), i.cmp(&j), "{a} {b}");
        }
    }
}

/// The days of a date without a slash, computed the slow way.
fn names(point: &str, day: Day) -> bool {
    let point = point.trim_end_matches(['~', '?']);
    let (year, rest) = point.split_once('-').unwrap_or((point, ""));
    let month = day.month();
    format!("{:04}", day.year()) == year
        && match rest {
            "" => true,
            "H1" => month <= 6,
            "H2" => month > 6,
            "Q1" => month <= 3,
            "Q2" => (4..=6).contains(&month),
            "Q3" => (7..=9).contains(&month),
            "Q4" => month >= 10,
            _ => day.to_string().starts_with(point),
        }
}

const POINT: &str = "20(15|16)(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?))?[~?]?";

/// The first days and the last ones of the years the texts are about, and some between.
fn days() -> impl Iterator<Item = Day> {
    let (from, to) = (day("2014-12-20").number(), day("2017-01-10").number());
    (from..=to).filter_map(Day::from_number)
}

proptest! {
    #![proptest_config(cases(60))]
    #[test]
    fn a_single_date_has_the_days_it_names(text in POINT) {
        let date: Date = read(&text);
        prop_assert_eq!(date.to_string(), text.clone());
        for day in days() {
            prop_assert_eq!(date.contains(day), names(&text, day), "{} {}", text, day);
        }
    }

    #[test]
    fn an_interval_has_the_days_between(from in POINT, to in POINT) {
        let first = days().find(|day| names(&from, *day)).expect("a day");
        let last = days().filter(|day| names(&to, *day)).last().expect("a day");
        let text = format!("{from}/{to}");
        if first > last {
            prop_assert!(text.parse::<Date>().is_err());
            return Ok(());
        }
        let (between, before, after): (Date, Date, Date) =
            (read(&text), read(&format!("../{to}")), read(&format!("{from}/..")));
        prop_assert_eq!(between.to_string(), text);
        for day in days() {
            prop_assert_eq!(between.contains(day), first <= day && day <= last);
            prop_assert_eq!(before.contains(day), day <= last);
            prop_assert_eq!(after.contains(day), first <= day);
        }
    }

    #[test]
    fn the_order_agrees_with_equality(a in POINT, b in POINT) {
        let (x, y): (Date, Date) = (read(&a), read(&b));
        prop_assert_eq!(x.cmp(&y) == Ordering::Equal, x == y);
        prop_assert_eq!(x == y, a == b);
        prop_assert_eq!(x.cmp(&y), y.cmp(&x).reverse());
    }
}

#[test]
fn every_month_and_quarter_ends_where_the_next_begins() {
    for year in (1..=9999).step_by(97).chain([9999]) {
        for count in [2, 4, 12] {
            let mut next = Day::new(year, 1, 1);
            for part in 1..=count {
                let text = match count {
                    2 => format!("{year:04}-H{part}"),
                    4 => format!("{year:04}-Q{part}"),
                    _ => format!("{year:04}-{part:02}"),
                };
                let date: Date = read(&text);
                assert_eq!(date.earliest(), next, "{text}");
                next = date.latest().and_then(Day::tomorrow);
            }
            assert_eq!(next, Day::new(year + 1, 1, 1));
        }
    }
}

#[test]
fn accepts_open_ends_at_the_ends_of_time() {
    accepts::<Date>(&["../0001", "9999/..", "../0001-01-01", "9999-12-31/..", "0001/9999"]);
}

holds_for_texts!(
    Date,
    r"(\.\./)?[0-9]{4}(-(Q[1-4]|H[12]|[01][0-9](-[0-3][0-9])?))?[~?]?(/\.\.|/20[0-9]{2}(-[01][0-9])?)?"
);

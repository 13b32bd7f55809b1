use keiretsu::{Day, Term};
use proptest::prelude::*;

use super::{accepts, day, holds_for_texts, read, refuses, refuses_all};
use crate::property::cases;

#[test]
fn reads_terms() {
    accepts::<Term>(&[
        "1 day",
        "30 days",
        "1 month",
        "18 months",
        "1 year",
        "10 years",
        "4294967295 days",
        "perpetual",
    ]);
    assert!(read::<Term>("perpetual").is_perpetual());
    assert_eq!(read::<Term>("perpetual"), Term::PERPETUAL);
    assert!(!read::<Term>("9999 years").is_perpetual());
    assert_ne!(read::<Term>("12 months"), read::<Term>("1 year"));
}

#[test]
fn says_what_to_write() {
    let general = "write whole days, months or years, as in `10 years`, or `perpetual`";
    refuses::<Term>(
        "term",
        &[
            ("1 years", "write `1 year`"),
            ("10 year", "write `10 years`"),
            ("10 Years", "write `10 years`"),
            ("ten years", "write `10 years`"),
            ("one month", "write `1 month`"),
            ("twelve-month", "write `12 months`"),
            ("10-year", "write `10 years`"),
            ("10years", "write `10 years`"),
            ("10y", "write `10 years`"),
            ("10  years", "write `10 years`"),
            ("010 years", "write `10 years`"),
            ("2 weeks", "write `14 days`"),
            ("2 quarters", "write `6 months`"),
            ("1 decade", "write `10 years`"),
            ("Perpetual", "write `perpetual`"),
            ("forever", "write `perpetual`"),
            ("1.5 years", general),
            ("0 days", general),
            ("-1 days", general),
            ("10", general),
            ("years", general),
            ("", general),
            ("4294967296 days", general),
            ("4294967295 weeks", general),
            ("99999999999999999999 years", general),
        ],
    );
    refuses_all::<Term>(&["10 years ", "+10 years", "1 day 1 day", "perpetual years", "٣ days"]);
}

#[test]
fn ends_after_the_term() {
    for (term, start, end) in [
        ("1 day", "2016-02-28", "2016-02-29"),
        ("30 days", "2016-02-01", "2016-03-02"),
        ("1 month", "2016-01-31", "2016-02-29"),
        ("1 month", "2015-01-31", "2015-02-28"),
        ("1 month", "2016-02-29", "2016-03-29"),
        ("18 months", "2016-05-31", "2017-11-30"),
        ("1 year", "2016-02-29", "2017-02-28"),
        ("4 years", "2016-02-29", "2020-02-29"),
        ("10 years", "2016-05-31", "2026-05-31"),
        ("1 year", "9998-12-31", "9999-12-31"),
        ("9998 years", "0001-01-01", "9999-01-01"),
        ("3652058 days", "0001-01-01", "9999-12-31"),
    ] {
        assert_eq!(read::<Term>(term).after(day(start)), Some(day(end)), "{term} after {start}");
    }
}

#[test]
fn has_no_end_if_perpetual_or_too_late() {
    for (term, start) in [
        ("perpetual", "2016-05-31"),
        ("1 day", "9999-12-31"),
        ("1 month", "9999-12-01"),
        ("1 year", "9999-01-01"),
        ("9999 years", "0001-01-01"),
        ("4294967295 days", "0001-01-01"),
        ("4294967295 months", "0001-01-01"),
        ("4294967295 years", "0001-01-01"),
    ] {
        assert_eq!(read::<Term>(term).after(day(start)), None, "{term} after {start}");
    }
}

/// This many months later, counted one by one, then clamped.
fn months_on(start: Day, months: u32) -> Option<Day> {
    let (mut year, mut month) = (start.year(), start.month());
    for _ in 0..months {
        (year, month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    }
    (1..=start.day()).rev().find_map(|day| Day::new(year, month, day))
}

fn term(count: u32, unit: &str) -> Term {
    read(&format!("{count} {unit}{}", if count == 1 { "" } else { "s" }))
}

proptest! {
    #![proptest_config(cases(500))]
    #[test]
    fn a_term_is_as_long_as_counted(number in 0..3_652_059, count in 1..400_u32) {
        let start = Day::from_number(number).expect("in range");
        let days = i32::try_from(count).expect("small");
        prop_assert_eq!(term(count, "day").after(start), Day::from_number(number + days));
        prop_assert_eq!(term(count, "month").after(start), months_on(start, count));
        prop_assert_eq!(term(count, "year").after(start), months_on(start, 12 * count));
    }
}

holds_for_texts!(Term, "(one|[1-9][0-9]{0,3}) (day|month|year|week)s?");

use keiretsu::Day;
use proptest::prelude::*;

use super::{accepts, day, holds_for_texts, refuses, refuses_all};
use crate::property::cases;

#[test]
fn reads_days_of_the_calendar() {
    accepts::<Day>(&["2016-05-31", "2016-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]);
    assert_eq!(Day::new(2016, 5, 31), Some(day("2016-05-31")));
    let last = day("2016-05-31");
    assert_eq!((last.year(), last.month(), last.day()), (2016, 5, 31));
    assert_eq!(format!("{last:?}"), "Day(2016-05-31)");
}

#[test]
fn refuses_days_that_are_not() {
    for (year, month, day) in [
        (0, 1, 1),
        (10_000, 1, 1),
        (u16::MAX, 1, 1),
        (2016, 0, 1),
        (2016, 13, 1),
        (2016, 255, 1),
        (2016, 1, 0),
        (2016, 1, 32),
        (2016, 1, 255),
        (2015, 2, 29),
        (1900, 2, 29),
        (2016, 4, 31),
    ] {
        assert_eq!(Day::new(year, month, day), None, "{year}-{month}-{day}");
    }
    refuses_all::<Day>(&["2016", "2016-05", "2016-05-31~", "2016-05-31-", "+2016-05-31"]);
    refuses::<Day>(
        "day",
        &[
            ("2016", "write year-month-day, as in `2016-05-31`"),
            ("2016/05/31", "write `2016-05-31`"),
            ("2016-5-3", "write `2016-05-03`"),
            ("2015-02-29", "February 2015 has 28 days"),
            ("~2016-05-31", "write year-month-day, as in `2016-05-31`"),
        ],
    );
}

#[test]
fn numbers_the_days() {
    // 1970-01-01 is day 719,163 of the proleptic Gregorian calendar counted from 1, so 719,162.
    for (text, number) in [
        ("0001-01-01", 0),
        ("0001-12-31", 364),
        ("0004-12-31", 4 * 365),
        ("1970-01-01", 719_162),
        ("2000-01-01", 719_162 + 10_957),
        ("9999-12-31", 3_652_058),
    ] {
        assert_eq!(day(text).number(), number);
        assert_eq!(Day::from_number(number), Some(day(text)));
    }
    for number in [-1, 3_652_059, i32::MIN, i32::MAX] {
        assert_eq!(Day::from_number(number), None);
    }
    assert_eq!((Day::MIN, Day::MAX), (day("0001-01-01"), day("9999-12-31")));
}

#[test]
fn steps_over_the_ends_of_months_and_of_time() {
    for (before, after) in [
        ("2016-02-28", "2016-02-29"),
        ("2016-02-29", "2016-03-01"),
        ("1900-02-28", "1900-03-01"),
        ("2015-12-31", "2016-01-01"),
    ] {
        assert_eq!(day(before).tomorrow(), Some(day(after)));
        assert_eq!(day(after).yesterday(), Some(day(before)));
    }
    assert_eq!(Day::MIN.yesterday(), None);
    assert_eq!(Day::MAX.tomorrow(), None);
}

proptest! {
    #![proptest_config(cases(500))]
    #[test]
    fn a_day_is_its_number(number in 0..3_652_058) {
        let day = Day::from_number(number).expect("in range");
        prop_assert_eq!(day.number(), number);
        prop_assert_eq!(Day::new(day.year(), day.month(), day.day()), Some(day));
        let next = day.tomorrow().expect("in range");
        prop_assert_eq!(next.number(), number + 1);
        prop_assert!(day < next);
        prop_assert_eq!(next.yesterday(), Some(day));
    }
}

holds_for_texts!(Day, "[0-9]{4}-[01][0-9]-[0-3][0-9]");

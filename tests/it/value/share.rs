use keiretsu::{Decimal, Share};
use proptest::prelude::*;

use super::{accepts, cases, decimal, holds_for_texts, read, refuses, refuses_all};

#[test]
fn a_share_has_bounds_in_parts_of_one() {
    for (text, low, high, words) in [
        ("0%", "0", "0", "0%"),
        ("51%", "0.51", "0.51", "51%"),
        ("100%", "1", "1", "100%"),
        ("100.00%", "1", "1", "100.00%"),
        ("62.45%", "0.6245", "0.6245", "62.45%"),
        ("62.450%", "0.6245", "0.6245", "62.450%"),
        ("~15%", "0.15", "0.15", "about 15%"),
        (">=25%", "0.25", "1", "at least 25%"),
        ("<=10%", "0", "0.1", "at most 10%"),
        ("25%..50%", "0.25", "0.5", "25% to 50%"),
        ("majority", "0.5", "1", "a majority"),
        ("undisclosed", "0", "1", "an undisclosed share"),
    ] {
        let share: Share = read(text);
        assert_eq!(share.low(), decimal(low), "{text}");
        assert_eq!(share.high(), decimal(high), "{text}");
        assert_eq!(share.words().to_string(), words);
        assert_eq!(share.to_string(), text);
        assert_eq!(share.low_is_open(), text == "majority");
        assert_eq!(share.is_approximate(), text.starts_with('~'));
        assert_eq!(share.is_undisclosed(), text == "undisclosed");
    }
    assert_eq!(read::<Share>("majority"), Share::MAJORITY);
    assert_eq!(read::<Share>("undisclosed"), Share::UNDISCLOSED);
    assert_ne!(read::<Share>("0%"), Share::UNDISCLOSED);
}

#[test]
fn says_what_to_write() {
    let general = "write a percentage, as in `51%`, `~15%`, `>=25%`, `<=10%` or `25%..50%`, or \
                   write `majority` or `undisclosed`";
    refuses::<Share>(
        "share",
        &[
            ("51 %", "write `51%`"),
            ("51 percent", "write `51%`"),
            ("51 per cent", "write `51%`"),
            ("51,5%", "write `51.5%`"),
            ("~ 15%", "write `~15%`"),
            ("about 15%", "write `~15%`"),
            ("at least 25 %", "write `>=25%`"),
            ("25%-50%", "write `25%..50%`"),
            ("50%..25%", "the lower number comes first: write `25%..50%`"),
            ("Majority", "write `majority`"),
            ("0.51", "write it in percent: `51%`"),
            ("0.6245", "write it in percent: `62.45%`"),
            ("0.25..0.5", "write it in percent: `25%..50%`"),
            ("51", "write it in percent: `51%`"),
            ("~15", "write it in percent: `~15%`"),
            ("0", "write it in percent: `0%`"),
            ("25..50%", "write it in percent: `25%..50%`"),
            ("101%", "a share is at most `100%`"),
            ("100.01%", "a share is at most `100%`"),
            ("50%..120%", "a share is at most `100%`"),
            (">=101%", "a share is at most `100%`"),
            (">50%", "write `majority` for more than half"),
            (">25%", general),
            ("1", general),
            ("-5%", general),
            ("half", general),
            ("", general),
        ],
    );
    refuses_all::<Share>(&["%", "5%%", "%5", "5%..", "..5%", "5%...6%", "~majority", "1e1%", "05%"]);
}

#[test]
fn a_share_is_exact_in_parts_of_one_or_refused() {
    accepts::<Share>(&["33.33333333333333333333333333%", "0.00000000000000000000000001%"]);
    refuses_all::<Share>(&["0.000000000000000000000000001%"]);
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn parts_of_one_are_a_hundredth(hundredths in 0..20_000_u32) {
        let text = format!("{}.{:02}%", hundredths / 100, hundredths % 100);
        let share = text.parse::<Share>();
        prop_assert_eq!(share.is_ok(), hundredths <= 10_000);
        if let Ok(share) = share {
            let part = format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000);
            prop_assert_eq!(share.low(), decimal(&part));
            prop_assert_eq!(share.high(), decimal(&part));
            prop_assert_eq!(share.to_string(), text);
        }
    }

    #[test]
    fn bounds_are_in_order(text in r"(~|>=|<=)?[1-9]?[0-9](\.[0-9]{1,9})?%") {
        let share: Share = read(&text);
        prop_assert!(Decimal::ZERO <= share.low() && share.low() <= share.high());
        prop_assert!(share.high() <= Decimal::ONE);
        prop_assert_eq!(share.to_string(), text);
    }
}

holds_for_texts!(Share, r"(~|>=|<=)?[0-9]{1,3}(\.[0-9]{1,3})?( ?%)?(\.\.[0-9]{1,3}%)?|majority|undisclosed");

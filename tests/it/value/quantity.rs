use keiretsu::Quantity;
use proptest::prelude::*;

use super::{accepts, decimal, holds_for_texts, read, refuses, refuses_all};
use crate::property::cases;

#[test]
fn a_quantity_has_bounds_and_words() {
    for (text, low, high, words) in [
        ("0", "0", "0", "0"),
        ("5", "5", "5", "5"),
        ("999", "999", "999", "999"),
        ("1500", "1500", "1500", "1,500"),
        ("1.5", "1.5", "1.5", "1.5"),
        ("1.50", "1.5", "1.5", "1.50"),
        ("1234567.125", "1234567.125", "1234567.125", "1,234,567.125"),
        ("123456", "123456", "123456", "123,456"),
        ("~1500", "1500", "1500", "about 1,500"),
        (">=1500", "1500", "open", "at least 1,500"),
        ("<=1500", "open", "1500", "at most 1,500"),
        ("1000..2000", "1000", "2000", "1,000 to 2,000"),
        ("1500..", "1500", "open", "at least 1,500"),
        ("..1500", "open", "1500", "at most 1,500"),
        (">1500", "1500", "open", "more than 1,500"),
        ("<1500", "open", "1500", "less than 1,500"),
        (">1000..2000", "1000", "2000", "more than 1,000, up to 2,000"),
        ("1000..<2000", "1000", "2000", "at least 1,000, less than 2,000"),
        (">1000..<2000", "1000", "2000", "more than 1,000, less than 2,000"),
        ("5..5", "5", "5", "5 to 5"),
        ("0.5..1", "0.5", "1", "0.5 to 1"),
        ("undisclosed", "open", "open", "an undisclosed number"),
    ] {
        let quantity: Quantity = read(text);
        let bound = |text: &str| (text != "open").then(|| decimal(text));
        assert_eq!(quantity.low(), bound(low), "{text}");
        assert_eq!(quantity.high(), bound(high), "{text}");
        assert_eq!(quantity.words().to_string(), words);
        assert_eq!(quantity.to_string(), text);
        assert_eq!(quantity.low_is_open(), text.starts_with('>') && !text.starts_with(">="));
        assert_eq!(quantity.high_is_open(), text.contains('<') && !text.contains("<="));
        assert_eq!(quantity.is_approximate(), text.starts_with('~'));
        assert_eq!(quantity.is_undisclosed(), text == "undisclosed");
    }
}

#[test]
fn equal_is_written_alike() {
    assert_ne!(read::<Quantity>("1.5"), read::<Quantity>("1.50"));
    assert_ne!(read::<Quantity>("0"), Quantity::UNDISCLOSED);
    assert_eq!(read::<Quantity>("undisclosed"), Quantity::UNDISCLOSED);
}

#[test]
fn takes_up_to_28_digits() {
    accepts::<Quantity>(&[
        "9999999999999999999999999999",
        "0.0000000000000000000000000000",
        "0.9999999999999999999999999999",
        "1.999999999999999999999999999",
    ]);
    refuses_all::<Quantity>(&[
        "10000000000000000000000000000",
        "0.00000000000000000000000000000",
        "1.0000000000000000000000000000",
    ]);
}

#[test]
fn says_what_to_write() {
    let general = "write plain digits, at most 28 of them, as in `1500`, `~1500`, `>=1500`, \
                   `<=1500` or `1000..2000`, or write `undisclosed`";
    refuses::<Quantity>(
        "quantity",
        &[
            ("1,500", "write `1500` without separators"),
            ("1 500", "write `1500` without separators"),
            ("1'234'567", "write `1234567` without separators"),
            ("1_500", "write `1500` without separators"),
            ("~1,500", "write `~1500` without separators"),
            ("1,000..2,000", "write `1000..2000` without separators"),
            ("1,5", "write `1.5`"),
            ("1,234.5", "write `1234.5` without separators"),
            ("01500", "write `1500`"),
            (".5", "write `0.5`"),
            ("about 1500", "write `~1500`"),
            ("~ 1500", "write `~1500`"),
            ("at least 1500", "write `>=1500`"),
            (">= 1,500", "write `>=1500`"),
            ("≥1500", "write `>=1500`"),
            ("1500+", "write `>=1500`"),
            ("up to 1500", "write `<=1500`"),
            ("1000-2000", "write `1000..2000`"),
            ("1000 to 2000", "write `1000..2000`"),
            ("1000 – 2000", "write `1000..2000`"),
            ("2000..1000", "the lower number comes first: write `1000..2000`"),
            ("Undisclosed", "write `undisclosed`"),
            ("-5", general),
            ("more than 1,500", "write `>1500`"),
            ("under 1500", "write `<1500`"),
            ("1.5 million", general),
            ("1500 patents", general),
            ("1e3", general),
            ("12,34,567", general),
            ("10000000000000000000000000000", general),
        ],
    );
    refuses_all::<Quantity>(&[
        "~~5", "~>=5", ">=1..2", "..", "<0", ">5..5", "1..2..3", "1...2", "5.", "5%", "+5", "==5", "NaN",
    ]);
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn prints_what_was_written(text in r"(~|>=|<=)?(0|[1-9][0-9]{0,13})(\.[0-9]{1,14})?") {
        prop_assert_eq!(read::<Quantity>(&text).to_string(), text);
    }

    #[test]
    fn a_range_runs_upwards(a in 0..5000_u32, b in 0..5000_u32, x in 0..100_u32, y in 0..100_u32) {
        let text = format!("{a}.{x:02}..{b}.{y:02}");
        let quantity = text.parse::<Quantity>();
        prop_assert_eq!(quantity.is_ok(), (a, x) <= (b, y));
        if let Ok(quantity) = quantity {
            prop_assert!(quantity.low() <= quantity.high());
            prop_assert_eq!(quantity.to_string(), text);
        }
    }
}

holds_for_texts!(
    Quantity,
    r"(~|>=|<=|about )?[0-9]{1,4}([., ][0-9]{3})?((\.\.| to |-)[0-9]{1,5}(\.[0-9]{1,3})?)?"
);

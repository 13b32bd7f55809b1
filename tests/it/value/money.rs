use keiretsu::{Currency, Money};
use proptest::prelude::*;

use super::{accepts, decimal, holds_for_texts, read, refuses, refuses_all};
use crate::property::cases;

#[test]
fn an_amount_has_bounds_in_units_of_its_currency() {
    for (text, low, high) in [
        ("USD 350000000", "350000000", "350000000"),
        ("USD ~350 million", "350000000", "350000000"),
        ("EUR 1.5..2 billion", "1500000000", "2000000000"),
        ("USD >=1 billion", "1000000000", "open"),
        ("USD <=5 thousand", "open", "5000"),
        ("USD >1 billion", "1000000000", "open"),
        ("USD <5 thousand", "open", "5000"),
        ("USD 1.. billion", "1000000000", "open"),
        ("EUR >1.5..<2 billion", "1500000000", "2000000000"),
        ("JPY 3 trillion", "3000000000000", "3000000000000"),
        ("USD 0.0001 thousand", "0.1", "0.1"),
        ("USD 12.50", "12.5", "12.5"),
        ("USD 0", "0", "0"),
        ("DEM 36 billion", "36000000000", "36000000000"),
        ("USD 1234567890123456.789 trillion", "1234567890123456789000000000", "same"),
    ] {
        let money: Money = read(text);
        let bound = |text: &str| (text != "open").then(|| decimal(text));
        assert_eq!(money.low(), bound(low), "{text}");
        assert_eq!(money.high(), bound(if high == "same" { low } else { high }), "{text}");
        assert_eq!(money.to_string(), text);
        assert_eq!(money.currency().map(Currency::as_str), text.get(..3));
        assert_eq!(money.low_is_open(), text.contains('>') && !text.contains(">="));
        assert_eq!(money.high_is_open(), text.contains('<') && !text.contains("<="));
        assert_eq!(money.is_approximate(), text.contains('~'));
        assert!(!money.is_undisclosed());
    }
}

#[test]
fn an_undisclosed_amount_has_nothing() {
    let money: Money = read("undisclosed");
    assert_eq!(money, Money::UNDISCLOSED);
    assert!(money.is_undisclosed() && !money.is_approximate());
    assert_eq!((money.currency(), money.low(), money.high()), (None, None, None));
    assert_eq!(money.to_string(), "undisclosed");
    assert_eq!(money.words().to_string(), "undisclosed amount");
}

#[test]
fn a_sum_has_the_sums_of_the_bounds() {
    for (one, other, sum) in [
        ("USD 5 million", "USD 250 thousand", "USD 5.25 million"),
        ("USD 5 million", "EUR 5 million", "none"),
        ("USD 5 million", "undisclosed", "none"),
        ("USD ~5 million", "USD 1 million", "USD ~6 million"),
        ("USD 5..6 million", "USD ~1 million", "USD 6..7 million"),
        ("USD >=1 billion", "USD <=5 thousand", "USD >=1 billion"),
        ("USD <=1 billion", "USD 5", "USD 5..1000000005"),
        ("USD <=5 thousand", "USD <=5 thousand", "USD <=10 thousand"),
        ("USD 0", "USD 0", "USD 0"),
        ("USD 0.10", "USD 0.20", "USD 0.3"),
        ("USD 9999999999999999999999999999", "USD 0.1", "none"),
    ] {
        let sum = (sum != "none").then(|| read::<Money>(sum));
        let (one, other): (Money, Money) = (read(one), read(other));
        assert_eq!((one.checked_add(other), other.checked_add(one)), (sum, sum), "{one} + {other}");
    }
}

#[test]
fn words_are_what_people_say() {
    for (text, words) in [
        ("USD 350000000", "USD 350 million"),
        ("USD 350 million", "USD 350 million"),
        ("USD ~350 million", "about USD 350 million"),
        ("USD 0.35 billion", "USD 350 million"),
        ("USD 1000 million", "USD 1 billion"),
        ("USD 999999999999.99", "USD 999,999,999,999.99"),
        ("USD 1.50 billion", "USD 1.5 billion"),
        ("USD 1.25 billion", "USD 1.25 billion"),
        ("USD 1.125 billion", "USD 1,125,000,000"),
        ("USD 1234567", "USD 1,234,567"),
        ("USD 1000000", "USD 1 million"),
        ("USD 999999", "USD 999,999"),
        ("USD 350 thousand", "USD 350,000"),
        ("USD <=5 thousand", "at most USD 5,000"),
        ("USD 1234 trillion", "USD 1,234,000,000,000,000"),
        ("USD 999 trillion", "USD 999 trillion"),
        ("USD 12.50", "USD 12.50"),
        ("USD 0", "USD 0"),
        ("USD 0.5", "USD 0.5"),
        ("USD >=1 billion", "at least USD 1 billion"),
        ("USD >1 billion", "more than USD 1 billion"),
        ("USD <1 billion", "less than USD 1 billion"),
        ("USD 1.. billion", "at least USD 1 billion"),
        ("EUR >1.5..2 billion", "more than EUR 1.5 billion, up to 2 billion"),
        ("EUR 1.5..<2 billion", "at least EUR 1.5 billion, less than 2 billion"),
        ("EUR >1.5..<2 billion", "more than EUR 1.5 billion, less than 2 billion"),
        ("EUR 1.5..2 billion", "EUR 1.5 to 2 billion"),
        ("EUR 500..2000 million", "EUR 500 million to 2 billion"),
        ("EUR 900..1500 thousand", "EUR 900,000 to 1.5 million"),
        ("EUR 10..20", "EUR 10 to 20"),
        ("EUR 1..1.125 million", "EUR 1 million to 1,125,000"),
    ] {
        assert_eq!(read::<Money>(text).words().to_string(), words, "{text}");
    }
}

#[test]
fn amounts_stay_exact_or_are_refused() {
    accepts::<Money>(&["USD 9999999999999999 trillion", "USD 0.0000000000000001 trillion"]);
    refuses_all::<Money>(&[
        "USD 99999999999999999999 trillion",
        "USD 1..99999999999999999999 trillion",
        "USD 10000000000000000000000000000",
    ]);
}

#[test]
fn says_what_to_write() {
    let general = "write the currency code, the number and its scale, as in `USD 350 million`, \
                   `USD ~350 million`, `USD >=1 billion` or `EUR 1.5..2 billion`";
    let first = "write the currency code first, as in `USD 350 million`";
    refuses::<Money>(
        "amount of money",
        &[
            ("$350 million", "write the currency code first: `USD 350 million`"),
            ("US$350m", "write the currency code first: `USD 350 million`"),
            ("€1,5 Mio", "write the currency code first: `EUR 1.5 million`"),
            ("about £2bn", "write the currency code first: `GBP ~2 billion`"),
            ("350 million USD", "write the currency code first: `USD 350 million`"),
            ("350,000,000 USD", "write the currency code first: `USD 350000000` without separators"),
            ("~USD 350 million", "write the currency code first: `USD ~350 million`"),
            ("350 million", first),
            ("350", first),
            ("350 million dollars", first),
            ("", first),
            ("usd 350 million", "write `USD 350 million`"),
            ("USD350", "write `USD 350`"),
            ("USD 1,500", "write `USD 1500` without separators"),
            ("USD 350 Million", "write `USD 350 million`"),
            ("USD 350 millions", "write `USD 350 million`"),
            ("USD 350M", "write `USD 350 million`"),
            ("USD 350k", "write `USD 350 thousand`"),
            ("USD  350", "write `USD 350`"),
            ("USD about 350 million", "write `USD ~350 million`"),
            ("EUR 1.5-2 billion", "write `EUR 1.5..2 billion`"),
            ("EUR 2..1.5 billion", "the lower number comes first: write `EUR 1.5..2 billion`"),
            ("USD undisclosed", "write `undisclosed` alone, in small letters"),
            ("UDS 5", "`UDS` is not a currency code of ISO 4217, such as `USD` or `EUR`"),
            ("USD -5", general),
            ("USD 5 zillion", general),
            ("USD", general),
            ("USD million", general),
        ],
    );
    refuses_all::<Money>(&[
        "USD 5 million million",
        "USD 5  million",
        "USD 1 million..2 million",
        "USD 5million",
        "USD 5 ",
        "USD\t5",
        "USD\u{a0}5",
        "USD 5 USD",
        "XYZ 5",
        "USD 05",
        "USD 5.",
    ]);
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn bounds_are_the_number_times_the_scale(
        whole in 0..1_000_000_u64,
        part in 0..1000_u64,
        scale in 0..5_usize,
    ) {
        let (name, zeros) =
            [("", 0), (" thousand", 3), (" million", 6), (" billion", 9), (" trillion", 12)][scale];
        let text = format!("CNY {whole}.{part:03}{name}");
        let money: Money = read(&text);
        let thousandths = u128::from(whole * 1000 + part) * 10_u128.pow(zeros);
        let units = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        prop_assert_eq!(money.low(), Some(decimal(&units)));
        prop_assert_eq!(money.high(), money.low());
        prop_assert_eq!(money.to_string(), text);
    }

    /// The words express the amount exactly: parsed back, they give it again.
    #[test]
    fn words_are_exact(digits in 1..100_000_u64, zeros in 0..14_u32) {
        let amount = u128::from(digits) * 10_u128.pow(zeros);
        let words = read::<Money>(&format!("USD {amount}")).words().to_string();
        let said: Money = read(&words.replace(',', ""));
        prop_assert_eq!(said.low(), Some(decimal(&amount.to_string())), "{}", words);
    }
}

holds_for_texts!(
    Money,
    r"(USD |EUR |usd |\$|350 )?(~|>=|<=)?[0-9]{1,4}(\.[0-9]{1,3})?(\.\.[0-9]{1,4})?( thousand| million| bn|M| USD)?"
);

use keiretsu::Decimal;
use proptest::prelude::*;

use super::{decimal, hash, read, refuses, refuses_all};
use crate::property::cases;

const MAX: &str = "9999999999999999999999999999"; // 28 digits

#[test]
fn prints_plain_digits_without_idle_zeros() {
    for (text, printed) in [
        ("0", "0"),
        ("-0", "0"),
        ("0.00", "0"),
        ("1500", "1500"),
        ("1.50", "1.5"),
        ("100", "100"),
        ("-2.50", "-2.5"),
        (MAX, MAX),
        ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
        ("123456789012345678901234567.8", "123456789012345678901234567.8"),
    ] {
        assert_eq!(decimal(text).to_string(), printed);
        assert_eq!(decimal(printed), decimal(text));
        assert_eq!(hash(&decimal(printed)), hash(&decimal(text)));
    }
}

#[test]
fn gives_its_digits_and_places() {
    for (text, digits, places) in [
        ("0.0", 0, 0),
        ("62.45", 6245, 2),
        ("-0.5", -5, 1),
        ("1000", 1000, 0),
        ("0.0000000000000000000000000001", 1, 28),
    ] {
        assert_eq!((decimal(text).digits(), decimal(text).places()), (digits, places));
    }
    assert_eq!(Decimal::from(u64::MAX), decimal("18446744073709551615"));
    assert_eq!((Decimal::ZERO, Decimal::ONE), (decimal("0"), decimal("1")));
}

#[test]
fn refuses_other_ways_to_write_numbers() {
    let general = "write plain digits, at most 28 of them, as in `1500` or `1.5`";
    refuses::<Decimal>(
        "number",
        &[
            ("1,500", "write `1500` without separators"),
            ("1,5", "write `1.5`"),
            (".5", "write `0.5`"),
            ("007", "write `7`"),
            ("", general),
            ("1e6", general),
            ("NaN", general),
            ("10000000000000000000000000000", general),
        ],
    );
    refuses_all::<Decimal>(&["5.", "+5", "--5", "1_0", "1.2.3", "inf", "0x1", "٣", "1 0", "-"]);
}

#[test]
fn the_order_is_that_of_numbers() {
    let sorted = ["-2", "-1.5", "0", "0.05", "0.5", "1", "1.25", "9", "10", MAX];
    for pair in sorted.windows(2) {
        assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
    }
}

#[test]
fn arithmetic_is_exact_or_none() {
    let big = decimal(MAX);
    let tiny = decimal("0.0000000000000000000000000001");
    assert_eq!(decimal("0.1").checked_add(decimal("0.2")), Some(decimal("0.3")));
    assert_eq!(decimal("1").checked_sub(decimal("1.5")), Some(decimal("-0.5")));
    assert_eq!(decimal("0.51").checked_mul(decimal("0.5")), Some(decimal("0.255")));
    assert_eq!(big.checked_sub(big), Some(Decimal::ZERO));
    assert_eq!(big.checked_mul(Decimal::ZERO), Some(Decimal::ZERO));
    assert_eq!(big.checked_mul(Decimal::ONE), Some(big));
    // A rounded answer would be possible in each of these.
    assert_eq!(big.checked_add(tiny), None);
    assert_eq!(big.checked_sub(tiny), None);
    assert_eq!(tiny.checked_mul(decimal("0.5")), None);
    assert_eq!(big.checked_mul(decimal("1.1")), None);
    assert_eq!(big.checked_mul(big), None);
    // The product of the digits is far too long, that of the numbers is 2^52.
    let (power, part) = (1_u128 << 80, 5_i128.pow(28));
    let power = decimal(&power.to_string());
    let part = decimal(&format!("0.{part:028}"));
    assert_eq!(power.checked_mul(part), Some(decimal("4503599627370496")));
    // Zeros at the end of a sum make room.
    let nines = decimal("79228162514264337593543950.33");
    assert_eq!(nines.checked_add(decimal("0.67")), Some(decimal("79228162514264337593543951")));
}

fn number() -> impl Strategy<Value = (i128, u32)> {
    (-1_000_000_000_000_i128..1_000_000_000_000, 0..6_u32)
}

fn written(digits: i128, places: u32) -> String {
    let unit = 10_i128.pow(places);
    let sign = if digits < 0 { "-" } else { "" };
    let (whole, part) = (digits.abs() / unit, digits.abs() % unit);
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{part:0width$}", width = places as usize),
    }
}

proptest! {
    #![proptest_config(cases(500))]
    #[test]
    fn agrees_with_whole_numbers((a, x) in number(), (b, y) in number()) {
        let (p, q) = (decimal(&written(a, x)), decimal(&written(b, y)));
        let (wide_a, wide_b) = (a * 10_i128.pow(6 - x), b * 10_i128.pow(6 - y));
        prop_assert_eq!(p.cmp(&q), wide_a.cmp(&wide_b));
        prop_assert_eq!(p == q, wide_a == wide_b);
        prop_assert_eq!(p.checked_add(q), Some(decimal(&written(wide_a + wide_b, 6))));
        prop_assert_eq!(p.checked_sub(q), Some(decimal(&written(wide_a - wide_b, 6))));
        prop_assert_eq!(p.checked_mul(q), Some(decimal(&written(a * b, x + y))));
        prop_assert_eq!(read::<Decimal>(&p.to_string()), p);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[-0-9.,e ]{0,40}|.*") {
        if let Ok(number) = text.parse::<Decimal>() {
            prop_assert_eq!(read::<Decimal>(&number.to_string()), number);
        }
    }
}

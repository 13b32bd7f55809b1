//! Fractions as they are given out.

use keiretsu::{Decimal, Fraction};

fn fraction(text: &str) -> Fraction {
    text.parse().unwrap()
}

#[test]
fn fractions_read_and_print() {
    for (text, printed) in [("35/44", "35/44"), ("70/88", "35/44"), ("0/7", "0"), ("7/7", "1"), ("12", "12")]
    {
        assert_eq!(fraction(text).to_string(), printed);
    }
    for text in ["", "/", "1/", "/2", "1/0", "-1/2", "1.5", "1/2/3", " 1/2", "½"] {
        let error = text.parse::<Fraction>().unwrap_err();
        assert_eq!(error.hint(), Some("write it as `35/44`, `1` or `0`"), "{text}");
    }
    assert_eq!(Fraction::from("0.625".parse::<Decimal>().unwrap()), fraction("5/8"));
    assert_eq!((fraction("35/44").numerator(), fraction("35/44").denominator()), ("35".into(), "44".into()));
}

#[test]
fn fractions_compare() {
    let order = ["0", "1/1000000000000", "1/3", "333333333334/1000000000000", "1/2", "1", "44/35"];
    assert!(order.map(fraction).is_sorted());
    assert!(Fraction::zero().is_zero() && fraction("1") == Fraction::one());
}

#[test]
fn decimals_err_to_the_side_asked_for() {
    for (text, below, above) in [
        ("1/3", "0.333", "0.334"),
        ("2/3", "0.666", "0.667"),
        ("1/8", "0.125", "0.125"),
        ("0", "0", "0"),
        ("1", "1", "1"),
        ("9999/10000", "0.999", "1"),
    ] {
        assert_eq!(fraction(text).decimal_below(3), below);
        assert_eq!(fraction(text).decimal_above(3), above);
    }
    for (text, percent) in [("35/44", "79.5"), ("1/2000", "0.1"), ("1/8", "12.5"), ("1", "100.0")] {
        assert_eq!(fraction(text).percent(1), percent);
    }
    assert!(
        fraction("1/8").is_decimal(3) && !fraction("1/8").is_decimal(2) && !fraction("1/3").is_decimal(20)
    );
}

//! Small exact values: tables of texts, and properties of generated ones.

mod country;
mod currency;
mod date;
mod day;
mod decimal;
mod error;
mod exchange_rate;
mod identifier;
mod money;
mod patent;
mod quantity;
mod register;
mod share;
mod term;
mod territory;

use std::fmt::{Debug, Display};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use keiretsu::{Day, Decimal, ValueError};
use proptest::prelude::*;

/// Shorthand for what every value is.
trait Value: FromStr<Err = ValueError> + Display + Debug + PartialEq + Eq + Hash + Clone {}
impl<T: FromStr<Err = ValueError> + Display + Debug + PartialEq + Eq + Hash + Clone> Value for T {}

fn read<T: Value>(text: &str) -> T {
    text.parse().unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

fn day(text: &str) -> Day {
    read(text)
}

fn decimal(text: &str) -> Decimal {
    read(text)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Every text is accepted and printed back unchanged.
#[track_caller]
fn accepts<T: Value>(texts: &[&str]) {
    for text in texts {
        assert_eq!(read::<T>(text).to_string(), *text);
    }
}

/// Every text is rejected with this hint.
#[track_caller]
fn refuses<T: Value>(kind: &str, table: &[(&str, &str)]) {
    for (text, hint) in table {
        let error = match text.parse::<T>() {
            Ok(value) => panic!("{text:?} is accepted as {value:?}"),
            Err(error) => error,
        };
        assert_eq!(error.hint(), Some(*hint), "{text:?}");
        assert_eq!(error.expected(), kind);
        assert!(error.message().contains(kind), "{error}");
        assert_eq!(error.message(), error.to_string());
    }
}

/// Every text is rejected, with any hint.
#[track_caller]
fn refuses_all<T: Value>(texts: &[&str]) {
    for text in texts {
        if let Ok(value) = text.parse::<T>() {
            panic!("{text:?} is accepted as {value:?}");
        }
    }
}

/// Parsing a text never panics; an accepted text is printed back and parses to the same value.
fn holds<T: Value>(text: &str) {
    match text.parse::<T>() {
        Ok(value) => {
            assert_eq!(value.to_string(), text);
            let again = read::<T>(&value.to_string());
            assert_eq!(again, value);
            assert_eq!(hash(&again), hash(&value));
        }
        Err(error) => {
            assert!(!error.message().contains(char::is_control));
            assert!(!error.message().ends_with('.'));
            proposal_holds::<T>(&error);
        }
    }
}

/// The text suggested by a hint is valid.
fn proposal_holds<T: Value>(error: &ValueError) {
    let hint = error.hint().unwrap_or_default();
    assert!(!hint.contains(char::is_control) && !hint.ends_with('.'));
    for quoted in hint.split('`').skip(1).step_by(2) {
        let proposal = hint.contains(&format!("write `{quoted}`"));
        assert!(!proposal || quoted.parse::<T>().is_ok(), "{error}: {hint}");
    }
}

/// Texts of a grammar, given as a regular expression, with a few characters changed.
fn mutated(grammar: &'static str) -> impl Strategy<Value = String> {
    let edit = (any::<prop::sample::Index>(), "[ -~é²\u{202e}٣]{0,2}", 0..3_usize);
    (grammar, prop::collection::vec(edit, 0..4)).prop_map(|(text, edits)| {
        edits.into_iter().fold(text, |text, (at, insert, delete)| {
            let chars: Vec<char> = text.chars().collect();
            let at = at.index(chars.len() + 1);
            let end = (at + delete).min(chars.len());
            let tail = chars[end..].iter();
            chars[..at].iter().copied().chain(insert.chars()).chain(tail.copied()).collect()
        })
    })
}

/// A property of generated texts: any text, and mutated texts of a grammar.
macro_rules! holds_for_texts {
    ($value:ty, $grammar:expr) => {
        proptest::proptest! {
            #![proptest_config(crate::property::cases(300))]
            #[test]
            fn any_text_is_read_or_refused(text in ".*") {
                crate::value::holds::<$value>(&text);
            }

            #[test]
            fn mutated_texts_are_read_or_refused(text in crate::value::mutated($grammar)) {
                crate::value::holds::<$value>(&text);
            }
        }
    };
}
use holds_for_texts;

/// Texts too long for any value, and awkward ones.
fn awkward() -> Vec<String> {
    let long = ["9", "0", "-", "/", ".", "~", "2016-05-31/", "é", "\u{202e}", " ", "Q", "USD "];
    let long = long.iter().map(|part| part.repeat(100_000));
    let short = ["", "\0", "é", "²", "2016-0é", "USé 5", "€", "%", "..", "/", "~", ">=", "Q", "US "];
    long.chain(short.iter().map(|text| (*text).to_owned())).collect()
}

#[test]
fn awkward_texts_are_refused_without_a_panic() {
    for text in awkward() {
        refuses_all::<keiretsu::Date>(&[&text]);
        refuses_all::<keiretsu::Day>(&[&text]);
        refuses_all::<keiretsu::Term>(&[&text]);
        refuses_all::<keiretsu::Decimal>(&[&text]);
        refuses_all::<keiretsu::Quantity>(&[&text]);
        refuses_all::<keiretsu::Money>(&[&text]);
        refuses_all::<keiretsu::Currency>(&[&text]);
        refuses_all::<keiretsu::Share>(&[&text]);
        refuses_all::<keiretsu::Territory>(&[&text]);
        refuses_all::<keiretsu::Country>(&[&text]);
        refuses_all::<keiretsu::Lei>(&[&text]);
        refuses_all::<keiretsu::Isin>(&[&text]);
        refuses_all::<keiretsu::WikidataId>(&[&text]);
        refuses_all::<keiretsu::PatentNumber>(&[&text]);
        refuses_all::<keiretsu::RegisterNumber>(&[&text]);
    }
}

#[test]
fn values_that_are_copied_are_small() {
    fn size<T: Copy>() -> usize {
        size_of::<T>()
    }
    assert!(size::<Day>() <= 4);
    assert!(size::<keiretsu::Date>() <= 16);
    assert!(size::<keiretsu::Term>() <= 8);
    assert!(size::<Decimal>() <= 16);
    assert!(size::<keiretsu::Proportion>() <= 24);
    assert!(size::<keiretsu::Quantity>() <= 40);
    assert!(size::<keiretsu::Share>() <= 64);
    assert!(size::<keiretsu::Money>() <= 64);
    assert!(size::<keiretsu::Territory>() <= 16);
}

/// Values made of numbers are those that their texts read as, and nothing is one that no text is.
#[test]
fn values_of_programs_are_those_of_files() {
    use keiretsu::{Currency, Date, Day, Decimal, Money, Quantity, Share};
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    let euro: Currency = "EUR".parse().unwrap();
    for amount in ["0", "1.5", "1500000", "0.01"] {
        assert_eq!(Money::new(euro, decimal(amount)), format!("EUR {amount}").parse().ok());
        assert_eq!(Quantity::new(decimal(amount)), amount.parse().ok());
    }
    assert_eq!((Money::new(euro, decimal("-1")), Quantity::new(decimal("-1"))), (None, None));
    assert_eq!(Share::ratio(1, 3), "1/3".parse().ok());
    assert_eq!([Share::ratio(0, 0), Share::ratio(1, 0), Share::ratio(4, 3)], [None; 3]);
    assert_eq!(Share::percent(decimal("62.45")), "62.45%".parse().ok());
    assert_eq!([Share::percent(decimal("101")), Share::percent(decimal("-1"))], [None; 2]);
    assert_eq!(Decimal::from_digits(-6245, 2).unwrap().to_f64(), -62.45);
    for text in [
        "2016",
        "2016-05",
        "2016-Q2",
        "2016-05-31",
        "2016-05-31/2016-06-02",
        "../2016-05-31",
        "2016-05-31/..",
    ] {
        let date: Date = text.parse().unwrap();
        assert_eq!(Date::between(date.earliest(), date.latest()), Some(date), "{text}");
    }
    assert_eq!(Date::between(None, None), None);
    assert_eq!(Date::between(Day::new(2016, 5, 2), Day::new(2016, 5, 1)), None);
}

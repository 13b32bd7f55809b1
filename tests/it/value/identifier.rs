use keiretsu::{Isin, Lei, WikidataId};
use proptest::prelude::*;

use super::{accepts, holds_for_texts, read, refuses, refuses_all};
use crate::property::cases;

/// Published identifiers: GLEIF, Apple, Microsoft, Deutsche Bank, Sony, and the example of the standard.
const LEIS: [&str; 6] = [
    "506700GE1G29325QX363",
    "HWUPKR0MPOU8FGXBT394",
    "INR2EJN1ERAN0W5ZP974",
    "7LTWFZYICNSX8D621K86",
    "529900R5WX9N2OI2N910",
    "YZ83GD8L7GG84979J516",
];

/// Published: Apple, Microsoft, BAE Systems, Sony, Xiaomi, SAP, Nokia, Samsung Electronics, Treasury Corporation of Victoria.
const ISINS: [&str; 9] = [
    "US0378331005",
    "US5949181045",
    "GB0002634946",
    "JP3435000009",
    "KYG9830T1067",
    "DE0007164600",
    "FI0009000681",
    "KR7005930003",
    "AU0000XVGZA3",
];

/// ISO 7064 MOD 97-10 as the standard says it, one digit at a time.
fn mod_97(text: &str) -> u32 {
    let digits: String =
        text.chars().map(|c| c.to_digit(36).expect("a letter or digit").to_string()).collect();
    digits.chars().fold(0, |sum, c| (sum * 10 + c.to_digit(10).expect("a digit")) % 97)
}

/// Luhn's sum over the letters written as numbers, modulo 10.
fn luhn(text: &str) -> u32 {
    let digits: String =
        text.chars().map(|c| c.to_digit(36).expect("a letter or digit").to_string()).collect();
    let doubled = |(place, c): (usize, char)| {
        let digit = c.to_digit(10).expect("a digit");
        let digit = if place % 2 == 1 { digit * 2 } else { digit };
        digit / 10 + digit % 10
    };
    digits.chars().rev().enumerate().map(doubled).sum::<u32>() % 10
}

/// The text with another digit at each of its digits.
fn flipped(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, old) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for new in ('0'..='9').filter(|new| *new != old) {
            out.push(format!("{}{new}{}", &text[..at], &text[at + 1..]));
        }
    }
    out
}

#[test]
fn reads_published_identifiers() {
    accepts::<Lei>(&LEIS);
    accepts::<Isin>(&ISINS);
    assert_eq!(read::<Lei>(LEIS[0]).as_str(), LEIS[0]);
    assert_eq!(read::<Isin>(ISINS[0]).as_str(), ISINS[0]);
    assert_eq!(format!("{:?}", read::<Lei>(LEIS[0])), "Lei(506700GE1G29325QX363)");
}

#[test]
fn one_wrong_digit_is_caught() {
    for text in LEIS.iter().flat_map(|text| flipped(text)) {
        refuses_all::<Lei>(&[&text]);
    }
    for text in ISINS.iter().flat_map(|text| flipped(text)) {
        refuses_all::<Isin>(&[&text]);
    }
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn check_digits_agree_with_the_standard(body in "[A-Z0-9]{18}", other in 0..100_u32) {
        let check = 98 - mod_97(&format!("{body}00"));
        let right = format!("{body}{check:02}");
        prop_assert_eq!(mod_97(&right), 1);
        prop_assert_eq!(read::<Lei>(&right).to_string(), right);
        let wrong = format!("{body}{other:02}");
        // The standard writes 02 to 98; 00, 01 and 99 stand for 97, 98 and 02 when checked.
        prop_assert_eq!(wrong.parse::<Lei>().is_ok(), other % 97 == check % 97);
    }

    #[test]
    fn a_check_digit_agrees_with_luhn(body in "[A-Z]{2}[A-Z0-9]{9}") {
        for check in 0..10 {
            let text = format!("{body}{check}");
            prop_assert_eq!(text.parse::<Isin>().is_ok(), luhn(&text) == 0, "{}", text);
        }
    }

    #[test]
    fn any_wikidata_number_is_kept(number in 1..=u64::MAX) {
        let text = format!("Q{number}");
        let id: WikidataId = read(&text);
        prop_assert_eq!(id.number(), number);
        prop_assert_eq!(id.to_string(), text);
    }
}

#[test]
fn says_what_is_wrong_with_a_code() {
    let mistyped = "its check digits do not match: a letter or digit is mistyped";
    refuses::<Lei>(
        "LEI",
        &[
            ("506700GE1G29325QX364", mistyped),
            ("506700ge1g29325qx363", "write `506700GE1G29325QX363`"),
            ("5067 00GE 1G29 325Q X363", "write `506700GE1G29325QX363`"),
            ("506700GE1G29325QX36", "it has 20 letters and digits, this has 19"),
            ("506700GE1G29325QX3é3", "it has only the letters A to Z and the digits 0 to 9"),
            ("", "it has 20 letters and digits, this has 0"),
        ],
    );
    refuses::<Isin>(
        "ISIN",
        &[
            ("US0378331006", mistyped),
            ("us0378331005", "write `US0378331005`"),
            ("US-037833100-5", "write `US0378331005`"),
            ("0378331005", "it has 12 letters and digits, this has 10"),
        ],
    );
    refuses_all::<Lei>(&["506700GE1G29325QX3٣3", "é06700GE1G29325QX36"]);
    refuses_all::<Isin>(&["550378331005", "US037833100A", "US03783310é"]);
}

#[test]
fn says_how_to_write_a_wikidata_id() {
    accepts::<WikidataId>(&["Q1", "Q2283", "Q18446744073709551615"]);
    let general = "an item of Wikidata is `Q` and its number, as in `Q2283`";
    refuses::<WikidataId>(
        "Wikidata id",
        &[
            ("q2283", "write `Q2283`"),
            ("2283", "write `Q2283`"),
            ("Q02283", "write `Q2283`"),
            ("https://www.wikidata.org/wiki/Q2283", "write `Q2283`"),
            ("wd:Q2283", "write `Q2283`"),
            ("P31", general),
            ("Q", general),
            ("Q0", general),
            ("Q18446744073709551616", general),
        ],
    );
    refuses_all::<WikidataId>(&["Q+5", "Q-5", "Q5 ", "Q٣", "Q1.0"]);
}

mod lei {
    use super::*;
    holds_for_texts!(Lei, "[A-Z0-9]{18}[0-9]{2}|506700GE1G29325QX363");
}

mod isin {
    use super::*;
    holds_for_texts!(Isin, "[A-Z]{2}[A-Z0-9]{9}[0-9]|US0378331005");
}

mod wikidata {
    use super::*;
    holds_for_texts!(WikidataId, "Q[1-9][0-9]{0,8}");
}

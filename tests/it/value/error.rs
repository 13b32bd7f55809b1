use keiretsu::{Date, Money, ValueError};

#[track_caller]
fn message<T: std::str::FromStr<Err = ValueError>>(text: &str, expected: &str) {
    let error = text.parse::<T>().err().expect("an error");
    assert_eq!(error.to_string(), expected);
}

#[test]
fn the_message_quotes_the_text() {
    message::<Date>("31 May 2016", "`31 May 2016` is not a date");
    message::<Money>("$350 million", "`$350 million` is not an amount of money");
    message::<Date>("", "an empty text is not a date");
}

#[test]
fn the_message_is_safe_to_print() {
    message::<Date>("\u{1b}[31m", "`\\u{1b}[31m` is not a date");
    message::<Date>("a\nb\u{202e}c\u{200b}", "`a\\nb\\u{202e}c\\u{200b}` is not a date");
    message::<Date>("it's \"a\" \\ `b`", "`it's \"a\" \\ 'b'` is not a date");
    message::<Date>(&"x".repeat(60), &format!("`{}` is not a date", "x".repeat(60)));
    message::<Date>(&"x".repeat(61), &format!("`{}…` is not a date", "x".repeat(60)));
}

#[test]
fn a_text_that_is_too_long_gets_no_hint() {
    let error = "9".repeat(201).parse::<Date>().unwrap_err();
    assert_eq!(error.hint(), None);
    let error = "9".repeat(200).parse::<Date>().unwrap_err();
    assert!(error.hint().is_some());
}

#[test]
fn blanks_around_a_value_are_named() {
    let error = " 2016-05 ".parse::<Date>().unwrap_err();
    assert_eq!(error.hint(), Some("leave out the blanks around it"));
}

#[test]
fn an_error_is_a_standard_error_that_crosses_threads() {
    fn check<T: std::error::Error + Send + Sync + Clone + 'static>() {}
    check::<ValueError>();
}

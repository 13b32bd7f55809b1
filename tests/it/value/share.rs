use keiretsu::{Proportion, Share};
use proptest::prelude::*;

use super::{accepts, decimal, holds_for_texts, read, refuses, refuses_all};
use crate::property::cases;

#[test]
fn a_share_has_bounds_in_parts_of_one() {
    // Excluded bounds are written with `>` or `<`.
    for (text, low, high, words) in [
        ("0%", "0", "0", "0%"),
        ("51%", "0.51", "0.51", "51%"),
        ("100%", "1", "1", "100%"),
        ("100.00%", "1", "1", "100.00%"),
        ("62.45%", "0.6245", "0.6245", "62.45%"),
        ("62.450%", "0.6245", "0.6245", "62.450%"),
        ("1/3", "1/3", "1/3", "1/3"),
        ("2/6", "1/3", "1/3", "2/6"),
        ("1/4", "0.25", "0.25", "1/4"),
        ("12345/67890", "823/4526", "823/4526", "12345/67890"),
        (">=25%", "0.25", "1", "at least 25%"),
        ("25%..", "0.25", "1", "at least 25%"),
        (">25%", ">0.25", "1", "more than 25%"),
        (">25%..", ">0.25", "1", "more than 25%"),
        (">0%", ">0", "1", "more than 0%"),
        ("<=10%", "0", "0.1", "at most 10%"),
        ("..10%", "0", "0.1", "at most 10%"),
        ("<10%", "0", "<0.1", "less than 10%"),
        ("..<10%", "0", "<0.1", "less than 10%"),
        ("<100%", "0", "<1", "less than 100%"),
        ("25%..50%", "0.25", "0.5", "25% to 50%"),
        ("25%..25%", "0.25", "0.25", "25% to 25%"),
        (">25%..50%", ">0.25", "0.5", "more than 25%, up to 50%"),
        ("25%..<50%", "0.25", "<0.5", "at least 25%, less than 50%"),
        (">50%..<75%", ">0.5", "<0.75", "more than 50%, less than 75%"),
        (">1/3..<2/3", ">1/3", "<2/3", "more than 1/3, less than 2/3"),
        ("1/3..50%", "1/3", "0.5", "1/3 to 50%"),
        ("majority", ">0.5", "1", "a majority"),
        ("undisclosed", "0", "1", "an undisclosed share"),
    ] {
        let share: Share = read(text);
        assert_eq!(bounds(share), (low.to_owned(), high.to_owned()), "{text}");
        assert_eq!(share.words().to_string(), words);
        assert_eq!(share.to_string(), text);
        assert_eq!(share.exact().is_some(), low == high);
        assert!(!share.is_approximate());
        assert_eq!(share.is_undisclosed(), text == "undisclosed");
    }
    assert_eq!(read::<Share>("majority"), Share::MAJORITY);
    assert_eq!(read::<Share>("undisclosed"), Share::UNDISCLOSED);
    assert_ne!(read::<Share>("0%"), Share::UNDISCLOSED);
}

#[test]
fn about_is_a_tenth_more_or_less_and_at_least_half_a_unit_of_the_last_digit() {
    for (text, low, high, words) in [
        ("~25%", "0.225", "0.275", "about 25%"),
        ("~15%", "0.135", "0.165", "about 15%"),
        ("~62.5%", "0.5625", "0.6875", "about 62.5%"),
        ("~5%", "0.045", "0.055", "about 5%"),
        ("~1%", "0.005", "0.015", "about 1%"),
        ("~1.0%", "0.009", "0.011", "about 1.0%"),
        ("~0%", "0", "0.005", "about 0%"),
        ("~95%", "0.855", "1", "about 95%"),
        ("~1/3", "0.3", "11/30", "about 1/3"),
    ] {
        let share: Share = read(text);
        assert_eq!(bounds(share), (low.to_owned(), high.to_owned()), "{text}");
        assert_eq!((share.words().to_string().as_str(), share.to_string().as_str()), (words, text));
        assert!(share.is_approximate() && share.exact().is_none());
    }
}

fn bounds(share: Share) -> (String, String) {
    let sign = |is_open: bool, sign: &'static str| if is_open { sign } else { "" };
    (
        format!("{}{}", sign(share.low_is_open(), ">"), share.low()),
        format!("{}{}", sign(share.high_is_open(), "<"), share.high()),
    )
}

#[test]
fn shares_of_one_whole_are_added_and_taken_away() {
    for (own, other, sum, rest) in [
        ("60%", "40%", Some("100%"), Some("20%")),
        ("1/3", "1/3", Some("2/3"), None),
        ("2/3", "1/3", Some("100%"), Some("1/3")),
        ("40%", "1/3", Some("11/15"), Some("1/15")),
        ("50%", "20%..30%", Some("70%..80%"), Some("20%..30%")),
        ("50%", ">20%..<30%", Some(">70%..<80%"), Some(">20%..<30%")),
        (">50%..75%", "25%", Some(">75%..100%"), Some(">25%..50%")),
        ("20%", "10%..25%", Some("30%..45%"), Some("0%..10%")),
        ("20%", ">10%..20%", Some(">30%..40%"), Some("0%..<10%")),
        ("20%", ">10%..<20%", Some(">30%..<40%"), Some(">0%..<10%")),
        ("20%", "undisclosed", Some("20%..100%"), Some("0%..20%")),
        ("undisclosed", "20%", Some("20%..100%"), Some("0%..80%")),
        ("majority", "majority", None, Some("0%..<50%")),
        ("15%", "15%", Some("30%"), None),
        ("15%", "20%", Some("35%"), None),
        ("60%", "50%", None, Some("10%")),
        ("<60%", ">=40%", Some("40%..100%"), Some("0%..<20%")),
        ("~20%", "5%", Some("23%..27%"), Some("13%..17%")),
    ] {
        let told = |share: Option<Share>| share.map(|share| share.to_string());
        let (own, other) = (read::<Share>(own), read::<Share>(other));
        assert_eq!(told(own.plus(other)).as_deref(), sum, "{own} and {other}");
        assert_eq!(told(own.less(other)).as_deref(), rest, "{own} without {other}");
    }
}

#[test]
fn what_is_too_long_to_be_held_is_told_wider() {
    let long: Share = read("33.33333333333333333333333333%");
    let sum = long.plus(read("1/7")).unwrap();
    assert_eq!(bounds(sum), ("0.3333333333333333333333333333".to_owned(), "1".to_owned()));
    let rest = long.less(read("1/7")).unwrap();
    assert_eq!(bounds(rest), ("0".to_owned(), "0.3333333333333333333333333333".to_owned()));
}

#[test]
fn says_what_to_write() {
    let general = "write a percentage or a fraction, as in `51%`, `1/3`, `~15%`, `>=25%`, `<50%` or \
                   `>25%..50%`, or write `majority` or `undisclosed`";
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
            ("more than 25%", "write `>25%`"),
            ("over 50 percent", "write `>50%`"),
            ("less than 50%", "write `<50%`"),
            ("not more than 50%", "write `<=50%`"),
            ("25-50%", "write it in percent: `25%..50%`"),
            ("25% to 50%", "write `25%..50%`"),
            ("between 25% and 50%", "write `25%..50%`"),
            ("more than 25% but not more than 50%", "write `>25%..50%`"),
            ("more than 50% but less than 75%", "write `>50%..<75%`"),
            ("at least 25%, less than 50%", "write `25%..<50%`"),
            (">25-50", "write it in percent: `>25%..50%`"),
            ("25..<50", "write it in percent: `25%..<50%`"),
            (">=25%..<=50%", "write `25%..50%`"),
            ("1 / 3", "write `1/3`"),
            (">100%", "no share is within these bounds"),
            ("<0%", "no share is within these bounds"),
            (">25%..25%", "no share is within these bounds"),
            ("25%..<25%", "no share is within these bounds"),
            ("4/3", "a share is at most `100%`"),
            ("1", general),
            ("-5%", general),
            ("half", general),
            ("", general),
        ],
    );
    refuses_all::<Share>(&[
        "%",
        "5%%",
        "%5",
        "..",
        "5%...6%",
        "~majority",
        "1e1%",
        "05%",
        "1/0",
        "01/3",
        "1/3%",
        "1/-3",
        "1/",
        "/3",
        "~5%..6%",
    ]);
}

#[test]
fn a_share_is_exact_in_parts_of_one_or_refused() {
    accepts::<Share>(&["33.33333333333333333333333333%", "0.00000000000000000000000001%"]);
    refuses_all::<Share>(&["0.000000000000000000000000001%", "~33.33333333333333333333333333%"]);
    accepts::<Share>(&["1/999999999999999", "1/67108864", "12345678/15000000000"]);
    refuses_all::<Share>(&["1/2147483648", "1/1000000000000000"]);
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
    fn bounds_are_in_order(text in r"(~|>=|<=|>)?[1-9]?[0-9](\.[0-9]{1,9})?%") {
        let share: Share = read(&text);
        prop_assert!(Proportion::ZERO <= share.low() && share.low() <= share.high());
        prop_assert!(share.high() <= Proportion::ONE);
        prop_assert_eq!(share.to_string(), text);
    }
}

proptest! {
    #![proptest_config(cases(300))]
    #[test]
    fn what_is_taken_away_and_given_back_is_the_same(own in 1..1_000_u64, other in 1..1_000_u64, below in 1..1_000_u64) {
        let share = |above: u64| format!("{}/{below}", above % (below + 1)).parse::<Share>().unwrap();
        let (own, other) = (share(own), share(other));
        if let Some(rest) = own.less(other) {
            prop_assert_eq!(rest.plus(other).unwrap().exact(), own.exact());
        }
        if let Some(sum) = own.plus(other).filter(|_| own.exact() > Some(Proportion::ZERO)) {
            prop_assert_eq!(sum.less(other).unwrap().exact(), own.exact());
        }
    }

    #[test]
    fn proportions_compare_as_their_products(a in 0..10_000_u64, b in 1..10_000_u64, c in 0..10_000_u64, d in 1..10_000_u64) {
        let (one, other) = (Proportion::of(a, b).unwrap(), Proportion::of(c, d).unwrap());
        prop_assert_eq!(one.cmp(&other), (a * d).cmp(&(c * b)));
        prop_assert_eq!(one == other, a * d == c * b);
        let sum = one.checked_add(other).unwrap();
        prop_assert_eq!(sum, Proportion::of(a * d + c * b, b * d).unwrap());
        prop_assert_eq!(sum.checked_sub(other), Some(one));
    }
}

holds_for_texts!(
    Share,
    r"(~|>=|<=|>|<)?[0-9]{1,3}(\.[0-9]{1,3})?( ?%)?(\.\.<?[0-9]{1,3}%)?|[0-9]{1,3}/[0-9]{1,3}|majority|undisclosed"
);

//! What is written as usual is read in one pass; it must come out as if each value were first taken as it is written.

use proptest::prelude::*;

use super::syntax::{Origin, Part, read_from};

/// All that a text says, with places, and how its reading ended.
fn parts(text: &str, is_odd: bool) -> (Vec<String>, Option<String>) {
    let mut parts = Vec::new();
    let mut emit = |part: Part<'_>| parts.push(format!("{part:?}"));
    let failure = read_from(Origin { is_odd, ..Origin::new(text) }, &mut emit).err();
    (parts, failure.map(|failure| format!("{failure:?}")))
}

fn is_read_alike(text: &str) {
    let (quick, slow) = (parts(text, false), parts(text, true));
    assert_eq!(quick, slow, "{text}");
}

/// What may stand between two tokens.
fn blank() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => Just(String::new()),
        4 => Just(" ".to_owned()),
        2 => Just("\n    ".to_owned()),
        1 => Just("\t\r\n".to_owned()),
        1 => Just("\u{85}\u{2028}\u{200E} ".to_owned()),
        1 => Just("/* a , ] } ) \" comment */".to_owned()),
        1 => Just("/* one /* in \u{e9} */ another */".to_owned()),
        1 => Just(" // to the end, ) ] }\n".to_owned()),
    ]
}

fn quoted() -> impl Strategy<Value = String> {
    let plain = "[a-z0-9 ,:()\\[\\]{}/*#é世'.-]{0,12}";
    prop_oneof![
        6 => plain.prop_map(|words| format!("\"{words}\"")),
        1 => Just(r#""a \"quoted\" word""#.to_owned()),
        1 => Just(r#""a tab \t, a line \n, \u{1F600} and \\""#.to_owned()),
        1 => Just("\"two\nlines // no comment\"".to_owned()),
        1 => Just("r\"raw \\ text\"".to_owned()),
        1 => Just("r##\"raw \"# , text\"##".to_owned()),
        1 => Just(r#""a bad \q escape""#.to_owned()),
    ]
}

fn atom() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "true",
        "false",
        "None",
        "Some",
        "News",
        "_",
        "r#type",
        "inf",
        "NaN",
        "étage",
        "a\u{301}b",
        "trueish",
        "1",
        "-2",
        "1.5",
        "0x1F",
        "1e400",
        "1..2",
        "..",
        "()",
        "( )",
        "'c'",
        "b\"bytes\"",
        "b'x'",
        "2016-05-31",
        "50%",
        "",
        "]",
        "Foo()",
        "Foo(1)",
        "Some(\"x\")",
        "(\"a\", \"b\")",
        "(a)",
        "(a: 1)",
        "(\"GB\", \"01\",)",
        "[[]]",
        "{}",
        "{ }",
        "[ ]",
        "{1: 2}",
        "{\"a\": 1, 2: 3}",
        "#",
        "\"open",
        "/* open",
        "Kind(a: \"b\")",
    ];
    prop_oneof![quoted(), proptest::sample::select(WORDS).prop_map(str::to_owned)]
}

/// Items with blanks around them, between brackets, perhaps with a comma behind the last.
fn bracketed(
    open: &'static str,
    item: impl Strategy<Value = String> + 'static,
    close: &'static str,
) -> impl Strategy<Value = String> {
    let items = proptest::collection::vec((blank(), item, blank()), 0..4);
    (items, any::<bool>(), blank()).prop_map(move |(items, comma, end)| {
        let items: Vec<String> = items.into_iter().map(|(a, item, b)| format!("{a}{item}{b}")).collect();
        let comma = if comma && !items.is_empty() { "," } else { "" };
        format!("{open}{}{comma}{end}{close}", items.join(","))
    })
}

fn value() -> impl Strategy<Value = String> {
    atom().prop_recursive(8, 32, 4, |inner| {
        let pair = |key: BoxedStrategy<String>, value: BoxedStrategy<String>| {
            (key, blank(), blank(), value).prop_map(|(key, a, b, value)| format!("{key}{a}:{b}{value}"))
        };
        let name = "[a-z][a-z_]{0,5}".boxed();
        let key = prop_oneof![9 => quoted(), 1 => atom()].boxed();
        prop_oneof![
            bracketed("[", inner.clone(), "]"),
            bracketed("{", pair(key, inner.clone().boxed()), "}"),
            bracketed("(", pair(name.clone(), inner.clone().boxed()), ")"),
            bracketed("Named(", pair(name, inner.clone().boxed()), ")"),
            bracketed("(", inner, ")"),
        ]
    })
}

fn pairs(open: &'static str, key: BoxedStrategy<String>, close: &'static str) -> BoxedStrategy<String> {
    let pair = (key, blank(), blank(), value()).prop_map(|(key, a, b, value)| format!("{key}{a}:{b}{value}"));
    bracketed(open, pair, close).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn one_pass_reads_a_record_alike(fields in pairs("(", "[a-z]{1,5}".boxed(), ")"), a in blank(), b in blank()) {
        is_read_alike(&format!("Graph(companies: {{{a}\"acme\":{b}{fields}{a},{b}}})"));
    }

    #[test]
    fn one_pass_reads_a_fact_alike(fields in pairs("(", "[a-z]{1,5}".boxed(), ")"), a in blank(), b in blank()) {
        is_read_alike(&format!("Graph(facts: [{a}Sale{b}{fields}{a},{b} Sale(buyer: \"x\"), Odd{fields}]{b})"));
    }

    #[test]
    fn one_pass_reads_odd_facts_alike(facts in bracketed("[", value(), "]"), a in blank()) {
        is_read_alike(&format!("Graph(title{a}:{a}\"t\",{a}facts:{a}{facts},)"));
    }

    #[test]
    fn one_pass_reads_odd_records_alike(records in pairs("{", prop_oneof![9 => quoted(), 1 => atom()].boxed(), "}")) {
        is_read_alike(&format!("Graph(sources: {records}, companies: {records})"));
    }

    #[test]
    fn one_pass_reads_sections_alike(sections in pairs("Graph(", "title|facts|units|odd".boxed(), ")")) {
        is_read_alike(&sections);
    }
}

#[test]
fn one_pass_reads_nested_lists_alike() {
    for depth in 0..70 {
        let nested = format!("{}\"x\"{}", "[".repeat(depth), "]".repeat(depth));
        is_read_alike(&format!("Graph(title: {nested}, facts: [Sale(of: {nested})])"));
        let fields = format!("{}\"x\"{}", "(a: ".repeat(depth), ")".repeat(depth));
        is_read_alike(&format!("Graph(units: {{\"a\": (of: {fields})}}, facts: [Sale(of: {fields})])"));
    }
}

//! What is written as usual is read in one pass, without ron or by ron; it must come out as if each value were first
//! taken as it is written.

use proptest::prelude::*;

use super::syntax::{Failure, Origin, Part, read, read_from};
use super::usual;

type Emit<'e, 't> = &'e mut dyn FnMut(Part<'t>);

/// All that a text says, with places, and how its reading ended.
fn parts<'t>(read: impl FnOnce(Emit<'_, 't>) -> Result<(), Failure>) -> (Vec<String>, Option<String>) {
    let mut parts = Vec::new();
    let failure = read(&mut |part| parts.push(format!("{part:?}"))).err();
    (parts, failure.map(|failure| format!("{failure:?}")))
}

fn by_ron(text: &str, is_odd: bool) -> (Vec<String>, Option<String>) {
    parts(|emit| read_from(Origin { is_odd, ..Origin::new(text) }, emit))
}

/// What is read without ron, as far as that goes, is what ron reads.
fn is_read_as_by_ron(text: &str) {
    assert_eq!(parts(|emit| read(text, emit)), by_ron(text, false), "{text}");
}

fn is_read_alike(text: &str) {
    assert_eq!(by_ron(text, false), by_ron(text, true), "{text}");
    is_read_as_by_ron(text);
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

/// A text with all that is usual.
const USUAL: &str = r#"// A graph.
Graph(
    title: "A graph",
    sources: { "a": (title: "A", kind: News, published: "2016-05-31"), "b": (title: "B") },
    companies: {
        "acme": (name: "Acmé", aliases: ["A", "AA"], identifiers: (isin: ["US5949181045"], wikidata: "Q2283")),
        "bolt": (name: "Bolt", holders_complete: true), /* no more */
    },
    facts: [
        Sale(seller: "acme", buyer: "bolt", amount: "USD 1 million", quotes: {"a": ["$1 million", "sold"]}),
        Partnership(
            between: ["acme", "bolt"],
            since: "2016",
            confidence: Rumoured,
            evidence: [(source: "b", locator: "p. 1"), (source: "a")],
        ),
        Competition(between: [], unsourced: true),
    ],
)
"#;

/// Pieces of text that do damage.
const PIECES: &[&str] = &[
    "", "(", ")", "[", "]", "{", "}", ",", ":", "\"", "\\", "#", "/", "/*", "*/", "//", "\n", " ", "x", "X",
    "r", "_", "-", "1", "'", "é", "\u{2028}", "()", "Some", "Some(", "true", "\\\"", "..", "a: 1,", "Foo(),",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn damage_is_read_as_by_ron(
        at in any::<prop::sample::Index>(),
        gone in 0_usize..8,
        new in prop::sample::select(PIECES),
    ) {
        let chars: Vec<char> = USUAL.chars().collect();
        let at = at.index(chars.len());
        let before: String = chars.iter().take(at).collect();
        let after: String = chars.iter().skip(at + gone).collect();
        is_read_as_by_ron(&format!("{before}{new}{after}"));
    }
}

#[test]
fn what_is_usual_is_read_without_ron() {
    let said = |text: &str| {
        let mut said = 0;
        usual::read(Origin::new(text), &mut |_| said += 1).map(|()| said)
    };
    // A title, three sections, two sources, two companies, three facts.
    assert_eq!(said(USUAL), Some(11));
    is_read_alike(USUAL);
    // Of what is odd, ron reads a section, a record or a fact alone.
    assert_eq!(
        said(r#"Graph(version: 1, facts: [Sale(of: "a \"b\""), Foo, r"x"], units: {"a": Unit()})"#),
        Some(7)
    );
    for left in
        ["", "x", "Graph(", "Graph() x", "Graph() /*", "#![enable(implicit_some)] Graph()", "Graph(odd: 1)"]
    {
        assert_eq!(said(left), None, "{left}");
    }
}

#[test]
fn one_pass_reads_nested_lists_alike() {
    for depth in 0..70 {
        let nested = format!("{}\"x\"{}", "[".repeat(depth), "]".repeat(depth));
        is_read_alike(&format!("Graph(title: {nested}, facts: [Sale(of: {nested})])"));
        is_read_alike(&format!("Graph(facts: [{nested}], units: {{\"a\": {nested}}})"));
        let fields = format!("{}\"x\"{}", "(a: ".repeat(depth), ")".repeat(depth));
        is_read_alike(&format!("Graph(units: {{\"a\": (of: {fields})}}, facts: [Sale(of: {fields})])"));
    }
}

//! Texts with changes at random, and ron as the judge of them.
//!
//! 4,000 as a rule, so that the tests stay quick; `KEIRETSU_CASES=1000000 cargo test --lib mutated` takes a million.

use super::tests::{Dice, is_read_alike};

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

/// A text with all that is odd.
const ODD: &str = r##"#![enable(implicit_some)]
Graph(version: 1, title: r#"raw "text" \"#, description: "a \"b\" \u{e9} \x41 \\ \
    goes on",
 sources: {"a": Source(title: 'c', kind: None, url: b"x\x00"), "b": (title: 1..2, kind: -5)},
 units: {"u\n": Unit(of: Some("acme"), r#note: 0x1F_u8), 7: (name: 1e400), "w": [1, 2.5, inf], "e": ()},
 people: (), odd: {(1, "x"): Foo(1, (a: 2))},
 facts: [ Sale ( of: "x" /* , ) */ ), Odd(a: true), Foo, "text", Some(Some(1)), Sale(), (..), [[], {}], /* /* */ */
   Event(of: [("GB", "01"),], what: Founded, quotes: {"a": ["x", "y"]}, // end
   unsourced: false,),],)"##;

/// Pieces of text that do damage.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "#",
    "/",
    "/*",
    "*/",
    "//",
    "\n",
    " ",
    "x",
    "X",
    "r",
    "b",
    "_",
    "-",
    "+",
    ".",
    "1",
    "'",
    "é",
    "\u{2028}",
    "\u{a0}",
    "()",
    "Some",
    "Some(",
    "true",
    "None",
    "inf",
    "NaN",
    "\\\"",
    "..",
    "..=",
    "a: 1,",
    "Foo(),",
    "r#",
    "r#\"",
    "b\"",
    "br#\"",
    "b'a'",
    "0x",
    "0b1",
    "1_0",
    "1.5e3",
    "300u8",
    "i64",
    "f32",
    "\\u{41}",
    "\\x9",
    "\"x\"",
    "#![type = \"a\"]",
    "\0",
    "\r\n",
    "e\u{301}",
    "\"a\": (",
    "Sale(",
];

/// A text in words, blanks, signs; or in single characters.
fn pieces(text: &str, are_chars: bool) -> Vec<String> {
    let sort = |c: char| match c {
        _ if are_chars => None,
        c if c.is_alphanumeric() || c == '_' => Some(true),
        c if c.is_whitespace() => Some(false),
        _ => None,
    };
    let mut pieces: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.chars() {
        match pieces.last_mut() {
            Some(piece) if sort(c).is_some() && sort(c) == last => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = sort(c);
    }
    pieces
}

/// Takes out, doubles, swaps or puts in.
fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut pieces = pieces(text, dice.below(3) == 0);
    for _ in 0..1 + dice.below(3) {
        let at = dice.below(pieces.len());
        let end = (at + 1 + dice.below(4)).min(pieces.len());
        match dice.below(5) {
            0 => drop(pieces.drain(at..end)),
            1 => {
                let again = pieces[at..end].to_vec();
                let to = dice.below(pieces.len());
                pieces.splice(to..to, again);
            }
            2 => {
                let other = dice.below(pieces.len());
                pieces.swap(at, other);
            }
            3 => pieces[at] = PIECES[dice.below(PIECES.len())].to_owned(),
            _ => pieces.insert(at, PIECES[dice.below(PIECES.len())].to_owned()),
        }
        if pieces.is_empty() {
            break;
        }
    }
    pieces.concat()
}

#[test]
fn mutated_texts_are_read_as_ron_reads_them() {
    assert!(is_read_alike(USUAL) && is_read_alike(ODD));
    let cases = std::env::var("KEIRETSU_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4_000);
    let mut taken = 0;
    for seed in 0..cases {
        let mut dice = Dice::new(seed);
        let text = mutated(if dice.below(2) == 0 { USUAL } else { ODD }, &mut dice);
        taken += u64::from(is_read_alike(&text));
    }
    // Of both sorts there are many.
    assert!(taken > cases / 10 && taken < cases * 9 / 10, "{taken}");
}

//! The tree against ron as the judge: the same texts are well-formed, and say the same at the same places.

use super::judge::{by_ron, by_tree};
use super::token::Kind;
use super::whole::{Is, Tree};

/// What ron reads is read alike, and what ron does not take is a slip. Whether ron reads it.
pub(super) fn is_read_alike(text: &str) -> bool {
    assert_eq!(Tree::parse(text.to_owned()).text(), text);
    let (parts, slipped) = by_tree(text);
    match by_ron(text) {
        Ok(judged) => {
            assert!(!slipped, "ron takes this: {text}");
            assert_eq!(parts, judged, "{text}");
            true
        }
        Err(error) => {
            assert!(slipped, "ron does not take this: {error:?}\n{text}");
            false
        }
    }
}

/// Numbers from a fixed seed (splitmix64).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// What may stand between two tokens.
const BLANKS: &[&str] = &[
    "",
    "",
    "",
    "",
    " ",
    " ",
    "\n    ",
    "\t\r\n",
    "\u{85}\u{2028}\u{200E} ",
    "/* a , ] } ) \" comment */",
    "/* one /* in \u{e9} */ another */",
    " // to the end, ) ] }\n",
];

const TEXTS: &[&str] = &[
    r#""plain""#,
    r#""acme""#,
    r#""a-1""#,
    r#""(a: [é世], b: {})""#,
    r#""a \"quoted\" word""#,
    r#"""#,
    r#""a tab \t, a line \n, \u{1F600} and \\""#,
    "\"two\nlines // no comment\"",
    "r\"raw \\ text\"",
    "r##\"raw \"# , text\"##",
    r#""a bad \q escape""#,
    r#""\x41\xc3\xa9""#,
    "\"goes \\\n   on\"",
];

const ATOMS: &[&str] = &[
    "true",
    "false",
    "None",
    "Some",
    "News",
    "_",
    "r#type",
    "r#a.b",
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
    "..=5",
    "()",
    "( )",
    "'c'",
    "'\\''",
    "b\"bytes\"",
    "b'x'",
    "b'\\xff'",
    "br#\"raw\"#",
    "2016-05-31",
    "50%",
    "",
    "]",
    "Foo()",
    "Foo(1)",
    "Some(\"x\")",
    "Some( 1 , )",
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
    "300u8",
    "-0u8",
    "1_000",
    "_1",
    "0b12",
    "99999999999999999999",
    "0xFFFFFFFFFFFFFFFFF",
    "1i8..2",
];

fn blank(dice: &mut Dice) -> &'static str {
    dice.one(BLANKS)
}

fn atom(dice: &mut Dice) -> String {
    if dice.below(2) == 0 { dice.one(TEXTS) } else { dice.one(ATOMS) }.to_owned()
}

/// A few items with blanks around them, between brackets, perhaps with a comma behind the last.
fn bracketed(dice: &mut Dice, open: &str, close: &str, item: impl Fn(&mut Dice) -> String) -> String {
    let items: Vec<String> =
        (0..dice.below(4)).map(|_| format!("{}{}{}", blank(dice), item(dice), blank(dice))).collect();
    let comma = if !items.is_empty() && dice.below(2) == 0 { "," } else { "" };
    format!("{open}{}{comma}{}{close}", items.join(","), blank(dice))
}

fn pairs(
    dice: &mut Dice,
    open: &str,
    close: &str,
    depth: usize,
    key: impl Fn(&mut Dice) -> String,
) -> String {
    bracketed(dice, open, close, |dice| {
        let (key, a, b) = (key(dice), blank(dice), blank(dice));
        format!("{key}{a}:{b}{}", value(dice, depth))
    })
}

fn name(dice: &mut Dice) -> String {
    dice.one(&["name", "of", "a", "quotes", "b_2", "r#in", "Some", "true", "inf"]).to_owned()
}

fn key(dice: &mut Dice) -> String {
    if dice.below(9) == 0 { atom(dice) } else { dice.one(TEXTS).to_owned() }
}

fn value(dice: &mut Dice, depth: usize) -> String {
    match dice.below(if depth == 0 { 1 } else { 9 }) {
        5 => bracketed(dice, "[", "]", |dice| value(dice, depth - 1)),
        6 => pairs(dice, "{", "}", depth - 1, key),
        7 => pairs(dice, "(", ")", depth - 1, name),
        8 => match dice.below(3) {
            0 => bracketed(dice, "(", ")", |dice| value(dice, depth - 1)),
            1 => format!("Some({}{}{})", blank(dice), value(dice, depth - 1), blank(dice)),
            _ => pairs(dice, "Named(", ")", depth - 1, name),
        },
        _ => atom(dice),
    }
}

#[test]
fn grown_texts_are_read_as_ron_reads_them() {
    let (cases, mut taken) = (8_000, 0);
    for seed in 0..cases {
        let dice = &mut Dice::new(seed);
        let (a, b) = (blank(dice), blank(dice));
        let text = match seed % 5 {
            0 => format!("Graph(companies: {{{a}\"acme\":{b}{}{a},{b}}})", pairs(dice, "(", ")", 4, name)),
            1 => {
                let fields = pairs(dice, "(", ")", 4, name);
                format!("Graph(facts: [{a}Sale{b}{fields}{a},{b} Sale(buyer: \"x\"), Odd{fields}]{b})")
            }
            2 => format!(
                "Graph(title{a}:{a}\"t\",{a}facts:{a}{},)",
                bracketed(dice, "[", "]", |dice| value(dice, 4))
            ),
            3 => {
                let records = pairs(dice, "{", "}", 3, key);
                format!("Graph(sources: {records}, companies: {records})")
            }
            _ => {
                pairs(dice, "Graph(", ")", 5, |dice| dice.one(&["title", "facts", "units", "odd"]).to_owned())
            }
        };
        taken += u64::from(is_read_alike(&text));
    }
    // Of both sorts there are many.
    assert!(taken > cases / 10 && taken < cases * 9 / 10, "{taken}");
}

#[test]
fn nested_brackets_are_read_as_ron_reads_them() {
    let nested = |open: &str, inside: &str, close: &str, depth| {
        let nested = format!("{}{inside}{}", open.repeat(depth), close.repeat(depth));
        is_read_alike(&format!("Graph(title: {nested}, facts: [Sale(of: {nested})])"));
        is_read_alike(&format!("Graph(facts: [{nested}], units: {{\"a\": {nested}}})"));
        is_read_alike(&format!("Graph(units: {{\"a\": (of: {nested})}}, odd: {nested})"));
    };
    for depth in (0..4).chain(56..70) {
        for inside in ["\"x\"", "", "()"] {
            nested("[", inside, "]", depth);
            nested("(", inside, ")", depth);
        }
        nested("(a: ", "\"x\"", ")", depth);
        nested("Foo(", "1", ")", depth);
        nested("{\"a\": ", "{}", "}", depth);
        nested("[Some(", "1", ")]", depth * 2 / 3);
    }
}

#[test]
fn lines_before_a_graph_are_read_as_ron_reads_them() {
    for header in [
        "#![enable(implicit_some)]",
        "# ! [ enable ( unwrap_newtypes , implicit_some, ) ] ",
        "#![enable()]",
        "#![type = \"a\"]",
        "#![schema=r#\"a\"#]#![type=\"b\"]",
        "#![enable(implicit_some unwrap_newtypes)]",
        "#![enable(what)]",
        "#!",
        "#[a]",
        "#![enable(r#implicit_some)]",
        "#![enable(implicit_some]",
        "#![type]",
        "#![other = \"a\"]",
        "/* a */ #![type = \"\"] //",
        "#![enable(explicit_struct_names)]",
    ] {
        for graph in [
            "Graph()",
            "()",
            "r#Graph(title: \"a\")",
            "Graf()",
            "Graph ( ) // end",
            "1()",
            "Graph",
            "",
            "Graph()()",
        ] {
            is_read_alike(&format!("{header}{graph}"));
            is_read_alike(&format!("\n{header}\n{graph}\n"));
            is_read_alike(graph);
        }
    }
}

#[test]
fn a_tree_has_every_token_comment_and_blank() {
    let tree = Tree::parse("Graph( // one\n  facts: [Sale(a: 'c',)],/**/)".to_owned());
    let kinds: Vec<(Kind, &str)> = tree.tokens().filter(|(kind, _)| *kind != Kind::Blank).collect();
    let expected = [
        (Kind::Word, "Graph"),
        (Kind::Fields, "("),
        (Kind::LineComment, "// one"),
        (Kind::Word, "facts"),
        (Kind::Colon, ":"),
        (Kind::List, "["),
        (Kind::Word, "Sale"),
        (Kind::Fields, "("),
        (Kind::Word, "a"),
        (Kind::Colon, ":"),
        (Kind::Char, "'c'"),
        (Kind::Comma, ","),
        (Kind::Close, ")"),
        (Kind::Close, "]"),
        (Kind::Comma, ","),
        (Kind::BlockComment, "/**/"),
        (Kind::Close, ")"),
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn a_change_leaves_every_other_byte() {
    let text = "Graph(\n  companies: { \"a\": (name: \"A\"), // first\n    \"b\": (name \"B\"), \"c\": (name: \"C\") },\n)";
    let mut tree = Tree::parse(text.to_owned());
    let items = |tree: &Tree| -> Vec<(Is, String)> {
        tree.items().iter().map(|item| (item.is, item.name.clone())).collect()
    };
    let named = |is, name: &str| (is, name.to_owned());
    let mut expected = vec![
        named(Is::Section, "companies"),
        named(Is::Record, "a"),
        named(Is::Unread, ""),
        named(Is::Record, "c"),
    ];
    assert_eq!(items(&tree), expected);
    // The colon that is missing.
    let at = text.find(" \"B\"").unwrap();
    assert!(tree.splice(at..at, ":"));
    expected[2] = named(Is::Record, "b");
    assert_eq!(items(&tree), expected);
    assert_eq!(tree.text(), text.replace("name \"B\"", "name: \"B\""));
    let item = &tree.items()[1];
    let (start, end) = (item.span.start as usize, item.span.end as usize);
    assert_eq!(tree.text().get(start..end).unwrap(), "\"a\": (name: \"A\")");
    assert!(tree.splice(start..end, "\"é\": (name: \"É\")"));
    assert_eq!(items(&tree)[1], named(Is::Record, "é"));
    // Within a character.
    assert!(!tree.splice(start + 2..end, ""));
    assert!(tree.text().contains(", // first\n"));
}

//! Properties of reading and writing: what is written reads back equal, and no text makes the reader panic.

use std::path::Path;

use keiretsu::vocabulary::AttributeType;
use keiretsu::{
    AttributeValue, Confidence, End, EntityKind, EntityRecord, EvidenceRecord, FactKind, FactRecord,
    FormerName, Graph, GraphBuilder, Id, Reason, Records, Role, SourceKind, SourceRecord, Stance, Status,
    to_ron,
};
use proptest::prelude::*;

/// A sequence of choices from which a record is made, so that every field is filled in some cases and empty in
/// others.
struct Dice<'d>(std::iter::Cycle<std::slice::Iter<'d, u8>>);

impl Dice<'_> {
    fn below(&mut self, n: usize) -> usize {
        let (a, b) = (self.0.next().copied().unwrap_or(0), self.0.next().copied().unwrap_or(0));
        (usize::from(a) * 256 + usize::from(b)) % n
    }

    fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) == 0).then(|| make(self))
    }

    fn some<T>(&mut self, make: impl Fn(&mut Self) -> T) -> Vec<T> {
        (0..self.below(4)).map(|_| make(self)).collect()
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(&mut self, of: &[&str]) -> T {
        self.one(of).parse().unwrap()
    }

    fn line(&mut self) -> String {
        self.one(&LINES).to_owned()
    }

    fn prose(&mut self) -> String {
        self.one(&["two\nlines", "tab\tand \r\n return", "\"#", "Xiaomi"]).to_owned()
    }

    fn id(&mut self) -> Id {
        self.parsed(&["a", "b", "c", "d-1", "e.2", "0"])
    }

    fn source(&mut self) -> Id {
        self.parsed(&["s", "t"])
    }
}

/// Text that a writer could get wrong.
const LINES: [&str; 14] = [
    "Acme",
    "\"",
    "\\",
    "\\\"",
    "r#\"x\"#",
    "// no comment",
    "/* none */",
    "\\u{41}",
    "小米 Émile",
    "zero\u{200b}width \u{202e}turned",
    "a) , ( b] : {",
    "'",
    " blank around ",
    "👩\u{200d}🚀 \u{10ffff}",
];

const DATES: [&str; 8] =
    ["2016", "2016-05", "2016-05-31", "2016-Q3", "2016~", "2016-05?", "../2016-05", "2016-05-18/2016-05-19"];

fn evidence(dice: &mut Dice<'_>) -> EvidenceRecord {
    let mut evidence = EvidenceRecord::new(dice.source());
    evidence.quote = dice.maybe(|dice| if dice.below(2) == 0 { dice.prose() } else { dice.line() });
    evidence.locator = dice.maybe(Dice::line);
    evidence.said_by = dice.maybe(Dice::line);
    evidence.stance = dice.one(&[Stance::Supports, Stance::Supports, Stance::Refutes, Stance::Mentions]);
    evidence
}

fn source(id: &str, dice: &mut Dice<'_>) -> SourceRecord {
    let mut source = SourceRecord::new(id.parse().unwrap(), dice.line());
    source.kind = dice.maybe(|dice| dice.one(SourceKind::ALL));
    source.publisher = dice.maybe(Dice::line);
    source.author = dice.maybe(Dice::line);
    source.url = dice.maybe(Dice::line);
    source.published = dice.maybe(|dice| dice.parsed(&DATES));
    source.accessed = dice.maybe(|dice| dice.parsed(&DATES));
    source.language = dice.maybe(Dice::line);
    source
}

fn entity(n: usize, id: &str, dice: &mut Dice<'_>) -> EntityRecord {
    let kind = dice.one(EntityKind::ALL);
    let mut entity = EntityRecord::new(kind, id.parse().unwrap(), dice.line());
    entity.aliases = dice.some(Dice::line);
    entity.former_names = dice.some(|dice| match dice.below(2) {
        0 => FormerName::undated(dice.line()),
        _ => FormerName::new(dice.line(), dice.parsed(&DATES)),
    });
    entity.native_name = dice.maybe(Dice::line);
    entity.country = dice.maybe(|dice| dice.parsed(&["CN", "US", "EU"]));
    entity.website = dice.maybe(Dice::line);
    entity.note = dice.maybe(Dice::prose);
    entity.properties = properties(dice);
    entity.evidence = dice.some(evidence);
    // Identifiers are unique: only the first entity has these.
    if n == 0 {
        entity.identifiers.lei = dice.maybe(|dice| dice.parsed(&["506700GE1G29325QX363"]));
        entity.identifiers.isin = dice.maybe(|dice| dice.parsed(&["US0378331005"])).into_iter().collect();
        entity.identifiers.wikidata = dice.maybe(|dice| dice.parsed(&["Q2283"]));
        entity.identifiers.register =
            dice.maybe(|dice| dice.parsed(&["GB 0123456", "US-DE 2918-401"])).into_iter().collect();
    }
    match kind {
        EntityKind::Company => {
            entity.industry = dice.maybe(Dice::line);
            entity.legal_form = dice.maybe(Dice::line);
            entity.holders_complete = dice.below(2) == 0;
        }
        EntityKind::Product => entity.class = dice.maybe(Dice::line),
        EntityKind::Patent => {
            entity.number = dice.maybe(|dice| dice.parsed(&["US 8155091 B2"]));
            entity.count = dice.maybe(|dice| dice.parsed(&["1500", "~1500", "1000..2000", "undisclosed"]));
            entity.topics = dice.some(Dice::line);
            entity.filed = dice.maybe(|dice| dice.parsed(&DATES));
            entity.granted = dice.maybe(|dice| dice.parsed(&DATES));
            entity.expires = dice.maybe(|dice| dice.parsed(&DATES));
        }
        EntityKind::Unit => entity.of = Some("0".parse().unwrap()),
        EntityKind::Unspecified => {
            entity.reason = dice.maybe(|dice| dice.one(Reason::ALL));
            entity.stands_for = dice.maybe(|dice| dice.one(EntityKind::ALL));
        }
        _ => {}
    }
    entity
}

fn fact(n: usize, dice: &mut Dice<'_>) -> FactRecord {
    let kind = dice.one(FactKind::ALL);
    let mut fact = FactRecord::new(kind);
    let row = kind.row();
    for role in row.roles {
        // Mutual facts need two parties.
        let ids = ["a", "b"].map(|id| id.parse::<Id>().unwrap());
        fact.roles.extend(ids.into_iter().take(if role.many { 2 } else { 1 }).map(|id| (role.role, id)));
        if role.many {
            fact.roles.extend(dice.some(Dice::id).into_iter().map(|id| (role.role, id)));
        }
    }
    fact.roles.extend(dice.maybe(|dice| (Role::Payer, dice.id())));
    fact.roles.extend(dice.maybe(|dice| (Role::Through, dice.id())));
    // In any order: building groups them.
    let turn = dice.below(fact.roles.len());
    fact.roles.rotate_left(turn);
    for attribute in row.attributes {
        let value = match attribute.values {
            AttributeType::Text => AttributeValue::Text(dice.line()),
            AttributeType::Share => AttributeValue::Share(dice.parsed(&["51%", "25%..50%", "majority"])),
            AttributeType::Flag => AttributeValue::Flag(dice.below(2) == 0),
            AttributeType::Choice(words) => AttributeValue::Choice(words[dice.below(words.len())].name),
            _ => continue,
        };
        fact.attributes.extend(dice.maybe(|_| (attribute.attribute, value)));
    }
    fact.id = dice.maybe(|_| format!("fact-{n}").parse().unwrap()).or_else(|| (n == 0).then(|| id("fact-0")));
    fact.status = dice.maybe(|dice| dice.one(Status::ALL));
    let mut date = || dice.maybe(|dice| dice.parsed(&DATES));
    (fact.announced, fact.signed, fact.since) = (date(), date(), date());
    (fact.completed, fact.withdrawn, fact.as_of) = (date(), date(), date());
    fact.until = dice.maybe(|dice| dice.one(&[End::Open, End::Unknown, End::On("2016-05".parse().unwrap())]));
    fact.term = dice.maybe(|dice| dice.parsed(&["10 years", "18 months", "perpetual"]));
    fact.amount = dice.maybe(|dice| dice.parsed(&["USD ~350 million", "EUR 1.5..2 billion", "undisclosed"]));
    fact.quantity = dice.maybe(|dice| dice.parsed(&["1500", ">=1500"]));
    fact.territory = dice.some(|dice| dice.parsed(&["IN", "worldwide"]));
    fact.except = dice.some(|dice| dice.parsed(&["IN", "US"]));
    fact.exclusive = dice.maybe(|dice| dice.below(2) == 0);
    fact.condition = dice.maybe(Dice::line);
    fact.part_of = dice.maybe(|_| id("fact-0")).filter(|_| n > 0);
    fact.tied_to = dice.some(|_| id("fact-0"));
    fact.replaces = dice.some(|_| id("fact-0"));
    // Nothing replaces itself.
    fact.replaces.retain(|_| n > 0);
    fact.claims_of = dice.maybe(|_| id("fact-0"));
    fact.confidence = dice.maybe(|dice| dice.one(Confidence::ALL));
    fact.note = dice.maybe(Dice::prose);
    fact.properties = properties(dice);
    fact.evidence = dice.some(evidence);
    fact.unsourced = dice.below(2) == 0;
    fact
}

fn properties(dice: &mut Dice<'_>) -> Vec<(String, String)> {
    let keys = ["internal_id", "crm:id", "Größe"].into_iter();
    keys.filter_map(|key| Some((key.to_owned(), dice.maybe(Dice::prose)?))).collect()
}

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn records(dice: &[u8]) -> Records {
    let mut dice = Dice(dice.iter().cycle());
    let mut records = Records::default();
    records.title = dice.maybe(Dice::line);
    records.description = dice.maybe(Dice::prose);
    records.sources = ["s", "t"].map(|id| source(id, &mut dice)).into();
    let ids = ["a", "b", "c", "d-1", "e.2", "0"];
    records.entities = ids.iter().enumerate().map(|(n, id)| entity(n, id, &mut dice)).collect();
    if let Some(unit) = records.entities.iter_mut().find(|entity| entity.id.as_str() == "0") {
        // Others may be its units, so it is not a unit itself.
        *unit = EntityRecord::new(EntityKind::Company, id("0"), "Zero");
    }
    records.facts = (0..3).map(|n| fact(n, &mut dice)).collect();
    records
}

#[test]
fn a_source_alone_is_evidence_without_words() {
    let text = |evidence: &str| {
        format!(
            r#"Graph(
                sources: {{ "s": (title: "S"), "t": (title: "T") }},
                companies: {{ "a": (name: "A", {evidence}) }},
                facts: [ Event(of: "a", {evidence}) ],
            )"#
        )
    };
    for (short, long) in [
        (r#"source: "s""#, r#"evidence: [(source: "s")]"#),
        (r#"source: ["t", "s"]"#, r#"evidence: [(source: "t"), (source: "s")]"#),
        (r#"quotes: {"s": ["so"]}, source: "t""#, r#"evidence: [(source: "s", quote: "so"), (source: "t")]"#),
        (r#"source: "t", quotes: {"s": ["so"]}"#, r#"evidence: [(source: "t"), (source: "s", quote: "so")]"#),
    ] {
        let [short, long] = [short, long].map(|evidence| Graph::from_ron(&text(evidence)).unwrap());
        assert_eq!(short.to_records().facts, long.to_records().facts);
        assert_eq!(short.to_records().entities, long.to_records().entities);
        let again = Graph::from_ron(&to_ron(&short.to_records())).unwrap();
        assert_eq!(again.to_records().facts, short.to_records().facts);
    }
}

proptest! {
    #![proptest_config(crate::property::cases(200))]

    #[test]
    fn what_is_written_reads_back_equal(dice in prop::collection::vec(any::<u8>(), 400..800)) {
        let graph = GraphBuilder::from_records(records(&dice)).build().map_err(|error| error.to_string()).unwrap();
        let built = graph.to_records();
        let text = to_ron(&built);
        let again = Graph::from_ron(&text).map_err(|error| format!("{error}\n{text}")).unwrap();
        prop_assert_eq!(&again.to_records(), &built, "{}", &text);
        prop_assert_eq!(to_ron(&again.to_records()), text);
        let codes = |graph: &Graph| graph.warnings().iter().map(|d| d.code).collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(codes(&again), codes(&graph));
        let json = serde_json::to_string(&built).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Records>(&json).unwrap(), &built, "{}", json);
        prop_assert_eq!(&graph.edit().build().unwrap().to_records(), &built);
        prop_assert_eq!(&graph.merge(&graph).build().unwrap().to_records(), &built);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "(Graph\\()?[\\PC\n\"(){}\\[\\],:/*#r\\\\]{0,60}") {
        let _ = Graph::from_ron(&text);
    }

    #[test]
    fn no_tokens_make_the_reader_panic(tokens in prop::collection::vec(prop::sample::select(&TOKENS[..]), 0..40)) {
        let _ = Graph::from_ron(&format!("Graph({}", tokens.concat()));
    }
}

/// Pieces of graph files, and typical mistakes.
const TOKENS: [&str; 38] = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "companies:",
    "facts:",
    "title:",
    "version:",
    "sources:",
    "{\"a\":(",
    "name:",
    "\"a\"",
    "\"é\"",
    "r#\"a\"#",
    "'a'",
    "1",
    "-1.5",
    "1e400",
    "NaN",
    "true",
    "None",
    "Some(",
    "Sale(",
    "seller:",
    "quotes:{",
    "evidence:[(",
    "identifiers:(",
    "// x\n",
    "/* x */",
    "\\",
    "\"",
    "status:",
    "Done",
    "..",
];

proptest! {
    #![proptest_config(crate::property::cases(60))]

    #[test]
    fn no_damage_to_a_graph_makes_the_reader_panic(
        at in any::<prop::sample::Index>(),
        gone in 0_usize..40,
        new in prop::sample::select(&TOKENS[..]),
    ) {
        let graphs = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
        let text = std::fs::read_to_string(graphs.join("xiaomi-microsoft-2016.ron")).unwrap();
        let chars: Vec<char> = text.chars().collect();
        let at = at.index(chars.len());
        let (before, after) = (&chars[..at], &chars[(at + gone).min(chars.len())..]);
        let damaged: String = before.iter().copied().chain(new.chars()).chain(after.iter().copied()).collect();
        if let Err(error) = Graph::from_ron(&damaged) {
            for diagnostic in error.diagnostics() {
                let at = diagnostic.at.as_ref().expect("every problem of a text has a place");
                let line = damaged.lines().nth(at.line - 1).unwrap_or_default();
                prop_assert!(at.column <= line.chars().count() + 1, "{}", diagnostic);
            }
        }
    }
}

/// A file of more than a megabyte is read by two threads; of these facts, two of three look odd.
#[test]
fn a_large_file_says_what_it_says() {
    let company = |n: usize| format!("c-{n}");
    let (mut text, mut expected) = ("Graph(companies: {".to_owned(), Vec::new());
    (0..=6_000).for_each(|n| text.push_str(&format!("\"c-{n}\": (name: \"Company {n}\"),\n")));
    text.push_str("}, facts: [\n");
    for n in 0..6_000 {
        let words = "long ".repeat(30);
        let (written, note) = match n % 3 {
            0 => (format!("\"{words}{n}\""), format!("{words}{n}")),
            1 => (format!("/* {n} */ \"{words}\\\"{n}\\\"\""), format!("{words}\"{n}\"")),
            _ => (format!("r\"{words}\\{n}\""), format!("{words}\\{n}")),
        };
        let (one, other) = (company(n), company(n + 1));
        text.push_str(&format!("Supply(supplier: \"{one}\", customer: [\"{other}\"], note: {written}"));
        text.push_str(if n % 2 == 0 { ", unsourced: true),\n" } else { ", id: \"odd-" });
        if n % 2 == 1 {
            text.push_str(&format!("{n}\"),\n"));
        }
        let mut fact =
            FactRecord::new(FactKind::Supply).role(Role::Supplier, id(&one)).role(Role::Customer, id(&other));
        (fact.note, fact.unsourced) = (Some(note), n % 2 == 0);
        fact.id = (n % 2 == 1).then(|| id(&format!("odd-{n}")));
        expected.push(fact);
    }
    text.push_str("])");
    assert!(text.len() > 1 << 20, "{}", text.len());
    let told = Graph::from_ron(&text).map_err(|error| error.to_string()).unwrap().to_records();
    assert_eq!(told.entities.len(), 6_001);
    assert!(told.facts == expected);
}

#[test]
fn what_ron_allows_around_a_graph_is_allowed() {
    for text in [
        "Graph()",
        "()",
        "#![enable(implicit_some)]\nGraph()",
        "\u{feff}Graph()",
        "// before\n/* and /* nested */ */ Graph ( ) // after",
        "Graph(version: 1)",
        "Graph(version: \"1\")",
        "Graph(title: Some(\"x\"))",
        "Graph(title: r#\"x\"#)",
        "Graph(companies: {\"a\": Company(name: \"A\"), \"b\": (name: /* x */ \"B\" /* y */)},)",
        "Graph(companies: { r\"a\": (name: \"A\") })\r\n",
    ] {
        Graph::from_ron(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    }
}

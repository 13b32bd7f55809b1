//! Checks DOT output with the installed `dot`.

use std::io::Write;
use std::process::{Command, Stdio};

use keiretsu::{
    EntityKind, EntityRecord, FactKind, FactRecord, Graph, Page, RelationKind, RelationKinds, Role, Theme,
};
use proptest::prelude::*;

/// The SVG that `dot` makes of the text; `None` without `dot`, unless `KEIRETSU_REQUIRE_DOT` is set.
fn svg(dot: &str) -> Option<String> {
    let child = Command::new("dot")
        .arg("-Tsvg")
        .env("SERVER_NAME", "keiretsu")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            assert!(std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "`dot` does not start: {error}");
            #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
            let () = eprintln!("skipped: `dot` does not start: {error}");
            return None;
        }
    };
    child.stdin.take().unwrap().write_all(dot.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}\n{dot}");
    for complaint in ["syntax error", "Error", "not well-formed"] {
        assert!(!talk.contains(complaint), "{talk}\n{dot}");
    }
    Some(String::from_utf8(output.stdout).unwrap())
}

/// All text of an SVG in order, without white space, where lines may break.
fn text(svg: &str) -> String {
    let inside = svg.split("<text ").skip(1).map(|rest| {
        let (element, _) = rest.split_once("</text>").unwrap();
        element.split_once('>').unwrap().1
    });
    squeezed(&unescaped(&inside.collect::<String>()))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (entity, rest) = part.split_once(';').unwrap();
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            number => char::from_u32(number.strip_prefix('#').unwrap().parse().unwrap()).unwrap(),
        });
        plain.push_str(rest);
    }
    plain
}

/// A ring of companies and products with these names, each with a scope of the same text.
fn ring(names: &[String]) -> Graph {
    let mut builder = Graph::builder();
    let kinds = [EntityKind::Company, EntityKind::Product, EntityKind::Brand, EntityKind::Alliance];
    let ids: Vec<keiretsu::Id> = (0..names.len()).map(|n| format!("e{n}").parse().unwrap()).collect();
    for (n, name) in names.iter().enumerate() {
        builder.entity(EntityRecord::new(kinds[n % kinds.len()], ids[n].clone(), name));
        let mut fact = FactRecord::new(FactKind::Link)
            .role(Role::Between, ids[n].clone())
            .role(Role::Between, ids[(n + 1) % ids.len()].clone());
        let what = keiretsu::AttributeValue::Text(name.clone());
        fact = fact.attribute(keiretsu::Attribute::What, what);
        builder.fact(fact);
    }
    builder.title(names[0].clone());
    builder.build().unwrap()
}

fn check_names(names: &[String]) {
    let graph = ring(names);
    let dot = graph.view().diagram().dot().unwrap();
    let Some(svg) = svg(&dot) else { return };
    let shown = text(&svg);
    for name in names {
        let times = shown.matches(&squeezed(name)).count();
        assert!(times >= 2, "`{name}` shows {times} times");
    }
}

#[test]
fn dot_accepts_the_graphs_of_the_repository() {
    for path in ["graphs/xiaomi-microsoft-2016.ron", "graphs/showcase"] {
        let graph = Graph::open(path).unwrap();
        for page in [Page::Landscape, Page::Portrait] {
            for theme in [Theme::Light, Theme::Dark] {
                let dot = graph.view().diagram().page(page).theme(theme).dot().unwrap();
                let Some(svg) = svg(&dot) else { return };
                assert!(text(&svg).contains(&squeezed(graph.title().unwrap())));
            }
        }
    }
}

#[test]
fn the_article_shows_who_sold_what_when_and_for_how_much() {
    let graph = Graph::open("graphs/xiaomi-microsoft-2016.ron").unwrap();
    let dot = graph.view().diagram().dot().unwrap();
    for words in
        ["Microsoft patents sold", "announced 31 May 2016", "USD 350 million", "seeks to partner with"]
    {
        assert!(dot.contains(words), "{words}\n{dot}");
    }
    assert!(!dot.contains("makes</B>"), "makers are left out");
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let dots = ["graphs/showcase", "graphs/showcase"]
        .map(|path| Graph::open(path).unwrap().view().diagram().dot().unwrap());
    assert_eq!(dots[0], dots[1]);
}

#[test]
fn hostile_names_come_out_as_themselves() {
    let names = [
        r#"say "yes""#,
        r"back\slash\",
        r"\N \G \E \L \n",
        "%s %d %n",
        "&#27;[31m &amp; &lt;",
        "<b>bold</b><IMG SRC=\"/etc/passwd\"/>",
        "]]> --> */ //",
        "]]",
        "]",
        "חברה לדוגמה בע״מ",
        "شركة المثال",
        "電子書籍の会社 🦊👩\u{200D}🚀",
        "n0 -> n1; }",
        "]; URL=\"javascript:alert(1)\"",
        "  leading and trailing  ",
        "'apostrophe' `tick` {brace|bar} $HOME",
        &"long".repeat(250),
        &"long words ".repeat(90),
    ];
    check_names(&names.map(str::to_owned));
}

#[test]
fn nothing_of_a_name_becomes_markup() {
    let dot = ring(&["x\" URL=\"javascript:alert(1)".to_owned(), "<IMG SRC=\"a\"/>".to_owned()]);
    let dot = dot.view().diagram().dot().unwrap();
    let Some(svg) = svg(&dot) else { return };
    for forbidden in ["<image", "xlink:href", "<a "] {
        assert!(!svg.contains(forbidden), "{forbidden}\n{svg}");
    }
}

#[test]
fn a_very_long_text_says_that_it_is_shortened() {
    let what = keiretsu::AttributeValue::Text("word ".repeat(5000));
    let mut builder = Graph::builder();
    let (a, b) = (builder.company("a", "A").unwrap(), builder.company("b", "B").unwrap());
    let fact = FactRecord::new(FactKind::Link).role(Role::Between, a).role(Role::Between, b);
    builder.fact(fact.attribute(keiretsu::Attribute::What, what));
    let graph = builder.build().unwrap();
    let dot = graph.view().diagram().dot().unwrap();
    let Some(svg) = svg(&dot) else { return };
    assert!(text(&svg).contains("[shortened:4096of25000characters]"), "{svg}");
}

#[test]
fn nothing_to_draw_is_still_a_picture() {
    let graph = Graph::builder().build().unwrap();
    svg(&graph.view().diagram().dot().unwrap());
    let graph = Graph::open("graphs/xiaomi-microsoft-2016.ron").unwrap();
    svg(&graph.view().diagram().kinds(RelationKinds::NONE).dot().unwrap());
    let (zte, lenovo) = (graph.view().find("ZTE").unwrap(), graph.view().find("Lenovo").unwrap());
    let near = |entity: keiretsu::Entity<'_>| {
        entity.traverse().follow([RelationKind::Sues]).run().entities().count()
    };
    assert_eq!(near(zte), 1);
    let one = zte.traverse().max_hops(0).run();
    let other = lenovo.traverse().max_hops(0).run();
    svg(&one.intersection(&other).diagram().dot().unwrap());
}

#[test]
fn every_relation_kind_can_be_drawn() {
    let graph = Graph::open("graphs/showcase").unwrap();
    for kind in RelationKind::ALL {
        let dot = graph.view().diagram().kinds((*kind).into()).dot().unwrap();
        let relations = graph.view().relations().filter(|relation| relation.kind() == *kind).count();
        assert_eq!(dot.contains(" -> "), relations > 0, "{kind}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 30, ..crate::property::cases(6) })]

    #[test]
    fn any_name_comes_out_as_itself(names in proptest::collection::vec(name(), 20..30)) {
        check_names(&names);
    }
}

/// Any text as a name, with a preference for dangerous characters.
fn name() -> impl Strategy<Value = String> {
    let hurting = r#"[\\"&<>%#;{}\[\]|'a-zA-Z0-9 ]{1,30}"#;
    prop_oneof![hurting.prop_map(String::from), r"\PC{1,40}".prop_map(String::from)]
        .prop_filter("something to show", |name| {
            !name.trim().is_empty() && !name.contains(['\u{2028}', '\u{2029}'])
        })
}

/// A picture of owners notes other readings of a stake, and declarations that there is no owner.
#[test]
fn pictures_of_owners_tell_other_readings_and_declarations() {
    let text = r#"Graph(
        sources: { "r": (kind: Register, title: "Register", published: "2023-01-10") },
        companies: { "oak": (name: "Oak"), "fir": (name: "Fir"), "kelp": (name: "Kelpie") },
        facts: [
            Ownership(owner: "oak", owned: "fir", share: "30%", as_of: "2020-12-31", evidence: [(source: "r")]),
            Ownership(owner: "oak", owned: "fir", share: "45%", as_of: "2022-12-31", unsourced: true),
            Event(of: "kelp", what: NoOwnerDeclared, share: ">25%", completed: "2023-01-09", evidence: [(source: "r")]),
        ],
    )"#;
    let graph = Graph::from_ron(text).unwrap();
    let drawn = |name: &str| {
        let view = graph.view();
        let dot = view.diagram().ownership(view.find(name).unwrap()).dot().unwrap();
        unescaped(
            &dot.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect::<String>(),
        )
    };
    let fir = drawn("Fir");
    assert!(fir.contains("owns 45%") && !fir.contains("owns 30%"), "{fir}");
    let told = "Not drawn: 30% (as of 31 Dec 2020; Register, 10 Jan 2023), an older reading of the 45% that Oak has of Fir.";
    assert!(fir.contains(told), "{fir}");
    let kelpie = drawn("Kelpie");
    assert_eq!(kelpie.matches("declares no owner").count(), 2, "at the company and at the foot: {kelpie}");
    let told = "Kelpie declares no owner with more than 25% (done 9 Jan 2023; Register, 10 Jan 2023).";
    assert!(kelpie.contains(told) && !kelpie.contains("no relation drawn"), "{kelpie}");
}

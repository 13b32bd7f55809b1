//! Pictures as SVG, PNG and PDF, read back by parsers other than the painter's.

use std::process::{Command, Stdio};

use keiretsu::{
    EntityKind, EntityRecord, Error, ErrorKind, FactKind, FactRecord, Graph, LayoutEngine, Page, Role, Theme,
};
use proptest::prelude::*;
use roxmltree::Document;

const GRAPHS: [&str; 3] = ["graphs/xiaomi-microsoft-2016.ron", "graphs/showcase", "graphs/decade"];

/// The text of `text` elements, concatenated without white space.
fn shown(svg: &str) -> String {
    let document = Document::parse(svg).unwrap();
    let texts =
        document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
    let inside = |node: roxmltree::Node<'_, '_>| -> String {
        node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect()
    };
    squeezed(&texts.map(inside).collect::<String>())
}

/// Without white space, where rows break, and without what XML cannot contain.
fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(*c, '\u{FFFE}' | '\u{FFFF}'))
        .filter(|c| u32::from(*c) & 0xFFFE != 0xFFFE)
        .collect()
}

/// Companies, products and more with these names in a ring, each line with a name as its text.
fn ring(names: &[String]) -> Graph {
    let mut builder = Graph::builder();
    let kinds = [EntityKind::Company, EntityKind::Product, EntityKind::Brand, EntityKind::Alliance];
    let ids: Vec<keiretsu::Id> = (0..names.len()).map(|n| format!("e{n}").parse().unwrap()).collect();
    for (n, name) in names.iter().enumerate() {
        builder.entity(EntityRecord::new(kinds[n % kinds.len()], ids[n].clone(), name));
        let fact = FactRecord::new(FactKind::Link)
            .role(Role::Between, ids[n].clone())
            .role(Role::Between, ids[(n + 1) % ids.len()].clone());
        builder.fact(fact.attribute(keiretsu::Attribute::What, keiretsu::AttributeValue::Text(name.clone())));
    }
    builder.title(names[0].clone());
    builder.build().unwrap()
}

fn hostile() -> Vec<String> {
    let names = [
        r#"say "yes""#,
        r"back\slash\",
        r"\N \G \E \L \n",
        "%s %d %n",
        "&#27;[31m &amp; &lt;",
        "<b>bold</b><IMG SRC=\"/etc/passwd\"/>",
        "]]> --> */ //",
        "חברה לדוגמה בע״מ",
        "شركة المثال",
        "電子書籍の会社 🦊👩\u{200D}🚀",
        "Acme 電子 Ltd שלום 🦊",
        "n0 -> n1; }",
        "]; URL=\"javascript:alert(1)\"",
        "  leading and trailing  ",
        "'apostrophe' `tick` {brace|bar} $HOME",
        "\" onload=\"alert(1)",
        "</title><script>alert(1)</script>",
        "url(#x) data:image/png;base64,AAAA",
        &"long".repeat(250),
        &"long words ".repeat(90),
    ];
    names.map(str::to_owned).to_vec()
}

fn check_names(names: &[String]) {
    let graph = ring(names);
    let svg = graph.view().diagram().svg().unwrap();
    let shown = shown(&svg);
    for name in names {
        let times = shown.matches(&squeezed(name)).count();
        assert!(times >= 2, "`{name}` shows {times} times");
    }
    check_is_harmless(&svg);
}

/// Only what is drawn, and nothing active or external.
fn check_is_harmless(svg: &str) {
    let document = Document::parse(svg).unwrap();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let is_known = matches!(name, "svg" | "title" | "desc" | "g" | "rect" | "path" | "text" | "tspan");
        assert!(is_known, "<{name}>");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !name.contains("href") && name != "style", "{name}");
            assert!(!value.contains("url(") && !value.contains("javascript:"), "{name}={value}");
        }
    }
}

#[test]
fn the_graphs_of_the_repository_are_painted() {
    for path in GRAPHS {
        let graph = Graph::open(path).unwrap();
        for page in [Page::Landscape, Page::Portrait] {
            for theme in [Theme::Light, Theme::Dark] {
                let svg = graph.view().diagram().page(page).theme(theme).svg().unwrap();
                let shown = shown(&svg);
                assert!(shown.contains(&squeezed(graph.title().unwrap())), "{path}");
                check_is_harmless(&svg);
            }
        }
    }
}

#[test]
fn the_article_shows_who_sold_what_when_and_for_how_much() {
    let graph = Graph::open(GRAPHS[0]).unwrap();
    let svg = graph.view().diagram().svg().unwrap();
    let shown = shown(&svg);
    for words in ["Microsoft patents sold", "USD 350 million", "Foxconn", "[1]"] {
        assert!(shown.contains(&squeezed(words)), "{words}");
    }
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    let files = [0, 1].map(|_| {
        let graph = Graph::open(GRAPHS[1]).unwrap();
        let picture = graph.view().diagram().picture().unwrap();
        (picture.svg().to_owned(), picture.png(1.0).unwrap(), picture.pdf().unwrap())
    });
    assert!(files[0] == files[1]);
}

#[test]
fn numbers_have_two_decimals_at_most() {
    let graph = Graph::open(GRAPHS[2]).unwrap();
    let svg = graph.view().diagram().svg().unwrap();
    let document = Document::parse(&svg).unwrap();
    let shapes = document.descendants().filter(|node| node.has_tag_name("path") || node.has_tag_name("rect"));
    let mut numbers = 0;
    for attribute in shapes.flat_map(|node| node.attributes()) {
        if !matches!(
            attribute.name(),
            "d" | "x" | "y" | "width" | "height" | "stroke-width" | "stroke-dasharray"
        ) {
            continue;
        }
        for number in attribute.value().split([' ', 'M', 'C', 'Z']).filter(|text| !text.is_empty()) {
            let value: f64 = number.parse().unwrap();
            let decimals = number.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= 2 && value.is_finite() && !(value == 0.0 && number != "0"), "{number}");
            numbers += 1;
        }
    }
    assert!(numbers > 1000);
}

#[test]
fn hostile_names_come_out_as_themselves() {
    check_names(&hostile());
}

#[test]
fn hostile_names_become_png_and_pdf_too() {
    let graph = ring(&hostile());
    let picture = graph.view().diagram().picture().unwrap();
    assert!(!picture.uncovered().is_empty());
    assert!(picture.png(1.0).unwrap().starts_with(b"\x89PNG"));
    assert!(picture.pdf().unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_very_long_text_says_that_it_is_shortened() {
    let what = keiretsu::AttributeValue::Text("word ".repeat(5000));
    let mut builder = Graph::builder();
    let (a, b) = (builder.company("a", "A").unwrap(), builder.company("b", "B").unwrap());
    let fact = FactRecord::new(FactKind::Link).role(Role::Between, a).role(Role::Between, b);
    builder.fact(fact.attribute(keiretsu::Attribute::What, what));
    let svg = builder.build().unwrap().view().diagram().svg().unwrap();
    assert!(shown(&svg).contains("[shortened:4096of25000characters]"));
}

#[test]
fn a_picture_can_be_read_out() {
    let graph = Graph::open(GRAPHS[0]).unwrap();
    let svg = graph.view().diagram().svg().unwrap();
    let document = Document::parse(&svg).unwrap();
    let root = document.root_element();
    assert_eq!((root.attribute("role"), root.attribute("lang")), (Some("img"), Some("en")));
    for id in root.attribute("aria-labelledby").unwrap().split(' ') {
        let named = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        assert!(!named.text().unwrap().trim().is_empty(), "{id}");
    }
    let groups = document.descendants().filter(|node| node.has_tag_name("g"));
    for group in groups.filter(|group| group.attribute("class").unwrap().starts_with("node ")) {
        assert!(group.first_element_child().unwrap().has_tag_name("title"));
    }
}

#[test]
fn nothing_to_draw_is_still_a_picture() {
    let graph = Graph::builder().build().unwrap();
    let picture = graph.view().diagram().picture().unwrap();
    Document::parse(picture.svg()).unwrap();
    assert!(!picture.png(1.0).unwrap().is_empty() && !picture.pdf().unwrap().is_empty());
}

/// Width and height, and for each pixel whether it is dark.
fn decoded(png: &[u8]) -> (usize, usize, Vec<bool>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Rgba, png::BitDepth::Eight));
    let dark = bytes.chunks_exact(4).map(|pixel| pixel[..3].iter().map(|c| u32::from(*c)).sum::<u32>() < 380);
    (info.width as usize, info.height as usize, dark.collect())
}

#[test]
fn a_png_has_ink_where_words_are() {
    let graph = Graph::open(GRAPHS[0]).unwrap();
    let picture = graph.view().diagram().picture().unwrap();
    let (width, height, dark) = decoded(&picture.png(2.0).unwrap());
    let document = Document::parse(picture.svg()).unwrap();
    let root = document.root_element();
    let number = |node: roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap().parse::<f64>().unwrap();
    assert_eq!((width as f64, height as f64), (number(root, "width") * 2.0, number(root, "height") * 2.0));
    let titles = document.descendants().filter(|node| node.attribute("font-size") == Some("24"));
    let (x, y) = titles.map(|node| (number(node, "x"), number(node, "y"))).next().unwrap();
    let ink = |x0: f64, y0: f64, x1: f64, y1: f64| {
        let rows = (y0 * 2.0) as usize..(y1 * 2.0) as usize;
        let columns = (x0 * 2.0) as usize..(x1 * 2.0) as usize;
        rows.flat_map(|y| columns.clone().map(move |x| (x, y))).filter(|(x, y)| dark[y * width + x]).count()
    };
    assert!(ink(x, y - 18.0, x + 100.0, y) > 500, "the title shows");
    assert_eq!(ink(0.0, 0.0, 25.0, 25.0), 0, "the margin is empty");
}

#[test]
fn a_scale_is_a_number_and_has_bounds() {
    let graph = Graph::open(GRAPHS[0]).unwrap();
    let picture = graph.view().diagram().picture().unwrap();
    for (scale, said) in [
        (0.0, "invalid scale 0"),
        (-1.0, "invalid scale -1"),
        (f32::NAN, "invalid scale NaN"),
        (f32::INFINITY, "invalid scale inf"),
        (1e6, "at a scale of 1000000 the picture has "),
        (f32::MAX, "at a scale of 3402823"),
    ] {
        let error = picture.png(scale).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Drawing);
        assert!(error.to_string().starts_with(said), "{error}");
        assert!(error.suggestion().is_some());
    }
    assert!(picture.png(0.1).is_ok());
}

/// The text that a PDF reader finds; `None`, with a message, if no reader is installed.
fn text_of(pdf: &[u8]) -> Option<String> {
    let file = std::env::temp_dir().join(format!("keiretsu-picture-{}.pdf", std::process::id()));
    std::fs::write(&file, pdf).unwrap();
    let output = Command::new("pdftotext").arg(&file).arg("-").stderr(Stdio::null()).output();
    std::fs::remove_file(&file).unwrap();
    match output {
        Ok(output) => Some(String::from_utf8(output.stdout).unwrap()),
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
            let () = eprintln!("skipped: `pdftotext` does not start: {error}");
            None
        }
    }
}

#[test]
fn a_pdf_has_its_words_as_text() {
    let graph = Graph::open(GRAPHS[0]).unwrap();
    let pdf = graph.view().diagram().pdf().unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert!(!pdf.windows(13).any(|bytes| bytes == b"/CreationDate"), "no date");
    let Some(text) = text_of(&pdf) else { return };
    let text = squeezed(&text);
    for words in ["Microsoft", "Xiaomi", "USD 350 million", graph.title().unwrap()] {
        assert!(text.contains(&squeezed(words)), "{words}\n{text}");
    }
}

#[test]
fn letters_that_the_carried_font_lacks_are_told() {
    let names = ["Acme Ltd".to_owned(), "שלום".to_owned(), "電子 Ω Ж ő".to_owned()];
    let graph = ring(&names);
    let picture = graph.view().diagram().picture().unwrap();
    let mut uncovered: Vec<char> = picture.uncovered().chars().collect();
    uncovered.sort_unstable();
    assert_eq!(uncovered, ['ו', 'ל', 'ם', 'ש', '子', '電']);
    let missing = picture.missing();
    assert!(missing.chars().all(|c| uncovered.contains(&c)));
    assert!(picture.svg().contains("textLength="));
    let plain = ring(&["Acme".to_owned(), "Żółw Ωmega Жук".to_owned()]);
    let picture = plain.view().diagram().picture().unwrap();
    assert_eq!((picture.uncovered(), &*picture.missing()), ("", ""));
    assert!(!picture.svg().contains("textLength="));
}

#[test]
fn dot_is_asked_for_places_only() {
    for path in GRAPHS {
        let graph = Graph::open(path).unwrap();
        let built_in = graph.view().diagram().svg().unwrap();
        match graph.view().diagram().engine(LayoutEngine::Dot).svg() {
            Ok(svg) => assert_eq!(sorted(&shown(&svg)), sorted(&shown(&built_in)), "{path}"),
            Err(error) => return skip(&error),
        }
    }
    let svg = ring(&hostile()).view().diagram().engine(LayoutEngine::Dot).svg().unwrap();
    check_is_harmless(&svg);
}

fn sorted(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters
}

fn skip(error: &Error) {
    assert_eq!(error.kind(), ErrorKind::Drawing);
    assert!(std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "{error}");
    #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
    let () = eprintln!("skipped: {error}");
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 30, ..crate::property::cases(20) })]

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
            !squeezed(name).is_empty() && !name.contains(['\u{2028}', '\u{2029}'])
        })
}

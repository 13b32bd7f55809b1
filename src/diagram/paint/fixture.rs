//! Hand-made scenes: the article, with everything that cards and boxes can show.

use crate::diagram::scene::{Body, Card, Column, Columns, Key, Label, Line, NameBox, Node, Scene};
use crate::diagram::standing::Standing;
use crate::diagram::style::LineStyle;
use crate::model::EntityKind;

fn name(name: &str, subline: &str, kind: EntityKind, is_main: bool) -> Node {
    let sublines = Some(subline.to_owned()).filter(|line| !line.is_empty()).into_iter().collect();
    let body = Body::Name(NameBox { kind: Some(kind), is_main, name: name.to_owned(), sublines });
    Node { key: name.to_owned(), body, alt_text: name.to_owned() }
}

fn card(style: LineStyle, kind: &str, date: &str, amount: &str, lines: &[&str], footnotes: &[usize]) -> Card {
    Card {
        style,
        standing: Standing::Done,
        kind: kind.to_owned(),
        date: date.to_owned(),
        amount: Some(amount.to_owned()).filter(|amount| !amount.is_empty()),
        columns: None,
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        cited: Vec::new(),
        footnotes: footnotes.to_vec(),
    }
}

fn node(card: Card) -> Node {
    Node { key: card.kind.clone(), alt_text: format!("{} {}", card.kind, card.date), body: Body::Card(card) }
}

fn line(from: usize, to: usize, style: LineStyle, has_head: bool, label: Label) -> Line {
    let (key, alt_text) =
        (format!("{from} {to} {}", label.strong), format!("{from} to {to}: {}", label.strong));
    Line { key, from, to, style, standing: Standing::Done, has_head, label, is_level: false, alt_text }
}

fn label(strong: &str, details: &[&str], footnotes: &[usize]) -> Label {
    let details = details.iter().map(|detail| (*detail).to_owned()).collect();
    Label { strong: strong.to_owned(), details, footnotes: footnotes.to_vec(), ..Label::default() }
}

fn pre_install() -> Card {
    let column = |heading: &str, names: [&str; 5]| Column {
        heading: heading.to_owned(),
        names: names.map(str::to_owned).to_vec(),
    };
    let left = column("apps", ["Word", "Excel", "PowerPoint", "Outlook", "Skype"]);
    let right = column("devices", ["Mi 5", "Mi Max", "Mi 4s", "Redmi Note 3", "Redmi 3"]);
    let mut card = card(LineStyle::PreInstall, "Pre-install", "from Sep 2016", "", &[], &[2]);
    card.standing = Standing::Planned;
    card.columns = Some(Columns { left, joint: "on", right });
    card
}

/// The reference picture to beat.
pub(crate) fn article() -> Scene {
    use EntityKind::{Brand, Company};
    let topics = ["wireless, video, cloud, multimedia", "price not disclosed"];
    let nodes = vec![
        name("Microsoft", "US · software", Company, true),
        name("Xiaomi", "CN · smartphones", Company, true),
        name("FIH Mobile Ltd", "TW · handset maker", Company, false),
        name("Foxconn Technology Group", "TW · electronics maker", Company, false),
        name("Huawei", "CN · smartphones", Company, false),
        name("Lenovo", "CN · PCs, phones", Company, false),
        node(card(
            LineStyle::Partnership,
            "Partnership",
            "before 2016",
            "",
            &["Windows 10 on the Mi Pad", "Azure cloud used by Xiaomi"],
            &[3],
        )),
        node(card(LineStyle::Sale, "Patent sale", "31 May 2016", "~1,500 patents", &topics, &[1])),
        node(pre_install()),
        node(card(LineStyle::Sale, "Asset sale", "", "$350 million", &["feature-phone assets"], &[4])),
        name("Nokia brand", "phones and tablets", Brand, false),
    ];
    let none = Label::default();
    let mut lines = vec![
        line(0, 7, LineStyle::Sale, false, none.clone()),
        line(7, 1, LineStyle::Sale, true, none.clone()),
        line(0, 8, LineStyle::PreInstall, false, none.clone()),
        line(8, 1, LineStyle::PreInstall, true, none.clone()),
        line(0, 6, LineStyle::Partnership, false, none.clone()),
        line(6, 1, LineStyle::Partnership, false, none.clone()),
        line(0, 9, LineStyle::Sale, false, none.clone()),
        line(9, 2, LineStyle::Sale, true, none.clone()),
        line(9, 10, LineStyle::License, false, none),
        line(10, 2, LineStyle::License, true, label("10-year", &["licence"], &[])),
        line(3, 2, LineStyle::Owns, true, label("owns", &[], &[])),
        line(3, 1, LineStyle::Supply, true, label("assembles phones", &["in India, 2015"], &[4])),
        line(4, 0, LineStyle::Comparison, true, label("ahead in phones", &[], &[])),
        line(5, 0, LineStyle::Partnership, false, label("partners", &[], &[3])),
    ];
    for level in [10, 12, 13] {
        lines[level].is_level = true;
    }
    Scene {
        title: Some("Microsoft sells patents to Xiaomi".to_owned()),
        subtitle: "Deals, products and partners, as of June 2016".to_owned(),
        nodes,
        lines,
        legend: [
            LineStyle::Sale,
            LineStyle::Owns,
            LineStyle::Supply,
            LineStyle::Partnership,
            LineStyle::License,
            LineStyle::PreInstall,
            LineStyle::Comparison,
        ]
        .map(Key::LineStyle)
        .into_iter()
        .chain([Key::Standing(Standing::Planned)])
        .collect(),
        notes: Vec::new(),
        unconnected: Some("Also named, with no relation drawn: Alcatel, ZTE.".to_owned()),
        sources: vec![
            "Microsoft to sell patents to Xiaomi, builds 'long-term partnership', a news agency, 2016-05-31"
                .to_owned(),
            "Xiaomi devices to come with apps, the maker's own blog, 2016-05-31".to_owned(),
            "On partnerships of phone makers, a trade paper, 2016-06-01".to_owned(),
            "Sale of the feature-phone business, stock exchange notice, 2016-05-18".to_owned(),
        ],
    }
}

/// Every kind of box, line style and standing.
pub(crate) fn sampler() -> Scene {
    let mut nodes: Vec<Node> = EntityKind::ALL
        .iter()
        .map(|kind| name(&format!("A {kind}"), "and what it is", *kind, false))
        .collect();
    nodes.push(name("Main person", "", EntityKind::Person, true));
    let mut several = name("and 37 more", "suppliers", EntityKind::Company, false);
    if let Body::Name(name) = &mut several.body {
        name.kind = None;
    }
    nodes.push(several);
    let standings = [
        Standing::Done,
        Standing::Planned,
        Standing::Possible,
        Standing::Rumoured,
        Standing::Disputed,
        Standing::Unreal,
    ];
    let styles = [
        LineStyle::Sale,
        LineStyle::Owns,
        LineStyle::Supply,
        LineStyle::Partnership,
        LineStyle::License,
        LineStyle::PreInstall,
        LineStyle::Comparison,
        LineStyle::Other,
    ];
    let mut lines = Vec::new();
    for (n, standing) in standings.into_iter().enumerate() {
        let style = styles[n % styles.len()];
        let mut card =
            card(style, &format!("{standing:?}"), "2016", "EUR 1.2 billion", &["what it is about"], &[1, 2]);
        card.standing = standing;
        nodes.push(node(card));
    }
    let count = nodes.len();
    for (n, (style, standing)) in
        styles.into_iter().flat_map(|style| standings.map(|standing| (style, standing))).enumerate()
    {
        let label = label(&format!("{style:?}"), &[&format!("{standing:?}")], &[n + 1]);
        let mut line = line(n * 5 % count, (n * 5 + 1 + n / 9) % count, style, true, label);
        line.standing = standing;
        lines.push(line);
    }
    let keys =
        styles.map(Key::LineStyle).into_iter().chain(standings.map(Key::Standing)).chain([Key::Unnamed]);
    Scene {
        title: Some(
            "A sampler of all that there is, under a title so long that it has to be wrapped".to_owned(),
        ),
        subtitle: "Nothing of this is so".to_owned(),
        nodes,
        lines,
        legend: keys.collect(),
        notes: vec!["Showing 60 of 2,000 (most connected).".to_owned()],
        unconnected: None,
        sources: (1..=9).map(|n| format!("A source with the number {n}, somebody, 2016-05-31")).collect(),
    }
}

/// Text that is long, without spaces, in other scripts, or empty, wherever text can be.
pub(crate) fn hostile() -> Scene {
    let texts = [
        "x".repeat(60_000),
        "word ".repeat(900),
        "שלום עולם 電子書籍の会社 🦊👩\u{200D}🚀".to_owned(),
        "W".repeat(40),
        "a\u{301}".repeat(200),
        "\u{202E}turned\u{0}\u{1b}[31m\u{FFFE} round".to_owned(),
        String::new(),
        " \n\t ".to_owned(),
        "<&>\"'".to_owned(),
    ];
    let mut scene = sampler();
    let mut n = 0;
    let mut next = || {
        n += 1;
        texts[n % texts.len()].clone()
    };
    for node in &mut scene.nodes {
        node.alt_text = next();
        match &mut node.body {
            Body::Name(name) => {
                name.name = next();
                name.sublines = vec![next(), next()];
            }
            Body::Card(card) => {
                card.kind = next();
                card.date = next();
                card.amount = Some(next());
                card.lines = vec![next(), next()];
                let mut column = || Column { heading: next(), names: vec![next(), next(), next()] };
                let (left, right) = (column(), column());
                card.columns = Some(Columns { left, joint: "on", right });
            }
        }
    }
    for line in &mut scene.lines {
        line.alt_text = next();
        line.label.strong = next();
        line.label.details = vec![next(), next()];
        line.label.amount = Some(next());
        line.label.footnotes = (1..40).collect();
    }
    scene.title = Some(next());
    scene.subtitle = next();
    scene.notes = vec![next()];
    scene.unconnected = Some(next());
    scene.sources = (0..9).map(|_| next()).collect();
    scene
}

//! Pictures of hand-made scenes.

use resvg::usvg::{Node, Tree};

use super::fixture::{article, hostile, sampler};
use super::font::{Fonts, bold, regular};
use super::ink::word_color;
use super::letters::Letters;
use super::mark::{Block, Mark};
use super::picture::{LayoutEngine, Picture};
use super::typeset::Typeset;
use crate::diagram::Page;
use crate::diagram::color::Color;
use crate::diagram::layout::Flow;
use crate::diagram::scene::{Body, Scene};
use crate::diagram::standing::Standing;
use crate::diagram::style::{LineStyle, Palette, Theme};

fn picture(scene: &Scene, page: Page, theme: Theme) -> Picture {
    Picture::of(scene, page, theme, LayoutEngine::Builtin).unwrap()
}

/// Writes pictures for visual inspection: `KEIRETSU_LOOK=folder cargo test --lib paint`.
#[test]
fn pictures_to_look_at() {
    let Some(folder) = std::env::var_os("KEIRETSU_LOOK").map(std::path::PathBuf::from) else { return };
    for (name, scene) in [("article", article()), ("sampler", sampler())] {
        for (side, page) in [("landscape", Page::Landscape), ("portrait", Page::Portrait)] {
            for (tone, theme) in [("light", Theme::Light), ("dark", Theme::Dark)] {
                let picture = picture(&scene, page, theme);
                let file = folder.join(format!("{name}-{side}-{tone}"));
                std::fs::write(file.with_extension("svg"), picture.svg()).unwrap();
                let png = picture.png(2.0).or_else(|_| picture.png(0.25)).unwrap();
                std::fs::write(file.with_extension("png"), png).unwrap();
                std::fs::write(file.with_extension("pdf"), picture.pdf().unwrap()).unwrap();
            }
        }
    }
}

#[test]
fn dot_places_what_is_painted() {
    for page in [Page::Landscape, Page::Portrait] {
        for scene in [article(), sampler()] {
            match Picture::of(&scene, page, Theme::Light, LayoutEngine::Dot) {
                Ok(picture) => {
                    assert_eq!(picture.svg().matches("class=\"line ").count(), scene.lines.len());
                }
                Err(error) => {
                    assert!(std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "{error}");
                    eprintln!("skipped: {error}");
                    return;
                }
            }
        }
    }
}

/// The width of the only text, as painted.
fn painted_width(text: &str, size: f64, weight: &str) -> f64 {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"2000\" height=\"99\" font-family=\"{}\">\
         <text y=\"50\" font-size=\"{size}\" font-weight=\"{weight}\">{text}<tspan>|</tspan></text></svg>",
        super::font::FAMILIES
    );
    let letters = Letters::for_text("");
    let tree = Tree::from_str(&svg, &letters.options()).unwrap();
    let [Node::Text(text)] = tree.root().children() else { panic!("one text") };
    // The bar marks where the text ends.
    let last = text.layouted().iter().flat_map(|run| &run.positioned_glyphs).last().unwrap();
    f64::from(last.outline_transform().tx)
}

#[test]
fn what_is_measured_is_what_is_painted() {
    let fonts = Fonts::carried();
    for text in [
        "Microsoft",
        "AVATAR Tower, To Yo",
        "~1,500 patents",
        "Foxconn Technology Group",
        "office affluent fjord",
        "Żółć Ångström e\u{301}",
        "Жук Ωmega",
        "[1] 'quotes' (2016-05)",
        "soft\u{AD}hyphen zero\u{200B}width",
    ] {
        for size in [8.5, 9.5, 13.0, 24.0] {
            for (font, weight) in [(regular(size), "normal"), (bold(size), "bold")] {
                let (measured, painted) = (fonts.width(text, font), painted_width(text, size, weight));
                assert!((measured - painted).abs() < 0.5, "{text} {size} {weight}: {measured} {painted}");
            }
        }
    }
}

#[test]
fn letters_that_the_font_lacks_have_a_width_of_their_own() {
    let fonts = Fonts::carried();
    for (text, width) in [
        ("電子", 20.0),
        ("שלום", 24.0),
        ("🦊", 10.0),
        ("👍\u{1F3FD}", 10.0),
        ("👩\u{200D}🚀🇫🇮", 20.0),
        ("ל\u{5B8}", 6.0),
    ] {
        assert!((fonts.width(text, regular(10.0)) - width).abs() < 1e-9, "{text}");
    }
    let stretches = fonts.stretches("Acme 電子 Ltd", regular(10.0));
    let texts: Vec<_> = stretches.iter().map(|stretch| stretch.text.as_str()).collect();
    assert_eq!(texts, ["Acme ", "電子 ", "Ltd"]);
    assert_eq!(fonts.stretches("Acme שלום Ltd", regular(10.0)).len(), 1);
}

/// Text that sticks out of its block by more than a hair.
fn outside(block: &Block) -> Vec<String> {
    let mut found = Vec::new();
    for mark in &block.marks {
        let Mark::Text(text) = mark else { continue };
        let size = text.runs.iter().map(|run| run.font.size).fold(0.0, f64::max);
        let (left, right) = (text.left(), text.left() + text.width);
        let (top, bottom) = (text.at.y - size * 0.75, text.at.y + size * 0.25);
        let is_inside = left >= -0.01
            && right <= block.size.width + 0.01
            && top >= -0.01
            && bottom <= block.size.height + 0.01;
        if !is_inside {
            found.push(format!("{left} {right} {top} {bottom} of {:?}: {:?}", block.size, text.runs));
        }
    }
    found
}

#[test]
fn texts_stay_in_their_boxes() {
    let fonts = Fonts::carried();
    for scene in [article(), sampler(), hostile()] {
        for flow in [Flow::Down, Flow::Right] {
            let set = Typeset::of(&scene, flow, &fonts, Theme::Light.palette());
            for block in set.nodes.iter().chain(set.labels.iter().flatten()) {
                assert_eq!(outside(block), Vec::<String>::new());
            }
            for (node, block) in scene.nodes.iter().zip(&set.nodes) {
                let most = match &node.body {
                    Body::Card(card) if card.columns.is_some() => 309.0,
                    Body::Card(_) => 241.0,
                    Body::Name(_) => 216.0,
                };
                assert!(block.size.width <= most, "{:?}", block.size);
            }
            assert!(set.labels.iter().flatten().all(|block| block.size.width <= 133.0));
        }
    }
}

#[test]
fn a_machine_without_fonts_shows_words() {
    let letters = Letters::for_text("");
    let svg = picture(&article(), Page::Landscape, Theme::Light);
    let without = svg.svg().replace("<text ", "<text display=\"none\" ");
    let paint = |svg: &str| super::png::paint(svg, &letters, 1.0).unwrap();
    assert!(paint(svg.svg()).len() > paint(&without).len() + 10_000);
    let pdf = |svg: &str| super::pdf::paint(svg, &letters, "x").unwrap();
    assert!(pdf(svg.svg()).len() > pdf(&without).len() + 10_000);
}

#[test]
fn a_page_is_no_larger_than_readers_show() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"28800\" height=\"720\"/>";
    let pdf = super::pdf::paint(svg, &Letters::for_text(""), "wide").unwrap();
    let text = String::from_utf8_lossy(&pdf).into_owned();
    assert!(text.contains("[0 0 14400 360]"), "{text}");
}

#[test]
fn letters_that_the_font_lacks_come_from_another() {
    let fonts = Fonts::carried();
    let mut tried = 0;
    for text in ["שלום", "電子書籍", "Acme שלום", "会社 Ltd", "שלום fi ffl ∀"] {
        let uncovered: String = text.chars().filter(|c| !fonts.covers(*c)).collect();
        let letters = Letters::for_text(&uncovered);
        if !letters.missing(&uncovered).is_empty() {
            eprintln!("skipped: no font here has `{}`", letters.missing(&uncovered));
            continue;
        }
        let mut scene = article();
        scene.title = Some(text.to_owned());
        let picture = picture(&scene, Page::Landscape, Theme::Light);
        let letters = Letters::for_text(picture.uncovered());
        let tree = Tree::from_str(picture.svg(), &letters.options()).unwrap();
        let mut glyphs = 0;
        for node in texts(&tree) {
            for glyph in node.layouted().iter().flat_map(|run| &run.positioned_glyphs) {
                assert_ne!(glyph.id.0, 0, "`{}` of `{text}` is painted as a box", glyph.text);
                glyphs += 1;
            }
        }
        assert!(glyphs > 300);
        tried += 1;
    }
    eprintln!("{tried} scripts tried");
}

fn texts(tree: &Tree) -> Vec<resvg::usvg::Text> {
    let mut found = Vec::new();
    let mut waiting: Vec<Node> = tree.root().children().to_vec();
    while let Some(node) = waiting.pop() {
        match node {
            Node::Text(text) => found.push(*text),
            Node::Group(group) => waiting.extend(group.children().iter().cloned()),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
    found
}

/// The contrast ratio, from relative luminance, as WCAG 2 defines them.
fn contrast(one: Color, other: Color) -> f64 {
    let luminance = |color: Color| {
        let color = color.to_string();
        let number = u32::from_str_radix(color.strip_prefix('#').unwrap(), 16).unwrap();
        let part = |n: usize| {
            let value = f64::from(number.to_be_bytes()[n + 1]) / 255.0;
            if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2)
    };
    let (a, b) = (luminance(one), luminance(other));
    let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
    assert!((one.contrast(other) - contrast).abs() < 1e-12);
    contrast
}

const LOOKS: [LineStyle; 8] = [
    LineStyle::Sale,
    LineStyle::Owns,
    LineStyle::Supply,
    LineStyle::Partnership,
    LineStyle::License,
    LineStyle::PreInstall,
    LineStyle::Comparison,
    LineStyle::Other,
];

#[test]
fn words_can_be_read() {
    for p in [Theme::Light, Theme::Dark].map(Theme::palette) {
        let mut pairs = vec![
            (p.ink, p.page),
            (p.ink, p.card),
            (p.on_ink, p.ink),
            (p.muted, p.page),
            (p.muted, p.card),
            (p.muted, p.brand_fill),
            (p.muted, p.product_fill),
            (p.muted, p.patent_fill),
        ];
        for style in LOOKS {
            let color = word_color(style, Standing::Done, p);
            pairs.extend([(color, p.page), (color, p.card), (p.page, color)]);
        }
        for (text, ground) in pairs {
            assert!(contrast(text, ground) >= 4.5, "{text} on {ground}: {}", contrast(text, ground));
        }
        for style in LOOKS {
            let color = style.stroke(p).color;
            assert!(contrast(color, p.page) >= 3.0, "{color}");
        }
    }
}

/// Without colours, every line style still differs from all others.
#[test]
fn lines_differ_in_greyscale_too() {
    let palette: Palette = Theme::Light.palette();
    let shape = |style| {
        let ink = super::ink::Ink::of(style, Standing::Done, palette);
        (format!("{:?}", ink.pen.dash), ink.core.is_some(), ink.head.name(), (ink.pen.width * 10.0) as i32)
    };
    for (n, one) in LOOKS.iter().enumerate() {
        for other in &LOOKS[n + 1..] {
            assert_ne!(shape(*one), shape(*other), "{one:?} {other:?}");
        }
    }
}

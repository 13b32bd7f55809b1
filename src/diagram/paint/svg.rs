//! Writes a sheet as SVG text.
//!
//! The text is self-contained: no script, no link, no image, no style sheet. Text stays text.

use super::font::{FAMILIES, Fonts, Origin, is_right_to_left};
use super::mark::{Anchor, Mark, Path, Pen, Rect, Run, Shape, Text};
use super::sheet::{Group, Sheet};
use super::xml::{Xml, number};
use crate::diagram::color::Color;
use crate::diagram::label::shortened;
use crate::diagram::layout::Point;
use crate::diagram::scene::Scene;
use crate::diagram::style::Palette;

/// The most lines that the description lists.
const MOST_LISTED: usize = 100;

/// The picture.
pub(crate) fn write(sheet: &Sheet, scene: &Scene, fonts: &Fonts, palette: Palette) -> String {
    let (width, height) = (number(sheet.size.width), number(sheet.size.height));
    let view_box = format!("0 0 {width} {height}");
    let root = [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("width", &width),
        ("height", &height),
        ("viewBox", &view_box),
        ("lang", "en"),
        ("role", "img"),
        ("aria-labelledby", "keiretsu-title keiretsu-description"),
        ("font-family", FAMILIES),
    ];
    let mut xml = Xml::default();
    xml.element("svg", &root, |xml| {
        xml.line();
        about(xml, scene);
        let color = palette.page.to_string();
        let page = [("class", "page"), ("width", &*width), ("height", &height), ("fill", &*color)];
        xml.empty("rect", &page);
        xml.line();
        for group in &sheet.groups {
            write_group(xml, group, fonts);
        }
    });
    xml.line();
    xml.finish()
}

/// The title of the picture.
pub(crate) fn title(scene: &Scene) -> String {
    let title = scene.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    shortened(title.unwrap_or("Relations")).into_owned()
}

fn about(xml: &mut Xml, scene: &Scene) {
    xml.element("title", &[("id", "keiretsu-title")], |xml| xml.text(&title(scene)));
    xml.line();
    xml.element("desc", &[("id", "keiretsu-description")], |xml| xml.text(&description(scene)));
    xml.line();
}

fn write_group(xml: &mut Xml, group: &Group, fonts: &Fonts) {
    xml.element("g", &[("class", &group.class)], |xml| {
        if let Some(alt_text) = &group.alt_text {
            xml.element::<&str>("title", &[], |xml| xml.text(&shortened(alt_text)));
        }
        for mark in &group.marks {
            match mark {
                Mark::Rect(rect) => write_rect(xml, rect),
                Mark::Path(path) => write_path(xml, path),
                Mark::Text(text) => write_text(xml, text, fonts),
            }
        }
    });
    xml.line();
}

/// The subtitle, and the lines as sentences: the picture for people who cannot see it.
fn description(scene: &Scene) -> String {
    let mut parts = vec![scene.subtitle.clone()];
    let alt_text: Vec<&str> = scene
        .lines
        .iter()
        .map(|line| line.alt_text.as_str())
        .filter(|alt_text| !alt_text.is_empty())
        .collect();
    let mut known = std::collections::HashSet::new();
    let alt_text: Vec<&str> = alt_text.into_iter().filter(|alt_text| known.insert(*alt_text)).collect();
    parts.extend(alt_text.iter().take(MOST_LISTED).map(|alt_text| (*alt_text).to_owned()));
    if alt_text.len() > MOST_LISTED {
        parts.push(format!("And {} more lines", alt_text.len() - MOST_LISTED));
    }
    parts.extend(scene.notes.iter().cloned());
    parts.extend(scene.unconnected.clone());
    parts.retain(|part| !part.trim().is_empty());
    parts
        .iter()
        .map(|part| format!("{}.", shortened(part.trim()).trim_end_matches('.')))
        .collect::<Vec<_>>()
        .join(" ")
}

fn write_rect(xml: &mut Xml, rect: &Rect) {
    let Rect { corner, size, radius, fill, pen } = rect;
    let numbers = [corner.x, corner.y, size.width, size.height, *radius].map(number);
    let names = ["x", "y", "width", "height", "rx"];
    let mut attributes: Vec<(&str, String)> = names.into_iter().zip(numbers).collect();
    if *radius == 0.0 {
        attributes.pop();
    }
    attributes.extend(painting(*fill, *pen));
    xml.empty("rect", &attributes);
}

fn write_path(xml: &mut Xml, path: &Path) {
    let mut attributes = vec![("d", data(&path.shape))];
    attributes.extend(painting(path.fill, path.pen));
    xml.empty("path", &attributes);
}

fn painting(fill: Option<Color>, pen: Option<Pen>) -> Vec<(&'static str, String)> {
    let mut attributes = vec![("fill", fill.map_or_else(|| "none".to_owned(), |fill| fill.to_string()))];
    if let Some(Pen { color, width, dash, round }) = pen {
        attributes.extend([("stroke", color.to_string()), ("stroke-width", number(width))]);
        if !dash.is_empty() {
            attributes
                .push(("stroke-dasharray", dash.iter().copied().map(number).collect::<Vec<_>>().join(" ")));
        }
        if round {
            attributes.push(("stroke-linecap", "round".to_owned()));
        }
    }
    attributes
}

fn data(shape: &Shape) -> String {
    let at = |point: &Point| format!("{} {}", number(point.x), number(point.y));
    let list = |points: &[Point]| points.iter().map(at).collect::<Vec<_>>().join(" ");
    match shape {
        Shape::Spline(points) => match points.split_first() {
            Some((first, rest)) => format!("M{}C{}", at(first), list(rest)),
            None => String::new(),
        },
        Shape::Polygon(points) => format!("M{}Z", list(points)),
        Shape::Strokes(strokes) => strokes.iter().map(|stroke| format!("M{}", list(stroke))).collect(),
    }
}

fn write_text(xml: &mut Xml, text: &Text, fonts: &Fonts) {
    let pieces: Vec<Piece<'_>> = text.runs.iter().flat_map(|run| pieces(run, fonts)).collect();
    let is_carried = pieces.iter().all(|piece| piece.is_carried);
    // Text in other fonts has a position and a length for each piece, which then hold on any machine.
    let (x, anchor) = if is_carried { (text.at.x, text.anchor) } else { (text.left(), Anchor::Start) };
    let mut attributes = vec![("x", number(x)), ("y", number(text.at.y))];
    match anchor {
        Anchor::Start => {}
        Anchor::Middle => attributes.push(("text-anchor", "middle".to_owned())),
        Anchor::End => attributes.push(("text-anchor", "end".to_owned())),
    }
    if let Some(halo) = text.halo {
        attributes.extend(halo_attributes(halo));
    }
    let first = pieces.first().map(|piece| piece.run);
    attributes.extend(first.into_iter().flat_map(|run| letters(run, None)));
    xml.element("text", &attributes, |xml| {
        let mut left = text.left();
        for piece in &pieces {
            let mut own: Vec<(&str, String)> = letters(piece.run, first);
            if !is_carried {
                own.push(("x", number(left)));
            }
            if !piece.is_carried && piece.width > 0.0 {
                own.extend([
                    ("textLength", number(piece.width)),
                    ("lengthAdjust", "spacingAndGlyphs".to_owned()),
                ]);
            }
            left += piece.width;
            if own.is_empty() {
                xml.text(&piece.text);
                continue;
            }
            xml.element("tspan", &own, |xml| xml.text(&piece.text));
        }
    });
}

fn halo_attributes(color: Color) -> [(&'static str, String); 4] {
    [
        ("paint-order", "stroke".to_owned()),
        ("stroke", color.to_string()),
        ("stroke-width", "3".to_owned()),
        ("stroke-linejoin", "round".to_owned()),
    ]
}

/// Characters that are set together.
struct Piece<'t> {
    run: &'t Run,
    text: String,
    width: f64,
    is_carried: bool,
}

fn pieces<'t>(run: &'t Run, fonts: &Fonts) -> Vec<Piece<'t>> {
    let piece = |stretch: super::font::Stretch| Piece {
        run,
        is_carried: stretch.origin == Origin::Carried && !stretch.text.chars().any(is_right_to_left),
        text: stretch.text,
        width: stretch.width,
    };
    fonts.stretches(&run.text, run.font).into_iter().map(piece).collect()
}

/// The attributes in which a run differs from its surroundings.
fn letters(run: &Run, around: Option<&Run>) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::new();
    if around.is_none_or(|other| other.font.size != run.font.size) {
        attributes.push(("font-size", number(run.font.size)));
    }
    if run.font.bold != around.is_some_and(|other| other.font.bold) {
        attributes.push(("font-weight", if run.font.bold { "bold" } else { "normal" }.to_owned()));
    }
    if around.is_none_or(|other| other.color != run.color) {
        attributes.push(("fill", run.color.to_string()));
    }
    attributes
}

//! Lines with their arrowheads, trimmed at the borders of boxes.

use super::curve::{cut_end, middle, spline};
use super::ink::Ink;
use super::mark::{Mark, Path, Pen, Shape};
use crate::diagram::layout::geometry::{Cubic, Point, Rect, flatten, pieces, segments_cross};
use crate::diagram::style::{Head, Palette};

/// The gap on both sides of a line where it crosses another, so that the two are easy to follow.
const CASING: f64 = 1.8;
/// From the crossing to either end of that gap.
const CASING_REACH: f64 = 6.0;
/// The least sine of the angle for a gap: at a flatter crossing it would hide too much of the other line.
const CASING_SINE: f64 = 0.35;

/// Draws a line along a spline.
///
/// `under` are the lines painted before. `border` is the outward extent of the border at the end of the line: the tip
/// of the arrowhead is there.
pub(crate) fn draw(
    route: &[Point],
    ink: &Ink,
    has_head: bool,
    border: f64,
    under: &[Vec<Point>],
    palette: Palette,
) -> Vec<Mark> {
    let whole: Vec<Cubic> = pieces(route).collect();
    if whole.is_empty() {
        return Vec::new();
    }
    let mut body = whole.clone();
    let mut head = Vec::new();
    if has_head {
        let (to_border, tip) = cut_end(whole.clone(), border);
        let size = HeadSize::of(ink);
        let (cut, neck) = cut_end(to_border, size.neck);
        if let (Some(tip), Some(neck)) = (tip, neck) {
            head = arrowhead(tip, (tip - neck).unit(), ink, size, palette);
            body = cut;
        }
    }
    let path =
        |pen: Pen| Mark::Path(Path { shape: Shape::Spline(spline(&body)), fill: None, pen: Some(pen) });
    let mut marks = Vec::new();
    let gaps = gaps(route, under);
    if !gaps.is_empty() {
        let pen = Some(Pen::solid(palette.page, ink.pen.width + 2.0 * CASING));
        marks.push(Mark::Path(Path { shape: Shape::Strokes(gaps), fill: None, pen }));
    }
    marks.push(path(ink.pen));
    marks.extend(ink.core.map(|core| path(Pen::solid(palette.page, core))));
    marks.extend(head);
    if ink.is_struck {
        marks
            .extend(middle(&whole).into_iter().flat_map(|(place, along)| strike(place, along, ink, palette)));
    }
    marks
}

/// A short sample of the line, of the given length, centred on 0 vertically.
pub(crate) fn sample(length: f64, ink: &Ink, has_head: bool, palette: Palette) -> Vec<Mark> {
    let at = |third: f64| Point { x: third * length / 3.0, y: 0.0 };
    draw(&[at(0.0), at(1.0), at(2.0), at(3.0)], ink, has_head, 0.0, &[], palette)
}

/// Short pieces of the route, where it crosses lines below it.
fn gaps(route: &[Point], under: &[Vec<Point>]) -> Vec<[Point; 2]> {
    let points = flatten(route, ROUTE_STEPS);
    let Some(bounds) = Rect::around(points.iter().copied()) else { return Vec::new() };
    let mut gaps = Vec::new();
    for other in under {
        if Rect::around(other.iter().copied()).is_none_or(|other| !other.overlaps(bounds)) {
            continue;
        }
        for pair in points.windows(2) {
            for with in other.windows(2) {
                let (&[a, b], &[c, d]) = (pair, with) else { continue };
                let (way, across) = ((b - a).unit(), (d - c).unit());
                if way.cross(across).abs() >= CASING_SINE && segments_cross([a, b], [c, d]) {
                    let part = (c - a).cross(d - c) / (b - a).cross(d - c);
                    let place = a.toward(b, part);
                    gaps.push([place + way * -CASING_REACH, place + way * CASING_REACH]);
                }
            }
        }
    }
    gaps
}

/// Number of segments per cubic when looking for crossings.
pub(crate) const ROUTE_STEPS: u32 = 16;

/// In points, along the line and across it.
#[derive(Clone, Copy)]
struct HeadSize {
    length: f64,
    half: f64,
    /// From the tip to the end of the line.
    neck: f64,
}

impl HeadSize {
    const fn of(ink: &Ink) -> Self {
        let wide = ink.pen.width.min(2.2);
        match ink.head {
            Head::Normal => {
                let length = 6.2 + 1.3 * wide;
                Self { length, half: length * 0.42, neck: length - 0.6 }
            }
            Head::Vee => {
                let length = 6.4 + 1.9 * wide;
                Self { length, half: length * 0.48, neck: length * 0.6 }
            }
            Head::Empty => Self { length: 9.0, half: 4.0, neck: 9.0 },
        }
    }
}

fn arrowhead(tip: Point, along: Point, ink: &Ink, size: HeadSize, palette: Palette) -> Vec<Mark> {
    let at = |back: f64, aside: f64| Point {
        x: tip.x - along.x * back - along.y * aside,
        y: tip.y - along.y * back + along.x * aside,
    };
    let HeadSize { length, half, neck } = size;
    let (points, fill, pen) = match ink.head {
        Head::Normal => (vec![at(0.0, 0.0), at(length, half), at(length, -half)], ink.pen.color, None),
        Head::Vee => (
            vec![at(0.0, 0.0), at(length, half), at(neck - 0.4, 0.0), at(length, -half)],
            ink.pen.color,
            None,
        ),
        Head::Empty => {
            // The outline extends past the tip by more than its width, since the tip is sharp.
            let points = vec![at(1.4, 0.0), at(length, half - 0.6), at(length, 0.6 - half)];
            (points, palette.page, Some(Pen::solid(ink.pen.color, 1.2)))
        }
    };
    vec![Mark::Path(Path { shape: Shape::Polygon(points), fill: Some(fill), pen })]
}

/// A cross on the line.
fn strike(place: Point, along: Point, ink: &Ink, palette: Palette) -> [Mark; 2] {
    const ARM: f64 = 3.6;
    let arm = |turn: f64| {
        let (dx, dy) = ((along.x - turn * along.y) * ARM, (along.y + turn * along.x) * ARM);
        [Point { x: place.x - dx, y: place.y - dy }, Point { x: place.x + dx, y: place.y + dy }]
    };
    let cross = |pen| {
        Mark::Path(Path { shape: Shape::Strokes(vec![arm(1.0), arm(-1.0)]), fill: None, pen: Some(pen) })
    };
    [cross(Pen::solid(palette.page, 5.0)), cross(Pen::solid(ink.pen.color, 1.6))]
}

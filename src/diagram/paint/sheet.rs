//! The whole page: the title at the top, then the drawing, the legend and the sources.

use super::font::{Fonts, bold, regular};
use super::ink::Ink;
use super::legend;
use super::line;
use super::mark::{Anchor, Mark, Path, Pen, Run, Shape};
use super::stack::Stack;
use super::typeset::Typeset;
use super::words::{line_class, node_class};
use crate::diagram::layout::geometry::flatten;
use crate::diagram::layout::{Layout, Point, Size};
use crate::diagram::scene::{Body, Line, Scene};
use crate::diagram::style::Palette;

const MARGIN: f64 = 30.0;
/// The minimum width of the page inside its margins, for the title and the sources.
const LEAST_WIDTH: f64 = 560.0;
/// The maximum length of a row of text; a wider page uses columns.
const MOST_TEXT: f64 = 620.0;
const LEAST_COLUMN: f64 = 380.0;

/// All groups of marks, in the order in which they are painted.
pub(crate) struct Sheet {
    pub(crate) size: Size,
    pub(crate) groups: Vec<Group>,
}

/// A group of marks that belong together.
pub(crate) struct Group {
    pub(crate) class: String,
    /// Alternative text, for screen readers and as a tooltip.
    pub(crate) alt_text: Option<String>,
    pub(crate) marks: Vec<Mark>,
}

impl Sheet {
    pub(crate) fn of(scene: &Scene, set: &Typeset, layout: &Layout, fonts: &Fonts, palette: Palette) -> Self {
        let inside = layout.size.width.max(LEAST_WIDTH);
        let mut sheet = Builder { fonts, palette, inside, y: MARGIN, groups: Vec::new() };
        sheet.header(scene);
        let left = MARGIN + (inside - layout.size.width) / 2.0;
        if !scene.nodes.is_empty() {
            sheet.drawing(scene, set, layout, Point { x: left, y: sheet.y });
            sheet.y += layout.size.height + 26.0;
        }
        sheet.legend(scene);
        sheet.foot(scene);
        let size = Size { width: (inside + 2.0 * MARGIN).ceil(), height: (sheet.y + MARGIN - 8.0).ceil() };
        Self { size, groups: sheet.groups }
    }
}

struct Builder<'s> {
    fonts: &'s Fonts,
    palette: Palette,
    inside: f64,
    /// The bottom of what is on the page so far.
    y: f64,
    groups: Vec<Group>,
}

impl Builder<'_> {
    fn group(&mut self, class: &str, alt_text: Option<&str>, marks: Vec<Mark>) {
        self.groups.push(Group { class: class.to_owned(), alt_text: alt_text.map(str::to_owned), marks });
    }

    fn header(&mut self, scene: &Scene) {
        let mut rows = Stack::new(self.fonts, self.inside.min(900.0));
        if let Some(title) = &scene.title {
            rows.add_even(&[Run::new(title, bold(24.0), self.palette.ink)], 30.0, 0.0);
        }
        rows.add(&[Run::new(&*scene.subtitle, regular(12.0), self.palette.muted)], 16.0, 4.0);
        let Some(font) = rows.first_font() else { return };
        let first = self.y + font.capital() - 3.0;
        let bottom = first + rows.fall();
        let marks = rows.marks(Point { x: MARGIN, y: first }, Anchor::Start, None);
        self.group("header", None, marks);
        self.y = bottom + 26.0;
    }

    fn drawing(&mut self, scene: &Scene, set: &Typeset, layout: &Layout, origin: Point) {
        let mut under: Vec<Vec<Point>> = Vec::new();
        for (line, route) in scene.lines.iter().zip(&layout.links) {
            let moved = |point: &Point| Point { x: point.x + origin.x, y: point.y + origin.y };
            let curve: Vec<Point> = route.curve.iter().map(moved).collect();
            self.line(scene, line, &curve, &under);
            under.push(flatten(&curve, line::ROUTE_STEPS));
        }
        for ((node, block), centre) in scene.nodes.iter().zip(&set.nodes).zip(&layout.blocks) {
            let marks = block.at(corner(*centre, block.size, origin));
            self.group(&node_class(node), Some(&node.alt_text), marks);
        }
        // Labels are on top, since a label may have to stand on a line.
        for ((line, label), route) in scene.lines.iter().zip(&set.labels).zip(&layout.links) {
            if let (Some(block), Some(centre)) = (label, route.label) {
                let marks = block.at(corner(centre, block.size, origin));
                self.group("label", Some(&line.alt_text), marks);
            }
        }
    }

    fn line(&mut self, scene: &Scene, line: &Line, curve: &[Point], under: &[Vec<Point>]) {
        let ink = Ink::of(line.style, line.standing, self.palette);
        let border = match scene.nodes.get(line.to).map(|node| &node.body) {
            Some(Body::Name(name)) if name.is_main => 0.8,
            _ => 0.6,
        };
        let marks = line::draw(curve, &ink, line.has_head, border, under, self.palette);
        self.group(&line_class(line), Some(&line.alt_text), marks);
    }

    fn legend(&mut self, scene: &Scene) {
        let Some(block) = legend::set(&scene.legend, self.inside, self.fonts, self.palette) else { return };
        let rule = |y: f64| [Point { x: MARGIN, y }, Point { x: MARGIN + self.inside, y }];
        let below = self.y + block.size.height + 14.0;
        let shape = Shape::Strokes(vec![rule(self.y), rule(below)]);
        let mut marks = block.at(Point { x: MARGIN, y: self.y + 7.0 });
        marks.push(Mark::Path(Path { shape, fill: None, pen: Some(Pen::solid(self.palette.hairline, 1.0)) }));
        self.group("legend", None, marks);
        self.y = below;
    }

    fn foot(&mut self, scene: &Scene) {
        let muted = self.palette.muted;
        let width = self.inside.min(MOST_TEXT);
        let mut texts: Vec<Run> = scene.notes.iter().map(|note| Run::new(note, bold(8.5), muted)).collect();
        texts.extend(scene.unconnected.iter().map(|text| Run::new(text, regular(8.5), muted)));
        let mut rows = Stack::new(self.fonts, width);
        for run in texts {
            rows.add(&[run], 11.5, 3.0);
        }
        if !rows.is_empty() {
            let first = self.y + 16.0;
            self.y = first + rows.fall();
            let marks = rows.marks(Point { x: MARGIN, y: first }, Anchor::Start, None);
            self.group("notes", None, marks);
        }
        self.sources(scene);
        self.y += 8.0;
    }

    /// Adds the numbered sources, in as many columns as fit, each read downwards.
    fn sources(&mut self, scene: &Scene) {
        let count = scene.sources.len();
        if count == 0 {
            return;
        }
        let fitting = (self.inside / LEAST_COLUMN).floor().clamp(1.0, 4.0) as usize;
        let columns = fitting.min(count);
        let gap = 24.0;
        let width = ((self.inside + gap) / columns as f64 - gap).min(MOST_TEXT);
        let step = width + gap;
        let (first, mut bottom) = (self.y + 16.0, self.y);
        let sources: Vec<(usize, &String)> = scene.sources.iter().enumerate().collect();
        let mut marks = Vec::new();
        for (column, part) in sources.chunks(count.div_ceil(columns)).enumerate() {
            let mut rows = Stack::new(self.fonts, width);
            for (n, source) in part {
                let text = format!("[{}] {source}", n + 1);
                rows.add(&[Run::new(text, regular(8.5), self.palette.muted)], 11.5, 3.0);
            }
            bottom = bottom.max(first + rows.fall());
            let x = MARGIN + column as f64 * step;
            marks.extend(rows.marks(Point { x, y: first }, Anchor::Start, None));
        }
        self.y = bottom;
        self.group("sources", None, marks);
    }
}

fn corner(centre: Point, size: Size, origin: Point) -> Point {
    Point { x: origin.x + centre.x - size.width / 2.0, y: origin.y + centre.y - size.height / 2.0 }
}

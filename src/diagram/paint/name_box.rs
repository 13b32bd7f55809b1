//! The box of an entity.

use super::font::{Font, Fonts, bold, regular};
use super::mark::{Anchor, Block, Mark, Pen, Rect, Run};
use super::stack::Stack;
use crate::diagram::color::Color;
use crate::diagram::layout::{Point, Size};
use crate::diagram::scene::NameBox;
use crate::diagram::style::Palette;
use crate::model::EntityKind;

/// The width at which names are wrapped.
const MOST_WIDTH: f64 = 180.0;
const LEAST_WIDTH: f64 = 64.0;
/// The offset of the stacked sheets behind a box that stands for several entities.
const SHEET: f64 = 3.5;

/// The box with its text, at least this large.
pub(crate) fn set(name_box: &NameBox, least: Size, fonts: &Fonts, palette: Palette) -> Block {
    let style = Style::of(name_box, palette);
    let mut rows = Stack::new(fonts, MOST_WIDTH);
    rows.add_even(&[Run::new(&*name_box.name, style.font, style.ink)], style.font.size * 1.22, 0.0);
    for (n, subline) in name_box.sublines.iter().enumerate() {
        let gap = if n == 0 { 2.5 } else { 0.0 };
        rows.add_even(&[Run::new(subline, regular(9.5), style.soft)], 12.0, gap);
    }
    let capital = rows.first_font().unwrap_or(style.font).capital();
    let width = (rows.widest() + 2.0 * style.side).max(LEAST_WIDTH).max(least.width).ceil();
    let height = (capital + rows.fall() + 2.0 * style.pad).max(least.height).ceil();
    let mut marks = Vec::new();
    let outer = if name_box.kind.is_none() { SHEET } else { 0.0 };
    if outer > 0.0 {
        marks.push(style.rect(Point { x: SHEET, y: SHEET }, Size { width, height }));
    }
    marks.push(style.rect(Point::default(), Size { width, height }));
    let first = Point { x: width / 2.0, y: (height - rows.fall() + capital) / 2.0 };
    marks.extend(rows.marks(first, Anchor::Middle, None));
    Block { size: Size { width: width + outer, height: height + outer }, marks }
}

/// The style of a kind of box.
struct Style {
    font: Font,
    ink: Color,
    soft: Color,
    fill: Color,
    pen: Pen,
    radius: f64,
    /// The padding at the sides and above.
    side: f64,
    pad: f64,
}

impl Style {
    fn of(name_box: &NameBox, p: Palette) -> Self {
        use EntityKind as K;
        let is_firm = name_box.kind.is_some_and(EntityKind::is_organisation);
        let font = if is_firm { bold(13.0) } else { regular(11.5) };
        let (side, pad) = if is_firm { (13.0, 9.6) } else { (12.0, 8.4) };
        let base = Self {
            font,
            ink: p.ink,
            soft: p.muted,
            fill: p.card,
            pen: Pen::solid(p.ink, 1.3),
            radius: 0.0,
            side,
            pad,
        };
        let pen = |color: Color| Pen::solid(color, 1.0);
        let is_person = name_box.kind == Some(K::Person);
        if name_box.is_main {
            let (side, pad) = if is_person { (16.0, 13.0) } else { (13.0, 10.8) };
            let radius = if is_person { 9.0 } else { 0.0 };
            let (ink, soft) = (p.on_ink, p.on_ink);
            let pen = Pen::solid(p.ink, 1.6);
            return Self { font: bold(16.0), ink, soft, fill: p.ink, pen, radius, side, pad };
        }
        match name_box.kind {
            Some(K::Company) => base,
            Some(K::Product) => Self { fill: p.product_fill, pen: pen(p.product), radius: 6.0, ..base },
            Some(K::Patent) => Self { fill: p.patent_fill, pen: pen(p.patent), ..base },
            Some(K::Brand) => Self { fill: p.brand_fill, pen: pen(p.brand), ..base },
            Some(K::Person) => Self { pen: pen(p.ink), radius: 9.0, pad: 12.0, side: 14.0, ..base },
            Some(K::Alliance) => Self { pen: Pen::solid(p.partnership, 1.3), radius: 6.0, ..base },
            Some(K::Unit | K::Body) => Self { pen: pen(p.muted), ..base },
            Some(K::Unspecified) => Self {
                ink: p.muted,
                fill: p.page,
                pen: Pen { color: p.muted, width: 1.0, dash: &[4.0, 3.0], round: false },
                ..base
            },
            None => Self { ink: p.muted, pen: pen(p.muted), radius: 3.0, ..base },
        }
    }

    fn rect(&self, corner: Point, size: Size) -> Mark {
        Mark::Rect(Rect { corner, size, radius: self.radius, fill: Some(self.fill), pen: Some(self.pen) })
    }
}

//! What is written on a line.

use super::font::{Fonts, bold, regular};
use super::ink::word_color;
use super::mark::{Anchor, Block, Span};
use super::stack::Stack;
use super::words::footnotes;
use crate::diagram::layout::{Flow, Point, Size};
use crate::diagram::scene::Line;
use crate::diagram::style::Palette;

/// Labels get this wide, then they are wrapped.
const MOST_WIDTH: f64 = 130.0;
const STEP: f64 = 11.8;

/// The label, if there is anything to say.
///
/// Beside a line that runs down, rows start at the line; above a level one they are centred.
pub(crate) fn set(line: &Line, flow: Flow, fonts: &Fonts, palette: &'static Palette) -> Option<Block> {
    let label = &line.label;
    let color = word_color(line.look, line.standing, palette);
    let mut paragraphs = vec![vec![Span::new(&*label.strong, bold(9.5), color)]];
    paragraphs
        .extend(label.details.iter().map(|detail| vec![Span::new(detail, regular(9.0), palette.muted)]));
    paragraphs.extend(label.amount.iter().map(|amount| vec![Span::new(amount, bold(9.5), palette.ink)]));
    paragraphs.retain(|spans| spans.iter().any(|span| !span.text.trim().is_empty()));
    if let Some(notes) = footnotes(&label.footnotes, palette.muted) {
        match paragraphs.last_mut() {
            Some(last) => last.push(notes),
            None => paragraphs.push(vec![notes]),
        }
    }
    let mut rows = Stack::new(fonts, MOST_WIDTH);
    for spans in paragraphs {
        rows.add_even(&spans, STEP, 0.0);
    }
    if rows.is_empty() {
        return None;
    }
    let size = Size { width: (rows.widest() + 2.0).ceil(), height: (rows.fall() + 12.0).ceil() };
    let (x, anchor) = match flow {
        Flow::Down if !line.is_level => (1.0, Anchor::Start),
        _ => (size.width / 2.0, Anchor::Middle),
    };
    let marks = rows.marks(Point { x, y: 9.4 }, anchor, Some(palette.page));
    Some(Block { size, marks })
}

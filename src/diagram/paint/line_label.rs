//! The text on a line.

use super::font::{Fonts, bold, regular};
use super::ink::word_color;
use super::mark::{Anchor, Block, Run};
use super::stack::Stack;
use super::words::footnotes;
use crate::diagram::layout::{Flow, Point, Size};
use crate::diagram::scene::Line;
use crate::diagram::style::Palette;

/// The width at which labels are wrapped.
const MOST_WIDTH: f64 = 130.0;
const STEP: f64 = 11.8;

/// The label, if there is any text.
///
/// Beside a vertical line, rows start at the line; above a horizontal one, they are centred.
pub(crate) fn set(line: &Line, flow: Flow, fonts: &Fonts, palette: Palette) -> Option<Block> {
    let label = &line.label;
    let color = word_color(line.style, line.standing, palette);
    let mut paragraphs = vec![vec![Run::new(&*label.strong, bold(9.5), color)]];
    paragraphs.extend(label.details.iter().map(|detail| vec![Run::new(detail, regular(9.0), palette.muted)]));
    paragraphs.extend(label.amount.iter().map(|amount| vec![Run::new(amount, bold(9.5), palette.ink)]));
    paragraphs.retain(|runs| runs.iter().any(|run| !run.text.trim().is_empty()));
    if let Some(notes) = footnotes(&label.footnotes, palette.muted) {
        match paragraphs.last_mut() {
            Some(last) => last.push(notes),
            None => paragraphs.push(vec![notes]),
        }
    }
    let mut rows = Stack::new(fonts, MOST_WIDTH);
    for runs in paragraphs {
        rows.add_even(&runs, STEP, 0.0);
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

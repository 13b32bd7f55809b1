//! Rows of text set one under another.

use super::font::{Font, Fonts};
use super::mark::{Anchor, Mark, Span, Text};
use super::paragraph::{Paragraph, Row};
use crate::diagram::layout::Point;

/// Rows on their way into a block: they are collected first, since the widest decides how wide the block is.
pub(crate) struct Stack<'f> {
    fonts: &'f Fonts,
    width: f64,
    rows: Vec<(Row, f64)>,
}

impl<'f> Stack<'f> {
    /// Rows up to this wide.
    pub(crate) const fn new(fonts: &'f Fonts, width: f64) -> Self {
        Self { fonts, width, rows: Vec::new() }
    }

    /// A paragraph whose rows go down by `step`, after `gap` more than that before the first.
    pub(crate) fn add(&mut self, spans: &[Span], step: f64, gap: f64) {
        let rows = Paragraph::new(self.fonts, spans, self.width).rows(self.width);
        self.push(rows, step, gap);
    }

    /// The same in rows that are about even.
    pub(crate) fn add_even(&mut self, spans: &[Span], step: f64, gap: f64) {
        let rows = Paragraph::new(self.fonts, spans, self.width).even_rows(self.width);
        self.push(rows, step, gap);
    }

    fn push(&mut self, rows: Vec<Row>, step: f64, gap: f64) {
        let rows = rows.into_iter().enumerate().map(|(n, row)| (row, if n == 0 { step + gap } else { step }));
        self.rows.extend(rows);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Of the widest row.
    pub(crate) fn widest(&self) -> f64 {
        self.rows.iter().map(|(row, _)| row.width).fold(0.0, f64::max)
    }

    /// From the first baseline to the last.
    pub(crate) fn fall(&self) -> f64 {
        self.rows.iter().skip(1).map(|(_, step)| step).sum()
    }

    /// The font of the first letters.
    pub(crate) fn first_font(&self) -> Option<Font> {
        Some(self.rows.first()?.0.spans.first()?.font)
    }

    /// The texts, the first baseline at the place.
    pub(crate) fn marks(self, at: Point, anchor: Anchor, halo: Option<&'static str>) -> Vec<Mark> {
        let mut y = at.y;
        let mut marks = Vec::new();
        for (n, (Row { spans, width }, step)) in self.rows.into_iter().enumerate() {
            y += if n == 0 { 0.0 } else { step };
            marks.push(Mark::Text(Text { at: Point { x: at.x, y }, anchor, spans, width, halo }));
        }
        marks
    }
}

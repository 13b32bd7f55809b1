//! Stacks rows of text.

use super::font::{Font, Fonts};
use super::mark::{Anchor, Mark, Run, Text};
use super::paragraph::{Paragraph, Row};
use crate::diagram::color::Color;
use crate::diagram::layout::Point;

/// Rows that will form a block, collected first because the widest row sets the width of the block.
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

    /// Adds a paragraph with rows `step` apart, and `gap` extra space before the first.
    pub(crate) fn add(&mut self, runs: &[Run], step: f64, gap: f64) {
        let rows = Paragraph::new(self.fonts, runs, self.width).rows(self.width);
        self.push(rows, step, gap);
    }

    /// The same, with rows of about equal width.
    pub(crate) fn add_even(&mut self, runs: &[Run], step: f64, gap: f64) {
        let rows = Paragraph::new(self.fonts, runs, self.width).even_rows(self.width);
        self.push(rows, step, gap);
    }

    fn push(&mut self, rows: Vec<Row>, step: f64, gap: f64) {
        let rows = rows.into_iter().enumerate().map(|(n, row)| (row, if n == 0 { step + gap } else { step }));
        self.rows.extend(rows);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The width of the widest row.
    pub(crate) fn widest(&self) -> f64 {
        self.rows.iter().map(|(row, _)| row.width).fold(0.0, f64::max)
    }

    /// From the first baseline to the last.
    pub(crate) fn fall(&self) -> f64 {
        self.rows.iter().skip(1).map(|(_, step)| step).sum()
    }

    /// The font of the first run.
    pub(crate) fn first_font(&self) -> Option<Font> {
        Some(self.rows.first()?.0.runs.first()?.font)
    }

    /// The text, with the first baseline at this point.
    pub(crate) fn marks(self, at: Point, anchor: Anchor, halo: Option<Color>) -> Vec<Mark> {
        let mut y = at.y;
        let mut marks = Vec::new();
        for (n, (Row { runs, width }, step)) in self.rows.into_iter().enumerate() {
            y += if n == 0 { 0.0 } else { step };
            marks.push(Mark::Text(Text { at: Point { x: at.x, y }, anchor, runs, width, halo }));
        }
        marks
    }
}

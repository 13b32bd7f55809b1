//! A deal as a card: a band with its kind and date, the amount in large type, and what it is about.

use super::columns;
use super::font::{Fonts, bold, regular};
use super::ink::{border, word_color};
use super::mark::{Anchor, Block, Mark, Path, Pen, Rect, Run, Shape, Text};
use super::paragraph::{Paragraph, Row};
use super::stack::Stack;
use super::words::{footnotes, upper};
use crate::diagram::color::Color;
use crate::diagram::layout::{Point, Size};
use crate::diagram::scene::{Card, Columns};
use crate::diagram::standing::Standing;
use crate::diagram::style::Palette;

const MOST_WIDTH: f64 = 240.0;
const LEAST_WIDTH: f64 = 96.0;
/// Left and right margins of the text.
const SIDE: f64 = 9.0;
const MOST_INSIDE: f64 = MOST_WIDTH - 2.0 * SIDE;
/// Two columns of names may be wider than lines of text, which are easier to break.
const MOST_COLUMNS: f64 = 290.0;
/// The height of a band with one row.
const BAND: f64 = 20.0;
/// The minimum gap between kind and date.
const BAND_GAP: f64 = 16.0;
const BAND_STEP: f64 = 12.0;

/// The card with its text.
pub(crate) fn set(card: &Card, fonts: &Fonts, palette: Palette) -> Block {
    let setter = Setter { card, fonts, palette, color: word_color(card.style, card.standing, palette) };
    let band = setter.band();
    let body = setter.body();
    let width = (band.width.max(body.width) + 2.0 * SIDE).max(LEAST_WIDTH).ceil();
    let height = (band.height + body.height).ceil();
    let top = band.height;
    let mut marks = setter.ground(width, height, top);
    marks.extend(band.marks(width, SIDE));
    for mut mark in body.marks {
        mark.shift(SIDE, top);
        marks.push(mark);
    }
    Block { size: Size { width, height }, marks }
}

struct Setter<'c> {
    card: &'c Card,
    fonts: &'c Fonts,
    palette: Palette,
    color: Color,
}

/// The text of the band.
struct Band {
    kind: Vec<Row>,
    date: Vec<Row>,
    is_one_row: bool,
    width: f64,
    height: f64,
}

/// The text below the band, from its lower left corner.
#[derive(Default)]
struct Body {
    marks: Vec<Mark>,
    width: f64,
    height: f64,
}

impl Setter<'_> {
    const fn is_filled(&self) -> bool {
        matches!(self.card.standing, Standing::Done)
    }

    /// Whether there is nothing to show below the band, which then has the source numbers too.
    const fn is_bare(&self) -> bool {
        self.card.amount.is_none() && self.card.columns.is_none() && self.card.lines.is_empty()
    }

    fn ground(&self, width: f64, height: f64, band: f64) -> Vec<Mark> {
        let pen = border(self.card.style, self.card.standing, self.palette);
        let corner = Point::default();
        let whole = Size { width, height };
        let rect = |size, fill, pen| Mark::Rect(Rect { corner, size, radius: 0.0, fill, pen });
        let mut marks = vec![rect(whole, Some(self.palette.card), None)];
        if self.is_filled() {
            marks.push(rect(Size { width, height: band }, Some(self.color), None));
        } else {
            let rule = [Point { x: 0.0, y: band }, Point { x: width, y: band }];
            marks.push(Mark::Path(Path { shape: Shape::Strokes(vec![rule]), fill: None, pen: Some(pen) }));
        }
        marks.push(rect(whole, None, Some(pen)));
        marks
    }

    fn band(&self) -> Band {
        let color = if self.is_filled() { self.palette.page } else { self.color };
        let rows = |runs: &[Run]| Paragraph::new(self.fonts, runs, MOST_INSIDE).rows(MOST_INSIDE);
        let kind = rows(&[Run::new(upper(&self.card.kind), bold(9.0), color)]);
        let mut date = vec![Run::new(&*self.card.date, regular(9.0), color)];
        date.extend(footnotes(&self.card.footnotes, color).filter(|_| self.is_bare()));
        let date = rows(&date);
        let widest = |rows: &[Row]| rows.iter().map(|row| row.width).fold(0.0, f64::max);
        let (left, right) = (widest(&kind), widest(&date));
        let gap = if left > 0.0 && right > 0.0 { BAND_GAP } else { 0.0 };
        let is_one_row = kind.len() <= 1 && date.len() <= 1 && left + gap + right <= MOST_INSIDE;
        let width = if is_one_row { left + gap + right } else { left.max(right) };
        let more = if is_one_row { 0 } else { (kind.len() + date.len()).saturating_sub(1) };
        Band { kind, date, is_one_row, width, height: BAND + more as f64 * BAND_STEP }
    }

    fn body(&self) -> Body {
        let mut body = Body::default();
        let card = self.card;
        let is_noted_in_lines = !card.lines.is_empty();
        let is_noted_in_columns = !is_noted_in_lines && card.columns.is_some();
        let notes = footnotes(&card.footnotes, self.palette.muted).filter(|_| !self.is_bare());
        let (ink, muted) = (self.palette.ink, self.palette.muted);
        if let Some(amount) = &card.amount {
            let mut runs = vec![Run::new(amount, bold(16.0), ink)];
            runs.extend(notes.clone().filter(|_| !is_noted_in_lines && !is_noted_in_columns));
            self.add(&mut body, &[&runs], 19.0, 21.0);
        }
        if let Some(columns) = &card.columns {
            self.columns(&mut body, columns, notes.clone().filter(|_| is_noted_in_columns));
        }
        let mut lines: Vec<Vec<Run>> =
            card.lines.iter().map(|line| vec![Run::new(line, regular(10.0), muted)]).collect();
        if let Some(last) = lines.last_mut() {
            last.extend(notes);
        }
        let lines: Vec<&[Run]> = lines.iter().map(Vec::as_slice).collect();
        let first = if body.height > 0.0 { 15.5 } else { 17.0 };
        self.add(&mut body, &lines, 13.5, first);
        body.height += if body.height > 0.0 { 8.5 } else { 0.0 };
        body
    }

    /// Adds paragraphs with rows `step` apart and the first baseline `first` below the current end.
    fn add(&self, body: &mut Body, paragraphs: &[&[Run]], step: f64, first: f64) {
        let mut rows = Stack::new(self.fonts, MOST_INSIDE);
        for runs in paragraphs {
            rows.add(runs, step, 0.0);
        }
        if rows.is_empty() {
            return;
        }
        body.width = body.width.max(rows.widest());
        let top = body.height + first;
        body.height = top + rows.fall();
        body.marks.extend(rows.marks(Point { x: 0.0, y: top }, Anchor::Start, None));
    }

    fn columns(&self, body: &mut Body, columns: &Columns, note: Option<Run>) {
        let set = columns::set(columns, note, MOST_COLUMNS, self.color, self.palette.ink, self.fonts);
        let top = body.height + 17.0;
        for mut mark in set.marks {
            mark.shift(0.0, top);
            body.marks.push(mark);
        }
        body.width = body.width.max(set.size.width);
        body.height = top + set.size.height;
    }
}

impl Band {
    fn marks(self, width: f64, side: f64) -> Vec<Mark> {
        let mut y = 13.3;
        let mut marks = Vec::new();
        let text = |row: Row, x, y, anchor| {
            Mark::Text(Text { at: Point { x, y }, anchor, runs: row.runs, width: row.width, halo: None })
        };
        for row in self.kind {
            marks.push(text(row, side, y, Anchor::Start));
            y += if self.is_one_row { 0.0 } else { BAND_STEP };
        }
        for row in self.date {
            let mark = match self.is_one_row {
                true => text(row, width - side, y, Anchor::End),
                false => text(row, side, y, Anchor::Start),
            };
            marks.push(mark);
            y += BAND_STEP;
        }
        marks
    }
}

/// For the legend: a small card, with its band filled if the deal is done.
pub(crate) fn icon(is_filled: bool, size: Size, palette: Palette) -> Vec<Mark> {
    let Size { width, .. } = size;
    let pen = Some(Pen::solid(palette.muted, 1.0));
    let corner = Point::default();
    let rect = |size, fill, pen| Mark::Rect(Rect { corner, size, radius: 0.0, fill: Some(fill), pen });
    let band = Size { width, height: 5.0 };
    vec![rect(size, palette.card, pen), rect(band, if is_filled { palette.muted } else { palette.card }, pen)]
}

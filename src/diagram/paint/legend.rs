//! The legend: a sample of each line style and of each standing in the picture.

use super::card;
use super::font::{Fonts, regular};
use super::ink::Ink;
use super::line;
use super::mark::{Anchor, Block, Mark, Pen, Rect, Run, Text};
use crate::diagram::layout::{Point, Size};
use crate::diagram::scene::Key;
use crate::diagram::standing::Standing;
use crate::diagram::style::{LineStyle, Palette};

const SAMPLE: f64 = 34.0;
/// Between a sample and its text.
const GAP: f64 = 9.0;
const COLUMN_GAP: f64 = 30.0;
const STEP: f64 = 16.0;
/// Entries per column; more if the page is too narrow for that many columns.
const ROWS: usize = 3;

/// The legend, at most this wide if possible.
pub(crate) fn set(keys: &[Key], width: f64, fonts: &Fonts, palette: Palette) -> Option<Block> {
    let font = regular(9.0);
    let widest = keys.iter().map(|key| fonts.width(words(*key), font)).fold(0.0, f64::max);
    if keys.is_empty() {
        return None;
    }
    let column = (SAMPLE + GAP + widest + COLUMN_GAP).max(130.0).ceil();
    let most_columns = ((width + COLUMN_GAP) / column).floor().max(1.0) as usize;
    let rows = keys.len().div_ceil(most_columns).max(ROWS.min(keys.len()));
    let mut block = Block { size: Size { width, height: rows as f64 * STEP }, marks: Vec::new() };
    for (n, key) in keys.iter().enumerate() {
        let (x, y) = ((n / rows) as f64 * column, (n % rows) as f64 * STEP + STEP / 2.0);
        for mut mark in sample(*key, palette) {
            mark.shift(x, y);
            block.marks.push(mark);
        }
        let runs = vec![Run::new(words(*key), font, palette.muted)];
        let at = Point { x: x + SAMPLE + GAP, y: y + 3.2 };
        let width = fonts.width(words(*key), font);
        block.marks.push(Mark::Text(Text { at, anchor: Anchor::Start, runs, width, halo: None }));
    }
    Some(block)
}

const fn words(key: Key) -> &'static str {
    match key {
        Key::LineStyle(style) => style.legend(),
        Key::Standing(Standing::Done) => "done",
        Key::Standing(Standing::Planned) => "announced or planned",
        Key::Standing(Standing::Unstated) => "holders not stated",
        Key::Standing(Standing::Ended) => "ended (grey)",
        Key::Standing(Standing::Possible) => "possible at that date",
        Key::Standing(Standing::Rumoured) => "rumoured",
        Key::Standing(Standing::Disputed) => "disputed",
        Key::Standing(Standing::Unreal) => "sought, or called off",
        Key::Unnamed => "not named",
    }
}

/// A sample that starts at 0 and extends to the right, vertically centred on 0.
fn sample(key: Key, palette: Palette) -> Vec<Mark> {
    let icon = Size { width: 20.0, height: 11.0 };
    let centred = |mut marks: Vec<Mark>| {
        marks.iter_mut().for_each(|mark| mark.shift((SAMPLE - icon.width) / 2.0, -icon.height / 2.0));
        marks
    };
    match key {
        Key::LineStyle(style) => {
            let has_head = style != LineStyle::Partnership;
            line::sample(SAMPLE, &Ink::of(style, Standing::Done, palette), has_head, palette)
        }
        Key::Standing(standing @ (Standing::Done | Standing::Planned)) => {
            centred(card::icon(standing == Standing::Done, icon, palette))
        }
        Key::Standing(standing) => line::sample(SAMPLE, &Ink::sample(standing, palette), false, palette),
        Key::Unnamed => {
            let pen = Pen { dash: &[3.0, 2.0], ..Pen::solid(palette.muted, 1.0) };
            let fill = Some(palette.page);
            centred(vec![Mark::Rect(Rect {
                corner: Point::default(),
                size: icon,
                radius: 0.0,
                fill,
                pen: Some(pen),
            })])
        }
    }
}

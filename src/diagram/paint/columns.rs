//! Two columns of names inside a card, and the word that joins them: apps *on* devices.

use super::font::{Fonts, bold, regular};
use super::mark::{Anchor, Block, Mark, Run, Text};
use super::stack::Stack;
use super::words::upper;
use crate::diagram::color::Color;
use crate::diagram::layout::{Point, Size};
use crate::diagram::scene::{Column, Columns};

/// On both sides of the joining word.
const AROUND_JOINT: f64 = 7.0;
/// From the heading to the first name, and between names.
const STEP: f64 = 15.0;
/// Between rows of one name.
const INNER_STEP: f64 = 12.5;

/// The columns, at most this wide. The block starts at the baseline of the headings and ends at the last baseline.
pub(crate) fn set(
    columns: &Columns,
    note: Option<Run>,
    width: f64,
    color: Color,
    ink: Color,
    fonts: &Fonts,
) -> Block {
    let joint = Run::new(columns.joint, regular(9.0), color);
    let joint_width = fonts.width(&joint.text, joint.font);
    let gutter = joint_width + 2.0 * AROUND_JOINT;
    let rows = |column: &Column, note: Option<Run>, width: f64| {
        let mut rows = Stack::new(fonts, width);
        let mut heading = vec![Run::new(upper(&column.heading), bold(8.5), color)];
        heading.extend(note);
        rows.add(&heading, 12.0, 0.0);
        for name in &column.names {
            rows.add(&[Run::new(name, regular(11.0), ink)], INNER_STEP, STEP - INNER_STEP);
        }
        rows
    };
    let room = width - gutter;
    let mut left = rows(&columns.left, None, room);
    let mut right = rows(&columns.right, note.clone(), room);
    if left.widest() + right.widest() > room {
        // The narrower column keeps its width, as long as that is at most half.
        let left_width = left.widest().min((room / 2.0).max(room - right.widest()));
        left = rows(&columns.left, None, left_width);
        right = rows(&columns.right, note, room - left_width);
    }
    let right_x = left.widest() + gutter;
    let size = Size { width: right_x + right.widest(), height: left.fall().max(right.fall()) };
    // Halfway between the first name and the last.
    let middle = Point { x: left.widest() + gutter / 2.0, y: f64::midpoint(STEP, size.height) - 0.5 };
    let mut marks = left.marks(Point::default(), Anchor::Start, None);
    marks.extend(right.marks(Point { x: right_x, y: 0.0 }, Anchor::Start, None));
    let (runs, width) = (vec![joint], joint_width);
    marks.push(Mark::Text(Text { at: middle, anchor: Anchor::Middle, runs, width, halo: None }));
    Block { size, marks }
}

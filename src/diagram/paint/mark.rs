//! The primitives of a picture after measuring: marks in a block, relative to its top left corner.

use super::font::Font;
use crate::diagram::color::Color;
use crate::diagram::layout::{Point, Size};

/// A group of marks that is placed as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) size: Size,
    pub(crate) marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
pub(crate) enum Mark {
    Rect(Rect),
    Path(Path),
    Text(Text),
}

/// A rectangle, filled, outlined or both.
#[derive(Clone, Debug)]
pub(crate) struct Rect {
    pub(crate) corner: Point,
    pub(crate) size: Size,
    /// The corner radius.
    pub(crate) radius: f64,
    pub(crate) fill: Option<Color>,
    pub(crate) pen: Option<Pen>,
}

/// A spline of cubic curves (1 + 3n points), or straight segments.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    pub(crate) shape: Shape,
    pub(crate) fill: Option<Color>,
    pub(crate) pen: Option<Pen>,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Spline(Vec<Point>),
    Polygon(Vec<Point>),
    /// Separate segments of two points each.
    Strokes(Vec<[Point; 2]>),
}

/// The stroke of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pen {
    pub(crate) color: Color,
    pub(crate) width: f64,
    /// Alternating lengths of dashes and gaps; empty for a solid line.
    pub(crate) dash: &'static [f64],
    pub(crate) round: bool,
}

impl Pen {
    pub(crate) const fn solid(color: Color, width: f64) -> Self {
        Self { color, width, dash: &[], round: false }
    }
}

/// One line of text.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// On the baseline.
    pub(crate) at: Point,
    pub(crate) anchor: Anchor,
    pub(crate) runs: Vec<Run>,
    pub(crate) width: f64,
    /// The colour around the letters, which keeps them legible on top of lines.
    pub(crate) halo: Option<Color>,
}

impl Text {
    /// The left end.
    pub(crate) fn left(&self) -> f64 {
        match self.anchor {
            Anchor::Start => self.at.x,
            Anchor::Middle => self.at.x - self.width / 2.0,
            Anchor::End => self.at.x - self.width,
        }
    }
}

/// Text in one font and colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) font: Font,
    pub(crate) color: Color,
}

impl Run {
    pub(crate) fn new(text: impl Into<String>, font: Font, color: Color) -> Self {
        Self { text: text.into(), font, color }
    }
}

/// Which part of a text is at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Mark {
    /// Moves the mark.
    pub(crate) fn shift(&mut self, dx: f64, dy: f64) {
        let shift = |point: &mut Point| {
            point.x += dx;
            point.y += dy;
        };
        match self {
            Self::Rect(rect) => shift(&mut rect.corner),
            Self::Text(text) => shift(&mut text.at),
            Self::Path(path) => match &mut path.shape {
                Shape::Spline(points) | Shape::Polygon(points) => points.iter_mut().for_each(shift),
                Shape::Strokes(strokes) => strokes.iter_mut().flatten().for_each(shift),
            },
        }
    }
}

impl Block {
    /// Its marks, with its top left corner at this point.
    pub(crate) fn at(&self, corner: Point) -> Vec<Mark> {
        let mut marks = self.marks.clone();
        marks.iter_mut().for_each(|mark| mark.shift(corner.x, corner.y));
        marks
    }
}

//! How lines and borders are drawn: the style of their kind, modified by the standing of the fact.
//!
//! Dashes, doubling and arrowheads differ too, so that a picture can be read in greyscale.

use super::mark::Pen;
use crate::diagram::color::Color;
use crate::diagram::standing::Standing;
use crate::diagram::style::{Dash, Head, LineStyle, Palette};

const DASHED: &[f64] = &[6.0, 4.0];
const SHORT: &[f64] = &[4.0, 3.0];
const LONG: &[f64] = &[14.0, 4.0];
/// Drawn with round caps, so each dash is a dot.
const DOTTED: &[f64] = &[0.1, 4.5];

/// The gap between the two strokes of a double line.
const CORE: f64 = 1.8;

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ink {
    pub(crate) pen: Pen,
    /// The width of the core in the page colour, if the line is double.
    pub(crate) core: Option<f64>,
    pub(crate) head: Head,
    /// Crossed out in the middle.
    pub(crate) is_struck: bool,
}

impl Ink {
    pub(crate) fn of(style: LineStyle, standing: Standing, palette: Palette) -> Self {
        let stroke = style.stroke(palette);
        let (dash, round) = match (standing, stroke.dash) {
            (Standing::Unstated | Standing::Possible, _) => (LONG, false),
            (Standing::Rumoured, _) => (SHORT, false),
            (Standing::Disputed | Standing::Unreal, _) | (_, Dash::Dotted) => (DOTTED, true),
            (_, Dash::Dashed) => (DASHED, false),
            (_, Dash::Solid) => (&[] as &[f64], false),
        };
        let (color, width) = match standing {
            Standing::Unreal => (palette.muted, 1.3),
            Standing::Ended => (palette.comparison, stroke.width),
            Standing::Unstated => (palette.muted, 1.3),
            _ if round => (stroke.color, stroke.width.max(1.7)),
            _ => (stroke.color, stroke.width),
        };
        let is_double = stroke.double && standing <= Standing::Ended;
        let width = if is_double { CORE + 2.0 * width } else { width };
        Self {
            pen: Pen { color, width, dash, round },
            core: is_double.then_some(CORE),
            head: stroke.head,
            is_struck: standing == Standing::Disputed,
        }
    }

    /// A piece of line that shows a standing, whatever the kind.
    pub(crate) fn sample(standing: Standing, palette: Palette) -> Self {
        let mut ink = Self::of(LineStyle::Other, standing, palette);
        ink.pen.width = ink.pen.width.max(1.3);
        ink
    }
}

/// The text colour for such a line.
pub(crate) const fn word_color(style: LineStyle, standing: Standing, palette: Palette) -> Color {
    match (style, standing) {
        (LineStyle::Comparison | LineStyle::Other, _)
        | (_, Standing::Unreal | Standing::Ended | Standing::Unstated) => palette.muted,
        _ => style.stroke(palette).color,
    }
}

/// The border of a card.
pub(crate) const fn border(style: LineStyle, standing: Standing, palette: Palette) -> Pen {
    let (dash, round): (&'static [f64], bool) = match standing {
        Standing::Done | Standing::Planned | Standing::Unstated | Standing::Ended => (&[], false),
        Standing::Possible => (&[10.0, 4.0], false),
        Standing::Rumoured => (&[4.0, 3.0], false),
        Standing::Disputed | Standing::Unreal => (&[0.1, 3.6], true),
    };
    let width = if round { 1.5 } else { 1.2 };
    Pen { color: word_color(style, standing, palette), width, dash, round }
}

//! The bundled font, and the width of text in it.
//!
//! Text is shaped as the PNG and PDF painters shape it, so that what is measured is what is painted. Characters
//! missing from the font get a fixed width, whatever other fonts a machine has.

use rustybuzz::{Face, UnicodeBuffer};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The bundled font family, and the fallbacks where it is not installed.
pub(crate) const FAMILIES: &str = "'Noto Sans', Arial, Helvetica, 'Liberation Sans', sans-serif";

/// The bundled family alone.
pub(crate) const FAMILY: &str = "Noto Sans";

/// The font files.
pub(crate) const FILES: [&[u8]; 2] = [notosans::REGULAR_TTF, notosans::BOLD_TTF];

/// A font: size and weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Font {
    /// In points.
    pub(crate) size: f64,
    pub(crate) bold: bool,
}

/// The regular font in this size.
pub(crate) const fn regular(size: f64) -> Font {
    Font { size, bold: false }
}

/// The bold font in this size.
pub(crate) const fn bold(size: f64) -> Font {
    Font { size, bold: true }
}

impl Font {
    /// The height of capital letters.
    pub(crate) const fn capital(self) -> f64 {
        self.size * 0.714
    }
}

/// Which font a character comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Carried,
    /// Emoji, which have fonts of their own.
    Emoji,
    Elsewhere,
}

/// A piece of text whose characters come from the same kind of font.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretch {
    pub(crate) text: String,
    pub(crate) origin: Origin,
    pub(crate) width: f64,
}

/// The bundled font, ready for measuring.
pub(crate) struct Fonts {
    regular: Option<Face<'static>>,
    bold: Option<Face<'static>>,
}

impl Fonts {
    pub(crate) fn carried() -> Self {
        Self {
            regular: Face::from_slice(notosans::REGULAR_TTF, 0),
            bold: Face::from_slice(notosans::BOLD_TTF, 0),
        }
    }

    /// The width of a text on one line, in points.
    pub(crate) fn width(&self, text: &str, font: Font) -> f64 {
        self.stretches(text, font).iter().map(|stretch| stretch.width).sum()
    }

    /// The text divided by the font its characters come from, each piece with its width.
    ///
    /// Spaces, combining marks and invisible characters stay with what precedes them. Right-to-left text is one
    /// piece, since its visual order differs from its character order.
    pub(crate) fn stretches(&self, text: &str, font: Font) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        for c in text.chars() {
            let origin = match stretches.last() {
                Some(last) if is_attached(c) => last.origin,
                _ => self.origin(c),
            };
            match stretches.last_mut() {
                Some(last) if last.origin == origin => last.text.push(c),
                _ => stretches.push(Stretch { text: c.into(), origin, width: 0.0 }),
            }
        }
        for stretch in &mut stretches {
            stretch.width = self.stretch_width(&stretch.text, stretch.origin, font);
        }
        if stretches.len() > 1 && text.chars().any(is_right_to_left) {
            let width = stretches.iter().map(|stretch| stretch.width).sum();
            return vec![Stretch { text: text.to_owned(), origin: Origin::Elsewhere, width }];
        }
        stretches
    }

    /// The approximate width of one character; cheap, and at most slightly too large.
    pub(crate) fn advance(&self, c: char, font: Font) -> f64 {
        let face = self.face(font);
        let glyph = face.and_then(|face| face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)));
        match (glyph, face) {
            (Some(units), Some(face)) => f64::from(units) * font.size / f64::from(face.units_per_em()),
            _ => stand_in(c) * font.size,
        }
    }

    /// Whether the bundled font has the character, or it needs no glyph.
    pub(crate) fn covers(&self, c: char) -> bool {
        is_invisible(c) || self.regular.as_ref().is_some_and(|face| face.glyph_index(c).is_some())
    }

    fn origin(&self, c: char) -> Origin {
        match c {
            c if self.covers(c) => Origin::Carried,
            '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' => Origin::Emoji,
            _ => Origin::Elsewhere,
        }
    }

    fn face(&self, font: Font) -> Option<&Face<'static>> {
        if font.bold { self.bold.as_ref() } else { self.regular.as_ref() }
    }

    fn stretch_width(&self, text: &str, origin: Origin, font: Font) -> f64 {
        let ems = match (self.face(font), origin) {
            (Some(face), Origin::Carried) => shaped_width(face, text),
            // Several characters may form one emoji: a woman and a rocket make an astronaut.
            (_, Origin::Emoji) => {
                text.graphemes(true).map(|sign| sign.chars().map(stand_in).fold(0.0, f64::max)).sum()
            }
            (_, _) => text.chars().map(stand_in).sum(),
        };
        ems * font.size
    }
}

/// In units of the font size.
fn shaped_width(face: &Face<'_>, text: &str) -> f64 {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.set_direction(rustybuzz::Direction::LeftToRight);
    let glyphs = rustybuzz::shape(face, &[], buffer);
    let units: i32 = glyphs.glyph_positions().iter().map(|position| position.x_advance).sum();
    f64::from(units) / f64::from(face.units_per_em())
}

/// The assumed width of a character that is not in the font, in units of the font size: the same on every machine.
fn stand_in(c: char) -> f64 {
    match c {
        c if is_invisible(c) || is_combining_mark(c) || is_attached_sign(c) => 0.0,
        ' ' => 0.26,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7A3}' => 1.0,
        '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}' => 1.0,
        '\u{12000}'..='\u{1247F}' | '\u{16FE0}'..='\u{18DFF}' | '\u{1B000}'..='\u{1B2FF}' => 1.0,
        '\u{1F000}'..='\u{1FAFF}' | '\u{20000}'..='\u{3FFFD}' => 1.0,
        _ => 0.6,
    }
}

/// Whether a character attaches to the one before it.
fn is_attached(c: char) -> bool {
    c.is_whitespace() || is_combining_mark(c) || is_invisible(c) || is_attached_sign(c)
}

/// Emoji skin tones.
const fn is_attached_sign(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// Characters without a glyph, which only modify others.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'
            ..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Hebrew, Arabic and other right-to-left scripts, and the characters that force that direction.
pub(crate) const fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}' | '\u{200F}' | '\u{202B}' | '\u{202E}' | '\u{2067}'
    )
}

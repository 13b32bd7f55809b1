//! Colours.

use std::fmt;
use std::str::FromStr;

use crate::value::ValueError;

/// An opaque colour of the sRGB space, written `#RRGGBB`.
///
/// ```
/// use keiretsu::Color;
/// let ink: Color = "#1b2733".parse()?;
/// assert_eq!(ink.to_string(), "#1B2733");
/// assert!("blue".parse::<Color>().is_err());
/// # Ok::<(), keiretsu::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

impl Color {
    /// A colour of its parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// A colour from a number such as `0x1B2733`.
    pub(crate) const fn of(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self { red, green, blue }
    }

    /// The contrast to another colour, from 1 to 21, as the Web Content Accessibility Guidelines (WCAG) 2.2 define it. They
    /// ask for 4.5 between text and its background, and 3 between lines and theirs.
    ///
    /// ```
    /// use keiretsu::Color;
    /// let (black, white) = (Color::new(0, 0, 0), Color::new(255, 255, 255));
    /// assert_eq!(black.contrast(white), 21.0);
    /// ```
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The relative luminance, from 0 to 1 (WCAG 2.2).
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl FromStr for Color {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let rgb = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let hint = "write `#RRGGBB`, such as `#1B2733`".to_owned();
        rgb.map(Self::of).ok_or_else(|| ValueError::new("a colour", text, Some(hint)))
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }
}

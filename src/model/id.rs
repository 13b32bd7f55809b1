//! Ids: the short names by which files refer to entities, sources and facts.

use std::fmt;
use std::str::FromStr;

use super::letters;

use crate::error::{Error, ErrorKind};

/// A lower-case slug, `[a-z0-9][a-z0-9.-]*`: `fih-mobile`.
///
/// ```
/// use keiretsu::Id;
/// let id: Id = "fih-mobile".parse()?;
/// assert_eq!(id.as_str(), "fih-mobile");
/// assert!("FIH Mobile".parse::<Id>().is_err());
/// # Ok::<(), keiretsu::InvalidId>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Box<str>);

impl Id {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An id as written in a file, valid or not: an invalid one matches nothing.
    pub(crate) fn unchecked(text: &str) -> Self {
        Self(text.into())
    }

    /// The id most similar to this text: `FIH Mobile` gives `fih-mobile`, `Müller & Groß` gives `muller-gross`.
    #[must_use]
    pub fn slug(text: &str) -> Option<Self> {
        let mut slug = String::new();
        for c in letters::without_accents(text.chars()).flat_map(char::to_lowercase) {
            if let Some(plain) = letters::plain(c).filter(|plain| plain.is_ascii()) {
                slug.push_str(plain);
                continue;
            }
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                '.' if !slug.is_empty() => slug.push(c),
                _ if slug.is_empty() || slug.ends_with('-') => {}
                _ => slug.push('-'),
            }
        }
        slug.trim_end_matches(['-', '.']).parse().ok()
    }
}

impl FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let slug = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit();
        let mut bytes = text.bytes();
        let starts = bytes.next().is_some_and(slug);
        if starts && bytes.all(|c| slug(c) || c == b'.' || c == b'-') {
            Ok(Self(text.into()))
        } else {
            Err(InvalidId(text.into()))
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// As its text.
///
/// ```
/// use keiretsu::Id;
/// let id: Id = serde_json::from_str(r#""fih-mobile""#)?;
/// assert_eq!(serde_json::to_string(&id)?, r#""fih-mobile""#);
/// assert!(serde_json::from_str::<Id>(r#""FIH Mobile""#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::serial::parsed(deserializer)
    }
}

/// The error of parsing an [`Id`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidId(String);

impl From<InvalidId> for Error {
    fn from(error: InvalidId) -> Self {
        Self::new(ErrorKind::Value, error.to_string())
    }
}

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = crate::diagnostic::shown(&self.0);
        write!(
            f,
            "`{text}` is not an id: ids are lower-case letters, digits, `-` and `.`, and start with a letter or digit"
        )
    }
}

impl std::error::Error for InvalidId {}

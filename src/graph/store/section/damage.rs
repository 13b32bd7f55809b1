//! Errors of snapshots.

use std::fmt;
use std::io;

use crate::graph::store::text::{TextKind, code_point, forbidden};

/// Why a file is not a readable snapshot.
#[derive(Debug)]
pub(crate) enum Damage {
    /// The file is something else.
    Foreign,
    /// The file has another version.
    Version(u32),
    /// The file ends too early, or continues after its end.
    Length,
    /// The checksum does not match the bytes.
    Checksum,
    /// The contents contradict each other.
    Inconsistent,
    /// A text has a forbidden character.
    Text {
        /// The field, as named in graph files.
        field: &'static str,
        character: char,
    },
    /// The file could not be read.
    Io(io::Error),
}

impl Damage {
    /// Rejects a text that no graph file could contain.
    pub(crate) fn in_text(field: &'static str, sort: TextKind, text: &str) -> Result<(), Self> {
        forbidden(text, sort).map_or(Ok(()), |character| Err(Self::Text { field, character }))
    }

    /// Rejects bytes that are not such a text.
    pub(crate) fn in_bytes(field: &'static str, sort: TextKind, bytes: &[u8]) -> Result<(), Self> {
        let text = std::str::from_utf8(bytes).map_err(|_| Self::Inconsistent)?;
        Self::in_text(field, sort, text)
    }
}

impl From<io::Error> for Damage {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof { Self::Length } else { Self::Io(error) }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("the file is no snapshot"),
            Self::Version(version) => {
                write!(f, "the snapshot is of version {version}, which is not known here")
            }
            Self::Length => f.write_str("the snapshot is cut short, or something follows it"),
            Self::Checksum => f.write_str("the snapshot is damaged: its checksum is wrong"),
            Self::Inconsistent => f.write_str("the snapshot is damaged: its parts contradict each other"),
            Self::Text { field, character } => {
                let character = code_point(*character);
                write!(f, "the snapshot is damaged: a control character ({character}) in `{field}`")
            }
            Self::Io(error) => write!(f, "cannot read the snapshot: {error}"),
        }
    }
}

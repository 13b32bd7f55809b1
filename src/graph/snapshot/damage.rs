//! What may be wrong with a snapshot.

use std::fmt;
use std::io;

/// Why a file is no snapshot that can be read.
#[derive(Debug)]
pub(crate) enum Damage {
    /// It is something else.
    Foreign,
    /// It is of another version.
    Version(u32),
    /// It ends too early, or goes on where it should end.
    Length,
    /// Its checksum is not that of its bytes.
    Checksum,
    /// It says things that contradict each other.
    Inconsistent,
    /// It could not be read.
    Io(io::Error),
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
            Self::Io(error) => write!(f, "cannot read the snapshot: {error}"),
        }
    }
}

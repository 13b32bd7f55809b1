//! Snapshots as files.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::folder::{Unread, at, cannot_read, not_regular};
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::{Damage, Graph, GraphData, snapshot};

impl Graph {
    /// Writes the graph as a snapshot: a file that [`Graph::open`] reads many times faster than RON, if its name ends
    /// in `.keiretsu`. It holds everything but the [warnings](Graph::warnings).
    ///
    /// The same graph gives the same bytes. A snapshot is read by the version of the form that wrote it only: keep the
    /// files it was made of.
    ///
    /// A text with a control character, which no graph file can have, is damage. Ids, names, titles and sources are looked at
    /// when a snapshot is opened; other texts where they are given out, as U+FFFD if they are damaged, and by
    /// [`Graph::check`]: to look through all of them would take longer than to open it.
    ///
    /// # Errors
    /// What the writer says.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// # let graph = Graph::from_ron(r#"Graph(companies: { "a": (name: "A") })"#)?;
    /// let mut bytes = Vec::new();
    /// graph.write_snapshot(&mut bytes)?;
    /// let path = std::env::temp_dir().join(format!("keiretsu-doc-{}.keiretsu", std::process::id()));
    /// std::fs::write(&path, bytes)?;
    /// assert_eq!(Graph::open(&path)?.to_records(), graph.to_records());
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn write_snapshot(&self, writer: impl Write) -> io::Result<()> {
        snapshot::write(self.data(), writer)
    }
}

const ANEW: &str = "make it anew with `keiretsu pack`";

/// Whether a path names a snapshot.
pub(super) fn is_snapshot(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "keiretsu")
}

/// Opens a snapshot.
pub(super) fn open(path: &Path) -> Result<Graph, Box<Unread>> {
    // Asked before it is opened: to open a pipe waits for whoever writes to it.
    let metadata = std::fs::metadata(path).map_err(|error| cannot_read(path, error))?;
    if !metadata.is_file() {
        return Err(not_regular(path, "it is not a regular file"));
    }
    opened(path, snapshot::read(|| File::open(path), metadata.len()))
}

/// Opens a snapshot that is in memory.
pub(super) fn of_bytes(path: &Path, bytes: &[u8]) -> Result<Graph, Box<Unread>> {
    opened(path, snapshot::read(|| Ok(io::Cursor::new(bytes)), bytes.len() as u64))
}

/// Whether bytes begin as a snapshot does.
pub(super) fn has_signature(bytes: &[u8]) -> bool {
    bytes.starts_with(&snapshot::MAGIC)
}

fn opened(path: &Path, read: Result<GraphData, Damage>) -> Result<Graph, Box<Unread>> {
    match read {
        Ok(data) => Ok(Graph::from_data(data)),
        Err(Damage::Io(error)) => Err(cannot_read(path, error)),
        Err(damage) => Err(damaged(path, &damage.to_string(), ANEW)),
    }
}

/// Looks at the texts of a snapshot that opening it passes by.
pub(super) fn checked(path: &Path, graph: Graph) -> Result<Graph, Box<Unread>> {
    match snapshot::check_texts(graph.data()) {
        Ok(()) => Ok(graph),
        Err(damage) => Err(damaged(path, &damage.to_string(), ANEW)),
    }
}

/// A snapshot stands for a whole graph.
pub(super) fn not_alone(path: &Path) -> Box<Unread> {
    damaged(path, "a snapshot is a graph of its own", "open it alone, or export it as RON first")
}

fn damaged(path: &Path, message: &str, hint: &str) -> Box<Unread> {
    at(path, Diagnostic::new(Code::BadSnapshot, message).hint(hint))
}

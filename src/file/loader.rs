//! The one way in: files, folders, snapshots, text or bytes, within limits, with progress.

use std::fmt;
use std::path::Path;

use super::load::{self, Input, finish, load, owned};
use super::place::Text;
use super::{folder, snapshot};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::Graph;
use crate::limits::{Cancel, Limits};

/// Loads graphs from wherever they are, within limits.
///
/// [`Graph::open`] and [`Graph::from_ron`] do the same with the default limits.
///
/// ```
/// use keiretsu::{Limits, Loader};
/// let loader = Loader::new().limits(Limits::strict());
/// let graph = loader.text(r#"Graph(companies: { "acme": (name: "Acme") })"#)?;
///
/// let mut snapshot = Vec::new(); // from an object store, say
/// graph.write_snapshot(&mut snapshot)?;
/// assert_eq!(loader.bytes(&snapshot)?.to_records(), graph.to_records());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Loader<'p> {
    limits: Limits,
    progress: Option<&'p (dyn Fn(Progress) + Sync)>,
}

/// How far the reading of a graph is. After the last byte the graph is built, which takes about as long again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// Bytes read so far.
    pub bytes: u64,
    /// Bytes of all files.
    pub total: u64,
}

impl<'p> Loader<'p> {
    /// A loader with the default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses these limits. Their [cancel flag](Limits::cancelled_by) ends the reading between two records, or before the
    /// graph is built.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Reports progress: about every 1,024 records, and once at the end of the last file. It may be called from
    /// another thread. Snapshots, which are read in milliseconds, report nothing.
    ///
    /// ```
    /// use keiretsu::{Loader, Progress};
    /// let report = |progress: Progress| eprintln!("{} of {} bytes", progress.bytes, progress.total);
    /// let graph = Loader::new().progress(&report).open("graphs")?;
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn progress(self, report: &'p (dyn Fn(Progress) + Sync)) -> Self {
        Self { progress: Some(report), ..self }
    }

    /// Loads a graph file, a folder whose graph files together are one graph, or a snapshot.
    ///
    /// # Errors
    /// As [`Graph::open`]; [`ErrorKind::Cancelled`] if the cancel flag was set.
    pub fn open(&self, path: impl AsRef<Path>) -> Result<Graph> {
        self.open_all([path])
    }

    /// Loads several files and folders as one graph.
    ///
    /// # Errors
    /// As [`Loader::open`].
    pub fn open_all(&self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Graph> {
        let paths = owned(paths);
        match load::only_snapshot(&paths) {
            Some(path) => finish_snapshot(snapshot::open(path)),
            None => self.read(load::input(&paths, &self.limits)),
        }
    }

    /// Loads a graph from the text of a graph file.
    ///
    /// # Errors
    /// As [`Loader::open`].
    pub fn text(&self, text: &str) -> Result<Graph> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let file = Path::new("<text>");
        let mut input = Input::of(file);
        match folder::within(file, text.len() as u64, &self.limits) {
            Ok(()) => input.texts.push(Text::new(file, text.to_owned())),
            Err(problem) => input.unread(*problem),
        }
        self.read(input)
    }

    /// Loads a graph from the bytes of a graph file or of a snapshot; the first bytes tell which.
    ///
    /// # Errors
    /// As [`Loader::open`].
    pub fn bytes(&self, bytes: &[u8]) -> Result<Graph> {
        let file = Path::new("<bytes>");
        if snapshot::has_signature(bytes) {
            return finish_snapshot(snapshot::of_bytes(file, bytes));
        }
        let mut input = Input::of(file);
        let text = folder::within(file, bytes.len() as u64, &self.limits);
        match text.and_then(|()| folder::decode(file, bytes.to_vec())) {
            Ok(text) => input.texts.push(Text::new(file, text)),
            Err(problem) => input.unread(*problem),
        }
        self.read(input)
    }

    fn read(&self, input: Input) -> Result<Graph> {
        let total = input.texts.iter().map(|text| text.text.len() as u64).sum();
        let watch = Watch { report: self.progress, cancel: self.limits.cancel.as_ref(), before: 0, total };
        match load(input, &self.limits, watch) {
            Some(loaded) => finish(loaded),
            None => Err(Error::new(ErrorKind::Cancelled, "the reading was cancelled")),
        }
    }
}

fn finish_snapshot(opened: Result<Graph, Box<folder::Unread>>) -> Result<Graph> {
    opened.map_err(|problem| Error::invalid(vec![problem.diagnostic]).cause(problem.cause))
}

impl fmt::Debug for Loader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").field("limits", &self.limits).finish_non_exhaustive()
    }
}

/// What watches a reading: whoever wants to know how far it is, and whoever may end it.
#[derive(Clone, Copy)]
pub(super) struct Watch<'w> {
    report: Option<&'w (dyn Fn(Progress) + Sync)>,
    cancel: Option<&'w Cancel>,
    /// Bytes of the files before the one that is read.
    before: u64,
    total: u64,
}

/// Reports and looks at the flag after this many records.
const OFTEN: usize = 1_024;

impl Watch<'_> {
    /// Nobody watches.
    pub(super) const NOBODY: Self = Self { report: None, cancel: None, before: 0, total: 0 };

    /// The watch over a file that comes after so many bytes.
    pub(super) const fn after(self, before: u64) -> Self {
        Self { before, ..self }
    }

    /// The n-th record of the file begins at this byte.
    pub(super) fn at(&self, n: usize, byte: u32) {
        if n.is_multiple_of(OFTEN) {
            self.reached(u64::from(byte));
        }
    }

    /// So many bytes of the file are read.
    pub(super) fn reached(&self, bytes: u64) {
        if let Some(report) = self.report {
            report(Progress { bytes: self.before + bytes, total: self.total });
        }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(Cancel::is_cancelled)
    }
}

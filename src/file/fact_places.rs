//! Where the facts of a graph stand in the files that it was opened from.

use std::path::{Path, PathBuf};

use super::load;
use crate::diagnostic::Location;
use crate::graph::{Fact, Graph};
use crate::limits::Limits;
use crate::model::Attribute;

impl Graph {
    /// Where facts stand in the files that their graph was opened from; of each an attribute, if the file states it.
    ///
    /// A graph keeps no places: the files are read once more, in about the time that it takes to open them. A fact has no
    /// place if the graph came from a snapshot, or if the files have changed and do not state it there any more.
    ///
    /// ```
    /// # use keiretsu::{Attribute, Graph, Limits};
    /// let (path, limits) = ("graphs/ownership/01-chain.ron", Limits::default());
    /// let graph = Graph::open(path)?;
    /// let fact = graph.view().facts().next().unwrap();
    /// let places = Graph::places([path], &limits, &[(fact, Attribute::Share)]);
    /// let place = places[0].as_ref().unwrap();
    /// assert!(place.source_line.contains("share: \"60%\""), "{place}");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn places(
        paths: impl IntoIterator<Item = impl AsRef<Path>>,
        limits: &Limits,
        facts: &[(Fact<'_>, Attribute)],
    ) -> Vec<Option<Location>> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
        load::places(&paths, limits, facts)
    }
}

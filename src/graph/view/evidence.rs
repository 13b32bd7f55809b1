//! Handles for sources and for what they say.

use super::view::View;
use crate::graph::store::evidence::Said;
use crate::graph::store::index::SourceIx;
use crate::model::{SourceRecord, Stance};

/// A source of the graph.
#[derive(Clone, Copy, Debug)]
pub struct Source<'g> {
    view: View<'g>,
    index: SourceIx,
}

impl<'g> Source<'g> {
    pub(crate) const fn new(view: View<'g>, index: SourceIx) -> Self {
        Self { view, index }
    }

    /// The full record.
    #[must_use]
    pub fn record(self) -> &'g SourceRecord {
        crate::graph::store::at(&self.view.data().sources, self.index.get())
    }

    pub(crate) const fn index(self) -> SourceIx {
        self.index
    }

    pub(crate) const fn view(self) -> View<'g> {
        self.view
    }

    /// Its id.
    #[must_use]
    pub fn id(self) -> &'g str {
        self.record().id.as_str()
    }

    /// Its title.
    #[must_use]
    pub fn title(self) -> &'g str {
        &self.record().title
    }
}

impl PartialEq for Source<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.view.is_same_graph(other.view) && self.index == other.index
    }
}

impl Eq for Source<'_> {}

/// What one source says about a fact or entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence<'g> {
    source: Source<'g>,
    said: Said<'g>,
}

impl<'g> Evidence<'g> {
    pub(crate) const fn new(view: View<'g>, said: Said<'g>) -> Self {
        Self { source: Source::new(view, said.source), said }
    }

    /// The source.
    #[must_use]
    pub const fn source(self) -> Source<'g> {
        self.source
    }

    /// Its words, if quoted.
    #[must_use]
    pub const fn quote(self) -> Option<&'g str> {
        self.said.quote
    }

    /// Where in the source.
    #[must_use]
    pub const fn locator(self) -> Option<&'g str> {
        self.said.locator
    }

    /// Who said it, if the source reports somebody's words.
    #[must_use]
    pub const fn said_by(self) -> Option<&'g str> {
        self.said.said_by
    }

    /// Whether it supports, refutes or only mentions.
    #[must_use]
    pub const fn stance(self) -> Stance {
        self.said.stance
    }
}

//! A graph straight into its columns, from rows that are checked one by one: for millions of them.

mod entities;
mod facts;

pub(crate) use entities::{EntityPart, Finder};
pub(crate) use facts::{FactPart, FactSink, Refused};

use super::derive::Misfit;
use super::project::TooMany;
use super::resolve::too_many;
use crate::error::{Error, Result};
use crate::graph::store::data::{Draft, GraphData};
use crate::limits::Limits;

/// A graph laid out, and the purchases and sales in it whose figures do not meet what is stated.
pub(crate) struct Frozen {
    pub(crate) data: GraphData,
    pub(crate) misfits: Vec<Misfit>,
}

/// Takes entities first, then sources and facts, each resolved and checked by its caller.
pub(crate) struct Bulk {
    draft: Draft,
    ids: entities::Ids,
    taken: facts::Taken,
}

impl Bulk {
    /// A graph of about so many entities.
    pub(crate) fn new(title: Option<String>, entities: usize) -> Self {
        Self {
            draft: Draft { title, ..Draft::default() },
            ids: entities::Ids::with_capacity(entities),
            taken: facts::Taken::default(),
        }
    }

    /// Makes room for so many times these entities.
    pub(crate) fn expect(&mut self, part: &EntityPart, times: usize) {
        self.draft.entities.expect(&part.0, times);
    }

    /// Adds entities; those whose id is taken go to `refuse`.
    pub(crate) fn entities(&mut self, part: &EntityPart, mut refuse: impl FnMut(usize, &str)) {
        self.ids.add(&part.0, &mut self.draft.entities, &mut refuse);
    }

    /// Ends the entities: from here on they have their places; where each has gone that was added.
    pub(crate) fn entities_done(&mut self) -> Vec<u32> {
        let places = self.draft.entities.sort();
        self.ids.renumber(&places);
        places
    }

    /// What finds entities, and what takes facts.
    pub(crate) fn halves(&mut self) -> (Finder<'_>, FactSink<'_>) {
        let Self { draft: Draft { entities, facts, sources, .. }, ids, taken } = self;
        (Finder { ids, entities }, FactSink { facts, sources, taken })
    }

    /// Lays out the graph, of which a text says what it is.
    pub(crate) fn freeze(self, description: Option<String>, limits: &Limits) -> Result<Frozen> {
        let Self { mut draft, ids, taken } = self;
        draft.description = description;
        drop((ids, taken));
        match draft.freeze(limits.relations) {
            Ok((data, misfits)) => Ok(Frozen { data, misfits }),
            Err(TooMany(_)) => Err(Error::invalid(vec![too_many(None, limits).diagnostic])),
        }
    }
}

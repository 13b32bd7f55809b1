//! Builds a graph directly in columns from rows that are checked one by one, for millions of them.

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

/// A finished graph, with the purchases and sales whose figures contradict the stakes that are stated.
pub(crate) struct Frozen {
    pub(crate) data: GraphData,
    pub(crate) misfits: Vec<Misfit>,
}

/// Takes entities first, then sources and facts, each resolved and checked by the caller.
pub(crate) struct Bulk {
    draft: Draft,
    ids: entities::Ids,
    taken: facts::Taken,
}

impl Bulk {
    /// An empty graph, with room for about this many entities.
    pub(crate) fn new(title: Option<String>, entities: usize) -> Self {
        Self {
            draft: Draft { title, ..Draft::default() },
            ids: entities::Ids::with_capacity(entities),
            taken: facts::Taken::default(),
        }
    }

    /// Reserves room for this many times the entities of a part.
    pub(crate) fn expect(&mut self, part: &EntityPart, times: usize) {
        self.draft.entities.expect(&part.0, times);
    }

    /// Appends entities. Those whose id is taken go to `refuse`.
    pub(crate) fn entities(&mut self, part: &EntityPart, mut refuse: impl FnMut(usize, &str)) {
        self.ids.add(&part.0, &mut self.draft.entities, &mut refuse);
    }

    /// Sorts the entities, after which no more may be added. Returns the new index of each entity, in the order added.
    pub(crate) fn entities_done(&mut self) -> Vec<u32> {
        let places = self.draft.entities.sort();
        self.ids.renumber(&places);
        places
    }

    /// The finder of entities and the sink for facts, to be used side by side.
    pub(crate) fn halves(&mut self) -> (Finder<'_>, FactSink<'_>) {
        let Self { draft: Draft { entities, facts, sources, .. }, ids, taken } = self;
        (Finder { ids, entities }, FactSink { facts, sources, taken })
    }

    /// Freezes the graph, with its description.
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

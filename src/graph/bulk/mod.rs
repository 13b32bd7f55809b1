//! A graph straight into its columns, from rows that are checked one by one: for millions of them.

mod entities;
mod facts;

pub(crate) use entities::{EntityPart, Finder};
pub(crate) use facts::{FactPart, FactSink, Refused};

use super::freeze::Draft;
use super::project::TooMany;
use super::{Graph, build};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::model::{Attribute, AttributeValue, FactField};
use crate::value::Date;

/// Takes entities first, then sources and facts, each resolved and checked by its caller.
pub(crate) struct Bulk {
    draft: Draft,
    ids: entities::Ids,
    taken: facts::Taken,
}

/// A fact in the form that rows of tables have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlainFact<'t> {
    pub(crate) id: Option<&'t str>,
    pub(crate) announced: Option<When>,
    pub(crate) since: Option<When>,
    pub(crate) completed: Option<When>,
    pub(crate) until: Option<When>,
    /// An amount of money, as it prints.
    pub(crate) amount: Option<&'t str>,
    /// A share, as it prints, and whether it is surely more than half.
    pub(crate) share: Option<(&'t str, bool)>,
    /// The text that names its source.
    pub(crate) source: Option<&'t str>,
    /// When that was published.
    pub(crate) published: Option<Date>,
    /// What the source says, if more than its name is known.
    pub(crate) words: Option<&'t Words>,
    /// What else there is: fields in their order, then attributes.
    pub(crate) details: &'t [Detail],
}

/// What a source says, where in it, and who said it there; and which other sources say the same of the fact.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) quote: Option<String>,
    pub(crate) locator: Option<String>,
    pub(crate) said_by: Option<String>,
    pub(crate) others: Vec<String>,
}

/// A field of a fact that few tables have.
#[derive(Clone, Debug)]
pub(crate) enum Detail {
    When(FactField, When),
    /// A value as it prints.
    Text(FactField, String),
    Attribute(Attribute, AttributeValue),
}

/// A date, or one day by its number; of an end, whether one is known.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Day(i32),
    Date(Date),
    /// It is said to go on; only of an end.
    Open,
    /// It ended, not known when; only of an end.
    Unknown,
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

    /// Ends the entities: from here on they have their places.
    pub(crate) fn entities_done(&mut self) {
        let places = self.draft.entities.sort();
        self.ids.renumber(&places);
    }

    /// What finds entities, and what takes facts.
    pub(crate) fn halves(&mut self) -> (Finder<'_>, FactSink<'_>) {
        let Self { draft: Draft { entities, facts, sources, .. }, ids, taken } = self;
        (Finder { ids, entities }, FactSink { facts, sources, taken })
    }

    /// Lays out the graph, of which a text says what it is.
    pub(crate) fn freeze(self, description: Option<String>, limits: &Limits) -> Result<Graph> {
        let Self { mut draft, ids, taken } = self;
        draft.description = description;
        drop((ids, taken));
        match draft.freeze(limits.relations).map(|(data, _)| data) {
            Ok(data) => Ok(Graph::from_data(data)),
            Err(TooMany(_)) => Err(Error::invalid(vec![build::too_many(None, limits).diagnostic])),
        }
    }
}

//! A graph straight into its columns, from rows that are checked one by one: for millions of them.

use std::collections::HashSet;

use super::freeze::Draft;
use super::index::{EntityIx, SourceIx};
use super::project::TooMany;
use super::store::fact_fields;
use super::store::facts::{Facts, Marks};
use super::store::ids::IdTable;
use super::store::short_ids::ShortIds;
use super::store::texts::Texts;
use super::{Graph, build};
use crate::error::{Error, Result};
use crate::limits::Limits;
use crate::model::{EntityKind, FactKind, Id, Role, SourceRecord};
use crate::value::Date;

/// Takes entities first, then sources and facts, each resolved and checked by its caller.
pub(crate) struct Bulk {
    draft: Draft,
    short_ids: Option<ShortIds>,
    /// Which text is which source.
    source_texts: Texts,
    source_table: IdTable,
    source_ids: HashSet<Id>,
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
    pub(crate) source: Option<SourceIx>,
}

/// A date, or one day by its number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Day(i32),
    Date(Date),
}

impl Bulk {
    pub(crate) fn new(title: Option<String>) -> Self {
        Self {
            draft: Draft { title, ..Draft::default() },
            short_ids: None,
            source_texts: Texts::default(),
            source_table: IdTable::default(),
            source_ids: HashSet::new(),
        }
    }

    /// Makes room for about so many entities.
    pub(crate) fn expect_entities(&mut self, entities: usize) {
        self.draft.entities.expect(entities);
    }

    /// Adds an entity; false, and nothing, if its id is taken.
    pub(crate) fn entity(&mut self, kind: EntityKind, id: &str, name: &str, country: Option<&str>) -> bool {
        self.draft.entities.add(kind, id, name, country)
    }

    /// Ends the entities: from here on they have their places.
    pub(crate) fn entities_done(&mut self) {
        self.draft.entities.sort();
        self.short_ids = Some(ShortIds::new(&self.draft.entities));
    }

    /// The entity of an id.
    pub(crate) fn find(&self, id: &str) -> Option<EntityIx> {
        let short = self.short_ids.as_ref().map_or(Err(()), |ids| ids.find(id));
        short.unwrap_or_else(|()| self.draft.entities.find(id))
    }

    /// Fetches what will be looked for soon.
    pub(crate) fn touch(&self, ids: impl Iterator<Item = impl AsRef<[u8]>>) {
        if let Some(short_ids) = &self.short_ids {
            let read = ids.fold(0, |sum: u64, id| sum ^ short_ids.touch(id.as_ref()));
            std::hint::black_box(read);
        }
    }

    /// The source that a text names.
    pub(crate) fn find_source(&self, text: &str) -> Option<SourceIx> {
        self.source_table.find(text, |n| self.source_texts.get(n)).map(SourceIx::new)
    }

    /// Adds a source that a text names, with an id made of the text.
    pub(crate) fn add_source(&mut self, text: &str) -> SourceIx {
        let Self { source_texts: texts, source_table: table, source_ids, draft, .. } = self;
        let number = texts.len();
        if let Some(known) = table.insert(text, number, |n| texts.get(n)) {
            return SourceIx::new(known);
        }
        texts.push(text);
        let id = free_id(text, number, source_ids);
        draft.sources.push(SourceRecord::new(id, text));
        SourceIx::new(number)
    }

    /// Adds a fact whose roles fit its kind.
    pub(crate) fn fact(&mut self, kind: FactKind, roles: &[(Role, EntityIx)], fact: PlainFact<'_>) {
        let facts: &mut Facts = &mut self.draft.facts;
        fact_fields::write_plain(facts.fields_mut(), fact);
        let majority = fact.share.is_some_and(|(_, majority)| majority);
        facts.push(kind, Marks { counts: true, sought: false, refuted: false, majority }, roles);
    }

    /// Lays out the graph.
    pub(crate) fn freeze(self, limits: &Limits) -> Result<Graph> {
        let Self { draft, short_ids, .. } = self;
        drop(short_ids);
        match draft.freeze(limits.relations) {
            Ok(data) => Ok(Graph::from_data(data)),
            Err(TooMany(_)) => Err(Error::invalid(vec![build::too_many(None, limits).diagnostic])),
        }
    }
}

/// An id is made of so many characters of a text at most.
const LONGEST: usize = 80;

/// An id that is not taken: made of a text, with a number behind it if need be.
fn free_id(text: &str, number: usize, taken: &mut HashSet<Id>) -> Id {
    let start = text.char_indices().nth(LONGEST).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    let slug = Id::slug(start).unwrap_or_else(|| Id::unchecked("source"));
    let mut id = slug.clone();
    let mut next = number + 1;
    while !taken.insert(id.clone()) {
        id = Id::unchecked(&format!("{slug}-{next}"));
        next += 1;
    }
    id
}

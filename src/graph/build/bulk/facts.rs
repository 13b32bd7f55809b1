//! Facts read from a table, a part at a time.

use std::collections::HashSet;

use crate::diagnostic::{Code, shown};
use crate::graph::store::evidence::Said;
use crate::graph::store::fact_fields;
use crate::graph::store::facts::{Facts, Marks};
use crate::graph::store::fields::{Blobs, Fields};
use crate::graph::store::ids::IdTable;
use crate::graph::store::index::{EntityIx, SourceIx};
use crate::graph::store::plain::{Detail, PlainFact, When, Words};
use crate::graph::store::texts::Texts;
use crate::model::fact_field::tag;
use crate::model::{FactField, FactKind, FactRecord, Id, Role, SourceRecord, Stance, Status};
use crate::value::{Date, Day};

/// Some facts, in table order, with ids not yet compared and sources not yet numbered.
#[derive(Default)]
pub(crate) struct FactPart {
    rows: Vec<Row>,
    roles: Vec<(Role, EntityIx)>,
    /// Two records for each fact: the fields before its source, and those after it.
    fields: Blobs,
    ids: Texts,
    sources: PartSources,
    /// What sources say, and the numbers of further sources, for the few rows that state them.
    words: Vec<(usize, Words, Vec<u32>)>,
}

struct Row {
    kind: FactKind,
    has_id: bool,
    marks: Marks,
    roles: u32,
    source: Option<u32>,
    published: Option<Date>,
}

/// The sources seen so far, numbered within the part.
#[derive(Default)]
struct PartSources {
    names: Named,
    /// Their indices in the graph, where known.
    numbers: Vec<Option<SourceIx>>,
}

impl PartSources {
    /// The number of a source. A new source gets the next one.
    fn number(&mut self, text: &str) -> u32 {
        let (number, is_new) = self.names.insert(text);
        if is_new {
            self.numbers.push(None);
        }
        number as u32
    }
}

/// Forget the sources after this many: where there are many, they seldom recur.
const REMEMBERED: usize = 1 << 14;

/// Numbered texts.
#[derive(Default)]
pub(crate) struct Named {
    texts: Texts,
    table: IdTable,
}

impl Named {
    fn find(&self, text: &str) -> Option<usize> {
        self.table.find(text, |n| self.texts.get(n))
    }

    /// The number of a text, and whether it is new.
    fn insert(&mut self, text: &str) -> (usize, bool) {
        let Self { texts, table } = self;
        let number = texts.len();
        if let Some(known) = table.insert(text, number, |n| texts.get(n)) {
            return (known, false);
        }
        texts.push(text);
        (number, true)
    }
}

impl FactPart {
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.roles.clear();
        self.fields.clear();
        self.ids.clear();
        self.words.clear();
        if self.sources.numbers.len() > REMEMBERED {
            self.sources = PartSources::default();
        }
    }

    /// Adds a fact, whose roles must fit its kind.
    pub(crate) fn push(&mut self, kind: FactKind, roles: &[(Role, EntityIx)], fact: PlainFact<'_>) {
        fact_fields::write_before_source(&mut self.fields, fact);
        fact_fields::write_behind_source(&mut self.fields, fact);
        self.roles.extend_from_slice(roles);
        if let Some(id) = fact.id {
            self.ids.push(id);
        }
        let source = fact.source.map(|text| self.sources.number(text));
        if let Some(words) = fact.words {
            self.keep_words(words);
        }
        let majority = fact.share.is_some_and(|(_, majority)| majority);
        let marks = Marks { counts: true, sought: false, refuted: false, majority };
        let marks = if fact.details.is_empty() { marks } else { marked(marks, kind, fact.details) };
        let (has_id, roles, published) = (fact.id.is_some(), roles.len() as u32, fact.published);
        self.rows.push(Row { kind, has_id, marks, roles, source, published });
    }

    /// Keeps what the source of the next fact says.
    #[cold]
    fn keep_words(&mut self, words: &Words) {
        let others = words.others.iter().map(|text| self.sources.number(text)).collect();
        self.words.push((self.rows.len(), words.clone(), others));
    }
}

/// Names already taken by the facts so far.
#[derive(Default)]
pub(crate) struct Taken {
    /// Source numbers by text.
    sources: Named,
    source_ids: HashSet<Id>,
    fact_ids: Named,
}

/// The field because of which a fact is refused.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Refused {
    Id,
    Source,
    /// One of the further sources.
    Others,
    Published,
}

/// Why something is refused: its error code and a message.
type Reason = (Code, String);

/// Appends facts and their sources to the graph.
pub(crate) struct FactSink<'b> {
    pub(crate) facts: &'b mut Facts,
    pub(crate) sources: &'b mut Vec<SourceRecord>,
    pub(crate) taken: &'b mut Taken,
}

impl FactSink<'_> {
    /// Reserves room for this many times the facts of a part.
    pub(crate) fn expect(&mut self, part: &FactPart, times: usize) {
        /// Typical packed size of a source, in bytes.
        const SOURCE: usize = 5;
        let (facts, roles) = (part.rows.len(), part.roles.len());
        let bytes = part.fields.byte_count() + facts * SOURCE;
        let all = |one: usize| one.saturating_mul(times);
        self.facts.expect(all(facts), all(roles), all(bytes));
    }

    /// Appends facts. Those whose id is taken, or whose source is new and not allowed, go to `refuse`.
    pub(crate) fn add(
        &mut self,
        part: &mut FactPart,
        allow: impl Fn(&str) -> Result<(), Reason>,
        mut refuse: impl FnMut(usize, Refused, Reason),
    ) {
        let (mut first, mut ids, mut words) = (0, 0, part.words.iter().peekable());
        for (n, row) in part.rows.iter().enumerate() {
            let roles = part.roles.get(first..first + row.roles as usize).unwrap_or_default();
            first += row.roles as usize;
            let words = words.next_if(|(own, ..)| *own == n);
            if row.has_id {
                let id = part.ids.get(ids);
                ids += 1;
                if !self.taken.fact_ids.insert(id).1 {
                    let reason = format!("the id `{}` is taken by a row before", shown(id));
                    refuse(n, Refused::Id, (Code::Conflict, reason));
                    continue;
                }
            }
            if let Some(reason) = words.and_then(|(.., others)| {
                others.iter().find_map(|own| allow(part.sources.names.texts.get(*own as usize)).err())
            }) {
                refuse(n, Refused::Others, reason);
                continue;
            }
            let source = match row.source.map(|own| self.source(own, &mut part.sources, &allow)) {
                Some(Err(reason)) => {
                    refuse(n, Refused::Source, reason);
                    continue;
                }
                Some(Ok(source)) => Some(source),
                None => None,
            };
            if let Some((source, date)) = source.zip(row.published)
                && let Some(record) = self.sources.get_mut(source.get())
                && let Some(other) = record.published.replace(date).filter(|other| *other != date)
            {
                record.published = Some(other);
                let title = shown(&record.title);
                refuse(
                    n,
                    Refused::Published,
                    (
                        Code::Conflict,
                        format!("the source `{title}` is published {other} in a row before, and {date} here"),
                    ),
                );
                continue;
            }
            let (before, behind) = (part.fields.of(2 * n), part.fields.of(2 * n + 1));
            match words {
                Some((_, words, others)) => {
                    let others =
                        others.iter().filter_map(|own| self.source(*own, &mut part.sources, &allow).ok());
                    let others: Vec<SourceIx> = others.collect();
                    let said = source.map(|source| words.said(source));
                    let said =
                        said.into_iter().chain(others.into_iter().map(|other| Words::default().said(other)));
                    write_with_words(self.facts.fields_mut(), &before, said, &behind);
                }
                None => fact_fields::write_with_source(self.facts.fields_mut(), &before, source, &behind),
            }
            self.facts.push(row.kind, row.marks, roles);
        }
    }

    /// The source of a number in a part. Creates one if there is none, with an id derived from the text.
    #[inline]
    fn source(
        &mut self,
        own: u32,
        part: &mut PartSources,
        allow: impl Fn(&str) -> Result<(), Reason>,
    ) -> Result<SourceIx, Reason> {
        let Some(number) = part.numbers.get_mut(own as usize) else {
            return Err((Code::UnknownSource, String::new()));
        };
        if let Some(known) = number {
            return Ok(*known);
        }
        let text = part.names.texts.get(own as usize);
        let found = match self.taken.sources.find(text) {
            Some(found) => found,
            None => {
                allow(text)?;
                let (found, _) = self.taken.sources.insert(text);
                let id = free_id(text, found, &mut self.taken.source_ids);
                self.sources.push(SourceRecord::new(id, text));
                found
            }
        };
        Ok(*number.insert(SourceIx::new(found)))
    }
}

/// Writes the fields of a fact from a table: both parts, with what its sources say in between.
#[cold]
fn write_with_words(
    blobs: &mut Blobs,
    before: &Fields<'_>,
    said: impl Iterator<Item = Vec<u8>>,
    behind: &Fields<'_>,
) {
    blobs.copy(before);
    said.for_each(|packed| blobs.bytes(tag::evidence, &packed));
    blobs.copy(behind);
    blobs.end_record();
}

impl Words {
    /// Packs what a source says.
    fn said(&self, source: SourceIx) -> Vec<u8> {
        let Self { quote, locator, said_by, .. } = self;
        let (quote, locator, said_by) = (quote.as_deref(), locator.as_deref(), said_by.as_deref());
        Said { source, quote, locator, said_by, stance: Stance::Supports }.pack()
    }
}

/// The marks of a fact, adjusted for its status and for having been called off.
fn marked(marks: Marks, kind: FactKind, details: &[Detail]) -> Marks {
    let mut record = FactRecord::new(kind);
    for detail in details {
        match detail {
            Detail::Text(FactField::Status, status) => record.status = Status::from_name(status),
            Detail::When(FactField::Withdrawn, When::Day(number)) => {
                record.withdrawn = Day::from_number(*number).map(Date::day);
            }
            Detail::When(FactField::Withdrawn, When::Date(date)) => record.withdrawn = Some(*date),
            _ => {}
        }
    }
    Marks { counts: record.counts(), sought: record.status == Some(Status::Sought), ..marks }
}

/// Ids use at most this many characters of the text.
const LONGEST: usize = 80;

/// A free id derived from a text, with a number appended if needed.
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

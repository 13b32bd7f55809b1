//! From RON text to parts with places: one section, record or fact at a time, nothing interpreted yet.
//!
//! ron hands out slices of its input, so a place is the distance of two pointers. What stands where is also known,
//! from what has been read before it, and its look tells ron what to read (`node.rs`): so a text of the usual look is
//! read once, and a value of a wrong shape has a place and does not end the reading of its file. Nearly all of a text
//! does not come here at all (`usual.rs`).

use std::borrow::Cow;
use std::fmt;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::blank;
use super::node::{Any, FieldList, Fields, Key, Node, Read, Value, after_colon, next, unread};
use super::schema::{Record, SECTIONS, Section};
use super::usual;
use crate::model::FactKind;

/// Brackets may be nested so deep; ron counts two for each level.
pub(crate) const DEPTH: usize = 64;

/// A place: bytes of the text, from and up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A part of the graph, as it comes.
#[derive(Debug)]
pub(crate) enum Part<'t> {
    /// A section begins.
    Section(Key<'t>),
    /// A section that is a single value.
    Value(Key<'t>, Node<'t>),
    /// A record with an id.
    Record(Record, Key<'t>, FieldList<'t>),
    /// A fact; its kind as written, `None` with it if there is no such kind.
    Fact(Key<'t>, Option<FactKind>, FieldList<'t>),
    /// A section that the format does not have; skipped.
    UnknownSection(Key<'t>),
    /// A section of another shape than it should have; skipped.
    OddSection(Key<'t>, Section, Node<'t>),
    /// The id of a record that is not a text; its record is skipped.
    OddId(Node<'t>),
    /// A record of another shape than fields in brackets; skipped.
    OddRecord(Record, Key<'t>, Node<'t>),
    /// What stands among the facts and is none; skipped.
    OddFact(Node<'t>),
}

/// Why reading ended early.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) error: ron::Error,
    /// How many bytes of the text were read.
    pub(crate) at: usize,
}

/// Reads a graph, giving out its parts in order.
pub(crate) fn read<'t>(text: &'t str, emit: &mut dyn FnMut(Part<'t>)) -> Result<(), Failure> {
    let origin = Origin::new(text);
    let mut given = 0_usize;
    let usual = usual::read(origin, &mut |part| {
        given += 1;
        emit(part);
    });
    if usual.is_some() {
        return Ok(());
    }
    // ron begins at the start, and comes to the same parts.
    read_from(origin, &mut |part| match given.checked_sub(1) {
        Some(left) => given = left,
        None => emit(part),
    })
}

/// Reads a graph by ron alone; with `is_odd`, every value is first taken as it is written.
pub(super) fn read_from<'t>(origin: Origin<'t>, emit: &mut dyn FnMut(Part<'t>)) -> Result<(), Failure> {
    let text = origin.text;
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options())
        .map_err(|error| Failure { at: offset(text, &error.span.end), error: error.code })?;
    let graph = Graph { origin, emit };
    let read = deserializer.deserialize_struct("Graph", &[], graph).and_then(|()| deserializer.end());
    read.map_err(|error| Failure { error, at: text.len() - deserializer.remainder().len() })
}

pub(super) fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(DEPTH * 2)
}

/// The byte at a line and column.
fn offset(text: &str, position: &ron::error::Position) -> usize {
    let before: usize = text.split_inclusive('\n').take(position.line - 1).map(str::len).sum();
    let line = text.get(before..).unwrap_or_default();
    before + line.char_indices().nth(position.col - 1).map_or(line.len(), |(n, _)| n)
}

/// The text whose slices ron hands out.
#[derive(Clone, Copy)]
pub(super) struct Origin<'t> {
    pub(super) text: &'t str,
    /// It turns extensions of RON on, which change what things look like.
    pub(super) is_odd: bool,
}

impl<'t> Origin<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, is_odd: blank::skip(text).starts_with('#') }
    }

    /// The byte at which a slice of the text starts.
    fn start(self, slice: &str) -> Option<usize> {
        (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)
    }

    /// The place of a slice of the text.
    pub(super) fn span(self, slice: &str) -> Option<Span> {
        let start = self.start(slice)?;
        let end = start.checked_add(slice.len())?;
        if end > self.text.len() {
            return None;
        }
        Some(Span { start: start.try_into().ok()?, end: end.try_into().ok()? })
    }

    /// The text behind a slice of it.
    pub(super) fn behind(self, slice: &str) -> &'t str {
        let end = self.start(slice).map(|start| start + slice.len());
        end.and_then(|end| self.text.get(end..)).unwrap_or_default()
    }

    /// The text from the value on that belongs to a key.
    pub(super) fn value_of(self, key: &Key<'_>) -> &'t str {
        let after = key.span.and_then(|span| self.text.get(span.end as usize..)).unwrap_or_default();
        after_colon(after)
    }
}

struct Graph<'e, 't> {
    origin: Origin<'t>,
    emit: &'e mut dyn FnMut(Part<'t>),
}

impl<'t> Visitor<'t> for Graph<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a graph: Graph( sections )")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { origin, emit } = self;
        while let Some(key) = map.next_key_seed(Name(origin))? {
            let section = SECTIONS.iter().find(|(name, _)| *name == key.text).map(|(_, section)| *section);
            let value = origin.value_of(&key);
            match section {
                None => {
                    map.next_value::<IgnoredAny>()?;
                    emit(Part::UnknownSection(key));
                }
                Some(Section::Value) => {
                    let node = map.next_value_seed(Any::new(origin, value))?.value;
                    emit(Part::Value(key, node));
                }
                Some(Section::Records(record)) if value.starts_with('{') => {
                    emit(Part::Section(key));
                    map.next_value_seed(Records { origin, text: value, record, emit })?;
                }
                Some(Section::Facts) if value.starts_with('[') => {
                    emit(Part::Section(key));
                    map.next_value_seed(Facts { origin, text: value, emit })?;
                }
                Some(section) => {
                    let node = map.next_value_seed(Any::new(origin, value))?.value;
                    emit(Part::OddSection(key, section, node));
                }
            }
        }
        Ok(())
    }
}

/// A name without quotes.
#[derive(Clone, Copy)]
pub(super) struct Name<'t>(pub(super) Origin<'t>);

impl<'t> DeserializeSeed<'t> for Name<'t> {
    type Value = Key<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Key<'t>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'t> Visitor<'t> for Name<'t> {
    type Value = Key<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Key<'t>, E> {
        Ok(Key { text: Cow::Borrowed(text), span: self.0.span(text) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'t>, E> {
        Ok(Key { text: Cow::Owned(text.to_owned()), span: None })
    }
}

/// A section of records: `{ "id": (fields) }`.
struct Records<'e, 't> {
    origin: Origin<'t>,
    /// The text from its opening brace on.
    text: &'t str,
    record: Record,
    emit: &'e mut dyn FnMut(Part<'t>),
}

impl<'t> DeserializeSeed<'t> for Records<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'t> Visitor<'t> for Records<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records by id: { \"id\": (fields) }")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { origin, text, record, emit } = self;
        let mut rest = blank::skip(text.get(1..).unwrap_or_default());
        while let Some(Read { value: node, rest: behind }) = map.next_key_seed(Any::new(origin, rest))? {
            let value = after_colon(behind);
            let Value::Text(text) = node.value else {
                rest = next(map.next_value_seed(Any::new(origin, value))?.rest);
                emit(Part::OddId(node));
                continue;
            };
            let id = Key { text, span: node.span };
            let read = map.next_value_seed(Entry { origin, text: value, record, id })?;
            rest = next(read.rest);
            emit(read.value);
        }
        Ok(())
    }
}

/// The record that belongs to an id.
pub(super) struct Entry<'t> {
    pub(super) origin: Origin<'t>,
    pub(super) text: &'t str,
    pub(super) record: Record,
    pub(super) id: Key<'t>,
}

impl<'t> DeserializeSeed<'t> for Entry<'t> {
    type Value = Read<'t, Part<'t>>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let Self { origin, text, record, id } = self;
        if has_names(text) {
            let Read { value, rest } = Fields::new(origin, text).deserialize(deserializer)?;
            return Ok(Read { value: Part::Record(record, id, value), rest });
        }
        let Read { value: node, rest } = Any::new(origin, text).deserialize(deserializer)?;
        let value = match node.value {
            Value::Fields(fields) if is_named(origin, node.span, record.name()) => {
                Part::Record(record, id, fields)
            }
            _ => Part::OddRecord(record, id, node),
        };
        Ok(Read { value, rest })
    }
}

/// Whether what stands there is fields in round brackets, or empty brackets.
fn has_names(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('(').map(blank::skip) else { return false };
    let name = blank::name(inside);
    let after = inside.get(name.len()..).unwrap_or_default();
    inside.starts_with(')') || !name.is_empty() && blank::skip(after).starts_with(':')
}

/// Whether a value is written with this name, as in `Company(...)`.
fn is_named(origin: Origin<'_>, span: Option<Span>, name: &str) -> bool {
    let text = span.and_then(|span| origin.text.get(span.start as usize..)).unwrap_or_default();
    blank::name(text) == name
}

/// The list of facts.
struct Facts<'e, 't> {
    origin: Origin<'t>,
    /// The text from its opening bracket on.
    text: &'t str,
    emit: &'e mut dyn FnMut(Part<'t>),
}

impl<'t> DeserializeSeed<'t> for Facts<'_, 't> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'t> Visitor<'t> for Facts<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of facts: [ Kind(fields), ]")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { origin, text, emit } = self;
        let mut rest = blank::skip(text.get(1..).unwrap_or_default());
        while let Some(fact) = seq.next_element_seed(Fact { origin, text: rest })? {
            emit(fact.value);
            rest = next(fact.rest);
        }
        Ok(())
    }
}

/// One fact: `Kind(fields)`.
pub(super) struct Fact<'t> {
    pub(super) origin: Origin<'t>,
    pub(super) text: &'t str,
}

impl<'t> DeserializeSeed<'t> for Fact<'t> {
    type Value = Read<'t, Part<'t>>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        let Self { origin, text } = self;
        let (name, fields) = named_fields(text);
        if let Some(kind) = FactKind::from_name(name).filter(|_| !origin.is_odd && has_names(fields)) {
            let key = Key { text: Cow::Borrowed(name), span: origin.span(name) };
            let fields = deserializer.deserialize_struct(kind.name(), &[], Fields::new(origin, fields))?;
            return Ok(Read { value: Part::Fact(key, Some(kind), fields.value), rest: fields.rest });
        }
        let raw = <&'t RawValue>::deserialize(deserializer)?.get_ron();
        Ok(Read { value: fact(origin, blank::skip(raw)), rest: origin.behind(raw) })
    }
}

/// The name with which a text starts, and the text of the fields that belong to it.
pub(super) fn named_fields(text: &str) -> (&str, &str) {
    let name = blank::name(text);
    (name, blank::skip(text.get(name.len()..).unwrap_or_default()))
}

/// One fact of a text that is known to be well-formed.
fn fact<'t>(origin: Origin<'t>, text: &'t str) -> Part<'t> {
    let (name, fields) = named_fields(text);
    if !name.is_empty() && has_names(fields) {
        let key = Key { text: Cow::Borrowed(name), span: origin.span(name) };
        if let Some(fields) = inner(fields, Fields::new(origin, fields)) {
            return Part::Fact(key, FactKind::from_name(name), fields.value);
        }
    }
    Part::OddFact(unread(origin, text))
}

/// The fact that was read at a byte of the text: its kind as written, and its fields.
pub(crate) fn fact_at(text: &str, start: usize) -> Option<(Key<'_>, FieldList<'_>)> {
    match fact(Origin::new(text), text.get(start..)?) {
        Part::Fact(name, _, fields) => Some((name, fields)),
        _ => None,
    }
}

/// The record that was read at a byte of the text: its id, and its fields.
pub(crate) fn record_at(text: &str, start: usize) -> Option<(Key<'_>, FieldList<'_>)> {
    let (origin, text) = (Origin::new(text), text.get(start..)?);
    let Read { value: Node { value: Value::Text(id), span }, rest } = inner(text, Any::new(origin, text))?
    else {
        return None;
    };
    let (id, text) = (Key { text: id, span }, after_colon(rest));
    if has_names(text) {
        return Some((id, inner(text, Fields::new(origin, text))?.value));
    }
    match inner(text, Any::new(origin, text))?.value.value {
        Value::Fields(fields) => Some((id, fields)),
        _ => None,
    }
}

/// Reads a part of the text that is known to be well-formed.
fn inner<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S) -> Option<S::Value> {
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options()).ok()?;
    seed.deserialize(&mut deserializer).ok()
}

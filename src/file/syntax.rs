//! From RON text to parts with places: one section, record or fact at a time, nothing interpreted yet.
//!
//! ron hands out slices of its input, so a place is the distance of two pointers. Every value is taken
//! as it is written first and looked into second: so a value of a wrong shape has a place, and does not
//! end the reading of its file.

use std::borrow::Cow;
use std::fmt;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::blank;
use super::schema::{Record, SECTIONS, Section};
use crate::model::FactKind;

/// Brackets may be nested so deep; ron counts two for each level.
pub(crate) const DEPTH: usize = 64;

/// A value nested deeper in its field than anything of the format is not looked into.
const FIELD_DEPTH: usize = 6;

/// A place: bytes of the text, from and up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// A text with its place.
#[derive(Clone, Debug)]
pub(crate) struct Key<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) span: Option<Span>,
}

/// A value with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node<'t> {
    pub(crate) value: Value<'t>,
    pub(crate) span: Option<Span>,
}

/// What stands in the file.
#[derive(Clone, Debug)]
pub(crate) enum Value<'t> {
    Text(Cow<'t, str>),
    /// A bare word.
    Word(&'t str),
    Flag(bool),
    Whole(u64),
    /// A list, or values in round brackets.
    List(Vec<Node<'t>>),
    /// Keys and values in braces.
    Map(Vec<(Key<'t>, Node<'t>)>),
    /// Names and values in round brackets.
    Fields(FieldList<'t>),
    /// What fits nowhere, by its name.
    Odd(&'static str),
}

/// The fields of a record, in the order written.
pub(crate) type FieldList<'t> = Vec<(Key<'t>, Node<'t>)>;

/// A part of the graph, as it comes.
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
pub(crate) struct Failure {
    pub(crate) error: ron::Error,
    /// How many bytes of the text were read.
    pub(crate) at: usize,
}

/// Reads a graph, giving out its parts in order.
pub(crate) fn read<'t>(text: &'t str, emit: &mut dyn FnMut(Part<'t>)) -> Result<(), Failure> {
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options())
        .map_err(|error| Failure { at: offset(text, &error.span.end), error: error.code })?;
    let graph = Graph { origin: Origin(text), emit };
    let read = deserializer.deserialize_struct("Graph", &[], graph).and_then(|()| deserializer.end());
    read.map_err(|error| Failure { error, at: text.len() - deserializer.remainder().len() })
}

fn options() -> ron::Options {
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
struct Origin<'t>(&'t str);

impl<'t> Origin<'t> {
    /// The place of a slice of the text.
    fn span(self, slice: &str) -> Option<Span> {
        let start = (slice.as_ptr() as usize).checked_sub(self.0.as_ptr() as usize)?;
        let end = start.checked_add(slice.len())?;
        if end > self.0.len() {
            return None;
        }
        Some(Span { start: start.try_into().ok()?, end: end.try_into().ok()? })
    }

    /// The text from the value on that belongs to a key.
    fn value_of(self, key: &Key<'_>) -> &'t str {
        let after = key.span.and_then(|span| self.0.get(span.end as usize..)).unwrap_or_default();
        blank::skip(after).strip_prefix(':').map(blank::skip).unwrap_or_default()
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
                    let node = map.next_value_seed(Any::new(origin))?;
                    emit(Part::Value(key, node));
                }
                Some(Section::Records(record)) if value.starts_with('{') => {
                    emit(Part::Section(key));
                    map.next_value_seed(Records { origin, record, emit })?;
                }
                Some(Section::Facts) if value.starts_with('[') => {
                    emit(Part::Section(key));
                    map.next_value_seed(Facts { origin, emit })?;
                }
                Some(section) => {
                    let node = map.next_value_seed(Any::new(origin))?;
                    emit(Part::OddSection(key, section, node));
                }
            }
        }
        Ok(())
    }
}

/// A name without quotes.
#[derive(Clone, Copy)]
struct Name<'t>(Origin<'t>);

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
        let Self { origin, record, emit } = self;
        while let Some(node) = map.next_key_seed(Any::new(origin))? {
            let Value::Text(text) = node.value else {
                map.next_value::<IgnoredAny>()?;
                emit(Part::OddId(node));
                continue;
            };
            let id = Key { text, span: node.span };
            if has_names(origin.value_of(&id)) {
                let fields = map.next_value_seed(Fields(origin))?;
                emit(Part::Record(record, id, fields));
                continue;
            }
            let node = map.next_value_seed(Any::new(origin))?;
            emit(match node.value {
                Value::Fields(fields) if is_named(origin, node.span, record.name()) => {
                    Part::Record(record, id, fields)
                }
                _ => Part::OddRecord(record, id, node),
            });
        }
        Ok(())
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
    let text = span.and_then(|span| origin.0.get(span.start as usize..)).unwrap_or_default();
    blank::name(text) == name
}

/// The list of facts.
struct Facts<'e, 't> {
    origin: Origin<'t>,
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
        while let Some(raw) = seq.next_element::<&'t RawValue>()? {
            (self.emit)(fact(self.origin, blank::skip(raw.get_ron())));
        }
        Ok(())
    }
}

/// One fact: `Kind(fields)`.
fn fact<'t>(origin: Origin<'t>, text: &'t str) -> Part<'t> {
    let name = blank::name(text);
    let fields = blank::skip(text.get(name.len()..).unwrap_or_default());
    if !name.is_empty() && has_names(fields) {
        let key = Key { text: Cow::Borrowed(name), span: origin.span(name) };
        if let Some(fields) = inner(fields, Fields(origin)) {
            return Part::Fact(key, FactKind::from_name(name), fields);
        }
    }
    Part::OddFact(node(origin, text, FIELD_DEPTH))
}

/// Reads a part of the text that is known to be well-formed.
fn inner<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S) -> Option<S::Value> {
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options()).ok()?;
    seed.deserialize(&mut deserializer).ok()
}

/// The fields of a record: `(name: value)`.
#[derive(Clone, Copy)]
struct Fields<'t>(Origin<'t>);

impl<'t> DeserializeSeed<'t> for Fields<'t> {
    type Value = FieldList<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<FieldList<'t>, D::Error> {
        deserializer.deserialize_struct("", &[], self)
    }
}

impl<'t> Visitor<'t> for Fields<'t> {
    type Value = FieldList<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields in brackets: (name: value)")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<FieldList<'t>, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key_seed(Name(self.0))? {
            fields.push((key, map.next_value_seed(Any::new(self.0))?));
        }
        Ok(fields)
    }
}

/// Any value, with its place.
#[derive(Clone, Copy)]
struct Any<'t> {
    origin: Origin<'t>,
    /// How many levels are looked into.
    depth: usize,
}

impl<'t> Any<'t> {
    const fn new(origin: Origin<'t>) -> Self {
        Self { origin, depth: FIELD_DEPTH }
    }
}

impl<'t> DeserializeSeed<'t> for Any<'t> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        let raw = <&'t RawValue>::deserialize(deserializer)?;
        Ok(node(self.origin, blank::skip(raw.get_ron()), self.depth))
    }
}

/// The value with which a well-formed text starts.
fn node<'t>(origin: Origin<'t>, text: &'t str, depth: usize) -> Node<'t> {
    if let Some(words) = text.strip_prefix('"')
        && let Some(end) = words.find(['"', '\\'])
        && let Some((words, rest)) = words.split_at_checked(end)
        && rest.starts_with('"')
    {
        let span = text.get(..end + 2).and_then(|quoted| origin.span(quoted));
        return Node { value: Value::Text(Cow::Borrowed(words)), span };
    }
    let Ok(mut deserializer) = ron::Deserializer::from_str_with_options(text, &options()) else {
        return Node { value: Value::Odd("something else"), span: origin.span(text) };
    };
    let shape = Shape { origin, depth, braces: text.starts_with('{') };
    let value = deserializer.deserialize_any(shape);
    let read = text.len() - deserializer.remainder().len();
    let written = text.get(..read).unwrap_or(text).trim_end();
    let name = blank::name(written);
    let alone = || written.get(name.len()..).is_some_and(|after| blank::skip(after).is_empty());
    match value {
        Ok(Value::Odd(_)) if !name.is_empty() && alone() => {
            Node { value: Value::Word(name), span: origin.span(name) }
        }
        Ok(value) => Node { value, span: origin.span(written) },
        Err(_) => Node { value: Value::Odd("a range"), span: origin.span(written) },
    }
}

/// What shape a value has, and what is in it.
struct Shape<'t> {
    origin: Origin<'t>,
    depth: usize,
    /// It stands in braces.
    braces: bool,
}

impl<'t> Shape<'t> {
    /// How the parts of the value are read, if it is not too deep for that.
    fn parts(&self) -> Option<Any<'t>> {
        let depth = self.depth.checked_sub(1)?;
        Some(Any { origin: self.origin, depth })
    }
}

impl<'t> Visitor<'t> for Shape<'t> {
    type Value = Value<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Value<'t>, E> {
        Ok(Value::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'t>, E> {
        Ok(Value::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Value<'t>, E> {
        Ok(Value::Text(Cow::Owned(text)))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value<'t>, E> {
        Ok(Value::Flag(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'t>, E> {
        Ok(Value::Whole(number))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value<'t>, E> {
        Ok(Value::Odd("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value<'t>, E> {
        Ok(Value::Odd("a number"))
    }

    fn visit_char<E>(self, _: char) -> Result<Value<'t>, E> {
        Ok(Value::Odd("a character in single quotes"))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Value<'t>, E> {
        Ok(Value::Odd("a text of bytes"))
    }

    fn visit_unit<E>(self) -> Result<Value<'t>, E> {
        Ok(Value::Odd("empty brackets"))
    }

    fn visit_none<E>(self) -> Result<Value<'t>, E> {
        Ok(Value::Odd("nothing"))
    }

    fn visit_some<D: Deserializer<'t>>(self, deserializer: D) -> Result<Value<'t>, D::Error> {
        let Some(parts) = self.parts() else {
            IgnoredAny::deserialize(deserializer)?;
            return Ok(Value::Odd("a nested value"));
        };
        Ok(parts.deserialize(deserializer)?.value)
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Value<'t>, A::Error> {
        let Some(parts) = self.parts() else { return Ok(Value::Odd("a nested list")) };
        let mut list = Vec::new();
        while let Some(node) = seq.next_element_seed(parts)? {
            list.push(node);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Value<'t>, A::Error> {
        let Some(parts) = self.parts() else { return Ok(Value::Odd("a nested map")) };
        if !self.braces {
            let mut fields = Vec::new();
            while let Some(key) = map.next_key_seed(Name(self.origin))? {
                fields.push((key, map.next_value_seed(parts)?));
            }
            return Ok(Value::Fields(fields));
        }
        let mut entries = Vec::new();
        let mut odd = false;
        while let Some(key) = map.next_key_seed(parts)? {
            let node = map.next_value_seed(parts)?;
            match key.value {
                Value::Text(text) => entries.push((Key { text, span: key.span }, node)),
                _ => odd = true,
            }
        }
        Ok(if odd { Value::Odd("a map with keys that are not text") } else { Value::Map(entries) })
    }
}

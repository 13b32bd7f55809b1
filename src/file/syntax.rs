//! From RON text to parts with places: one section, record or fact at a time, nothing interpreted yet.
//!
//! ron hands out texts as slices of its input, so a place is the distance of two pointers. Texts with
//! an escape are copies and have no place of their own; their field's name gives it.

use std::borrow::Cow;
use std::fmt;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use super::schema::{Record, SECTIONS, Section, Shape};
use crate::model::FactKind;

/// Brackets may be nested so deep; each level of a graph file takes two.
const DEPTH: usize = 64;

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

/// A value with its place, where it has one.
#[derive(Clone, Debug)]
pub(crate) struct Node<'t> {
    pub(crate) value: Value<'t>,
    pub(crate) span: Option<Span>,
}

/// What stands in the file.
#[derive(Clone, Debug)]
pub(crate) enum Value<'t> {
    Text(Cow<'t, str>),
    /// What stands where a bare word is due, as written.
    Word(&'t str),
    Flag(bool),
    Whole(u64),
    List(Vec<Node<'t>>),
    Map(Vec<(Key<'t>, Node<'t>)>),
    /// What fits nowhere, by its name.
    Odd(&'static str),
    /// The value of a field that the record does not have; skipped.
    Unknown,
}

/// A part of the graph, as it comes.
pub(crate) enum Part<'t> {
    /// A section begins.
    Section(Key<'t>),
    /// A section that is a single value.
    Value(Key<'t>, Node<'t>),
    /// A record with an id.
    Record(Record, Key<'t>, Vec<(Key<'t>, Node<'t>)>),
    /// A fact; its kind as written, `None` with it if there is no such kind.
    Fact(Key<'t>, Option<FactKind>, Vec<(Key<'t>, Node<'t>)>),
    /// A section that the format does not have; skipped.
    UnknownSection(Key<'t>),
}

/// Why reading ended early.
pub(crate) struct Failure {
    pub(crate) error: ron::Error,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Reads a graph, giving out its parts in order.
pub(crate) fn read<'t>(text: &'t str, emit: &mut dyn FnMut(Part<'t>)) -> Result<(), Failure> {
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEPTH * 2);
    let failure = |error: ron::error::SpannedError| Failure {
        line: error.span.start.line,
        column: error.span.start.col,
        error: error.code,
    };
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options).map_err(failure)?;
    let graph = Graph { origin: Origin(text), emit };
    let read = deserializer.deserialize_struct("Graph", &[], graph).and_then(|()| deserializer.end());
    read.map_err(|error| failure(deserializer.span_error(error)))
}

/// The text whose slices ron hands out.
#[derive(Clone, Copy)]
struct Origin<'t>(&'t str);

impl Origin<'_> {
    /// The place of a slice of the text.
    fn span(self, slice: &str) -> Option<Span> {
        let start = (slice.as_ptr() as usize).checked_sub(self.0.as_ptr() as usize)?;
        let end = start.checked_add(slice.len())?;
        if end > self.0.len() {
            return None;
        }
        Some(Span { start: start.try_into().ok()?, end: end.try_into().ok()? })
    }

    /// The place of a text in quotes, with the quotes.
    fn quoted(self, slice: &str) -> Option<Span> {
        let span = self.span(slice)?;
        let before = span.start.checked_sub(1)?;
        let quote = |at: u32| self.0.as_bytes().get(at as usize) == Some(&b'"');
        if quote(before) && quote(span.end) {
            Some(Span { start: before, end: span.end + 1 })
        } else {
            Some(span)
        }
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
            match section {
                None => {
                    map.next_value::<IgnoredAny>()?;
                    emit(Part::UnknownSection(key));
                }
                Some(Section::Value) => {
                    let node = map.next_value_seed(Any(origin))?;
                    emit(Part::Value(key, node));
                }
                Some(Section::Records(record)) => {
                    emit(Part::Section(key));
                    map.next_value_seed(Records { origin, record, emit })?;
                }
                Some(Section::Facts) => {
                    emit(Part::Section(key));
                    map.next_value_seed(Facts { origin, emit })?;
                }
            }
        }
        Ok(())
    }
}

/// A name without quotes, or a key in quotes.
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
        Ok(Key { text: Cow::Borrowed(text), span: self.0.quoted(text) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'t>, E> {
        Ok(Key { text: Cow::Owned(text.to_owned()), span: None })
    }
}

/// The key of a map: text in quotes.
struct MapKey<'t>(Origin<'t>);

impl<'t> DeserializeSeed<'t> for MapKey<'t> {
    type Value = Key<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Key<'t>, D::Error> {
        deserializer.deserialize_str(Name(self.0))
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
        while let Some(id) = map.next_key_seed(MapKey(self.origin))? {
            let fields = map.next_value_seed(Fields { origin: self.origin, record: Some(self.record) })?;
            (self.emit)(Part::Record(self.record, id, fields));
        }
        Ok(())
    }
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
        while let Some((kind_text, kind, fields)) = seq.next_element_seed(OneFact(self.origin))? {
            (self.emit)(Part::Fact(kind_text, kind, fields));
        }
        Ok(())
    }
}

type FieldList<'t> = Vec<(Key<'t>, Node<'t>)>;

#[derive(Clone, Copy)]
struct OneFact<'t>(Origin<'t>);

impl<'t> DeserializeSeed<'t> for OneFact<'t> {
    type Value = (Key<'t>, Option<FactKind>, FieldList<'t>);

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_enum("", &[], self)
    }
}

impl<'t> Visitor<'t> for OneFact<'t> {
    type Value = (Key<'t>, Option<FactKind>, FieldList<'t>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fact: Kind(fields)")
    }

    fn visit_enum<A: EnumAccess<'t>>(self, access: A) -> Result<Self::Value, A::Error> {
        let (key, variant) = access.variant_seed(Name(self.0))?;
        let kind = FactKind::from_name(&key.text);
        let fields =
            variant.struct_variant(&[], Fields { origin: self.0, record: kind.map(Record::Fact) })?;
        Ok((key, kind, fields))
    }
}

/// The fields of a record: `(name: value)`.
#[derive(Clone, Copy)]
struct Fields<'t> {
    origin: Origin<'t>,
    /// `None` where nothing is known of the fields.
    record: Option<Record>,
}

impl<'t> DeserializeSeed<'t> for Fields<'t> {
    type Value = FieldList<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<FieldList<'t>, D::Error> {
        deserializer.deserialize_struct(self.record.map_or("", Record::name), &[], self)
    }
}

impl<'t> Visitor<'t> for Fields<'t> {
    type Value = FieldList<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields in brackets: (name: value)")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<FieldList<'t>, A::Error> {
        let mut fields = Vec::new();
        while let Some(key) = map.next_key_seed(Name(self.origin))? {
            let shape = self.record.and_then(|record| record.field(&key.text));
            let node = match shape {
                Some(Shape::Any) => map.next_value_seed(Any(self.origin))?,
                Some(Shape::Word) => map.next_value_seed(Word(self.origin))?,
                Some(Shape::Records(record)) => {
                    map.next_value_seed(RecordList { origin: self.origin, record })?
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                    Node { value: Value::Unknown, span: None }
                }
            };
            fields.push((key, node));
        }
        Ok(fields)
    }
}

/// A list of records, or one alone.
struct RecordList<'t> {
    origin: Origin<'t>,
    record: Record,
}

impl<'t> DeserializeSeed<'t> for RecordList<'t> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'t> Visitor<'t> for RecordList<'t> {
    type Value = Node<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records: [ (fields), ]")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Node<'t>, A::Error> {
        let mut list = Vec::new();
        let fields = Fields { origin: self.origin, record: Some(self.record) };
        while let Some(fields) = seq.next_element_seed(fields)? {
            list.push(Node { value: Value::Map(fields), span: None });
        }
        Ok(Node { value: Value::List(list), span: None })
    }
}

/// What stands where a bare word is due.
struct Word<'t>(Origin<'t>);

impl<'t> DeserializeSeed<'t> for Word<'t> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        let raw = <&'t RawValue>::deserialize(deserializer)?;
        let word = raw.get_ron().trim();
        Ok(Node { value: Value::Word(word), span: self.0.span(word) })
    }
}

/// Any value, with its place.
#[derive(Clone, Copy)]
struct Any<'t>(Origin<'t>);

impl<'t> DeserializeSeed<'t> for Any<'t> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Any<'t> {
    type Value = Node<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, text: &'t str) -> Result<Node<'t>, E> {
        Ok(Node { value: Value::Text(Cow::Borrowed(text)), span: self.0.quoted(text) })
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'t>, E> {
        Ok(odd(Value::Text(Cow::Owned(text.to_owned()))))
    }

    fn visit_string<E>(self, text: String) -> Result<Node<'t>, E> {
        Ok(odd(Value::Text(Cow::Owned(text))))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Node<'t>, E> {
        Ok(odd(Value::Flag(flag)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Node<'t>, E> {
        Ok(odd(Value::Whole(number)))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node<'t>, E> {
        Ok(odd(Value::Odd("a number")))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'t>, E> {
        Ok(odd(Value::Odd("a number")))
    }

    fn visit_char<E>(self, _: char) -> Result<Node<'t>, E> {
        Ok(odd(Value::Odd("a character in single quotes")))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Node<'t>, E> {
        Ok(odd(Value::Odd("a text of bytes")))
    }

    fn visit_unit<E>(self) -> Result<Node<'t>, E> {
        Ok(odd(Value::Odd("a bare word")))
    }

    fn visit_none<E>(self) -> Result<Node<'t>, E> {
        Ok(odd(Value::Odd("`None`")))
    }

    fn visit_some<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Node<'t>, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element_seed(self)? {
            list.push(node);
        }
        Ok(odd(Value::List(list)))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Node<'t>, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key_seed(MapKey(self.0))? {
            entries.push((key, map.next_value_seed(self)?));
        }
        Ok(odd(Value::Map(entries)))
    }
}

fn odd(value: Value<'_>) -> Node<'_> {
    Node { value, span: None }
}

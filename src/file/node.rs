//! Values with their places: what is written as usual in one pass, all else taken as it is written and looked into
//! second, so that a value of a wrong shape has a place and does not end the reading of its file.

use std::borrow::Cow;
use std::fmt;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::blank;
use super::syntax::{Name, Origin, Span, options};

/// A value nested deeper in its field than anything of the format is not looked into.
pub(super) const FIELD_DEPTH: usize = 6;

/// Most records have no more fields.
pub(super) const USUAL_FIELDS: usize = 6;

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

/// A value, and the text behind it.
pub(super) struct Read<'t, T> {
    pub(super) value: T,
    pub(super) rest: &'t str,
}

/// Any value, with its place; and the text from it on.
#[derive(Clone, Copy)]
pub(super) struct Any<'t> {
    pub(super) origin: Origin<'t>,
    text: &'t str,
    /// How many levels are looked into.
    depth: usize,
}

/// What a value looks like that ron is asked for at once.
enum Look<'t> {
    Text,
    List,
    Map,
    Fields,
    Flag,
    Word(&'t str),
}

impl<'t> Any<'t> {
    /// The value with which a text starts.
    pub(super) const fn new(origin: Origin<'t>, text: &'t str) -> Self {
        Self { origin, text, depth: FIELD_DEPTH }
    }

    /// What it looks like, if it is written as nearly everything is.
    fn look(self) -> Option<Look<'t>> {
        if self.origin.is_odd {
            return None;
        }
        let is_looked_into = self.depth > 0;
        match self.text.bytes().next()? {
            b'"' => Some(Look::Text),
            b'[' if is_looked_into => Some(Look::List),
            b'{' if is_looked_into => Some(Look::Map),
            b'(' if is_looked_into && has_first_name(self.text) => Some(Look::Fields),
            _ => match blank::lone_word(self.text)? {
                // ron reads it as the start of `Some(value)`.
                "Some" => None,
                "true" | "false" => Some(Look::Flag),
                word => Some(Look::Word(word)),
            },
        }
    }

    /// The value with its place, if the text behind it begins there.
    fn until(self, value: Value<'t>, rest: &'t str) -> Read<'t, Node<'t>> {
        let written = self.text.len().checked_sub(rest.len()).and_then(|length| self.text.get(..length));
        let span = written.and_then(|written| self.origin.span(written));
        Read { value: Node { value, span }, rest }
    }

    /// A part of the value, with which a text starts.
    const fn part(self, text: &'t str) -> Self {
        Self { origin: self.origin, text, depth: self.depth.saturating_sub(1) }
    }

    /// The text after the opening bracket.
    fn inside(self) -> &'t str {
        blank::skip(self.text.get(1..).unwrap_or_default())
    }
}

/// Whether these are fields in round brackets, at least one.
pub(super) fn has_first_name(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('(').map(blank::skip) else { return false };
    let name = blank::name(inside);
    !name.is_empty() && blank::skip(inside.get(name.len()..).unwrap_or_default()).starts_with(':')
}

/// The text where the next item or the closing bracket stands, behind an item.
pub(super) fn next(rest: &str) -> &str {
    let rest = blank::skip(rest);
    rest.strip_prefix(',').map_or(rest, blank::skip)
}

/// The text behind a closing bracket.
fn behind(rest: &str) -> &str {
    rest.get(1..).unwrap_or_default()
}

impl<'t> DeserializeSeed<'t> for Any<'t> {
    type Value = Read<'t, Node<'t>>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        match self.look() {
            Some(Look::Text) => deserializer.deserialize_str(Quoted(self)),
            Some(Look::List) => deserializer.deserialize_seq(List(self)),
            Some(Look::Map) => deserializer.deserialize_map(Map(self)),
            Some(Look::Fields) => {
                let Read { value, rest } = deserializer.deserialize_struct("", &[], Fields(self))?;
                Ok(self.until(Value::Fields(value), rest))
            }
            Some(Look::Flag) => {
                let flag = bool::deserialize(deserializer)?;
                Ok(self
                    .until(Value::Flag(flag), self.text.get(if flag { 4 } else { 5 }..).unwrap_or_default()))
            }
            Some(Look::Word(word)) => {
                deserializer.deserialize_identifier(IgnoredAny)?;
                Ok(self.until(Value::Word(word), self.text.get(word.len()..).unwrap_or_default()))
            }
            None => {
                let raw = <&'t RawValue>::deserialize(deserializer)?.get_ron();
                let node = node(self.origin, blank::skip(raw), self.depth);
                Ok(Read { value: node, rest: self.origin.behind(raw) })
            }
        }
    }
}

/// A text in quotes.
struct Quoted<'t>(Any<'t>);

impl<'t> Visitor<'t> for Quoted<'t> {
    type Value = Read<'t, Node<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, words: &'t str) -> Result<Self::Value, E> {
        let rest = self.0.text.get(words.len() + 2..).unwrap_or_default();
        Ok(self.0.until(Value::Text(Cow::Borrowed(words)), rest))
    }

    /// A text with escapes: it is as long as it is written.
    fn visit_str<E>(self, words: &str) -> Result<Self::Value, E> {
        let rest = blank::after_text(self.0.text).unwrap_or_default();
        Ok(self.0.until(Value::Text(Cow::Owned(words.to_owned())), rest))
    }
}

/// A list in square brackets.
struct List<'t>(Any<'t>);

impl<'t> Visitor<'t> for List<'t> {
    type Value = Read<'t, Node<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut rest = self.0.inside();
        let mut list = Vec::new();
        while let Some(item) = seq.next_element_seed(self.0.part(rest))? {
            if list.is_empty() {
                list.reserve_exact(1);
            }
            list.push(item.value);
            rest = next(item.rest);
        }
        Ok(self.0.until(Value::List(list), behind(rest)))
    }
}

/// A map in braces.
struct Map<'t>(Any<'t>);

impl<'t> Visitor<'t> for Map<'t> {
    type Value = Read<'t, Node<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut rest = self.0.inside();
        let mut entries = Vec::new();
        let mut odd = false;
        while let Some(key) = map.next_key_seed(self.0.part(rest))? {
            let node = map.next_value_seed(self.0.part(after_colon(key.rest)))?;
            match key.value {
                Node { value: Value::Text(text), span } => {
                    if entries.is_empty() {
                        entries.reserve_exact(1);
                    }
                    entries.push((Key { text, span }, node.value));
                }
                _ => odd = true,
            }
            rest = next(node.rest);
        }
        let value = if odd { Value::Odd("a map with keys that are not text") } else { Value::Map(entries) };
        Ok(self.0.until(value, behind(rest)))
    }
}

/// The text of the value, behind its key.
pub(super) fn after_colon(rest: &str) -> &str {
    blank::skip(rest).strip_prefix(':').map(blank::skip).unwrap_or_default()
}

/// The fields of a record: `(name: value)`.
#[derive(Clone, Copy)]
pub(super) struct Fields<'t>(Any<'t>);

impl<'t> Fields<'t> {
    /// The fields whose opening bracket a text starts with.
    pub(super) const fn new(origin: Origin<'t>, text: &'t str) -> Self {
        // Their values are at the first level.
        Self(Any { origin, text, depth: FIELD_DEPTH + 1 })
    }
}

impl<'t> DeserializeSeed<'t> for Fields<'t> {
    type Value = Read<'t, FieldList<'t>>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_struct("", &[], self)
    }
}

impl<'t> Visitor<'t> for Fields<'t> {
    type Value = Read<'t, FieldList<'t>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields in brackets: (name: value)")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let origin = self.0.origin;
        let mut rest = self.0.inside();
        let mut fields = Vec::with_capacity(USUAL_FIELDS);
        while let Some(key) = map.next_key_seed(Name(origin))? {
            let node = map.next_value_seed(self.0.part(origin.value_of(&key)))?;
            fields.push((key, node.value));
            rest = next(node.rest);
        }
        Ok(Read { value: fields, rest: behind(rest) })
    }
}

/// The value of a text that is known to be well-formed.
pub(super) fn unread<'t>(origin: Origin<'t>, text: &'t str) -> Node<'t> {
    node(origin, text, FIELD_DEPTH)
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

/// Any value, first as it is written.
#[derive(Clone, Copy)]
struct RawAny<'t> {
    origin: Origin<'t>,
    depth: usize,
}

impl<'t> DeserializeSeed<'t> for RawAny<'t> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        let raw = <&'t RawValue>::deserialize(deserializer)?;
        Ok(node(self.origin, blank::skip(raw.get_ron()), self.depth))
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
    fn parts(&self) -> Option<RawAny<'t>> {
        let depth = self.depth.checked_sub(1)?;
        Some(RawAny { origin: self.origin, depth })
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

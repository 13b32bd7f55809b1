//! What ron says of a text, so that it can be compared with what the tree says: the parts of the graph, with places.
//!
//! Each value is first taken as it is written, by `RawValue`, then looked into. ron hands out slices of its input, so
//! a place is the distance of two pointers.

use std::fmt;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::parser::DEPTH;
use super::{Node, Part, Value};
use crate::file::schema::{SECTIONS, Section};

/// What the tree says: parts as text, and whether something could not be read.
pub(super) fn by_tree(text: &str) -> (Vec<String>, bool) {
    let (mut parts, mut slipped) = (Vec::new(), false);
    super::read(text, &mut |part| match part {
        Part::Unread(_) => slipped = true,
        Part::Section(key) => parts.push(format!("section {}@{:?}", key.text, key.span)),
        Part::Value(key, node) => parts.push(format!("value {}@{:?} {}", key.text, key.span, shown(node))),
        Part::UnknownSection(key, _) => parts.push(format!("unknown {}@{:?}", key.text, key.span)),
        Part::OddSection(key, _, node) => {
            parts.push(format!("odd {}@{:?} {}", key.text, key.span, shown(node)));
        }
        Part::OddId(node) => parts.push(format!("odd id {}", shown(node))),
        Part::OddFact(node) => parts.push(format!("odd fact {}", shown(node))),
        Part::OddRecord(_, key, node) => {
            parts.push(format!("odd record {}@{:?} {}", key.text, key.span, shown(node)));
        }
        Part::Record(_, key, fields) => {
            parts.push(format!("record {}@{:?} {}", key.text, key.span, all(fields.iter())));
        }
        Part::Fact(key, _, fields) => {
            parts.push(format!("fact {}@{:?} {}", key.text, key.span, all(fields.iter())));
        }
    });
    (parts, slipped)
}

fn shown(node: Node<'_, '_>) -> String {
    let value = match node.value() {
        Value::Text(text) => format!("{text:?}"),
        Value::Word(word) => format!("word {word}"),
        Value::Flag(flag) => flag.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::Odd(name) => name.to_owned(),
        Value::List(list) => format!("[{}]", list.map(shown).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => format!("map {}", all(entries.iter())),
        Value::Fields(fields) => all(fields.iter()),
    };
    let span = node.span();
    format!("{value}@{}..{}", span.start, span.end)
}

fn all<'n, 't>(pairs: impl Iterator<Item = (super::Key<'t>, Node<'n, 't>)>) -> String
where
    't: 'n,
{
    let one =
        |(key, node): (super::Key<'t>, Node<'n, 't>)| format!("{}@{:?}: {}", key.text, key.span, shown(node));
    format!("({})", pairs.map(one).collect::<Vec<_>>().join(", "))
}

/// What ron says: the same, unless the text is not well-formed.
pub(super) fn by_ron(text: &str) -> Result<Vec<String>, ron::Error> {
    let mut deserializer =
        ron::Deserializer::from_str_with_options(text, &options()).map_err(|error| error.code)?;
    let parts = deserializer.deserialize_struct("Graph", &[], Graph(text))?;
    deserializer.end()?;
    Ok(parts)
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(DEPTH * 2)
}

/// The place of a slice of a text.
fn place(text: &str, slice: &str) -> super::Span {
    let start = slice.as_ptr() as usize - text.as_ptr() as usize;
    super::Span::new(start, start + slice.len())
}

struct Graph<'t>(&'t str);

impl<'t> Visitor<'t> for Graph<'t> {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a graph")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Vec<String>, A::Error> {
        let mut parts = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            let key = format!("{name}@{:?}", place(self.0, name));
            let node = map.next_value_seed(Any(self.0))?;
            let section = SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, section)| section);
            match (section, node.look) {
                (None, _) => parts.push(format!("unknown {key}")),
                (Some(Section::Value), _) => parts.push(format!("value {key} {}", node.shown())),
                (Some(Section::Records(record)), Look::Map) => {
                    parts.push(format!("section {key}"));
                    for (id, value) in pairs(node.items) {
                        parts.push(match &id.text {
                            None => format!("odd id {}", id.shown()),
                            Some(text) => {
                                let own = value.name.as_ref().is_none_or(|(name, _)| *name == record.name());
                                let is_record = own && value.has_fields();
                                let fields = if is_record { value.fields() } else { value.shown() };
                                let kind = if is_record { "record" } else { "odd record" };
                                format!("{kind} {text}@{:?} {fields}", id.span)
                            }
                        });
                    }
                }
                (Some(Section::Facts), Look::List)
                    if self.0.get(node.span.start as usize..).unwrap().starts_with('[') =>
                {
                    parts.push(format!("section {key}"));
                    for fact in node.items {
                        parts.push(match &fact.name {
                            Some((name, span)) if fact.has_fields() => {
                                format!("fact {name}@{span:?} {}", fact.fields())
                            }
                            _ => format!("odd fact {}", fact.shown()),
                        });
                    }
                }
                _ => parts.push(format!("odd {key} {}", node.shown())),
            }
        }
        Ok(parts)
    }
}

fn pairs(items: Vec<Seen<'_>>) -> impl Iterator<Item = (Seen<'_>, Seen<'_>)> {
    let mut items = items.into_iter();
    std::iter::from_fn(move || Some((items.next()?, items.next()?)))
}

/// A name without quotes, as a slice of the text; an error for one that ron makes up.
struct Name<'t>(&'t str);

impl<'de: 't, 't> Deserialize<'de> for Name<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'t> Visitor<'t> for Visit {
            type Value = Name<'t>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E>(self, name: &'t str) -> Result<Name<'t>, E> {
                Ok(Name(name))
            }
        }
        deserializer.deserialize_identifier(Visit)
    }
}

/// A value as ron sees it.
struct Seen<'t> {
    look: Look,
    name: Option<(&'t str, super::Span)>,
    text: Option<String>,
    items: Vec<Self>,
    value: String,
    span: super::Span,
}

#[derive(Clone, Copy, PartialEq)]
enum Look {
    Fields,
    Map,
    List,
    /// Round brackets with nothing in them.
    Empty,
    Other,
}

impl Seen<'_> {
    fn new(look: Look, value: impl Into<String>) -> Self {
        let span = super::Span::new(0, 0);
        Self { look, name: None, text: None, items: Vec::new(), value: value.into(), span }
    }

    fn shown(&self) -> String {
        format!("{}@{}..{}", self.value, self.span.start, self.span.end)
    }

    /// Whether it is names with values in round brackets, or nothing in them.
    fn has_fields(&self) -> bool {
        self.look == Look::Fields || self.look == Look::Empty
    }

    fn fields(&self) -> String {
        if self.look == Look::Empty { "()".to_owned() } else { self.value.clone() }
    }
}

/// Any value, first as it is written.
#[derive(Clone, Copy)]
struct Any<'t>(&'t str);

impl<'t> DeserializeSeed<'t> for Any<'t> {
    type Value = Seen<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Seen<'t>, D::Error> {
        let raw = <&'t RawValue>::deserialize(deserializer)?.get_ron();
        Ok(seen(self.0, raw))
    }
}

/// Looks into a value that is known to be well-formed.
fn seen<'t>(whole: &'t str, raw: &'t str) -> Seen<'t> {
    // What stands before it is no part of it.
    let mut start = ron::Deserializer::from_str(raw).unwrap();
    let raw = start.remainder();
    let name = Name::deserialize(&mut start).ok().map(|Name(name)| name);
    let name = name.filter(|name| *name != "Some" || raw.starts_with("r#"));
    let is_alone = start.end().is_ok();
    let mut deserializer = ron::Deserializer::from_str_with_options(raw, &options()).unwrap();
    let seen = deserializer.deserialize_any(Shape(whole, raw));
    let written = raw.strip_suffix(deserializer.remainder()).unwrap();
    let mut seen = seen.unwrap_or_else(|_| Seen::new(Look::Other, "a range"));
    seen.span = place(whole, written);
    let is_empty = seen.look == Look::List && seen.items.is_empty() && !raw.starts_with('[');
    if is_empty || raw.starts_with("()") {
        seen.look = Look::Empty;
        seen.value = if name.is_some() { "[]" } else { "empty brackets" }.to_owned();
    }
    if let Some(name) = name {
        let span = place(whole, name);
        if is_alone && (!matches!(name, "true" | "false") || raw.starts_with("r#")) {
            seen.value = format!("word {name}");
        }
        if is_alone {
            seen.span.end = span.end;
        }
        seen.name = Some((name, span));
    }
    seen
}

/// What shape a value has, and what is in it.
struct Shape<'t>(&'t str, &'t str);

impl<'t> Visitor<'t> for Shape<'t> {
    type Value = Seen<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Seen<'t>, E> {
        Ok(Seen { text: Some(text.to_owned()), ..Seen::new(Look::Other, format!("{text:?}")) })
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, flag.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, number.to_string()))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, "a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, "a number"))
    }

    fn visit_char<E>(self, _: char) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, "a character in single quotes"))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, "a text of bytes"))
    }

    fn visit_unit<E>(self) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, if self.1.starts_with("..") { "a range" } else { "empty brackets" }))
    }

    fn visit_none<E>(self) -> Result<Seen<'t>, E> {
        Ok(Seen::new(Look::Other, "nothing"))
    }

    fn visit_some<D: Deserializer<'t>>(self, deserializer: D) -> Result<Seen<'t>, D::Error> {
        let inside = Any(self.0).deserialize(deserializer)?;
        // `Some(value)` is no record and no list of facts, only a value.
        Ok(Seen { name: None, look: Look::Other, ..inside })
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Seen<'t>, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Any(self.0))? {
            items.push(item);
        }
        let shown = items.iter().map(Seen::shown).collect::<Vec<_>>().join(", ");
        Ok(Seen { items, ..Seen::new(Look::List, format!("[{shown}]")) })
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Seen<'t>, A::Error> {
        let (mut items, mut shown) = (Vec::new(), Vec::new());
        if !self.1.starts_with('{') {
            while let Some(Name(name)) = map.next_key()? {
                let value = map.next_value_seed(Any(self.0))?;
                shown.push(format!("{name}@{:?}: {}", place(self.0, name), value.shown()));
            }
            return Ok(Seen::new(Look::Fields, format!("({})", shown.join(", "))));
        }
        while let Some(key) = map.next_key_seed(Any(self.0))? {
            let value = map.next_value_seed(Any(self.0))?;
            if let Some(text) = &key.text {
                shown.push(format!("{text}@{:?}: {}", key.span, value.shown()));
            }
            items.extend([key, value]);
        }
        let is_odd = shown.len() * 2 < items.len();
        let value = format!("map ({})", shown.join(", "));
        let value = if is_odd { "a map with keys that are not text".to_owned() } else { value };
        Ok(Seen { items, ..Seen::new(Look::Map, value) })
    }
}

//! Text of the usual look, read without ron: that is nearly all of a large file, and ron asks more of every value
//! than what stands there.
//!
//! Only what is surely right is read here. A record or fact that looks otherwise is left to ron, and if that does not
//! help, the whole text: what is wrong with a text, and where, ron alone says.

use std::borrow::Cow;

use serde::de::DeserializeSeed;

use super::blank;
use super::node::{Any, FIELD_DEPTH, FieldList, Key, Node, Read, USUAL_FIELDS, Value, has_first_name};
use super::schema::{Record, SECTIONS, Section};
use super::syntax::{DEPTH, Entry, Fact, Origin, Part, named_fields, options};
use crate::model::FactKind;

/// Of the levels that ron counts: where the value of a section stands, and where the value of a record or fact.
const IN_GRAPH: usize = 2;
const IN_SECTION: usize = 4;

/// Reads a graph, giving out its parts in order; `None` if ron has to be asked about what comes next.
pub(super) fn read<'t>(origin: Origin<'t>, emit: &mut dyn FnMut(Part<'t>)) -> Option<()> {
    if origin.is_odd {
        return None;
    }
    let text = blank::skip(origin.text);
    let fields = blank::skip(text.strip_prefix("Graph").unwrap_or(text));
    let mut next = Next::inside(fields, "(", ")")?;
    loop {
        let (name, value) = match next {
            Next::Item(text) => named(text)?,
            // A comment that has no end is an error.
            Next::Behind(rest) => {
                return (!rest.contains("/*") && blank::skip(rest).is_empty()).then_some(());
            }
        };
        let key = key(origin, name);
        let (_, section) = SECTIONS.iter().find(|(section, _)| *section == name)?;
        match section {
            Section::Value => {
                let any = Any::new(origin, value);
                let Read { value: node, rest } =
                    usual(origin, value, FIELD_DEPTH).or_else(|| by_ron(value, any, IN_GRAPH))?;
                next = Next::after(rest, ")")?;
                emit(Part::Value(key, node));
            }
            Section::Records(record) => {
                let inside = Next::inside(value, "{", "}")?;
                emit(Part::Section(key));
                next = Next::after(records(origin, *record, inside, emit)?, ")")?;
            }
            Section::Facts => {
                let inside = Next::inside(value, "[", "]")?;
                emit(Part::Section(key));
                next = Next::after(facts(origin, inside, emit)?, ")")?;
            }
        }
    }
}

/// What stands behind an opening bracket or an item.
enum Next<'t> {
    /// The text of an item.
    Item(&'t str),
    /// The closing bracket; the text behind it.
    Behind(&'t str),
}

impl<'t> Next<'t> {
    /// Behind the opening bracket with which a text starts.
    fn inside(text: &'t str, open: &str, close: &str) -> Option<Self> {
        text.strip_prefix(open).and_then(|inside| Self::of(inside, close))
    }

    /// Behind an item.
    fn after(rest: &'t str, close: &str) -> Option<Self> {
        let rest = blank::skip(rest);
        match rest.strip_prefix(',') {
            Some(rest) => Self::of(rest, close),
            None => rest.strip_prefix(close).map(Self::Behind),
        }
    }

    fn of(text: &'t str, close: &str) -> Option<Self> {
        let text = blank::skip(text);
        match text.bytes().next()? {
            // A comment that is none: ron stops there, before it gives out what came before.
            b'/' => None,
            _ => Some(text.strip_prefix(close).map_or(Self::Item(text), Self::Behind)),
        }
    }
}

/// Records; the text behind them.
fn records<'t>(
    origin: Origin<'t>,
    record: Record,
    mut next: Next<'t>,
    emit: &mut dyn FnMut(Part<'t>),
) -> Option<&'t str> {
    loop {
        let text = match next {
            Next::Item(text) => text,
            Next::Behind(rest) => return Some(rest),
        };
        let Read { value: node, rest } = quoted(origin, text)?;
        let Value::Text(id) = node.value else { return None };
        let (id, value) = (Key { text: id, span: node.span }, value_behind(rest)?);
        let Read { value: part, rest } = match fields(origin, value, FIELD_DEPTH) {
            Some(Read { value, rest }) => Read { value: Part::Record(record, id, value), rest },
            None => by_ron(value, Entry { origin, text: value, record, id }, IN_SECTION)?,
        };
        // ron gives a part out when it has seen what follows.
        next = Next::after(rest, "}")?;
        emit(part);
    }
}

/// Facts; the text behind them.
fn facts<'t>(origin: Origin<'t>, mut next: Next<'t>, emit: &mut dyn FnMut(Part<'t>)) -> Option<&'t str> {
    loop {
        let text = match next {
            Next::Item(text) => text,
            Next::Behind(rest) => return Some(rest),
        };
        let Read { value: part, rest } =
            fact(origin, text).or_else(|| by_ron(text, Fact { origin, text }, IN_SECTION))?;
        next = Next::after(rest, "]")?;
        emit(part);
    }
}

fn fact<'t>(origin: Origin<'t>, text: &'t str) -> Option<Read<'t, Part<'t>>> {
    let (name, text) = named_fields(text);
    let kind = FactKind::from_name(name)?;
    let Read { value, rest } = fields(origin, text, FIELD_DEPTH)?;
    Some(Read { value: Part::Fact(key(origin, name), Some(kind), value), rest })
}

/// What ron reads at this place, with so many levels around it.
fn by_ron<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S, levels: usize) -> Option<S::Value> {
    // Extensions are turned on at the start of a file, not here.
    if text.starts_with('#') {
        return None;
    }
    let options = options().with_recursion_limit(DEPTH * 2 - levels);
    let mut deserializer = ron::Deserializer::from_str_with_options(text, &options).ok()?;
    seed.deserialize(&mut deserializer).ok()
}

fn key<'t>(origin: Origin<'t>, name: &'t str) -> Key<'t> {
    Key { text: Cow::Borrowed(name), span: origin.span(name) }
}

/// A name, and the text of its value.
fn named(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = blank::ascii_word(text)?;
    Some((name, value_behind(rest)?))
}

/// The text of the value behind its key.
fn value_behind(rest: &str) -> Option<&str> {
    blank::skip(rest).strip_prefix(':').map(blank::skip)
}

/// Fields in round brackets, of values that are looked into so deep.
fn fields<'t>(origin: Origin<'t>, text: &'t str, depth: usize) -> Option<Read<'t, FieldList<'t>>> {
    let mut next = Next::inside(text, "(", ")")?;
    let mut fields = Vec::with_capacity(USUAL_FIELDS);
    loop {
        match next {
            Next::Behind(rest) => return Some(Read { value: fields, rest }),
            Next::Item(text) => {
                let (name, value) = named(text)?;
                let Read { value, rest } = usual(origin, value, depth)?;
                fields.push((key(origin, name), value));
                next = Next::after(rest, ")")?;
            }
        }
    }
}

/// A value that is written as nearly all are; `None` for others.
fn usual<'t>(origin: Origin<'t>, text: &'t str, depth: usize) -> Option<Read<'t, Node<'t>>> {
    let deeper = depth.checked_sub(1);
    let (value, rest) = match text.bytes().next()? {
        b'"' => return quoted(origin, text),
        b'[' => list(origin, text, deeper?)?,
        b'{' => map(origin, text, deeper?)?,
        b'(' if has_first_name(text) => {
            let Read { value, rest } = fields(origin, text, deeper?)?;
            (Value::Fields(value), rest)
        }
        _ => {
            let word = blank::lone_word(text)?;
            let value = match word {
                // ron reads it as the start of `Some(value)`.
                "Some" => return None,
                "true" | "false" => Value::Flag(word == "true"),
                word => Value::Word(word),
            };
            (value, text.get(word.len()..)?)
        }
    };
    let span = origin.span(text.get(..text.len().checked_sub(rest.len())?)?);
    Some(Read { value: Node { value, span }, rest })
}

/// A text in quotes, without escapes.
fn quoted<'t>(origin: Origin<'t>, text: &'t str) -> Option<Read<'t, Node<'t>>> {
    let inside = text.strip_prefix('"')?;
    let end = inside.bytes().position(|byte| matches!(byte, b'"' | b'\\'))?;
    let (words, rest) = inside.split_at_checked(end)?;
    let rest = rest.strip_prefix('"')?;
    let span = origin.span(text.get(..end + 2)?);
    Some(Read { value: Node { value: Value::Text(Cow::Borrowed(words)), span }, rest })
}

fn list<'t>(origin: Origin<'t>, text: &'t str, depth: usize) -> Option<(Value<'t>, &'t str)> {
    let mut next = Next::inside(text, "[", "]")?;
    let mut list = Vec::new();
    loop {
        match next {
            Next::Behind(rest) => return Some((Value::List(list), rest)),
            Next::Item(text) => {
                let Read { value, rest } = usual(origin, text, depth)?;
                if list.is_empty() {
                    list.reserve_exact(1);
                }
                list.push(value);
                next = Next::after(rest, "]")?;
            }
        }
    }
}

fn map<'t>(origin: Origin<'t>, text: &'t str, depth: usize) -> Option<(Value<'t>, &'t str)> {
    let mut next = Next::inside(text, "{", "}")?;
    let mut entries = Vec::new();
    loop {
        match next {
            Next::Behind(rest) => return Some((Value::Map(entries), rest)),
            Next::Item(text) => {
                let Read { value: Node { value: Value::Text(text), span }, rest } = quoted(origin, text)?
                else {
                    return None;
                };
                let Read { value, rest } = usual(origin, value_behind(rest)?, depth)?;
                if entries.is_empty() {
                    entries.reserve_exact(1);
                }
                entries.push((Key { text, span }, value));
                next = Next::after(rest, "}")?;
            }
        }
    }
}

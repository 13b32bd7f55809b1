//! From bytes of a text to line and column, and from a record's field to its bytes.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::reader::items;
use super::tree::{self, Item, Key, Node, Part, Span, Value};
use crate::diagnostic::Location;
use crate::graph::{Field, Record};
use crate::model::property::{PROPERTIES, PROPERTY_KEY};

/// The longest window of a line that a message shows, in characters.
const WINDOW: usize = 160;

/// A text with its file.
pub(crate) struct Text {
    pub(crate) file: PathBuf,
    pub(crate) text: String,
    /// Made when somebody asks for a line or column.
    marks: OnceLock<Marks>,
}

/// What is counted of a text beforehand.
struct Marks {
    /// The starts of its lines.
    lines: Vec<u32>,
    /// How many characters stand before every `STRIDE`-th byte.
    chars: Vec<u32>,
}

/// So far apart are the bytes whose characters are counted beforehand: a place costs no more than that,
/// however long its line is.
const STRIDE: usize = 128;

impl Marks {
    fn of(text: &str) -> Self {
        let starts = text.match_indices('\n').map(|(n, _)| n as u32 + 1);
        let counts = text.as_bytes().chunks(STRIDE).scan(0, |sum, chunk| {
            let before = *sum;
            *sum += count(chunk) as u32;
            Some(before)
        });
        Self { lines: std::iter::once(0).chain(starts).collect(), chars: counts.collect() }
    }
}

impl Text {
    pub(crate) fn new(file: &Path, text: String) -> Self {
        Self { file: file.to_owned(), text, marks: OnceLock::new() }
    }

    fn marks(&self) -> &Marks {
        self.marks.get_or_init(|| Marks::of(&self.text))
    }

    /// The location of a span.
    pub(crate) fn location(&self, span: Span, label: Option<String>) -> Location {
        let start = (span.start as usize).min(self.text.len());
        let lines = &self.marks().lines;
        let line = lines.partition_point(|first| *first as usize <= start).max(1);
        let first = lines.get(line - 1).map_or(0, |first| *first as usize);
        let next = lines.get(line).map_or(self.text.len(), |next| *next as usize - 1);
        let end = (span.end as usize).clamp(start, next.max(start));
        let column = self.chars_before(start) - self.chars_before(first);
        let width = (self.chars_before(end) - self.chars_before(start)).max(1);
        let (skipped, source_line) = self.window(first, start, next, column);
        Location { file: self.file.clone(), line, column: column + 1, width, source_line, skipped, label }
    }

    /// The line from `first` to `next`, or what stands around the byte `start` of a long one.
    fn window(&self, first: usize, start: usize, next: usize, column: usize) -> (usize, String) {
        let whole = self.text.get(first..next).unwrap_or_default();
        if whole.chars().nth(WINDOW).is_none() {
            return (0, whole.trim_end_matches('\r').to_owned());
        }
        let before = self.text.get(first..start).unwrap_or_default();
        let from = before.char_indices().rev().take(WINDOW / 4).last().map_or(start, |(n, _)| first + n);
        let shown = self.text.get(from..next).unwrap_or_default().chars().take(WINDOW);
        (column.saturating_sub(WINDOW / 4), shown.collect())
    }

    /// How many characters stand before a byte.
    fn chars_before(&self, byte: usize) -> usize {
        let stride = byte / STRIDE;
        let counted = self.text.as_bytes().get(stride * STRIDE..byte).map_or(0, count);
        let before = self.marks().chars.get(stride).map(|before| *before as usize);
        counted + before.unwrap_or_else(|| self.text.chars().count())
    }
}

/// How many characters begin in these bytes of a UTF-8 text.
fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..=0xBF)).count()
}

/// Where the records of one file start.
#[derive(Default)]
pub(crate) struct Starts {
    /// Sections that are a single value, whole.
    values: Vec<(String, Span)>,
    sources: Vec<u32>,
    entities: Vec<u32>,
    facts: Vec<u32>,
}

impl Starts {
    /// Where the last record stands.
    pub(crate) fn last(&self) -> u32 {
        let all = [&self.sources, &self.entities, &self.facts];
        all.into_iter().filter_map(|starts| starts.last().copied()).max().unwrap_or(0)
    }

    /// Takes the next part.
    pub(crate) fn push(&mut self, part: &Part<'_, '_>) {
        let (starts, key) = match part {
            Part::Record(super::schema::Record::Source, key, _) => (&mut self.sources, key),
            Part::Record(_, key, _) => (&mut self.entities, key),
            Part::Fact(key, Some(_), _) => (&mut self.facts, key),
            Part::Value(key, node) => {
                return self.values.push((key.text.to_string(), node.span()));
            }
            _ => return,
        };
        starts.push(key.span.start);
    }
}

/// Where the parts of records stand. A file of many records has no room for the tokens of all: those of which it is
/// asked have theirs made again.
pub(crate) struct Places<'t> {
    text: &'t str,
    starts: &'t Starts,
    items: HashMap<Record, Option<Placed<'t>>>,
}

struct Placed<'t> {
    item: Item<'t>,
    evidence: OnceCell<Vec<Piece>>,
}

/// The places of one piece of evidence.
#[derive(Clone, Copy, Default)]
struct Piece {
    source: Option<Span>,
    quote: Option<Span>,
    locator: Option<Span>,
    said_by: Option<Span>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str, starts: &'t Starts) -> Self {
        Self { text, starts, items: HashMap::new() }
    }

    /// The span of a field's value, or of what comes nearest; indices are those within this file.
    pub(crate) fn span(&mut self, field: Field) -> Option<Span> {
        let (starts, n) = match field.record {
            Record::Graph(_) => {
                let mut values = self.starts.values.iter();
                return Some(values.find(|(name, _)| Some(&**name) == field.name)?.1);
            }
            Record::Source(n) => (&self.starts.sources, n),
            Record::Entity(n) => (&self.starts.entities, n),
            Record::Fact(n) => (&self.starts.facts, n),
        };
        let start = *starts.get(n)? as usize;
        let (text, is_fact) = (self.text, matches!(field.record, Record::Fact(_)));
        let placed = self.items.entry(field.record).or_insert_with(|| {
            let item = tree::item_at(text, start, is_fact)?;
            Some(Placed { item, evidence: OnceCell::new() })
        });
        let record = placed.as_ref()?;
        let named = field.name.and_then(|name| record.value(name, field.item));
        Some(named.unwrap_or_else(|| record.item.span()))
    }
}

impl<'t> Placed<'t> {
    fn value(&self, name: &str, item: usize) -> Option<Span> {
        match name {
            "source" | "quote" | "locator" | "said_by" => {
                let piece = *self.evidence.get_or_init(|| self.pieces()).get(item)?;
                let own = match name {
                    "quote" => piece.quote,
                    "locator" => piece.locator,
                    "said_by" => piece.said_by,
                    _ => None,
                };
                own.or(piece.source)
            }
            PROPERTIES | PROPERTY_KEY => {
                let (field, node) = self.field(PROPERTIES)?;
                let Value::Map(map) = node.value() else { return Some(field.span) };
                let (key, node) = map.iter().filter(|(_, node)| node.text().is_some()).nth(item)?;
                Some(if name == PROPERTIES { node.span() } else { key.span })
            }
            "lei" | "isin" | "wikidata" | "register" => {
                let (key, identifiers) = self.field("identifiers")?;
                let Value::Fields(fields) = identifiers.value() else { return Some(key.span) };
                Some(fields.find(name).map_or(key.span, |(_, node)| nth(node, item)))
            }
            _ => {
                let (_, node) = self.field(name)?;
                Some(nth(node, item))
            }
        }
    }

    fn field(&self, name: &str) -> Option<(Key<'t>, Node<'_, 't>)> {
        self.item.fields()?.find(name)
    }

    /// The pieces of evidence in the order of the fields that have them, as the reader takes them.
    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let Some(fields) = self.item.fields() else { return pieces };
        for (key, node) in fields.iter() {
            match (&*key.text, node.value()) {
                ("quotes", Value::Map(quotes)) => {
                    for (source, words) in quotes.iter() {
                        let texts = items(words).filter(|node| node.text().is_some());
                        pieces.extend(texts.map(|text| Piece {
                            source: Some(source.span),
                            quote: Some(text.span()),
                            ..Piece::default()
                        }));
                    }
                }
                ("source", _) => {
                    let ids = items(node).filter(|node| node.text().is_some());
                    pieces.extend(ids.map(|id| Piece { source: Some(id.span()), ..Piece::default() }));
                }
                ("evidence", _) => pieces.extend(items(node).filter_map(long_piece)),
                _ => {}
            }
        }
        pieces
    }
}

/// A piece of evidence in its long form, if it names a source.
fn long_piece(node: Node<'_, '_>) -> Option<Piece> {
    let Value::Fields(fields) = node.value() else { return None };
    let span = |name: &str| fields.find(name).map(|(_, node)| node.span());
    let [source, quote, locator, said_by] = ["source", "quote", "locator", "said_by"].map(span);
    Some(Piece { source: Some(source?), quote, locator, said_by })
}

/// The place of the n-th value of a field: of a list its item, else the value.
fn nth(node: Node<'_, '_>, item: usize) -> Span {
    let Value::List(mut list) = node.value() else { return node.span() };
    let Some(inner) = list.nth(item) else { return node.span() };
    match inner.value() {
        Value::List(mut pair) => pair.next().unwrap_or(inner).span(),
        _ => inner.span(),
    }
}

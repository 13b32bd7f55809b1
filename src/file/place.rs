//! From bytes of a text to line and column, and from a record's field to its bytes.

use std::path::{Path, PathBuf};

use super::syntax::{self, Key, Node, Part, Span, Value};
use crate::diagnostic::Location;
use crate::graph::{Field, Record};

/// The longest window of a line that a message shows, in characters.
const WINDOW: usize = 160;

/// A text with the starts of its lines.
pub(crate) struct Text {
    pub(crate) file: PathBuf,
    pub(crate) text: String,
    lines: Vec<usize>,
}

impl Text {
    pub(crate) fn new(file: &Path, text: String) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(n, _)| n + 1);
        Self { lines: std::iter::once(0).chain(starts).collect(), file: file.to_owned(), text }
    }

    /// The location of a span.
    pub(crate) fn location(&self, span: Span, label: Option<String>) -> Location {
        let start = span.start as usize;
        let line = self.lines.partition_point(|first| *first <= start).max(1);
        let first = self.lines.get(line - 1).copied().unwrap_or(0);
        let width = self
            .text
            .get(start..span.end as usize)
            .map_or(1, |text| text.lines().next().unwrap_or_default().chars().count());
        let column = self.text.get(first..start).map_or(0, |before| before.chars().count());
        self.window(line, column, width.max(1), label)
    }

    /// The location of a line and column, both from 1.
    pub(crate) fn position(&self, line: usize, column: usize) -> Location {
        self.window(line.clamp(1, self.lines.len().max(1)), column.saturating_sub(1), 1, None)
    }

    fn window(&self, line: usize, column: usize, width: usize, label: Option<String>) -> Location {
        let first = self.lines.get(line - 1).copied().unwrap_or(0);
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let whole = self.text.get(first..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let long = whole.chars().nth(WINDOW).is_some();
        let skipped = if long { column.saturating_sub(WINDOW / 4) } else { 0 };
        let source_line: String = whole.chars().skip(skipped).take(WINDOW).collect();
        Location { file: self.file.clone(), line, column: column + 1, width, source_line, skipped, label }
    }
}

/// Where the parts of one file's records stand; read again from its text, since nobody keeps it.
pub(crate) struct Places<'t> {
    sources: Vec<RecordPlace<'t>>,
    entities: Vec<RecordPlace<'t>>,
    facts: Vec<RecordPlace<'t>>,
}

struct RecordPlace<'t> {
    name: Key<'t>,
    fields: Vec<(Key<'t>, Node<'t>)>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let mut places = Self { sources: Vec::new(), entities: Vec::new(), facts: Vec::new() };
        // What ended reading has been reported; the places before it are good.
        let _ = syntax::read(text, &mut |part| match part {
            Part::Record(super::schema::Record::Source, name, fields) => {
                places.sources.push(RecordPlace { name, fields });
            }
            Part::Record(_, name, fields) => places.entities.push(RecordPlace { name, fields }),
            Part::Fact(name, Some(_), fields) => places.facts.push(RecordPlace { name, fields }),
            _ => {}
        });
        places
    }

    /// The span of a field's value, or of what comes nearest; indices are those within this file.
    pub(crate) fn span(&self, field: Field) -> Option<Span> {
        let record = match field.record {
            Record::Source(n) => self.sources.get(n),
            Record::Entity(n) => self.entities.get(n),
            Record::Fact(n) => self.facts.get(n),
        }?;
        let named = field.name.and_then(|name| record.value(name, field.item));
        named.or(record.name.span)
    }
}

impl RecordPlace<'_> {
    fn value(&self, name: &str, item: usize) -> Option<Span> {
        match name {
            "quotes" => self.evidence(item),
            "lei" | "isin" | "wikidata" | "register" => {
                let (key, identifiers) = self.field("identifiers")?;
                let Value::Map(fields) = &identifiers.value else { return key.span };
                let inner = fields.iter().find(|(key, _)| key.text == name);
                inner.and_then(|(key, node)| nth(key, node, item)).or(key.span)
            }
            _ => {
                let (key, node) = self.field(name)?;
                nth(key, node, item)
            }
        }
    }

    fn field(&self, name: &str) -> Option<&(Key<'_>, Node<'_>)> {
        self.fields.iter().find(|(key, _)| key.text == name)
    }

    /// The place of the n-th piece of evidence, counted through `quotes`, then `evidence`, as the reader does.
    fn evidence(&self, item: usize) -> Option<Span> {
        let mut spans: Vec<Option<Span>> = Vec::new();
        for (key, node) in &self.fields {
            match (&*key.text, &node.value) {
                ("quotes", Value::Map(quotes)) => {
                    for (source, words) in quotes {
                        let count = match &words.value {
                            Value::List(list) => list.len(),
                            _ => 1,
                        };
                        spans.extend(std::iter::repeat_n(source.span.or(key.span), count));
                    }
                }
                ("evidence", Value::List(list)) => {
                    spans.extend(list.iter().map(|node| {
                        match &node.value {
                            Value::Map(fields) => fields
                                .iter()
                                .find(|(key, _)| key.text == "source")
                                .and_then(|(key, node)| node.span.or(key.span))
                                .or(key.span),
                            _ => key.span,
                        }
                    }));
                }
                _ => {}
            }
        }
        spans.get(item).copied().flatten()
    }
}

/// The place of the n-th value of a field: of a list its item, else the value, else the field's name.
fn nth(key: &Key<'_>, node: &Node<'_>, item: usize) -> Option<Span> {
    let inner = match &node.value {
        Value::List(list) => list.get(item).and_then(|node| match &node.value {
            Value::List(pair) => pair.first().and_then(|first| first.span),
            _ => node.span,
        }),
        _ => node.span,
    };
    inner.or(key.span)
}

//! Interpretation of the parts of one file: records out of fields, and a diagnostic for whatever is wrong.

use std::collections::HashMap;
use std::str::FromStr;

use super::place::Text;
use super::schema::{self, SECTIONS};
use super::syntax::{self, Failure, Key, Node, Part, Span, Value};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::model::{EvidenceRecord, FactKind, Id, Records, SourceKind, SourceRecord, Stance};
use crate::value::ValueError;

/// The version of the format that this program writes and the newest that it reads.
const VERSION: u64 = 1;

/// What one file says, and what is wrong with it.
pub(crate) struct Document {
    pub(crate) records: Records,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Which sources, entities and facts could not be read whole: what they lack has been reported.
    pub(crate) damaged: Vec<crate::graph::Record>,
    /// Reading ended before the end of the file.
    pub(crate) cut: bool,
}

/// Reads one file.
pub(crate) fn read(text: &Text) -> Document {
    let mut reader = Reader {
        text,
        records: Records::default(),
        diagnostics: Vec::new(),
        damaged: Vec::new(),
        sections: HashMap::new(),
        ids: HashMap::new(),
    };
    let read = syntax::read(&text.text, &mut |part| reader.part(part));
    let cut = read.is_err();
    if let Err(failure) = read {
        reader.failure(failure);
    }
    Document { records: reader.records, diagnostics: reader.diagnostics, damaged: reader.damaged, cut }
}

/// Reads the parts of one file, one at a time.
pub(crate) struct Reader<'t> {
    text: &'t Text,
    records: Records,
    diagnostics: Vec<Diagnostic>,
    damaged: Vec<crate::graph::Record>,
    /// Sections seen, by name.
    sections: HashMap<String, Option<Span>>,
    /// Ids of records seen, by section and id.
    ids: HashMap<(&'static str, String), Option<Span>>,
}

pub(crate) type Fields<'t> = Vec<(Key<'t>, Node<'t>)>;

impl<'t> Reader<'t> {
    fn part(&mut self, part: Part<'t>) {
        let before = self.diagnostics.len();
        match part {
            Part::Section(key) => self.section(&key),
            Part::Value(key, node) => {
                self.section(&key);
                self.value_section(&key, &node);
            }
            Part::UnknownSection(key) => {
                let hint = did_you_mean(&key.text, SECTIONS.iter().map(|(name, _)| *name));
                let hint = hint.unwrap_or_else(|| {
                    let names: Vec<_> = SECTIONS.iter().map(|(name, _)| format!("`{name}`")).collect();
                    format!("the sections are {}", names.join(", "))
                });
                self.report(
                    Code::UnknownSection,
                    &key,
                    key.span,
                    format!("no section is called `{}`", key.text),
                    Some(hint),
                );
            }
            Part::Record(record, key, fields) => self.record(record, &key, fields, before),
            Part::Fact(key, None, _) => self.unknown_kind(&key),
            Part::Fact(key, Some(kind), fields) => {
                let record = schema::Record::Fact(kind);
                self.check_fields(record, &fields);
                let fact = self.fact(kind, &key, &fields);
                if self.diagnostics.len() > before {
                    self.damaged.push(crate::graph::Record::Fact(self.records.facts.len()));
                }
                self.records.facts.push(fact);
            }
        }
    }

    fn section(&mut self, key: &Key<'t>) {
        if let Some(first) = self.sections.insert(key.text.to_string(), key.span) {
            self.duplicate("section", key, first);
        }
    }

    fn value_section(&mut self, key: &Key<'t>, node: &Node<'t>) {
        match &*key.text {
            "title" => self.records.title = self.text(key, node),
            "description" => self.records.description = self.text(key, node),
            _ => self.version(key, node),
        }
    }

    fn version(&mut self, key: &Key<'t>, node: &Node<'t>) {
        let version = match &node.value {
            Value::Whole(number) => Some(*number),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        let span = node.span.or(key.span);
        match version {
            None => self.report(
                Code::WrongShape,
                key,
                span,
                "`version` is not a whole number".to_owned(),
                Some(format!("write `version: {VERSION}`, or leave it out")),
            ),
            Some(version) if version > VERSION => self.report(
                Code::NewerVersion,
                key,
                span,
                format!(
                    "the file is of version {version} of the format; this program knows version {VERSION}"
                ),
                Some("use a newer keiretsu".to_owned()),
            ),
            Some(_) => {}
        }
    }

    fn record(&mut self, record: schema::Record, key: &Key<'t>, fields: Fields<'t>, before: usize) {
        let section = if record == schema::Record::Source { "sources" } else { "entities" };
        let scope = match record {
            schema::Record::Entity(kind) => kind.section(),
            _ => section,
        };
        if let Some(first) = self.ids.insert((scope, key.text.to_string()), key.span) {
            self.duplicate("id", key, first);
        }
        let id = self.own_id(key);
        self.check_fields(record, &fields);
        match record {
            schema::Record::Entity(kind) => {
                let entity = self.entity(kind, id, key, &fields);
                if self.diagnostics.len() > before {
                    self.damaged.push(crate::graph::Record::Entity(self.records.entities.len()));
                }
                self.records.entities.push(entity);
            }
            _ => {
                let source = self.source(id, key, &fields);
                if self.diagnostics.len() > before {
                    self.damaged.push(crate::graph::Record::Source(self.records.sources.len()));
                }
                self.records.sources.push(source);
            }
        }
    }

    fn source(&mut self, id: Id, record: &Key<'t>, fields: &Fields<'t>) -> SourceRecord {
        let mut source = SourceRecord::new(id, String::new());
        let mut titled = false;
        for (key, node) in fields {
            match &*key.text {
                "title" => {
                    titled = true;
                    source.title = self.text(key, node).unwrap_or_else(|| "?".to_owned());
                }
                "kind" => source.kind = self.word(key, node, SourceKind::ALL, SourceKind::name),
                "publisher" => source.publisher = self.text(key, node),
                "author" => source.author = self.text(key, node),
                "url" => source.url = self.text(key, node),
                "published" => source.published = self.parsed(Code::BadDate, key, node),
                "accessed" => source.accessed = self.parsed(Code::BadDate, key, node),
                "language" => source.language = self.text(key, node),
                _ => {}
            }
        }
        if !titled {
            self.missing("source", "title", record);
            source.title.push('?');
        }
        source
    }

    /// Evidence in its short form: `quotes: {"source": ["words"]}`.
    pub(crate) fn quotes(&mut self, key: &Key<'t>, node: &Node<'t>, evidence: &mut Vec<EvidenceRecord>) {
        let Value::Map(quotes) = &node.value else {
            return self.shape(key, node, "a map from source to words: {\"source\": [\"words\"]}");
        };
        let mut seen: HashMap<&str, Option<Span>> = HashMap::new();
        for (source, words) in quotes {
            if let Some(first) = seen.insert(&source.text, source.span) {
                self.duplicate("key", source, first);
            }
            for words in self.texts(source, words) {
                evidence.push(EvidenceRecord::quote(Id::unchecked(&source.text), words));
            }
        }
    }

    /// Evidence in its long form: `evidence: [(source: "id", ...)]`.
    pub(crate) fn evidence(&mut self, key: &Key<'t>, node: &Node<'t>, evidence: &mut Vec<EvidenceRecord>) {
        let Value::List(list) = &node.value else { return };
        for item in list {
            let Value::Map(fields) = &item.value else { continue };
            self.check_fields(schema::Record::Evidence, fields);
            let mut record = EvidenceRecord::new(Id::unchecked(""));
            let mut sourced = false;
            for (key, node) in fields {
                match &*key.text {
                    "source" => {
                        sourced = true;
                        record.source = Id::unchecked(&self.text(key, node).unwrap_or_default());
                    }
                    "quote" => record.quote = self.text(key, node),
                    "locator" => record.locator = self.text(key, node),
                    "said_by" => record.said_by = self.text(key, node),
                    "stance" => {
                        record.stance =
                            self.word(key, node, Stance::ALL, Stance::name).unwrap_or(Stance::Supports);
                    }
                    _ => {}
                }
            }
            if sourced {
                evidence.push(record);
            } else {
                self.missing("piece of evidence", "source", key);
            }
        }
    }

    fn check_fields(&mut self, record: schema::Record, fields: &Fields<'t>) {
        let mut seen: HashMap<&str, Option<Span>> = HashMap::new();
        for (key, node) in fields {
            if let Some(first) = seen.insert(&key.text, key.span) {
                self.duplicate("field", key, first);
            }
            if matches!(node.value, Value::Unknown) {
                let names = record.field_names();
                let hint = did_you_mean(&key.text, names.iter().copied());
                let hint = hint.unwrap_or_else(|| self.field_list(record));
                let message = format!("a `{}` has no field `{}`", record.name(), key.text);
                self.report(Code::UnknownField, key, key.span, message, Some(hint));
            }
        }
    }

    fn field_list(&self, record: schema::Record) -> String {
        match record {
            schema::Record::Fact(kind) => {
                let roles: Vec<_> = kind.row().roles.iter().map(|role| format!("`{}`", role.role)).collect();
                format!("its roles are {}; `keiretsu kinds` lists all", roles.join(", "))
            }
            _ => {
                let names: Vec<_> = record.field_names().iter().map(|name| format!("`{name}`")).collect();
                format!("its fields are {}", names.join(", "))
            }
        }
    }

    fn unknown_kind(&mut self, key: &Key<'t>) {
        let hint = did_you_mean(&key.text, FactKind::ALL.iter().map(|kind| kind.name()));
        let hint = hint.unwrap_or_else(|| {
            "`keiretsu kinds` lists them; what fits none is a `Link` with `what`".to_owned()
        });
        let message = format!("no kind of fact is called `{}`", key.text);
        self.report(Code::UnknownKind, key, key.span, message, Some(hint));
    }

    fn own_id(&mut self, key: &Key<'t>) -> Id {
        match key.text.parse() {
            Ok(id) => id,
            Err(error) => {
                self.bad_id(key, key.span, &key.text, &error);
                Id::unchecked(&key.text)
            }
        }
    }

    pub(crate) fn bad_id(&mut self, key: &Key<'t>, span: Option<Span>, text: &str, error: &impl ToString) {
        let hint = Id::slug(text).map(|slug| format!("write `{slug}`"));
        self.report(Code::BadId, key, span, error.to_string(), hint);
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &Key<'t>, node: &Node<'t>) -> Option<String> {
        match &node.value {
            Value::Text(text) => Some(text.to_string()),
            Value::Unknown => None,
            _ => {
                self.not_text(key, node);
                None
            }
        }
    }

    /// A list of texts, or one alone.
    pub(crate) fn texts(&mut self, key: &Key<'t>, node: &Node<'t>) -> Vec<String> {
        let items = items(node);
        items.filter_map(|item| self.text(key, item)).collect()
    }

    /// A list of ids, or one alone; whether they name something is checked later.
    pub(crate) fn ids(&mut self, key: &Key<'t>, node: &Node<'t>) -> Vec<Id> {
        self.texts(key, node).iter().map(|text| Id::unchecked(text)).collect()
    }

    /// A value with a grammar of its own.
    pub(crate) fn parsed<T: FromStr<Err = ValueError>>(
        &mut self,
        code: Code,
        key: &Key<'t>,
        node: &Node<'t>,
    ) -> Option<T> {
        let Value::Text(text) = &node.value else {
            if !matches!(node.value, Value::Unknown) {
                self.not_text(key, node);
            }
            return None;
        };
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.bad_value(code, key, node, &error);
                None
            }
        }
    }

    /// A list of such values, or one alone.
    pub(crate) fn all_parsed<T: FromStr<Err = ValueError>>(
        &mut self,
        code: Code,
        key: &Key<'t>,
        node: &Node<'t>,
    ) -> Vec<T> {
        items(node).filter_map(|item| self.parsed(code, key, item)).collect()
    }

    pub(crate) fn bad_value(&mut self, code: Code, key: &Key<'t>, node: &Node<'t>, error: &ValueError) {
        let hint = error.hint().map(str::to_owned);
        self.report(code, key, node.span.or(key.span), error.to_string(), hint);
    }

    /// True or false.
    pub(crate) fn flag(&mut self, key: &Key<'t>, node: &Node<'t>) -> Option<bool> {
        match node.value {
            Value::Flag(flag) => Some(flag),
            Value::Unknown => None,
            _ => {
                let message = format!("`{}` is true or false", key.text);
                let hint = format!("write `{}: true`, without quotes", key.text);
                self.report(Code::BadChoice, key, node.span.or(key.span), message, Some(hint));
                None
            }
        }
    }

    /// A bare word of a closed list.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &Key<'t>,
        node: &Node<'t>,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let Value::Word(word) = node.value else { return None };
        if let Some(found) = all.iter().copied().find(|candidate| name(*candidate) == word) {
            return Some(found);
        }
        let names: Vec<_> = all.iter().map(|candidate| name(*candidate)).collect();
        let bare = word.trim_matches('"');
        let (message, hint) = if names.contains(&bare) {
            (
                format!("`{}` takes a bare word", key.text),
                format!("write `{}: {bare}`, without quotes", key.text),
            )
        } else {
            let list: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            let near = did_you_mean(bare, names.iter().copied());
            let hint = near.unwrap_or_else(|| format!("one of {}", list.join(", ")));
            (format!("`{}` is not one of the words of `{}`", short(bare), key.text), hint)
        };
        self.report(Code::BadChoice, key, node.span.or(key.span), message, Some(hint));
        None
    }

    /// Says that a value has the wrong shape, which is not worth ending the file for.
    pub(crate) fn shape(&mut self, key: &Key<'t>, node: &Node<'t>, expected: &str) {
        if !matches!(node.value, Value::Unknown) {
            let message = format!("`{}` is {expected}, not {}", key.text, noun(node));
            self.report(Code::WrongShape, key, node.span.or(key.span), message, None);
        }
    }

    pub(crate) fn missing(&mut self, what: &str, field: &str, record: &Key<'t>) {
        let message = format!("this {what} has no `{field}`");
        self.report(Code::MissingField, record, record.span, message, None);
    }

    fn not_text(&mut self, key: &Key<'t>, node: &Node<'t>) {
        let message = format!("`{}` is text, not {}", key.text, noun(node));
        let hint = match node.value {
            Value::List(_) | Value::Map(_) => None,
            _ => Some("write it in quotes".to_owned()),
        };
        let code = if hint.is_some() { Code::NotText } else { Code::WrongShape };
        self.report(code, key, node.span.or(key.span), message, hint);
    }

    fn duplicate(&mut self, what: &str, key: &Key<'t>, first: Option<Span>) {
        let message = format!("the {what} `{}` stands twice", key.text);
        self.report(Code::DuplicateKey, key, key.span, message, Some("keep one of the two".to_owned()));
        if let (Some(first), Some(last)) = (first, self.diagnostics.last_mut()) {
            last.also = Some(self.text.location(first, Some("first here".to_owned())));
        }
    }

    /// Reports at a span; without one, at the key; without that, at the start of the file.
    pub(crate) fn report(
        &mut self,
        code: Code,
        key: &Key<'t>,
        span: Option<Span>,
        message: String,
        hint: Option<String>,
    ) {
        let span = span.or(key.span).unwrap_or(Span { start: 0, end: 0 });
        let mut diagnostic = Diagnostic::new(code, message).maybe_hint(hint);
        diagnostic.at = Some(self.text.location(span, None));
        self.diagnostics.push(diagnostic);
    }

    fn failure(&mut self, failure: Failure) {
        let code = match &failure.error {
            ron::Error::ExceededRecursionLimit => Code::TooDeep,
            ron::Error::ExpectedArray
            | ron::Error::ExpectedMap
            | ron::Error::ExpectedStructLike
            | ron::Error::ExpectedNamedStructLike(_)
            | ron::Error::ExpectedDifferentStructName { .. }
            | ron::Error::ExpectedString
            | ron::Error::ExpectedIdentifier
            | ron::Error::InvalidValueForType { .. }
            | ron::Error::Message(_) => Code::WrongShape,
            _ => Code::Syntax,
        };
        let said = failure.error.to_string();
        let mut chars = said.chars();
        let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
        let mut diagnostic = Diagnostic::new(code, format!("{first}{}", chars.as_str()));
        diagnostic.hint = Some(match failure.error {
            ron::Error::ExpectedDifferentStructName { .. } | ron::Error::ExpectedNamedStructLike("Graph") => {
                "a graph file is one `Graph( ... )`".to_owned()
            }
            _ => "the rest of this file was not read".to_owned(),
        });
        diagnostic.at = Some(self.text.position(failure.line, failure.column));
        self.diagnostics.push(diagnostic);
    }
}

/// The items of a list, or the one value.
pub(crate) fn items<'n, 't>(node: &'n Node<'t>) -> impl Iterator<Item = &'n Node<'t>> + use<'n, 't> {
    let list = match &node.value {
        Value::List(list) => list.as_slice(),
        Value::Unknown => &[],
        _ => std::slice::from_ref(node),
    };
    list.iter()
}

fn noun(node: &Node<'_>) -> &'static str {
    match &node.value {
        Value::Text(_) => "text",
        Value::Word(_) => "a word",
        Value::Flag(_) => "true or false",
        Value::Whole(_) => "a number",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Odd(name) => name,
        Value::Unknown => "nothing",
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

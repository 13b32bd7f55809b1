//! Interpretation of the parts of one file: records out of fields, and a diagnostic for whatever is wrong.

use std::borrow::Cow;
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::mpsc;

use super::loader::Watch;
use super::place::{Starts, Text};
use super::schema::{self, SECTIONS, Section};
use super::seen::Seen;
use super::tree::{self, Fields, Key, Node, Part, Span, Value};
use super::unknown::{Lost, Unknown};
use crate::diagnostic::{Code, Diagnostic, Found, a, did_you_mean, shown};
use crate::graph::Intake;
use crate::model::{EntityRecord, FactKind, FactRecord, Id, SourceRecord, other_word};
use crate::parallel::{is_large, items_in, result_of, spawn};
use crate::value::ValueError;

/// The version of the format that this program writes and the newest that it reads.
const VERSION: u64 = 1;

/// Reads one file into a graph; its problems are added to those found before. Gives back where its records stand.
///
/// Of a large file, one thread reads records and this one takes them in.
pub(crate) fn read(
    text: &Text,
    found: &mut Found<'static, Diagnostic>,
    intake: &mut Intake<'_>,
    unknown: &Unknown,
    watch: Watch<'_>,
) -> Starts {
    let reader = Reader {
        text,
        watch,
        title: None,
        description: None,
        found: std::mem::take(found),
        lost: Lost::default(),
        sections: HashMap::new(),
        ids: HashMap::new(),
        seen: Seen::default(),
    };
    let mut take = |batch: &mut [Given]| {
        if batch.len() > 1 {
            intake.expect(batch.iter().filter_map(|(record, _)| match record {
                Whole::Fact(fact) => Some(&**fact),
                _ => None,
            }));
        }
        for (record, is_damaged) in batch {
            if *is_damaged {
                unknown.known().damaged.insert(match record {
                    Whole::Source(_) => intake.next_source(),
                    Whole::Entity(_) => intake.next_entity(),
                    Whole::Fact(_) => intake.next_fact(),
                });
            }
            match record {
                Whole::Source(source) => intake.source(source.clone()),
                Whole::Entity(entity) => intake.entity(entity),
                Whole::Fact(fact) => intake.fact(fact),
            }
        }
    };
    let is_large = is_large(items_in(text.text.len() as u64));
    let (reader, starts) = if is_large { reader.read_ahead(&mut take) } else { reader.read(&mut take) };
    intake.heading(reader.title, reader.description);
    *found = reader.found;
    let mut known = unknown.known();
    known.lost.add(reader.lost);
    starts
}

/// Records are handed to the other thread in batches of this size, and this many batches ahead.
const BATCH: usize = 16;
const BATCHES: usize = 64;

/// A record out of its fields.
enum Whole {
    Source(SourceRecord),
    Entity(Box<EntityRecord>),
    Fact(Box<FactRecord>),
}

/// A record, and whether something was wrong with it.
type Given = (Whole, bool);

/// Reads the parts of one file, one at a time.
pub(crate) struct Reader<'t> {
    text: &'t Text,
    watch: Watch<'t>,
    title: Option<String>,
    description: Option<String>,
    found: Found<'static, Diagnostic>,
    lost: Lost,
    /// Sections seen, by name.
    sections: HashMap<String, Span>,
    /// Ids of records seen, by section and id.
    ids: HashMap<&'static str, HashMap<Cow<'t, str>, Span>>,
    /// Fields of the last record, for the room that they have.
    pub(crate) seen: Seen<'t>,
}

impl<'t> Reader<'t> {
    /// Reads the file, and hands out each record.
    fn read(self, take: &mut dyn FnMut(&mut [Given])) -> (Self, Starts) {
        self.read_whole(&mut |given| take(&mut [given]))
    }

    fn read_whole(mut self, give: &mut dyn FnMut(Given)) -> (Self, Starts) {
        let mut starts = Starts::default();
        let mut parts = 0;
        tree::read(&self.text.text, &mut |part| {
            if self.watch.is_cancelled() {
                return;
            }
            starts.push(&part);
            self.watch.at(parts, starts.last());
            parts += 1;
            let before = self.found.counts();
            if let Some(record) = self.part(part) {
                give((record, self.found.counts() != before));
            }
        });
        (self, starts)
    }

    /// The same, on a thread of its own, if one can be started: what is handed out comes in the same order, many at a
    /// time.
    ///
    /// Records go back to where they were made to be thrown away: two threads that free the memory of each other wait
    /// for each other.
    fn read_ahead(self, take: &mut dyn FnMut(&mut [Given])) -> (Self, Starts) {
        let (sender, batches) = mpsc::sync_channel::<Vec<Given>>(BATCHES);
        let (taken, spent) = mpsc::channel::<Vec<Given>>();
        std::thread::scope(|scope| {
            let read = move |reader: Self| {
                let mut batch = Vec::with_capacity(BATCH);
                let read = reader.read_whole(&mut |given| {
                    batch.push(given);
                    if batch.len() == BATCH {
                        let mut next = spent.try_recv().unwrap_or_else(|_| Vec::with_capacity(BATCH));
                        next.clear();
                        // Whoever takes them waits for them: this cannot fail.
                        let _ = sender.send(std::mem::replace(&mut batch, next));
                    }
                });
                let _ = sender.send(batch);
                read
            };
            let reading = match spawn(scope, self, read) {
                Ok(reading) => reading,
                Err(reader) => return reader.read(take),
            };
            for mut batch in batches {
                take(&mut batch);
                // The reader may be done and gone.
                let _ = taken.send(batch);
            }
            result_of(reading)
        })
    }

    /// The record that a part is, if it is one.
    fn part(&mut self, part: Part<'_, 't>) -> Option<Whole> {
        match part {
            Part::Record(record, key, fields) => return Some(self.record(record, &key, fields)),
            Part::Fact(_, Some(kind), fields) => {
                self.check_fields(schema::Record::Fact(kind), fields);
                return Some(Whole::Fact(Box::new(self.fact(kind, fields))));
            }
            Part::Section(key) => self.section(&key),
            Part::Value(key, node) => {
                self.section(&key);
                self.value_section(&key, node);
            }
            Part::UnknownSection(key, _) => {
                let hint = self.near(&key.text, SECTIONS.iter().map(|(name, _)| *name));
                let hint = hint.unwrap_or_else(|| {
                    let names: Vec<_> = SECTIONS.iter().map(|(name, _)| format!("`{name}`")).collect();
                    format!("the sections are {}", names.join(", "))
                });
                let message = format!("no section is called `{}`", shown(&key.text));
                self.report(Code::UnknownSection, key.span, message, Some(hint));
                self.lost.add(Lost::all());
            }
            Part::OddSection(key, section, node) => {
                self.section(&key);
                self.odd_section(&key, section, node);
            }
            Part::OddId(node) => {
                let (message, hint) = odd_id(node);
                self.report(Code::WrongShape, node.span(), message, Some(hint));
                self.lost.add(Lost::all());
            }
            Part::OddRecord(record, key, node) => {
                let message = match node.value() {
                    Value::Fields(_) => format!("this section holds records of the kind `{}`", record.name()),
                    _ => format!("`{}` is fields in brackets, not {}", shown(&key.text), noun(node)),
                };
                let field = if record == schema::Record::Source { "title" } else { "name" };
                let hint = format!("write `\"{}\": ({field}: \"...\")`", shown(&key.text));
                self.report(Code::WrongShape, node.span(), message, Some(hint));
                self.lose(record);
            }
            Part::OddFact(node) => {
                let message = format!("a fact is a kind with its fields, not {}", noun(node));
                let hint = "write `Kind(role: \"id\", ...)`; `keiretsu kinds` lists the kinds".to_owned();
                self.report(Code::WrongShape, node.span(), message, Some(hint));
                self.lost.facts = true;
            }
            Part::Fact(key, None, _) => {
                self.unknown_kind(&key);
                self.lost.facts = true;
            }
            Part::Unread(unread) => {
                self.lost.unread(&unread);
                if let Some(slip) = unread.slip {
                    self.found.push(slip.diagnostic(self.text, unread.begins, unread.is_last));
                }
            }
        }
        None
    }

    fn section(&mut self, key: &Key<'t>) {
        if let Some(first) = self.sections.insert(key.text.to_string(), key.span) {
            self.duplicate("section", key, first);
        }
    }

    fn odd_section(&mut self, key: &Key<'t>, section: Section, node: Node<'_, 't>) {
        let (what, hint) = match section {
            Section::Records(record) => {
                self.lose(record);
                let field = if record == schema::Record::Source { "title" } else { "name" };
                ("a map from id to record", format!("write `{}: {{ \"id\": ({field}: \"...\") }}`", key.text))
            }
            _ => {
                self.lost.facts = true;
                ("a list of facts", "write `facts: [ Kind(role: \"id\", ...) ]`".to_owned())
            }
        };
        let message = format!("the section `{}` is {what}, not {}", key.text, noun(node));
        self.report(Code::WrongShape, node.span(), message, Some(hint));
    }

    fn lose(&mut self, record: schema::Record) {
        match record {
            schema::Record::Source => self.lost.sources = true,
            _ => self.lost.entities = true,
        }
    }

    fn value_section(&mut self, key: &Key<'t>, node: Node<'_, 't>) {
        match &*key.text {
            "title" => self.title = self.text(key, node),
            "description" => self.description = self.text(key, node),
            _ => self.version(node),
        }
    }

    fn version(&mut self, node: Node<'_, 't>) {
        let version = match node.value() {
            Value::Whole(number) => Some(number),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        };
        let span = node.span();
        match version {
            None => self.report(
                Code::WrongShape,
                span,
                "`version` is not a whole number".to_owned(),
                Some(format!("write `version: {VERSION}`, or leave it out")),
            ),
            Some(version) if version > VERSION => self.report(
                Code::NewerVersion,
                span,
                format!(
                    "the file is of version {version} of the format; this program knows version {VERSION}"
                ),
                Some("use a newer keiretsu".to_owned()),
            ),
            Some(_) => {}
        }
    }

    fn record(&mut self, record: schema::Record, key: &Key<'t>, fields: Fields<'_, 't>) -> Whole {
        let scope = match record {
            schema::Record::Entity(kind) => kind.section(),
            _ => "sources",
        };
        if let Some(first) = self.ids.entry(scope).or_default().insert(key.text.clone(), key.span) {
            self.duplicate("id", key, first);
        }
        let id = self.own_id(key);
        self.check_fields(record, fields);
        match record {
            schema::Record::Entity(kind) => Whole::Entity(Box::new(self.entity(kind, id, key, fields))),
            _ => Whole::Source(self.source(id, key, fields)),
        }
    }

    pub(crate) fn check_fields(&mut self, record: schema::Record, fields: Fields<'_, 't>) {
        let mut seen = std::mem::take(&mut self.seen).emptied();
        for (key, _) in fields.iter() {
            if let Some(first) = seen.before(&key) {
                self.duplicate("field", &key, first);
            }
            if !record.has_field(&key.text) {
                let names = record.field_names();
                let hint = other_word::field(&key.text, &names);
                let hint = hint.or_else(|| self.near(&key.text, names.iter().copied()));
                let hint = hint.unwrap_or_else(|| self.field_list(record));
                let message = format!("{} has no field `{}`", a(record.name()), shown(&key.text));
                self.report(Code::UnknownField, key.span, message, Some(hint));
            }
        }
        self.seen = seen;
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
        let near = || self.near(&key.text, FactKind::ALL.iter().map(|kind| kind.name()));
        let hint = other_word::kind(&key.text).or_else(near);
        let hint = hint.unwrap_or_else(|| {
            "`keiretsu kinds` lists them; what fits none is a `Link` with `what`".to_owned()
        });
        let message = format!("no kind of fact is called `{}`", shown(&key.text));
        self.report(Code::UnknownKind, key.span, message, Some(hint));
    }

    fn own_id(&mut self, key: &Key<'t>) -> Id {
        match key.text.parse() {
            Ok(id) => id,
            Err(error) => {
                self.bad_id(key.span, &key.text, &error);
                Id::unchecked(&key.text)
            }
        }
    }

    pub(crate) fn bad_id(&mut self, span: Span, text: &str, error: &impl ToString) {
        let hint = Id::slug(text).filter(|slug| slug.as_str().len() <= 60).map_or_else(
            || "choose a short one, as in `fih-mobile`".to_owned(),
            |slug| format!("write `{slug}`"),
        );
        self.report(Code::BadId, span, error.to_string(), Some(hint));
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Option<String> {
        self.borrowed(key, node).map(Cow::into_owned)
    }

    fn borrowed(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Option<Cow<'t, str>> {
        let text = node.text();
        if text.is_none() {
            self.not_text(key, node);
        }
        text
    }

    /// A list of texts, or one alone.
    pub(crate) fn texts(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Vec<String> {
        let items = items(node);
        items.filter_map(|item| self.text(key, item)).collect()
    }

    /// A list of ids, or one alone; whether they name something is checked later.
    pub(crate) fn ids(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Vec<Id> {
        items(node).filter_map(|item| self.id(key, item)).collect()
    }

    /// An id; whether it names something is checked later.
    pub(crate) fn id(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Option<Id> {
        self.borrowed(key, node).map(|text| Id::unchecked(&text))
    }

    /// A value with a grammar of its own.
    pub(crate) fn parsed<T: FromStr<Err = ValueError>>(
        &mut self,
        code: Code,
        key: &Key<'t>,
        node: Node<'_, 't>,
    ) -> Option<T> {
        match self.borrowed(key, node)?.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.bad_value(code, node, &error);
                None
            }
        }
    }

    /// A list of such values, or one alone.
    pub(crate) fn all_parsed<T: FromStr<Err = ValueError>>(
        &mut self,
        code: Code,
        key: &Key<'t>,
        node: Node<'_, 't>,
    ) -> Vec<T> {
        items(node).filter_map(|item| self.parsed(code, key, item)).collect()
    }

    pub(crate) fn bad_value(&mut self, code: Code, node: Node<'_, 't>, error: &ValueError) {
        let hint = error.hint().map(str::to_owned);
        self.report(code, node.span(), error.to_string(), hint);
    }

    /// True or false.
    pub(crate) fn flag(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Option<bool> {
        match node.value() {
            Value::Flag(flag) => Some(flag),
            _ => {
                let message = format!("`{}` is true or false, not {}", key.text, noun(node));
                let hint = format!("write `{}: true`, without quotes", key.text);
                self.report(Code::BadChoice, node.span(), message, Some(hint));
                None
            }
        }
    }

    /// A bare word of a closed list.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &Key<'t>,
        node: Node<'_, 't>,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        if let Value::Word(word) = node.value()
            && let Some(found) = all.iter().copied().find(|candidate| name(*candidate) == word)
        {
            return Some(found);
        }
        self.not_word(key, node, &all.iter().map(|candidate| name(*candidate)).collect::<Vec<_>>());
        None
    }

    /// Says that a value is none of these words.
    fn not_word(&mut self, key: &Key<'t>, node: Node<'_, 't>, names: &[&'static str]) {
        let list = || names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let bare: Cow<'_, str> = match node.value() {
            Value::Word(word) => Cow::Borrowed(word),
            Value::Text(text) => text,
            _ => {
                let message = format!("`{}` is a bare word, not {}", key.text, noun(node));
                let hint = format!("one of {}", list());
                return self.report(Code::BadChoice, node.span(), message, Some(hint));
            }
        };
        let (message, hint) = if names.contains(&&*bare) {
            (
                format!("`{}` takes a bare word", key.text),
                format!("write `{}: {bare}`, without quotes", key.text),
            )
        } else {
            let near = self.near(&bare, names.iter().copied());
            let hint = near.unwrap_or_else(|| format!("one of {}", list()));
            (format!("`{}` is not one of the words of `{}`", shown(&bare), key.text), hint)
        };
        self.report(Code::BadChoice, node.span(), message, Some(hint));
    }

    /// Says that a value has the wrong shape, which is not worth ending the file for.
    pub(crate) fn shape(&mut self, key: &Key<'t>, node: Node<'_, 't>, expected: &str, example: &str) {
        let message = format!("`{}` is {expected}, not {}", shown(&key.text), noun(node));
        self.report(Code::WrongShape, node.span(), message, Some(format!("write `{example}`")));
    }

    /// Says that a record lacks a field; not if it has one of an unknown name, which may be the one meant.
    pub(crate) fn missing(
        &mut self,
        record: schema::Record,
        field: &str,
        key: &Key<'t>,
        fields: Fields<'_, 't>,
    ) {
        if fields.iter().any(|(key, _)| !record.has_field(&key.text)) {
            return;
        }
        let message = format!("this {} has no `{field}`", record.name().to_lowercase());
        self.report(Code::MissingField, key.span, message, Some(format!("add `{field}: \"...\"`")));
    }

    fn not_text(&mut self, key: &Key<'t>, node: Node<'_, 't>) {
        let message = format!("`{}` is text, not {}", shown(&key.text), noun(node));
        let (code, hint) = match in_quotes(node) {
            Some(hint) => (Code::NotText, hint),
            None => (Code::WrongShape, format!("write `{}: \"...\"`", shown(&key.text))),
        };
        self.report(code, node.span(), message, Some(hint));
    }

    pub(crate) fn duplicate(&mut self, what: &str, key: &Key<'t>, first: Span) {
        let message = format!("the {what} `{}` stands twice", shown(&key.text));
        let mut diagnostic = self.diagnostic(Code::DuplicateKey, key.span, message);
        diagnostic.also = Some(self.text.location(first, Some("first here".to_owned())));
        self.found.push(diagnostic.hint("keep one of the two"));
    }

    pub(crate) fn report(&mut self, code: Code, span: Span, message: String, hint: Option<String>) {
        let diagnostic = self.diagnostic(code, span, message);
        self.found.push(diagnostic.maybe_hint(hint));
    }

    /// "did you mean `near`?"; not searched for errors that are only counted.
    fn near<'n>(&self, wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
        if self.found.has_all_errors() { None } else { did_you_mean(wrong, names) }
    }

    fn diagnostic(&self, code: Code, span: Span, message: String) -> Diagnostic {
        let mut diagnostic = Diagnostic::new(code, message);
        diagnostic.at = Some(self.text.location(span, None));
        diagnostic
    }
}

/// The items of a list, or the one value.
pub(crate) fn items<'n, 't>(node: Node<'n, 't>) -> impl Iterator<Item = Node<'n, 't>> {
    let (list, one) = match node.value() {
        Value::List(list) => (Some(list), None),
        _ => (None, Some(node)),
    };
    list.into_iter().flatten().chain(one)
}

fn noun(node: Node<'_, '_>) -> &'static str {
    match node.value() {
        Value::Text(_) => "text",
        Value::Word("None") => "`None`",
        Value::Word(_) => "a bare word",
        Value::Flag(_) => "true or false",
        Value::Whole(_) => "a number",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Fields(_) => "fields in brackets",
        Value::Odd(name) => name,
    }
}

/// What to say of an id that is no text.
fn odd_id(node: Node<'_, '_>) -> (String, String) {
    if let Value::Word(word) = node.value()
        && SECTIONS.iter().any(|(section, _)| *section == word)
    {
        let hint = "close the section before it with `}`".to_owned();
        return (format!("the section `{word}` stands in another"), hint);
    }
    let hint = in_quotes(node).unwrap_or_else(|| "write `\"id\": (fields)`".to_owned());
    (format!("an id is text in quotes, not {}", noun(node)), hint)
}

/// What to do about a value that would be right in quotes.
fn in_quotes(node: Node<'_, '_>) -> Option<String> {
    match node.value() {
        Value::Word("None") => Some("leave the field out".to_owned()),
        Value::Word(word) => Some(format!("write it in quotes: `\"{}\"`", shown(word))),
        Value::Whole(number) => Some(format!("write it in quotes: `\"{number}\"`")),
        Value::Flag(_) | Value::Odd("a number" | "a character in single quotes") => {
            Some("write it in quotes".to_owned())
        }
        _ => None,
    }
}

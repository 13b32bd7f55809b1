//! Checks of texts: no control characters, not empty, not too long.

use std::collections::BTreeMap;

use super::problem::{Field, Problem, Problems, Record};
use crate::diagnostic::{Code, shown};
use crate::graph::store::text::{TextKind, code_point, is_forbidden};
use crate::limits::Limits;
use crate::model::fact_field::FieldRef;
use crate::model::property::{PROPERTIES, PROPERTY_KEY, is_key};
use crate::model::{AttributeValue, EntityRecord, EvidenceRecord, FactRecord, Id, SourceRecord};

/// The title and description that a text gives the graph.
pub(crate) struct Heading {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

/// Checks every text of a record.
pub(crate) struct Checker<'c, 'k> {
    pub(crate) limits: &'c Limits,
    pub(crate) problems: &'c mut Problems<'k>,
}

impl Checker<'_, '_> {
    pub(crate) fn graph(&mut self, n: usize, heading: &Heading) {
        let record = Record::Graph(n);
        self.maybe(record.field("title", 0), TextKind::Line, heading.title.as_deref());
        self.maybe(record.field("description", 0), TextKind::Prose, heading.description.as_deref());
    }

    pub(crate) fn source(&mut self, record: Record, source: &SourceRecord) {
        self.id(record, &source.id);
        self.text(record.field("title", 0), TextKind::Line, &source.title);
        let others = [
            ("publisher", &source.publisher),
            ("author", &source.author),
            ("url", &source.url),
            ("language", &source.language),
        ];
        for (name, text) in others {
            self.maybe(record.field(name, 0), TextKind::Line, text.as_deref());
        }
    }

    pub(crate) fn entity(&mut self, record: Record, entity: &EntityRecord) {
        self.id(record, &entity.id);
        self.text(record.field("name", 0), TextKind::Name, &entity.name);
        self.list(record, "aliases", TextKind::Name, &entity.aliases);
        for (n, former) in entity.former_names.iter().enumerate() {
            self.text(record.field("former_names", n), TextKind::Name, &former.name);
        }
        self.maybe(record.field("native_name", 0), TextKind::Name, entity.native_name.as_deref());
        self.list(record, "topics", TextKind::Line, &entity.topics);
        let others = [
            ("website", &entity.website),
            ("industry", &entity.industry),
            ("legal_form", &entity.legal_form),
            ("class", &entity.class),
        ];
        for (name, text) in others {
            self.maybe(record.field(name, 0), TextKind::Line, text.as_deref());
        }
        self.maybe(record.field("note", 0), TextKind::Prose, entity.note.as_deref());
        self.properties(record, &entity.properties);
        self.evidence(record, &entity.evidence);
    }

    pub(crate) fn fact(&mut self, record: Record, fact: &FactRecord) {
        for (attribute, value) in &fact.attributes {
            if let AttributeValue::Text(text) = value {
                self.text(record.field(attribute.name(), 0), TextKind::Line, text);
            }
        }
        fact.for_each_field(|row, field| match field {
            FieldRef::Id(Some(id)) => self.id(record, id),
            FieldRef::Text(text) => self.maybe(record.field(row.name, 0), TextKind::Line, text.as_deref()),
            FieldRef::Prose(text) => self.maybe(record.field(row.name, 0), TextKind::Prose, text.as_deref()),
            FieldRef::Properties(list) => self.properties(record, list),
            FieldRef::Evidence(list) => self.evidence(record, list),
            // These were checked when they were read, or are looked up.
            FieldRef::Id(None)
            | FieldRef::Status(_)
            | FieldRef::Date(_)
            | FieldRef::End(_)
            | FieldRef::Term(_)
            | FieldRef::Money(_)
            | FieldRef::Quantity(_)
            | FieldRef::Territories(_)
            | FieldRef::Flag(_)
            | FieldRef::Mark(_)
            | FieldRef::Fact(_)
            | FieldRef::Facts(_)
            | FieldRef::Confidence(_) => {}
        });
    }

    fn evidence(&mut self, record: Record, evidence: &[EvidenceRecord]) {
        for (n, evidence) in evidence.iter().enumerate() {
            self.maybe(record.field("quote", n), TextKind::Prose, evidence.quote.as_deref());
            self.maybe(record.field("locator", n), TextKind::Line, evidence.locator.as_deref());
            self.maybe(record.field("said_by", n), TextKind::Line, evidence.said_by.as_deref());
        }
    }

    fn properties(&mut self, record: Record, properties: &[(String, String)]) {
        let mut first = BTreeMap::new();
        for (n, (key, value)) in properties.iter().enumerate() {
            let at = record.field(PROPERTY_KEY, n);
            self.property_key(at, key);
            if let Some(earlier) = first.insert(key.as_str(), n) {
                let problem = Problem::new(
                    Code::DuplicateKey,
                    at,
                    format!("the property `{}` stands twice", shown(key)),
                );
                let problem = problem.also(record.field(PROPERTY_KEY, earlier));
                self.problems.push(problem.hint("keep one of the two"));
            }
            self.text(record.field(PROPERTIES, n), TextKind::Prose, value);
        }
    }

    fn property_key(&mut self, at: Field, key: &str) {
        let most = self.limits.name_chars;
        if key.len() > most && key.chars().nth(most).is_some() {
            let message = format!("the key of a property is longer than {most} characters");
            self.push(Code::TextTooLong, at, message, "shorten it");
        } else if !is_key(key) {
            let message = format!("`{}` is not the key of a property", shown(key));
            let hint = "use letters, digits, `_`, `-`, `.` and `:`, with a letter or `_` first";
            self.push(Code::BadKey, at, message, hint);
        }
    }

    /// An id. Its characters have been checked, its length has not.
    fn id(&mut self, record: Record, id: &Id) {
        let most = self.limits.name_chars;
        if id.as_str().len() > most && id.as_str().chars().nth(most).is_some() {
            let message = format!("the id is longer than {most} characters");
            self.push(Code::TextTooLong, record.whole(), message, "shorten it");
        }
    }

    fn list(&mut self, record: Record, name: &'static str, sort: TextKind, texts: &[String]) {
        for (n, text) in texts.iter().enumerate() {
            self.text(record.field(name, n), sort, text);
        }
    }

    fn maybe(&mut self, at: Field, sort: TextKind, text: Option<&str>) {
        if let Some(text) = text {
            self.text(at, sort, text);
        }
    }

    fn text(&mut self, at: Field, sort: TextKind, text: &str) {
        let is_plain = text.starts_with(|c: char| c.is_ascii_graphic())
            && text.len() <= self.limits.text_bytes.min(self.limits.name_chars)
            && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if is_plain {
            return;
        }
        let name = at.name.unwrap_or("text");
        if let Some(c) = text.chars().find(|c| is_forbidden(*c, sort)) {
            let message = format!("a control character ({}) in `{name}`", code_point(c));
            self.push(Code::ControlCharacter, at, message, "delete it");
        }
        if text.trim().is_empty() {
            self.push(
                Code::EmptyText,
                at,
                format!("`{name}` is empty"),
                "write it, or leave an optional field out",
            );
        }
        if let Some(c) = text.chars().find(|c| is_odd(*c)) {
            let message = format!("an invisible character ({}) in `{name}`", code_point(c));
            self.push(Code::OddCharacter, at, message, "delete it: texts that look alike should be alike");
        }
        let too_long = text.len() > self.limits.text_bytes
            || sort == TextKind::Name && text.chars().nth(self.limits.name_chars).is_some();
        if too_long {
            let (most, unit) = match sort {
                TextKind::Name => (self.limits.name_chars, "characters"),
                TextKind::Line | TextKind::Prose => (self.limits.text_bytes, "bytes"),
            };
            self.push(Code::TextTooLong, at, format!("`{name}` is longer than {most} {unit}"), "shorten it");
        }
    }

    fn push(&mut self, code: Code, at: Field, message: String, hint: &str) {
        self.problems.push(Problem::new(code, at, message).hint(hint));
    }
}

/// Zero-width characters, and those that change the writing direction.
///
/// The joiners U+200C and U+200D are left alone: Persian, Indic scripts and emoji need them.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

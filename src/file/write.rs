//! Records out as RON, in the order and layout that people write.

use std::fmt::Display;

use super::schema::{Record, SECTIONS, Section};
use crate::model::fact_field::{FieldRef, Stands};
use crate::model::property::PROPERTIES;
use crate::model::vocabulary::COMMON_ROLES;
use crate::model::{
    AttributeValue, EntityRecord, EvidenceRecord, FactRecord, Id, Records, Role, SourceRecord, Stance,
};

/// A block that fits in so many columns stays on one line.
const COLUMNS: usize = 100;

/// The records as a graph file; reading it back gives equal records.
///
/// Entities stand in their sections, facts in their order. Comments are not part of records and so
/// are not written.
///
/// ```
/// use keiretsu::{Graph, to_ron};
/// let text = r#"Graph(companies: {"acme": (name: "Acme")})"#;
/// let records = Graph::from_ron(text)?.to_records();
/// assert_eq!(Graph::from_ron(&to_ron(&records))?.to_records(), records);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[must_use]
pub fn to_ron(records: &Records) -> String {
    let mut out = String::from("Graph(\n");
    for (name, section) in SECTIONS {
        let block = match section {
            Section::Value => value(records, name),
            Section::Records(Record::Source) => {
                map(records.sources.iter().map(|record| (quoted(&record.id), source(record))))
            }
            Section::Records(Record::Entity(kind)) => {
                let own = records.entities.iter().filter(|record| record.kind == *kind);
                map(own.map(|record| (quoted(&record.id), entity(record))))
            }
            Section::Records(_) => None,
            Section::Facts => some_list(records.facts.iter().map(fact).collect()),
        };
        if let Some(block) = block {
            out.push_str(&format!("    {name}: "));
            // Sections of records always have a line for each.
            block.write(&mut out, 4, !matches!(section, Section::Value));
            out.push_str(",\n");
        }
    }
    out.push_str(")\n");
    out
}

/// A piece of RON that may go on one line or several.
enum Block {
    Atom(String),
    /// Opening bracket, items, closing bracket.
    Items(String, Vec<(Option<String>, Self)>, char),
}

impl Block {
    fn write(&self, out: &mut String, indent: usize, spread: bool) {
        let (open, items, close) = match self {
            Self::Atom(text) => return out.push_str(text),
            Self::Items(open, items, close) => (open, items, close),
        };
        if !spread {
            let line = self.line();
            let column = out.len() - out.rfind('\n').map_or(0, |newline| newline + 1);
            if column + line.chars().count() < COLUMNS {
                return out.push_str(&line);
            }
        }
        out.push_str(open);
        out.push('\n');
        for (key, block) in items {
            out.push_str(&" ".repeat(indent + 4));
            if let Some(key) = key {
                out.push_str(key);
                out.push_str(": ");
            }
            block.write(out, indent + 4, false);
            out.push_str(",\n");
        }
        out.push_str(&" ".repeat(indent));
        out.push(*close);
    }

    fn line(&self) -> String {
        match self {
            Self::Atom(text) => text.clone(),
            Self::Items(open, items, close) => {
                let items: Vec<_> = items
                    .iter()
                    .map(|(key, block)| match key {
                        Some(key) => format!("{key}: {}", block.line()),
                        None => block.line(),
                    })
                    .collect();
                format!("{open}{}{close}", items.join(", "))
            }
        }
    }
}

fn value(records: &Records, name: &str) -> Option<Block> {
    let text = match name {
        "title" => records.title.as_ref(),
        "description" => records.description.as_ref(),
        _ => None,
    };
    text.map(|text| Block::Atom(quoted(text)))
}

/// The fields of one record, as they are added.
struct Fields(Vec<(Option<String>, Block)>);

impl Fields {
    const fn new() -> Self {
        Self(Vec::new())
    }

    fn push(&mut self, name: &str, block: Option<Block>) {
        if let Some(block) = block {
            self.0.push((Some(name.to_owned()), block));
        }
    }

    fn text(&mut self, name: &str, text: Option<impl Display>) {
        self.push(name, text.map(|text| Block::Atom(quoted(text))));
    }

    fn word(&mut self, name: &str, word: Option<impl Display>) {
        self.push(name, word.map(|word| Block::Atom(word.to_string())));
    }

    fn texts(&mut self, name: &str, texts: &[impl Display]) {
        self.push(name, some_list(texts.iter().map(|text| Block::Atom(quoted(text))).collect()));
    }

    /// One id stands alone, several in a list.
    fn ids(&mut self, name: &str, ids: &[&Id]) {
        match ids {
            [one] => self.text(name, Some(one)),
            several => self.texts(name, several),
        }
    }

    /// Supporting words go into the short form as far as that keeps the order of evidence.
    fn evidence(&mut self, evidence: &[EvidenceRecord]) {
        let (short, long) = evidence.split_at(evidence.iter().take_while(|e| is_short(e)).count());
        let mut sources: Vec<(&Id, Vec<Block>)> = Vec::new();
        let mut rest = long.to_vec();
        for (n, record) in short.iter().enumerate() {
            let words = Block::Atom(quoted(record.quote.as_deref().unwrap_or_default()));
            let known = sources.iter().position(|(source, _)| **source == record.source);
            match known {
                None => sources.push((&record.source, vec![words])),
                Some(last) if last + 1 == sources.len() => {
                    if let Some((_, list)) = sources.last_mut() {
                        list.push(words);
                    }
                }
                Some(_) => {
                    // A map has each source once: what returns to an earlier source takes the long form.
                    rest = short.get(n..).unwrap_or_default().iter().chain(long).cloned().collect();
                    break;
                }
            }
        }
        self.push("quotes", map(sources.into_iter().map(|(source, words)| (quoted(source), list(words)))));
        self.push("evidence", some_list(rest.iter().map(long_evidence).collect()));
    }

    /// The fields of a fact that stand in one place.
    fn those(&mut self, fact: &FactRecord, stands: Stands) {
        fact.for_each_field(|row, field| {
            if row.stands == stands {
                self.field(row.name, field);
            }
        });
    }

    fn field(&mut self, name: &str, field: FieldRef<'_>) {
        match field {
            FieldRef::Id(id) | FieldRef::Fact(id) => self.text(name, id.as_ref()),
            FieldRef::Facts(ids) => self.ids(name, &ids.iter().collect::<Vec<_>>()),
            FieldRef::Status(status) => self.word(name, *status),
            FieldRef::Confidence(confidence) => self.word(name, *confidence),
            FieldRef::Date(date) => self.text(name, *date),
            FieldRef::End(end) => self.text(name, *end),
            FieldRef::Term(term) => self.text(name, *term),
            FieldRef::Money(money) => self.text(name, *money),
            FieldRef::Quantity(quantity) => self.text(name, *quantity),
            FieldRef::Territories(list) => self.texts(name, list),
            FieldRef::Flag(flag) => self.word(name, *flag),
            FieldRef::Mark(mark) => self.word(name, mark.then_some(true)),
            FieldRef::Text(text) | FieldRef::Prose(text) => self.text(name, text.as_ref()),
            FieldRef::Properties(list) => self.push(name, properties(list)),
            FieldRef::Evidence(list) => self.evidence(list),
        }
    }

    fn block(self, open: &str) -> Block {
        Block::Items(open.to_owned(), self.0, ')')
    }
}

fn is_short(evidence: &EvidenceRecord) -> bool {
    evidence.quote.is_some()
        && evidence.locator.is_none()
        && evidence.said_by.is_none()
        && evidence.stance == Stance::Supports
}

fn long_evidence(evidence: &EvidenceRecord) -> Block {
    let mut fields = Fields::new();
    fields.text("source", Some(&evidence.source));
    fields.text("quote", evidence.quote.as_ref());
    fields.text("locator", evidence.locator.as_ref());
    fields.text("said_by", evidence.said_by.as_ref());
    fields.word("stance", (evidence.stance != Stance::Supports).then_some(evidence.stance));
    fields.block("(")
}

fn source(source: &SourceRecord) -> Block {
    let mut fields = Fields::new();
    fields.word("kind", source.kind);
    fields.text("title", Some(&source.title));
    fields.text("publisher", source.publisher.as_ref());
    fields.text("author", source.author.as_ref());
    fields.text("url", source.url.as_ref());
    fields.text("published", source.published);
    fields.text("accessed", source.accessed);
    fields.text("language", source.language.as_ref());
    fields.block("(")
}

fn entity(entity: &EntityRecord) -> Block {
    let mut fields = Fields::new();
    fields.text("name", Some(&entity.name));
    fields.texts("aliases", &entity.aliases);
    let former = entity.former_names.iter().map(|former| match former.until {
        Some(until) => pair(&former.name, until),
        None => Block::Atom(quoted(&former.name)),
    });
    fields.push("former_names", some_list(former.collect()));
    fields.text("native_name", entity.native_name.as_ref());
    fields.text("country", entity.country);
    fields.push("identifiers", identifiers(entity));
    fields.text("website", entity.website.as_ref());
    fields.text("industry", entity.industry.as_ref());
    fields.text("legal_form", entity.legal_form.as_ref());
    fields.word("holders_complete", entity.holders_complete.then_some(true));
    fields.text("class", entity.class.as_ref());
    fields.text("number", entity.number.as_ref());
    fields.text("count", entity.count);
    fields.texts("topics", &entity.topics);
    fields.texts("members", &entity.members);
    fields.text("filed", entity.filed);
    fields.text("granted", entity.granted);
    fields.text("expires", entity.expires);
    fields.text("of", entity.of.as_ref());
    fields.word("reason", entity.reason);
    fields.word("kind", entity.stands_for);
    fields.text("note", entity.note.as_ref());
    fields.push(PROPERTIES, properties(&entity.properties));
    fields.evidence(&entity.evidence);
    fields.block("(")
}

fn identifiers(entity: &EntityRecord) -> Option<Block> {
    let identifiers = &entity.identifiers;
    if identifiers.is_empty() {
        return None;
    }
    let mut fields = Fields::new();
    fields.text("lei", identifiers.lei);
    fields.texts("isin", &identifiers.isin);
    fields.text("wikidata", identifiers.wikidata);
    let register = identifiers.register.iter().map(|number| pair(number.jurisdiction(), number.number()));
    fields.push("register", some_list(register.collect()));
    Some(fields.block("("))
}

fn fact(fact: &FactRecord) -> Block {
    let mut fields = Fields::new();
    fields.those(fact, Stands::BeforeRoles);
    roles(&mut fields, fact);
    fields.those(fact, Stands::BeforeAttributes);
    for (attribute, value) in &fact.attributes {
        match value {
            AttributeValue::Text(_) | AttributeValue::Share(_) => fields.text(attribute.name(), Some(value)),
            AttributeValue::Flag(_) | AttributeValue::Choice(_) => fields.word(attribute.name(), Some(value)),
        }
    }
    fields.those(fact, Stands::Last);
    fields.block(&format!("{}(", fact.kind))
}

/// Roles in the order in which the fact first has them.
fn roles(fields: &mut Fields, fact: &FactRecord) {
    let rows = fact.kind.row().roles.iter().chain(COMMON_ROLES);
    let mut order: Vec<Role> = fact.roles.iter().map(|(role, _)| *role).collect();
    let mut seen = std::collections::HashSet::new();
    order.retain(|role| seen.insert(*role) && rows.clone().any(|row| row.role == *role));
    for role in order {
        let ids: Vec<_> = fact.in_role(role).collect();
        fields.ids(role.name(), &ids);
    }
}

fn properties(properties: &[(String, String)]) -> Option<Block> {
    map(properties.iter().map(|(key, value)| (quoted(key), Block::Atom(quoted(value)))))
}

fn pair(first: impl Display, second: impl Display) -> Block {
    Block::Atom(format!("({}, {})", quoted(first), quoted(second)))
}

fn list(items: Vec<Block>) -> Block {
    Block::Items("[".to_owned(), items.into_iter().map(|item| (None, item)).collect(), ']')
}

fn some_list(items: Vec<Block>) -> Option<Block> {
    (!items.is_empty()).then(|| list(items))
}

fn map(entries: impl Iterator<Item = (String, Block)>) -> Option<Block> {
    let entries: Vec<_> = entries.map(|(key, block)| (Some(key), block)).collect();
    (!entries.is_empty()).then(|| Block::Items("{".to_owned(), entries, '}'))
}

/// Text in quotes, escaped as RON has it.
fn quoted(text: impl Display) -> String {
    let text = text.to_string();
    // Serializing text cannot fail; should it ever, Rust's own escapes are RON's too.
    ron::to_string(&text).unwrap_or_else(|_| format!("{text:?}"))
}

//! Entities out of their fields.

use super::reader::{Reader, items};
use super::schema;
use super::seen::Seen;
use super::tree::{Fields, Key, Node, Value};
use crate::diagnostic::{Code, did_you_mean, shown};
use crate::model::{EntityKind, EntityRecord, FormerName, Id, Identifiers, Reason};
use crate::value::RegisterNumber;

const FORMER_NAMES: &str = "a list of names, each with its end or alone";
const FORMER_EXAMPLE: &str = "former_names: [(\"Old Name\", \"2014-03\")]";
const REGISTER: &str = "a list of register and number";
const REGISTER_EXAMPLE: &str = "register: [(\"GB\", \"0123456\")]";

impl<'t> Reader<'t> {
    pub(crate) fn entity(
        &mut self,
        kind: EntityKind,
        id: Id,
        record: &Key<'t>,
        fields: Fields<'_, 't>,
    ) -> EntityRecord {
        let mut entity = EntityRecord::new(kind, id, "");
        let mut named = false;
        for (key, node) in fields.iter() {
            named |= key.text == "name";
            self.entity_field(&mut entity, &key, node);
        }
        if !named {
            self.missing(schema::Record::Entity(kind), "name", record, fields);
        }
        if entity.name.is_empty() && self.was_reported(fields, named) {
            entity.name.push('?');
        }
        entity
    }

    /// Whether the lack of a name has been reported already.
    fn was_reported(&self, fields: Fields<'_, 't>, named: bool) -> bool {
        !named || fields.find("name").is_some_and(|(_, node)| node.text().is_none())
    }

    fn entity_field(&mut self, entity: &mut EntityRecord, key: &Key<'t>, node: Node<'_, 't>) {
        match &*key.text {
            "name" => entity.name = self.text(key, node).unwrap_or_default(),
            "aliases" => entity.aliases = self.texts(key, node),
            "former_names" => entity.former_names = self.former_names(key, node),
            "native_name" => entity.native_name = self.text(key, node),
            "country" => entity.country = self.parsed(Code::BadTerritory, key, node),
            "identifiers" => entity.identifiers = self.identifiers(key, node),
            "website" => entity.website = self.text(key, node),
            "note" => entity.note = self.text(key, node),
            "properties" => entity.properties = self.properties(key, node),
            "quotes" => self.quotes(key, node, &mut entity.evidence),
            "source" => self.bare_sources(key, node, &mut entity.evidence),
            "evidence" => self.evidence(key, node, &mut entity.evidence),
            "industry" => entity.industry = self.text(key, node),
            "legal_form" => entity.legal_form = self.text(key, node),
            "holders_complete" => entity.holders_complete = self.flag(key, node).unwrap_or(false),
            "class" => entity.class = self.text(key, node),
            "members" => entity.members = self.ids(key, node),
            "number" => entity.number = self.parsed(Code::BadIdentifier, key, node),
            "count" => entity.count = self.parsed(Code::BadQuantity, key, node),
            "topics" => entity.topics = self.texts(key, node),
            "filed" => entity.filed = self.parsed(Code::BadDate, key, node),
            "granted" => entity.granted = self.parsed(Code::BadDate, key, node),
            "expires" => entity.expires = self.parsed(Code::BadDate, key, node),
            "of" => entity.of = self.id(key, node),
            "reason" => entity.reason = self.word(key, node, Reason::ALL, Reason::name),
            "kind" => entity.stands_for = self.word(key, node, EntityKind::ALL, EntityKind::name),
            _ => {}
        }
    }

    /// `former_names: [("Old Name", "2014-03"), "Older Name"]`.
    fn former_names(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Vec<FormerName> {
        let Value::List(list) = node.value() else {
            self.shape(key, node, FORMER_NAMES, FORMER_EXAMPLE);
            return Vec::new();
        };
        let mut names = Vec::new();
        for item in list {
            match item.value() {
                Value::List(pair) => {
                    let [name, until] = pair.collect::<Vec<_>>()[..] else {
                        self.shape(key, item, FORMER_NAMES, FORMER_EXAMPLE);
                        continue;
                    };
                    let name = self.text(key, name);
                    if let (Some(name), Some(until)) = (name, self.parsed(Code::BadDate, key, until)) {
                        names.push(FormerName::new(name, until));
                    }
                }
                Value::Text(_) => names.extend(self.text(key, item).map(FormerName::undated)),
                _ => self.shape(key, item, FORMER_NAMES, FORMER_EXAMPLE),
            }
        }
        names
    }

    /// `properties: {"internal_id": "4711"}`; keys are checked with the other texts.
    pub(crate) fn properties(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Vec<(String, String)> {
        let Value::Map(map) = node.value() else {
            self.shape(key, node, "a map from key to text", "properties: {\"internal_id\": \"4711\"}");
            return Vec::new();
        };
        let text =
            |(key, node): (Key<'t>, Node<'_, 't>)| Some((key.text.to_string(), self.text(&key, node)?));
        map.iter().filter_map(text).collect()
    }

    /// `identifiers: (lei: "...", isin: ["..."], wikidata: "Q...", register: [("GB", "0123456")])`.
    fn identifiers(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Identifiers {
        let mut identifiers = Identifiers::default();
        let Value::Fields(fields) = node.value() else {
            self.shape(key, node, "fields in brackets", "identifiers: (lei: \"...\", isin: [\"...\"])");
            return identifiers;
        };
        let mut seen = Seen::default();
        for (key, node) in fields.iter() {
            let key = &key;
            if let Some(first) = seen.before(key) {
                self.duplicate("field", key, first);
            }
            match &*key.text {
                "lei" => identifiers.lei = self.parsed(Code::BadIdentifier, key, node),
                "isin" => identifiers.isin = self.all_parsed(Code::BadIdentifier, key, node),
                "wikidata" => identifiers.wikidata = self.parsed(Code::BadIdentifier, key, node),
                "register" => identifiers.register = self.register(key, node),
                other => {
                    let hint = did_you_mean(other, ["lei", "isin", "wikidata", "register"]);
                    let hint =
                        hint.unwrap_or_else(|| "they are `lei`, `isin`, `wikidata`, `register`".to_owned());
                    let message = format!("no identifier is called `{}`", shown(other));
                    self.report(Code::UnknownField, key.span, message, Some(hint));
                }
            }
        }
        identifiers
    }

    /// `[("GB", "0123456")]`.
    fn register(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Vec<RegisterNumber> {
        let mut numbers = Vec::new();
        for item in items(node) {
            let Value::List(pair) = item.value() else {
                self.shape(key, item, REGISTER, REGISTER_EXAMPLE);
                continue;
            };
            let [register, number] = pair.collect::<Vec<_>>()[..] else {
                self.shape(key, item, REGISTER, REGISTER_EXAMPLE);
                continue;
            };
            if let (Some(jurisdiction), Some(text)) = (self.text(key, register), self.text(key, number)) {
                match RegisterNumber::new(&jurisdiction, &text) {
                    Ok(number) => numbers.push(number),
                    Err(error) => {
                        let wrong = if error.expected() == "jurisdiction" { register } else { number };
                        self.bad_value(Code::BadIdentifier, wrong, &error);
                    }
                }
            }
        }
        numbers
    }
}

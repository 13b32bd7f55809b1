//! Facts out of their fields, by the vocabulary's row of their kind.

use super::reader::{Reader, items};
use super::schema;
use super::tree::{Fields, Key, Node};
use crate::diagnostic::Code;
use crate::model::fact_field::FieldMut;
use crate::model::vocabulary::AttributeType;
use crate::model::{AttributeValue, Confidence, FactKind, FactRecord, Id, Status};

impl<'t> Reader<'t> {
    pub(crate) fn fact(&mut self, kind: FactKind, fields: Fields<'_, 't>) -> FactRecord {
        let mut fact = FactRecord::new(kind);
        for (key, node) in fields.iter() {
            match schema::role_of(kind, &key.text) {
                Some(role) => {
                    fact.roles.reserve(2);
                    fact.roles.extend(items(node).filter_map(|item| Some((role, self.id(&key, item)?))));
                }
                None if self.attribute(&mut fact, &key, node) => {}
                None => self.fact_field(&mut fact, &key, node),
            }
        }
        fact
    }

    /// Reads the field if it is an attribute of the kind.
    fn attribute(&mut self, fact: &mut FactRecord, key: &Key<'t>, node: Node<'_, 't>) -> bool {
        let Some(row) = schema::attribute_of(fact.kind, &key.text) else { return false };
        let value = match row.values {
            AttributeType::Text => self.text(key, node).map(AttributeValue::Text),
            AttributeType::Share => self.parsed(Code::BadShare, key, node).map(AttributeValue::Share),
            AttributeType::Flag => self.flag(key, node).map(AttributeValue::Flag),
            AttributeType::Choice(words) => {
                let names: Vec<_> = words.iter().map(|word| word.name).collect();
                self.word(key, node, &names, |name| name).map(AttributeValue::Choice)
            }
        };
        fact.attributes.extend(value.map(|value| (row.attribute, value)));
        true
    }

    fn fact_field(&mut self, fact: &mut FactRecord, key: &Key<'t>, node: Node<'_, 't>) {
        let row = schema::field_of_facts(&key.text);
        let Some(field) = row.and_then(|row| fact.field_mut(row.tag)) else { return };
        match field {
            FieldMut::Id(id) => *id = self.fact_id(key, node),
            FieldMut::Status(status) => *status = self.word(key, node, Status::ALL, Status::name),
            FieldMut::Date(date) => *date = self.parsed(Code::BadDate, key, node),
            FieldMut::End(end) => *end = self.parsed(Code::BadDate, key, node),
            FieldMut::Term(term) => *term = self.parsed(Code::BadTerm, key, node),
            FieldMut::Money(money) => *money = self.parsed(Code::BadMoney, key, node),
            FieldMut::Quantity(quantity) => *quantity = self.parsed(Code::BadQuantity, key, node),
            FieldMut::Territories(list) => *list = self.all_parsed(Code::BadTerritory, key, node),
            FieldMut::Flag(flag) => *flag = self.flag(key, node),
            FieldMut::Mark(mark) => *mark = self.flag(key, node).unwrap_or(false),
            FieldMut::Text(text) | FieldMut::Prose(text) => *text = self.text(key, node),
            FieldMut::Fact(id) => *id = self.id(key, node),
            FieldMut::Facts(ids) => *ids = self.ids(key, node),
            FieldMut::Confidence(confidence) => {
                *confidence = self.word(key, node, Confidence::ALL, Confidence::name);
            }
            FieldMut::Properties(list) => *list = self.properties(key, node),
            FieldMut::Evidence(list) if key.text == schema::QUOTES => self.quotes(key, node, list),
            FieldMut::Evidence(list) if key.text == schema::SOURCE => self.bare_sources(key, node, list),
            FieldMut::Evidence(list) => self.evidence(key, node, list),
        }
    }

    fn fact_id(&mut self, key: &Key<'t>, node: Node<'_, 't>) -> Option<Id> {
        let text = self.text(key, node)?;
        match text.parse() {
            Ok(id) => Some(id),
            Err(error) => {
                self.bad_id(node.span(), &text, &error);
                Some(Id::unchecked(&text))
            }
        }
    }
}

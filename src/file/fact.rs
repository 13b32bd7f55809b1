//! Facts out of their fields, by the vocabulary's row of their kind.

use super::reader::{Reader, items};
use super::schema;
use super::tree::{Fields, Key, Node};
use crate::diagnostic::Code;
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
        match &*key.text {
            "id" => fact.id = self.fact_id(key, node),
            "status" => fact.status = self.word(key, node, Status::ALL, Status::name),
            "announced" => fact.announced = self.parsed(Code::BadDate, key, node),
            "signed" => fact.signed = self.parsed(Code::BadDate, key, node),
            "since" => fact.since = self.parsed(Code::BadDate, key, node),
            "completed" => fact.completed = self.parsed(Code::BadDate, key, node),
            "until" => fact.until = self.parsed(Code::BadDate, key, node),
            "withdrawn" => fact.withdrawn = self.parsed(Code::BadDate, key, node),
            "term" => fact.term = self.parsed(Code::BadTerm, key, node),
            "as_of" => fact.as_of = self.parsed(Code::BadDate, key, node),
            "amount" => fact.amount = self.parsed(Code::BadMoney, key, node),
            "quantity" => fact.quantity = self.parsed(Code::BadQuantity, key, node),
            "territory" => fact.territory = self.all_parsed(Code::BadTerritory, key, node),
            "except" => fact.except = self.all_parsed(Code::BadTerritory, key, node),
            "exclusive" => fact.exclusive = self.flag(key, node),
            "condition" => fact.condition = self.text(key, node),
            "part_of" => fact.part_of = self.id(key, node),
            "tied_to" => fact.tied_to = self.ids(key, node),
            "replaces" => fact.replaces = self.ids(key, node),
            "claims_of" => fact.claims_of = self.id(key, node),
            "confidence" => fact.confidence = self.word(key, node, Confidence::ALL, Confidence::name),
            "note" => fact.note = self.text(key, node),
            "quotes" => self.quotes(key, node, &mut fact.evidence),
            "evidence" => self.evidence(key, node, &mut fact.evidence),
            "unsourced" => fact.unsourced = self.flag(key, node).unwrap_or(false),
            _ => {}
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

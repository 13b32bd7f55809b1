//! Sources, and what they say, out of their fields.

use super::reader::{Reader, items};
use super::schema;
use super::tree::{Fields, Key, Node, Value};
use crate::diagnostic::Code;
use crate::model::{EvidenceRecord, Id, SourceKind, SourceRecord, Stance};

impl<'t> Reader<'t> {
    pub(crate) fn source(&mut self, id: Id, record: &Key<'t>, fields: Fields<'_, 't>) -> SourceRecord {
        let mut source = SourceRecord::new(id, String::new());
        let mut titled = false;
        for (key, node) in fields.iter() {
            let key = &key;
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
            self.missing(schema::Record::Source, "title", record, fields);
            source.title.push('?');
        }
        source
    }

    /// Evidence in its short form: `quotes: {"source": ["words"]}`.
    pub(crate) fn quotes(&mut self, key: &Key<'t>, node: Node<'_, 't>, evidence: &mut Vec<EvidenceRecord>) {
        let Value::Map(quotes) = node.value() else {
            return self.shape(key, node, "a map from source to words", "quotes: {\"source\": [\"words\"]}");
        };
        let mut seen = std::mem::take(&mut self.seen).emptied();
        for (source, words) in quotes.iter() {
            if let Some(first) = seen.before(&source) {
                self.duplicate("key", &source, first);
            }
            for words in items(words).filter_map(|words| self.text(&source, words)) {
                evidence.push(EvidenceRecord::quote(Id::unchecked(&source.text), words));
            }
        }
        self.seen = seen;
    }

    /// Evidence without words: `source: "id"`.
    pub(crate) fn bare_sources(
        &mut self,
        key: &Key<'t>,
        node: Node<'_, 't>,
        evidence: &mut Vec<EvidenceRecord>,
    ) {
        evidence.extend(self.ids(key, node).into_iter().map(EvidenceRecord::new));
    }

    /// Evidence in its long form: `evidence: [(source: "id", ...)]`.
    pub(crate) fn evidence(&mut self, key: &Key<'t>, node: Node<'_, 't>, evidence: &mut Vec<EvidenceRecord>) {
        for item in items(node) {
            let Value::Fields(fields) = item.value() else {
                self.shape(key, item, "a list of records", "evidence: [(source: \"id\", quote: \"words\")]");
                continue;
            };
            self.check_fields(schema::Record::Evidence, fields);
            let mut record = EvidenceRecord::new(Id::unchecked(""));
            let mut sourced = false;
            for (key, node) in fields.iter() {
                let key = &key;
                match &*key.text {
                    "source" => {
                        sourced = true;
                        record.source = self.id(key, node).unwrap_or_else(|| Id::unchecked(""));
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
                let message = "this piece of evidence has no `source`".to_owned();
                let hint = "say which source it comes from".to_owned();
                self.report(Code::MissingField, item.span(), message, Some(hint));
            }
        }
    }
}

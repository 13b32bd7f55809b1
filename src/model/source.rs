//! Source records, and the evidence taken from sources.

use super::id::Id;
use super::kinds::{SourceKind, Stance};
use crate::value::Date;

/// A document that states something.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceRecord {
    /// Its id, unique among sources.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// What kind of document it is.
    pub kind: Option<SourceKind>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// When it was read.
    pub accessed: Option<Date>,
    /// Its language.
    pub language: Option<String>,
}

impl SourceRecord {
    /// A source with only an id and a title.
    #[must_use]
    pub fn new(id: Id, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            kind: None,
            publisher: None,
            author: None,
            url: None,
            published: None,
            accessed: None,
            language: None,
        }
    }
}

/// What a source says about a fact or entity.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EvidenceRecord {
    /// The source.
    pub source: Id,
    /// Its words.
    pub quote: Option<String>,
    /// The location within the source: a page, a paragraph.
    pub locator: Option<String>,
    /// Who said it, if the source quotes somebody.
    pub said_by: Option<String>,
    /// Whether it supports, refutes or only mentions the fact.
    pub stance: Stance,
}

impl EvidenceRecord {
    /// Supporting evidence without a quote.
    #[must_use]
    pub const fn new(source: Id) -> Self {
        Self { source, quote: None, locator: None, said_by: None, stance: Stance::Supports }
    }

    /// A supporting quote from a source.
    #[must_use]
    pub fn quote(source: Id, words: impl Into<String>) -> Self {
        Self { quote: Some(words.into()), ..Self::new(source) }
    }
}

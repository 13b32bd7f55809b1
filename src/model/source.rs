//! Source records, and the evidence taken from sources.

use serde::{Deserialize, Serialize};

use super::id::Id;
use super::kinds::{SourceKind, Stance};
use crate::value::Date;

/// A document that states something.
///
/// ```
/// use keiretsu::SourceRecord;
/// let json = r#"{"id":"letter","title":"A letter","published":"2016-05"}"#;
/// let letter: SourceRecord = serde_json::from_str(json)?;
/// assert_eq!(letter.published, Some("2016-05".parse()?));
/// assert_eq!(serde_json::to_string(&letter)?, json);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SourceRecord {
    /// Its id, unique among sources.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// What kind of document it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<SourceKind>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Where it can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// When it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<Date>,
    /// Its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct EvidenceRecord {
    /// The source.
    pub source: Id,
    /// Its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// The location within the source: a page, a paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// Who said it, if the source quotes somebody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_by: Option<String>,
    /// Whether it supports, refutes or only mentions the fact.
    #[serde(default = "supports")]
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

const fn supports() -> Stance {
    Stance::Supports
}

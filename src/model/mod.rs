//! Facts, entities and sources as plain data, and the vocabulary they are written in.

mod closed;
mod entity;
mod fact;
pub(crate) mod fact_field;
mod id;
mod kinds;
pub(crate) mod letters;
mod mapping;
pub(crate) mod other_word;
pub(crate) mod property;
mod relation_kinds;
pub(crate) mod serial;
mod serial_fact;
mod source;
mod verb;
pub mod vocabulary;

pub use entity::{EntityRecord, FormerName, Identifiers};
pub use fact::{AttributeValue, End, FactRecord};
pub use fact_field::FactField;
pub use id::{Id, InvalidId};
pub use kinds::{
    Attribute, Confidence, EntityKind, FactKind, Reason, RelationKind, Role, SourceKind, Stance, Status,
};
pub use mapping::{DecimalMark, EntityTable, FactShape, FactTable, Mapping, Separator, ShareUnit};
pub use relation_kinds::RelationKinds;
pub use source::{EvidenceRecord, SourceRecord};

use serde::{Deserialize, Serialize};

/// Everything stated by files or a program, in order: the input of a graph.
///
/// Records may be inconsistent or incomplete: building the graph checks them.
/// They serialize with the names of graph files, and what is left out there is left out here. Only formats that name fields, such as
/// JSON, read them back.
///
/// ```
/// use keiretsu::{Graph, GraphBuilder, Records};
/// let graph = Graph::from_ron(r#"Graph(companies: {"acme": (name: "Acme")})"#)?;
/// let json = serde_json::to_string(&graph.to_records())?;
/// assert_eq!(json, r#"{"entities":[{"kind":"Company","id":"acme","name":"Acme"}]}"#);
/// let records: Records = serde_json::from_str(&json)?;
/// assert_eq!(GraphBuilder::from_records(records).build()?.view().entities().count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Records {
    /// The title of the graph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The subject of the graph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceRecord>,
    /// The entities.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<EntityRecord>,
    /// The facts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<FactRecord>,
}

//! Facts, entities and sources as plain data, and the vocabulary they are written in.

mod closed;
mod entity;
mod fact;
pub(crate) mod fact_field;
mod id;
mod kinds;
pub(crate) mod letters;
mod mapping;
pub(crate) mod property;
mod relation_kinds;
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

/// Everything stated by files or a program, in order: the input of a graph.
///
/// Records may be inconsistent or incomplete: building the graph checks them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Records {
    /// The title of the graph.
    pub title: Option<String>,
    /// The subject of the graph.
    pub description: Option<String>,
    /// The sources.
    pub sources: Vec<SourceRecord>,
    /// The entities.
    pub entities: Vec<EntityRecord>,
    /// The facts.
    pub facts: Vec<FactRecord>,
}

//! Facts, entities and sources as plain data, and the vocabulary they are written in.

mod closed;
mod entity;
mod fact;
mod id;
mod kinds;
pub(crate) mod letters;
mod mapping;
mod relation_kinds;
mod source;
mod verb;
pub mod vocabulary;

pub use entity::{EntityRecord, FormerName, Identifiers};
pub use fact::{AttributeValue, End, FactRecord};
pub use id::{Id, InvalidId};
pub use kinds::{
    Attribute, Confidence, EntityKind, FactKind, Reason, RelationKind, Role, SourceKind, Stance, Status,
};
pub use mapping::{DecimalMark, EntityTable, FactField, FactShape, FactTable, Mapping, Separator, ShareUnit};
pub use relation_kinds::RelationKinds;
pub use source::{EvidenceRecord, SourceRecord};

/// Everything that files or a program say, in the order said; the input of a graph.
///
/// Records need not agree or be complete: building the graph checks them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Records {
    /// A title for the whole.
    pub title: Option<String>,
    /// What the whole is about.
    pub description: Option<String>,
    /// The sources.
    pub sources: Vec<SourceRecord>,
    /// The entities.
    pub entities: Vec<EntityRecord>,
    /// The facts.
    pub facts: Vec<FactRecord>,
}

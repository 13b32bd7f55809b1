//! keiretsu
mod analysis;
mod diagnostic;
#[cfg(feature = "diagram")]
mod diagram;
mod error;
mod file;
mod graph;
mod limits;
mod model;
mod query;
mod value;

pub use analysis::{Stat, stats};
pub use diagnostic::{CODES, Code, CodeRow, Diagnostic, Location, Severity};
#[cfg(feature = "diagram")]
pub use diagram::{Diagram, Page, Theme};
pub use error::{Error, ErrorKind, Result};
pub use file::to_ron;
pub use graph::{Entity, Evidence, Fact, Graph, GraphBuilder, Match, Relation, Source, View};
#[cfg(feature = "petgraph-traits")]
pub use graph::{PetgraphEdge, PetgraphNode, PetgraphView};
pub use limits::{Cancel, Limits};
pub use model::vocabulary;
pub use model::{
    Attribute, AttributeValue, Confidence, End, EntityKind, EntityRecord, EvidenceRecord, FactKind,
    FactRecord, FormerName, Id, Identifiers, InvalidId, Reason, Records, RelationKind, Role, SourceKind,
    SourceRecord, Stance, Status,
};
pub use query::{
    DealList, Deals, Direction, Outcome, Partner, Partners, Path, Paths, RelationKinds, Selection, Step,
    StoppedBy, Traversal,
};
pub use value::{
    Country, Currency, Date, Day, Decimal, Isin, Lei, Money, PatentNumber, Quantity, RegisterNumber, Share,
    Term, Territory, ValueError, WikidataId,
};

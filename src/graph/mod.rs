//! The frozen, typed graph: how it is built from records, stored, looked up and seen through handles.
//!
//! Nothing outside this folder knows how it is stored.

mod alike;
mod bearers;
pub(crate) mod beside;
mod build;
mod builder;
#[cfg(feature = "import")]
mod bulk;
mod certainty;
mod check;
mod claims;
mod cuts;
mod declared;
mod derive;
mod ending;
mod entity;
mod evidence;
mod fact;
mod fact_checks;
mod fact_id;
mod figures;
mod freeze;
mod identifiers;
mod index;
mod intake;
mod known;
mod known_stakes;
mod legal_forms;
mod license_checks;
mod life_checks;
mod lints;
mod lookup;
mod memory;
mod name_of_time;
mod names;
mod namesakes;
#[cfg(feature = "petgraph-traits")]
mod petgraph_traits;
mod problem;
mod project;
mod readings;
mod relation;
mod retold;
mod right;
mod rule;
mod sentence;
mod side;
pub(crate) mod snapshot;
mod stake_checks;
mod stakes;
mod store;
mod text;
mod title_checks;
mod touching;
mod twins;
mod validity;
mod view;

use std::fmt;
use std::sync::Arc;

pub use builder::GraphBuilder;
#[cfg(feature = "import")]
pub(crate) use bulk::{
    Bulk, Detail, EntityPart, FactPart, FactSink, Finder, PlainFact, Refused, When, Words,
};
pub use claims::Claims;
pub use ending::Ending;
pub use entity::Entity;
pub use evidence::{Evidence, Source};
pub use fact::Fact;
pub(crate) use index::EntityIx;
pub use memory::Memory;
pub use names::Match;
#[cfg(feature = "petgraph-traits")]
pub use petgraph_traits::{PetgraphEdge, PetgraphNode, PetgraphView};
pub(crate) use problem::{Field, Problem, Problems, Record};
pub use readings::{OtherReading, ReadingOrder};
pub use relation::Relation;
pub use right::Right;
pub use rule::{EndRule, Rule};
pub(crate) use store::ranked::Ranked;
pub(crate) use store::rows::{Part, Row};
pub(crate) use touching::{Ends, Lens, Portion, Way};
pub use validity::{Certainty, Validity};
pub use view::View;

use build::build;
pub(crate) use intake::Intake;
pub(crate) use stakes::{Counted, has_ended, in_company, stake_parties};

use crate::diagnostic::Diagnostic;
use crate::model::{Records, SourceRecord};

/// A knowledge graph: immutable, `Send + Sync`, cheap to clone.
///
/// Every question starts at a [`View`] of it.
///
/// ```
/// use keiretsu::{Graph, RelationKind};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "acme": (name: "Acme"), "bolt": (name: "Bolt") },
///     facts: [ Partnership(between: ["acme", "bolt"], announced: "2015", unsourced: true) ],
/// )"#)?;
/// let acme = graph.view().find("Acme")?;
/// let (relation, partner) = acme.neighbors(RelationKind::PartnersWith).next().unwrap();
/// assert_eq!(partner.name(), "Bolt");
/// assert_eq!(relation.to_string(), "Acme partners with Bolt (announced 2015)");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone)]
pub struct Graph(Arc<GraphData>);

/// What a graph holds; handles borrow it.
pub(crate) struct GraphData {
    title: Option<String>,
    description: Option<String>,
    sources: Vec<SourceRecord>,
    entities: store::entities::Entities,
    facts: store::facts::Facts,
    relations: store::relations::Relations,
    rows: store::rows::Rows,
    majorities: store::majorities::Majorities,
    claims: claims::ClaimGroups,
    cuts: cuts::Cuts,
    lookups: lookup::Lookups,
    warnings: Vec<Diagnostic>,
}

impl Graph {
    /// A builder, for programs that have no file.
    #[must_use]
    pub fn builder() -> GraphBuilder {
        GraphBuilder::default()
    }

    /// The graph as it stands: everything ever stated.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        View::new(&self.0)
    }

    /// The graph as it was on a date: see [`View::as_of`].
    #[must_use]
    pub fn as_of(&self, date: crate::value::Date) -> View<'_> {
        self.view().as_of(date)
    }

    /// The title, if the files give one.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.0.title.as_deref()
    }

    /// What the graph is about, if the files say so.
    #[must_use]
    pub fn description(&self) -> Option<&str> {
        self.0.description.as_deref()
    }

    /// What was odd in the input, without being wrong.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.0.warnings
    }

    /// A copy of the records: entities in the order of their ids, sources and facts as given. Identical records
    /// of one id have become one.
    #[must_use]
    pub fn to_records(&self) -> Records {
        let data = &self.0;
        Records {
            title: data.title.clone(),
            description: data.description.clone(),
            sources: data.sources.clone(),
            entities: self.view().entities().map(Entity::record).collect(),
            facts: data.facts.all().map(|fact| self.view().fact_at(fact).record()).collect(),
        }
    }

    pub(crate) fn data(&self) -> &GraphData {
        &self.0
    }

    pub(crate) fn from_data(data: GraphData) -> Self {
        Self(Arc::new(data))
    }

    /// Puts places and severities that only the reader of a file knows into the warnings.
    pub(crate) fn with_warnings(mut self, warnings: Vec<Diagnostic>) -> Self {
        if let Some(data) = Arc::get_mut(&mut self.0) {
            data.warnings = warnings;
        }
        self
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph")
            .field("title", &self.0.title)
            .field("entities", &self.0.entities.len())
            .field("facts", &self.0.facts.len())
            .field("relations", &self.0.relations.len())
            .finish_non_exhaustive()
    }
}

/// An item by an index that the graph itself gave out.
#[expect(
    clippy::indexing_slicing,
    reason = "handles are made by their own graph only, and a graph never shrinks"
)]
fn at<T>(items: &[T], n: usize) -> &T {
    &items[n]
}

//! The frozen, typed graph: how it is built from records, stored, looked up and seen through handles.
//!
//! Nothing outside this folder knows how it is stored.

mod build;
mod builder;
mod edit;
mod lint;
mod memory;
mod merge;
#[cfg(feature = "import")]
mod review;
mod store;
mod view;

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "import")]
pub(crate) use build::bulk::{Bulk, EntityPart, FactPart, FactSink, Finder, Refused};
#[cfg(feature = "import")]
pub(crate) use build::door::{Miscast, miscast, needed_field};
pub(crate) use build::intake::Intake;
pub(crate) use build::problem::{Field, Problem, Problems, Record};
pub use builder::GraphBuilder;
pub use edit::GraphEditor;
pub use memory::Memory;
pub use merge::{Merge, MergePolicy};
#[cfg(feature = "import")]
pub(crate) use review::Review;
pub(crate) use store::adjacency::AdjacencyList;
pub(crate) use store::index::EntityIx;
#[cfg(feature = "import")]
pub(crate) use store::plain::{Detail, PlainFact, When, Words};
#[cfg(feature = "import")]
pub(crate) use store::property::Property;
pub(crate) use store::ranked::RankedSet;
pub use store::rule::{EndRule, Rule};
pub(crate) use store::section::damage::Damage;
pub(crate) use store::snapshot;
pub use store::validity::{Certainty, Validity};
pub(crate) use view::adjacency::{Adjacency, Edge, Edges, Follow, KindAdjacency};
pub use view::ending::{Doubt, Ending};
pub use view::entity::Entity;
pub use view::evidence::{Evidence, Source};
pub use view::fact::Fact;
pub use view::fact_filter::{Criterion, FactFilter};
pub use view::names::Match;
pub(crate) use view::names::search;
#[cfg(feature = "petgraph-traits")]
pub use view::petgraph_traits::{PetgraphEdge, PetgraphEdgeRef, PetgraphNode, PetgraphView};
pub use view::policy::Claims;
pub use view::readings::{OtherReading, ReadingOrder};
pub(crate) use view::relation::KeptRelation;
pub use view::relation::Relation;
pub use view::right::Right;
pub use view::sentence::Wording;
pub(crate) use view::stakes::{Counted, has_ended, in_company, stake_parties};

pub(crate) use view::view::Choices;
pub use view::view::View;

pub(crate) use store::data::GraphData;
use store::data::Warnings;

use crate::diagnostic::Diagnostic;
use crate::model::Records;

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
    ///
    /// Of a graph that was imported from tables they are looked for when they are first asked for, which takes about
    /// as long as the import; their places are found by reading the tables once more.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        self.0.warnings.of(&self.0)
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

    /// Builds the indices that are otherwise built on first or frequent use: of ids, names, identifiers, of the facts of
    /// each entity. For a service, so that no request waits for them. Uses two threads if the graph is large.
    ///
    /// [`Graph::warnings`] of tables are not looked for.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::open("graphs")?;
    /// graph.warm();
    /// assert!(graph.view().find_exact("Foxconn").is_ok());
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn warm(&self) {
        self.0.warm();
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
            data.warnings = Warnings::Known(warnings);
        }
        self
    }
}

impl<'g> From<&'g Graph> for View<'g> {
    fn from(graph: &'g Graph) -> Self {
        graph.view()
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph")
            .field("title", &self.0.title)
            .field("entities", &self.0.entities.len())
            .field("facts", &self.0.facts.len())
            .field("relations", &self.view().relations().count())
            .finish_non_exhaustive()
    }
}

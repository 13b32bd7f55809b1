//! All data of a graph.

use super::adjacency::AdjacencyLists;
use super::claims::ClaimGroups;
use super::cuts::Cuts;
use super::entities::Entities;
use super::facts::Facts;
use super::identifiers::Identified;
use super::index::{EntityIx, FactIx};
#[cfg(feature = "import")]
use super::lazy::Lazy;
use super::lookup::{Casts, Lookups};
use super::majorities::Majorities;
use super::names::Names;
use super::relations::Relations;
use super::twins::Twins;
use crate::diagnostic::Diagnostic;
use crate::model::SourceRecord;

/// The data of a graph, which handles borrow.
pub(crate) struct GraphData {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) entities: Entities,
    pub(crate) facts: Facts,
    pub(crate) relations: Relations,
    pub(crate) adjacency: AdjacencyLists,
    pub(crate) majorities: Majorities,
    pub(crate) claims: ClaimGroups,
    pub(crate) cuts: Cuts,
    pub(crate) lookups: Lookups,
    pub(crate) warnings: Warnings,
}

/// Checked and resolved records, from which everything else is derived.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) entities: Entities,
    pub(crate) facts: Facts,
}

impl GraphData {
    /// The index of names, built on first use.
    pub(crate) fn names(&self) -> &Names {
        self.lookups.names.get_or_make(&|| Names::new(&self.entities))
    }

    /// The index of identifiers; `None` until it has been asked for often, since a scan of all entities is cheaper
    /// before.
    pub(crate) fn identified(&self) -> Option<&Identified> {
        let table = &self.lookups.identified;
        table.is_wanted().then(|| table.get_or_make(&|| Identified::new(&self.entities)))
    }

    /// Entities that share a name with another, found when the first name is printed.
    pub(crate) fn twins(&self) -> &Twins {
        self.lookups.twins.get_or_make(&|| Twins::new(&self.entities))
    }

    /// Builds everything that is otherwise built on first or frequent use.
    pub(crate) fn warm(&self) {
        let by_fact = || {
            self.fact_ids();
            self.casts();
        };
        let by_entity = || {
            self.entities.warm();
            self.names();
            self.lookups.identified.get_or_make(&|| Identified::new(&self.entities));
            self.twins();
        };
        crate::parallel::join_if_large(self.facts.len(), by_entity, by_fact);
    }

    /// The facts in which an entity takes part; `None` until asked for often, since a scan of all facts is cheaper
    /// before.
    pub(crate) fn facts_of(&self, entity: EntityIx) -> Option<&[FactIx]> {
        self.lookups.casts.is_wanted().then(|| self.casts().of(entity))
    }

    /// The facts in which each entity takes part.
    pub(crate) fn casts(&self) -> &Casts {
        let casts = &self.lookups.casts;
        casts.get_or_make(&|| Casts::new(self.entities.len(), &self.facts, &self.relations))
    }
}

/// The warnings of a graph: known since it was built, or computed on demand.
pub(crate) enum Warnings {
    Known(Vec<Diagnostic>),
    /// Computed on first use.
    #[cfg(feature = "import")]
    Sought(Box<Look>, Lazy<Vec<Diagnostic>>),
}

/// Computes the warnings.
#[cfg(feature = "import")]
type Look = dyn Fn(&GraphData) -> Vec<Diagnostic> + Send + Sync;

impl Default for Warnings {
    fn default() -> Self {
        Self::Known(Vec::new())
    }
}

impl Warnings {
    #[cfg(feature = "import")]
    pub(crate) fn sought(look: impl Fn(&GraphData) -> Vec<Diagnostic> + Send + Sync + 'static) -> Self {
        Self::Sought(Box::new(look), Lazy::default())
    }

    /// The warnings, if nobody has to look for them.
    pub(crate) fn known(&self) -> &[Diagnostic] {
        match self {
            Self::Known(warnings) => warnings,
            #[cfg(feature = "import")]
            Self::Sought(..) => &[],
        }
    }

    /// The warnings, given the graph that owns them.
    #[cfg_attr(not(feature = "import"), expect(unused_variables, reason = "nobody has to look"))]
    pub(crate) fn of(&self, data: &GraphData) -> &[Diagnostic] {
        match self {
            Self::Known(warnings) => warnings,
            #[cfg(feature = "import")]
            Self::Sought(look, found) => found.get_or_make(&|| look(data)),
        }
    }
}

//! All that a graph holds.

use super::adjacency::AdjacencyLists;
use super::claims::ClaimGroups;
use super::cuts::Cuts;
use super::entities::Entities;
use super::facts::Facts;
use super::identifiers::Identified;
use super::index::{EntityIx, FactIx};
use super::lookup::{Casts, Lookups};
use super::majorities::Majorities;
use super::names::Names;
use super::relations::Relations;
use super::twins::Twins;
use crate::diagnostic::Diagnostic;
use crate::model::SourceRecord;

/// What a graph holds; handles borrow it.
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
    pub(crate) warnings: Vec<Diagnostic>,
}

/// Checked and resolved records, from which everything else follows.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) sources: Vec<SourceRecord>,
    pub(crate) entities: Entities,
    pub(crate) facts: Facts,
}

impl GraphData {
    /// Who is called what; the first look makes it.
    pub(crate) fn names(&self) -> &Names {
        self.lookups.names.get_or_make(&|| Names::new(&self.entities))
    }

    /// Who has which identifier; none where nobody has asked often, and looking at all entities is cheaper.
    pub(crate) fn identified(&self) -> Option<&Identified> {
        let table = &self.lookups.identified;
        table.is_wanted().then(|| table.get_or_make(&|| Identified::new(&self.entities)))
    }

    /// Whose name another has, too; the first name that is told makes it.
    pub(crate) fn twins(&self) -> &Twins {
        self.lookups.twins.get_or_make(&|| Twins::new(&self.entities))
    }

    /// The facts in which an entity takes part; none where nobody has asked often, and looking at all facts is cheaper.
    pub(crate) fn facts_of(&self, entity: EntityIx) -> Option<&[FactIx]> {
        let casts = &self.lookups.casts;
        casts.is_wanted().then(|| {
            casts.get_or_make(&|| Casts::new(self.entities.len(), &self.facts, &self.relations)).of(entity)
        })
    }
}

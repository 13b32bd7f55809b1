//! `--kind`: kinds of facts or relations, in any case.

use crate::diagnostic::{list_or, nearest_name};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::Relation;
use crate::model::{FactKind, RelationKind, RelationKinds, other_word};

/// The kinds asked for; all if none are named.
#[derive(Clone, Debug, Default)]
pub struct KindFilter {
    facts: Vec<FactKind>,
    relations: Vec<RelationKind>,
}

impl KindFilter {
    /// Parses the names, in any case, with or without hyphens.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownKind`] if no kind of fact or relation has one of the names.
    pub fn parse(names: &[String]) -> Result<Self> {
        let mut filter = Self::default();
        for name in names {
            let wanted = plain(name);
            let fact = FactKind::ALL.iter().find(|kind| plain(kind.name()) == wanted);
            let relation = RelationKind::ALL.iter().find(|kind| plain(kind.name()) == wanted);
            filter.facts.extend(fact);
            filter.relations.extend(relation);
            if fact.is_none() && relation.is_none() {
                return Err(unknown(name));
            }
        }
        Ok(filter)
    }

    /// Whether none is named: all are meant.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.relations.is_empty()
    }

    /// The kinds of facts that are named.
    #[must_use]
    pub fn facts(&self) -> &[FactKind] {
        &self.facts
    }

    /// The kinds of relations that are named.
    #[must_use]
    pub fn relations(&self) -> &[RelationKind] {
        &self.relations
    }

    /// Whether the kind of a relation, or of its fact, was asked for.
    pub fn accepts(&self, relation: Relation<'_>) -> bool {
        self.is_empty()
            || self.relations.contains(&relation.kind())
            || relation.fact().is_some_and(|fact| self.facts.contains(&fact.kind()))
    }

    /// The kinds of facts asked for, and those that project a relation kind asked for.
    pub fn fact_kinds(&self) -> Vec<FactKind> {
        let projects =
            |fact: &FactKind, kind: RelationKind| fact.row().projections.iter().any(|p| p.kind() == kind);
        let all = FactKind::ALL.iter().copied();
        all.filter(|fact| {
            self.facts.contains(fact) || self.relations.iter().any(|kind| projects(fact, *kind))
        })
        .collect()
    }

    /// The kinds of relations asked for, and those projected by the fact kinds asked for.
    pub fn relation_kinds(&self) -> RelationKinds {
        if self.is_empty() {
            return RelationKinds::ALL;
        }
        let projected = self.facts.iter().flat_map(|fact| fact.row().projections.iter().map(|p| p.kind()));
        projected.chain(self.relations.iter().copied()).collect()
    }
}

/// A name without case, hyphens and underscores.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

fn unknown(name: &str) -> Error {
    let names = || FactKind::ALL.iter().map(|k| k.name()).chain(RelationKind::ALL.iter().map(|k| k.name()));
    let mut near = other_word::kinds(&plain(name));
    if near.is_empty() {
        near.extend(nearest_name(name, names()));
    }
    let near: Vec<String> = near.into_iter().map(|name| format!("`{name}`")).collect();
    let hint = match near.is_empty() {
        false => format!("did you mean {}? `keiretsu kinds` lists all", list_or(&near)),
        true => "`keiretsu kinds` lists all".to_owned(),
    };
    let shown: String = name.chars().take(60).flat_map(char::escape_debug).collect();
    Error::new(ErrorKind::UnknownKind, format!("no kind of fact or relation is called `{shown}`"))
        .hint(Some(hint))
}

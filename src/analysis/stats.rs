//! Counts by kind, the dates covered, components, the most connected.

use std::collections::HashSet;

use crate::graph::{Entity, Fact, Relation, View};
use crate::model::{EntityKind, FactKind, RelationKind};

/// One figure about a graph.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Stat {
    /// What is counted or named: "companies", "facts", "PartnersWith".
    pub name: String,
    /// The figure.
    pub value: String,
}

/// How many of the most connected entities are named.
const MOST_CONNECTED: usize = 5;

impl View<'_> {
    /// The figures of a graph: sources, entities and facts by kind, relations by kind, dates, components, and the most
    /// connected entities.
    ///
    /// Facts are counted once each, whatever they project. Those only sought or called off are counted separately, and
    /// their relations are not counted. Components follow all relations that count. Examines each relation once.
    #[must_use]
    pub fn stats(self) -> Vec<Stat> {
        stats(self)
    }
}

fn stats(view: View<'_>) -> Vec<Stat> {
    let mut stats = Vec::new();
    let mut push = |name: &str, value: String| stats.push(Stat { name: name.to_owned(), value });
    push("sources", view.sources().len().to_string());
    let entities: Vec<Entity<'_>> = view.entities().filter(|entity| entity.is_known()).collect();
    push("entities", entities.len().to_string());
    for kind in EntityKind::ALL {
        let count = entities.iter().filter(|entity| entity.kind() == *kind).count();
        if count > 0 {
            push(kind.name(), count.to_string());
        }
    }
    push("facts", view.facts().count().to_string());
    for kind in FactKind::ALL {
        let count = view.facts().filter(|fact| fact.kind() == *kind).count();
        if count > 0 {
            push(kind.name(), count.to_string());
        }
    }
    let sought = view.facts().filter(|fact| fact.is_sought()).count();
    let called_off = view.facts().filter(|fact| !fact.counts()).count() - sought;
    for (name, count) in [("facts only sought", sought), ("facts called off", called_off)] {
        if count > 0 {
            push(name, count.to_string());
        }
    }
    let relations: Vec<RelationKind> =
        view.relations().filter(|relation| relation.counts()).map(Relation::kind).collect();
    push("relations", relations.len().to_string());
    for kind in RelationKind::ALL {
        let count = relations.iter().filter(|own| *own == kind).count();
        if count > 0 {
            push(kind.name(), count.to_string());
        }
    }
    if let Some(covered) = dates(view) {
        push("dates", covered);
    }
    let (components, largest) = components(view);
    push("components", components.to_string());
    push("largest component", largest.to_string());
    for (entity, relations) in most_connected(view) {
        push("most connected", format!("{entity} ({relations} relations)"));
    }
    stats
}

/// The first and the last day that the dates of facts name.
fn dates(view: View<'_>) -> Option<String> {
    let dates = || view.facts().flat_map(Fact::dates);
    let ends = || dates().flat_map(|date| [date.earliest(), date.latest()]).flatten();
    Some(format!("{} to {}", ends().min()?, ends().max()?))
}

/// The number of components, and the size of the largest.
fn components(view: View<'_>) -> (usize, usize) {
    let mut seen: HashSet<Entity<'_>> = HashSet::new();
    let (mut count, mut largest) = (0, 0);
    for start in view.entities().filter(|entity| entity.is_known()) {
        if !seen.insert(start) {
            continue;
        }
        let mut size = 0;
        let mut open = vec![start];
        while let Some(entity) = open.pop() {
            size += 1;
            for relation in entity.relations().filter(|relation| relation.counts()) {
                if seen.insert(relation.object()) {
                    open.push(relation.object());
                }
            }
        }
        count += 1;
        largest = largest.max(size);
    }
    (count, largest)
}

/// The entities with the most relations that count; ties by id.
fn most_connected(view: View<'_>) -> Vec<(Entity<'_>, usize)> {
    let degree = |entity: Entity<'_>| entity.relations().filter(|relation| relation.counts()).count();
    let mut entities: Vec<_> = view.entities().map(|entity| (entity, degree(entity))).collect();
    entities.retain(|(_, relations)| *relations > 0);
    entities.sort_by_key(|(entity, relations)| (std::cmp::Reverse(*relations), *entity));
    entities.truncate(MOST_CONNECTED);
    entities
}

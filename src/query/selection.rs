//! The result of a walk: entities, each with the path that reached it.

use std::collections::HashMap;

use super::path::Path;
use super::traversal::Outcome;
use crate::graph::{Entity, Relation, View};

/// An entity reached by a relation from another one, given by its position.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reached<'g> {
    pub(crate) entity: Entity<'g>,
    pub(crate) via: Option<(Relation<'g>, usize)>,
    pub(crate) hops: usize,
}

/// A set of entities, in the order reached, each with a path to it.
///
/// ```
/// # use keiretsu::{Graph, RelationKind};
/// # let graph = Graph::from_ron(r#"Graph(
/// #     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
/// #     facts: [ Partnership(between: ["a", "b"], unsourced: true), Partnership(between: ["b", "c"], unsourced: true) ],
/// # )"#)?;
/// # let (a, c) = (graph.view().find("A")?, graph.view().find("C")?);
/// let near_a = a.traverse().max_hops(1).run();
/// let near_c = c.traverse().max_hops(1).run();
/// let both = near_a.intersection(&near_c);
/// assert_eq!(both.entities().map(|entity| entity.name()).collect::<Vec<_>>(), ["B"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Selection<'g> {
    /// Everything met, members or not: paths lead through both.
    reached: Vec<Reached<'g>>,
    /// The members, as positions in `reached`, in order.
    members: Vec<usize>,
    /// The position of each member.
    positions: HashMap<Entity<'g>, usize>,
    outcome: Outcome,
}

impl<'g> Selection<'g> {
    pub(crate) fn new(
        reached: Vec<Reached<'g>>,
        positions: HashMap<Entity<'g>, usize>,
        outcome: Outcome,
    ) -> Self {
        Self { members: (0..reached.len()).collect(), reached, positions, outcome }
    }

    /// The entities, in the order reached.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = Entity<'g>> {
        self.members.iter().map(|n| self.at(*n).entity)
    }

    /// The view in which the walk started.
    pub(crate) fn view(&self) -> Option<View<'g>> {
        self.reached.first().map(|start| start.entity.view())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Whether it contains the entity.
    #[must_use]
    pub fn contains(&self, entity: Entity<'g>) -> bool {
        self.positions.contains_key(&entity)
    }

    /// The distance of the entity from the start, in relations.
    #[must_use]
    pub fn hops(&self, entity: Entity<'g>) -> Option<usize> {
        self.positions.get(&entity).map(|n| self.at(*n).hops)
    }

    /// The path by which the entity was reached: why it is here.
    #[must_use]
    pub fn path_to(&self, entity: Entity<'g>) -> Option<Path<'g>> {
        let mut position = *self.positions.get(&entity)?;
        let mut steps = Vec::new();
        while let Some((relation, before)) = self.at(position).via {
            steps.push(relation);
            position = before;
        }
        steps.reverse();
        Some(Path::new(self.at(position).entity, steps))
    }

    /// Complete, or what stopped the walk.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The entities in either. Those only in the other come last, with their own paths and in their own view. Nothing
    /// is taken from a selection of another graph.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        let mut union = self.clone();
        if self.view().zip(other.view()).is_none_or(|(own, other)| !own.is_same_graph(other)) {
            return union;
        }
        let offset = union.reached.len();
        union.reached.extend(other.reached.iter().map(|reached| Reached {
            via: reached.via.map(|(relation, before)| (relation, before + offset)),
            ..*reached
        }));
        for n in &other.members {
            let entity = other.at(*n).entity;
            if let std::collections::hash_map::Entry::Vacant(e) = union.positions.entry(entity) {
                e.insert(n + offset);
                union.members.push(n + offset);
            }
        }
        union.outcome = worse(self.outcome, other.outcome);
        union
    }

    /// The entities in both.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.keep(other, |is_in_other| is_in_other)
    }

    /// The entities only in this one.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.keep(other, |is_in_other| !is_in_other)
    }

    fn keep(&self, other: &Self, wanted: impl Fn(bool) -> bool) -> Self {
        let mut kept = self.clone();
        kept.members.retain(|n| wanted(other.contains(self.at(*n).entity)));
        kept.positions.retain(|entity, _| wanted(other.contains(*entity)));
        kept.outcome = worse(self.outcome, other.outcome);
        kept
    }

    #[expect(clippy::indexing_slicing, reason = "positions are made by this type only")]
    fn at(&self, position: usize) -> &Reached<'g> {
        &self.reached[position]
    }
}

const fn worse(one: Outcome, other: Outcome) -> Outcome {
    match one {
        Outcome::Complete => other,
        Outcome::Stopped(_) => one,
    }
}

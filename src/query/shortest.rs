//! Shortest paths by searching from both ends at once (Pohl, "Bi-directional search", 1971).

use std::collections::{HashMap, HashSet};

use super::path::Path;
use super::path_order::Floor;
use super::traversal::{Budget, Outcome, Step, StoppedBy, Traversal};
use crate::graph::{Entity, Relation};

/// A shortest path of a traversal. Ties are broken by the relation kinds, then the ids, then the facts along the path.
pub(crate) fn search<'g>(traversal: &Traversal<'g, '_>, to: Entity<'g>) -> (Option<Path<'g>>, Outcome) {
    match search_within(traversal, to, None, &mut Budget::new(&traversal.limits)) {
        Ok(path) => (path, Outcome::Complete),
        Err(stopped) => (None, Outcome::Stopped(stopped)),
    }
}

/// A shortest path along relations that are good enough, with what is left of a budget.
pub(crate) fn search_within<'g>(
    traversal: &Traversal<'g, '_>,
    to: Entity<'g>,
    floor: Option<Floor>,
    budget: &mut Budget,
) -> Result<Option<Path<'g>>, StoppedBy> {
    let from = traversal.start;
    if from == to {
        return Ok(Some(Path::new(from, Vec::new())));
    }
    let (ahead, back) = (Side::new(from), Side::new(to));
    let mut search = BidirectionalSearch { traversal, to, floor, ahead, back, budget };
    match search.meet()? {
        Some(length) => search.path(length).map(Some),
        None => Ok(None),
    }
}

/// The search from one end: the distance of each entity, and the last ring reached.
struct Side<'g> {
    distance: HashMap<Entity<'g>, usize>,
    ring: Vec<Entity<'g>>,
    depth: usize,
}

impl<'g> Side<'g> {
    fn new(end: Entity<'g>) -> Self {
        Self { distance: HashMap::from([(end, 0)]), ring: vec![end], depth: 0 }
    }
}

struct BidirectionalSearch<'s, 'g, 'f> {
    traversal: &'s Traversal<'g, 'f>,
    to: Entity<'g>,
    floor: Option<Floor>,
    ahead: Side<'g>,
    back: Side<'g>,
    budget: &'s mut Budget,
}

impl<'g> BidirectionalSearch<'_, 'g, '_> {
    /// Grows the smaller ring until the two meet. Returns the length of a shortest path.
    fn meet(&mut self) -> Result<Option<usize>, StoppedBy> {
        let most = self.traversal.most_hops();
        while !self.ahead.ring.is_empty() && !self.back.ring.is_empty() {
            let length = self.ahead.depth.saturating_add(self.back.depth).saturating_add(1);
            if length > most {
                return if self.traversal.is_cut_by_limit() { Err(StoppedBy::Hops) } else { Ok(None) };
            }
            let forward = self.ahead.ring.len() <= self.back.ring.len();
            if self.grow(forward)? {
                return Ok(Some(length));
            }
        }
        Ok(None)
    }

    /// Reaches the next ring of one side. Returns whether it met the other side's last ring.
    fn grow(&mut self, forward: bool) -> Result<bool, StoppedBy> {
        let side = if forward { &mut self.ahead } else { &mut self.back };
        let ring = std::mem::take(&mut side.ring);
        side.depth += 1;
        let mut met = false;
        for entity in ring {
            if entity != self.to && entity != self.traversal.start && self.traversal.stops_at(entity) {
                continue;
            }
            for (_, other) in self.around(entity, forward)? {
                let (side, facing) =
                    if forward { (&mut self.ahead, &self.back) } else { (&mut self.back, &self.ahead) };
                if side.distance.contains_key(&other) {
                    continue;
                }
                side.distance.insert(other, side.depth);
                side.ring.push(other);
                met |= facing.distance.contains_key(&other) && self.may_pass(other);
            }
        }
        Ok(met)
    }

    /// Whether a path may lead through the entity, where the walk may have to stop.
    fn may_pass(&self, entity: Entity<'g>) -> bool {
        entity == self.to || entity == self.traversal.start || !self.traversal.stops_at(entity)
    }

    /// The entities one accepted step ahead of, or behind, an entity.
    fn around(
        &mut self,
        entity: Entity<'g>,
        forward: bool,
    ) -> Result<Vec<(Relation<'g>, Entity<'g>)>, StoppedBy> {
        let mut around = Vec::new();
        let mut look = |step: Step<'g>, other: Entity<'g>| {
            self.budget.spend()?;
            let is_good = self.floor.is_none_or(|floor| floor.accepts(step.relation()));
            if is_good && self.traversal.accepts(step) {
                around.push((step.relation(), other));
            }
            Ok(())
        };
        if forward {
            self.traversal
                .steps(entity, self.traversal.direction)
                .try_for_each(|step| look(step, step.to()))?;
        } else {
            self.traversal.steps_back(entity).try_for_each(|step| look(step, step.from()))?;
        }
        Ok(around)
    }

    /// The first of the shortest paths, given their length.
    ///
    /// First marks the entities on any shortest path, from where the sides met back to the start. Then repeatedly takes
    /// the best step among them.
    fn path(&mut self, length: usize) -> Result<Path<'g>, StoppedBy> {
        let remaining = self.remaining(length)?;
        let mut here = self.traversal.start;
        let mut steps = Vec::with_capacity(length);
        for left in (0..length).rev() {
            let mut best: Option<(Relation<'g>, Entity<'g>)> = None;
            for (relation, next) in self.around(here, true)? {
                let key = |relation: Relation<'g>, next| (relation.kind(), next, relation.index());
                let better = best.is_none_or(|(best, to)| key(relation, next) < key(best, to));
                if remaining.get(&next) == Some(&left) && better {
                    best = Some((relation, next));
                }
            }
            let Some((relation, next)) = best else { break };
            steps.push(relation);
            here = next;
        }
        Ok(Path::new(self.traversal.start, steps))
    }

    /// The number of remaining steps for every entity on a shortest path.
    fn remaining(&mut self, length: usize) -> Result<HashMap<Entity<'g>, usize>, StoppedBy> {
        let mut remaining: HashMap<Entity<'g>, usize> = HashMap::new();
        let mut ring: Vec<Entity<'g>> = Vec::new();
        for (entity, ahead) in &self.ahead.distance {
            let Some(back) = self.back.distance.get(entity) else { continue };
            if ahead + back == length && self.may_pass(*entity) {
                ring.push(*entity);
            }
        }
        for (entity, distance) in &self.back.distance {
            if self.may_pass(*entity) {
                remaining.insert(*entity, *distance);
            }
        }
        // Entities on the way from the start to the meeting ring.
        let mut seen: HashSet<Entity<'g>> = ring.iter().copied().collect();
        while let Some(entity) = ring.pop() {
            let Some(left) = remaining.get(&entity).copied() else { continue };
            let Some(ahead) = self.ahead.distance.get(&entity).copied() else { continue };
            for (_, before) in self.around(entity, false)? {
                let closer = self.ahead.distance.get(&before).is_some_and(|distance| distance + 1 == ahead);
                if closer && self.may_pass(before) && seen.insert(before) {
                    remaining.insert(before, left + 1);
                    ring.push(before);
                }
            }
        }
        Ok(remaining)
    }
}

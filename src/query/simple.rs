//! All simple paths: iterative deepening depth-first search, pruned by the distance to the target.

use std::collections::HashMap;

use super::path::{Path, Paths};
use super::traversal::{Budget, Outcome, StoppedBy, Traversal};
use crate::graph::{Entity, Relation};

/// The paths of a traversal that visit no entity twice, the shortest first.
pub(crate) fn search<'g>(traversal: &Traversal<'g, '_>, to: Entity<'g>) -> Paths<'g> {
    let mut search = PathEnumeration {
        traversal,
        to,
        budget: Budget::new(&traversal.limits),
        distance: HashMap::new(),
        found: Vec::new(),
        deeper: false,
    };
    let outcome = match search.all() {
        Ok(()) => Outcome::Complete,
        Err(stopped) => Outcome::Stopped(stopped),
    };
    Paths { paths: search.found, outcome }
}

struct PathEnumeration<'s, 'g, 'f> {
    traversal: &'s Traversal<'g, 'f>,
    to: Entity<'g>,
    budget: Budget,
    /// A lower bound on the steps from each entity to the target.
    distance: HashMap<Entity<'g>, usize>,
    found: Vec<Path<'g>>,
    /// Whether the last round was cut by its own depth, so that a deeper one may find more.
    deeper: bool,
}

impl<'g> PathEnumeration<'_, 'g, '_> {
    fn all(&mut self) -> Result<(), StoppedBy> {
        let start = self.traversal.start;
        if start == self.to {
            return self.find(Vec::new());
        }
        self.measure()?;
        let Some(nearest) = self.distance.get(&start).copied() else { return Ok(()) };
        let mut length = nearest;
        while length <= self.traversal.most_hops() {
            self.deeper = false;
            self.of_length(length)?;
            if !self.deeper {
                return Ok(());
            }
            length += 1;
        }
        if length <= self.traversal.asked_hops() { Err(StoppedBy::Hops) } else { Ok(()) }
    }

    /// Computes the distance of every entity from the target, walking backwards and never through the start.
    ///
    /// Goes as far as was asked, beyond the limit on hops, to know whether the limit cuts any path.
    fn measure(&mut self) -> Result<(), StoppedBy> {
        let mut ring = vec![self.to];
        self.distance.insert(self.to, 0);
        let mut hops = 0;
        while !ring.is_empty() && hops < self.traversal.asked_hops() {
            hops += 1;
            for entity in std::mem::take(&mut ring) {
                let ends = entity == self.traversal.start || self.traversal.stops_at(entity);
                if entity != self.to && ends {
                    continue;
                }
                for step in self.traversal.steps_back(entity) {
                    self.budget.spend()?;
                    if !self.distance.contains_key(&step.from()) && self.traversal.accepts(step) {
                        self.distance.insert(step.from(), hops);
                        ring.push(step.from());
                    }
                }
            }
        }
        Ok(())
    }

    /// Finds the paths of exactly this length, in order of the kinds and ids along them.
    fn of_length(&mut self, length: usize) -> Result<(), StoppedBy> {
        let mut way: Vec<Relation<'g>> = Vec::new();
        let mut on_way = std::collections::HashSet::from([self.traversal.start]);
        let mut branches = vec![self.branches(self.traversal.start, length, &on_way)?];
        while let Some(branch) = branches.last_mut() {
            let Some(relation) = branch.pop() else {
                branches.pop();
                if let Some(step) = way.pop() {
                    on_way.remove(&step.object());
                }
                continue;
            };
            let next = relation.object();
            way.push(relation);
            if next == self.to {
                if way.len() == length {
                    self.find(way.clone())?;
                }
                way.pop();
                continue;
            }
            on_way.insert(next);
            branches.push(self.branches(next, length - way.len(), &on_way)?);
        }
        Ok(())
    }

    fn find(&mut self, way: Vec<Relation<'g>>) -> Result<(), StoppedBy> {
        if self.found.len() >= self.traversal.limits.paths {
            return Err(StoppedBy::Paths);
        }
        self.found.push(Path::new(self.traversal.start, way));
        Ok(())
    }

    /// The steps from an entity that can still reach the target in time, in reverse order.
    fn branches(
        &mut self,
        entity: Entity<'g>,
        left: usize,
        on_way: &std::collections::HashSet<Entity<'g>>,
    ) -> Result<Vec<Relation<'g>>, StoppedBy> {
        let mut branches = Vec::new();
        if entity != self.traversal.start && self.traversal.stops_at(entity) {
            return Ok(branches);
        }
        for step in self.traversal.steps(entity, self.traversal.direction) {
            self.budget.spend()?;
            let next = step.to();
            let Some(distance) = self.distance.get(&next) else { continue };
            if on_way.contains(&next) || !self.traversal.accepts(step) {
                continue;
            }
            if distance + 1 > left {
                self.deeper = true;
            } else if next != self.to || left == 1 {
                branches.push(step.relation());
            }
        }
        branches.reverse();
        Ok(branches)
    }
}

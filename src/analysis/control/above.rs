//! The controllers of one entity: alone, jointly, ultimate.

use std::collections::HashSet;

use super::bloc::{Field, Links, Threshold, bloc};
use super::commanded::{Commanded, commanded};
use super::{Controlled, JointControl};
use crate::analysis::ownership::network::Part;
use crate::analysis::ownership::number::Side;
use crate::analysis::ownership::{Ownership, ShareRange};
use crate::graph::{Entity, Relation, Right};

/// Those above a node by stakes or statements, and which of them control it.
pub(super) struct Above<'o, 'g> {
    ownership: &'o Ownership<'g>,
    node: u32,
    part: Part,
    links: Links,
    /// Nearest first.
    pub(super) controllers: Vec<Controlled<'g>>,
    /// All who surely control it, those who hold jointly among them, nearest first.
    certain: Vec<u32>,
    /// Those who hold jointly and only possibly control it.
    possible_joint: Vec<u32>,
    /// Of all above, what their blocs have for certain.
    low: Vec<Commanded>,
    /// What the node's own bloc has for certain.
    own: HashSet<u32>,
}

impl<'o, 'g> Above<'o, 'g> {
    pub(super) fn of(ownership: &'o Ownership<'g>, node: u32) -> Self {
        let network = &ownership.table(Right::Votes).network;
        let order = network.reach([node], |node| {
            let holders = network.holders(node).iter().filter(|edge| edge.may_be()).map(|edge| edge.holder);
            holders.chain(ownership.nodes().stated_above(node)).collect()
        });
        let part = network.part(order.clone());
        let links = ownership.nodes().links_among(&part.nodes, |node| part.local(node));
        let mut above = Self {
            ownership,
            node,
            links,
            controllers: Vec::new(),
            certain: Vec::new(),
            possible_joint: Vec::new(),
            low: Vec::new(),
            own: HashSet::new(),
            part,
        };
        above.find(&order);
        above
    }

    const fn field(&self) -> Field<'_> {
        Field { network: &self.part.network, links: Some(&self.links) }
    }

    fn find(&mut self, order: &[u32]) {
        let Some(local) = self.part.local(self.node) else { return };
        let majority = Threshold::majority();
        let watched = self.watched();
        let find = |side| commanded(self.field(), local, &majority, side, &watched);
        let (low, high) = (find(Side::Low), find(Side::High));
        let mut controllers = Vec::new();
        for other in order.iter().copied().filter(|other| *other != self.node) {
            let Some(n) = self.part.local(other) else { continue };
            let (Some(low), Some(high)) = (low.get(n as usize), high.get(n as usize)) else { continue };
            if !high.is_member {
                continue;
            }
            if low.is_member {
                self.certain.push(other);
            }
            let Some(entity) = self.ownership.nodes().single(other) else {
                if !low.is_member {
                    self.possible_joint.push(other);
                }
                continue;
            };
            let inside: HashSet<u32> = high.has.iter().filter_map(|n| self.whole(*n)).collect();
            let has = |one: u32| one == other || inside.contains(&one);
            controllers.push(Controlled {
                entity,
                votes: ShareRange::new(&low.share, &high.share),
                is_certain: low.is_member,
                stated_by: self.ownership.stated_control(self.node, has),
            });
        }
        self.own = bloc(self.field(), &[local], &majority, Side::Low).members.into_iter().collect();
        self.controllers = controllers;
        self.low = low;
    }

    fn whole(&self, local: u32) -> Option<u32> {
        self.part.nodes.get(local as usize).copied()
    }

    /// The stakes in the node by which anybody's bloc may command it.
    pub(super) fn stakes(&self) -> Vec<Relation<'g>> {
        let majority = Threshold::majority();
        let mut inside: HashSet<u32> = HashSet::new();
        // The farthest first: what a bloc has is in every bloc that has its first.
        let nodes = self.ownership.nodes();
        let controllers = self.controllers.iter().rev().filter_map(|one| nodes.place(one.entity));
        for one in controllers.chain(self.certain.iter().chain(&self.possible_joint).copied()) {
            if let Some(local) = self.part.local(one).filter(|local| !inside.contains(local)) {
                inside.extend(bloc(self.field(), &[local], &majority, Side::High).members);
            }
        }
        let has = |holder| self.part.local(holder).is_some_and(|local| inside.contains(&local));
        self.ownership.stakes_of_some(self.node, has)
    }

    /// Those of whom it matters in whose bloc they are: who are stated to control it, who control anything together, and
    /// what they so control.
    fn watched(&self) -> Vec<u32> {
        let nodes = self.ownership.nodes();
        let mut watched: Vec<u32> = nodes.stated_above(self.node).collect();
        for node in &self.part.nodes {
            for link in nodes.joint_links_to(*node) {
                watched.extend(&link.controllers);
            }
            if nodes.joint_holders(*node).is_some() || self.ownership.halves(*node).is_some() {
                watched.push(*node);
            }
        }
        watched.sort_unstable();
        watched.dedup();
        watched.into_iter().filter_map(|node| self.part.local(node)).collect()
    }

    /// Whether somebody who surely controls the node, or the node itself, has all of these in its bloc.
    fn has_one_above(&self, some: &[u32]) -> bool {
        let local: Option<Vec<u32>> = some.iter().map(|node| self.part.local(*node)).collect();
        let Some(local) = local else { return false };
        if local.iter().all(|node| self.own.contains(node)) {
            return true;
        }
        self.certain.iter().filter(|one| self.ownership.nodes().single(**one).is_some()).any(|one| {
            let Some(n) = self.part.local(*one) else { return false };
            let Some(found) = self.low.get(n as usize) else { return false };
            local.iter().all(|node| *node == n || found.has.binary_search(node).is_ok())
        })
    }

    /// Who controls it together, itself or through whom they so control.
    pub(super) fn jointly(&self) -> Vec<JointControl<'g>> {
        let nodes = self.ownership.nodes();
        let mut found: Vec<JointControl<'g>> = Vec::new();
        let vehicles = std::iter::once(self.node).chain(self.certain.iter().copied());
        for vehicle in vehicles {
            let through = nodes.single(vehicle).filter(|_| vehicle != self.node);
            if nodes.joint_holders(vehicle).is_some() {
                found.extend(self.by_joint_holding(vehicle, true));
                continue;
            }
            for link in nodes.joint_links_to(vehicle).filter(|link| !self.has_one_above(&link.controllers)) {
                found.push(JointControl {
                    controllers: link.controllers.iter().flat_map(|one| nodes.all(*one)).collect(),
                    through,
                    is_certain: link.is_certain,
                    stated_by: link.relations.clone(),
                });
            }
            found.extend(self.by_halves(vehicle, through));
        }
        let possible = self.possible_joint.iter().filter_map(|node| self.by_joint_holding(*node, false));
        found.extend(possible.collect::<Vec<_>>());
        let mut seen: HashSet<(Vec<Entity<'g>>, Option<Entity<'g>>)> = HashSet::new();
        found.retain(|one| seen.insert((one.controllers.clone(), one.through)));
        found
    }

    /// Those who hold jointly what commands it.
    fn by_joint_holding(&self, vehicle: u32, is_certain: bool) -> Option<JointControl<'g>> {
        let nodes = self.ownership.nodes();
        if self.has_one_above(&[vehicle]) {
            return None;
        }
        let table = self.ownership.table(Right::Votes);
        let held: Vec<_> = table.network.holdings(vehicle).collect();
        let is_near = |node: u32| node == self.node || self.certain.contains(&node);
        let nearest = held.iter().find(|edge| edge.company == self.node);
        let nearest = nearest.or_else(|| held.iter().find(|edge| is_near(edge.company)))?;
        Some(JointControl {
            controllers: nodes.all(vehicle),
            through: nodes.single(nearest.company).filter(|_| nearest.company != self.node),
            is_certain,
            stated_by: table.relations(nearest).to_vec(),
        })
    }

    /// Two who have half of the votes each, if nobody controls it otherwise.
    fn by_halves(&self, vehicle: u32, through: Option<Entity<'g>>) -> Option<JointControl<'g>> {
        let [one, other] = self.ownership.halves(vehicle)?;
        let is_controlled = match vehicle == self.node {
            true => !self.certain.is_empty(),
            false => self.is_commanded(vehicle),
        };
        if is_controlled {
            return None;
        }
        let nodes = self.ownership.nodes();
        let mut controllers = [nodes.all(one), nodes.all(other)].concat();
        controllers.sort_unstable();
        controllers.dedup();
        let stated_by = self.ownership.stakes_of_some(vehicle, |holder| holder == one || holder == other);
        Some(JointControl { controllers, through, is_certain: true, stated_by })
    }

    /// Whether anybody who surely controls the node, alone or holding jointly, commands another one above it.
    fn is_commanded(&self, node: u32) -> bool {
        let Some(local) = self.part.local(node) else { return false };
        let others = self.certain.iter().filter(|other| **other != node);
        others
            .filter_map(|other| self.low.get(self.part.local(*other)? as usize))
            .any(|found| found.has.contains(&local))
    }

    /// Those who control it and whom nobody controls, alone or together.
    pub(super) fn ultimate(&self) -> Vec<Entity<'g>> {
        let nodes = self.ownership.nodes();
        let Some(local) = self.part.local(self.node) else { return Vec::new() };
        let is_below_one = |node: u32| {
            let above = self.ownership.plain_controller(node);
            above.is_some_and(|above| nodes.joint_holders(above).is_none())
        };
        let tops = self.certain.iter().filter(|node| !is_below_one(**node));
        let tops: Vec<u32> = tops.filter_map(|node| self.part.local(*node)).collect();
        if tops.is_empty() {
            return Vec::new();
        }
        // What no single stake gives, several of a bloc may: so each is looked for in all the others' blocs.
        let majority = Threshold::majority();
        let found = commanded(self.field(), local, &majority, Side::Low, &tops);
        let mut covered: HashSet<u32> = tops.iter().copied().filter(|top| self.own.contains(top)).collect();
        for (n, found) in (0_u32..).zip(&found) {
            // What one holds jointly with those that it controls is its own.
            let is_own = |top: u32| self.part.network.column(n).joint && self.has_in_bloc(top, n);
            covered.extend(found.has.iter().filter(|top| **top != n && !is_own(**top)));
        }
        let free = tops.into_iter().filter(|top| !covered.contains(top)).filter_map(|top| self.whole(top));
        let mut free: Vec<u32> = free.filter(|node| !self.is_held_together(*node)).collect();
        // Nearest first, as the controllers.
        free.sort_by_key(|node| self.certain.iter().position(|one| one == node));
        free.into_iter().filter_map(|node| nodes.single(node)).collect()
    }

    /// Whether the bloc of one has another, both numbered within the part, for certain.
    fn has_in_bloc(&self, one: u32, other: u32) -> bool {
        self.low.get(one as usize).is_some_and(|found| found.has.binary_search(&other).is_ok())
    }

    fn is_held_together(&self, node: u32) -> bool {
        let mut links = self.ownership.nodes().joint_links_to(node);
        links.any(|link| !self.has_one_above(&link.controllers)) || self.by_halves(node, None).is_some()
    }
}

//! Joint control: by several together, but by none alone.

use super::Controlled;
use super::bloc::{Threshold, bloc};
use crate::analysis::ownership::network::Edge;
use crate::analysis::ownership::number::Side;
use crate::analysis::ownership::{Ownership, ShareRange};
use crate::graph::{Entity, Relation, Right};
use crate::value::Proportion;

/// Several that control an entity together, but not alone: by statement, as joint holders of a majority, or as two with
/// half of the votes each if nobody controls it. Those controlled by one person are a single group, and not reported.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JointControl<'g> {
    /// The controllers, in id order.
    pub controllers: Vec<Entity<'g>>,
    /// The company that they control in this way and that controls the entity; `None` if it is the entity itself.
    pub through: Option<Entity<'g>>,
    /// Whether it holds however undisclosed shares are filled in.
    pub is_certain: bool,
    /// The statements and stakes from which it follows.
    pub stated_by: Vec<Relation<'g>>,
}

/// What an entity controls together with others, but not alone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JointlyControls<'g> {
    /// The others, in id order.
    pub with: Vec<Entity<'g>>,
    /// What they control together: the company itself and everything that it controls, nearest first.
    pub controls: Vec<Controlled<'g>>,
    /// Whether it holds however undisclosed shares are filled in.
    pub is_certain: bool,
    /// The statements and stakes from which it follows.
    pub stated_by: Vec<Relation<'g>>,
}

/// Whether a stake is certainly half or more.
fn is_half(edge: &Edge) -> bool {
    edge.is_certain() && edge.low.checked_add(edge.low).is_some_and(|twice| twice >= Proportion::ONE)
}

/// A vehicle of several controllers, as nodes.
struct Vehicle<'g> {
    controllers: Vec<u32>,
    node: u32,
    is_certain: bool,
    stated_by: Vec<Relation<'g>>,
}

impl<'g> Ownership<'g> {
    /// The two holders with half of a company's votes each, if there are.
    pub(super) fn halves(&self, node: u32) -> Option<[u32; 2]> {
        let network = &self.table(Right::Votes).network;
        let column = network.column(node);
        if column.overfull || column.joint {
            return None;
        }
        let holders = network.holders(node).iter().filter(|edge| edge.holder != node && is_half(edge));
        let halves: Vec<u32> = holders.map(|edge| edge.holder).collect();
        halves.try_into().ok()
    }

    /// Whether several hold or control a node together, whoever they are.
    pub(super) fn is_held_together(&self, node: u32) -> bool {
        let nodes = self.nodes();
        nodes.is_joint(node)
            || nodes.joint_links_to(node).next().is_some()
            || self.plain_controller(node).is_none() && self.halves(node).is_some()
    }

    /// What a bloc controls together with others, and whether something is missing because of the limit.
    pub(super) fn jointly_controlled(
        &self,
        own: &[u32],
        stakes: &mut Vec<Relation<'g>>,
    ) -> (Vec<JointlyControls<'g>>, bool) {
        let inside: std::collections::HashSet<u32> = own.iter().copied().collect();
        let mut seen = std::collections::HashSet::new();
        let mut told: Vec<JointlyControls<'g>> = Vec::new();
        let mut budget = self.budget();
        let mut is_spent = budget.spend().is_err();
        for member in own {
            for vehicle in self.vehicles(*member) {
                let is_new = !inside.contains(&vehicle.node)
                    && seen.insert((vehicle.node, vehicle.controllers.clone()));
                if !is_new {
                    continue;
                }
                if is_spent {
                    return (told, true);
                }
                let (found, steps) = self.told_jointly(&vehicle, |node| inside.contains(&node), stakes);
                is_spent = budget.spend_round(usize::try_from(steps).unwrap_or(usize::MAX)).is_err();
                told.extend(found);
            }
        }
        (told, false)
    }

    /// What a node holds or controls together with others.
    fn vehicles(&self, member: u32) -> Vec<Vehicle<'g>> {
        let nodes = self.nodes();
        let table = self.table(Right::Votes);
        let stated = nodes.joint_links_of(member).map(|link| Vehicle {
            controllers: link.controllers.to_vec(),
            node: link.company,
            is_certain: link.is_certain,
            stated_by: link.relations(),
        });
        let mut found: Vec<Vehicle<'g>> = stated.collect();
        for edge in table.network.holdings(member) {
            let node = edge.company;
            if let Some(holders) = nodes.joint_holders(node) {
                let controllers = holders.collect();
                let stakes = table.network.holdings(node).flat_map(|edge| table.relations(edge));
                found.push(Vehicle { controllers, node, is_certain: true, stated_by: stakes.collect() });
            } else if let Some(halves) = is_half(edge).then(|| self.halves(node)).flatten() {
                let stated_by = self.stakes_of_some(node, |holder| halves.contains(&holder));
                found.push(Vehicle { controllers: halves.to_vec(), node, is_certain: true, stated_by });
            }
        }
        found
    }

    /// What is controlled through a vehicle, and how many steps that took.
    fn told_jointly(
        &self,
        vehicle: &Vehicle<'g>,
        is_own: impl Fn(u32) -> bool,
        stakes: &mut Vec<Relation<'g>>,
    ) -> (Option<JointlyControls<'g>>, u64) {
        let field = self.field(Right::Votes);
        let majority = Threshold::majority();
        let find = |side| bloc(field, &[vehicle.node], &majority, side);
        let (certain, possible) = (find(Side::Low), find(Side::High));
        let steps = u64::try_from(certain.members.len() + possible.members.len()).unwrap_or(u64::MAX);
        let nodes = self.nodes();
        let members = certain.members.iter().filter(|member| !is_own(**member));
        let controls = members.filter_map(|member| {
            stakes.extend(self.stakes_of_some(*member, |holder| certain.has(holder)));
            let mut one = self.controlled(*member, &certain, &possible)?;
            // The vehicle itself they hold directly.
            if *member == vehicle.node {
                if nodes.joint_links_to(vehicle.node).any(|link| link.controllers == vehicle.controllers) {
                    one.stated_by.clone_from(&vehicle.stated_by);
                }
                one.votes = self.votes_together(vehicle);
                stakes.extend(
                    self.stakes_of_some(vehicle.node, |holder| vehicle.controllers.contains(&holder)),
                );
            }
            Some(one)
        });
        let controls: Vec<Controlled<'g>> = controls.collect();
        let others =
            vehicle.controllers.iter().filter(|node| !is_own(**node)).flat_map(|node| nodes.all(*node));
        let mut with: Vec<Entity<'g>> = others.collect();
        with.sort_unstable();
        let found = (!controls.is_empty() && !with.is_empty()).then_some(JointlyControls {
            with,
            controls,
            is_certain: vehicle.is_certain,
            stated_by: vehicle.stated_by.clone(),
        });
        (found, steps)
    }

    /// The votes of those who control a vehicle together.
    fn votes_together(&self, vehicle: &Vehicle<'g>) -> ShareRange {
        let network = &self.table(Right::Votes).network;
        let mut sum = super::Sum::zero();
        let held = network.holders(vehicle.node).iter();
        held.filter(|edge| vehicle.controllers.contains(&edge.holder)).for_each(|edge| sum.add(edge));
        ShareRange::new(
            &sum.bound(network, vehicle.node, Side::Low),
            &sum.bound(network, vehicle.node, Side::High),
        )
    }
}

//! The controllers of one entity: alone, jointly, ultimate.

use std::collections::{HashMap, HashSet};

use super::groups::Groups;
use super::{Controlled, JointControl};
use crate::analysis::ownership::nodes::JointLink;
use crate::analysis::ownership::number::Side;
use crate::analysis::ownership::{Ownership, ShareRange};
use crate::graph::{Entity, Relation, Right};

/// The nodes above a node that control it.
pub(super) struct Above<'o, 'g> {
    ownership: &'o Ownership<'g>,
    node: u32,
    certainly: &'o Groups,
    /// Nearest first.
    pub(super) controllers: Vec<Controlled<'g>>,
    /// All that certainly control it, including joint holders, nearest first.
    certain: Vec<u32>,
    is_certain: HashSet<u32>,
    /// Joint holders that only possibly control it.
    possible_joint: Vec<u32>,
    /// The stakes in the node by which any group may command it.
    pub(super) stakes: Vec<Relation<'g>>,
    /// Whether controllers may be missing, because finding them exceeds the limit.
    pub(super) is_cut: bool,
}

impl<'o, 'g> Above<'o, 'g> {
    pub(super) fn of(ownership: &'o Ownership<'g>, node: u32) -> Self {
        let (certainly, possibly) = (ownership.groups(Side::Low), ownership.groups(Side::High));
        let mut above = Self {
            ownership,
            node,
            certainly,
            controllers: Vec::new(),
            certain: Vec::new(),
            is_certain: certainly.all_above(&[node]).filter(|other| *other != node).collect(),
            possible_joint: Vec::new(),
            stakes: Vec::new(),
            is_cut: certainly.is_cut || possibly.is_cut,
        };
        let possible: HashSet<u32> = possibly.all_above(&[node]).filter(|other| *other != node).collect();
        if !possible.is_empty() {
            above.find(&possible);
        }
        above
    }

    fn find(&mut self, possible: &HashSet<u32>) {
        let (ownership, node) = (self.ownership, self.node);
        let stated = Stated::of(ownership, node);
        let mut low = ownership.in_company(node, Side::Low, &[]);
        let mut high = ownership.in_company(node, Side::High, &stated.controllers);
        self.is_cut |= low.is_cut() || high.is_cut();
        let mut holders = HashSet::from([node]);
        let mut told: HashMap<_, Vec<Relation<'g>>> = HashMap::new();
        for other in self.nearest_first(possible) {
            let is_certain = self.is_certain.contains(&other);
            if is_certain {
                self.certain.push(other);
            }
            let set = high.set(other);
            let stated_by = told.entry(set).or_insert_with(|| {
                holders.extend(high.holders(set));
                stated.by(&high.watched(set))
            });
            let Some(entity) = ownership.nodes().single(other) else {
                if !is_certain {
                    self.possible_joint.push(other);
                }
                continue;
            };
            self.controllers.push(Controlled {
                entity,
                votes: ShareRange::new(&low.share(other), &high.share(other)),
                is_certain,
                stated_by: stated_by.clone(),
            });
        }
        self.stakes = ownership.stakes_of_some(node, |holder| holders.contains(&holder));
    }

    /// These nodes, nearest first, by stakes and statements, whoever is in between.
    fn nearest_first(&self, possible: &HashSet<u32>) -> Vec<u32> {
        let network = &self.ownership.table(Right::Votes).network;
        let mut order = Vec::with_capacity(possible.len());
        let mut seen = HashSet::from([self.node]);
        let mut found = vec![self.node];
        let mut at = 0;
        while let Some(node) = found.get(at).copied().filter(|_| order.len() < possible.len()) {
            at += 1;
            let holders = network.holders(node).iter().filter(|edge| edge.may_be()).map(|edge| edge.holder);
            for other in holders.chain(self.ownership.nodes().stated_above(node)) {
                if seen.insert(other) {
                    found.push(other);
                    order.extend(possible.contains(&other).then_some(other));
                }
            }
        }
        order
    }

    /// Whether these nodes or those above them include the node itself, or a certain single controller of it, whose
    /// group then has all that they have.
    fn has_one_above(&self, lowest: &[u32]) -> bool {
        self.certainly.all_above(lowest).any(|one| {
            let is_one = self.is_certain.contains(&one) && self.ownership.nodes().single(one).is_some();
            one == self.node || is_one
        })
    }

    /// The statements of joint control of a node whose controllers are not all in one controller's group.
    fn stated_jointly(&self, node: u32) -> impl Iterator<Item = JointLink<'o, 'g>> {
        let links = self.ownership.nodes().joint_links_to(node).zip(self.ownership.links().groups_to(node));
        links.filter(|(_, n)| !self.has_one_above(self.certainly.had_by(*n))).map(|(link, _)| link)
    }

    /// Those who control it together, directly or through a vehicle that they so control.
    pub(super) fn jointly(&self) -> Vec<JointControl<'g>> {
        let nodes = self.ownership.nodes();
        let mut found: Vec<JointControl<'g>> = Vec::new();
        let vehicles = std::iter::once(self.node).chain(self.certain.iter().copied());
        for vehicle in vehicles {
            let through = nodes.single(vehicle).filter(|_| vehicle != self.node);
            if nodes.is_joint(vehicle) {
                found.extend(self.by_joint_holding(vehicle, true));
                continue;
            }
            found.extend(self.stated_jointly(vehicle).map(|link| JointControl {
                controllers: link.controllers.iter().flat_map(|one| nodes.all(*one)).collect(),
                through,
                is_certain: link.is_certain,
                stated_by: link.relations(),
            }));
            found.extend(self.by_halves(vehicle, through));
        }
        let possible = self.possible_joint.iter().filter_map(|node| self.by_joint_holding(*node, false));
        found.extend(possible);
        let mut seen: HashSet<(Vec<Entity<'g>>, Option<Entity<'g>>)> = HashSet::new();
        found.retain(|one| seen.insert((one.controllers.clone(), one.through)));
        found
    }

    /// Control by joint holders of a stake that commands the vehicle.
    fn by_joint_holding(&self, vehicle: u32, is_certain: bool) -> Option<JointControl<'g>> {
        let nodes = self.ownership.nodes();
        if self.has_one_above(&[vehicle]) {
            return None;
        }
        let table = self.ownership.table(Right::Votes);
        let held = || table.network.holdings(vehicle);
        let nearest = held().find(|edge| edge.company == self.node);
        let nearest = nearest.or_else(|| held().find(|edge| self.is_certain.contains(&edge.company)))?;
        Some(JointControl {
            controllers: nodes.all(vehicle),
            through: nodes.single(nearest.company).filter(|_| nearest.company != self.node),
            is_certain,
            stated_by: table.relations(nearest).collect(),
        })
    }

    /// Control by two holders with half of the votes each, if nobody else controls it.
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

    /// Whether a certain controller of the node, single or joint, commands another one.
    fn is_commanded(&self, other: u32) -> bool {
        let above = self.certainly.above(other);
        // Whoever controls the node has all that the node itself commands.
        above.iter().any(|one| *one != self.node) || !above.is_empty() && self.certain.len() > 1
    }

    /// Those who control it and are not controlled themselves, alone or together.
    pub(super) fn ultimate(&self) -> Vec<Entity<'g>> {
        let nodes = self.ownership.nodes();
        let is_below_one = |node: u32| {
            let above = self.ownership.plain_controller(node);
            above.is_some_and(|above| !nodes.is_joint(above))
        };
        let is_free = |node: u32| !is_below_one(node) && !self.is_below_another(node);
        let singles = self.certain.iter().filter_map(|node| Some((*node, nodes.single(*node)?)));
        let free = singles.filter(|(node, _)| is_free(*node) && !self.is_held_together(*node));
        free.map(|(_, entity)| entity).collect()
    }

    /// Whether another group contains the node. What a node holds jointly with those it controls counts as its own.
    fn is_below_another(&self, node: u32) -> bool {
        let class = self.certainly.class(node);
        self.certainly.all_above(&[node]).skip(1).any(|other| {
            let is_own = self.certainly.class(other) == class;
            !is_own || self.ownership.nodes().single(other).is_some()
        })
    }

    fn is_held_together(&self, node: u32) -> bool {
        self.stated_jointly(node).next().is_some() || self.by_halves(node, None).is_some()
    }
}

/// Stated controllers of a node, alone or in groups.
struct Stated<'g> {
    /// The controllers of all statements, one statement after the other.
    controllers: Vec<u32>,
    /// The end of each statement's controllers, and its relations.
    statements: Vec<(usize, Vec<Relation<'g>>)>,
}

impl<'g> Stated<'g> {
    fn of(ownership: &Ownership<'g>, node: u32) -> Self {
        let nodes = ownership.nodes();
        let mut stated = Self { controllers: Vec::new(), statements: Vec::new() };
        for link in nodes.links_to(node) {
            stated.add(&[link.other], vec![link.relation]);
        }
        for link in nodes.joint_links_to(node) {
            stated.add(link.controllers, link.relations());
        }
        stated
    }

    fn add(&mut self, controllers: &[u32], relations: Vec<Relation<'g>>) {
        self.controllers.extend(controllers);
        self.statements.push((self.controllers.len(), relations));
    }

    /// The statements whose controllers are all among `some`, given by sorted positions, in order.
    fn by(&self, some: &[usize]) -> Vec<Relation<'g>> {
        let end = |n: usize| self.statements.get(n).map_or(0, |(end, _)| *end);
        let mut found = Vec::new();
        let mut rest = some;
        while let Some(first) = rest.first() {
            let n = self.statements.partition_point(|(end, _)| end <= first);
            let start = n.checked_sub(1).map_or(0, end);
            let here = rest.partition_point(|position| *position < end(n));
            if here == end(n) - start {
                found.extend(self.statements.get(n).into_iter().flat_map(|(_, relations)| relations));
            }
            rest = rest.get(here.max(1)..).unwrap_or_default();
        }
        found
    }
}

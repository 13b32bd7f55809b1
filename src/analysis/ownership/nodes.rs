//! The parties of ownership and control, numbered.

use std::collections::{BTreeMap, BTreeSet};

use super::super::control::bloc::{Group, Links};
use crate::graph::{Certainty, Counted, Entity, Relation, View, has_ended, stake_parties};
use crate::model::RelationKind;

/// All entities with a part in ownership or control, in id order, followed by the sets of joint holders, each of which
/// is a holder of its own.
pub(crate) struct Nodes<'g> {
    pub(crate) entities: Vec<Entity<'g>>,
    /// Sets of joint holders, in order, each in id order.
    pub(crate) joint: Vec<Vec<Entity<'g>>>,
    /// Statements of control, by controller, each with whether it is certain.
    pub(crate) controls: Vec<Vec<Link<'g>>>,
    pub(crate) controlled: Vec<Vec<Link<'g>>>,
    /// Statements of joint control.
    pub(crate) jointly: Vec<JointLink<'g>>,
    /// For each jointly controlled node, its statements, and the same for each joint controller.
    jointly_controlled: BTreeMap<u32, Vec<usize>>,
    jointly_controls: BTreeMap<u32, Vec<usize>>,
}

/// A fact stating that one node controls another.
#[derive(Clone, Copy)]
pub(crate) struct Link<'g> {
    pub(crate) other: u32,
    pub(crate) is_certain: bool,
    pub(crate) relation: Relation<'g>,
}

/// A fact stating that several nodes control one together.
#[derive(Clone)]
pub(crate) struct JointLink<'g> {
    pub(crate) controllers: Vec<u32>,
    pub(crate) company: u32,
    pub(crate) is_certain: bool,
    /// One relation for each controller.
    pub(crate) relations: Vec<Relation<'g>>,
}

impl<'g> Nodes<'g> {
    pub(crate) fn new(view: View<'g>) -> Self {
        let is_seed = |kind| {
            matches!(kind, RelationKind::Controls | RelationKind::IsParentOf | RelationKind::IsTrusteeOf)
        };
        let relations = || view.relations().filter(|relation| relation.counts());
        let mut entities: Vec<Entity<'g>> = Vec::new();
        let mut joint: BTreeSet<Vec<Entity<'g>>> = BTreeSet::new();
        for relation in relations().filter(|relation| is_seed(relation.kind())) {
            entities.extend([relation.from(), relation.to()]);
        }
        for company in view.entities().filter(|entity| entity.has_relations_of(RelationKind::OwnsShareOf)) {
            let parties = stake_parties(company);
            entities.extend(parties.holders);
            joint.extend(parties.joint);
        }
        entities.extend(view.entities().filter(|entity| entity.record().holders_complete));
        entities.sort_unstable();
        entities.dedup();
        let size = entities.len() + joint.len();
        let mut nodes = Self {
            controls: vec![Vec::new(); size],
            controlled: vec![Vec::new(); size],
            jointly: Vec::new(),
            jointly_controlled: BTreeMap::new(),
            jointly_controls: BTreeMap::new(),
            joint: joint.into_iter().collect(),
            entities,
        };
        for relation in relations().filter(|relation| is_seed(relation.kind())) {
            nodes.link(relation);
        }
        for (n, link) in nodes.jointly.iter().enumerate() {
            nodes.jointly_controlled.entry(link.company).or_default().push(n);
            for controller in &link.controllers {
                nodes.jointly_controls.entry(*controller).or_default().push(n);
            }
        }
        nodes
    }

    /// The statements that several control a node together.
    #[expect(clippy::indexing_slicing, reason = "positions that the nodes themselves gave out")]
    pub(crate) fn joint_links_to(&self, node: u32) -> impl Iterator<Item = &JointLink<'g>> {
        self.jointly_controlled.get(&node).into_iter().flatten().map(|n| &self.jointly[*n])
    }

    /// The statements that a node controls others together with some.
    #[expect(clippy::indexing_slicing, reason = "positions that the nodes themselves gave out")]
    pub(crate) fn joint_links_of(&self, node: u32) -> impl Iterator<Item = &JointLink<'g>> {
        self.jointly_controls.get(&node).into_iter().flatten().map(|n| &self.jointly[*n])
    }

    /// All stated controllers of a node, alone or with others.
    pub(crate) fn stated_above(&self, node: u32) -> impl Iterator<Item = u32> {
        let alone = self.controlled.get(node as usize).into_iter().flatten().map(|link| link.other);
        alone.chain(self.joint_links_to(node).flat_map(|link| link.controllers.iter().copied()))
    }

    /// The statements of control among some nodes, renumbered.
    pub(crate) fn links_among(&self, nodes: &[u32], number: impl Fn(u32) -> Option<u32>) -> Links {
        let alone = |node: &u32| {
            let links = self.controls.get(*node as usize).map(Vec::as_slice).unwrap_or_default();
            links.iter().filter_map(|link| Some((number(link.other)?, link.is_certain))).collect()
        };
        let group = |link: &JointLink<'g>| {
            let members: Option<Vec<u32>> = link.controllers.iter().map(|one| number(*one)).collect();
            Some(Group { members: members?, company: number(link.company)?, is_certain: link.is_certain })
        };
        let groups = nodes.iter().flat_map(|node| self.joint_links_to(*node)).filter_map(group);
        Links::new(nodes.iter().map(alone).collect(), groups.collect())
    }

    #[expect(clippy::indexing_slicing, reason = "positions that the nodes themselves gave out")]
    fn link(&mut self, relation: Relation<'g>) {
        let has_date = relation.view().date().is_some();
        if !has_date && has_ended(relation) {
            return;
        }
        let (Some(from), Some(to)) = (self.place(relation.from()), self.place(relation.to())) else { return };
        let is_certain = relation.certainty() != Some(Certainty::Possible)
            && relation.fact().is_none_or(|fact| {
                !fact.is_refuted() && fact.claims().len() <= relation.claims().len().max(1)
            });
        let parties = relation.joint_parties();
        if parties.is_empty() {
            self.controls[from as usize].push(Link { other: to, is_certain, relation });
            self.controlled[to as usize].push(Link { other: from, is_certain, relation });
            return;
        }
        let same = |link: &&mut JointLink<'g>| {
            link.company == to && link.relations.first().is_some_and(|first| first.fact() == relation.fact())
        };
        if let Some(link) = self.jointly.last_mut().filter(|link| same(link)) {
            link.relations.push(relation);
            link.is_certain &= is_certain;
            return;
        }
        let controllers = parties.into_iter().filter_map(|party| self.place(party)).collect();
        self.jointly.push(JointLink { controllers, company: to, is_certain, relations: vec![relation] });
    }

    /// The number of nodes.
    pub(crate) const fn len(&self) -> usize {
        self.entities.len() + self.joint.len()
    }

    pub(crate) fn place(&self, entity: Entity<'g>) -> Option<u32> {
        self.entities.binary_search(&entity).ok().and_then(|n| u32::try_from(n).ok())
    }

    /// The node of a set of joint holders.
    pub(crate) fn place_of_joint(&self, holders: &[Entity<'g>]) -> Option<u32> {
        let n = self.joint.binary_search_by(|joint| joint.as_slice().cmp(holders)).ok()?;
        u32::try_from(self.entities.len() + n).ok()
    }

    /// The holder of a stake.
    pub(crate) fn holder(&self, counted: &Counted<'g>) -> Option<u32> {
        match counted.jointly.as_slice() {
            [] => self.place(counted.holder),
            holders => self.place_of_joint(holders),
        }
    }

    /// The entity of a node; `None` for joint holders.
    pub(crate) fn single(&self, node: u32) -> Option<Entity<'g>> {
        self.entities.get(node as usize).copied()
    }

    /// The joint holders of a node.
    pub(crate) fn joint_holders(&self, node: u32) -> Option<&[Entity<'g>]> {
        let n = (node as usize).checked_sub(self.entities.len())?;
        self.joint.get(n).map(Vec::as_slice)
    }

    /// The entity of a node, or all its joint holders.
    pub(crate) fn all(&self, node: u32) -> Vec<Entity<'g>> {
        match self.joint_holders(node) {
            Some(holders) => holders.to_vec(),
            None => self.single(node).into_iter().collect(),
        }
    }

    /// Which entity has a part in which joint holding.
    pub(crate) fn parts_of_joint_holdings(&self) -> Vec<(u32, u32)> {
        let parts = self.joint.iter().enumerate().flat_map(|(n, holders)| {
            let node = u32::try_from(self.entities.len() + n).unwrap_or(u32::MAX);
            holders.iter().filter_map(move |holder| Some((self.place(*holder)?, node)))
        });
        parts.collect()
    }
}

//! The parties of ownership and control, numbered.

use std::collections::{BTreeMap, BTreeSet};

use super::super::control::bloc::{Group, Links};
use crate::graph::{
    Certainty, Counted, Entity, EntityIx, Fact, KeptRelation, Relation, View, has_ended, stake_parties,
};
use crate::model::RelationKind;

/// All entities with a part in ownership or control, in id order, followed by the sets of joint holders, each of which
/// is a holder of its own.
pub(crate) struct Parties {
    pub(crate) entities: Vec<EntityIx>,
    /// Sets of joint holders, in order, each in id order.
    pub(crate) joint: Vec<Vec<EntityIx>>,
    /// Statements of control, by controller, each with whether it is certain.
    controls: Vec<Vec<Stated>>,
    controlled: Vec<Vec<Stated>>,
    /// Statements of joint control.
    jointly: Vec<StatedJointly>,
    /// For each jointly controlled node, its statements, and the same for each joint controller.
    jointly_controlled: BTreeMap<u32, Vec<usize>>,
    jointly_controls: BTreeMap<u32, Vec<usize>>,
}

/// A fact stating that one node controls another.
#[derive(Clone, Copy)]
struct Stated {
    other: u32,
    is_certain: bool,
    relation: KeptRelation,
}

/// A fact stating that several nodes control one together.
struct StatedJointly {
    controllers: Vec<u32>,
    company: u32,
    is_certain: bool,
    /// One relation for each controller.
    relations: Vec<KeptRelation>,
}

/// The parties as seen in a view: handles for numbers, and back.
#[derive(Clone, Copy)]
pub(crate) struct Nodes<'n, 'g> {
    parties: &'n Parties,
    view: View<'g>,
}

/// A fact stating that another node controls a node.
#[derive(Clone, Copy)]
pub(crate) struct Link<'g> {
    pub(crate) other: u32,
    pub(crate) is_certain: bool,
    pub(crate) relation: Relation<'g>,
}

/// A fact stating that several nodes control one together.
#[derive(Clone, Copy)]
pub(crate) struct JointLink<'n, 'g> {
    pub(crate) controllers: &'n [u32],
    pub(crate) company: u32,
    pub(crate) is_certain: bool,
    relations: &'n [KeptRelation],
    view: View<'g>,
}

impl<'g> JointLink<'_, 'g> {
    /// One relation for each controller.
    pub(crate) fn relations(&self) -> Vec<Relation<'g>> {
        self.relations.iter().map(|relation| relation.seen(self.view)).collect()
    }
}

impl Parties {
    pub(crate) fn new(view: View<'_>) -> Self {
        let is_seed = |kind| {
            matches!(kind, RelationKind::Controls | RelationKind::IsParentOf | RelationKind::IsTrusteeOf)
        };
        let relations = || view.relations().filter(|relation| relation.counts());
        let mut entities: Vec<EntityIx> = Vec::new();
        let mut joint: BTreeSet<Vec<EntityIx>> = BTreeSet::new();
        for relation in relations().filter(|relation| is_seed(relation.kind())) {
            entities.extend([relation.from().index(), relation.to().index()]);
        }
        for company in view.entities().filter(|entity| entity.has_relations_of(RelationKind::OwnsShareOf)) {
            let parties = stake_parties(company);
            entities.extend(parties.holders.into_iter().map(Entity::index));
            joint.extend(parties.joint.iter().map(|holders| indices(holders)));
        }
        let complete = view.entities().filter(|entity| entity.record().holders_complete);
        entities.extend(complete.map(Entity::index));
        entities.sort_unstable();
        entities.dedup();
        let size = entities.len() + joint.len();
        let mut parties = Self {
            controls: vec![Vec::new(); size],
            controlled: vec![Vec::new(); size],
            jointly: Vec::new(),
            jointly_controlled: BTreeMap::new(),
            jointly_controls: BTreeMap::new(),
            joint: joint.into_iter().collect(),
            entities,
        };
        let mut last = None;
        for relation in relations().filter(|relation| is_seed(relation.kind())) {
            parties.link(relation, &mut last);
        }
        for (n, link) in parties.jointly.iter().enumerate() {
            parties.jointly_controlled.entry(link.company).or_default().push(n);
            for controller in &link.controllers {
                parties.jointly_controls.entry(*controller).or_default().push(n);
            }
        }
        parties
    }

    /// The parties as seen in a view of the same graph.
    pub(crate) const fn seen<'g>(&self, view: View<'g>) -> Nodes<'_, 'g> {
        Nodes { parties: self, view }
    }

    /// Adds a statement of control. `last` is the fact of the last joint statement, its kind of relation, and its company.
    #[expect(clippy::indexing_slicing, reason = "positions that the parties themselves gave out")]
    fn link<'g>(&mut self, relation: Relation<'g>, last: &mut Option<(Option<Fact<'g>>, RelationKind, u32)>) {
        let has_date = relation.view().date().is_some();
        if !has_date && has_ended(relation) {
            return;
        }
        let (Some(from), Some(to)) = (self.place(relation.from()), self.place(relation.to())) else { return };
        let is_certain = relation.certainty() != Some(Certainty::Possible) && relation.is_settled();
        let kept = relation.kept();
        // The relations of a statement stand together: only the first has to list all parties.
        let this = Some((relation.fact(), relation.kind(), to));
        if let Some(link) = self.jointly.last_mut().filter(|_| *last == this) {
            link.relations.push(kept);
            link.is_certain &= is_certain;
            return;
        }
        let parties = relation.joint_parties();
        if parties.is_empty() {
            self.controls[from as usize].push(Stated { other: to, is_certain, relation: kept });
            self.controlled[to as usize].push(Stated { other: from, is_certain, relation: kept });
            return;
        }
        *last = this;
        let controllers = parties.into_iter().filter_map(|party| self.place(party)).collect();
        self.jointly.push(StatedJointly { controllers, company: to, is_certain, relations: vec![kept] });
    }

    /// The number of nodes.
    pub(crate) const fn len(&self) -> usize {
        self.entities.len() + self.joint.len()
    }

    fn place(&self, entity: Entity<'_>) -> Option<u32> {
        self.entities.binary_search(&entity.index()).ok().and_then(|n| u32::try_from(n).ok())
    }

    fn place_of_joint(&self, holders: &[EntityIx]) -> Option<u32> {
        let n = self.joint.binary_search_by(|joint| joint.as_slice().cmp(holders)).ok()?;
        u32::try_from(self.entities.len() + n).ok()
    }

    fn joint_holders(&self, node: u32) -> Option<&[EntityIx]> {
        let n = (node as usize).checked_sub(self.entities.len())?;
        self.joint.get(n).map(Vec::as_slice)
    }
}

fn indices(holders: &[Entity<'_>]) -> Vec<EntityIx> {
    holders.iter().map(|holder| holder.index()).collect()
}

impl<'n, 'g> Nodes<'n, 'g> {
    /// The entities of all nodes that are not joint holders, in the order of the nodes.
    pub(crate) fn entities(self) -> impl Iterator<Item = Entity<'g>> + use<'n, 'g> {
        self.parties.entities.iter().map(move |index| self.view.entity_at(*index))
    }

    /// The view of the handles.
    pub(crate) const fn view(self) -> View<'g> {
        self.view
    }

    /// The number of sets of joint holders.
    pub(crate) const fn joint_len(self) -> usize {
        self.parties.joint.len()
    }

    /// The number of nodes.
    pub(crate) const fn len(self) -> usize {
        self.parties.len()
    }

    /// The statements that another node alone controls a node.
    pub(crate) fn links_to(self, node: u32) -> impl Iterator<Item = Link<'g>> + use<'n, 'g> {
        let links = self.parties.controlled.get(node as usize).into_iter().flatten();
        links.map(move |Stated { other, is_certain, relation }| Link {
            other: *other,
            is_certain: *is_certain,
            relation: relation.seen(self.view),
        })
    }

    /// The statements that several control a node together.
    pub(crate) fn joint_links_to(self, node: u32) -> impl Iterator<Item = JointLink<'n, 'g>> {
        self.joint_links(self.parties.jointly_controlled.get(&node))
    }

    /// The statements that a node controls others together with some.
    pub(crate) fn joint_links_of(self, node: u32) -> impl Iterator<Item = JointLink<'n, 'g>> {
        self.joint_links(self.parties.jointly_controls.get(&node))
    }

    #[expect(clippy::indexing_slicing, reason = "positions that the parties themselves gave out")]
    fn joint_links(self, some: Option<&'n Vec<usize>>) -> impl Iterator<Item = JointLink<'n, 'g>> {
        some.into_iter().flatten().map(move |n| {
            let StatedJointly { controllers, company, is_certain, relations } = &self.parties.jointly[*n];
            JointLink { controllers, company: *company, is_certain: *is_certain, relations, view: self.view }
        })
    }

    /// All stated controllers of a node, alone or with others.
    pub(crate) fn stated_above(self, node: u32) -> impl Iterator<Item = u32> + use<'n, 'g> {
        let alone = self.parties.controlled.get(node as usize).into_iter().flatten().map(|link| link.other);
        alone.chain(self.joint_links_to(node).flat_map(|link| link.controllers.iter().copied()))
    }

    /// The statements of control among some nodes, renumbered.
    pub(crate) fn links_among(self, nodes: &[u32], number: impl Fn(u32) -> Option<u32>) -> Links {
        let alone = |node: &u32| {
            let links = self.parties.controls.get(*node as usize).map(Vec::as_slice).unwrap_or_default();
            links.iter().filter_map(|link| Some((number(link.other)?, link.is_certain))).collect()
        };
        let group = |link: JointLink<'_, '_>| {
            let members: Option<Vec<u32>> = link.controllers.iter().map(|one| number(*one)).collect();
            Some(Group { members: members?, company: number(link.company)?, is_certain: link.is_certain })
        };
        let groups = nodes.iter().flat_map(|node| self.joint_links_to(*node)).filter_map(group);
        Links::new(nodes.iter().map(alone).collect(), groups.collect())
    }

    pub(crate) fn place(self, entity: Entity<'_>) -> Option<u32> {
        if !self.view.is_same_graph(entity.view()) {
            return None;
        }
        self.parties.place(entity)
    }

    /// The node of a set of joint holders, in id order.
    pub(crate) fn place_of_joint(self, holders: &[Entity<'_>]) -> Option<u32> {
        if !holders.iter().all(|holder| self.view.is_same_graph(holder.view())) {
            return None;
        }
        self.parties.place_of_joint(&indices(holders))
    }

    /// The holder of a stake.
    pub(crate) fn holder(self, counted: &Counted<'_>) -> Option<u32> {
        match counted.jointly.as_slice() {
            [] => self.place(counted.holder),
            holders => self.place_of_joint(holders),
        }
    }

    /// The entity of a node; `None` for joint holders.
    pub(crate) fn single(self, node: u32) -> Option<Entity<'g>> {
        self.parties.entities.get(node as usize).map(|index| self.view.entity_at(*index))
    }

    /// Whether a node is a set of joint holders.
    pub(crate) fn is_joint(self, node: u32) -> bool {
        self.parties.joint_holders(node).is_some()
    }

    /// The nodes of the joint holders of a node, if it is a set of these.
    pub(crate) fn joint_holders(self, node: u32) -> Option<impl Iterator<Item = u32>> {
        let holders = self.parties.joint_holders(node)?;
        Some(holders.iter().filter_map(move |holder| self.place(self.view.entity_at(*holder))))
    }

    /// The entity of a node, or all its joint holders.
    pub(crate) fn all(self, node: u32) -> Vec<Entity<'g>> {
        match self.parties.joint_holders(node) {
            Some(holders) => holders.iter().map(|holder| self.view.entity_at(*holder)).collect(),
            None => self.single(node).into_iter().collect(),
        }
    }

    /// Which entity has a part in which joint holding.
    pub(crate) fn parts_of_joint_holdings(self) -> Vec<(u32, u32)> {
        let first = self.parties.entities.len();
        let nodes = (first..self.len()).filter_map(|node| u32::try_from(node).ok());
        nodes
            .flat_map(|node| self.joint_holders(node).into_iter().flatten().map(move |one| (one, node)))
            .collect()
    }
}

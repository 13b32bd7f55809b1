//! Who controls whom: by votes, or by statement.

mod above;
pub(super) mod bloc;
pub(super) mod commanded;
pub(super) mod groups;
mod joint;
pub(super) mod shared_set;
mod ultimate;

use std::collections::HashSet;

use above::Above;
use bloc::{Bloc, Sum, Threshold, bloc};
use commanded::InCompany;
use groups::Groups;
pub use joint::{JointControl, JointlyControls};
pub use ultimate::UltimateParents;

use super::ownership::number::Side;
use super::ownership::{Ownership, ShareRange};
use crate::graph::{Entity, Relation, Right};

/// One that controls or is controlled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Controlled<'g> {
    /// The controlling or controlled entity.
    pub entity: Entity<'g>,
    /// The votes that the controlling group commands, in parts of 1.
    pub votes: ShareRange,
    /// Whether it holds however undisclosed shares are filled in.
    pub is_certain: bool,
    /// The facts that state that a member of the controlling group controls it, alone or with other members.
    pub stated_by: Vec<Relation<'g>>,
}

/// The stakes by which control groups may have votes in one company.
pub struct VotesIn<'o, 'g> {
    ownership: &'o Ownership<'g>,
    found: Option<(u32, InCompany<'o>)>,
}

impl<'g> VotesIn<'_, 'g> {
    /// The stakes of one entity's group.
    #[must_use]
    pub fn of(&self, controller: Entity<'g>) -> Vec<Relation<'g>> {
        let (nodes, table) = (self.ownership.nodes(), self.ownership.table(Right::Votes));
        let Some(((company, found), one)) = self.found.as_ref().zip(nodes.place(controller)) else {
            return Vec::new();
        };
        let set = found.set(one);
        let mut holders = found.holders(set);
        if !found.watched(set).is_empty() {
            holders.push(*company);
        }
        holders.sort_unstable();
        holders.dedup();
        let stakes = holders.iter().filter_map(|holder| table.network.edge(*holder, *company));
        stakes.filter(|edge| edge.may_be()).flat_map(|edge| table.relations(edge)).collect()
    }
}

impl std::fmt::Debug for VotesIn<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VotesIn").finish_non_exhaustive()
    }
}

/// Whom an entity controls, and who controls it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Control<'g> {
    /// Its group, without itself, nearest first.
    pub controls: Vec<Controlled<'g>>,
    /// Every entity whose group it is in, nearest first.
    pub controlled_by: Vec<Controlled<'g>>,
    /// Those of them that nobody controls, alone or together.
    pub ultimate: Vec<Entity<'g>>,
    /// Those who control it together but not alone, directly or through a company that they control in this way.
    pub jointly_controlled_by: Vec<JointControl<'g>>,
    /// What it controls together with others, but not alone.
    pub jointly_controls: Vec<JointlyControls<'g>>,
    /// The stakes that give any of these votes, each once; see [`Ownership::votes`] for those of one controller.
    pub stakes: Vec<Relation<'g>>,
    /// Whether some may be missing, because finding them exceeds the [limits](Ownership::within).
    pub is_cut: bool,
}

impl<'g> Ownership<'g> {
    /// Whom an entity controls, and who controls it.
    ///
    /// The control group of P is the smallest set that contains P, each company in which the set has more than half of
    /// the votes, and each that a member controls by a `Control` or `Subsidiary` fact. It is unique, with rings or
    /// without. With ranges, the members that it has however they are filled in are certain.
    ///
    /// ```
    /// use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     people: { "paula": (name: "Paula") },
    ///     companies: { "alpha": (name: "Alpha"), "beta": (name: "Beta") },
    ///     facts: [
    ///         Ownership(owner: "paula", owned: "alpha", share: "60%", unsourced: true),
    ///         Ownership(owner: "alpha", owned: "beta", share: "30%", unsourced: true),
    ///         Ownership(owner: "paula", owned: "beta", share: "25%", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let view = graph.view();
    /// let control = view.ownership().control(view.find("Paula")?);
    /// let told: Vec<_> = control.controls.iter().map(|c| format!("{} {}", c.entity, c.votes)).collect();
    /// assert_eq!(told, ["Alpha 60%", "Beta 55%"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn control(&self, entity: Entity<'g>) -> Control<'g> {
        let Some(node) = self.nodes().place(entity) else { return Control::default() };
        let above = Above::of(self, node);
        let mut stakes = above.stakes.clone();
        let (controls, own) = self.group(node, &mut stakes);
        let (jointly_controls, is_cut) = self.jointly_controlled(&own, &mut stakes);
        let mut seen = HashSet::new();
        stakes.retain(|stake| seen.insert(*stake));
        Control {
            controls,
            ultimate: above.ultimate(),
            jointly_controlled_by: above.jointly(),
            jointly_controls,
            is_cut: above.is_cut || is_cut || self.is_cancelled(),
            controlled_by: above.controllers,
            stakes,
        }
    }

    /// The stakes by which an entity's control group may have votes in a company. Takes time linear in the stakes of
    /// the group.
    #[must_use]
    pub fn votes(&self, controller: Entity<'g>, company: Entity<'g>) -> Vec<Relation<'g>> {
        let Some((controller, company)) = self.nodes().place(controller).zip(self.nodes().place(company))
        else {
            return Vec::new();
        };
        let majority = Threshold::majority();
        let found = bloc(self.field(Right::Votes), &[controller], &majority, Side::High);
        self.stakes_of_some(company, |holder| found.has(holder))
    }

    /// The stakes by which any control group may have votes in a company, found for all groups at once.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::open("graphs/ownership/12-pyramid.ron")?;
    /// let (view, ownership) = (graph.view(), graph.view().ownership());
    /// let company = view.find("Groundwork Cement")?;
    /// let votes = ownership.votes_in(company);
    /// for one in ownership.control(company).controlled_by {
    ///     assert_eq!(votes.of(one.entity), ownership.votes(one.entity, company));
    /// }
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn votes_in(&self, company: Entity<'g>) -> VotesIn<'_, 'g> {
        let node = self.nodes().place(company);
        let found = node.map(|node| (node, self.in_company(node, Side::High, &[node])));
        VotesIn { ownership: self, found }
    }

    /// The control groups of all nodes, on one side.
    pub(crate) fn groups(&self, side: Side) -> &Groups {
        let [low, high] = &*self.groups;
        let cell = if side == Side::Low { low } else { high };
        let field = self.field(Right::Votes);
        cell.get_or_init(|| Groups::of(field, &Threshold::majority(), side, self.budget()))
    }

    /// What all control groups have of the votes in a node, and which of the watched nodes.
    fn in_company(&self, node: u32, side: Side, watched: &[u32]) -> InCompany<'_> {
        InCompany::of(self.field(Right::Votes), self.groups(side), node, side, watched, self.budget())
    }

    /// What a node controls, and its certain bloc.
    fn group(&self, node: u32, stakes: &mut Vec<Relation<'g>>) -> (Vec<Controlled<'g>>, Vec<u32>) {
        let field = self.field(Right::Votes);
        let majority = Threshold::majority();
        let find = |side| bloc(field, &[node], &majority, side);
        let (certain, possible) = (find(Side::Low), find(Side::High));
        let others = || possible.members.iter().filter(|member| **member != node);
        stakes
            .extend(others().flat_map(|member| self.stakes_of_some(*member, |holder| possible.has(holder))));
        let controls = others().filter_map(|member| self.controlled(*member, &certain, &possible)).collect();
        (controls, certain.members)
    }

    /// The answer for a member of a bloc.
    fn controlled(&self, member: u32, certain: &Bloc<'_>, possible: &Bloc<'_>) -> Option<Controlled<'g>> {
        let has = |other: u32| possible.has(other);
        Some(Controlled {
            entity: self.nodes().single(member)?,
            votes: ShareRange::new(&certain.share(member), &possible.share(member)),
            is_certain: certain.has(member),
            stated_by: self.stated_control(member, has),
        })
    }

    /// The facts stating that some nodes control a node, one alone or several together.
    pub(crate) fn stated_control(&self, node: u32, are_some: impl Fn(u32) -> bool) -> Vec<Relation<'g>> {
        let links = self.nodes().links_to(node);
        let alone = links.filter(|link| are_some(link.other)).map(|link| link.relation);
        let links = self.nodes().joint_links_to(node);
        let together = links.filter(|link| link.controllers.iter().all(|one| are_some(*one)));
        alone.chain(together.flat_map(|link| link.relations())).collect()
    }

    /// The stakes in a node that some nodes have.
    fn stakes_of_some(&self, node: u32, are_some: impl Fn(u32) -> bool) -> Vec<Relation<'g>> {
        let table = self.table(Right::Votes);
        let held = table.network.holders(node).iter().filter(|edge| edge.may_be() && are_some(edge.holder));
        held.flat_map(|edge| table.relations(edge)).collect()
    }

    /// A certain controller of a node, by a single stake or a statement; the first by id.
    fn plain_controller(&self, node: u32) -> Option<u32> {
        let network = &self.table(Right::Votes).network;
        let links = self.nodes().links_to(node);
        let stated = links.filter(|link| link.is_certain && link.other != node).map(|link| link.other);
        let majority = network
            .holders(node)
            .iter()
            .filter(|edge| edge.holder != node)
            .filter(|edge| Threshold::majority().is_met(&Sum::one(edge), network, node, Side::Low));
        stated.chain(majority.map(|edge| edge.holder)).min()
    }
}

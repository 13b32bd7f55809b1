//! Who controls whom: by votes, or because somebody states it.

pub(super) mod bloc;

use std::collections::{BTreeSet, HashSet};

use bloc::{Field, Sum, Threshold, bloc, commanded};

use super::ownership::flow::Share;
use super::ownership::number::Side;
use super::ownership::table::controllers;
use super::ownership::{OwnerRule, OwnerTest, Ownership, ShareRange, Verdict};
use crate::graph::{Entity, Relation, Right};

/// One that controls, or is controlled.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Controlled<'g> {
    /// Who controls, or is controlled.
    pub entity: Entity<'g>,
    /// The votes that the controlling group commands, in parts of 1.
    pub votes: ShareRange,
    /// Whether it is so for every way to fill in what is not disclosed.
    pub is_certain: bool,
    /// The facts that state it, where it does not follow from votes alone.
    pub stated_by: Vec<Relation<'g>>,
}

/// Who is controlled by an entity, and who controls it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Control<'g> {
    /// Its group, without itself, nearest first.
    pub controls: Vec<Controlled<'g>>,
    /// Everybody whose group it is in, nearest first.
    pub controlled_by: Vec<Controlled<'g>>,
    /// Those of them whom nobody controls.
    pub ultimate: Vec<Entity<'g>>,
    /// Those who control it together and none alone: stated so, or two with half of the votes each.
    pub jointly_controlled_by: Vec<Vec<Entity<'g>>>,
}

impl<'g> Ownership<'g> {
    /// Whom an entity controls, and who controls it.
    ///
    /// The control group of P is the least set that has P, each company of which the set has more than half of the
    /// votes, and each that a member controls by a `Control` or `Subsidiary` fact. It is unique, in whatever order
    /// it is found, rings or not. With ranges, what is in it for every way to fill them in is certain.
    ///
    /// ```
    /// use keiretsu::{Graph, Ownership};
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
    /// let control = Ownership::new(view).control(view.find("Paula")?);
    /// let told: Vec<_> = control.controls.iter().map(|c| format!("{} {}", c.entity, c.votes)).collect();
    /// assert_eq!(told, ["Alpha 60%", "Beta 55%"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn control(&self, entity: Entity<'g>) -> Control<'g> {
        let none = Control {
            controls: Vec::new(),
            controlled_by: Vec::new(),
            ultimate: Vec::new(),
            jointly_controlled_by: Vec::new(),
        };
        let Some(node) = self.nodes().place(entity) else { return none };
        let controlled_by = self.controllers(node);
        let is_ultimate = |one: &&Controlled<'g>| {
            one.is_certain && self.nodes().place(one.entity).is_some_and(|node| !self.has_controller(node))
        };
        Control {
            controls: self.group(node),
            ultimate: controlled_by.iter().filter(is_ultimate).map(|one| one.entity).collect(),
            jointly_controlled_by: self.joint(node, controlled_by.iter().any(|one| one.is_certain)),
            controlled_by,
        }
    }

    /// Every company that is controlled for certain, with its ultimate parents: those who control it and whom nobody
    /// controls. Where all who control it control one another, in a ring, these are the members of the ring.
    ///
    /// In the order of ids. Takes time in proportion to the stakes, as a rule: each group is found once.
    ///
    /// ```
    /// # use keiretsu::{Graph, Ownership};
    /// let graph = Graph::open("graphs/ownership/12-pyramid.ron")?;
    /// let parents = Ownership::new(graph.view()).ultimate_parents();
    /// assert!(parents.len() == 4 && parents.iter().all(|(_, tops)| tops[0].name() == "Pavel Stroud"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn ultimate_parents(&self) -> Vec<(Entity<'g>, Vec<Entity<'g>>)> {
        let size = self.nodes().entities.len();
        let nodes = 0..u32::try_from(size).unwrap_or(u32::MAX);
        let mut parents: Vec<Vec<u32>> = vec![Vec::new(); size];
        let group = |top: u32| {
            let members = bloc(self.field(Right::Votes), &[top], &Threshold::majority(), Side::Low).members;
            (top, members.into_iter().skip(1).collect::<Vec<u32>>())
        };
        let tops = nodes.clone().filter(|node| self.plain_controller(*node).is_none());
        let mut groups: Vec<(u32, Vec<u32>)> = tops.map(group).collect();
        let mut covered: HashSet<u32> =
            groups.iter().flat_map(|(_, members)| members.iter().copied()).collect();
        covered.extend(groups.iter().map(|(top, _)| *top));
        // Whoever is left has a controller, but none at a top: rings are above it.
        let left: Vec<u32> = nodes.filter(|node| !covered.contains(node)).collect();
        groups.extend(self.control_rings(&left).into_iter().map(group));
        let covered: HashSet<u32> = groups.iter().flat_map(|(_, members)| members.iter().copied()).collect();
        let is_on_ring: HashSet<u32> = left.into_iter().collect();
        for (top, members) in &groups {
            let is_top = !covered.contains(top) || is_on_ring.contains(top);
            for member in members.iter().filter(|_| is_top) {
                if let Some(parents) = parents.get_mut(*member as usize) {
                    parents.push(*top);
                }
            }
        }
        let told = (0_u32..).zip(parents).filter(|(_, parents)| !parents.is_empty());
        told.map(|(node, mut parents)| {
            parents.sort_unstable();
            parents.dedup();
            let entity = |node| self.nodes().entity(node);
            (entity(node), parents.into_iter().map(entity).collect())
        })
        .collect()
    }

    fn group(&self, node: u32) -> Vec<Controlled<'g>> {
        let field = self.field(Right::Votes);
        let find = |side| bloc(field, &[node], &Threshold::majority(), side);
        let (certain, possible) = (find(Side::Low), find(Side::High));
        let sure: BTreeSet<u32> = certain.members.iter().copied().collect();
        let votes = |company: u32| {
            let at = |bloc: &bloc::Bloc, side| {
                bloc.sums
                    .get(&company)
                    .map_or_else(Share::none, |sum| sum.bound(field.network, company, side))
            };
            ShareRange::new(&at(&certain, Side::Low), &at(&possible, Side::High))
        };
        let within: BTreeSet<u32> = possible.members.iter().copied().collect();
        let others = possible.members.iter().filter(|member| **member != node);
        let told = others.map(|member| Controlled {
            entity: self.nodes().entity(*member),
            votes: votes(*member),
            is_certain: sure.contains(member),
            stated_by: self.stated_control(*member, |controller| within.contains(&controller)),
        });
        told.collect()
    }

    /// The facts that state that one of some controls a node.
    fn stated_control(&self, node: u32, controls: impl Fn(u32) -> bool) -> Vec<Relation<'g>> {
        let links = self.nodes().controlled.get(node as usize).into_iter().flatten();
        links.filter(|link| controls(link.other)).map(|link| link.relation).collect()
    }

    fn controllers(&self, node: u32) -> Vec<Controlled<'g>> {
        let order = self.controlling_order(node);
        let part = self.table(Right::Votes).network.part(order.clone());
        let Some(local) = part.local(node) else { return Vec::new() };
        let links = self.links_of(&part, OwnerTest::new(OwnerRule::Majority));
        let field = Field { network: &part.network, links: &links };
        let find = |side| commanded(field, local, &Threshold::majority(), side);
        let (low, high) = (find(Side::Low), find(Side::High));
        let told = order.iter().filter(|other| **other != node).filter_map(|other| {
            let n = part.local(*other)? as usize;
            let (low, high) = (low.get(n)?, high.get(n)?);
            high.is_member.then(|| Controlled {
                entity: self.nodes().entity(*other),
                votes: ShareRange::new(&low.share, &high.share),
                is_certain: low.is_member,
                stated_by: self.stated_control(node, |controller| controller == *other),
            })
        });
        told.collect()
    }

    /// A node and all above it by stakes or statements, nearest first.
    fn controlling_order(&self, node: u32) -> Vec<u32> {
        let network = &self.table(Right::Votes).network;
        network.reach([node], |node| {
            let holders = network.holders(node).iter().filter(|edge| edge.may_be()).map(|edge| edge.holder);
            let stated =
                self.nodes().controlled.get(node as usize).into_iter().flatten().map(|link| link.other);
            holders.chain(stated).collect()
        })
    }

    /// Who controls a node for certain, by a single stake or a statement; the first by id.
    fn plain_controller(&self, node: u32) -> Option<u32> {
        let network = &self.table(Right::Votes).network;
        let links = self.nodes().controlled.get(node as usize).into_iter().flatten();
        let stated = links.filter(|link| link.is_certain && link.other != node).map(|link| link.other);
        let majority = network.holders(node).iter().filter(|edge| edge.holder != node).filter(|edge| {
            let mut sum = Sum::zero();
            sum.add(edge);
            Threshold::majority().is_met(&sum, network, node, Side::Low)
        });
        stated.chain(majority.map(|edge| edge.holder)).min()
    }

    /// Those of some, each with a controller among them, who control themselves by way of others.
    fn control_rings(&self, among: &[u32]) -> Vec<u32> {
        let mut seen: HashSet<u32> = HashSet::new();
        let mut on_rings = BTreeSet::new();
        for start in among {
            let mut way = Vec::new();
            let mut node = *start;
            while seen.insert(node) {
                way.push(node);
                match self.plain_controller(node) {
                    Some(above) => node = above,
                    None => break,
                }
            }
            if let Some(n) = way.iter().position(|other| *other == node) {
                on_rings.extend(way.into_iter().skip(n));
            }
        }
        on_rings.into_iter().collect()
    }

    fn has_controller(&self, node: u32) -> bool {
        self.plain_controller(node).is_some() || self.controllers(node).iter().any(|one| one.is_certain)
    }

    /// Who controls a node together.
    fn joint(&self, node: u32, is_controlled: bool) -> Vec<Vec<Entity<'g>>> {
        let mut joint: Vec<Vec<Entity<'g>>> = Vec::new();
        for (_, relation) in self.nodes().jointly.iter().filter(|(company, _)| *company == node) {
            let mut parties: Vec<_> = relation.fact().into_iter().flat_map(controllers).collect();
            parties.sort_unstable();
            if !joint.contains(&parties) {
                joint.push(parties);
            }
        }
        let network = &self.table(Right::Votes).network;
        let half = OwnerTest::new(OwnerRule::Ofac);
        let holders = network.holders(node).iter().filter(|edge| {
            edge.holder != node
                && edge.is_certain()
                && half.verdict(&ShareRange::of_edge(edge)) == Verdict::Counts
        });
        let halves: Vec<Entity<'g>> = holders.map(|edge| self.nodes().entity(edge.holder)).collect();
        let is_whole = !network.column(node).overfull;
        if halves.len() == 2 && is_whole && !is_controlled && !joint.contains(&halves) {
            joint.push(halves);
        }
        joint
    }
}

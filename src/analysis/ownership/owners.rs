//! The owners of a company, and the stakes of an owner, by a rule.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::effort::Effort;
use super::fill::Owner as Who;
use super::flow::{Share, flow};
use super::links::{psc_owners, psc_stakes};
use super::network::{Network, Part};
use super::number::Side;
use super::rule::{OwnerRule, OwnerTest, Verdict};
use super::together::adds_up;
use super::{Ownership, OwnershipRing, ShareRange};
use super::{rolling, upward};
use crate::analysis::control::bloc::{Field, Threshold, bloc};
use crate::analysis::control::commanded::InCompany;
use crate::analysis::control::groups::Groups;
use crate::error::Result;
use crate::graph::{Entity, Relation, Right};

/// An owner of a company, or a company that is owned: a row of [`Owners`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Owner<'g> {
    /// The owner, or the company owned.
    pub entity: Entity<'g>,
    /// The direct stake, if one is stated.
    pub direct: Option<ShareRange>,
    /// The share by the rule.
    pub share: ShareRange,
    /// Whether the rule's threshold is met.
    pub verdict: Verdict,
    /// The [rings](Owners::rings) that the share runs through, by position.
    pub rings: Vec<usize>,
}

/// Joint holders of a stake: a separate row of [`Owners`], so that their stake counts once.
///
/// The row of each holder includes anything from nothing to all of it. Only by the rule [`OwnerRule::Psc`] does each
/// have all of it, and this row is absent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JointOwner<'g> {
    /// The joint holders, in id order.
    pub owners: Vec<Entity<'g>>,
    /// The direct stake, if one is stated.
    pub direct: Option<ShareRange>,
    /// The share by the rule.
    pub share: ShareRange,
    /// Whether the rule's threshold is met.
    pub verdict: Verdict,
    /// The [rings](Owners::rings) that the share runs through, by position.
    pub rings: Vec<usize>,
}

/// Owners, or stakes, by a rule.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Owners<'g> {
    /// The rule with its threshold.
    pub test: OwnerTest,
    /// By descending share, compared by low, then by high; ties by id.
    pub rows: Vec<Owner<'g>>,
    /// Joint holdings, in the same order; empty for an owner's stakes.
    pub jointly: Vec<JointOwner<'g>>,
    /// The share that has no known holder, directly or through companies; `None` for an owner's stakes.
    pub undisclosed: Option<ShareRange>,
    /// The rings of companies that the shares run through, in id order.
    pub rings: Vec<OwnershipRing<'g>>,
    /// The stakes considered for the answer that are left out because they ended.
    pub ended: Vec<Relation<'g>>,
    /// The stakes declared indirect that are not added, because the graph has the chain that they sum up, or no room
    /// for them.
    pub not_added: Vec<Relation<'g>>,
    /// Whether any stake that the shares may rest on is [disputed](crate::Fact::is_disputed).
    pub is_disputed: bool,
    /// Whether bounds are wider than necessary, because narrowing them exceeds the [limits](Ownership::within).
    pub is_cut: bool,
}

/// Shares at both ends of their ranges, by node.
type Found = BTreeMap<u32, (Share, Share, Option<Verdict>)>;

impl<'g> Ownership<'g> {
    /// All owners of a company, direct or not, by a rule, including those below its threshold.
    ///
    /// Shares are corrected for rings: an owner's share is what it would be if nobody held any of the owner. A company
    /// on a ring is an owner of itself, but never counts as one. Members of a closed ring, which nobody outside owns,
    /// are not owners of one another.
    ///
    /// # Errors
    /// [`ErrorKind::Invalid`](crate::ErrorKind::Invalid), with the sum and the holders, if more than 100% is held of
    /// the company or of one that owns some of it; [`ErrorKind::OtherGraph`](crate::ErrorKind::OtherGraph) for an entity
    /// of another graph.
    pub fn owners(&self, company: Entity<'g>, test: impl Into<OwnerTest>) -> Result<Owners<'g>> {
        let (test, company) = (test.into(), self.view.own(company)?);
        let mut answer = Owners::none(test);
        let Some(node) = self.nodes().place(company) else {
            answer.undisclosed = (test.rule() == OwnerRule::Multiply).then(ShareRange::whole);
            return Ok(answer);
        };
        let nodes = self.above(node, test);
        self.check(test.right(), &nodes)?;
        answer.leave_out(self, &nodes, |relation| relation.to());
        let network = &self.table(test.right()).network;
        let part = network.part(nodes);
        let Some(local) = part.local(node) else { return Ok(answer) };
        answer.rings = self.rings_of(&part);
        answer.is_disputed = self.is_disputed(&part, test);
        let effort = self.effort();
        if test.rule() == OwnerRule::Multiply {
            answer.undisclosed = Some(undisclosed(&part.network, local, &effort));
        }
        let found = self.found_above(&part, local, test, &effort);
        answer.is_cut = effort.is_cut();
        let mut found: Found = found
            .into_iter()
            .filter_map(|(n, shares)| Some((*part.nodes.get(n as usize)?, shares)))
            .collect();
        let is_psc = test.rule() == OwnerRule::Psc;
        for edge in network.holders(node) {
            let is_each = is_psc && self.nodes().is_joint(edge.holder);
            if is_each || edge.holder == node {
                continue;
            }
            found.entry(edge.holder).or_insert_with(|| (Share::none(), Share::none(), None));
        }
        if test.rule() == OwnerRule::Multiply {
            let within = closed_with(&answer.rings, company);
            found.retain(|n, _| self.nodes().single(*n).is_none_or(|one| !within.contains(&one)));
        }
        let is_told = |other: u32, high: &Share| other != node || high.value.is_positive();
        found.retain(|other, (_, high, _)| is_told(*other, high));
        for (other, (low, high, stated)) in found {
            let stated = if other == node { Some(Verdict::No) } else { stated };
            answer.push(self, other, ShareRange::new(&low, &high), stated, Some((other, node)));
        }
        answer.run_through(&part, self, true);
        answer.sort();
        Ok(answer)
    }

    /// The owners of each company that has a holder, in the order of ids: [`Ownership::owners`] for all. Each is worked
    /// out when it is asked for.
    ///
    /// ```
    /// # use keiretsu::{Graph, OwnerRule};
    /// let graph = Graph::open("graphs/ownership/12-pyramid.ron")?;
    /// let ownership = graph.view().ownership();
    /// let largest = |(company, owners): (keiretsu::Entity<'_>, keiretsu::Result<keiretsu::Owners<'_>>)| {
    ///     Some(format!("{} of {company}", owners.ok()?.rows.first()?.entity))
    /// };
    /// let all: Vec<String> = ownership.owners_of_all(OwnerRule::Majority).filter_map(largest).collect();
    /// assert_eq!(all[0], "Pavel Stroud of Capstone Partners");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    pub fn owners_of_all(
        &self,
        test: impl Into<OwnerTest>,
    ) -> impl Iterator<Item = (Entity<'g>, Result<Owners<'g>>)> {
        let test = test.into();
        let field = self.field_of(test);
        let nodes = 0..u32::try_from(self.nodes().len()).unwrap_or(u32::MAX);
        let is_held = move |node: &u32| {
            let is_stated = field.links.is_some() && self.nodes().stated_above(*node).next().is_some();
            is_stated || field.network.holders(*node).iter().any(|edge| edge.may_be())
        };
        let companies = nodes.filter(is_held).filter_map(|node| self.nodes().single(node));
        companies.map(move |company| (company, self.owners(company, test)))
    }

    /// Everything of which an entity owns some, directly or not, by a rule, including what is below its threshold.
    ///
    /// ```
    /// # use keiretsu::{Graph, OwnerRule};
    /// let graph = Graph::open("graphs/ownership")?;
    /// let ownership = graph.view().ownership();
    /// let stakes = ownership.stakes(graph.view().find("Paula Kern")?, OwnerRule::Multiply)?;
    /// let told: Vec<_> = stakes.rows.iter().map(|row| format!("{} {}", row.entity, row.share)).collect();
    /// assert_eq!(told, ["Delta Holding 79.5%", "Beta AG 31.8%"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Ownership::owners`], for any company that it reaches.
    pub fn stakes(&self, owner: Entity<'g>, test: impl Into<OwnerTest>) -> Result<Owners<'g>> {
        let (test, owner) = (test.into(), self.view.own(owner)?);
        let mut answer = Owners::none(test);
        let Some(node) = self.nodes().place(owner) else { return Ok(answer) };
        let network = &self.table(test.right()).network;
        let nodes = network.descendants(node);
        self.check(test.right(), &nodes)?;
        answer.leave_out(self, &nodes, |relation| relation.from());
        let part = network.part(nodes);
        answer.rings = self.rings_of(&part);
        answer.is_disputed = self.is_disputed(&part, test);
        let effort = self.effort();
        let mut found = match test.rule() {
            OwnerRule::Multiply => {
                let within = closed_with(&answer.rings, owner);
                let mut found = multiplied_down(network, &part, node, &effort);
                found.retain(|n, _| self.nodes().single(*n).is_none_or(|one| !within.contains(&one)));
                found
            }
            OwnerRule::Psc => both(|side| psc_stakes(network, node, side)),
            OwnerRule::Rolling => both(|side| rolling::stakes(network, node, side)),
            OwnerRule::Ofac | OwnerRule::Majority => self.blocs(&[node], test),
        };
        answer.is_cut = effort.is_cut();
        let is_told = |other: u32, high: &Share| other != node || high.value.is_positive();
        found.retain(|other, (_, high, _)| is_told(*other, high));
        for (other, (low, high, stated)) in found {
            let stated = if other == node { Some(Verdict::No) } else { stated };
            answer.push(self, other, ShareRange::new(&low, &high), stated, Some((node, other)));
        }
        answer.run_through(&part, self, false);
        answer.sort();
        Ok(answer)
    }

    /// What several own together by a rule that [adds persons up](OwnerRule::adds_persons), including what is below its
    /// threshold. See [`Ownership::owners_together`] for a single company.
    ///
    /// ```
    /// # use keiretsu::{Graph, OwnerRule, Verdict};
    /// let graph = Graph::open("graphs/ownership")?;
    /// let (view, ownership) = (graph.view(), graph.view().ownership());
    /// let blocked = [view.find("Beta AG")?, view.find("Ansel Media")?, view.find("Piet Orlov")?];
    /// let together = ownership.stakes_together(&blocked, OwnerRule::Ofac)?;
    /// let tideswell = together.rows.iter().find(|row| row.entity.id() == "tideswell").unwrap();
    /// assert_eq!((tideswell.share.to_string().as_str(), tideswell.verdict), ("55%", Verdict::Counts));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Ownership::owners`], for any company that they reach; [`ErrorKind::Value`](crate::ErrorKind::Value) for
    /// a rule that considers each person alone.
    pub fn stakes_together(&self, owners: &[Entity<'g>], test: impl Into<OwnerTest>) -> Result<Owners<'g>> {
        let test = test.into();
        adds_up(test)?;
        let owners = self.own_all(owners)?;
        let mut nodes: Vec<u32> = owners.iter().filter_map(|owner| self.nodes().place(*owner)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let mut answer = Owners::none(test);
        let network = &self.table(test.right()).network;
        let reached = network.reach(nodes.iter().copied(), |node| {
            network.holdings(node).filter(|edge| edge.may_be()).map(|edge| edge.company).collect()
        });
        self.check(test.right(), &reached)?;
        answer.leave_out(self, &reached, |relation| relation.from());
        answer.is_disputed = self.is_disputed(&network.part(reached), test);
        for (other, (low, high, stated)) in self.blocs(&nodes, test) {
            if !nodes.contains(&other) {
                answer.push(self, other, ShareRange::new(&low, &high), stated, None);
            }
        }
        answer.sort();
        Ok(answer)
    }

    /// The shares of everybody in a company of a part, by the numbers of the part.
    fn found_above(&self, part: &Part, company: u32, test: OwnerTest, effort: &Effort) -> Found {
        let network = &part.network;
        match test.rule() {
            OwnerRule::Multiply => multiplied(part, company, effort),
            OwnerRule::Psc => both(|side| psc_owners(network, company, side, effort, self.budget())),
            OwnerRule::Rolling => both(|side| rolling::owners(network, company, side)),
            OwnerRule::Ofac | OwnerRule::Majority => self.commanders(part, company, test, effort),
        }
    }

    fn is_disputed(&self, part: &Part, test: OwnerTest) -> bool {
        let table = self.table(test.right());
        let own = || part.nodes.iter().filter_map(|node| self.own_shares_of(*node));
        if test.right() == Right::Votes && own().any(|own| own.stakes.iter().any(|one| one.is_disputed())) {
            return true;
        }
        part.network.edges().iter().any(|edge| table.relations(edge).any(|relation| relation.is_disputed()))
    }

    /// All that may own some of a company or control it, including the company.
    pub(super) fn above(&self, node: u32, test: OwnerTest) -> Vec<u32> {
        let network = &self.table(test.right()).network;
        if test.rule() != OwnerRule::Majority {
            return network.ancestors(node);
        }
        network.reach([node], |node| {
            let holders = network.holders(node).iter().filter(|edge| edge.may_be()).map(|edge| edge.holder);
            holders.chain(self.nodes().stated_above(node)).collect()
        })
    }

    /// The shares that everybody's blocs have in a company.
    fn commanders(&self, part: &Part, company: u32, test: OwnerTest, effort: &Effort) -> Found {
        let links = match test.rule() {
            OwnerRule::Majority => Some(self.nodes().links_among(&part.nodes, |node| part.local(node))),
            _ => None,
        };
        let field = Field { network: &part.network, links: links.as_ref() };
        let threshold = threshold(test);
        let [low, high] =
            [Side::Low, Side::High].map(|side| Groups::of(field, &threshold, side, self.budget()));
        let is_member = |groups: &Groups| -> HashSet<u32> {
            groups.all_above(&[company]).filter(|node| *node != company).collect()
        };
        let (certain, possible) = (is_member(&low), is_member(&high));
        let find = |groups, side| InCompany::of(field, groups, company, side, &[], self.budget());
        let (mut lows, mut highs) = (find(&low, Side::Low), find(&high, Side::High));
        if low.is_cut || high.is_cut || lows.is_cut() || highs.is_cut() {
            effort.cut();
        }
        let all: BTreeSet<u32> = highs.all_above().chain(possible.iter().copied()).collect();
        let mut found = Found::new();
        for n in all {
            let (share, is_member) = (highs.share(n), possible.contains(&n));
            if share.value.is_positive() || is_member {
                found.insert(n, (lows.share(n), share, Some(verdict(certain.contains(&n), is_member))));
            }
        }
        found
    }

    /// What some have together in every company.
    fn blocs(&self, first: &[u32], test: OwnerTest) -> Found {
        let field = self.field_of(test);
        let network = field.network;
        let threshold = threshold(test);
        let find = |side| bloc(field, first, &threshold, side);
        let (low, high) = (find(Side::Low), find(Side::High));
        let mut found = Found::new();
        for company in high.sums.keys().chain(&high.members) {
            let is_sought = high.sums.contains_key(company) || !first.contains(company);
            if network.column(*company).joint || !is_sought {
                continue;
            }
            let verdict = verdict(low.has(*company), high.has(*company));
            found.insert(*company, (low.share(*company), high.share(*company), Some(verdict)));
        }
        found
    }
}

pub(super) const fn verdict(certain: bool, possible: bool) -> Verdict {
    match (certain, possible) {
        (true, _) => Verdict::Counts,
        (false, true) => Verdict::MayCount,
        (false, false) => Verdict::No,
    }
}

pub(super) fn threshold(test: OwnerTest) -> Threshold {
    Threshold {
        share: test.threshold_number(),
        is_strict: test.rule().is_strict(),
        takes_all_joint_holders: test.rule() == OwnerRule::Majority,
    }
}

/// Runs `find` for both ends.
fn both(find: impl Fn(Side) -> BTreeMap<u32, Share>) -> Found {
    let mut low = find(Side::Low);
    let high = find(Side::High);
    high.into_iter()
        .map(|(node, high)| (node, (low.remove(&node).unwrap_or_else(Share::none), high, None)))
        .collect()
}

/// The share of a company that has no known holder.
fn undisclosed(network: &Network, company: u32, effort: &Effort) -> ShareRange {
    if !network.has_holders(company) {
        return ShareRange::whole();
    }
    let at = |side| flow(network, Who::Undisclosed, side, effort).share(company);
    ShareRange::new(&at(Side::Low), &at(Side::High))
}

/// Integrated shares of everybody in a company.
fn multiplied(part: &Part, company: u32, effort: &Effort) -> Found {
    let low = upward::owners(&part.network, company, Side::Low, effort);
    let is_range = part.network.edges().iter().any(|edge| !edge.is_certain())
        || low.iter().any(|share| share.value.is_rounded());
    let high =
        if is_range { upward::owners(&part.network, company, Side::High, effort) } else { low.clone() };
    let found = (0_u32..).zip(low).zip(high).filter(|(_, high)| high.value.is_positive());
    found.map(|((n, low), high)| (n, (low, high, None))).collect()
}

/// Integrated shares of one owner in everything.
fn multiplied_down(network: &Network, part: &Part, owner: u32, effort: &Effort) -> Found {
    let mut found = Found::new();
    let Some(local) = part.local(owner) else { return found };
    let at = |side| flow(&part.network, Who::Node(local), side, effort);
    let (low, high) = (at(Side::Low), at(Side::High));
    for (n, node) in (0_u32..).zip(&part.nodes) {
        let shares =
            if n == local { (low.own.clone(), high.own.clone()) } else { (low.share(n), high.share(n)) };
        if shares.1.value.is_positive() {
            found.insert(*node, (shares.0, shares.1, None));
        }
    }
    for edge in network.holdings(owner).filter(|edge| edge.company != owner) {
        found.entry(edge.company).or_insert_with(|| (Share::none(), Share::none(), None));
    }
    found
}

/// The members of the closed ring that an entity is in, including itself.
fn closed_with<'g>(rings: &[OwnershipRing<'g>], one: Entity<'g>) -> Vec<Entity<'g>> {
    let ring = rings.iter().find(|ring| ring.is_closed && ring.members.contains(&one));
    ring.map(|ring| ring.members.clone()).unwrap_or_default()
}

impl<'g> Owners<'g> {
    fn push(
        &mut self,
        ownership: &Ownership<'g>,
        told: u32,
        share: ShareRange,
        stated: Option<Verdict>,
        stake: Option<(u32, u32)>,
    ) {
        let nodes = ownership.nodes();
        let verdict = stated.unwrap_or_else(|| self.test.verdict(&share));
        let direct =
            stake.and_then(|(owner, company)| ownership.direct_of(self.test.right(), owner, company));
        match nodes.single(told) {
            Some(entity) => self.rows.push(Owner { entity, direct, share, verdict, rings: Vec::new() }),
            // A part in a joint holding is not a company that is owned.
            None if stake.is_some_and(|(owner, _)| owner == told) => {
                let owners = nodes.all(told);
                self.jointly.push(JointOwner { owners, direct, share, verdict, rings: Vec::new() });
            }
            None => {}
        }
    }

    pub(super) const fn none(test: OwnerTest) -> Self {
        Self {
            test,
            rows: Vec::new(),
            jointly: Vec::new(),
            undisclosed: None,
            rings: Vec::new(),
            ended: Vec::new(),
            not_added: Vec::new(),
            is_disputed: false,
            is_cut: false,
        }
    }

    /// Records which stakes at these nodes did not count.
    pub(super) fn leave_out(
        &mut self,
        ownership: &Ownership<'g>,
        nodes: &[u32],
        end: impl Fn(&Relation<'g>) -> Entity<'g>,
    ) {
        let table = ownership.table(self.test.right());
        if !table.leaves_some_out() {
            return;
        }
        let looked_at: BTreeSet<Entity<'g>> =
            nodes.iter().filter_map(|node| ownership.nodes().single(*node)).collect();
        let is_at_one = |relation: &Relation<'g>| looked_at.contains(&end(relation));
        self.ended = table.ended().filter(is_at_one).collect();
        self.not_added = table.not_added().filter(is_at_one).collect();
    }

    /// Records for each row which rings it runs through: those below an owner, or above what is owned.
    fn run_through(&mut self, part: &Part, ownership: &Ownership<'g>, up: bool) {
        for (n, ring) in self.rings.iter().enumerate() {
            let first = ring.members.first().and_then(|member| ownership.nodes().place(*member));
            let Some(first) = first.and_then(|node| part.local(node)) else { continue };
            let network = &part.network;
            let met = if up { network.ancestors(first) } else { network.descendants(first) };
            let met = met.iter().filter_map(|local| part.nodes.get(*local as usize));
            let met: BTreeSet<Vec<Entity<'g>>> = met.map(|node| ownership.nodes().all(*node)).collect();
            for row in self.rows.iter_mut().filter(|row| met.contains(&vec![row.entity])) {
                row.rings.push(n);
            }
            for row in self.jointly.iter_mut().filter(|row| met.contains(&row.owners)) {
                row.rings.push(n);
            }
        }
    }

    fn sort(&mut self) {
        self.rows.sort_by(|one, other| {
            let low = |owner: &'_ Owner<'g>| (owner.share.low().clone(), owner.share.low_is_open());
            let high = |owner: &'_ Owner<'g>| (owner.share.high().clone(), !owner.share.high_is_open());
            let by_share = low(other).cmp(&low(one)).then_with(|| high(other).cmp(&high(one)));
            by_share.then_with(|| one.entity.cmp(&other.entity))
        });
        self.jointly.sort_by(|one, other| {
            let by_share =
                other.share.low().cmp(one.share.low()).then_with(|| other.share.high().cmp(one.share.high()));
            by_share.then_with(|| one.owners.cmp(&other.owners))
        });
    }
}

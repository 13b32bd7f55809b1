//! Who owns how much of what: exact shares, bounds where not all is disclosed, rings of companies that own one another.

mod bounds;
mod chains;
mod components;
mod contest;
mod effort;
pub(super) mod fill;
mod floats;
pub(super) mod flow;
mod fraction;
mod interval;
mod kept;
mod linear;
mod links;
pub(super) mod network;
pub(super) mod nodes;
pub(super) mod number;
mod own_shares;
mod owners;
mod range;
mod ring;
mod rings;
mod rolling;
mod rule;
pub(super) mod table;
mod together;
mod twins;
mod upward;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

pub use chains::{Chain, Chains};
pub use fraction::Fraction;
pub use kept::KeptOwnership;
pub use own_shares::OwnShares;
pub use owners::{JointOwner, Owner, Owners};
pub use range::ShareRange;
pub use rings::OwnershipRing;
pub use rule::{OwnerRule, OwnerTest, Verdict};
pub use table::Overfull;
pub use together::{Together, TogetherPart};

use super::control::bloc::{Field, Links};
use super::control::groups::Groups;
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::error::{Error, Result};
use crate::graph::{Entity, Relation, Right, View};
use crate::limits::{Cancel, Limits};
use crate::query::Budget;
#[cfg(feature = "diagram")]
use crate::value::Proportion;
use effort::Effort;
use nodes::{Nodes, Parties};
use table::{StakeTable, Table};

/// Ownership and control as a view shows them; built once and queried often.
///
/// Only stakes in force count: without a date, those without an end; with one, those in force then, where a stake that
/// is only possible may also be nothing. A holder's stakes of different classes or through different intermediaries in
/// one company add up. Of several readings of one stake (`as_of`) the newest counts. A stake declared indirect is not
/// added to the chain that it sums up.
///
/// Shares are exact fractions. If a share is a range or not disclosed, what follows from it is a range too, as narrow
/// as possible. Time and memory are linear in the stakes, except for rings, which are solved by sparse elimination, and
/// for companies with several shares that are ranges, above which each owner takes a separate pass.
///
/// A clone costs nothing, and shares what is found out. [`Ownership::keep`] gives one that lives beside its graph.
///
/// Entities may come from any view of the graph: see [`View::adopt`]. For an entity of another graph, methods that
/// return a [`Result`] fail, and all others return nothing.
///
/// ```
/// use keiretsu::{Graph, OwnerRule};
/// let graph = Graph::from_ron(r#"Graph(
///     people: { "paula": (name: "Paula") },
///     companies: { "alpha": (name: "Alpha"), "beta": (name: "Beta") },
///     facts: [
///         Ownership(owner: "paula", owned: "alpha", share: "60%", unsourced: true),
///         Ownership(owner: "alpha", owned: "beta", share: "50%", unsourced: true),
///     ],
/// )"#)?;
/// let view = graph.view();
/// let ownership = view.ownership();
/// let owners = ownership.owners(view.find("Beta")?, OwnerRule::Multiply)?;
/// let told: Vec<_> = owners.rows.iter().map(|owner| format!("{} {}", owner.entity, owner.share)).collect();
/// assert_eq!(told, ["Alpha 50%", "Paula 30%"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone)]
pub struct Ownership<'g> {
    view: View<'g>,
    /// What has been found out, without handles: it can outlive the view.
    found: Arc<Found>,
    /// Who controls whom, certainly and possibly; computed on first use.
    pub(super) groups: Arc<[OnceLock<Groups>; 2]>,
    limits: Limits,
}

/// The parties and stakes of a view.
struct Found {
    parties: Parties,
    links: Links,
    tables: [OnceLock<StakeTable>; 3],
}

/// Visits of stakes for each step of the limits, where shares are not exact.
const LOOKS: u64 = 50;

impl<'g> View<'g> {
    /// Who owns and controls whom. Reads all stakes; the networks of equity, votes and profit are built on first use.
    #[must_use]
    pub fn ownership(self) -> Ownership<'g> {
        Ownership::new(self.everywhere())
    }
}

impl<'g> Ownership<'g> {
    fn new(view: View<'g>) -> Self {
        let parties = Parties::new(view.with_possible());
        let all: Vec<u32> = (0..u32::try_from(parties.len()).unwrap_or(u32::MAX)).collect();
        let links = parties.seen(view.with_possible()).links_among(&all, Some);
        let found = Arc::new(Found { parties, links, tables: Default::default() });
        Self { view, found, groups: Arc::default(), limits: Limits::default() }
    }

    /// Uses other limits than the default: [`Limits::steps`] bounds the work that a question spends on narrowing bounds
    /// in large rings of ranges, and on control groups. If that does not suffice, bounds are wider, controllers may be
    /// missing, and `is_cut` of the answer is set, such as [`Owners::is_cut`]. [`Limits::cancel`] ends a question likewise;
    /// what was computed for it and is kept for the next ones remains cut.
    #[must_use]
    pub fn within(self, limits: &Limits) -> Self {
        let [certain, possible] = &*self.groups;
        // What is complete within some limits is complete within any.
        let is_whole = [certain, possible].iter().all(|cell| cell.get().is_some_and(|groups| !groups.is_cut));
        let groups = if is_whole { self.groups } else { Arc::default() };
        Self { limits: limits.clone(), groups, ..self }
    }

    /// The view from which it was read.
    #[must_use]
    pub const fn view(&self) -> View<'g> {
        self.view
    }

    /// The stakes left out because they ended, at a known date or not, in a view without a date.
    #[must_use]
    pub fn ended(&self, right: Right) -> Vec<Relation<'g>> {
        self.table(right).ended().collect()
    }

    /// The stakes declared indirect that are not added, because the graph has the chain that they sum up, or no room
    /// for them.
    #[must_use]
    pub fn not_added(&self, right: Right) -> Vec<Relation<'g>> {
        self.table(right).not_added().collect()
    }

    /// The companies of which more than 100% is held, in id order.
    #[must_use]
    pub fn overfull(&self, right: Right) -> Vec<Overfull<'g>> {
        let table = self.table(right);
        table.overfull.iter().filter_map(|(company, _)| self.told_overfull(table, *company)).collect()
    }

    /// The companies because of which a question failed, in the order of the error's diagnostics.
    ///
    /// ```
    /// # use keiretsu::{Graph, OwnerRule, Right};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     people: { "ann": (name: "Ann"), "bo": (name: "Bo") }, companies: { "acme": (name: "Acme") },
    ///     facts: [
    ///         Ownership(owner: "ann", owned: "acme", share: "60%", unsourced: true),
    ///         Ownership(owner: "bo", owned: "acme", share: "50%", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let ownership = graph.view().ownership();
    /// let error = ownership.owners(graph.view().find("Acme")?, OwnerRule::Multiply).unwrap_err();
    /// let overfull = ownership.overfull_in(Right::Equity, &error);
    /// assert_eq!(overfull[0].sum.to_string(), "11/10");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn overfull_in(&self, right: Right, error: &Error) -> Vec<Overfull<'g>> {
        let failed: HashSet<usize> = error.entities().iter().copied().collect();
        let all = self.overfull(right).into_iter();
        // The error may come from another graph, so its message must match, too.
        let is_told = |overfull: &Overfull<'g>| error.diagnostics().contains(&overfull.diagnostic(right));
        all.filter(|overfull| failed.contains(&overfull.company.position()) && is_told(overfull)).collect()
    }

    fn told_overfull(&self, table: Table<'_, 'g>, company: u32) -> Option<Overfull<'g>> {
        let place = table.overfull.binary_search_by_key(&company, |(other, _)| *other).ok()?;
        let (_, sum) = table.overfull.get(place)?;
        let holders = || table.network.holders(company).iter().filter(|edge| edge.may_be());
        Some(Overfull {
            company: self.nodes().single(company)?,
            sum: sum.into(),
            holders: holders()
                .map(|edge| (self.nodes().all(edge.holder), ShareRange::of_edge(edge)))
                .collect(),
            stakes: holders().map(|edge| table.relations(edge).collect()).collect(),
        })
    }

    /// The relations that state the stake of one entity in another, as they count, including joint holdings; empty if
    /// there are none.
    #[must_use]
    pub fn stated(&self, right: Right, owner: Entity<'g>, company: Entity<'g>) -> Vec<Relation<'g>> {
        let table = self.table(right);
        let Some((owner, company)) = self.nodes().place(owner).zip(self.nodes().place(company)) else {
            return Vec::new();
        };
        let jointly = table.network.holdings(owner).map(|edge| edge.company);
        let jointly = jointly.filter(|node| self.nodes().is_joint(*node));
        let holders = std::iter::once(owner).chain(jointly);
        let edges = holders.filter_map(|holder| table.network.edge(holder, company));
        let stakes = edges.flat_map(|edge| table.relations(edge));
        // What is only possible takes part in computations, but is not shown in a view of what is certain.
        let is_told = |stake: &Relation<'g>| {
            Some(stake.from()) == self.nodes().single(owner) && self.view.counts_stake(stake.index())
        };
        stakes.filter(is_told).collect()
    }

    /// The relations that state a joint stake in another entity, as they count: one for each holder.
    #[must_use]
    pub fn stated_jointly(
        &self,
        right: Right,
        owners: &[Entity<'g>],
        company: Entity<'g>,
    ) -> Vec<Relation<'g>> {
        let table = self.table(right);
        let edge = self.nodes().place_of_joint(owners).zip(self.nodes().place(company));
        let edge = edge.and_then(|(owners, company)| table.network.edge(owners, company));
        edge.map(|edge| table.relations(edge).collect()).unwrap_or_default()
    }

    /// What an entity holds directly of another, as it counts; `None` if nothing is stated, or only an indirect
    /// holding.
    #[must_use]
    pub fn direct(&self, right: Right, owner: Entity<'g>, company: Entity<'g>) -> Option<ShareRange> {
        let (owner, company) = self.nodes().place(owner).zip(self.nodes().place(company))?;
        self.direct_of(right, owner, company)
    }

    pub(crate) fn direct_of(&self, right: Right, owner: u32, company: u32) -> Option<ShareRange> {
        let table = self.table(right);
        let edge = table.network.edge(owner, company)?;
        (!table.is_indirect(edge)).then(|| ShareRange::of_edge(edge))
    }

    /// The sum of what several hold directly of a company, and how many of them have no stated share. A joint stake of
    /// several of them is added once.
    #[cfg(feature = "diagram")]
    pub(crate) fn together(
        &self,
        right: Right,
        holders: &[Entity<'g>],
        company: Entity<'g>,
    ) -> (Option<ShareRange>, usize) {
        let mut facts = std::collections::HashSet::new();
        let mut sum: Option<ShareRange> = None;
        let mut unstated = 0;
        for holder in holders {
            let stakes = self.stated(right, *holder, company);
            let is_told = |stake: &Relation<'g>| stake.fact().is_some_and(|fact| facts.contains(&fact));
            if !stakes.is_empty() && stakes.iter().all(is_told) {
                continue;
            }
            facts.extend(stakes.iter().filter_map(|stake| stake.fact()));
            let tells =
                |stake: &Relation<'g>| stake.share_of(right).is_some_and(|share| !share.is_undisclosed());
            match self.direct(right, *holder, company).filter(|_| stakes.iter().any(tells)) {
                Some(share) => sum = Some(sum.map_or_else(|| share.clone(), |sum| sum.plus(&share))),
                None => unstated += 1,
            }
        }
        (sum, unstated)
    }

    /// The part of a company that no stated stake accounts for; `None` if no stake in it is stated, or all is accounted
    /// for.
    #[cfg(feature = "diagram")]
    pub(crate) fn unstated(&self, right: Right, company: Entity<'g>) -> Option<ShareRange> {
        let edges = self.table(right).network.holders(self.nodes().place(company)?);
        let sum = edges.iter().fold(network::Outside::NOBODY, |sum, edge| sum.and(edge));
        let is_stated = edges.iter().any(|edge| edge.low > Proportion::ZERO);
        (is_stated && sum.low < Proportion::ONE).then(|| ShareRange::left_by(&sum))
    }

    /// The steps that one question may take.
    pub(super) fn budget(&self) -> Budget {
        Budget::new(&self.limits)
    }

    /// Whether somebody cancelled, even where no step is taken.
    pub(super) fn is_cancelled(&self) -> bool {
        self.limits.cancel.as_ref().is_some_and(Cancel::is_cancelled)
    }

    /// The work that one question may spend on shares.
    fn effort(&self) -> Effort {
        Effort::of_a_question(self.limits.steps.saturating_mul(LOOKS), self.limits.cancel.clone())
    }

    /// Who controls whom by statement.
    pub(super) fn links(&self) -> &Links {
        &self.found.links
    }

    pub(crate) fn nodes(&self) -> Nodes<'_, 'g> {
        self.found.parties.seen(self.view.with_possible())
    }

    pub(crate) fn table(&self, right: Right) -> Table<'_, 'g> {
        let [equity, votes, profit] = &self.found.tables;
        let cell = match right {
            Right::Equity => equity,
            Right::Votes => votes,
            Right::Profit => profit,
        };
        cell.get_or_init(|| StakeTable::new(self.nodes(), right)).seen(self.view.with_possible())
    }

    pub(crate) fn field(&self, right: Right) -> Field<'_> {
        Field { network: self.table(right).network, links: Some(self.links()) }
    }

    /// The stakes that a rule uses, with statements of control if it considers them.
    pub(crate) fn field_of(&self, test: OwnerTest) -> Field<'_> {
        match test.rule() {
            OwnerRule::Majority => self.field(test.right()),
            _ => Field { network: self.table(test.right()).network, links: None },
        }
    }

    /// The entities as seen in its view. Fails if one is of another graph.
    fn own_all(&self, some: &[Entity<'g>]) -> Result<Vec<Entity<'g>>> {
        some.iter().map(|one| self.view.own(*one)).collect()
    }

    /// Fails if more than 100% of any of these companies is held.
    fn check(&self, right: Right, nodes: &[u32]) -> Result<()> {
        let table = self.table(right);
        if table.overfull.is_empty() {
            return Ok(());
        }
        let found = nodes.iter().filter_map(|node| self.told_overfull(table, *node));
        let mut found: Vec<Overfull<'g>> = found.collect();
        found.sort_by_key(|overfull| overfull.company);
        if found.is_empty() {
            return Ok(());
        }
        let problem = |overfull: &Overfull<'g>| (overfull.company.position(), overfull.diagnostic(right));
        Err(Error::about(found.iter().map(problem).collect()))
    }
}

impl std::fmt::Debug for Ownership<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ownership")
            .field("entities", &self.found.parties.entities.len())
            .finish_non_exhaustive()
    }
}

impl Overfull<'_> {
    /// The error that names the sum and the holders, as reported by questions about this company. It has no place.
    #[must_use]
    pub fn diagnostic(&self, right: Right) -> Diagnostic {
        let told = |(holders, share): &(Vec<Entity<'_>>, ShareRange)| {
            let names: Vec<String> = holders.iter().map(|one| format!("`{}`", shown(one.id()))).collect();
            let jointly = if names.len() > 1 { " jointly" } else { "" };
            format!("{}{jointly} ({share})", crate::diagnostic::list(&names))
        };
        // The largest first, since not all are named if there are many.
        let mut holders: Vec<_> = self.holders.iter().collect();
        holders.sort_by(|(_, one), (_, other)| other.low().cmp(one.low()));
        let holders: Vec<String> = holders.into_iter().map(told).collect();
        let of = match right {
            Right::Equity => "it",
            Right::Votes => "its votes",
            Right::Profit => "its profit",
        };
        let sum = format!("{}%", self.sum.percent(self.sum.places_in_percent(4)));
        let more = if self.sum == Fraction::one() { "more than " } else { "" };
        let message = format!(
            "the holders of `{}` have {more}{sum} of {of}: {}",
            shown(self.company.id()),
            crate::diagnostic::short_list(&holders)
        );
        Diagnostic::new(Code::MoreThanAll, message).hint(
            "correct a share, or say when a stake ended (`until`); `keiretsu show` lists the stakes of each",
        )
    }
}

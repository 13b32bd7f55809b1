//! Own shares, which have no vote and are deducted from the total.

use super::network::{Edge, Network};
use super::nodes::Nodes;
use super::table::Table;
use super::{Ownership, ShareRange};
use crate::graph::{Counted, Entity, Relation, Right, in_company};
use crate::model::Attribute;
use crate::value::Proportion;

/// The shares that a company holds of itself, which carry no vote.
///
/// The votes of the others are given as fractions of the rest (Directive 2013/34/EU, article 22(5)).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OwnShares<'g> {
    /// The company.
    pub company: Entity<'g>,
    /// How much of itself it holds.
    pub share: ShareRange,
    /// The relations that state it, as they count.
    pub stakes: Vec<Relation<'g>>,
}

impl<'g> Ownership<'g> {
    /// The own shares of a company, whose votes are deducted from the total; `None` if none are stated, or if it holds
    /// all of itself.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(
    ///     people: { "ann": (name: "Ann") },
    ///     companies: { "acme": (name: "Acme") },
    ///     facts: [
    ///         Ownership(owner: "ann", owned: "acme", share: "45%", unsourced: true),
    ///         Ownership(owner: "acme", owned: "acme", share: "20%", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let (acme, ownership) = (graph.view().find("Acme")?, graph.view().ownership());
    /// assert_eq!(ownership.own_shares(acme).unwrap().share.to_string(), "20%");
    /// // 45 of the 80 that vote.
    /// assert_eq!(ownership.control(acme).controlled_by[0].votes.to_string(), "56.3%");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn own_shares(&self, company: Entity<'g>) -> Option<OwnShares<'g>> {
        self.own_shares_of(self.nodes().place(company)?)
    }

    pub(super) fn own_shares_of(&self, company: u32) -> Option<OwnShares<'g>> {
        let table = self.table(Right::Votes);
        let own = table.own_shares.binary_search_by_key(&company, |(company, _)| *company).ok();
        let (_, own) = table.own_shares.get(own?)?;
        Some(OwnShares {
            company: self.nodes().single(company)?,
            share: ShareRange::of_edge(&own.capital),
            stakes: table.relations(&own.capital).collect(),
        })
    }
}

/// The own shares of a company, for computing the others' fractions of the rest.
pub(super) struct Own {
    /// As a fraction of the capital, for holders whose votes are not stated.
    capital: Edge,
    /// As a fraction of the votes; differs only if the votes of own shares are stated separately.
    votes: Edge,
}

impl Own {
    fn of(table: Table<'_, '_>, edge: Edge, company: Entity<'_>) -> Self {
        let is_own = |stake: &Counted<'_>| stake.holder == company && stake.jointly.is_empty();
        let states_votes = table.relations(&edge).any(states_votes);
        let stake = states_votes.then(|| in_company(company, Right::Equity).direct.into_iter().find(is_own));
        let capital = stake.flatten().map_or(edge, |Counted { span, .. }| Edge {
            low: span.low,
            high: span.high,
            low_is_open: span.low_is_open,
            high_is_open: span.high_is_open,
            ..edge
        });
        Self { capital, votes: edge }
    }

    /// A holder's share of the remaining votes.
    fn left_to(&self, edge: &Edge, table: Table<'_, '_>) -> Edge {
        let stakes = table.relations(edge);
        let stated = stakes.clone().filter(|relation| states_votes(*relation)).count();
        let of_capital = || of_the_rest(edge, &self.capital);
        let of_votes = || of_the_rest(edge, &self.votes);
        match stated {
            0 => of_capital(),
            _ if stated == stakes.len() => of_votes(),
            _ => around(&of_capital(), &of_votes()),
        }
    }
}

fn states_votes(relation: Relation<'_>) -> bool {
    let fact = relation.fact().filter(|_| relation.derived().is_none());
    fact.is_some_and(|fact| fact.attributes().any(|(attribute, _)| attribute == Attribute::Votes))
}

/// The range that covers both.
fn around(one: &Edge, other: &Edge) -> Edge {
    let (low, low_is_open) = (one.low, one.low_is_open).min((other.low, other.low_is_open));
    let (high, is_reached) = (one.high, !one.high_is_open).max((other.high, !other.high_is_open));
    Edge { low, low_is_open, high, high_is_open: !is_reached, ..*one }
}

/// A share as a fraction of what own shares leave. If a quotient is too long to be represented, the wider bound is
/// taken.
fn of_the_rest(edge: &Edge, own: &Edge) -> Edge {
    let part = |share: Proportion, own: Proportion| share.checked_div(Proportion::ONE.checked_sub(own)?);
    let low = part(edge.low, own.low).filter(|low| *low <= Proportion::ONE).unwrap_or(edge.low);
    let high = part(edge.high, own.high).filter(|high| *high <= Proportion::ONE);
    Edge {
        low,
        low_is_open: edge.low_is_open || own.low_is_open && edge.low > Proportion::ZERO,
        high: if edge.may_be() { high.unwrap_or(Proportion::ONE) } else { Proportion::ZERO },
        high_is_open: high.is_some() && (edge.high_is_open || own.high_is_open && edge.may_be()),
        ..*edge
    }
}

/// The shares of the votes without own shares, and the own shares by company.
///
/// Overfull companies are left unchanged, and so are companies that certainly hold all of themselves.
pub(super) fn without_own_shares(
    table: Table<'_, '_>,
    nodes: Nodes<'_, '_>,
) -> Option<(Network, Vec<(u32, Own)>)> {
    let network = table.network;
    let is_own = |edge: &&Edge| {
        let is_all = edge.low == Proportion::ONE;
        edge.holder == edge.company && !is_all && !network.column(edge.company).overfull
    };
    let own = network.edges().iter().filter(is_own);
    let own = own.filter_map(|edge| Some((edge.company, Own::of(table, *edge, nodes.single(edge.company)?))));
    let own: Vec<(u32, Own)> = own.collect();
    if own.is_empty() {
        return None;
    }
    let find = |company: u32| {
        own.binary_search_by_key(&company, |(company, _)| *company).ok().and_then(|n| own.get(n))
    };
    let left = network.edges().iter().filter_map(|edge| match find(edge.company) {
        Some(_) if edge.holder == edge.company => None,
        Some((_, own)) => Some(own.left_to(edge, table)),
        None => Some(*edge),
    });
    Some((network.with_edges(left.collect()), own))
}

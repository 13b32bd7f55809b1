//! The stakes that count in a view, as a table and as a network.

use std::collections::{HashMap, HashSet};

use super::fraction::Fraction;
use super::network::{Column, Edge, Network, sum_of_lows};
use super::nodes::Nodes;
use super::number::Number;
use super::own_shares::{Own, without_own_shares};
use super::range::ShareRange;
use crate::graph::{Counted, Entity, KeptRelation, Relation, Right, View, in_company};
use crate::model::{Attribute, AttributeValue};
use crate::value::Proportion;

/// A company of which more than 100% is held.
///
/// No shares can be computed for it, nor for anything it holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Overfull<'g> {
    /// The company.
    pub company: Entity<'g>,
    /// The sum of its holders' least shares, in parts of 1.
    pub sum: Fraction,
    /// The holders and their shares, in id order; joint holders come after the others.
    pub holders: Vec<(Vec<Entity<'g>>, ShareRange)>,
    /// The relations that state each of these stakes, including those that are only possible.
    pub stakes: Vec<Vec<Relation<'g>>>,
}

/// All stakes of one right.
pub(crate) struct StakeTable {
    network: Network,
    /// Start offsets of each stake's relations, by the `stake` of an edge, plus one end offset.
    from: Vec<u32>,
    relations: Vec<KeptRelation>,
    ended: Vec<KeptRelation>,
    not_added: Vec<KeptRelation>,
    overfull: Vec<(u32, Number)>,
    /// For votes, the own shares that are deducted from the total, by company.
    own_shares: Vec<(u32, Own)>,
}

/// The stakes of one right as seen in a view.
#[derive(Clone, Copy)]
pub(crate) struct Table<'t, 'g> {
    pub(crate) network: &'t Network,
    pub(crate) overfull: &'t [(u32, Number)],
    pub(super) own_shares: &'t [(u32, Own)],
    table: &'t StakeTable,
    view: View<'g>,
}

impl<'t, 'g> Table<'t, 'g> {
    /// The relations that state a stake: one for each holder of a joint stake, none for a part in one.
    pub(crate) fn relations(
        &self,
        edge: &Edge,
    ) -> impl ExactSizeIterator<Item = Relation<'g>> + Clone + use<'t, 'g> {
        let view = self.view;
        self.table.relations(edge).iter().map(move |relation| relation.seen(view))
    }

    /// Whether a stake is only declared as held indirectly.
    pub(crate) fn is_indirect(&self, edge: &Edge) -> bool {
        self.relations(edge).all(declares_indirect)
    }

    /// The stakes left out because they ended.
    pub(crate) fn ended(&self) -> impl Iterator<Item = Relation<'g>> + use<'t, 'g> {
        let view = self.view;
        self.table.ended.iter().map(move |relation| relation.seen(view))
    }

    /// The stakes declared indirect that are not added.
    pub(crate) fn not_added(&self) -> impl Iterator<Item = Relation<'g>> + use<'t, 'g> {
        let view = self.view;
        self.table.not_added.iter().map(move |relation| relation.seen(view))
    }

    /// Whether some stakes were left out, because they ended or are not added.
    pub(crate) fn leaves_some_out(&self) -> bool {
        !self.table.ended.is_empty() || !self.table.not_added.is_empty()
    }
}

fn declares_indirect(relation: Relation<'_>) -> bool {
    let flag = (Attribute::Direct, AttributeValue::Flag(false));
    relation.fact().is_some_and(|fact| fact.record().attributes.contains(&flag))
}

impl StakeTable {
    /// The stakes as seen in a view of the same graph.
    pub(crate) fn seen<'g>(&self, view: View<'g>) -> Table<'_, 'g> {
        let Self { network, overfull, own_shares, .. } = self;
        Table { network, overfull, own_shares, table: self, view }
    }

    pub(crate) fn new(nodes: Nodes<'_, '_>, right: Right) -> Self {
        let mut table = Self {
            network: Network::default(),
            from: Vec::new(),
            relations: Vec::new(),
            ended: Vec::new(),
            not_added: Vec::new(),
            overfull: Vec::new(),
            own_shares: Vec::new(),
        };
        let mut edges = Vec::new();
        let mut indirect: Vec<(u32, Counted<'_>)> = Vec::new();
        let mut columns: Vec<Column> =
            nodes.entities().map(|entity| Column::new(entity.record().holders_complete)).collect();
        columns.extend((0..nodes.joint_len()).map(|_| Column::of_joint_holders()));
        for (company, entity) in (0_u32..).zip(nodes.entities()) {
            let found = in_company(entity, right);
            for counted in found.direct {
                if let Some(holder) = nodes.holder(&counted) {
                    edges.push(table.edge(holder, company, counted));
                }
            }
            indirect.extend(found.indirect.into_iter().map(|counted| (company, counted)));
            table.ended.extend(found.ended.into_iter().map(Relation::kept));
        }
        for (holder, company) in nodes.parts_of_joint_holdings() {
            edges.push(table.part_of_joint_holding(holder, company));
        }
        table.network = Network::new(columns.clone(), edges.clone());
        if !indirect.is_empty() {
            table.add_indirect(nodes, indirect, &mut edges);
            table.network = Network::new(columns, edges);
        }
        table.from.push(u32::try_from(table.relations.len()).unwrap_or(u32::MAX));
        if let Some(found) =
            (right == Right::Votes).then(|| without_own_shares(table.seen(nodes.view()), nodes)).flatten()
        {
            (table.network, table.own_shares) = found;
        }
        table.find_overfull();
        table
    }

    /// The part of one joint holder, which may be anything from nothing to all, since it is never stated.
    fn part_of_joint_holding(&mut self, holder: u32, company: u32) -> Edge {
        let stake = u32::try_from(self.from.len()).unwrap_or(u32::MAX);
        self.from.push(u32::try_from(self.relations.len()).unwrap_or(u32::MAX));
        let (low, high) = (Proportion::ZERO, Proportion::ONE);
        Edge { holder, company, low, high, low_is_open: false, high_is_open: false, stake }
    }

    fn edge(&mut self, holder: u32, company: u32, counted: Counted<'_>) -> Edge {
        let stake = u32::try_from(self.from.len()).unwrap_or(u32::MAX);
        self.from.push(u32::try_from(self.relations.len()).unwrap_or(u32::MAX));
        self.relations.extend(counted.relations.into_iter().map(Relation::kept));
        let span = counted.span;
        Edge {
            holder,
            company,
            low: span.low,
            high: span.high,
            low_is_open: span.low_is_open,
            high_is_open: span.high_is_open,
            stake,
        }
    }

    /// A stake declared indirect counts only if the graph has no chain that it sums up, and only as far as there is
    /// room for it.
    fn add_indirect(
        &mut self,
        nodes: Nodes<'_, '_>,
        indirect: Vec<(u32, Counted<'_>)>,
        edges: &mut Vec<Edge>,
    ) {
        let direct: HashSet<(u32, u32)> = edges.iter().map(|edge| (edge.holder, edge.company)).collect();
        // As stated: a share raised only because nobody else can hold the rest still leaves room for indirect stakes.
        let mut held: HashMap<u32, Option<Proportion>> = HashMap::new();
        for edge in edges.iter() {
            let sum = held.entry(edge.company).or_insert(Some(Proportion::ZERO));
            *sum = sum.and_then(|sum| sum.checked_add(edge.low));
        }
        let mut added: Vec<Edge> = Vec::new();
        for (company, counted) in indirect {
            let Some(holder) = nodes.holder(&counted) else { continue };
            let sum = held.get(&company).copied().unwrap_or(Some(Proportion::ZERO));
            let sum = sum.and_then(|sum| sum.checked_add(counted.span.low));
            let fits = sum.is_some_and(|sum| sum <= Proportion::ONE);
            if !fits || self.is_above(holder, company) || direct.contains(&(holder, company)) {
                self.not_added.extend(counted.relations.into_iter().map(Relation::kept));
                continue;
            }
            let edge = self.edge(holder, company, counted);
            added.push(edge);
        }
        edges.extend(added);
    }

    /// Whether a chain of two or more stakes leads from a holder to a company.
    fn is_above(&self, holder: u32, company: u32) -> bool {
        let others =
            self.network.holders(company).iter().filter(|edge| edge.may_be() && edge.holder != holder);
        self.network.ancestors_of(others.map(|edge| edge.holder)).contains(&holder)
    }

    fn find_overfull(&mut self) {
        for company in 0..u32::try_from(self.network.len()).unwrap_or(u32::MAX) {
            if self.network.column(company).overfull {
                self.overfull.push((company, sum_of_lows(self.network.holders(company))));
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "positions that the table itself gave out")]
    fn relations(&self, edge: &Edge) -> &[KeptRelation] {
        let n = edge.stake as usize;
        &self.relations[self.from[n] as usize..self.from[n + 1] as usize]
    }
}

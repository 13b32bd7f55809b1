//! The stakes that count in a view, as a table and as a network.

#![expect(clippy::indexing_slicing, reason = "positions that the table itself gave out")]

use std::collections::{HashMap, HashSet};

use super::fraction::Fraction;
use super::network::{Column, Edge, Network, sum_of_lows};
use super::number::Number;
use super::range::ShareRange;
use crate::graph::{
    Certainty, Counted, Entity, Fact, Relation, Right, View, has_ended, in_company, stake_parties,
};
use crate::model::{Attribute, AttributeValue, FactKind, RelationKind, Role};
use crate::value::Proportion;

/// A company of which more than all is held.
///
/// Shares cannot be computed from it, nor for whatever it holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Overfull<'g> {
    /// The company.
    pub company: Entity<'g>,
    /// What its holders have at least, in parts of 1.
    pub sum: Fraction,
    /// Who they are and what each has, in the order of ids.
    pub holders: Vec<(Entity<'g>, ShareRange)>,
}

/// All stakes of one right.
pub(crate) struct Table<'g> {
    pub(crate) network: Network,
    /// Of each edge, by its `stake`, where its relations begin; and one end more.
    from: Vec<u32>,
    relations: Vec<Relation<'g>>,
    pub(crate) ended: Vec<Relation<'g>>,
    pub(crate) not_added: Vec<Relation<'g>>,
    pub(crate) overfull: Vec<(u32, Number)>,
}

/// Everybody who takes part in ownership or control, in the order of ids.
pub(crate) struct Nodes<'g> {
    pub(crate) entities: Vec<Entity<'g>>,
    /// Who controls whom by a statement, by controller; and whether that is certain.
    pub(crate) controls: Vec<Vec<Link<'g>>>,
    pub(crate) controlled: Vec<Vec<Link<'g>>>,
    /// Several that control one together.
    pub(crate) jointly: Vec<(u32, Relation<'g>)>,
}

/// That one controls another, stated by a fact.
#[derive(Clone, Copy)]
pub(crate) struct Link<'g> {
    pub(crate) other: u32,
    pub(crate) is_certain: bool,
    pub(crate) relation: Relation<'g>,
}

impl<'g> Nodes<'g> {
    pub(crate) fn new(view: View<'g>) -> Self {
        let is_seed = |kind| {
            matches!(kind, RelationKind::Controls | RelationKind::IsParentOf | RelationKind::IsTrusteeOf)
        };
        let relations = || view.relations().filter(|relation| relation.counts());
        let seeds = relations().filter(|relation| is_seed(relation.kind()));
        let ends = |relation: Relation<'g>| [relation.from(), relation.to()];
        let mut entities: Vec<Entity<'g>> = seeds.flat_map(ends).collect();
        let held = view.entities().filter(|entity| entity.has_relations_of(RelationKind::OwnsShareOf));
        entities.extend(held.flat_map(stake_parties));
        entities.extend(view.entities().filter(|entity| entity.record().holders_complete));
        entities.sort_unstable();
        entities.dedup();
        let mut nodes = Self {
            controls: vec![Vec::new(); entities.len()],
            controlled: vec![Vec::new(); entities.len()],
            jointly: Vec::new(),
            entities,
        };
        for relation in relations().filter(|relation| is_seed(relation.kind())) {
            nodes.link(relation);
        }
        nodes
    }

    fn link(&mut self, relation: Relation<'g>) {
        let has_date = relation.view().date().is_some();
        if !has_date && has_ended(relation) {
            return;
        }
        let (Some(from), Some(to)) = (self.place(relation.from()), self.place(relation.to())) else { return };
        let several = relation.fact().is_some_and(|fact| controllers(fact).nth(1).is_some());
        if several {
            self.jointly.push((to, relation));
            return;
        }
        let is_sure = relation.certainty() != Some(Certainty::Possible)
            && relation.fact().is_none_or(|fact| {
                !fact.is_refuted() && fact.claims().len() <= relation.claims().len().max(1)
            });
        self.controls[from as usize].push(Link { other: to, is_certain: is_sure, relation });
        self.controlled[to as usize].push(Link { other: from, is_certain: is_sure, relation });
    }

    pub(crate) fn place(&self, entity: Entity<'g>) -> Option<u32> {
        self.entities.binary_search(&entity).ok().and_then(|n| u32::try_from(n).ok())
    }

    pub(crate) fn entity(&self, node: u32) -> Entity<'g> {
        self.entities[node as usize]
    }
}

/// Who controls by the fact: together, if there are several. The trustees of a trust hold and run it.
pub(crate) fn controllers(fact: Fact<'_>) -> impl Iterator<Item = Entity<'_>> {
    let role = match fact.kind() {
        FactKind::Control => Some(Role::Controller),
        FactKind::Trust => Some(Role::Trustee),
        _ => None,
    };
    role.into_iter().flat_map(move |role| fact.parties(role))
}

impl<'g> Table<'g> {
    pub(crate) fn new(nodes: &Nodes<'g>, right: Right) -> Self {
        let mut table = Self {
            network: Network::default(),
            from: Vec::new(),
            relations: Vec::new(),
            ended: Vec::new(),
            not_added: Vec::new(),
            overfull: Vec::new(),
        };
        let mut edges = Vec::new();
        let mut indirect: Vec<(u32, Counted<'g>)> = Vec::new();
        let columns: Vec<Column> =
            nodes.entities.iter().map(|entity| Column::new(entity.record().holders_complete)).collect();
        for (company, entity) in (0_u32..).zip(&nodes.entities) {
            let found = in_company(*entity, right);
            for counted in found.direct {
                if let Some(holder) = nodes.place(counted.holder) {
                    edges.push(table.edge(holder, company, counted));
                }
            }
            indirect.extend(found.indirect.into_iter().map(|counted| (company, counted)));
            table.ended.extend(found.ended);
        }
        table.network = Network::new(columns.clone(), edges.clone());
        if !indirect.is_empty() {
            table.add_indirect(nodes, indirect, &mut edges);
            table.network = Network::new(columns, edges);
        }
        table.from.push(u32::try_from(table.relations.len()).unwrap_or(u32::MAX));
        table.find_overfull();
        table
    }

    fn edge(&mut self, holder: u32, company: u32, counted: Counted<'g>) -> Edge {
        let stake = u32::try_from(self.from.len()).unwrap_or(u32::MAX);
        self.from.push(u32::try_from(self.relations.len()).unwrap_or(u32::MAX));
        self.relations.extend(counted.relations);
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

    /// A stake that is declared indirect counts only where the graph has no chain that it sums up, and only as
    /// far as there is room for it.
    fn add_indirect(&mut self, nodes: &Nodes<'g>, indirect: Vec<(u32, Counted<'g>)>, edges: &mut Vec<Edge>) {
        let direct: HashSet<(u32, u32)> = edges.iter().map(|edge| (edge.holder, edge.company)).collect();
        // As stated: what must be held because there is nobody else leaves room for those declared indirect.
        let mut held: HashMap<u32, Option<Proportion>> = HashMap::new();
        for edge in edges.iter() {
            let sum = held.entry(edge.company).or_insert(Some(Proportion::ZERO));
            *sum = sum.and_then(|sum| sum.checked_add(edge.low));
        }
        let mut added: Vec<Edge> = Vec::new();
        for (company, counted) in indirect {
            let Some(holder) = nodes.place(counted.holder) else { continue };
            let sum = held.get(&company).copied().unwrap_or(Some(Proportion::ZERO));
            let sum = sum.and_then(|sum| sum.checked_add(counted.span.low));
            let fits = sum.is_some_and(|sum| sum <= Proportion::ONE);
            if !fits || self.is_above(holder, company) || direct.contains(&(holder, company)) {
                self.not_added.extend(counted.relations);
                continue;
            }
            let edge = self.edge(holder, company, counted);
            added.push(edge);
        }
        edges.extend(added);
    }

    /// Whether a chain of two stakes or more leads from a holder to a company.
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

    /// Whether a stake is only declared, as one held indirectly.
    pub(crate) fn is_indirect(&self, edge: &Edge) -> bool {
        let flag = (Attribute::Direct, AttributeValue::Flag(false));
        let is_declared = |relation: &Relation<'g>| {
            relation.fact().is_some_and(|fact| fact.record().attributes.contains(&flag))
        };
        self.relations(edge).iter().all(is_declared)
    }

    /// The relations that state a stake.
    pub(crate) fn relations(&self, edge: &Edge) -> &[Relation<'g>] {
        let n = edge.stake as usize;
        &self.relations[self.from[n] as usize..self.from[n + 1] as usize]
    }
}

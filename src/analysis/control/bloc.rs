//! What several holders have together, and whom they thereby command.

#![expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]

use std::collections::{BTreeMap, HashSet};

use super::super::ownership::flow::Share;
use super::super::ownership::network::{Edge, Network, sum_of_lows};
use super::super::ownership::number::{Number, Side, Value};

/// The stakes of a set of holders in one company, added up.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    low: Number,
    high: Number,
    /// How many of them stand above their low, never at it.
    open_lows: usize,
    /// How many of them stand below their high, never at it.
    open_highs: usize,
    /// A statement says that they control it.
    pub(crate) is_stated: bool,
}

impl Sum {
    pub(crate) fn zero() -> Self {
        Self { low: Number::zero(), high: Number::zero(), open_lows: 0, open_highs: 0, is_stated: false }
    }

    pub(crate) fn add(&mut self, edge: &Edge) {
        self.low = self.low.plus(&Number::from(edge.low));
        self.high = self.high.plus(&Number::from(edge.high));
        self.open_lows += usize::from(edge.low_is_open);
        self.open_highs += usize::from(edge.high_is_open);
    }

    /// The least, or the most, that they can have: what the others leave binds the most, and where all holders are
    /// known it makes the least. Where more than all is stated, either their own shares are wrong or those of the others:
    /// what the others leave is the least, what is stated the most.
    pub(crate) fn bound(&self, network: &Network, company: u32, side: Side) -> Share {
        let holders = network.holders(company);
        if network.column(company).overfull {
            let left = Number::one().minus(&sum_of_lows(holders).minus(&self.low)).max(Number::zero());
            let value = if side == Side::Low { self.low.clone().min(left) } else { self.high.clone() };
            return Share { value: Value::Exact(value), open: false };
        }
        let others =
            |open: fn(&Edge) -> bool, own: usize| holders.iter().filter(|edge| open(edge)).count() > own;
        let least = (self.low.clone(), self.open_lows > 0);
        let most = (self.high.clone(), self.open_highs == 0);
        // At one bound, the one that is left out is above the one that is not.
        let (value, open) = match side {
            Side::Low if network.column(company).complete => {
                let all = holders.iter().fold(Number::zero(), |sum, edge| sum.plus(&Number::from(edge.high)));
                let left = Number::one().minus(&all.minus(&self.high));
                let left = (left, others(|edge| edge.high_is_open, self.open_highs));
                least.max(left).min((self.high.clone(), false))
            }
            Side::Low => least,
            Side::High => {
                let left = Number::one().minus(&sum_of_lows(holders).minus(&self.low));
                let (value, is_reached) = most.min((left, !others(|edge| edge.low_is_open, self.open_lows)));
                (value, !is_reached)
            }
        };
        Share { value: Value::Exact(value), open }
    }
}

/// From which share on a company is commanded.
#[derive(Clone, Debug)]
pub(crate) struct Threshold {
    pub(crate) share: Number,
    /// Above it, rather than at it.
    pub(crate) is_strict: bool,
}

impl Threshold {
    /// More than half.
    pub(crate) fn majority() -> Self {
        Self { share: Number::half(), is_strict: true }
    }

    /// Whether a bound passes: the low for what is certain, the high for what is possible.
    pub(crate) fn is_met(&self, sum: &Sum, network: &Network, company: u32, side: Side) -> bool {
        // Most sums fall short whatever the others have; then the others need not be looked at.
        if side == Side::High && sum.high < self.share {
            return false;
        }
        let bound = sum.bound(network, company, side);
        let Value::Exact(share) = &bound.value else { return false };
        match share.cmp(&self.share) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Equal => match side {
                Side::Low => !self.is_strict || bound.open,
                Side::High => !self.is_strict && !bound.open,
            },
        }
    }
}

/// Who controls whom by statement, as node to nodes; and whether that is certain.
pub(crate) type Links = Vec<Vec<(u32, bool)>>;

/// For rules that heed no statements.
pub(crate) static NO_LINKS: Links = Vec::new();

/// A network together with statements of control.
#[derive(Clone, Copy)]
pub(crate) struct Field<'n> {
    pub(crate) network: &'n Network,
    pub(crate) links: &'n Links,
}

impl Field<'_> {
    /// The companies that a node controls by statement.
    pub(crate) fn stated(self, node: u32, side: Side) -> impl Iterator<Item = u32> {
        let links = self.links.get(node as usize).map(Vec::as_slice).unwrap_or_default();
        links.iter().filter(move |(_, certain)| *certain || side == Side::High).map(|(other, _)| *other)
    }
}

/// A bloc: some who act together, and all that they command.
#[derive(Clone, Debug)]
pub(crate) struct Bloc {
    /// In the order found, the first first.
    pub(crate) members: Vec<u32>,
    /// What the members have, by company.
    pub(crate) sums: BTreeMap<u32, Sum>,
}

/// The least set that has the first members and each company of which its members have enough: adding to it can only add
/// more, so the set is the same in whatever order it is found, rings or not.
///
/// For certain (low side) by the least that members have, possibly (high side) by the most. Time in proportion to
/// the stakes of the members.
pub(crate) fn bloc(field: Field<'_>, first: &[u32], threshold: &Threshold, side: Side) -> Bloc {
    let mut inside: HashSet<u32> = first.iter().copied().collect();
    let mut bloc = Bloc { members: first.to_vec(), sums: BTreeMap::new() };
    let mut at = 0;
    while let Some(member) = bloc.members.get(at).copied() {
        at += 1;
        for edge in field.network.holdings(member).filter(|edge| edge.may_be()) {
            let company = edge.company;
            let sum = bloc.sums.entry(company).or_insert_with(Sum::zero);
            sum.add(edge);
            if !inside.contains(&company) && threshold.is_met(sum, field.network, company, side) {
                inside.insert(company);
                bloc.members.push(company);
            }
        }
        for company in field.stated(member, side) {
            bloc.sums.entry(company).or_insert_with(Sum::zero).is_stated = true;
            if inside.insert(company) {
                bloc.members.push(company);
            }
        }
    }
    bloc
}

/// What the blocs of all nodes have in one company, and whether they command it.
pub(crate) struct Commanded {
    pub(crate) share: Share,
    pub(crate) is_member: bool,
}

/// For every node what its bloc has in one company.
///
/// A node with one way down has what the company at its end has, if it commands that; any other takes a search of its
/// own.
pub(crate) fn commanded(field: Field<'_>, company: u32, threshold: &Threshold, side: Side) -> Vec<Commanded> {
    let network = field.network;
    let nodes = u32::try_from(network.len()).unwrap_or(u32::MAX);
    let nothing = || Commanded { share: Share::none(), is_member: false };
    let mut found: Vec<Commanded> = (0..nodes).map(|_| nothing()).collect();
    let mut done = vec![false; network.len()];
    for component in network.components(0..nodes, None).iter().rev() {
        for node in component {
            let mut ways: Vec<u32> =
                network.holdings(*node).filter(|edge| edge.may_be()).map(|edge| edge.company).collect();
            ways.extend(field.links.get(*node as usize).into_iter().flatten().map(|(other, _)| *other));
            ways.sort_unstable();
            ways.dedup();
            let below = match ways.as_slice() {
                [below] if *below != company && *below != *node && done[*below as usize] => Some(*below),
                [] => continue,
                _ => None,
            };
            found[*node as usize] = match below {
                Some(below) => through(field, *node, below, threshold, side, &found),
                None => of_bloc(field, *node, company, threshold, side),
            };
            done[*node as usize] = true;
        }
        for node in component {
            done[*node as usize] = true;
        }
    }
    found
}

fn through(
    field: Field<'_>,
    node: u32,
    below: u32,
    threshold: &Threshold,
    side: Side,
    found: &[Commanded],
) -> Commanded {
    let mut sum = Sum::zero();
    if let Some(edge) = field.network.edge(node, below) {
        sum.add(edge);
    }
    let commands = threshold.is_met(&sum, field.network, below, side)
        || field.stated(node, side).any(|other| other == below);
    match found.get(below as usize) {
        Some(found) if commands => Commanded { share: found.share.clone(), is_member: found.is_member },
        _ => Commanded { share: Share::none(), is_member: false },
    }
}

fn of_bloc(field: Field<'_>, node: u32, company: u32, threshold: &Threshold, side: Side) -> Commanded {
    let bloc = bloc(field, &[node], threshold, side);
    let share =
        bloc.sums.get(&company).map_or_else(Share::none, |sum| sum.bound(field.network, company, side));
    let is_member = node != company && bloc.members.contains(&company);
    Commanded { share, is_member }
}

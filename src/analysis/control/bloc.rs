//! Blocs: what several holders have together, and the companies they command by it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::ownership::flow::Share;
use super::super::ownership::network::{Edge, Network};
use super::super::ownership::number::{Number, Side, Value};
use crate::value::Proportion;

/// The sum of the stakes of a set of holders in one company.
#[derive(Clone, Debug)]
pub(crate) struct Sum {
    low: Number,
    high: Number,
    /// How many of the stakes are above their low, never at it.
    open_lows: usize,
    /// How many of the stakes are below their high, never at it.
    open_highs: usize,
    /// How many stakes were added.
    parts: usize,
}

impl Sum {
    pub(crate) fn zero() -> Self {
        Self { low: Number::zero(), high: Number::zero(), open_lows: 0, open_highs: 0, parts: 0 }
    }

    pub(crate) fn one(edge: &Edge) -> Self {
        let mut sum = Self::zero();
        sum.add(edge);
        sum
    }

    /// A precomputed sum: its bounds, how many of them are open, and the number of stakes.
    pub(super) fn new(
        low: Proportion,
        high: Proportion,
        (open_lows, open_highs): (usize, usize),
        parts: usize,
    ) -> Self {
        Self { low: Number::from(low), high: Number::from(high), open_lows, open_highs, parts }
    }

    pub(crate) fn add(&mut self, edge: &Edge) {
        self.low = self.low.plus(&Number::from(edge.low));
        self.high = self.high.plus(&Number::from(edge.high));
        self.open_lows += usize::from(edge.low_is_open);
        self.open_highs += usize::from(edge.high_is_open);
        self.parts += 1;
    }

    /// The least, or the most, that they can have. The most is limited by what the others leave, and if all holders are
    /// known, the least is at least that. If more than 100% is stated, either their shares or those of the others are
    /// wrong: then the least is what the others leave, and the most is what is stated.
    pub(crate) fn bound(&self, network: &Network, company: u32, side: Side) -> Share {
        let column = network.column(company);
        if column.overfull {
            let left = Number::one().minus(&network.low(company).minus(&self.low)).max(Number::zero());
            let value = match side {
                Side::Low => self.low.clone().min(left),
                Side::High => self.most_of_the_rest(network, company),
            };
            return Share { value: Value::Exact(value), open: false };
        }
        let least = (self.low.clone(), self.open_lows > 0);
        let most = (self.high.clone(), self.open_highs == 0);
        // Of two equal lower bounds, an open one is stronger.
        let (value, open) = match side {
            Side::Low if column.complete => {
                let left = Number::one().minus(&network.high(company).minus(&self.high));
                let left = (left, column.open_highs > self.open_highs);
                least.max(left).min((self.high.clone(), false))
            }
            Side::Low => least,
            Side::High => {
                let left = Number::one().minus(&network.low(company).minus(&self.low));
                let (value, is_reached) = most.min((left, column.open_lows <= self.open_lows));
                (value, !is_reached)
            }
        };
        Share { value: Value::Exact(value), open }
    }
}

impl Sum {
    /// The most that is stated, as a fraction of what remains without own shares not yet deducted.
    fn most_of_the_rest(&self, network: &Network, company: u32) -> Number {
        let own = network.edge(company, company).map(|edge| Number::one().minus(&Number::from(edge.high)));
        match own {
            None => self.high.clone(),
            Some(left) if left.is_positive() => self.high.divided_by(&left),
            Some(_) => {
                if self.high.is_positive() {
                    Number::one()
                } else {
                    Number::zero()
                }
            }
        }
    }
}

/// The share from which a company is commanded.
#[derive(Clone, Debug)]
pub(crate) struct Threshold {
    pub(crate) share: Number,
    /// Whether the share must be above it, rather than at it.
    pub(crate) is_strict: bool,
    /// Whether joint holders command their stake only all together, as votes are cast. Otherwise each may have anything
    /// from nothing to all of it.
    pub(crate) takes_all_joint_holders: bool,
}

impl Threshold {
    /// More than half.
    pub(crate) fn majority() -> Self {
        Self { share: Number::half(), is_strict: true, takes_all_joint_holders: true }
    }

    /// Whether a sum passes: its low for what is certain, its high for what is possible.
    pub(crate) fn is_met(&self, sum: &Sum, network: &Network, company: u32, side: Side) -> bool {
        if self.takes_all_joint_holders && network.column(company).joint {
            return sum.parts == network.holders(company).len();
        }
        // Most sums fall short whatever the others have, which then need not be examined.
        if side == Side::High && sum.high < self.share && !network.column(company).overfull {
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

/// Who controls whom by statement, alone or together with others, and whether that is certain.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// For each node, those that it controls alone.
    alone: Vec<Vec<(u32, bool)>>,
    /// Sorted by company.
    pub(super) groups: Vec<Group>,
    /// For each node, the groups that it is in.
    of: HashMap<u32, Vec<u32>>,
}

/// Nodes that control a company together, but not alone.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) members: Vec<u32>,
    pub(crate) company: u32,
    pub(crate) is_certain: bool,
}

impl Links {
    pub(crate) fn new(alone: Vec<Vec<(u32, bool)>>, groups: Vec<Group>) -> Self {
        let mut of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (n, group) in (0_u32..).zip(&groups) {
            for member in &group.members {
                of.entry(*member).or_default().push(n);
            }
        }
        Self { alone, groups, of }
    }

    /// The companies that a node controls alone.
    pub(crate) fn alone(&self, node: u32, side: Side) -> impl Iterator<Item = u32> {
        let links = self.alone.get(node as usize).map(Vec::as_slice).unwrap_or_default();
        links.iter().filter(move |(_, certain)| *certain || side == Side::High).map(|(other, _)| *other)
    }

    /// The companies that a node is stated to control as the only member of a group.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(super) fn groups_alone(&self, node: u32, side: Side) -> impl Iterator<Item = u32> {
        let groups = self.of.get(&node).into_iter().flatten().map(|n| &self.groups[*n as usize]);
        let counts = move |group: &&Group| group.is_certain || side == Side::High;
        groups.filter(|group| group.members.len() == 1).filter(counts).map(|group| group.company)
    }

    /// The positions of the groups that control a company.
    pub(super) fn groups_to(&self, company: u32) -> impl Iterator<Item = usize> {
        let first = self.groups.partition_point(|group| group.company < company);
        let groups = self.groups.iter().enumerate().skip(first);
        groups.take_while(move |(_, group)| group.company == company).map(|(n, _)| n)
    }

    /// The companies that a node controls, alone or together with others.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(crate) fn any(&self, node: u32) -> impl Iterator<Item = u32> {
        let groups = self.of.get(&node).into_iter().flatten().map(|n| self.groups[*n as usize].company);
        self.alone(node, Side::High).chain(groups)
    }
}

/// A network with statements of control; without them for rules that ignore statements.
#[derive(Clone, Copy)]
pub(crate) struct Field<'n> {
    pub(crate) network: &'n Network,
    pub(crate) links: Option<&'n Links>,
}

impl Field<'_> {
    /// Whether a stake counts with those of its holder. Own shares that remain in an overfull company have no vote
    /// either.
    pub(crate) fn is_cast(self, edge: &Edge) -> bool {
        edge.may_be() && (edge.holder != edge.company || !self.network.column(edge.company).overfull)
    }

    /// Everything that a node may own a share of or control, alone or with others.
    pub(crate) fn ways(self, node: u32) -> Vec<u32> {
        let held = self.network.holdings(node).filter(|edge| edge.may_be()).map(|edge| edge.company);
        held.chain(self.links.into_iter().flat_map(|links| links.any(node))).collect()
    }
}

/// A bloc: some nodes that act together, and all that they command. It is the smallest set that contains the first
/// members and each company of which its members have enough. Adding members never removes any, so the set does not
/// depend on the order, with rings or without.
///
/// The low side uses the least that members have and gives what is certain, the high side the most and what is
/// possible. Takes time linear in the stakes of the members.
pub(crate) struct Bloc<'n> {
    field: Field<'n>,
    threshold: &'n Threshold,
    side: Side,
    inside: HashSet<u32>,
    /// In the order found, with the first members first.
    pub(crate) members: Vec<u32>,
    /// How many of the members have been processed.
    done: usize,
    /// The sum of the members' stakes, by company.
    pub(crate) sums: BTreeMap<u32, Sum>,
    /// How many members each group has in the bloc.
    groups: HashMap<u32, usize>,
}

/// The bloc of some first members.
pub(crate) fn bloc<'n>(field: Field<'n>, first: &[u32], threshold: &'n Threshold, side: Side) -> Bloc<'n> {
    let mut bloc = Bloc {
        field,
        threshold,
        side,
        inside: HashSet::new(),
        members: Vec::new(),
        done: 0,
        sums: BTreeMap::new(),
        groups: HashMap::new(),
    };
    bloc.add(first);
    bloc
}

impl Bloc<'_> {
    /// Whether a node is a member.
    pub(crate) fn has(&self, node: u32) -> bool {
        self.inside.contains(&node)
    }

    /// The members' share in a company.
    pub(crate) fn share(&self, company: u32) -> Share {
        let sum = self.sums.get(&company);
        sum.map_or_else(Share::none, |sum| sum.bound(self.field.network, company, self.side))
    }

    /// Adds members, and all that follows.
    pub(crate) fn add(&mut self, nodes: &[u32]) {
        nodes.iter().for_each(|node| self.join(*node));
        while let Some(member) = self.members.get(self.done).copied() {
            self.done += 1;
            self.take_holdings(member);
            self.take_statements(member);
        }
    }

    fn join(&mut self, node: u32) {
        if self.inside.insert(node) {
            self.members.push(node);
        }
    }

    fn take_holdings(&mut self, member: u32) {
        let (field, network) = (self.field, self.field.network);
        for edge in network.holdings(member).filter(|edge| field.is_cast(edge)) {
            let sum = self.sums.entry(edge.company).or_insert_with(Sum::zero);
            sum.add(edge);
            let is_new = !self.inside.contains(&edge.company);
            if is_new && self.threshold.is_met(sum, network, edge.company, self.side) {
                self.join(edge.company);
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn take_statements(&mut self, member: u32) {
        let Some(links) = self.field.links else { return };
        links.alone(member, self.side).for_each(|company| self.join(company));
        for n in links.of.get(&member).into_iter().flatten() {
            let group = &links.groups[*n as usize];
            let count = self.groups.entry(*n).or_default();
            *count += 1;
            let counts = group.is_certain || self.side == Side::High;
            if counts && *count == group.members.len() {
                self.join(group.company);
            }
        }
    }
}

//! The sparse matrix of direct shares, with ranges.

use std::sync::OnceLock;

use super::floats::Rounded;
use super::number::{Number, Side};
use crate::value::Proportion;

/// A share of one company held by one holder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) holder: u32,
    pub(crate) company: u32,
    pub(crate) low: Proportion,
    pub(crate) high: Proportion,
    /// The share is above `low`, never at it.
    pub(crate) low_is_open: bool,
    /// The share is below `high`, never at it.
    pub(crate) high_is_open: bool,
    /// The position of the stake in the table from which the network was built.
    pub(crate) stake: u32,
}

impl Edge {
    /// Whether the share is one number.
    pub(crate) fn is_certain(&self) -> bool {
        self.low == self.high
    }

    /// Whether the share may be above zero.
    pub(crate) fn may_be(&self) -> bool {
        self.high > Proportion::ZERO
    }

    /// Limits the share to at most this, or below it.
    fn lower_the_high(&mut self, most: Proportion, is_open: bool) {
        if most < self.high {
            (self.high, self.high_is_open) = (most, is_open);
        } else if most == self.high {
            self.high_is_open |= is_open;
        }
        self.meet();
    }

    /// Limits the share to at least this, or above it, but never above the high.
    fn raise_the_low(&mut self, least: Proportion, is_open: bool) {
        if least > self.low {
            (self.low, self.low_is_open) = (least.min(self.high), is_open);
        } else if least == self.low {
            self.low_is_open |= is_open;
        }
        self.meet();
    }

    /// Collapses contradictory bounds to a single number.
    fn meet(&mut self) {
        if self.low >= self.high {
            self.high = self.low;
            (self.low_is_open, self.high_is_open) = (false, false);
        }
    }
}

/// What is known about all holders of a company.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    edges: std::ops::Range<usize>,
    /// Whether there are no other holders.
    pub(crate) complete: bool,
    /// Whether the lows of the holders exceed 100%, so that one of the shares is wrong.
    pub(crate) overfull: bool,
    /// Whether it represents the joint holders of something, who are its holders.
    pub(crate) joint: bool,
    /// The sums of the holders' lows and highs, unless too long to be represented.
    low: Option<Proportion>,
    high: Option<Proportion>,
    /// How many holders are above their low, never at it, and below their high.
    pub(crate) open_lows: usize,
    pub(crate) open_highs: usize,
    /// What holders outside this part of the network have.
    pub(crate) outside: Option<Outside>,
}

/// The sum of what holders outside a part of a network have in a company.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outside {
    pub(crate) low: Proportion,
    pub(crate) high: Proportion,
    /// Whether some of them are above their low, never at it.
    pub(crate) low_is_open: bool,
    /// Whether some of them are below their high, never at it.
    pub(crate) high_is_open: bool,
}

impl Outside {
    pub(crate) const NOBODY: Self =
        Self { low: Proportion::ZERO, high: Proportion::ZERO, low_is_open: false, high_is_open: false };

    /// Adds a holder. If a sum is too long to be represented, the wider bound is taken.
    pub(crate) fn and(self, edge: &Edge) -> Self {
        let high = self.high.checked_add(edge.high);
        Self {
            low: self.low.checked_add(edge.low).unwrap_or_else(|| self.low.max(edge.low)),
            high: high.unwrap_or(Proportion::ONE),
            low_is_open: self.low_is_open || edge.low_is_open,
            high_is_open: (self.high_is_open || edge.high_is_open) && high.is_some(),
        }
    }
}

impl Column {
    /// A column without holders yet.
    pub(crate) fn new(complete: bool) -> Self {
        Self { complete, ..Self::default() }
    }

    /// The column of a joint holding: nobody else has a part of it.
    pub(crate) fn of_joint_holders() -> Self {
        Self { complete: true, joint: true, ..Self::default() }
    }
}

/// Holders and companies, numbered from 0, and the shares between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    columns: Vec<Column>,
    /// Sorted by company, then holder.
    edges: Vec<Edge>,
    /// The positions of each holder's edges.
    held: Vec<u32>,
    held_from: Vec<usize>,
    /// Rounded to floats, for either side; made on first use.
    rounded: [OnceLock<Rounded>; 2],
}

impl Network {
    /// Builds a network of this many nodes from edges in any order, one for each holder and company.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(crate) fn new(mut columns: Vec<Column>, mut edges: Vec<Edge>) -> Self {
        edges.sort_unstable_by_key(|edge| (edge.company, edge.holder));
        let mut start = 0;
        for (company, column) in columns.iter_mut().enumerate() {
            let length = edges[start..].iter().take_while(|edge| edge.company as usize == company).count();
            column.edges = start..start + length;
            start += length;
        }
        let mut held_from = vec![0; columns.len() + 1];
        for edge in &edges {
            held_from[edge.holder as usize + 1] += 1;
        }
        for n in 1..held_from.len() {
            held_from[n] += held_from[n - 1];
        }
        let mut next = held_from.clone();
        let mut held = vec![0; edges.len()];
        for (n, edge) in (0_u32..).zip(&edges) {
            held[next[edge.holder as usize]] = n;
            next[edge.holder as usize] += 1;
        }
        let mut network = Self { columns, edges, held, held_from, rounded: Default::default() };
        network.tighten();
        network.add_up();
        network
    }

    /// The same companies with other edges.
    pub(crate) fn with_edges(&self, edges: Vec<Edge>) -> Self {
        let columns = self.columns.iter().map(|column| {
            let Column { complete, joint, outside, .. } = *column;
            Column { complete, joint, outside, ..Column::default() }
        });
        Self::new(columns.collect(), edges)
    }

    /// Precomputes the sums of each company's holders, which are needed often.
    fn add_up(&mut self) {
        for column in &mut self.columns {
            let edges = self.edges.get(column.edges.clone()).unwrap_or_default();
            let sum = |of: fn(&Edge) -> Proportion| {
                edges.iter().map(of).try_fold(Proportion::ZERO, |sum, share| sum.checked_add(share))
            };
            column.low = sum(|edge| edge.low);
            column.high = sum(|edge| edge.high);
            column.open_lows = edges.iter().filter(|edge| edge.low_is_open).count();
            column.open_highs = edges.iter().filter(|edge| edge.high_is_open).count();
        }
    }

    /// The sum of the lows of a company's holders.
    pub(crate) fn low(&self, company: u32) -> Number {
        self.column(company).low.map_or_else(|| sum_of_lows(self.holders(company)), Number::from)
    }

    /// The sum of the highs of a company's holders.
    pub(crate) fn high(&self, company: u32) -> Number {
        let added = || {
            let highs = self.holders(company).iter().map(|edge| Number::from(edge.high));
            highs.fold(Number::zero(), |sum, high| sum.plus(&high))
        };
        self.column(company).high.map_or_else(added, Number::from)
    }

    /// Narrows ranges: nobody has more than the others leave, nor less where there are no others.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    fn tighten(&mut self) {
        for column in &mut self.columns {
            let edges = &mut self.edges[column.edges.clone()];
            let outside = column.outside.unwrap_or(Outside::NOBODY);
            let total = |of: fn(&Edge) -> Proportion, outside| {
                edges.iter().try_fold(outside, |sum: Proportion, edge| sum.checked_add(of(edge)))
            };
            let (least, most) = (total(|edge| edge.low, outside.low), total(|edge| edge.high, outside.high));
            let open_lows = edges.iter().filter(|edge| edge.low_is_open).count();
            let open_lows = open_lows + usize::from(outside.low_is_open);
            let open_highs = edges.iter().filter(|edge| edge.high_is_open).count();
            let open_highs = open_highs + usize::from(outside.high_is_open);
            column.overfull = match least {
                Some(least) => least > Proportion::ONE || least == Proportion::ONE && open_lows > 0,
                None => sum_of_lows(edges) > Number::one(),
            };
            // What the others leave means nothing if some of the shares must be wrong.
            if column.overfull {
                continue;
            }
            let left = least.and_then(|least| Proportion::ONE.checked_sub(least));
            let missing = most.filter(|_| column.complete).and_then(|most| Proportion::ONE.checked_sub(most));
            for edge in edges {
                let most = left.and_then(|left| edge.low.checked_add(left));
                let least = missing.and_then(|missing| edge.high.checked_add(missing));
                let lows_of_others = open_lows > usize::from(edge.low_is_open);
                let highs_of_others = open_highs > usize::from(edge.high_is_open);
                if let Some(most) = most {
                    edge.lower_the_high(most, lows_of_others);
                }
                if let Some(least) = least {
                    edge.raise_the_low(least, highs_of_others);
                }
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(crate) fn column(&self, company: u32) -> &Column {
        &self.columns[company as usize]
    }

    /// The holders of a company.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(crate) fn holders(&self, company: u32) -> &[Edge] {
        &self.edges[self.columns[company as usize].edges.clone()]
    }

    /// The holders of a company, with the positions of the edges.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(crate) fn numbered_holders(&self, company: u32) -> impl Iterator<Item = (usize, &Edge)> {
        self.columns[company as usize].edges.clone().zip(self.holders(company))
    }

    /// The stakes as floats, rounded to a side.
    pub(crate) fn rounded(&self, side: Side) -> &Rounded {
        let [low, high] = &self.rounded;
        let cell = if side == Side::Low { low } else { high };
        cell.get_or_init(|| Rounded::of(self, side))
    }

    /// The holdings of a node.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(crate) fn holdings(&self, holder: u32) -> impl DoubleEndedIterator<Item = &Edge> {
        let range = self.held_from[holder as usize]..self.held_from[holder as usize + 1];
        self.held[range].iter().map(|n| &self.edges[*n as usize])
    }

    /// The range of a node's holdings.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(super) fn range_held(&self, node: u32) -> std::ops::Range<usize> {
        self.held_from[node as usize]..self.held_from[node as usize + 1]
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(super) fn edge_held(&self, n: usize) -> &Edge {
        &self.edges[self.held[n] as usize]
    }

    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edge from a holder to a company.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are made by the network itself, and it never shrinks"
    )]
    pub(crate) fn edge(&self, holder: u32, company: u32) -> Option<&Edge> {
        let holders = self.holders(company);
        holders.binary_search_by_key(&holder, |edge| edge.holder).ok().map(|n| &holders[n])
    }

    /// Whether anything is known about its holders.
    pub(crate) fn has_holders(&self, company: u32) -> bool {
        let column = self.column(company);
        !column.edges.is_empty() || column.complete || column.outside.is_some()
    }

    /// A node and all that may hold it, directly or not, in the order found.
    pub(crate) fn ancestors(&self, node: u32) -> Vec<u32> {
        self.ancestors_of([node])
    }

    /// Some nodes and all that may hold them.
    pub(crate) fn ancestors_of(&self, nodes: impl IntoIterator<Item = u32>) -> Vec<u32> {
        self.reach(nodes, |node| {
            self.holders(node).iter().filter(|edge| edge.may_be()).map(|edge| edge.holder).collect()
        })
    }

    /// A node and all that it may hold, directly or not, in the order found.
    pub(crate) fn descendants(&self, node: u32) -> Vec<u32> {
        self.reach([node], |node| {
            self.holdings(node).filter(|edge| edge.may_be()).map(|edge| edge.company).collect()
        })
    }

    /// Some nodes and all that can be reached from them, in the order found.
    pub(crate) fn reach(
        &self,
        starts: impl IntoIterator<Item = u32>,
        next: impl Fn(u32) -> Vec<u32>,
    ) -> Vec<u32> {
        let mut found: Vec<u32> = starts.into_iter().collect();
        let mut seen: std::collections::HashSet<u32> = found.iter().copied().collect();
        let mut at = 0;
        while let Some(node) = found.get(at).copied() {
            at += 1;
            found.extend(next(node).into_iter().filter(|node| seen.insert(*node)));
        }
        found
    }

    /// The part of the network among some nodes. What others hold of them is kept as a sum.
    pub(crate) fn part(&self, mut nodes: Vec<u32>) -> Part {
        nodes.sort_unstable();
        let place: std::collections::HashMap<u32, u32> = nodes.iter().copied().zip(0_u32..).collect();
        let mut columns = Vec::with_capacity(nodes.len());
        let mut edges = Vec::new();
        for (company, node) in (0_u32..).zip(&nodes) {
            let mut outside = self.column(*node).outside;
            for edge in self.holders(*node) {
                match place.get(&edge.holder) {
                    Some(holder) => edges.push(Edge { holder: *holder, company, ..*edge }),
                    None => {
                        outside = Some(outside.unwrap_or(Outside::NOBODY).and(edge));
                    }
                }
            }
            let Column { complete, joint, .. } = *self.column(*node);
            columns.push(Column { complete, joint, outside, ..Column::default() });
        }
        Part { network: Self::new(columns, edges), nodes }
    }
}

/// The sum of lows, however long.
pub(crate) fn sum_of_lows(edges: &[Edge]) -> Number {
    edges.iter().fold(Number::zero(), |sum, edge| sum.plus(&Number::from(edge.low)))
}

/// A part of a network.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) network: Network,
    /// The original number of each node, in order.
    pub(crate) nodes: Vec<u32>,
}

impl Part {
    /// The number in this part of an original node.
    pub(crate) fn local(&self, node: u32) -> Option<u32> {
        self.nodes.binary_search(&node).ok().and_then(|n| u32::try_from(n).ok())
    }
}

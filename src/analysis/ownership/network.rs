//! Who holds how much of which company, as numbers: the matrix of direct shares, sparse, with ranges.

#![expect(clippy::indexing_slicing, reason = "indices are made by the network itself, and it never shrinks")]

use crate::value::Decimal;

/// A share of one company held by one holder.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edge {
    pub(crate) holder: u32,
    pub(crate) company: u32,
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
    /// The share is above `low`, never at it.
    pub(crate) open: bool,
    /// The position of the stake in the table that the network was made of.
    pub(crate) stake: u32,
}

impl Edge {
    /// Whether the share is one number.
    pub(crate) fn is_certain(&self) -> bool {
        self.low == self.high
    }

    /// Whether there may be a share at all.
    pub(crate) fn may_be(&self) -> bool {
        self.high > Decimal::ZERO
    }
}

/// What is known of the holders of a company as a whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    edges: std::ops::Range<usize>,
    /// There are no other holders.
    pub(crate) complete: bool,
    /// The holders have more than all, at the least: one of the shares is wrong.
    pub(crate) overfull: bool,
    /// What holders outside this part of the network have.
    pub(crate) outside: Option<Outside>,
}

/// What holders outside a part of a network have of a company, added up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outside {
    pub(crate) low: Decimal,
    pub(crate) high: Decimal,
    /// Some of them are above their low, never at it.
    pub(crate) open: bool,
}

impl Column {
    /// Without holders yet.
    pub(crate) fn new(complete: bool) -> Self {
        Self { complete, ..Self::default() }
    }
}

/// Holders and companies, numbered from 0, and the shares between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    columns: Vec<Column>,
    /// By company, then holder.
    edges: Vec<Edge>,
    /// The edges of each holder, as positions.
    held: Vec<u32>,
    held_from: Vec<usize>,
}

impl Network {
    /// Of so many nodes; edges in any order, one for each holder and company.
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
        let mut network = Self { columns, edges, held, held_from };
        network.lower_the_highs();
        network
    }

    /// Nobody has more than what the others leave.
    fn lower_the_highs(&mut self) {
        for column in &mut self.columns {
            let outside = column.outside.map_or(Some(Decimal::ZERO), |outside| Some(outside.low));
            let lows = self.edges[column.edges.clone()].iter().map(|edge| edge.low);
            let total = lows.fold(outside, |sum, low| sum?.checked_add(low));
            let is_open = self.edges[column.edges.clone()].iter().any(|edge| edge.open)
                || column.outside.is_some_and(|outside| outside.open);
            column.overfull =
                total.is_none_or(|total| total > Decimal::ONE || total == Decimal::ONE && is_open);
            // What others leave says nothing where some of them must be wrong.
            let left = total.and_then(|total| Decimal::ONE.checked_sub(total));
            let Some(left) = left.filter(|_| !column.overfull) else { continue };
            for edge in &mut self.edges[column.edges.clone()] {
                if let Some(most) = edge.low.checked_add(left) {
                    edge.high = edge.high.min(most).max(edge.low);
                }
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    pub(crate) fn column(&self, company: u32) -> &Column {
        &self.columns[company as usize]
    }

    /// The holders of a company.
    pub(crate) fn holders(&self, company: u32) -> &[Edge] {
        &self.edges[self.columns[company as usize].edges.clone()]
    }

    /// What a holder has.
    pub(crate) fn holdings(&self, holder: u32) -> impl DoubleEndedIterator<Item = &Edge> {
        let range = self.held_from[holder as usize]..self.held_from[holder as usize + 1];
        self.held[range].iter().map(|n| &self.edges[*n as usize])
    }

    pub(crate) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edge from a holder to a company.
    pub(crate) fn edge(&self, holder: u32, company: u32) -> Option<&Edge> {
        let holders = self.holders(company);
        holders.binary_search_by_key(&holder, |edge| edge.holder).ok().map(|n| &holders[n])
    }

    /// Whether anything is known of who holds it.
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

    /// Some nodes and all that follows from them, in the order found.
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

    /// The part of the network among some nodes; what others hold of them is kept as a sum.
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
                        let nothing = Outside { low: Decimal::ZERO, high: Decimal::ZERO, open: false };
                        let sum = outside.unwrap_or(nothing);
                        let add = |sum: Decimal, more| sum.checked_add(more).unwrap_or(Decimal::ONE);
                        let (low, high) = (add(sum.low, edge.low), add(sum.high, edge.high));
                        outside = Some(Outside { low, high, open: sum.open || edge.open });
                    }
                }
            }
            columns.push(Column { complete: self.column(*node).complete, outside, ..Column::default() });
        }
        Part { network: Self::new(columns, edges), nodes }
    }

    /// Strongly connected components of what can be reached from some nodes, holders before what they hold.
    ///
    /// Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972) without recursion. Edges into
    /// `cut` are left out, and so are edges without a share. Time and memory in proportion to what is reached.
    pub(crate) fn components(
        &self,
        starts: impl IntoIterator<Item = u32>,
        cut: Option<u32>,
    ) -> Vec<Vec<u32>> {
        let mut search = Search {
            numbers: Numbers::new(self.len()),
            lowest: Vec::new(),
            done: Vec::new(),
            stack: Vec::new(),
            found: Vec::new(),
        };
        for start in starts {
            if search.numbers.get(start).is_none() {
                search.run(self, start, cut);
            }
        }
        search.found.reverse();
        search.found
    }
}

/// A part of a network.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) network: Network,
    /// What its nodes are in the whole, in order.
    pub(crate) nodes: Vec<u32>,
}

impl Part {
    /// The node of the part that is this one in the whole.
    pub(crate) fn local(&self, node: u32) -> Option<u32> {
        self.nodes.binary_search(&node).ok().and_then(|n| u32::try_from(n).ok())
    }
}

/// Numbers given to nodes as they are met: a table for small networks, a map within large ones would do as well.
struct Numbers(std::collections::HashMap<u32, u32>);

impl Numbers {
    fn new(_nodes: usize) -> Self {
        Self(std::collections::HashMap::new())
    }

    fn get(&self, node: u32) -> Option<u32> {
        self.0.get(&node).copied()
    }

    fn give(&mut self, node: u32) -> u32 {
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(node, number);
        number
    }
}

struct Search {
    numbers: Numbers,
    /// By number: the lowest number that it reaches and that is still open.
    lowest: Vec<u32>,
    done: Vec<bool>,
    /// Nodes of components that are not finished.
    stack: Vec<u32>,
    found: Vec<Vec<u32>>,
}

impl Search {
    fn run(&mut self, network: &Network, start: u32, cut: Option<u32>) {
        let range = |node: u32| network.held_from[node as usize]..network.held_from[node as usize + 1];
        let mut open: Vec<(u32, std::ops::Range<usize>)> = vec![(self.enter(start), range(start))];
        let mut path = vec![start];
        while let Some((number, left)) = open.last_mut() {
            let number = *number;
            let Some(next) = left.next() else {
                open.pop();
                let node = path.pop().unwrap_or(start);
                self.leave(number, node);
                if let Some((above, _)) = open.last() {
                    let low = self.lowest[number as usize];
                    let own = &mut self.lowest[*above as usize];
                    *own = (*own).min(low);
                }
                continue;
            };
            let edge = &network.edges[network.held[next] as usize];
            if !edge.may_be() || Some(edge.company) == cut {
                continue;
            }
            match self.numbers.get(edge.company) {
                None => {
                    open.push((self.enter(edge.company), range(edge.company)));
                    path.push(edge.company);
                }
                Some(other) if !self.done[other as usize] => {
                    let own = &mut self.lowest[number as usize];
                    *own = (*own).min(other);
                }
                Some(_) => {}
            }
        }
    }

    fn enter(&mut self, node: u32) -> u32 {
        let number = self.numbers.give(node);
        self.lowest.push(number);
        self.done.push(false);
        self.stack.push(node);
        number
    }

    fn leave(&mut self, number: u32, node: u32) {
        if self.lowest[number as usize] != number {
            // Its number stays below, so whoever is above takes it over.
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            if let Some(number) = self.numbers.get(member) {
                self.done[number as usize] = true;
            }
            component.push(member);
            if member == node {
                break;
            }
        }
        component.sort_unstable();
        self.found.push(component);
    }
}

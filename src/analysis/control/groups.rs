//! The control groups of all nodes of a network at once: who commands whom, by a stake, a statement, or combined
//! stakes.

use std::collections::HashMap;
use std::ops::Range;

use super::super::ownership::number::Side;
use super::bloc::{Field, Sum, Threshold};
use super::shared_set::{Part, Set, Store};
use crate::query::Budget;

/// Who commands whom on one side: certainly, or possibly. The group of a node is everything reachable downwards.
pub(crate) struct Groups {
    /// The class of each node: nodes that command one another have the same group. Classes are numbered from the bottom
    /// up.
    class: Vec<u32>,
    /// For each node, those that command it directly.
    above: Vec<Vec<u32>>,
    /// For each group stated to control a company together, the lowest nodes whose groups have all of it.
    had_by: Vec<Vec<u32>>,
    /// Whether some that command others may be missing, because finding them exceeds the limit.
    pub(crate) is_cut: bool,
}

impl Groups {
    /// Finds the groups within a budget of steps.
    ///
    /// Tarjan's algorithm for strongly connected components ("Depth-first search and linear graph algorithms", 1972)
    /// descends along everything that a single stake or statement commands. Smaller stakes are collected on the way
    /// back up; where several of them suffice together, the search continues below what they command. The stakes of
    /// those below form a shared set, so each node adds only what it has in addition.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(crate) fn of(field: Field<'_>, threshold: &Threshold, side: Side, budget: Budget) -> Self {
        let size = field.network.len();
        let small = SmallParts::of(field, threshold, side);
        let mut search = Search {
            field,
            threshold,
            side,
            store: Store::new(small.parts, budget),
            targets: small.targets,
            parts_of: small.of,
            index: vec![NONE; size],
            lowest: vec![NONE; size],
            parts: vec![Set::EMPTY; size],
            stack: Vec::new(),
            parts_of_class: Vec::new(),
            groups: Self {
                class: vec![NONE; size],
                above: vec![Vec::new(); size],
                had_by: small.had_by,
                is_cut: false,
            },
            way: Vec::new(),
            met: 0,
        };
        for start in 0..u32::try_from(size).unwrap_or(u32::MAX) {
            if search.index[start as usize] == NONE {
                search.run(start);
            }
        }
        let Search { mut groups, store, .. } = search;
        for above in &mut groups.above {
            above.sort_unstable();
            above.dedup();
        }
        groups.is_cut = store.is_cut();
        groups
    }

    /// Those that command a node directly.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(crate) fn above(&self, node: u32) -> &[u32] {
        &self.above[node as usize]
    }

    /// The class of a node.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(crate) fn class(&self, node: u32) -> u32 {
        self.class[node as usize]
    }

    /// The lowest nodes that have all of a stated group. Everybody above them has it too.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    pub(crate) fn had_by(&self, group: usize) -> &[u32] {
        &self.had_by[group]
    }

    /// Some nodes and all that command any of them, in the order found.
    pub(crate) fn all_above(&self, nodes: &[u32]) -> AllAbove<'_> {
        AllAbove { groups: self, seen: nodes.iter().copied().collect(), found: nodes.to_vec(), at: 0 }
    }

    /// For every class that commands or contains some of these nodes, the set of those that its group has.
    pub(super) fn gather(&self, nodes: &[u32], store: &mut Store) -> HashMap<u32, Set> {
        let mut sets: HashMap<u32, Set> = HashMap::new();
        let mut ignored = Vec::new();
        for (key, node) in (0_u32..).zip(nodes) {
            let own = sets.entry(self.class(*node)).or_default();
            *own = store.union(*own, Store::one(key), &mut ignored);
        }
        let mut above: Vec<u32> = self.all_above(nodes).collect();
        above.sort_unstable_by_key(|node| self.class(*node));
        for node in above {
            let class = self.class(node);
            let own = sets.get(&class).copied().unwrap_or_default();
            for other in
                self.above(node).iter().map(|other| self.class(*other)).filter(|other| *other != class)
            {
                let set = sets.entry(other).or_default();
                *set = store.union(*set, own, &mut ignored);
                ignored.clear();
            }
        }
        sets
    }
}

/// Some nodes and all that command them.
pub(crate) struct AllAbove<'a> {
    groups: &'a Groups,
    seen: std::collections::HashSet<u32>,
    found: Vec<u32>,
    at: usize,
}

impl Iterator for AllAbove<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let node = self.found.get(self.at).copied()?;
        self.at += 1;
        let Self { groups, seen, found, .. } = self;
        found.extend(groups.above(node).iter().copied().filter(|other| seen.insert(*other)));
        Some(node)
    }
}

const NONE: u32 = u32::MAX;

/// What several may command together.
#[derive(Clone, Copy)]
enum Target {
    Company(u32),
    /// A company that a group is stated to control together, by the group's position.
    Group(usize),
}

/// Stakes too small to command alone, in companies that several of them command together, and the members of stated
/// groups.
#[derive(Default)]
struct SmallParts {
    parts: Vec<Part>,
    /// Each target, with the range of its parts.
    targets: Vec<(Target, Range<u32>)>,
    /// The parts of each holder.
    of: Vec<Vec<u32>>,
    /// For each stated group, its member if there is only one.
    had_by: Vec<Vec<u32>>,
}

impl SmallParts {
    fn of(field: Field<'_>, threshold: &Threshold, side: Side) -> Self {
        let network = field.network;
        let mut small = Self { of: vec![Vec::new(); network.len()], ..Self::default() };
        for company in 0..u32::try_from(network.len()).unwrap_or(u32::MAX) {
            let cast = || {
                let held = network.holders(company).iter();
                held.filter(|edge| edge.holder != company && field.is_cast(edge))
            };
            let mut all = Sum::zero();
            cast().for_each(|edge| all.add(edge));
            if cast().nth(1).is_none() || !threshold.is_met(&all, network, company, side) {
                continue;
            }
            let too_small = |edge: &&_| !threshold.is_met(&Sum::one(edge), network, company, side);
            let parts = cast().filter(too_small).map(|edge| (edge.holder, Some(*edge)));
            small.add(Target::Company(company), parts.collect());
        }
        for (n, group) in field.links.into_iter().flat_map(|links| &links.groups).enumerate() {
            let members: Vec<(u32, _)> = group.members.iter().map(|member| (*member, None)).collect();
            small.had_by.push(if let [(only, _)] = *members { vec![only] } else { Vec::new() });
            small.add(Target::Group(n), members);
        }
        small
    }

    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn add(&mut self, target: Target, parts: Vec<(u32, Option<super::super::ownership::network::Edge>)>) {
        if parts.len() < 2 {
            return;
        }
        let number = u32::try_from(self.targets.len()).unwrap_or(NONE);
        let first = u32::try_from(self.parts.len()).unwrap_or(NONE);
        for (key, (holder, edge)) in (first..).zip(parts) {
            self.of[holder as usize].push(key);
            self.parts.push(Part { target: number, edge });
        }
        let end = u32::try_from(self.parts.len()).unwrap_or(NONE);
        self.targets.push((target, first..end));
    }
}

/// A node on the current path, and the nodes it commands through what it and those below it have.
struct Step {
    node: u32,
    below: Vec<u32>,
    next: usize,
}

struct Search<'n> {
    field: Field<'n>,
    threshold: &'n Threshold,
    side: Side,
    store: Store,
    targets: Vec<(Target, Range<u32>)>,
    parts_of: Vec<Vec<u32>>,
    /// The visit order of nodes, and the earliest visited node that each reaches among those without a class.
    index: Vec<u32>,
    lowest: Vec<u32>,
    /// The small parts of each node and of those below it, so far.
    parts: Vec<Set>,
    parts_of_class: Vec<Set>,
    /// Nodes without a class yet.
    stack: Vec<u32>,
    way: Vec<Step>,
    met: u32,
    groups: Groups,
}

impl Search<'_> {
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn run(&mut self, start: u32) {
        self.enter(start);
        while let Some(Step { node, below, next }) = self.way.last_mut() {
            let node = *node;
            let Some(other) = below.get(*next).copied() else {
                self.way.pop();
                self.leave(node);
                continue;
            };
            *next += 1;
            match (self.index[other as usize], self.groups.class[other as usize]) {
                (NONE, _) => self.enter(other),
                (index, NONE) => self.lowest[node as usize] = self.lowest[node as usize].min(index),
                (_, class) => self.take_in(self.parts_of_class[class as usize]),
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn enter(&mut self, node: u32) {
        self.index[node as usize] = self.met;
        self.lowest[node as usize] = self.met;
        self.met += 1;
        self.stack.push(node);
        let below = commands(self.field, node, self.threshold, self.side);
        for other in &below {
            self.groups.above[*other as usize].push(node);
        }
        self.way.push(Step { node, below, next: 0 });
        for key in std::mem::take(&mut self.parts_of[node as usize]) {
            self.take_in(Store::one(key));
        }
    }

    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn leave(&mut self, node: u32) {
        let lowest = self.lowest[node as usize];
        let parts = self.parts[node as usize];
        if lowest == self.index[node as usize] {
            let class = u32::try_from(self.parts_of_class.len()).unwrap_or(NONE);
            self.parts_of_class.push(parts);
            while let Some(member) = self.stack.pop() {
                self.groups.class[member as usize] = class;
                if member == node {
                    break;
                }
            }
        }
        if let Some(above) = self.way.last().map(|step| step.node as usize) {
            if self.groups.class[node as usize] == NONE {
                self.lowest[above] = self.lowest[above].min(lowest);
            }
            self.take_in(parts);
        }
    }

    /// Adds small parts to the last node on the path, and what they command to the nodes below it.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn take_in(&mut self, parts: Set) {
        let Some(Step { node, .. }) = self.way.last() else { return };
        let node = *node;
        let mut grown = Vec::new();
        let own = &mut self.parts[node as usize];
        *own = self.store.union(*own, parts, &mut grown);
        grown.sort_unstable();
        grown.dedup();
        for target in grown {
            if self.store.take(1)
                && let Some(company) = self.commanded(node, target)
                && let Some(step) = self.way.last_mut()
                && company != node
            {
                step.below.push(company);
                self.groups.above[company as usize].push(node);
            }
        }
    }

    /// The company that a node commands by its parts of a target.
    #[expect(clippy::indexing_slicing, reason = "nodes of one network, numbered by itself")]
    fn commanded(&mut self, node: u32, target: u32) -> Option<u32> {
        let own = self.parts[node as usize];
        let (target, range) = &self.targets[target as usize];
        match target {
            Target::Company(company) => {
                let sum = self.store.sum(own, range);
                let is_met = self.threshold.is_met(&sum, self.field.network, *company, self.side);
                is_met.then_some(*company)
            }
            Target::Group(n) => {
                let group = self.field.links.and_then(|links| links.groups.get(*n))?;
                if self.store.count(own, range) < group.members.len() {
                    return None;
                }
                self.groups.had_by[*n].push(node);
                (group.is_certain || self.side == Side::High).then_some(group.company)
            }
        }
    }
}

/// The nodes that a node commands by a single stake or a statement.
fn commands(field: Field<'_>, node: u32, threshold: &Threshold, side: Side) -> Vec<u32> {
    let held = field
        .network
        .holdings(node)
        .filter(|edge| edge.may_be() && threshold.is_met(&Sum::one(edge), field.network, edge.company, side));
    let mut below: Vec<u32> = held.map(|edge| edge.company).collect();
    if let Some(links) = field.links {
        below.extend(links.alone(node, side));
        below.extend(links.groups_alone(node, side));
    }
    below.retain(|company| *company != node);
    below.sort_unstable();
    below.dedup();
    below
}

//! Network simplex: positions on an axis that keep minimum distances and minimize the weighted sum of distances.
//!
//! After Gansner, Koutsofios, North and Vo 1993, "A Technique for Drawing Directed Graphs", section 2. Used twice:
//! for ranks along the flow, and for coordinates across it.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Requires `head` to be at least `length` after `tail`; the weight is the cost of each further unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Constraint {
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) weight: i64,
    pub(super) length: i64,
}

const NONE: usize = usize::MAX;

/// How many edges with negative cut values are compared before the worst of them leaves the tree.
const SEARCH: usize = 30;

/// Positions for all nodes, the lowest at 0, that keep all lengths and minimize the sum of weight times distance.
///
/// Stops after `pivots` pivots; all lengths are kept even then. Constraints that form a cycle cannot all be kept, so
/// the one that closes it is ignored. Components without a constraint between them start at 0 each.
#[expect(clippy::indexing_slicing, reason = "a numeric kernel: all indices are node and constraint numbers")]
pub(super) fn solve(count: usize, constraints: &[Constraint], pivots: usize) -> Vec<i64> {
    let order = topological(count, constraints);
    let keeps = |constraint: &&Constraint| {
        constraint.tail < count
            && constraint.head < count
            && order.place[constraint.tail] < order.place[constraint.head]
    };
    let constraints: Vec<Constraint> = constraints.iter().filter(keeps).copied().collect();
    let mut simplex = Simplex::new(count, constraints);
    simplex.spread_out(&order.nodes);
    simplex.grow_tight_trees();
    simplex.number_all();
    simplex.find_cuts();
    let mut cursor = 0;
    for _ in 0..pivots {
        let Some(slot) = simplex.leaving(&mut cursor) else { break };
        let Some(entering) = simplex.entering(simplex.tree[slot]) else { break };
        simplex.exchange(slot, entering);
    }
    simplex.into_places()
}

struct Order {
    nodes: Vec<usize>,
    place: Vec<usize>,
}

/// Tails before heads (Kahn); where a cycle blocks progress, the lowest number goes first.
#[expect(clippy::indexing_slicing, reason = "a numeric kernel: all indices are node and constraint numbers")]
fn topological(count: usize, constraints: &[Constraint]) -> Order {
    let constraints = || {
        constraints.iter().filter(|constraint| {
            constraint.tail < count && constraint.head < count && constraint.tail != constraint.head
        })
    };
    let mut out = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for constraint in constraints() {
        out[constraint.tail].push(constraint.head);
        waiting[constraint.head] += 1;
    }
    let mut place = vec![NONE; count];
    let mut nodes: Vec<usize> = (0..count).filter(|&node| waiting[node] == 0).collect();
    let mut queued: Vec<bool> = waiting.iter().map(|&left| left == 0).collect();
    let (mut next, mut lowest) = (0, 0);
    while next < nodes.len() || lowest < count {
        if next == nodes.len() {
            if !queued[lowest] {
                queued[lowest] = true;
                nodes.push(lowest);
            }
            lowest += 1;
            continue;
        }
        let node = nodes[next];
        place[node] = next;
        next += 1;
        for &head in &out[node] {
            waiting[head] = waiting[head].saturating_sub(1);
            if waiting[head] == 0 && !queued[head] {
                queued[head] = true;
                nodes.push(head);
            }
        }
    }
    Order { nodes, place }
}

struct Simplex {
    constraints: Vec<Constraint>,
    at: Vec<i64>,
    /// The constraints of each node.
    around: Vec<Vec<usize>>,
    /// The constraints in the spanning forest, as a list and by node.
    tree: Vec<usize>,
    in_tree: Vec<bool>,
    tree_around: Vec<Vec<usize>>,
    /// The tree constraint to the parent.
    parent: Vec<usize>,
    /// Each node's number in post-order, the lowest number in its subtree, and the node of each number: the subtree
    /// of a node has the numbers `low..=number`.
    number: Vec<usize>,
    low: Vec<usize>,
    by_number: Vec<usize>,
    /// The cut value of each tree constraint: the gain for each point by which its two sides move apart.
    cut: Vec<i64>,
}

impl Simplex {
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn new(count: usize, constraints: Vec<Constraint>) -> Self {
        let mut around = vec![Vec::new(); count];
        for (index, constraint) in constraints.iter().enumerate() {
            around[constraint.tail].push(index);
            around[constraint.head].push(index);
        }
        Self {
            at: vec![0; count],
            around,
            tree: Vec::new(),
            in_tree: vec![false; constraints.len()],
            tree_around: vec![Vec::new(); count],
            parent: vec![NONE; count],
            number: vec![0; count],
            low: vec![0; count],
            by_number: vec![0; count],
            cut: vec![0; constraints.len()],
            constraints,
        }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn slack(&self, index: usize) -> i64 {
        let constraint = self.constraints[index];
        self.at[constraint.head] - self.at[constraint.tail] - constraint.length
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn other_end(&self, index: usize, node: usize) -> usize {
        let constraint = self.constraints[index];
        if constraint.tail == node { constraint.head } else { constraint.tail }
    }

    /// The first solution: everything as early as possible, then sources pulled towards their successors.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn spread_out(&mut self, order: &[usize]) {
        for &node in order {
            for &index in &self.around[node] {
                let constraint = self.constraints[index];
                if constraint.tail == node {
                    self.at[constraint.head] =
                        self.at[constraint.head].max(self.at[node] + constraint.length);
                }
            }
        }
        for &node in order.iter().rev() {
            let mut latest = None;
            let mut is_source = true;
            for &index in &self.around[node] {
                let constraint = self.constraints[index];
                if constraint.head == node {
                    is_source = false;
                    break;
                }
                let bound = self.at[constraint.head] - constraint.length;
                latest = Some(latest.map_or(bound, |latest: i64| latest.min(bound)));
            }
            if let (true, Some(latest)) = (is_source, latest) {
                self.at[node] = latest;
            }
        }
    }

    /// Joins nodes by constraints without slack; the smallest tree is moved until it touches another, repeatedly.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn grow_tight_trees(&mut self) {
        let count = self.at.len();
        let mut tree_of: Vec<usize> = (0..count).collect();
        let mut members: Vec<Vec<usize>> = (0..count).map(|node| vec![node]).collect();
        for index in 0..self.constraints.len() {
            if self.slack(index) == 0 {
                self.join(index, &mut tree_of, &mut members);
            }
        }
        let sizes = members.iter().enumerate().filter(|(_, members)| !members.is_empty());
        let mut smallest: BinaryHeap<_> =
            sizes.map(|(tree, members)| Reverse((members.len(), tree))).collect();
        while let Some(Reverse((size, tree))) = smallest.pop() {
            if members[tree].len() != size {
                continue;
            }
            let leaving =
                members[tree].iter().flat_map(|&node| &self.around[node]).copied().filter(|&index| {
                    let constraint = self.constraints[index];
                    tree_of[constraint.tail] != tree_of[constraint.head]
                });
            let Some(nearest) = leaving.min_by_key(|&index| (self.slack(index), index)) else { continue };
            let slack = self.slack(nearest);
            let shift = if tree_of[self.constraints[nearest].tail] == tree { slack } else { -slack };
            for &node in &members[tree] {
                self.at[node] += shift;
            }
            let joined = self.join(nearest, &mut tree_of, &mut members);
            smallest.push(Reverse((members[joined].len(), joined)));
        }
    }

    /// Adds the constraint to the forest if it joins two trees; returns the merged tree.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn join(&mut self, index: usize, tree_of: &mut [usize], members: &mut [Vec<usize>]) -> usize {
        let Constraint { tail, head, .. } = self.constraints[index];
        let (a, b) = (tree_of[tail], tree_of[head]);
        if a == b {
            return a;
        }
        let (kept, gone) = if members[a].len() >= members[b].len() { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut members[gone]);
        for &node in &moved {
            tree_of[node] = kept;
        }
        members[kept].extend(moved);
        self.in_tree[index] = true;
        self.tree.push(index);
        self.tree_around[tail].push(index);
        self.tree_around[head].push(index);
        kept
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn number_all(&mut self) {
        let mut next = 0;
        let mut is_numbered = vec![false; self.at.len()];
        for root in 0..self.at.len() {
            if !is_numbered[root] {
                let first = next;
                next = self.number_below(root, NONE, next);
                for number in first..next {
                    is_numbered[self.by_number[number]] = true;
                }
            }
        }
    }

    /// Numbers the subtree of a node; returns the next number.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn number_below(&mut self, root: usize, parent: usize, first: usize) -> usize {
        let mut next = first;
        self.parent[root] = parent;
        self.low[root] = next;
        let mut stack = vec![(root, 0)];
        while let Some((node, child)) = stack.pop() {
            match self.tree_around[node].get(child) {
                Some(&index) => {
                    stack.push((node, child + 1));
                    if index != self.parent[node] {
                        let below = self.other_end(index, node);
                        self.parent[below] = index;
                        self.low[below] = next;
                        stack.push((below, 0));
                    }
                }
                None => {
                    self.number[node] = next;
                    self.by_number[next] = node;
                    next += 1;
                }
            }
        }
        next
    }

    /// In post-order children come before parents, so one pass sums up each subtree.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn find_cuts(&mut self) {
        let mut pull = vec![0; self.at.len()];
        for constraint in &self.constraints {
            pull[constraint.tail] += constraint.weight;
            pull[constraint.head] -= constraint.weight;
        }
        for number in 0..self.by_number.len() {
            let node = self.by_number[number];
            let index = self.parent[node];
            if index != NONE {
                self.cut[index] = if self.constraints[index].tail == node { pull[node] } else { -pull[node] };
                pull[self.other_end(index, node)] += pull[node];
            }
        }
    }

    /// The tree slot with the worst among the next negative cut values, continuing where the last search ended.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn leaving(&self, cursor: &mut usize) -> Option<usize> {
        let mut worst: Option<(i64, usize)> = None;
        let mut found = 0;
        for step in 0..self.tree.len() {
            let slot = (*cursor + step) % self.tree.len();
            let cut = self.cut[self.tree[slot]];
            if cut < 0 {
                if worst.is_none_or(|(least, _)| cut < least) {
                    worst = Some((cut, slot));
                }
                found += 1;
                if found == SEARCH {
                    *cursor = slot;
                    break;
                }
            }
        }
        worst.map(|(_, slot)| slot)
    }

    /// The lower end of a tree constraint.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn child(&self, index: usize) -> usize {
        let Constraint { tail, head, .. } = self.constraints[index];
        if self.parent[tail] == index { tail } else { head }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn hangs_below(&self, node: usize, top: usize) -> bool {
        (self.low[top]..=self.number[top]).contains(&self.number[node])
    }

    /// The constraint with the least slack that joins the two sides in the opposite direction.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn entering(&self, leaving: usize) -> Option<usize> {
        let top = self.child(leaving);
        let top_is_head = self.constraints[leaving].head == top;
        let mut best: Option<(i64, usize)> = None;
        for number in self.low[top]..=self.number[top] {
            let node = self.by_number[number];
            for &index in &self.around[node] {
                let constraint = self.constraints[index];
                let leads_back = if top_is_head { constraint.tail == node } else { constraint.head == node };
                if !leads_back || self.in_tree[index] || self.hangs_below(self.other_end(index, node), top) {
                    continue;
                }
                let slack = self.slack(index);
                if best.is_none_or(|best| (slack, index) < best) {
                    best = Some((slack, index));
                }
            }
            if best.is_some_and(|(slack, _)| slack == 0) {
                break;
            }
        }
        best.map(|(_, index)| index)
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn exchange(&mut self, slot: usize, entering: usize) {
        let leaving = self.tree[slot];
        let top = self.child(leaving);
        let slack = self.slack(entering);
        let shift = if self.constraints[leaving].head == top { slack } else { -slack };
        if shift != 0 {
            for number in self.low[top]..=self.number[top] {
                self.at[self.by_number[number]] += shift;
            }
        }
        let cut = self.cut[leaving];
        let Constraint { tail, head, .. } = self.constraints[entering];
        let meeting = self.update_cuts(tail, head, cut, true);
        self.update_cuts(head, tail, cut, false);
        self.cut[entering] = -cut;
        self.cut[leaving] = 0;
        self.replace(slot, entering);
        self.number_below(meeting, self.parent[meeting], self.low[meeting]);
    }

    /// Walks up from a node to the common ancestor, and changes the cut values on the way by `cut`.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn update_cuts(&mut self, from: usize, until_above: usize, cut: i64, with_tails: bool) -> usize {
        let mut node = from;
        while !self.hangs_below(until_above, node) {
            let index = self.parent[node];
            if index == NONE {
                break;
            }
            let adds = (self.constraints[index].tail == node) == with_tails;
            self.cut[index] += if adds { cut } else { -cut };
            node = self.other_end(index, node);
        }
        node
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn replace(&mut self, slot: usize, entering: usize) {
        let leaving = self.tree[slot];
        self.tree[slot] = entering;
        self.in_tree[leaving] = false;
        self.in_tree[entering] = true;
        let Constraint { tail, head, .. } = self.constraints[leaving];
        for node in [tail, head] {
            self.tree_around[node].retain(|&index| index != leaving);
        }
        let Constraint { tail, head, .. } = self.constraints[entering];
        for node in [tail, head] {
            self.tree_around[node].push(entering);
        }
    }

    /// The positions, shifted so that the first node of each component is at 0.
    #[expect(
        clippy::indexing_slicing,
        reason = "a numeric kernel: all indices are node and constraint numbers"
    )]
    fn into_places(self) -> Vec<i64> {
        let mut at = self.at;
        let mut first = 0;
        for last in 0..self.by_number.len() {
            if self.parent[self.by_number[last]] == NONE {
                let part = first..=last;
                let least = part.clone().map(|number| at[self.by_number[number]]).min().unwrap_or(0);
                for number in part {
                    at[self.by_number[number]] -= least;
                }
                first = last + 1;
            }
        }
        at
    }
}

//! Network simplex: places on a line, with least distances kept and weighted distances made small.
//!
//! After Gansner, Koutsofios, North and Vo 1993, "A Technique for Drawing Directed Graphs", section 2. One
//! function serves twice: ranks along the flow, and coordinates across it.

#![expect(clippy::indexing_slicing, reason = "a numeric kernel: all indices are node and span numbers")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A wish: `head` stands at least `length` after `tail`, and no farther than needed, the more so the greater
/// the weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) weight: i64,
    pub(super) length: i64,
}

const NONE: usize = usize::MAX;

/// How many negative edges are looked at before the worst of them leaves the tree.
const SEARCH: usize = 30;

/// A place for each node, the lowest at 0, that keeps all lengths and has the least sum of weight times distance.
///
/// After so many pivots it stops where it is: all lengths are kept even then. Spans that close a circle cannot all be
/// kept; the one that closes it is passed by. Parts without a span between them start at 0 each.
pub(super) fn solve(count: usize, spans: &[Span], pivots: usize) -> Vec<i64> {
    let order = topological(count, spans);
    let keeps = |span: &&Span| {
        span.tail < count && span.head < count && order.place[span.tail] < order.place[span.head]
    };
    let spans: Vec<Span> = spans.iter().filter(keeps).copied().collect();
    let mut simplex = Simplex::new(count, spans);
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

/// Tails before heads (Kahn); where a circle blocks the way, the lowest number goes first.
fn topological(count: usize, spans: &[Span]) -> Order {
    let spans =
        || spans.iter().filter(|span| span.tail < count && span.head < count && span.tail != span.head);
    let mut out = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for span in spans() {
        out[span.tail].push(span.head);
        waiting[span.head] += 1;
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
    spans: Vec<Span>,
    at: Vec<i64>,
    /// The spans of each node.
    around: Vec<Vec<usize>>,
    /// The spans in the spanning forest, and the same by node.
    tree: Vec<usize>,
    in_tree: Vec<bool>,
    tree_around: Vec<Vec<usize>>,
    /// The span that leads to the parent.
    parent: Vec<usize>,
    /// Each node's number in post-order, the lowest below it, and the node of each number: what hangs below a
    /// node has the numbers `low..=number`.
    number: Vec<usize>,
    low: Vec<usize>,
    by_number: Vec<usize>,
    /// What the sum gains for each point by which the two sides of a tree span move apart.
    cut: Vec<i64>,
}

impl Simplex {
    fn new(count: usize, spans: Vec<Span>) -> Self {
        let mut around = vec![Vec::new(); count];
        for (index, span) in spans.iter().enumerate() {
            around[span.tail].push(index);
            around[span.head].push(index);
        }
        Self {
            at: vec![0; count],
            around,
            tree: Vec::new(),
            in_tree: vec![false; spans.len()],
            tree_around: vec![Vec::new(); count],
            parent: vec![NONE; count],
            number: vec![0; count],
            low: vec![0; count],
            by_number: vec![0; count],
            cut: vec![0; spans.len()],
            spans,
        }
    }

    fn slack(&self, index: usize) -> i64 {
        let span = self.spans[index];
        self.at[span.head] - self.at[span.tail] - span.length
    }

    fn other_end(&self, index: usize, node: usize) -> usize {
        let span = self.spans[index];
        if span.tail == node { span.head } else { span.tail }
    }

    /// The first solution: everything as early as it can be, then sources pulled towards what follows them.
    fn spread_out(&mut self, order: &[usize]) {
        for &node in order {
            for &index in &self.around[node] {
                let span = self.spans[index];
                if span.tail == node {
                    self.at[span.head] = self.at[span.head].max(self.at[node] + span.length);
                }
            }
        }
        for &node in order.iter().rev() {
            let mut latest = None;
            let mut is_source = true;
            for &index in &self.around[node] {
                let span = self.spans[index];
                if span.head == node {
                    is_source = false;
                    break;
                }
                let bound = self.at[span.head] - span.length;
                latest = Some(latest.map_or(bound, |latest: i64| latest.min(bound)));
            }
            if let (true, Some(latest)) = (is_source, latest) {
                self.at[node] = latest;
            }
        }
    }

    /// Joins nodes by spans without slack; the smallest tree is moved until it touches another, again and again.
    fn grow_tight_trees(&mut self) {
        let count = self.at.len();
        let mut tree_of: Vec<usize> = (0..count).collect();
        let mut members: Vec<Vec<usize>> = (0..count).map(|node| vec![node]).collect();
        for index in 0..self.spans.len() {
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
                    let span = self.spans[index];
                    tree_of[span.tail] != tree_of[span.head]
                });
            let Some(nearest) = leaving.min_by_key(|&index| (self.slack(index), index)) else { continue };
            let slack = self.slack(nearest);
            let shift = if tree_of[self.spans[nearest].tail] == tree { slack } else { -slack };
            for &node in &members[tree] {
                self.at[node] += shift;
            }
            let joined = self.join(nearest, &mut tree_of, &mut members);
            smallest.push(Reverse((members[joined].len(), joined)));
        }
    }

    /// Puts the span into the forest if it joins two trees; returns the tree that then holds it.
    fn join(&mut self, index: usize, tree_of: &mut [usize], members: &mut [Vec<usize>]) -> usize {
        let Span { tail, head, .. } = self.spans[index];
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

    /// Numbers what hangs below a node; returns the next number.
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

    /// Children come before parents in post-order, so one pass sums up what each subtree pulls.
    fn find_cuts(&mut self) {
        let mut pull = vec![0; self.at.len()];
        for span in &self.spans {
            pull[span.tail] += span.weight;
            pull[span.head] -= span.weight;
        }
        for number in 0..self.by_number.len() {
            let node = self.by_number[number];
            let index = self.parent[node];
            if index != NONE {
                self.cut[index] = if self.spans[index].tail == node { pull[node] } else { -pull[node] };
                pull[self.other_end(index, node)] += pull[node];
            }
        }
    }

    /// The tree slot with the worst of the next negative cuts, looking round from where the last search ended.
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

    /// The lower end of a tree span.
    fn child(&self, index: usize) -> usize {
        let Span { tail, head, .. } = self.spans[index];
        if self.parent[tail] == index { tail } else { head }
    }

    fn hangs_below(&self, node: usize, top: usize) -> bool {
        (self.low[top]..=self.number[top]).contains(&self.number[node])
    }

    /// The span with least slack that joins the two sides the other way round.
    fn entering(&self, leaving: usize) -> Option<usize> {
        let top = self.child(leaving);
        let top_is_head = self.spans[leaving].head == top;
        let mut best: Option<(i64, usize)> = None;
        for number in self.low[top]..=self.number[top] {
            let node = self.by_number[number];
            for &index in &self.around[node] {
                let span = self.spans[index];
                let leads_back = if top_is_head { span.tail == node } else { span.head == node };
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

    fn exchange(&mut self, slot: usize, entering: usize) {
        let leaving = self.tree[slot];
        let top = self.child(leaving);
        let slack = self.slack(entering);
        let shift = if self.spans[leaving].head == top { slack } else { -slack };
        if shift != 0 {
            for number in self.low[top]..=self.number[top] {
                self.at[self.by_number[number]] += shift;
            }
        }
        let cut = self.cut[leaving];
        let Span { tail, head, .. } = self.spans[entering];
        let meeting = self.update_cuts(tail, head, cut, true);
        self.update_cuts(head, tail, cut, false);
        self.cut[entering] = -cut;
        self.cut[leaving] = 0;
        self.replace(slot, entering);
        self.number_below(meeting, self.parent[meeting], self.low[meeting]);
    }

    /// Walks up from a node until above the other; the cuts on the way change by `cut`.
    fn update_cuts(&mut self, from: usize, until_above: usize, cut: i64, with_tails: bool) -> usize {
        let mut node = from;
        while !self.hangs_below(until_above, node) {
            let index = self.parent[node];
            if index == NONE {
                break;
            }
            let adds = (self.spans[index].tail == node) == with_tails;
            self.cut[index] += if adds { cut } else { -cut };
            node = self.other_end(index, node);
        }
        node
    }

    fn replace(&mut self, slot: usize, entering: usize) {
        let leaving = self.tree[slot];
        self.tree[slot] = entering;
        self.in_tree[leaving] = false;
        self.in_tree[entering] = true;
        let Span { tail, head, .. } = self.spans[leaving];
        for node in [tail, head] {
            self.tree_around[node].retain(|&index| index != leaving);
        }
        let Span { tail, head, .. } = self.spans[entering];
        for node in [tail, head] {
            self.tree_around[node].push(entering);
        }
    }

    /// The places, each part moved so that its first node stands at 0.
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

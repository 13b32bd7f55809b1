//! Decides which blocks stand side by side on one rank, because a link asks for it.

use super::component::{Component, Sets};

/// The most searches for an indirect path; a link that would need another search is not made level.
const SEARCHES: usize = 500;

/// The level links granted: rows of blocks, each next to the one before.
pub(super) struct Levels {
    /// The lowest node in the row of each node; the node itself, if it is alone.
    pub(super) row_of: Vec<usize>,
    /// The rows with at least two blocks, in order.
    pub(super) rows: Vec<Vec<usize>>,
    /// Which edges are level, between neighbors in a row.
    pub(super) is_level: Vec<bool>,
}

/// Makes links level one by one, in the order of the edges.
///
/// Rows are paths. A link is refused if it would turn a row into a cycle or a star, if it would put the ends of
/// another link into one row without making them neighbors, if a directed path leads from one end to the other
/// through other blocks, or if a block has a loop, which takes up its side.
#[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
pub(super) fn levels(component: &Component) -> Levels {
    let count = component.nodes.len();
    let mut builder =
        LevelBuilder { component, sets: Sets::new(count), next_to: vec![Vec::new(); count], searches: 0 };
    let mut has_loop = vec![false; count];
    for edge in component.edges.iter().filter(|edge| edge.is_loop()) {
        has_loop[edge.from] = true;
    }
    for edge in &component.edges {
        let (a, b) = edge.ends();
        if edge.is_level && !edge.is_loop() && !has_loop[a] && !has_loop[b] {
            builder.grant(a, b);
        }
    }
    builder.finish()
}

struct LevelBuilder<'c> {
    component: &'c Component,
    sets: Sets,
    next_to: Vec<Vec<usize>>,
    searches: usize,
}

impl LevelBuilder<'_> {
    #[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
    fn grant(&mut self, a: usize, b: usize) {
        let is_free = |next: &[usize]| next.len() < 2;
        if !is_free(&self.next_to[a]) || !is_free(&self.next_to[b]) || self.sets.find(a) == self.sets.find(b)
        {
            return;
        }
        if self.parts_others(a, b) || self.leads_around(a, b) || self.leads_around(b, a) {
            return;
        }
        self.next_to[a].push(b);
        self.next_to[b].push(a);
        self.sets.join(a, b);
    }

    /// Whether another link joins the two rows between blocks that would not be neighbors.
    fn parts_others(&mut self, a: usize, b: usize) -> bool {
        let rows = (self.sets.find(a), self.sets.find(b));
        self.component.edges.iter().any(|edge| {
            let (c, d) = edge.ends();
            let joined = (self.sets.find(c), self.sets.find(d));
            (joined == rows || joined == (rows.1, rows.0)) && (c, d) != (a.min(b), a.max(b))
        })
    }

    /// Whether links lead from one row to the other through a third.
    #[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
    fn leads_around(&mut self, from: usize, to: usize) -> bool {
        self.searches += 1;
        if self.searches > SEARCHES {
            return true;
        }
        let (start, goal) = (self.sets.find(from), self.sets.find(to));
        let mut onward = vec![Vec::new(); self.next_to.len()];
        for edge in &self.component.edges {
            let (tail, head) = (self.sets.find(edge.from), self.sets.find(edge.to));
            if tail != head && (tail, head) != (start, goal) {
                onward[tail].push(head);
            }
        }
        let mut is_seen = vec![false; onward.len()];
        let mut stack = vec![start];
        while let Some(row) = stack.pop() {
            if row == goal {
                return true;
            }
            for &next in &onward[row] {
                if !is_seen[next] {
                    is_seen[next] = true;
                    stack.push(next);
                }
            }
        }
        false
    }

    #[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
    fn finish(mut self) -> Levels {
        let count = self.next_to.len();
        let row_of = (0..count).map(|node| self.sets.find(node)).collect();
        let is_level =
            self.component.edges.iter().map(|edge| self.next_to[edge.from].contains(&edge.to)).collect();
        let mut is_placed = vec![false; count];
        let mut rows = Vec::new();
        for end in 0..count {
            if self.next_to[end].len() == 1 && !is_placed[end] {
                let mut row = vec![end];
                let mut last = end;
                is_placed[end] = true;
                while let Some(&next) = self.next_to[last].iter().find(|&&next| !is_placed[next]) {
                    is_placed[next] = true;
                    row.push(next);
                    last = next;
                }
                rows.push(row);
            }
        }
        Levels { row_of, rows, is_level }
    }
}

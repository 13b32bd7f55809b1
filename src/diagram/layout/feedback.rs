//! Cycle removal: which edges are reversed.

/// An edge between two numbered nodes, with its weight.
#[derive(Clone, Copy)]
pub(super) struct Arc {
    pub(super) tail: usize,
    pub(super) head: usize,
    pub(super) weight: i64,
}

/// Whether each arc is reversed; the result has no cycle.
///
/// The greedy order of Eades, Lin and Smyth 1993, "A fast and effective heuristic for the feedback arc set problem":
/// sinks go to the end, sources to the front, and otherwise the node with the greatest surplus goes to the front.
/// Arcs against that order are reversed. Ties go to the lowest number. Quadratic in the worst case.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes and arcs")]
pub(super) fn turned(count: usize, arcs: &[Arc]) -> Vec<bool> {
    let mut peeling = Peeling::new(count, arcs);
    let (mut front, mut back) = (Vec::new(), Vec::new());
    while front.len() + back.len() < count {
        while let Some(sink) = peeling.take(Side::Sink) {
            back.push(sink);
        }
        while let Some(source) = peeling.take(Side::Source) {
            front.push(source);
        }
        if let Some(best) = peeling.take_best() {
            front.push(best);
        }
    }
    let mut place = vec![0; count];
    for (at, &node) in front.iter().chain(back.iter().rev()).enumerate() {
        place[node] = at;
    }
    arcs.iter().map(|arc| place[arc.tail] > place[arc.head]).collect()
}

#[derive(Clone, Copy)]
enum Side {
    Source,
    Sink,
}

struct Peeling<'a> {
    arcs: &'a [Arc],
    around: Vec<Vec<usize>>,
    is_gone: Vec<bool>,
    ins: Vec<usize>,
    outs: Vec<usize>,
    surplus: Vec<i64>,
    sources: Vec<usize>,
    sinks: Vec<usize>,
}

impl<'a> Peeling<'a> {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes and arcs")]
    fn new(count: usize, arcs: &'a [Arc]) -> Self {
        let (mut ins, mut outs, mut surplus) = (vec![0; count], vec![0; count], vec![0; count]);
        let mut around = vec![Vec::new(); count];
        for (index, arc) in arcs.iter().enumerate().filter(|(_, arc)| arc.tail != arc.head) {
            outs[arc.tail] += 1;
            ins[arc.head] += 1;
            surplus[arc.tail] += arc.weight;
            surplus[arc.head] -= arc.weight;
            around[arc.tail].push(index);
            around[arc.head].push(index);
        }
        let none = |counts: &[usize]| (0..count).rev().filter(|&node| counts[node] == 0).collect();
        let (sources, sinks) = (none(&ins), none(&outs));
        Self { arcs, around, is_gone: vec![false; count], ins, outs, surplus, sources, sinks }
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes and arcs")]
    fn take(&mut self, side: Side) -> Option<usize> {
        loop {
            let node = match side {
                Side::Source => self.sources.pop()?,
                Side::Sink => self.sinks.pop()?,
            };
            if !self.is_gone[node] {
                self.remove(node);
                return Some(node);
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes and arcs")]
    fn take_best(&mut self) -> Option<usize> {
        let left = (0..self.is_gone.len()).filter(|&node| !self.is_gone[node]);
        let best = left.min_by_key(|&node| (-self.surplus[node], node))?;
        self.remove(best);
        Some(best)
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes and arcs")]
    fn remove(&mut self, node: usize) {
        self.is_gone[node] = true;
        for &index in &self.around[node] {
            let Arc { tail, head, weight } = self.arcs[index];
            if tail == node && !self.is_gone[head] {
                self.ins[head] -= 1;
                self.surplus[head] += weight;
                if self.ins[head] == 0 {
                    self.sources.push(head);
                }
            } else if head == node && !self.is_gone[tail] {
                self.outs[tail] -= 1;
                self.surplus[tail] -= weight;
                if self.outs[tail] == 0 {
                    self.sinks.push(tail);
                }
            }
        }
    }
}

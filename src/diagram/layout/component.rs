//! Connected components of a sketch, in an order that does not depend on the order of the input.

use super::{Flow, Size, Sketch};

/// Larger sizes are clamped to this, so that sums stay exact.
const LARGEST: f64 = 1e7;

/// A connected component, transposed if needed so that it flows down: `width` is across the flow, `height` along it.
pub(super) struct Component {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
    /// Whether labels stand on the low side of their lines: above them if the picture flows to the right.
    pub(super) labels_before: bool,
}

pub(super) struct Node {
    pub(super) size: Size,
    pub(super) is_card: bool,
    /// Its index in the sketch.
    pub(super) source: usize,
}

pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Option<Size>,
    pub(super) is_level: bool,
    pub(super) weight: i64,
    /// Its index in the sketch.
    pub(super) source: usize,
}

impl Edge {
    pub(super) const fn is_loop(&self) -> bool {
        self.from == self.to
    }

    /// Both ends, the lower index first.
    pub(super) fn ends(&self) -> (usize, usize) {
        (self.from.min(self.to), self.from.max(self.to))
    }
}

/// The components of the sketch, sorted by the first key of their blocks. Links to missing blocks are left out.
#[expect(clippy::indexing_slicing, reason = "indices are made here, from the lengths of the same lists")]
pub(super) fn components(sketch: &Sketch, flow: Flow) -> Vec<Component> {
    let order = blocks_by_key(sketch);
    let mut place = vec![0; order.len()];
    for (at, &block) in order.iter().enumerate() {
        place[block] = at;
    }
    let links = links_by_key(sketch, &place);
    let mut sets = Sets::new(order.len());
    for &link in &links {
        sets.join(place[sketch.links[link].from], place[sketch.links[link].to]);
    }
    let mut parts: Vec<Component> = Vec::new();
    let mut part_of_set = vec![usize::MAX; order.len()];
    let mut home = vec![(0, 0); order.len()];
    for (at, &block) in order.iter().enumerate() {
        let set = sets.find(at);
        if part_of_set[set] == usize::MAX {
            part_of_set[set] = parts.len();
            let labels_before = flow == Flow::Right;
            parts.push(Component { nodes: Vec::new(), edges: Vec::new(), labels_before });
        }
        let part = part_of_set[set];
        home[at] = (part, parts[part].nodes.len());
        let size = turned(sketch.blocks[block].size, flow);
        parts[part].nodes.push(Node { size, is_card: sketch.blocks[block].is_card, source: block });
    }
    for source in links {
        let link = &sketch.links[source];
        let ((part, from), (_, to)) = (home[place[link.from]], home[place[link.to]]);
        let label = link.label.map(|size| turned(size, flow));
        let weight = i64::from(link.weight.clamp(1, 100));
        parts[part].edges.push(Edge { from, to, label, is_level: link.is_level, weight, source });
    }
    parts
}

#[expect(clippy::indexing_slicing, reason = "indices are made here, from the lengths of the same lists")]
fn blocks_by_key(sketch: &Sketch) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sketch.blocks.len()).collect();
    let block = |at: usize| &sketch.blocks[at];
    order.sort_by(|&a, &b| {
        let sizes = |at: usize| (block(at).size.width, block(at).size.height);
        block(a)
            .key
            .cmp(&block(b).key)
            .then(sizes(a).0.total_cmp(&sizes(b).0))
            .then(sizes(a).1.total_cmp(&sizes(b).1))
    });
    order
}

/// Links with both ends, sorted by their ends and then by key.
#[expect(clippy::indexing_slicing, reason = "indices are made here, from the lengths of the same lists")]
fn links_by_key(sketch: &Sketch, place: &[usize]) -> Vec<usize> {
    let count = sketch.blocks.len();
    let has_ends = |link: &usize| sketch.links[*link].from < count && sketch.links[*link].to < count;
    let mut links: Vec<usize> = (0..sketch.links.len()).filter(has_ends).collect();
    links.sort_by(|&a, &b| {
        let ends = |at: usize| {
            let (from, to) = (place[sketch.links[at].from], place[sketch.links[at].to]);
            (from.min(to), from.max(to))
        };
        let rest = |at: usize| {
            let link = &sketch.links[at];
            let label = link.label.map(|size| (size.width.to_bits(), size.height.to_bits()));
            (&link.key, place[link.from], label, link.is_level, link.weight)
        };
        ends(a).cmp(&ends(b)).then_with(|| rest(a).cmp(&rest(b)))
    });
    links
}

fn turned(size: Size, flow: Flow) -> Size {
    let sane = |length: f64| if length.is_finite() { length.clamp(0.0, LARGEST) } else { 0.0 };
    let (width, height) = (sane(size.width), sane(size.height));
    match flow {
        Flow::Down => Size { width, height },
        Flow::Right => Size { width: height, height: width },
    }
}

/// Disjoint sets of numbers; each set is represented by its smallest number.
pub(super) struct Sets(Vec<usize>);

impl Sets {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    #[expect(clippy::indexing_slicing, reason = "indices are made here, from the lengths of the same lists")]
    pub(super) fn find(&mut self, mut item: usize) -> usize {
        while self.0[item] != item {
            self.0[item] = self.0[self.0[item]];
            item = self.0[item];
        }
        item
    }

    #[expect(clippy::indexing_slicing, reason = "indices are made here, from the lengths of the same lists")]
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}

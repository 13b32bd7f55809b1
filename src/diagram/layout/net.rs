//! The net: blocks on their ranks, and for each line a chain of spots across the ranks between.

use super::component::{Component, Edge};
use super::rank::Ranks;

/// The most spots in a component: lines too long for that get no chain and are drawn straight.
const MOST_SPOTS: usize = 12_000;

/// The space on both sides of a bend of a line.
const BEND: f64 = 1.0;

/// What occupies a spot on a rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Block,
    Bend,
    /// The label of a line, next to it.
    Label,
}

/// A vertex on a rank: blocks come first, numbered as their nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) kind: Kind,
    pub(super) rank: usize,
    /// Its extent across the flow on both sides of its coordinate, and its length along the flow.
    pub(super) before: f64,
    pub(super) after: f64,
    pub(super) height: f64,
}

impl Spot {
    pub(super) fn is_block(&self) -> bool {
        self.kind == Kind::Block
    }
}

/// How an edge gets from one end to the other.
#[derive(Clone, Debug)]
pub(super) enum Course {
    /// From rank to rank: spots from the upper end to the lower one.
    Chain(Vec<usize>),
    /// To the neighbor on the same rank, or back to the same block, in a bundle.
    Bundled,
    /// Straight, because it is too long for a chain.
    Straight,
}

/// The edges between two neighbors on a rank, or the loops of a block.
#[derive(Clone, Debug)]
pub(super) struct Bundle {
    pub(super) edges: Vec<usize>,
}

pub(super) struct Net {
    pub(super) spots: Vec<Spot>,
    pub(super) courses: Vec<Course>,
    pub(super) bundles: Vec<Bundle>,
    /// The neighbors of each spot on the ranks above and below.
    pub(super) above: Vec<Vec<usize>>,
    pub(super) below: Vec<Vec<usize>>,
    pub(super) rank_count: usize,
    /// Spots that stay side by side: rows of blocks, and every other spot by itself.
    pub(super) units: Vec<Vec<usize>>,
}

impl Net {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots, nodes and edges made here")]
    pub(super) fn new(component: &Component, ranks: &Ranks) -> Self {
        let spots = component.nodes.iter().zip(&ranks.rank).map(|(node, &rank)| Spot {
            kind: Kind::Block,
            rank,
            before: node.size.width / 2.0,
            after: node.size.width / 2.0,
            height: node.size.height,
        });
        let mut net = Self {
            spots: spots.collect(),
            courses: Vec::with_capacity(component.edges.len()),
            bundles: Vec::new(),
            above: Vec::new(),
            below: Vec::new(),
            rank_count: ranks.count,
            units: ranks.levels.rows.clone(),
        };
        net.lay_courses(component, ranks);
        net.make_room(component);
        net.join_neighbors();
        let mut is_in_row = vec![false; net.spots.len()];
        for &spot in net.units.iter().flatten() {
            is_in_row[spot] = true;
        }
        net.units.extend((0..net.spots.len()).filter(|&spot| !is_in_row[spot]).map(|spot| vec![spot]));
        net
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots, nodes and edges made here")]
    fn lay_courses(&mut self, component: &Component, ranks: &Ranks) {
        let longest = longest_chain(component, ranks);
        let mut last_bundle: Option<((usize, usize), usize)> = None;
        for (index, edge) in component.edges.iter().enumerate() {
            let course = if edge.is_loop() || ranks.levels.is_level[index] {
                // Edges are sorted by their ends, so those of a bundle are consecutive.
                let bundle = match last_bundle {
                    Some((ends, bundle)) if ends == edge.ends() => bundle,
                    _ => {
                        self.bundles.push(Bundle { edges: Vec::new() });
                        self.bundles.len() - 1
                    }
                };
                last_bundle = Some((edge.ends(), bundle));
                self.bundles[bundle].edges.push(index);
                Course::Bundled
            } else {
                let turned = ranks.is_turned[index];
                let (upper, lower) = if turned { (edge.to, edge.from) } else { (edge.from, edge.to) };
                let length = ranks.rank[lower].saturating_sub(ranks.rank[upper]);
                if length == 0 || length > longest {
                    Course::Straight
                } else {
                    Course::Chain(self.chain(edge, upper, lower, component.labels_before))
                }
            };
            self.courses.push(course);
        }
    }

    /// Adds spots from one end to the other; the middle one takes the label.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots, nodes and edges made here")]
    fn chain(&mut self, edge: &Edge, upper: usize, lower: usize, labels_before: bool) -> Vec<usize> {
        let (first, last) = (self.spots[upper].rank, self.spots[lower].rank);
        let label_rank = edge.label.map(|_| {
            // With labels, blocks are on even ranks, so that labels have ranks of their own.
            let middle = first.midpoint(last);
            if middle % 2 == first % 2 { middle + 1 } else { middle }.min(last - 1)
        });
        let mut chain = vec![upper];
        for rank in first + 1..last {
            let bend = Spot { kind: Kind::Bend, rank, before: BEND, after: BEND, height: 0.0 };
            let spot = match edge.label {
                Some(label) if label_rank == Some(rank) && labels_before => Spot {
                    kind: Kind::Label,
                    before: label.width + 5.0,
                    after: 4.0,
                    height: label.height + 8.0,
                    ..bend
                },
                Some(label) if label_rank == Some(rank) => Spot {
                    kind: Kind::Label,
                    before: 4.0,
                    after: label.width + 7.0,
                    height: label.height + 2.0,
                    ..bend
                },
                _ => bend,
            };
            chain.push(self.spots.len());
            self.spots.push(spot);
        }
        chain.push(lower);
        chain
    }

    /// Extends blocks by the lines at their sides: loops after them, bundles above and below their middle.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots, nodes and edges made here")]
    fn make_room(&mut self, component: &Component) {
        for bundle in &self.bundles {
            let Some(edge) = bundle.edges.first().map(|&edge| &component.edges[edge]) else { continue };
            if edge.is_loop() {
                let room = super::loops::room(component, &bundle.edges);
                let spot = &mut self.spots[edge.from];
                spot.after += room.width;
                spot.height = spot.height.max(room.height);
            } else {
                let height = super::bundle::height(component, &bundle.edges);
                for end in [edge.from, edge.to] {
                    self.spots[end].height = self.spots[end].height.max(height);
                }
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots, nodes and edges made here")]
    fn join_neighbors(&mut self) {
        self.above = vec![Vec::new(); self.spots.len()];
        self.below = vec![Vec::new(); self.spots.len()];
        for course in &self.courses {
            if let Course::Chain(chain) = course {
                for pair in chain.windows(2) {
                    self.below[pair[0]].push(pair[1]);
                    self.above[pair[1]].push(pair[0]);
                }
            }
        }
    }
}

/// The most ranks that a chain may pass, so that all chains together stay within [`MOST_SPOTS`].
#[expect(clippy::indexing_slicing, reason = "indices are numbers of spots, nodes and edges made here")]
fn longest_chain(component: &Component, ranks: &Ranks) -> usize {
    let rank = |node: usize| ranks.rank[node];
    let mut lengths: Vec<usize> =
        component.edges.iter().map(|edge| rank(edge.from).abs_diff(rank(edge.to))).collect();
    lengths.sort_unstable();
    let mut spots = component.nodes.len();
    let mut longest = 1;
    for length in lengths {
        spots += length.saturating_sub(1);
        if spots > MOST_SPOTS.max(2 * component.nodes.len()) {
            return longest.min(length.saturating_sub(1));
        }
        longest = longest.max(length);
    }
    longest
}

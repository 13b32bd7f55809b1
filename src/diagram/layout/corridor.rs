//! The corridor of a line: the gates it passes through and the blocks it must avoid.

use super::geometry::{Cubic, Point, Rect, point_at};
use super::net::Kind;
use super::placement::Placement;
use super::ports::Ports;

/// The preferred and the minimum distance of lines from blocks that they pass.
const MARGIN: f64 = 13.0;
const LEAST_MARGIN: f64 = 4.0;

/// The distance from a line to the middle between it and the next line.
const LINE_MARGIN: f64 = 2.5;

/// How far a curve may bulge outside the taut string.
const BULGE: f64 = 14.0;

/// Number of segments a curve is divided into to test whether it stays inside.
const STEPS: usize = 18;

/// At this height a line must pass between two bounds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    pub(super) y: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// The room for a line's label: the free space on its rank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) y: f64,
    pub(super) height: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

pub(super) struct Corridor {
    pub(super) start: Point,
    pub(super) end: Point,
    /// From the upper end to the lower one.
    pub(super) gates: Vec<Gate>,
    pub(super) slot: Option<Slot>,
    obstacles: Vec<Rect>,
    /// The blocks at both ends, slightly shrunk.
    ends: [Rect; 2],
    /// The extent of the taut string.
    left: f64,
    right: f64,
}

impl Corridor {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots on a rank")]
    pub(super) fn new(placement: &Placement<'_>, chain: &[usize], ports: Ports) -> Self {
        let [start, end] = ports;
        let (upper, lower) = (chain[0], chain[chain.len() - 1]);
        let mut corridor = Self {
            start,
            end,
            gates: Vec::new(),
            slot: None,
            obstacles: Vec::new(),
            ends: [upper, lower].map(|node| placement.block(node).grown(-1.0)),
            left: 0.0,
            right: 0.0,
        };
        corridor.keep_to_own_width(placement, upper, true);
        corridor.walls(placement, upper, start.x);
        for &spot in &chain[1..chain.len() - 1] {
            corridor.pass(placement, spot);
            corridor.walls(placement, spot, placement.x[spot]);
        }
        corridor.walls(placement, lower, end.x);
        corridor.keep_to_own_width(placement, lower, false);
        corridor.gates.sort_by(|a, b| a.y.total_cmp(&b.y));
        corridor
    }

    /// Next to a block with taller level lines or loops, a line must leave within the width of its own block.
    fn keep_to_own_width(&mut self, placement: &Placement<'_>, node: usize, is_upper: bool) {
        let block = placement.block(node);
        let half = placement.spot(node).height / 2.0;
        if half > block.height() / 2.0 + 1.0 {
            let y = block.centre().y + if is_upper { half } else { -half };
            let [before, after] = placement.has_level_lines(node);
            let low = if before { block.left } else { f64::MIN };
            let high = if after { block.right } else { f64::MAX };
            self.gate(Gate { y, low, high });
        }
    }

    fn gate(&mut self, gate: Gate) {
        if gate.y > self.start.y + 0.5 && gate.y < self.end.y - 0.5 {
            self.gates.push(gate);
        }
    }

    /// Adds gates between the neighbors of a bend or a label.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots on a rank")]
    fn pass(&mut self, placement: &Placement<'_>, spot: usize) {
        let Spaces { mut low, mut high } = spaces(placement, spot);
        let kind = placement.spot(spot);
        let (x, y) = (placement.x[spot], placement.centre(spot).y);
        if kind.kind == Kind::Label {
            self.slot = Some(Slot { y, height: kind.height, low, high });
            low += kind.before - 2.0;
            high -= kind.after - 2.0;
        }
        let (low, high) = (low.min(x), high.max(x));
        let labels = placement.row(spot).iter().filter(|&&other| placement.spot(other).kind == Kind::Label);
        let half = labels.map(|&label| placement.spot(label).height / 2.0).fold(0.0, f64::max);
        self.gate(Gate { y, low, high });
        if half > 0.0 {
            self.gate(Gate { y: y - half, low, high });
            self.gate(Gate { y: y + half, low, high });
        }
    }

    /// Adds gates at the corners of the blocks on a spot's rank, and the blocks themselves as obstacles.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots on a rank")]
    fn walls(&mut self, placement: &Placement<'_>, spot: usize, x: f64) {
        let row = placement.row(spot);
        let at = placement.place[spot];
        let is_block = placement.spot(spot).is_block();
        let margin = |gap: f64| if is_block { MARGIN.min(gap / 2.0) } else { MARGIN };
        // Blocks further away matter only if they are taller than all nearer ones.
        let mut tallest = 0.0;
        for &other in row[..at].iter().rev().filter(|&&other| placement.spot(other).is_block()) {
            let bound = placement.high(other) + margin(placement.low(spot) - placement.high(other));
            self.wall(placement, other, &mut tallest, (bound.min(x), f64::MAX));
        }
        tallest = 0.0;
        for &other in row[at + 1..].iter().filter(|&&other| placement.spot(other).is_block()) {
            let bound = placement.low(other) - margin(placement.low(other) - placement.high(spot));
            self.wall(placement, other, &mut tallest, (f64::MIN, bound.max(x)));
        }
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots on a rank")]
    fn wall(&mut self, placement: &Placement<'_>, other: usize, tallest: &mut f64, (low, high): (f64, f64)) {
        let (spot, centre) = (placement.spot(other), placement.centre(other));
        if spot.height > *tallest {
            *tallest = spot.height;
            self.gate(Gate { y: centre.y - spot.height / 2.0, low, high });
            self.gate(Gate { y: centre.y + spot.height / 2.0, low, high });
            let height = placement.component.nodes[other].size.height;
            let block = Rect {
                left: placement.low(other),
                right: placement.high(other),
                top: centre.y - height / 2.0,
                bottom: centre.y + height / 2.0,
            };
            self.obstacles.push(block.grown(LEAST_MARGIN));
        }
    }

    /// Records how far the taut string extends to both sides.
    pub(super) fn set_reach(&mut self, path: &[Point]) {
        self.left = path.iter().map(|p| p.x).fold(f64::MAX, f64::min) - BULGE;
        self.right = path.iter().map(|p| p.x).fold(f64::MIN, f64::max) + BULGE;
        let (left, right) = (self.left, self.right);
        self.obstacles.retain(|block| block.left < right && block.right > left);
    }

    /// Whether a curve passes through all gates on its way and avoids all blocks.
    pub(super) fn admits(&self, piece: Cubic) -> bool {
        self.stays_clear(piece, |from, to| {
            let is_within = to.x >= self.left && to.x <= self.right;
            is_within && self.passes_gates(from, to)
        })
    }

    /// Whether a curve avoids all blocks, ignoring the gates.
    pub(super) fn admits_loosely(&self, piece: Cubic) -> bool {
        self.stays_clear(piece, |_, _| true)
    }

    fn stays_clear(&self, piece: Cubic, also: impl Fn(Point, Point) -> bool) -> bool {
        let mut from = piece[0];
        (1..=STEPS).all(|step| {
            let to = point_at(piece, step as f64 / STEPS as f64);
            let is_between = to.y >= self.start.y - 0.5 && to.y <= self.end.y + 0.5;
            let touches = |blocks: &[Rect]| blocks.iter().any(|block| block.cuts(from, to));
            let is_clear = is_between && also(from, to) && !touches(&self.obstacles) && !touches(&self.ends);
            from = to;
            is_clear
        })
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots on a rank")]
    fn passes_gates(&self, from: Point, to: Point) -> bool {
        if to.y <= from.y {
            return true;
        }
        let first = self.gates.partition_point(|gate| gate.y < from.y);
        self.gates[first..].iter().take_while(|gate| gate.y <= to.y).all(|gate| {
            let x = from.toward(to, (gate.y - from.y) / (to.y - from.y)).x;
            x >= gate.low - 1.5 && x <= gate.high + 1.5
        })
    }
}

/// The free space of a bend or a label between its neighbors.
struct Spaces {
    low: f64,
    high: f64,
}

fn spaces(placement: &Placement<'_>, spot: usize) -> Spaces {
    let low = placement.previous(spot).map_or(f64::MIN, |previous| {
        let free = placement.high(previous);
        let bound = if placement.spot(previous).is_block() {
            free + MARGIN
        } else {
            (free + placement.low(spot)) / 2.0
        };
        bound + LINE_MARGIN
    });
    let high = placement.next(spot).map_or(f64::MAX, |next| {
        let free = placement.low(next);
        let bound =
            if placement.spot(next).is_block() { free - MARGIN } else { (free + placement.high(spot)) / 2.0 };
        bound - LINE_MARGIN
    });
    Spaces { low, high }
}

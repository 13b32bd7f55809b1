//! Ports: where lines meet the borders of blocks.
//!
//! Ports follow each other along the border in the order of what they lead to, so that lines of one block never
//! cross at it. They may lie on the faces across the flow, and round the corner on the sides, where no neighbour
//! is in the way.

#![expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]

use super::geometry::{Point, point};
use super::net::{Course, Kind};
use super::placement::Placement;

/// Between ports: of cards, and of other blocks.
const CARD_PORTS: f64 = 18.0;
const PORTS: f64 = 14.0;

/// From a corner to the nearest port on the face.
const CORNER: f64 = 8.0;

/// From the middle of a side to the nearest port on it; farther where a level line meets the middle.
const SIDE: f64 = 5.0;

/// The gap to a neighbour that ports on the side need.
const SIDE_ROOM: f64 = 16.0;

/// The least overlap of two faces that a straight line needs.
const LEAST_OVERLAP: f64 = 20.0;

/// The ports of an edge that is a chain: at its upper end, and at its lower end.
pub(super) type Ports = [Point; 2];

/// The ports of all edges; those of edges that are no chains mean nothing.
pub(super) fn ports(placement: &Placement<'_>) -> Vec<Ports> {
    let edges = &placement.component.edges;
    let mut ports = vec![[Point::default(); 2]; edges.len()];
    let mut faces: Vec<[Vec<Way>; 2]> =
        placement.component.nodes.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for (edge, course) in placement.net.courses.iter().enumerate() {
        let Course::Chain(chain) = course else { continue };
        let (upper, lower) = (chain[0], chain[chain.len() - 1]);
        faces[upper][0].push(Way::new(placement, edge, chain, true));
        faces[lower][1].push(Way::new(placement, edge, chain, false));
    }
    let sides = sides_taken(placement);
    for (node, both) in faces.into_iter().enumerate() {
        for (end, mut ways) in both.into_iter().enumerate() {
            ways.sort_by(|a, b| {
                a.toward.x.total_cmp(&b.toward.x).then(a.place.cmp(&b.place)).then(a.edge.cmp(&b.edge))
            });
            let face = Face { placement, node, sides_taken: sides[node] };
            for (way, along) in ways.iter().zip(face.spread(&ways)) {
                ports[way.edge][end] = face.port(along, end == 0);
            }
        }
    }
    ports
}

/// A line out of a block.
struct Way {
    edge: usize,
    /// The next spot, or the other end if the line can be straight.
    toward: Point,
    place: usize,
    /// From the middle of the block to the next spot, along the flow.
    drop: f64,
    /// Where a straight line would leave, from the middle of the block.
    straight: Option<f64>,
}

impl Way {
    fn new(placement: &Placement<'_>, edge: usize, chain: &[usize], from_upper: bool) -> Self {
        let last = chain.len() - 1;
        let (own, next, other) = if from_upper {
            (chain[0], chain[1], chain[last])
        } else {
            (chain[last], chain[last - 1], chain[0])
        };
        let (here, toward) = (placement.centre(own), placement.centre(next));
        let drop = (toward.y - here.y).abs() - placement.spot(next).height / 2.0;
        let straight = if chain.len() <= 3 { straight(placement, edge, own, other, next) } else { None };
        Self { edge, toward, place: placement.place[next], drop, straight }
    }
}

/// Where a straight line from `own` to `other` leaves, from the middle of `own`, if their faces overlap enough.
fn straight(placement: &Placement<'_>, edge: usize, own: usize, other: usize, next: usize) -> Option<f64> {
    let nodes = &placement.component.nodes;
    let (here, there) = (placement.block(own), placement.block(other));
    let (low, high) = (here.left.max(there.left), here.right.min(there.right));
    let middle = here.centre().x;
    let offset = there.centre().x - middle;
    if nodes[other].is_card {
        return (offset.abs() < here.width() * 0.375).then_some(offset);
    }
    if nodes[own].is_card || high - low < LEAST_OVERLAP {
        return None;
    }
    // One of several lines keeps to its own spot, so that they fan out.
    if is_parallel(placement, edge) && placement.spot(next).kind != Kind::Block {
        return Some(placement.x[next].clamp(low, high) - middle);
    }
    Some((low + high) / 2.0 - middle)
}

/// Edges are sorted by their ends: a parallel one is a neighbour.
fn is_parallel(placement: &Placement<'_>, edge: usize) -> bool {
    let edges = &placement.component.edges;
    let ends = edges[edge].ends();
    let same = |other: Option<usize>| {
        other.and_then(|other| edges.get(other)).is_some_and(|other| other.ends() == ends)
    };
    same(edge.checked_sub(1)) || same(Some(edge + 1))
}

/// What takes the middle of the two sides of each block.
#[derive(Clone, Copy, PartialEq)]
enum Taken {
    Free,
    /// A single level line meets the middle.
    Middle,
    Whole,
}

fn sides_taken(placement: &Placement<'_>) -> Vec<[Taken; 2]> {
    let mut taken = vec![[Taken::Free; 2]; placement.component.nodes.len()];
    for bundle in &placement.net.bundles {
        let Some(edge) = bundle.edges.first().map(|&edge| &placement.component.edges[edge]) else { continue };
        if edge.is_loop() {
            taken[edge.from][1] = Taken::Whole;
            continue;
        }
        let how = if bundle.edges.len() > 1 { Taken::Whole } else { Taken::Middle };
        let from_is_left = placement.x[edge.from] < placement.x[edge.to];
        let (left, right) = if from_is_left { (edge.from, edge.to) } else { (edge.to, edge.from) };
        taken[left][1] = how;
        taken[right][0] = how;
    }
    taken
}

/// One face of a block with its ports, measured along the border from the middle of the face: what exceeds half
/// the width is round the corner.
struct Face<'p> {
    placement: &'p Placement<'p>,
    node: usize,
    sides_taken: [Taken; 2],
}

impl Face<'_> {
    fn half(&self) -> Point {
        let size = self.placement.component.nodes[self.node].size;
        point(size.width / 2.0, size.height / 2.0)
    }

    fn is_card(&self) -> bool {
        self.placement.component.nodes[self.node].is_card
    }

    /// The outermost places on the face itself.
    fn flat(&self) -> f64 {
        let half = self.half().x;
        half - CORNER.min(half / 2.0)
    }

    fn port(&self, along: f64, is_lower_face: bool) -> Point {
        let half = self.half();
        let down = if is_lower_face { 1.0 } else { -1.0 };
        let round = (along.abs() - half.x).max(0.0);
        let x = along.clamp(-half.x, half.x);
        self.placement.centre(self.node) + point(x, down * (half.y - round))
    }

    /// The places of the ports: as near as can be to where each wants to be, in order and apart.
    fn spread(&self, ways: &[Way]) -> Vec<f64> {
        let (Some(first), Some(last)) = (ways.first(), ways.last()) else { return Vec::new() };
        let (half, flat) = (self.half().x, self.flat());
        let (low, high) = (self.limit(first, 0), self.limit(last, 1));
        let middle = self.placement.x[self.node];
        // Only what leads past a corner may leave round it.
        let bounds = |way: &Way| Bounds {
            low: if way.toward.x < middle - half { -low } else { -flat },
            high: if way.toward.x > middle + half { high } else { flat },
        };
        let bounds: Vec<Bounds> = ways.iter().map(bounds).collect();
        let apart = most_apart(&bounds).min(if self.is_card() { CARD_PORTS } else { PORTS });
        let is_alone = ways.len() == 1;
        let wanted = ways
            .iter()
            .zip(&bounds)
            .map(|(way, Bounds { low, high })| self.wanted(way, is_alone).clamp(*low, *high));
        let wanted: Vec<f64> = wanted.collect();
        let mut places = wanted.clone();
        for at in 1..places.len() {
            places[at] = places[at].max(places[at - 1] + apart);
        }
        // Pushing apart went to one side only: move all back by the average.
        let count = places.len() as f64;
        let shift = (wanted.iter().sum::<f64>() - places.iter().sum::<f64>()) / count;
        for place in &mut places {
            *place += shift;
        }
        keep_between(&mut places, &bounds, apart);
        places
    }

    /// How far along the border ports may go on one side, 0 for the low one.
    fn limit(&self, outermost: &Way, side: usize) -> f64 {
        let half = self.half();
        if self.is_card() || self.sides_taken[side] == Taken::Whole || !self.is_clear(outermost, side) {
            return self.flat();
        }
        let margin = if self.sides_taken[side] == Taken::Middle { 2.0 * SIDE } else { SIDE };
        (half.x + half.y - margin.min(half.y)).max(self.flat())
    }

    /// Whether the outermost line, if it leaves by the side, gets past the neighbour there.
    fn is_clear(&self, way: &Way, side: usize) -> bool {
        let placement = self.placement;
        let here = placement.centre(self.node);
        let (neighbour, gap) = if side == 0 {
            let Some(neighbour) = placement.previous(self.node) else { return true };
            (neighbour, here.x - placement.high(neighbour))
        } else {
            let Some(neighbour) = placement.next(self.node) else { return true };
            (neighbour, placement.low(neighbour) - here.x)
        };
        if gap - self.half().x <= SIDE_ROOM {
            return false;
        }
        let spot = placement.spot(neighbour);
        let sideways = if side == 0 { here.x - way.toward.x } else { way.toward.x - here.x };
        if !spot.is_block() || sideways <= gap {
            return true;
        }
        way.drop.max(1.0) * gap / sideways >= spot.height / 2.0 + 5.0
    }

    /// Where a line would like to leave: at the middle of cards, straight, or where its direction meets the border.
    fn wanted(&self, way: &Way, is_alone: bool) -> f64 {
        let (half, flat) = (self.half(), self.flat());
        let offset = way.toward.x - self.placement.x[self.node];
        if self.is_card() {
            return 0.0;
        }
        if let Some(straight) = way.straight {
            return straight.clamp(-flat * 0.9, flat * 0.9);
        }
        if offset.abs() < flat * 0.75 {
            return if is_alone && offset.abs() < 3.0 { 0.0 } else { offset };
        }
        let slope = (offset.abs() / way.drop.max(8.0)).max(0.01);
        let meets_face = slope * half.y <= half.x;
        let along =
            if meets_face { (slope * half.y).max(flat * 0.75) } else { half.x + half.y - half.x / slope };
        along.copysign(offset)
    }
}

/// Where a port may be.
#[derive(Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
}

/// How far apart ports can be that keep their bounds, which rise from port to port.
fn most_apart(bounds: &[Bounds]) -> f64 {
    let mut most = f64::MAX;
    for (first, from) in bounds.iter().enumerate() {
        // Of the ports with equal lower bounds the first is pressed hardest.
        if first > 0 && bounds[first - 1].low == from.low {
            continue;
        }
        for (last, to) in bounds.iter().enumerate().skip(first + 1) {
            most = most.min((to.high - from.low) / (last - first) as f64);
        }
    }
    most
}

/// Moves sorted places between their bounds and keeps them apart.
fn keep_between(places: &mut [f64], bounds: &[Bounds], apart: f64) {
    let mut last = f64::MIN;
    for (place, Bounds { low, .. }) in places.iter_mut().zip(bounds) {
        *place = place.max(*low).max(last + apart);
        last = *place;
    }
    let mut next = f64::MAX;
    for (place, Bounds { high, .. }) in places.iter_mut().zip(bounds).rev() {
        *place = place.min(*high).min(next - apart);
        next = *place;
    }
}

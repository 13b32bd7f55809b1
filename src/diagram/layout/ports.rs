//! Ports: the points where lines meet the borders of blocks.
//!
//! Ports are in the order of the other ends of their lines, so that lines of one block never cross at its border.
//! They lie on the faces across the flow, or around the corner on the sides, if no neighbor is in the way.

use super::geometry::{Point, point};
use super::net::{Course, Kind};
use super::placement::Placement;

/// The distance between ports: of cards, and of other blocks.
const CARD_PORTS: f64 = 18.0;
const PORTS: f64 = 14.0;

/// From a corner to the nearest port on the face.
const CORNER: f64 = 8.0;

/// From the middle of a side to the nearest port on it; more if a level line meets the middle.
const SIDE: f64 = 5.0;

/// The gap to a neighbor that is needed for ports on the side.
const SIDE_ROOM: f64 = 16.0;

/// The minimum overlap of two faces for a straight line.
const LEAST_OVERLAP: f64 = 20.0;

/// The ports of an edge with a chain: at its upper end and at its lower end.
pub(super) type Ports = [Point; 2];

/// The ports of all edges; those of edges without a chain are meaningless.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
pub(super) fn ports(placement: &Placement<'_>) -> Vec<Ports> {
    let edges = &placement.component.edges;
    let mut ports = vec![[Point::default(); 2]; edges.len()];
    let mut faces: Vec<[Vec<LineEnd>; 2]> =
        placement.component.nodes.iter().map(|_| [Vec::new(), Vec::new()]).collect();
    for (edge, course) in placement.net.courses.iter().enumerate() {
        let Course::Chain(chain) = course else { continue };
        let (upper, lower) = (chain[0], chain[chain.len() - 1]);
        faces[upper][0].push(LineEnd::new(placement, edge, chain, true));
        faces[lower][1].push(LineEnd::new(placement, edge, chain, false));
    }
    let sides = sides_taken(placement);
    for (node, both) in faces.into_iter().enumerate() {
        for (port, mut ends) in both.into_iter().enumerate() {
            ends.sort_by(|a, b| {
                a.toward.x.total_cmp(&b.toward.x).then(a.place.cmp(&b.place)).then(a.edge.cmp(&b.edge))
            });
            let face = Face { placement, node, sides_taken: sides[node] };
            for (end, along) in ends.iter().zip(face.spread(&ends)) {
                ports[end.edge][port] = face.port(along, port == 0);
            }
        }
    }
    ports
}

/// One end of a line, at the block whose port is wanted.
struct LineEnd {
    edge: usize,
    /// The next spot, or the other end if the line can be straight.
    toward: Point,
    place: usize,
    /// From the middle of the block to the next spot, along the flow.
    drop: f64,
    /// Where a straight line would attach, from the middle of the block.
    straight: Option<f64>,
}

impl LineEnd {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
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

/// Where a straight line from `own` to `other` attaches, from the middle of `own`, if their faces overlap enough.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
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
    // Parallel lines keep to their own spots, so that they fan out.
    if is_parallel(placement, edge) && placement.spot(next).kind != Kind::Block {
        return Some(placement.x[next].clamp(low, high) - middle);
    }
    Some((low + high) / 2.0 - middle)
}

/// Edges are sorted by their ends, so a parallel edge is adjacent in the list.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
fn is_parallel(placement: &Placement<'_>, edge: usize) -> bool {
    let edges = &placement.component.edges;
    let ends = edges[edge].ends();
    let same = |other: Option<usize>| {
        other.and_then(|other| edges.get(other)).is_some_and(|other| other.ends() == ends)
    };
    same(edge.checked_sub(1)) || same(Some(edge + 1))
}

/// What occupies the two sides of each block.
#[derive(Clone, Copy, PartialEq)]
enum Taken {
    Free,
    /// A single level line meets the middle.
    Middle,
    Whole,
}

#[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
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

/// One face of a block with its ports. Positions are measured along the border from the middle of the face; beyond
/// half the width they are around the corner.
struct Face<'p> {
    placement: &'p Placement<'p>,
    node: usize,
    sides_taken: [Taken; 2],
}

impl Face<'_> {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
    fn half(&self) -> Point {
        let size = self.placement.component.nodes[self.node].size;
        point(size.width / 2.0, size.height / 2.0)
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
    fn is_card(&self) -> bool {
        self.placement.component.nodes[self.node].is_card
    }

    /// The outermost position on the face itself.
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

    /// The positions of the ports: as close as possible to where each wants to be, in order and apart.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
    fn spread(&self, ends: &[LineEnd]) -> Vec<f64> {
        let (Some(first), Some(last)) = (ends.first(), ends.last()) else { return Vec::new() };
        let (half, flat) = (self.half().x, self.flat());
        let (low, high) = (self.limit(first, 0), self.limit(last, 1));
        let middle = self.placement.x[self.node];
        // Only a line that leads past a corner may leave around it.
        let bounds = |end: &LineEnd| Bounds {
            low: if end.toward.x < middle - half { -low } else { -flat },
            high: if end.toward.x > middle + half { high } else { flat },
        };
        let bounds: Vec<Bounds> = ends.iter().map(bounds).collect();
        let apart = most_apart(&bounds).min(if self.is_card() { CARD_PORTS } else { PORTS });
        let is_alone = ends.len() == 1;
        let wanted = ends
            .iter()
            .zip(&bounds)
            .map(|(end, Bounds { low, high })| self.wanted(end, is_alone).clamp(*low, *high));
        let wanted: Vec<f64> = wanted.collect();
        let mut places = wanted.clone();
        for at in 1..places.len() {
            places[at] = places[at].max(places[at - 1] + apart);
        }
        // Ports were pushed apart to one side only, so all are moved back by the average.
        let count = places.len() as f64;
        let shift = (wanted.iter().sum::<f64>() - places.iter().sum::<f64>()) / count;
        for place in &mut places {
            *place += shift;
        }
        keep_between(&mut places, &bounds, apart);
        places
    }

    /// How far along the border ports may go on one side, 0 for the low one.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
    fn limit(&self, outermost: &LineEnd, side: usize) -> f64 {
        let half = self.half();
        if self.is_card() || self.sides_taken[side] == Taken::Whole || !self.is_clear(outermost, side) {
            return self.flat();
        }
        let margin = if self.sides_taken[side] == Taken::Middle { 2.0 * SIDE } else { SIDE };
        (half.x + half.y - margin.min(half.y)).max(self.flat())
    }

    /// Whether the outermost line, if it leaves by the side, clears the neighbor there.
    fn is_clear(&self, end: &LineEnd, side: usize) -> bool {
        let placement = self.placement;
        let here = placement.centre(self.node);
        let (neighbor, gap) = if side == 0 {
            let Some(neighbor) = placement.previous(self.node) else { return true };
            (neighbor, here.x - placement.high(neighbor))
        } else {
            let Some(neighbor) = placement.next(self.node) else { return true };
            (neighbor, placement.low(neighbor) - here.x)
        };
        if gap - self.half().x <= SIDE_ROOM {
            return false;
        }
        let spot = placement.spot(neighbor);
        let sideways = if side == 0 { here.x - end.toward.x } else { end.toward.x - here.x };
        if !spot.is_block() || sideways <= gap {
            return true;
        }
        end.drop.max(1.0) * gap / sideways >= spot.height / 2.0 + 5.0
    }

    /// The preferred position of a port: the middle of a card, that of a straight line, or where the line's direction
    /// meets the border.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
    fn wanted(&self, end: &LineEnd, is_alone: bool) -> f64 {
        let (half, flat) = (self.half(), self.flat());
        let offset = end.toward.x - self.placement.x[self.node];
        if self.is_card() {
            return 0.0;
        }
        if let Some(straight) = end.straight {
            return straight.clamp(-flat * 0.9, flat * 0.9);
        }
        if offset.abs() < flat * 0.75 {
            return if is_alone && offset.abs() < 3.0 { 0.0 } else { offset };
        }
        let slope = (offset.abs() / end.drop.max(8.0)).max(0.01);
        let meets_face = slope * half.y <= half.x;
        let along =
            if meets_face { (slope * half.y).max(flat * 0.75) } else { half.x + half.y - half.x / slope };
        along.copysign(offset)
    }
}

/// The allowed range of a port.
#[derive(Clone, Copy)]
struct Bounds {
    low: f64,
    high: f64,
}

/// The largest distance between ports that respects their bounds, which increase from port to port.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of nodes, edges and ports of a face")]
fn most_apart(bounds: &[Bounds]) -> f64 {
    let mut most = f64::MAX;
    for (first, from) in bounds.iter().enumerate() {
        // Among ports with equal lower bounds, the first has the tightest constraint.
        if first > 0 && bounds[first - 1].low == from.low {
            continue;
        }
        for (last, to) in bounds.iter().enumerate().skip(first + 1) {
            most = most.min((to.high - from.low) / (last - first) as f64);
        }
    }
    most
}

/// Moves sorted positions into their bounds and keeps them apart.
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

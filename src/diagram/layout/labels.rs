//! Places labels next to their lines, without overlaps.

use super::component::Component;
use super::corridor::Slot;
use super::geometry::{Point, Rect, flatten, point};
use super::net::Kind;
use super::placement::Placement;
use super::{Route, Size};

/// The distance between a line and its label: beside the line, and above it.
const BESIDE: f64 = 5.0;
const ABOVE: f64 = 4.0;

/// The maximum distance of a label from its line.
pub(super) const FARTHEST: f64 = 12.0;

/// Above this many routes, labels stay at their first position.
const MOST_MOVED: usize = 3_000;

/// Positions along the line to try for a label that overlaps something; fewer in large pictures.
const TRIES: usize = 41;
const LEAST_TRIES: usize = 5;

/// The approximate number of label-line comparisons for all tries together.
const EFFORT: usize = 400_000;

/// Centres a label in its slot, next to the curve.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
pub(super) fn in_slot(curve: &[Point], slot: Slot, size: Size, is_before: bool) -> Point {
    let (mut least, mut most) = (f64::MAX, f64::MIN);
    let half = slot.height / 2.0 + 1.0;
    for pair in flatten(curve, 30).windows(2) {
        for step in 0..4 {
            let at = pair[0].toward(pair[1], f64::from(step) / 4.0);
            if (at.y - slot.y).abs() <= half {
                least = least.min(at.x);
                most = most.max(at.x);
            }
        }
    }
    if least > most {
        (least, most) = curve.first().map_or((0.0, 0.0), |start| (start.x, start.x));
    }
    if is_before {
        point((least - ABOVE - size.width).max(slot.low) + size.width / 2.0, slot.y)
    } else {
        point((most + BESIDE).min(slot.high - size.width) + size.width / 2.0, slot.y)
    }
}

/// Moves each overlapping label along its line to the nearest position with the least overlap.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
pub(super) fn nudge(placement: &Placement<'_>, routes: &mut [Route]) {
    if routes.len() > MOST_MOVED {
        return;
    }
    let mut surroundings = Surroundings::new(placement, routes);
    let labels = surroundings.labels.iter().flatten().count();
    let tries = (EFFORT / (labels * routes.len()).max(1)).clamp(LEAST_TRIES, TRIES);
    for (edge, route) in routes.iter_mut().enumerate() {
        let (Some(label), Some(size)) = (route.label, placement.component.edges[edge].label) else {
            continue;
        };
        let cost = surroundings.cost(edge, Rect::centred(label, size.width, size.height));
        if cost > 0.5 {
            let better = surroundings.better(edge, size, cost, tries).unwrap_or(label);
            route.label = Some(better);
            surroundings.labels[edge] = Some(Rect::centred(better, size.width, size.height));
        }
    }
}

/// What labels must not overlap.
pub(super) struct Surroundings {
    blocks: Vec<Rect>,
    lines: Vec<Vec<Point>>,
    bounds: Vec<Option<Rect>>,
    labels: Vec<Option<Rect>>,
}

impl Surroundings {
    pub(super) fn new(placement: &Placement<'_>, routes: &[Route]) -> Self {
        let component: &Component = placement.component;
        let is_block = |spot: &usize| placement.spot(*spot).kind == Kind::Block;
        let blocks = (0..component.nodes.len()).filter(is_block).map(|node| placement.block(node).grown(1.0));
        let lines: Vec<Vec<Point>> = routes.iter().map(|route| flatten(&route.curve, 24)).collect();
        let label = |(route, size): (&Route, Option<Size>)| {
            Some(Rect::centred(route.label?, size?.width, size?.height))
        };
        Self {
            blocks: blocks.collect(),
            bounds: lines.iter().map(|line| Rect::around(line.iter().copied())).collect(),
            lines,
            labels: routes.iter().zip(component.edges.iter().map(|edge| edge.label)).map(label).collect(),
        }
    }

    /// The cost of the label of an edge at this position: 0 if it overlaps nothing and is near its line.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
    pub(super) fn cost(&self, edge: usize, label: Rect) -> f64 {
        let inside = label.grown(-0.5);
        let mut cost = 10.0 * self.blocks.iter().filter(|block| block.overlaps(inside)).count() as f64;
        for (other, line) in self.lines.iter().enumerate() {
            let is_near = self.bounds[other].is_some_and(|bounds| bounds.grown(0.1).overlaps(inside));
            if is_near && line.windows(2).any(|part| inside.cuts(part[0], part[1])) {
                cost += if other == edge { 3.0 } else { 5.0 };
            }
        }
        for (other, there) in self.labels.iter().enumerate() {
            if other != edge && there.is_some_and(|there| there.grown(1.0).overlaps(inside)) {
                cost += 10.0;
            }
        }
        if self.distance(edge, label) > FARTHEST { cost + 2.0 } else { cost }
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
    fn distance(&self, edge: usize, label: Rect) -> f64 {
        self.lines[edge].iter().map(|&at| label.distance(at)).fold(f64::MAX, f64::min)
    }

    /// The best position along the line of an edge, if one costs less than `cost`; ties go to the one nearest the
    /// middle.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
    fn better(&self, edge: usize, size: Size, mut cost: f64, tries: usize) -> Option<Point> {
        let line = &self.lines[edge];
        let middle = line.len() / 2;
        let mut best = None;
        for step in 0..tries {
            let aside = step.div_ceil(2) * line.len() / (tries + 3);
            let at = if step % 2 == 0 { middle.checked_sub(aside) } else { Some(middle + aside) };
            let Some(at) = at.filter(|&at| at >= 1 && at + 1 < line.len()) else { continue };
            for place in places_beside(line, at, size) {
                let label = Rect::centred(place, size.width, size.height);
                let new = self.cost(edge, label) + step as f64 * 0.01;
                if new < cost - 0.02 {
                    cost = new;
                    best = Some(place);
                }
            }
        }
        best
    }
}

/// Candidate centres for a label: on both sides of the line at one of its points, along its normal and its axes.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
fn places_beside(line: &[Point], at: usize, size: Size) -> [Point; 6] {
    let here = line[at];
    let normal = (line[at + 1] - line[at - 1]).unit().normal();
    let square = normal * ((size.width * normal.x.abs() + size.height * normal.y.abs()) / 2.0 + ABOVE);
    let beside = point(size.width / 2.0 + BESIDE, 0.0);
    let above = point(0.0, size.height / 2.0 + ABOVE);
    [here + square, here - square, here + beside, here - beside, here - above, here + above]
}

//! Routes lines: from ports through corridors to curves.

use super::corridor::{Corridor, Slot};
use super::fit::{self, Tangents};
use super::geometry::{Point, Rect, flatten, point, reversed, segments_cross, straight};
use super::net::Course;
use super::placement::Placement;
use super::ports::{self, Ports};
use super::relax::{self, Ends};
use super::{Route, bundle, labels, loops, taut};

/// Above this many routes, lines are relaxed without regard to each other.
const MOST_COMPARED: usize = 200;

/// The routes of all edges, in order, in the frame that flows down.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
pub(super) fn routes(placement: &Placement<'_>) -> Vec<Route> {
    let component = placement.component;
    let ports = ports::ports(placement);
    let mut curves = vec![Vec::new(); component.edges.len()];
    let mut corridors: Vec<Option<Corridor>> = Vec::with_capacity(component.edges.len());
    let mut routes = vec![Route::default(); component.edges.len()];
    for bundle in &placement.net.bundles {
        for (edge, route) in bundle_routes(placement, &bundle.edges) {
            curves[edge].clone_from(&route.curve);
            routes[edge] = route;
        }
    }
    for (edge, course) in placement.net.courses.iter().enumerate() {
        corridors.push(None);
        match course {
            Course::Chain(chain) => {
                let (corridor, curve) = fitted(placement, chain, ports[edge]);
                corridors[edge] = Some(corridor);
                curves[edge] = curve;
            }
            Course::Straight => {
                routes[edge] = direct(placement, edge);
                curves[edge].clone_from(&routes[edge].curve);
            }
            Course::Bundled => {}
        }
    }
    bend_ends(placement, &corridors, &mut curves);
    relax_all(placement, &corridors, &mut curves);
    for (edge, (corridor, curve)) in corridors.into_iter().zip(curves).enumerate() {
        let Some(corridor) = corridor else { continue };
        let label = label(placement, edge, &curve, corridor.slot);
        // Corridors run down; some links run up.
        let from = &component.edges[edge].from;
        let starts_at_from =
            matches!(&placement.net.courses[edge], Course::Chain(chain) if chain[0] == *from);
        routes[edge] = Route { curve: if starts_at_from { curve } else { reversed(&curve) }, label };
    }
    routes
}

/// The corridor of a chain, and a curve in it from its upper end to its lower one.
fn fitted(placement: &Placement<'_>, chain: &[usize], ports: Ports) -> (Corridor, Vec<Point>) {
    let cards = card_ends(placement, chain);
    let mut corridor = Corridor::new(placement, chain, ports);
    let path = taut::string(corridor.start, corridor.end, &corridor.gates);
    corridor.set_reach(&path);
    let curve = fit::spline(&path, tangents(&path, cards[0], cards[1]), &corridor);
    (corridor, curve)
}

/// Steepness values to try for the two ends of a line.
const STEEPNESS: [[f64; 2]; 6] =
    [[0.0, 0.0], [STEEP, STEEP], [0.25, 0.25], [0.0, STEEP], [STEEP, 0.0], [0.85, 0.85]];

/// Refits each line with its ends bent in different ways. Keeps the variant that crosses and overlaps other lines
/// least and does not run along the borders it meets.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn bend_ends(placement: &Placement<'_>, corridors: &[Option<Corridor>], curves: &mut [Vec<Point>]) {
    if curves.len() > MOST_COMPARED {
        return;
    }
    let mut lines: Vec<Polyline> = curves.iter().map(|curve| Polyline::new(curve)).collect();
    for edge in 0..curves.len() {
        let (Some(corridor), Course::Chain(chain)) = (&corridors[edge], &placement.net.courses[edge]) else {
            continue;
        };
        let path = taut::string(corridor.start, corridor.end, &corridor.gates);
        let cards = card_ends(placement, chain);
        let usual = tangents(&path, cards[0], cards[1]);
        let faces = on_faces(placement, chain, corridor);
        let least_of = |steepness: [f64; 2]| [0, 1].map(|end| if faces[end] { steepness[end] } else { 0.0 });
        let mut tried: Vec<Tangents> = Vec::with_capacity(STEEPNESS.len());
        let mut best: Option<(f64, Vec<Point>, Polyline)> = None;
        for least in STEEPNESS.map(least_of) {
            let bent = Tangents { start: steep(usual.start, least[0]), end: steep(usual.end, least[1]) };
            if tried.contains(&bent) {
                continue;
            }
            tried.push(bent);
            let curve = fit::spline(&path, bent, corridor);
            let line = Polyline::new(&curve);
            let cost = line.cost(edge, &lines) + flatness(bent, faces);
            if best.as_ref().is_none_or(|(least, ..)| cost < *least - 1e-6) {
                best = Some((cost, curve, line));
            }
        }
        if let Some((_, curve, line)) = best {
            curves[edge] = curve;
            lines[edge] = line;
        }
    }
}

/// The cost of ends that run along their borders.
fn flatness(tangents: Tangents, faces: [bool; 2]) -> f64 {
    const COST: f64 = 4.0;
    let cost = |direction: Point, is_on_face: bool| {
        if is_on_face { (STEEP - direction.y.abs()).max(0.0) * COST } else { 0.0 }
    };
    cost(tangents.start, faces[0]) + cost(tangents.end, faces[1])
}

/// The minimum component along the flow of the direction of a line that meets a face across the flow: a flatter line
/// would seem to run along the border, with its arrowhead half hidden.
const STEEP: f64 = 0.5;

/// The direction, made steep enough.
fn steep(direction: Point, least: f64) -> Point {
    if direction.y.abs() >= least {
        return direction;
    }
    let across = (1.0 - least * least).sqrt();
    point(if direction.x < 0.0 { -across } else { across }, if direction.y < 0.0 { -least } else { least })
}

/// Whether the upper and the lower end of a chain are on faces across the flow, not around a corner.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn on_faces(placement: &Placement<'_>, chain: &[usize], corridor: &Corridor) -> [bool; 2] {
    const NEAR: f64 = 0.5;
    let (upper, lower) = (placement.block(chain[0]), placement.block(chain[chain.len() - 1]));
    [(corridor.start.y - upper.bottom).abs() < NEAR, (corridor.end.y - lower.top).abs() < NEAR]
}

/// Whether the upper and the lower end of a chain are cards.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn card_ends(placement: &Placement<'_>, chain: &[usize]) -> [bool; 2] {
    [chain[0], chain[chain.len() - 1]].map(|node| placement.component.nodes[node].is_card)
}

/// Relaxes the curves one by one; none may get more crossings.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn relax_all(placement: &Placement<'_>, corridors: &[Option<Corridor>], curves: &mut [Vec<Point>]) {
    let compares = curves.len() <= MOST_COMPARED;
    let mut lines: Vec<Polyline> = curves.iter().map(|curve| Polyline::new(curve)).collect();
    for edge in 0..curves.len() {
        let (Some(corridor), Course::Chain(chain)) = (&corridors[edge], &placement.net.courses[edge]) else {
            continue;
        };
        let [start_is_card, end_is_card] = card_ends(placement, chain);
        let [start, end] = on_faces(placement, chain, corridor);
        // What is steep stays steep.
        let least =
            |is_on_face: bool, direction: Point| if is_on_face { direction.y.abs().min(STEEP) } else { 0.0 };
        let last = curves[edge].len() - 1;
        let ends = Ends {
            start_turns: !start_is_card,
            end_turns: !end_is_card,
            start_steep: least(start, (curves[edge][1] - curves[edge][0]).unit()),
            end_steep: least(end, (curves[edge][last] - curves[edge][last - 1]).unit()),
        };
        let crossings = |part: &[Point]| -> usize {
            if !compares {
                return 0;
            }
            let part = Polyline::new(part);
            let others = lines.iter().enumerate().filter(|(other, _)| *other != edge);
            others.map(|(_, other)| part.crossings(other)).sum()
        };
        curves[edge] = relax::relaxed(&curves[edge], corridor, ends, &crossings);
        lines[edge] = Polyline::new(&curves[edge]);
    }
}

#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn label(placement: &Placement<'_>, edge: usize, curve: &[Point], slot: Option<Slot>) -> Option<Point> {
    let size = placement.component.edges[edge].label?;
    Some(labels::in_slot(curve, slot?, size, placement.component.labels_before))
}

/// Lines meet cards upright. At other blocks they point towards the next corner of the string, or, if the other end
/// is a card straight ahead, so that the line is one convex arc.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn tangents(path: &[Point], start_is_card: bool, end_is_card: bool) -> Tangents {
    const AIM: f64 = 0.3;
    let upright = point(0.0, 1.0);
    let last = path.len() - 1;
    let (start, end) = (path[0], path[last]);
    let is_bent = path.len() == 2 && (end.x - start.x).abs() > 6.0;
    let toward = |from: Point, to: Point| {
        let direction = (to - from).unit();
        if direction.x.abs() < 0.05 { upright } else { direction }
    };
    let leaving = if start_is_card {
        upright
    } else if is_bent && end_is_card {
        (point(end.x, start.y + (end.y - start.y) * AIM) - start).unit()
    } else {
        toward(path[0], path[1])
    };
    let arriving = if end_is_card {
        upright
    } else if is_bent && start_is_card {
        (end - point(start.x, end.y + (start.y - end.y) * AIM)).unit()
    } else {
        toward(path[last - 1], path[last])
    };
    Tangents { start: leaving, end: arriving }
}

/// A straight line from border to border, for edges without a chain.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn direct(placement: &Placement<'_>, edge: usize) -> Route {
    let edge = &placement.component.edges[edge];
    let (from, to) = (placement.block(edge.from), placement.block(edge.to));
    let (start, end) = (border(from, to.centre()), border(to, from.centre()));
    Route { curve: straight(start, end), label: edge.label.map(|_| start.toward(end, 0.5)) }
}

/// Where the line from the middle of a block to a point outside meets its border.
fn border(block: Rect, place: Point) -> Point {
    let direction = place - block.centre();
    let part = |half: f64, run: f64| if run.abs() > 1e-9 { half / run.abs() } else { f64::MAX };
    let part = part(block.width() / 2.0, direction.x).min(part(block.height() / 2.0, direction.y)).min(1.0);
    block.centre() + direction * part
}

/// The routes of level edges and of loops, with their edge numbers.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
fn bundle_routes(placement: &Placement<'_>, edges: &[usize]) -> Vec<(usize, Route)> {
    let component = placement.component;
    let Some(first) = edges.first().map(|&edge| &component.edges[edge]) else { return Vec::new() };
    if first.is_loop() {
        let routes = loops::routes(component, edges, placement.block(first.from));
        return edges.iter().copied().zip(routes).collect();
    }
    let is_forward = placement.x[first.from] < placement.x[first.to];
    let (left, right) = if is_forward { (first.from, first.to) } else { (first.to, first.from) };
    let routes = bundle::routes(component, edges, placement.block(left), placement.block(right));
    let turn = |(&edge, route): (&usize, Route)| {
        let is_turned = component.edges[edge].from != left;
        (edge, Route { curve: if is_turned { reversed(&route.curve) } else { route.curve }, ..route })
    };
    edges.iter().zip(routes).map(turn).collect()
}

/// A curve as a polyline, with its bounding box.
struct Polyline {
    points: Vec<Point>,
    bounds: Option<Rect>,
}

impl Polyline {
    fn new(curve: &[Point]) -> Self {
        let points = flatten(curve, 16);
        Self { bounds: Rect::around(points.iter().copied()), points }
    }

    /// The cost of the line among the others: each crossing, and each overlap.
    fn cost(&self, edge: usize, lines: &[Self]) -> f64 {
        const CROSSING: f64 = 10.0;
        let others = lines.iter().enumerate().filter(|(other, _)| *other != edge).map(|(_, other)| other);
        others.map(|other| CROSSING * self.crossings(other) as f64 + self.together(other)).sum()
    }

    /// How many of its points lie on the other line, ignoring its ends, where lines of one block meet.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
    fn together(&self, other: &Self) -> f64 {
        const NEAR: f64 = 3.5;
        const END: f64 = 18.0;
        let (Some(a), Some(b), Some(&first), Some(&last)) =
            (self.bounds, other.bounds, self.points.first(), self.points.last())
        else {
            return 0.0;
        };
        if !a.overlaps(b.grown(NEAR)) {
            return 0.0;
        }
        let bounds = b.grown(NEAR);
        let is_far = |p: Point| (p - first).length() > END && (p - last).length() > END;
        let is_on = |p: &&Point| {
            bounds.contains(**p)
                && is_far(**p)
                && other.points.windows(2).any(|part| p.distance_to_segment(part[0], part[1]) < NEAR)
        };
        self.points.iter().filter(is_on).count() as f64
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]
    fn crossings(&self, other: &Self) -> usize {
        let (Some(a), Some(b)) = (self.bounds, other.bounds) else { return 0 };
        if !a.overlaps(b) {
            return 0;
        }
        let within = |points: &[Point]| {
            Rect::around(points.iter().copied()).is_some_and(|part| part.grown(0.01).overlaps(b))
        };
        let mut crossings = 0;
        for part in self.points.windows(2).filter(|part| within(part)) {
            let crosses = |with: &&[Point]| segments_cross([part[0], part[1]], [with[0], with[1]]);
            crossings += other.points.windows(2).filter(crosses).count();
        }
        crossings
    }
}

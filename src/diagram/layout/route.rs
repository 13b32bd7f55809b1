//! Routes: from ports through corridors to curves.

#![expect(clippy::indexing_slicing, reason = "indices are numbers of edges and bundles of the net")]

use super::corridor::{Corridor, Slot};
use super::fit::{self, Tangents};
use super::geometry::{Point, Rect, flatten, point, reversed, segments_cross, straight};
use super::net::Course;
use super::placement::Placement;
use super::ports::{self, Ports};
use super::relax::{self, Ends};
use super::{Route, bundle, labels, loops, taut};

/// Above so many routes, crossings are not counted again after curves are relaxed.
const MOST_COMPARED: usize = 400;

/// The routes of all edges, in their order, in the frame that flows down.
pub(super) fn routes(placement: &Placement<'_>) -> Vec<Route> {
    let component = placement.component;
    let ports = ports::ports(placement);
    let mut routes = vec![Route::default(); component.edges.len()];
    let mut plain = vec![None; component.edges.len()];
    for (edge, course) in placement.net.courses.iter().enumerate() {
        match course {
            Course::Chain(chain) => {
                let (relaxed, first) = chain_routes(placement, edge, chain, ports[edge]);
                plain[edge] = (first.curve != relaxed.curve).then_some(first);
                routes[edge] = relaxed;
            }
            Course::Straight => routes[edge] = direct(placement, edge),
            Course::Level(_) | Course::Loop(_) => {}
        }
    }
    for bundle in &placement.net.bundles {
        for (edge, route) in bundle_routes(placement, &bundle.edges) {
            routes[edge] = route;
        }
    }
    prefer_fewer_crossings(&mut routes, plain);
    routes
}

/// The relaxed route of a chain, and the one before it was relaxed.
fn chain_routes(placement: &Placement<'_>, edge: usize, chain: &[usize], ports: Ports) -> (Route, Route) {
    let nodes = &placement.component.nodes;
    let upper = chain[0];
    let [start_is_card, end_is_card] = [upper, chain[chain.len() - 1]].map(|node| nodes[node].is_card);
    let mut corridor = Corridor::new(placement, chain, ports);
    let path = taut::string(corridor.start, corridor.end, &corridor.gates);
    corridor.set_reach(&path);
    let tangents = tangents(&path, start_is_card, end_is_card);
    let curve = fit::spline(&path, tangents, &corridor);
    let ends = Ends { start_turns: !start_is_card, end_turns: !end_is_card };
    let relaxed = relax::relaxed(&curve, &corridor, ends);
    let is_turned = placement.component.edges[edge].from != upper;
    let finish = |curve: Vec<Point>| {
        let label = label(placement, edge, &curve, corridor.slot);
        Route { curve: if is_turned { reversed(&curve) } else { curve }, label }
    };
    (finish(relaxed), finish(curve))
}

fn label(placement: &Placement<'_>, edge: usize, curve: &[Point], slot: Option<Slot>) -> Option<Point> {
    let size = placement.component.edges[edge].label?;
    Some(labels::in_slot(curve, slot?, size, placement.component.labels_before))
}

/// Cards are left and entered upright; other blocks towards the next corner of the string, or, if the other end is a
/// card straight ahead, so that the line is one convex arc.
fn tangents(path: &[Point], start_is_card: bool, end_is_card: bool) -> Tangents {
    const AIM: f64 = 0.3;
    let upright = point(0.0, 1.0);
    let last = path.len() - 1;
    let (start, end) = (path[0], path[last]);
    let is_bent = path.len() == 2 && (end.x - start.x).abs() > 6.0;
    let toward = |from: Point, to: Point| {
        let way = (to - from).unit();
        if way.x.abs() < 0.05 { upright } else { way }
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

/// A straight line from border to border, for lines without a chain.
fn direct(placement: &Placement<'_>, edge: usize) -> Route {
    let edge = &placement.component.edges[edge];
    let (from, to) = (placement.block(edge.from), placement.block(edge.to));
    let (start, end) = (border(from, to.centre()), border(to, from.centre()));
    Route { curve: straight(start, end), label: edge.label.map(|_| start.toward(end, 0.5)) }
}

/// Where the way from the middle of a block to a place outside meets its border.
fn border(block: Rect, place: Point) -> Point {
    let way = place - block.centre();
    let part = |half: f64, run: f64| if run.abs() > 1e-9 { half / run.abs() } else { f64::MAX };
    let part = part(block.width() / 2.0, way.x).min(part(block.height() / 2.0, way.y)).min(1.0);
    block.centre() + way * part
}

/// The routes of level edges and of loops, with the numbers of their edges.
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

/// Takes the plain route instead of the relaxed one where it crosses fewer others.
fn prefer_fewer_crossings(routes: &mut [Route], mut plain: Vec<Option<Route>>) {
    if routes.len() > MOST_COMPARED {
        return;
    }
    let mut lines: Vec<Line> = routes.iter().map(|route| Line::new(&route.curve)).collect();
    for _ in 0..2 {
        for edge in 0..routes.len() {
            let Some(other) = plain[edge].take() else { continue };
            let line = Line::new(&other.curve);
            let crossings = |line: &Line| -> usize {
                let others = lines.iter().enumerate().filter(|(number, _)| *number != edge);
                others.map(|(_, other)| line.crossings(other)).sum()
            };
            if crossings(&line) < crossings(&lines[edge]) {
                plain[edge] = Some(std::mem::replace(&mut routes[edge], other));
                lines[edge] = line;
            } else {
                plain[edge] = Some(other);
            }
        }
    }
}

/// A curve as straight segments, with their bounds.
struct Line {
    points: Vec<Point>,
    bounds: Option<Rect>,
}

impl Line {
    fn new(curve: &[Point]) -> Self {
        let points = flatten(curve, 16);
        Self { bounds: Rect::around(points.iter().copied()), points }
    }

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

//! Loops, drawn at the side of their block that comes later across the flow, nested.

use super::component::Component;
use super::geometry::{Point, Rect, point};
use super::{Route, Size};

/// The reach of the first loop, and the margin of each loop around the one inside it.
const REACH: f64 = 22.0;
const BEYOND: f64 = 12.0;

/// Between a loop and its label.
const LABEL_GAP: f64 = 4.0;

/// A loop: its reach from the side of the block and from the middle, and the position of its label.
struct Loop {
    reach: f64,
    half: f64,
    label: Option<Size>,
}

/// The loops from the inside out.
#[expect(clippy::indexing_slicing, reason = "indices are edge numbers of the component")]
fn loops(component: &Component, edges: &[usize]) -> Vec<Loop> {
    let mut loops: Vec<Loop> = Vec::with_capacity(edges.len());
    let (mut edge_of_last, mut half) = (REACH - BEYOND, 9.0);
    for &edge in edges {
        let reach = edge_of_last + BEYOND;
        let label = component.edges[edge].label;
        loops.push(Loop { reach, half, label });
        edge_of_last = reach + label.map_or(0.0, |label| LABEL_GAP + label.width);
        half = (half + 7.0).max(label.map_or(0.0, |label| label.height / 2.0 + 6.0));
    }
    loops
}

/// The room they need: their reach from the side, and their total height.
pub(super) fn room(component: &Component, edges: &[usize]) -> Size {
    let loops = loops(component, edges);
    let Some(last) = loops.last() else { return Size::default() };
    let label = last.label.unwrap_or_default();
    Size {
        width: last.reach + LABEL_GAP + label.width,
        height: 2.0 * last.half.max(label.height / 2.0) + 4.0,
    }
}

pub(super) fn routes(component: &Component, edges: &[usize], block: Rect) -> Vec<Route> {
    let loops = loops(component, edges);
    let count = loops.len() as f64;
    let middle = block.centre().y;
    let route = |(number, one): (usize, &Loop)| {
        // Ports are spread over the side, with the innermost loop closest to the middle.
        let port = (block.height() / 2.0) * (number as f64 + 1.0) / (count + 1.0);
        let curve = outline(block.right, middle, port.min(one.half.max(10.0)), one);
        let label =
            one.label.map(|label| point(block.right + one.reach + LABEL_GAP + label.width / 2.0, middle));
        Route { curve, label }
    };
    loops.iter().enumerate().map(route).collect()
}

/// Leaves the side, turns a round corner, runs down, turns another one, and returns to the side.
fn outline(side: f64, middle: f64, port: f64, one: &Loop) -> Vec<Point> {
    let corner = one.reach.min(20.0).min(one.reach * 0.75);
    let (far, near) = (side + one.reach, side + one.reach - corner);
    let (top, port) = (one.half.max(port), port);
    let knee = (corner / 2.0).min(top);
    let upper = vec![
        point(side, middle - port),
        point(side + (near - side) * 0.5, middle - top),
        point(near - (near - side) * 0.2, middle - top),
        point(near, middle - top),
        point(near + corner * 0.55, middle - top),
        point(far, middle - top + knee * 0.45),
        point(far, middle - top + knee),
        point(far, middle - top + knee + (top - knee) / 3.0),
        point(far, middle - (top - knee) / 3.0),
        point(far, middle),
    ];
    let lower = upper.iter().rev().skip(1).map(|p| point(p.x, 2.0 * middle - p.y));
    upper.iter().copied().chain(lower).collect()
}

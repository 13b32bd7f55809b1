//! Links of a block with itself: loops at the side of the block that follows across the flow, one round the other.

#![expect(clippy::indexing_slicing, reason = "indices are edge numbers of the component")]

use super::component::Component;
use super::geometry::{Point, Rect, point};
use super::{Route, Size};

/// How far the first loop reaches out, and how far each goes beyond what it goes round.
const REACH: f64 = 22.0;
const BEYOND: f64 = 12.0;

/// Between a loop and its label.
const LABEL_GAP: f64 = 4.0;

/// One loop: how far it reaches from the side of the block and from the middle, and where its label stands.
struct Loop {
    reach: f64,
    half: f64,
    label: Option<Size>,
}

/// The loops from the innermost outwards.
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

/// The room they need: how far they reach out from the side, and the whole height.
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
        // Ports are spread over the side, the innermost loop nearest to the middle.
        let port = (block.height() / 2.0) * (number as f64 + 1.0) / (count + 1.0);
        let curve = outline(block.right, middle, port.min(one.half.max(10.0)), one);
        let label =
            one.label.map(|label| point(block.right + one.reach + LABEL_GAP + label.width / 2.0, middle));
        Route { curve, label }
    };
    loops.iter().enumerate().map(route).collect()
}

/// Out of the side, a round corner, down, a round corner, and back into the side.
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

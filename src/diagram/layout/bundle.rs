//! Lines between two neighbors on a rank. A single one is straight; several are stacked, curved like the staves of a
//! barrel.

use super::component::Component;
use super::geometry::{Point, Rect, point, straight};
use super::{Route, Size};

/// Between a line and the label above it, and between a label and the line above it.
const LABEL_GAP: f64 = 4.0;

/// Between two lines without a label between them.
const LINE_GAP: f64 = 14.0;

/// From the corner of a block to the first line.
const CORNER: f64 = 4.0;

/// The minimum gap between the two blocks.
const LEAST_GAP: f64 = 40.0;

/// The distance that these edges need between their two blocks.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of the lines of a bundle")]
pub(super) fn gap(component: &Component, edges: &[usize]) -> f64 {
    let labels = edges.iter().filter_map(|&edge| component.edges[edge].label);
    let widest = labels.map(|label| label.width).fold(0.0, f64::max);
    // Lines beyond the height of the blocks curve out and back, which takes room at both ends.
    let swing = if edges.len() > 2 { 70.0 } else { 30.0 };
    (widest + swing).max(LEAST_GAP)
}

/// The height of the bundle: twice its reach from the middle of the blocks.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of the lines of a bundle")]
pub(super) fn height(component: &Component, edges: &[usize]) -> f64 {
    let offsets = offsets(component, edges);
    let label = edges.first().and_then(|&edge| component.edges[edge].label);
    let above = label.map_or(0.0, |label| label.height + LABEL_GAP);
    match (offsets.first(), offsets.last()) {
        (Some(first), Some(last)) if edges.len() > 1 => 2.0 * (above - first).max(*last) + 4.0,
        _ => 2.0 * above,
    }
}

/// The offset of each line below the middle of the blocks.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of the lines of a bundle")]
fn offsets(component: &Component, edges: &[usize]) -> Vec<f64> {
    let mut offsets: Vec<f64> = Vec::with_capacity(edges.len());
    for &edge in edges {
        let gap = component.edges[edge]
            .label
            .map_or(LINE_GAP, |label| (label.height + 2.0 * LABEL_GAP).max(LINE_GAP));
        offsets.push(offsets.last().map_or(0.0, |last| last + gap));
    }
    let middle = offsets.last().map_or(0.0, |last| last / 2.0);
    offsets.iter().map(|offset| offset - middle).collect()
}

/// The routes of the edges between two blocks, from left to right.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of the lines of a bundle")]
pub(super) fn routes(component: &Component, edges: &[usize], left: Rect, right: Rect) -> Vec<Route> {
    let middle = left.centre().y;
    let lines = edges.iter().zip(offsets(component, edges));
    lines
        .map(|(&edge, offset)| {
            let y = middle + offset;
            let from = point(left.right, port(y, left));
            let to = point(right.left, port(y, right));
            let label = component.edges[edge]
                .label
                .map(|Size { height, .. }| point((from.x + to.x) / 2.0, y - height / 2.0 - LABEL_GAP));
            Route { curve: stave(from, to, y), label }
        })
        .collect()
}

/// Where a line at this height meets the side of a block.
fn port(y: f64, block: Rect) -> f64 {
    let corner = CORNER.min(block.height() / 2.0);
    y.clamp(block.top + corner, block.bottom - corner)
}

/// Straight if possible; else a curve that reaches its height after a quarter of the distance, runs level, and
/// returns.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of the lines of a bundle")]
fn stave(from: Point, to: Point, y: f64) -> Vec<Point> {
    if (from.y - y).abs() < 0.5 && (to.y - y).abs() < 0.5 {
        return straight(from, to);
    }
    let quarter = ((to.x - from.x) / 4.0).min(32.0);
    let (near, far) = (point(from.x + quarter, y), point(to.x - quarter, y));
    let half = quarter / 2.0;
    let mut curve = vec![from, from.toward(point(near.x - half, y), 0.75), point(near.x - half, y), near];
    curve.extend_from_slice(&straight(near, far)[1..]);
    curve.extend([point(far.x + half, y), to.toward(point(far.x + half, y), 0.75), to]);
    curve
}

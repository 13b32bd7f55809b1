//! Counts faults in a drawing, to decide whether to try again with more space.

use super::Route;
use super::geometry::{Rect, flatten};
use super::labels::Surroundings;
use super::placement::Placement;

/// Above this many pairs of routes and blocks, faults are not counted.
const MOST_PAIRS: usize = 400_000;

/// The number of lines that run through blocks, plus the labels that overlap something or stand too far from their
/// line.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of edges and of points of a line")]
pub(super) fn count(placement: &Placement<'_>, routes: &[Route]) -> usize {
    let component = placement.component;
    if routes.len() * (routes.len() + component.nodes.len()) > MOST_PAIRS {
        return 0;
    }
    let surroundings = Surroundings::new(placement, routes);
    let mut faults = 0;
    for (number, (route, edge)) in routes.iter().zip(&component.edges).enumerate() {
        if let (Some(label), Some(size)) = (route.label, edge.label) {
            let label = Rect::centred(label, size.width, size.height);
            faults += usize::from(surroundings.cost(number, label) > 0.5);
        }
        let line = flatten(&route.curve, 24);
        let Some(bounds) = Rect::around(line.iter().copied()) else { continue };
        for node in 0..component.nodes.len() {
            let block = placement.block(node).grown(-1.0);
            let is_hit =
                block.overlaps(bounds.grown(0.1)) && line.windows(2).any(|part| block.cuts(part[0], part[1]));
            faults += usize::from(is_hit);
        }
    }
    faults
}

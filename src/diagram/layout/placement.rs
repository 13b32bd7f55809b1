//! A net with coordinates, before lines are drawn.

use super::component::Component;
use super::geometry::{Point, Rect, point};
use super::net::{Net, Spot};
use super::spacing::Spacing;
use super::{across, along};

pub(super) struct Placement<'c> {
    pub(super) component: &'c Component,
    pub(super) net: &'c Net,
    /// The spots of each rank in order, and the position of each spot in its row.
    pub(super) rows: &'c [Vec<usize>],
    pub(super) place: Vec<usize>,
    /// The coordinate of each spot across the flow, and the middle of each rank along it.
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
}

impl<'c> Placement<'c> {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn new(
        component: &'c Component,
        net: &'c Net,
        rows: &'c [Vec<usize>],
        spacing: &Spacing,
    ) -> Self {
        let mut place = vec![0; net.spots.len()];
        for row in rows {
            for (at, &spot) in row.iter().enumerate() {
                place[spot] = at;
            }
        }
        let x = across::coordinates(component, net, rows, spacing);
        let y = along::coordinates(net, &x, spacing);
        Self { component, net, rows, place, x, y }
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn spot(&self, spot: usize) -> Spot {
        self.net.spots[spot]
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn centre(&self, spot: usize) -> Point {
        point(self.x[spot], self.y[self.net.spots[spot].rank])
    }

    /// The rectangle of a block.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn block(&self, node: usize) -> Rect {
        let size = self.component.nodes[node].size;
        Rect::centred(self.centre(node), size.width, size.height)
    }

    /// Where a spot begins and ends across the flow.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn low(&self, spot: usize) -> f64 {
        self.x[spot] - self.spot(spot).before
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn high(&self, spot: usize) -> f64 {
        self.x[spot] + self.spot(spot).after
    }

    /// The row of a spot.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn row(&self, spot: usize) -> &[usize] {
        &self.rows[self.spot(spot).rank]
    }

    /// Whether level lines or loops of a block stand before it or after it on its rank.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn has_level_lines(&self, node: usize) -> [bool; 2] {
        let mut sides = [false; 2];
        let edges = self.net.bundles.iter().filter_map(|bundle| bundle.edges.first());
        for edge in edges.map(|&edge| &self.component.edges[edge]) {
            let other = if edge.from == node { edge.to } else { edge.from };
            if edge.from == node || edge.to == node {
                // Loops are drawn after their block.
                sides[usize::from(other == node || self.x[other] > self.x[node])] = true;
            }
        }
        sides
    }

    /// The neighbors of a spot on its rank.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn previous(&self, spot: usize) -> Option<usize> {
        let before = self.place[spot].checked_sub(1)?;
        self.row(spot).get(before).copied()
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of spots and ranks of the net")]
    pub(super) fn next(&self, spot: usize) -> Option<usize> {
        self.row(spot).get(self.place[spot] + 1).copied()
    }
}

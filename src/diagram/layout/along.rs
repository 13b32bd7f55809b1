//! Coordinates along the flow: the middle of each rank.

use super::net::{Course, Net};
use super::spacing::Spacing;

/// A gap between ranks is at least this fraction of the longest horizontal run across it.
const STRETCH: f64 = 0.25;

/// The middle of each rank. Gaps grow with the horizontal run of their lines, so that lines do not become too flat.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
pub(super) fn coordinates(net: &Net, x: &[f64], spacing: &Spacing) -> Vec<f64> {
    let mut height = vec![0.0_f64; net.rank_count];
    let mut has_blocks = vec![false; net.rank_count];
    for spot in &net.spots {
        height[spot.rank] = height[spot.rank].max(spot.height);
        has_blocks[spot.rank] |= spot.is_block();
    }
    // Ranks are doubled if and only if some contain no blocks.
    let parts = if has_blocks.contains(&false) { 2.0 } else { 1.0 };
    let run = runs(net, x);
    let mut y = vec![0.0; net.rank_count];
    for rank in 1..net.rank_count {
        let stretch = (STRETCH * run[rank]).min(spacing.most_stretch);
        let gap = (spacing.rank / parts).max(stretch);
        y[rank] = y[rank - 1] + (height[rank - 1] + height[rank]) / 2.0 + gap;
    }
    y
}

/// For each rank, the longest horizontal run of a line from the rank above.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks and spots of the net")]
fn runs(net: &Net, x: &[f64]) -> Vec<f64> {
    let mut run = vec![0.0_f64; net.rank_count];
    for course in &net.courses {
        let Course::Chain(chain) = course else { continue };
        for pair in chain.windows(2) {
            let (upper, lower) = (net.spots[pair[0]], net.spots[pair[1]]);
            let sideways = (x[pair[0]] - x[pair[1]]).abs() - (upper.after + lower.after) / 2.0;
            run[lower.rank] = run[lower.rank].max(sideways);
        }
    }
    run
}

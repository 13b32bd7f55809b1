//! The distances that a layout keeps, in points.

/// Distances between neighbors on a rank, and between ranks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    /// Between two blocks.
    pub(super) block: f64,
    /// Between two lines.
    pub(super) line: f64,
    /// Between a rank and the next.
    pub(super) rank: f64,
    /// The most that a gap between ranks grows because of long horizontal runs.
    pub(super) most_stretch: f64,
}

impl Spacing {
    /// The spacing of the given try, from 0: each has more space than the one before.
    pub(super) fn of_try(number: u32) -> Self {
        let more = 1.0 + 0.22 * f64::from(number);
        Self { block: 26.0 * more, line: 16.0 * more, rank: 46.0 * more, most_stretch: 100.0 * more }
    }
}

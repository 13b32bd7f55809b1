//! Counting crossings.

/// The number of crossings between two ranks; each segment is given by its upper and its lower position.
///
/// Barth, Jünger and Mutzel 2002, "Simple and efficient bilayer cross counting": sort, then count inversions with an
/// accumulator tree, in O(n log n).
#[expect(clippy::indexing_slicing, reason = "a counting tree over places")]
pub(crate) fn between_ranks(mut segments: Vec<(usize, usize)>) -> usize {
    segments.sort_unstable();
    let width = segments.iter().map(|&(_, below)| below + 1).max().unwrap_or(0);
    let mut tree = vec![0_usize; width + 1];
    let mut crossings = 0;
    for (seen, &(_, below)) in segments.iter().enumerate() {
        let mut not_right = 0;
        let mut at = below + 1;
        while at > 0 {
            not_right += tree[at];
            at &= at - 1;
        }
        crossings += seen - not_right;
        let mut at = below + 1;
        while at <= width {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    crossings
}

/// The number of crossings that two neighbors cause if `left` is first, from the sorted positions of their
/// neighbors on another rank.
#[expect(clippy::indexing_slicing, reason = "a counting tree over places")]
pub(super) fn of_pair(left: &[usize], right: &[usize]) -> usize {
    let (mut crossings, mut before) = (0, 0);
    for &place in left {
        while before < right.len() && right[before] < place {
            before += 1;
        }
        crossings += before;
    }
    crossings
}

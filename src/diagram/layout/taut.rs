//! The taut string: the shortest path through a sequence of gates.

use super::corridor::Gate;
use super::geometry::{Point, point};

/// The corners of a string pulled tight from `start` to `end`, including both; gates must be sorted downwards.
///
/// The gate that a straight line misses by most becomes a corner, and then both halves are handled in turn.
#[expect(clippy::indexing_slicing, reason = "ranges of gates are made from the length of their list")]
pub(super) fn string(start: Point, end: Point, gates: &[Gate]) -> Vec<Point> {
    let mut path = vec![start];
    let mut waiting = vec![(end, gates)];
    while let Some((to, gates)) = waiting.pop() {
        let from = path[path.len() - 1];
        match farthest_missed(from, to, gates) {
            Some((at, corner)) => {
                waiting.push((to, &gates[at + 1..]));
                waiting.push((corner, &gates[..at]));
            }
            None => path.push(to),
        }
    }
    path
}

fn farthest_missed(from: Point, to: Point, gates: &[Gate]) -> Option<(usize, Point)> {
    let mut worst = None;
    let mut most = 0.01;
    for (at, gate) in gates.iter().enumerate() {
        if gate.y <= from.y + 0.01 || gate.y >= to.y - 0.01 {
            continue;
        }
        let x = from.toward(to, (gate.y - from.y) / (to.y - from.y)).x;
        let (miss, bound) = if x < gate.low { (gate.low - x, gate.low) } else { (x - gate.high, gate.high) };
        if miss > most {
            most = miss;
            worst = Some((at, point(bound, gate.y)));
        }
    }
    worst
}

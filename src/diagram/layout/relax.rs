//! Relaxes a spline: small moves of its joins and handles, while it bends less and stays in its corridor.

use super::corridor::Corridor;
use super::fit::bending;
use super::geometry::{Cubic, Point, pieces, point};

const PASSES: usize = 6;

/// Whether the ends may turn: those on cards stay upright.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub(super) start_turns: bool,
    pub(super) end_turns: bool,
    /// The minimum steepness: the least component along the flow of their unit direction.
    pub(super) start_steep: f64,
    pub(super) end_steep: f64,
}

impl Ends {
    /// Whether the ends contained in this part of the curve are steep enough.
    #[expect(clippy::indexing_slicing, reason = "indices are points of a spline of at least two pieces")]
    fn allow(self, part: &[Point], has_start: bool, has_end: bool) -> bool {
        let is_steep = |from: Point, to: Point, least: f64| (to - from).unit().y.abs() >= least - 1e-6;
        let last = part.len() - 1;
        (!has_start || is_steep(part[0], part[1], self.start_steep))
            && (!has_end || is_steep(part[last - 1], part[last], self.end_steep))
    }
}

/// A possible improvement.
#[derive(Clone, Copy)]
enum Change {
    /// Aligns the two handles of a join.
    Straighten,
    /// Turns the handles of a join or an end by a small angle, given by the tangent of half of it.
    Turn(f64),
    /// Moves the join with its handles, across and along its direction.
    Shift(f64, f64),
    /// Scales the handle before or after a join.
    Before(f64),
    After(f64),
}

const AT_JOINS: [Change; 21] = [
    Change::Straighten,
    Change::Turn(0.03),
    Change::Turn(-0.03),
    Change::Turn(0.09),
    Change::Turn(-0.09),
    Change::Turn(0.2),
    Change::Turn(-0.2),
    Change::Shift(2.0, 0.0),
    Change::Shift(-2.0, 0.0),
    Change::Shift(7.0, 0.0),
    Change::Shift(-7.0, 0.0),
    Change::Shift(20.0, 0.0),
    Change::Shift(-20.0, 0.0),
    Change::Shift(0.0, 8.0),
    Change::Shift(0.0, -8.0),
    Change::Shift(0.0, 25.0),
    Change::Shift(0.0, -25.0),
    Change::Before(0.75),
    Change::Before(1.3),
    Change::After(0.75),
    Change::After(1.3),
];

const AT_ENDS: [Change; 8] = [
    Change::Turn(0.05),
    Change::Turn(-0.05),
    Change::Turn(0.15),
    Change::Turn(-0.15),
    Change::Before(0.75),
    Change::Before(1.3),
    Change::After(0.75),
    Change::After(1.3),
];

/// The relaxed spline; a single cubic is already optimal.
///
/// `crossings` counts how often a part of the line crosses others: no change may increase that.
pub(super) fn relaxed(
    curve: &[Point],
    corridor: &Corridor,
    ends: Ends,
    crossings: &dyn Fn(&[Point]) -> usize,
) -> Vec<Point> {
    let mut curve = curve.to_vec();
    let joins = curve.len() / 3;
    if joins < 2 {
        return curve;
    }
    for _ in 0..PASSES {
        let mut has_gained = false;
        for join in 0..=joins {
            has_gained |= relax(&mut curve, 3 * join, corridor, ends, crossings);
        }
        if !has_gained {
            break;
        }
    }
    curve
}

/// Tries all changes at one join or end, and keeps those that help.
#[expect(clippy::indexing_slicing, reason = "indices are points of a spline of at least two pieces")]
fn relax(
    curve: &mut [Point],
    at: usize,
    corridor: &Corridor,
    ends: Ends,
    crossings: &dyn Fn(&[Point]) -> usize,
) -> bool {
    let last = curve.len() - 1;
    let around = at.saturating_sub(3)..=(at + 3).min(last);
    let is_end = at == 0 || at == last;
    let turns = !is_end || (at == 0 && ends.start_turns) || (at == last && ends.end_turns);
    let mut least = cost(&curve[around.clone()]);
    let was_in = pieces(&curve[around.clone()]).all(|piece| corridor.admits(piece));
    let mut crossed = None;
    let mut has_gained = false;
    let changes: &[Change] = if is_end { &AT_ENDS } else { &AT_JOINS };
    for &change in changes {
        if matches!(change, Change::Turn(_)) && !turns {
            continue;
        }
        let saved: Vec<Point> = curve[around.clone()].to_vec();
        apply(change, curve, at);
        let changed = &curve[around.clone()];
        let new = cost(changed);
        let stays =
            |piece: Cubic| if was_in { corridor.admits(piece) } else { corridor.admits_loosely(piece) };
        let is_allowed = ends.allow(changed, *around.start() == 0, *around.end() == last);
        let is_better = new < least - 0.01 && is_allowed && pieces(changed).all(stays) && {
            let most = *crossed.get_or_insert_with(|| crossings(&saved));
            let now = crossings(changed);
            crossed = Some(now.min(most));
            now <= most
        };
        if is_better {
            least = new;
            has_gained = true;
        } else {
            curve[around.clone()].copy_from_slice(&saved);
        }
    }
    has_gained
}

fn cost(curve: &[Point]) -> f64 {
    let bending = bending(curve, 1.0);
    300.0 * bending.turning + 0.1 * bending.length
}

#[expect(clippy::indexing_slicing, reason = "indices are points of a spline of at least two pieces")]
fn apply(change: Change, curve: &mut [Point], at: usize) {
    let (before, after) = (at.checked_sub(1), (at + 1 < curve.len()).then_some(at + 1));
    let direction = (curve[after.unwrap_or(at)] - curve[before.unwrap_or(at)]).unit();
    match change {
        Change::Straighten => {
            for (handle, sign) in [(before, -1.0), (after, 1.0)] {
                if let Some(handle) = handle {
                    curve[handle] = curve[at] + direction * (sign * (curve[handle] - curve[at]).length());
                }
            }
        }
        Change::Turn(half) => {
            for handle in [before, after].into_iter().flatten() {
                curve[handle] = curve[at] + turned(curve[handle] - curve[at], half);
            }
        }
        Change::Shift(across, along) => {
            let shift = direction.normal() * across + direction * along;
            for moved in [before, Some(at), after].into_iter().flatten() {
                curve[moved] = curve[moved] + shift;
            }
        }
        Change::Before(factor) => stretch(curve, at, before, factor),
        Change::After(factor) => stretch(curve, at, after, factor),
    }
}

#[expect(clippy::indexing_slicing, reason = "indices are points of a spline of at least two pieces")]
fn stretch(curve: &mut [Point], at: usize, handle: Option<usize>, factor: f64) {
    if let Some(handle) = handle {
        curve[handle] = curve[at].toward(curve[handle], factor);
    }
}

/// Turned by the angle whose half has this tangent: sine and cosine are then rational functions of it.
fn turned(direction: Point, half: f64) -> Point {
    let square = half * half;
    let (cosine, sine) = ((1.0 - square) / (1.0 + square), 2.0 * half / (1.0 + square));
    point(direction.x * cosine - direction.y * sine, direction.x * sine + direction.y * cosine)
}

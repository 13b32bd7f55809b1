//! Fits curves along a taut string: as few cubics as stay in the corridor, each bent as little as possible.
//!
//! Based on Dobkin, Gansner, Koutsofios and North 1997, "Implementing a general-purpose edge router".

use super::corridor::Corridor;
use super::geometry::{Cubic, Point, pieces, point_at};

/// Handle lengths to try, as fractions of the chord.
const HANDLES: [f64; 6] = [0.12, 0.22, 0.33, 0.45, 0.6, 0.8];

/// Handle lengths of an arc, as fractions of the distance to where the tangents meet.
const ARC_HANDLES: [f64; 5] = [0.62, 0.75, 0.5, 0.38, 0.25];

/// Number of segments a curve is divided into to measure its bending.
const STEPS: u32 = 12;

/// The directions at the start and the end of a curve.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Tangents {
    pub(super) start: Point,
    pub(super) end: Point,
}

/// A spline along the string; if no single curve fits, the string is split at the corner farthest from the chord.
#[expect(clippy::indexing_slicing, reason = "indices are corners of the string, at least two")]
pub(super) fn spline(path: &[Point], tangents: Tangents, corridor: &Corridor) -> Vec<Point> {
    let mut curve = vec![path[0]];
    let mut waiting = vec![(path, tangents)];
    while let Some((path, tangents)) = waiting.pop() {
        let (from, to) = (path[0], path[path.len() - 1]);
        let piece = arc(from, to, tangents, corridor).or_else(|| least_bent(from, to, tangents, corridor));
        if let Some(piece) = piece {
            curve.extend_from_slice(&piece[1..]);
        } else if path.len() == 2 {
            curve.extend_from_slice(&flattened(from, to, tangents, corridor)[1..]);
        } else {
            let corner = farthest_corner(path);
            let through = corner_tangent(path, corner);
            waiting.push((&path[corner..], Tangents { start: through, ..tangents }));
            waiting.push((&path[..=corner], Tangents { end: through, ..tangents }));
        }
    }
    curve
}

/// One convex arc, if the tangents meet ahead.
fn arc(from: Point, to: Point, tangents: Tangents, corridor: &Corridor) -> Option<Cubic> {
    let turn = tangents.start.cross(tangents.end);
    if turn.abs() < 0.05 {
        return None;
    }
    let chord = to - from;
    let most = chord.length() * 1.5;
    let (ahead, back) = (chord.cross(tangents.end) / turn, tangents.start.cross(chord) / turn);
    let meet_ahead = ahead > 1.0 && back > 1.0 && ahead < most && back < most;
    if !meet_ahead {
        return None;
    }
    let bent =
        |part: f64| [from, from + tangents.start * (ahead * part), to - tangents.end * (back * part), to];
    ARC_HANDLES.into_iter().map(bent).find(|&piece| corridor.admits(piece))
}

/// The curve with the least bending among all handle lengths that stay in the corridor.
fn least_bent(from: Point, to: Point, tangents: Tangents, corridor: &Corridor) -> Option<Cubic> {
    let chord = (to - from).length();
    let mut pieces: Vec<(f64, Cubic)> = Vec::with_capacity(HANDLES.len() * HANDLES.len());
    for first in HANDLES {
        for second in HANDLES {
            let piece =
                [from, from + tangents.start * (chord * first), to - tangents.end * (chord * second), to];
            let Bending { turning, length } = bending(&piece, 1e-6);
            pieces.push((turning * chord + 0.6 * length / chord.max(1e-6), piece));
        }
    }
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    pieces.into_iter().map(|(_, piece)| piece).find(|&piece| corridor.admits(piece))
}

/// Moves the tangents towards the chord step by step; in the end uses the chord itself.
fn flattened(from: Point, to: Point, tangents: Tangents, corridor: &Corridor) -> Cubic {
    let chord = to - from;
    let (length, along) = (chord.length(), chord.unit());
    for blend in [0.5, 0.8, 1.0] {
        let (start, end) =
            (tangents.start.toward(along, blend).unit(), tangents.end.toward(along, blend).unit());
        for part in [0.33, 0.2, 0.1, 0.05] {
            let piece = [from, from + start * (length * part), to - end * (length * part), to];
            if corridor.admits(piece) {
                return piece;
            }
        }
    }
    [from, from.toward(to, 1.0 / 3.0), from.toward(to, 2.0 / 3.0), to]
}

#[expect(clippy::indexing_slicing, reason = "indices are corners of the string, at least two")]
fn farthest_corner(path: &[Point]) -> usize {
    let chord = (path[path.len() - 1] - path[0]).unit();
    let (mut farthest, mut most) = (1, -1.0);
    for (corner, &at) in path.iter().enumerate().take(path.len() - 1).skip(1) {
        let distance = (at - path[0]).cross(chord).abs();
        if distance > most {
            most = distance;
            farthest = corner;
        }
    }
    farthest
}

/// The tangent at a corner: closer to the direction of its shorter side.
#[expect(clippy::indexing_slicing, reason = "indices are corners of the string, at least two")]
fn corner_tangent(path: &[Point], corner: usize) -> Point {
    let (before, after) = (path[corner] - path[corner - 1], path[corner + 1] - path[corner]);
    (before.unit() * after.length() + after.unit() * before.length()).unit()
}

/// How much a curve bends: the sum of squared angles over length, and its length.
pub(super) struct Bending {
    pub(super) turning: f64,
    pub(super) length: f64,
}

/// Segments count as no shorter than `least`. Squared angles are approximated from their cosines, which gives the
/// same result on every machine. The start and end directions count too, so that a curve cannot hide a sharp bend
/// before its first sample or after its last one.
#[expect(clippy::indexing_slicing, reason = "indices are corners of the string, at least two")]
pub(super) fn bending(curve: &[Point], least: f64) -> Bending {
    let mut bending = Bending { turning: 0.0, length: 0.0 };
    let mut last = Stretch::new(curve[1] - curve[0]);
    for piece in pieces(curve) {
        let mut at = piece[0];
        for step in 1..=STEPS {
            let next = point_at(piece, f64::from(step) / f64::from(STEPS));
            let stretch = Stretch::new(next - at);
            bending.turning += last.turning(stretch, least);
            bending.length += stretch.length;
            last = stretch;
            at = next;
        }
    }
    let end = Stretch::new(curve[curve.len() - 1] - curve[curve.len() - 2]);
    bending.turning += last.turning(Stretch { length: last.length, ..end }, least);
    bending
}

#[derive(Clone, Copy)]
struct Stretch {
    direction: Point,
    length: f64,
}

impl Stretch {
    fn new(direction: Point) -> Self {
        let length = direction.length();
        Self { direction: direction * (1.0 / length.max(1e-9)), length }
    }

    /// The squared angle to the next segment, over length.
    fn turning(self, next: Self, least: f64) -> f64 {
        if self.length.min(next.length) < 1e-6 {
            return 0.0;
        }
        let cosine = self.direction.dot(next.direction).clamp(-1.0, 1.0);
        let square = 4.0 * (1.0 - cosine) / (1.0 + cosine).max(0.05);
        square / ((self.length.min(20.0) + next.length.min(20.0)) / 2.0).max(least)
    }
}

//! Splines of cubic curves: cutting, and the point half way.
//!
//! Only sums, products and square roots, which are the same on every machine.

use crate::diagram::layout::Point;

/// A spline as 1 + 3n points, in cubic curves.
pub(crate) fn cubics(spline: &[Point]) -> Vec<[Point; 4]> {
    let starts = spline.iter().step_by(3);
    let rest = spline.get(1..).unwrap_or_default().chunks_exact(3);
    starts
        .zip(rest)
        .filter_map(|(start, chunk)| Some([*start, *chunk.first()?, *chunk.get(1)?, *chunk.get(2)?]))
        .collect()
}

/// Cubic curves as one spline.
pub(crate) fn spline(cubics: &[[Point; 4]]) -> Vec<Point> {
    let first = cubics.first().map(|[start, ..]| *start);
    first.into_iter().chain(cubics.iter().flat_map(|[_, a, b, end]| [*a, *b, *end])).collect()
}

pub(crate) fn distance(a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    (dx * dx + dy * dy).sqrt()
}

/// Of length 1, from one point to another; downwards if they are the same.
pub(crate) fn direction(from: Point, to: Point) -> Point {
    let length = distance(from, to);
    if length < 1e-9 {
        return Point { x: 0.0, y: 1.0 };
    }
    Point { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
}

/// The curves up to where they come so near to their end, and that place.
///
/// A line that is hardly longer than that keeps a stump, so that there is a direction.
pub(crate) fn cut_end(mut cubics: Vec<[Point; 4]>, length: f64) -> (Vec<[Point; 4]>, Option<Point>) {
    let Some([.., tip]) = cubics.last().copied() else { return (cubics, None) };
    while let [.., before, _] = cubics.as_slice()
        && distance(before[3], tip) < length
    {
        cubics.pop();
    }
    let Some(last) = cubics.pop() else { return (cubics, None) };
    let (mut near, mut far) = (0.0, 1.0);
    for _ in 0..30 {
        let middle = f64::midpoint(near, far);
        if distance(split(last, middle).0[3], tip) > length { near = middle } else { far = middle }
    }
    let (kept, _) = split(last, near);
    cubics.push(kept);
    (cubics, Some(kept[3]))
}

/// The place at half of the way, and the direction there.
pub(crate) fn middle(cubics: &[[Point; 4]]) -> Option<(Point, Point)> {
    const STEPS: u32 = 16;
    let points: Vec<Point> = cubics
        .iter()
        .flat_map(|cubic| (0..=STEPS).map(|step| split(*cubic, f64::from(step) / f64::from(STEPS)).0[3]))
        .collect();
    let pairs = || points.iter().zip(points.iter().skip(1));
    let total: f64 = pairs().map(|(a, b)| distance(*a, *b)).sum();
    let mut gone = 0.0;
    for (a, b) in pairs() {
        let step = distance(*a, *b);
        if step > 0.0 && gone + step >= total / 2.0 {
            return Some((between(*a, *b, (total / 2.0 - gone) / step), direction(*a, *b)));
        }
        gone += step;
    }
    None
}

/// De Casteljau's algorithm: the curve before and after.
fn split([a, b, c, d]: [Point; 4], t: f64) -> ([Point; 4], [Point; 4]) {
    let (ab, bc, cd) = (between(a, b, t), between(b, c, t), between(c, d, t));
    let (abc, bcd) = (between(ab, bc, t), between(bc, cd, t));
    let middle = between(abc, bcd, t);
    ([a, ab, abc, middle], [middle, bcd, cd, d])
}

fn between(a: Point, b: Point, t: f64) -> Point {
    Point { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    fn straight(length: f64) -> Vec<[Point; 4]> {
        cubics(&[0.0, 1.0, 2.0, 3.0].map(|third| at(third * length / 3.0, 0.0)))
    }

    #[test]
    fn an_end_is_cut_by_its_length() {
        let (kept, end) = cut_end(straight(90.0), 9.0);
        assert!((end.unwrap().x - 81.0).abs() < 1e-6);
        assert_eq!(spline(&kept).len(), 4);
        let many =
            [straight(90.0), cubics(&[at(90.0, 0.0), at(91.0, 0.0), at(92.0, 0.0), at(93.0, 0.0)])].concat();
        assert!((cut_end(many, 9.0).1.unwrap().x - 84.0).abs() < 1e-6);
        assert_eq!(cut_end(straight(5.0), 9.0).1.unwrap().x, 0.0);
        assert!(cut_end(Vec::new(), 9.0).1.is_none());
    }

    #[test]
    fn the_middle_is_half_way() {
        let (place, direction) = middle(&straight(90.0)).unwrap();
        assert!((place.x - 45.0).abs() < 1e-6 && direction == at(1.0, 0.0));
        assert!(middle(&[[at(1.0, 1.0); 4]]).is_none());
    }
}

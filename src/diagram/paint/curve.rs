//! Splines of cubic curves: trimming, and the midpoint.

use crate::diagram::layout::geometry::{Cubic, Point, point_at, split};

/// Joins cubic curves into one spline.
pub(crate) fn spline(cubics: &[Cubic]) -> Vec<Point> {
    let first = cubics.first().map(|[start, ..]| *start);
    first.into_iter().chain(cubics.iter().flat_map(|[_, a, b, end]| [*a, *b, *end])).collect()
}

/// The curves up to the point at this distance from their end, and that point.
///
/// A line hardly longer than that keeps a stump, so that it has a direction.
pub(crate) fn cut_end(mut cubics: Vec<Cubic>, length: f64) -> (Vec<Cubic>, Option<Point>) {
    let Some([.., tip]) = cubics.last().copied() else { return (cubics, None) };
    while let [.., before, _] = cubics.as_slice()
        && (before[3] - tip).length() < length
    {
        cubics.pop();
    }
    let Some(last) = cubics.pop() else { return (cubics, None) };
    let (mut near, mut far) = (0.0, 1.0);
    for _ in 0..30 {
        let middle = f64::midpoint(near, far);
        if (point_at(last, middle) - tip).length() > length { near = middle } else { far = middle }
    }
    let (kept, _) = split(last, near);
    cubics.push(kept);
    (cubics, Some(kept[3]))
}

/// The point halfway along, and the direction there.
pub(crate) fn middle(cubics: &[Cubic]) -> Option<(Point, Point)> {
    const STEPS: u32 = 16;
    let points: Vec<Point> = cubics
        .iter()
        .flat_map(|cubic| (0..=STEPS).map(|step| point_at(*cubic, f64::from(step) / f64::from(STEPS))))
        .collect();
    let pairs = || points.iter().zip(points.iter().skip(1));
    let total: f64 = pairs().map(|(a, b)| (*b - *a).length()).sum();
    let mut gone = 0.0;
    for (a, b) in pairs() {
        let step = (*b - *a).length();
        if step > 0.0 && gone + step >= total / 2.0 {
            return Some((a.toward(*b, (total / 2.0 - gone) / step), (*b - *a).unit()));
        }
        gone += step;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    fn straight(length: f64) -> Vec<Cubic> {
        vec![[0.0, 1.0, 2.0, 3.0].map(|third| at(third * length / 3.0, 0.0))]
    }

    #[test]
    fn an_end_is_cut_by_its_length() {
        let (kept, end) = cut_end(straight(90.0), 9.0);
        assert!((end.unwrap().x - 81.0).abs() < 1e-6);
        assert_eq!(spline(&kept).len(), 4);
        let many =
            [straight(90.0), vec![[at(90.0, 0.0), at(91.0, 0.0), at(92.0, 0.0), at(93.0, 0.0)]]].concat();
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

//! Points, rectangles and cubic curves. Uses only `+ - * /` and `sqrt`, so results are the same on every machine.

use std::ops::{Add, Mul, Sub};

/// A position or a vector, in points of 1/72 in, with `y` pointing down.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// An axis-aligned rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

pub(crate) const fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        point(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        point(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        point(self.x * factor, self.y * factor)
    }
}

impl Point {
    pub(crate) fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }

    /// The unit vector in this direction; straight down if the length is 0.
    pub(crate) fn unit(self) -> Self {
        let length = self.length();
        if length < 1e-9 { point(0.0, 1.0) } else { self * (1.0 / length) }
    }

    pub(crate) fn dot(self, other: Self) -> f64 {
        self.x * other.x + self.y * other.y
    }

    /// The cross product: its sign says on which side `other` lies.
    pub(crate) fn cross(self, other: Self) -> f64 {
        self.x * other.y - self.y * other.x
    }

    /// This vector turned by a right angle.
    pub(crate) const fn normal(self) -> Self {
        point(-self.y, self.x)
    }

    /// The mirror image about the diagonal: turns a downward drawing into one that flows to the right.
    pub(crate) const fn transposed(self) -> Self {
        point(self.y, self.x)
    }

    pub(crate) fn toward(self, other: Self, part: f64) -> Self {
        self + (other - self) * part
    }

    /// The distance to the nearest point of the segment.
    pub(crate) fn distance_to_segment(self, from: Self, to: Self) -> f64 {
        let vector = to - from;
        let square = vector.dot(vector);
        let part = if square > 0.0 { ((self - from).dot(vector) / square).clamp(0.0, 1.0) } else { 0.0 };
        (from + vector * part - self).length()
    }
}

impl Rect {
    pub(crate) fn centred(centre: Point, width: f64, height: f64) -> Self {
        Self {
            left: centre.x - width / 2.0,
            top: centre.y - height / 2.0,
            right: centre.x + width / 2.0,
            bottom: centre.y + height / 2.0,
        }
    }

    /// The bounding box of the points; none without points.
    pub(crate) fn around(points: impl IntoIterator<Item = Point>) -> Option<Self> {
        let single = |p: Point| Self { left: p.x, top: p.y, right: p.x, bottom: p.y };
        points.into_iter().map(single).reduce(Self::union)
    }

    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn centre(self) -> Point {
        point((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    pub(crate) fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    pub(crate) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(crate) fn contains(self, p: Point) -> bool {
        p.x > self.left && p.x < self.right && p.y > self.top && p.y < self.bottom
    }

    /// Whether the interiors intersect; touching does not count.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The distance from the point to the rectangle, 0 inside.
    pub(crate) fn distance(self, p: Point) -> f64 {
        let dx = (self.left - p.x).max(p.x - self.right).max(0.0);
        let dy = (self.top - p.y).max(p.y - self.bottom).max(0.0);
        point(dx, dy).length()
    }

    /// Whether a part of the segment lies inside (Liang and Barsky 1984).
    pub(crate) fn cuts(self, from: Point, to: Point) -> bool {
        if from.x.max(to.x) <= self.left
            || from.x.min(to.x) >= self.right
            || from.y.max(to.y) <= self.top
            || from.y.min(to.y) >= self.bottom
        {
            return false;
        }
        let vector = to - from;
        let sides = [
            (-vector.x, from.x - self.left),
            (vector.x, self.right - from.x),
            (-vector.y, from.y - self.top),
            (vector.y, self.bottom - from.y),
        ];
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (speed, room) in sides {
            if speed.abs() < 1e-12 {
                if room <= 0.0 {
                    return false;
                }
            } else if speed < 0.0 {
                enter = enter.max(room / speed);
            } else {
                leave = leave.min(room / speed);
            }
        }
        leave > enter
    }
}

/// Whether the segments cross at a point inside both.
pub(crate) fn segments_cross(a: [Point; 2], b: [Point; 2]) -> bool {
    if a[0].x.max(a[1].x) < b[0].x.min(b[1].x)
        || b[0].x.max(b[1].x) < a[0].x.min(a[1].x)
        || a[0].y.max(a[1].y) < b[0].y.min(b[1].y)
        || b[0].y.max(b[1].y) < a[0].y.min(a[1].y)
    {
        return false;
    }
    let side = |line: [Point; 2], p: Point| (line[1] - line[0]).cross(p - line[0]);
    side(a, b[0]) * side(a, b[1]) < 0.0 && side(b, a[0]) * side(b, a[1]) < 0.0
}

/// A cubic Bezier curve: start, two handles, end.
pub(crate) type Cubic = [Point; 4];

/// The cubic curves of a spline of `1 + 3n` points.
pub(crate) fn pieces(curve: &[Point]) -> impl Iterator<Item = Cubic> + '_ {
    curve.windows(4).step_by(3).filter_map(|piece| piece.try_into().ok())
}

/// The point at parameter `part`, from 0 to 1.
pub(crate) fn point_at(piece: Cubic, part: f64) -> Point {
    let rest = 1.0 - part;
    piece[0] * (rest * rest * rest)
        + piece[1] * (3.0 * rest * rest * part)
        + piece[2] * (3.0 * rest * part * part)
        + piece[3] * (part * part * part)
}

/// The curve as a polyline, with this many segments per cubic.
pub(crate) fn flatten(curve: &[Point], steps: u32) -> Vec<Point> {
    let mut points: Vec<Point> = curve.first().copied().into_iter().collect();
    for piece in pieces(curve) {
        points.extend((1..=steps).map(|step| point_at(piece, f64::from(step) / f64::from(steps))));
    }
    points
}

/// The two halves of a cubic split at `part` (de Casteljau).
pub(crate) fn split(piece: Cubic, part: f64) -> (Cubic, Cubic) {
    let [a, b, c, d] = piece;
    let (ab, bc, cd) = (a.toward(b, part), b.toward(c, part), c.toward(d, part));
    let (abc, bcd) = (ab.toward(bc, part), bc.toward(cd, part));
    let middle = abc.toward(bcd, part);
    ([a, ab, abc, middle], [middle, bcd, cd, d])
}

/// The curve in the opposite direction.
pub(crate) fn reversed(curve: &[Point]) -> Vec<Point> {
    curve.iter().rev().copied().collect()
}

/// A straight line as a cubic curve.
pub(crate) fn straight(from: Point, to: Point) -> Vec<Point> {
    vec![from, from.toward(to, 1.0 / 3.0), from.toward(to, 2.0 / 3.0), to]
}

//! Packs components side by side on a page with balanced proportions.

use super::Size;
use super::geometry::{Point, point};

/// Between two components.
const GAP: f64 = 44.0;

/// How many page widths are tried besides those of the first few components together.
const WIDTHS: usize = 20;

/// The top left corner of each rectangle, on a page that should be `aspect` times as wide as high.
///
/// The largest first, each as high up and then as far left as possible on the skyline of those before (Burke, Kendall
/// and Whitwell 2004 call this family of heuristics bottom-left). Tries several widths and keeps the best page.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of rectangles and of steps of the skyline")]
pub(super) fn pack(sizes: &[Size], aspect: f64) -> Vec<Point> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    let area = |index: usize| sizes[index].width * sizes[index].height;
    order.sort_by(|&a, &b| area(b).total_cmp(&area(a)).then(a.cmp(&b)));
    let mut best: Option<(f64, Page)> = None;
    for width in widths(sizes, &order, aspect) {
        let page = Page::fill(sizes, &order, width);
        let cost = page.cost(aspect);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, page));
        }
    }
    best.map(|(_, page)| page.corners).unwrap_or_default()
}

#[expect(clippy::indexing_slicing, reason = "indices are numbers of rectangles and of steps of the skyline")]
fn widths(sizes: &[Size], order: &[usize], aspect: f64) -> Vec<f64> {
    let mut widths = Vec::new();
    let mut sum = 0.0;
    for &index in order.iter().take(WIDTHS) {
        sum += sizes[index].width + GAP;
        widths.push(sum);
    }
    let area: f64 = sizes.iter().map(|size| (size.width + GAP) * (size.height + GAP)).sum();
    let even = (area * aspect).sqrt();
    widths.extend((0..WIDTHS).map(|step| even * (0.7 + step as f64 / WIDTHS as f64)));
    widths
}

struct Page {
    corners: Vec<Point>,
    width: f64,
    height: f64,
}

impl Page {
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are numbers of rectangles and of steps of the skyline"
    )]
    fn fill(sizes: &[Size], order: &[usize], width: f64) -> Self {
        let mut page = Self { corners: vec![Point::default(); sizes.len()], width: 0.0, height: 0.0 };
        let mut skyline = Skyline(vec![point(0.0, 0.0)]);
        for &index in order {
            let size = sizes[index];
            let corner = skyline.place(size.width + GAP, size.height + GAP, width + 0.5);
            page.corners[index] = corner;
            page.width = page.width.max(corner.x + size.width);
            page.height = page.height.max(corner.y + size.height);
        }
        page
    }

    /// The area, increased by the deviation from the desired shape.
    fn cost(&self, aspect: f64) -> f64 {
        let (width, height) = (self.width.max(1.0), self.height.max(1.0));
        let shape = width / height / aspect;
        width * height * (0.8 + 0.2 * shape.max(1.0 / shape))
    }
}

/// The skyline of the filled part of the page: each step begins at its `x` and extends to the next.
struct Skyline(Vec<Point>);

impl Skyline {
    /// Takes the highest position that is wide enough, the leftmost among equals.
    #[expect(
        clippy::indexing_slicing,
        reason = "indices are numbers of rectangles and of steps of the skyline"
    )]
    fn place(&mut self, width: f64, height: f64, most: f64) -> Point {
        let mut best: Option<Point> = None;
        for at in 0..self.0.len() {
            let left = self.0[at].x;
            if at > 0 && left + width > most {
                break;
            }
            let steps = self.0[at..].iter().take_while(|step| step.x < left + width);
            let top = steps.map(|step| step.y).fold(0.0, f64::max);
            if best.is_none_or(|best| top < best.y) {
                best = Some(point(left, top));
            }
        }
        let corner = best.unwrap_or_default();
        self.fill(corner.x, corner.x + width, corner.y + height);
        corner
    }

    fn fill(&mut self, left: f64, right: f64, bottom: f64) {
        let after = self.0.iter().rev().find(|step| step.x <= right).map_or(0.0, |step| step.y);
        let goes_on = !self.0.iter().any(|step| step.x == right);
        self.0.retain(|step| step.x < left || step.x >= right);
        let at = self.0.partition_point(|step| step.x < left);
        self.0.insert(at, point(left, bottom));
        if goes_on {
            self.0.insert(at + 1, point(right, after));
        }
    }
}

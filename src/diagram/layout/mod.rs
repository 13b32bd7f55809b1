//! Where the boxes of a picture stand and how its lines run.
#![expect(dead_code, reason = "the grid asks for less than a layout will")]

/// What is to be placed: sizes, and what belongs together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    pub(crate) blocks: Vec<Block>,
    pub(crate) links: Vec<Link>,
}

#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) key: String,
    pub(crate) size: Size,
    pub(crate) is_card: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) key: String,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Option<Size>,
    pub(crate) is_level: bool,
    pub(crate) weight: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Which way most lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Down,
    Right,
}

/// Where everything stands, the top left corner at 0, 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    pub(crate) size: Size,
    /// Centres.
    pub(crate) blocks: Vec<Point>,
    pub(crate) links: Vec<Route>,
}

/// The way of a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Route {
    /// A spline of cubic curves, from border to border, as 1 + 3n points.
    pub(crate) curve: Vec<Point>,
    /// The centre of the label.
    pub(crate) label: Option<Point>,
}

/// A grid with straight lines.
pub(crate) fn layout(sketch: &Sketch, flow: Flow) -> Layout {
    let columns = sketch.blocks.len().isqrt().max(1) + usize::from(flow == Flow::Right);
    let mut layout = Layout::default();
    let mut top = 0.0;
    for row in sketch.blocks.chunks(columns) {
        let height = row.iter().map(|block| block.size.height).fold(0.0, f64::max);
        let mut left = 0.0;
        for block in row {
            let Size { width, .. } = block.size;
            layout.blocks.push(Point { x: left + width / 2.0, y: top + height / 2.0 });
            left += width + 150.0;
        }
        layout.size.width = layout.size.width.max(left - 150.0);
        layout.size.height = top + height;
        top += height + 70.0;
    }
    layout.links = sketch.links.iter().map(|link| route(sketch, &layout.blocks, link)).collect();
    layout
}

fn route(sketch: &Sketch, centres: &[Point], link: &Link) -> Route {
    let end = |n: usize| Some((*centres.get(n)?, sketch.blocks.get(n)?.size));
    let (Some((from, from_size)), Some((to, to_size))) = (end(link.from), end(link.to)) else {
        return Route::default();
    };
    let (start, end) = (border(from, from_size, to), border(to, to_size, from));
    let at = |t: f64| Point { x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t };
    let curve = vec![start, at(1.0 / 3.0), at(2.0 / 3.0), end];
    Route { curve, label: link.label.map(|_| at(0.5)) }
}

/// Where the straight way to another point leaves a box.
fn border(centre: Point, size: Size, towards: Point) -> Point {
    let (dx, dy) = (towards.x - centre.x, towards.y - centre.y);
    let scale = (size.width / 2.0 / dx.abs()).min(size.height / 2.0 / dy.abs());
    if !scale.is_finite() {
        return Point { x: centre.x, y: centre.y + size.height / 2.0 };
    }
    Point { x: centre.x + dx * scale, y: centre.y + dy * scale }
}

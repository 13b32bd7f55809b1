//! The layered layout: positions of the blocks, lines and labels of a picture.
//!
//! ```text
//! sketch -> components -> ranks -> net -> order -> coordinates -> ports -> routes -> labels -> packing
//! ```
//!
//! 1. [`component`]: the sketch is split into connected components, each sorted by key, so that the order of the
//!    input does not matter. A picture that flows to the right is transposed: from here on everything flows down.
//! 2. [`level`], [`feedback`], [`rank`]: links that ask to be level are, if possible; cycles are broken by reversing
//!    links (Eades, Lin and Smyth 1993); network simplex ([`simplex`]) assigns short ranks. If there are labels, ranks
//!    are doubled, and labels stand on the odd ones.
//! 3. [`net`]: each link becomes a chain with a spot on every rank it passes.
//! 4. [`order`]: spots are ordered within their ranks to reduce crossings (Sugiyama, Tagawa and Toda 1981).
//! 5. [`across`], [`along`]: coordinates, by network simplex again, then balanced; gaps between ranks.
//! 6. [`ports`]: where lines meet borders.
//! 7. [`corridor`], [`taut`], [`fit`], [`relax`]: each line is a string pulled tight through gates between its
//!    neighbors, then replaced by as few smooth curves as stay inside (after Dobkin et al. 1997). [`bundle`] and
//!    [`loops`] draw the lines that stay on one rank.
//! 8. [`labels`]: labels are placed next to their lines. [`faults`] checks for overlaps; if there are any, the
//!    component is laid out again with more space.
//! 9. [`packing`]: the components are packed onto one page.
//!
//! The overall method is that of Gansner, Koutsofios, North and Vo 1993, "A Technique for Drawing Directed Graphs".
//!
//! The same sketch gives the same layout on every machine: random numbers come from our own generator, no order comes
//! from a hash, and floats use only operations that IEEE 754 defines exactly. Nothing recurses, and every search is
//! bounded.

mod across;
mod along;
mod bundle;
mod component;
mod corridor;
mod faults;
mod feedback;
mod fit;
#[cfg(test)]
mod generate;
pub(crate) mod geometry;
mod labels;
mod level;
mod loops;
#[cfg(test)]
pub(crate) mod measure;
mod net;
mod order;
mod packing;
mod placement;
mod ports;
mod random;
mod rank;
mod relax;
mod route;
mod simplex;
mod spacing;
mod taut;
#[cfg(test)]
mod tests;

use component::{Component, components};
pub(crate) use geometry::Point;
use geometry::{Rect, flatten, point};
use net::Net;
use placement::Placement;
use spacing::Spacing;

/// The input of a layout: sizes and connections, without text. In points (1/72 in).
#[derive(Clone, Debug, Default)]
pub(crate) struct Sketch {
    pub(crate) blocks: Vec<Block>,
    pub(crate) links: Vec<Link>,
}

/// A shape with a border that lines end at.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Stable and unique: breaks every tie.
    pub(crate) key: String,
    pub(crate) size: Size,
    /// Links attach at the middle of the faces, 18 points apart.
    pub(crate) is_card: bool,
}

/// A line between two blocks, or from a block to itself.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// Stable: breaks ties among parallel links.
    pub(crate) key: String,
    /// Indices of blocks. A link to a missing block gets no route.
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) label: Option<Size>,
    /// Both ends should be on one rank, if possible.
    pub(crate) is_level: bool,
    /// How much shortness of the link matters, from 1.
    pub(crate) weight: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) struct Size {
    pub(crate) width: f64,
    pub(crate) height: f64,
}

/// The direction in which links lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Down,
    Right,
}

/// The result of a layout, in eighths of a point; the origin is at the top left, and everything lies within `size`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Layout {
    pub(crate) size: Size,
    /// The middle of each block, in the order of the sketch.
    pub(crate) blocks: Vec<Point>,
    /// The route of each link, in the order of the sketch.
    pub(crate) links: Vec<Route>,
}

/// The course of a line.
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Route {
    /// A cubic spline from border to border, of `1 + 3n` points; empty if an end of the link is missing.
    pub(crate) curve: Vec<Point>,
    /// The middle of the label.
    pub(crate) label: Option<Point>,
}

/// How often a component is laid out, each time with more space, until it has no faults.
const TRIES: u32 = 4;

/// Lays out a sketch.
pub(crate) fn layout(sketch: &Sketch, flow: Flow) -> Layout {
    let parts: Vec<(Component, Drawing)> = components(sketch, flow)
        .into_iter()
        .map(|part| {
            let drawing = draw(&part);
            (part, drawing)
        })
        .collect();
    let turned =
        |size: Size| if flow == Flow::Down { size } else { Size { width: size.height, height: size.width } };
    let sizes: Vec<Size> = parts.iter().map(|(_, drawing)| turned(drawing.size())).collect();
    let aspect = if flow == Flow::Down { 1.2 } else { 1.6 };
    let corners = packing::pack(&sizes, aspect);
    let mut layout = Layout {
        size: Size::default(),
        blocks: vec![Point::default(); sketch.blocks.len()],
        links: vec![Route::default(); sketch.links.len()],
    };
    for (((part, drawing), corner), size) in parts.iter().zip(corners).zip(sizes) {
        let corner = point(to_eighths(corner.x), to_eighths(corner.y));
        drawing.put(part, flow, corner, &mut layout);
        layout.size.width = layout.size.width.max(corner.x + size.width);
        layout.size.height = layout.size.height.max(corner.y + size.height);
    }
    // Rounding may have moved things by an eighth.
    let whole = |length: f64| (length + 0.125).ceil();
    layout.size = Size { width: whole(layout.size.width), height: whole(layout.size.height) };
    layout
}

fn to_eighths(length: f64) -> f64 {
    (length * 8.0).round() / 8.0
}

/// A component after layout, in the frame that flows down.
struct Drawing {
    blocks: Vec<Point>,
    routes: Vec<Route>,
    bounds: Rect,
}

/// Lays out a component, with more space if something overlaps; keeps the best try.
fn draw(component: &Component) -> Drawing {
    let ranks = rank::ranks(component);
    let net = Net::new(component, &ranks);
    let mut best: Option<(usize, Drawing)> = None;
    let mut rows = Vec::new();
    for number in 0..TRIES {
        // Two tries with each order.
        if number % 2 == 0 {
            rows = order::order(&net, u64::from(number));
        }
        let placement = Placement::new(component, &net, &rows, &Spacing::of_try(number));
        let mut routes = route::routes(&placement);
        labels::nudge(&placement, &mut routes);
        let faults = faults::count(&placement, &routes);
        if best.as_ref().is_none_or(|(least, _)| faults < *least) {
            best = Some((faults, Drawing::new(&placement, routes)));
        }
        if faults == 0 {
            break;
        }
    }
    best.map(|(_, drawing)| drawing).unwrap_or_default()
}

impl Default for Drawing {
    fn default() -> Self {
        let bounds = Rect { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
        Self { blocks: Vec::new(), routes: Vec::new(), bounds }
    }
}

impl Drawing {
    fn new(placement: &Placement<'_>, routes: Vec<Route>) -> Self {
        let component = placement.component;
        let blocks = (0..component.nodes.len()).map(|node| placement.block(node));
        let labels = routes.iter().zip(&component.edges).filter_map(|(route, edge)| {
            edge.label.and_then(|size| Some(Rect::centred(route.label?, size.width, size.height)))
        });
        let lines = routes
            .iter()
            .filter_map(|route| Rect::around(flatten(&route.curve, 16)).map(|line| line.grown(1.0)));
        let bounds = blocks.chain(labels).chain(lines).reduce(Rect::union);
        let blocks = (0..component.nodes.len()).map(|node| placement.centre(node)).collect();
        Self { blocks, routes, bounds: bounds.unwrap_or(Self::default().bounds) }
    }

    fn size(&self) -> Size {
        Size { width: self.bounds.width(), height: self.bounds.height() }
    }

    /// Copies the drawing into the layout of the sketch, transposed if the picture flows to the right.
    fn put(&self, component: &Component, flow: Flow, corner: Point, layout: &mut Layout) {
        let origin = point(self.bounds.left, self.bounds.top);
        let place = |at: Point| {
            let at = at - origin;
            let at = corner + if flow == Flow::Down { at } else { at.transposed() };
            point(to_eighths(at.x), to_eighths(at.y))
        };
        for (node, &centre) in component.nodes.iter().zip(&self.blocks) {
            if let Some(block) = layout.blocks.get_mut(node.source) {
                *block = place(centre);
            }
        }
        for (edge, route) in component.edges.iter().zip(&self.routes) {
            if let Some(link) = layout.links.get_mut(edge.source) {
                link.curve = route.curve.iter().copied().map(place).collect();
                link.label = route.label.map(place);
            }
        }
    }
}

//! PNG, painted by resvg.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;

use super::letters::Letters;
use crate::diagram::words::thousands;
use crate::error::{Error, ErrorKind, Result};

/// The largest side that other programs reliably open.
const MOST_SIDE: f64 = 16_000.0;
const MOST_PIXELS: f64 = 100e6;

pub(crate) fn paint(svg: &str, letters: &Letters, scale: f32) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| {
        Error::new(ErrorKind::Drawing, format!("cannot paint the picture: {error}"))
    };
    if !scale.is_finite() || scale <= 0.0 {
        let hint = Some("1 is one pixel per point, 2 is sharp on most screens".to_owned());
        return Err(Error::new(ErrorKind::Drawing, format!("invalid scale {scale}")).hint(hint));
    }
    let tree = Tree::from_str(svg, &letters.options()).map_err(|error| failed(&error))?;
    let side = |length: f32| (f64::from(length) * f64::from(scale)).ceil().max(1.0);
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    if width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS {
        return Err(too_large(&tree, scale, width, height));
    }
    let mut pixels = Pixmap::new(width as u32, height as u32)
        .ok_or_else(|| failed(&"not enough memory for its pixels"))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(&error))
}

/// The largest scale at which a picture of this size, in points, can be painted, rounded down to hundredths.
pub(crate) fn largest_scale(wide: f64, high: f64) -> f64 {
    let fitting = (MOST_SIDE / wide).min(MOST_SIDE / high).min((MOST_PIXELS / (wide * high)).sqrt());
    // Slightly less, since sides are rounded up to whole pixels.
    (fitting * 99.0).floor() / 100.0
}

fn too_large(tree: &Tree, scale: f32, width: f64, height: f64) -> Error {
    let fitting = largest_scale(f64::from(tree.size().width()), f64::from(tree.size().height()));
    let [width, height, most] = [width, height, MOST_SIDE].map(|side| thousands(side as usize));
    let message = format!(
        "at a scale of {scale} the picture has {width} x {height} pixels; the limit is {most} per side and {} million in total",
        MOST_PIXELS / 1e6
    );
    let hint = format!("a scale of up to {fitting:.2} fits; SVG and PDF have no such limit");
    Error::new(ErrorKind::Drawing, message).hint(Some(hint))
}

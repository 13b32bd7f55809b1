//! Measures a scene, lays it out, and paints it as SVG, PNG or PDF.

mod card;
mod columns;
mod curve;
#[cfg(test)]
mod fixture;
mod font;
mod ink;
mod legend;
mod letters;
mod line;
mod line_label;
mod mark;
mod name_box;
mod paragraph;
mod pdf;
mod picture;
mod png;
mod sheet;
mod stack;
mod svg;
#[cfg(test)]
mod tests;
mod typeset;
mod words;
mod xml;

pub use picture::{LayoutEngine, Picture};

/// The layout input for a scene, with the sizes that are painted.
#[cfg(test)]
pub(crate) fn sketch(scene: &super::scene::Scene, flow: super::layout::Flow) -> super::layout::Sketch {
    typeset::Typeset::of(scene, flow, &font::Fonts::carried(), super::Theme::Light.palette()).sketch(scene)
}

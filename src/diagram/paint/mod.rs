//! A scene measured, placed, and painted as SVG, PNG or PDF.

mod card;
mod columns;
mod convert;
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
mod scene_model;
mod sheet;
mod stack;
mod svg;
#[cfg(test)]
mod tests;
mod typeset;
mod words;
mod xml;

pub(crate) use convert::convert;
pub use picture::{LayoutEngine, Picture};

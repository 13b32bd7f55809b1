//! A scene measured, placed, and painted as SVG, PNG or PDF.

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

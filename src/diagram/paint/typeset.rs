//! A scene measured: every box and label as a block, so that layout and painting cannot disagree about sizes.

use super::font::Fonts;
use super::mark::Block;
use super::{card, line_label, name_box};
use crate::diagram::layout::{self, Flow, Link, Sketch};
use crate::diagram::scene::{Body, Scene};
use crate::diagram::style::Palette;

/// The blocks of a scene, in its order.
pub(crate) struct Typeset {
    pub(crate) nodes: Vec<Block>,
    pub(crate) labels: Vec<Option<Block>>,
}

impl Typeset {
    pub(crate) fn of(scene: &Scene, flow: Flow, fonts: &Fonts, palette: &'static Palette) -> Self {
        let nodes = scene.nodes.iter().map(|node| match &node.body {
            Body::Name(name) => name_box::set(name, fonts, palette),
            Body::Card(card) => card::set(card, fonts, palette),
        });
        let labels = scene.lines.iter().map(|line| line_label::set(line, flow, fonts, palette));
        Self { nodes: nodes.collect(), labels: labels.collect() }
    }

    /// What the layout is told.
    pub(crate) fn sketch(&self, scene: &Scene) -> Sketch {
        let blocks = scene.nodes.iter().zip(&self.nodes).map(|(node, block)| layout::Block {
            key: node.key.clone(),
            size: block.size,
            is_card: matches!(node.body, Body::Card(_)),
        });
        let links = scene.lines.iter().zip(&self.labels).map(|(line, label)| Link {
            key: line.key.clone(),
            from: line.from,
            to: line.to,
            label: label.as_ref().map(|block| block.size),
            is_level: line.is_level,
            weight: 1,
        });
        Sketch { blocks: blocks.collect(), links: links.collect() }
    }
}

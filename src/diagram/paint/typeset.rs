//! Measures a scene: every box and label becomes a block, so that layout and painting cannot disagree about sizes.

use super::font::Fonts;
use super::mark::Block;
use super::{card, line_label, name_box};
use crate::diagram::layout::{self, Flow, Link, Size, Sketch};
use crate::diagram::scene::{Body, Scene};
use crate::diagram::style::Palette;

/// Between the lines that end on one side of a box.
const LINE_GAP: f64 = 12.0;
/// A box is not enlarged beyond this to make room for its lines.
const MOST_ROOM: f64 = 180.0;

/// The number of lines at the fuller side of each node in the layout: incoming or outgoing.
fn most_on_a_side(scene: &Scene) -> Vec<usize> {
    let mut sides = vec![[0_usize; 2]; scene.nodes.len()];
    for line in scene.lines.iter().filter(|line| !line.is_level) {
        for (node, side) in [(line.from, 0), (line.to, 1)] {
            let count = sides.get_mut(node).and_then(|sides| sides.get_mut(side));
            count.into_iter().for_each(|count| *count += 1);
        }
    }
    sides.into_iter().map(|[out, come]| out.max(come)).collect()
}

/// The size that lets this many lines end side by side.
fn room_for(lines: usize, flow: Flow) -> Size {
    let room = (lines as f64 * LINE_GAP).min(MOST_ROOM);
    match flow {
        Flow::Down => Size { width: room, height: 0.0 },
        Flow::Right => Size { width: 0.0, height: room },
    }
}

/// The blocks of a scene, in order.
pub(crate) struct Typeset {
    pub(crate) nodes: Vec<Block>,
    pub(crate) labels: Vec<Option<Block>>,
}

impl Typeset {
    pub(crate) fn of(scene: &Scene, flow: Flow, fonts: &Fonts, palette: Palette) -> Self {
        let nodes = scene.nodes.iter().zip(most_on_a_side(scene)).map(|(node, lines)| match &node.body {
            Body::Name(name) => name_box::set(name, room_for(lines, flow), fonts, palette),
            Body::Card(card) => card::set(card, fonts, palette),
        });
        let labels = scene.lines.iter().map(|line| line_label::set(line, flow, fonts, palette));
        Self { nodes: nodes.collect(), labels: labels.collect() }
    }

    /// The layout input.
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

//! Writes a sketch as DOT text that contains only numbers.

use std::fmt::Write;

use crate::diagram::layout::{Flow, Link, Sketch};

/// Points per inch: DOT gives the sizes of boxes in inches.
pub(super) const INCH: f64 = 72.0;

/// Free space around labels: `dot` puts them right next to their lines.
const BESIDE: f64 = 5.0;
const ABOVE: f64 = 2.0;

pub(super) fn write(sketch: &Sketch, flow: Flow) -> String {
    let (direction, across, along) = match flow {
        Flow::Right => ("LR", 0.32, 0.7),
        Flow::Down => ("TB", 0.35, 0.55),
    };
    let mut text = format!(
        "digraph {{ rankdir={direction} nodesep={across} ranksep={along} splines=true\n\
         node [shape=box fixedsize=true label=\"\"]\nedge [dir=none]\n"
    );
    // Writing to a string cannot fail.
    for (n, block) in sketch.blocks.iter().enumerate() {
        let (width, height) = (block.size.width / INCH, block.size.height / INCH);
        let _ = writeln!(text, "n{n} [width={width:.5} height={height:.5}]");
    }
    for (n, link) in sketch.links.iter().enumerate() {
        let _ = writeln!(text, "n{} -> n{} [{}]", link.from, link.to, attributes(n, link));
        if link.is_level && link.from != link.to {
            let _ = writeln!(text, "{{ rank=same n{} n{} }}", link.from, link.to);
        }
    }
    text.push_str("}\n");
    text
}

/// The colour is the number of the link: `dot` repeats it in its answer, which otherwise only has the ends.
fn attributes(n: usize, link: &Link) -> String {
    let mut text = format!("color=\"#{n:06x}\" weight={}", link.weight.max(1));
    if let Some(size) = link.label {
        let (width, height) = (size.width.ceil() + 2.0 * BESIDE, size.height.ceil() + 2.0 * ABOVE);
        let _ = write!(
            text,
            " label=<<TABLE BORDER=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"{width}\" HEIGHT=\"{height}\"><TR><TD></TD></TR></TABLE>>"
        );
    }
    text
}

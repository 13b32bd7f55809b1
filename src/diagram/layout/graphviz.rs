//! The same sketches laid out by Graphviz `dot`, to compare with.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::geometry::point;
use super::{Flow, Layout, Route, Size, Sketch};

/// Whether there is a `dot` to ask; if there must be one, there is.
pub(super) fn is_here() -> bool {
    let answer = Command::new("dot").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_here = answer.is_ok_and(|status| status.success());
    assert!(is_here || std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "dot is required but not here");
    is_here
}

pub(super) fn layout(sketch: &Sketch, flow: Flow) -> Layout {
    let mut child = Command::new("dot")
        .arg("-Tplain")
        .env("SERVER_NAME", "none")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let text = text(sketch, flow);
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    read(sketch, &String::from_utf8(output.stdout).unwrap())
}

/// Boxes and labels of fixed size; each line is known again by its colour.
fn text(sketch: &Sketch, flow: Flow) -> String {
    let settings = match flow {
        Flow::Down => "rankdir=TB nodesep=.35 ranksep=.55",
        Flow::Right => "rankdir=LR nodesep=.32 ranksep=.7",
    };
    let mut lines = vec![format!("digraph {{ graph [splines=true pad=0 margin=0 {settings}]")];
    lines.push("node [shape=box fixedsize=true label=\"\"] edge [arrowhead=none fontsize=1]".to_owned());
    for (number, block) in sketch.blocks.iter().enumerate() {
        let Size { width, height } = block.size;
        lines.push(format!("n{number} [width={:.4} height={:.4}]", width / 72.0, height / 72.0));
    }
    for (number, link) in sketch.links.iter().enumerate() {
        let label = link.label.map_or(String::new(), |Size { width, height }| {
            format!(
                " label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" CELLSPACING=\"0\"><TR>\
                 <TD FIXEDSIZE=\"TRUE\" WIDTH=\"{width}\" HEIGHT=\"{height}\"></TD></TR></TABLE>>"
            )
        });
        let weight = link.weight;
        lines
            .push(format!("n{} -> n{} [color=\"#{number:06x}\" weight={weight}{label}]", link.from, link.to));
        if link.is_level && link.from != link.to {
            lines.push(format!("{{ rank=same n{} n{} }}", link.from, link.to));
        }
    }
    lines.push("}".to_owned());
    lines.join("\n")
}

fn read(sketch: &Sketch, plain: &str) -> Layout {
    let mut layout = Layout {
        size: Size::default(),
        blocks: vec![point(0.0, 0.0); sketch.blocks.len()],
        links: vec![Route::default(); sketch.links.len()],
    };
    for line in plain.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |at: usize| words[at].parse::<f64>().unwrap() * 72.0;
        match words[0] {
            "graph" => layout.size = Size { width: number(2), height: number(3) },
            "node" => {
                let block: usize = words[1].trim_start_matches('n').parse().unwrap();
                layout.blocks[block] = point(number(2), layout.size.height - number(3));
            }
            "edge" => {
                let count: usize = words[3].parse().unwrap();
                let at = |index: usize| point(number(index), layout.size.height - number(index + 1));
                let last = words.len() - 1;
                let link = usize::from_str_radix(words[last].trim_matches(['"', '#']), 16).unwrap();
                let has_label = sketch.links[link].label.is_some();
                layout.links[link] = Route {
                    curve: (0..count).map(|index| at(4 + 2 * index)).collect(),
                    label: has_label.then(|| at(last - 3)),
                };
            }
            _ => {}
        }
    }
    layout
}

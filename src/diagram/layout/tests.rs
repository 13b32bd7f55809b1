use std::time::Instant;

use super::generate::{article, sketch};
use super::measure::{Figures, measure};
use super::{graphviz, *};

const FLOWS: [Flow; 2] = [Flow::Down, Flow::Right];

/// So many sketches are tested.
const SCENES: usize = 200;

#[test]
fn nothing_is_hit() {
    let mut wrong = Vec::new();
    for number in 0..SCENES {
        let sketch = sketch(number, SCENES);
        for flow in FLOWS {
            let figures = measure(&sketch, &layout(&sketch, flow));
            if figures.faults() > 0 {
                wrong.push(format!("{number} {flow:?}: {figures:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lines_cross_less_than_with_dot() {
    if !graphviz::is_here() {
        println!("skipped: dot is not here");
        return;
    }
    for flow in FLOWS {
        let (mut own, mut dot) = (0, 0);
        for number in 0..SCENES {
            let sketch = sketch(number, SCENES);
            own += measure(&sketch, &layout(&sketch, flow)).crossings;
            dot += measure(&sketch, &graphviz::layout(&sketch, flow)).crossings;
        }
        assert!(own < dot, "{flow:?}: {own} crossings, and {dot} with dot");
    }
}

/// `cargo test --release --lib layout::tests::figures -- --ignored --nocapture`
#[test]
#[ignore = "prints a table"]
fn figures() {
    type Engine = fn(&Sketch, Flow) -> Layout;
    let mut engines: Vec<(&str, Engine)> = vec![("own", layout)];
    if graphviz::is_here() {
        engines.push(("dot", graphviz::layout));
    }
    println!(
        "| flow | by | hits | crossings | together, pt | turning, rad | corners | area, Mpt2 | ms | ms at most |"
    );
    for flow in FLOWS {
        for (name, engine) in &engines {
            let (mut sum, mut times) = (Figures::default(), Vec::new());
            for number in 0..SCENES {
                let sketch = sketch(number, SCENES);
                let start = Instant::now();
                let layout = engine(&sketch, flow);
                times.push(start.elapsed().as_secs_f64() * 1_000.0);
                let figures = measure(&sketch, &layout);
                if figures.faults() > 0 && *name == "own" {
                    println!("{number}: {figures:?}");
                }
                sum.add(&figures);
            }
            let Figures { crossings, together, corners, .. } = sum;
            let (turning, area) = (sum.turning / sum.lines as f64, sum.area / 1e6);
            let average = times.iter().sum::<f64>() / times.len() as f64;
            let most = times.iter().copied().fold(0.0, f64::max);
            println!(
                "| {flow:?} | {name} | {} | {crossings} | {together:.0} | {turning:.2} | {corners} | {area:.1} | {average:.1} | {most:.1} |",
                sum.faults()
            );
        }
    }
}

/// Writes pictures to look at into a folder: `KEIRETSU_PICTURES=folder cargo test layout::tests::pictures -- --ignored`
#[test]
#[ignore = "writes files"]
fn pictures() {
    let Ok(folder) = std::env::var("KEIRETSU_PICTURES") else { return };
    for flow in FLOWS {
        let mut sketches: Vec<(String, Sketch)> = vec![("article".to_owned(), article(flow))];
        sketches.extend((0..SCENES).map(|number| (format!("{number:03}"), sketch(number, SCENES))));
        for (name, sketch) in sketches {
            let svg = svg(&sketch, &layout(&sketch, flow));
            std::fs::write(format!("{folder}/{name}-{flow:?}.svg"), svg).unwrap();
        }
    }
}

fn svg(sketch: &Sketch, layout: &Layout) -> String {
    use std::fmt::Write;
    const COLOURS: [&str; 6] = ["#C2410C", "#1B2733", "#8A4F8A", "#1D6FA5", "#2F7F79", "#7B8794"];
    let Size { width, height } = layout.size;
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-10 -10 {} {}'><rect x='-10' y='-10' width='100%' height='100%' fill='#fff'/><g fill='none' stroke-width='1.8'>",
        width + 20.0,
        height + 20.0
    );
    let rect = |at: Point, size: Size| {
        let Rect { left, top, .. } = Rect::centred(at, size.width, size.height);
        format!("<rect x='{left}' y='{top}' width='{}' height='{}' ", size.width, size.height)
    };
    for (number, (link, route)) in sketch.links.iter().zip(&layout.links).enumerate() {
        let colour = COLOURS[number % COLOURS.len()];
        let points: Vec<String> = route.curve.iter().map(|p| format!("{},{}", p.x, p.y)).collect();
        if let Some((first, rest)) = points.split_first() {
            write!(svg, "<path d='M{first} C{}' stroke='{colour}'/>", rest.join(" ")).unwrap();
        }
        if let Some(end) = route.curve.last() {
            write!(svg, "<circle cx='{}' cy='{}' r='3' fill='{colour}'/>", end.x, end.y).unwrap();
        }
        if let (Some(at), Some(size)) = (route.label, link.label) {
            write!(svg, "{}fill='{colour}' fill-opacity='.25'/>", rect(at, size)).unwrap();
        }
    }
    for (block, &at) in sketch.blocks.iter().zip(&layout.blocks) {
        let fill = if block.is_card { "#FBEFE8" } else { "#E8EDF2" };
        write!(svg, "{}fill='{fill}' stroke='#333'/>", rect(at, block.size)).unwrap();
        write!(
            svg,
            "<text x='{}' y='{}' font-size='11' fill='#333' text-anchor='middle'>{}</text>",
            at.x,
            at.y + 4.0,
            block.key
        )
        .unwrap();
    }
    svg + "</g></svg>"
}

//! 200 made-up scenes, laid out and measured as they are painted, compared with `dot`.

use std::time::{Duration, Instant};

use super::drawing::Drawing;
use super::generated;
use super::graphviz;
use super::layout::measure::{Figures, measure};
use super::layout::{Flow, Layout, Sketch, layout};
use super::paint::sketch;

const SCENES: usize = 200;
const FLOWS: [Flow; 2] = [Flow::Down, Flow::Right];

/// The sketch of a made-up graph, with the sizes that are painted.
fn made_up(number: usize, flow: Flow) -> Sketch {
    let graph = generated::graph(number, 5 + number * 55 / (SCENES - 1));
    sketch(&Drawing::of(&graph.view().diagram()).scene, flow)
}

/// The layout of `dot`; `None` if it is not installed, unless `KEIRETSU_REQUIRE_DOT` is set.
fn by_dot(sketch: &Sketch, flow: Flow) -> Option<Layout> {
    match graphviz::layout(sketch, flow) {
        Ok(layout) => Some(layout),
        Err(error) => {
            assert!(std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "{error}");
            #[expect(clippy::print_stderr, reason = "a test that does not run says so")]
            let () = eprintln!("not compared with dot: {error}");
            None
        }
    }
}

fn check(flow: Flow) {
    let (mut faults, mut ours, mut theirs) = (Vec::new(), 0, 0);
    for number in 0..SCENES {
        let sketch = made_up(number, flow);
        let figures = measure(&sketch, &layout(&sketch, flow));
        if figures.faults() > 0 {
            faults.push(format!("{number}: {figures:?}"));
        }
        let Some(other) = by_dot(&sketch, flow) else { continue };
        ours += figures.crossings;
        theirs += measure(&sketch, &other).crossings;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(ours == 0 && theirs == 0 || ours < theirs, "{ours} crossings, and {theirs} of dot");
}

#[test]
fn nothing_is_hit_from_top_to_bottom() {
    check(Flow::Down);
}

#[test]
fn nothing_is_hit_from_left_to_right() {
    check(Flow::Right);
}

/// Prints our figures next to those of `dot`.
#[test]
#[ignore = "prints a table, and is to be built in release"]
fn figures() {
    for flow in FLOWS {
        let mut sums = [Figures::default(), Figures::default()];
        let mut times = [Vec::new(), Vec::new()];
        for number in 0..SCENES {
            let sketch = made_up(number, flow);
            let started = Instant::now();
            let own = layout(&sketch, flow);
            times[0].push(started.elapsed());
            sums[0].add(&measure(&sketch, &own));
            let started = Instant::now();
            if let Some(other) = by_dot(&sketch, flow) {
                times[1].push(started.elapsed());
                sums[1].add(&measure(&sketch, &other));
            }
        }
        for (who, (sum, times)) in ["own", "dot"].iter().zip(sums.iter().zip(&mut times)) {
            times.sort_unstable();
            let at = |part: usize| times.get(times.len().saturating_sub(1) * part / 100).copied();
            let [median, most] =
                [at(50), at(100)].map(Option::unwrap_or_default).map(|time: Duration| time.as_millis());
            println!("{flow:?} {who}: {} faults, median {median} ms, most {most} ms, {sum:#?}", sum.faults());
        }
    }
}

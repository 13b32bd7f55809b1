use std::time::Instant;

use proptest::prelude::*;

use super::feedback::{self, Arc};
use super::generate::{article, random_sketch, shuffled, sketch};
use super::measure::measure;
use super::order::crossings;
use super::simplex::{self, Constraint};
use super::*;

const FLOWS: [Flow; 2] = [Flow::Down, Flow::Right];

/// The number of sketches tested; scenes of graphs are tested too.
const SCENES: usize = 100;

#[test]
fn nothing_is_hit() {
    for flow in FLOWS {
        for number in 0..SCENES {
            let sketch = sketch(number, SCENES);
            let figures = measure(&sketch, &layout(&sketch, flow));
            assert_eq!(figures.faults(), 0, "{flow:?} {number}: {figures:?}");
        }
    }
}

#[test]
fn the_article_has_no_crossing() {
    for flow in FLOWS {
        let sketch = article(flow);
        let layout = layout(&sketch, flow);
        let figures = measure(&sketch, &layout);
        assert_eq!(
            (figures.faults(), figures.crossings, figures.corners),
            (0, 0, 0),
            "{flow:?}: {figures:?}"
        );
        // Foxconn and FIH ask to be on one rank.
        let (foxconn, fih) = (layout.blocks[3], layout.blocks[2]);
        assert_eq!(if flow == Flow::Down { foxconn.y - fih.y } else { foxconn.x - fih.x }, 0.0, "{flow:?}");
    }
}

/// The sum that network simplex minimizes.
fn stretch(constraints: &[Constraint], at: &[i64]) -> i64 {
    constraints.iter().map(|constraint| constraint.weight * (at[constraint.head] - at[constraint.tail])).sum()
}

fn keeps(constraints: &[Constraint], at: &[i64]) -> bool {
    constraints.iter().all(|constraint| at[constraint.head] - at[constraint.tail] >= constraint.length)
}

/// The minimum over all positions from 0 to `most`, found by exhaustive search.
fn least_stretch(count: usize, constraints: &[Constraint], most: i64) -> i64 {
    let mut at = vec![0; count];
    let mut least = i64::MAX;
    loop {
        if keeps(constraints, &at) {
            least = least.min(stretch(constraints, &at));
        }
        let Some(raised) = (0..count).find(|&node| at[node] < most) else { return least };
        at[..raised].fill(0);
        at[raised] += 1;
    }
}

proptest! {
    /// Constraints lead from lower to higher numbers, so that there are no cycles.
    #[test]
    fn simplex_is_as_good_as_trying_all(
        count in 1_usize..6,
        ends in prop::collection::vec((0_usize..6, 1_usize..6, 0_i64..9, 0_i64..3), 0..9),
    ) {
        let constraints: Vec<Constraint> = ends
            .into_iter()
            .map(|(tail, step, weight, length)| Constraint { tail, head: tail + step, weight, length })
            .filter(|constraint| constraint.head < count)
            .collect();
        let at = simplex::solve(count, &constraints, 1_000);
        prop_assert!(keeps(&constraints, &at));
        prop_assert_eq!(stretch(&constraints, &at), least_stretch(count, &constraints, 6));
    }

    /// Cycles, loops and constraints to missing nodes neither stop nor break it; with few pivots the other
    /// constraints are still kept.
    #[test]
    fn simplex_survives_anything(
        count in 0_usize..30,
        ends in prop::collection::vec((0_usize..31, 0_usize..31, 0_i64..99, 0_i64..99), 0..60),
        pivots in 0_usize..9,
    ) {
        let constraints: Vec<Constraint> =
            ends.iter().map(|&(tail, head, weight, length)| Constraint { tail, head, weight, length }).collect();
        prop_assert_eq!(simplex::solve(count, &constraints, pivots).len(), count);
        let forward: Vec<Constraint> = constraints.into_iter().filter(|constraint| constraint.tail < constraint.head && constraint.head < count).collect();
        prop_assert!(keeps(&forward, &simplex::solve(count, &forward, pivots)));
    }

    #[test]
    fn crossings_are_counted_as_pair_by_pair(segments in prop::collection::vec((0_usize..12, 0_usize..12), 0..40)) {
        let cross = |a: (usize, usize), b: (usize, usize)| (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1);
        let naive = segments.iter().enumerate().map(|(index, &a)| {
            segments[..index].iter().filter(|&&b| cross(a, b)).count()
        });
        prop_assert_eq!(crossings::between_ranks(segments.clone()), naive.sum::<usize>());
    }

    #[test]
    fn turning_feedback_leaves_no_circle(ends in prop::collection::vec((0_usize..9, 0_usize..9), 0..30)) {
        let arcs: Vec<Arc> = ends.into_iter().map(|(tail, head)| Arc { tail, head, weight: 1 }).collect();
        let turned = feedback::turned(9, &arcs);
        let mut constraints: Vec<(usize, usize)> = arcs
            .iter()
            .zip(turned)
            .map(|(arc, turned)| if turned { (arc.head, arc.tail) } else { (arc.tail, arc.head) })
            .filter(|(tail, head)| tail != head)
            .collect();
        // Remove sources until nothing is left.
        while !constraints.is_empty() {
            let source = constraints.iter().map(|constraint| constraint.0).find(|tail| constraints.iter().all(|constraint| constraint.1 != *tail));
            prop_assert!(source.is_some(), "a cycle is left: {constraints:?}");
            constraints.retain(|constraint| Some(constraint.0) != source);
        }
    }
}

/// The same blocks and links in another order give the same picture.
#[test]
fn the_order_of_the_input_does_not_matter() {
    for number in (0..SCENES).step_by(9) {
        let sketch = sketch(number, SCENES);
        let (shuffled, blocks, links) = shuffled(&sketch, number as u64);
        for flow in FLOWS {
            let (one, other) = (layout(&sketch, flow), layout(&shuffled, flow));
            assert_eq!(one.size, other.size, "{number}");
            for (old, &new) in blocks.iter().enumerate() {
                assert_eq!(one.blocks[old], other.blocks[new], "{number}: block {old}");
            }
            for (old, &new) in links.iter().enumerate() {
                assert_eq!(one.links[old], other.links[new], "{number}: link {old}");
            }
        }
    }
}

/// Sizes are finite, everything lies on the page, and every link with both ends has a curve.
fn check(name: &str, sketch: &Sketch) {
    // The large ones are slow without optimization, and the flow makes no difference to them.
    let flows = if sketch.blocks.len() < 100 { &FLOWS[..] } else { &FLOWS[..1] };
    for &flow in flows {
        let start = Instant::now();
        let layout = layout(sketch, flow);
        println!("{name} {flow:?}: {:?}, {:?}", start.elapsed(), layout.size);
        let is_on_page =
            |p: &Point| p.x >= 0.0 && p.y >= 0.0 && p.x <= layout.size.width && p.y <= layout.size.height;
        assert_eq!(
            (layout.blocks.len(), layout.links.len()),
            (sketch.blocks.len(), sketch.links.len()),
            "{name}"
        );
        assert!(layout.blocks.iter().all(is_on_page), "{name}: a block is off the page");
        for (route, link) in layout.links.iter().zip(&sketch.links) {
            let has_ends = link.from.max(link.to) < sketch.blocks.len();
            assert_eq!(route.curve.len() % 3, usize::from(has_ends), "{name}: {link:?}");
            assert_eq!(route.label.is_some(), has_ends && link.label.is_some(), "{name}: {link:?}");
            assert!(
                route.curve.iter().chain(&route.label).all(|p| p.x.is_finite() && p.y.is_finite()),
                "{name}"
            );
        }
    }
}

fn row(count: usize, size: Size) -> Vec<Block> {
    (0..count).map(|number| Block { key: format!("{number:05}"), size, is_card: number % 3 == 1 }).collect()
}

fn links(pairs: impl IntoIterator<Item = (usize, usize)>, label: Option<Size>, is_level: bool) -> Vec<Link> {
    let link =
        |(number, (from, to))| Link { key: format!("{number:06}"), from, to, label, is_level, weight: 1 };
    pairs.into_iter().enumerate().map(link).collect()
}

#[test]
fn odd_sketches_are_laid_out() {
    const USUAL: Size = Size { width: 100.0, height: 43.0 };
    const LABEL: Option<Size> = Some(Size { width: 40.0, height: 12.0 });
    let all = |count: usize| (0..count).flat_map(move |a| (0..a).map(move |b| (a, b)));
    let table = [
        ("nothing", 0, USUAL, links([], None, false)),
        ("a link of nothing", 0, USUAL, links([(0, 0)], LABEL, true)),
        ("one block", 1, USUAL, links([], None, false)),
        ("one loop", 1, USUAL, links([(0, 0)], LABEL, true)),
        ("many loops", 1, USUAL, links([(0, 0); 60], LABEL, true)),
        (
            "ends out of range",
            2,
            USUAL,
            links([(0, 7), (7, 0), (usize::MAX, usize::MAX), (0, 1)], LABEL, false),
        ),
        ("no size", 9, Size::default(), links((0..9).map(|a| (a, a * 2 % 9)), Some(Size::default()), false)),
        ("no size, level", 9, Size::default(), links((0..8).map(|a| (a, a + 1)), None, true)),
        ("huge", 9, Size { width: 1e300, height: 1e9 }, links((0..9).map(|a| (a, a * 2 % 9)), LABEL, false)),
        (
            "no number",
            9,
            Size { width: f64::NAN, height: f64::INFINITY },
            links((0..8).map(|a| (a, 8)), LABEL, false),
        ),
        ("less than nothing", 3, Size { width: -4.0, height: -1.0 }, links([(0, 1), (1, 2)], LABEL, false)),
        ("two cycles", 6, USUAL, links([(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)], LABEL, false)),
        ("parallels", 2, USUAL, links((0..40).map(|a| (a % 2, 1 - a % 2)), LABEL, false)),
        ("level parallels", 2, USUAL, links((0..40).map(|a| (a % 2, 1 - a % 2)), LABEL, true)),
        ("level clique", 12, USUAL, links(all(12), LABEL, true)),
        ("a star", 200, USUAL, links((1..200).map(|a| (0, a)), LABEL, true)),
        ("no links", 300, USUAL, links([], None, false)),
        ("a chain", 2_000, USUAL, links((1..2_000).map(|a| (a - 1, a)), LABEL, false)),
        ("a level chain", 2_000, USUAL, links((1..2_000).map(|a| (a - 1, a)), LABEL, true)),
        ("a cycle", 300, USUAL, links((0..300).map(|a| (a, (a + 1) % 300)), LABEL, false)),
        ("a clique", 300, USUAL, links(all(300), LABEL, false)),
        ("a ladder", 400, USUAL, links((0..398).flat_map(|a| [(a, a + 1), (a, a + 2)]), None, false)),
    ];
    for (name, count, size, links) in table {
        check(name, &Sketch { blocks: row(count, size), links });
    }
    check("300 blocks with 1,000 links", &random_sketch(300, 1_000, 1));
}

/// Equal keys are invalid, but must not panic.
#[test]
fn equal_keys_are_laid_out() {
    let mut sketch = sketch(30, SCENES);
    for block in &mut sketch.blocks {
        block.key.clear();
    }
    for link in &mut sketch.links {
        link.key.clear();
    }
    check("equal keys", &sketch);
}

/// Writes pictures into a folder, for visual inspection: `KEIRETSU_PICTURES=folder cargo test layout::tests::pictures
/// -- --ignored`
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

//! Reads the answer of `dot -Tplain`: a line for each node and edge, in inches from the lower left corner.

use super::question::INCH;
use crate::diagram::layout::{Layout, Point, Route, Size, Sketch};

/// The layout, if the answer is complete.
pub(super) fn read(answer: &str, sketch: &Sketch) -> Option<Layout> {
    let mut size = None;
    let mut blocks: Vec<Option<Point>> = vec![None; sketch.blocks.len()];
    let mut links: Vec<Option<Route>> = vec![None; sketch.links.len()];
    for line in answer.lines() {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        match words.as_slice() {
            ["graph", _, width, height, ..] => {
                size = Some(Size { width: number(width)? * INCH, height: number(height)? * INCH });
            }
            ["node", name, x, y, ..] => {
                *blocks.get_mut(name.strip_prefix('n')?.parse::<usize>().ok()?)? = Some(point(x, y, size?)?);
            }
            ["edge", rest @ ..] => {
                let n = usize::from_str_radix(rest.last()?.trim_matches('"').strip_prefix('#')?, 16).ok()?;
                *links.get_mut(n)? = Some(route(rest, size?, sketch.links.get(n)?.label.is_some())?);
            }
            _ => {}
        }
    }
    let mut layout = Layout {
        size: size?,
        blocks: blocks.into_iter().collect::<Option<_>>()?,
        links: links.into_iter().collect::<Option<_>>()?,
    };
    turn(&mut layout, sketch);
    snap(&mut layout, sketch);
    Some(layout)
}

/// Reads "tail head n x1 y1 .. xn yn [label x y] style color"; the words of a label come before its position.
fn route(words: &[&str], size: Size, has_label: bool) -> Option<Route> {
    let count: usize = words.get(2)?.parse().ok()?;
    let (places, rest) = words.get(3..)?.split_at_checked(count.checked_mul(2)?)?;
    let curve: Vec<Point> = places
        .chunks_exact(2)
        .map(|place| point(place.first()?, place.get(1)?, size))
        .collect::<Option<_>>()?;
    let is_spline = curve.len() >= 4 && curve.len() % 3 == 1;
    let label = match rest {
        [.., x, y, _, _] if has_label => Some(point(x, y, size)?),
        _ => None,
    };
    is_spline.then_some(Route { curve, label })
}

/// Reverses edges that `dot` drew from head to tail, as it does where it breaks a cycle.
fn turn(layout: &mut Layout, sketch: &Sketch) {
    let away = |a: &Point, b: &Point| (a.x - b.x).powi(2) + (a.y - b.y).powi(2);
    for (route, link) in layout.links.iter_mut().zip(&sketch.links) {
        let ends = (layout.blocks.get(link.from), layout.blocks.get(link.to));
        if let ((Some(from), Some(to)), [first, .., last]) = (ends, route.curve.as_slice())
            && away(first, from) + away(last, to) > away(first, to) + away(last, from)
        {
            route.curve.reverse();
        }
    }
}

/// Moves ends that are almost on a border onto it: `dot` rounds.
fn snap(layout: &mut Layout, sketch: &Sketch) {
    let Layout { blocks, links, .. } = layout;
    for (route, link) in links.iter_mut().zip(&sketch.links) {
        let block = |n: usize| Some((*blocks.get(n)?, sketch.blocks.get(n)?.size));
        if let (Some(end), Some((centre, size))) = (route.curve.first_mut(), block(link.from)) {
            *end = on_border(*end, centre, size);
        }
        if let (Some(end), Some((centre, size))) = (route.curve.last_mut(), block(link.to)) {
            *end = on_border(*end, centre, size);
        }
    }
}

fn on_border(point: Point, centre: Point, size: Size) -> Point {
    const NEAR: f64 = 1.0;
    let (dx, dy) = (point.x - centre.x, point.y - centre.y);
    let (half_width, half_height) = (size.width / 2.0, size.height / 2.0);
    let (beside, above) = ((dx.abs() - half_width).abs(), (dy.abs() - half_height).abs());
    if beside.min(above) > NEAR {
        point
    } else if beside <= above {
        Point { x: centre.x + half_width.copysign(dx), y: point.y }
    } else {
        Point { x: point.x, y: centre.y + half_height.copysign(dy) }
    }
}

fn point(x: &str, y: &str, size: Size) -> Option<Point> {
    Some(Point { x: number(x)? * INCH, y: size.height - number(y)? * INCH })
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::layout::{Block, Link};

    fn sketch() -> Sketch {
        let size = Size { width: 72.0, height: 36.0 };
        let block = |key: &str| Block { key: key.to_owned(), size, is_card: false };
        let link = |from, to, label| Link { key: String::new(), from, to, label, is_level: false, weight: 1 };
        Sketch { blocks: vec![block("a"), block("b")], links: vec![link(0, 1, None), link(1, 0, Some(size))] }
    }

    const ANSWER: &str = "graph 1 1 3\n\
        node n0 0.5 2.75 1 0.5 \"\" solid box black lightgrey\n\
        node n1 0.5 0.25 1 0.5 \"\" solid box black lightgrey\n\
        edge n0 n1 4 0.5 2.5 0.5 2 0.5 1 0.5 0.5 solid \"#000000\"\n\
        edge n1 n0 4 0.6 2.5 0.6 2 0.6 1 0.6 0.5 <a b> 0.7 1.5 solid \"#000001\"\nstop\n";

    #[test]
    fn an_answer_is_read_upside_down_and_along_the_links() {
        let layout = read(ANSWER, &sketch()).unwrap();
        assert_eq!(layout.size, Size { width: 72.0, height: 216.0 });
        assert_eq!(layout.blocks[0], Point { x: 36.0, y: 18.0 });
        assert_eq!(layout.links[0].curve[0], Point { x: 36.0, y: 36.0 });
        assert!((layout.links[1].curve[0].y - 180.0).abs() < 1e-9, "it runs from its tail");
        assert!((layout.links[1].label.unwrap().x - 50.4).abs() < 1e-9);
    }

    #[test]
    fn half_an_answer_is_none() {
        for part in ["", "graph 1 1 3", "node n0 0.5 1 1 1", &ANSWER.replace("#000001", "#000009")] {
            assert!(read(part, &sketch()).is_none(), "{part}");
        }
        assert!(read(&ANSWER.replace("0.7 1.5", "0.7 inf"), &sketch()).is_none());
        assert!(read(&ANSWER.replace("n0 n1 4", "n0 n1 18446744073709551615"), &sketch()).is_none());
    }
}

//! Layout by the `dot` of an installed Graphviz.
//!
//! `dot` gets sizes and connections as numbers, and no text: no name can affect it, and fonts do not matter.

mod answer;
mod program;
mod question;

use super::layout::{Flow, Layout, Sketch};
use crate::error::{Error, ErrorKind, Result};

/// The most blocks; above this `dot` takes minutes.
const MOST_BLOCKS: usize = 2000;

/// Lays out the sketch with `dot`.
pub(crate) fn layout(sketch: &Sketch, flow: Flow) -> Result<Layout> {
    if sketch.blocks.len() > MOST_BLOCKS {
        let message =
            format!("`dot` is too slow for {} boxes; the limit is {MOST_BLOCKS}", sketch.blocks.len());
        let hint = "draw less, for example with --around, or omit --layout".to_owned();
        return Err(Error::new(ErrorKind::Drawing, message).hint(Some(hint)));
    }
    let program = program::find()?;
    let answer = program::ask(&program, &question::write(sketch, flow))?;
    answer::read(&answer, sketch).ok_or_else(|| {
        let hint = "omit --layout to use the built-in layout".to_owned();
        Error::new(ErrorKind::Drawing, "cannot read the output of `dot`").hint(Some(hint))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::layout::{Block, Link, Size};

    fn sketch(blocks: usize) -> Sketch {
        let size = Size { width: 36.0, height: 18.0 };
        let block = |_| Block { key: "\"]; label=secret".to_owned(), size, is_card: false };
        let link = |n| Link {
            key: "secret".to_owned(),
            from: n,
            to: n + 1,
            label: (n % 2 == 0).then_some(size),
            is_level: n % 3 == 0,
            weight: 2,
        };
        let links = (0..blocks.saturating_sub(1)).map(link).collect();
        Sketch { blocks: (0..blocks).map(block).collect(), links }
    }

    #[test]
    fn dot_is_told_numbers_only() {
        let text = question::write(&sketch(3), Flow::Down);
        assert!(!text.contains("secret"));
        assert!(text.contains("n0 [width=0.50000 height=0.25000]"), "{text}");
        assert!(text.contains("n1 -> n2 [color=\"#000001\" weight=2]"), "{text}");
        assert!(text.contains("{ rank=same n0 n1 }"), "{text}");
    }

    #[test]
    fn it_is_not_asked_for_too_much() {
        let error = layout(&sketch(2001), Flow::Down).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Drawing);
        assert_eq!(error.to_string(), "`dot` is too slow for 2001 boxes; the limit is 2000");
    }

    #[test]
    fn its_boxes_do_not_overlap() {
        let sketch = sketch(40);
        let layout = match layout(&sketch, Flow::Right) {
            Ok(layout) => layout,
            Err(error) => {
                assert!(std::env::var_os("KEIRETSU_REQUIRE_DOT").is_none(), "{error}");
                eprintln!("skipped: {error}");
                return;
            }
        };
        for (n, one) in layout.blocks.iter().enumerate() {
            for other in &layout.blocks[n + 1..] {
                assert!((one.x - other.x).abs() >= 35.9 || (one.y - other.y).abs() >= 17.9);
            }
        }
        for (route, link) in layout.links.iter().zip(&sketch.links) {
            let (from, to) = (layout.blocks[link.from], layout.blocks[link.to]);
            let (start, end) = (route.curve[0], route.curve[route.curve.len() - 1]);
            for (point, centre) in [(start, from), (end, to)] {
                assert!(
                    (point.x - centre.x).abs() < 18.01 && (point.y - centre.y).abs() < 9.01,
                    "{point:?} {centre:?}"
                );
            }
            assert_eq!(route.label.is_some(), link.label.is_some());
        }
    }
}

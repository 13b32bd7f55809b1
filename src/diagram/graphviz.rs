//! Positions from the `dot` of an installed Graphviz.
//!
//! It is told sizes and connections as numbers, and no words; so no name can hurt it, and no font matters.

mod answer;
mod program;
mod question;

use super::layout::{Flow, Layout, Sketch};
use crate::error::{Error, ErrorKind, Result};

/// `dot` takes minutes for more.
const MOST_BLOCKS: usize = 2000;

/// The layout that `dot` finds.
pub(crate) fn layout(sketch: &Sketch, flow: Flow) -> Result<Layout> {
    if sketch.blocks.len() > MOST_BLOCKS {
        let message =
            format!("`dot` is not asked to place {} boxes; the most is {MOST_BLOCKS}", sketch.blocks.len());
        let hint = "draw less, as with --around, or leave --layout away".to_owned();
        return Err(Error::new(ErrorKind::Drawing, message).hint(Some(hint)));
    }
    let program = program::find()?;
    let answer = program::ask(&program, &question::write(sketch, flow))?;
    answer::read(&answer, sketch).ok_or_else(|| {
        let hint = "leave --layout away to use the layout that is built in".to_owned();
        Error::new(ErrorKind::Drawing, "the answer of `dot` is not understood").hint(Some(hint))
    })
}

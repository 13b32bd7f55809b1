//! Lints of the whole graph, seen through a view.

mod facts;
mod licenses;
mod lives;
mod stakes;
mod titles;

use super::build::derive::Misfit;
use super::build::problem::{Problems, Record};
use super::store::index::FactIx;
use super::view::view::View;

/// Runs every check. `position` finds the record that states a fact.
pub(crate) fn check(
    view: View<'_>,
    misfits: &[Misfit],
    position: &(dyn Fn(FactIx) -> Record + Sync),
    problems: &mut Problems<'_>,
) {
    stakes::check(view, position, problems);
    facts::check(view, position, problems);
    stakes::misfits(view, misfits, position, problems);
}

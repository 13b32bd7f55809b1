//! Makes room in a large picture: merges parallel lines, folds leaves into one box, shortens labels.
//!
//! The largest stakes and amounts are kept; the rest is counted and summed.

mod labels;
mod leaves;
mod parallel;
mod size;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

pub(crate) use labels::{amounts_once, label_sparsely};
pub(crate) use leaves::{Room, leaves};
pub(crate) use parallel::parallels;

use super::compose::Composed;
use super::scene::Scene;
use super::standing::Standing;
use crate::value::Proportion;

/// Whether lines of this standing may be added up: hearsay and what is only sought enter no sum.
const fn can_be_added(standing: Standing) -> bool {
    match standing {
        Standing::Done | Standing::Planned | Standing::Unstated | Standing::Ended | Standing::Possible => {
            true
        }
        Standing::Rumoured | Standing::Disputed | Standing::Unreal => false,
    }
}

/// Drops sources that are no longer cited and renumbers the others.
pub(crate) fn cite_anew(scene: &mut Scene) {
    let footnotes = scene.footnotes();
    let cited: BTreeSet<usize> = footnotes.iter().flat_map(|numbers| numbers.iter().copied()).collect();
    let renumbered: HashMap<usize, usize> = cited.iter().copied().zip(1..).collect();
    for number in footnotes.into_iter().flatten() {
        *number = renumbered.get(number).copied().unwrap_or(*number);
    }
    let sources = std::mem::take(&mut scene.sources);
    let kept = sources.into_iter().zip(1..).filter(|(_, number)| cited.contains(number));
    scene.sources = kept.map(|(source, _)| source).collect();
}

/// Removes nodes and lines from the scene.
fn remove(composed: &mut Composed<'_>, nodes: &HashSet<usize>, lines: &HashSet<usize>) {
    let scene = &mut composed.scene;
    let mut positions = Vec::with_capacity(scene.nodes.len());
    let mut next = 0;
    for node in 0..scene.nodes.len() {
        positions.push(next);
        next += usize::from(!nodes.contains(&node));
    }
    let mut at = 0..;
    scene.nodes.retain(|_| at.next().is_some_and(|node| !nodes.contains(&node)));
    let mut at = 0..;
    scene.lines.retain(|_| at.next().is_some_and(|line| !lines.contains(&line)));
    let mut at = 0..;
    composed.relations.retain(|_| at.next().is_some_and(|line| !lines.contains(&line)));
    for line in &mut scene.lines {
        line.from = positions.get(line.from).copied().unwrap_or_default();
        line.to = positions.get(line.to).copied().unwrap_or_default();
    }
}

/// Keeps this many lines and the boxes at their ends: first lines with amounts, then the largest stakes, then other
/// labelled lines, then those of the most connected. Returns how many boxes were removed.
pub(crate) fn keep_lines(composed: &mut Composed<'_>, most: usize) -> usize {
    let scene = &composed.scene;
    let mut degrees = vec![0_usize; scene.nodes.len()];
    for end in scene.lines.iter().flat_map(|line| [line.from, line.to]) {
        degrees.get_mut(end).into_iter().for_each(|degree| *degree += 1);
    }
    let degree = |node: usize| degrees.get(node).copied().unwrap_or_default();
    let share = |at: usize| {
        let relations = composed.relations.get(at).into_iter().flatten();
        relations.filter_map(|relation| relation.share()).map(|share| share.low()).max()
    };
    let weight = |at: usize| {
        let line = scene.lines.get(at)?;
        let share = share(at).unwrap_or(Proportion::ZERO);
        let (is_priced, is_labelled) = (line.label.amount.is_some(), !line.label.is_empty());
        Some((is_priced, share, is_labelled, degree(line.from) + degree(line.to)))
    };
    let mut order: Vec<usize> = (0..scene.lines.len()).collect();
    order.sort_by_cached_key(|at| Reverse(weight(*at)));
    let gone: HashSet<usize> = order.into_iter().skip(most).collect();
    let kept = scene.lines.iter().enumerate().filter(|(at, _)| !gone.contains(at));
    let touched: HashSet<usize> = kept.flat_map(|(_, line)| [line.from, line.to]).collect();
    let bare: HashSet<usize> = (0..scene.nodes.len()).filter(|node| !touched.contains(node)).collect();
    remove(composed, &bare, &gone);
    bare.len()
}

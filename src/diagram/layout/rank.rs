//! Assigns each block its rank along the flow.

use super::component::Component;
use super::feedback::{self, Arc};
use super::level::{Levels, levels};
use super::simplex::{self, Constraint};

const PIVOTS: usize = 4_000;

pub(super) struct Ranks {
    pub(super) levels: Levels,
    pub(super) rank: Vec<usize>,
    pub(super) count: usize,
    /// The edges that run against the flow.
    pub(super) is_turned: Vec<bool>,
}

/// Assigns ranks: blocks of a row share one, all other edges lead down and are short.
///
/// Ranks are doubled if there are labels, or if several lines between two blocks must avoid each other: the odd ranks
/// then hold no blocks.
#[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
pub(super) fn ranks(component: &Component) -> Ranks {
    let levels = levels(component);
    let is_flowing = |index: usize| !component.edges[index].is_loop() && !levels.is_level[index];
    let flowing: Vec<usize> = (0..component.edges.len()).filter(|&index| is_flowing(index)).collect();
    let arcs: Vec<Arc> = flowing
        .iter()
        .map(|&index| {
            let edge = &component.edges[index];
            Arc { tail: levels.row_of[edge.from], head: levels.row_of[edge.to], weight: edge.weight }
        })
        .collect();
    let mut is_turned = vec![false; component.edges.len()];
    for (&index, turned) in flowing.iter().zip(feedback::turned(component.nodes.len(), &arcs)) {
        is_turned[index] = turned;
    }
    let step = if needs_doubling(component, &flowing) { 2 } else { 1 };
    let constraints: Vec<Constraint> = arcs
        .iter()
        .zip(&flowing)
        .map(|(&Arc { tail, head, weight }, &index)| {
            let (tail, head) = if is_turned[index] { (head, tail) } else { (tail, head) };
            Constraint { tail, head, weight, length: step }
        })
        .collect();
    let mut at = simplex::solve(component.nodes.len(), &constraints, PIVOTS);
    even_out(component, &levels, &constraints, step, &mut at);
    let rank: Vec<usize> = levels.row_of.iter().map(|&row| usize::try_from(at[row]).unwrap_or(0)).collect();
    let count = rank.iter().max().map_or(0, |last| last + 1);
    Ranks { levels, rank, count, is_turned }
}

#[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
fn needs_doubling(component: &Component, flowing: &[usize]) -> bool {
    let edges = || flowing.iter().map(|&index| &component.edges[index]);
    let has_parallels =
        flowing.windows(2).any(|pair| component.edges[pair[0]].ends() == component.edges[pair[1]].ends());
    has_parallels || edges().any(|edge| edge.label.is_some())
}

/// Moves rows with several optimal ranks to the least crowded of these (Gansner et al., section 2.4).
#[expect(clippy::indexing_slicing, reason = "indices are node and edge numbers of the component")]
fn even_out(component: &Component, levels: &Levels, constraints: &[Constraint], step: i64, at: &mut [i64]) {
    let count = component.nodes.len();
    let mut width_of_row = vec![0.0; count];
    for (node, &row) in component.nodes.iter().zip(&levels.row_of) {
        width_of_row[row] += node.size.width;
    }
    let last = at.iter().copied().max().unwrap_or(0);
    let mut width_at = vec![0.0; usize::try_from(last).unwrap_or(0) + 1];
    let index = |place: i64| usize::try_from(place).unwrap_or(0);
    let mut around = vec![Vec::new(); count];
    for constraint in constraints {
        around[constraint.tail].push(*constraint);
        around[constraint.head].push(*constraint);
    }
    for row in 0..count {
        width_at[index(at[row])] += width_of_row[row];
    }
    for row in 0..count {
        let ins = around[row].iter().filter(|constraint| constraint.head == row);
        let outs = around[row].iter().filter(|constraint| constraint.tail == row);
        let pull: i64 = ins.clone().map(|constraint| constraint.weight).sum::<i64>()
            - outs.clone().map(|constraint| constraint.weight).sum::<i64>();
        let earliest = ins.map(|constraint| at[constraint.tail] + constraint.length).max();
        let latest = outs.map(|constraint| at[constraint.head] - constraint.length).min();
        let (0, Some(earliest), Some(latest)) = (pull, earliest, latest) else { continue };
        width_at[index(at[row])] -= width_of_row[row];
        let mut best = at[row];
        let mut place = earliest;
        while place <= latest {
            if width_at[index(place)] < width_at[index(best)] {
                best = place;
            }
            place += step;
        }
        at[row] = best;
        width_at[index(best)] += width_of_row[row];
    }
}

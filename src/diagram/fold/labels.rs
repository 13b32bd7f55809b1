//! Fewer words on lines, for large pictures.

use std::collections::HashSet;

use super::size::{Total, ranked};
use crate::diagram::compose::Composed;
use crate::diagram::scene::{Body, Label};
use crate::diagram::style::LineStyle;
use crate::diagram::words::counted;

/// The most amounts shown.
const MOST_AMOUNTS: usize = 20;

/// Keeps the amount of a fact on one of its lines only: repeated, it would look like several amounts.
pub(crate) fn amounts_once(composed: &mut Composed<'_>) {
    let mut shown = HashSet::new();
    for (line, relations) in composed.scene.lines.iter_mut().zip(&composed.relations) {
        let facts: HashSet<_> = relations.iter().filter_map(|relation| relation.fact()).collect();
        if line.label.amount.is_some() && !facts.is_empty() {
            let is_told = facts.iter().any(|fact| shown.contains(fact));
            shown.extend(facts);
            if is_told {
                line.label.amount = None;
            }
        }
    }
}

/// Keeps stakes, the largest amounts, and the verbs of lines in a general style. Returns how many amounts remain, if
/// any were removed.
pub(crate) fn label_sparsely(composed: &mut Composed<'_>) -> Option<usize> {
    let largest = largest_amounts(composed);
    let mut is_cut = false;
    for (at, (line, relations)) in composed.scene.lines.iter_mut().zip(&composed.relations).enumerate() {
        let label = std::mem::take(&mut line.label);
        is_cut |= label.amount.is_some() && !largest.contains(&at);
        let amount = label.amount.filter(|_| largest.contains(&at));
        // Lines in a style that covers several meanings keep their verb.
        let is_telling =
            line.style == LineStyle::Other || line.style == LineStyle::Owns && label.strong.contains('%');
        let strong = match relations.len() {
            _ if is_telling => label.strong,
            // A box states its own count.
            2.. if !label.strong.is_empty() => counted(relations.len(), "fact", "facts"),
            _ => String::new(),
        };
        if amount.is_some() || !strong.is_empty() {
            line.label = Label { strong, amount, footnotes: label.footnotes, ..Label::default() };
        }
    }
    for node in &mut composed.scene.nodes {
        if let Body::Card(card) = &mut node.body {
            card.lines.clear();
            card.cited.clear();
            card.columns = None;
        }
    }
    is_cut.then_some(largest.len())
}

/// The lines with the largest amounts.
fn largest_amounts(composed: &Composed<'_>) -> HashSet<usize> {
    let lines = composed.scene.lines.iter().zip(&composed.relations).enumerate();
    let priced = lines.filter(|(_, (line, _))| line.label.amount.is_some());
    let totals: Vec<_> = priced.map(|(at, (_, relations))| (at, Total::of(relations))).collect();
    let costs = totals.iter().flat_map(|(at, total)| {
        total.amounts().map(|(currency, amount)| (*at, currency, amount)).collect::<Vec<_>>()
    });
    let mut largest = HashSet::new();
    for at in ranked(costs) {
        if largest.len() == MOST_AMOUNTS {
            break;
        }
        largest.insert(at);
    }
    largest
}

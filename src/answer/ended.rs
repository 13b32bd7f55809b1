//! Notes on answers without a date that include relations which have ended.

use std::collections::HashSet;

use super::counted;
use crate::graph::{Fact, Relation, View, has_ended};

/// A note on how many of these relations have ended and so do not count, if no date was asked about.
pub(super) fn left_out<'g>(
    view: View<'g>,
    relations: impl IntoIterator<Item = Relation<'g>>,
    noun: &str,
) -> Option<String> {
    if view.date().is_some() {
        return None;
    }
    let over = relations.into_iter().filter(|relation| relation.counts() && has_ended(*relation));
    let facts: HashSet<Option<Fact<'g>>> = over.map(Relation::fact).collect();
    (!facts.is_empty()).then(|| words(facts.len(), noun))
}

/// "2 stakes that ended are left out; use --as-of to ask about a date".
pub(super) fn words(count: usize, noun: &str) -> String {
    let verb = if count == 1 { "is" } else { "are" };
    format!("{} that ended {verb} left out; use --as-of to ask about a date", counted(count, noun))
}

/// A note on how many of these relations have since been ended by something else, if no date was asked about.
#[must_use]
pub fn note<'g>(view: View<'g>, relations: impl IntoIterator<Item = Relation<'g>>) -> Option<String> {
    if view.date().is_some() {
        return None;
    }
    let mut seen: HashSet<Fact<'g>> = HashSet::new();
    let mut first = None;
    for relation in relations {
        let Some(fact) = relation.fact().filter(|fact| !seen.contains(fact)) else { continue };
        // What may have ended has not certainly ended.
        let is_sure = relation.validity().ends().1.is_some();
        if let Some(ending) = relation.endings().into_iter().next().filter(|_| is_sure) {
            seen.insert(fact);
            first.get_or_insert_with(|| format!("{}: {ending}", fact.sentence()));
        }
    }
    let first = first?;
    let count = counted(seen.len(), "relation");
    let (verb, such) = if seen.len() == 1 { ("has", "") } else { ("have", "such as ") };
    Some(format!("{count} shown here {verb} ended since, {such}{first}; use --as-of to ask about a date"))
}

//! Notes on answers without a date that include relations which have ended.

use std::collections::HashSet;

use super::counted;
use crate::graph::{Fact, Relation, View};

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

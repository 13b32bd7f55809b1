//! Notes on empty answers: what would have matched, so that nobody concludes that nothing is stated.

use super::KindFilter;
use crate::graph::{Entity, Relation, View};
use crate::limits::Limits;
use crate::model::{RelationKind, RelationKinds};

/// How an empty answer words that nothing is there: "is stated", of what the view's filter accepts.
pub(super) fn stated(view: View<'_>) -> &'static str {
    if view.criteria().is_empty() { "is stated" } else { "that the filters accept is stated" }
}

/// Relations of other kinds or on other dates.
pub(super) fn around<'g>(start: Entity<'g>, filter: &KindFilter) -> Vec<String> {
    let view = start.view();
    let mut notes = Vec::new();
    let of_other_kinds = start.relations().filter(|relation| relation.counts()).count();
    let leaves_behind = |relation: Relation<'g>| {
        matches!(relation.kind(), RelationKind::Acquires | RelationKind::Divests | RelationKind::Succeeds)
    };
    let left: RelationKinds = [RelationKind::Holds, RelationKind::OwnsShareOf].into_iter().collect();
    let asks_what_is_left = left.iter().any(|kind| filter.relation_kinds().contains(kind));
    if view.date().is_none() && asks_what_is_left && start.relations().any(leaves_behind) {
        notes
            .push("use --as-of to include the results of events, such as who holds what was sold".to_owned());
    }
    if !filter.is_empty() && of_other_kinds > 0 {
        notes.push(format!("{}: omit --kind", counted_as_stated(of_other_kinds, " of other kinds")));
        return notes;
    }
    let Ok(undated) = view.with_filter_only().entity(start.id()) else { return notes };
    let matching = |relation: &Relation<'g>| relation.counts() && filter.accepts(*relation);
    let at_other_times = undated.relations().filter(matching).count();
    if at_other_times > 0 && view.asks_when() {
        notes.push(format!("{} without --as-of and --known-by", counted_as_stated(at_other_times, "")));
    }
    notes
}

/// That there is a path if kinds, dates or length are ignored.
pub(super) fn between<'g>(
    [from, to]: [Entity<'g>; 2],
    filter: &KindFilter,
    limits: &Limits,
) -> Option<String> {
    let view = from.view();
    if !filter.is_empty() && from.traverse().limits(limits.clone()).shortest(to).0.is_some() {
        return Some("there is a path along relations of other kinds: omit --kind".to_owned());
    }
    if !view.asks_when() {
        return None;
    }
    let undated = view.with_filter_only();
    let (from, to) = (undated.entity(from.id()).ok()?, undated.entity(to.id()).ok()?);
    let walk = from.traverse().limits(limits.clone()).follow_if(|step| filter.accepts(step.relation()));
    walk.shortest(to).0.map(|_| {
        "without --as-of and --known-by there is a path, along relations not in force or not known then"
            .to_owned()
    })
}

fn counted_as_stated(count: usize, which: &str) -> String {
    if count == 1 {
        format!("1 relation{which} is stated")
    } else {
        format!("{count} relations{which} are stated")
    }
}

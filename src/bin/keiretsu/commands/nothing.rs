//! Hints for empty answers: what would have matched, so that nobody concludes that nothing is stated.

use keiretsu::{Entity, Relation, RelationKind, RelationKinds, View};

use crate::kind_filter::KindFilter;
use crate::session::{Session, say};

/// Reports relations of other kinds or on other dates.
pub(super) fn hint_around<'g>(session: &Session, undated: View<'g>, start: Entity<'g>, filter: &KindFilter) {
    let options = &session.options;
    let of_other_kinds = start.relations().filter(|relation| relation.counts()).count();
    let leaves_behind = |relation: Relation<'g>| {
        matches!(relation.kind(), RelationKind::Acquires | RelationKind::Divests | RelationKind::Succeeds)
    };
    let left: RelationKinds = [RelationKind::Holds, RelationKind::OwnsShareOf].into_iter().collect();
    let asks_what_is_left = left.iter().any(|kind| filter.relation_kinds().contains(kind));
    if options.as_of.is_none() && asks_what_is_left && start.relations().any(leaves_behind) {
        say("use --as-of to include the results of events, such as who holds what was sold");
    }
    if !filter.is_empty() && of_other_kinds > 0 {
        say(&format!("{}: omit --kind", stated(of_other_kinds, " of other kinds")));
        return;
    }
    let Ok(undated) = undated.entity(start.id()) else { return };
    let matching = |relation: &Relation<'g>| relation.counts() && filter.accepts(*relation);
    let at_other_times = undated.relations().filter(matching).count();
    if at_other_times > 0 && (options.as_of.is_some() || options.known_by.is_some()) {
        say(&format!("{} without --as-of and --known-by", stated(at_other_times, "")));
    }
}

/// Reports that there is a path if kinds, dates or length are ignored.
pub(super) fn hint_between<'g>(
    session: &Session,
    undated: View<'g>,
    ends: [Entity<'g>; 2],
    filter: &KindFilter,
) {
    let limits = session.limits.clone();
    let [from, to] = ends;
    if !filter.is_empty() && from.traverse().limits(limits.clone()).shortest(to).0.is_some() {
        say("there is a path along relations of other kinds: omit --kind");
        return;
    }
    let options = &session.options;
    if options.as_of.is_none() && options.known_by.is_none() {
        return;
    }
    let (Ok(from), Ok(to)) = (undated.entity(from.id()), undated.entity(to.id())) else { return };
    let walk = from.traverse().limits(limits).follow_if(|step| filter.accepts(step.relation()));
    if walk.shortest(to).0.is_some() {
        say("without --as-of and --known-by there is a path, along relations not in force or not known then");
    }
}

fn stated(count: usize, which: &str) -> String {
    if count == 1 {
        format!("1 relation{which} is stated")
    } else {
        format!("{count} relations{which} are stated")
    }
}

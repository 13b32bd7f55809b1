//! What an answer without a date tells though it is over.

use std::collections::HashSet;

use keiretsu::{Fact, Relation};

use crate::output::counted;
use crate::session::{Session, say};

/// Says which of some relations something else has ended since, where no day was asked about.
pub(crate) fn hint<'g>(session: &Session, relations: impl IntoIterator<Item = Relation<'g>>) {
    if session.options.as_of.is_some() {
        return;
    }
    let mut seen: HashSet<Fact<'g>> = HashSet::new();
    let mut first = None;
    for relation in relations {
        let Some(fact) = relation.fact().filter(|fact| !seen.contains(fact)) else { continue };
        // What may have ended is not over.
        let is_sure = relation.validity().ends().1.is_some();
        if let Some(ending) = relation.endings().into_iter().next().filter(|_| is_sure) {
            seen.insert(fact);
            first.get_or_insert_with(|| format!("{}: {ending}", fact.sentence()));
        }
    }
    if let Some(first) = first {
        let told = counted(seen.len(), "relation");
        let (verb, such) = if seen.len() == 1 { ("is", "") } else { ("are", "such as ") };
        say(&format!("{told} told here {verb} over by now, {such}{first}; --as-of asks about a day"));
    }
}

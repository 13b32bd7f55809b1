//! Lists of names.

use std::borrow::Cow;

use super::entity::Entity;
use super::fact::Fact;
use super::relation::Relation;

/// "A", "A and B", "A, B and C", by their names at the time of a fact.
pub(crate) fn list_of<'g>(fact: Fact<'g>, parties: &[Entity<'g>]) -> String {
    joined(parties.iter().map(|party| fact.told_name(*party)).collect())
}

/// The same, by their names at the time of a relation.
pub(crate) fn list_in<'g>(relation: Relation<'g>, parties: &[Entity<'g>]) -> String {
    joined(parties.iter().map(|party| relation.told_name(*party)).collect())
}

fn joined(names: Vec<Cow<'_, str>>) -> String {
    match names.split_last() {
        Some((last, [])) => last.to_string(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

//! Lists of names.

use std::borrow::Borrow;
use std::fmt::Display;

use super::entity::Entity;
use super::fact::Fact;
use super::relation::Relation;

/// "A", "A and B", "A, B and C", by their names at the time of a fact.
pub(crate) fn list_of<'g>(fact: Fact<'g>, parties: &[Entity<'g>]) -> String {
    listed(parties.iter().map(|party| fact.told_name(*party)).collect()).unwrap_or_default()
}

/// "A", "A and B", "A, B and C", by their names at the time of a relation.
pub(crate) fn list_in<'g>(relation: Relation<'g>, parties: &[Entity<'g>]) -> String {
    listed(parties.iter().map(|party| relation.told_name(*party)).collect()).unwrap_or_default()
}

/// "A", "A and B", "A, B and C"; `None` without names.
pub(crate) fn listed<N: Display + Borrow<str>>(names: Vec<N>) -> Option<String> {
    let (last, rest) = names.split_last()?;
    Some(if rest.is_empty() { last.to_string() } else { format!("{} and {last}", rest.join(", ")) })
}

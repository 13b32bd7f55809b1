//! Checks the order of the dates of a record.

use crate::model::{EntityRecord, FactRecord};
use crate::value::Date;

/// Pairs of fields of facts: the date of the first must not be later than that of the second.
const ORDER_OF_FACTS: &[(&str, &str)] = &[
    ("announced", "completed"),
    ("signed", "completed"),
    ("announced", "withdrawn"),
    ("since", "until"),
    ("completed", "until"),
    ("signed", "until"),
];

const ORDER_OF_ENTITIES: &[(&str, &str)] =
    &[("filed", "granted"), ("filed", "expires"), ("granted", "expires")];

/// Two dates out of order, each with its field: the one that should come first, and the other.
pub(crate) type Disorder = [(&'static str, Date); 2];

/// The dates of a fact that are not in order.
pub(crate) fn disorder_of_fact(fact: &FactRecord) -> Vec<Disorder> {
    disorder(fact.dates(), ORDER_OF_FACTS)
}

/// The dates of an entity that are not in order.
pub(crate) fn disorder_of_entity(entity: &EntityRecord) -> Vec<Disorder> {
    let dates = [("filed", entity.filed), ("granted", entity.granted), ("expires", entity.expires)];
    disorder(dates.into_iter().filter_map(|(name, date)| Some((name, date?))), ORDER_OF_ENTITIES)
}

/// Pairs that are out of order whichever days the dates mean, one for each field that comes too early.
fn disorder(mut dates: impl Iterator<Item = (&'static str, Date)>, order: &[(&str, &str)]) -> Vec<Disorder> {
    let (Some(one), Some(another)) = (dates.next(), dates.next()) else { return Vec::new() };
    let dates: Vec<_> = [one, another].into_iter().chain(dates).collect();
    let find = |name: &str| dates.iter().find(|(field, _)| *field == name).copied();
    let mut found: Vec<Disorder> = Vec::new();
    for (first, second) in order {
        let (Some(first), Some(second)) = (find(first), find(second)) else { continue };
        let wrong = matches!((second.1.latest(), first.1.earliest()), (Some(last), Some(day)) if last < day);
        if wrong && !found.iter().any(|[_, reported]| reported.0 == second.0) {
            found.push([first, second]);
        }
    }
    found
}

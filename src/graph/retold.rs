//! One thing that is stated twice with dates of different precision: probably one, told by two sources.

use super::alike::{MOST_COMPARED, Seen};
use super::index::FactIx;
use super::intake::Intake;
use super::lints::Statement;
use super::validity::Days;
use crate::model::{AttributeValue, FactRecord};
use crate::value::Date;

/// Whether two facts state the same, but for dates that may be the same days, and no figure speaks against it.
///
/// Readings of two days are two: `as_of` is compared as it is written.
pub(super) fn may_be_one(one: &FactRecord, other: &FactRecord) -> bool {
    Statement::of(one).is_same_without_dates(&Statement::of(other))
        && one.dates().count() == other.dates().count()
        && one.dates().zip(other.dates()).all(|((field, date), (other_field, other_date))| {
            field == other_field && (date == other_date || field != "as_of" && overlap(date, other_date))
        })
        && do_agree(one.amount, other.amount)
        && do_agree(one.quantity, other.quantity)
        && one.attributes.iter().all(|(attribute, share)| {
            let others = other.attributes.iter().filter(|(own, _)| own == attribute);
            others.into_iter().all(|(_, other)| match (share, other) {
                (AttributeValue::Share(share), AttributeValue::Share(other)) => share == other,
                _ => true,
            })
        })
}

/// Whether a fact has a date that is not one day.
pub(super) fn is_imprecise(fact: &FactRecord) -> bool {
    fact.dates().any(|(field, date)| field != "as_of" && date.earliest() != date.latest())
}

fn overlap(one: Date, other: Date) -> bool {
    let ((first, last), (other_first, other_last)) = (Days::of(one).bounds(), Days::of(other).bounds());
    first <= other_last && other_first <= last
}

fn do_agree<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Facts that may be one with another, in their order, each with one before it.
///
/// A fact is compared with those of its parties and details that are next to it in time, so that nobody can make it
/// cost the square.
pub(super) fn pairs(
    intake: &Intake<'_, '_>,
    is_one_claim: impl Fn(FactIx, FactIx) -> bool,
) -> Vec<(FactIx, FactIx)> {
    let facts = &intake.facts;
    if facts.imprecise.is_empty() {
        return Vec::new();
    }
    let mut seen = Seen::of(facts.undated.len() * 16);
    facts.undated.iter().for_each(|hash| seen.count(*hash));
    let numbered = facts.undated.iter().copied().zip(0_u32..);
    let mut twice: Vec<(u64, u32)> = numbered.filter(|(hash, _)| seen.was_twice(*hash)).collect();
    drop(seen);
    twice.sort_unstable();
    let is_imprecise = |(_, n): &(u64, u32)| facts.imprecise.binary_search(n).is_ok();
    let groups = twice.chunk_by(|(one, _), (other, _)| one == other);
    let mut found: Vec<(FactIx, FactIx)> = Vec::new();
    for group in groups.filter(|group| group.len() > 1 && group.iter().any(is_imprecise)) {
        let mut records: Vec<(Option<Date>, FactIx, FactRecord)> = Vec::new();
        for (_, n) in group {
            let record = intake.fact_record(FactIx::of(*n));
            let first = record.dates().map(|(_, date)| date).next();
            records.push((first, FactIx::of(*n), record));
        }
        records.sort_by_key(|(first, fact, _)| (*first, *fact));
        for (at, (_, fact, record)) in records.iter().enumerate() {
            let next = records.iter().skip(at + 1).take(MOST_COMPARED);
            let is_other = |other: &FactRecord| !record.dates().eq(other.dates());
            let alike = next.filter(|(_, other, other_record)| {
                is_other(other_record) && may_be_one(record, other_record) && !is_one_claim(*fact, *other)
            });
            found.extend(alike.map(|(_, other, _)| (*fact.max(other), *fact.min(other))));
        }
    }
    found.sort_unstable();
    found.dedup_by_key(|(fact, _)| *fact);
    found
}

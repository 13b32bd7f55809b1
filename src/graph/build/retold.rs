//! Facts stated twice with dates of different precision: probably one fact reported by two sources.

use super::intake::Intake;
use super::seen::{DuplicateFilter, MOST_COMPARED};
use super::statement::may_be_one;
use crate::graph::store::index::FactIx;
use crate::model::FactRecord;
use crate::value::Date;

/// Facts that may be the same as an earlier one, in order, each with that one.
///
/// A fact is compared only with those of the same parties and details that are next to it in time, so that no input
/// makes this quadratic.
pub(crate) fn pairs(
    intake: &Intake<'_>,
    is_one_claim: impl Fn(FactIx, FactIx) -> bool,
) -> Vec<(FactIx, FactIx)> {
    let facts = &intake.facts;
    if facts.imprecise.is_empty() {
        return Vec::new();
    }
    let mut seen = DuplicateFilter::of(facts.undated.len() * 16);
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

//! The rows of `owners` and `stakes` as columns of CSV and as a table.

use super::names::several;
use super::own_shares::OWN;
use super::reading_notes::READING;
use super::ring_refs::RING;
use super::row::{OwnerRow, Who};
use super::share_words::{fraction, percent};
use crate::analysis::Verdict;
use crate::answer::{Column, ENTITY, Page, RELATION, SHARE};

const TOGETHER: &[Column] =
    &[Column::Nest("entities", ENTITY), Column::Leaf("itself_named"), Column::Leaf("not_found")];

pub(super) const OWNERS: &[Column] = &[
    Column::Nest("entity", ENTITY),
    Column::Nest("jointly", ENTITY),
    Column::Nest("together", TOGETHER),
    Column::Nest("direct", SHARE),
    Column::Nest("share", SHARE),
    Column::Leaf("rule"),
    Column::Leaf("right"),
    Column::Leaf("counts"),
    Column::Leaf("may_count"),
    Column::Leaf("one_at_a_time"),
    Column::Nest("chains", RELATION),
    Column::Nest("rings", RING),
    Column::Nest("other_readings", READING),
    Column::Nest("own_shares", OWN),
    Column::Nest("undisclosed", SHARE),
];

/// Without the last column: what is undisclosed concerns owners only.
pub(super) const STAKES: &[Column] = OWNERS.split_at(OWNERS.len() - 1).0;

/// The owner's name, or the names of several.
pub(super) fn who(row: &OwnerRow<'_>) -> String {
    match &row.who {
        Who::One(entity) => entity.to_string(),
        Who::Jointly(holders) => format!("{} jointly", several(holders, |one| one.to_string())),
        Who::Together(set) => format!("{} together", several(&set.entities, |one| one.to_string())),
    }
}

/// "jointly with Bo"; none if the owner's stake in the company has no co-holders.
pub(super) fn joint_note(row: &OwnerRow<'_>) -> Option<String> {
    let others = row.co_holders();
    (!others.is_empty()).then(|| format!("jointly with {}", several(&others, |one| one.name().to_owned())))
}

/// If no chain of stakes is listed: that the owner counts nevertheless.
pub(super) fn through_statements(row: &OwnerRow<'_>) -> Option<String> {
    row.counts_by_its_group().then(|| "(by stated control, or a chain too long to list)".to_owned())
}

/// One row per line: fraction, percentage, verdict, name, note. A column that says nothing is left out.
pub(super) fn table<'g>(
    rows: &[OwnerRow<'g>],
    page: &mut Page<'g>,
    note: impl Fn(&OwnerRow<'g>) -> String,
    with_verdict: bool,
) {
    let with_fraction = rows.iter().any(|row| fraction(&row.share).is_some());
    let with_doubt = rows.iter().any(|row| row.verdict == Verdict::MayCount);
    let line = |row: &OwnerRow<'g>| {
        let mut line = Vec::new();
        if with_fraction {
            line.push(fraction(&row.share).unwrap_or_default());
        }
        line.push(percent(&row.share));
        if with_verdict {
            line.push(row.verdict.name().to_owned());
        } else if with_doubt {
            line.push(if row.verdict == Verdict::MayCount { "perhaps" } else { "" }.to_owned());
        }
        line.extend([who(row), note(row)]);
        line
    };
    let right: &[usize] = if with_fraction { &[0, 1] } else { &[0] };
    page.table(rows.iter().map(line).collect(), right);
}

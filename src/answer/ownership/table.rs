//! The rows of `owners` and `stakes` as columns of CSV and as a table.

use super::chains::way;
use super::names::several;
use super::row::{OwnerRow, Who};
use super::share_words::{fraction, percent};
use crate::analysis::Verdict;
use crate::answer::{Cell, Column, Page, RowsBy, TableBuilder};

const COLUMNS: &[Column] = &[
    Column::Entity("entity"),
    Column::Range("direct_share"),
    Column::Range("total_share"),
    Column::One("rule"),
    Column::One("right"),
    Column::One("counts"),
    Column::One("may_count"),
    Column::One("one_at_a_time"),
    Column::One("chains"),
    Column::One("rings"),
    Column::One("other_readings"),
    Column::Range("undisclosed"),
];

/// A row of a table for each row; or for each stake of its chains, if the table has rows of steps, parties or sources.
pub(super) fn fill<'g>(rows: &[OwnerRow<'g>], table: &mut TableBuilder<'g>) {
    table.columns(COLUMNS);
    if table.by() != RowsBy::Results {
        table.columns(&[Column::One("chain"), Column::One("step"), Column::Relation]);
    }
    for row in rows {
        read(row, table);
        if table.by() == RowsBy::Results {
            table.row();
            own(row, table);
            continue;
        }
        for (number, chain) in (1..).zip(&row.chains) {
            for (step, stakes) in (1..).zip(&chain.stakes) {
                for stake in stakes {
                    table.row();
                    own(row, table);
                    table.number("chain", Some(number));
                    table.number("step", Some(step));
                    table.stake(*stake, row.test.right());
                }
            }
        }
    }
}

fn own<'g>(row: &OwnerRow<'g>, table: &mut TableBuilder<'g>) {
    table.entity("entity", row.entity());
    table.entities("jointly", row.jointly());
    if let Some(set) = row.together() {
        table.entities("together", &set.entities);
        table.texts("not_found", set.not_found.iter().map(String::as_str));
    }
    table.share_range("direct_share", row.direct.as_ref());
    table.share_range("total_share", Some(&row.share));
    table.text("rule", Some(row.test.rule().name()));
    table.text("right", Some(row.test.right().name()));
    table.flag("counts", Some(row.verdict == Verdict::Counts));
    table.flag("may_count", Some(row.verdict != Verdict::No));
    table.flag("one_at_a_time", row.one_at_a_time());
    table.number("chains", Some(row.chains.len()));
    table.number("rings", Some(row.rings.len()));
    table.number("other_readings", Some(row.other_readings.len()));
    table.share_range("undisclosed", row.undisclosed.as_ref());
}

/// What people read: fraction, percentage, verdict and name.
fn read<'g>(row: &OwnerRow<'g>, table: &mut TableBuilder<'g>) {
    table.reading_row();
    table.reads_text("who", who(row));
    let number = |text: Option<String>| text.map_or(Cell::Empty, Cell::Number);
    table.reads("fraction", number(fraction(&row.share)));
    table.reads("share", number(Some(percent(&row.share))));
    table.reads_text("rule", row.test.rule().name());
    table.reads_text("counts", row.verdict.name());
    let direct = row.direct.as_ref().filter(|direct| **direct != row.share);
    table.reads_text("directly", direct.map_or_else(String::new, ToString::to_string));
    let chain = row.chains.first().filter(|chain| chain.stakes.len() > 1);
    table.reads_text("through", chain.map_or_else(String::new, |chain| way(chain, row.test.right())));
}

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

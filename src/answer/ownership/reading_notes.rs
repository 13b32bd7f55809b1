//! Notes below an answer about readings of stakes that were not added.

use std::collections::HashSet;

use super::names::several;
use super::readings::{Reading, day};
use crate::answer::{Page, counted};
use crate::graph::{ReadingOrder, Relation, Right};

/// The most stakes with a note, and the most readings in it, unless `--why` asks for all.
const STAKES_NOTED: usize = 5;
const READINGS_NOTED: usize = 3;

/// "not added: 26% (as of 2015) [1], an older reading of the 49% (as of 2020) [2] that Oak has of Delta".
pub(super) fn note<'a, 'g: 'a>(readings: impl IntoIterator<Item = &'a Reading<'g>>, page: &mut Page<'g>) {
    let mut seen = HashSet::new();
    let readings: Vec<&Reading<'g>> =
        readings.into_iter().filter(|reading| seen.insert(reading.other.relation)).collect();
    let stakes: Vec<&[&Reading<'g>]> = readings.chunk_by(|one, other| one.goes_with(other)).collect();
    let most = if page.asks_why() { usize::MAX } else { STAKES_NOTED };
    for stake in stakes.iter().take(most) {
        note_of(stake, page);
    }
    let left = stakes.len().saturating_sub(most);
    if left > 0 {
        page.line(&format!("also not added: readings of {}; --why lists them", counted(left, "more stake")));
    }
}

fn note_of<'g>(stake: &[&Reading<'g>], page: &mut Page<'g>) {
    let Some(first) = stake.first() else { return };
    let most = if page.asks_why() { usize::MAX } else { READINGS_NOTED };
    let mut figures: Vec<String> =
        stake.iter().take(most).map(|reading| said(reading.other.relation, reading.right, page)).collect();
    if stake.len() > most {
        figures.push(format!("{} more", stake.len() - most));
    }
    let figures = match figures.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => figures.concat(),
    };
    let is_one = stake.len() == 1;
    let (why, end) = match first.other.why {
        ReadingOrder::Later => (", dated after the query date; counted instead:", ""),
        ReadingOrder::Undecided => (
            " beside",
            ": it is unknown which counts, so the share is a range from the lowest to the highest",
        ),
        ReadingOrder::Changed => (", from before a purchase or sale left", ""),
        ReadingOrder::First => return note_first(first, page),
        _ if is_one => (", an older reading of", ""),
        _ => (", older readings of", ""),
    };
    let counted = said(first.other.counted, first.right, page);
    let company = first.other.counted.to();
    let holder = holder(first.other.counted);
    page.line(&format!("not added: {figures}{why} the {counted} that {holder} of {company}{end}"));
    for reading in stake {
        let relation = reading.other.relation;
        page.reasons(4, relation.fact(), &relation.evidence());
    }
}

/// "not known how much: the first reading, 30% (as of 2020-12-31) [1] that Oak has of Delta, ...".
fn note_first<'g>(reading: &Reading<'g>, page: &mut Page<'g>) {
    let relation = reading.other.relation;
    let figures = said(relation, reading.right, page);
    let (holder, company) = (holder(relation), relation.to());
    page.line(&format!(
        "not known how much: the first reading, {figures} that {holder} of {company}, is dated after the query date"
    ));
    page.reasons(4, relation.fact(), &relation.evidence());
}

/// "Oak has", "Ann and Bo jointly have".
fn holder(relation: Relation<'_>) -> String {
    let holders = relation.joint_parties();
    match holders.as_slice() {
        [] => format!("{} has", relation.from()),
        _ => format!("{} jointly have", several(&holders, |one| one.name().to_owned())),
    }
}

/// "26% (as of 2015-12-31) [1]", "26% (since 2015) [1]".
fn said<'g>(relation: Relation<'g>, right: Right, page: &mut Page<'g>) -> String {
    let share = relation.share_of(right);
    let share = share.map_or_else(|| "unknown share".to_owned(), |share| share.words().to_string());
    let of = if right == Right::Equity { String::new() } else { format!(" of the {}", right.name()) };
    let note = relation.date_note();
    let day = match day(relation) {
        Some(day) => format!("as of {day}"),
        None if note.is_empty() => "no day stated".to_owned(),
        None => note,
    };
    let cited = page.cite(&relation.evidence());
    format!("{share}{of} ({day}){cited}")
}

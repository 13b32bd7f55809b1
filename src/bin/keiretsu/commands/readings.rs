//! Readings of stakes that were not added, as data and as notes below an answer.

use std::collections::{HashMap, HashSet};

use keiretsu::{Chain, Entity, OtherReading, ReadingOrder, Relation, RelationKind, Right, StakeExport};
use serde::Serialize;

use super::owner_rows::several;
use super::ring_refs::Rings;
use crate::output::{Column, Page, RELATION, counted};

pub(super) const READING: &[Column] = &[
    Column::Leaf("why"),
    Column::Leaf("as_of"),
    Column::Leaf("counted"),
    Column::Nest("relation", RELATION),
];

/// A reading as data: why it is not added, its date, the fact that counts instead, and the reading itself.
#[derive(Serialize)]
pub(super) struct Reading<'g> {
    why: &'static str,
    as_of: Option<String>,
    counted: Option<&'g str>,
    relation: StakeExport<'g>,
    #[serde(skip)]
    other: OtherReading<'g>,
    #[serde(skip)]
    right: Right,
}

impl<'g> Reading<'g> {
    fn new(other: OtherReading<'g>, right: Right) -> Self {
        Self {
            why: other.why.name(),
            as_of: day(other.relation),
            counted: other.counted.fact().map(|fact| fact.id()),
            relation: StakeExport(other.relation, right),
            other,
            right,
        }
    }

    /// Whether both share holder, company and reason, and so appear in one note.
    fn goes_with(&self, other: &Self) -> bool {
        self.other.counted == other.other.counted && self.other.why == other.other.why
    }
}

/// The readings that were not added, found company by company on demand.
#[derive(Default)]
pub(super) struct Readings<'g> {
    companies: HashSet<Entity<'g>>,
    by_counted: HashMap<Relation<'g>, Vec<OtherReading<'g>>>,
    /// Rings, too, are listed once for all rows.
    pub(super) rings: Rings<'g>,
}

impl<'g> Readings<'g> {
    /// Other readings of these stakes, each once.
    pub(super) fn beside<'r>(
        &mut self,
        stakes: impl IntoIterator<Item = &'r Relation<'g>>,
        right: Right,
    ) -> Vec<Reading<'g>>
    where
        'g: 'r,
    {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for stake in stakes {
            let company = stake.to();
            if self.companies.insert(company) {
                for other in company.other_readings() {
                    self.by_counted.entry(other.counted).or_default().push(other);
                }
            }
            if seen.insert(*stake) {
                let others = self.by_counted.get(stake).into_iter().flatten();
                found.extend(others.map(|other| Reading::new(*other, right)));
            }
        }
        found
    }
}

/// All stakes of some chains.
pub(super) fn stakes_of<'a, 'g>(chains: &'a [Chain<'g>]) -> impl Iterator<Item = &'a Relation<'g>> {
    chains.iter().flat_map(|chain| chain.stakes.iter().flatten())
}

/// The stated stakes in a company.
pub(super) fn stakes_in(company: Entity<'_>) -> impl Iterator<Item = Relation<'_>> {
    company
        .relations()
        .filter(move |relation| relation.kind() == RelationKind::OwnsShareOf && relation.to() == company)
}

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

/// The date a figure refers to.
fn day(relation: Relation<'_>) -> Option<String> {
    relation.fact()?.record().as_of.map(|date| date.to_string())
}

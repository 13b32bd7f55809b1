//! `keiretsu timeline`

use keiretsu::{Date, Fact, Moment};
use serde::Serialize;

use crate::args::TimelineArgs;
use crate::failure::Failure;
use crate::output::{Answer, Column, FACT, Page};
use crate::session::{Session, entity, say};

const COLUMNS: &[Column] = &[Column::Leaf("date"), Column::Leaf("event"), Column::Nest("fact", FACT)];

#[derive(Serialize)]
struct Row<'g> {
    date: Option<String>,
    event: &'static str,
    fact: Fact<'g>,
    #[serde(skip)]
    words: String,
}

impl<'g> From<Moment<'g>> for Row<'g> {
    fn from(moment: Moment<'g>) -> Self {
        Self {
            date: moment.date.map(|date| date.to_string()),
            event: moment.kind.name(),
            fact: moment.fact,
            words: moment.date.map_or_else(|| "no date".to_owned(), |date| date.words().to_string()),
        }
    }
}

pub(crate) fn run(session: &Session, args: &TimelineArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let names = args.names.iter().map(|name| entity(view, name));
    let entities = names.collect::<Result<Vec<_>, _>>()?;
    let moments = view.timeline(&entities);
    let undated = moments.iter().filter(|moment| moment.date.is_none()).count();
    if undated > 0 && (args.since.is_some() || args.until.is_some()) {
        let noun = if undated == 1 { "moment" } else { "moments" };
        say(&format!("left out: {undated} {noun} without a date"));
    }
    let rows: Vec<Row<'_>> =
        moments.into_iter().filter(|moment| is_asked_for(moment.date, args)).map(Row::from).collect();
    let disputed = rows.iter().any(|row| row.fact.is_disputed());
    let list: Vec<_> = entities.iter().map(|entity| entity.told_name()).collect();
    let empty = format!("nothing matching is stated about {}", list.join(" and "));
    Answer::new("timeline", COLUMNS, rows)
        .disputed(disputed)
        .print(session, |rows, page| text(rows, page, &empty))
}

/// Whether a date may lie in the requested period.
fn is_asked_for(date: Option<Date>, args: &TimelineArgs) -> bool {
    let Some(date) = date else { return args.since.is_none() && args.until.is_none() };
    let late_enough = match (args.since.and_then(Date::earliest), date.latest()) {
        (Some(since), Some(latest)) => latest >= since,
        _ => true,
    };
    let early_enough = match (args.until.and_then(Date::latest), date.earliest()) {
        (Some(until), Some(earliest)) => earliest <= until,
        _ => true,
    };
    late_enough && early_enough
}

/// The date, what happens, and the fact as a sentence.
fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>, empty: &str) {
    if rows.is_empty() {
        return page.line(empty);
    }
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let evidence: Vec<_> = row.fact.evidence().collect();
        let cited = page.cite_plain(&evidence);
        let sentence = format!("{}{cited}{}", row.fact.sentence(), page.reasons_apart(row.fact, &evidence));
        lines.push(vec![row.words.clone(), row.event.to_owned(), sentence]);
    }
    page.table(lines, &[]);
}

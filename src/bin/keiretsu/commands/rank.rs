//! `keiretsu rank`

use keiretsu::Entity;
use serde::Serialize;

use crate::args::RankArgs;
use crate::failure::Failure;
use crate::output::bar::Bar;
use crate::output::{Answer, Column, ENTITY, Page};
use crate::session::Session;
use keiretsu::answer::KindFilter;

const COLUMNS: &[Column] = &[Column::Nest("entity", ENTITY), Column::Leaf("rank")];

#[derive(Serialize)]
struct Row<'g> {
    entity: Entity<'g>,
    /// The share of a random walk, with the digits that have converged.
    rank: f64,
}

pub(crate) fn run(session: &Session, args: &RankArgs) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(&args.kinds)?.relation_kinds();
    let graph = session.open()?;
    let question = session.view(&graph).page_rank().follow(kinds);
    let question = if args.mutual { question.mutual() } else { question };
    let mut bar = Bar::new();
    let ranks = question.run_telling(|part| bar.report_part(part));
    drop(bar);
    let top = ranks.top(args.top).into_iter().filter(|(entity, _)| entity.is_known());
    let rows: Vec<Row<'_>> = top.map(|(entity, rank)| Row { entity, rank }).collect();
    Answer::new("rank", COLUMNS, rows).print(session, |rows, page| text(rows, ranks.digits(), page))
}

/// The most decimal places in text output.
const PLACES: usize = 6;

/// All ranks, with as many places as the highest has digits.
fn text<'g>(rows: &[Row<'g>], digits: u32, page: &mut Page<'g>) {
    let highest = rows.first().map_or(1.0, |row| row.rank);
    let tenths = std::iter::successors(Some(highest), |rank| Some(rank * 10.0));
    let zeros = tenths.take(PLACES).take_while(|rank| *rank < 0.1).count();
    let places = PLACES.min(zeros + digits as usize);
    for row in rows {
        page.line(&format!("{:.places$}  {}", row.rank, crate::output::name(row.entity)));
    }
}

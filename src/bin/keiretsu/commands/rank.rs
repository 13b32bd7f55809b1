//! `keiretsu rank`

use keiretsu::Entity;
use serde::Serialize;

use crate::args::RankArgs;
use crate::failure::Failure;
use crate::kind_filter::KindFilter;
use crate::output::bar::Bar;
use crate::output::{Answer, Column, ENTITY, Page};
use crate::session::Session;

const COLUMNS: &[Column] = &[Column::Nest("entity", ENTITY), Column::Leaf("rank")];

#[derive(Serialize)]
struct Row<'g> {
    entity: Entity<'g>,
    /// Its share of a random walk, to eight places.
    rank: f64,
}

pub(crate) fn run(session: &Session, args: &RankArgs) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(&args.kinds)?.relation_kinds();
    let graph = session.open()?;
    let question = session.view(&graph).page_rank().follow(kinds);
    let question = if args.mutual { question.mutual() } else { question };
    let mut bar = Bar::new();
    let ranks = question.run_telling(|part| bar.tell_part(part));
    drop(bar);
    let rounded = |rank: f64| (rank * 1e8).round() / 1e8;
    let top = ranks.top(args.top).into_iter().filter(|(entity, _)| entity.is_known());
    let rows: Vec<Row<'_>> = top.map(|(entity, rank)| Row { entity, rank: rounded(rank) }).collect();
    Answer::new("rank", COLUMNS, rows).print(session, text)
}

fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    for row in rows {
        page.line(&format!("{:.6}  {}", row.rank, crate::output::name(row.entity)));
    }
}

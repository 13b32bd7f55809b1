//! `keiretsu find`

use keiretsu::{Entity, Match};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Answer, Column, Page};
use crate::session::Session;

const COLUMNS: &[Column] =
    &[Column::Leaf("id"), Column::Leaf("kind"), Column::Leaf("name"), Column::Leaf("matched")];

#[derive(Serialize)]
struct Row<'g> {
    #[serde(flatten)]
    entity: Entity<'g>,
    matched: &'g str,
}

impl<'g> From<Match<'g>> for Row<'g> {
    fn from(found: Match<'g>) -> Self {
        Self { entity: found.entity, matched: found.matched }
    }
}

pub(crate) fn run(session: &Session, text: &str) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let rows: Vec<Row<'_>> = view.search(text).map(Row::from).collect();
    Answer::new("find", COLUMNS, rows).print(session, list)
}

/// Id, kind and name, and the matched text if it is not the name.
fn list<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    if rows.is_empty() {
        return page.line("no name, id or identifier contains this");
    }
    let width =
        |text: fn(&Row<'g>) -> &'g str| rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0);
    let (ids, kinds) = (width(|row| row.entity.id()), width(|row| row.entity.kind().name()));
    for row in rows {
        let entity = row.entity;
        let other =
            if row.matched == entity.name() { String::new() } else { format!(" (found as {})", row.matched) };
        let name = crate::output::name(entity);
        page.line(&format!("{:<ids$}  {:<kinds$}  {name}{other}", entity.id(), entity.kind()));
    }
}

//! `keiretsu components`

use keiretsu::Entity;
use serde::Serialize;

use crate::failure::Failure;
use crate::kind_filter::KindFilter;
use crate::output::bar::Bar;
use crate::output::{Answer, Column, ENTITY, Page};
use crate::session::Session;

const COLUMNS: &[Column] = &[Column::Leaf("size"), Column::Nest("first", ENTITY)];

/// So many entities of each are named.
const NAMED: usize = 5;

#[derive(Serialize)]
struct Row<'g> {
    size: usize,
    /// The first by id, so many as are named.
    first: Vec<Entity<'g>>,
}

pub(crate) fn run(session: &Session, kinds: &[String]) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(kinds)?.relation_kinds();
    let graph = session.open()?;
    let view = session.view(&graph);
    let mut bar = Bar::new();
    let components = view.components().follow(kinds).run_telling(|part| bar.tell_part(part));
    drop(bar);
    // One row more than the limit shows that it was met.
    let shown = components.len().min(session.limits.rows.saturating_add(1));
    let sizes = components.sizes().iter().take(shown);
    let mut rows: Vec<Row<'_>> = sizes.map(|size| Row { size: *size, first: Vec::new() }).collect();
    for entity in view.entities() {
        if let Some(row) = rows.get_mut(components.of(entity)).filter(|row| row.first.len() < NAMED) {
            row.first.push(entity);
        }
    }
    Answer::new("components", COLUMNS, rows).print(session, text)
}

/// "3  A, B, C", "496321  A, B, C, D, E and 496316 more".
fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    let width = rows.iter().map(|row| row.size.to_string().len()).max().unwrap_or(0);
    for row in rows {
        let names: Vec<String> = row.first.iter().map(|entity| crate::output::name(*entity)).collect();
        let more = match row.size - row.first.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        page.line(&format!("{:>width$}  {}{more}", row.size, names.join(", ")));
    }
}

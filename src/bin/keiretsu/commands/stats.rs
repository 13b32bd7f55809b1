//! `keiretsu stats`

use keiretsu::Stat;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Answer, Column};
use crate::session::Session;

const COLUMNS: &[Column] = &[Column::Leaf("name"), Column::Leaf("value")];

#[derive(Serialize)]
struct Row {
    name: String,
    value: String,
}

impl From<Stat> for Row {
    fn from(stat: Stat) -> Self {
        Self { name: stat.name, value: stat.value }
    }
}

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let rows: Vec<Row> = view.stats().into_iter().map(Row::from).collect();
    // An import states here which rows the graph lacks.
    let about = [graph.title(), graph.description()].map(|text| text.map(str::to_owned));
    Answer::new("stats", COLUMNS, rows).print(session, |rows, page| {
        about.iter().flatten().for_each(|text| page.line(text));
        if about.iter().any(Option::is_some) {
            page.gap();
        }
        // Counts by kind are indented below the total.
        let label = |row: &Row| {
            let indent = if row.name.starts_with(char::is_uppercase) { "  " } else { "" };
            format!("{indent}{}", row.name)
        };
        let width = rows.iter().map(|row| label(row).chars().count()).max().unwrap_or(0);
        let is_number = |row: &&Row| row.value.bytes().all(|byte| byte.is_ascii_digit());
        let digits = rows.iter().filter(is_number).map(|row| row.value.len()).max().unwrap_or(0);
        for row in rows {
            let value = if is_number(&row) { format!("{:>digits$}", row.value) } else { row.value.clone() };
            page.line(&format!("{:<width$}  {value}", label(row)));
        }
    })
}

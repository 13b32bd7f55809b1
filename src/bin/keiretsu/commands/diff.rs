//! `keiretsu diff`

use keiretsu::{Certainty, Change, Difference, Relation};
use serde::Serialize;

use crate::args::DiffArgs;
use crate::failure::Failure;
use crate::output::{Answer, Column, Page, RELATION};
use crate::session::{Session, entity};

const COLUMNS: &[Column] =
    &[Column::Leaf("change"), Column::Nest("relation", RELATION), Column::Nest("earlier", RELATION)];

#[derive(Serialize)]
struct Row<'g> {
    change: &'static str,
    relation: Relation<'g>,
    /// The previous reading of a stake whose share changed.
    earlier: Option<Relation<'g>>,
    #[serde(skip)]
    difference: Difference<'g>,
}

impl<'g> From<Difference<'g>> for Row<'g> {
    fn from(difference: Difference<'g>) -> Self {
        Self {
            change: difference.change.name(),
            relation: difference.relation,
            earlier: difference.earlier,
            difference,
        }
    }
}

pub(crate) fn run(session: &Session, args: &DiffArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let about = args.name.as_deref().map(|name| entity(view, name)).transpose()?;
    let found = match about {
        Some(entity) => entity.diff(args.from, args.to),
        None => view.diff(args.from, args.to),
    };
    let rows: Vec<Row<'_>> = found.into_iter().map(Row::from).collect();
    let disputed = rows.iter().any(|row| row.relation.is_disputed());
    let whom = about.map_or_else(String::new, |entity| format!(" about {entity}"));
    let empty = format!("no difference{whom} between {} and {}", args.from, args.to);
    Answer::new("diff", COLUMNS, rows)
        .disputed(disputed)
        .print(session, |rows, page| text(rows, page, &empty))
}

/// What began, what ended, what became more or less certain, and which shares changed, each under its heading.
fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>, empty: &str) {
    if rows.is_empty() {
        page.line(empty);
    }
    for change in [Change::Began, Change::Ended, Change::Changed, Change::Share] {
        let same: Vec<_> = rows.iter().filter(|row| row.difference.change == change).collect();
        if !same.is_empty() {
            page.line(&format!("{}:", change.name()));
        }
        for row in same {
            page.relation(2, row.relation);
            if change == Change::Changed {
                let sure = |certainty: Option<Certainty>| certainty.map_or("not in force", Certainty::name);
                page.line(&format!(
                    "      {} before, {} after",
                    sure(row.difference.before),
                    sure(row.difference.after)
                ));
            }
            if let Some(earlier) = row.earlier {
                let share = |relation: Relation<'_>| relation.share().map(|share| share.words().to_string());
                let [old, new] = [earlier, row.relation].map(|one| share(one).unwrap_or_default());
                let note = Some(earlier.date_note()).filter(|note| !note.is_empty());
                let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
                let cited = page.cite(&earlier.evidence());
                page.line(&format!("      {old}{note}{cited} before, {new} after"));
                page.reasons(10, earlier.fact(), &earlier.evidence());
            }
        }
    }
}

//! `keiretsu path`

use keiretsu::{Outcome, Path, Relation, Traversal};
use serde::Serialize;

use super::ended;
use super::nothing::hint_between;
use crate::args::PathArgs;
use crate::failure::Failure;
use crate::kind_filter::KindFilter;
use crate::output::{Answer, Column, Page, RELATION};
use crate::session::{Session, entity};

const COLUMNS: &[Column] = &[Column::Leaf("hops"), Column::Nest("steps", RELATION)];

/// The default length for `--all`: the number of paths grows fast with their length.
const HOPS_OF_ALL: usize = 4;

#[derive(Serialize)]
struct Row<'g> {
    hops: usize,
    steps: Vec<Relation<'g>>,
}

impl<'g> From<&Path<'g>> for Row<'g> {
    fn from(path: &Path<'g>) -> Self {
        Self { hops: path.hops(), steps: path.steps().to_vec() }
    }
}

pub(crate) fn run(session: &Session, args: &PathArgs) -> Result<u8, Failure> {
    let filter = KindFilter::parse(&args.kinds)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let (from, to) = (entity(view, &args.from)?, entity(view, &args.to)?);
    let mut walk: Traversal<'_, '_> =
        from.traverse().limits(session.limits.clone()).follow_if(|step| filter.accepts(step.relation()));
    let most = args.max_hops.or(args.all.then_some(HOPS_OF_ALL));
    if let Some(hops) = most {
        walk = walk.max_hops(hops);
    }
    let (rows, outcome): (Vec<Row<'_>>, Outcome) = if args.all {
        let paths = walk.paths(to);
        (paths.iter().map(Row::from).collect(), paths.outcome())
    } else {
        let (path, outcome) = walk.shortest(to);
        (path.iter().map(Row::from).collect(), outcome)
    };
    if rows.is_empty() && outcome == Outcome::Complete {
        hint_between(session, graph.view(), [from, to], &filter);
    }
    let within = most.map_or_else(String::new, |hops| format!(" within {hops} {}", plural(hops, "hop")));
    let empty = match outcome {
        Outcome::Complete if most.is_some() => format!("no path from {from} to {to} found{within}"),
        Outcome::Complete => format!("no path from {from} to {to} is stated"),
        Outcome::Stopped(_) => {
            format!("no path from {from} to {to} found before a limit ended the search")
        }
    };
    let same = from == to;
    ended::hint(session, rows.iter().flat_map(|row| row.steps.iter().copied()));
    let disputed = rows.iter().any(|row| row.steps.iter().any(|relation| relation.is_disputed()));
    Answer::new("path", COLUMNS, rows).outcome(outcome).disputed(disputed).print(
        session,
        |rows, page| match (rows.is_empty(), same) {
            (true, _) => page.line(&empty),
            (false, true) => page.line(&format!("the path starts and ends at {from}")),
            (false, false) => text(rows, page, args.all.then_some(within.as_str())),
        },
    )
}

/// Each path, one sentence per line, each indented further than the one before.
fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>, all_within: Option<&str>) {
    for (n, row) in rows.iter().enumerate() {
        if n > 0 {
            page.gap();
        }
        page.chain(0, &row.steps);
    }
    if let Some(within) = all_within {
        page.gap();
        page.line(&format!("{} {}{within}", rows.len(), plural(rows.len(), "way")));
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}

//! `keiretsu neighbors`

use std::collections::HashMap;

use keiretsu::{Direction, Entity, Relation, Selection};
use serde::Serialize;

use super::ended;
use super::nothing::hint_around;
use crate::args::NeighborsArgs;
use crate::failure::Failure;
use crate::kind_filter::KindFilter;
use crate::output::{Answer, Column, ENTITY, Page, RELATION};
use crate::session::{Session, entity};

const COLUMNS: &[Column] =
    &[Column::Nest("entity", ENTITY), Column::Leaf("hops"), Column::Nest("relations", RELATION)];

#[derive(Serialize)]
struct Row<'g> {
    entity: Entity<'g>,
    hops: usize,
    /// For one hop every relation; for more, one shortest chain.
    relations: Vec<Relation<'g>>,
}

pub(crate) fn run(session: &Session, args: &NeighborsArgs) -> Result<u8, Failure> {
    let filter = KindFilter::parse(&args.kinds)?;
    let graph = session.open()?;
    let view = session.view(&graph);
    let start = entity(view, &args.name)?;
    let direction = Direction::from(args.direction);
    let walk = start
        .traverse()
        .direction(direction)
        .max_hops(args.hops)
        .limits(session.limits.clone())
        .follow_if(|step| filter.accepts(step.relation()));
    let reached = walk.run();
    let direct: Vec<Relation<'_>> = start
        .relations()
        .filter(|r| r.counts() && filter.accepts(*r) && runs(*r, start, direction))
        .collect();
    let mut around: HashMap<Entity<'_>, Vec<Relation<'_>>> = HashMap::new();
    for relation in direct {
        around.entry(relation.object()).or_default().push(relation);
    }
    // One more row than the limit shows that it was exceeded.
    let rows: Vec<Row<'_>> = reached
        .entities()
        .filter(|entity| *entity != start)
        .take(session.limits.rows.saturating_add(1))
        .map(|entity| row(entity, &reached, &mut around))
        .collect();
    ended::hint(session, rows.iter().flat_map(|row| row.relations.iter().copied()));
    if rows.is_empty() {
        hint_around(session, graph.view(), start, &filter);
    }
    let empty = format!("nothing that matches is stated around {start}");
    let outcome = reached.outcome();
    let disputed = rows.iter().flat_map(|row| &row.relations).any(|relation| relation.is_disputed());
    Answer::new("neighbors", COLUMNS, rows)
        .disputed(disputed)
        .outcome(outcome)
        .print(session, |rows, page| text(rows, page, &empty))
}

fn row<'g>(
    entity: Entity<'g>,
    reached: &Selection<'g>,
    around: &mut HashMap<Entity<'g>, Vec<Relation<'g>>>,
) -> Row<'g> {
    let path = reached.path_to(entity);
    let hops = path.as_ref().map_or(0, keiretsu::Path::hops);
    let relations = match path {
        Some(path) if hops > 1 => path.steps().to_vec(),
        _ => around.remove(&entity).unwrap_or_default(),
    };
    Row { entity, hops, relations }
}

/// Whether a relation has the requested direction, as seen from the start.
fn runs(relation: Relation<'_>, start: Entity<'_>, direction: Direction) -> bool {
    match direction {
        Direction::Both => true,
        _ if relation.kind().is_symmetric() => true,
        Direction::Outgoing => relation.from() == start,
        Direction::Incoming => relation.to() == start,
    }
}

fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>, empty: &str) {
    if rows.is_empty() {
        page.line(empty);
    }
    for row in rows {
        if row.hops > 1 {
            page.line(&format!("{} is {} hops away:", row.entity, row.hops));
            page.chain(2, &row.relations);
        } else {
            for relation in &row.relations {
                page.relation(0, *relation);
            }
        }
    }
}

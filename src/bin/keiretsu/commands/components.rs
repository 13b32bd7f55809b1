//! `keiretsu components`

use keiretsu::{Components, Entity, View};
use serde::Serialize;

use crate::args::ComponentsArgs;
use crate::failure::Failure;
use crate::output::bar::Bar;
use crate::output::{Answer, Column, ENTITY, Page, name};
use crate::session::Session;
use keiretsu::answer::KindFilter;

const COLUMNS: &[Column] = &[Column::Leaf("size"), Column::Nest("first", ENTITY)];

const MEMBER_COLUMNS: &[Column] =
    &[Column::Leaf("component"), Column::Leaf("size"), Column::Nest("member", ENTITY)];

/// The most entities named per component.
const NAMED: usize = 5;

#[derive(Serialize)]
struct Row<'g> {
    size: usize,
    /// The members with the most relations, up to the limit.
    first: Vec<Entity<'g>>,
}

/// An entity, the number of its component, from 1, and the size of that component.
#[derive(Serialize)]
struct Member<'g> {
    component: usize,
    size: usize,
    member: Entity<'g>,
}

pub(crate) fn run(session: &Session, args: &ComponentsArgs) -> Result<u8, Failure> {
    let kinds = KindFilter::parse(&args.kinds)?.relation_kinds();
    let graph = session.open()?;
    let view = session.view(&graph);
    let mut bar = Bar::new();
    let components = view.components().follow(kinds).run_telling(|part| bar.report_part(part));
    drop(bar);
    // One more row than the limit shows that it was exceeded.
    let most = session.limits.rows.saturating_add(1);
    if args.all {
        let rows = members(view, &components, most);
        return Answer::new("components", MEMBER_COLUMNS, rows).print(session, member_text);
    }
    let sizes = components.sizes().iter().take(most);
    let first = components.most_connected(most, NAMED);
    let mut rows: Vec<Row<'_>> = sizes.zip(first).map(|(size, first)| Row { size: *size, first }).collect();
    // Components unknown to the second clock are left out.
    rows.retain(|row| !row.first.is_empty());
    Answer::new("components", COLUMNS, rows).print(session, text)
}

/// Every entity, component by component, sorted by id within each.
fn members<'g>(view: View<'g>, components: &Components<'g>, most: usize) -> Vec<Member<'g>> {
    let member = |entity: Entity<'g>| {
        let component = components.of(entity).unwrap_or_default();
        let size = components.sizes().get(component).copied().unwrap_or_default();
        Member { component: component + 1, size, member: entity }
    };
    let mut rows: Vec<Member<'g>> = view.entities().filter(|entity| entity.is_known()).map(member).collect();
    rows.sort_by_key(|row| row.component);
    rows.truncate(most);
    rows
}

/// "3  A, B, C", "496321  A, B, C, D, E and 496316 more".
fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>) {
    let width = rows.iter().map(|row| row.size.to_string().len()).max().unwrap_or(0);
    for row in rows {
        let names: Vec<String> = row.first.iter().map(|entity| name(*entity)).collect();
        let more = match row.size - row.first.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        page.line(&format!("{:>width$}  {}{more}", row.size, names.join(", ")));
    }
}

/// "3 connected:" and a line for each of them; "1 alone:" for an isolated entity.
fn member_text<'g>(rows: &[Member<'g>], page: &mut Page<'g>) {
    for component in rows.chunk_by(|one, other| one.component == other.component) {
        let Some(Member { size, .. }) = component.first() else { continue };
        page.line(&if *size == 1 { "1 alone:".to_owned() } else { format!("{size} connected:") });
        for row in component {
            page.line(&format!("  {}", name(row.member)));
        }
    }
}

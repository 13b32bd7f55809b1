//! `keiretsu partners`

use std::collections::HashSet;

use keiretsu::{Entity, Outcome, Partner, Relation, RelationKind, Status, View};
use serde::Serialize;

use super::ended;
use crate::args::PartnersArgs;
use crate::failure::Failure;
use crate::output::{Answer, Column, ENTITY, Page, RELATION};
use crate::session::{Session, organisation};

const COLUMNS: &[Column] = &[
    Column::Nest("company", ENTITY),
    Column::Nest("partner", ENTITY),
    Column::Leaf("hops"),
    Column::Nest("relations", RELATION),
];

#[derive(Serialize)]
struct Row<'g> {
    company: Entity<'g>,
    partner: Entity<'g>,
    hops: usize,
    relations: Vec<Relation<'g>>,
}

impl<'g> From<Partner<'g>> for Row<'g> {
    fn from(found: Partner<'g>) -> Self {
        Self { company: found.company, partner: found.partner, hops: found.hops, relations: found.relations }
    }
}

pub(crate) fn run(session: &Session, args: &PartnersArgs) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let company = args.name.as_deref().map(|name| organisation(view, name)).transpose()?;
    let shared_with = args.shared_with.as_deref().map(|name| organisation(view, name)).transpose()?;
    let (partners, outcome) = match (company, shared_with) {
        (None, _) => pairs(session, view, args),
        (Some(company), None) => around(session, company, args),
        (Some(company), Some(other)) => shared(session, company, other, args),
    };
    let rows: Vec<Row<'_>> = partners.into_iter().map(Row::from).collect();
    let disputed = rows.iter().flat_map(|row| &row.relations).any(|relation| relation.is_disputed());
    ended::hint(session, rows.iter().flat_map(|row| row.relations.iter().copied()));
    let empty = nothing(company, shared_with, args.broad);
    Answer::new("partners", COLUMNS, rows)
        .disputed(disputed)
        .outcome(outcome)
        .print(session, |rows, page| text(rows, page, &empty))
}

type Found<'g> = (Vec<Partner<'g>>, Outcome);

fn pairs<'g>(session: &Session, view: View<'g>, args: &PartnersArgs) -> Found<'g> {
    let question = view.partners().limits(session.limits.clone());
    if args.broad { question.broad().run() } else { question.run() }
}

fn around<'g>(session: &Session, company: Entity<'g>, args: &PartnersArgs) -> Found<'g> {
    let mut question = company.partners().hops(args.hops).limits(session.limits.clone());
    if args.broad {
        question = question.broad();
    }
    if args.group {
        question = question.group();
    }
    question.run()
}

fn shared<'g>(session: &Session, company: Entity<'g>, other: Entity<'g>, args: &PartnersArgs) -> Found<'g> {
    let mut question = company.shared_partners(other).limits(session.limits.clone());
    if args.broad {
        question = question.broad();
    }
    if args.group {
        question = question.group();
    }
    question.run()
}

fn text<'g>(rows: &[Row<'g>], page: &mut Page<'g>, empty: &str) {
    if rows.is_empty() {
        page.line(empty);
    }
    for row in rows {
        if row.hops > 1 {
            page.line(&format!("{} is {} partnerships from {}:", row.partner, row.hops, row.company));
        }
        let indent = if row.hops > 1 { 2 } else { 0 };
        let mut relations = row.relations.iter().copied();
        while let Some(relation) = relations.next() {
            match relation.kind() {
                // Both memberships of a shared alliance are shown together.
                RelationKind::IsMemberOf => {
                    if let Some(other) = relations.next() {
                        shared_alliance(indent, relation, other, page);
                    }
                }
                _ => page.relation(indent, relation),
            }
        }
    }
}

/// "A and B are members of C".
fn shared_alliance<'g>(indent: usize, one: Relation<'g>, other: Relation<'g>, page: &mut Page<'g>) {
    let evidence: Vec<_> = one.evidence().into_iter().chain(other.evidence()).collect();
    let cited = page.cite(&evidence);
    let (first, second, alliance) = (one.from(), other.from(), one.to());
    page.line(&format!("{}{first} and {second} are members of {alliance}{cited}", " ".repeat(indent)));
    page.reasons(indent + 4, one.fact(), &one.evidence());
    if other.fact() != one.fact() {
        page.reasons(indent + 4, other.fact(), &other.evidence());
    }
}

fn nothing(company: Option<Entity<'_>>, shared_with: Option<Entity<'_>>, broad: bool) -> String {
    let hint = if broad { "" } else { "; --broad counts shared alliances, trade and rights too" };
    match (company, shared_with) {
        (Some(company), Some(other)) => {
            let mut partners = company.neighbors(RelationKind::PartnersWith);
            let direct = if partners.any(|(_, partner)| partner == other) && company != other {
                "; they partner with each other"
            } else {
                ""
            };
            format!("{company} and {other} share no partner{direct}{hint}")
        }
        (Some(company), None) => {
            format!("no partner of {company} is stated{}{hint}", unreal(company))
        }
        (None, _) => format!("no partnership is stated{hint}"),
    }
}

/// How many partnerships are only sought, or were called off: " (1 sought: see `keiretsu show Acme`)".
fn unreal(company: Entity<'_>) -> String {
    let relations = company.relations();
    let unreal = relations.filter(|r| r.kind() == RelationKind::PartnersWith && !r.counts());
    let facts: HashSet<_> = unreal.filter_map(|relation| relation.fact()).collect();
    let sought = facts.iter().filter(|fact| fact.record().status == Some(Status::Sought)).count();
    let counts = [(sought, "sought"), (facts.len() - sought, "called off")];
    let parts: Vec<_> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!(" ({}: see `keiretsu show {}`)", parts.join(", "), company.id()),
    }
}

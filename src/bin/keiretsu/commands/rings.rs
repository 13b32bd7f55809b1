//! `keiretsu rings`

use std::collections::{BTreeSet, HashMap};

use keiretsu::{Entity, Ownership, OwnershipRing, RelationKind, Right};
use serde::Serialize;

use crate::failure::Failure;
use crate::output::{Answer, Column, ENTITY, Page, counted};
use crate::session::Session;

const COLUMNS: &[Column] = &[Column::Nest("members", ENTITY), Column::Leaf("closed")];

#[derive(Serialize)]
struct Row<'g> {
    members: Vec<Entity<'g>>,
    closed: bool,
    #[serde(skip)]
    ring: OwnershipRing<'g>,
}

pub(crate) fn run(session: &Session) -> Result<u8, Failure> {
    let graph = session.open()?;
    let view = session.view(&graph);
    let ownership = view.ownership();
    let rings = ownership.rings(Right::Equity).into_iter();
    let rows: Vec<Row<'_>> =
        rings.map(|ring| Row { members: ring.members.clone(), closed: ring.is_closed, ring }).collect();
    let disputed = rows.iter().any(|row| stakes(&ownership, &row.ring).iter().any(|r| r.is_disputed()));
    Answer::new("rings", COLUMNS, rows).disputed(disputed).print(session, |rows, page: &mut Page<'_>| {
        if rows.is_empty() {
            page.line("no company owns a share of itself, directly or through others");
        }
        for row in rows {
            page.line(&ring_words(&row.ring));
            if page.asks_why() {
                for relation in stakes(&ownership, &row.ring) {
                    page.relation(4, relation);
                }
            }
        }
    })
}

/// The stakes within a ring.
fn stakes<'g>(ownership: &Ownership<'g>, ring: &OwnershipRing<'g>) -> Vec<keiretsu::Relation<'g>> {
    let places: HashMap<Entity<'g>, usize> = ring.members.iter().copied().zip(0..).collect();
    let owned = |owner: Entity<'g>| {
        let held = owner.relations().filter(|one| one.kind() == RelationKind::OwnsShareOf);
        let places = held.filter(|one| one.from() == owner).filter_map(|one| places.get(&one.to()).copied());
        places.collect::<BTreeSet<usize>>()
    };
    let pairs = ring
        .members
        .iter()
        .flat_map(|owner| owned(*owner).into_iter().filter_map(|n| Some((*owner, *ring.members.get(n)?))));
    pairs.flat_map(|(owner, company)| ownership.stated(Right::Equity, owner, company)).collect()
}

/// The most members named; the rest are counted.
const NAMED: usize = 12;

/// "ring: Delta Holding - Beta AG (each owns a share of the other)".
pub(super) fn ring_words(ring: &OwnershipRing<'_>) -> String {
    let kind = if ring.is_closed { "closed ring" } else { "ring" };
    let mut names: Vec<String> = ring.members.iter().take(NAMED).map(ToString::to_string).collect();
    if ring.members.len() > NAMED {
        names.push(format!("and {} more", ring.members.len() - NAMED));
    }
    let names = names.join(" - ");
    let what = match (ring.members.len(), ring.is_closed) {
        (1, false) => "it owns a share of itself".to_owned(),
        (1, true) => "it owns all of itself".to_owned(),
        (2, false) => "each owns a share of the other".to_owned(),
        (2, true) => "each owns all of the other, so nobody outside owns any of them".to_owned(),
        (_, true) => "each is owned completely by the others, so nobody outside owns any of them".to_owned(),
        (members, false) if ring.is_simple => {
            format!(
                "each owns a share of the next, and the last of the first; {}",
                counted(members, "member")
            )
        }
        (members, false) => {
            format!("each owns, through others, some of itself; {}", counted(members, "member"))
        }
    };
    format!("{kind}: {names} ({what})")
}

//! Companies that own, through others, some of themselves.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::analysis::{Ownership, OwnershipRing};
use crate::answer::{Answer, Column, Content, Page, TableBuilder, counted};
use crate::graph::{Entity, Relation, Right, View};
use crate::limits::Limits;
use crate::model::RelationKind;

const COLUMNS: &[Column] = &[
    Column::One("ring"),
    Column::One("members"),
    Column::One("closed"),
    Column::One("place"),
    Column::Entity("member"),
];

/// The question which companies own one another in a circle.
///
/// ```
/// use keiretsu::Graph;
/// use keiretsu::answer::RingsQuestion;
///
/// let graph = Graph::open("graphs/ownership")?;
/// let answer = RingsQuestion::of(graph.view()).answer();
/// let ring = answer.rows().iter().find(|row| row.members[0].name() == "Beta AG").unwrap();
/// assert_eq!((ring.members[1].name(), ring.closed), ("Delta Holding", false));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct RingsQuestion<'g> {
    view: View<'g>,
    limits: Limits,
}

const NONE: &str = "no company owns a share of itself, directly or through others";

/// The rings that were found.
#[derive(Clone, Debug)]
pub struct RingRows<'g> {
    rows: Vec<RingRow<'g>>,
}

/// A ring.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RingRow<'g> {
    /// Who owns, through others, some of itself; of a simple ring each before the one of which it owns a share.
    pub members: Vec<Entity<'g>>,
    /// Whether nobody outside owns any of them.
    pub closed: bool,
    /// The ring as found; not in the JSON.
    #[serde(skip)]
    pub ring: OwnershipRing<'g>,
    /// The stakes within it; not in the JSON.
    #[serde(skip)]
    pub stakes: Vec<Relation<'g>>,
}

impl<'g> RingsQuestion<'g> {
    /// Of a view: of the capital.
    pub fn of(view: View<'g>) -> Self {
        Self { view, limits: Limits::default() }
    }

    /// Bounds the rows.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The rings.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, RingRows<'g>> {
        let ownership = self.view.ownership();
        let row = |ring: OwnershipRing<'g>| RingRow {
            members: ring.members.clone(),
            closed: ring.is_closed,
            stakes: stakes(&ownership, &ring),
            ring,
        };
        let rows: Vec<RingRow<'g>> = ownership.rings(Right::Equity).into_iter().map(row).collect();
        let disputed = rows.iter().flat_map(|row| &row.stakes).any(|stake| stake.is_disputed());
        Answer::new(self.view, RingRows { rows }).disputed(disputed).at_most(self.limits.rows)
    }
}

impl<'g> Content<'g> for RingRows<'g> {
    type Row = RingRow<'g>;

    fn command(&self) -> &'static str {
        "rings"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(NONE);
        }
        for (number, row) in (1..).zip(&self.rows) {
            for (place, member) in (1..).zip(&row.members) {
                table.row();
                table.number("ring", Some(number));
                table.number("members", Some(row.members.len()));
                table.flag("closed", Some(row.closed));
                table.number("place", Some(place));
                table.entity("member", Some(*member));
                if place == 1 {
                    table.reads_text("ring", ring_words(&row.ring));
                }
            }
        }
    }

    fn rows(&self) -> &[RingRow<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            page.line(NONE);
        }
        for row in &self.rows {
            page.line(&ring_words(&row.ring));
            if page.asks_why() {
                row.stakes.iter().for_each(|relation| page.relation(4, *relation));
            }
        }
    }
}

/// The stakes within a ring.
fn stakes<'g>(ownership: &Ownership<'g>, ring: &OwnershipRing<'g>) -> Vec<Relation<'g>> {
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

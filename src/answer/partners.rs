//! Who partners with whom.

use std::collections::HashSet;

use super::{Answer, Column, Content, Page, TableBuilder, ended, nothing};
use crate::graph::{Entity, Relation, View};
use crate::model::{RelationKind, Status};
use crate::query::{Outcome, Partner, PartnerPairs, Partners, SharedPartners};

const COLUMNS: &[Column] = &[
    Column::Entity("company"),
    Column::Entity("partner"),
    Column::One("hops"),
    Column::One("step"),
    Column::Relation,
];

/// Partners that were found.
#[derive(Clone, Debug)]
pub struct PartnerRows<'g> {
    rows: Vec<Partner<'g>>,
    /// Why there are none.
    empty: String,
}

impl<'g> PartnerPairs<'g> {
    /// The pairs as an answer.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, PartnerRows<'g>> {
        answer(self.view(), self.run(), nobody(self.view(), None, None, self.is_broad()), self.most_rows())
    }
}

impl<'g> Partners<'g> {
    /// The partners as an answer.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, PartnerRows<'g>> {
        let company = self.company();
        let empty = nobody(company.view(), Some(company), None, self.is_broad());
        answer(company.view(), self.run(), empty, self.most_rows())
    }
}

impl<'g> SharedPartners<'g> {
    /// The partners as an answer.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, PartnerRows<'g>> {
        let [company, other] = self.companies();
        let empty = nobody(company.view(), Some(company), Some(other), self.is_broad());
        answer(company.view(), self.run(), empty, self.most_rows())
    }
}

fn answer<'g>(
    view: View<'g>,
    (rows, outcome): (Vec<Partner<'g>>, Outcome),
    empty: String,
    most: usize,
) -> Answer<'g, PartnerRows<'g>> {
    let relations = || rows.iter().flat_map(|row| row.relations.iter().copied());
    let disputed = relations().any(|relation| relation.is_disputed());
    let ended = ended::note(view, relations());
    Answer::new(view, PartnerRows { rows, empty })
        .outcome(outcome)
        .disputed(disputed)
        .note(ended)
        .at_most(most)
}

impl<'g> Content<'g> for PartnerRows<'g> {
    type Row = Partner<'g>;

    fn command(&self) -> &'static str {
        "partners"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        for row in &self.rows {
            for (step, relation) in (1..).zip(row.relations.iter().copied()) {
                table.row();
                table.entity("company", Some(row.company));
                table.entity("partner", Some(row.partner));
                table.number("hops", Some(row.hops));
                table.number("step", (row.hops > 1).then_some(step));
                table.relation(relation);
                table.reads_text("company", row.company.told_name());
                table.reads_text("partner", row.partner.told_name());
                table.reads_relation("partnership", relation);
            }
        }
    }

    fn rows(&self) -> &[Partner<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            page.line(&self.empty);
        }
        let left_out = page.left_out(self.rows.len());
        for row in self.rows.iter().take(self.rows.len() - left_out) {
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
        page.say_left_out(0, left_out);
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

/// Why nobody is listed.
fn nobody(
    view: View<'_>,
    company: Option<Entity<'_>>,
    shared_with: Option<Entity<'_>>,
    broad: bool,
) -> String {
    let stated = nothing::stated(view);
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
            format!("no partner of {company} {stated}{}{hint}", unreal(company))
        }
        (None, _) => format!("no partnership {stated}{hint}"),
    }
}

/// How many partnerships are only sought, or were called off: " (1 sought: see `keiretsu show Acme`)".
fn unreal(company: Entity<'_>) -> String {
    let relations = company.relations();
    let unreal = relations.filter(|r| r.kind() == RelationKind::PartnersWith && !r.counts());
    let facts: HashSet<_> = unreal.filter_map(|relation| relation.fact()).collect();
    let sought = facts.iter().filter(|fact| fact.bare_record().status == Some(Status::Sought)).count();
    let counts = [(sought, "sought"), (facts.len() - sought, "called off")];
    let parts: Vec<_> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!(" ({}: see `keiretsu show {}`)", parts.join(", "), company.id()),
    }
}

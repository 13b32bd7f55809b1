//! Companies that share people, owners, investors or partners.

use std::collections::BTreeSet;

use super::{Answer, Column, Content, Page, TableBuilder, counted, ended, nothing};
use crate::graph::{Certainty, Relation};
use crate::query::{Interlock, Interlocks, Shared, Tie};

const COLUMNS: &[Column] = &[
    Column::Entity("company"),
    Column::Entity("other"),
    Column::Entity("through"),
    Column::One("tie"),
    Column::Date("both_since"),
    Column::Relation,
];

/// Interlocks that were found.
#[derive(Clone, Debug)]
pub struct InterlockRows<'g> {
    rows: Vec<Interlock<'g>>,
    /// Why there are none.
    empty: String,
}

impl<'g> Interlocks<'g> {
    /// The interlocks as an answer.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, InterlockRows<'g>> {
        let (rows, outcome) = self.run();
        let relations =
            || rows.iter().flat_map(|row| &row.through).flat_map(|shared| shared.relations.iter().copied());
        let disputed = relations().any(|relation| relation.is_disputed());
        let ended = ended::note(self.view(), relations());
        let stated = nothing::stated(self.view());
        let empty = match self.company() {
            Some(company) => format!("nobody whom {company} shares with another company {stated}"),
            None => format!("nobody whom two companies share {stated}"),
        };
        Answer::new(self.view(), InterlockRows { rows, empty })
            .outcome(outcome)
            .disputed(disputed)
            .note(ended)
            .at_most(self.most_rows())
    }
}

impl<'g> Content<'g> for InterlockRows<'g> {
    type Row = Interlock<'g>;

    fn command(&self) -> &'static str {
        "interlocks"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        for row in &self.rows {
            for (shared, relation) in
                row.through.iter().flat_map(|one| one.relations.iter().map(move |r| (one, *r)))
            {
                table.row();
                table.entity("company", Some(row.company));
                table.entity("other", Some(row.other));
                table.entity("through", Some(shared.entity));
                table.text("tie", Some(shared.tie.name()));
                table.date("both_since", shared.since);
                let relation = relation.read_from(shared.entity);
                table.relation(relation);
                table.reads_text("company", row.company.told_name());
                table.reads_text("other", row.other.told_name());
                let since = shared.since.map_or_else(String::new, |date| format!(", since {}", date.words()));
                table.reads_text("share", format!("{}{since}", shared.entity.told_name()));
                table.reads_relation("relation", relation);
            }
        }
    }

    fn rows(&self) -> &[Interlock<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Each pair, then who is shared, since when, by which relations.
    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            return page.line(&self.empty);
        }
        let left_out = page.left_out(self.rows.len());
        for row in self.rows.iter().take(self.rows.len() - left_out) {
            page.line(&format!("{} and {} {}:", row.company, row.other, summary(&row.through)));
            for shared in &row.through {
                let since = shared.since.map_or_else(String::new, |date| format!(", since {}", date.words()));
                page.line(&format!("  {}{since}", shared.entity));
                shared
                    .relations
                    .iter()
                    .for_each(|relation| page.relation(4, relation.read_from(shared.entity)));
            }
        }
        page.say_left_out(0, left_out);
    }
}

/// "share 1 person and possibly 1 more person", "possibly share 1 person".
fn summary(through: &[Shared<'_>]) -> String {
    let (sure, possible): (Vec<&Shared<'_>>, Vec<&Shared<'_>>) =
        through.iter().partition(|shared| is_surely_shared(shared));
    let mut parts = counts(&sure, &[]);
    let others = counts(&possible, &sure);
    if parts.is_empty() {
        return format!("possibly share {}", listed(&others));
    }
    parts.extend(others.into_iter().map(|part| format!("possibly {part}")));
    format!("share {}", listed(&parts))
}

/// Whether both companies certainly have somebody, as far as the view can tell.
fn is_surely_shared(shared: &Shared<'_>) -> bool {
    let is_sure = |relation: &&Relation<'_>| relation.certainty() != Some(Certainty::Possible);
    let sure = shared.relations.iter().filter(is_sure);
    let companies: BTreeSet<_> = sure.map(|relation| relation.read_from(shared.entity).object()).collect();
    companies.len() > 1
}

/// "1 person", "2 owners"; "1 more person", where others have been counted.
fn counts(through: &[&Shared<'_>], counted_before: &[&Shared<'_>]) -> Vec<String> {
    let mut parts = Vec::new();
    for tie in Tie::ALL {
        let more = if counted_before.iter().any(|shared| shared.tie == *tie) { "more " } else { "" };
        match through.iter().filter(|shared| shared.tie == *tie).count() {
            0 => {}
            some if *tie == Tie::Person && some > 1 => parts.push(format!("{some} {more}people")),
            some => parts.push(counted(some, &format!("{more}{}", tie.name()))),
        }
    }
    parts
}

fn listed(parts: &[String]) -> String {
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

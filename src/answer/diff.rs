//! What differs between two dates.

use std::collections::HashSet;

use super::sections::one_each;
use super::{Answer, Asked, Column, Content, Page, TableBuilder};
use crate::analysis::{Change, Difference};
use crate::graph::{Certainty, Entity, Fact, Relation, View};
use crate::limits::Limits;
use crate::query::Outcome;
use crate::value::Date;

const COLUMNS: &[Column] = &[
    Column::One("change"),
    Column::One("before"),
    Column::One("after"),
    Column::Relation,
    Column::One("earlier_fact"),
    Column::Share("earlier_share"),
];

/// The question which relations began, ended or changed between two dates.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::answer::{DiffQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B") },
///     facts: [ Supply(supplier: "a", customer: "b", since: "2011", until: "2014-06", unsourced: true) ],
/// )"#)?;
/// let [from, to] = ["2013", "2015"].map(|date| date.parse().unwrap());
/// let answer = DiffQuestion::between(graph.view(), from, to).answer();
/// assert_eq!(answer.rows().len(), 1);
/// assert!(answer.text(&TextOptions::default()).starts_with("ended:\n  A supplies B"));
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct DiffQuestion<'g> {
    view: View<'g>,
    from: Date,
    to: Date,
    about: Option<Entity<'g>>,
    limits: Option<Limits>,
}

/// Differences that were found.
#[derive(Clone, Debug)]
pub struct DiffRows<'g> {
    rows: Vec<Difference<'g>>,
    /// That there are none.
    empty: String,
}

impl<'g> DiffQuestion<'g> {
    /// All [differences](View::diff) from one date to another. The view's own date does not matter.
    pub const fn between(view: View<'g>, from: Date, to: Date) -> Self {
        Self { view, from, to, about: None, limits: None }
    }

    /// Those [of what touches](Entity::diff) an entity, read from its side.
    pub const fn about(entity: Entity<'g>, from: Date, to: Date) -> Self {
        Self { view: entity.view(), from, to, about: Some(entity), limits: None }
    }

    /// Bounds the search, as [`View::diff_within`] does, and the rows; without, neither is bounded.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits: Some(limits), ..self }
    }

    /// The differences: what began, what ended, what became more or less certain, and which shares changed.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, DiffRows<'g>> {
        let Self { view, from, to, about, ref limits } = *self;
        let (rows, outcome) = match (about, limits) {
            (Some(entity), Some(limits)) => entity.diff_within(from, to, limits),
            (Some(entity), None) => (entity.diff(from, to), Outcome::Complete),
            (None, Some(limits)) => view.diff_within(from, to, limits),
            (None, None) => (view.diff(from, to), Outcome::Complete),
        };
        let disputed = rows.iter().any(|difference| difference.relation.is_disputed());
        let whom = about.map_or_else(String::new, |entity| format!(" about {entity}"));
        let empty = format!("no difference{whom} between {from} and {to}");
        // The two dates are asked about, not that of the view.
        let asked = Asked { as_of: None, ..Asked::from(view) };
        let most = limits.as_ref().map_or(usize::MAX, |limits| limits.rows);
        Answer::new(asked, DiffRows { rows, empty }).outcome(outcome).disputed(disputed).at_most(most)
    }
}

impl<'g> Content<'g> for DiffRows<'g> {
    type Row = Difference<'g>;

    fn command(&self) -> &'static str {
        "diff"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark(self.empty.as_str());
        }
        for difference in &self.rows {
            let relation = difference.relation;
            table.row();
            table.text("change", Some(difference.change.name()));
            table.text("before", difference.before.map(Certainty::name));
            table.text("after", difference.after.map(Certainty::name));
            table.relation(relation);
            table.text("earlier_fact", difference.earlier.and_then(Relation::fact).map(Fact::id));
            table.share("earlier_share", difference.earlier.and_then(Relation::share));
            table.reads_text("change", difference.change.name());
            table.reads_relation("relation", relation);
            let sure = |certainty: Option<Certainty>| certainty.map_or("not in force", Certainty::name);
            let share = |one: Relation<'_>| one.share().map(|share| share.words().to_string());
            let before = difference.earlier.map(|earlier| share(earlier).unwrap_or_default());
            table.reads_text("before", before.unwrap_or_else(|| sure(difference.before).to_owned()));
            let after = difference.earlier.map(|_| share(relation).unwrap_or_default());
            table.reads_text("after", after.unwrap_or_else(|| sure(difference.after).to_owned()));
        }
    }

    fn rows(&self) -> &[Difference<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Each kind of change under its heading.
    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            page.line(&self.empty);
        }
        for change in [Change::Began, Change::Ended, Change::Changed, Change::Share] {
            let mut same: Vec<_> =
                self.rows.iter().filter(|difference| difference.change == change).collect();
            // A line for each fact, as `show` has them.
            let relations = same.iter().map(|difference| vec![difference.relation]).collect();
            let told: HashSet<Relation<'g>> = one_each(relations).into_iter().flatten().collect();
            same.retain(|difference| told.contains(&difference.relation.told()));
            if !same.is_empty() {
                page.line(&format!("{}:", change.name()));
            }
            let left_out = page.left_out(same.len());
            same.iter().take(same.len() - left_out).for_each(|difference| write(difference, page));
            page.say_left_out(2, left_out);
        }
    }
}

/// The relation, and what it was before.
fn write<'g>(difference: &Difference<'g>, page: &mut Page<'g>) {
    page.relation(2, difference.relation);
    if difference.change == Change::Changed {
        let sure = |certainty: Option<Certainty>| certainty.map_or("not in force", Certainty::name);
        page.line(&format!("      {} before, {} after", sure(difference.before), sure(difference.after)));
    }
    if let Some(earlier) = difference.earlier {
        let share = |relation: Relation<'_>| relation.share().map(|share| share.words().to_string());
        let [old, new] = [earlier, difference.relation].map(|one| share(one).unwrap_or_default());
        let note = Some(earlier.date_note()).filter(|note| !note.is_empty());
        let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
        let cited = page.cite(&earlier.evidence());
        page.line(&format!("      {old}{note}{cited} before, {new} after"));
        page.reasons(10, earlier.fact(), &earlier.evidence());
    }
}

//! Entities by a part of a name.

use super::{Answer, Column, Content, Page, TableBuilder, name};
use crate::graph::{Match, View};
use crate::limits::Limits;
use crate::query::Outcome;

const COLUMNS: &[Column] =
    &[Column::One("id"), Column::One("kind"), Column::One("name"), Column::One("matched")];

/// The question which entities have a text in a name, an id or an identifier.
///
/// ```
/// # use keiretsu::Graph;
/// use keiretsu::answer::{SearchQuestion, TextOptions};
///
/// let graph = Graph::from_ron(r#"Graph(companies: {"acme": (name: "Acme", aliases: ["Anvils Ltd"])})"#)?;
/// let answer = SearchQuestion::of(graph.view(), "anvil").answer();
/// assert_eq!(answer.rows()[0].matched, "Anvils Ltd");
/// let text = answer.text(&TextOptions::default());
/// assert_eq!(text, "acme  Company  Acme (found as Anvils Ltd)\n");
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct SearchQuestion<'g> {
    view: View<'g>,
    text: String,
    limits: Option<Limits>,
}

/// Entities that were found.
#[derive(Clone, Debug)]
pub struct SearchRows<'g> {
    rows: Vec<Match<'g>>,
}

impl<'g> SearchQuestion<'g> {
    /// A [search](View::search) for this text.
    pub fn of(view: View<'g>, text: &str) -> Self {
        Self { view, text: text.to_owned(), limits: None }
    }

    /// Bounds the search, as [`View::search_within`] does; without, it is not bounded.
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits: Some(limits), ..self }
    }

    /// The entities by id.
    #[must_use]
    pub fn answer(&self) -> Answer<'g, SearchRows<'g>> {
        let (rows, outcome) = match &self.limits {
            Some(limits) => self.view.search_within(&self.text, limits),
            None => (self.view.search(&self.text).collect(), Outcome::Complete),
        };
        Answer::new(self.view, SearchRows { rows }).outcome(outcome)
    }
}

impl<'g> Content<'g> for SearchRows<'g> {
    type Row = Match<'g>;

    fn command(&self) -> &'static str {
        "find"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        if self.rows.is_empty() {
            table.remark("no name, id or identifier contains this");
        }
        for Match { entity, matched } in self.rows.iter().copied() {
            table.row();
            table.text("id", Some(entity.id()));
            table.text("kind", Some(entity.kind().name()));
            table.text("name", Some(entity.name()));
            table.text("matched", Some(matched));
        }
    }

    fn rows(&self) -> &[Match<'g>] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    /// Id, kind and name, and the matched text if it is not the name.
    fn write(&self, page: &mut Page<'g>) {
        if self.rows.is_empty() {
            return page.line("no name, id or identifier contains this");
        }
        let width = |text: fn(&Match<'g>) -> &'g str| {
            self.rows.iter().map(|row| text(row).chars().count()).max().unwrap_or(0)
        };
        let (ids, kinds) = (width(|row| row.entity.id()), width(|row| row.entity.kind().name()));
        for Match { entity, matched } in self.rows.iter().copied() {
            let other =
                if matched == entity.name() { String::new() } else { format!(" (found as {matched})") };
            page.line(&format!("{:<ids$}  {:<kinds$}  {}{other}", entity.id(), entity.kind(), name(entity)));
        }
    }
}

//! Answers: what a question found, as rows for programs and as sentences for people.
//!
//! The program prints nothing else: [`Answer::json`], [`Answer::csv`] and [`Answer::text`] are what `--format` chooses from,
//! [`Answer::notes`] what it says beside the answer.
//!
//! ```
//! use keiretsu::Graph;
//! use keiretsu::answer::{Neighborhood, TextOptions};
//!
//! let graph = Graph::from_ron(r#"Graph(
//!     companies: { "a": (name: "A"), "b": (name: "B") },
//!     sources: { "n": (kind: News, title: "The News") },
//!     facts: [ Supply(supplier: "a", customer: "b", evidence: [(source: "n")]) ],
//! )"#)?;
//! let answer = Neighborhood::of(graph.view().find("A")?).answer();
//! assert!(answer.is_complete());
//! assert_eq!(answer.rows()[0].relations[0].to_string(), "A supplies B");
//! let text = answer.text(&TextOptions::default());
//! assert!(text.starts_with("A supplies B [1]\n"));
//! assert!(answer.json("news").contains(r#""command": "neighbors""#));
//! # Ok::<(), keiretsu::Error>(())
//! ```

mod centrality;
mod codes;
mod columns;
mod components;
mod csv;
mod deal_groups;
mod deals;
mod diff;
mod ended;
mod entity;
pub mod escape;
mod export;
mod filtered;
mod footnotes;
mod html;
mod interlocks;
mod json;
mod kind_filter;
mod kinds;
mod list;
mod markdown;
mod neighbors;
mod nothing;
mod ownership;
mod page;
mod partners;
mod path;
mod rank;
mod search;
mod sections;
mod sentence;
mod sources;
mod stats;
mod table;
mod table_builder;
mod timeline;

pub use centrality::{BetweennessRow, BetweennessRows, DegreeRow, DegreeRows};
pub use codes::{CodeRows, CodesQuestion};
pub use columns::Column;
pub use components::{ComponentRow, ComponentRows, MemberRow, MemberRows};
pub use deal_groups::DealGroupRows;
pub use deals::DealRows;
pub use diff::{DiffQuestion, DiffRows};
pub use ended::note as ended_since;
pub use entity::{EndedFact, EntityQuestion, EntityRow, EntityRows};
pub use export::ExportRows;
pub use filtered::Filtering;
pub use footnotes::Mark;
pub use interlocks::InterlockRows;
pub use kind_filter::KindFilter;
pub use kinds::{KindRows, KindsQuestion};
pub use list::{ListQuestion, ListRow, ListRows};
pub use neighbors::{Neighbor, Neighborhood, Neighbors};
pub use ownership::{
    AddedUp, ControlQuestion, ControlRow, ControlRows, ControlSide, ControlledTogether, ControlsWith,
    OwnerRow, OwnerRows, OwnersQuestion, Reading, RingRef, RingRow, RingRows, RingsQuestion, Several,
    StakeRows, StakesQuestion, Who,
};
pub use page::{Page, TextOptions, counted, name};
pub use partners::PartnerRows;
pub use path::{PathQuestion, PathRow, PathRows};
pub use rank::{RankRow, RankRows};
pub use search::{SearchQuestion, SearchRows};
pub use sentence::{Piece, Sentence};
pub use sources::{SourceRow, SourceRows, SourcesQuestion};
pub use stats::{StatRows, StatsQuestion};
pub use table::{Cell, RowsBy, Table};
pub use table_builder::TableBuilder;
pub use timeline::{TimelineQuestion, TimelineRows};

use serde::Serialize;

use crate::graph::{Claims, Fact, Source, View};
use crate::query::{Outcome, StoppedBy};
use crate::value::Date;

/// What an answer consists of: rows, and how they read as text.
pub trait Content<'g> {
    /// A row, which serializes to an object of the JSON output.
    type Row: Serialize;

    /// The command that gives this answer.
    fn command(&self) -> &'static str;

    /// Writes it as a table: a row for each relation, fact, or whatever it lists.
    fn table(&self, table: &mut TableBuilder<'g>);

    /// The rows.
    fn rows(&self) -> &[Self::Row];

    /// How many things it lists: rows, or what its one row lists.
    fn count(&self) -> usize {
        self.rows().len()
    }

    /// Keeps so many rows, the first.
    fn truncate(&mut self, rows: usize);

    /// Writes it as text for people.
    fn write(&self, page: &mut Page<'g>);
}

/// Of what view a question was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// As of which date.
    pub as_of: Option<Date>,
    /// By sources published by which date.
    pub known_by: Option<Date>,
    /// By which claims.
    pub claims: Claims,
    /// By which [filter](View::only): its criteria, as options of the program.
    pub filters: Vec<String>,
}

impl Asked {
    /// "as of 2016, known by 2017, the newest claims, --country US"; empty if all was asked.
    fn words(&self) -> String {
        let as_of = self.as_of.map(|date| format!("as of {}", date.words()));
        let known_by = self.known_by.map(|date| format!("known by {}", date.words()));
        let claims = match self.claims {
            Claims::All | Claims::Strict => None,
            Claims::Newest => Some("the newest claims only".to_owned()),
            Claims::Official => Some("official claims only".to_owned()),
        };
        let all = as_of.into_iter().chain(known_by).chain(claims).chain(self.filters.iter().cloned());
        all.collect::<Vec<_>>().join(", ")
    }
}

impl From<View<'_>> for Asked {
    fn from(view: View<'_>) -> Self {
        Self {
            as_of: view.asked_as_of(),
            known_by: view.asked_known_by(),
            claims: view.asked_claims(),
            filters: view.criteria(),
        }
    }
}

/// What a question found, with all that belongs to it: whether it is complete, what it cites, what it leaves out.
#[derive(Clone, Debug)]
pub struct Answer<'g, C> {
    asked: Asked,
    content: C,
    outcome: Outcome,
    is_disputed: bool,
    declared: Vec<Fact<'g>>,
    notes: Vec<String>,
}

impl<'g, C: Content<'g>> Answer<'g, C> {
    /// A complete answer of this content.
    #[must_use]
    pub fn new(asked: impl Into<Asked>, content: C) -> Self {
        Self {
            asked: asked.into(),
            content,
            outcome: Outcome::Complete,
            is_disputed: false,
            declared: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Says whether a limit stopped the search.
    #[must_use]
    pub const fn outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Says whether it rests on facts that sources disagree about.
    #[must_use]
    pub const fn disputed(mut self, is_disputed: bool) -> Self {
        self.is_disputed = is_disputed;
        self
    }

    /// Adds facts which declare that something is not.
    #[must_use]
    pub fn declare(mut self, facts: impl IntoIterator<Item = Fact<'g>>) -> Self {
        self.declared.extend(facts);
        self
    }

    /// Adds remarks for the reader.
    #[must_use]
    pub fn note(mut self, note: impl IntoIterator<Item = String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// Keeps so many rows at most; says that it did if there were more.
    #[must_use]
    pub fn at_most(mut self, rows: usize) -> Self {
        if self.content.rows().len() > rows {
            self.content.truncate(rows);
            self.outcome = Outcome::Stopped(StoppedBy::Rows);
        }
        self
    }

    /// The rows.
    #[must_use]
    pub fn rows(&self) -> &[C::Row] {
        self.content.rows()
    }

    /// What it consists of.
    #[must_use]
    pub const fn content(&self) -> &C {
        &self.content
    }

    /// Of what view it was asked.
    #[must_use]
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether nothing stopped the search before its end.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.outcome == Outcome::Complete
    }

    /// What stopped the search before its end.
    #[must_use]
    pub const fn stopped_by(&self) -> Option<StoppedBy> {
        match self.outcome {
            Outcome::Complete => None,
            Outcome::Stopped(by) => Some(by),
        }
    }

    /// Whether it rests on facts that sources disagree about.
    #[must_use]
    pub const fn is_disputed(&self) -> bool {
        self.is_disputed
    }

    /// Facts that declare that something is not: that a company has no owner above a threshold.
    #[must_use]
    pub fn declared(&self) -> &[Fact<'g>] {
        &self.declared
    }

    /// What the reader should know besides: what was left out and why, and what to ask instead.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The JSON object that `--format json` prints, for a graph of this name.
    #[must_use]
    pub fn json(&self, graph: &str) -> String {
        json::render(self, graph)
    }

    /// The answer as a table, with a row for each of what rows stand for.
    #[must_use]
    pub fn table(&self, by: RowsBy) -> Table<'g> {
        let mut table = TableBuilder::new(by);
        self.content.table(&mut table);
        table.finish()
    }

    /// A header and a line for each row, as `--format csv` prints them (RFC 4180).
    #[must_use]
    pub fn csv(&self) -> String {
        self.table(RowsBy::Results).csv()
    }

    /// A table with footnotes, as `--format markdown` prints it: as GitHub shows tables and footnotes.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::render(self)
    }

    /// The same as a whole page of HTML, without scripts.
    #[must_use]
    pub fn html(&self) -> String {
        html::render(self)
    }

    /// The sentences, with footnotes and the cited sources below.
    #[must_use]
    pub fn text(&self, options: &TextOptions) -> String {
        let mut page = Page::new(options);
        self.content.write(&mut page);
        page.finish()
    }

    /// The sources that the sentences cite, in the order of the footnotes.
    #[must_use]
    pub fn sources(&self) -> Vec<Source<'g>> {
        let mut page = Page::new(&TextOptions::default());
        self.content.write(&mut page);
        page.into_sources()
    }
}

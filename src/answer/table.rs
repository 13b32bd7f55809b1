//! An answer as a table: what CSV, spreadsheets, Markdown and HTML are written from.

use super::sentence::Sentence;
use crate::graph::Source;
use crate::value::Day;

/// What a row of a table stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum RowsBy {
    /// A relation, a fact, or whatever else an answer lists.
    #[default]
    Results,
    /// A stake of the chains behind a share, for owners and stakes; for all else as [`Results`](Self::Results).
    Steps,
    /// One of the parties of a relation or fact: as many rows for it as it has parties.
    Parties,
    /// A piece of evidence for a relation or fact: as many rows for it as it has evidence.
    Sources,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cell {
    /// Nothing is stated.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// An exact decimal number.
    Number(String),
    /// A part of 1, as an exact decimal number or the nearest with 24 places outside of it.
    Share(String),
    /// A day.
    Day(Day),
    /// True or false.
    Flag(bool),
    /// A sentence.
    Sentence(Sentence),
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) | Self::Number(text) | Self::Share(text) => f.write_str(text),
            Self::Day(day) => day.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
            Self::Sentence(sentence) => sentence.fmt(f),
        }
    }
}

/// Cells in columns. No cell joins several values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub(crate) columns: Vec<String>,
    /// Each as long as there are columns.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// An answer as a table.
///
/// It has the same twice: [`columns`](Self::columns) and [`rows`](Self::rows) for programs and spreadsheets, each value in a
/// cell of its own; and few columns for readers, most of them sentences with footnotes, which Markdown and HTML show.
#[derive(Clone, Debug)]
pub struct Table<'g> {
    pub(super) data: Grid,
    pub(super) reading: Grid,
    pub(super) sources: Vec<Source<'g>>,
    pub(super) leads: Vec<String>,
    pub(super) remarks: Vec<String>,
    pub(super) left_out: Vec<String>,
}

impl<'g> Table<'g> {
    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.data.columns
    }

    /// The rows, each as long as there are columns.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.data.rows
    }

    /// The headings for readers.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        &self.reading.columns
    }

    /// The rows for readers, each as long as there are headings.
    #[must_use]
    pub fn lines(&self) -> &[Vec<Cell>] {
        &self.reading.rows
    }

    /// The cited sources, in the order of the footnotes.
    #[must_use]
    pub fn sources(&self) -> &[Source<'g>] {
        &self.sources
    }

    /// What is said above the rows.
    #[must_use]
    pub fn leads(&self) -> &[String] {
        &self.leads
    }

    /// What is said below the rows, or instead of them.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// What has no columns since it would take too many, and where it is.
    #[must_use]
    pub fn left_out(&self) -> &[String] {
        &self.left_out
    }
}

//! Problems of rows, by column, with the codes that `check` uses.

use super::split::Row;
use crate::diagnostic::Code;
use crate::graph::Problem;

/// Why something cannot be used.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) reason: String,
}

impl Fault {
    pub(super) fn new(code: Code, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into() }
    }

    /// Adds the name of the column, if known.
    pub(super) fn of_column(self, label: Option<&String>) -> Self {
        match label {
            Some(label) => Self { reason: format!("{label}: {}", self.reason), ..self },
            None => self,
        }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self::new(problem.diagnostic.code, problem.diagnostic.message)
    }
}

/// Adds a code to reasons.
pub(super) trait Coded<T> {
    fn coded(self, code: Code) -> Result<T, Fault>;
}

impl<T, R: Into<String>> Coded<T> for Result<T, R> {
    #[inline]
    fn coded(self, code: Code) -> Result<T, Fault> {
        self.map_err(|reason| Fault::new(code, reason))
    }
}

/// Why a row cannot be used: all its problems in one line, and their codes.
#[derive(Clone, Debug)]
pub(super) struct Reasons {
    pub(super) text: String,
    pub(super) codes: Vec<Code>,
}

impl From<Fault> for Reasons {
    fn from(fault: Fault) -> Self {
        Self { text: fault.reason, codes: vec![fault.code] }
    }
}

/// All problems of one row.
pub(super) struct Faults<'c> {
    /// The labels of the columns.
    labels: &'c [String],
    found: Vec<Fault>,
}

impl<'c> Faults<'c> {
    pub(super) const fn new(labels: &'c [String]) -> Self {
        Self { labels, found: Vec::new() }
    }

    /// Adds a problem of the row as a whole.
    #[cold]
    pub(super) fn push(&mut self, fault: Fault) {
        self.found.push(fault);
    }

    /// The value read from a column. A fault is recorded with the column's label.
    #[inline]
    pub(super) fn keep_of<T>(&mut self, column: Option<usize>, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.add(column, fault)).ok()
    }

    /// Reads a cell, unless it is empty.
    #[inline]
    pub(super) fn read<'r, T>(
        &mut self,
        row: Row<'r>,
        column: Option<usize>,
        read: impl FnOnce(&'r str) -> Result<T, Fault>,
    ) -> Option<T> {
        self.keep_of(column, read(row.cell(column)?))
    }

    #[cold]
    fn add(&mut self, column: Option<usize>, fault: Fault) {
        let label = column.and_then(|column| self.labels.get(column));
        self.found.push(fault.of_column(label));
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All problems in one line.
    pub(super) fn in_one_line(mut self) -> Reasons {
        self.found.dedup_by(|one, other| one.reason == other.reason);
        let texts: Vec<&str> = self.found.iter().map(|fault| fault.reason.as_str()).collect();
        let text = texts.join("; also ");
        let mut codes: Vec<Code> = Vec::new();
        for fault in self.found {
            if !codes.contains(&fault.code) {
                codes.push(fault.code);
            }
        }
        Reasons { text, codes }
    }
}

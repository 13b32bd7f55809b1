//! What is wrong with rows, by column, with the codes that `check` has for it.

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

    /// The same of a column of this name, if one is known.
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

/// Gives reasons the code that they have.
pub(super) trait Coded<T> {
    fn coded(self, code: Code) -> Result<T, Fault>;
}

impl<T, R: Into<String>> Coded<T> for Result<T, R> {
    #[inline]
    fn coded(self, code: Code) -> Result<T, Fault> {
        self.map_err(|reason| Fault::new(code, reason))
    }
}

/// Why a row cannot be used: all that is wrong with it in one line, and the codes of that.
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

/// All that is wrong with one row.
pub(super) struct Faults<'c> {
    /// What the columns are called.
    labels: &'c [String],
    found: Vec<Fault>,
}

impl<'c> Faults<'c> {
    pub(super) const fn new(labels: &'c [String]) -> Self {
        Self { labels, found: Vec::new() }
    }

    /// Something is wrong with the row as a whole.
    #[cold]
    pub(super) fn push(&mut self, fault: Fault) {
        self.found.push(fault);
    }

    /// What was read of a column, which is named if that is a fault.
    #[inline]
    pub(super) fn keep_of<T>(&mut self, column: Option<usize>, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.add(column, fault)).ok()
    }

    /// What is read of a cell, if there is something in it.
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

    /// All of them in one line.
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

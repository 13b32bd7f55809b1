//! Collects problems as they are found: a limited number is listed, the rest are counted.

use std::sync::Arc;

use super::{Code, Diagnostic, Severity};

/// The most errors listed in one run, and the most warnings: a file of a few megabytes can have millions.
const MOST: usize = 10_000;

/// What [`Found`] collects.
pub(crate) trait Severe {
    fn severity(&self) -> Severity;
}

impl Severe for Diagnostic {
    fn severity(&self) -> Severity {
        self.severity
    }
}

/// The problems found in one run.
#[derive(Clone)]
pub(crate) struct Found<'k, T> {
    listed: Vec<T>,
    counts: Counts,
    failed: bool,
    keep: Arc<dyn Fn(&T) -> bool + Send + Sync + 'k>,
}

/// How many problems were found, by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    errors: usize,
    warnings: usize,
}

impl<T> Default for Found<'_, T> {
    fn default() -> Self {
        Self::keeping(|_| true)
    }
}

impl<'k, T> Found<'k, T> {
    /// An empty collection; problems that `keep` rejects are dropped without being counted.
    pub(crate) fn keeping(keep: impl Fn(&T) -> bool + Send + Sync + 'k) -> Self {
        Self { listed: Vec::new(), counts: Counts::default(), failed: false, keep: Arc::new(keep) }
    }

    /// An empty collection with the same filter, for problems that are found early and reported later.
    pub(crate) fn stage(&self) -> Self {
        Self { listed: Vec::new(), counts: Counts::default(), failed: false, keep: Arc::clone(&self.keep) }
    }

    /// How many there were, listed or not.
    pub(crate) const fn counts(&self) -> Counts {
        self.counts
    }

    /// Those that are listed.
    pub(crate) fn listed(&self) -> &[T] {
        &self.listed
    }

    /// Looks at each that is listed.
    pub(crate) fn each_listed(&mut self, see: impl FnMut(&mut T)) {
        self.listed.iter_mut().for_each(see);
    }

    /// Whether a further error would only be counted.
    pub(crate) const fn has_all_errors(&self) -> bool {
        self.counts.errors >= MOST
    }

    /// Whether there was an error, kept or not.
    pub(crate) const fn failed(&self) -> bool {
        self.failed
    }
}

impl<T: Severe> Found<'_, T> {
    pub(crate) fn push(&mut self, problem: T) {
        let is_error = problem.severity() == Severity::Error;
        self.failed |= is_error;
        if !(self.keep)(&problem) {
            return;
        }
        let count = if is_error { &mut self.counts.errors } else { &mut self.counts.warnings };
        *count += 1;
        if *count <= MOST {
            self.listed.push(problem);
        }
    }

    /// Adds problems found elsewhere, converted by `turn`.
    pub(crate) fn append<U>(&mut self, other: Found<'_, U>, turn: impl FnOnce(Vec<U>) -> Vec<T>) {
        let (counts, more) = (self.counts, other.counts);
        self.failed |= other.failed;
        for problem in turn(other.listed) {
            self.push(problem);
        }
        self.counts =
            Counts { errors: counts.errors + more.errors, warnings: counts.warnings + more.warnings };
    }
}

impl Found<'_, Diagnostic> {
    /// The list, in the order set by `sort`, followed by a note of how many more there are.
    pub(crate) fn finish(self, sort: impl FnOnce(&mut [Diagnostic])) -> Vec<Diagnostic> {
        let Self { mut listed, counts, .. } = self;
        sort(&mut listed);
        let more = [
            (counts.errors, Code::MoreErrors, "error", "fix those that are, and check again"),
            (counts.warnings, Code::MoreWarnings, "warning", "look at those that are, and check again"),
        ];
        for (count, code, noun, hint) in more {
            let unlisted = count.saturating_sub(MOST);
            if unlisted > 0 {
                let are = if unlisted == 1 { " is" } else { "s are" };
                let message = format!("{unlisted} more {noun}{are} not listed");
                listed.push(Diagnostic::new(code, message).hint(hint));
            }
        }
        listed
    }
}

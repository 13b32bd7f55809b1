//! Prints answers: text for people, JSON and CSV for programs.

mod access;
pub(crate) mod bar;
mod columns;
mod csv;
pub(crate) mod files;
mod json;
mod page;
pub(crate) mod problems;
mod stdout;
mod strays;
pub(crate) mod terminal;

pub(crate) use columns::{Column, ENTITY, FACT, RELATION, SHARE};
use keiretsu::{Fact, Outcome, StoppedBy};
pub(crate) use page::{Page, counted, name};
use serde::Serialize;
pub(crate) use stdout::{write_bytes, write_text};

use crate::failure::{Failure, exit};
use crate::options::{ClaimsArg, Format};
use crate::session::{Session, say};

/// An answer: its results, and whether they are complete.
pub(crate) struct Answer<R> {
    pub(crate) command: &'static str,
    pub(crate) columns: &'static [Column],
    pub(crate) results: Vec<R>,
    pub(crate) outcome: Outcome,
    /// Exempt from the limit on rows.
    whole: bool,
    /// Whether it rests on a disputed fact.
    disputed: bool,
    /// Declarations that something does not exist, in addition to the results.
    declared: Vec<serde_json::Value>,
}

impl<R: Serialize> Answer<R> {
    pub(crate) const fn new(command: &'static str, columns: &'static [Column], results: Vec<R>) -> Self {
        Self {
            command,
            columns,
            results,
            outcome: Outcome::Complete,
            whole: false,
            disputed: false,
            declared: Vec::new(),
        }
    }

    pub(crate) fn outcome(mut self, outcome: Outcome) -> Self {
        self.outcome = outcome;
        self
    }

    /// Adds facts that declare that something does not exist.
    pub(crate) fn declared(mut self, facts: &[Fact<'_>]) -> Result<Self, Failure> {
        let data = facts.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        self.declared =
            data.map_err(|error| Failure::new(exit::INPUT_OUTPUT, format!("cannot write JSON: {error}")))?;
        Ok(self)
    }

    /// Sets whether it rests on a disputed fact.
    pub(crate) const fn disputed(mut self, disputed: bool) -> Self {
        self.disputed = disputed;
        self
    }

    /// Exempts it from the limit on rows.
    pub(crate) const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Prints it in the requested format; `text` produces the text for people.
    pub(crate) fn print<'g>(
        mut self,
        session: &Session,
        text: impl FnOnce(&[R], &mut Page<'g>),
    ) -> Result<u8, Failure> {
        if !self.whole && self.results.len() > session.limits.rows {
            self.results.truncate(session.limits.rows);
            self.outcome = Outcome::Stopped(StoppedBy::Rows);
        }
        match session.options.format {
            Format::Text => {
                let mut page = Page::new(session.options.why);
                text(&self.results, &mut page);
                write_text(&page.finish())?;
            }
            Format::Json => write_bytes(&json::render(&self, session)?)?,
            Format::Csv => write_bytes(&csv::render(&self)?)?,
        }
        let disputed = self.disputed && session.options.claims == ClaimsArg::Strict;
        if disputed {
            say("the answer rests on a dispute: its sources disagree");
        }
        Ok(match self.outcome {
            Outcome::Complete if disputed => exit::CHECK_FAILED,
            Outcome::Complete => exit::ANSWERED,
            Outcome::Stopped(by) => {
                say(&format!(
                    "the answer is incomplete: the limit on {} was reached; see --limits",
                    by.name()
                ));
                exit::LIMIT
            }
        })
    }
}

/// Prints an answer that is JSON whatever the format.
pub(crate) fn write_json<R: Serialize>(answer: &Answer<R>, session: &Session) -> Result<u8, Failure> {
    write_bytes(&json::render(answer, session)?)?;
    Ok(exit::ANSWERED)
}

//! Prints answers: text for people, JSON and CSV for programs.

mod access;
pub(crate) mod bar;
pub(crate) mod files;
pub(crate) mod problems;
mod stdout;
mod strays;

use keiretsu::answer::{Answer as Whole, Content, ended_since};
pub(crate) use keiretsu::answer::{Column, Page, counted, escape};
use keiretsu::{Relation, View};
use serde::Serialize;
pub(crate) use stdout::{write_bytes, write_text};

use crate::failure::{Failure, exit};
use crate::options::{ClaimsArg, Format};
use crate::session::{Session, say};

/// Prints an answer in the requested format, and what belongs to it on stderr; returns the exit code.
pub(crate) fn print<'g, C: Content<'g>>(answer: &Whole<'g, C>, session: &Session) -> Result<u8, Failure> {
    answer.notes().iter().for_each(|note| say(note));
    match session.options.format {
        Format::Text => write_text(&answer.text(&session.text_options()))?,
        Format::Json => write_bytes(answer.json(&session.graph_name()).as_bytes())?,
        Format::Csv => write_bytes(answer.csv().as_bytes())?,
    }
    let disputed = answer.is_disputed() && session.options.claims == ClaimsArg::Strict;
    if disputed {
        say("the answer rests on a dispute: its sources disagree");
    }
    Ok(match answer.stopped_by() {
        None if disputed => exit::CHECK_FAILED,
        None => exit::ANSWERED,
        Some(by) => {
            say(&format!("the answer is incomplete: the limit on {} was reached; see --limits", by.name()));
            exit::LIMIT
        }
    })
}

/// Says which of these relations have ended since, if no date was asked about.
pub(crate) fn note_ended<'g>(view: View<'g>, relations: impl IntoIterator<Item = Relation<'g>>) {
    ended_since(view, relations).iter().for_each(|note| say(note));
}

/// An answer that the program puts together: its rows, and whether they are complete.
pub(crate) struct Answer<R> {
    command: &'static str,
    columns: &'static [Column],
    pub(crate) results: Vec<R>,
    /// Exempt from the limit on rows.
    whole: bool,
}

impl<R: Serialize> Answer<R> {
    pub(crate) const fn new(command: &'static str, columns: &'static [Column], results: Vec<R>) -> Self {
        Self { command, columns, results, whole: false }
    }

    /// Exempts it from the limit on rows.
    pub(crate) const fn whole(mut self) -> Self {
        self.whole = true;
        self
    }

    /// Prints it in the requested format; `text` produces the text for people.
    pub(crate) fn print<'g>(
        self,
        session: &Session,
        text: impl Fn(&[R], &mut Page<'g>),
    ) -> Result<u8, Failure> {
        let most = if self.whole { usize::MAX } else { session.limits.rows };
        print(&self.with(session, text).at_most(most), session)
    }

    /// Prints it as JSON whatever the format.
    pub(crate) fn print_json(self, session: &Session) -> Result<u8, Failure> {
        write_bytes(self.with(session, |_, _| {}).json(&session.graph_name()).as_bytes())?;
        Ok(exit::ANSWERED)
    }

    fn with<'g, F: Fn(&[R], &mut Page<'g>)>(self, session: &Session, text: F) -> Whole<'g, Rows<R, F>> {
        let Self { command, columns, results, .. } = self;
        Whole::new(session.asked(), Rows { command, columns, results, text })
    }
}

/// Rows, and how they read.
struct Rows<R, F> {
    command: &'static str,
    columns: &'static [Column],
    results: Vec<R>,
    text: F,
}

impl<'g, R: Serialize, F: Fn(&[R], &mut Page<'g>)> Content<'g> for Rows<R, F> {
    type Row = R;

    fn command(&self) -> &'static str {
        self.command
    }

    fn columns(&self) -> &'static [Column] {
        self.columns
    }

    fn rows(&self) -> &[R] {
        &self.results
    }

    fn truncate(&mut self, rows: usize) {
        self.results.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        (self.text)(&self.results, page);
    }
}

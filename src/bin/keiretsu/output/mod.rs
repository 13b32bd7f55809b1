//! Prints answers: text for people, JSON and CSV for programs.

mod access;
pub(crate) mod bar;
pub(crate) mod files;
pub(crate) mod problems;
mod stdout;
mod strays;

use keiretsu::answer::{Answer, Content, RowsBy, ended_since};
pub(crate) use keiretsu::answer::{counted, escape};
use keiretsu::{Relation, View};
pub(crate) use stdout::{write_bytes, write_text};

use crate::failure::{Failure, exit};
use crate::options::{ClaimsArg, Format};
use crate::session::{Session, say};

/// Prints an answer in the requested format, and what belongs to it on stderr; returns the exit code.
pub(crate) fn print<'g, C: Content<'g>>(answer: &Answer<'g, C>, session: &Session) -> Result<u8, Failure> {
    let rows = session.options.rows;
    if rows.is_some() && session.options.format != Format::Csv {
        return Err(
            Failure::new(exit::USAGE, "--rows is for CSV only").hint(Some("add `--format csv`".to_owned()))
        );
    }
    answer.notes().iter().for_each(|note| say(note));
    match session.options.format {
        Format::Text => write_text(&answer.text(&session.text_options()))?,
        Format::Json => write_bytes(answer.json(&session.graph_name()).as_bytes())?,
        Format::Csv => {
            let table = answer.table(rows.map_or(RowsBy::Results, RowsBy::from));
            table.left_out().iter().for_each(|note| say(note));
            write_bytes(table.csv().as_bytes())?;
        }
        Format::Markdown => write_bytes(answer.markdown().as_bytes())?,
        Format::Html => write_bytes(answer.html().as_bytes())?,
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

//! The entities that are added up: those named on the command line, and those of a list.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use keiretsu::{Entity, ErrorKind, View};

use crate::failure::{Failure, exit};
use crate::output::{Page, counted};
use crate::owner_args::SeveralArgs;
use crate::session::{Session, organisation, say};

/// A set of entities, and the entries of a list that match nobody.
pub(super) struct Several<'g> {
    /// In order of id, each once.
    pub(super) entities: Vec<Entity<'g>>,
    /// Lines of the list that match nobody in the graph.
    pub(super) not_found: Vec<Unknown>,
}

/// A line of a list that matches nobody.
pub(super) struct Unknown {
    pub(super) line: usize,
    pub(super) name: String,
}

/// The most unknown lines shown in text, unless `--why` asks for all.
const LISTED: usize = 5;

impl<'g> Several<'g> {
    /// Finds the entities. An unknown name on the command line is an error; those in a list need not be in the graph.
    pub(super) fn find(
        session: &Session,
        view: View<'g>,
        first: Option<&String>,
        args: &SeveralArgs,
    ) -> Result<Self, Failure> {
        let mut found: BTreeSet<Entity<'g>> = BTreeSet::new();
        for name in first.into_iter().chain(&args.together) {
            let entity = organisation(view, name)?;
            if !found.insert(entity) {
                say(&format!("{entity} is named more than once, but counts once"));
            }
        }
        let mut not_found = Vec::new();
        if let Some(file) = &args.listed {
            for (line, name) in list(session, file)? {
                match view.find_organisation(&name) {
                    Ok(entity) => {
                        found.insert(entity);
                    }
                    Err(error) if error.kind() == ErrorKind::UnknownEntity => {
                        not_found.push(Unknown { line, name });
                    }
                    Err(error) => return Err(at(file, line, exit::USAGE, &error).hint(hint(&error))),
                }
            }
        }
        if found.is_empty() {
            let message = "none of those to be added up is in the graph".to_owned();
            let lines = not_found.first().map(|unknown| {
                format!("of {}, the first is `{}`", counted(not_found.len(), "line"), unknown.name)
            });
            return Err(Failure::new(exit::USAGE, message).hint(lines));
        }
        Ok(Self { entities: found.into_iter().collect(), not_found })
    }

    /// Notes which lines match nobody.
    pub(super) fn note_not_found(&self, page: &mut Page<'_>) {
        if self.not_found.is_empty() {
            return;
        }
        let words = self.unknown_words(page.asks_why());
        page.line(&format!("listed but not in the graph: {words}"));
    }

    /// "`Nobody Known` (line 7)": all of them, or the first few.
    pub(super) fn unknown_words(&self, all: bool) -> String {
        let most = if all { usize::MAX } else { LISTED };
        let words_of = |unknown: &Unknown| format!("`{}` (line {})", unknown.name, unknown.line);
        let mut lines: Vec<String> = self.not_found.iter().take(most).map(words_of).collect();
        if self.not_found.len() > most {
            lines.push(format!("and {} more lines", self.not_found.len() - most));
        }
        lines.join(", ")
    }

    pub(super) fn unknown_names(&self) -> Vec<String> {
        self.not_found.iter().map(|unknown| unknown.name.clone()).collect()
    }
}

fn hint(error: &keiretsu::Error) -> Option<String> {
    error.suggestion().map(str::to_owned)
}

fn at(file: &Path, line: usize, exit: u8, what: &dyn std::fmt::Display) -> Failure {
    Failure::new(exit, format!("{}:{line}: {what}", file.display()))
}

/// The non-empty lines of a list, numbered from 1. A `#` at the beginning of a line or after a space starts a
/// comment.
fn list(session: &Session, file: &Path) -> Result<Vec<(usize, String)>, Failure> {
    let cannot = |what: &dyn std::fmt::Display| {
        Failure::new(exit::INPUT_OUTPUT, format!("cannot read `{}`: {what}", file.display()))
    };
    let most = session.limits.file_bytes;
    // Endless input, such as a device, has no length either.
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(|error| cannot(&error))?;
    opened.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| cannot(&error))?;
    if bytes.len() as u64 > most {
        return Err(Failure::new(exit::LIMIT, format!("`{}` has more than {most} bytes", file.display()))
            .hint(Some("--limits trusted allows more".to_owned())));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut lines = Vec::new();
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        let line = std::str::from_utf8(line);
        let line = line.map_err(|_| at(file, number, exit::BAD_DATA, &"the line is not UTF-8"))?;
        let name = line.split(" #").next().unwrap_or(line).trim();
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        lines.push((number, name.to_owned()));
    }
    if lines.is_empty() {
        return Err(Failure::new(exit::BAD_DATA, format!("`{}` names nobody", file.display()))
            .hint(Some("write a name, id or identifier on each line".to_owned())));
    }
    Ok(lines)
}

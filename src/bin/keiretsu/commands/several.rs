//! The entities that are added up: those named on the command line, and those of a list.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use keiretsu::answer::Several;
use keiretsu::{Entity, ErrorKind, View};

use crate::failure::{Failure, exit};
use crate::output::counted;
use crate::owner_args::SeveralArgs;
use crate::session::{Session, organisation, say};

/// Finds the entities. An unknown name on the command line is an error; those in a list need not be in the graph.
pub(super) fn find<'g>(
    session: &Session,
    view: View<'g>,
    first: Option<&String>,
    args: &SeveralArgs,
) -> Result<Several<'g>, Failure> {
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
                Err(error) if error.kind() == ErrorKind::UnknownEntity => not_found.push((line, name)),
                Err(error) => return Err(at(file, line, exit::USAGE, &error).hint(hint(&error))),
            }
        }
    }
    if found.is_empty() {
        let message = "none of those to be added up is in the graph".to_owned();
        let lines = not_found
            .first()
            .map(|(_, name)| format!("of {}, the first is `{name}`", counted(not_found.len(), "line")));
        return Err(Failure::new(exit::USAGE, message).hint(lines));
    }
    let several = Several::of(found);
    Ok(not_found.into_iter().fold(several, |several, (line, name)| several.without(line, name)))
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

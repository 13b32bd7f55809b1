//! `keiretsu check` and `keiretsu explain`

use std::path::PathBuf;

use keiretsu::answer::{Answer, Asked, CodesQuestion, Column, Content, Page, TableBuilder};
use keiretsu::{CODES, Code, CodeClass, Diagnostic, Graph};

use crate::failure::{Failure, exit};
use crate::options::Format;
use crate::output::{print, problems, write_text};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::One("code"),
    Column::One("severity"),
    Column::One("message"),
    Column::One("file"),
    Column::One("line"),
    Column::One("column"),
    Column::One("hint"),
];

/// Problems for programs; for people, they are shown in their lines of the files.
struct Problems(Vec<Diagnostic>);

impl<'g> Content<'g> for Problems {
    type Row = Diagnostic;

    fn command(&self) -> &'static str {
        "check"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for problem in &self.0 {
            table.row();
            table.text("code", Some(problem.code.as_str()));
            table.text("severity", Some(problem.severity.name()));
            table.text("message", Some(&problem.message));
            let at = problem.at.as_ref();
            table.text("file", at.map(|at| at.file.display().to_string()).as_deref());
            table.number("line", at.map(|at| at.line));
            table.number("column", at.map(|at| at.column));
            table.text("hint", problem.hint.as_deref());
        }
    }

    fn rows(&self) -> &[Diagnostic] {
        &self.0
    }

    fn truncate(&mut self, rows: usize) {
        self.0.truncate(rows);
    }

    fn write(&self, _: &mut Page<'g>) {}
}

pub(crate) fn run(session: &Session, paths: Vec<PathBuf>, strict: bool) -> Result<u8, Failure> {
    if !paths.is_empty() && !session.options.graph.is_empty() {
        return Err(Failure::new(exit::USAGE, "`check` takes its paths or -g, not both"));
    }
    let paths = if paths.is_empty() { session.paths() } else { paths };
    if paths.is_empty() {
        return Err(Failure::new(exit::USAGE, "there is nothing to check")
            .hint(Some("name a graph file or folder, or put one into ./graphs".to_owned())));
    }
    let found = Graph::check_all(&paths, &session.limits);
    let has_problems = !found.is_empty();
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let unread = found.iter().any(|diagnostic| diagnostic.code.class() == CodeClass::File);
    match session.options.format {
        Format::Text => write_text(&format!(
            "{}{}\n",
            problems::render_top(&found, session.options.top),
            problems::summary(&found)
        ))?,
        _ => {
            // The check covers the given paths, whichever way they were named.
            let mut options = session.options.clone();
            options.graph.clone_from(&paths);
            print(&Answer::new(Asked::default(), Problems(found)), &Session::new(options))?;
        }
    }
    Ok(match (unread, errors > 0 || strict && has_problems) {
        (true, _) => exit::INPUT_OUTPUT,
        (false, true) => exit::CHECK_FAILED,
        (false, false) => exit::ANSWERED,
    })
}

/// Explains a code, or lists all codes.
pub(crate) fn explain(session: &Session, code: Option<&str>) -> Result<u8, Failure> {
    let question = match code {
        None => CodesQuestion::all(),
        Some(code) => CodesQuestion::of(Code::from_text(code).ok_or_else(|| unknown(code))?),
    };
    print(&question.answer(), session)
}

fn unknown(code: &str) -> Failure {
    let shown: String = code.chars().take(20).flat_map(char::escape_debug).collect();
    let hint = match meant(code) {
        Some(near) => format!("did you mean `{near}`? `keiretsu explain` lists all"),
        None => "`keiretsu explain` lists all".to_owned(),
    };
    Failure::new(exit::USAGE, format!("no code is called `{shown}`")).hint(Some(hint))
}

/// The code with the same letter and number, or with the same number: `E301` and `0301` mean `E0301`.
fn meant(code: &str) -> Option<&'static str> {
    let code = code.trim();
    let number = |code: &str| code.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse::<u32>().ok();
    let wanted = number(code)?;
    let near: Vec<_> = CODES.iter().map(|row| row.text).filter(|text| number(text) == Some(wanted)).collect();
    let letter = code.chars().next().map(|c| c.to_ascii_uppercase());
    near.iter().find(|text| text.chars().next() == letter).or(near.first()).copied()
}

//! `keiretsu check` and `keiretsu explain`

use std::path::PathBuf;

use keiretsu::{CODES, Code, CodeClass, CodeRow, Diagnostic, Graph};
use serde::Serialize;

use crate::failure::{Failure, exit};
use crate::options::Format;
use crate::output::{Answer, Column, problems, write_text};
use crate::session::Session;

const COLUMNS: &[Column] = &[
    Column::Leaf("code"),
    Column::Leaf("severity"),
    Column::Leaf("message"),
    Column::Leaf("file"),
    Column::Leaf("line"),
    Column::Leaf("column"),
    Column::Leaf("hint"),
];

#[derive(Serialize)]
struct Row {
    code: &'static str,
    severity: &'static str,
    message: String,
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<String>,
}

impl From<&Diagnostic> for Row {
    fn from(diagnostic: &Diagnostic) -> Self {
        let at = diagnostic.at.as_ref();
        Self {
            code: diagnostic.code.as_str(),
            severity: diagnostic.severity.name(),
            message: diagnostic.message.clone(),
            file: at.map(|at| at.file.display().to_string()),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
            hint: diagnostic.hint.clone(),
        }
    }
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
    let errors = found.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let unread = found.iter().any(|diagnostic| diagnostic.code.class() == CodeClass::File);
    match session.options.format {
        Format::Text => write_text(&format!("{}{}\n", problems::render(&found), problems::summary(&found)))?,
        _ => {
            let rows: Vec<Row> = found.iter().map(Row::from).collect();
            // The check covers the given paths, whichever way they were named.
            let mut options = session.options.clone();
            options.graph.clone_from(&paths);
            Answer::new("check", COLUMNS, rows).whole().print(&Session::new(options), |_, _| {})?;
        }
    }
    Ok(match (unread, errors > 0 || strict && !found.is_empty()) {
        (true, _) => exit::INPUT_OUTPUT,
        (false, true) => exit::CHECK_FAILED,
        (false, false) => exit::ANSWERED,
    })
}

#[derive(Serialize)]
struct Explanation {
    code: &'static str,
    meaning: &'static str,
    example: &'static str,
    mend: &'static str,
}

impl From<&CodeRow> for Explanation {
    fn from(row: &CodeRow) -> Self {
        Self { code: row.text, meaning: row.meaning, example: row.example, mend: row.mend }
    }
}

const EXPLANATION: &[Column] =
    &[Column::Leaf("code"), Column::Leaf("meaning"), Column::Leaf("example"), Column::Leaf("mend")];

/// Explains a code, or lists all codes.
pub(crate) fn explain(session: &Session, code: Option<&str>) -> Result<u8, Failure> {
    let rows: Vec<Explanation> = match code {
        None => CODES.iter().map(Explanation::from).collect(),
        Some(code) => match Code::from_text(code) {
            Some(row) => vec![Explanation::from(row)],
            None => return Err(unknown(code)),
        },
    };
    let all = code.is_none();
    Answer::new("explain", EXPLANATION, rows).print(session, |rows, page| {
        for row in rows {
            if all {
                page.line(&format!("{}  {}", row.code, row.meaning));
            } else {
                page.line(&format!("{}: {}", row.code, row.meaning));
                page.gap();
                page.line(&format!("  draws it: {}", row.example));
                page.line(&format!("  mend:     {}", row.mend));
            }
        }
    })
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

//! Renders diagnostics as text, without the command line.

use std::path::Path;

use keiretsu::{Diagnostic, Location};

/// A diagnostic: its message, its place with the line and carets below it, the second place, its hint.
pub(crate) fn diagnostic(diagnostic: &Diagnostic, base: &Path) -> String {
    let base = format!("{}/", base.display());
    let mut out = format!("{}[{}]: {}\n", diagnostic.severity.name(), diagnostic.code, diagnostic.message);
    if let Some(at) = &diagnostic.at {
        out += &format!("  --> {at}\n{}", lines(at));
    }
    if let Some(also) = &diagnostic.also {
        out += &format!("  ::: {also}\n{}", lines(also));
    }
    if let Some(hint) = &diagnostic.hint {
        out += &format!("  = hint: {hint}\n");
    }
    out.replace(&base, "")
}

/// All of them, a blank line between two.
pub(crate) fn diagnostics(diagnostics: &[Diagnostic], base: &Path) -> String {
    let all: Vec<_> = diagnostics.iter().map(|one| diagnostic(one, base)).collect();
    all.join("\n")
}

/// The line of a place and its carets. The place must lie within the line shown.
fn lines(at: &Location) -> String {
    if at.source_line.is_empty() {
        return String::new();
    }
    let column = at.column - 1 - at.skipped;
    let shown = at.source_line.chars().count();
    assert!(column <= shown, "{at}: the column is not in the line {:?}", at.source_line);
    let width = at.width.min((shown - column).max(1));
    let label = at.label.as_ref().map(|label| format!(" {label}")).unwrap_or_default();
    let source: String =
        at.source_line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    format!("   | {source}\n   | {}{}{label}\n", " ".repeat(column), "^".repeat(width))
}

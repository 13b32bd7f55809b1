//! Prints problems in the style of a compiler: message, place, source line, hint.

use std::collections::BTreeMap;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use keiretsu::{Code, Diagnostic, Location};

use super::escape;

/// All problems, separated by empty lines.
pub(crate) fn render<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&renderer.render(&[group(diagnostic)]));
        text.push_str("\n\n");
    }
    text
}

/// The most problems shown of each code, where the problems are not what was asked for.
const FEW: usize = 3;

/// The first few problems of each code, and how many more there are of which.
pub(crate) fn render_few(diagnostics: &[Diagnostic]) -> String {
    render_some(diagnostics, FEW)
}

/// So many problems of each code, and how many more there are of which; with all counts before, if any are left out.
pub(crate) fn render_top(diagnostics: &[Diagnostic], top: Option<usize>) -> String {
    let Some(top) = top else { return render(diagnostics) };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    diagnostics.iter().for_each(|diagnostic| *counts.entry(diagnostic.code.as_str()).or_default() += 1);
    if counts.values().all(|count| *count <= top) {
        return render(diagnostics);
    }
    let counts: Vec<_> = counts.iter().map(|(code, count)| format!("{count} of {code}")).collect();
    let few = render_some(diagnostics, top);
    format!("{}\n\n{few}--top N lists so many of each, --top all lists all\n\n", counts.join(", "))
}

fn render_some(diagnostics: &[Diagnostic], most: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut shown: Vec<&Diagnostic> = Vec::new();
    for diagnostic in diagnostics {
        let count = counts.entry(diagnostic.code.as_str()).or_default();
        *count += 1;
        if *count <= most {
            shown.push(diagnostic);
        }
    }
    let mut text = render(shown);
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > most) {
        text.push_str(&format!("{} more of {code}\n", count - most));
    }
    text
}

/// "2 warnings; see `keiretsu explain W0904`", of warnings only.
pub(crate) fn summary_of_warnings(warnings: &[Diagnostic]) -> String {
    let more = warnings.iter().any(|warning| warning.code == Code::MoreWarnings);
    let counts = counted(warnings.len(), "warning", more);
    match warnings.first() {
        Some(first) => format!("{counts}; see `keiretsu explain {}`", first.code),
        None => "no problem found".to_owned(),
    }
}

/// "1 error, 2 warnings; see `keiretsu explain E0301`".
pub(crate) fn summary(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let more = |code| diagnostics.iter().any(|diagnostic| diagnostic.code == code);
    let counts = format!(
        "{}, {}",
        counted(errors, "error", more(Code::MoreErrors)),
        counted(diagnostics.len() - errors, "warning", more(Code::MoreWarnings))
    );
    match diagnostics.iter().find(|diagnostic| diagnostic.is_error() || errors == 0) {
        Some(first) => format!("{counts}; see `keiretsu explain {}`", first.code),
        None => "no problem found".to_owned(),
    }
}

/// If there are more problems than listed, the last item says so and does not count.
fn counted(count: usize, noun: &str, more: bool) -> String {
    if more {
        return format!("more than {} {noun}s", count - 1);
    }
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// A message without a place: `error: ...`, with its hint.
pub(crate) fn message(message: &str, hint: Option<&str>) -> String {
    let title = Level::ERROR.primary_title(escape::line(message));
    let mut text = Renderer::styled().render(&[Group::with_title(title)]);
    text.push('\n');
    if let Some(hint) = hint {
        text.push_str(&format!("  hint: {}\n", escape::line(hint)));
    }
    text
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = if diagnostic.is_error() { Level::ERROR } else { Level::WARNING };
    let title = level.primary_title(escape::line(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    for (location, kind) in diagnostic
        .at
        .iter()
        .map(|at| (at, AnnotationKind::Primary))
        .chain(diagnostic.also.iter().map(|also| (also, AnnotationKind::Context)))
    {
        group = group.elements(place(location, kind));
    }
    match &diagnostic.hint {
        Some(hint) => group.element(Level::HELP.with_name("hint").message(escape::line(hint))),
        None => group,
    }
}

/// The source line with the place underlined, or only the file.
fn place(location: &Location, kind: AnnotationKind) -> Vec<Element<'_>> {
    let file = escape::line(&location.file.display().to_string()).into_owned();
    if location.source_line.is_empty() {
        let whole_file = (location.line, location.column) == (1, 1);
        let origin = Origin::path(file);
        return vec![
            if whole_file { origin } else { origin.line(location.line).char_column(location.column) }.into(),
        ];
    }
    let line = one_line(&location.source_line);
    let start = byte(&line, (location.column - 1).saturating_sub(location.skipped));
    let end = byte(&line, (location.column - 1 + location.width).saturating_sub(location.skipped));
    let annotation = kind.span(start..end.max(start));
    let annotation = match &location.label {
        Some(label) => annotation.label(escape::line(label)),
        None => annotation,
    };
    let snippet = Snippet::source(line).line_start(location.line);
    if location.skipped == 0 {
        return vec![snippet.path(file).annotation(annotation).into()];
    }
    // Only an excerpt of a long line is shown, but its column refers to the whole line.
    let origin = Origin::path(file).line(location.line).char_column(location.column);
    vec![origin.into(), snippet.annotation(annotation).into()]
}

/// A line of a file with its control characters replaced by visible ones, so that it cannot garble a terminal; one
/// character for one, so that columns stay right.
fn one_line(text: &str) -> String {
    let picture = |c: char| match c {
        '\t' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\x7f' => '\u{2421}',
        c if escape::is_obeyed(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(picture).collect()
}

/// The byte at which the n-th character of a line starts.
fn byte(line: &str, characters: usize) -> usize {
    line.char_indices().nth(characters).map_or(line.len(), |(at, _)| at)
}

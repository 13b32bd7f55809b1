//! Who may import whom (ARCHITECTURE.md), held by reading the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// What each top-level module may use, next to itself. A module that is not here may not be there.
///
/// `value, diagnostic <- error <- model <- graph <- query <- analysis <- diagram, export`; `limits` is a
/// leaf next to `diagnostic`; `file` and `import` make records and a graph, and know nothing of questions.
const MAY_USE: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("diagnostic", &[]),
    ("limits", &[]),
    ("error", &["value", "diagnostic", "limits"]),
    ("model", &["value", "diagnostic", "limits", "error"]),
    ("graph", &["value", "diagnostic", "limits", "error", "model"]),
    ("file", &["value", "diagnostic", "limits", "error", "model", "graph"]),
    ("import", &["value", "diagnostic", "limits", "error", "model", "graph"]),
    ("query", &["value", "diagnostic", "limits", "error", "model", "graph"]),
    ("analysis", &["value", "diagnostic", "limits", "error", "model", "graph", "query"]),
    ("diagram", &["value", "diagnostic", "limits", "error", "model", "graph", "query", "analysis"]),
    ("export", &["value", "diagnostic", "limits", "error", "model", "graph", "query", "analysis"]),
];

/// The one module in which a crate may be named.
const HOMES: &[(&str, &str)] = &[
    ("petgraph", "graph"),
    ("ron", "file"),
    ("graphviz_rust", "diagram"),
    ("resvg", "diagram"),
    ("krilla", "diagram"),
    ("krilla_svg", "diagram"),
    ("rustybuzz", "diagram"),
    ("notosans", "diagram"),
    ("unicode_segmentation", "diagram"),
    ("clap", "bin"),
    ("jiff", "value"),
    ("rust_decimal", "value"),
    ("iso_currency", "value"),
    ("isin", "value"),
    ("iso_country", "value"),
    ("strsim", "diagnostic"),
    ("num_bigint", "analysis"),
    ("num_integer", "analysis"),
    ("num_traits", "analysis"),
];

#[test]
fn modules_import_only_what_lies_below_them() {
    let mut files = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    files.sort();
    assert!(files.len() > 50, "only {} source files found", files.len());
    let problems: Vec<String> = files.iter().flat_map(|(path, text)| problems(path, text)).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The checker itself: a file, one line of it, and what must be said to it.
#[test]
fn the_checker_sees_what_it_should() {
    let table = [
        ("graph/view.rs", "use crate::model::Id;", ""),
        ("graph/view.rs", "use super::store::Store;", ""),
        ("graph/view.rs", "use super::super::model::Id;", ""),
        ("graph/mod.rs", "use super::model::Id;", ""),
        ("graph/view.rs", "use crate::query::Path;", "`graph` uses `query`"),
        ("graph/view.rs", "let path = crate::file::open();", "`graph` uses `file`"),
        ("graph/view.rs", "use super::super::query::Path;", "`graph` uses `query`"),
        ("graph/deep/er.rs", "use super::super::super::query::Path;", "`graph` uses `query`"),
        ("graph/deep/er.rs", "use super::super::query::Path;", ""),
        ("graph/mod.rs", "use super::query::Path;", "`graph` uses `query`"),
        ("graph.rs", "use super::query::Path;", "`graph` uses `query`"),
        ("graph/view.rs", "use crate::{model::Id, query::{Path, Paths}};", "`graph` uses `query`"),
        ("graph/view.rs", "use crate::{\n    model::Id,\n    analysis,\n};", "`graph` uses `analysis`"),
        ("graph/view.rs", "use crate::Graph;", "`graph` uses `Graph`"),
        ("graph/view.rs", "    //! See [`crate::query`].", ""),
        ("graph/view.rs", "let x = 1; // as crate::query does", ""),
        ("value/date.rs", "use crate::error::Error;", "`value` uses `error`"),
        ("value/date.rs", "use crate::diagnostic::Code;", "`value` uses `diagnostic`"),
        ("limits.rs", "use crate::value::Date;", "`limits` uses `value`"),
        ("diagnostic/codes.rs", "use super::super::error::Error;", "`diagnostic` uses `error`"),
        ("file/load.rs", "use crate::graph::Graph;", ""),
        ("file/load.rs", "use crate::query::Path;", "`file` uses `query`"),
        ("query/path.rs", "use crate::analysis::stats;", "`query` uses `analysis`"),
        ("newcomer/mod.rs", "use crate::model::Id;", "`newcomer` has no row in the table"),
        ("lib.rs", "pub use crate::query::Path;", ""),
        ("query/path.rs", "use petgraph::Graph;", "`petgraph` is used outside `graph`"),
        ("graph/store.rs", "use petgraph::Graph;", ""),
        ("query/path.rs", "fn f(g: ::petgraph::Graph) {}", "`petgraph` is used outside `graph`"),
        ("graph/mod.rs", "mod petgraph_traits; use petgraph_traits::View;", ""),
        ("model/id.rs", "extern crate ron;", "`ron` is used outside `file`"),
        ("model/id.rs", "use ron as r;", "`ron` is used outside `file`"),
        ("model/id.rs", "let electron = electron::new();", ""),
        ("graph/view.rs", "let day = jiff::civil::date(1, 1, 1);", "`jiff` is used outside `value`"),
        ("value/day.rs", "use jiff::civil;", ""),
        ("diagram/paint/png.rs", "use resvg::usvg::Tree;", ""),
        ("export/entity.rs", "use krilla_svg::SvgSettings;", "`krilla_svg` is used outside `diagram`"),
        ("diagram/dot.rs", "use clap::Parser;", "`clap` is used outside `bin`"),
        ("bin/keiretsu/main.rs", "use clap::Parser; use crate::args::Args;", ""),
        ("bin/keiretsu/main.rs", "use graphviz_rust::dot;", "`graphviz_rust` is used outside `diagram`"),
    ];
    for (file, line, expected) in table {
        let said: Vec<_> = problems(file, line).iter().map(|p| p.replace(&format!("{file}: "), "")).collect();
        assert_eq!(said.join("; "), expected, "{file}: {line}");
    }
}

/// Every `.rs` file under a folder: its path from there, and its text.
fn sources(root: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// What one source file does that the tables do not allow.
fn problems(file: &str, text: &str) -> Vec<String> {
    let text = without_comments(text);
    let module = modules(file).first().copied().unwrap_or("lib");
    let mut problems = Vec::new();
    if !matches!(module, "lib" | "bin") {
        match MAY_USE.iter().find(|(name, _)| *name == module) {
            None => problems.push(format!("{file}: `{module}` has no row in the table")),
            Some((_, below)) => {
                let used = top_level_modules_used(file, &text);
                let wrong = used.iter().filter(|used| *used != module && !below.contains(&used.as_str()));
                problems.extend(wrong.map(|used| format!("{file}: `{module}` uses `{used}`")));
            }
        }
    }
    let strangers = HOMES.iter().filter(|(name, home)| *home != module && names_crate(&text, name));
    problems.extend(strangers.map(|(name, home)| format!("{file}: `{name}` is used outside `{home}`")));
    problems
}

/// The modules that lead to a file: `graph/view.rs` is `graph::view`, `graph/mod.rs` is `graph`.
fn modules(file: &str) -> Vec<&str> {
    let stem = file.strip_suffix(".rs").unwrap();
    stem.split('/').filter(|part| !matches!(*part, "mod" | "lib")).collect()
}

/// The first name after every `crate::`, and after every chain of `super::` that leads to the root.
fn top_level_modules_used(file: &str, text: &str) -> Vec<String> {
    let depth = modules(file).len();
    let mut used: Vec<String> = paths(text, "crate::").flat_map(first_names).collect();
    let chain = "super::".repeat(depth);
    used.extend(paths(text, &chain).filter(|rest| !rest.starts_with("super::")).flat_map(first_names));
    used.sort();
    used.dedup();
    used
}

/// What follows each place where the text has this path prefix, not as the tail of a longer path.
fn paths<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(prefix).filter_map(move |(at, _)| {
        let before = &text[..at];
        let goes_on = before.ends_with("::") || before.ends_with(is_name);
        (!goes_on).then(|| &text[at + prefix.len()..])
    })
}

/// `graph::View` is `graph`; `{graph::View, model::{Id, Role}}` is `graph` and `model`.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| text.trim_start().chars().take_while(|c| is_name(*c)).collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut names = vec![name(group)];
    let mut depth = 0;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(&group[at + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether a path starts with this crate, or the crate is brought in by its name.
fn names_crate(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let rooted = before.strip_suffix("::").unwrap_or(before);
        let starts = !rooted.ends_with(is_name) && !before.ends_with('"');
        let brought = before.ends_with("use ") || before.ends_with("extern crate ");
        starts && (after.starts_with("::") || brought && !after.starts_with(is_name))
    })
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn without_comments(text: &str) -> String {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    text.lines().map(code).collect::<Vec<_>>().join("\n")
}

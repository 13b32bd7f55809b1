//! Module dependencies (ARCHITECTURE.md), enforced by reading the sources.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

/// What each top-level module may use, apart from itself. Modules not listed here are not allowed.
///
/// `value, diagnostic <- error <- model <- graph <- query <- analysis <- diagram, export <- answer`; `limits` and `parallel` are
/// leaves next to `diagnostic`; `file` and `import` make records and a graph, and know nothing of questions.
const MAY_USE: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("diagnostic", &[]),
    ("limits", &[]),
    ("parallel", &[]),
    ("error", &["value", "diagnostic", "limits"]),
    ("model", &["value", "diagnostic", "limits", "error"]),
    ("graph", &["value", "diagnostic", "limits", "parallel", "error", "model"]),
    ("file", &["value", "diagnostic", "limits", "parallel", "error", "model", "graph"]),
    ("import", &["value", "diagnostic", "limits", "parallel", "error", "model", "graph"]),
    ("query", &["value", "diagnostic", "limits", "parallel", "error", "model", "graph"]),
    ("analysis", &["value", "diagnostic", "limits", "parallel", "error", "model", "graph", "query"]),
    (
        "diagram",
        &["value", "diagnostic", "limits", "parallel", "error", "model", "graph", "query", "analysis"],
    ),
    ("answer", &["value", "diagnostic", "limits", "error", "model", "graph", "query", "analysis", "export"]),
    ("export", &["value", "diagnostic", "limits", "error", "model", "graph", "query", "analysis"]),
];

/// The floors of `graph/`, from the lowest up. None imports from a higher one; modules outside them are above.
const FLOORS: &[&str] = &["store", "build", "view", "lint"];

/// Handles refer to each other. No other two parts of a floor (files or folders) do, directly or indirectly.
const HANDLES: &[&str] = &["view/view", "view/entity", "view/fact", "view/relation", "view/evidence"];

/// The only module in which a crate may be named.
const HOMES: &[(&str, &str)] = &[
    ("petgraph", "graph"),
    ("hashbrown", "graph"),
    ("crc32fast", "graph"),
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
    ("num_rational", "analysis"),
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

/// Tests of the checker: a file, one line of it, and the expected message.
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

#[test]
fn no_floor_of_the_graph_imports_from_a_higher_one() {
    let files = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let parts = parts_of_graph(&files);
    assert!(parts.len() > 60, "only {} parts found", parts.len());
    let problems: Vec<String> = files.iter().flat_map(|(file, text)| climbs(file, text, &parts)).collect();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn parts_of_a_floor_do_not_import_each_other_in_a_circle() {
    let files = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let parts = parts_of_graph(&files);
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in &files {
        let Some(own) = part_of(file) else { continue };
        let used: Vec<String> =
            parts_used(file, text, &parts).into_iter().filter(|used| *used != own).collect();
        uses.entry(own.clone()).or_default().extend(used);
    }
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 200, "imports were not found");
    assert_eq!(circle(&uses), None);
}

/// Tests of the two checks above: files with their text, and the expected messages.
#[test]
fn floors_and_circles_are_seen() {
    let one = |file: &str, text: &str| (file.to_owned(), text.to_owned());
    let files = [
        one("graph/store/rows.rs", "use super::index::EntityIx;\nuse super::{ids, texts::Texts};"),
        one("graph/store/index.rs", ""),
        one("graph/store/ids.rs", "use crate::graph::view::entity::Entity;"),
        one("graph/store/texts.rs", "let x = crate::graph::store::rows::Rows::new();"),
        one("graph/build/derive/mod.rs", "use crate::graph::{store::index::EntityIx, Graph};"),
        one("graph/build/derive/line.rs", "use super::super::intake::Intake;\nuse super::Event;"),
        one("graph/build/intake.rs", "// crate::graph::view::fact is above"),
        one("graph/view/entity.rs", "use super::fact::Fact;"),
        one("graph/view/fact.rs", "use super::entity::Entity;\nuse super::super::lint::check;"),
        one("graph/lint/mod.rs", "use crate::graph::build::intake::Intake;"),
        one("graph/mod.rs", "use lint::check;"),
    ];
    let parts = parts_of_graph(&files);
    let said: Vec<String> = files.iter().flat_map(|(file, text)| climbs(file, text, &parts)).collect();
    assert_eq!(
        said,
        [
            "graph/store/ids.rs: `store` imports `view/entity`",
            "graph/build/derive/mod.rs: `build` imports from above all floors",
            "graph/view/fact.rs: `view` imports `lint`"
        ]
    );
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in &files {
        uses.entry(part_of(file).unwrap_or_default()).or_default().extend(parts_used(file, text, &parts));
    }
    uses.retain(|part, _| !part.is_empty());
    assert_eq!(circle(&uses).as_deref(), Some("store/rows -> store/texts -> store/rows"));
    uses.remove("store/texts");
    assert_eq!(circle(&uses), None);
}

/// The part of a floor that a file belongs to: `graph/build/derive/line.rs` to `build/derive`; none outside the floors.
fn part_of(file: &str) -> Option<String> {
    let modules = modules(file);
    let [graph, floor, rest @ ..] = modules.as_slice() else { return None };
    let is_floor = *graph == "graph" && FLOORS.contains(floor);
    let part = rest.first().map_or_else(|| (*floor).to_owned(), |name| format!("{floor}/{name}"));
    is_floor.then_some(part)
}

fn parts_of_graph(files: &[(String, String)]) -> BTreeSet<String> {
    files.iter().filter_map(|(file, _)| part_of(file)).collect()
}

/// The parts that a file of a floor refers to; "" for what is above the floors.
fn parts_used(file: &str, text: &str, parts: &BTreeSet<String>) -> BTreeSet<String> {
    let Some(own) = part_of(file) else { return BTreeSet::new() };
    let text = without_comments(text);
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let own_modules = modules(file);
    let mut used: Vec<Vec<String>> = paths(text, "crate::graph::").flat_map(leaves).collect();
    for rest in paths(text, "super::") {
        let mut up = 1;
        let mut rest = rest;
        while let Some(further) = rest.strip_prefix("super::") {
            (up, rest) = (up + 1, further);
        }
        let Some(base) = own_modules.get(1..own_modules.len().saturating_sub(up)) else { continue };
        let base: Vec<String> = base.iter().map(|name| (*name).to_owned()).collect();
        used.extend(leaves(rest).into_iter().map(|leaf| base.iter().cloned().chain(leaf).collect()));
    }
    let part = |path: Vec<String>| {
        let floor = path.first().filter(|floor| FLOORS.contains(&floor.as_str()));
        let Some(floor) = floor else { return String::new() };
        let deeper = path.get(1).map(|name| format!("{floor}/{name}"));
        deeper.filter(|part| parts.contains(part)).unwrap_or_else(|| floor.clone())
    };
    // What a floor's `mod.rs` defines is for all of its parts.
    let floor = own.split('/').next().unwrap_or_default().to_owned();
    used.into_iter().map(part).filter(|part| *part != own && *part != floor).collect()
}

/// What a file imports from higher up.
fn climbs(file: &str, text: &str, parts: &BTreeSet<String>) -> Vec<String> {
    let Some(own) = part_of(file) else { return Vec::new() };
    let height = |part: &str| FLOORS.iter().position(|floor| part.split('/').next() == Some(*floor));
    let floor = own.split('/').next().unwrap_or_default();
    let higher = parts_used(file, text, parts).into_iter().filter(|used| {
        let used = height(used).unwrap_or(FLOORS.len());
        used > height(&own).unwrap_or(FLOORS.len())
    });
    let told = |used: String| match used.as_str() {
        "" => format!("{file}: `{floor}` imports from above all floors"),
        used => format!("{file}: `{floor}` imports `{used}`"),
    };
    higher.map(told).collect()
}

/// The shortest cycle from a part back to itself, ignoring cycles among handles.
fn circle(uses: &BTreeMap<String, BTreeSet<String>>) -> Option<String> {
    let is_handle = |part: &str| HANDLES.contains(&part);
    let mut found: Option<Vec<&str>> = None;
    for start in uses.keys() {
        let mut queue = VecDeque::from([vec![start.as_str()]]);
        let mut seen = BTreeSet::new();
        while let Some(way) = queue.pop_front() {
            let last = way[way.len() - 1];
            for next in uses.get(last).into_iter().flatten() {
                if is_handle(last) && is_handle(next) {
                    continue;
                }
                let way: Vec<&str> = way.iter().copied().chain([next.as_str()]).collect();
                if next == start && found.as_ref().is_none_or(|found| way.len() < found.len()) {
                    found = Some(way);
                } else if seen.insert(next) {
                    queue.push_back(way);
                }
            }
        }
    }
    found.map(|way| way.join(" -> "))
}

/// The paths that begin here: `{a::B, c::{D, E}}` is `a::B`, `c::D` and `c::E`.
fn leaves(path: &str) -> Vec<Vec<String>> {
    let path = path.trim_start();
    if let Some(group) = path.strip_prefix('{') {
        let mut found = leaves(group);
        let mut depth = 0;
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => found.extend(leaves(&group[at + 1..])),
                _ => {}
            }
        }
        return found;
    }
    let name: String = path.chars().take_while(|c| is_name(*c)).collect();
    if name.is_empty() {
        return Vec::new();
    }
    match path[name.len()..].strip_prefix("::") {
        Some(rest) => {
            let further = leaves(rest);
            let further = if further.is_empty() { vec![Vec::new()] } else { further };
            further.into_iter().map(|leaf| std::iter::once(name.clone()).chain(leaf).collect()).collect()
        }
        None => vec![vec![name]],
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

/// What a source file does that the tables do not allow.
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
    // `use super::*` of a test module.
    used.retain(|name| !name.is_empty());
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

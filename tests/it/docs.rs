//! Every graph in the documents loads, and says what the document says it does.
//!
//! A block marked `ron` is a graph file without errors or warnings, unless an HTML comment in the next line says
//! otherwise: `<!-- error: E0301 -->`, `<!-- warning: W0904 -->`, or `<!-- together -->` for a file in the same
//! folder as the previous block.

use std::fs;
use std::path::{Path, PathBuf};

use keiretsu::{Diagnostic, Graph};

/// A block of RON in a document.
struct Block {
    /// The document, and the line of the fence.
    place: String,
    text: String,
    /// The contents of the comment after it, such as `error: E0301`.
    mark: Option<String>,
}

#[test]
fn blocks_load() {
    let documents = documents();
    let blocks: Vec<Block> = documents.iter().flat_map(|path| blocks(path)).collect();
    assert!(blocks.len() > 10, "the documents have {} blocks of RON", blocks.len());
    let mut before = "";
    for block in &blocks {
        check(block, before);
        before = &block.text;
    }
}

#[test]
fn codes_exist() {
    for path in documents() {
        for word in words(&fs::read_to_string(&path).unwrap()) {
            let is_code = word.len() == 5 && (word.starts_with("E0") || word.starts_with("W0"));
            if is_code && word.bytes().skip(1).all(|byte| byte.is_ascii_digit()) {
                let known = keiretsu::Code::from_text(word).is_some();
                assert!(known, "{} speaks of `{word}`, which is no code", path.display());
            }
        }
    }
}

/// The README and every document of `docs/`, by name.
fn documents() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = entries.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    paths.extend(Some(root.join("README.md")).filter(|path| path.exists()));
    paths.sort();
    paths
}

fn blocks(path: &Path) -> Vec<Block> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines().enumerate().peekable();
    let mut blocks = Vec::new();
    while let Some((number, line)) = lines.next() {
        if line != "```ron" {
            continue;
        }
        let inside: Vec<_> = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        let mark = lines.peek().and_then(|(_, line)| line.strip_prefix("<!--")?.strip_suffix("-->"));
        blocks.push(Block {
            place: format!("{}:{}", path.display(), number + 1),
            text: inside.join("\n"),
            mark: mark.map(|mark| mark.trim().to_owned()),
        });
    }
    blocks
}

fn check(block: &Block, before: &str) {
    let expected = match block.mark.as_deref() {
        None | Some("together") => None,
        Some(mark) => Some(mark.split_once(": ").unwrap_or_else(|| panic!("{}: {mark}", block.place))),
    };
    let loaded = match block.mark.as_deref() {
        Some("together") => open_together(before, &block.text),
        _ => Graph::from_ron(&block.text),
    };
    let found: Vec<Diagnostic> = match loaded {
        Ok(graph) => graph.warnings().to_vec(),
        Err(error) => error.diagnostics().to_vec(),
    };
    let names: Vec<_> = found.iter().map(|d| (d.severity.name(), d.code.as_str())).collect();
    let list: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert_eq!(names, Vec::from_iter(expected), "{}\n{}", block.place, list.join("\n"));
}

/// Two files in one folder.
fn open_together(first: &str, second: &str) -> keiretsu::Result<Graph> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs-together");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.ron"), first).unwrap();
    fs::write(folder.join("b.ron"), second).unwrap();
    Graph::open(&folder)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

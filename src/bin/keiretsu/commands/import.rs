//! `keiretsu import`

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use keiretsu::{CsvImport, Graph, Imported, Mapping, to_ron};

use super::pack::ENDING;
use crate::args::{ImportArgs, ImportForm};
use crate::failure::{Failure, exit};
use crate::output::bar::Bar;
use crate::output::files::{NewFile, begin, cannot_write, put};
use crate::output::problems;
use crate::session::{Session, say, say_all};

pub(crate) fn run(session: &Session, args: &ImportArgs) -> Result<u8, Failure> {
    match args.form {
        ImportForm::Csv => csv(session, args),
    }
}

fn csv(session: &Session, args: &ImportArgs) -> Result<u8, Failure> {
    let ending = args.output.extension();
    let is_packed = ending.is_some_and(|ending| ending == ENDING);
    if !is_packed && ending.is_none_or(|ending| ending != "ron") {
        let message = format!("cannot write `{}`: only .ron and .{ENDING} are known", args.output.display());
        return Err(Failure::new(exit::USAGE, message));
    }
    let mapping = Mapping::from_ron(&read_mapping(&args.mapping)?)?;
    let folder = args.mapping.parent().unwrap_or(Path::new(""));
    let rejects = args.rejects.clone().unwrap_or_else(|| args.output.with_extension("rejects.csv"));
    spare_inputs(args, &mapping, folder, &rejects)?;
    spare_others(&rejects)?;
    let mut graph = begin(&args.output)?;
    let mut kept = begin(&rejects)?;
    let import =
        CsvImport::new(mapping, folder).limits(session.limits.clone()).rejects(Named(&mut kept, &rejects));
    let mut bar = Bar::new();
    let imported = import.progress(|done, all| bar.report(done, all)).run();
    drop(bar);
    let imported = imported?;
    std::thread::scope(|scope| {
        // Another thread looks for what is odd; where none can be started, that is done at the end.
        let look = || imported.graph.warnings().len();
        let _ = std::thread::Builder::new().spawn_scoped(scope, look);
        write(session, args, &imported.graph, &mut graph, is_packed)
    })?;
    if imported.rejected == 0 && args.rejects.is_none() {
        put([graph])?;
        drop(kept);
        take_away(&rejects);
    } else {
        // The rejected rows go first, so that nobody finds the graph without them.
        put([kept, graph])?;
    }
    report(&imported, args, &rejects);
    Ok(if imported.rejected == 0 { exit::ANSWERED } else { exit::CHECK_FAILED })
}

fn write(
    session: &Session,
    args: &ImportArgs,
    graph: &Graph,
    file: &mut NewFile,
    is_packed: bool,
) -> Result<(), Failure> {
    let written = if is_packed {
        graph.write_snapshot(file)
    } else {
        let text = to_ron(&graph.to_records());
        fits(&text, session)?;
        file.write_all(text.as_bytes())
    };
    written.map_err(|error| cannot_write(&args.output, &error))
}

/// A file that is too large to be opened again is not written.
fn fits(text: &str, session: &Session) -> Result<(), Failure> {
    let (bytes, most) = (text.len(), session.limits.file_bytes);
    if bytes as u64 <= most {
        return Ok(());
    }
    let message = format!("the graph takes {bytes} bytes as text, and a graph file may have {most}");
    let hint = format!("write it as .{ENDING}, or raise the limit with --limits trusted");
    Err(Failure::new(exit::LIMIT, message).hint(Some(hint)))
}

fn read_mapping(path: &Path) -> Result<String, Failure> {
    // Checked before opening: opening a pipe waits for its writer.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        let message = format!("cannot read `{}`: it is not a regular file", path.display());
        return Err(Failure::new(exit::INPUT_OUTPUT, message));
    }
    fs::read_to_string(path).map_err(|error| failed("read", path, &error))
}

/// Ensures that no output overwrites an input or another output.
fn spare_inputs(args: &ImportArgs, mapping: &Mapping, folder: &Path, rejects: &Path) -> Result<(), Failure> {
    let same =
        |one: &Path, other: &Path| one == other || place(one).is_some_and(|one| place(other) == Some(one));
    let entities = mapping.entities.iter().map(|table| folder.join(&table.file));
    let tables = entities.chain(mapping.facts.iter().map(|table| folder.join(&table.file)));
    let inputs: Vec<PathBuf> = std::iter::once(args.mapping.clone()).chain(tables).collect();
    for written in [args.output.as_path(), rejects] {
        if let Some(input) = inputs.iter().find(|input| same(input, written)) {
            let message = format!("cannot overwrite input `{}`", input.display());
            return Err(Failure::new(exit::USAGE, message));
        }
    }
    if same(&args.output, rejects) {
        return Err(Failure::new(exit::USAGE, "the graph and the rejects need different files"));
    }
    Ok(())
}

/// Where a file is, or will be in its folder once it is written.
fn place(path: &Path) -> Option<PathBuf> {
    let in_folder = || {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Some(folder.unwrap_or(Path::new(".")).canonicalize().ok()?.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(in_folder)
}

/// An existing file in place of the rejects may be replaced only if an import wrote it.
fn spare_others(rejects: &Path) -> Result<(), Failure> {
    let Ok(metadata) = fs::metadata(rejects) else { return Ok(()) };
    if !metadata.is_file() || metadata.len() == 0 {
        return Ok(());
    }
    let header = CsvImport::REJECTS_HEADER.as_bytes();
    let mut start = Vec::new();
    let read = File::open(rejects).and_then(|file| file.take(header.len() as u64).read_to_end(&mut start));
    read.map_err(|error| failed("read", rejects, &error))?;
    if start == header {
        return Ok(());
    }
    let message = format!("`{}` already exists and was not written by an import", rejects.display());
    let hint = "move it, or name another file with --rejects";
    Err(Failure::new(exit::USAGE, message).hint(Some(hint.to_owned())))
}

/// Reports how many rows were used, and the first of those that were not.
fn report(imported: &Imported, args: &ImportArgs, rejects: &Path) {
    let rows = |count: u64| if count == 1 { "1 row".to_owned() } else { format!("{count} rows") };
    for reject in &imported.first_rejects {
        let codes: Vec<&str> = reject.codes.iter().map(|code| code.as_str()).collect();
        say(&format!("{}:{}: {} [{}]", reject.file, reject.line, reject.reason, codes.join(", ")));
    }
    for hint in &imported.hints {
        say(&format!("hint: {hint}"));
    }
    if imported.rejected > 0 {
        say(&format!("{} rejected in {}", rows(imported.rejected), rejects.display()));
    }
    let warnings = imported.graph.warnings();
    if !warnings.is_empty() {
        say_all(&format!("{}{}", problems::render_few(warnings), problems::summary_of_warnings(warnings)));
    }
    say(&format!("{} read into {}", rows(imported.rows), args.output.display()));
}

/// A file whose errors include its name.
struct Named<'f>(&'f mut NewFile, &'f Path);

impl Write for Named<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Self(file, path) = self;
        file.write(bytes)
            .map_err(|error| io::Error::new(error.kind(), format!("`{}`: {error}", path.display())))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Deletes the rejects of an earlier import.
fn take_away(rejects: &Path) {
    if rejects.is_file() && spare_others(rejects).is_ok() {
        // What cannot be deleted stays; nothing refers to it.
        let _ = fs::remove_file(rejects);
    }
}

fn failed(what: &str, path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(exit::INPUT_OUTPUT, format!("cannot {what} `{}`: {error}", path.display()))
}

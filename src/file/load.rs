//! Opening: files to records to graph, with every problem of every file at its place.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{self, Unread};
use super::loader::{Loader, Watch};
use super::place::{Places, Starts, Text};
use super::reader;
use super::snapshot;
use super::unknown::{Lost, Unknown};
use crate::diagnostic::{Code, Diagnostic, Found, Location};
use crate::error::{Error, Result};
use crate::graph::{Fact, Field, Graph, GraphBuilder, Intake, Problem, Problems, Record};
use crate::limits::Limits;
use crate::model::Attribute;

impl Graph {
    /// Opens a graph file, a folder whose graph files together are one graph, or a
    /// [snapshot](Graph::write_snapshot), whose name ends in `.keiretsu`.
    ///
    /// Warnings do not keep it from opening: [`Graph::warnings`] has them.
    ///
    /// # Errors
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read, [`ErrorKind::Syntax`](crate::ErrorKind::Syntax) if one is not well-formed,
    /// [`ErrorKind::Limit`](crate::ErrorKind::Limit) if one is too large, [`ErrorKind::Invalid`](crate::ErrorKind::Invalid) for whatever else is wrong; in all
    /// cases [`Error::diagnostics`] lists all problems of all files.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        Self::open_all([path], &Limits::default())
    }

    /// Opens several files and folders as one graph, within limits.
    ///
    /// # Errors
    /// As [`Graph::open`].
    pub fn open_all(paths: impl IntoIterator<Item = impl AsRef<Path>>, limits: &Limits) -> Result<Self> {
        Loader::new().limits(limits.clone()).open_all(paths)
    }

    /// Reads a graph from text, within [`Limits::default`].
    ///
    /// # Errors
    /// As [`Graph::open`].
    pub fn from_ron(text: &str) -> Result<Self> {
        Loader::new().text(text)
    }

    /// Every problem of a graph file or folder, errors and warnings, in the order of files and places.
    #[must_use]
    pub fn check(path: impl AsRef<Path>) -> Vec<Diagnostic> {
        Self::check_all([path], &Limits::default())
    }

    /// Every problem of several files and folders taken as one graph.
    #[must_use]
    pub fn check_all(paths: impl IntoIterator<Item = impl AsRef<Path>>, limits: &Limits) -> Vec<Diagnostic> {
        let paths = owned(paths);
        match only_snapshot(&paths) {
            Some(path) => check_snapshot(path, limits),
            None => {
                let loaded = load(input(&paths, limits), limits, Watch::NOBODY);
                loaded.map(|loaded| loaded.diagnostics).unwrap_or_default()
            }
        }
    }
}

pub(super) fn owned(paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Vec<PathBuf> {
    paths.into_iter().map(|path| path.as_ref().to_owned()).collect()
}

/// The path, if there is only one, and it names a snapshot.
pub(super) fn only_snapshot(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [path] if snapshot::is_snapshot(path) => Some(path),
        _ => None,
    }
}

/// The problems of a snapshot: of the file, or of what it holds, as if that was written anew.
fn check_snapshot(path: &Path, limits: &Limits) -> Vec<Diagnostic> {
    match snapshot::open(path).and_then(|graph| snapshot::checked(path, graph)) {
        Ok(graph) => {
            let mut builder = GraphBuilder::from_records(graph.to_records());
            builder.limits(limits.clone());
            let built = builder.build();
            built.map_or_else(|error| error.diagnostics().to_vec(), |graph| graph.warnings().to_vec())
        }
        Err(problem) => vec![problem.diagnostic],
    }
}

pub(super) fn finish(loaded: Loaded) -> Result<Graph> {
    let Loaded { graph, diagnostics, cause } = loaded;
    match graph {
        Some(graph) => Ok(graph.with_warnings(diagnostics)),
        None => Err(Error::invalid(diagnostics).cause(cause)),
    }
}

/// What there is to read.
#[derive(Default)]
pub(super) struct Input {
    pub(super) texts: Vec<Text>,
    /// All files in their order, read or not.
    order: Vec<PathBuf>,
    /// What kept other texts from being read.
    problems: Vec<Diagnostic>,
    /// What the operating system said about the first of these.
    cause: Option<io::Error>,
}

impl Input {
    /// To read one file, whose text is added.
    pub(super) fn of(file: &Path) -> Self {
        Self { order: vec![file.to_owned()], ..Self::default() }
    }

    pub(super) fn unread(&mut self, Unread { diagnostic, cause }: Unread) {
        self.problems.push(diagnostic);
        self.cause = self.cause.take().or(cause);
    }
}

/// What came of it; a graph unless there is an error among the diagnostics.
pub(super) struct Loaded {
    graph: Option<Graph>,
    diagnostics: Vec<Diagnostic>,
    cause: Option<io::Error>,
}

/// The texts of all files, each once, and what kept others from being read.
pub(super) fn input(paths: &[PathBuf], limits: &Limits) -> Input {
    let mut input = Input::default();
    let mut seen = HashSet::new();
    let mut bytes = 0_u64;
    for path in paths {
        if snapshot::is_snapshot(path) {
            input.order.push(path.clone());
            input.unread(*snapshot::not_alone(path));
            continue;
        }
        let files = match folder::files(path, limits) {
            Ok(files) => files,
            Err(problem) => {
                input.order.push(path.clone());
                input.unread(*problem);
                continue;
            }
        };
        let root = path.is_dir().then_some(path.as_path());
        for file in files {
            if file.canonicalize().is_ok_and(|real| !seen.insert(real)) {
                continue;
            }
            input.order.push(file.clone());
            match folder::text(&file, root, limits) {
                Ok(text) => {
                    bytes = bytes.saturating_add(text.len() as u64);
                    if bytes > limits.folder_bytes {
                        let message =
                            format!("the files are larger than {} bytes together", limits.folder_bytes);
                        input.problems.push(Diagnostic::new(Code::FileTooLarge, message));
                        return input;
                    }
                    input.texts.push(Text::new(&file, text));
                }
                Err(problem) => input.unread(*problem),
            }
        }
    }
    input
}

/// How many records of each sort came before a file's.
#[derive(Clone, Copy, Default)]
struct Offsets {
    sources: usize,
    entities: usize,
    facts: usize,
}

impl Offsets {
    /// Of the file that is read next.
    const fn of(intake: &Intake<'_>) -> Self {
        let (sources, entities, facts) = intake.given();
        Self { sources, entities, facts }
    }
}

/// Files that were read, and where in them the records are.
struct Files<'t> {
    texts: &'t [Text],
    offsets: Vec<Offsets>,
    starts: Vec<Starts>,
}

impl<'t> Files<'t> {
    /// Reads the records of all files, one file after the other.
    fn read(
        texts: &'t [Text],
        found: &mut Found<'static, Diagnostic>,
        intake: &mut Intake<'_>,
        unknown: &Unknown,
        watch: Watch<'_>,
    ) -> Self {
        let mut files = Self { texts, offsets: Vec::new(), starts: Vec::new() };
        let mut bytes = 0_u64;
        for text in texts {
            files.offsets.push(Offsets::of(intake));
            files.starts.push(reader::read(text, found, intake, unknown, watch.after(bytes)));
            bytes += text.text.len() as u64;
        }
        watch.reached(bytes);
        files
    }

    /// Finds the places of fields in the tokens of their records, which it reads once more.
    fn locate(&self) -> impl FnMut(Field, Option<String>) -> Option<Location> {
        let files = self.texts.iter().zip(&self.starts);
        let mut places: Vec<Places<'_>> =
            files.map(|(text, starts)| Places::new(&text.text, starts)).collect();
        move |field, label| {
            let (file, field) = in_file(field, &self.offsets)?;
            let span = places.get_mut(file)?.span(field)?;
            Some(self.texts.get(file)?.location(span, label))
        }
    }
}

/// Reads texts and builds a graph of them; `None` if that was cancelled.
pub(super) fn load(
    Input { texts, order, problems, cause }: Input,
    limits: &Limits,
    watch: Watch<'_>,
) -> Option<Loaded> {
    let unknown = Unknown::default();
    let mut found = Found::default();
    if !problems.is_empty() {
        unknown.known().lost.add(Lost::all());
    }
    for problem in problems {
        found.push(problem);
    }
    let mut intake = Intake::new(limits.clone(), Problems::keeping(|problem| !follows(problem, &unknown)));
    let files = Files::read(&texts, &mut found, &mut intake, &unknown, watch);
    if watch.is_cancelled() {
        return None;
    }
    let (graph, problems) = intake.build();
    found.append(problems, |listed| {
        let mut locate = files.locate();
        listed.into_iter().map(|problem| problem.placed(&mut locate)).collect()
    });
    let graph = graph.filter(|_| !found.failed());
    Some(Loaded { graph, diagnostics: found.finish(|listed| sort(listed, &order)), cause })
}

/// Whether a problem only follows from another that was reported: a lack in a record that could not be
/// read whole, or a reference to or from what may stand where nothing was read.
fn follows(problem: &Problem, unknown: &Unknown) -> bool {
    let known = unknown.known();
    let (damaged, lost) = (&known.damaged, &known.lost);
    let may_be_there = || problem.id.as_deref().is_some_and(|id| lost.has_id(id));
    match problem.diagnostic.code {
        Code::MissingField
        | Code::UnknownField
        | Code::Conflict
        | Code::WrongNumber
        | Code::EmptyText
        | Code::NoEvidence
        | Code::FigureNotQuoted => problem.at.is_some_and(|at| damaged.contains(&at.record)),
        Code::UnknownEntity => lost.entities || may_be_there(),
        Code::UnknownSource => lost.sources || may_be_there(),
        Code::UnknownFact => lost.facts || may_be_there(),
        // A fact that was not read may be the one that is missed.
        Code::WhoGotWhat
        | Code::ClosedRing
        | Code::NotAll
        | Code::TwoExclusive
        | Code::TitleGap
        | Code::SharesDoNotMeet => lost.facts || lost.is_some,
        Code::SourceNotCited | Code::EntityNotUsed => {
            lost.facts || lost.entities || lost.is_some || !damaged.is_empty()
        }
        Code::StatedTwice => {
            [problem.at, problem.also].into_iter().flatten().any(|at| damaged.contains(&at.record))
        }
        _ => false,
    }
}

/// Where attributes of some facts stand, by reading the files once more.
pub(super) fn places(
    paths: &[PathBuf],
    limits: &Limits,
    facts: &[(Fact<'_>, Attribute)],
) -> Vec<Option<Location>> {
    let texts = if paths.iter().any(|path| snapshot::is_snapshot(path)) {
        Vec::new()
    } else {
        input(paths, limits).texts
    };
    let unknown = Unknown::default();
    let mut found = Found::default();
    let mut intake = Intake::new(limits.clone(), Problems::keeping(|_| false));
    let files = Files::read(&texts, &mut found, &mut intake, &unknown, Watch::NOBODY);
    let mut locate = files.locate();
    let place = |(fact, attribute): &(Fact<'_>, Attribute)| {
        let record = intake.stating(fact.index(), fact.record())?;
        locate(record.field(attribute.name(), 0), None)
    };
    facts.iter().map(place).collect()
}

/// The file that holds a record, and the field with the record's position in that file.
fn in_file(field: Field, offsets: &[Offsets]) -> Option<(usize, Field)> {
    let (n, start): (usize, fn(&Offsets) -> usize) = match field.record {
        Record::Graph(n) => return Some((n, field)),
        Record::Source(n) => (n, |offsets| offsets.sources),
        Record::Entity(n) => (n, |offsets| offsets.entities),
        Record::Fact(n) => (n, |offsets| offsets.facts),
    };
    let file = offsets.partition_point(|offsets| start(offsets) <= n).checked_sub(1)?;
    let own = n - start(offsets.get(file)?);
    let record = match field.record {
        Record::Graph(_) => field.record,
        Record::Source(_) => Record::Source(own),
        Record::Entity(_) => Record::Entity(own),
        Record::Fact(_) => Record::Fact(own),
    };
    Some((file, Field { record, ..field }))
}

/// In the order of files, then of places; what has no place comes first.
fn sort(diagnostics: &mut [Diagnostic], order: &[PathBuf]) {
    let order: HashMap<&Path, usize> = order.iter().enumerate().map(|(n, file)| (&**file, n)).collect();
    let file = |diagnostic: &Diagnostic| diagnostic.at.as_ref().map(|at| order.get(&*at.file).copied());
    diagnostics.sort_by_cached_key(|diagnostic| {
        let place = diagnostic.at.as_ref().map(|at| (at.line, at.column));
        (file(diagnostic), place, diagnostic.code, diagnostic.message.clone())
    });
}

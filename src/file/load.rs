//! Opening: files to records to graph, with every problem of every file at its place.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};

use super::folder::{self, Unread};
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
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
        if let [path] = paths.as_slice()
            && snapshot::is_snapshot(path)
        {
            let failed = |problem: Box<Unread>| Error::invalid(vec![problem.diagnostic]).cause(problem.cause);
            return snapshot::open(path).map_err(failed);
        }
        finish(load(input(&paths, limits), limits))
    }

    /// Reads a graph from text, within [`Limits::default`].
    ///
    /// # Errors
    /// As [`Graph::open`].
    pub fn from_ron(text: &str) -> Result<Self> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let (file, limits) = (Path::new("<text>"), Limits::default());
        let mut input = Input { order: vec![file.to_owned()], ..Input::default() };
        match folder::within(file, text.len() as u64, &limits) {
            Ok(()) => input.texts.push(Text::new(file, text.to_owned())),
            Err(problem) => input.unread(*problem),
        }
        finish(load(input, &limits))
    }

    /// Every problem of a graph file or folder, errors and warnings, in the order of files and places.
    #[must_use]
    pub fn check(path: impl AsRef<Path>) -> Vec<Diagnostic> {
        Self::check_all([path], &Limits::default())
    }

    /// Every problem of several files and folders taken as one graph.
    #[must_use]
    pub fn check_all(paths: impl IntoIterator<Item = impl AsRef<Path>>, limits: &Limits) -> Vec<Diagnostic> {
        let paths: Vec<PathBuf> = paths.into_iter().map(|path| path.as_ref().to_owned()).collect();
        if let [path] = paths.as_slice()
            && snapshot::is_snapshot(path)
        {
            return match snapshot::open(path).and_then(|graph| snapshot::checked(path, graph)) {
                Ok(graph) => {
                    let mut builder = GraphBuilder::from_records(graph.to_records());
                    builder.limits(limits.clone());
                    builder
                        .build()
                        .map_or_else(|error| error.diagnostics().to_vec(), |graph| graph.warnings().to_vec())
                }
                Err(problem) => vec![problem.diagnostic],
            };
        }
        load(input(&paths, limits), limits).diagnostics
    }
}

fn finish(loaded: Loaded) -> Result<Graph> {
    let Loaded { graph, diagnostics, cause } = loaded;
    match graph {
        Some(graph) => Ok(graph.with_warnings(diagnostics)),
        None => Err(Error::invalid(diagnostics).cause(cause)),
    }
}

/// What there is to read.
#[derive(Default)]
struct Input {
    texts: Vec<Text>,
    /// All files in their order, read or not.
    order: Vec<PathBuf>,
    /// What kept other texts from being read.
    problems: Vec<Diagnostic>,
    /// What the operating system said about the first of these.
    cause: Option<io::Error>,
}

impl Input {
    fn unread(&mut self, Unread { diagnostic, cause }: Unread) {
        self.problems.push(diagnostic);
        self.cause = self.cause.take().or(cause);
    }
}

/// What came of it; a graph unless there is an error among the diagnostics.
struct Loaded {
    graph: Option<Graph>,
    diagnostics: Vec<Diagnostic>,
    cause: Option<io::Error>,
}

/// The texts of all files, each once, and what kept others from being read.
fn input(paths: &[PathBuf], limits: &Limits) -> Input {
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
    const fn of(intake: &Intake<'_, '_>) -> Self {
        let (sources, entities, facts) = intake.given();
        Self { sources, entities, facts }
    }
}

fn load(Input { texts, order, problems, cause }: Input, limits: &Limits) -> Loaded {
    let unknown = Unknown::default();
    let mut found = Found::default();
    if !problems.is_empty() {
        unknown.known().lost.add(Lost::all());
    }
    for problem in problems {
        found.push(problem);
    }
    let mut intake = Intake::new(limits, Problems::keeping(|problem| !follows(problem, &unknown)));
    let (mut offsets, mut starts) = (Vec::new(), Vec::new());
    for text in &texts {
        offsets.push(Offsets::of(&intake));
        starts.push(reader::read(text, &mut found, &mut intake, &unknown));
    }
    let (graph, problems) = intake.build();
    found.append(problems, |listed| placed(listed, &texts, &offsets, &starts));
    let graph = graph.filter(|_| !found.failed());
    Loaded { graph, diagnostics: found.finish(|listed| sort(listed, &order)), cause }
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

/// Puts places into problems, from the tokens of the records that have some.
fn placed(problems: Vec<Problem>, texts: &[Text], offsets: &[Offsets], starts: &[Starts]) -> Vec<Diagnostic> {
    let files = texts.iter().zip(starts);
    let mut places: Vec<Places<'_>> = files.map(|(text, starts)| Places::new(&text.text, starts)).collect();
    let mut locate = |field: Field, label: Option<String>| -> Option<Location> {
        located(field, label, texts, offsets, &mut places)
    };
    problems.into_iter().map(|problem| problem.placed(&mut locate)).collect()
}

/// The place of a field in the file that has it.
fn located(
    field: Field,
    label: Option<String>,
    texts: &[Text],
    offsets: &[Offsets],
    places: &mut [Places<'_>],
) -> Option<Location> {
    let (file, field) = in_file(field, offsets)?;
    let span = places.get_mut(file)?.span(field)?;
    Some(texts.get(file)?.location(span, label))
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
    let mut intake = Intake::new(limits, Problems::keeping(|_| false));
    let (mut offsets, mut starts) = (Vec::new(), Vec::new());
    for text in &texts {
        offsets.push(Offsets::of(&intake));
        starts.push(reader::read(text, &mut found, &mut intake, &unknown));
    }
    let files = texts.iter().zip(&starts);
    let mut places: Vec<Places<'_>> = files.map(|(text, starts)| Places::new(&text.text, starts)).collect();
    let mut place = |(fact, attribute): &(Fact<'_>, Attribute)| {
        let record = intake.stating(fact.index(), fact.record())?;
        located(record.field(attribute.name(), 0), None, &texts, &offsets, &mut places)
    };
    facts.iter().map(&mut place).collect()
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

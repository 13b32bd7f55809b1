//! A run: its options, and the graph it queries.

use std::io::Write;
use std::path::{Path, PathBuf};

use keiretsu::answer::{Filtering, KindFilter, TextOptions};
use keiretsu::{Date, Entity, Error, ErrorKind, Graph, Limits, View};

use crate::args::Top;
use crate::failure::{Failure, exit};
use crate::options::{Format, LimitSet, Options};
use crate::output::escape;

/// The graph queried if there is no other: the contents of one news article.
const EXAMPLE: &str = include_str!("../../../graphs/xiaomi-microsoft-2016.ron");

/// The folder queried if no graph is named.
const DEFAULT_FOLDER: &str = "graphs";

/// The environment variable that names the graph where -g does not.
const GRAPH_VARIABLE: &str = "KEIRETSU_GRAPH";

/// The prepared options of a run.
pub(crate) struct Session {
    pub(crate) options: Options,
    pub(crate) limits: Limits,
}

impl Session {
    pub(crate) fn new(options: impl Into<Options>) -> Self {
        let options = options.into();
        let limits = match options.limits {
            LimitSet::Default => Limits::default(),
            LimitSet::Strict => Limits::strict(),
            LimitSet::Trusted => Limits::trusted(),
        };
        Self { options, limits }
    }

    /// The same with lists summed up, or cut, in text.
    pub(crate) const fn short(mut self, brief: bool, top: Top) -> Self {
        self.options.brief = brief;
        self.options.top = top.0;
        self
    }

    /// The files and folders queried; none means the built-in example.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        if !self.options.graph.is_empty() {
            return self.options.graph.clone();
        }
        let of_shell = graphs_of_shell();
        if !of_shell.is_empty() {
            return of_shell;
        }
        let folder = Path::new(DEFAULT_FOLDER);
        if folder.is_dir() && !has_no_graph(folder) { vec![folder.to_owned()] } else { Vec::new() }
    }

    /// The name of the graph in answers.
    pub(crate) fn graph_name(&self) -> String {
        let paths = self.paths();
        let names: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
        if names.is_empty() { "the built-in example".to_owned() } else { names.join(", ") }
    }

    /// How text is written: with styles, which are taken out again where they are not wanted, and as wide as the terminal.
    pub(crate) fn text_options(&self) -> TextOptions {
        let mut options = TextOptions::default();
        options.why = self.options.why;
        options.brief = self.options.brief;
        options.top = self.options.top;
        options.styled = true;
        options.width = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| width.0);
        options
    }

    /// Whether the output has the chains behind a share: data, and text with `--why`.
    pub(crate) fn shows_reasons(&self) -> bool {
        self.options.why || self.options.format != Format::Text
    }

    /// Opens the graph.
    pub(crate) fn open(&self) -> Result<Graph, Failure> {
        let paths = self.paths();
        if paths.is_empty() {
            say(
                "using the built-in example graph; name another with -g or KEIRETSU_GRAPH, or put one into ./graphs",
            );
            return Ok(Graph::from_ron(EXAMPLE)?);
        }
        Ok(Graph::open_all(paths, &self.limits)?)
    }
}

impl Session {
    /// The view according to the options.
    pub(crate) fn view<'g>(&self, graph: &'g Graph) -> View<'g> {
        let mut view = graph.view().claims(self.options.claims.into());
        if let Some(date) = self.options.as_of {
            view = view.as_of(date);
        }
        if let Some(date) = self.options.known_by {
            view = view.known_by(date);
            let left_out = view.without_known_date();
            if left_out > 0 {
                let noun = if left_out == 1 { "fact" } else { "facts" };
                say(&format!("left out: {left_out} {noun} without a dated source"));
            }
        }
        if self.options.certain && self.options.as_of.is_none() && self.options.known_by.is_none() {
            say("--certain leaves nothing out without a date to judge by: add --as-of or --known-by");
        }
        if self.options.certain { view.certain() } else { view }
    }
}

impl Session {
    /// The filters of the options, for a question about some entities.
    pub(crate) fn filtering<'g>(
        &self,
        view: View<'g>,
        about: &[Entity<'g>],
    ) -> Result<Filtering<'g>, Failure> {
        Ok(Filtering::by(self.options.filters.filter(view, about, false)?))
    }

    /// The same for a question that chooses by kind itself: only kinds that are not wanted are in the filter.
    pub(crate) fn filtering_but_kinds<'g>(
        &self,
        view: View<'g>,
        about: &[Entity<'g>],
    ) -> Result<Filtering<'g>, Failure> {
        Ok(Filtering::by(self.options.filters.filter(view, about, true)?))
    }

    /// The filters of entities, for questions that list these.
    pub(crate) fn places<'g>(&self, view: View<'g>) -> Result<Filtering<'g>, Failure> {
        self.filtering(view, &[])
    }

    /// The kinds that are wanted, for such a question.
    pub(crate) fn wanted_kinds(&self) -> Result<KindFilter, Failure> {
        self.options.filters.wanted_kinds()
    }
}

/// An entity as seen in a view of its graph.
pub(crate) fn seen<'g>(view: View<'g>, entity: Entity<'g>) -> Entity<'g> {
    view.adopt(entity).unwrap_or(entity)
}

/// The graphs that the environment names, separated as in `PATH`.
fn graphs_of_shell() -> Vec<PathBuf> {
    let named = std::env::var_os(GRAPH_VARIABLE).unwrap_or_default();
    std::env::split_paths(&named).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// Whether a folder contains no graph file; one that cannot be read may contain some.
fn has_no_graph(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().all(|entry| entry.path().extension().is_none_or(|extension| extension != "ron"))
}

/// Prints a line to stderr: a remark, not data.
pub(crate) fn say(text: &str) {
    // If stderr cannot be written to, there is no way to report it.
    let _ = writeln!(anstream::stderr(), "{}", escape::line(text));
}

/// Prints several lines of already escaped text to stderr.
pub(crate) fn say_all(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Refuses a period that surely ends before it begins: two options, each with its date.
pub(crate) fn in_order(
    (first, begins): (&str, Option<Date>),
    (second, ends): (&str, Option<Date>),
) -> Result<(), Failure> {
    let (Some(begins), Some(ends)) = (begins, ends) else { return Ok(()) };
    match (begins.earliest(), ends.latest()) {
        (Some(earliest), Some(latest)) if earliest > latest => {
            let message = format!("{first} {begins} is after {second} {ends}");
            Err(Failure::new(exit::USAGE, message).hint(Some("swap the two dates".to_owned())))
        }
        _ => Ok(()),
    }
}

/// The organisation with this name, or else any entity with it.
pub(crate) fn organisation<'g>(view: View<'g>, name: &str) -> Result<Entity<'g>, Failure> {
    view.find_organisation(name).map_err(|error| unknown(view, error, name))
}

/// The entity with this name.
pub(crate) fn entity<'g>(view: View<'g>, name: &str) -> Result<Entity<'g>, Failure> {
    view.find(name).map_err(|error| unknown(view, error, name))
}

/// Adds a search hint to the error for an unknown name.
fn unknown(view: View<'_>, error: Error, name: &str) -> Failure {
    if error.kind() != ErrorKind::UnknownEntity {
        return error.into();
    }
    let search = findable(view, name).map(|part| format!("`keiretsu find {part}` searches parts of names"));
    let hint: Vec<String> = error.suggestion().map(str::to_owned).into_iter().chain(search).collect();
    let is_question = hint.first().is_some_and(|first| first.ends_with(['?', ')']));
    Failure::from(error).hint((!hint.is_empty()).then(|| hint.join(if is_question { " " } else { "; " })))
}

/// The longest part of an unknown name that is tried.
const LONGEST_PART: usize = 40;

/// The longest prefix of the name's first word that `keiretsu find` finds, with two letters or more.
fn findable(view: View<'_>, name: &str) -> Option<String> {
    let letters: Vec<char> =
        name.chars().skip_while(|c| !c.is_alphanumeric()).take_while(|c| c.is_alphanumeric()).collect();
    let longest = letters.len().min(LONGEST_PART);
    let parts = (2..=longest).rev().map(|length| letters.iter().take(length).collect::<String>());
    parts.into_iter().find(|part| view.search(part).next().is_some())
}

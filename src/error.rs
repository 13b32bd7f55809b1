//! The error type of this library.

use crate::diagnostic::{Code, CodeClass, Diagnostic};
use crate::value::ValueError;

/// The result type of this library's fallible calls.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why opening, finding, parsing or drawing failed.
///
/// [`Error::kind`] gives the kind of failure, [`Error::diagnostics`] lists the problems of the input. If a file could
/// not be read, `source` is the [`std::io::Error`] of the first such file.
///
/// ```
/// let error = keiretsu::Graph::from_ron("Graph(facts: [Sale(seller: \"nobody\")])").unwrap_err();
/// assert_eq!(error.kind(), keiretsu::ErrorKind::Invalid);
/// assert!(error.diagnostics().iter().any(|d| d.code.as_str() == "E0301"));
/// ```
///
/// `Debug` prints the same as `Display`, so that a `main` that returns a [`Result`] fails with a readable message.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    diagnostics: Vec<Diagnostic>,
    /// Of a question that failed, the position of the entity that each problem is about.
    entities: Vec<usize>,
    /// Of an ambiguous name, whom it may mean.
    candidates: Vec<Candidate>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// An entity that an ambiguous name may mean.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// The name of its kind: `Company`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
}

/// The kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or folder could not be read or written.
    Io,
    /// A file is not well-formed.
    Syntax,
    /// The records contradict the format, the vocabulary or each other.
    Invalid,
    /// No entity has this name.
    UnknownEntity,
    /// Several entities have this name.
    AmbiguousName,
    /// No kind of fact or relation has this name.
    UnknownKind,
    /// No source has this id or title.
    UnknownSource,
    /// A limit was exceeded.
    Limit,
    /// The work was cancelled.
    Cancelled,
    /// A picture could not be drawn.
    Drawing,
    /// A date, amount, id or other value passed by a program is malformed.
    Value,
    /// A question was asked with an entity of another graph.
    OtherGraph,
}

impl ErrorKind {
    /// Its name in lower case, for logs and for programs that pass it on: "unknown entity".
    ///
    /// ```
    /// let error = keiretsu::Graph::from_ron("Graph(facts: [Sale(seller: \"nobody\")])").unwrap_err();
    /// assert_eq!(error.kind().name(), "invalid");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Io => "io",
            Self::Syntax => "syntax",
            Self::Invalid => "invalid",
            Self::UnknownEntity => "unknown entity",
            Self::AmbiguousName => "ambiguous name",
            Self::UnknownKind => "unknown kind",
            Self::UnknownSource => "unknown source",
            Self::Limit => "limit",
            Self::Cancelled => "cancelled",
            Self::Drawing => "drawing",
            Self::Value => "value",
            Self::OtherGraph => "other graph",
        }
    }

    /// The kind of the most serious error.
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = || diagnostics.iter().filter(|d| d.is_error() && d.code != Code::MoreErrors);
        let has = |kind: &Self| errors().any(|d| Self::of_class(d.code.class()) == *kind);
        [Self::Io, Self::Limit, Self::Syntax].into_iter().find(has).unwrap_or(Self::Invalid)
    }

    const fn of_class(class: CodeClass) -> Self {
        match class {
            CodeClass::File => Self::Io,
            CodeClass::Limit => Self::Limit,
            CodeClass::Syntax => Self::Syntax,
            CodeClass::Structure | CodeClass::Reference | CodeClass::Value | CodeClass::Warning => {
                Self::Invalid
            }
        }
    }
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            hint: None,
            diagnostics: Vec::new(),
            entities: Vec::new(),
            candidates: Vec::new(),
            cause: None,
        }))
    }

    /// Adds whom an ambiguous name may mean.
    pub(crate) fn candidates_are(mut self, candidates: Vec<Candidate>) -> Self {
        self.0.candidates = candidates;
        self
    }

    pub(crate) fn hint(mut self, hint: Option<String>) -> Self {
        self.0.hint = hint;
        self
    }

    /// A graph with errors; its kind is that of the most serious one.
    pub(crate) fn invalid(diagnostics: Vec<Diagnostic>) -> Self {
        let is_last = |diagnostic: &Diagnostic| diagnostic.code == Code::MoreErrors;
        let errors = diagnostics.iter().filter(|d| d.is_error() && !is_last(d)).count();
        let more = if diagnostics.iter().any(is_last) { "more than " } else { "" };
        let noun = if errors == 1 { "error" } else { "errors" };
        let kind = ErrorKind::of(&diagnostics);
        let mut error = Self::new(kind, format!("the graph has {more}{errors} {noun}"));
        error.0.diagnostics = diagnostics;
        error
    }

    /// A question that failed because of errors about some entities of the graph, given by their positions.
    pub(crate) fn about(problems: Vec<(usize, Diagnostic)>) -> Self {
        let (entities, diagnostics) = problems.into_iter().unzip();
        let mut error = Self::invalid(diagnostics);
        error.0.entities = entities;
        error
    }

    /// The positions of the entities that the problems of a failed question are about, in their order.
    pub(crate) fn entities(&self) -> &[usize] {
        &self.0.entities
    }

    /// Adds the error from the operating system.
    pub(crate) fn cause(mut self, cause: Option<std::io::Error>) -> Self {
        self.0.cause = cause.map(Into::into);
        self
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The problems of the input, errors and warnings, in order of file and place.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0.diagnostics
    }

    /// The entities that an ambiguous name may mean, all of them, in the order of the message; else empty.
    ///
    /// ```
    /// use keiretsu::Graph;
    /// let graph = Graph::from_ron(r#"Graph(companies: {"a": (name: "Delta"), "b": (name: "Delta")})"#)?;
    /// let error = graph.view().find("Delta").unwrap_err();
    /// let ids: Vec<&str> = error.candidates().iter().map(|one| one.id.as_str()).collect();
    /// assert_eq!(ids, ["a", "b"]);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        &self.0.candidates
    }

    /// What to do about it, such as the name that was probably meant.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl From<ValueError> for Error {
    fn from(error: ValueError) -> Self {
        let hint = error.hint().map(str::to_owned);
        Self::new(ErrorKind::Value, error.to_string()).hint(hint)
    }
}

impl std::fmt::Debug for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.message)?;
        for diagnostic in &self.0.diagnostics {
            write!(f, "\n{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

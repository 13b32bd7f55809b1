//! A problem in the input: what it is, where it is, and what to do about it.

use std::fmt;
use std::path::{Path, PathBuf};

pub use codes::{CODES, Code, CodeClass, CodeRow};
pub(crate) use found::{Found, Severe};
pub use record::{RecordPlace, RecordSort};

mod codes;
mod found;
mod record;
mod serial;

/// A problem in the input, with its place and a hint.
///
/// `Display` prints it on one or two lines; the command line draws the source line under it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of problem; `keiretsu explain CODE` describes it.
    pub code: Code,
    /// Whether it prevents the graph from being built.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where, if the records came from a file.
    pub at: Option<Location>,
    /// A related place, such as the other use of a duplicate id.
    pub also: Option<Location>,
    /// What to do about it.
    pub hint: Option<String>,
    record: Option<Box<RecordPlace>>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// The graph is not built.
    Error,
    /// The graph is built in full, but somebody should check this.
    Warning,
}

impl Severity {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[non_exhaustive]
pub struct Location {
    /// The file, as named when it was opened; `<text>` for a graph that was given as text.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The width of the place in characters, at least 1.
    pub width: usize,
    /// The text of the line, or an excerpt if the line is very long. Taken from the file as it is: it may contain
    /// control characters.
    pub source_line: String,
    /// How many characters of the line come before `source_line`.
    pub skipped: usize,
    /// A short text for the place: "in the role `buyer` of a `Sale`".
    pub label: Option<String>,
}

/// The longest window of a line that a message shows, in characters.
#[cfg(feature = "import")]
const WINDOW: usize = 160;

#[cfg(feature = "import")]
impl Location {
    /// A place of this width after this many characters of a line.
    pub(crate) fn in_line(file: &Path, line: usize, text: &str, before: usize, width: usize) -> Self {
        let is_long = text.chars().nth(WINDOW).is_some();
        let skipped = if is_long { before.saturating_sub(WINDOW / 4) } else { 0 };
        Self {
            file: file.to_owned(),
            line,
            column: before + 1,
            width: width.max(1),
            source_line: text.chars().skip(skipped).take(WINDOW).collect(),
            skipped,
            label: None,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", printable(&self.file), self.line, self.column)
    }
}

impl Diagnostic {
    /// A problem with this code, and the severity of the code.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        let (severity, message) = (code.severity(), message.into());
        Self { code, severity, message, at: None, also: None, hint: None, record: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn maybe_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    pub(crate) fn place_in_record(&mut self, place: Option<RecordPlace>) {
        self.record = place.map(Box::new);
    }

    /// The record that it is about, and the field of it, if a program gave the records; of a file there is the place
    /// [`at`](Self::at).
    #[must_use]
    pub fn record(&self) -> Option<&RecordPlace> {
        self.record.as_deref()
    }

    /// Whether it is an error.
    #[must_use]
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.severity.name(), self.code, self.message)?;
        if let Some(at) = &self.at {
            write!(f, "\n  --> {at}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// The similarity, from 0 to 1, required to suggest one name for another.
const NEAR: f64 = 0.6;

/// The longest text, in bytes, that gets suggestions: a longer one is not a typing error.
const MOST_BYTES: usize = 200;

/// The name that was probably meant, if one is similar enough; the first among equals.
///
/// Similarity is the Damerau-Levenshtein distance relative to the longer name, ignoring case. Costs the product of
/// the lengths for each name; texts of more than 200 bytes are similar to nothing.
///
/// ```
/// assert_eq!(keiretsu::nearest_name("Xaomi", ["Xiaomi", "Nokia"]), Some("Xiaomi"));
/// assert_eq!(keiretsu::nearest_name("Huawei", ["Xiaomi", "Nokia"]), None);
/// ```
#[must_use]
pub fn nearest_name<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    if wrong.len() > MOST_BYTES {
        return None;
    }
    let wanted = wrong.to_lowercase();
    let outline = Outline::of(wanted.chars());
    let (mut best, mut found) = (NEAR, None);
    for name in names {
        let other = Outline::of(name.chars().take(2 * MOST_BYTES).flat_map(char::to_lowercase));
        if outline.most_similar(other) <= best {
            continue;
        }
        let score = strsim::normalized_damerau_levenshtein(&wanted, &name.to_lowercase());
        if score > best {
            (best, found) = (score, Some(name));
        }
    }
    found
}

/// What is compared before the letters themselves, whose comparison costs the product of the lengths.
#[derive(Clone, Copy)]
struct Outline {
    length: usize,
    /// Which letters it has, a bit each. Different letters may share a bit.
    letters: u64,
}

impl Outline {
    fn of(letters: impl Iterator<Item = char>) -> Self {
        letters.fold(Self { length: 0, letters: 0 }, |outline, letter| Self {
            length: outline.length + 1,
            letters: outline.letters | 1 << (u32::from(letter) % 64),
        })
    }

    /// The highest similarity that two texts with these outlines can have.
    ///
    /// Each insertion, deletion, substitution or transposition removes at most one kind of letter and adds at most one.
    fn most_similar(self, other: Self) -> f64 {
        let lengths = self.length.abs_diff(other.length);
        let missing = (self.letters & !other.letters).count_ones() as usize;
        let added = (other.letters & !self.letters).count_ones() as usize;
        let least = lengths.max(missing).max(added);
        // As strsim works it out, so that equal distances give equal numbers.
        1.0 - least as f64 / self.length.max(other.length).max(1) as f64
    }
}

/// "did you mean `name`?", if a name is similar.
pub(crate) fn did_you_mean<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    nearest_name(wrong, names).map(|name| proposal(wrong, name))
}

/// "did you mean `name`?", and if letters of another script were typed, which ones.
pub(crate) fn proposal(wrong: &str, name: &str) -> String {
    let foreign = wrong.chars().find(|c| !c.is_ascii()).filter(|_| name.is_ascii());
    let look_alike = foreign.map(|c| format!(" (`{}` is U+{:04X})", shown(&c.to_string()), u32::from(c)));
    format!("did you mean `{name}`?{}", look_alike.unwrap_or_default())
}

/// A kind in back-ticks with its article: "a `Sale`", "an `Event`".
pub(crate) fn a(kind: &str) -> String {
    let vowel = kind.starts_with(['A', 'E', 'I', 'O']) || kind.starts_with("Uns");
    format!("{} `{kind}`", if vowel { "an" } else { "a" })
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// "a", "a or b", "a, b or c".
pub(crate) fn list_or(items: &[String]) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => items.concat(),
    }
}

/// The most items of a list that a message names.
const NAMED: usize = 8;

/// Like [`list`], but a long list is cut after the first few items, with a count of the rest.
pub(crate) fn short_list(items: &[String]) -> String {
    match items.get(..NAMED) {
        Some(first) if items.len() > NAMED + 1 => {
            let mut first = first.to_vec();
            first.push(format!("{} more", items.len() - NAMED));
            list(&first)
        }
        _ => list(items),
    }
}

/// A path for use in a message: complete, but without anything that could garble a terminal.
pub(crate) fn printable(path: &Path) -> String {
    let mut out = String::new();
    for c in path.display().to_string().chars() {
        if c.is_control() {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The most characters of a text that a message repeats.
const SHOWN: usize = 60;

/// Input text for use in a message: on one line, shortened, without anything that could garble a terminal.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(SHOWN) {
        match c {
            '"' | '\'' | '\\' => out.push(c),
            _ => out.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

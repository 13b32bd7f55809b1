use std::fmt;

/// A text that is not the value it should be.
///
/// The message quotes the text and names the value; the hint, where there is one, says what to
/// write instead. `Display` prints the message alone.
///
/// ```
/// use keiretsu::{Date, ValueError};
///
/// let error: ValueError = "2016-02-30".parse::<Date>().unwrap_err();
/// assert_eq!(error.expected(), "date");
/// assert_eq!(error.to_string(), "`2016-02-30` is not a date");
/// assert_eq!(error.hint(), Some("February 2016 has 29 days"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    kind: &'static str,
    message: String,
    hint: Option<String>,
}

impl ValueError {
    /// What the text should have been, such as `date` or `amount of money`.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.kind.split_once(' ').map_or(self.kind, |(_article, noun)| noun)
    }

    /// What is wrong, with the text in back-ticks: shortened if long, control characters escaped.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// `kind` is a noun with its article: "a date".
    pub(crate) fn new(kind: &'static str, text: &str, hint: Option<String>) -> Self {
        let message = if text.is_empty() {
            format!("an empty text is not {kind}")
        } else {
            format!("`{}` is not {kind}", shown(text))
        };
        Self { kind, message, hint }
    }
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ValueError {}

/// Reads `text`, or says what is wrong with it. `hint` is asked only about a text that failed.
pub(super) fn parse<T>(
    kind: &'static str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    hint: impl FnOnce(&str) -> String,
) -> Result<T, ValueError> {
    read(text).ok_or_else(|| {
        let hint = if text.len() > LONG {
            None // no slip of the pen: nothing useful can be guessed
        } else if read(text.trim()).is_some() {
            Some("leave out the blanks around it".to_owned())
        } else {
            Some(hint(text))
        };
        ValueError::new(kind, text, hint)
    })
}

/// Longer than any value people write.
const LONG: usize = 200;

/// How much of a wrong text a message repeats.
const SHOWN: usize = 60;

/// The text made safe for a terminal and for one line.
fn shown(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(SHOWN) {
        match c {
            '`' => out.push('\''),
            '"' | '\'' | '\\' => out.push(c),
            _ => out.extend(c.escape_debug()),
        }
    }
    if text.chars().nth(SHOWN).is_some() {
        out.push('…');
    }
    out
}

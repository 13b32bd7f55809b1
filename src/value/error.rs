use std::fmt;

/// A text that could not be parsed as a value.
///
/// The message quotes the text and names the kind of value; the hint, if any, says what to write instead. `Display`
/// prints only the message.
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
    /// What was expected, such as `date` or `amount of money`.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.kind.split_once(' ').map_or(self.kind, |(_article, noun)| noun)
    }

    /// What is wrong, with the text in back-ticks, shortened if long, with control characters escaped.
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

/// Parses `text`, or explains what is wrong. `hint` is called only for a text that failed.
pub(super) fn parse<T>(
    kind: &'static str,
    text: &str,
    read: impl Fn(&str) -> Option<T>,
    hint: impl FnOnce(&str) -> String,
) -> Result<T, ValueError> {
    read(text).ok_or_else(|| {
        let hint = if text.len() > LONG {
            None // not a typing error: nothing useful can be guessed
        } else if read(text.trim()).is_some() {
            Some("leave out the blanks around it".to_owned())
        } else {
            Some(hint(text))
        };
        ValueError::new(kind, text, hint)
    })
}

/// Longer than any real value.
const LONG: usize = 200;

/// The most characters of an invalid text that a message repeats.
const SHOWN: usize = 60;

/// The text on one line, safe for a terminal.
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

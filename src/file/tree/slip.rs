//! Slips of the pen in a text, told to the person who wrote it.

use super::lexer::{blank_length, word};
use super::parser::DEPTH;
use super::token::Span;
use crate::diagnostic::{Code, Diagnostic, shown};
use crate::file::place::Text;
use crate::model::FactKind;

/// What was due and is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Brackets are nested too deep.
    TooDeep,
    /// The digits of a number are wrong.
    Digits,
    /// Something starts like a number and is none.
    NoNumber,
    /// An escape that is none.
    Escape,
    /// A text without its closing quote.
    NoQuote,
    /// A raw text without its closing quote.
    RawOpen,
    /// A comment that is not closed.
    Comment,
    /// A slash that begins no comment.
    Slash,
    /// More than a character in single quotes.
    Char,
    /// A comma or a closing bracket.
    Close,
    Colon,
    /// The name of a field.
    Name,
    /// A name with signs in it.
    OddName,
    Value,
    /// The brackets of `Some(...)`.
    Some,
    /// The brackets of a fact.
    Fields,
    /// `Graph(`.
    Start,
    /// The end of the text.
    End,
    /// A line `#![...]`.
    Header,
}

/// Where the rules of the format were left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slip {
    pub(super) what: What,
    /// The byte at which something else was due.
    pub(super) at: usize,
    /// The innermost open bracket, and its byte.
    pub(super) bracket: Option<(char, usize)>,
    /// Whether that belongs to a record or a fact.
    pub(super) is_inner: bool,
    /// The byte where a text over several lines begins, if it is the last thing before.
    pub(super) torn: Option<usize>,
}

/// What begins where a slip is, if brackets should have been closed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begins {
    Record,
    Fact,
    Section,
}

struct Explained {
    code: Code,
    message: String,
    hint: Option<String>,
}

fn explained(code: Code, message: impl Into<String>, hint: Option<&str>) -> Explained {
    Explained { code, message: message.into(), hint: hint.map(str::to_owned) }
}

fn syntax(message: impl Into<String>, hint: &str) -> Explained {
    explained(Code::Syntax, message, Some(hint))
}

impl Slip {
    /// Whether nothing behind it can be made out.
    pub(super) const fn ends_the_file(&self) -> bool {
        matches!(self.what, What::Comment | What::RawOpen | What::Start | What::Header)
    }

    /// The same, if it was the brackets of a fact that were due.
    pub(super) fn instead_of_fields(self) -> Self {
        let what = if self.what == What::Close { What::Fields } else { self.what };
        Self { what, ..self }
    }

    /// The byte from which on to look for what can be read again.
    pub(super) fn resume(&self) -> usize {
        self.torn.filter(|_| self.what == What::Close).unwrap_or(self.at)
    }

    /// The slip in words: what was due, where, and which bracket it is about.
    pub(crate) fn diagnostic(&self, text: &Text, begins: Option<Begins>, rest_is_lost: bool) -> Diagnostic {
        let own = text.text.as_str();
        let here = self.start(own);
        let from = if self.what == What::Start { self.at } else { here };
        let rest = own.get(from..).unwrap_or_default();
        let not_closed = self.bracket.filter(|_| rest.is_empty() && !self.is_quoted());
        let unclosed = self.bracket.filter(|_| self.is_inner && begins.is_some() && !self.is_torn());
        let Explained { code, message, hint } = match (not_closed, unclosed, begins) {
            (Some((bracket, _)), ..) => {
                syntax(format!("this `{bracket}` is not closed before the file ends"), close_it(bracket))
            }
            (_, Some((bracket, _)), Some(begins)) => {
                let next = match begins {
                    Begins::Record => "record",
                    Begins::Fact => "fact",
                    Begins::Section => "section",
                };
                syntax(format!("this `{bracket}` is not closed before the next {next}"), close_it(bracket))
            }
            _ => self.explain(rest),
        };
        let lost = "the rest of this file was not read";
        let hint = match (hint, rest_is_lost) {
            (Some(hint), true) => Some(format!("{hint}; {lost}")),
            (None, true) => Some(lost.to_owned()),
            (hint, false) => hint,
        };
        let mut diagnostic = Diagnostic::new(code, message).maybe_hint(hint);
        let opened = |at| text.location(Span::new(at, at + 1), Some("opened here".to_owned()));
        if let Some((_, at)) = not_closed.or(unclosed) {
            diagnostic.at = Some(opened(at));
            return diagnostic;
        }
        let width = if self.is_quoted() || self.is_torn() { 1 } else { token(rest).len().max(1) };
        diagnostic.at = Some(text.location(Span::new(here, here + width), None));
        if rest.starts_with([')', ']', '}']) && diagnostic.message.contains("is due here") {
            diagnostic.also = self.bracket.map(|(_, at)| opened(at));
        }
        diagnostic
    }

    /// Whether it is about the quote at its place.
    const fn is_quoted(&self) -> bool {
        matches!(self.what, What::NoQuote | What::Escape | What::RawOpen | What::Comment)
    }

    fn is_torn(&self) -> bool {
        self.torn.is_some() && self.what == What::Close
    }

    /// Where that begins which could not be read: some of it may have been read.
    fn start(&self, text: &str) -> usize {
        if let Some(torn) = self.torn.filter(|_| self.is_torn()) {
            return torn;
        }
        let before = text.get(..self.at).unwrap_or_default();
        let rest = text.get(self.at..).unwrap_or_default();
        match self.what {
            What::Close if !rest.is_empty() && !rest.starts_with(['"', ')', ']', '}', ',', '=']) => {
                before.trim_end_matches(is_word).len()
            }
            What::Start if rest.is_empty() => 0,
            _ => self.at,
        }
    }

    /// The bracket that closes the innermost one.
    fn closing(&self) -> char {
        match self.bracket {
            Some(('[', _)) => ']',
            Some(('{', _)) => '}',
            _ => ')',
        }
    }

    fn explain(&self, rest: &str) -> Explained {
        let next = rest.chars().next().unwrap_or_default();
        let is_other_bracket = matches!(next, ')' | ']' | '}') && next != self.closing();
        let sign = shown(token(rest));
        match self.what {
            What::TooDeep => {
                explained(Code::TooDeep, format!("brackets are nested more than {DEPTH} deep"), None)
            }
            What::Digits => {
                explained(Code::NotText, "a number stands where text is due", Some("write it in quotes"))
            }
            What::NoNumber => {
                explained(Code::NotText, "this is neither text nor a number", Some("write it in quotes"))
            }
            What::Escape => {
                syntax("this text has an escape that RON does not know", "write a backslash as `\\\\`")
            }
            What::NoQuote | What::RawOpen => syntax("this text has no closing quote", "close it with `\"`"),
            What::Comment => explained(Code::Syntax, "a comment has no closing `*/`", None),
            What::Slash => syntax("`/` does not start a value", "a comment starts with `//` or `/*`"),
            What::Char => syntax(
                "more than a character stands in single quotes",
                "text stands in double quotes: `\"Acme\"`",
            ),
            What::Close if self.is_torn() => syntax(
                "this text runs on to another line, and no comma follows it",
                "its closing quote is missing",
            ),
            What::Close => self.unclosed(rest),
            What::Name | What::Value if is_other_bracket => self.unclosed(rest),
            What::Colon if next == '=' => equals(),
            What::Colon => syntax("a colon is missing before this", "write `name: value`"),
            What::Name if next == '"' => syntax(
                "the name of a field is due here, not text",
                "names of fields stand without quotes: `(name: \"Acme\")`",
            ),
            What::Name | What::OddName if is_word(next) => {
                syntax(format!("`{sign}` is not a name"), "text, dates and signs stand in quotes")
            }
            What::Name | What::OddName => {
                syntax(format!("the name of a field is due here, not `{sign}`"), "write `name: value`")
            }
            What::Value => does_not_start(next),
            What::Some => syntax("`Some` stands without its value", "write the value alone"),
            What::Fields => {
                syntax("the fields of a fact stand in brackets", "write `Kind(role: \"id\", ...)`")
            }
            What::Start => start(rest),
            What::End => syntax("something stands after the graph", "a graph file is one `Graph( ... )`"),
            What::Header => syntax(
                "the line `#![...]` is not one that RON knows",
                "a graph file needs none: leave it out",
            ),
        }
    }

    /// A bracket was to be closed, or a comma to follow.
    fn unclosed(&self, rest: &str) -> Explained {
        let (innermost, closing) = (self.bracket.map(|(bracket, _)| bracket), self.closing());
        let next = rest.chars().next().unwrap_or_default();
        if matches!(next, ')' | ']' | '}') {
            let message = format!("`{closing}` is due here, not `{next}`");
            return syntax(message, "each bracket is closed by its own kind");
        }
        if next == '=' {
            return equals();
        }
        if begins_entry(rest, innermost) {
            return syntax("a comma is missing before this", "put a comma between two entries");
        }
        if next == '"' {
            let message = format!("a comma or `{closing}` is due here, not text");
            return syntax(message, "a quote within text is written `\\\"`");
        }
        let token = token(rest);
        let message = if token.len() > 1 && !token.chars().all(char::is_alphanumeric) {
            format!("`{}` is text without quotes", shown(token))
        } else {
            format!("a comma or `{closing}` is due here, not `{}`", shown(token))
        };
        syntax(message, "ids, dates, figures and other text stand in quotes")
    }
}

fn equals() -> Explained {
    syntax("a colon is due here, not `=`", "write `name: value`")
}

fn does_not_start(next: char) -> Explained {
    let hint = match next {
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => "text stands in straight quotes: `\"Acme\"`",
        ',' | ')' | ']' | '}' => "write a value, or take the name out",
        _ => "text, dates and signs stand in quotes",
    };
    syntax(format!("`{}` does not start a value", shown(&next.to_string())), hint)
}

/// What a file holds that does not begin as a graph.
fn start(rest: &str) -> Explained {
    let hint = Some("write `Graph( ... )`");
    if rest.is_empty() {
        return explained(Code::WrongShape, "the file holds no graph", hint);
    }
    let name = word(rest).and_then(|(_, length)| rest.get(..length)).unwrap_or_default();
    let message = match name {
        "" => format!("`Graph(` is due here, not `{}`", shown(token(rest))),
        "Graph" => "`(` is due behind `Graph`".to_owned(),
        name => format!("a graph file starts with `Graph(`, not with `{}`", shown(name)),
    };
    explained(Code::WrongShape, message, hint)
}

/// Whether a text starts with an entry of such brackets.
fn begins_entry(rest: &str, innermost: Option<char>) -> bool {
    let name = word(rest).map_or(0, |(_, length)| length);
    let behind = rest.get(name..).unwrap_or_default();
    let behind = behind.get(blank_length(behind).unwrap_or(0)..).unwrap_or_default();
    let is_text = rest.starts_with('"');
    match innermost {
        Some('(') => name > 0 && behind.starts_with(':'),
        Some('[') => is_text || rest.starts_with('(') || name > 0 && behind.starts_with('('),
        _ => is_text,
    }
}

/// Whether a word is the kind of a fact.
pub(super) fn is_kind(word: &str) -> bool {
    FactKind::from_name(word).is_some()
}

const fn close_it(bracket: char) -> &'static str {
    match bracket {
        '(' => "close it with `)`",
        '[' => "close it with `]`",
        _ => "close it with `}`",
    }
}

/// A word, a text in quotes, or one sign.
fn token(rest: &str) -> &str {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let end = match rest.strip_prefix('"') {
        Some(words) => words.find(['"', '\n']).map_or(1, |end| end + 2),
        None => rest.find(|c| !is_word(c)).unwrap_or(rest.len()).max(first),
    };
    rest.get(..end).unwrap_or_default()
}

/// Whether it belongs to what people write in one piece: `2016-05-31`, `51%`, `acme-inc`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '%')
}

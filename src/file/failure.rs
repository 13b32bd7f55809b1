//! What ended the reading of a file, told to the person who wrote it.

use super::blank;
use super::place::Text;
use super::syntax::{DEPTH, Failure, Span};
use crate::diagnostic::{Code, Diagnostic, shown};

const REST: &str = "the rest of this file was not read";

/// A failure in words: what was due, where, and which bracket it is about.
pub(crate) fn diagnostic(text: &Text, failure: &Failure) -> Diagnostic {
    let read = text.text.get(..failure.at).map_or(text.text.len(), str::len);
    let rest = blank::skip(text.text.get(read..).unwrap_or_default());
    let empty = blank::skip(&text.text).is_empty();
    let here = if empty { 0 } else { text.text.len() - rest.len() };
    let here = start_of(&failure.error, &text.text, here);
    let word = text.text.get(here..).filter(|_| !empty).unwrap_or_default();
    let open = blank::open_at(&text.text, read);
    let torn = open.torn(&text.text, read).is_some();
    let Told { code, message, hint } = told(&failure.error, word, &open, torn);
    let mut diagnostic = Diagnostic::new(code, message).hint(match hint {
        Some(hint) => format!("{hint}; {REST}"),
        None => REST.to_owned(),
    });
    let bracket = open.brackets.last().map(|(_, at)| span(*at, 1));
    let torn = open.torn(&text.text, read).filter(|_| closes(&failure.error));
    if let Some(quote) = open.quote.or(torn) {
        diagnostic.at = Some(text.location(span(quote, 1), None));
    } else if let (true, Some(bracket)) = (word.is_empty(), bracket) {
        diagnostic.at = Some(text.location(bracket, Some("opened here".to_owned())));
    } else {
        diagnostic.at = Some(text.location(span(here, token(word).len().max(1)), None));
        if rest.starts_with([')', ']', '}']) && diagnostic.message.contains("is due here") {
            diagnostic.also = bracket.map(|bracket| text.location(bracket, Some("opened here".to_owned())));
        }
    }
    diagnostic
}

/// Where that begins which ron could not read: it may have read some of it.
fn start_of(error: &ron::Error, text: &str, here: usize) -> usize {
    let before = text.get(..here).unwrap_or_default();
    match error {
        ron::Error::UnclosedBlockComment => text.rfind("/*").unwrap_or(here),
        ron::Error::ExpectedDifferentStructName { found, .. } => {
            before.trim_end().len().saturating_sub(found.len())
        }
        _ if text
            .get(here..)
            .is_none_or(|rest| rest.is_empty() || rest.starts_with(['"', ')', ']', '}', ','])) =>
        {
            here
        }
        _ => before.trim_end_matches(is_word).len(),
    }
}

struct Told {
    code: Code,
    message: String,
    hint: Option<&'static str>,
}

fn told(error: &ron::Error, rest: &str, open: &blank::Open, torn: bool) -> Told {
    use ron::Error as E;
    let say = |code, message: &str, hint| Told { code, message: message.to_owned(), hint };
    let innermost = open.brackets.last().map(|(bracket, _)| *bracket);
    match error {
        E::ExceededRecursionLimit => {
            say(Code::TooDeep, &format!("brackets are nested more than {DEPTH} deep"), None)
        }
        E::IntegerOutOfBounds
        | E::InvalidIntegerDigit { .. }
        | E::FloatUnderscore
        | E::UnderscoreAtBeginning => {
            say(Code::NotText, "a number stands where text is due", Some("write it in quotes"))
        }
        _ if open.quote.is_some() && is_escape(error) => say(
            Code::Syntax,
            "this text has an escape that RON does not know",
            Some("write a backslash as `\\\\`"),
        ),
        _ if open.quote.is_some() => {
            say(Code::Syntax, "this text has no closing quote", Some("close it with `\"`"))
        }
        _ if torn && closes(error) => say(
            Code::Syntax,
            "this text runs on to another line, and no comma follows it",
            Some("its closing quote is missing"),
        ),
        E::ExpectedFloat | E::ExpectedInteger => {
            say(Code::NotText, "this is neither text nor a number", Some("write it in quotes"))
        }
        E::UnclosedBlockComment => say(Code::Syntax, "a comment has no closing `*/`", None),
        _ if rest.is_empty() => match innermost {
            Some(bracket) => Told {
                code: Code::Syntax,
                message: format!("this `{bracket}` is not closed before the file ends"),
                hint: Some(close_it(bracket)),
            },
            None => say(Code::WrongShape, "the file holds no graph", Some("write `Graph( ... )`")),
        },
        E::ExpectedDifferentStructName { .. } | E::ExpectedNamedStructLike("Graph")
            if innermost.is_none() =>
        {
            let name = blank::name(rest);
            let found = if name.is_empty() { token(rest) } else { name };
            let message = match error {
                E::ExpectedDifferentStructName { found, .. } => {
                    format!("a graph file starts with `Graph(`, not with `{}`", shown(found))
                }
                _ => format!("`Graph(` is due here, not `{}`", shown(found)),
            };
            Told { code: Code::WrongShape, message, hint: Some("write `Graph( ... )`") }
        }
        E::ExpectedStructLike | E::ExpectedNamedStructLike(_) if innermost.is_none() => {
            say(Code::WrongShape, "the file holds no graph", Some("write `Graph( ... )`"))
        }
        E::TrailingCharacters => {
            say(Code::Syntax, "something stands after the graph", Some("a graph file is one `Graph( ... )`"))
        }
        E::ExpectedMapColon if rest.starts_with('=') => {
            say(Code::Syntax, "a colon is due here, not `=`", Some("write `name: value`"))
        }
        E::ExpectedMapColon => {
            say(Code::Syntax, "a colon is missing before this", Some("write `name: value`"))
        }
        _ if closes(error) => unclosed(rest, innermost),
        E::UnexpectedChar(')' | ']' | '}') if !rest.starts_with(closing(innermost)) => {
            unclosed(rest, innermost)
        }
        E::ExpectedIdentifier | E::SuggestRawIdentifier(_) if rest.starts_with('"') => say(
            Code::Syntax,
            "the name of a field is due here, not text",
            Some("names of fields stand without quotes: `(name: \"Acme\")`"),
        ),
        E::ExpectedIdentifier => say(
            Code::Syntax,
            &format!("the name of a field is due here, not `{}`", shown(token(rest))),
            Some("write `name: value`"),
        ),
        E::SuggestRawIdentifier(name) => {
            let message = format!("`{}` is not a name", shown(name));
            Told { code: Code::Syntax, message, hint: Some("text, dates and signs stand in quotes") }
        }
        E::UnexpectedChar(c) => say(
            Code::Syntax,
            &format!("`{}` does not start a value", shown(&c.to_string())),
            Some(match c {
                '“' | '”' | '„' | '‘' | '’' | '«' | '»' => {
                    "text stands in straight quotes: `\"Acme\"`"
                }
                ',' | ')' | ']' | '}' => "write a value, or take the name out",
                _ => "text, dates and signs stand in quotes",
            }),
        ),
        E::NoSuchExtension(_) | E::ExpectedAttribute | E::ExpectedAttributeEnd => say(
            Code::Syntax,
            "the line `#![...]` is not one that RON knows",
            Some("a graph file needs none: leave it out"),
        ),
        other => {
            let said = other.to_string();
            let mut chars = said.chars();
            let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
            Told { code: Code::Syntax, message: shown(&format!("{first}{}", chars.as_str())), hint: None }
        }
    }
}

const fn closing(bracket: Option<char>) -> char {
    match bracket {
        Some('[') => ']',
        Some('{') => '}',
        _ => ')',
    }
}

/// A bracket was to be closed, or a comma to follow.
fn unclosed(rest: &str, innermost: Option<char>) -> Told {
    let closing = closing(innermost);
    let next = rest.chars().next().unwrap_or_default();
    if matches!(next, ')' | ']' | '}') {
        let message = format!("`{closing}` is due here, not `{next}`");
        return Told { code: Code::Syntax, message, hint: Some("each bracket is closed by its own kind") };
    }
    if next == '=' {
        let message = "a colon is due here, not `=`".to_owned();
        return Told { code: Code::Syntax, message, hint: Some("write `name: value`") };
    }
    let name = blank::name(rest);
    let after = blank::skip(rest.get(name.len()..).unwrap_or_default());
    let entry = match innermost {
        Some('(') => !name.is_empty() && after.starts_with(':'),
        Some('[') => next == '"' || next == '(' || !name.is_empty() && after.starts_with('('),
        _ => next == '"',
    };
    if entry {
        let message = "a comma is missing before this".to_owned();
        return Told { code: Code::Syntax, message, hint: Some("put a comma between two entries") };
    }
    let token = token(rest);
    let message = if token.len() > 1 && !token.chars().all(char::is_alphanumeric) {
        format!("`{}` is text without quotes", shown(token))
    } else {
        format!("a comma or `{closing}` is due here, not `{}`", shown(token))
    };
    Told { code: Code::Syntax, message, hint: Some("ids, dates, figures and other text stand in quotes") }
}

fn closes(error: &ron::Error) -> bool {
    use ron::Error as E;
    matches!(
        error,
        E::ExpectedArrayEnd
            | E::ExpectedMapEnd
            | E::ExpectedStructLikeEnd
            | E::ExpectedOptionEnd
            | E::ExpectedComma
    )
}

const fn is_escape(error: &ron::Error) -> bool {
    matches!(error, ron::Error::InvalidEscape(_))
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

fn span(start: usize, width: usize) -> Span {
    let end = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span { start: end(start), end: end(start.saturating_add(width)) }
}

//! Behind a slip: where the next record, fact or section begins.
//!
//! Brackets and quotes tell nothing there, since one of them may be what is missing. So a beginning is known by its
//! look: `"id": (`, `Kind(`, `section: {`. No value of the format looks like these. And a text ends on its line:
//! a quote that is left over does not take with it what follows.

use super::lexer::{blank_length, comment, indent, spaces, word};
use super::parser::Parser;
use super::slip::{Begins, is_kind};
use super::token::Kind;
use crate::file::schema::{SECTIONS, Section};

pub(super) struct SearchScope {
    /// The section in which the slip is.
    pub(super) section: Option<Section>,
    /// How far sections are indented.
    pub(super) indent: Option<usize>,
    /// Nothing is looked for before this byte.
    pub(super) least: usize,
}

impl Parser<'_> {
    /// Goes back to a byte, and forgets the tokens from there on; or on to it, over what is not read.
    pub(super) fn go_to(&mut self, at: usize) {
        match at.checked_sub(self.at) {
            None => {
                self.tokens.cut(at);
                self.at = at;
            }
            Some(0) => {}
            Some(length) => {
                self.take(Kind::Unread, length);
            }
        }
    }

    /// Takes all that is left as unread.
    pub(super) fn skip_all(&mut self) -> Option<Begins> {
        let length = self.rest().len();
        if length > 0 {
            self.take(Kind::Unread, length);
        }
        None
    }
}

impl SearchScope {
    /// Skips what is not read, and tells what begins behind it; nothing if the text ends.
    pub(super) fn run(&self, parser: &mut Parser<'_>) -> Option<Begins> {
        let mut unread = 0;
        loop {
            let (at, text) = (parser.at + unread, parser.text);
            let rest = text.get(at..).unwrap_or_default();
            let begins = if at < self.least { None } else { self.begins(text, at) };
            let blank = blank_token(rest);
            if unread > 0 && (rest.is_empty() || begins.is_some() || blank.is_some()) {
                parser.take(Kind::Unread, unread);
                unread = 0;
            }
            if begins.is_some() || rest.is_empty() {
                return begins;
            }
            match blank {
                Some((kind, length)) => {
                    parser.take(kind, length);
                }
                None => unread += piece(rest),
            }
        }
    }

    pub(super) fn begins(&self, text: &str, at: usize) -> Option<Begins> {
        let rest = text.get(at..)?;
        if rest.starts_with('"') {
            return matches!(self.section, Some(Section::Records(_))).then(|| record(rest)).flatten();
        }
        // A word begins where no other goes on.
        if text.get(..at)?.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let (_, length) = word(rest)?;
        let (name, behind) = rest.split_at_checked(length)?;
        let behind = behind.get(blank_length(behind).ok()?..)?;
        if behind.starts_with('(') {
            return self.is_fact(name, || indent(text, at).is_some()).then_some(Begins::Fact);
        }
        let value = behind.strip_prefix(':')?;
        let value = value.get(blank_length(value).ok()?..)?;
        let section = SECTIONS.iter().find(|(section, _)| *section == name).map(|(_, section)| section);
        let is_section = match section {
            Some(Section::Records(_)) => value.starts_with('{'),
            Some(Section::Facts) => value.starts_with('['),
            _ => false,
        };
        let is_in_line = || self.indent.is_some_and(|own| own > 0 && indent(text, at) == Some(own));
        (is_section || is_in_line()).then_some(Begins::Section)
    }

    /// Whether what stands before a bracket is the kind of a fact: a known one, or one that begins a line.
    fn is_fact(&self, name: &str, begins_a_line: impl Fn() -> bool) -> bool {
        match self.section {
            Some(Section::Facts) => is_kind(name) || name.starts_with(char::is_uppercase) && begins_a_line(),
            Some(Section::Records(_)) => is_kind(name) && begins_a_line(),
            _ => false,
        }
    }
}

/// Whether a text starts as a record does.
fn record(text: &str) -> Option<Begins> {
    let skip = |text: &'_ str| blank_length(text).ok();
    let behind = text.get(quoted(text)?..)?;
    let value = behind.get(skip(behind)?..)?.strip_prefix(':')?;
    let value = value.get(skip(value)?..)?;
    let name = word(value).map_or(0, |(_, length)| length);
    let fields = value.get(name..)?;
    fields.get(skip(fields)?..)?.starts_with('(').then_some(Begins::Record)
}

/// How long a text in quotes is that ends on its line.
fn quoted(text: &str) -> Option<usize> {
    let mut escaped = true; // the opening quote
    for (n, byte) in text.bytes().enumerate() {
        match byte {
            b'\n' => return None,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(n + 1),
            _ => {}
        }
    }
    None
}

/// The blank or comment with which a text starts; one that does not end is none.
fn blank_token(rest: &str) -> Option<(Kind, usize)> {
    let length = spaces(rest, 0);
    if length > 0 { Some((Kind::Blank, length)) } else { comment(rest).ok() }
}

/// How much is skipped at once: a text, the rest of a line behind a quote that is left over, a word, or a sign.
fn piece(rest: &str) -> usize {
    if rest.starts_with('"') {
        return quoted(rest).or_else(|| rest.find('\n')).unwrap_or(rest.len());
    }
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    word(rest).map_or(sign, |(_, length)| length)
}

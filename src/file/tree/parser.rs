//! From characters to tokens, and from tokens to values: brackets that close, commas and colons where they are due.
//!
//! The grammar is that of ron 0.12 with `implicit_some`, down to how deep brackets may be nested.

use super::lexer::{blank_length, comment, spaces, word};
use super::number;
use super::quoted;
use super::slip::{Slip, What};
use super::token::{Kind, Tokens};

/// Brackets may be nested so deep.
pub(crate) const DEPTH: usize = 64;

/// The same in the steps that ron counts: two for a bracket, one for `Some`.
const STEPS: usize = DEPTH * 2;

/// What is open.
#[derive(Clone, Copy, Debug)]
struct Frame {
    is: Is,
    /// The token with which it opens.
    token: u32,
    /// The byte of that.
    at: usize,
    steps: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    List,
    /// Before a colon of a map.
    MapKey,
    MapValue,
    Fields,
    Tuple,
    Some,
}

impl Frame {
    const fn bracket(&self) -> (char, usize) {
        let open = match self.is {
            Is::List => '[',
            Is::MapKey | Is::MapValue => '{',
            _ => '(',
        };
        (open, self.at)
    }
}

impl Is {
    const fn close(self) -> u8 {
        match self {
            Self::List => b']',
            Self::MapKey | Self::MapValue => b'}',
            _ => b')',
        }
    }
}

/// Reads a text from front to back.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    /// The byte that is next.
    pub(super) at: usize,
    pub(super) tokens: Tokens,
    frames: Vec<Frame>,
    /// How deep it is inside of brackets, as ron counts.
    pub(super) steps: usize,
    /// The graph's and the section's bracket.
    pub(super) outer: Vec<(char, usize)>,
    /// The last text, from and up to.
    pub(super) last_text: (usize, usize),
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            tokens: Tokens::default(),
            frames: Vec::new(),
            steps: 0,
            outer: Vec::new(),
            last_text: (0, 0),
        }
    }

    /// The byte at a place; 0 at the end.
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn take(&mut self, kind: Kind, length: usize) -> u32 {
        let start = self.at;
        self.at += length;
        self.tokens.push(kind, start, self.at)
    }

    pub(super) fn take_if(&mut self, byte: u8, kind: Kind) -> bool {
        let is = self.byte(self.at) == byte;
        if is {
            self.take(kind, 1);
        }
        is
    }

    /// Something is wrong at a byte.
    pub(super) fn slip_at(&self, what: What, at: usize) -> Slip {
        let own = self.frames.last().map(|frame| frame.bracket());
        let (from, to) = self.last_text;
        let text = self.text.get(from..to).unwrap_or_default();
        let between = self.text.get(to..at).unwrap_or_default();
        let is_torn = text.contains('\n') && blank_length(between) == Ok(between.len());
        Slip {
            what,
            at,
            bracket: own.or_else(|| self.outer.last().copied()),
            is_inner: own.is_some(),
            torn: is_torn.then_some(from),
        }
    }

    pub(super) fn slip<T>(&self, what: What) -> Result<T, Slip> {
        Err(self.slip_at(what, self.at))
    }

    /// The slip that a bracket was not closed before a byte, if one was open there; else the same slip.
    pub(super) fn unclosed(&self, slip: &Slip, at: usize) -> Slip {
        let own = self.frames.iter().rev().find(|frame| frame.at < at);
        own.map_or(*slip, |frame| Slip {
            what: What::Close,
            at,
            bracket: Some(frame.bracket()),
            torn: None,
            ..*slip
        })
    }

    /// Forgets what is open of a value that is not whole.
    pub(super) fn reset(&mut self) {
        for frame in std::mem::take(&mut self.frames) {
            self.steps = self.steps.saturating_sub(frame.steps);
        }
    }

    /// Takes white space and comments.
    pub(super) fn blank(&mut self) -> Result<(), Slip> {
        loop {
            let length = spaces(self.text, self.at);
            if length > 0 {
                self.take(Kind::Blank, length);
            }
            if self.byte(self.at) != b'/' {
                return Ok(());
            }
            match comment(self.rest()) {
                Ok((kind, length)) => self.take(kind, length),
                Err(what) => return self.slip(what),
            };
        }
    }

    /// Takes a comma, if one is next, behind an item of brackets that close with a byte; else they have to close.
    pub(super) fn separator(&mut self, close: u8) -> Result<(), Slip> {
        self.blank()?;
        if self.take_if(b',', Kind::Comma) {
            return self.blank();
        }
        if self.byte(self.at) == close { Ok(()) } else { self.slip(What::Close) }
    }

    pub(super) fn colon(&mut self) -> Result<(), Slip> {
        self.blank()?;
        if self.take_if(b':', Kind::Colon) { self.blank() } else { self.slip(What::Colon) }
    }

    /// Takes the name of a field.
    pub(super) fn name(&mut self) -> Result<u32, Slip> {
        let rest = self.rest();
        let (kind, length) = word(rest).ok_or_else(|| self.slip_at(What::Name, self.at))?;
        let runs_on = rest.get(length..).is_some_and(|after| after.starts_with(['.', '+', '-']));
        if runs_on {
            return self.slip(What::OddName);
        }
        Ok(self.take(kind, length))
    }

    /// Takes a value; gives its first token.
    pub(super) fn value(&mut self) -> Result<u32, Slip> {
        let first = self.tokens.len();
        loop {
            let mut ended = self.begin()?;
            while ended {
                let Some(frame) = self.frames.last().copied() else { return Ok(first) };
                ended = self.after(frame)?;
            }
        }
    }

    /// Takes a value up to its opening bracket, and up to the first value in it; tells whether it ended before.
    fn begin(&mut self) -> Result<bool, Slip> {
        match self.byte(self.at) {
            b'"' => self.text_in_quotes(),
            b'[' => self.open(Kind::List, Is::List),
            b'{' => self.open(Kind::Map, Is::MapKey),
            b'(' => self.round(None),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            b'\'' => match quoted::char_length(self.text.get(self.at + 1..).unwrap_or_default()) {
                Some(length) => self.atom(Kind::Char, length + 1),
                None => self.slip(What::Char),
            },
            b'b' | b'r' if word(self.rest()).is_none() => self.prefixed(),
            _ => match word(self.rest()) {
                Some((kind, length)) => self.word(kind, length),
                None => self.slip(What::Value),
            },
        }
    }

    /// A word: a value of its own, or the name before brackets.
    fn word(&mut self, kind: Kind, length: usize) -> Result<bool, Slip> {
        let name = self.rest().get(..length).unwrap_or_default();
        if kind == Kind::Word {
            match name {
                "true" | "false" | "None" => return self.atom(kind, length),
                "Some" => return self.some(),
                name if number::is_named(name) => return self.number_word(length),
                _ => {}
            }
        }
        let token = self.take(kind, length);
        let behind = match self.byte(self.at) {
            b',' | b')' | b']' | b'}' => return Ok(true),
            b'(' => 0,
            _ => match blank_length(self.rest()) {
                Ok(length) if self.byte(self.at + length) == b'(' => length,
                Ok(_) => return Ok(true),
                Err(_) => return self.blank().map(|()| true),
            },
        };
        if behind > 0 {
            self.blank()?;
        }
        self.round(Some(token))
    }

    fn number_word(&mut self, length: usize) -> Result<bool, Slip> {
        if self.rest().get(length..).is_some_and(|rest| rest.starts_with("..")) {
            return self.number();
        }
        self.atom(Kind::Word, length)
    }

    /// `Some(value)`.
    fn some(&mut self) -> Result<bool, Slip> {
        let token = self.take(Kind::Word, 4);
        self.blank()?;
        if self.byte(self.at) != b'(' {
            return self.slip(What::Some);
        }
        let (open, at) = (self.take(Kind::Some, 1), self.at - 1);
        self.tokens.link(token, open);
        self.blank()?;
        self.push(Frame { is: Is::Some, token: open, at, steps: 1 })?;
        Ok(false)
    }

    fn push(&mut self, frame: Frame) -> Result<(), Slip> {
        if self.steps + frame.steps > STEPS {
            return Err(self.slip_at(What::TooDeep, frame.at));
        }
        self.steps += frame.steps;
        self.frames.push(frame);
        Ok(())
    }

    /// Opens square brackets or braces.
    fn open(&mut self, kind: Kind, is: Is) -> Result<bool, Slip> {
        let (token, at) = (self.take(kind, 1), self.at);
        self.blank()?;
        self.enter(is, token, at - 1)
    }

    /// Opens round brackets, perhaps behind a name.
    fn round(&mut self, name: Option<u32>) -> Result<bool, Slip> {
        let (token, at) = (self.take(Kind::Tuple, 1), self.at - 1);
        if let Some(name) = name {
            self.tokens.link(name, token);
        } else if self.byte(self.at) == b')' {
            let close = self.take(Kind::Close, 1);
            self.tokens.link(token, close);
            return Ok(true);
        }
        self.blank()?;
        if self.byte(self.at) == b')' || !self.has_name()? {
            return self.enter(Is::Tuple, token, at);
        }
        self.tokens.set_kind(token, Kind::Fields);
        self.push(Frame { is: Is::Fields, token, at, steps: 2 })?;
        self.name()?;
        self.colon()?;
        Ok(false)
    }

    /// Whether a name and a colon are next.
    fn has_name(&self) -> Result<bool, Slip> {
        let rest = self.rest();
        let Some((_, length)) = word(rest) else { return Ok(false) };
        let behind = rest.get(length..).unwrap_or_default();
        if behind.starts_with(':') {
            return Ok(true);
        }
        match blank_length(behind) {
            Ok(length) => Ok(behind.get(length..).is_some_and(|behind| behind.starts_with(':'))),
            Err((what, at)) => Err(self.slip_at(what, self.at + length + at)),
        }
    }

    /// Goes into brackets that were opened; tells whether nothing is in them.
    fn enter(&mut self, is: Is, token: u32, at: usize) -> Result<bool, Slip> {
        let is_empty = self.byte(self.at) == is.close();
        self.push(Frame { is, token, at, steps: if is_empty { 1 } else { 2 } })?;
        if is_empty { self.close(is) } else { Ok(false) }
    }

    /// Closes the innermost bracket.
    fn close(&mut self, is: Is) -> Result<bool, Slip> {
        if self.byte(self.at) != is.close() {
            return self.slip(What::Close);
        }
        let close = self.take(Kind::Close, 1);
        if let Some(frame) = self.frames.pop() {
            self.tokens.link(frame.token, close);
            self.steps -= frame.steps;
        }
        Ok(true)
    }

    /// Goes on behind a value, to the next one or behind the bracket; tells whether that ended.
    fn after(&mut self, frame: Frame) -> Result<bool, Slip> {
        if frame.is == Is::MapKey {
            self.colon()?;
            self.turn(Is::MapValue);
            return Ok(false);
        }
        self.blank()?;
        let comma = self.take_if(b',', Kind::Comma);
        if comma {
            self.blank()?;
        }
        if self.byte(self.at) == frame.is.close() || !comma {
            return self.close(frame.is);
        }
        match frame.is {
            Is::MapValue => self.turn(Is::MapKey),
            Is::Fields => {
                self.name()?;
                self.colon()?;
            }
            Is::Some => return self.close(frame.is),
            _ => {}
        }
        Ok(false)
    }

    fn turn(&mut self, is: Is) {
        if let Some(frame) = self.frames.last_mut() {
            frame.is = is;
        }
    }
}

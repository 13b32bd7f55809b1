//! The graph in a text: its sections, and in them records and facts, one at a time.

use super::slip::{self, Begins, Slip, What};
use super::token::{Kind, Span, Tokens};
use super::view::{Fields, Key, Node, Value};
use super::{lexer, parser::Parser, search::SearchScope};
use crate::file::schema::{Record, SECTIONS, Section};
use crate::model::FactKind;

/// A part of the graph, as it comes.
pub(crate) enum Part<'n, 't> {
    /// A section begins.
    Section(Key<'t>),
    /// A section that is a single value.
    Value(Key<'t>, Node<'n, 't>),
    /// A record with an id.
    Record(Record, Key<'t>, Fields<'n, 't>),
    /// A fact; its kind as written, `None` with it if there is no such kind.
    Fact(Key<'t>, Option<FactKind>, Fields<'n, 't>),
    /// A section that the format does not have; skipped.
    UnknownSection(Key<'t>, Node<'n, 't>),
    /// A section of another shape than it should have; skipped.
    OddSection(Key<'t>, Section, Node<'n, 't>),
    /// The id of a record that is not a text; its record is skipped.
    OddId(Node<'n, 't>),
    /// A record of another shape than fields in brackets; skipped.
    OddRecord(Record, Key<'t>, Node<'n, 't>),
    /// What stands among the facts and is none; skipped.
    OddFact(Node<'n, 't>),
    /// What could not be read.
    Unread(Unread<'t>),
}

/// A piece of the text that could not be read.
pub(crate) struct Unread<'t> {
    /// Why; not told if it may only follow from another slip.
    pub(crate) slip: Option<Slip>,
    /// What begins at the slip, if that can be told.
    pub(crate) begins: Option<Begins>,
    /// The piece, from the beginning of what has the slip.
    pub(crate) text: &'t str,
    pub(crate) span: Span,
    /// Whether nothing behind it was read.
    pub(crate) is_last: bool,
    /// Whether not even the beginnings of records can be made out.
    pub(crate) is_opaque: bool,
}

fn node<'n, 't>(parser: &'n Parser<'t>, first: u32) -> Node<'n, 't> {
    Node::new(parser.text, &parser.tokens, first)
}

type Emit<'e, 't> = &'e mut dyn for<'n> FnMut(Part<'n, 't>);

/// Reads a graph, giving out its parts in order.
pub(crate) fn read<'t>(text: &'t str, emit: Emit<'_, 't>) {
    Walk::new(text, emit).read();
}

/// The fact that was read at a byte of the text, or the record with its id, of which the tokens are taken.
pub(crate) fn item_at(text: &str, start: usize, is_fact: bool) -> Option<Item<'_>> {
    let mut parser = Parser::new(text);
    parser.at = start;
    let first = parser.value().ok()?;
    let value = if is_fact {
        first
    } else {
        parser.colon().ok()?;
        parser.value().ok()?
    };
    Some(Item { text, tokens: parser.tokens, first, value })
}

/// A record or a fact with tokens of its own.
pub(crate) struct Item<'t> {
    text: &'t str,
    tokens: Tokens,
    first: u32,
    value: u32,
}

impl<'t> Item<'t> {
    /// Where its id or its kind stands.
    pub(crate) fn span(&self) -> Span {
        let first = Node::new(self.text, &self.tokens, self.first);
        if self.first == self.value { first.key().span } else { first.span() }
    }

    pub(crate) fn fields(&self) -> Option<Fields<'_, 't>> {
        Node::new(self.text, &self.tokens, self.value).any_fields()
    }
}

/// Where in the graph it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    Sections,
    Records(Record),
    Facts,
    End,
}

/// The levels of brackets, as they are counted, around the value of a section, and around a record or fact.
const IN_GRAPH: usize = 2;
const IN_SECTION: usize = 4;

pub(super) struct Walk<'e, 't> {
    parser: Parser<'t>,
    emit: Emit<'e, 't>,
    /// Whether tokens are kept of what was given out.
    keeps: bool,
    /// The section that is being read.
    section: Option<Section>,
    /// How far sections are indented.
    indent: Option<usize>,
    /// Where that begins which is being read.
    from: usize,
    /// Before this nothing is looked for behind a slip.
    least: usize,
    slipped: bool,
}

impl<'e, 't> Walk<'e, 't> {
    pub(super) fn new(text: &'t str, emit: Emit<'e, 't>) -> Self {
        let parser = Parser::new(text);
        Self { parser, emit, keeps: false, section: None, indent: None, from: 0, least: 1, slipped: false }
    }

    /// Keeps the tokens of all.
    pub(super) fn keep_tokens(self) -> Self {
        Self { keeps: true, ..self }
    }

    pub(super) fn read(mut self) -> Tokens {
        let mut state = State::Sections;
        let mut next = self.start();
        loop {
            state = match next {
                Ok(next) => next,
                Err(slip) => self.recover(&slip, state),
            };
            next = match state {
                State::Sections => self.section(),
                State::Records(record) => self.record(record),
                State::Facts => self.fact(),
                State::End => return self.parser.tokens,
            };
        }
    }

    /// Goes into the graph.
    fn start(&mut self) -> Result<State, Slip> {
        let must_be_named = self.parser.headers()?;
        let (at, rest) = (self.parser.at, self.parser.rest());
        match lexer::word(rest) {
            Some((kind, length)) if matches!(rest.get(..length), Some("Graph" | "r#Graph")) => {
                self.parser.take(kind, length);
                self.parser.blank()?;
            }
            Some(_) => return self.parser.slip(What::Start),
            None if must_be_named || self.parser.byte(at).is_ascii_digit() => {
                return self.parser.slip(What::Start);
            }
            None => {}
        }
        if self.parser.byte(self.parser.at) != b'(' {
            return self.parser.slip(What::Start);
        }
        self.parser.outer.push(('(', self.parser.at));
        self.parser.take(Kind::Fields, 1);
        self.parser.steps = IN_GRAPH;
        Ok(State::Sections)
    }

    /// Something begins that is read whole, or not.
    fn begin(&mut self) -> Result<u8, Slip> {
        self.parser.blank()?;
        if !self.keeps {
            self.parser.tokens.clear();
        }
        (self.from, self.least) = (self.parser.at, self.parser.at + 1);
        Ok(self.parser.byte(self.parser.at))
    }

    /// Something was read whole: a slip behind it is not in it.
    fn end(&mut self) {
        (self.from, self.least) = (self.parser.at, self.parser.at);
    }

    fn section(&mut self) -> Result<State, Slip> {
        let next = self.begin()?;
        self.section = None;
        if next == b')' {
            self.parser.take(Kind::Close, 1);
            self.parser.outer.clear();
            self.end();
            self.parser.blank()?;
            return if self.parser.rest().is_empty() { Ok(State::End) } else { self.parser.slip(What::End) };
        }
        let at = self.parser.at;
        let name = self.parser.name()?;
        let key = node(&self.parser, name).key();
        self.indent = self.indent.or_else(|| lexer::indent(self.parser.text, at));
        self.section = SECTIONS.iter().find(|(name, _)| *name == key.text).map(|(_, section)| *section);
        self.parser.colon()?;
        match (self.section, self.parser.byte(self.parser.at)) {
            (Some(Section::Records(record)), b'{') => {
                Ok(self.enter(key, '{', Kind::Map, State::Records(record)))
            }
            (Some(Section::Facts), b'[') => Ok(self.enter(key, '[', Kind::List, State::Facts)),
            (section, _) => {
                let value = self.parser.value()?;
                let node = node(&self.parser, value);
                (self.emit)(match section {
                    None => Part::UnknownSection(key, node),
                    Some(Section::Value) => Part::Value(key, node),
                    Some(section) => Part::OddSection(key, section, node),
                });
                self.end();
                self.section = None;
                self.parser.separator(b')')?;
                Ok(State::Sections)
            }
        }
    }

    fn enter(&mut self, key: Key<'t>, bracket: char, kind: Kind, state: State) -> State {
        (self.emit)(Part::Section(key));
        self.parser.outer.push((bracket, self.parser.at));
        self.parser.take(kind, 1);
        self.parser.steps = IN_SECTION;
        self.end();
        state
    }

    /// Goes out of a section.
    fn leave(&mut self) -> Result<State, Slip> {
        self.parser.take(Kind::Close, 1);
        self.parser.outer.truncate(1);
        self.parser.steps = IN_GRAPH;
        self.section = None;
        self.end();
        self.parser.separator(b')')?;
        Ok(State::Sections)
    }

    fn record(&mut self, record: Record) -> Result<State, Slip> {
        if self.begin()? == b'}' {
            return self.leave();
        }
        let id = self.parser.value()?;
        self.parser.colon()?;
        let value = self.parser.value()?;
        let is_whole = node(&self.parser, value).fields(record.name()).is_some();
        if !is_whole {
            // What follows may tell what it was meant to be.
            self.parser.separator(b'}')?;
        }
        let (id, value) = (node(&self.parser, id), node(&self.parser, value));
        (self.emit)(match (id.text(), value.fields(record.name())) {
            (None, _) => Part::OddId(id),
            (Some(text), Some(fields)) => Part::Record(record, Key { text, span: id.span() }, fields),
            (Some(text), None) => Part::OddRecord(record, Key { text, span: id.span() }, value),
        });
        self.end();
        if is_whole {
            self.parser.separator(b'}')?;
        }
        Ok(State::Records(record))
    }

    fn fact(&mut self) -> Result<State, Slip> {
        if self.begin()? == b']' {
            return self.leave();
        }
        let fact = self.parser.value()?;
        let is_whole = node(&self.parser, fact).named_fields().is_some();
        if !is_whole {
            let is_kind =
                matches!(node(&self.parser, fact).value(), Value::Word(word) if slip::is_kind(word));
            let odd = |slip: Slip| if is_kind { slip.instead_of_fields() } else { slip };
            self.parser.separator(b']').map_err(odd)?;
        }
        let fact = node(&self.parser, fact);
        (self.emit)(match fact.named_fields() {
            Some((name, fields)) => {
                let kind = FactKind::from_name(&name.text);
                Part::Fact(name, kind, fields)
            }
            None => Part::OddFact(fact),
        });
        self.end();
        if is_whole {
            self.parser.separator(b']')?;
        }
        Ok(State::Facts)
    }

    /// Gives out what could not be read, up to what can be read again.
    fn recover(&mut self, slip: &Slip, state: State) -> State {
        let resume = self.resume(slip);
        let search = SearchScope { section: self.section, indent: self.indent, least: self.least };
        let (slip, resume) = match self.swallowed(&search, resume) {
            Some(at) if slip.is_inner => (&self.parser.unclosed(slip, at), at),
            _ => (slip, resume),
        };
        self.parser.reset();
        self.parser.go_to(resume);
        let search = SearchScope { least: search.least.max(resume), ..search };
        let begins = if slip.ends_the_file() { self.parser.skip_all() } else { search.run(&mut self.parser) };
        let (text, at) = (self.parser.text, self.parser.at);
        let is_last = || {
            let rest = text.get(slip.at..).and_then(|rest| rest.split_once('\n'));
            slip.ends_the_file() || rest.is_some_and(|(_, behind)| behind.contains('"'))
        };
        let may_follow = self.slipped && !slip.is_inner && (slip.at >= text.len() || slip.what == What::End);
        self.slipped = true;
        (self.emit)(Part::Unread(Unread {
            slip: Some(*slip).filter(|_| !may_follow),
            begins: begins.filter(|_| at <= slip.at),
            text: text.get(self.from..at).unwrap_or_default(),
            span: Span::new(self.from, at),
            is_last: begins.is_none() && is_last(),
            is_opaque: slip.ends_the_file(),
        }));
        self.go_on(begins, state)
    }

    /// Goes to where reading goes on.
    fn go_on(&mut self, begins: Option<Begins>, state: State) -> State {
        let was_facts = matches!(self.section, Some(Section::Facts));
        let state = match (begins, self.section) {
            (None, _) => State::End,
            (Some(Begins::Section), _) => State::Sections,
            (Some(Begins::Fact), _) => State::Facts,
            (Some(Begins::Record), Some(Section::Records(record))) => State::Records(record),
            (Some(Begins::Record), _) => state,
        };
        // A bracket that is missing is taken to be where its section begins.
        let (bracket, is_same) = match state {
            State::Records(_) => (Some('{'), true),
            State::Facts => (Some('['), was_facts),
            _ => (None, false),
        };
        self.parser.outer.truncate(if is_same { 2 } else { 1 });
        if let (1, Some(bracket)) = (self.parser.outer.len(), bracket) {
            self.parser.outer.push((bracket, self.from));
        }
        self.parser.steps = if matches!(state, State::Sections) { IN_GRAPH } else { IN_SECTION };
        if matches!(state, State::Facts) {
            self.section = Some(Section::Facts);
        }
        state
    }

    /// Where before a byte something begins on a line of its own that only was read as a part of what has the slip.
    fn swallowed(&self, search: &SearchScope, before: usize) -> Option<usize> {
        let text = self.parser.text;
        let mut starts = self.parser.tokens.starts_from(self.least).take_while(|at| *at < before);
        starts.find(|at| lexer::indent(text, *at).is_some() && search.begins(text, *at).is_some())
    }

    /// The byte from which on to look for what can be read again. A colon tells, by being there or not, that what
    /// stands before it began something else.
    fn resume(&self, slip: &Slip) -> usize {
        let is_behind = match self.parser.tokens.last_full() {
            Some((Kind::Word, _)) => slip.what == What::Colon,
            Some((Kind::Text, _)) => slip.what == What::Close && self.parser.byte(slip.at) == b':',
            _ => false,
        };
        let before = self.parser.tokens.last_full().filter(|_| is_behind).map(|(_, start)| start as usize);
        before.unwrap_or_else(|| slip.resume()).max(self.from)
    }
}

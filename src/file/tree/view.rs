//! What tokens say: values, lists, maps and fields, each with its place.

use std::borrow::Cow;

use super::number::{self, Number};
use super::quoted;
use super::token::{Kind, Span, Tokens};

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) span: Span,
}

/// A value: its first token, among the tokens of its text.
#[derive(Clone, Copy)]
pub(crate) struct Node<'n, 't> {
    text: &'t str,
    tokens: &'n Tokens,
    first: u32,
}

/// What stands in the file.
pub(crate) enum Value<'n, 't> {
    Text(Cow<'t, str>),
    /// A bare word.
    Word(&'t str),
    Flag(bool),
    Whole(u64),
    /// A list, or values in round brackets.
    List(Items<'n, 't>),
    /// Keys and values in braces.
    Map(Entries<'n, 't>),
    /// Names and values in round brackets.
    Fields(Fields<'n, 't>),
    /// What fits nowhere, by its name.
    Odd(&'static str),
}

impl<'n, 't> Node<'n, 't> {
    pub(super) const fn new(text: &'t str, tokens: &'n Tokens, first: u32) -> Self {
        Self { text, tokens, first }
    }

    const fn at(self, first: u32) -> Self {
        Self { first, ..self }
    }

    pub(crate) fn span(self) -> Span {
        Span { start: self.tokens.start(self.first), end: self.tokens.span(self.tokens.last(self.first)).end }
    }

    /// The text of its first token.
    fn written(self) -> &'t str {
        let Span { start, end } = self.tokens.span(self.first);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// What is written between its quotes.
    fn words(self) -> &'t str {
        let written = self.written();
        written.get(1..written.len() - 1).unwrap_or_default()
    }

    /// The text, if it is one.
    pub(crate) fn text(self) -> Option<Cow<'t, str>> {
        match self.tokens.kind(self.first)? {
            Kind::Text => Some(Cow::Borrowed(self.words())),
            Kind::EscapedText => Some(Cow::Owned(quoted::unescaped(self.words()))),
            Kind::RawText => Some(Cow::Borrowed(quoted::raw_words(self.written()))),
            Kind::Word => match self.in_some()?.value() {
                Value::Text(text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) fn value(self) -> Value<'n, 't> {
        let mut own = self;
        // `Some(value)` is the value.
        while let Some(inside) = own.in_some() {
            own = inside;
        }
        own.plain()
    }

    /// What is in `Some(...)`, if that is what it is.
    fn in_some(self) -> Option<Self> {
        let brackets = self.at(self.tokens.linked(self.first)?);
        if self.tokens.kind(brackets.first) == Some(Kind::Some) { brackets.items().next() } else { None }
    }

    fn plain(self) -> Value<'n, 't> {
        match self.tokens.kind(self.first) {
            Some(Kind::Text | Kind::EscapedText | Kind::RawText) => {
                Value::Text(self.text().unwrap_or_default())
            }
            Some(Kind::Word) => match self.tokens.linked(self.first) {
                Some(brackets) => self.at(brackets).named(),
                None => match self.written() {
                    "true" => Value::Flag(true),
                    "false" => Value::Flag(false),
                    word => Value::Word(word),
                },
            },
            Some(Kind::RawWord) => match self.tokens.linked(self.first) {
                Some(brackets) => self.at(brackets).named(),
                None => Value::Word(unraw(self.written())),
            },
            Some(Kind::Number) => match number::number(self.written()) {
                Ok((Number::Whole(number), _)) => Value::Whole(number),
                _ => Value::Odd("a number"),
            },
            Some(Kind::List) => Value::List(self.items()),
            Some(Kind::Map) => {
                let entries = self.entries();
                let odd = entries.pairs().any(|(key, _)| !matches!(key.value(), Value::Text(_)));
                if odd { Value::Odd("a map with keys that are not text") } else { Value::Map(entries) }
            }
            Some(Kind::Tuple) if self.items().next().is_none() => Value::Odd("empty brackets"),
            Some(Kind::Char) => Value::Odd("a character in single quotes"),
            Some(Kind::Bytes) => Value::Odd("a text of bytes"),
            Some(Kind::Range) => Value::Odd("a range"),
            _ => self.named(),
        }
    }

    /// What round brackets hold.
    fn named(self) -> Value<'n, 't> {
        match self.tokens.kind(self.first) {
            Some(Kind::Fields) => Value::Fields(Fields(self.inside())),
            _ => Value::List(self.items()),
        }
    }

    fn items(self) -> Items<'n, 't> {
        Items(self.inside())
    }

    fn entries(self) -> Entries<'n, 't> {
        Entries(self.inside())
    }

    fn inside(self) -> Inside<'n, 't> {
        let end = self.tokens.linked(self.first).unwrap_or(self.first);
        Inside { node: self, next: self.tokens.full(self.first + 1), end }
    }

    /// The fields of a record, if that is what it is: in brackets, perhaps behind this name.
    pub(crate) fn fields(self, name: &str) -> Option<Fields<'n, 't>> {
        let (own, brackets) = self.brackets()?;
        if own.is_some_and(|own| own.text != name) { None } else { Some(brackets) }
    }

    /// The fields of a record or a fact, whatever its name is.
    pub(super) fn any_fields(self) -> Option<Fields<'n, 't>> {
        Some(self.brackets()?.1)
    }

    /// The fields that stand behind a name, if that is what it is.
    pub(crate) fn named_fields(self) -> Option<(Key<'t>, Fields<'n, 't>)> {
        let (name, fields) = self.brackets()?;
        Some((name?, fields))
    }

    fn brackets(self) -> Option<(Option<Key<'t>>, Fields<'n, 't>)> {
        let (name, brackets) = match self.tokens.kind(self.first)? {
            Kind::Word | Kind::RawWord => (Some(self.key()), self.at(self.tokens.linked(self.first)?)),
            _ => (None, self),
        };
        match self.tokens.kind(brackets.first)? {
            Kind::Fields => {}
            Kind::Tuple if brackets.items().next().is_none() => {}
            _ => return None,
        }
        Some((name, Fields(brackets.inside())))
    }

    /// The name that its first token is.
    pub(super) fn key(self) -> Key<'t> {
        let Span { start, end } = self.tokens.span(self.first);
        let word = unraw(self.written());
        let start = if self.tokens.kind(self.first) == Some(Kind::RawWord) { start + 2 } else { start };
        Key { text: Cow::Borrowed(word), span: Span { start, end } }
    }
}

fn unraw(word: &str) -> &str {
    word.strip_prefix("r#").unwrap_or(word)
}

/// The tokens in brackets, from one on.
#[derive(Clone, Copy)]
struct Inside<'n, 't> {
    node: Node<'n, 't>,
    next: u32,
    /// The closing bracket.
    end: u32,
}

impl<'n, 't> Inside<'n, 't> {
    fn node(&self) -> Option<Node<'n, 't>> {
        (self.next < self.end).then(|| self.node.at(self.next))
    }

    /// Goes behind a value, and the comma or colon after it.
    fn pass(&mut self, node: Node<'n, 't>) {
        let tokens = node.tokens;
        let next = tokens.full(tokens.last(node.first) + 1);
        self.next = match tokens.kind(next) {
            Some(Kind::Comma | Kind::Colon) => tokens.full(next + 1),
            _ => next,
        };
    }
}

/// The values of a list.
#[derive(Clone, Copy)]
pub(crate) struct Items<'n, 't>(Inside<'n, 't>);

impl<'n, 't> Iterator for Items<'n, 't> {
    type Item = Node<'n, 't>;

    fn next(&mut self) -> Option<Self::Item> {
        let node = self.0.node()?;
        self.0.pass(node);
        Some(node)
    }
}

/// Keys and values, the keys of any sort.
#[derive(Clone, Copy)]
struct Pairs<'n, 't>(Inside<'n, 't>);

impl<'n, 't> Iterator for Pairs<'n, 't> {
    type Item = (Node<'n, 't>, Node<'n, 't>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = self.0.node()?;
        self.0.pass(key);
        let value = self.0.node()?;
        self.0.pass(value);
        Some((key, value))
    }
}

/// The texts and values of a map.
#[derive(Clone, Copy)]
pub(crate) struct Entries<'n, 't>(Inside<'n, 't>);

impl<'n, 't> Entries<'n, 't> {
    const fn pairs(self) -> Pairs<'n, 't> {
        Pairs(self.0)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = (Key<'t>, Node<'n, 't>)> + Clone + use<'n, 't> {
        let text = |(key, node): (Node<'n, 't>, Node<'n, 't>)| {
            Some((Key { text: key.text()?, span: key.span() }, node))
        };
        self.pairs().filter_map(text)
    }
}

/// The names and values of a record, in the order written.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n, 't>(Inside<'n, 't>);

impl<'n, 't> Fields<'n, 't> {
    pub(crate) fn iter(self) -> impl Iterator<Item = (Key<'t>, Node<'n, 't>)> + Clone + use<'n, 't> {
        FieldIter(self.0)
    }

    /// The byte behind their closing bracket.
    pub(super) fn end(self) -> u32 {
        self.0.node.tokens.span(self.0.end).end
    }

    /// The first field of a name.
    pub(crate) fn find(self, name: &str) -> Option<(Key<'t>, Node<'n, 't>)> {
        self.iter().find(|(key, _)| key.text == name)
    }
}

#[derive(Clone, Copy)]
struct FieldIter<'n, 't>(Inside<'n, 't>);

impl<'n, 't> Iterator for FieldIter<'n, 't> {
    type Item = (Key<'t>, Node<'n, 't>);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.0.node()?;
        // Behind the name is the colon.
        self.0.next = name.tokens.full(name.tokens.full(name.first + 1) + 1);
        let value = self.0.node()?;
        self.0.pass(value);
        Some((name.key(), value))
    }
}

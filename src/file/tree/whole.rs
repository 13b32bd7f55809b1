//! A whole text with all its tokens, and changes to it.

use std::ops::Range;

use super::graph::Walk;
use super::token::{Kind, Span, Tokens};
use super::{Key, Part};

/// A text with all its tokens, and where each section, record and fact in it stands.
///
/// It is made of any text. It prints back byte for byte, and a change leaves every byte that is not in its place.
pub(crate) struct Tree {
    text: String,
    tokens: Tokens,
    items: Vec<Item>,
}

/// A part of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) is: Is,
    /// Its id, its kind as written, or the name of the section; nothing if it has none that can be made out.
    pub(crate) name: String,
    /// All of it; of a section that has others in it, its name.
    pub(crate) span: Span,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    Section,
    Record,
    Fact,
    /// Of another shape than it should have.
    Odd,
    /// What could not be read.
    Unread,
}

impl Tree {
    pub(crate) fn parse(text: String) -> Self {
        let mut items = Vec::new();
        let tokens = Walk::new(&text, &mut |part| items.push(item(part))).keep_tokens().read();
        Self { text, tokens, items }
    }

    /// The text, put together of the tokens.
    pub(crate) fn text(&self) -> String {
        self.tokens().map(|(_, text)| text).collect()
    }

    /// Each token, comment and blank, in order.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = (Kind, &str)> {
        (0..self.tokens.len()).filter_map(|token| {
            let Span { start, end } = self.tokens.span(token);
            Some((self.tokens.kind(token)?, self.text.get(start as usize..end as usize)?))
        })
    }

    /// The parts of the graph, in order.
    pub(crate) fn items(&self) -> &[Item] {
        &self.items
    }

    /// Puts a text in the place of some bytes; nothing changes if these do not begin and end with a character.
    pub(crate) fn splice(&mut self, place: Range<usize>, new: &str) -> bool {
        let is_whole = self.text.get(place.clone()).is_some();
        if is_whole {
            let mut text = std::mem::take(&mut self.text);
            text.replace_range(place, new);
            *self = Self::parse(text);
        }
        is_whole
    }
}

fn item(part: Part<'_, '_>) -> Item {
    let named = |is, key: Key<'_>, end: u32| Item {
        is,
        name: key.text.into_owned(),
        span: Span { start: key.span.start, end },
    };
    let nameless = |is, span| Item { is, name: String::new(), span };
    match part {
        Part::Section(key) => {
            let end = key.span.end;
            named(Is::Section, key, end)
        }
        Part::Value(key, node) | Part::UnknownSection(key, node) => named(Is::Section, key, node.span().end),
        Part::Record(_, key, fields) => named(Is::Record, key, fields.end()),
        Part::Fact(key, _, fields) => named(Is::Fact, key, fields.end()),
        Part::OddSection(key, _, node) | Part::OddRecord(_, key, node) => {
            named(Is::Odd, key, node.span().end)
        }
        Part::OddId(node) | Part::OddFact(node) => nameless(Is::Odd, node.span()),
        Part::Unread(unread) => nameless(Is::Unread, unread.span),
    }
}

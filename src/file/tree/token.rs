//! The tokens of a text, one after the other and without a gap.

/// A place: bytes of the text, from and up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    /// From one byte up to another. No text is so long that this would cut: `file/folder.rs` sees to it.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let number = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self { start: number(start), end: number(end) }
    }
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Blank,
    LineComment,
    BlockComment,
    Comma,
    Colon,
    /// A name, or a word as a value.
    Word,
    /// `r#word`.
    RawWord,
    /// A text without escapes.
    Text,
    /// A text with escapes.
    EscapedText,
    /// `r"text"`.
    RawText,
    Number,
    /// `1..2`, and what else has two dots.
    Range,
    /// `'c'`.
    Char,
    /// `b"bytes"`.
    Bytes,
    /// `[`
    List,
    /// `{`
    Map,
    /// `(` before fields.
    Fields,
    /// `(` before values, or before nothing.
    Tuple,
    /// `(` behind `Some`.
    Some,
    Close,
    /// `#![...]`, whole.
    Header,
    /// What could not be read.
    Unread,
}

impl Kind {
    /// Whether it only stands between others.
    pub(super) const fn is_blank(self) -> bool {
        matches!(self, Self::Blank | Self::LineComment | Self::BlockComment)
    }

    /// Whether a bracket opens.
    const fn opens(self) -> bool {
        matches!(self, Self::List | Self::Map | Self::Fields | Self::Tuple | Self::Some)
    }
}

/// Where a token starts; it ends where the next one does.
#[derive(Clone, Copy, Debug)]
struct Token {
    start: u32,
    /// The token that belongs to it, if another does: to an opening bracket the closing one, to a word what it names.
    link: u32,
    kind: Kind,
}

/// The tokens of a text, or of a piece of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    tokens: Vec<Token>,
    end: u32,
}

impl Tokens {
    /// Takes the next token, which ends at a byte.
    pub(super) fn push(&mut self, kind: Kind, start: usize, end: usize) -> u32 {
        let number = self.tokens.len() as u32;
        self.tokens.push(Token { start: start as u32, link: number, kind });
        self.end = end as u32;
        number
    }

    pub(super) fn clear(&mut self) {
        self.tokens.clear();
    }

    pub(crate) fn len(&self) -> u32 {
        self.tokens.len() as u32
    }

    pub(super) fn set_kind(&mut self, token: u32, kind: Kind) {
        if let Some(token) = self.tokens.get_mut(token as usize) {
            token.kind = kind;
        }
    }

    pub(super) fn link(&mut self, from: u32, to: u32) {
        if let Some(token) = self.tokens.get_mut(from as usize) {
            token.link = to;
        }
    }

    pub(super) fn linked(&self, token: u32) -> Option<u32> {
        self.tokens.get(token as usize).map(|own| own.link).filter(|link| *link != token)
    }

    pub(crate) fn kind(&self, token: u32) -> Option<Kind> {
        self.tokens.get(token as usize).map(|token| token.kind)
    }

    pub(super) fn start(&self, token: u32) -> u32 {
        self.tokens.get(token as usize).map_or(self.end, |token| token.start)
    }

    pub(crate) fn span(&self, token: u32) -> Span {
        Span { start: self.start(token), end: self.start(token + 1) }
    }

    /// The first of some tokens that is not blank.
    pub(super) fn full(&self, from: u32) -> u32 {
        let rest = self.tokens.get(from as usize..).unwrap_or_default();
        from + rest.iter().take_while(|token| token.kind.is_blank()).count() as u32
    }

    /// The last token of the value that begins with a token.
    pub(super) fn last(&self, token: u32) -> u32 {
        let mut last = token;
        while let Some(token) = self.tokens.get(last as usize).filter(|token| token.link != last) {
            last = token.link;
            if token.kind.opens() {
                break;
            }
        }
        last
    }

    /// Forgets the tokens from a byte on; one that goes over it is cut.
    pub(super) fn cut(&mut self, at: usize) {
        while self.tokens.last().is_some_and(|token| token.start as usize >= at) {
            self.tokens.pop();
        }
        self.end = at as u32;
    }

    /// Where words and texts begin from a byte on.
    pub(super) fn starts_from(&self, at: usize) -> impl Iterator<Item = usize> {
        let first = self.tokens.partition_point(|token| (token.start as usize) < at);
        let rest = self.tokens.get(first..).unwrap_or_default().iter();
        rest.filter(|token| matches!(token.kind, Kind::Word | Kind::Text)).map(|token| token.start as usize)
    }

    /// The last token that is not blank, and where it begins.
    pub(super) fn last_full(&self) -> Option<(Kind, u32)> {
        let last = self.tokens.iter().rev().find(|token| !token.kind.is_blank());
        last.map(|token| (token.kind, token.start))
    }
}

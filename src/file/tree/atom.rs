//! Values of one token.

use super::number::{self, NoNumber};
use super::parser::Parser;
use super::quoted::{self, NotWhole, Of};
use super::slip::{Slip, What};
use super::token::Kind;

impl Parser<'_> {
    pub(super) fn atom(&mut self, kind: Kind, length: usize) -> Result<bool, Slip> {
        self.take(kind, length);
        Ok(true)
    }

    pub(super) fn text_in_quotes(&mut self) -> Result<bool, Slip> {
        let start = self.at;
        match quoted::length(self.text.get(start + 1..).unwrap_or_default(), Of::Text) {
            Ok((length, escapes)) => {
                self.take(if escapes { Kind::EscapedText } else { Kind::Text }, length + 1);
                self.last_text = (start, self.at);
                Ok(true)
            }
            Err(NotWhole::Open) => self.slip(What::NoQuote),
            Err(NotWhole::Escape) => self.slip(What::Escape),
        }
    }

    /// `r"text"`, `b"bytes"`, `br"bytes"`, `b'c'`.
    pub(super) fn prefixed(&mut self) -> Result<bool, Slip> {
        let rest = self.rest();
        if rest.starts_with("b'") {
            return self.number();
        }
        let (kind, letters) = match rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')) {
            Some(raw) => {
                let kind = if rest.starts_with('r') { Kind::RawText } else { Kind::Bytes };
                return match quoted::raw_length(raw) {
                    Some(Ok(length)) => self.atom(kind, rest.len() - raw.len() + length),
                    Some(Err(_)) => self.slip(What::RawOpen),
                    None => self.slip(What::Value),
                };
            }
            None => (Kind::Bytes, 2),
        };
        match quoted::length(rest.get(letters..).unwrap_or_default(), Of::Bytes) {
            Ok((length, _)) => self.atom(kind, letters + length),
            Err(NotWhole::Open) => self.slip(What::NoQuote),
            Err(NotWhole::Escape) => self.slip(What::Escape),
        }
    }

    pub(super) fn number(&mut self) -> Result<bool, Slip> {
        let text = self.rest();
        let number = |text: &str| {
            number::number(text).map(|(_, length)| length).map_err(|(no, _)| match no {
                NoNumber::Digits => What::Digits,
                NoNumber::None => What::NoNumber,
            })
        };
        let range = |start: usize| -> Result<Option<usize>, What> {
            let rest = text.get(start..).unwrap_or_default();
            if let Some(end) = rest.strip_prefix("..=") {
                return number(end).map(|length| Some(start + 3 + length));
            }
            let Some(end) = rest.strip_prefix("..") else { return Ok(None) };
            let length = if number::starts(end) { number(end)? } else { 0 };
            Ok(Some(start + 2 + length))
        };
        let read = || -> Result<(Kind, usize), What> {
            if let Some(length) = range(0)? {
                return Ok((Kind::Range, length));
            }
            let length = number(text)?;
            Ok(range(length)?.map_or((Kind::Number, length), |length| (Kind::Range, length)))
        };
        match read() {
            Ok((kind, length)) => self.atom(kind, length),
            Err(what) => self.slip(what),
        }
    }
}

//! Lines `#![...]` before a graph. It needs none, and ron takes them.

use unicode_ident::is_xid_continue;

use super::lexer::{blank_length, word};
use super::parser::Parser;
use super::quoted::{self, Of};
use super::slip::{Slip, What};
use super::token::Kind;

/// The extensions of RON. `implicit_some` is on in any file, and none of the others changes what a graph says.
const EXTENSIONS: [&str; 4] =
    ["unwrap_newtypes", "implicit_some", "unwrap_variant_newtypes", "explicit_struct_names"];

impl Parser<'_> {
    /// Takes the lines before a graph; tells whether it has to be named.
    pub(super) fn headers(&mut self) -> Result<bool, Slip> {
        self.blank()?;
        let mut is_named = false;
        while self.byte(self.at) == b'#' {
            let mut header = Header { text: self.rest(), at: 0 };
            let enabled = header.read().map_err(|()| self.slip_at(What::Header, self.at + header.at))?;
            is_named |= enabled.contains(&"explicit_struct_names");
            self.take(Kind::Header, header.at);
            self.blank()?;
        }
        Ok(is_named)
    }
}

struct Header<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Header<'t> {
    /// The extensions that it turns on.
    fn read(&mut self) -> Result<Vec<&'t str>, ()> {
        for sign in ["#", "!", "["] {
            self.sign(sign)?;
        }
        let enabled = match self.word()? {
            "enable" => {
                self.sign("(")?;
                let list = self.extensions()?;
                self.blank()?;
                self.sign(")")?;
                list
            }
            "type" | "schema" => {
                self.sign("=")?;
                self.string()?;
                self.blank()?;
                Vec::new()
            }
            _ => return Err(()),
        };
        if self.rest().starts_with(']') {
            self.at += 1;
            return Ok(enabled);
        }
        Err(())
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn blank(&mut self) -> Result<(), ()> {
        self.at += blank_length(self.rest()).map_err(|_| ())?;
        Ok(())
    }

    fn sign(&mut self, sign: &str) -> Result<(), ()> {
        if !self.rest().starts_with(sign) {
            return Err(());
        }
        self.at += sign.len();
        self.blank()
    }

    fn word(&mut self) -> Result<&'t str, ()> {
        let rest = self.rest();
        let (kind, length) = word(rest).ok_or(())?;
        let behind = rest.get(length..).unwrap_or_default();
        let word = rest.get(..length).filter(|_| !behind.starts_with(['.', '+', '-'])).ok_or(())?;
        if kind == Kind::RawWord && !EXTENSIONS.contains(&word.trim_start_matches("r#")) {
            return Err(());
        }
        self.at += length;
        self.blank()?;
        Ok(word.strip_prefix("r#").unwrap_or(word))
    }

    fn string(&mut self) -> Result<(), ()> {
        let rest = self.rest();
        let length = match rest.strip_prefix('r') {
            Some(raw) => quoted::raw_length(raw).and_then(Result::ok).map(|length| length + 1),
            None => rest
                .strip_prefix('"')
                .and_then(|words| quoted::length(words, Of::Text).ok())
                .map(|(n, _)| n + 1),
        };
        self.at += length.ok_or(())?;
        Ok(())
    }

    fn extensions(&mut self) -> Result<Vec<&'t str>, ()> {
        let mut list = Vec::new();
        loop {
            let start = self.at;
            let name = self.word()?;
            if !EXTENSIONS.contains(&name) {
                self.at = start;
                return Err(());
            }
            list.push(name);
            let comma = self.rest().starts_with(',');
            if comma {
                self.sign(",")?;
            }
            match (comma, self.rest().starts_with(is_xid_continue)) {
                (true, true) => {}
                (false, true) => return Err(()),
                _ => return Ok(list),
            }
        }
    }
}

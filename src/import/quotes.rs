//! Watches the quotes of a table on its way to the csv crate, which reads any.

use std::io::{self, Read};

use memchr::memchr;

/// Passes bytes on, and remembers where their quotes are not as they should be.
///
/// The rules are those of RFC 4180: a quote that begins a cell opens it, two within it stand for one, and behind the
/// one that closes it the cell ends. Quotes within a cell that none opens are text.
pub(super) struct Quotes<R> {
    inner: R,
    state: State,
    /// The byte before the next.
    last: Option<u8>,
    /// How many bytes were passed on, and whether there are no more.
    bytes: u64,
    ended: bool,
    /// Where text follows a closing quote.
    odd: Vec<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Inside,
    /// Behind a quote that closes a cell, or is the first of two.
    Behind,
}

impl<R: Read> Quotes<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, state: State::Outside, last: None, bytes: 0, ended: false, odd: Vec::new() }
    }

    /// Whether text follows a closing quote before a byte, and after the one asked for last.
    pub(super) fn is_odd(&mut self, before: u64) -> bool {
        let count = self.odd.partition_point(|at| *at < before);
        self.odd.drain(..count);
        count > 0
    }

    /// Whether the table has ended within a cell, whose quote is never closed.
    pub(super) fn is_open(&self) -> bool {
        self.ended && self.state == State::Inside
    }

    fn watch(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match self.state {
                State::Behind => {
                    let next = rest.first().copied();
                    self.state = if next == Some(b'"') { State::Inside } else { State::Outside };
                    if !matches!(next, Some(b'"' | b',' | b'\r' | b'\n')) {
                        self.odd.push(self.bytes + at as u64);
                    }
                    at += 1;
                }
                State::Inside | State::Outside => {
                    let Some(found) = memchr(b'"', rest) else { break };
                    let quote = at + found;
                    if self.state == State::Inside {
                        self.state = State::Behind;
                    } else if self.begins_cell(bytes, quote) {
                        self.state = State::Inside;
                    }
                    at = quote + 1;
                }
            }
        }
        self.bytes += bytes.len() as u64;
        self.last = bytes.last().copied().or(self.last);
    }

    /// Whether a byte is the first of a cell.
    fn begins_cell(&self, bytes: &[u8], at: usize) -> bool {
        let before = match at.checked_sub(1) {
            Some(before) => bytes.get(before).copied(),
            None => self.last,
        };
        match before {
            None | Some(b',' | b'\r' | b'\n') => true,
            // Behind a byte order mark the first cell begins.
            Some(b'\xbf') => self.bytes == 0 && at == 3 && bytes.starts_with(b"\xef\xbb\xbf"),
            Some(_) => false,
        }
    }
}

impl<R: Read> Read for Quotes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.ended |= read == 0 && !buffer.is_empty();
        self.watch(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where text follows a closing quote, and whether a cell is left open, however the bytes come.
    fn watched(text: &str) -> (Vec<u64>, bool) {
        let answers: Vec<_> = (1..=text.len().max(1))
            .map(|size| {
                let mut quotes = Quotes::new(io::empty());
                text.as_bytes().chunks(size).for_each(|chunk| quotes.watch(chunk));
                quotes.ended = true;
                (quotes.odd.clone(), quotes.is_open())
            })
            .collect();
        // A byte order mark that comes in parts is not known as one: files are read by far more.
        let whole = answers.last().cloned().unwrap();
        assert!(text.starts_with('\u{feff}') || answers.iter().all(|answer| *answer == whole), "{text}");
        whole
    }

    #[test]
    fn quotes_as_they_should_be() {
        for text in [
            "",
            "a,b\n",
            "\"a\",\"b\"\n",
            "\"a\"\r\n\"b\"",
            "\"a\"\"b\",c",
            "5\" pipe,b\"c\"",
            "\"\",\"\"",
            "\u{feff}\"a\",b",
        ] {
            assert_eq!(watched(text), (vec![], false), "{text}");
        }
    }

    #[test]
    fn text_behind_a_closing_quote() {
        assert_eq!(watched("\"a\"b,c\n\"d\" ,e"), (vec![3, 10], false));
    }

    #[test]
    fn a_quote_that_is_never_closed() {
        assert_eq!(watched("a,\"b\nc,d\n"), (vec![], true));
        assert_eq!(watched("a,\"b\"\"\n"), (vec![], true));
    }
}

//! Tracks the quotes of a table, to find where rows end and where quotes are misplaced.

use memchr::{memchr, memrchr2};

use crate::model::Separator;

/// The state of quotes in some bytes that begin at the start of a row.
///
/// The rules are those of RFC 4180: a quote at the start of a cell opens it, two within it stand for one, and the cell
/// ends after the closing one. Other quotes are plain text. The csv crate accepts any.
#[derive(Default)]
pub(super) struct Quotes {
    state: State,
    /// How many bytes have been examined.
    seen: usize,
    /// The end of the last line end outside a cell; zero if there is none.
    pub(super) end: usize,
    /// Whether there are any quotes.
    pub(super) any: bool,
    /// Where text follows a closing quote.
    pub(super) odd: Vec<usize>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Outside,
    Inside,
    /// After a quote that closes a cell or is the first of two.
    Behind,
}

impl Quotes {
    /// Starts over with other bytes.
    pub(super) fn restart(&mut self) {
        let mut odd = std::mem::take(&mut self.odd);
        odd.clear();
        *self = Self { odd, ..Self::default() };
    }

    /// Forgets the bytes after the last row, so that what is left ends with a row.
    pub(super) fn forget_rest(&mut self) {
        self.state = State::Outside;
    }

    /// Whether the bytes end within an open quoted cell.
    pub(super) fn is_open(&self) -> bool {
        self.state == State::Inside
    }

    /// Examines the bytes added since the last call. `is_first` if they begin a table.
    pub(super) fn watch(&mut self, bytes: &[u8], separator: Separator, is_first: bool) {
        let separator = separator.byte();
        let mut at = self.seen;
        self.seen = bytes.len();
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match self.state {
                State::Behind => {
                    let next = rest.first().copied();
                    self.state = if next == Some(b'"') { State::Inside } else { State::Outside };
                    match next {
                        Some(b'\r' | b'\n') => self.end = at + 1,
                        Some(b'"') => {}
                        Some(byte) if byte == separator => {}
                        _ => self.odd.push(at),
                    }
                    at += 1;
                }
                State::Inside => {
                    let Some(found) = memchr(b'"', rest) else { break };
                    self.state = State::Behind;
                    at += found + 1;
                }
                State::Outside => {
                    let found = memchr(b'"', rest);
                    let plain = found.and_then(|found| rest.get(..found)).unwrap_or(rest);
                    if let Some(end) = memrchr2(b'\r', b'\n', plain) {
                        self.end = at + end + 1;
                    }
                    let Some(found) = found else { break };
                    self.any = true;
                    at += found;
                    if begins_cell(bytes, at, separator, is_first) {
                        self.state = State::Inside;
                    }
                    at += 1;
                }
            }
        }
    }
}

/// Whether a byte is the first of a cell.
fn begins_cell(bytes: &[u8], at: usize, separator: u8, is_first: bool) -> bool {
    match at.checked_sub(1).and_then(|before| bytes.get(before)) {
        None | Some(b'\r' | b'\n') => true,
        Some(byte) if *byte == separator => true,
        // The first cell begins after a byte order mark.
        Some(b'\xbf') => is_first && at == 3 && bytes.starts_with(b"\xef\xbb\xbf"),
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where text follows a closing quote, whether a cell is left open, and where the last row ends. Must not depend on
    /// how the bytes arrive.
    fn watched(text: &str) -> (Vec<usize>, bool, usize) {
        let bytes = text.as_bytes();
        let answers: Vec<_> = (1..=bytes.len().max(1))
            .map(|size| {
                let mut quotes = Quotes::default();
                (0..=bytes.len())
                    .step_by(size)
                    .for_each(|end| quotes.watch(&bytes[..end], Separator::Comma, true));
                quotes.watch(bytes, Separator::Comma, true);
                let is_open = quotes.is_open();
                (quotes.odd, is_open, quotes.end)
            })
            .collect();
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
        answers.into_iter().next().unwrap()
    }

    #[test]
    fn quotes_as_they_should_be() {
        for (text, end) in [
            ("", 0),
            ("a,b\n", 4),
            ("\"a\",\"b\"\n", 8),
            ("\"a\"\r\n\"b\"", 5),
            ("\"a\n\nb\"\n\"\n", 7),
            ("\"a\"\"b\",c", 0),
            ("5\" pipe,b\"c\"", 0),
            ("\"\",\"\"", 0),
            ("\u{feff}\"a\",b", 0),
        ] {
            let (odd, is_open, found) = watched(text);
            assert_eq!((odd, is_open, found), (vec![], text.ends_with("\"\n") && end == 7, end), "{text}");
        }
    }

    #[test]
    fn text_behind_a_closing_quote() {
        assert_eq!(watched("\"a\"b,c\n\"d\" ,e"), (vec![3, 10], false, 7));
    }

    #[test]
    fn a_quote_that_is_never_closed() {
        assert_eq!(watched("a,\"b\nc,d\n"), (vec![], true, 0));
        assert_eq!(watched("a,\"b\"\"\n"), (vec![], true, 0));
    }
}

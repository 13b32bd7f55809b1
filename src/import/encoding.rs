//! Guesses the encoding of a table that is not UTF-8.

use crate::diagnostic::shown;

/// What the rows of a table say about its encoding.
#[derive(Default)]
pub(super) struct Encoding {
    /// How many rows are not UTF-8.
    rows: u64,
    /// Whether other rows are, and have non-ASCII letters.
    are_others: bool,
    /// How many letters are single or in pairs, and how many in longer runs.
    lone: u64,
    crowded: u64,
    /// Whether there are bytes without a meaning in Windows-1252.
    has_strange: bool,
    /// A word, decoded as Windows-1252.
    word: String,
}

/// The meaning of the bytes 0x80 to 0x9f in Windows-1252. Higher bytes equal their code points.
const WINDOWS: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

impl Encoding {
    /// What the first row says.
    pub(super) fn of_header<'c>(cells: impl Iterator<Item = &'c [u8]>) -> Self {
        let mut own = Self::default();
        own.watch_row(cells);
        own
    }

    /// Examines the cells of a row. Returns whether they are UTF-8.
    pub(super) fn watch_row<'c>(&mut self, cells: impl Iterator<Item = &'c [u8]>) -> bool {
        let (mut is_utf8, mut is_ascii) = (true, true);
        for cell in cells.filter(|cell| !cell.is_ascii()) {
            is_ascii = false;
            if std::str::from_utf8(cell).is_err() {
                is_utf8 = false;
                self.watch_cell(cell);
            }
        }
        self.rows += u64::from(!is_utf8);
        self.are_others |= is_utf8 && !is_ascii;
        is_utf8
    }

    /// Records that rows have non-ASCII letters and are all UTF-8.
    pub(super) fn see_others(&mut self) {
        self.are_others = true;
    }

    fn watch_cell(&mut self, cell: &[u8]) {
        for run in cell.split(u8::is_ascii).filter(|run| !run.is_empty()) {
            *if run.len() < 3 { &mut self.lone } else { &mut self.crowded } += 1;
            self.has_strange |= run.iter().any(|byte| letter(*byte) == '\0');
        }
        if self.word.is_empty() {
            let word = cell.split(u8::is_ascii_whitespace).find(|word| !word.is_ascii());
            self.word.extend(word.unwrap_or_default().iter().map(|byte| letter(*byte)));
        }
    }

    /// What to do about the rows that are not UTF-8, if any.
    pub(super) fn hint(&self, file: &str) -> Option<String> {
        let (rows, are, these) = match self.rows {
            0 => return None,
            1 => ("1 row".to_owned(), "is", "this row"),
            many => (format!("{many} rows"), "are", "these rows"),
        };
        let what = format!("{rows} of `{}` {are}", shown(file));
        Some(self.explain(&what, self.rows == 1, these))
    }

    /// What to do about a first row that is not UTF-8.
    pub(super) fn header_hint(&self) -> Option<String> {
        (self.rows > 0).then(|| self.explain("its first row is", true, "this row"))
    }

    fn explain(&self, what: &str, is_one: bool, these: &str) -> String {
        let (seem, do_not) = if is_one { ("seems", "does not") } else { ("seem", "do not") };
        // Letters of other scripts, and bytes of multi-byte letters, come in runs.
        if self.has_strange || self.crowded * 4 > self.lone {
            return format!(
                "{what} not UTF-8, and {do_not} seem to be Windows-1252: find out which encoding the table has, and \
                 convert it with `iconv -f ENCODING -t UTF-8`"
            );
        }
        let word = shown(&self.word);
        let way = match self.are_others {
            true => format!(", while others are UTF-8: mend {these} alone"),
            false => format!(": {}", converted_from("WINDOWS-1252")),
        };
        format!("{what} not UTF-8, but {seem} to be Windows-1252, as `{word}` would be{way}")
    }
}

fn letter(byte: u8) -> char {
    let windows = byte.checked_sub(0x80).and_then(|place| WINDOWS.get(usize::from(place)));
    windows.copied().unwrap_or(char::from(byte))
}

/// How to convert a table to UTF-8.
fn converted_from(encoding: &str) -> String {
    format!("convert the table, as with `iconv -f {encoding} -t UTF-8`")
}

/// Recognizes by its first bytes a table in UTF-16 or UTF-32, and says how to convert it.
pub(super) fn of_wide(bytes: &[u8]) -> Option<(&'static str, String)> {
    let encoding = match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "UTF-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        // Assumes column names that begin with an ASCII letter, as most do.
        [1..=255, 0, 1..=255, 0, ..] => "UTF-16LE",
        [0, 1..=255, 0, 1..=255, ..] => "UTF-16BE",
        _ => return None,
    };
    Some((encoding.get(..6).unwrap_or(encoding), converted_from(encoding)))
}

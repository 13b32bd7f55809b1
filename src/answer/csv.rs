//! Tables as CSV.

use super::escape;
use super::table::{Cell, Table};

impl Table<'_> {
    /// A header and a line for each row (RFC 4180).
    #[must_use]
    pub fn csv(&self) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        if !self.columns().is_empty() {
            // Rows of one length go into memory without errors.
            let _ = writer.write_record(self.columns().iter().map(|name| safe(name)));
        }
        for row in self.rows() {
            let _ = writer.write_record(row.iter().map(cell));
        }
        writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// A cell; numbers, days and flags are what they are.
fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(_) | Cell::Sentence(_) => safe(&cell.to_string()),
        _ => cell.to_string(),
    }
}

/// Keeps spreadsheets from running a cell as a formula (OWASP, "CSV injection"), and terminals from acting on its
/// contents. Line breaks and tabs are data.
fn safe(cell: &str) -> String {
    let cell = escape::cell(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\n', '\r', '＝', '＋', '－', '＠', '|']) {
        format!("'{cell}")
    } else {
        cell.into_owned()
    }
}

//! Answers as Markdown, with the tables and footnotes of GitHub's dialect.

use super::footnotes::{Mark, published};
use super::sentence::{Piece, Sentence};
use super::table::{Cell, Grid, RowsBy, Table};
use super::{Answer, Content, escape};
use crate::graph::Source;

/// A heading, the rows as a table, what is said of them, and the cited sources as footnotes.
pub(super) fn render<'g, C: Content<'g>>(answer: &Answer<'g, C>) -> String {
    let table = answer.table(RowsBy::Results);
    let mut text = format!("# {}\n", escaped(answer.content.command()));
    let asked = answer.asked.words();
    if !asked.is_empty() {
        text.push_str(&format!("\n{}\n", escaped(&asked)));
    }
    for lead in table.leads() {
        text.push_str(&format!("\n{}\n", escaped(lead)));
    }
    let grid = table.read();
    if !grid.rows.is_empty() {
        text.push('\n');
        write_grid(grid, &mut text);
    }
    for remark in table.remarks().iter().chain(answer.notes()) {
        text.push_str(&format!("\n{}\n", escaped(remark)));
    }
    if let Some(by) = answer.stopped_by() {
        text.push_str(&format!("\nThe answer is incomplete: the limit on {} was reached.\n", by.name()));
    }
    if !table.sources().is_empty() {
        text.push('\n');
    }
    for (number, source) in (1..).zip(table.sources()) {
        text.push_str(&format!("[^{number}]: {}\n", of_source(*source)));
    }
    text
}

fn write_grid(grid: &Grid, text: &mut String) {
    let is_number = |n: usize| {
        let mut cells = grid.rows.iter().filter_map(|row| row.get(n));
        cells.all(|cell| matches!(cell, Cell::Number(_) | Cell::Share(_) | Cell::Empty))
    };
    let heads = grid.columns.iter().map(|name| escaped(name));
    let rules = (0..grid.columns.len()).map(|n| if is_number(n) { "---:" } else { "---" }.to_owned());
    write_row(heads, text);
    write_row(rules, text);
    for row in &grid.rows {
        write_row(row.iter().map(cell), text);
    }
}

fn write_row(cells: impl Iterator<Item = String>, text: &mut String) {
    text.push('|');
    for cell in cells {
        text.push_str(&format!(" {cell} |"));
    }
    text.push('\n');
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Sentence(sentence) => of_sentence(sentence),
        other => escaped(&other.to_string()),
    }
}

/// Names are bold; marks lead to the footnotes.
fn of_sentence(sentence: &Sentence) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) | Piece::Note(text) => escaped(text),
        Piece::Name(name) if name.trim() == name && !name.is_empty() => format!("**{}**", escaped(name)),
        Piece::Name(name) => escaped(name),
        Piece::Marks(marks) => format!(" {}", marks.iter().map(mark).collect::<String>()),
    };
    sentence.pieces().iter().map(piece).collect::<String>().trim().to_owned()
}

fn mark(mark: &Mark) -> String {
    let against = if mark.against { " (against)" } else { "" };
    format!("[^{}]{against}", mark.number)
}

fn of_source(source: Source<'_>) -> String {
    let said = escaped(&format!("{}{}", source.title(), published(source)));
    match &source.record().url {
        Some(url) if is_linked(url) => format!("{said} <{url}>"),
        Some(url) => format!("{said} {}", escaped(url)),
        None => said,
    }
}

/// Whether a URL can stand in angle brackets as it is.
pub(super) fn is_linked(url: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\' | '|' | '`');
    (url.starts_with("https://") || url.starts_with("http://")) && url.chars().all(is_plain)
}

/// Text on one line that means nothing but itself: marks of Markdown get a backslash, those of HTML are written as entities.
fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let mut safe = String::with_capacity(text.len());
    for (n, line) in text.split(['\n', '\r']).enumerate() {
        if n > 0 {
            safe.push_str("<br>");
        }
        for c in escape::line(line).chars() {
            match c {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '!' | '$' => {
                    safe.push('\\');
                    safe.push(c);
                }
                c => safe.push(c),
            }
        }
    }
    safe
}

impl Table<'_> {
    /// What readers see: the columns for them, or all if there are none.
    pub(super) const fn read(&self) -> &Grid {
        if self.reading.columns.is_empty() { &self.data } else { &self.reading }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_means_only_itself() {
        for (text, expected) in [
            ("Müller & Söhne", "Müller &amp; Söhne"),
            ("a | b\n| - |\r\nc", "a \\| b<br>\\| - \\|<br>c"),
            (
                "<b> `x` *y* _z_ [w](u) ![i] # ~s~ $m$ \\",
                "&lt;b&gt; \\`x\\` \\*y\\* \\_z\\_ \\[w\\](u) \\!\\[i\\] \\# \\~s\\~ \\$m\\$ \\\\",
            ),
            ("\u{1b}[2J", "\\\\u{1b}\\[2J"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn only_plain_urls_are_links() {
        for (url, expected) in [
            ("https://a.example/b?c=d&e", true),
            ("http://a.example", true),
            ("javascript:alert(1)", false),
            ("https://a.example/<b>", false),
            ("https://a.example/ b", false),
            ("https://ä.example", false),
        ] {
            assert_eq!(is_linked(url), expected, "{url}");
        }
    }
}

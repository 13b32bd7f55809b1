//! HTML-like labels for DOT: tables of already escaped text.

use std::fmt::Write;

use super::color::Color;
use super::label::{markup, wrapped};

/// The style of a piece of text.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) size: &'static str,
    pub(crate) color: Color,
    pub(crate) bold: bool,
}

impl Text {
    pub(crate) const fn new(size: &'static str, color: Color) -> Self {
        Self { size, color, bold: false }
    }

    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The text as a `FONT` element; empty if there is no text, since `dot` rejects an empty element.
    pub(crate) fn font(&self, text: &str) -> String {
        let text = markup(text);
        if text.is_empty() {
            return text;
        }
        let (open, close) = if self.bold { ("<B>", "</B>") } else { ("", "") };
        format!(r#"<FONT POINT-SIZE="{}" COLOR="{}">{open}{text}{close}</FONT>"#, self.size, self.color)
    }
}

/// Alignment of the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
}

/// Rows with one cell each.
#[derive(Debug)]
pub(crate) struct Rows {
    align: Align,
    rows: Vec<String>,
}

impl Rows {
    pub(crate) const fn new(align: Align) -> Self {
        Self { align, rows: Vec::new() }
    }

    /// Adds text, wrapped, one row per line.
    pub(crate) fn text(&mut self, text: &str, width: usize, style: &Text) {
        self.rows.extend(wrapped(text, width).iter().map(|line| style.font(line)));
    }

    /// Appends text to the last row, or adds a row if there is none.
    pub(crate) fn append(&mut self, text: &str, style: &Text) {
        if text.is_empty() {
            return;
        }
        let font = style.font(text);
        match self.rows.last_mut() {
            Some(row) => {
                row.push_str("&#160;");
                row.push_str(&font);
            }
            None => self.rows.push(font),
        }
    }

    /// Adds a row that is already markup.
    pub(crate) fn markup(&mut self, row: String) {
        self.rows.push(row);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, with additional attributes.
    pub(crate) fn table(&self, attributes: &str) -> String {
        let align = if self.align == Align::Left { r#" ALIGN="LEFT""# } else { "" };
        let mut table = format!(r#"<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0"{attributes}>"#);
        for row in &self.rows {
            // Writing to a string cannot fail.
            let _ = write!(table, "<TR><TD{align}>{row}</TD></TR>");
        }
        table.push_str("</TABLE>");
        table
    }
}

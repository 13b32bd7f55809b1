//! The HTML-like labels of DOT: tables whose texts come in escaped.

use std::fmt::Write;

use super::label::{markup, wrapped};

/// A piece of text and how it looks.
#[derive(Clone, Debug)]
pub(crate) struct Text<'s> {
    pub(crate) size: &'static str,
    pub(crate) color: &'s str,
    pub(crate) bold: bool,
}

impl<'s> Text<'s> {
    pub(crate) const fn new(size: &'static str, color: &'s str) -> Self {
        Self { size, color, bold: false }
    }

    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// The text as a `FONT` element; nothing if there is nothing to show, since `dot` rejects an empty one.
    pub(crate) fn font(&self, text: &str) -> String {
        let text = markup(text);
        if text.is_empty() {
            return text;
        }
        let (open, close) = if self.bold { ("<B>", "</B>") } else { ("", "") };
        format!(r#"<FONT POINT-SIZE="{}" COLOR="{}">{open}{text}{close}</FONT>"#, self.size, self.color)
    }
}

/// Where the lines of a table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Center,
}

/// Rows of one cell each.
#[derive(Debug)]
pub(crate) struct Rows {
    align: Align,
    rows: Vec<String>,
}

impl Rows {
    pub(crate) const fn new(align: Align) -> Self {
        Self { align, rows: Vec::new() }
    }

    /// The text, a row for each line it takes.
    pub(crate) fn text(&mut self, text: &str, width: usize, look: &Text<'_>) {
        self.rows.extend(wrapped(text, width).iter().map(|line| look.font(line)));
    }

    /// More text at the end of the last row, or as a row if there is none.
    pub(crate) fn append(&mut self, text: &str, look: &Text<'_>) {
        if text.is_empty() {
            return;
        }
        let font = look.font(text);
        match self.rows.last_mut() {
            Some(row) => {
                row.push_str("&#160;");
                row.push_str(&font);
            }
            None => self.rows.push(font),
        }
    }

    /// A row that is markup already.
    pub(crate) fn markup(&mut self, row: String) {
        self.rows.push(row);
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table, with more attributes of its own.
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

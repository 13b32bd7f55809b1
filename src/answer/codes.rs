//! What codes of problems mean.

use super::{Answer, Asked, Column, Content, Page, TableBuilder};
use crate::diagnostic::{CODES, CodeRow};

const COLUMNS: &[Column] =
    &[Column::One("code"), Column::One("meaning"), Column::One("example"), Column::One("mend")];

/// The question what a code of a problem means, or what all mean.
///
/// ```
/// use keiretsu::Code;
/// use keiretsu::answer::{CodesQuestion, TextOptions};
///
/// let row = Code::from_text("E0301").unwrap();
/// let answer = CodesQuestion::of(row).answer();
/// assert_eq!(answer.rows()[0].text, "E0301");
/// assert!(answer.text(&TextOptions::default()).starts_with(&format!("E0301: {}\n", row.meaning)));
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is answered"]
pub struct CodesQuestion {
    one: Option<&'static CodeRow>,
}

/// Codes, and what they mean.
#[derive(Clone, Debug)]
pub struct CodeRows {
    rows: Vec<&'static CodeRow>,
    /// Whether the text has the meanings only.
    is_list: bool,
}

impl CodesQuestion {
    /// All codes: the text has a line for each.
    pub const fn all() -> Self {
        Self { one: None }
    }

    /// One code: the text has an example, and how to fix it.
    pub const fn of(row: &'static CodeRow) -> Self {
        Self { one: Some(row) }
    }

    /// The codes in their order.
    #[must_use]
    pub fn answer(&self) -> Answer<'static, CodeRows> {
        let rows = self.one.map_or_else(|| CODES.iter().collect(), |row| vec![row]);
        Answer::new(Asked::default(), CodeRows { rows, is_list: self.one.is_none() })
    }
}

impl<'g> Content<'g> for CodeRows {
    type Row = &'static CodeRow;

    fn command(&self) -> &'static str {
        "explain"
    }

    fn table(&self, table: &mut TableBuilder<'g>) {
        table.columns(COLUMNS);
        for row in &self.rows {
            table.row();
            table.text("code", Some(row.text));
            table.text("meaning", Some(row.meaning));
            table.text("example", Some(row.example));
            table.text("mend", Some(row.mend));
        }
    }

    fn rows(&self) -> &[&'static CodeRow] {
        &self.rows
    }

    fn truncate(&mut self, rows: usize) {
        self.rows.truncate(rows);
    }

    fn write(&self, page: &mut Page<'g>) {
        for row in &self.rows {
            if self.is_list {
                page.line(&format!("{}  {}", row.text, row.meaning));
            } else {
                page.line(&format!("{}: {}", row.text, row.meaning));
                page.gap();
                page.line(&format!("  draws it: {}", row.example));
                page.line(&format!("  mend:     {}", row.mend));
            }
        }
    }
}

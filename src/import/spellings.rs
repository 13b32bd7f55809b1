//! Spellings of ids in tables that differ from the ids made from them.

use std::collections::{HashMap, HashSet};

/// Ids derived from other texts. Only these texts refer to them, so that one company's facts cannot become another's.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// The source text of each such id.
    written: HashMap<String, String>,
    /// Ids derived from the texts of several rows, of which one row was used.
    contested: HashSet<String>,
    /// The tables so far; and the lower-case ids of rejected rows, each with its table.
    tables: Vec<String>,
    rejected: HashMap<String, usize>,
}

impl Spellings {
    /// Notes an entity whose id differs from the text of its row.
    pub(super) fn add(&mut self, id: &str, text: &str) {
        self.written.insert(id.to_owned(), text.to_owned());
    }

    /// Begins the next table.
    pub(super) fn begin_table(&mut self, file: &str) {
        self.tables.push(file.to_owned());
    }

    /// Notes a rejected row of this table, with its id.
    pub(super) fn reject(&mut self, text: &str) {
        self.rejected.insert(text.to_ascii_lowercase(), self.tables.len().saturating_sub(1));
    }

    /// Reports an unknown id. Names the table if a rejected row has that id.
    pub(super) fn unknown(&self, text: &str) -> String {
        let shown = crate::diagnostic::shown;
        match self.rejected.get(&text.to_ascii_lowercase()).and_then(|table| self.tables.get(*table)) {
            Some(file) => {
                format!("no entity has the id `{}`: its row in `{}` is rejected", shown(text), shown(file))
            }
            None => format!("no entity has the id `{}`", shown(text)),
        }
    }

    /// Why a row is rejected whose id is taken.
    pub(super) fn taken(&mut self, id: &str, text: &str) -> String {
        let written = self.written.get(id).map_or(id, String::as_str);
        let shown = crate::diagnostic::shown;
        if written.eq_ignore_ascii_case(text) {
            return format!("the id `{}` is taken by a row before", shown(id));
        }
        self.contested.insert(id.to_owned());
        format!(
            "the id `{}` becomes `{}`, as that of a row before, `{}`: give one of them another",
            shown(text),
            shown(id),
            shown(written)
        )
    }

    /// Whether there are ids whose texts are ambiguous.
    pub(super) fn has_contested(&self) -> bool {
        !self.contested.is_empty()
    }

    /// Whether a text refers to the entity with an id derived from it.
    pub(super) fn names(&self, text: &str, id: &str) -> bool {
        match self.written.get(id) {
            Some(written) => written.eq_ignore_ascii_case(text) || text == id && !self.contested.contains(id),
            None => text.eq_ignore_ascii_case(id),
        }
    }
}

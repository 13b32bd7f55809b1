//! How ids are written in the tables, where that is not what they became.

use std::collections::{HashMap, HashSet};

/// Ids that were made of other texts: only these texts name them, lest one company's facts become another's.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    /// Of each such id, the text it was made of.
    written: HashMap<String, String>,
    /// Ids that texts of several rows became, of which one row was used.
    contested: HashSet<String>,
    /// The tables so far; and the ids of rows that were not used, in small letters, each with its table.
    tables: Vec<String>,
    rejected: HashMap<String, usize>,
}

impl Spellings {
    /// An entity was added whose id is not what its row says.
    pub(super) fn add(&mut self, id: &str, text: &str) {
        self.written.insert(id.to_owned(), text.to_owned());
    }

    /// What follows is of another table.
    pub(super) fn begin_table(&mut self, file: &str) {
        self.tables.push(file.to_owned());
    }

    /// A row of this table was not used that has this id.
    pub(super) fn reject(&mut self, text: &str) {
        self.rejected.insert(text.to_ascii_lowercase(), self.tables.len().saturating_sub(1));
    }

    /// That no entity has an id; and if a row has it that was not used, of which table.
    pub(super) fn unknown(&self, text: &str) -> String {
        let shown = crate::diagnostic::shown;
        match self.rejected.get(&text.to_ascii_lowercase()).and_then(|table| self.tables.get(*table)) {
            Some(file) => {
                format!("no entity has the id `{}`: its row in `{}` is rejected", shown(text), shown(file))
            }
            None => format!("no entity has the id `{}`", shown(text)),
        }
    }

    /// Why a row is not used whose id is taken.
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

    /// Whether some texts that are ids may not mean what has that id.
    pub(super) fn has_contested(&self) -> bool {
        !self.contested.is_empty()
    }

    /// Whether a text names the entity of an id that is made of it.
    pub(super) fn names(&self, text: &str, id: &str) -> bool {
        match self.written.get(id) {
            Some(written) => written.eq_ignore_ascii_case(text) || text == id && !self.contested.contains(id),
            None => text.eq_ignore_ascii_case(id),
        }
    }
}

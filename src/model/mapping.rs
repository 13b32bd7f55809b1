//! Mappings: what the columns of tables mean, so that rows become entities and facts.

use super::closed::closed_list;
use super::fact_field::FactField;
use super::kinds::{Attribute, EntityKind, FactKind, Role};

/// A set of tables, and the meaning of their columns.
///
/// [`Mapping::from_ron`] reads the format described in docs/import.md.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mapping {
    /// A title for the graph.
    pub title: Option<String>,
    /// The tables whose rows are entities, read first.
    pub entities: Vec<EntityTable>,
    /// The tables whose rows are facts.
    pub facts: Vec<FactTable>,
}

closed_list! {
    /// The separator between the cells of a table.
    #[derive(Default)]
    Separator {
        /// A comma.
        #[default]
        Comma = ",",
        /// A semicolon, as used with decimal commas.
        Semicolon = ";",
        /// A tab.
        Tab = "\t",
        /// A vertical bar.
        Pipe = "|",
    }
}

#[cfg(feature = "import")]
impl Separator {
    /// Its name.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "vertical bar",
        }
    }

    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

closed_list! {
    /// The unit of shares in a table, for cells without a percent sign.
    #[derive(Default)]
    ShareUnit {
        /// Percent: `60` is 60%.
        #[default]
        Percent = "percent",
        /// A fraction of 1: `0.6` is 60%.
        Fraction = "fraction",
    }
}

closed_list! {
    /// The decimal separator of numbers in a table.
    #[derive(Default)]
    DecimalMark {
        /// A point: `60.84`.
        #[default]
        Point = ".",
        /// A comma: `60,84`. Points may separate groups of three digits: `1.500,50`.
        Comma = ",",
    }
}

/// A table whose rows are entities. Columns are identified by their names in the first row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntityTable {
    /// The file, relative to the folder of the mapping.
    pub file: String,
    /// The separator between its cells.
    pub separator: Separator,
    /// The column of ids. Text that is not an id is converted: `FIH Mobile` becomes `fih-mobile`.
    pub id: String,
    /// The column of names; an empty cell means that the id is the name.
    pub name: Option<String>,
    /// The kind of all rows, unless a column states it.
    pub always: Option<EntityKind>,
    /// The column of kinds.
    pub kind: Option<String>,
    /// The kind for each text in that column; if empty, the names of the kinds are expected.
    pub kinds: Vec<(String, EntityKind)>,
    /// The column of countries, as two-letter codes.
    pub country: Option<String>,
    /// The keys of open properties, each with its column.
    pub properties: Vec<(String, String)>,
}

/// A table whose rows are facts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactTable {
    /// The file, relative to the folder of the mapping.
    pub file: String,
    /// The separator between its cells.
    pub separator: Separator,
    /// The shape of all rows, unless a column states it.
    pub always: Option<FactShape>,
    /// The column of kinds.
    pub kind: Option<String>,
    /// The shape for each text in that column.
    pub kinds: Vec<(String, FactShape)>,
    /// The column of ids; without it, ids are derived.
    pub id: Option<String>,
    /// The column of `since`.
    pub since: Option<String>,
    /// The column of `until`.
    pub until: Option<String>,
    /// The column of `announced`.
    pub announced: Option<String>,
    /// The column of `completed`.
    pub completed: Option<String>,
    /// The column of shares, as numbers in the unit of the table or with a percent sign.
    pub share: Option<String>,
    /// The unit of shares without a percent sign.
    pub share_unit: ShareUnit,
    /// The decimal separator of shares, amounts and quantities.
    pub decimal: DecimalMark,
    /// The column of amounts.
    pub amount: Option<String>,
    /// The currency of amounts that do not name one.
    pub currency: Option<String>,
    /// The column of sources; without it, facts are marked `unsourced`.
    pub source: Option<String>,
    /// The columns of further sources.
    pub more_sources: Vec<String>,
    /// The column with the publication date of the first source.
    pub published: Option<String>,
    /// The column with the quote from the source.
    pub quote: Option<String>,
    /// The column with the location within the source.
    pub locator: Option<String>,
    /// The column that names whom the source quotes.
    pub said_by: Option<String>,
    /// The columns of other fields of facts.
    pub fields: Vec<(FactField, String)>,
    /// The columns of attributes that only some kinds have, except for the share.
    pub attributes: Vec<(Attribute, String)>,
    /// The keys of open properties, each with its column.
    pub properties: Vec<(String, String)>,
}

/// A kind of fact, and the columns with the ids of its parties.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactShape {
    /// The kind.
    pub kind: FactKind,
    /// Roles, each with its column.
    pub roles: Vec<(Role, String)>,
}

impl EntityTable {
    /// A table of entities of one kind.
    #[must_use]
    pub fn new(file: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            separator: Separator::Comma,
            id: id.into(),
            name: None,
            always: None,
            kind: None,
            kinds: Vec::new(),
            country: None,
            properties: Vec::new(),
        }
    }
}

impl FactTable {
    /// A table of facts of one shape.
    #[must_use]
    pub fn new(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            separator: Separator::Comma,
            always: None,
            kind: None,
            kinds: Vec::new(),
            id: None,
            since: None,
            until: None,
            announced: None,
            completed: None,
            share: None,
            share_unit: ShareUnit::Percent,
            decimal: DecimalMark::Point,
            amount: None,
            currency: None,
            source: None,
            more_sources: Vec::new(),
            published: None,
            quote: None,
            locator: None,
            said_by: None,
            fields: Vec::new(),
            attributes: Vec::new(),
            properties: Vec::new(),
        }
    }
}

impl FactShape {
    /// A kind of fact with its parties.
    #[must_use]
    pub fn new(kind: FactKind, roles: impl IntoIterator<Item = (Role, String)>) -> Self {
        Self { kind, roles: roles.into_iter().collect() }
    }
}

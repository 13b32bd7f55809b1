//! What the columns of tables mean, so that their rows become entities and facts.

use super::closed::closed_list;
use super::kinds::{Attribute, EntityKind, FactKind, Role};

/// Which tables there are, and what their columns mean.
///
/// docs/import.md has the format that [`Mapping::from_ron`] reads.
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
    /// What stands between the cells of a table.
    #[derive(Default)]
    Separator {
        /// A comma.
        #[default]
        Comma = ",",
        /// A semicolon, as where numbers are written with a comma.
        Semicolon = ";",
        /// A tab.
        Tab = "\t",
        /// A vertical bar.
        Pipe = "|",
    }
}

#[cfg(feature = "import")]
impl Separator {
    /// What it is called.
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
    /// What a share of 1 means in a table, where a cell has no sign of its own.
    #[derive(Default)]
    ShareUnit {
        /// One of a hundred parts: `60` is 60%.
        #[default]
        Percent = "percent",
        /// All of it: `0.6` is 60%.
        Fraction = "fraction",
    }
}

closed_list! {
    /// What stands before the decimals of numbers in a table.
    #[derive(Default)]
    DecimalMark {
        /// A point: `60.84`.
        #[default]
        Point = ".",
        /// A comma: `60,84`. Points may stand before groups of three digits: `1.500,50`.
        Comma = ",",
    }
}

closed_list! {
    /// A field that facts of all kinds have, besides those for which [`FactTable`] has a place of its own.
    FactField {
        /// How far it has come.
        Status = "status",
        /// When it was signed.
        Signed = "signed",
        /// When it was called off.
        Withdrawn = "withdrawn",
        /// On which day a figure was taken.
        AsOf = "as_of",
        /// For how long it holds.
        Term = "term",
        /// The number of pieces.
        Quantity = "quantity",
        /// Where it holds.
        Territory = "territory",
        /// Where it does not hold.
        Except = "except",
        /// Whether it excludes others.
        Exclusive = "exclusive",
        /// On what it depends.
        Condition = "condition",
        /// How sure it is.
        Confidence = "confidence",
        /// Free text.
        Note = "note",
    }
}

/// A table whose rows are entities. Columns are named as its first row names them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EntityTable {
    /// The file, from the folder of the mapping.
    pub file: String,
    /// What stands between its cells.
    pub separator: Separator,
    /// The column of ids. What is no id becomes one: `FIH Mobile` is `fih-mobile`.
    pub id: String,
    /// The column of names; where it is empty the id stands for it.
    pub name: Option<String>,
    /// The kind of all rows, unless a column says it.
    pub always: Option<EntityKind>,
    /// The column of kinds.
    pub kind: Option<String>,
    /// Which text of that column is which kind; without any, the names of the kinds.
    pub kinds: Vec<(String, EntityKind)>,
    /// The column of countries, as codes of two letters.
    pub country: Option<String>,
}

/// A table whose rows are facts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactTable {
    /// The file, from the folder of the mapping.
    pub file: String,
    /// What stands between its cells.
    pub separator: Separator,
    /// What all rows say, unless a column says it.
    pub always: Option<FactShape>,
    /// The column of kinds.
    pub kind: Option<String>,
    /// Which text of that column is which kind of fact.
    pub kinds: Vec<(String, FactShape)>,
    /// The column of ids; without it ids are derived.
    pub id: Option<String>,
    /// The column of `since`.
    pub since: Option<String>,
    /// The column of `until`.
    pub until: Option<String>,
    /// The column of `announced`.
    pub announced: Option<String>,
    /// The column of `completed`.
    pub completed: Option<String>,
    /// The column of shares, as numbers in the unit of the table, or with a percent sign.
    pub share: Option<String>,
    /// The unit of shares without a sign.
    pub share_unit: ShareUnit,
    /// What stands before the decimals of shares, amounts and quantities.
    pub decimal: DecimalMark,
    /// The column of amounts.
    pub amount: Option<String>,
    /// The currency of amounts that name none.
    pub currency: Option<String>,
    /// The column that names sources; without it facts are marked `unsourced`.
    pub source: Option<String>,
    /// Columns that name further sources.
    pub more_sources: Vec<String>,
    /// The column that says when the first was published.
    pub published: Option<String>,
    /// The column of the words in which the source says it.
    pub quote: Option<String>,
    /// The column that says where in the source.
    pub locator: Option<String>,
    /// The column that says whose words the source reports.
    pub said_by: Option<String>,
    /// The columns of other fields of facts.
    pub fields: Vec<(FactField, String)>,
    /// The columns of details that only some kinds have, but for the share.
    pub attributes: Vec<(Attribute, String)>,
}

/// A kind of fact, and which columns have the ids of its parties.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactShape {
    /// The kind.
    pub kind: FactKind,
    /// Roles, each with a column.
    pub roles: Vec<(Role, String)>,
}

impl EntityTable {
    /// A table of one kind of entities.
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

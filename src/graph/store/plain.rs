//! Facts as table rows state them, before they are packed.

use crate::model::{Attribute, AttributeValue, FactField};
use crate::value::Date;

/// A fact in the form that rows of tables have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlainFact<'t> {
    pub(crate) id: Option<&'t str>,
    pub(crate) announced: Option<When>,
    pub(crate) since: Option<When>,
    pub(crate) completed: Option<When>,
    pub(crate) until: Option<When>,
    /// An amount of money, as it prints.
    pub(crate) amount: Option<&'t str>,
    /// A share, as it prints, and whether it is surely more than half.
    pub(crate) share: Option<(&'t str, bool)>,
    /// The text that names its source.
    pub(crate) source: Option<&'t str>,
    /// When that was published.
    pub(crate) published: Option<Date>,
    /// What the source says, if more than its name is known.
    pub(crate) words: Option<&'t Words>,
    /// What else there is: fields in their order, then attributes.
    pub(crate) details: &'t [Detail],
}

/// What a source says, where in it, and who said it there; and which other sources say the same of the fact.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    pub(crate) quote: Option<String>,
    pub(crate) locator: Option<String>,
    pub(crate) said_by: Option<String>,
    pub(crate) others: Vec<String>,
}

/// A field of a fact that few tables have.
#[derive(Clone, Debug)]
pub(crate) enum Detail {
    When(FactField, When),
    /// A value as it prints.
    Text(FactField, String),
    Attribute(Attribute, AttributeValue),
}

/// A date, or one day by its number; of an end, whether one is known.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Day(i32),
    Date(Date),
    /// It is said to go on; only of an end.
    Open,
    /// It ended, not known when; only of an end.
    Unknown,
}

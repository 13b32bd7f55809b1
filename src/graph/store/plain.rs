//! Facts as table rows state them, before they are packed.

use super::property::Property;
use crate::model::{Attribute, AttributeValue, FactField};
use crate::value::Date;

/// A fact in the form that table rows have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PlainFact<'t> {
    pub(crate) id: Option<&'t str>,
    pub(crate) announced: Option<When>,
    pub(crate) since: Option<When>,
    pub(crate) completed: Option<When>,
    pub(crate) until: Option<When>,
    /// An amount of money, as printed.
    pub(crate) amount: Option<&'t str>,
    /// A share, as printed, and whether it is certainly more than half.
    pub(crate) share: Option<(&'t str, bool)>,
    /// The text that names its source.
    pub(crate) source: Option<&'t str>,
    /// The publication date of the source.
    pub(crate) published: Option<Date>,
    /// What the source says, if more than its name is known.
    pub(crate) words: Option<&'t Words>,
    /// The remaining fields in their order, then attributes.
    pub(crate) details: &'t [Detail],
}

/// What a source says, where, and who said it there, and the other sources that say the same about the fact.
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
    /// A value, as printed.
    Text(FactField, String),
    Property(Property),
    Attribute(Attribute, AttributeValue),
}

/// A date, or a single day by its number. For ends, also whether one is known.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Day(i32),
    Date(Date),
    /// Stated to be going on; only for ends.
    Open,
    /// Ended at an unknown time; only for ends.
    Unknown,
}

//! Statements about a stake that are not added up, because another one of the same stake counts.

use super::relation::Relation;

/// A statement about a stake that is not added to another statement of the same stake: same holder, company, class and
/// intermediaries.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OtherReading<'g> {
    /// The statement that is not added.
    pub relation: Relation<'g>,
    /// The statement that counts.
    pub counted: Relation<'g>,
    /// Why it is not added.
    pub why: ReadingOrder,
}

/// How a reading of a stake relates to the one that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReadingOrder {
    /// It is as of an earlier day, or of an unstated one.
    Older,
    /// It is as of a day after the view's date.
    Later,
    /// Nothing tells which of the two counts, so the stake ranges from the lower to the higher.
    Undecided,
    /// It is the stake before the purchase or sale that left what counts.
    Changed,
    /// It is the first reading of the stake, as of a day after the view's date. Nothing says how much it was before.
    First,
}

impl ReadingOrder {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Older => "older",
            Self::Later => "later",
            Self::Undecided => "undecided",
            Self::Changed => "changed",
            Self::First => "first",
        }
    }
}

//! A statement about a stake that is not added, because another one of the same stake counts.

use super::relation::Relation;

/// A statement about a stake that is not added to another one, which is of the same stake: same holder, same company,
/// same class, through the same hands.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct OtherReading<'g> {
    /// What is not added.
    pub relation: Relation<'g>,
    /// What counts.
    pub counted: Relation<'g>,
    /// Why the one is not added to the other.
    pub why: ReadingOrder,
}

/// How a reading of a stake stands to the one that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReadingOrder {
    /// It was taken on an earlier day, or on no stated one.
    Older,
    /// It was taken after the day of the view.
    Later,
    /// Nothing tells which of the two counts; what does is from the lower to the higher.
    Undecided,
    /// It is what the stake was before the purchase or sale that left what counts.
    Changed,
    /// The first reading of the stake: it was taken after the day of the view, and how much it was before, nothing says.
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

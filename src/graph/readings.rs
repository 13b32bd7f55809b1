//! What is stated of a stake and not added, because it is the same stake that is stated before.

use super::stakes::in_company;
use super::{Entity, Relation, Right};

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
}

impl ReadingOrder {
    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Older => "older",
            Self::Later => "later",
            Self::Undecided => "undecided",
        }
    }
}

impl<'g> Entity<'g> {
    /// What is stated about stakes in it and not added up, because of several readings of one stake only the newest
    /// counts.
    ///
    /// In the order of holders. It takes time in proportion to all stakes in it.
    ///
    /// ```
    /// # use keiretsu::{Graph, ReadingOrder};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "delta": (name: "Delta"), "oak": (name: "Oak") },
    ///     facts: [
    ///         Ownership(owner: "oak", owned: "delta", share: "49%", as_of: "2020", unsourced: true),
    ///         Ownership(owner: "oak", owned: "delta", share: "26%", as_of: "2015", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let others = graph.view().find("Delta")?.other_readings();
    /// assert_eq!((others.len(), others[0].why), (1, ReadingOrder::Older));
    /// assert_eq!(others[0].relation.to_string(), "Oak owns 26% of Delta (as of 2015)");
    /// assert_eq!(others[0].counted.to_string(), "Oak owns 49% of Delta (as of 2020)");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn other_readings(self) -> Vec<OtherReading<'g>> {
        // Which reading counts is the same for all rights.
        let all = self.view().with_possible().entity_at(super::index::EntityIx::new(self.position()));
        let found = in_company(all, Right::Equity);
        found.direct.into_iter().chain(found.indirect).flat_map(|stake| stake.others).collect()
    }
}

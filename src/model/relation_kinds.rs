//! A set of relation kinds.

use super::kinds::RelationKind;

/// A set of relation kinds, one bit each.
///
/// ```
/// use keiretsu::{RelationKind, RelationKinds};
/// let trade: RelationKinds = [RelationKind::SellsTo, RelationKind::Supplies].into_iter().collect();
/// assert!(trade.contains(RelationKind::SellsTo));
/// assert!(!trade.contains(RelationKind::Sues));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RelationKinds(u64);

impl RelationKinds {
    /// Every kind.
    pub const ALL: Self = Self(u64::MAX);

    /// No kind.
    pub const NONE: Self = Self(0);

    /// Whether the kind is in the set.
    #[must_use]
    pub const fn contains(self, kind: RelationKind) -> bool {
        self.0 & bit(kind) != 0
    }

    /// The only kind in the set, if there is exactly one.
    pub(crate) fn only(self) -> Option<RelationKind> {
        let one = self.0.is_power_of_two();
        one.then(|| RelationKind::ALL.get(self.0.trailing_zeros() as usize).copied()).flatten()
    }

    /// The kinds in the set, in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = RelationKind> {
        RelationKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

/// One bit per kind; a test ensures that there are fewer than 64.
const fn bit(kind: RelationKind) -> u64 {
    1_u64 << (kind as u32 % 64)
}

impl From<RelationKind> for RelationKinds {
    fn from(kind: RelationKind) -> Self {
        Self(bit(kind))
    }
}

impl FromIterator<RelationKind> for RelationKinds {
    fn from_iter<I: IntoIterator<Item = RelationKind>>(kinds: I) -> Self {
        Self(kinds.into_iter().fold(0, |bits, kind| bits | bit(kind)))
    }
}

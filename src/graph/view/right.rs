//! The rights that a stake gives.

use super::relation::Relation;
use crate::model::{Attribute, AttributeValue};
use crate::value::Share;

/// What a share is a share of. The three are computed separately and never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Right {
    /// The capital: `share`.
    Equity,
    /// The votes: `votes`, or `share` if that is not stated.
    Votes,
    /// The profit: `profit`, or `share` if that is not stated.
    Profit,
}

impl Right {
    /// All, in order.
    pub const ALL: &[Self] = &[Self::Equity, Self::Votes, Self::Profit];

    /// The name, in lower case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equity => "equity",
            Self::Votes => "votes",
            Self::Profit => "profit",
        }
    }

    /// The attribute that states it. Votes and profit default to `share`.
    #[must_use]
    pub const fn attribute(self) -> Attribute {
        match self {
            Self::Equity => Attribute::Share,
            Self::Votes => Attribute::Votes,
            Self::Profit => Attribute::Profit,
        }
    }

    /// What one relation states about it.
    pub(crate) fn stated(self, relation: Relation<'_>) -> Option<Share> {
        let own = match self {
            Self::Equity => None,
            Self::Votes | Self::Profit => Some(self.attribute()),
        };
        let fact = relation.fact().filter(|_| relation.derived().is_none());
        let find = |wanted: Attribute| {
            fact?.attributes().find_map(|(attribute, value)| match value {
                AttributeValue::Share(share) if attribute == wanted => Some(share),
                _ => None,
            })
        };
        own.and_then(find).or_else(|| relation.own_share())
    }
}

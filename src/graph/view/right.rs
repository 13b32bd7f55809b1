//! What a stake gives a right to.

use super::relation::Relation;
use crate::model::{Attribute, AttributeValue};
use crate::value::Share;

/// What a share is a share of. The three are computed apart and never mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Right {
    /// The capital: `share`.
    Equity,
    /// The votes: `votes`, and where that is not stated, `share`.
    Votes,
    /// The profit: `profit`, and where that is not stated, `share`.
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

    /// The attribute of a fact that states it; votes and profit are as `share` has it where theirs is not stated.
    #[must_use]
    pub const fn attribute(self) -> Attribute {
        match self {
            Self::Equity => Attribute::Share,
            Self::Votes => Attribute::Votes,
            Self::Profit => Attribute::Profit,
        }
    }

    /// What one relation states of it.
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

//! How firmly what is drawn stands: done, planned, only possible, rumoured, disputed, or not real at all.

use crate::graph::{Certainty, Fact, Relation};
use crate::model::{Confidence, Status};

/// How firmly something stands, as far as it changes the drawing; the weaker, the later in this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Done,
    /// Announced or agreed, and not done as far as is said.
    Planned,
    /// Somebody holds it, but nobody says who.
    Unstated,
    /// Over: it was so, and is no longer.
    Ended,
    /// On the date of the view, only possible.
    Possible,
    Rumoured,
    Disputed,
    /// Only wished for, or called off.
    Unreal,
}

impl Standing {
    pub(crate) fn of_fact(fact: Option<Fact<'_>>) -> Self {
        let Some(fact) = fact else { return Self::Done };
        match fact.status() {
            Some(Status::Sought | Status::Withdrawn) => Self::Unreal,
            _ if fact.is_refuted() => Self::Disputed,
            _ if fact.confidence() == Some(Confidence::Rumoured) => Self::Rumoured,
            _ if !fact.replaced_by().is_empty() => Self::Ended,
            Some(Status::Announced | Status::Agreed) => Self::Planned,
            Some(Status::Ended) => Self::Ended,
            _ if fact.is_over() => Self::Ended,
            _ => Self::Done,
        }
    }

    /// As the fact of the relation stands, or weaker where the view says that it is only possible.
    pub(crate) fn of(relation: Relation<'_>) -> Self {
        let fact = if relation.is_tie() { None } else { relation.fact() };
        match (relation.certainty(), Self::of_fact(fact)) {
            // What is in force on the date of the view is neither over nor only planned then.
            (Some(Certainty::Certain), Self::Planned | Self::Ended) => Self::Done,
            (Some(Certainty::Possible), standing) => standing.max(Self::Possible),
            (_, standing) => standing,
        }
    }

    /// Its words in the legend, if lines or cards show it.
    pub(crate) const fn legend(self) -> Option<&'static str> {
        match self {
            Self::Done => None,
            Self::Planned => Some("planned: header not filled"),
            Self::Unstated => Some("holders not stated"),
            Self::Ended => Some("ended"),
            Self::Possible => Some("only possible"),
            Self::Rumoured => Some("rumoured"),
            Self::Disputed => Some("disputed"),
            Self::Unreal => Some("sought, or called off"),
        }
    }
}

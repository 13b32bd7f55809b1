//! How firm a drawn fact is: done, planned, only possible, rumoured, disputed, or unreal.

use crate::graph::{Certainty, Fact, Relation};
use crate::model::{Confidence, Status};

/// How firm something is, as far as that changes the drawing, from firm to weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    Done,
    /// Announced or agreed, but not known to be done.
    Planned,
    /// Held by an unnamed holder.
    Unstated,
    /// Ended: true before, but no longer.
    Ended,
    /// Only possible on the date of the view.
    Possible,
    Rumoured,
    Disputed,
    /// Only sought, or called off.
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

    /// How far a doubtful fact weakens what rests on it.
    fn of_doubt(fact: Fact<'_>) -> Self {
        match fact.is_rumoured() {
            true => Self::Rumoured,
            false if fact.is_refuted() => Self::Disputed,
            false => Self::Done,
        }
    }

    /// The standing of the relation's fact, or weaker if the view says it is only possible.
    pub(crate) fn of(relation: Relation<'_>) -> Self {
        let fact = if relation.is_tie() { None } else { relation.fact() };
        let standing = match () {
            () if relation.is_tie() || relation.derived().is_none() => Self::of_fact(fact),
            // What it rests on, and may be no more certain than.
            () => relation
                .rests_on()
                .into_iter()
                .map(|fact| Self::of_doubt(fact))
                .fold(Self::of_fact(fact), Self::max),
        };
        match (relation.certainty(), standing) {
            // What is in force on the date of the view is neither ended nor only planned on that date.
            (Some(Certainty::Certain), Self::Planned | Self::Ended) => Self::Done,
            (Some(Certainty::Possible), standing) => standing.max(Self::Possible),
            (_, standing) => standing,
        }
    }

    /// The legend text, if lines or cards show this standing.
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

//! How much of something is held, as far as it can be told.

use crate::value::{Proportion, Share};

/// Something is held: a share of it, or one that nobody states.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held(Option<Share>);

impl Held {
    pub(crate) const fn unknown() -> Self {
        Self(None)
    }

    pub(crate) const fn of(share: Share) -> Self {
        Self(Some(share))
    }

    pub(crate) const fn stated(share: Option<Share>) -> Self {
        Self(share)
    }

    pub(crate) fn whole() -> Self {
        Self("100%".parse().ok())
    }

    /// From nothing to all of a share.
    pub(crate) fn up_to(share: Share) -> Share {
        "0%".parse().map_or(share, |nothing| share.widened_to(nothing))
    }

    pub(crate) const fn share(self) -> Option<Share> {
        self.0
    }

    /// A share that nobody states may be any.
    fn bounds(self) -> Share {
        self.0.unwrap_or(Share::UNDISCLOSED)
    }

    pub(crate) fn may_be_nothing(self) -> bool {
        self.bounds().low() == Proportion::ZERO && !self.bounds().low_is_open()
    }

    /// What is left when a share is taken from it; `None` if nothing is, or what is taken is more.
    pub(crate) fn less(self, sold: Share) -> Option<Self> {
        self.bounds().less(sold).map(Self::of)
    }

    /// Both together; if that is surely more than all, from the larger of both to all, and `true`.
    pub(crate) fn plus(self, more: Self) -> (Self, bool) {
        let (one, other) = (self.bounds(), more.bounds());
        match one.plus(other) {
            Some(sum) => (Self::of(sum), false),
            // One of the figures is wrong, or the second has the first in it.
            None => {
                let larger = if one.low() > other.low() { one } else { other };
                let all = "100%".parse().map_or(larger, |all| larger.widened_to(all));
                (Self::of(all), true)
            }
        }
    }

    /// The one or the other.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self.0, other.0) {
            (Some(one), Some(other)) => Self::of(one.widened_to(other)),
            _ => Self::unknown(),
        }
    }

    /// This, or nothing.
    pub(crate) fn or_nothing(self) -> Self {
        Self(self.0.map(Self::up_to))
    }
}

/// The one, the other, or nothing of either.
pub(crate) fn either(one: Option<Held>, other: Option<Held>) -> Option<Held> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.or(other)),
        (Some(held), None) | (None, Some(held)) => Some(held.or_nothing()),
        (None, None) => None,
    }
}

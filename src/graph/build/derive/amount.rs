//! How much of something is held, as far as is known.

use crate::value::{Proportion, Share};

/// What is held: a share, or an unstated amount.
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

    /// The range from nothing to all of a share.
    pub(crate) fn up_to(share: Share) -> Share {
        "0%".parse().map_or(share, |nothing| share.widened_to(nothing))
    }

    pub(crate) const fn share(self) -> Option<Share> {
        self.0
    }

    /// The range of the share. An unstated share may be anything.
    fn bounds(self) -> Share {
        self.0.unwrap_or(Share::UNDISCLOSED)
    }

    pub(crate) fn may_be_nothing(self) -> bool {
        self.bounds().low() == Proportion::ZERO && !self.bounds().low_is_open()
    }

    /// What remains after a share is taken away; `None` if nothing does, or if more is taken than there is.
    pub(crate) fn less(self, sold: Share) -> Option<Self> {
        self.bounds().less(sold).map(Self::of)
    }

    /// The sum of both. If that certainly exceeds the whole, the range from the larger one to the whole, and `true`.
    pub(crate) fn plus(self, more: Self) -> (Self, bool) {
        let (one, other) = (self.bounds(), more.bounds());
        match one.plus(other) {
            Some(sum) => (Self::of(sum), false),
            // Either one of the figures is wrong, or the second includes the first.
            None => {
                let larger = if one.low() > other.low() { one } else { other };
                let all = "100%".parse().map_or(larger, |all| larger.widened_to(all));
                (Self::of(all), true)
            }
        }
    }

    /// Either of the two.
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

/// Either of the two, where `None` is nothing.
pub(crate) fn either(one: Option<Held>, other: Option<Held>) -> Option<Held> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.or(other)),
        (Some(held), None) | (None, Some(held)) => Some(held.or_nothing()),
        (None, None) => None,
    }
}

//! How much of something is held, as far as is known.

use crate::graph::store::doubts::{Doubts, GroundIx};
use crate::graph::store::settled::Settled;
use crate::graph::store::validity::Validity;
use crate::value::{Proportion, Share};

/// What is held if all that is stated holds, and what is held otherwise.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Held {
    amount: Amount,
    unsure: Option<Unsure>,
    settled: Option<Settled>,
}

/// A share, or an unstated amount.
type Amount = Option<Share>;

/// What is held whichever of the facts that it rests on hold, where a view may doubt some of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsure {
    pub(crate) ground: GroundIx,
    pub(crate) share: Amount,
    /// Whether something is held in any case.
    pub(crate) is_kept: bool,
}

impl Held {
    pub(crate) const fn unknown() -> Self {
        Self::stated(None)
    }

    pub(crate) const fn of(share: Share) -> Self {
        Self::stated(Some(share))
    }

    pub(crate) const fn stated(share: Amount) -> Self {
        Self { amount: share, unsure: None, settled: None }
    }

    pub(crate) fn whole() -> Self {
        Self::stated("100%".parse().ok())
    }

    /// The range from nothing to all of a share.
    pub(crate) fn up_to(share: Share) -> Share {
        "0%".parse().map_or(share, |nothing| share.widened_to(nothing))
    }

    pub(crate) const fn share(self) -> Option<Share> {
        self.amount
    }

    pub(crate) const fn unsure(self) -> Option<Unsure> {
        self.unsure
    }

    /// What is known of it once earlier events of inexact dates have certainly happened.
    pub(crate) const fn settled(self) -> Option<Settled> {
        self.settled
    }

    /// The share once all is settled, and since when it is.
    fn at_last(self) -> (Amount, i32) {
        self.settled.map_or((self.amount, i32::MIN), |settled| (Some(settled.share), settled.day))
    }

    /// The same, where all earlier events have certainly happened when another one may.
    pub(crate) fn settled_by(self, event: Validity) -> Self {
        match self.settled {
            Some(settled) if settled.day <= event.parts()[0] => {
                Self { amount: Some(settled.share), settled: None, ..self }
            }
            _ => self,
        }
    }

    /// What is held around an event of an inexact date: what was before or after it, until it has certainly happened.
    pub(crate) fn around(
        before: Option<Self>,
        after: Option<Self>,
        by: Validity,
        doubts: &mut Doubts,
    ) -> Option<Self> {
        let held = either(before, after, doubts)?;
        let settled = after.filter(|_| !by.may_never_begin()).and_then(|after| {
            let ((share, day), last) = (after.at_last(), by.start_days().bounds().1);
            Some(Settled { day: day.max(last), share: share? })
        });
        Some(Self { settled, ..held })
    }

    pub(crate) fn may_be_nothing(self) -> bool {
        bounds(self.amount).low() == Proportion::ZERO && !bounds(self.amount).low_is_open()
    }

    /// What is held in any case, and whether something is.
    fn in_any_case(self) -> (Amount, bool) {
        self.unsure.map_or((self.amount, true), |unsure| (unsure.share, unsure.is_kept))
    }

    /// This, where it rests on something that a view may doubt, and else what was held before.
    pub(crate) fn doubted(self, ground: GroundIx, before: Option<Self>, doubts: &mut Doubts) -> Self {
        let (share, is_kept) = match before.map(Self::in_any_case) {
            Some((before, was_kept)) => {
                let (own, is_kept) = self.in_any_case();
                (or(own, before), is_kept && was_kept)
            }
            None => (self.in_any_case().0.map(Self::up_to), false),
        };
        let grounds = [self.unsure, before.and_then(Self::unsure)].map(|unsure| unsure.map(|u| u.ground));
        let below = doubts.both(grounds[0], grounds[1]);
        let unsure = doubts.both(Some(ground), below).map(|ground| Unsure { ground, share, is_kept });
        Self { unsure, ..self }
    }

    /// Both amounts joined, and what either rests on.
    fn join(
        self,
        other: Self,
        amount: Amount,
        doubts: &mut Doubts,
        join: impl Fn((Amount, bool), (Amount, bool)) -> (Amount, bool),
    ) -> Self {
        let ground = doubts.both(self.unsure.map(|u| u.ground), other.unsure.map(|u| u.ground));
        let unsure = ground.map(|ground| {
            let (share, is_kept) = join(self.in_any_case(), other.in_any_case());
            Unsure { ground, share, is_kept }
        });
        let settled = (self.settled.is_some() || other.settled.is_some()).then(|| {
            let ((one, day), (more, since)) = (self.at_last(), other.at_last());
            Some(Settled { day: day.max(since), share: join((one, true), (more, true)).0? })
        });
        Self { amount, unsure, settled: settled.flatten() }
    }

    /// What remains after a share is taken away; `None` if nothing does, or if more is taken than there is.
    pub(crate) fn less(self, sold: Share) -> Option<Self> {
        let rest = bounds(self.amount).less(sold);
        let settled = self.settled.and_then(|own| Some(Settled { share: own.share.less(sold)?, ..own }));
        let Some(unsure) = self.unsure else { return rest.map(|rest| Self { settled, ..Self::of(rest) }) };
        let in_any_case = bounds(unsure.share).less(sold);
        // If all holds, nothing remains, but if not, this may.
        let amount = rest.or(in_any_case.map(Self::up_to))?;
        let may_be_nothing = rest.is_none() || Self::of(in_any_case.unwrap_or(amount)).may_be_nothing();
        let is_kept = unsure.is_kept && in_any_case.is_some() && !may_be_nothing;
        let share = Some(in_any_case.unwrap_or_else(|| Self::up_to(amount)));
        Some(Self { amount: Some(amount), unsure: Some(Unsure { share, is_kept, ..unsure }), settled })
    }

    /// The sum of both. If that certainly exceeds the whole, the range from the larger one to the whole, and `true`.
    pub(crate) fn plus(self, more: Self, doubts: &mut Doubts) -> (Self, bool) {
        let (amount, is_too_much) = sum(self.amount, more.amount);
        let both = |(one, keeps): (Amount, bool), (more, adds): (Amount, bool)| {
            (Some(sum(one, more).0), keeps || adds)
        };
        (self.join(more, Some(amount), doubts, both), is_too_much)
    }

    /// Either of the two.
    pub(crate) fn or(self, other: Self, doubts: &mut Doubts) -> Self {
        let either =
            |(one, keeps): (Amount, bool), (other, kept): (Amount, bool)| (or(one, other), keeps && kept);
        self.join(other, or(self.amount, other.amount), doubts, either)
    }

    /// This, or nothing.
    pub(crate) fn or_nothing(self) -> Self {
        let nothing =
            |unsure: Unsure| Unsure { share: unsure.share.map(Self::up_to), is_kept: false, ..unsure };
        let settled = self.settled.map(|own| Settled { share: Self::up_to(own.share), ..own });
        Self { amount: self.amount.map(Self::up_to), unsure: self.unsure.map(nothing), settled }
    }
}

/// The range of a share. An unstated share may be anything.
fn bounds(amount: Amount) -> Share {
    amount.unwrap_or(Share::UNDISCLOSED)
}

/// Either of two shares; unknown if one of them is.
fn or(one: Amount, other: Amount) -> Amount {
    one.zip(other).map(|(one, other)| one.widened_to(other))
}

/// The sum of two shares. If that certainly exceeds the whole, the range from the larger one to the whole, and `true`.
fn sum(one: Amount, other: Amount) -> (Share, bool) {
    let (one, other) = (bounds(one), bounds(other));
    match one.plus(other) {
        Some(sum) => (sum, false),
        // Either one of the figures is wrong, or the second includes the first.
        None => {
            let larger = if one.low() > other.low() { one } else { other };
            let all = "100%".parse().map_or(larger, |all| larger.widened_to(all));
            (all, true)
        }
    }
}

/// Either of the two, where `None` is nothing.
pub(crate) fn either(one: Option<Held>, other: Option<Held>, doubts: &mut Doubts) -> Option<Held> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.or(other, doubts)),
        (Some(held), None) | (None, Some(held)) => Some(held.or_nothing()),
        (None, None) => None,
    }
}

//! Proven bounds for the shares in a ring, from approximate floats.

use super::effort::Effort;
use super::floats::{Close, Down, ENDLESS, Floats, Near, Sought, Up};
use super::number::{Side, Value};

/// The margins to try, each four times the previous one.
const MARGINS: std::ops::Range<f64> = 1e-15..1.0;

/// The first owner may use this fraction of all visits: one in this many.
const FOR_THE_FIRST: u64 = 20;

/// With a wider margin, bounds are reported as cut short.
const WIDE: f64 = 1e-9;

/// Improve valid bounds at least this many times, for what is small relative to the margin.
const POLISHED: usize = 1;

/// Improve values at most this many times.
const MOST_SWEEPS: u64 = 5_000;

/// Before an exact solution, iterate until shares change by no more than this relative amount.
const CLOSE: f64 = 1e-14;

/// A share that changes by no more than this has converged.
const AT_REST: f64 = 1e-15;

impl Floats {
    /// Bounds for the members' shares, rounded to the safe side.
    pub(crate) fn bounds(mut self, members: &[u32], effort: &Effort) -> Vec<Value> {
        let all = self.looks().saturating_mul(MOST_SWEEPS);
        let most = effort.looks_of_one_solution().clamp(self.looks().saturating_mul(8), all);
        let mut looks = most;
        let stays = self.stays(members, effort, &mut looks);
        let mut near = self.known.clone();
        self.set_pinned(&mut near);
        let close = Close { by: AT_REST * (1.0 + self.longest() / 8.0), part: 0.0 };
        let sought = Sought { first: self.side, start: 0.0, most: 1.0, close };
        self.settle(&mut near, sought, &mut looks);
        let found = self.certified(&near, stays.as_deref(), &mut looks);
        let is_wide = found.as_ref().is_none_or(|(_, margin)| *margin > WIDE);
        let mut shares = found.map_or_else(|| self.widest(), |(shares, _)| shares);
        if !self.polish(&mut shares, is_wide, &mut looks) && is_wide {
            effort.cut();
        }
        effort.look(most.saturating_sub(looks));
        shares.truncate(self.size);
        shares.into_iter().map(|share| Value::Rounded(share.min(1.0))).collect()
    }

    /// Value iteration from zero, rounded to one side: close enough to the shares to start an exact solution.
    ///
    /// A company's allocation changes only if something is gained by it, so that a tie never closes a ring.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    pub(super) fn rising(&mut self, effort: &Effort) -> Vec<f64> {
        let mut shares = self.known.clone();
        let sweeps = effort.looks_of_one_solution() / self.looks() / 2;
        for _ in 0..sweeps.clamp(1, MOST_SWEEPS) {
            let mut change = 0.0_f64;
            for n in 0..self.size {
                let better = match self.side {
                    Side::High => self.step::<Up>(n, &shares, Side::High, 0.0),
                    Side::Low => self.step::<Down>(n, &shares, Side::Low, 0.0),
                };
                change = change.max((better - shares[n]) / better.max(f64::MIN_POSITIVE));
                shares[n] = shares[n].max(better);
            }
            if change <= CLOSE {
                break;
            }
        }
        shares.truncate(self.size);
        shares
    }

    /// Upper bounds on how long chains stay at each member, whatever the allocation, which prove that they leave the
    /// ring. `None` if they may stay forever.
    ///
    /// They are kept for the next owner. Members whose shares are known without them are pinned.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn stays(&mut self, members: &[u32], effort: &Effort, looks: &mut u64) -> Option<Vec<f64>> {
        let (kept, is_first) = effort.stays(members);
        // The result for the first owner serves all, so it may use more than its part.
        let half = *looks / 2;
        let most = if is_first {
            half.max((effort.looks() / FOR_THE_FIRST).min(self.looks().saturating_mul(MOST_SWEEPS)))
        } else {
            half
        };
        let mut own = most;
        if effort.may_close() {
            self.pin();
        }
        let (mut found, mut is_certain) = self.stay(kept, &mut own);
        let is_endless = found[..self.size].iter().any(|stay| *stay > ENDLESS);
        if is_endless && !effort.may_close() {
            effort.note_that_it_may_close();
            self.pin();
            (found, is_certain) = self.stay(vec![1.0; self.size], &mut own);
        }
        if found[..self.size].iter().all(|stay| *stay <= ENDLESS) {
            effort.keep_stays(members, &found[..self.size]);
        }
        let used = most - own;
        effort.look(used.saturating_sub(half));
        *looks -= used.min(half);
        is_certain.then_some(found)
    }

    /// Iterates from approximate values. Returns whether twice the result is certainly an upper bound.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn stay(&mut self, mut stays: Vec<f64>, looks: &mut u64) -> (Vec<f64>, bool) {
        stays.resize(self.known.len(), 0.0);
        for n in (0..self.size).filter(|n| self.pinned[*n]) {
            stays[n] = 0.0;
        }
        let close = Close { by: 0.0, part: 1e-3 };
        let sought = Sought { first: Side::High, start: 1.0, most: f64::INFINITY, close };
        let is_settled = self.settle(&mut stays, sought, looks);
        let size = self.size;
        // The slack of one half exceeds any error from rounding to nearest or downwards.
        let mut holds = |n: usize| {
            self.pinned[n] || stays[n] < ENDLESS && self.step::<Up>(n, &stays, Side::High, 0.5) <= stays[n]
        };
        let is_certain = is_settled && (0..size).all(&mut holds);
        (stays, is_certain)
    }

    /// Proven bounds a little beyond the approximate shares, and the margin used.
    ///
    /// Above: a point that a step, rounded up, does not raise is above the least fixed point (Park's rule). Below: a
    /// point that a step, rounded down, does not lower is below every fixed point if no chain stays forever, since then
    /// there is only one.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn certified(&mut self, near: &[f64], stays: Option<&[f64]>, looks: &mut u64) -> Option<(Vec<f64>, f64)> {
        let (side, size) = (self.side, self.size);
        let ones;
        let stays = match (stays, side) {
            (Some(stays), _) => stays,
            (None, Side::Low) => return None,
            (None, Side::High) => {
                ones = vec![1.0; near.len()];
                &ones
            }
        };
        let mut margin = MARGINS.start;
        while MARGINS.contains(&margin) {
            let mut moved = near.to_vec();
            for n in (0..self.size).filter(|n| !self.pinned[*n]) {
                moved[n] = match side {
                    Side::High => (near[n] + 1.01 * margin * stays[n]).min(1.0),
                    Side::Low => (near[n] - 1.01 * margin * stays[n]).max(0.0),
                };
            }
            *looks = looks.saturating_sub(self.looks());
            let mut holds = |n: usize| match side {
                _ if self.pinned[n] => true,
                Side::High => moved[n] >= 1.0 || self.step::<Up>(n, &moved, side, 0.0) <= moved[n],
                Side::Low => moved[n] <= 0.0 || self.step::<Down>(n, &moved, side, 0.0) >= moved[n],
            };
            if (0..size).all(&mut holds) {
                return Some((moved, margin));
            }
            margin *= 4.0;
        }
        None
    }

    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn widest(&self) -> Vec<f64> {
        let mut shares = self.known.clone();
        if self.side == Side::High {
            shares[..self.size].fill(1.0);
        }
        self.set_pinned(&mut shares);
        shares
    }

    /// Improves valid bounds: a step, rounded to their side, never passes the true shares. Returns whether they
    /// converged.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn polish(&mut self, shares: &mut [f64], as_long_as_can_be: bool, looks: &mut u64) -> bool {
        let mut rounds = 0;
        loop {
            let left = looks.checked_sub(self.looks());
            if rounds >= POLISHED && (!as_long_as_can_be || left.is_none()) {
                return false;
            }
            rounds += 1;
            *looks = left.unwrap_or(0);
            let mut is_at_rest = true;
            for turn in 0..self.turns.len() {
                let n = self.turns[turn];
                if self.pinned[n] {
                    continue;
                }
                let better = match self.side {
                    Side::High => self.step::<Up>(n, shares, Side::High, 0.0).min(shares[n]),
                    Side::Low => self.step::<Down>(n, shares, Side::Low, 0.0).max(shares[n]),
                };
                is_at_rest &= (better - shares[n]).abs() <= AT_REST * 10.0;
                shares[n] = better;
            }
            if is_at_rest {
                return true;
            }
        }
    }

    /// Pins the members that others can have entirely, or that the owner can: if chains may stay in the ring forever,
    /// it is in these. Their bounds are 0 or 1.
    fn pin(&mut self) {
        match self.side {
            Side::Low => {
                let has_some = self.spread(Side::Low, &vec![true; self.size]);
                self.pinned = has_some.into_iter().map(|some| !some).collect();
            }
            Side::High => {
                self.pinned = self.whole();
            }
        }
    }

    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn set_pinned(&self, values: &mut [f64]) {
        let value = if self.side == Side::High { 1.0 } else { 0.0 };
        for n in (0..self.size).filter(|n| self.pinned[*n]) {
            values[n] = value;
        }
    }

    /// Finds the members of which the owner has some, for the allocation extreme in `first`.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn spread(&mut self, first: Side, among: &[bool]) -> Vec<bool> {
        let known = self.known.iter().map(|share| f64::from(u8::from(*share > 0.0)));
        let mut some: Vec<f64> = known.collect();
        let mut held = vec![Vec::new(); self.size];
        for n in 0..self.size {
            let holders: Vec<(usize, bool)> = self.entries_of(n).collect();
            for (from, may_be) in holders {
                if may_be && from < self.size {
                    held[from].push(n);
                }
            }
        }
        let mut open = self.turns.clone();
        open.reverse();
        while let Some(n) = open.pop() {
            if among[n] && some[n] <= 0.0 && self.step::<Down>(n, &some, first, 0.0) > 0.0 {
                some[n] = 1.0;
                open.extend(&held[n]);
            }
        }
        some.truncate(self.size);
        some.into_iter().map(|some| some > 0.0).collect()
    }

    /// Finds the members that the owner can have entirely: they can be allocated to one another and the owner so that
    /// all chains finally reach the owner.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn whole(&mut self) -> Vec<bool> {
        const MOST: usize = 20;
        let size = self.size;
        let mut among = vec![true; self.size];
        for _ in 0..MOST {
            let reached = self.spread(Side::High, &among);
            let mut values: Vec<f64> =
                self.known.iter().map(|share| f64::from(u8::from(*share >= 1.0))).collect();
            for n in 0..self.size {
                values[n] = f64::from(u8::from(among[n] && reached[n]));
            }
            let mut is_all =
                |n: usize| values[n] > 0.0 && self.step::<Near>(n, &values, Side::High, 0.0) > 1.0 - 1e-12;
            let still: Vec<bool> = (0..size).map(&mut is_all).collect();
            if still == among {
                return among;
            }
            among = still;
        }
        vec![false; self.size]
    }
}

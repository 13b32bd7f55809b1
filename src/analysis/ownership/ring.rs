//! The shares of one owner in the companies of a ring: exact by policy iteration, or floats that err to one side.

#![expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]

use std::collections::{BTreeMap, HashMap};

use super::fill::{Filled, Owner, fill, is_plain};
use super::flow::Share;
use super::linear::{Effort, System};
use super::network::Network;
use super::number::{Number, Side, Value, add, float_of, multiply};
use crate::value::Proportion;

/// Policies are tried at most so often; two or three are usual.
const MOST_POLICIES: usize = 100;

/// A float is improved at most so often.
const MOST_SWEEPS: usize = 5_000;

/// A sweep that changes no share by more than this part of it is the last.
const CLOSE: f64 = 1e-14;

/// So many improvements of single companies are made in all at most.
const MOST_STEPS: usize = 40_000_000;

/// The companies of a ring, and the shares of the owner in whatever else holds them.
pub(crate) struct Ring<'n, F> {
    pub(crate) network: &'n Network,
    pub(crate) members: &'n [u32],
    pub(crate) owner: Owner,
    pub(crate) side: Side,
    pub(crate) effort: &'n Effort,
    /// The owner's share in a holder that is no member.
    pub(crate) known: F,
}

impl<F: Fn(u32) -> Value> Ring<'_, F> {
    /// The owner's share in each member.
    ///
    /// For a fixed way to share out every column the system is linear. The way is then bettered company by company until
    /// none can be, which is policy iteration (Howard, "Dynamic Programming and Markov Processes", 1960). A company
    /// changes its way only if it is better for it, never for one that is as good: so a ring is not closed by a tie.
    pub(crate) fn solve(&self) -> Vec<Value> {
        let place: HashMap<u32, usize> = self.members.iter().copied().zip(0..).collect();
        let is_hopeless = self.effort.is_hopeless(self.members);
        if let Some(shares) = (!is_hopeless).then(|| self.exact(&place)).flatten() {
            return shares;
        }
        self.floats(&place).bounds(self.side, self.effort)
    }

    fn exact(&self, place: &HashMap<u32, usize>) -> Option<Vec<Value>> {
        let short = |numbers: Vec<Number>| -> Vec<Value> {
            numbers.into_iter().map(|number| Value::kept_short(number, self.side)).collect()
        };
        if self.is_fixed() {
            let nothing = vec![Value::zero(); self.members.len()];
            return self.solved(self.system(place, &self.filled(place, &nothing))?).map(short);
        }
        let without = self.without(place);
        let mut values: Vec<Value> =
            self.floats(place).rising(self.side, self.effort).0.into_iter().map(Value::Rounded).collect();
        let mut ways = self.filled(place, &values);
        for _ in 0..MOST_POLICIES {
            let mut system = self.system(place, &ways)?;
            for n in (0..self.members.len()).filter(|n| without[*n]) {
                system.rows[n].clear();
                system.constants[n] = Number::zero();
            }
            values = short(self.solved(system)?);
            if values.iter().any(Value::is_rounded) {
                return None;
            }
            let mut is_best = true;
            for n in (0..self.members.len()).filter(|n| !without[*n]) {
                if let Some(better) = self.better(place, n, &values)? {
                    ways[n] = better;
                    is_best = false;
                }
            }
            if is_best {
                return Some(values);
            }
        }
        None
    }

    fn solved(&self, system: System) -> Option<Vec<Number>> {
        let solution = system.solve(self.effort);
        if solution.is_none() {
            self.effort.give_up(self.members);
        }
        solution
    }

    /// A way to share out a member that is better than what it has; an outer none if a share is not exact.
    #[expect(clippy::option_option, reason = "no better way differs from no exact one")]
    fn better(&self, place: &HashMap<u32, usize>, n: usize, values: &[Value]) -> Option<Option<Filled>> {
        let member = self.members[n];
        if self.owner != Owner::Undisclosed && is_plain(self.network, member) {
            return Some(None);
        }
        let value =
            |holder: u32| place.get(&holder).map_or_else(|| (self.known)(holder), |n| values[*n].clone());
        let filled = fill(self.network, member, self.owner, self.side, |holder| Share {
            value: value(holder),
            open: false,
        });
        let mut sum = if self.owner == Owner::Undisclosed { filled.unlisted.clone() } else { Number::zero() };
        for (edge, weight) in self.network.holders(member).iter().zip(&filled.weights) {
            match value(edge.holder) {
                Value::Exact(share) => sum = sum.plus(&weight.times(&share)),
                Value::Rounded(_) => return None,
            }
        }
        let Value::Exact(before) = &values[n] else { return None };
        let is_better = if self.side == Side::High { sum > *before } else { sum < *before };
        Some(is_better.then_some(filled))
    }

    /// Of each member, whether it can be shared out so that the owner has nothing of it: on the low side those from
    /// whom a ring can be closed, or that others can have, and nobody who has some must be let in.
    ///
    /// In all other members the owner has some whatever the way, and no ring of them closes: so that what
    /// [solves](Self::solve) the system there is the only solution.
    fn without(&self, place: &HashMap<u32, usize>) -> Vec<bool> {
        let mut without = vec![self.side == Side::Low; self.members.len()];
        let mut open: Vec<usize> =
            if self.side == Side::Low { (0..self.members.len()).collect() } else { Vec::new() };
        while let Some(n) = open.pop() {
            if !without[n] {
                continue;
            }
            let value = |holder: u32| match place.get(&holder) {
                Some(n) => {
                    if without[*n] {
                        Value::zero()
                    } else {
                        Value::one()
                    }
                }
                None => (self.known)(holder),
            };
            let member = self.members[n];
            let share = |holder| Share { value: value(holder), open: false };
            let filled = fill(self.network, member, self.owner, self.side, share);
            let mut holders = self.network.holders(member).iter().zip(&filled.weights);
            let has_some = self.owner == Owner::Undisclosed && filled.unlisted.is_positive()
                || holders.any(|(edge, weight)| weight.is_positive() && value(edge.holder).is_positive());
            if has_some {
                without[n] = false;
                let held = self.network.holdings(member).filter_map(|edge| place.get(&edge.company));
                open.extend(held.filter(|held| without[**held]));
            }
        }
        without
    }

    fn is_fixed(&self) -> bool {
        let plain = |member: &u32| self.owner != Owner::Undisclosed && is_plain(self.network, *member);
        self.members.iter().all(plain)
    }

    fn filled(&self, place: &HashMap<u32, usize>, values: &[Value]) -> Vec<Filled> {
        let share = |holder: u32| {
            let value = place.get(&holder).map_or_else(|| (self.known)(holder), |n| values[*n].clone());
            Share { value, open: false }
        };
        self.members.iter().map(|member| fill(self.network, *member, self.owner, self.side, share)).collect()
    }

    fn system(&self, place: &HashMap<u32, usize>, filled: &[Filled]) -> Option<System> {
        let mut system = System { rows: Vec::new(), constants: Vec::new() };
        for (member, filled) in self.members.iter().zip(filled) {
            let mut row: BTreeMap<usize, Number> = BTreeMap::new();
            let mut constant =
                if self.owner == Owner::Undisclosed { filled.unlisted.clone() } else { Number::zero() };
            for (edge, weight) in self.network.holders(*member).iter().zip(&filled.weights) {
                match place.get(&edge.holder) {
                    Some(n) => {
                        row.insert(*n, weight.clone());
                    }
                    None => match (self.known)(edge.holder) {
                        Value::Exact(share) => constant = constant.plus(&weight.times(&share)),
                        Value::Rounded(_) => return None,
                    },
                }
            }
            system.rows.push(row);
            system.constants.push(constant);
        }
        Some(system)
    }

    fn floats(&self, place: &HashMap<u32, usize>) -> Floats {
        let side = self.side;
        let column = |member: &u32| {
            let mut entries = Vec::new();
            let mut lows = Vec::new();
            for edge in self.network.holders(*member) {
                lows.push(edge.low);
                let from = match place.get(&edge.holder) {
                    Some(n) => From::Member(*n),
                    None => From::Known((self.known)(edge.holder).float(side)),
                };
                entries.push(FloatEntry {
                    from,
                    low: float_of(edge.low, side),
                    room: room(edge.low, edge.high),
                });
            }
            let column = self.network.column(*member);
            if let Some(outside) = column.outside {
                lows.push(outside.low);
                let room = room(outside.low, outside.high);
                entries.push(FloatEntry { from: From::Known(0.0), low: 0.0, room });
            }
            if !column.complete {
                let value = if self.owner == Owner::Undisclosed { 1.0 } else { 0.0 };
                entries.push(FloatEntry { from: From::Known(value), low: 0.0, room: 1.0 });
            }
            FloatColumn { entries, rest: rest(&lows, side) }
        };
        Floats(self.members.iter().map(column).collect())
    }
}

/// How much more than its low a holder may have: on the low side more room can only lower the answer, and on the high
/// side raise it.
fn room(low: Proportion, high: Proportion) -> f64 {
    match high.checked_sub(low) {
        Some(room) => float_of(room, Side::High),
        None => Number::from(high).minus(&Number::from(low)).rounded(Side::High),
    }
}

/// What is left of the whole.
fn rest(lows: &[Proportion], side: Side) -> f64 {
    let sum = lows.iter().try_fold(Proportion::ZERO, |sum, low| sum.checked_add(*low));
    match sum.and_then(|sum| Proportion::ONE.checked_sub(sum)) {
        Some(rest) => float_of(rest.max(Proportion::ZERO), side),
        None => {
            let sum = lows.iter().fold(Number::zero(), |sum, low| sum.plus(&Number::from(*low)));
            Number::one().minus(&sum).rounded(side)
        }
    }
}

#[derive(Clone, Copy)]
enum From {
    Member(usize),
    Known(f64),
}

struct FloatEntry {
    from: From,
    low: f64,
    room: f64,
}

struct FloatColumn {
    entries: Vec<FloatEntry>,
    /// What no holder surely has.
    rest: f64,
}

/// The columns of a ring in floats, rounded to one side.
struct Floats(Vec<FloatColumn>);

impl Floats {
    /// Shares on the safe side.
    fn bounds(&self, side: Side, effort: &Effort) -> Vec<Value> {
        let (low, is_at_rest) = self.rising(side, effort);
        if !is_at_rest {
            effort.cut();
        }
        let shares = match side {
            Side::Low => low,
            Side::High => self.above(&low, effort).unwrap_or_else(|| vec![1.0; low.len()]),
        };
        shares.into_iter().map(|share| Value::Rounded(share.min(1.0))).collect()
    }

    /// Value iteration from zero.
    ///
    /// The true shares are the least fixed point, and each step is monotone; so no step passes them, if it
    /// rounds down, wherever it stops. If it rounds up, what comes out is only near them. Says whether it came to rest.
    fn rising(&self, side: Side, effort: &Effort) -> (Vec<f64>, bool) {
        let mut shares = vec![0.0; self.0.len()];
        let sweeps = self.sweeps(effort);
        let mut spread = Vec::new();
        for _ in 0..sweeps {
            let mut change = 0.0_f64;
            for n in 0..shares.len() {
                let better = self.step(n, &shares, side, (0.0, false), &mut spread);
                change = change.max((better - shares[n]) / better.max(f64::MIN_POSITIVE));
                if better > shares[n] {
                    shares[n] = better;
                }
            }
            if change <= CLOSE {
                return (shares, true);
            }
        }
        (shares, false)
    }

    fn sweeps(&self, effort: &Effort) -> usize {
        let entries = self.entries();
        MOST_SWEEPS.min(MOST_STEPS / entries.max(1)).max(1).min(effort.sweeps(entries))
    }

    fn entries(&self) -> usize {
        self.0.iter().map(|column| column.entries.len()).sum()
    }

    /// Shares that are surely not below the true ones: a point that a step, rounded up, does not raise, is above
    /// the least fixed point (Park's rule).
    ///
    /// It is looked for above the shares near the true ones, along the times that chains stay in the ring.
    fn above(&self, near: &[f64], effort: &Effort) -> Option<Vec<f64>> {
        let mut times = vec![1.0; near.len()];
        let sweeps = self.sweeps(effort);
        let mut spread = Vec::new();
        for _ in 0..sweeps {
            let mut change = 0.0_f64;
            for n in 0..times.len() {
                let longer = self.step(n, &times, Side::High, (1.0, true), &mut spread);
                change = change.max((longer - times[n]) / longer);
                times[n] = longer;
            }
            if change <= 1e-3 {
                break;
            }
        }
        let mut margin = 1e-15;
        while margin < 1e-2 {
            let raised: Vec<f64> =
                near.iter().zip(&times).map(|(share, time)| share + margin * time * 1.01).collect();
            let mut holds =
                |n: usize| self.step(n, &raised, Side::High, (0.0, false), &mut spread) <= raised[n];
            if (0..raised.len()).all(&mut holds) {
                return Some(raised);
            }
            margin *= 4.0;
        }
        None
    }

    /// What a company's holders give it, with the rest shared out to the extreme.
    ///
    /// It starts with some, and counts what comes from within the ring only, if so asked. `spread` is room to work in.
    fn step(
        &self,
        n: usize,
        shares: &[f64],
        side: Side,
        (start, within): (f64, bool),
        spread: &mut Vec<(f64, f64)>,
    ) -> f64 {
        let column = &self.0[n];
        let value = |from: From| match from {
            From::Member(n) => shares[n],
            From::Known(share) if !within => share,
            From::Known(_) => 0.0,
        };
        let mut sum = start;
        spread.clear();
        for entry in &column.entries {
            let value = value(entry.from);
            sum = add(sum, multiply(entry.low, value, side), side);
            if entry.room > 0.0 {
                spread.push((value, entry.room));
            }
        }
        spread.sort_unstable_by(
            |a, b| if side == Side::High { b.0.total_cmp(&a.0) } else { a.0.total_cmp(&b.0) },
        );
        let mut rest = column.rest;
        for (value, room) in spread.drain(..) {
            let more = room.min(rest);
            sum = add(sum, multiply(more, value, side), side);
            // What is left over is made larger on the high side, smaller on the low side.
            rest = match side {
                Side::High => (rest - more).next_up().max(0.0),
                Side::Low => (rest - more).next_down().max(0.0),
            };
            if more >= column.rest || rest <= 0.0 {
                break;
            }
        }
        sum
    }
}

//! The shares of one owner in the companies of a ring: exact by policy iteration, or floats that err to one side.

use std::collections::{BTreeMap, HashMap};

use super::effort::Effort;
use super::fill::{Filled, Owner, fill, is_plain};
use super::floats::Floats;
use super::flow::Share;
use super::linear::System;
use super::network::Network;
use super::number::{Number, Side, Value};

/// At most this many policies are tried; two or three are usual.
const MOST_POLICIES: usize = 100;

/// An exact solution counts as this many visits of each stake.
const LOOKS_IF_EXACT: u64 = 50;

/// The companies of a ring, and the shares of the owner in everything else that holds them.
pub(crate) struct Ring<'n, F> {
    pub(crate) network: &'n Network,
    pub(crate) members: &'n [u32],
    pub(crate) owner: Owner,
    pub(crate) side: Side,
    pub(crate) effort: &'n Effort,
    /// The owner's share in a holder that is not a member.
    pub(crate) known: F,
}

impl<F: Fn(u32) -> Value> Ring<'_, F> {
    /// The owner's share in each member.
    ///
    /// For a fixed allocation of every column the system is linear. The allocation is then improved company by company
    /// until none can be, which is policy iteration (Howard, "Dynamic Programming and Markov Processes", 1960). A
    /// company's allocation changes only if that is better, never if it is as good, so that a tie never closes a ring.
    pub(crate) fn solve(&self) -> Vec<Value> {
        let place: HashMap<u32, usize> = self.members.iter().copied().zip(0..).collect();
        let is_hopeless = self.effort.is_hopeless(self.members);
        if let Some(shares) = (!is_hopeless).then(|| self.exact(&place)).flatten() {
            return shares;
        }
        self.floats(&place).bounds(self.members, self.effort)
    }

    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn exact(&self, place: &HashMap<u32, usize>) -> Option<Vec<Value>> {
        let short = |numbers: Vec<Number>| -> Vec<Value> {
            numbers.into_iter().map(|number| Value::kept_short(number, self.side)).collect()
        };
        if self.is_fixed() {
            let nothing = vec![Value::zero(); self.members.len()];
            return self.solved(self.system(place, &self.filled(place, &nothing))?).map(short);
        }
        let without = self.without(place);
        let mut floats = self.floats(place);
        self.effort.look(floats.looks().saturating_mul(LOOKS_IF_EXACT));
        let mut values: Vec<Value> = floats.rising(self.effort).into_iter().map(Value::Rounded).collect();
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

    fn solved(&self, system: System<Number>) -> Option<Vec<Number>> {
        let solved = system.solve(self.effort);
        if solved.is_none() {
            self.effort.give_up(self.members);
        }
        Some(solved?.solution)
    }

    /// An allocation of a member that improves on its present value; the outer `None` if a share is not exact.
    #[expect(clippy::option_option, reason = "no better way differs from no exact one")]
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
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

    /// Whether each member can be allocated so that the owner has nothing of it. On the low side these are the members
    /// from which a ring can be closed, or that others can have entirely without including anybody in whom the owner
    /// has some.
    ///
    /// In all other members the owner has some with any allocation, and no ring of them closes, so that
    /// [solving](Self::solve) the system there gives its only solution.
    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
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

    #[expect(clippy::indexing_slicing, reason = "members of one ring, numbered by itself")]
    fn filled(&self, place: &HashMap<u32, usize>, values: &[Value]) -> Vec<Filled> {
        let share = |holder: u32| {
            let value = place.get(&holder).map_or_else(|| (self.known)(holder), |n| values[*n].clone());
            Share { value, open: false }
        };
        self.members.iter().map(|member| fill(self.network, *member, self.owner, self.side, share)).collect()
    }

    fn system(&self, place: &HashMap<u32, usize>, filled: &[Filled]) -> Option<System<Number>> {
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
        let known = |holder| (self.known)(holder).float(self.side);
        let place = |node: u32| place.get(&node).copied();
        Floats::new(self.network, self.members, (self.owner, self.side), place, known)
    }
}

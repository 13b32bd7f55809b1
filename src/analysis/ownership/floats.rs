//! Policy iteration in floats for the companies of a ring.

use super::fill::Owner;
use super::network::{Edge, Network};
use super::number::{Number, Side, add, float_of, multiply};
use crate::value::Proportion;

/// The stakes of a network as floats, rounded so that shares computed from them err to one side.
#[derive(Clone, Debug)]
pub(crate) struct Rounded {
    /// The low of each edge.
    low: Vec<f64>,
    /// The room of each edge: how much more than its low it may have.
    room: Vec<f64>,
    /// For each company, what nobody certainly has, and how much more than their low the outside holders may have.
    columns: Vec<(f64, f64)>,
}

impl Rounded {
    pub(crate) fn of(network: &Network, side: Side) -> Self {
        let edges = network.edges();
        let column = |company| {
            let outside = network.column(company).outside;
            let lows = network.holders(company).iter().map(|edge| edge.low);
            let lows: Vec<Proportion> = lows.chain(outside.map(|outside| outside.low)).collect();
            (rest(&lows, side), outside.map_or(0.0, |outside| room(outside.low, outside.high)))
        };
        Self {
            low: edges.iter().map(|edge| float_of(edge.low, side)).collect(),
            room: edges.iter().map(|edge| room(edge.low, edge.high)).collect(),
            columns: (0..u32::try_from(network.len()).unwrap_or(u32::MAX)).map(column).collect(),
        }
    }
}

/// How much more than its low a holder may have. More room only lowers the result on the low side, and raises it on the
/// high side.
fn room(low: Proportion, high: Proportion) -> f64 {
    match high.checked_sub(low) {
        Some(room) if room == Proportion::ZERO => 0.0,
        Some(room) => float_of(room, Side::High),
        None => Number::from(high).minus(&Number::from(low)).rounded(Side::High),
    }
}

/// What remains of the whole.
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

/// How sums and products are rounded.
pub(super) trait Rounding {
    fn sum(a: f64, b: f64) -> f64;
    fn product(a: f64, b: f64) -> f64;
    /// What remains after some is given away.
    fn left(rest: f64, given: f64) -> f64;
}

/// Rounds to nearest, as floats do.
pub(super) struct Near;
/// Rounds down: results are at most the true number.
pub(super) struct Down;
/// Rounds up: results are at least the true number.
pub(super) struct Up;

impl Rounding for Near {
    fn sum(a: f64, b: f64) -> f64 {
        a + b
    }
    fn product(a: f64, b: f64) -> f64 {
        a * b
    }
    fn left(rest: f64, given: f64) -> f64 {
        rest - given
    }
}

impl Rounding for Down {
    fn sum(a: f64, b: f64) -> f64 {
        add(a, b, Side::Low)
    }
    fn product(a: f64, b: f64) -> f64 {
        multiply(a, b, Side::Low)
    }
    fn left(rest: f64, given: f64) -> f64 {
        (rest - given).next_down().max(0.0)
    }
}

impl Rounding for Up {
    fn sum(a: f64, b: f64) -> f64 {
        add(a, b, Side::High)
    }
    fn product(a: f64, b: f64) -> f64 {
        multiply(a, b, Side::High)
    }
    fn left(rest: f64, given: f64) -> f64 {
        (rest - given).next_up().max(0.0)
    }
}

/// A holder of a member.
struct Entry {
    /// The index of its share among the values: members first, then others, whose shares are known.
    from: u32,
    low: f64,
    room: f64,
}

/// A ring, and the shares of one owner in everything else that holds its members.
pub(crate) struct Floats {
    pub(super) side: Side,
    /// The number of members.
    pub(super) size: usize,
    /// Start offsets of each member's entries, plus one end offset.
    starts: Vec<usize>,
    entries: Vec<Entry>,
    /// For each member, what no holder certainly has.
    rests: Vec<f64>,
    /// Entries with room, by member at the same offsets, in the order last served.
    served: Vec<u32>,
    served_ends: Vec<usize>,
    /// How much each entry was last given.
    weights: Vec<f64>,
    /// The known shares; 0 for members.
    pub(super) known: Vec<f64>,
    /// The order in which members are processed, starting with those nearest the owner.
    pub(super) turns: Vec<usize>,
    /// Members whose value is fixed.
    pub(super) pinned: Vec<bool>,
}

/// When a value has converged: it changes by no more than this absolute and this relative amount.
#[derive(Clone, Copy)]
pub(super) struct Close {
    pub(super) by: f64,
    pub(super) part: f64,
}

/// The values to compute.
#[derive(Clone, Copy)]
pub(super) struct Sought {
    /// Whether holders with the largest or the smallest values are served first.
    pub(super) first: Side,
    /// A constant that each member has in addition.
    pub(super) start: f64,
    /// An upper limit on values.
    pub(super) most: f64,
    pub(super) close: Close,
}

/// Allocate companies anew after at most this many rounds.
const MOST_ROUNDS: usize = 12;

impl Floats {
    /// `place` gives the index of a member, `known` the owner's share in any other holder.
    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    pub(crate) fn new(
        network: &Network,
        members: &[u32],
        (owner, side): (Owner, Side),
        place: impl Fn(u32) -> Option<usize>,
        known: impl Fn(u32) -> f64,
    ) -> Self {
        let table = network.rounded(side);
        let size = members.len();
        let mut floats = Self {
            side,
            size,
            starts: vec![0],
            entries: Vec::new(),
            rests: Vec::with_capacity(size),
            served: Vec::new(),
            served_ends: Vec::with_capacity(size),
            weights: Vec::new(),
            known: vec![0.0; size],
            turns: Vec::new(),
            pinned: vec![false; size],
        };
        // The shares in outside holders, and in unlisted ones.
        floats.known.extend([0.0, if owner == Owner::Undisclosed { 1.0 } else { 0.0 }]);
        for member in members {
            for (n, edge) in network.numbered_holders(*member) {
                let from = place(edge.holder).unwrap_or_else(|| floats.know(known(edge.holder)));
                floats.enter(from, table.low[n], table.room[n]);
            }
            let (rest, outside) = table.columns[*member as usize];
            if outside > 0.0 {
                floats.enter(size, 0.0, outside);
            }
            if !network.column(*member).complete {
                floats.enter(size + 1, 0.0, 1.0);
            }
            floats.end(rest);
        }
        floats.turns = floats.nearest_first(network, members, place);
        floats
    }

    fn know(&mut self, share: f64) -> usize {
        self.known.push(share);
        self.known.len() - 1
    }

    fn enter(&mut self, from: usize, low: f64, room: f64) {
        self.entries.push(Entry { from: u32::try_from(from).unwrap_or(u32::MAX), low, room });
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    fn end(&mut self, rest: f64) {
        let from = self.starts[self.starts.len() - 1];
        let with_room = (from..self.entries.len()).filter(|at| self.entries[*at].room > 0.0);
        self.served.extend(with_room.map(|at| u32::try_from(at).unwrap_or(u32::MAX)));
        self.served_ends.push(self.served.len());
        self.served.resize(self.entries.len(), 0);
        self.weights.resize(self.entries.len(), 0.0);
        self.starts.push(self.entries.len());
        self.rests.push(rest);
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    fn nearest_first(
        &self,
        network: &Network,
        members: &[u32],
        place: impl Fn(u32) -> Option<usize>,
    ) -> Vec<usize> {
        let is_near =
            |n: &usize| self.entries_of(*n).any(|(from, _)| from >= self.size && self.known[from] > 0.0);
        let mut turns: Vec<usize> = (0..self.size).filter(is_near).collect();
        let mut seen = vec![false; self.size];
        turns.iter().for_each(|n| seen[*n] = true);
        let mut at = 0;
        while let Some(n) = turns.get(at).copied() {
            at += 1;
            let held = network.holdings(members[n]).filter(|edge| Edge::may_be(edge));
            let held = held.filter_map(|edge| place(edge.company));
            turns.extend(held.filter(|next| !std::mem::replace(&mut seen[*next], true)));
        }
        turns.extend((0..self.size).filter(|n| !seen[*n]));
        turns
    }

    /// The number of stakes visited in one pass over all members.
    pub(super) fn looks(&self) -> u64 {
        u64::try_from(self.entries.len() + self.size).unwrap_or(u64::MAX)
    }

    /// The largest number of holders of a member.
    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    pub(super) fn longest(&self) -> f64 {
        let longest = self.starts.windows(2).map(|ends| ends[1] - ends[0]).max().unwrap_or(0);
        f64::from(u32::try_from(longest).unwrap_or(u32::MAX))
    }

    /// The indices of a member's holders, and whether they may have any of it.
    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    pub(super) fn entries_of(&self, n: usize) -> impl Iterator<Item = (usize, bool)> {
        let entries = self.entries[self.starts[n]..self.starts[n + 1]].iter();
        entries.map(|entry| (entry.from as usize, entry.low > 0.0 || entry.room > 0.0))
    }

    /// What a member receives from its holders, with the rest allocated to the extreme: first to those with the
    /// largest, or the smallest, values.
    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    pub(super) fn step<R: Rounding>(&mut self, n: usize, values: &[f64], first: Side, start: f64) -> f64 {
        let (from, to) = (self.starts[n], self.starts[n + 1]);
        let mut sum = start;
        for (entry, weight) in self.entries[from..to].iter().zip(&mut self.weights[from..to]) {
            *weight = entry.low;
            sum = R::sum(sum, R::product(entry.low, values[entry.from as usize]));
        }
        let entries = &self.entries;
        let value = |at: u32| values[entries[at as usize].from as usize];
        let served = &mut self.served[from..self.served_ends[n]];
        put_in_order(served, |one, other| match first {
            Side::High => value(one) < value(other),
            Side::Low => value(one) > value(other),
        });
        let mut rest = self.rests[n];
        for at in served {
            let entry = &self.entries[*at as usize];
            let more = entry.room.min(rest);
            self.weights[*at as usize] += more;
            sum = R::sum(sum, R::product(more, values[entry.from as usize]));
            if more >= rest {
                break;
            }
            rest = R::left(rest, more);
        }
        sum
    }

    /// Value iteration with occasional reallocation: modified policy iteration (Puterman and Shin, 1978).
    ///
    /// If each round changes the values by a constant fraction of the previous change, the sum of all remaining rounds
    /// is added at once. The result approximates the values and may err to either side. Returns whether it converged.
    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    pub(super) fn settle(&mut self, values: &mut [f64], sought: Sought, looks: &mut u64) -> bool {
        let mut last = vec![0.0; self.size];
        while let Some(left) = looks.checked_sub(self.looks()) {
            *looks = left;
            if self.share_out(values, sought) {
                return true;
            }
            last.fill(0.0);
            let mut pace = None;
            for round in 0..MOST_ROUNDS {
                let Some(left) = looks.checked_sub(self.looks() / 4) else { return false };
                *looks = left;
                let (is_at_rest, now) = self.relax(values, sought, &mut last);
                if is_at_rest {
                    break;
                }
                let is_even = pace.is_some_and(|pace: f64| (now - pace).abs() < 0.05 * (1.0 - now));
                if round > 2 && is_even && now > 0.2 {
                    self.leap(values, sought, &last, now / (1.0 - now));
                    break;
                }
                pace = Some(now);
            }
            if values[..self.size].iter().any(|value| *value > ENDLESS) {
                return false;
            }
        }
        false
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    fn share_out(&mut self, values: &mut [f64], sought: Sought) -> bool {
        let mut is_at_rest = true;
        for turn in 0..self.turns.len() {
            let n = self.turns[turn];
            if self.pinned[n] {
                continue;
            }
            let better = self.step::<Near>(n, values, sought.first, sought.start).min(sought.most);
            is_at_rest &= sought.close.holds(values[n], better);
            values[n] = better;
        }
        is_at_rest
    }

    /// A round with the last allocation. Returns whether it changed little, and the ratio of the change to the previous
    /// one.
    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    fn relax(&self, values: &mut [f64], sought: Sought, last: &mut [f64]) -> (bool, f64) {
        let (mut along, mut before) = (0.0, 0.0);
        let mut is_at_rest = true;
        for n in self.turns.iter().copied().filter(|n| !self.pinned[*n]) {
            let mut sum = sought.start;
            for at in self.starts[n]..self.starts[n + 1] {
                sum += self.weights[at] * values[self.entries[at].from as usize];
            }
            let change = sum - values[n];
            is_at_rest &= sought.close.holds(values[n], sum);
            along += change * last[n];
            before += last[n] * last[n];
            (values[n], last[n]) = (sum, change);
        }
        (is_at_rest, if before > 0.0 { along / before } else { 0.0 })
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "members of one ring, numbered by itself, and the stakes in them"
    )]
    fn leap(&self, values: &mut [f64], sought: Sought, last: &[f64], times: f64) {
        for n in (0..self.size).filter(|n| !self.pinned[*n]) {
            values[n] = (values[n] + last[n] * times).clamp(0.0, sought.most);
        }
    }
}

/// Values beyond this count as infinite.
pub(super) const ENDLESS: f64 = 1e9;

impl Close {
    fn holds(self, before: f64, after: f64) -> bool {
        (after - before).abs() <= self.by + self.part * after
    }
}

/// Sorts nearly sorted input.
#[expect(
    clippy::indexing_slicing,
    reason = "members of one ring, numbered by itself, and the stakes in them"
)]
fn put_in_order(items: &mut [u32], is_after: impl Fn(u32, u32) -> bool) {
    if items.len() > 24 {
        items.sort_by(|one, other| match (is_after(*one, *other), is_after(*other, *one)) {
            (true, _) => std::cmp::Ordering::Greater,
            (_, true) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Equal,
        });
        return;
    }
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && is_after(items[at - 1], items[at]) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

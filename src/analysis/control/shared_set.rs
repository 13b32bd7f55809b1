//! Persistent sets with shared structure: in a chain of groups, each has all that the next lower one has.

use std::ops::Range;

use super::super::ownership::network::Edge;
use super::bloc::Sum;
use crate::query::Budget;
use crate::value::Proportion;

/// A set of keys within a [`Store`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Set(u32);

impl Set {
    pub(crate) const EMPTY: Self = Self(0);
}

/// A key: one of several parts that form a target, such as a stake in a company. The parts of a target are consecutive.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) target: u32,
    /// What is added up; `None` where parts are only counted.
    pub(crate) edge: Option<Edge>,
}

/// The sum of the parts of a target that a set has.
#[derive(Clone, Copy, Debug)]
struct Total {
    /// `None` if too long to be represented.
    low: Option<Proportion>,
    high: Option<Proportion>,
    open_lows: usize,
    open_highs: usize,
    parts: usize,
}

impl Total {
    const NOTHING: Self = Self {
        low: Some(Proportion::ZERO),
        high: Some(Proportion::ZERO),
        open_lows: 0,
        open_highs: 0,
        parts: 0,
    };

    fn of(part: &Part) -> Self {
        part.edge.as_ref().map_or(Self { parts: 1, ..Self::NOTHING }, |edge| Self {
            low: Some(edge.low),
            high: Some(edge.high),
            open_lows: usize::from(edge.low_is_open),
            open_highs: usize::from(edge.high_is_open),
            parts: 1,
        })
    }

    fn and(self, other: Self) -> Self {
        let sum = |one: Option<Proportion>, other: Option<Proportion>| one?.checked_add(other?);
        Self {
            low: sum(self.low, other.low),
            high: sum(self.high, other.high),
            open_lows: self.open_lows + other.open_lows,
            open_highs: self.open_highs + other.open_highs,
            parts: self.parts + other.parts,
        }
    }
}

/// Two sets whose keys first differ in one bit.
struct Branch {
    /// The common prefix of the keys, above that bit.
    key: u32,
    bit: u32,
    without: Set,
    with: Set,
    /// The position of the total, if all keys belong to one target.
    total: Option<u32>,
}

/// Sets of parts as binary tries (Okasaki and Gill, "Fast Mergeable Integer Maps", 1998), immutable once made. A union
/// takes time linear in the difference, and detects shared structure at once.
pub(crate) struct Store {
    parts: Vec<Part>,
    branches: Vec<Branch>,
    totals: Vec<Total>,
    budget: Budget,
    is_cut: bool,
}

/// The cost in steps of a branch with a total, relative to the memory of one without.
const STEPS_OF_A_TOTAL: usize = 5;

impl Store {
    pub(crate) const fn new(parts: Vec<Part>, budget: Budget) -> Self {
        Self { parts, branches: Vec::new(), totals: Vec::new(), budget, is_cut: false }
    }

    /// The set with one key.
    pub(crate) const fn one(key: u32) -> Set {
        Set(key + 1)
    }

    /// Whether sets are incomplete because the budget is used up, or somebody cancelled.
    pub(crate) const fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Takes steps from the budget. Returns whether enough were left.
    pub(crate) fn take(&mut self, steps: usize) -> bool {
        self.is_cut = self.is_cut || self.budget.spend_all(steps).is_err();
        !self.is_cut
    }

    /// The union of both. Appends the targets of which it has more than either, possibly repeated.
    pub(crate) fn union(&mut self, one: Set, other: Set, grown: &mut Vec<u32>) -> Set {
        if one == other || other == Set::EMPTY {
            return one;
        }
        if one == Set::EMPTY {
            return other;
        }
        if !self.take(1) {
            return one;
        }
        let ((key, bit), (other_key, other_bit)) = (self.place(one), self.place(other));
        let bit_apart = 32 - (key ^ other_key).leading_zeros();
        if bit_apart > bit.max(other_bit) {
            let other_has_bit = other_key >> (bit_apart - 1) & 1 == 1;
            let (without, with) = if other_has_bit { (one, other) } else { (other, one) };
            return self.branch(bit_apart, without, with, grown);
        }
        if bit == other_bit {
            let ((without, with), (others_without, others_with)) = (self.halves(one), self.halves(other));
            let without = self.union(without, others_without, grown);
            let with = self.union(with, others_with, grown);
            return self.either_or(&[one, other], bit, without, with, grown);
        }
        let (large, small, bit) = if bit > other_bit { (one, other, bit) } else { (other, one, other_bit) };
        let (without, with) = self.halves(large);
        let (small_key, _) = self.place(small);
        let (without, with) = match small_key >> (bit - 1) & 1 {
            0 => (self.union(without, small, grown), with),
            _ => (without, self.union(with, small, grown)),
        };
        self.either_or(&[large], bit, without, with, grown)
    }

    /// One of some sets if it has exactly these halves, else a new branch.
    fn either_or(&mut self, some: &[Set], bit: u32, without: Set, with: Set, grown: &mut Vec<u32>) -> Set {
        let same = some.iter().find(|one| self.halves(**one) == (without, with));
        same.copied().unwrap_or_else(|| self.branch(bit, without, with, grown))
    }

    fn branch(&mut self, bit: u32, without: Set, with: Set, grown: &mut Vec<u32>) -> Set {
        let (low_key, _) = self.place(without);
        let key = low_key & !mask(bit);
        let middle = key | 1 << (bit - 1);
        let target = |key: u32| self.parts.get(key as usize).map(|part| part.target);
        // Only one target can have parts on both sides.
        let both = target(middle - 1).filter(|one| target(middle) == Some(*one));
        grown.extend(both);
        let last = (key | mask(bit)).min(u32::try_from(self.parts.len()).unwrap_or(u32::MAX) - 1);
        let total = both.filter(|one| target(key) == Some(*one) && target(last) == Some(*one)).map(|_| {
            self.take(STEPS_OF_A_TOTAL);
            let total = self.total(without).and(self.total(with));
            self.totals.push(total);
            u32::try_from(self.totals.len() - 1).unwrap_or(u32::MAX)
        });
        self.branches.push(Branch { key, bit, without, with, total });
        Set(u32::try_from(self.parts.len() + self.branches.len()).unwrap_or(u32::MAX))
    }

    /// The common prefix of a set's keys, and its number of lower bits.
    fn place(&self, set: Set) -> (u32, u32) {
        self.inner(set).map_or((set.0 - 1, 0), |branch| (branch.key, branch.bit))
    }

    #[expect(clippy::indexing_slicing, reason = "branches of one store, numbered by itself")]
    fn inner(&self, set: Set) -> Option<&Branch> {
        (set.0 as usize).checked_sub(self.parts.len() + 1).map(|n| &self.branches[n])
    }

    fn halves(&self, set: Set) -> (Set, Set) {
        self.inner(set).map_or((Set::EMPTY, Set::EMPTY), |branch| (branch.without, branch.with))
    }

    /// The total of a set whose parts all belong to one target.
    #[expect(clippy::indexing_slicing, reason = "branches of one store, numbered by itself")]
    fn total(&self, set: Set) -> Total {
        match self.inner(set) {
            None => Total::of(&self.parts[set.0 as usize - 1]),
            Some(branch) => branch.total.map_or(Total::NOTHING, |n| self.totals[n as usize]),
        }
    }

    /// The part of a set within a range of keys, as the largest possible subtrees, in order.
    fn within(&self, set: Set, range: &Range<u32>) -> Vec<Set> {
        let mut found = Vec::new();
        let mut open = vec![set];
        while let Some(set) = open.pop().filter(|set| *set != Set::EMPTY) {
            let (key, bit) = self.place(set);
            let last = key | mask(bit);
            if range.start <= key && last < range.end {
                found.push(set);
            } else if key < range.end && range.start <= last {
                let (without, with) = self.halves(set);
                open.extend([with, without].into_iter().filter(|half| *half != Set::EMPTY));
            }
        }
        found
    }

    /// The keys of a set within a range, in order.
    pub(crate) fn keys(&self, set: Set, range: &Range<u32>) -> Vec<u32> {
        let mut keys = Vec::new();
        let mut open = vec![set];
        while let Some(set) = open.pop() {
            let (key, bit) = if set == Set::EMPTY { continue } else { self.place(set) };
            if key >= range.end || key | mask(bit) < range.start {
                continue;
            }
            match self.inner(set) {
                None => keys.push(key),
                Some(branch) => open.extend([branch.with, branch.without]),
            }
        }
        keys
    }

    /// The sum of the stakes that a set has of a target, given by its range.
    #[expect(clippy::indexing_slicing, reason = "branches of one store, numbered by itself")]
    pub(crate) fn sum(&self, set: Set, range: &Range<u32>) -> Sum {
        let within = self.within(set, range).into_iter().map(|set| self.total(set));
        let Total { low, high, open_lows, open_highs, parts } = within.fold(Total::NOTHING, Total::and);
        if let (Some(low), Some(high)) = (low, high) {
            return Sum::new(low, high, (open_lows, open_highs), parts);
        }
        let mut sum = Sum::zero();
        let keys = self.keys(set, range);
        keys.iter().filter_map(|key| self.parts[*key as usize].edge.as_ref()).for_each(|edge| sum.add(edge));
        sum
    }

    /// The number of parts that a set has of a target, given by its range.
    pub(crate) fn count(&self, set: Set, range: &Range<u32>) -> usize {
        self.within(set, range).into_iter().map(|set| self.total(set).parts).sum()
    }
}

/// A mask of this many low bits.
const fn mask(bits: u32) -> u32 {
    match 1_u32.checked_shl(bits) {
        Some(above) => above - 1,
        None => u32::MAX,
    }
}

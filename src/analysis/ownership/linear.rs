//! Exact solution of the sparse systems that rings of companies make.

#![expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::number::Number;

/// How much work may still be spent within one question; then shares are told as intervals, and at last as wide ones.
///
/// It is counted, not timed, so that the same input gives the same answer everywhere.
pub(crate) struct Effort {
    /// For exact solutions. One unit is about one product of machine words.
    left: Cell<u64>,
    /// What one solution may take, as far as can be told beforehand.
    each: Cell<u64>,
    /// Members of rings whose exact solution is too much.
    hopeless: RefCell<HashSet<u32>>,
    /// Looks at stakes for bounds that are not exact, and what one solution may take of them.
    looks: u64,
    looks_each: Cell<u64>,
    /// Some bounds took more looks than that.
    is_cut: Cell<bool>,
}

/// What the exact solutions of one question may take.
const OF_A_QUESTION: u64 = 400_000_000;

/// It is told beforehand too high, since factors cancel: by so much at most, as a rule.
const TOO_HIGH: u64 = 4;

impl Effort {
    pub(crate) fn of_a_question(looks: u64) -> Self {
        Self {
            left: Cell::new(OF_A_QUESTION),
            each: Cell::new(OF_A_QUESTION),
            hopeless: RefCell::default(),
            looks,
            looks_each: Cell::new(looks),
            is_cut: Cell::new(false),
        }
    }

    /// So many solutions share it.
    pub(crate) fn share_among(&self, solutions: usize) {
        let solutions = u64::try_from(solutions).unwrap_or(u64::MAX).max(1);
        self.each.set(OF_A_QUESTION / solutions);
        // There are two ends to each range.
        self.looks_each.set(self.looks / solutions / 2);
    }

    /// Whether an exact solution of a ring of these was too much before.
    pub(crate) fn is_hopeless(&self, members: &[u32]) -> bool {
        let hopeless = self.hopeless.borrow();
        members.iter().all(|member| hopeless.contains(member))
    }

    pub(crate) fn give_up(&self, members: &[u32]) {
        self.hopeless.borrow_mut().extend(members);
    }

    /// How often so many stakes may be looked at: once at least, and twice within a solution.
    pub(crate) fn sweeps(&self, stakes: usize) -> usize {
        let stakes = u64::try_from(stakes).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.looks_each.get() / 2 / stakes).unwrap_or(usize::MAX).max(1)
    }

    /// Notes that bounds would be narrower with more looks.
    pub(crate) fn cut(&self) {
        self.is_cut.set(true);
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut.get()
    }

    /// Takes so much; none if that is more than is left, and then nothing is left.
    fn take(&self, work: u64) -> Option<()> {
        let left = self.left.get().checked_sub(work);
        self.left.set(left.unwrap_or(0));
        left.map(|_| ())
    }
}

/// `x_j = constant_j + sum over i of rows_j(i) * x_i`, all numbers zero or more.
#[derive(Clone, Debug)]
pub(crate) struct System {
    pub(crate) rows: Vec<BTreeMap<usize, Number>>,
    pub(crate) constants: Vec<Number>,
}

impl System {
    /// The least solution; none if the work is too much, or a closed ring has none that is finite.
    ///
    /// What no constant reaches is zero, closed or not. The rest is eliminated one by one, those with the fewest
    /// neighbours first. Nothing is subtracted but the share that each has in itself from 1.
    pub(crate) fn solve(mut self, effort: &Effort) -> Option<Vec<Number>> {
        self.drop_unreached();
        let mut users: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.rows.len()];
        for (j, row) in self.rows.iter().enumerate() {
            for i in row.keys() {
                users[*i].insert(j);
            }
        }
        if Plan::of(&self, users.clone()).exceeds(effort.each.get().saturating_mul(TOO_HIGH)) {
            return None;
        }
        let mut left: BTreeSet<(usize, usize)> =
            (0..self.rows.len()).map(|n| (self.cost(n, &users), n)).collect();
        let mut order = Vec::with_capacity(self.rows.len());
        while let Some((_, next)) = left.pop_first() {
            let mut touched: BTreeSet<usize> = self.rows[next].keys().chain(&users[next]).copied().collect();
            touched.remove(&next);
            touched.retain(|n| left.remove(&(self.cost(*n, &users), *n)));
            self.eliminate(next, &mut users, effort)?;
            left.extend(touched.into_iter().map(|n| (self.cost(n, &users), n)));
            order.push(next);
        }
        Some(self.substitute(&order))
    }

    fn cost(&self, n: usize, users: &[BTreeSet<usize>]) -> usize {
        self.rows[n].len() * users[n].len()
    }

    /// Takes out what is zero because nothing leads to it.
    fn drop_unreached(&mut self) {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.rows.len()];
        for (j, row) in self.rows.iter_mut().enumerate() {
            row.retain(|_, weight| !weight.is_zero());
            for i in row.keys() {
                users[*i].push(j);
            }
        }
        let mut reached: Vec<bool> = self.constants.iter().map(Number::is_positive).collect();
        let mut open: Vec<usize> = (0..reached.len()).filter(|n| reached[*n]).collect();
        while let Some(n) = open.pop() {
            for user in &users[n] {
                if !std::mem::replace(&mut reached[*user], true) {
                    open.push(*user);
                }
            }
        }
        for (j, row) in self.rows.iter_mut().enumerate() {
            row.retain(|i, _| reached[j] && reached[*i]);
        }
    }

    /// Puts what one number equals into the rows that use it.
    fn eliminate(&mut self, next: usize, users: &mut [BTreeSet<usize>], effort: &Effort) -> Option<()> {
        let mut row = std::mem::take(&mut self.rows[next]);
        users[next].remove(&next);
        if let Some(own) = row.remove(&next) {
            let rest = Number::one().minus(&own);
            if !rest.is_positive() {
                return None;
            }
            for weight in row.values_mut() {
                *weight = weight.divided_by(&rest);
            }
            self.constants[next] = self.constants[next].divided_by(&rest);
        }
        for j in std::mem::take(&mut users[next]) {
            let Some(weight) = self.rows[j].remove(&next) else { continue };
            for (i, own) in &row {
                effort.take(cost(&weight, own))?;
                let sum = self.rows[j].entry(*i).or_insert_with(Number::zero);
                *sum = sum.plus(&weight.times(own));
                users[*i].insert(j);
            }
            effort.take(cost(&weight, &self.constants[next]))?;
            self.constants[j] = self.constants[j].plus(&weight.times(&self.constants[next]));
        }
        for i in row.keys() {
            users[*i].remove(&next);
        }
        self.rows[next] = row;
        Some(())
    }

    fn substitute(&self, order: &[usize]) -> Vec<Number> {
        let mut solution = vec![Number::zero(); self.rows.len()];
        for n in order.iter().rev() {
            let terms = self.rows[*n].iter();
            solution[*n] = terms
                .fold(self.constants[*n].clone(), |sum, (i, weight)| sum.plus(&weight.times(&solution[*i])));
        }
        solution
    }
}

/// The elimination without its numbers: which are there, and about how long they get.
struct Plan {
    rows: Vec<BTreeSet<usize>>,
    users: Vec<BTreeSet<usize>>,
    bits: Vec<u64>,
    longest: u64,
}

impl Plan {
    fn of(system: &System, users: Vec<BTreeSet<usize>>) -> Self {
        let rows = system.rows.iter().map(|row| row.keys().copied().collect());
        let bits = |(row, constant): (&BTreeMap<usize, Number>, &Number)| {
            row.values().chain([constant]).map(Number::bits).max().unwrap_or(0)
        };
        let bits: Vec<u64> = system.rows.iter().zip(&system.constants).map(bits).collect();
        Self { rows: rows.collect(), users, longest: bits.iter().copied().max().unwrap_or(0), bits }
    }

    /// Whether it takes more than so much work; no more than that is spent to find out.
    fn exceeds(mut self, work: u64) -> bool {
        let cost =
            |rows: &[BTreeSet<usize>], users: &[BTreeSet<usize>], n: usize| rows[n].len() * users[n].len();
        let mut spent = 0_u64;
        let mut left: BTreeSet<(usize, usize)> =
            (0..self.rows.len()).map(|n| (cost(&self.rows, &self.users, n), n)).collect();
        let mut eliminated = 2;
        while let Some((_, next)) = left.pop_first() {
            let mut touched: BTreeSet<usize> = self.rows[next].union(&self.users[next]).copied().collect();
            touched.remove(&next);
            for n in &touched {
                left.remove(&(cost(&self.rows, &self.users, *n), *n));
            }
            eliminated += 1;
            spent = spent.saturating_add(self.eliminate(next, 2 * self.longest * eliminated));
            if spent > work {
                return true;
            }
            left.extend(touched.into_iter().map(|n| (cost(&self.rows, &self.users, n), n)));
        }
        false
    }

    /// What it costs to eliminate one, while numbers are no longer than so many bits.
    fn eliminate(&mut self, next: usize, longest: u64) -> u64 {
        let mut row = std::mem::take(&mut self.rows[next]);
        self.users[next].remove(&next);
        row.remove(&next);
        let mut spent = 0_u64;
        for j in std::mem::take(&mut self.users[next]) {
            self.rows[j].remove(&next);
            self.bits[j] = (self.bits[j] + self.bits[next]).min(longest);
            let terms = u64::try_from(row.len()).unwrap_or(u64::MAX).saturating_add(1);
            spent = spent.saturating_add(terms.saturating_mul(cost_of(self.bits[j], self.bits[next])));
            for i in &row {
                self.rows[j].insert(*i);
                self.users[*i].insert(j);
            }
        }
        for i in row {
            self.users[i].remove(&next);
        }
        spent
    }
}

/// What a product and the sum after it cost, with the common factors that are looked for.
fn cost(a: &Number, b: &Number) -> u64 {
    cost_of(a.bits(), b.bits())
}

fn cost_of(a: u64, b: u64) -> u64 {
    let words = a / 64 + b / 64 + 2;
    4_u64.saturating_mul(words.saturating_mul(words)).saturating_add(16)
}

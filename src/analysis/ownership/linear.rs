//! Exact solution of the sparse systems that rings of companies make.

#![expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use super::number::Number;

/// How much work may still be spent on exact solutions within one question; then shares are told as intervals.
///
/// It is counted, not timed, so that the same input gives the same answer everywhere. One unit is about one product of
/// machine words.
pub(crate) struct Effort(Cell<u64>);

/// What one question may take.
const OF_A_QUESTION: u64 = 400_000_000;

impl Effort {
    pub(crate) const fn of_a_question() -> Self {
        Self(Cell::new(OF_A_QUESTION))
    }

    /// Takes so much; none if that is more than is left, and then nothing is left.
    fn take(&self, work: u64) -> Option<()> {
        let left = self.0.get().checked_sub(work);
        self.0.set(left.unwrap_or(0));
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

/// What a product and the sum after it cost, with the common factors that are looked for.
fn cost(a: &Number, b: &Number) -> u64 {
    let words = |number: &Number| number.bits() / 64 + 1;
    4 * (words(a) + words(b)).saturating_mul(words(a) + words(b)) + 16
}

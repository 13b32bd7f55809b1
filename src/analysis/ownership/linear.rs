//! Exact solution of the sparse linear systems of rings of companies.

use std::collections::{BTreeMap, BTreeSet};

use super::effort::Effort;

/// A non-negative number in a system: exact, or an interval that contains it.
pub(crate) trait Coefficient: Clone {
    fn zero() -> Self;
    fn one() -> Self;
    /// Whether it is certainly zero.
    fn is_zero(&self) -> bool;
    fn plus(&self, other: &Self) -> Self;
    fn times(&self, other: &Self) -> Self;
    /// The quotient. The divisor must be certainly above zero.
    fn divided_by(&self, other: &Self) -> Self;
    /// What remains of 1, if that is certainly above zero.
    fn rest(&self) -> Option<Self>;
    /// Its length.
    fn bits(&self) -> u64;
    /// The cost of a product of two numbers of these lengths and the following sum.
    fn cost(a: u64, b: u64) -> u64;
    /// What a product costs when it is done, in addition to what was planned; `None` if it would grow too long.
    fn extra_cost(&self, other: &Self) -> Option<u64>;
}

/// `x_j = constant_j + sum over i of rows_j(i) * x_i`, with no negative numbers.
#[derive(Clone, Debug)]
pub(crate) struct System<N> {
    pub(crate) rows: Vec<BTreeMap<usize, N>>,
    pub(crate) constants: Vec<N>,
}

/// The solution of a system, and its elimination.
pub(crate) struct Solved<N> {
    pub(crate) solution: Vec<N>,
    system: System<N>,
    /// The elimination order.
    order: Vec<usize>,
    /// For each variable, the coefficients that variables eliminated later had of it at that time.
    used: Vec<Vec<(usize, N)>>,
    /// For each variable, the reciprocal of 1 minus its coefficient in itself at that time.
    scales: Vec<N>,
}

impl<N: Coefficient> System<N> {
    /// The least solution; `None` if it is too expensive, or a closed ring has no finite one.
    ///
    /// Variables that no constant reaches are zero, in closed rings too. Gaussian elimination removes the others one by
    /// one, those with the fewest neighbors first. The only subtraction is that of a variable's coefficient in itself
    /// from 1.
    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    pub(crate) fn solve(mut self, effort: &Effort) -> Option<Solved<N>> {
        self.drop_unreached();
        let mut users: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.rows.len()];
        for (j, row) in self.rows.iter().enumerate() {
            for i in row.keys() {
                users[*i].insert(j);
            }
        }
        if Plan::of(&self, users.clone()).exceeds(effort.of_one_solution(), N::cost) {
            return None;
        }
        let mut left: BTreeSet<(usize, usize)> =
            (0..self.rows.len()).map(|n| (self.cost(n, &users), n)).collect();
        let mut order = Vec::with_capacity(self.rows.len());
        let mut used = vec![Vec::new(); self.rows.len()];
        let mut scales = vec![N::one(); self.rows.len()];
        while let Some((_, next)) = left.pop_first() {
            let mut touched: BTreeSet<usize> = self.rows[next].keys().chain(&users[next]).copied().collect();
            touched.remove(&next);
            touched.retain(|n| left.remove(&(self.cost(*n, &users), *n)));
            (scales[next], used[next]) = self.eliminate(next, &mut users, effort)?;
            left.extend(touched.into_iter().map(|n| (self.cost(n, &users), n)));
            order.push(next);
        }
        Some(Solved { solution: self.substitute(&order), system: self, order, used, scales })
    }

    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    fn cost(&self, n: usize, users: &[BTreeSet<usize>]) -> usize {
        self.rows[n].len() * users[n].len()
    }

    /// Removes variables that are zero because nothing leads to them.
    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    fn drop_unreached(&mut self) {
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.rows.len()];
        for (j, row) in self.rows.iter_mut().enumerate() {
            row.retain(|_, weight| !weight.is_zero());
            for i in row.keys() {
                users[*i].push(j);
            }
        }
        let mut reached: Vec<bool> = self.constants.iter().map(|constant| !constant.is_zero()).collect();
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

    /// Substitutes a variable in the rows that use it. Returns its scale, and their coefficients.
    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    fn eliminate(
        &mut self,
        next: usize,
        users: &mut [BTreeSet<usize>],
        effort: &Effort,
    ) -> Option<(N, Vec<(usize, N)>)> {
        let mut scale = N::one();
        let mut used = Vec::new();
        let mut row = std::mem::take(&mut self.rows[next]);
        users[next].remove(&next);
        if let Some(own) = row.remove(&next) {
            let rest = own.rest()?;
            for weight in row.values_mut() {
                *weight = weight.divided_by(&rest);
            }
            self.constants[next] = self.constants[next].divided_by(&rest);
            scale = scale.divided_by(&rest);
        }
        for j in std::mem::take(&mut users[next]) {
            let Some(weight) = self.rows[j].remove(&next) else { continue };
            for (i, own) in &row {
                effort.take(weight.extra_cost(own)?)?;
                let sum = self.rows[j].entry(*i).or_insert_with(N::zero);
                *sum = sum.plus(&weight.times(own));
                users[*i].insert(j);
            }
            effort.take(weight.extra_cost(&self.constants[next])?)?;
            self.constants[j] = self.constants[j].plus(&weight.times(&self.constants[next]));
            used.push((j, weight));
        }
        for i in row.keys() {
            users[*i].remove(&next);
        }
        self.rows[next] = row;
        Some((scale, used))
    }

    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    fn substitute(&self, order: &[usize]) -> Vec<N> {
        let mut solution = vec![N::zero(); self.rows.len()];
        for n in order.iter().rev() {
            let terms = self.rows[*n].iter();
            solution[*n] = terms
                .fold(self.constants[*n].clone(), |sum, (i, weight)| sum.plus(&weight.times(&solution[*i])));
        }
        solution
    }
}

impl<N: Coefficient> Solved<N> {
    /// The diagonal of the inverse: the value of each variable if its own constant were 1 and all others 0. `None` if
    /// it is too expensive.
    ///
    /// Computes only the entries of the inverse at the positions of the factors' entries, from the last eliminated
    /// variable to the first (Takahashi, Fagan and Chen, "Formation of a sparse bus impedance matrix and its
    /// application to short circuit study", 1973). For all variables together, this costs about as much as the
    /// elimination.
    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    pub(crate) fn diagonal(&self, effort: &Effort) -> Option<Vec<N>> {
        let size = self.order.len();
        let mut inverse: Vec<BTreeMap<usize, N>> = vec![BTreeMap::new(); size];
        for n in self.order.iter().rev() {
            let (row, used) = (&self.system.rows[*n], &self.used[*n]);
            let mut across = Vec::with_capacity(used.len());
            for (user, _) in used {
                let terms = row.iter().map(|(i, weight)| (weight, inverse[*i].get(user)));
                across.push((*user, sum_of_products(terms, effort)?));
            }
            let mut down = Vec::with_capacity(row.len());
            for i in row.keys() {
                let terms = used.iter().map(|(user, weight)| (weight, inverse[*i].get(user)));
                down.push((*i, sum_of_products(terms, effort)?.times(&self.scales[*n])));
            }
            let through = down.iter().map(|(i, entry)| (&row[i], Some(entry)));
            let own = self.scales[*n].plus(&sum_of_products(through, effort)?);
            for (i, entry) in down {
                inverse[i].insert(*n, entry);
            }
            inverse[*n].extend(across);
            inverse[*n].insert(*n, own);
        }
        let own = |(n, mut row): (usize, BTreeMap<usize, N>)| row.remove(&n);
        inverse.into_iter().enumerate().map(own).collect()
    }
}

fn sum_of_products<'a, N: Coefficient + 'a>(
    terms: impl Iterator<Item = (&'a N, Option<&'a N>)>,
    effort: &Effort,
) -> Option<N> {
    let mut sum = N::zero();
    for (weight, entry) in terms {
        let entry = entry?;
        effort.take_for_diagonals(weight.extra_cost(entry)?)?;
        sum = sum.plus(&weight.times(entry));
    }
    Some(sum)
}

/// Symbolic elimination: the positions of coefficients, and their approximate lengths.
struct Plan {
    rows: Vec<BTreeSet<usize>>,
    users: Vec<BTreeSet<usize>>,
    bits: Vec<u64>,
    longest: u64,
}

impl Plan {
    fn of<N: Coefficient>(system: &System<N>, users: Vec<BTreeSet<usize>>) -> Self {
        let rows = system.rows.iter().map(|row| row.keys().copied().collect());
        let bits = |(row, constant): (&BTreeMap<usize, N>, &N)| {
            row.values().chain([constant]).map(N::bits).max().unwrap_or(0)
        };
        let bits: Vec<u64> = system.rows.iter().zip(&system.constants).map(bits).collect();
        Self { rows: rows.collect(), users, longest: bits.iter().copied().max().unwrap_or(0), bits }
    }

    /// Whether the elimination exceeds this much work. Finding out costs no more than that.
    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    fn exceeds(mut self, work: u64, cost_of: fn(u64, u64) -> u64) -> bool {
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
            spent = spent.saturating_add(self.eliminate(next, 2 * self.longest * eliminated, cost_of));
            if spent > work {
                return true;
            }
            left.extend(touched.into_iter().map(|n| (cost(&self.rows, &self.users, n), n)));
        }
        false
    }

    /// The cost of eliminating one variable, while numbers are no longer than this many bits.
    #[expect(clippy::indexing_slicing, reason = "rows and columns of one system, numbered by itself")]
    fn eliminate(&mut self, next: usize, longest: u64, cost_of: fn(u64, u64) -> u64) -> u64 {
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

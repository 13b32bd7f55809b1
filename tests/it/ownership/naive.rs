//! A solver that shares nothing with the library's: dense matrices, small fractions, every completion by brute force.

use std::collections::BTreeSet;

/// A fraction of machine numbers in lowest terms; panics where they would not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    pub(crate) above: i128,
    pub(crate) below: i128,
}

impl Ratio {
    pub(crate) fn new(above: i128, below: i128) -> Self {
        let divisor = gcd(above.abs(), below.abs()).max(1) * below.signum();
        Self { above: above / divisor, below: below / divisor }
    }

    pub(crate) fn percent(percent: i128) -> Self {
        Self::new(percent, 100)
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        if self.above == 0 || other.above == 0 {
            return if self.above == 0 { other } else { self };
        }
        let common = gcd(self.below, other.below);
        let above = checked(self.above, other.below / common) + checked(other.above, self.below / common);
        Self::new(above, checked(self.below / common, other.below))
    }

    pub(crate) fn minus(self, other: Self) -> Self {
        self.plus(Self { above: -other.above, ..other })
    }

    pub(crate) fn times(self, other: Self) -> Self {
        if self.above == 0 || other.above == 0 {
            return Self::ZERO;
        }
        let (a, b) = (Self::new(self.above, other.below), Self::new(other.above, self.below));
        Self::new(checked(a.above, b.above), checked(a.below, b.below))
    }

    pub(crate) fn over(self, other: Self) -> Self {
        self.times(Self::new(other.below, other.above))
    }

    pub(crate) fn is_zero(self) -> bool {
        self.above == 0
    }

    pub(crate) fn at_most(self, other: Self) -> bool {
        other.minus(self).above >= 0
    }

    pub(crate) const ZERO: Self = Self { above: 0, below: 1 };
    pub(crate) const ONE: Self = Self { above: 1, below: 1 };
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.below == 1 { write!(f, "{}", self.above) } else { write!(f, "{}/{}", self.above, self.below) }
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        // Numbers of 64 bits divide much faster.
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return small_gcd(x, y).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

fn small_gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn checked(a: i128, b: i128) -> i128 {
    a.checked_mul(b).expect("the graphs of the tests are small enough")
}

/// Direct shares: `matrix[i][j]` is the share of j held by i.
pub(crate) type Matrix = Vec<Vec<Ratio>>;

/// The inverse of I - A by Gauss and Jordan; none if a closed ring makes it singular.
pub(crate) fn inverse(shares: &Matrix) -> Option<Matrix> {
    let n = shares.len();
    let unit = |i: usize, j: usize| if i == j { Ratio::ONE } else { Ratio::ZERO };
    let mut left: Matrix = (0..n).map(|i| (0..n).map(|j| unit(i, j).minus(shares[i][j])).collect()).collect();
    let mut right: Matrix = (0..n).map(|i| (0..n).map(|j| unit(i, j)).collect()).collect();
    for column in 0..n {
        let pivot = (column..n).find(|row| !left[*row][column].is_zero())?;
        left.swap(column, pivot);
        right.swap(column, pivot);
        let divisor = left[column][column];
        for j in 0..n {
            left[column][j] = left[column][j].over(divisor);
            right[column][j] = right[column][j].over(divisor);
        }
        for row in (0..n).filter(|row| *row != column) {
            let factor = left[row][column];
            if !factor.is_zero() {
                for j in 0..n {
                    left[row][j] = left[row][j].minus(factor.times(left[column][j]));
                    right[row][j] = right[row][j].minus(factor.times(right[column][j]));
                }
            }
        }
    }
    Some(right)
}

/// The corrected share of i in j from the inverse: v_ij / v_ii, and of i in itself (v_ii - 1) / v_ii.
pub(crate) fn corrected(inverse: &Matrix, i: usize, j: usize) -> Ratio {
    let own = inverse[i][i];
    let share = if i == j { own.minus(Ratio::ONE) } else { inverse[i][j] };
    share.over(own)
}

/// The same by its other definition: without the edges into i.
pub(crate) fn without_edges_into(shares: &Matrix, i: usize) -> Option<Vec<Ratio>> {
    let mut shares = shares.clone();
    for row in &mut shares {
        row[i] = Ratio::ZERO;
    }
    inverse(&shares).map(|inverse| inverse[i].clone())
}

/// The corrected shares of one in all, and in itself, with rings that may be closed: what only a closed ring holds
/// belongs to nobody.
pub(crate) fn owned(shares: &Matrix, i: usize) -> Option<Vec<Ratio>> {
    let given: Vec<Ratio> =
        (0..shares.len()).map(|j| if i == j { Ratio::ZERO } else { shares[i][j] }).collect();
    let others = |k: usize, j: usize| if k == i || j == i { Ratio::ZERO } else { shares[k][j] };
    let mut owned = spread(&given, others)?;
    owned[i] = Ratio::ONE;
    owned[i] = owned.iter().enumerate().fold(Ratio::ZERO, |sum, (k, own)| sum.plus(own.times(shares[k][i])));
    Some(owned)
}

/// What is given to some, and what they give on: the least solution of `x_j = given_j + sum of x_k * shares(k, j)`.
pub(crate) fn spread(given: &[Ratio], shares: impl Fn(usize, usize) -> Ratio) -> Option<Vec<Ratio>> {
    let size = given.len();
    let mut reached: Vec<bool> = given.iter().map(|given| !given.is_zero()).collect();
    for _ in 0..size {
        for j in 0..size {
            reached[j] |= (0..size).any(|k| reached[k] && !shares(k, j).is_zero());
        }
    }
    let among = |k: usize, j: usize| if reached[k] && reached[j] { shares(k, j) } else { Ratio::ZERO };
    let matrix: Matrix = (0..size).map(|k| (0..size).map(|j| among(k, j)).collect()).collect();
    let inverse = inverse(&matrix)?;
    let sum = |j: usize| (0..size).fold(Ratio::ZERO, |sum, k| sum.plus(given[k].times(inverse[k][j])));
    Some((0..size).map(sum).collect())
}

/// Votes: own shares have none, so what the others have is a part of the rest.
pub(crate) fn without_own_shares(shares: &Matrix) -> Matrix {
    let rest = |j: usize| Ratio::ONE.minus(shares[j][j]);
    let votes = |i: usize, j: usize| match i == j || rest(j).is_zero() {
        true => Ratio::ZERO,
        false => shares[i][j].over(rest(j)),
    };
    (0..shares.len()).map(|i| (0..shares.len()).map(|j| votes(i, j)).collect()).collect()
}

/// The control group of one, by adding members until nothing changes.
pub(crate) fn group(votes: &Matrix, one: usize) -> BTreeSet<usize> {
    let mut group = BTreeSet::from([one]);
    loop {
        let half = Ratio::new(1, 2);
        let has = |j: usize| group.iter().fold(Ratio::ZERO, |sum, i| sum.plus(votes[*i][j]));
        let next = (0..votes.len()).find(|j| !group.contains(j) && !has(*j).at_most(half));
        match next {
            Some(j) => group.insert(j),
            None => return group,
        };
    }
}

/// The weakest link of the strongest chain, by Floyd and Warshall.
pub(crate) fn weakest_links(shares: &Matrix) -> Matrix {
    let mut best = shares.clone();
    let less = |a: Ratio, b: Ratio| if a.at_most(b) { a } else { b };
    for k in 0..shares.len() {
        for i in 0..shares.len() {
            for j in 0..shares.len() {
                let through = less(best[i][k], best[k][j]);
                if !through.at_most(best[i][j]) {
                    best[i][j] = through;
                }
            }
        }
    }
    best
}

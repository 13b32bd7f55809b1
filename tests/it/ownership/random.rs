//! Random graphs, the same on every run.

use std::fmt::Write;

use keiretsu::Graph;

use super::naive::{Matrix, Ratio};

/// A generator of numbers (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % sides
    }
}

/// A stake in whole percents, from the least to the most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stake {
    pub(crate) holder: usize,
    pub(crate) company: usize,
    pub(crate) low: u64,
    pub(crate) high: u64,
    /// Whether the ends are excluded.
    pub(crate) open: (bool, bool),
}

#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) size: usize,
    pub(crate) stakes: Vec<Stake>,
    /// Companies whose holders are all listed.
    pub(crate) complete: Vec<bool>,
}

impl Sample {
    /// A few companies with a few holders each, at most 100% of each held; with ranges, if asked for.
    pub(crate) fn new(dice: &mut Dice, ranges: bool) -> Self {
        let size = 2 + dice.roll(4) as usize;
        Self::of_size(dice, size, ranges)
    }

    /// Up to four companies with ranges, so that all extremes can be tried.
    pub(crate) fn small(dice: &mut Dice) -> Self {
        let size = 2 + dice.roll(3) as usize;
        Self::of_size(dice, size, true)
    }

    /// Like [`Sample::small`], with excluded ends of ranges.
    pub(crate) fn open(dice: &mut Dice) -> Self {
        let mut sample = Self::small(dice);
        for stake in sample.stakes.iter_mut().filter(|stake| stake.low < stake.high) {
            stake.open = (dice.roll(2) == 0, dice.roll(2) == 0);
        }
        sample
    }

    /// A few companies that may hold shares of any other, with many paths that close rings.
    pub(crate) fn that_may_close(dice: &mut Dice) -> Self {
        let size = 2 + dice.roll(2) as usize;
        let mut sample = Self { size, stakes: Vec::new(), complete: vec![false; size] };
        for company in 0..size {
            let mut left = 100;
            for holder in 0..size {
                if dice.roll(3) < 2 {
                    let low = if dice.roll(2) == 0 { 0 } else { dice.roll(left / 2 + 1) };
                    let high = if dice.roll(3) == 0 { low } else { low + dice.roll(101 - low) };
                    let high = if high > low && dice.roll(2) == 0 { 100 } else { high };
                    left -= low;
                    sample.stakes.push(Stake { holder, company, low, high, open: (false, false) });
                }
            }
            let held = sample.stakes.iter().filter(|stake| stake.company == company);
            sample.complete[company] = dice.roll(2) == 0 && held.map(|stake| stake.high).sum::<u64>() >= 100;
        }
        sample
    }

    fn of_size(dice: &mut Dice, size: usize, ranges: bool) -> Self {
        let mut stakes = Vec::new();
        let mut complete = vec![false; size];
        for (company, complete) in complete.iter_mut().enumerate() {
            let mut left = 100;
            let whole = dice.roll(3) == 0;
            for holder in 0..size {
                if dice.roll(5) < 2 && left > 0 {
                    let low = if whole && dice.roll(2) == 0 { left } else { dice.roll(left + 1) };
                    left -= low;
                    stakes.push(Stake { holder, company, low, high: low, open: (false, false) });
                }
            }
            if ranges {
                *complete = dice.roll(3) == 0;
                for stake in stakes.iter_mut().filter(|stake| stake.company == company) {
                    if dice.roll(2) == 0 {
                        stake.low = dice.roll(stake.low + 1);
                        stake.high = stake.high + dice.roll(101 - stake.high);
                    }
                }
                let most: u64 =
                    stakes.iter().filter(|stake| stake.company == company).map(|stake| stake.high).sum();
                *complete &= most >= 100;
            }
        }
        Self { size, stakes, complete }
    }

    pub(crate) fn graph(&self) -> Graph {
        let mut text = String::from("Graph(companies: {");
        for n in 0..self.size {
            let _ =
                write!(text, "\"c{n}\": (name: \"Company {n}\", holders_complete: {}),", self.complete[n]);
        }
        text.push_str("}, facts: [");
        for Stake { holder, company, low, high, open } in &self.stakes {
            let (above, below) = (if open.0 { ">" } else { "" }, if open.1 { "<" } else { "" });
            let share =
                if low == high { format!("{low}%") } else { format!("{above}{low}%..{below}{high}%") };
            let _ = write!(
                text,
                "Ownership(owner: \"c{holder}\", owned: \"c{company}\", share: \"{share}\", unsourced: true),"
            );
        }
        text.push_str("])");
        Graph::from_ron(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
    }

    /// The direct shares at the low end.
    pub(crate) fn matrix(&self) -> Matrix {
        self.matrix_of(|stake| stake.low)
    }

    pub(crate) fn matrix_of(&self, share: impl Fn(&Stake) -> u64) -> Matrix {
        let mut matrix = vec![vec![Ratio::ZERO; self.size]; self.size];
        for stake in &self.stakes {
            matrix[stake.holder][stake.company] = Ratio::percent(share(stake).into());
        }
        matrix
    }

    /// A completion of the ranges: every holder within its own, at most 100% of each company, and all of those with
    /// complete holders; preferring extremes.
    pub(crate) fn completion(&self, dice: &mut Dice) -> Matrix {
        let mut shares: Vec<u64> = self.stakes.iter().map(|stake| stake.low).collect();
        for company in 0..self.size {
            let mut own: Vec<usize> =
                (0..shares.len()).filter(|n| self.stakes[*n].company == company).collect();
            for n in (1..own.len()).rev() {
                own.swap(n, dice.roll(n as u64 + 1) as usize);
            }
            let mut left = 100 - own.iter().map(|n| shares[*n]).sum::<u64>();
            for n in &own {
                let room = (self.stakes[*n].high - shares[*n]).min(left);
                let more = match dice.roll(3) {
                    0 => 0,
                    1 => room,
                    _ => dice.roll(room + 1),
                };
                shares[*n] += more;
                left -= more;
            }
            for n in own.iter().filter(|_| self.complete[company]) {
                let more = (self.stakes[*n].high - shares[*n]).min(left);
                shares[*n] += more;
                left -= more;
            }
        }
        let mut matrix = vec![vec![Ratio::ZERO; self.size]; self.size];
        for (stake, share) in self.stakes.iter().zip(shares) {
            matrix[stake.holder][stake.company] = Ratio::percent(share.into());
        }
        matrix
    }
}

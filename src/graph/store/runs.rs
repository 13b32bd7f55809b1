//! A run-length encoded column of numbers that mostly go up by one.

use std::io::{self, Read, Write};
use std::ops::Range;

use super::room;
use super::section::damage::Damage;
use super::section::read::Source;
use super::section::write::Sink;

/// Numbers in blocks. Where each is one more than the previous, only the first is stored.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    /// The first number; or, with the highest bit set, the chunk of `others` that has the numbers of the block.
    blocks: Vec<u32>,
    others: Vec<u32>,
    len: usize,
}

const BLOCK: usize = 64;
const LISTED: u32 = 1 << 31;

impl Runs {
    pub(crate) const fn memory(&self) -> usize {
        room(&self.blocks) + room(&self.others)
    }

    /// Reserves room for this many numbers, assuming that all go up by one.
    pub(crate) fn reserve(&mut self, numbers: usize) {
        self.blocks.reserve_exact(numbers.div_ceil(BLOCK));
    }

    /// Tries to reserve room for this many arbitrary numbers.
    #[cfg(feature = "import")]
    pub(crate) fn expect(&mut self, numbers: usize) {
        let _ = self.blocks.try_reserve(numbers.div_ceil(BLOCK));
        let _ = self.others.try_reserve(numbers);
    }

    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    /// The n-th number; zero beyond the last.
    #[inline]
    pub(crate) fn get(&self, n: usize) -> u32 {
        let (block, place) = (self.blocks.get(n / BLOCK).copied().unwrap_or(0), n % BLOCK);
        if block & LISTED == 0 {
            return block + place as u32;
        }
        self.others.get((block & !LISTED) as usize * BLOCK + place).copied().unwrap_or(0)
    }

    /// Visits the numbers in a range of positions, each with its position.
    #[inline]
    pub(crate) fn each(&self, places: Range<usize>, visit: &mut impl FnMut(usize, u32)) {
        let mut n = places.start;
        while n < places.end {
            let next = places.end.min((n / BLOCK + 1) * BLOCK);
            match self.blocks.get(n / BLOCK) {
                Some(block) if block & LISTED == 0 => {
                    (n..next).for_each(|n| visit(n, block + (n % BLOCK) as u32));
                }
                _ => (n..next).for_each(|n| visit(n, self.get(n))),
            }
            n = next;
        }
    }

    pub(crate) fn push(&mut self, number: u32) {
        let place = self.len % BLOCK;
        self.len += 1;
        if place == 0 {
            // Keeps all numbers of a block below the flag bit.
            let is_low = number < LISTED - BLOCK as u32;
            self.blocks.push(if is_low { number } else { self.next_listed() });
            if !is_low {
                self.others.push(number);
            }
            return;
        }
        let Some(block) = self.blocks.last().copied() else { return };
        if block & LISTED == 0 {
            if number == block + place as u32 {
                return;
            }
            let listed = self.next_listed();
            self.others.extend(block..block + place as u32);
            self.blocks.pop();
            self.blocks.push(listed);
        }
        self.others.push(number);
    }

    /// The entry of a block whose numbers are listed from here on. All earlier blocks must be complete.
    const fn next_listed(&self) -> u32 {
        (self.others.len() / BLOCK) as u32 | LISTED
    }

    /// Whether all numbers in a range are below a bound.
    pub(crate) fn are_below(&self, mut n: usize, end: usize, bound: usize) -> bool {
        while n < end {
            let next = end.min((n / BLOCK + 1) * BLOCK);
            let is_run = self.blocks.get(n / BLOCK).is_some_and(|block| block & LISTED == 0);
            let fits = |n| (self.get(n) as usize) < bound;
            if !(if is_run { fits(next - 1) } else { (n..next).all(fits) }) {
                return false;
            }
            n = next;
        }
        true
    }

    pub(crate) fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.others.shrink_to_fit();
    }

    pub(crate) fn save<W: Write>(&self, sink: &mut Sink<W>) -> io::Result<()> {
        sink.number(self.len)?;
        sink.numbers(self.blocks.iter().copied())?;
        sink.numbers(self.others.iter().copied())
    }

    pub(crate) fn load<R: Read>(source: &mut Source<R>) -> Result<Self, Damage> {
        let runs = Self { len: source.number()?, blocks: source.numbers()?, others: source.numbers()? };
        let is_there = |(n, block): (usize, &u32)| {
            let place = (runs.len - n * BLOCK).min(BLOCK) - 1;
            let start = (block & !LISTED) as usize;
            if block & LISTED == 0 {
                start < LISTED as usize - BLOCK
            } else {
                start.checked_mul(BLOCK).is_some_and(|start| start + place < runs.others.len())
            }
        };
        let fits =
            runs.blocks.len() == runs.len.div_ceil(BLOCK) && runs.blocks.iter().enumerate().all(is_there);
        if fits { Ok(runs) } else { Err(Damage::Inconsistent) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_put_in_comes_out() {
        let high = u32::MAX - 200;
        for odd in [0, 1, 63, 64, 65, 127, 128, 200, 299] {
            for first in [0, 5, LISTED - 100, LISTED - 64, high] {
                let mut numbers: Vec<u32> = (0..300_u32).map(|n| first.saturating_add(n)).collect();
                numbers[odd] = 7;
                let mut runs = Runs::default();
                numbers.iter().for_each(|number| runs.push(*number));
                assert_eq!(runs.len(), 300);
                assert!((0..300).map(|n| runs.get(n)).eq(numbers.iter().copied()));
                let most = |range: Range<usize>| numbers[range].iter().max().copied().unwrap() as usize;
                for (start, end) in [(0, 300), (3, 64), (60, 201), (299, 300)] {
                    let mut handed = Vec::new();
                    runs.each(start..end, &mut |n, number| handed.push((n, number)));
                    assert!(handed.into_iter().eq((start..end).map(|n| (n, numbers[n]))));
                    assert!(runs.are_below(start, end, most(start..end) + 1));
                    assert!(!runs.are_below(start, end, most(start..end)));
                }
            }
        }
    }
}

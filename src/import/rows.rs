//! Maps records of the graph to rows of a table.

use super::rejects::Unused;

/// Which rows of a table were used: usually all but a few.
#[derive(Debug, Default)]
pub(super) struct RowNumbers {
    /// The number of rows.
    rows: usize,
    /// The rejected rows, in order.
    rejected: Vec<u32>,
}

impl RowNumbers {
    /// Adds the results of further rows. Those that cannot be used must be in order.
    pub(super) fn take(&mut self, rows: usize, unused: &[Unused]) {
        let before = self.rows;
        let number = |(row, _): &Unused| u32::try_from(before + *row as usize).unwrap_or(u32::MAX);
        self.rejected.extend(unused.iter().map(number));
        self.rows += rows;
    }

    /// How many rows were used.
    pub(super) const fn used(&self) -> usize {
        self.rows - self.rejected.len()
    }

    /// Whether some rows were rejected.
    pub(super) const fn lacks_some(&self) -> bool {
        !self.rejected.is_empty()
    }

    /// The row number of the n-th row that was used.
    pub(super) fn row(&self, n: usize) -> usize {
        let (mut low, mut high) = (0, self.rejected.len());
        while low < high {
            let middle = low + (high - low) / 2;
            // The number of used rows before this rejected one.
            let used = self.rejected.get(middle).map_or(0, |row| *row as usize - middle);
            if used <= n {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        n + low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::import::faults::Fault;

    #[test]
    fn rows_are_numbered_past_those_kept_aside() {
        for rejected in 0_u32..1 << 8 {
            let is_aside = |row: u32| rejected >> row & 1 == 1;
            let mut numbers = RowNumbers::default();
            for part in [0..3, 3..3, 3..8] {
                let unused = part.clone().filter(|row| is_aside(*row));
                let unused: Vec<Unused> =
                    unused.map(|row| (row - part.start, Fault::new(Code::BadDate, "").into())).collect();
                numbers.take(part.len(), &unused);
            }
            let used: Vec<usize> = (0..8).filter(|row| !is_aside(*row)).map(|row| row as usize).collect();
            assert_eq!(numbers.used(), used.len());
            assert_eq!((0..used.len()).map(|n| numbers.row(n)).collect::<Vec<_>>(), used, "{rejected:b}");
        }
    }
}

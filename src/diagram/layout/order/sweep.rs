//! One sweep over the ranks: sorts each by the positions of its neighbors, then swaps neighbors if that helps.

use super::crossings::of_pair;
use super::{CrossingMinimizer, Order};

/// The most passes over all ranks for swaps.
const PASSES: usize = 8;

impl CrossingMinimizer<'_> {
    /// Sweeps alternate between down and up; two use barycentres, then two use medians with ties reversed.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    pub(super) fn sweep(&self, order: &mut Order, number: usize) {
        let by_median = number % 4 >= 2;
        let last = self.net.rank_count;
        if number.is_multiple_of(2) {
            for rank in 1..last {
                self.sort(order, rank, &self.above, by_median);
            }
        } else {
            for rank in (0..last.saturating_sub(1)).rev() {
                self.sort(order, rank, &self.below, by_median);
            }
        }
        // A rank is visited again only if something changed on it or next to it.
        let mut is_fresh = vec![true; last];
        for _ in 0..PASSES {
            let mut has_gained = false;
            for rank in 0..last {
                if std::mem::take(&mut is_fresh[rank]) && self.exchange(order, rank) {
                    has_gained = true;
                    is_fresh[rank.saturating_sub(1)..(rank + 2).min(last)].fill(true);
                }
            }
            if !has_gained {
                break;
            }
        }
    }

    /// Units without neighbors keep their positions.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn sort(&self, order: &mut Order, rank: usize, neighbors: &[Vec<usize>], by_median: bool) {
        let row = &order.rows[rank];
        let keys: Vec<Option<f64>> =
            row.iter().map(|&unit| middle(&neighbors[unit], &order.place, by_median)).collect();
        let mut moving: Vec<(f64, usize)> =
            keys.iter().zip(row).filter_map(|(key, &unit)| key.map(|key| (key, unit))).collect();
        if by_median {
            moving.reverse();
        }
        moving.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut moving = moving.into_iter();
        let sorted = keys.iter().zip(row).map(|(key, &unit)| match key {
            Some(_) => moving.next().map_or(unit, |(_, unit)| unit),
            None => unit,
        });
        let sorted: Vec<usize> = sorted.collect();
        order.rows[rank] = sorted;
        self.number(order, rank);
    }

    /// Swaps neighbors and flips units on one rank while that saves crossings. Returns whether anything changed.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn exchange(&self, order: &mut Order, rank: usize) -> bool {
        let mut has_gained = false;
        let mut places = Places::default();
        for &unit in &order.rows[rank] {
            places.add(order, [&self.above[unit], &self.below[unit]]);
        }
        let row_length = order.rows[rank].len();
        for at in 0..row_length {
            has_gained |= self.flip(order, order.rows[rank][at]);
            if at + 1 < row_length && places.cost(at, at + 1) > places.cost(at + 1, at) {
                order.rows[rank].swap(at, at + 1);
                places.bounds.swap(at, at + 1);
                has_gained = true;
            }
        }
        if has_gained {
            self.number(order, rank);
        }
        has_gained
    }

    /// Reverses a unit of several spots if that reduces the crossings of its own lines.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn flip(&self, order: &mut Order, unit: usize) -> bool {
        let spots = &self.net.units[unit];
        if spots.len() < 2 {
            return false;
        }
        let mut places = Places::default();
        for &spot in spots {
            places.add(order, [&self.net.above[spot], &self.net.below[spot]]);
        }
        let (mut straight, mut turned) = (0, 0);
        for left in 0..spots.len() {
            for right in left + 1..spots.len() {
                straight += places.cost(left, right);
                turned += places.cost(right, left);
            }
        }
        let is_better = if order.is_flipped[unit] { straight < turned } else { turned < straight };
        if is_better {
            order.is_flipped[unit] = !order.is_flipped[unit];
        }
        is_better
    }
}

/// The sorted positions of the neighbors of several units or spots, above and below, in one list.
#[derive(Default)]
struct Places {
    places: Vec<usize>,
    /// For each unit, the bounds of its positions in the list: start of those above, start of those below, end.
    bounds: Vec<[usize; 3]>,
}

impl Places {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn add(&mut self, order: &Order, neighbors: [&Vec<usize>; 2]) {
        let start = self.places.len();
        let [above, below] = neighbors.map(|spots| {
            let start = self.places.len();
            self.places.extend(spots.iter().map(|&spot| order.place[spot]));
            self.places[start..].sort_unstable();
            self.places.len()
        });
        self.bounds.push([start, above, below]);
    }

    /// The number of crossings if `left` stands before `right`.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn cost(&self, left: usize, right: usize) -> usize {
        let ([a, b, c], [d, e, f]) = (self.bounds[left], self.bounds[right]);
        of_pair(&self.places[a..b], &self.places[d..e]) + of_pair(&self.places[b..c], &self.places[e..f])
    }
}

/// The barycentre or the median of the positions of these spots.
#[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
fn middle(spots: &[usize], place: &[usize], by_median: bool) -> Option<f64> {
    if spots.is_empty() {
        return None;
    }
    if !by_median {
        return Some(spots.iter().map(|&spot| place[spot] as f64).sum::<f64>() / spots.len() as f64);
    }
    let mut places: Vec<usize> = spots.iter().map(|&spot| place[spot]).collect();
    places.sort_unstable();
    Some((places[(places.len() - 1) / 2] + places[places.len() / 2]) as f64 / 2.0)
}

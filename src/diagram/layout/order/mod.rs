//! Orders spots within their ranks to reduce crossings.
//!
//! The layer-by-layer sweep of Sugiyama, Tagawa and Toda 1981, with barycentres and medians in turn, and the
//! transposition of neighbors of Gansner et al. 1993. The result depends on the start, so there are many starts from
//! seeded shuffles, and the best result is kept.

pub(super) mod crossings;
mod sweep;

use super::net::Net;
use super::random::Random;

/// Number of starts, for nets of up to a few thousand spots; larger nets get fewer.
const STARTS: usize = 150;
const SWEEPS: usize = 10;

/// The approximate number of visits to spots and segments in all sweeps together.
const EFFORT: usize = 3_000_000;

/// The number of starts that is enough once nothing crosses.
const ENOUGH: usize = 40;

/// A start is abandoned after this many sweeps if it is then far from the best.
const TRIAL_SWEEPS: usize = 4;

/// The order of units on each rank.
#[derive(Clone)]
pub(super) struct Order {
    rows: Vec<Vec<usize>>,
    /// Which units are reversed.
    is_flipped: Vec<bool>,
    /// The position of each spot on its rank.
    pub(super) place: Vec<usize>,
}

/// The order of spots on each rank with the fewest crossings found; among those, the shortest lines.
pub(super) fn order(net: &Net, seed: u64) -> Vec<Vec<usize>> {
    let search = CrossingMinimizer::new(net);
    let segments: usize = net.below.iter().map(Vec::len).sum();
    let size = (net.spots.len() + segments).max(1);
    let starts = (EFFORT / size / SWEEPS).clamp(1, STARTS);
    let sweeps = (EFFORT / size).clamp(2, SWEEPS);
    if net.units.len() < 2 {
        return search.spots(&search.start(0, &mut Random::new(seed)));
    }
    let mut random = Random::new(seed);
    let mut best: Option<(Score, Order)> = None;
    for start in 0..starts {
        if start >= ENOUGH && best.as_ref().is_some_and(|(least, _)| least.crossings == 0) {
            break;
        }
        let mut order = search.start(start, &mut random);
        for sweep in 0..sweeps {
            search.sweep(&mut order, sweep);
            let score = search.score(&order);
            if best.as_ref().is_none_or(|(least, _)| score < *least) {
                best = Some((score, order.clone()));
            } else if sweep + 1 == TRIAL_SWEEPS
                && best.as_ref().is_some_and(|(least, _)| score.crossings > 2 * least.crossings + 6)
            {
                break;
            }
        }
    }
    best.map(|(_, order)| search.spots(&order)).unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    crossings: usize,
    length: usize,
}

/// The inputs that stay the same for all starts.
struct CrossingMinimizer<'n> {
    net: &'n Net,
    rank_of_unit: Vec<usize>,
    /// The neighbors of a unit's spots on the ranks above and below.
    above: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
}

impl<'n> CrossingMinimizer<'n> {
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn new(net: &'n Net) -> Self {
        let gather = |neighbors: &[Vec<usize>]| -> Vec<Vec<usize>> {
            let of_unit =
                |unit: &Vec<usize>| unit.iter().flat_map(|&spot| &neighbors[spot]).copied().collect();
            net.units.iter().map(of_unit).collect()
        };
        let rank_of_unit = net.units.iter().map(|unit| unit.first().map_or(0, |&spot| net.spots[spot].rank));
        Self {
            net,
            rank_of_unit: rank_of_unit.collect(),
            above: gather(&net.above),
            below: gather(&net.below),
        }
    }

    /// The first two starts follow the links from the first and from the last block; the others are shuffled.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn start(&self, number: usize, random: &mut Random) -> Order {
        let mut rows = vec![Vec::new(); self.net.rank_count];
        for (unit, &rank) in self.rank_of_unit.iter().enumerate() {
            rows[rank].push(unit);
        }
        if number < 2 {
            let visit = self.visits(number == 1);
            for row in &mut rows {
                row.sort_by_key(|&unit| self.net.units[unit].iter().map(|&spot| visit[spot]).min());
            }
        } else {
            for row in &mut rows {
                random.shuffle(row);
            }
        }
        let is_flipped = vec![false; self.net.units.len()];
        let mut order = Order { rows, is_flipped, place: vec![0; self.net.spots.len()] };
        for rank in 0..self.net.rank_count {
            self.number(&mut order, rank);
        }
        order
    }

    /// The order in which a depth-first search reaches each spot.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn visits(&self, from_last: bool) -> Vec<usize> {
        let count = self.net.spots.len();
        let mut visit = vec![usize::MAX; count];
        let mut stack: Vec<usize> = (0..count).rev().collect();
        if from_last {
            stack.reverse();
        }
        let mut next = 0;
        while let Some(spot) = stack.pop() {
            if visit[spot] == usize::MAX {
                visit[spot] = next;
                next += 1;
                let around = self.net.above[spot].iter().rev().chain(self.net.below[spot].iter().rev());
                stack.extend(around.filter(|&&near| visit[near] == usize::MAX));
            }
        }
        visit
    }

    /// Renumbers the positions on a rank.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn number(&self, order: &mut Order, rank: usize) {
        let mut next = 0;
        for &unit in &order.rows[rank] {
            let spots = &self.net.units[unit];
            for at in 0..spots.len() {
                let at = if order.is_flipped[unit] { spots.len() - 1 - at } else { at };
                order.place[spots[at]] = next;
                next += 1;
            }
        }
    }

    fn score(&self, order: &Order) -> Score {
        let mut crossings = 0;
        for row in &order.rows {
            crossings += crossings::between_ranks(self.segments(order, row));
        }
        Score { crossings, length: self.length(order) }
    }

    /// The segments down from a rank, as upper and lower positions.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn segments(&self, order: &Order, row: &[usize]) -> Vec<(usize, usize)> {
        let spots = row.iter().flat_map(|&unit| &self.net.units[unit]);
        let down = |&spot: &usize| self.net.below[spot].iter().map(move |&below| (spot, below));
        spots.flat_map(down).map(|(spot, below)| (order.place[spot], order.place[below])).collect()
    }

    /// The total horizontal run of the lines, with all ranks centred, in half positions.
    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn length(&self, order: &Order) -> usize {
        let widths: Vec<usize> =
            order.rows.iter().map(|row| row.iter().map(|&unit| self.net.units[unit].len()).sum()).collect();
        let from_middle = |spot: usize| {
            let width = widths[self.net.spots[spot].rank];
            (2 * order.place[spot] + 1) as i64 - width as i64
        };
        let of_spot = |(spot, below): (usize, &Vec<usize>)| -> usize {
            below.iter().map(|&below| from_middle(spot).abs_diff(from_middle(below)) as usize).sum()
        };
        self.net.below.iter().enumerate().map(of_spot).sum()
    }

    #[expect(clippy::indexing_slicing, reason = "indices are numbers of ranks, units and spots of the net")]
    fn spots(&self, order: &Order) -> Vec<Vec<usize>> {
        let of_row = |row: &Vec<usize>| {
            let mut spots: Vec<usize> = row.iter().flat_map(|&unit| &self.net.units[unit]).copied().collect();
            spots.sort_by_key(|&spot| order.place[spot]);
            spots
        };
        order.rows.iter().map(of_row).collect()
    }
}

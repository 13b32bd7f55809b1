//! Solves the PageRank equations, on one thread or two.

use std::ops::Range;

use crate::graph::{Edge, EntityIx};
use crate::parallel::join;

/// Visits relations in batches.
pub(super) trait Each: Fn(&mut dyn FnMut(&[Edge])) + Sync {}

impl<T: Fn(&mut dyn FnMut(&[Edge])) + Sync> Each for T {}

/// The limit on rounds. With a damping of 0.85, a tolerance of a millionth takes about fifteen.
const MOST_ROUNDS: usize = 1_000;

/// In each round, two halves exchange what they send this many times.
const STAGES: usize = 4;

/// The probability of following a relation, and the wanted precision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Solver {
    pub(super) damping: f64,
    pub(super) tolerance: f64,
}

/// A range of entities, by position.
#[derive(Clone, Copy, Debug)]
struct Part {
    start: usize,
    end: usize,
}

impl From<Range<usize>> for Part {
    fn from(positions: Range<usize>) -> Self {
        Self { start: positions.start, end: positions.end }
    }
}

/// The unscaled ranks of all entities, and a bound on their total error relative to their sum.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) ranks: Vec<f64>,
    pub(super) error: f64,
}

impl Solver {
    /// The unscaled ranks of all entities.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    pub(super) fn whole(self, each: &impl Each, entities: usize, tell: &mut dyn FnMut(f64) -> bool) -> Found {
        let mut counts = (vec![0; entities], vec![0; entities]);
        each(&mut |few| {
            for (_, from, to) in few {
                counts.0[from.get()] += 1;
                counts.1[to.get()] += 1;
            }
        });
        let mut places = vec![0; entities];
        let mut flow = Flow::new(Part { start: 0, end: entities }, &counts, &mut places);
        flow.connect(each, &places);
        drop((counts, places));
        let mut sent = vec![0.0; entities];
        flow.start(self, &mut sent);
        let mut last = Round::default();
        for _ in 0..MOST_ROUNDS {
            let round = flow.look(self, flow.fed.clone(), &mut sent);
            last = flow.with_unfed(self, round);
            if self.is_done(last, tell) {
                break;
            }
        }
        let mut ranks = vec![0.0; entities];
        flow.finish(self, &sent, &mut ranks);
        Found { ranks, error: self.error(last) }
    }

    /// The unscaled ranks of all entities, solved in two halves concurrently.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    pub(super) fn halves(
        self,
        each: &impl Each,
        halves: [Range<usize>; 2],
        tell: &mut dyn FnMut(f64) -> bool,
    ) -> Found {
        let [one, other] = halves.map(Part::from);
        let all = other.end;
        let counts = join(|| counts(each, all, |(_, from, _)| from), || counts(each, all, |(.., to)| to));
        let mut places = vec![0; all];
        let (some, others) = places.split_at_mut(one.end);
        let (mut flow, mut other_flow) =
            join(|| Flow::new(one, &counts, some), || Flow::new(other, &counts, others));
        drop(counts);
        join(|| flow.connect(each, &places), || other_flow.connect(each, &places));
        drop(places);
        // Each half knows what all entities send: its own values are current, those of the other half are from the last
        // exchange.
        let mut sent = vec![0.0; all];
        flow.start(self, &mut sent);
        other_flow.start(self, &mut sent);
        let mut other_sent = sent.clone();
        let stages: Vec<_> = flow.stages().into_iter().zip(other_flow.stages()).collect();
        let mut last = Round::default();
        for _ in 0..MOST_ROUNDS {
            let mut round = Round::default();
            for (own, others) in &stages {
                let (change, other_change) = join(
                    || flow.look(self, own.clone(), &mut sent),
                    || other_flow.look(self, others.clone(), &mut other_sent),
                );
                round = round.and(change).and(other_change);
                let (own, others) = (flow.among_all(own), other_flow.among_all(others));
                sent[others.clone()].copy_from_slice(&other_sent[others]);
                other_sent[own.clone()].copy_from_slice(&sent[own]);
            }
            last = flow.with_unfed(self, other_flow.with_unfed(self, round));
            if self.is_done(last, tell) {
                break;
            }
        }
        let mut ranks = vec![0.0; all];
        let (some, others) = ranks.split_at_mut(one.end);
        join(|| flow.finish(self, &sent, some), || other_flow.finish(self, &other_sent, others));
        Found { ranks, error: self.error(last) }
    }

    /// Whether a round changed little enough, or whoever is told wants no other one.
    fn is_done(self, round: Round, tell: &mut dyn FnMut(f64) -> bool) -> bool {
        if round.change <= self.tolerance * round.sum {
            return true;
        }
        // The change shrinks by about the same factor each time.
        let part = (round.change / round.sum).ln() / self.tolerance.ln();
        !tell(if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) })
    }

    /// A bound on the total error of the ranks, relative to their sum.
    ///
    /// The residual of a round is at most the damping times its change, and the inverse of the equations multiplies a
    /// residual by at most 1/(1 - damping), both in the sum of absolute values.
    fn error(self, last: Round) -> f64 {
        let change = if last.sum > 0.0 { last.change / last.sum } else { 0.0 };
        change * self.damping / (1.0 - self.damping)
    }

    /// The rank of an entity that receives this much.
    const fn rank(self, received: f64) -> f64 {
        1.0 - self.damping + self.damping * received
    }
}

/// The number of relations that have each entity at one end.
#[expect(
    clippy::indexing_slicing,
    reason = "every column here has one item for each entity or place of a part, or for each that sends"
)]
fn counts(each: &impl Each, entities: usize, end: impl Fn(Edge) -> EntityIx) -> Vec<u32> {
    let mut counts = vec![0; entities];
    each(&mut |few| few.iter().for_each(|ends| counts[end(*ends).get()] += 1));
    counts
}

/// The total change of a round, and the sum of the ranks visited.
#[derive(Clone, Copy, Default)]
struct Round {
    change: f64,
    sum: f64,
}

impl Round {
    fn and(self, other: Self) -> Self {
        Self { change: self.change + other.change, sum: self.sum + other.sum }
    }
}

/// The senders to the entities of a part. Entities are reordered so that those that send come first, and everything a
/// round visits is contiguous.
struct Flow {
    part: Part,
    /// The entity at each place, relative to the start of the part.
    order: Vec<u32>,
    /// The places of entities that both send and receive. Before them are those that only send, after them those that
    /// do not send.
    fed: Range<usize>,
    /// The number of outgoing relations of each sender.
    relations: Vec<u32>,
    /// The end of each place's senders in `senders`; they start at the end of the previous place's.
    ends: Vec<u32>,
    senders: Vec<u32>,
}

impl Flow {
    /// Computes the place of each entity from its numbers of outgoing and incoming relations. Writes it to `places`,
    /// relative to the start of all entities.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn new(part: Part, (leaving, entering): &(Vec<u32>, Vec<u32>), places: &mut [u32]) -> Self {
        let (leaving, entering) = (&leaving[part.start..part.end], &entering[part.start..part.end]);
        let (order, fed) = ordered(leaving, entering);
        let relations = order.iter().take(fed.end).map(|entity| leaving[*entity as usize]).collect();
        let mut ends = Vec::with_capacity(order.len());
        let mut total = 0;
        for (place, entity) in order.iter().enumerate() {
            places[*entity as usize] = (part.start + place) as u32;
            // These are starts first. Each insertion advances one, so that they become ends.
            ends.push(total);
            total += entering[*entity as usize];
        }
        Self { part, order, fed, relations, ends, senders: vec![0; total as usize] }
    }

    /// Records who sends to whom, once all places are known.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn connect(&mut self, each: &impl Each, places: &[u32]) {
        let start = self.part.start as u32;
        let own = start..self.part.end as u32;
        let mut ours = Vec::new();
        each(&mut |few| {
            ours.clear();
            for (_, from, to) in few {
                // Push, then truncate if unwanted: a branch would be unpredictable.
                ours.push((from.number(), to.number()));
                ours.truncate(ours.len() - usize::from(!own.contains(&to.number())));
            }
            // Look up all places first, so that memory accesses overlap.
            for (from, to) in &mut ours {
                (*from, *to) = (places[*from as usize], places[*to as usize] - start);
            }
            for (from, to) in &ours {
                let end = &mut self.ends[*to as usize];
                self.senders[*end as usize] = *from;
                *end += 1;
            }
        });
    }

    /// The places of this part, among those of all entities.
    fn among_all(&self, places: &Range<usize>) -> Range<usize> {
        self.part.start + places.start..self.part.start + places.end
    }

    /// The initial amount that each relation carries.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn start(&self, solver: Solver, sent: &mut [f64]) {
        let sending = self.among_all(&(0..self.fed.end));
        for (sent, relations) in sent[sending].iter_mut().zip(&self.relations) {
            *sent = solver.rank(0.0) / f64::from(*relations);
        }
    }

    /// The start of a place's senders.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn start_of(&self, place: usize) -> u32 {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// The entities that both send and receive, in stages with about equal numbers of senders.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn stages(&self) -> [Range<usize>; STAGES] {
        let (first, last) = (self.start_of(self.fed.start), self.start_of(self.fed.end));
        let fed = &self.ends[self.fed.clone()];
        let start_of = |stage: usize| {
            let share = u64::from(last - first) * stage as u64 / STAGES as u64;
            let before = fed.partition_point(|end| u64::from(end - first) <= share);
            self.fed.start + if stage == STAGES { fed.len() } else { before }
        };
        std::array::from_fn(|stage| start_of(stage)..start_of(stage + 1))
    }

    /// Updates a range of entities that both send and receive.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn look(&self, solver: Solver, places: Range<usize>, sent: &mut [f64]) -> Round {
        let mut round = Round::default();
        for place in places {
            let rank = solver.rank(self.received(sent, place));
            let relations = f64::from(self.relations[place]);
            let (now, sent) = (rank / relations, &mut sent[self.part.start + place]);
            round.change += (now - *sent).abs() * relations;
            *sent = now;
            round.sum += rank;
        }
        round
    }

    /// Adds to a round the entities that receive nothing, whose ranks never change.
    fn with_unfed(&self, solver: Solver, round: Round) -> Round {
        Round { sum: round.sum + solver.rank(0.0) * self.fed.start as f64, ..round }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn received(&self, sent: &[f64], place: usize) -> f64 {
        let senders = &self.senders[self.start_of(place) as usize..self.ends[place] as usize];
        senders.iter().map(|sender| sent[*sender as usize]).sum()
    }

    /// The ranks of all entities of the part, in the order of entities.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn finish(&self, solver: Solver, sent: &[f64], ranks: &mut [f64]) {
        for (place, entity) in self.order.iter().enumerate() {
            ranks[*entity as usize] = match self.relations.get(place) {
                Some(relations) => sent[self.part.start + place] * f64::from(*relations),
                None => solver.rank(self.received(sent, place)),
            };
        }
    }
}

/// Senders are sorted by their number of incoming relations, up to `LONG`, so that loop lengths are predictable. Among
/// equals, those with the most outgoing relations come first, so that the few most used ones are contiguous.
const LONG: u32 = 31;
const OFTEN: u32 = 7;

/// The entities sorted, and the range of those that both send and receive. Those that do not send come after it.
#[expect(
    clippy::indexing_slicing,
    reason = "every column here has one item for each entity or place of a part, or for each that sends"
)]
fn ordered(leaving: &[u32], entering: &[u32]) -> (Vec<u32>, Range<usize>) {
    const OTHERS: usize = ((LONG + 1) * (OFTEN + 1)) as usize;
    let group = |n: usize| {
        let often = leaving[n].checked_ilog2().map(|often| OFTEN - often.min(OFTEN));
        often.map_or(OTHERS, |often| (entering[n].min(LONG) * (OFTEN + 1) + often) as usize)
    };
    let mut next = [0_usize; OTHERS + 1];
    (0..leaving.len()).for_each(|n| next[group(n)] += 1);
    let unfed = next.iter().take(OFTEN as usize + 1).sum();
    let fed = unfed..leaving.len() - next[OTHERS];
    let mut total = 0;
    for start in &mut next {
        total += std::mem::replace(start, total);
    }
    let mut order = vec![0; total];
    for n in 0..leaving.len() {
        let at = &mut next[group(n)];
        order[*at] = n as u32;
        *at += 1;
    }
    (order, fed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RelationKind;

    const EXACT: Solver = Solver { damping: 0.85, tolerance: 1e-13 };

    /// Pseudo-random relations, always the same, with loops, repeats, and entities without incoming or outgoing ones.
    fn some_ends(entities: usize, relations: usize, mut state: u64) -> Vec<Edge> {
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut ends = || {
            let from = random(entities * 2 / 3 + 1);
            let to = if random(4) == 0 { random(entities / 9 + 1) } else { random(entities) };
            (RelationKind::Supplies, EntityIx::new(from), EntityIx::new(to))
        };
        (0..relations).map(|_| ends()).collect()
    }

    /// Iterates the equation itself: everybody has what they receive, plus a start.
    fn expected(entities: usize, ends: &[Edge], damping: f64) -> Vec<f64> {
        let mut leaving = vec![0.0; entities];
        ends.iter().for_each(|(_, from, _)| leaving[from.get()] += 1.0);
        let mut ranks = vec![1.0 - damping; entities];
        for _ in 0..400 {
            let mut next = vec![1.0 - damping; entities];
            for (_, from, to) in ends {
                next[to.get()] += damping * ranks[from.get()] / leaving[from.get()];
            }
            ranks = next;
        }
        ranks
    }

    #[test]
    fn the_whole_and_its_halves_are_solved() {
        for (entities, relations, middle) in
            [(40, 90, 20), (300, 700, 32), (300, 3_000, 290), (9, 4, 0), (9, 0, 9)]
        {
            for seed in 0..5 {
                let ends = some_ends(entities, relations, seed);
                let each = |visit: &mut dyn FnMut(&[Edge])| ends.chunks(100).for_each(visit);
                let halves = [0..middle, middle..entities];
                let expected = expected(entities, &ends, EXACT.damping);
                for found in
                    [EXACT.whole(&each, entities, &mut |_| true), EXACT.halves(&each, halves, &mut |_| true)]
                {
                    let found = found.ranks;
                    let all_fit = found.iter().zip(&expected).all(|(rank, fit)| (rank - fit).abs() < 1e-9);
                    assert!(all_fit && found.len() == entities, "{entities} {relations} {middle} {seed}");
                }
            }
        }
    }

    /// However few rounds are made, the error bound holds.
    #[test]
    fn the_error_is_not_more_than_is_said() {
        for (seed, tolerance) in
            (0..8).flat_map(|seed| [(seed, 0.3), (seed, 1e-2), (seed, 1e-4), (seed, 1e-8)])
        {
            let (entities, solver) = (60, Solver { tolerance, ..EXACT });
            let ends = some_ends(entities, 150, seed);
            let each = |visit: &mut dyn FnMut(&[Edge])| visit(&ends);
            let halves = [0..20, 20..entities];
            let expected = expected(entities, &ends, solver.damping);
            let whole = solver.whole(&each, entities, &mut |_| true);
            let sends = |n: usize| ends.iter().any(|(_, from, _)| from.get() == n);
            let of_senders =
                |ranks: &[f64]| (0..entities).filter(|n| sends(*n)).map(|n| ranks[n]).sum::<f64>();
            let off = (0..entities)
                .filter(|n| sends(*n))
                .map(|n| (whole.ranks[n] - expected[n]).abs())
                .sum::<f64>();
            assert!(off <= whole.error * of_senders(&whole.ranks) * 1.000_001 + 1e-12, "{seed} {tolerance}");
            assert!(solver.halves(&each, halves, &mut |_| true).error <= tolerance * 6.0);
        }
    }

    /// Circles of two, three and four, where a walk keeps returning, with little damping.
    #[test]
    fn circles_are_solved() {
        let solver = Solver { damping: 0.95, ..EXACT };
        for length in 2..5 {
            let next = |n: usize| (RelationKind::Supplies, EntityIx::new(n), EntityIx::new((n + 1) % length));
            let mut ends: Vec<Edge> = (0..length).map(next).collect();
            ends.push((RelationKind::Supplies, EntityIx::new(0), EntityIx::new(0)));
            let each = |visit: &mut dyn FnMut(&[Edge])| visit(&ends);
            let halves = [0..1, 1..length];
            let (mut leaving, mut system) = (vec![0.0; length], vec![vec![0.0; length + 1]; length]);
            ends.iter().for_each(|(_, from, _)| leaving[from.get()] += 1.0);
            for (n, row) in system.iter_mut().enumerate() {
                row[n] += 1.0;
                row[length] = 1.0 - solver.damping;
            }
            for (_, from, to) in &ends {
                system[to.get()][from.get()] -= solver.damping / leaving[from.get()];
            }
            let expected = eliminated(system);
            for found in
                [solver.whole(&each, length, &mut |_| true), solver.halves(&each, halves, &mut |_| true)]
            {
                let found = found.ranks;
                let all_fit = found.iter().zip(&expected).all(|(rank, fit)| (rank / fit - 1.0).abs() < 1e-9);
                assert!(all_fit, "{length}: {found:?}, not {expected:?}");
            }
        }
    }

    /// Gaussian elimination for a few equations.
    fn eliminated(mut system: Vec<Vec<f64>>) -> Vec<f64> {
        for pivot in 0..system.len() {
            let by = system[pivot].clone();
            for (_, row) in system.iter_mut().enumerate().filter(|(n, _)| *n != pivot) {
                let times = row[pivot] / by[pivot];
                row.iter_mut().zip(&by).for_each(|(own, other)| *own -= times * other);
            }
        }
        let value = |(n, row): (usize, &Vec<f64>)| row[row.len() - 1] / row[n];
        system.iter().enumerate().map(value).collect()
    }
}

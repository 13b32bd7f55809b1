//! Solver of PageRank's equations, on one thread or two.

use std::ops::Range;

use crate::graph::{Edge, EntityIx};
use crate::parallel::join;

/// Hands out relations, some at a time.
pub(super) trait Each: Fn(&mut dyn FnMut(&[Edge])) + Sync {}

impl<T: Fn(&mut dyn FnMut(&[Edge])) + Sync> Each for T {}

/// More rounds are not made; with a damping of 0.85 a tolerance of a millionth takes about fifteen.
const MOST_ROUNDS: usize = 1_000;

/// In so many stages of a round two halves tell each other what they send.
const STAGES: usize = 4;

/// With which chance a relation is followed, and how exactly the ranks are wanted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Solver {
    pub(super) damping: f64,
    pub(super) tolerance: f64,
}

/// Entities that lie side by side, by their positions.
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

/// The ranks of all, not scaled, and how far they may be from the solution: together, as a share of their sum.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) ranks: Vec<f64>,
    pub(super) error: f64,
}

impl Solver {
    /// The ranks of all, not scaled.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    pub(super) fn whole(self, each: &impl Each, entities: usize, tell: &mut dyn FnMut(f64)) -> Found {
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

    /// The ranks of all, not scaled: found for both halves at the same time.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    pub(super) fn halves(
        self,
        each: &impl Each,
        halves: [Range<usize>; 2],
        tell: &mut dyn FnMut(f64),
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
        // Each half knows what all send: of its own as it is now, of the others as they have told last.
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

    /// Whether a round has changed little enough.
    fn is_done(self, round: Round, tell: &mut dyn FnMut(f64)) -> bool {
        let is_done = round.change <= self.tolerance * round.sum;
        if !is_done {
            // The change shrinks by about the same factor each time.
            let part = (round.change / round.sum).ln() / self.tolerance.ln();
            tell(if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) });
        }
        is_done
    }

    /// At most so far from the solution all ranks are together, as a share of their sum.
    ///
    /// A round leaves as residue no more than the damping times its change, and the inverse of the equations makes of a residue
    /// no more than it divided by what the damping leaves of 1, both in the sum of absolute values.
    fn error(self, last: Round) -> f64 {
        let change = if last.sum > 0.0 { last.change / last.sum } else { 0.0 };
        change * self.damping / (1.0 - self.damping)
    }

    /// What somebody has who is sent so much.
    const fn rank(self, received: f64) -> f64 {
        1.0 - self.damping + self.damping * received
    }
}

/// Of how many relations each entity is the one end.
#[expect(
    clippy::indexing_slicing,
    reason = "every column here has one item for each entity or place of a part, or for each that sends"
)]
fn counts(each: &impl Each, entities: usize, end: impl Fn(Edge) -> EntityIx) -> Vec<u32> {
    let mut counts = vec![0; entities];
    each(&mut |few| few.iter().for_each(|ends| counts[end(*ends).get()] += 1));
    counts
}

/// What a round has changed, and what all ranks are together that were looked at.
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

/// Who sends to the entities of a part. They stand in another order: first those that send, so that all that a round
/// looks at lies together.
struct Flow {
    part: Part,
    /// The entity of each place, counted from the start of the part.
    order: Vec<u32>,
    /// The places of those that send and are sent to. Before these are those that only send, behind them those that
    /// do not send.
    fed: Range<usize>,
    /// How many relations leave from each that sends.
    relations: Vec<u32>,
    /// Where the senders to each place end in `senders`; they start where those to the place before end.
    ends: Vec<u32>,
    senders: Vec<u32>,
}

impl Flow {
    /// Finds the place of everybody, by how many relations leave and enter each entity; `places` gets it, counted from the
    /// start of all entities.
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
            // Where they start: each that is put in moves it on, to where they end.
            ends.push(total);
            total += entering[*entity as usize];
        }
        Self { part, order, fed, relations, ends, senders: vec![0; total as usize] }
    }

    /// Notes down who sends to whom, when everybody has a place.
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
                // Put in, and perhaps taken out: who is wanted cannot be guessed.
                ours.push((from.number(), to.number()));
                ours.truncate(ours.len() - usize::from(!own.contains(&to.number())));
            }
            // First all places, so that memory is waited for once.
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

    /// Where places of this part are among all.
    fn among_all(&self, places: &Range<usize>) -> Range<usize> {
        self.part.start + places.start..self.part.start + places.end
    }

    /// What each relation gets at first.
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

    /// Where the senders to a place start.
    #[expect(
        clippy::indexing_slicing,
        reason = "every column here has one item for each entity or place of a part, or for each that sends"
    )]
    fn start_of(&self, place: usize) -> u32 {
        place.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Those that send and are sent to, in stages with about as many senders each.
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

    /// Looks once at some that send and are sent to.
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

    /// A round with those that nobody sends to, who stay as they are.
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

    /// The ranks of all of the part, in its own order.
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

/// Those that send are ordered by how many send to them, up to so many: a loop that runs as often as the one before is
/// guessed right. Of those alike, the ones from whom most leave come first: few are asked for most, and lie together.
const LONG: u32 = 31;
const OFTEN: u32 = 7;

/// All entities in order; and where those are that send and are sent to, behind which are the others.
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

    /// Some relations, always the same ones, with loops, repeats and entities that nothing leaves or enters.
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

    /// By the equation itself, over and over: everybody has what is sent to them, and a start.
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
                    [EXACT.whole(&each, entities, &mut |_| {}), EXACT.halves(&each, halves, &mut |_| {})]
                {
                    let found = found.ranks;
                    let all_fit = found.iter().zip(&expected).all(|(rank, fit)| (rank - fit).abs() < 1e-9);
                    assert!(all_fit && found.len() == entities, "{entities} {relations} {middle} {seed}");
                }
            }
        }
    }

    /// However few rounds are made, what is said of the error is not less than it is.
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
            let whole = solver.whole(&each, entities, &mut |_| {});
            let sends = |n: usize| ends.iter().any(|(_, from, _)| from.get() == n);
            let of_senders =
                |ranks: &[f64]| (0..entities).filter(|n| sends(*n)).map(|n| ranks[n]).sum::<f64>();
            let off = (0..entities)
                .filter(|n| sends(*n))
                .map(|n| (whole.ranks[n] - expected[n]).abs())
                .sum::<f64>();
            assert!(off <= whole.error * of_senders(&whole.ranks) * 1.000_001 + 1e-12, "{seed} {tolerance}");
            assert!(solver.halves(&each, halves, &mut |_| {}).error <= tolerance * 6.0);
        }
    }

    /// Circles of two, three and four, where a walk keeps coming round, with little damping.
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
            for found in [solver.whole(&each, length, &mut |_| {}), solver.halves(&each, halves, &mut |_| {})]
            {
                let found = found.ranks;
                let all_fit = found.iter().zip(&expected).all(|(rank, fit)| (rank / fit - 1.0).abs() < 1e-9);
                assert!(all_fit, "{length}: {found:?}, not {expected:?}");
            }
        }
    }

    /// Gauss's elimination of a few equations.
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

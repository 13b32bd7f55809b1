//! Lean walks: how many entities are within reach, how far away one is; without the ways there.

#![expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]

use std::cell::RefCell;

use super::traversal::{Budget, Direction, Outcome, StoppedBy, Traversal};
use crate::graph::{Entity, EntityIx, Lens, View, Way};

impl<'g> Traversal<'g, '_> {
    /// How many entities the walk reaches, its start among them, and whether these are all: as many as
    /// [`Traversal::run`] would give, without the ways to them.
    ///
    /// Looks once at each relation of each entity that is expanded, and keeps a bit for each entity of the graph.
    /// Where a limit stops the walk, entities are counted that were reached up to then, which may be fewer than
    /// `run` gives.
    ///
    /// ```
    /// # use keiretsu::{Graph, RelationKind};
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    /// #     facts: [ Partnership(between: ["a", "b"], unsourced: true), Partnership(between: ["b", "c"], unsourced: true) ],
    /// # )"#)?;
    /// let a = graph.view().find("A")?;
    /// let near = a.traverse().follow([RelationKind::PartnersWith]).max_hops(1);
    /// assert_eq!(near.count().0, 2);
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn count(&self) -> (usize, Outcome) {
        if self.has_conditions() {
            let selection = self.run();
            return (selection.len(), selection.outcome());
        }
        with_bits(|bits, _| {
            let mut reach = Reach::new(self, self.direction, self.start.index(), bits);
            let mut budget = Budget::new(&self.limits);
            let outcome = match reach.all(&mut budget) {
                Ok(()) => Outcome::Complete,
                Err(stopped) => Outcome::Stopped(stopped),
            };
            let count = reach.reached.len();
            reach.clear();
            (count, outcome)
        })
    }

    /// How many relations a shortest way to the entity has, and whether the search was complete: the
    /// [`hops`](super::Path::hops) of [`Traversal::shortest`], without the way.
    ///
    /// Searches from both ends at once, each time from the end whose entities have fewer relations.
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// # let graph = Graph::from_ron(r#"Graph(
    /// #     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
    /// #     facts: [ Partnership(between: ["a", "b"], unsourced: true), Partnership(between: ["b", "c"], unsourced: true) ],
    /// # )"#)?;
    /// let (a, c) = (graph.view().find("A")?, graph.view().find("C")?);
    /// assert_eq!(a.traverse().distance(c).0, Some(2));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn distance(&self, to: Entity<'g>) -> (Option<usize>, Outcome) {
        if self.has_conditions() {
            let (path, outcome) = self.shortest(to);
            return (path.map(|path| path.hops()), outcome);
        }
        if self.start == to {
            return (Some(0), Outcome::Complete);
        }
        with_bits(|bits, other_bits| {
            let mut ahead = Reach::new(self, self.direction, self.start.index(), bits);
            let mut back = Reach::new(self, self.direction.reversed(), to.index(), other_bits);
            let found = meet(self, &mut ahead, &mut back);
            ahead.clear();
            back.clear();
            match found {
                Ok(distance) => (distance, Outcome::Complete),
                Err(stopped) => (None, Outcome::Stopped(stopped)),
            }
        })
    }
}

/// Grows the cheaper side until the two meet; the length of a shortest path.
fn meet<'g, 'b>(
    traversal: &Traversal<'g, '_>,
    ahead: &mut Reach<'g, 'b>,
    back: &mut Reach<'g, 'b>,
) -> Result<Option<usize>, StoppedBy> {
    let mut budget = Budget::new(&traversal.limits);
    while !ahead.ring_is_empty() && !back.ring_is_empty() {
        let length = ahead.depth.saturating_add(back.depth).saturating_add(1);
        if length > traversal.most_hops() {
            return if traversal.is_cut_by_limit() { Err(StoppedBy::Hops) } else { Ok(None) };
        }
        let (side, facing) =
            if ahead.cost <= back.cost { (&mut *ahead, &*back) } else { (&mut *back, &*ahead) };
        if side.grow(&mut budget, |entity| facing.has(entity))? {
            return Ok(Some(length));
        }
    }
    Ok(None)
}

/// What is reached from one end, ring by ring.
struct Reach<'g, 'b> {
    view: View<'g>,
    lens: Lens,
    way: Way,
    traversal: (usize, bool),
    bits: &'b mut Vec<u64>,
    reached: Vec<EntityIx>,
    /// Where the last ring starts in `reached`.
    ring: usize,
    depth: usize,
    /// How many relations the entities of the last ring have at most.
    cost: usize,
}

impl<'g, 'b> Reach<'g, 'b> {
    fn new(
        traversal: &Traversal<'g, '_>,
        direction: Direction,
        start: EntityIx,
        bits: &'b mut Vec<u64>,
    ) -> Self {
        let view = traversal.start.view();
        let words = view.entities().len().div_ceil(64);
        if bits.len() < words {
            bits.resize(words, 0);
        }
        let way = Way {
            kinds: traversal.kinds,
            leaving: direction != Direction::Incoming,
            entering: direction != Direction::Outgoing,
            symmetric_both_ways: true,
        };
        let mut reach = Self {
            view,
            lens: view.lens(),
            way,
            traversal: (traversal.most_hops(), traversal.is_cut_by_limit()),
            bits,
            reached: vec![start],
            ring: 0,
            depth: 0,
            cost: view.degree(start, way.kinds),
        };
        reach.mark(start);
        reach
    }

    fn all(&mut self, budget: &mut Budget) -> Result<(), StoppedBy> {
        let (most_hops, is_cut_by_limit) = self.traversal;
        while self.depth < most_hops && !self.ring_is_empty() {
            self.grow_whole(budget)?;
        }
        if is_cut_by_limit && !self.ring_is_empty() && self.leads_on(budget)? {
            return Err(StoppedBy::Hops);
        }
        Ok(())
    }

    /// Reaches the next ring, a part of the last one at a time.
    fn grow_whole(&mut self, budget: &mut Budget) -> Result<(), StoppedBy> {
        let (mut at, end) = (self.ring, self.reached.len());
        self.ring = end;
        self.depth += 1;
        let mut rows = Vec::new();
        while at < end {
            let part = at..end.min(at + PART);
            at = part.end;
            self.view.collect_rows(self.lens, &self.reached[part], self.way.kinds, &mut rows);
            for row in rows.drain(..) {
                let entries = row.entries.len();
                budget.spend_all(entries)?;
                // Room for all, so that each can be written first and counted, or not, second.
                let mut count = self.reached.len();
                self.reached.resize(count + entries + 1, self.reached[0]);
                let Self { view, lens, way, bits, reached, .. } = self;
                view.each_with_whether(*lens, row, *way, &mut |target, is_walked| {
                    let (word, bit) = place(target);
                    let bit = if is_walked { bit } else { 0 };
                    let is_new = bits[word] & bit != bit;
                    bits[word] |= bit;
                    reached[count] = target;
                    count += usize::from(is_new);
                });
                reached.truncate(count);
            }
        }
        Ok(())
    }

    /// Reaches the next ring; whether an entity that ends the search was among it.
    fn grow(&mut self, budget: &mut Budget, is_end: impl Fn(EntityIx) -> bool) -> Result<bool, StoppedBy> {
        let ring = self.ring..self.reached.len();
        self.ring = self.reached.len();
        self.depth += 1;
        self.cost = 0;
        for at in ring {
            let entity = self.reached[at];
            budget.spend_all(self.view.degree(entity, self.way.kinds))?;
            let Self { view, lens, way, bits, reached, cost, .. } = self;
            let mut met = false;
            view.each_neighbor(*lens, entity, *way, &mut |target| {
                let (word, bit) = place(target);
                if bits[word] & bit == 0 {
                    bits[word] |= bit;
                    reached.push(target);
                    *cost += view.degree(target, way.kinds);
                    met |= is_end(target);
                }
            });
            if met {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the last ring leads to anything new.
    fn leads_on(&self, budget: &mut Budget) -> Result<bool, StoppedBy> {
        for entity in &self.reached[self.ring..] {
            budget.spend_all(self.view.degree(*entity, self.way.kinds))?;
            let mut is_new = false;
            self.view.each_neighbor(self.lens, *entity, self.way, &mut |target| {
                is_new |= !self.has(target);
            });
            if is_new {
                return Ok(true);
            }
        }
        Ok(false)
    }

    const fn ring_is_empty(&self) -> bool {
        self.ring == self.reached.len()
    }

    fn has(&self, entity: EntityIx) -> bool {
        let (word, bit) = place(entity);
        self.bits[word] & bit != 0
    }

    fn mark(&mut self, entity: EntityIx) {
        let (word, bit) = place(entity);
        self.bits[word] |= bit;
    }

    /// Leaves the bits as they were found: none set.
    fn clear(&mut self) {
        for entity in &self.reached {
            self.bits[place(*entity).0] = 0;
        }
    }
}

/// So many entities are looked up together.
const PART: usize = 256;

const fn place(entity: EntityIx) -> (usize, u64) {
    (entity.get() / 64, 1 << (entity.get() % 64))
}

thread_local! {
    /// Bits that are clear between walks, so that a short walk need not clear a bit for every entity.
    static BITS: RefCell<(Vec<u64>, Vec<u64>)> = const { RefCell::new((Vec::new(), Vec::new())) };
}

fn with_bits<T>(walk: impl FnOnce(&mut Vec<u64>, &mut Vec<u64>) -> T) -> T {
    let (mut one, mut other) = BITS.take();
    let answer = walk(&mut one, &mut other);
    BITS.set((one, other));
    answer
}

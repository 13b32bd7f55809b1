//! Lean walks: how many entities are within reach, or how far away one is, without computing paths.

use std::cell::RefCell;
use std::ops::Range;

use super::traversal::{Budget, Direction, Outcome, StoppedBy, Traversal};
use crate::graph::{Adjacency, AdjacencyList, Entity, EntityIx, Follow};

impl<'g> Traversal<'g, '_> {
    /// How many entities the walk reaches, including its start, and whether these are all: the number that
    /// [`Traversal::run`] would give, without the paths.
    ///
    /// Examines each relation of each expanded entity once, and keeps one bit for each entity of the graph. If a limit
    /// stops the walk, the entities reached so far are counted, which may be fewer than `run` gives.
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
        with_scratch(|scratch, _| {
            let mut reach = Reach::new(self, self.direction, self.start.index(), scratch);
            let mut budget = Budget::new(&self.limits);
            let outcome = match reach.all(&mut budget) {
                Ok(()) => Outcome::Complete,
                Err(stopped) => Outcome::Stopped(stopped),
            };
            let count = reach.reached.len() + reach.unlisted;
            reach.clear();
            (count, outcome)
        })
    }

    /// The length of a shortest path to the entity in relations, and whether the search was complete: the
    /// [`hops`](super::Path::hops) of [`Traversal::shortest`], without the path.
    ///
    /// Searches from both ends at once, always expanding the end whose entities have fewer relations.
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
        if self.start.view().adopt(to).is_none() {
            return (None, Outcome::Complete);
        }
        if self.start == to {
            return (Some(0), Outcome::Complete);
        }
        with_scratch(|scratch, other| {
            let mut ahead = Reach::new(self, self.direction, self.start.index(), scratch);
            let mut back = Reach::new(self, self.direction.reversed(), to.index(), other);
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

/// Grows the cheaper side until the two meet. Returns the length of a shortest path.
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
            if is_cheaper(ahead, back) { (&mut *ahead, &*back) } else { (&mut *back, &*ahead) };
        if side.grow(&mut budget, facing.bits)? {
            return Ok(Some(length));
        }
    }
    Ok(None)
}

/// Whether the last ring of `one` seems to have no more relations than that of `other`. Examines only as many of them
/// as needed to tell.
fn is_cheaper<'g, 'b>(one: &mut Reach<'g, 'b>, other: &mut Reach<'g, 'b>) -> bool {
    loop {
        let is_behind = one.cost <= other.cost;
        let behind = if is_behind { &mut *one } else { &mut *other };
        if !behind.weigh() {
            return is_behind;
        }
    }
}

/// The entities reached from one end, ring by ring.
struct Reach<'g, 'b> {
    adjacency: Adjacency<'g>,
    traversal: (usize, bool),
    /// A bit for each entity, set if it is reached.
    bits: &'b mut [u64],
    reached: &'b mut Vec<EntityIx>,
    /// The number of further entities reached, recorded only by their bits.
    unlisted: usize,
    /// The start of the last ring in `reached`.
    ring: usize,
    depth: usize,
    /// About how many relations the entities of the last ring have, counted up to `weighed`.
    cost: usize,
    weighed: usize,
    lists: &'b mut Vec<AdjacencyList>,
    near: &'b mut Vec<EntityIx>,
}

impl<'g, 'b> Reach<'g, 'b> {
    fn new(
        traversal: &Traversal<'g, '_>,
        direction: Direction,
        start: EntityIx,
        scratch: &'b mut Scratch,
    ) -> Self {
        let view = traversal.start.view();
        let words = view.entities().len().div_ceil(64);
        let Scratch { bits, reached, lists, near } = scratch;
        if bits.len() < words {
            bits.resize(words, 0);
        }
        reached.clear();
        reached.push(start);
        let follow = match direction {
            Direction::Outgoing => Follow::Outgoing,
            Direction::Incoming => Follow::Incoming,
            Direction::Both => Follow::Both,
        };
        let mut reach = Self {
            adjacency: view.adjacency(traversal.kinds, follow),
            traversal: (traversal.most_hops(), traversal.is_cut_by_limit()),
            bits,
            reached,
            unlisted: 0,
            ring: 0,
            depth: 0,
            cost: 0,
            weighed: 0,
            lists,
            near,
        };
        reach.mark(start);
        reach
    }

    fn all(&mut self, budget: &mut Budget) -> Result<(), StoppedBy> {
        let (most_hops, is_cut_by_limit) = self.traversal;
        while self.depth < most_hops && !self.ring_is_empty() {
            let is_last = self.depth + 1 == most_hops && !is_cut_by_limit;
            self.grow_whole(is_last, budget)?;
        }
        if is_cut_by_limit && !self.ring_is_empty() && self.leads_on(budget)? {
            return Err(StoppedBy::Hops);
        }
        Ok(())
    }

    /// Adds the approximate number of relations of one more entity of the last ring. Returns false if there is none.
    fn weigh(&mut self) -> bool {
        let next = self.reached.get(self.weighed).copied();
        self.cost += next.map_or(0, |entity| self.adjacency.weight(entity));
        self.weighed += usize::from(next.is_some());
        next.is_some()
    }

    /// Reaches the next ring, in batches. The final ring need not be listed: for large rings, listing costs more than
    /// clearing all bits afterwards.
    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn grow_whole(&mut self, is_last: bool, budget: &mut Budget) -> Result<(), StoppedBy> {
        let (mut at, end) = (self.ring, self.reached.len());
        self.ring = end;
        self.depth += 1;
        let mut looked = 0;
        while at < end {
            let part = at..end.min(at + PART);
            at = part.end;
            self.adjacency.collect_lists(&self.reached[part], self.lists);
            let Self { adjacency, bits, reached, lists, .. } = self;
            for list in lists.drain(..) {
                let entries = list.len();
                budget.spend_all(entries)?;
                looked += entries;
                if is_last && looked > bits.len() {
                    self.unlisted += count_new(adjacency, list, bits);
                    continue;
                }
                // Reserve room for all, so that each target can be written first and then counted or not.
                let mut count = reached.len();
                reached.resize(count + entries + 1, reached[0]);
                let (bits, slots) = (&mut **bits, &mut reached[..]);
                adjacency.each_judged(list, &mut |target, is_walked| {
                    let is_new = set(bits, target, is_walked);
                    slots[count] = target;
                    count += usize::from(is_new);
                });
                reached.truncate(count);
            }
        }
        Ok(())
    }

    /// Reaches the next ring. Returns whether it contains anything reached from the other end.
    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn grow(&mut self, budget: &mut Budget, facing: &[u64]) -> Result<bool, StoppedBy> {
        let (mut at, end) = (self.ring, self.reached.len());
        (self.ring, self.weighed, self.cost) = (end, end, 0);
        self.depth += 1;
        while at < end {
            let part = at..at + self.few(at..end);
            at = part.end;
            let Self { adjacency, bits, reached, near, .. } = self;
            near.clear();
            budget.spend_all(adjacency.add_neighbors(&reached[part], near))?;
            // Write first here too, since it is unpredictable which ones are new.
            let mut count = reached.len();
            reached.resize(count + near.len() + 1, reached[0]);
            let (bits, slots) = (&mut **bits, &mut reached[..]);
            let mut met = 0;
            for target in near.iter() {
                let (word, bit) = place(*target);
                let is_new = bits[word] & bit == 0;
                bits[word] |= bit;
                slots[count] = *target;
                count += usize::from(is_new);
                met |= facing[word] & bit;
            }
            reached.truncate(count);
            if met != 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// How many entities to expand before checking whether the search has ended: one, or several with few relations.
    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn few(&self, ring: Range<usize>) -> usize {
        let mut weight = 0;
        let is_light = |entity: &&EntityIx| {
            weight += self.adjacency.weight(**entity);
            weight <= LIGHT
        };
        self.reached[ring].iter().take(FEW).take_while(is_light).count().max(1)
    }

    /// Whether the last ring leads to anything new.
    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn leads_on(&self, budget: &mut Budget) -> Result<bool, StoppedBy> {
        for entity in &self.reached[self.ring..] {
            budget.spend_all(self.adjacency.degree(*entity))?;
            let mut is_new = false;
            self.adjacency.each_neighbor(*entity, &mut |target| {
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

    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn has(&self, entity: EntityIx) -> bool {
        let (word, bit) = place(entity);
        self.bits[word] & bit != 0
    }

    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn mark(&mut self, entity: EntityIx) {
        let (word, bit) = place(entity);
        self.bits[word] |= bit;
    }

    /// Clears all bits, as they were found.
    #[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
    fn clear(&mut self) {
        // If many are reached, clearing all bits is faster than clearing them one by one.
        if self.unlisted > 0 || self.reached.len() > self.bits.len() {
            self.bits.fill(0);
            return;
        }
        for entity in self.reached.iter() {
            self.bits[place(*entity).0] = 0;
        }
    }
}

/// Entities looked up in one batch.
const PART: usize = 256;
/// Batch size, in entities and in relations, where the first hit may end the search.
const FEW: usize = 8;
const LIGHT: usize = 64;

const fn place(entity: EntityIx) -> (usize, u64) {
    (entity.get() / 64, 1 << (entity.get() % 64))
}

/// Sets the bits of the neighbors in a list. Returns how many are new.
#[inline(never)]
fn count_new(adjacency: &Adjacency<'_>, list: AdjacencyList, bits: &mut [u64]) -> usize {
    let mut count = 0;
    adjacency.each_judged(list, &mut |target, is_walked| {
        count += usize::from(set(bits, target, is_walked));
    });
    count
}

/// Sets the bit of an entity if it is walked to. Returns whether it is new. Branchless, since neither is predictable.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "bits are made for the number of entities of the graph")]
fn set(bits: &mut [u64], entity: EntityIx, is_walked: bool) -> bool {
    let (word, bit) = place(entity);
    let (slot, bit) = (&mut bits[word], if is_walked { bit } else { 0 });
    let is_new = *slot & bit != bit;
    *slot |= bit;
    is_new
}

/// Scratch memory that walks share, one after the other.
#[derive(Default)]
struct Scratch {
    /// All zero between walks, so that a short walk need not clear a bit for every entity.
    bits: Vec<u64>,
    reached: Vec<EntityIx>,
    lists: Vec<AdjacencyList>,
    near: Vec<EntityIx>,
}

/// Keep at most this much room for entities after a walk.
const KEPT: usize = 1 << 14;

thread_local! {
    static SCRATCH: RefCell<(Scratch, Scratch)> = RefCell::default();
}

fn with_scratch<T>(walk: impl FnOnce(&mut Scratch, &mut Scratch) -> T) -> T {
    let (mut one, mut other) = SCRATCH.take();
    let answer = walk(&mut one, &mut other);
    for scratch in [&mut one, &mut other] {
        for list in [&mut scratch.reached, &mut scratch.near] {
            list.clear();
            list.shrink_to(KEPT);
        }
    }
    SCRATCH.set((one, other));
    answer
}

//! Three entities in a circle: A sold to B, B partners with C, C competes with A.

#![expect(clippy::indexing_slicing, reason = "positions are checked against the lengths of the lists")]

use crate::graph::{Entity, EntityIx, Lens, View};
use crate::model::RelationKind;

/// The question which three entities stand in a circle of three kinds of relations; built up, then run.
///
/// ```
/// # use keiretsu::{Graph, RelationKind};
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [
///         Supply(supplier: "a", customer: "b", unsourced: true),
///         Partnership(between: ["b", "c"], unsourced: true),
///         Competition(between: ["a", "c"], unsourced: true),
///     ],
/// )"#)?;
/// let circle = [RelationKind::Supplies, RelationKind::PartnersWith, RelationKind::CompetesWith];
/// let triangles = graph.view().triangles(circle);
/// assert_eq!(triangles.count(), 1);
/// let [a, b, c] = triangles.run(10)[0];
/// assert_eq!([a.id(), b.id(), c.id()], ["a", "b", "c"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Triangles<'g> {
    view: View<'g>,
    kinds: [RelationKind; 3],
}

impl<'g> View<'g> {
    /// Asks for every A, B and C where the first kind of relation leads from A to B, the second from B to C, the
    /// third from C to A; symmetric ones lead both ways.
    pub const fn triangles(self, kinds: [RelationKind; 3]) -> Triangles<'g> {
        Triangles { view: self, kinds }
    }
}

impl<'g> Triangles<'g> {
    /// How many there are: each choice of three relations is one.
    ///
    /// Costs, for each relation of the first kind, a look at the shorter of the two lists that must agree.
    #[must_use]
    pub fn count(&self) -> u64 {
        if let Some(count) = self.count_listed() {
            return count;
        }
        let mut count = 0;
        self.each(&mut |_, _, _, times| {
            count += times;
            true
        });
        count
    }

    /// The same where all neighbors lie in memory as they are: first many lists are found, then these are compared, so
    /// that the memory of one is waited for while that of the next is on its way.
    fn count_listed(&self) -> Option<u64> {
        let (view, lens) = (self.view, self.view.lens());
        let [first, second, third] = self.kinds;
        if !matches!(lens, Lens::Plain) || !second.is_symmetric() || !third.is_symmetric() {
            return None;
        }
        let mut count = 0;
        let mut add = |pairs: &mut Vec<(&[EntityIx], &[EntityIx])>| {
            for (one, other) in pairs.drain(..) {
                common(one, other, &mut |_, times| {
                    count += times;
                    true
                });
            }
        };
        let (mut scratch, mut pairs) = (Vec::new(), Vec::with_capacity(LISTS));
        for a in view.entities().map(Entity::index) {
            let sold = view.sorted_neighbors(lens, a, (first, true), &mut scratch);
            if sold.is_empty() {
                continue;
            }
            let back = view.listed_neighbors(a, third)?;
            for b in sold.iter().filter(|_| !back.is_empty()) {
                let onward = view.listed_neighbors(*b, second)?;
                std::hint::black_box(onward.first().map(|entity| entity.number()));
                pairs.push((onward, back));
            }
            if pairs.len() >= LISTS {
                add(&mut pairs);
            }
        }
        add(&mut pairs);
        Some(count)
    }

    /// The first of them, so many at most: by the ids of A, then B, then C; each three entities once.
    #[must_use]
    pub fn run(&self, most: usize) -> Vec<[Entity<'g>; 3]> {
        let mut found: Vec<[Entity<'g>; 3]> = Vec::new();
        if most == 0 {
            return found;
        }
        let entity = |index| self.view.entity_at(index);
        self.each(&mut |a, b, c, _| {
            found.push([entity(a), entity(b), entity(c)]);
            found.len() < most
        });
        found
    }

    /// Hands out each three once, with the number of choices of their relations, until told to stop.
    fn each(&self, found: &mut impl FnMut(EntityIx, EntityIx, EntityIx, u64) -> bool) {
        let (view, lens) = (self.view, self.view.lens());
        let [first, second, third] = self.kinds;
        let (mut sold, mut back, mut onward) = (Vec::new(), Vec::new(), Vec::new());
        for a in view.entities().map(Entity::index) {
            let sold = view.sorted_neighbors(lens, a, (first, true), &mut sold);
            if sold.is_empty() {
                continue;
            }
            let back = view.sorted_neighbors(lens, a, (third, false), &mut back);
            if back.is_empty() {
                continue;
            }
            for same in sold.chunk_by(EntityIx::eq) {
                let Some(b) = same.first().copied() else { continue };
                let onward = view.sorted_neighbors(lens, b, (second, true), &mut onward);
                let ways = same.len() as u64;
                if !common(onward, back, &mut |c, times| found(a, b, c, times * ways)) {
                    return;
                }
            }
        }
    }
}

/// So many lists are found before they are compared.
const LISTS: usize = 1 << 10;

/// Hands out what two sorted lists have in common, with the product of how often each has it, until told to stop;
/// whether it was not.
fn common(one: &[EntityIx], other: &[EntityIx], found: &mut impl FnMut(EntityIx, u64) -> bool) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let gallops = long.len() / 16 > short.len();
    let (mut i, mut j) = (0, 0);
    while i < short.len() && j < long.len() {
        let (a, b) = (short[i], long[j]);
        if a == b {
            let run = |list: &[EntityIx]| list.iter().take_while(|entity| **entity == a).count();
            let (times, others) = (run(&short[i..]), run(&long[j..]));
            if !found(a, times as u64 * others as u64) {
                return false;
            }
            (i, j) = (i + times, j + others);
        } else if gallops {
            i += usize::from(a < b);
            j += if b < a { gallop(&long[j..], a) } else { 0 };
        } else {
            // Without a branch: which of the two comes first cannot be guessed.
            i += usize::from(a < b);
            j += usize::from(b < a);
        }
    }
    true
}

/// How many entities at the start of a sorted list come before one: looks ahead in doubling steps.
fn gallop(list: &[EntityIx], wanted: EntityIx) -> usize {
    let mut step = 1;
    while list.get(step).is_some_and(|entity| *entity < wanted) {
        step *= 2;
    }
    let within = list.get(step / 2..(step + 1).min(list.len())).unwrap_or_default();
    step / 2 + within.partition_point(|entity| *entity < wanted)
}

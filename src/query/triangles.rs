//! Triangles: A sold to B, B partners with C, C competes with A.

use crate::graph::{AdjacencyList, Entity, EntityIx, Follow, KindAdjacency, View};
use crate::model::RelationKind;
use crate::parallel::join;

/// A query for triangles of three kinds of relations; built up, then run.
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
    /// Starts a query for every A, B and C such that the first kind of relation leads from A to B, the second from B to
    /// C, and the third from C to A. Symmetric relations lead both ways.
    pub const fn triangles(self, kinds: [RelationKind; 3]) -> Triangles<'g> {
        Triangles { view: self, kinds }
    }
}

impl<'g> Triangles<'g> {
    /// The number of triangles. Each choice of three relations is one.
    ///
    /// For each relation of the first kind, scans the shorter of the two lists to be intersected. In a large graph, two
    /// threads handle the relations from A and those from B.
    #[must_use]
    pub fn count(&self) -> u64 {
        if !self.view.is_large() {
            return self.count_from(true) + self.count_from(false);
        }
        let (from_a, from_b) = join(|| self.count_from(true), || self.count_from(false));
        from_a + from_b
    }

    /// Counts the triangles for which this end's list is the longer one: marks its members once, then scans the lists
    /// of all its neighbors for marks. From A the list of B must be as short or shorter, from B that of A strictly
    /// shorter.
    fn count_from(&self, from_a: bool) -> u64 {
        let [first, second, third] = self.kinds;
        let (onward, back) = (self.along(second, true), self.along(third, false));
        let (own_lists, other_lists) = if from_a { (back, onward) } else { (onward, back) };
        let along_first = self.along(first, from_a);
        let mut marks = Marks::new(self.view.entities().len());
        let (mut others, mut count) = (Vec::new(), 0);
        for (own, list) in along_first.lists() {
            let Some(own_list) = own_lists.list(own) else { continue };
            let most = if from_a { own_list.len() } else { own_list.len() - 1 };
            along_first.each_in(list, &mut |other| {
                others.extend(other_lists.list(other).filter(|list| list.len() <= most));
            });
            if others.is_empty() {
                continue;
            }
            own_lists.each_in(own_list, &mut |c| marks.add(c));
            for list in others.drain(..) {
                other_lists.each_in(list, &mut |c| {
                    if marks.has(c) {
                        count += marks.times(c);
                    }
                });
            }
            marks.clear();
        }
        count
    }

    /// The first triangles, at most this many, by the ids of A, then B, then C. Each triple of entities appears once.
    #[must_use]
    pub fn run(&self, most: usize) -> Vec<[Entity<'g>; 3]> {
        let mut found: Vec<[Entity<'g>; 3]> = Vec::new();
        if most == 0 {
            return found;
        }
        let entity = |index| self.view.entity_at(index);
        self.each(&mut |a, b, c| {
            found.push([entity(a), entity(b), entity(c)]);
            found.len() < most
        });
        found
    }

    /// Visits each triple once, until `found` returns false.
    fn each(&self, found: &mut impl FnMut(EntityIx, EntityIx, EntityIx) -> bool) {
        let [first, second, third] = self.kinds;
        let (sales, partners, rivals) =
            (self.along(first, true), self.along(second, true), self.along(third, false));
        let neighbors = |adjacency: &KindAdjacency<'_>, list: AdjacencyList, found: &mut Vec<EntityIx>| {
            found.clear();
            adjacency.each_in(list, &mut |entity| {
                if found.last() != Some(&entity) {
                    found.push(entity);
                }
            });
        };
        let (mut sold, mut back, mut onward) = (Vec::new(), Vec::new(), Vec::new());
        for (a, list) in sales.lists() {
            let Some(back_list) = rivals.list(a) else { continue };
            neighbors(&sales, list, &mut sold);
            neighbors(&rivals, back_list, &mut back);
            for b in &sold {
                let Some(list) = partners.list(*b) else { continue };
                neighbors(&partners, list, &mut onward);
                if !common(&onward, &back, &mut |c| found(a, *b, c)) {
                    return;
                }
            }
        }
    }

    /// Relations of a kind, followed from one end.
    fn along(&self, kind: RelationKind, outgoing: bool) -> KindAdjacency<'g> {
        self.view.along(kind, if outgoing { Follow::Outgoing } else { Follow::Incoming })
    }
}

/// The members of one list, also as a bit set.
struct Marks {
    bits: Vec<u64>,
    /// In list order, including duplicates.
    list: Vec<EntityIx>,
    repeats: bool,
}

impl Marks {
    fn new(entities: usize) -> Self {
        Self { bits: vec![0; entities.div_ceil(64)], list: Vec::new(), repeats: false }
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "bits are made for the entities of the graph, and positions checked against the lengths of lists"
    )]
    fn add(&mut self, entity: EntityIx) {
        self.repeats |= self.has(entity);
        self.bits[entity.get() / 64] |= 1 << (entity.get() % 64);
        self.list.push(entity);
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "bits are made for the entities of the graph, and positions checked against the lengths of lists"
    )]
    fn has(&self, entity: EntityIx) -> bool {
        self.bits[entity.get() / 64] >> (entity.get() % 64) & 1 != 0
    }

    /// How often the list contains an entity, given that it does.
    #[expect(
        clippy::indexing_slicing,
        reason = "bits are made for the entities of the graph, and positions checked against the lengths of lists"
    )]
    fn times(&self, entity: EntityIx) -> u64 {
        if !self.repeats {
            return 1;
        }
        let start = self.list.partition_point(|other| *other < entity);
        self.list[start..].partition_point(|other| *other == entity) as u64
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "bits are made for the entities of the graph, and positions checked against the lengths of lists"
    )]
    fn clear(&mut self) {
        for entity in self.list.drain(..) {
            self.bits[entity.get() / 64] = 0;
        }
        self.repeats = false;
    }
}

/// Visits the intersection of two sorted lists, until told to stop. Returns whether it completed.
#[expect(
    clippy::indexing_slicing,
    reason = "bits are made for the entities of the graph, and positions checked against the lengths of lists"
)]
fn common(one: &[EntityIx], other: &[EntityIx], found: &mut impl FnMut(EntityIx) -> bool) -> bool {
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        let (a, b) = (one[i], other[j]);
        if a == b && !found(a) {
            return false;
        }
        // Branchless, since it is unpredictable which of the two comes first.
        i += usize::from(a <= b);
        j += usize::from(b <= a);
    }
    true
}

//! The relations that touch an entity, as a view shows them.

use std::ops::Range;

use super::certainty;
use super::entity::Entity;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::index::EntityIx;
use crate::graph::store::majorities::Majority;
use crate::graph::store::relations::Origin;
use crate::graph::store::rows::{Asked, Entry, Part, Row, Step};
use crate::model::{RelationKind, RelationKinds};

/// How a view looks at relations, made of its choices once before a walk.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lens {
    /// Everything stated.
    Plain,
    /// What is in force on a date, for certain or possibly.
    On(Asked),
    /// What is for certain.
    Surely(Asked),
    /// What each has to be judged for by itself.
    Each,
}

impl Lens {
    /// Whether the view shows the relation of an entry.
    pub(crate) fn shows(self, view: View<'_>, entry: Entry) -> bool {
        match self {
            Self::Plain if !entry.odd => true,
            Self::On(asked) if !entry.odd => asked.meets(entry.span),
            Self::Surely(asked) if !entry.odd => asked.is_within(entry.span),
            _ => view.shows(entry.relation),
        }
    }

    /// Whether the view shows the relation of an entry, and it counts.
    fn walks(self, view: View<'_>, entry: Entry) -> bool {
        let data = view.data();
        match self {
            // Where events leave much behind much is odd, but not hard to judge.
            Self::Plain if entry.odd && data.claims.is_empty() => match data.relations.origin(entry.relation)
            {
                Origin::Fact(fact) => data.facts.counts(fact),
                Origin::Record(_) => true,
                // What follows belongs to a date.
                Origin::Derived(_) => false,
            },
            _ => self.shows(view, entry) && self.counts(view, entry),
        }
    }

    /// Whether a relation that the view shows counts, too.
    fn counts(self, view: View<'_>, entry: Entry) -> bool {
        let is_judged = !entry.odd && !matches!(self, Self::Each);
        is_judged || Relation::new(view, entry.relation, entry.inverted).counts()
    }
}

/// Which relations are walked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) kinds: RelationKinds,
    /// From their subjects to their objects.
    pub(crate) leaving: bool,
    /// From their objects to their subjects.
    pub(crate) entering: bool,
    /// Symmetric ones both ways, whatever of these is asked.
    pub(crate) symmetric_both_ways: bool,
}

impl Way {
    fn is_both(self, kind: RelationKind) -> bool {
        self.leaving && self.entering || self.symmetric_both_ways && kind.is_symmetric()
    }
}

impl<'g> View<'g> {
    pub(crate) fn lens(self) -> Lens {
        match (self.knowledge(), self.date(), self.is_only_certain()) {
            (None, None, _) => Lens::Plain,
            (None, Some(date), false) => Lens::On(Asked::of(date)),
            (None, Some(date), true) => Lens::Surely(Asked::of(date)),
            (Some(_), ..) => Lens::Each,
        }
    }

    /// How many relations of some kinds touch an entity at most, shown or not.
    pub(crate) fn degree(self, entity: EntityIx, kinds: RelationKinds) -> usize {
        self.data().rows.degree(entity, kinds)
    }

    /// Hands out the entities at the other ends of the relations of an entity that are walked, each as often as
    /// there are such relations, in the order of kinds, then of entities. A relation to itself comes twice where
    /// both directions are walked.
    pub(crate) fn each_neighbor(
        self,
        lens: Lens,
        entity: EntityIx,
        way: Way,
        visit: &mut impl FnMut(EntityIx),
    ) {
        self.each_row(entity, way.kinds, &mut |row| self.each_in_row(lens, row, way, visit));
    }

    fn each_row(self, entity: EntityIx, kinds: RelationKinds, visit: &mut impl FnMut(Row)) {
        let rows = &self.data().rows;
        match kinds.only() {
            Some(kind) => rows.of_kind(entity, kind).into_iter().for_each(visit),
            None => rows.of(entity, kinds).for_each(visit),
        }
    }

    /// About how many relations of some kinds touch an entity, shown or not.
    pub(crate) fn weight(self, entity: EntityIx, kinds: RelationKinds) -> usize {
        let rows = &self.data().rows;
        if kinds == RelationKinds::ALL { rows.weight(entity) } else { rows.degree(entity, kinds) }
    }

    /// Adds what [`View::each_neighbor`] hands out, of several entities; how many relations were looked at.
    pub(crate) fn add_neighbors(
        self,
        lens: Lens,
        entities: &[EntityIx],
        way: Way,
        found: &mut Vec<EntityIx>,
    ) -> usize {
        let rows = &self.data().rows;
        let mut looked = 0;
        let only = way.kinds.only();
        for entity in entities {
            if let Some(kind) = only {
                looked += rows.of_kind(*entity, kind).map_or(0, |row| self.add_row(lens, row, way, found));
                continue;
            }
            for row in rows.of(*entity, way.kinds) {
                looked += self.add_row(lens, row, way, found);
            }
        }
        looked
    }

    #[inline(always)]
    fn add_row(self, lens: Lens, row: Row, way: Way, found: &mut Vec<EntityIx>) -> usize {
        let looked = row.len();
        if matches!(lens, Lens::Plain) && !row.has_odd && way.is_both(row.kind) {
            self.data().rows.add_targets(&row, found);
        } else {
            self.add_judged(lens, row, way, found);
        }
        looked
    }

    #[inline(never)]
    fn add_judged(self, lens: Lens, row: Row, way: Way, found: &mut Vec<EntityIx>) {
        self.each_in_row(lens, row, way, &mut |target| found.push(target));
    }

    /// The relations of one kind that touch an entity, shown or not.
    pub(crate) fn row(self, entity: EntityIx, kind: RelationKind) -> Option<Row> {
        self.data().rows.of_kind(entity, kind)
    }

    /// Every entity that relations of a kind touch, by id, with these.
    pub(crate) fn rows(self, kind: RelationKind) -> impl Iterator<Item = (EntityIx, Row)> {
        self.data().rows.all(kind)
    }

    /// The rows of some kinds of several entities, one after the other, so that the memory of one is waited for while that
    /// of the next is on its way.
    pub(crate) fn collect_rows(self, entities: &[EntityIx], kinds: RelationKinds, found: &mut Vec<Row>) {
        found.clear();
        for entity in entities {
            self.each_row(*entity, kinds, &mut |row| found.push(row));
        }
        // The first steps are asked for too; of many rows, which are seldom all at hand, all steps, by the piece of memory
        // that comes at a time.
        let most = if found.len() < MANY_ROWS { 1 } else { usize::MAX };
        let rows = &self.data().rows;
        let mut sum = 0;
        for row in &*found {
            let pieces = rows.steps(row).chunks(AT_A_TIME).take(most);
            pieces.for_each(|piece| sum ^= piece.first().map_or(0, |step| step.target().number()));
        }
        std::hint::black_box(sum);
    }

    /// Hands out what [`View::each_neighbor`] does, of one row, with whether it is walked; some that are not, too.
    #[inline(always)]
    pub(crate) fn each_with_whether(
        self,
        lens: Lens,
        row: Row,
        way: Way,
        visit: &mut impl FnMut(EntityIx, bool),
    ) {
        match lens {
            Lens::On(asked) if way.is_both(row.kind) && !row.has_odd => {
                for step in self.data().rows.steps(&row) {
                    visit(step.target(), asked.meets(step.span()));
                }
            }
            _ => self.each_in_row(lens, row, way, &mut |target| visit(target, true)),
        }
    }

    /// Hands out what [`View::each_neighbor`] does, of one row.
    #[inline(always)]
    pub(crate) fn each_in_row(self, lens: Lens, row: Row, way: Way, visit: &mut impl FnMut(EntityIx)) {
        let rows = &self.data().rows;
        let both = way.is_both(row.kind);
        let along = |is_inverted: bool| both | if is_inverted { way.entering } else { way.leaving };
        match lens {
            Lens::Plain if both && !row.has_odd => {
                rows.steps(&row).iter().for_each(|step| visit(step.target()));
            }
            Lens::Plain if !row.has_odd => {
                let steps = rows.steps(&row).iter().filter(|step| along(step.is_inverted()));
                steps.for_each(|step| visit(step.target()));
            }
            Lens::On(asked) if !row.has_odd => {
                let shown = |step: &&Step| asked.meets(step.span()) & along(step.is_inverted());
                rows.steps(&row).iter().filter(shown).for_each(|step| visit(step.target()));
            }
            _ => {
                for entry in row.entries.map(|at| rows.entry(at)) {
                    if along(entry.inverted) && lens.walks(self, entry) {
                        visit(entry.target);
                    }
                }
            }
        }
    }
}

/// So many rows are many.
const MANY_ROWS: usize = 128;

/// So many steps of a row come from memory at a time.
const AT_A_TIME: usize = 64 / size_of::<Step>();

/// Some of all relations, to be looked at by one thread.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Portion {
    All,
    FirstHalf,
    SecondHalf,
}

/// A relation that counts: its kind, its subject and its object, as stored.
pub(crate) type Ends = (RelationKind, EntityIx, EntityIx);

/// So many relations are handed out together.
const TOGETHER: usize = 128;

impl View<'_> {
    /// The entities in two parts, each with about half of the relations: that depends on nothing but the graph.
    pub(crate) fn parts(self) -> (Part, Part) {
        self.data().rows.parts()
    }

    /// Whether the graph is worth a second thread.
    pub(crate) fn is_large(self) -> bool {
        self.data().rows.is_large()
    }

    /// Those of a portion, as they are stored.
    fn relations_of(self, portion: Portion) -> Range<usize> {
        let (all, half) = (self.most_relations(), self.most_relations() / 2);
        match portion {
            Portion::All => 0..all,
            Portion::FirstHalf => 0..half,
            Portion::SecondHalf => half..all,
        }
    }

    /// In whose rows to look for a portion: it has other relations then, but all portions together have all.
    fn entities_of(self, portion: Portion) -> Part {
        let (one, other) = self.parts();
        match portion {
            Portion::All => Part { start: one.start, end: other.end },
            Portion::FirstHalf => one,
            Portion::SecondHalf => other,
        }
    }

    /// How many relations a portion has, at most or about.
    pub(crate) fn most_of(self, portion: Portion) -> usize {
        self.relations_of(portion).len()
    }

    /// Hands out every relation of a portion that counts, each once; some at a time: what is kept for each entity of a
    /// large graph is far away, and who first looks it up for all that come together waits once for many.
    pub(crate) fn each_counted(
        self,
        portion: Portion,
        kinds: RelationKinds,
        visit: &mut impl FnMut(&[Ends]),
    ) {
        let (data, lens) = (self.data(), self.lens());
        let mut few = Vec::with_capacity(TOGETHER);
        let mut give = |ends| {
            few.push(ends);
            if few.len() == TOGETHER {
                visit(&few);
                few.clear();
            }
        };
        if matches!(lens, Lens::Plain) && data.claims.is_empty() {
            let counts = |fact| data.facts.counts(fact);
            data.relations.each_stated(self.relations_of(portion), counts, &mut |kind, from, to| {
                if kinds.contains(kind) {
                    give((kind, from, to));
                }
            });
        } else {
            let way = Way { kinds, leaving: false, entering: true, symmetric_both_ways: false };
            for (own, row) in data.rows.among(self.entities_of(portion), kinds) {
                let kind = row.kind;
                self.each_in_row(lens, row, way, &mut |from| give((kind, from, own)));
            }
        }
        visit(&few);
    }

    /// Holder and owned of every relation that says that one owns surely more than half of another; by who is owned, of
    /// each the first stated first.
    pub(crate) fn majority_stakes(self) -> impl Iterator<Item = (EntityIx, EntityIx)> {
        let (data, lens) = (self.data(), self.lens());
        let is_plain = matches!(lens, Lens::Plain);
        let shown = move |stake: &Majority| {
            if is_plain && data.claims.is_empty() {
                return stake.is_stated();
            }
            let index = stake.relation();
            // What follows belongs to a date.
            let is_out = is_plain && matches!(data.relations.origin(index), Origin::Derived(_));
            !is_out && self.shows(index) && Relation::new(self, index, false).counts()
        };
        data.majorities.all().filter(shown).map(|stake| (stake.holder, stake.owned))
    }
}

impl<'g> Entity<'g> {
    /// Every relation that touches it, as [`Entity::relations`] gives them.
    pub(crate) fn touching(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        rows.of(own, RelationKinds::ALL)
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| !(entry.inverted && entry.target == own) && lens.shows(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }

    /// Those of some kinds that are walked, in the same order.
    pub(crate) fn walked(self, kinds: RelationKinds) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        rows.of(own, kinds)
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| !(entry.inverted && entry.target == own) && lens.walks(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }
}

impl<'g> Entity<'g> {
    /// Those that the view shows and of which it is the subject.
    #[cfg(any(feature = "diagram", feature = "petgraph-traits"))]
    pub(crate) fn leaving(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.directed(false)
    }

    /// The stakes in it: those that the view shows; without a date also what purchases, sales and successions left, where it
    /// stands to this day.
    pub(crate) fn stakes_in_it(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        let row = rows.of_kind(own, RelationKind::OwnsShareOf).into_iter();
        row.flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| {
                entry.inverted && (lens.shows(view, *entry) || certainty::stands(view, entry.relation))
            })
            .map(move |entry| Relation::seen(view, own, entry).as_stored())
    }

    /// All that is stated of stakes in it, or ever followed from events, in force or over; not what is sought, or not known.
    pub(crate) fn stakes_ever_in_it(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, own) = (self.view(), self.index());
        let rows = &view.data().rows;
        let row = rows.of_kind(own, RelationKind::OwnsShareOf).into_iter();
        let stakes = row.flat_map(move |row| row.entries.map(move |at| rows.entry(at)));
        let is_said = move |fact: super::fact::Fact<'g>| {
            view.undated().fact_at(fact.index()).counts() && fact.is_known()
        };
        stakes
            .filter(|entry| entry.inverted)
            .map(move |entry| Relation::seen(view, own, entry).as_stored())
            .filter(move |relation| relation.fact().is_some_and(is_said))
    }

    /// Those that the view shows and of which it is the object.
    #[cfg(any(feature = "diagram", feature = "petgraph-traits"))]
    pub(crate) fn entering(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.directed(true)
    }

    #[cfg(any(feature = "diagram", feature = "petgraph-traits"))]
    fn directed(self, entering: bool) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        rows.of(own, RelationKinds::ALL)
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| entry.inverted == entering && lens.shows(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }
}

//! The relations that touch an entity, as a view shows them.

use super::index::EntityIx;
use super::relation::Origin;
use super::store::facts::is_majority;
use super::store::rows::{Asked, Entry, Row, Span};
use super::{Entity, Relation, View};
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
        match way.kinds.only() {
            Some(kind) => {
                if let Some(row) = self.data().rows.of_kind(entity, kind) {
                    self.each_in_row(lens, row, way, visit);
                }
            }
            None => {
                for row in self.data().rows.of(entity).filter(|row| way.kinds.contains(row.kind)) {
                    self.each_in_row(lens, row, way, visit);
                }
            }
        }
    }

    /// The rows of some kinds of several entities, one after the other, so that the memory of one is waited for while that
    /// of the next is on its way.
    pub(crate) fn collect_rows(
        self,
        lens: Lens,
        entities: &[EntityIx],
        kinds: RelationKinds,
        found: &mut Vec<Row>,
    ) {
        let rows = &self.data().rows;
        found.clear();
        match kinds.only() {
            Some(kind) => found.extend(entities.iter().filter_map(|entity| rows.of_kind(*entity, kind))),
            None => {
                let each = entities.iter().flat_map(|entity| rows.of(*entity));
                found.extend(each.filter(|row| kinds.contains(row.kind)));
            }
        }
        // The first entries are asked for too.
        let first = |row: &Row| rows.targets(row.entries.clone()).first().map_or(0, |entity| entity.number());
        std::hint::black_box(found.iter().fold(0, |sum, row| sum ^ first(row)));
        if matches!(lens, Lens::On(_) | Lens::Surely(_)) {
            let first = |row: &Row| rows.spans(row.entries.clone()).first().copied();
            std::hint::black_box(
                found.iter().fold(false, |any, row| any ^ (first(row) == Some(Span::ALWAYS))),
            );
        }
    }

    /// The neighbors of an entity along a symmetric kind of relation as they lie in memory, sorted; none if the view
    /// must judge some of them.
    pub(crate) fn listed_neighbors(self, entity: EntityIx, kind: RelationKind) -> Option<&'g [EntityIx]> {
        let rows = &self.data().rows;
        match rows.of_kind(entity, kind) {
            None => Some(&[]),
            Some(row) => (!row.has_odd).then(|| rows.targets(row.entries)),
        }
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
        let rows = &self.data().rows;
        match lens {
            Lens::On(asked) if way.is_both(row.kind) && !row.has_odd => {
                let spans = rows.spans(row.entries.clone()).iter();
                for (target, span) in rows.targets(row.entries).iter().zip(spans) {
                    visit(*target, asked.meets(*span));
                }
            }
            _ => self.each_in_row(lens, row, way, &mut |target| visit(target, true)),
        }
    }

    #[inline(always)]
    fn each_in_row(self, lens: Lens, row: Row, way: Way, visit: &mut impl FnMut(EntityIx)) {
        let rows = &self.data().rows;
        {
            let both = way.is_both(row.kind);
            match lens {
                Lens::Plain if both && !row.has_odd => {
                    rows.targets(row.entries).iter().for_each(|target| visit(*target));
                }
                Lens::On(asked) if both && !row.has_odd => {
                    let spans = rows.spans(row.entries.clone()).iter();
                    for (target, span) in rows.targets(row.entries).iter().zip(spans) {
                        if asked.meets(*span) {
                            visit(*target);
                        }
                    }
                }
                Lens::Plain if !row.has_odd => {
                    let inverted = rows.inverted(row.entries.clone());
                    for (target, inverted) in rows.targets(row.entries).iter().zip(inverted) {
                        if if inverted { way.entering } else { way.leaving } {
                            visit(*target);
                        }
                    }
                }
                _ => {
                    for entry in row.entries.map(|at| rows.entry(at)) {
                        let along = both || if entry.inverted { way.entering } else { way.leaving };
                        if along && lens.shows(self, entry) && lens.counts(self, entry) {
                            visit(entry.target);
                        }
                    }
                }
            }
        }
    }

    /// The neighbors of an entity along one kind of relation, sorted; as they lie in memory, or else in `scratch`.
    pub(crate) fn sorted_neighbors<'s>(
        self,
        lens: Lens,
        entity: EntityIx,
        (kind, leaving): (RelationKind, bool),
        scratch: &'s mut Vec<EntityIx>,
    ) -> &'s [EntityIx]
    where
        'g: 's,
    {
        let rows = &self.data().rows;
        let way = Way { kinds: kind.into(), leaving, entering: !leaving, symmetric_both_ways: true };
        if matches!(lens, Lens::Plain) {
            match rows.of_kind(entity, kind) {
                None => return &[],
                Some(row) if way.is_both(kind) && !row.has_odd => return rows.targets(row.entries),
                Some(_) => {}
            }
        }
        scratch.clear();
        self.each_neighbor(lens, entity, way, &mut |target| scratch.push(target));
        scratch
    }
}

impl View<'_> {
    /// Hands out subject and object of every relation that counts, as stored, each once.
    pub(crate) fn each_counted(
        self,
        kinds: RelationKinds,
        visit: &mut impl FnMut(RelationKind, EntityIx, EntityIx),
    ) {
        let (data, lens) = (self.data(), self.lens());
        if matches!(lens, Lens::Plain) && data.claims.is_empty() {
            let counts = |fact| data.facts.counts(fact);
            data.relations.each_stated(counts, &mut |kind, from, to| {
                if kinds.contains(kind) {
                    visit(kind, from, to);
                }
            });
            return;
        }
        for own in data.entities.all() {
            for row in data.rows.of(own).filter(|row| kinds.contains(row.kind)) {
                let entries = row.entries.map(|at| data.rows.entry(at));
                let counted =
                    |entry: &Entry| !entry.inverted && lens.shows(self, *entry) && lens.counts(self, *entry);
                entries.filter(counted).for_each(|entry| visit(row.kind, own, entry.target));
            }
        }
    }

    /// Hands out holder and held of every relation that says that one owns surely more than half of another.
    pub(crate) fn each_majority_stake(self, visit: &mut impl FnMut(EntityIx, EntityIx)) {
        let (data, lens) = (self.data(), self.lens());
        let is_plain = matches!(lens, Lens::Plain) && data.claims.is_empty();
        for index in data.relations.of_kind(RelationKind::OwnsShareOf) {
            let (is_majority, counts) = match data.relations.origin(index) {
                Origin::Fact(fact) => (data.facts.is_majority(fact), is_plain && data.facts.counts(fact)),
                Origin::Derived(derived) => (derived.share.is_some_and(is_majority), false),
                Origin::Record(_) => (false, false),
            };
            let shown = || self.shows(index) && Relation::new(self, index, false).counts();
            if is_majority && (counts || shown()) {
                let (holder, held) = data.relations.ends(index);
                visit(holder, held);
            }
        }
    }
}

impl<'g> Entity<'g> {
    /// Every relation that touches it, as [`Entity::relations`] gives them.
    pub(crate) fn touching(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        rows.entries(own)
            .map(move |at| rows.entry(at))
            .filter(move |entry| !(entry.inverted && entry.target == own) && lens.shows(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }

    /// Those of some kinds that are walked, in the same order.
    pub(crate) fn walked(self, kinds: RelationKinds) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        rows.of(own)
            .filter(move |row| kinds.contains(row.kind))
            .flat_map(move |row| row.entries.map(move |at| rows.entry(at)))
            .filter(move |entry| {
                !(entry.inverted && entry.target == own)
                    && lens.shows(view, *entry)
                    && lens.counts(view, *entry)
            })
            .map(move |entry| Relation::seen(view, own, entry))
    }
}

impl<'g> Entity<'g> {
    /// Those that the view shows and of which it is the subject.
    #[cfg(any(feature = "diagram", feature = "petgraph-traits"))]
    pub(crate) fn leaving(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.directed(false)
    }

    /// Those that the view shows and of which it is the object.
    pub(crate) fn entering(self) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        self.directed(true)
    }

    fn directed(self, entering: bool) -> impl Iterator<Item = Relation<'g>> + use<'g> {
        let (view, lens, own) = (self.view(), self.view().lens(), self.index());
        let rows = &view.data().rows;
        rows.entries(own)
            .map(move |at| rows.entry(at))
            .filter(move |entry| entry.inverted == entering && lens.shows(view, *entry))
            .map(move |entry| Relation::seen(view, own, entry))
    }
}

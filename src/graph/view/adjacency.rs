//! The graph as questions walk it, the only interface to its storage.
//!
//! [`Adjacency`] gives the neighbors of entities, [`KindAdjacency`] those along one kind, list by list, and [`Edges`]
//! all relations in sequence. They obey the view's filter and skip relations that do not count.

use std::ops::Range;

use super::filter::Filter;
use super::relation::Relation;
use super::view::View;
use crate::graph::store::adjacency::{AdjacencyList, KindLists, Step};
use crate::graph::store::index::EntityIx;
use crate::graph::store::majorities::Majority;
use crate::graph::store::relations::Origin;
use crate::model::{RelationKind, RelationKinds};

/// The direction in which relations are followed. Symmetric ones are followed both ways regardless.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Follow {
    /// From their subjects to their objects.
    Outgoing,
    /// From their objects to their subjects.
    Incoming,
    Both,
}

/// The neighbors of entities along relations of some kinds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Adjacency<'g> {
    view: View<'g>,
    filter: Filter,
    kinds: RelationKinds,
    /// The kind, if only one is followed.
    only: Option<RelationKind>,
    follow: Follow,
}

impl<'g> View<'g> {
    pub(crate) fn adjacency(self, kinds: impl Into<RelationKinds>, follow: Follow) -> Adjacency<'g> {
        let kinds = kinds.into();
        Adjacency { view: self, filter: self.filter(), kinds, only: kinds.only(), follow }
    }
}

/// Prefetch in bulk above this many lists.
const MANY_LISTS: usize = 128;

/// Steps of a list in one cache line.
const IN_A_LINE: usize = 64 / size_of::<Step>();

impl<'g> Adjacency<'g> {
    /// How many relations an entity has, shown or not.
    pub(crate) fn degree(self, entity: EntityIx) -> usize {
        self.view.data().adjacency.degree(entity, self.kinds)
    }

    /// About how many relations an entity has, shown or not. Cheaper than [`Adjacency::degree`] along all kinds.
    pub(crate) fn weight(self, entity: EntityIx) -> usize {
        let lists = &self.view.data().adjacency;
        if self.kinds == RelationKinds::ALL { lists.weight(entity) } else { lists.degree(entity, self.kinds) }
    }

    /// The neighbors of an entity, one for each relation walked, in order of kinds, then of entities. An entity related
    /// to itself appears twice if both directions are followed.
    pub(crate) fn each_neighbor(self, entity: EntityIx, visit: &mut impl FnMut(EntityIx)) {
        self.each_list(entity, &mut |list| self.each_in(list, visit));
    }

    fn each_list(self, entity: EntityIx, visit: &mut impl FnMut(AdjacencyList)) {
        let lists = &self.view.data().adjacency;
        match self.only {
            Some(kind) => lists.of_kind(entity, kind).into_iter().for_each(visit),
            None => lists.of(entity, self.kinds).for_each(visit),
        }
    }

    /// Appends the neighbors of several entities, and returns how many relations were examined.
    pub(crate) fn add_neighbors(self, entities: &[EntityIx], found: &mut Vec<EntityIx>) -> usize {
        let lists = &self.view.data().adjacency;
        let mut looked = 0;
        let only = self.only;
        for entity in entities {
            if let Some(kind) = only {
                looked += lists.of_kind(*entity, kind).map_or(0, |list| self.add_list(list, found));
                continue;
            }
            for list in lists.of(*entity, self.kinds) {
                looked += self.add_list(list, found);
            }
        }
        looked
    }

    #[inline(always)]
    fn add_list(self, list: AdjacencyList, found: &mut Vec<EntityIx>) -> usize {
        let looked = list.len();
        if matches!(self.filter, Filter::Plain) && !list.has_odd && self.is_both(list.kind) {
            self.view.data().adjacency.add_targets(&list, found);
        } else {
            self.add_judged(list, found);
        }
        looked
    }

    #[inline(never)]
    fn add_judged(self, list: AdjacencyList, found: &mut Vec<EntityIx>) {
        self.each_in(list, &mut |target| found.push(target));
    }

    /// The lists of several entities, with their memory prefetched.
    pub(crate) fn collect_lists(self, entities: &[EntityIx], found: &mut Vec<AdjacencyList>) {
        found.clear();
        for entity in entities {
            self.each_list(*entity, &mut |list| found.push(list));
        }
        // For few lists prefetch only the first cache line, for many, which are seldom cached, all lines.
        let most = if found.len() < MANY_LISTS { 1 } else { usize::MAX };
        let lists = &self.view.data().adjacency;
        let mut sum = 0;
        for list in &*found {
            let lines = lists.steps(list).chunks(IN_A_LINE).take(most);
            lines.for_each(|line| sum ^= line.first().map_or(0, |step| step.target().number()));
        }
        std::hint::black_box(sum);
    }

    /// The entries of one list, each with whether it is walked. Branchless where possible.
    #[inline(always)]
    pub(crate) fn each_judged(self, list: AdjacencyList, visit: &mut impl FnMut(EntityIx, bool)) {
        match self.filter {
            Filter::On(asked) if self.is_both(list.kind) && !list.has_odd => {
                for step in self.view.data().adjacency.steps(&list) {
                    visit(step.target(), asked.meets(step.interval()));
                }
            }
            _ => self.each_in(list, &mut |target| visit(target, true)),
        }
    }

    /// The neighbors in one list.
    #[inline(always)]
    pub(crate) fn each_in(self, list: AdjacencyList, visit: &mut impl FnMut(EntityIx)) {
        let both = self.is_both(list.kind);
        let (outgoing, incoming) = (self.follow != Follow::Incoming, self.follow != Follow::Outgoing);
        each_along(self.view, self.filter, list, both | outgoing, both | incoming, visit);
    }

    #[inline(always)]
    fn is_both(self, kind: RelationKind) -> bool {
        self.follow == Follow::Both || kind.is_symmetric()
    }
}

/// The neighbors of entities along relations of one kind, list by list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KindAdjacency<'g> {
    view: View<'g>,
    filter: Filter,
    lists: Option<&'g KindLists>,
    outgoing: bool,
    incoming: bool,
}

impl<'g> View<'g> {
    pub(crate) fn along(self, kind: RelationKind, follow: Follow) -> KindAdjacency<'g> {
        KindAdjacency {
            view: self,
            filter: self.filter(),
            lists: self.data().adjacency.find(kind),
            outgoing: kind.is_symmetric() || follow != Follow::Incoming,
            incoming: kind.is_symmetric() || follow != Follow::Outgoing,
        }
    }
}

impl<'g> KindAdjacency<'g> {
    /// The list of an entity.
    #[inline(always)]
    pub(crate) fn list(&self, entity: EntityIx) -> Option<AdjacencyList> {
        self.lists?.of(entity)
    }

    /// Every list, in id order of its entity.
    pub(crate) fn lists(&self) -> impl Iterator<Item = (EntityIx, AdjacencyList)> + use<'g> {
        self.lists.into_iter().flat_map(KindLists::all)
    }

    /// The neighbors in one list, one for each relation walked.
    #[inline(always)]
    pub(crate) fn each_in(&self, list: AdjacencyList, visit: &mut impl FnMut(EntityIx)) {
        each_along(self.view, self.filter, list, self.outgoing, self.incoming, visit);
    }
}

/// The neighbors in a list, along relations from its entity, to it, or both.
#[inline(always)]
fn each_along(
    view: View<'_>,
    filter: Filter,
    list: AdjacencyList,
    outgoing: bool,
    incoming: bool,
    visit: &mut impl FnMut(EntityIx),
) {
    let lists = &view.data().adjacency;
    let along = |is_inverted: bool| if is_inverted { incoming } else { outgoing };
    match filter {
        Filter::Plain if outgoing && incoming && !list.has_odd => {
            lists.steps(&list).iter().for_each(|step| visit(step.target()));
        }
        Filter::Plain if !list.has_odd => {
            let steps = lists.steps(&list).iter().filter(|step| along(step.is_inverted()));
            steps.for_each(|step| visit(step.target()));
        }
        Filter::On(asked) if !list.has_odd => {
            let shown = |step: &&Step| asked.meets(step.interval()) & along(step.is_inverted());
            lists.steps(&list).iter().filter(shown).for_each(|step| visit(step.target()));
        }
        _ => {
            for entry in list.entries.map(|at| lists.entry(at)) {
                if along(entry.inverted) && filter.walks(view, entry) {
                    visit(entry.target);
                }
            }
        }
    }
}

/// A relation that counts: its kind, its subject and its object, as stored.
pub(crate) type Edge = (RelationKind, EntityIx, EntityIx);

/// All relations of some kinds that count, or one half of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Edges<'g> {
    view: View<'g>,
    kinds: RelationKinds,
    half: Option<Half>,
}

#[derive(Clone, Copy, Debug)]
enum Half {
    First,
    Second,
}

/// Edges are handed out in batches of this size.
const BATCH: usize = 128;

impl<'g> View<'g> {
    pub(crate) const fn edges(self, kinds: RelationKinds) -> Edges<'g> {
        Edges { view: self, kinds, half: None }
    }

    /// Whether the graph is large enough for a second thread.
    pub(crate) fn is_large(self) -> bool {
        self.data().adjacency.is_large()
    }

    /// Two ranges of entities with about half of the relations each. They depend only on the graph.
    pub(crate) fn halves(self) -> [Range<usize>; 2] {
        self.data().adjacency.halves()
    }
}

impl<'g> Edges<'g> {
    /// Two halves that together contain all edges.
    pub(crate) const fn halves(self) -> [Self; 2] {
        [Self { half: Some(Half::First), ..self }, Self { half: Some(Half::Second), ..self }]
    }

    /// An upper bound or estimate of the number of edges.
    pub(crate) fn at_most(self) -> usize {
        self.stored().len()
    }

    fn stored(self) -> Range<usize> {
        let (all, half) = (self.view.most_relations(), self.view.most_relations() / 2);
        match self.half {
            None => 0..all,
            Some(Half::First) => 0..half,
            Some(Half::Second) => half..all,
        }
    }

    /// The entities whose lists belong to this half. The halves divide the edges differently from the columns, but
    /// together contain all.
    fn entities(self) -> Range<usize> {
        let [one, other] = self.view.halves();
        match self.half {
            None => one.start..other.end,
            Some(Half::First) => one,
            Some(Half::Second) => other,
        }
    }

    /// Visits every edge once, in batches, so that the caller can prefetch data for a whole batch.
    pub(crate) fn each_batch(self, visit: &mut impl FnMut(&[Edge])) {
        let (data, filter) = (self.view.data(), self.view.filter());
        let mut batch = Vec::with_capacity(BATCH);
        let mut give = |edge| {
            batch.push(edge);
            if batch.len() == BATCH {
                visit(&batch);
                batch.clear();
            }
        };
        if matches!(filter, Filter::Plain) && data.claims.is_empty() {
            let counts = |fact| data.facts.counts(fact);
            data.relations.each_stated(self.stored(), counts, &mut |kind, from, to| {
                if self.kinds.contains(kind) {
                    give((kind, from, to));
                }
            });
        } else {
            for (own, list) in data.adjacency.among(self.entities(), self.kinds) {
                let kind = list.kind;
                each_along(self.view, filter, list, false, true, &mut |from| give((kind, from, own)));
            }
        }
        visit(&batch);
    }
}

impl View<'_> {
    /// Holder and company of every relation by which one certainly owns more than half of another. Sorted by company,
    /// then with the first stated first.
    pub(crate) fn majority_stakes(self) -> impl Iterator<Item = (EntityIx, EntityIx)> {
        let (data, filter) = (self.data(), self.filter());
        let is_plain = matches!(filter, Filter::Plain);
        let shown = move |stake: &Majority| {
            if is_plain && data.claims.is_empty() {
                return stake.is_stated();
            }
            let index = stake.relation();
            // What follows from events is shown only on a date.
            let is_out = is_plain && matches!(data.relations.origin(index), Origin::Derived(_));
            let relation = Relation::new(self, index, false);
            let is_majority = || match relation.derived() {
                Some(_) => relation.share().is_some_and(crate::value::Share::is_majority),
                None => true,
            };
            !is_out && self.shows(index) && relation.counts() && is_majority()
        };
        data.majorities.all().filter(shown).map(|stake| (stake.holder, stake.owned))
    }
}

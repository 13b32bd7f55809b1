//! Relations that passed to a successor, traced back to the predecessor's.

use super::relation::Relation;
use crate::graph::store::adjacency::{AdjacencyList, AdjacencyLists};
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::Origin;
use crate::graph::store::rule::{EndRule, Rule};
use crate::model::Role;

/// The limit on successions traced back for one relation.
const MOST_SUCCESSIONS: usize = 32;

impl<'g> Relation<'g> {
    /// The stated relation that passed on to become this one; `None` if this one did not pass on, or if several with
    /// the same kind and ends did, so that it is ambiguous.
    pub(crate) fn stated_before_it_passed_on(self) -> Option<Self> {
        let view = self.view();
        let mut at = self.index();
        for _ in 0..MOST_SUCCESSIONS {
            match view.data().relations.origin(at) {
                Origin::Derived(derived) if derived.rule == Rule::SuccessorTakesOver => {
                    at = self.passed_on_by(at, derived.fact)?;
                }
                Origin::Fact(_) => return (at != self.index()).then(|| Self::new(view, at, false)),
                _ => return None,
            }
        }
        None
    }

    /// The one relation that a succession ended and passed on as another.
    fn passed_on_by(self, passed: RelationIx, event: FactIx) -> Option<RelationIx> {
        let data = self.view().data();
        let (kind, (from, to)) = (data.relations.kind(passed), data.relations.ends(passed));
        let predecessors: Vec<EntityIx> =
            self.view().fact_at(event).parties(Role::Predecessor).map(|party| party.index()).collect();
        let pairs = predecessors.iter().flat_map(|own| [(*own, to), (*own, from)]).chain([(from, to)]);
        let lists = &data.adjacency;
        let between = pairs.flat_map(|(own, other)| {
            let list = lists.of_kind(own, kind);
            list.into_iter().flat_map(move |list| toward(lists, list, other))
        });
        let is_passed = |index: &RelationIx| {
            let mut cuts = data.cuts.of(*index).flat_map(|(cuts, _)| cuts);
            *index != passed && cuts.any(|cut| cut.fact == event && cut.rule == EndRule::PassedOn)
        };
        let mut found: Vec<RelationIx> = between.filter(is_passed).collect();
        found.sort_unstable();
        found.dedup();
        if let [one] = found.as_slice() { Some(*one) } else { None }
    }
}

/// The relations in a list that lead to an entity, by binary search: entries are sorted by the entity at the other end.
pub(crate) fn toward(
    lists: &AdjacencyLists,
    list: AdjacencyList,
    other: EntityIx,
) -> impl Iterator<Item = RelationIx> {
    let (mut low, mut high) = (list.entries.start, list.entries.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if lists.entry(middle).target < other { low = middle + 1 } else { high = middle }
    }
    let rest = (low..list.entries.end).map(|at| lists.entry(at));
    rest.take_while(move |entry| entry.target == other).map(|entry| entry.relation)
}

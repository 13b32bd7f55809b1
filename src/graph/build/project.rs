//! Projection: derives typed relations from facts and from the records of entities.

use std::collections::HashSet;

use super::check::gist;
use crate::graph::store::entities::Entities;
use crate::graph::store::entity_fields;
use crate::graph::store::facts::{Cast, Facts, linked};
use crate::graph::store::index::{EntityIx, FactIx};
use crate::graph::store::relations::Relations;
use crate::model::vocabulary::Projection;
use crate::model::{FactKind, RelationKind, Role};

/// There are more relations than the limits allow. Names the fact that contributes most, if any.
pub(crate) struct TooMany(pub(crate) Option<usize>);

/// All relations, those of facts first, then those of entity records.
pub(crate) fn project(facts: &Facts, entities: &Entities, most: usize) -> Result<Relations, TooMany> {
    // The relations do not yet show the roles of a fact.
    let none = Relations::default();
    let size = |fact: &FactIx| size(facts, *fact, &none);
    let mut pairs = Pairs::default();
    let sizes = facts.all().map(|fact| match pairs.of(facts, fact) {
        Some((pairs, _)) => pairs.len(),
        None => size(&fact),
    });
    let expected = sizes.fold(0_usize, usize::saturating_add);
    let largest = || facts.all().max_by_key(size).map(FactIx::get);
    if expected > most {
        return Err(TooMany(largest()));
    }
    let mut relations = Relations::default();
    // Leave room for what follows from events: growing columns fragment the memory.
    relations.reserve(expected + expected / 4);
    let mut sides = Sides::default();
    for fact in facts.all() {
        if let Some((pairs, parties)) = pairs.of(facts, fact) {
            for (kind, from, to) in pairs {
                relations.push_stated(*kind, party(parties, *from), party(parties, *to), fact);
            }
            continue;
        }
        let cast = facts.roles(fact, &none);
        sides.project(facts.kind(fact), &cast, &mut |kind, from, to| {
            relations.push_stated(kind, from, to, fact);
        });
        for tied in linked(&facts.tied_to, fact) {
            let gist = |cast: Cast<'_>| gist(&cast.collect::<Vec<_>>());
            if let (Some(from), Some(to)) = (gist(cast.clone()), gist(facts.roles(tied, &none)))
                && from != to
            {
                relations.push_stated(RelationKind::IsLinkedTo, from, to, fact);
            }
        }
    }
    for own in entities.all() {
        for field in entities.fields(own).filter(|field| is_link(field.tag)) {
            let Some(other) = entities.find(field.text()) else { continue };
            if field.tag == entity_fields::OF {
                relations.push_recorded(RelationKind::IsUnitOf, own, other, own);
            } else {
                relations.push_recorded(RelationKind::IsPartOf, other, own, own);
            }
        }
    }
    if relations.len() > most { Err(TooMany(largest())) } else { Ok(relations) }
}

const fn is_link(tag: u8) -> bool {
    matches!(tag, entity_fields::OF | entity_fields::MEMBER)
}

/// An upper bound on the relations that a fact projects.
fn size(facts: &Facts, fact: FactIx, relations: &Relations) -> usize {
    let cast = facts.roles(fact, relations);
    let count = |role: Role| cast.clone().in_role(role).count();
    let projections = facts.kind(fact).row().projections.iter();
    let sizes = projections.map(|projection| match *projection {
        Projection::Each(_, from, to) => count(from).saturating_mul(count(to)),
        Projection::Mutual(_, side, other) => match other.map_or(0, count) {
            0 => count(side).saturating_mul(count(side).saturating_sub(1)) / 2,
            others => count(side).saturating_mul(others),
        },
    });
    sizes.fold(linked(&facts.tied_to, fact).count(), usize::saturating_add)
}

/// A kind of relation, and whether its subject and its object are the second of two parties.
type Pair = (RelationKind, bool, bool);

/// The projections of facts with two parties, computed once for consecutive facts with the same roles.
#[derive(Default)]
struct Pairs {
    of: Option<(FactKind, Role, Role)>,
    pairs: Vec<Pair>,
}

impl Pairs {
    /// The projections and parties of a fact; `None` unless it has exactly two parties and is tied to no others.
    fn of(&mut self, facts: &Facts, fact: FactIx) -> Option<(&[Pair], [EntityIx; 2])> {
        let Cast::Listed { roles: [one, other], entities: [first, second] } = facts.listed_roles(fact) else {
            return None;
        };
        if first == second || !facts.tied_to.is_empty() {
            return None;
        }
        let kind = facts.kind(fact);
        if self.of != Some((kind, *one, *other)) {
            self.of = Some((kind, *one, *other));
            self.pairs.clear();
            let (a, b) = (EntityIx::new(0), EntityIx::new(1));
            let cast = Cast::Pair([Some((*one, a)), Some((*other, b))]);
            let pairs = &mut self.pairs;
            Sides::default()
                .project(kind, &cast, &mut |kind, from, to| pairs.push((kind, from == b, to == b)));
        }
        Some((&self.pairs, [*first, *second]))
    }
}

const fn party([first, second]: [EntityIx; 2], is_second: bool) -> EntityIx {
    if is_second { second } else { first }
}

/// The two sides of a projection; kept to reuse the allocation.
#[derive(Default)]
struct Sides {
    one: Vec<EntityIx>,
    other: Vec<EntityIx>,
}

impl Sides {
    fn project(
        &mut self,
        kind: FactKind,
        cast: &Cast<'_>,
        push: &mut impl FnMut(RelationKind, EntityIx, EntityIx),
    ) {
        for projection in kind.row().projections {
            let (from, to) = match *projection {
                Projection::Each(_, from, to) => (from, Some(to)),
                Projection::Mutual(_, side, other) => (side, other),
            };
            self.one.clear();
            self.other.clear();
            self.one.extend(cast.clone().in_role(from));
            self.other.extend(to.into_iter().flat_map(|to| cast.clone().in_role(to)));
            match *projection {
                Projection::Each(kind, ..) => {
                    let pairs = self.one.iter().flat_map(|from| self.other.iter().map(move |to| (from, to)));
                    pairs.for_each(|(from, to)| push(kind, *from, *to));
                }
                Projection::Mutual(kind, ..) => self.mutual(kind, push),
            }
        }
    }

    fn mutual(&self, kind: RelationKind, push: &mut impl FnMut(RelationKind, EntityIx, EntityIx)) {
        if self.other.is_empty() {
            for (n, from) in self.one.iter().enumerate() {
                self.one.iter().skip(n + 1).for_each(|to| push(kind, *from, *to));
            }
            return;
        }
        let mut seen = HashSet::new();
        for from in &self.one {
            for to in &self.other {
                let pair = (from.min(to), from.max(to));
                if from != to && seen.insert(pair) {
                    push(kind, *from, *to);
                }
            }
        }
    }
}

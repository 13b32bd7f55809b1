//! Projection: which typed relations follow from facts and from the records of entities.

use std::collections::HashSet;

use super::check::gist;
use super::fact::FactData;
use super::index::{EntityIx, FactIx};
use super::relation::{Origin, RelationData};
use super::validity::Validity;
use crate::model::vocabulary::Projection;
use crate::model::{EntityRecord, Id, RelationKind, Role};

/// There are more relations than the limits allow; most of them follow from this fact, if from any.
pub(crate) struct TooMany(pub(crate) Option<usize>);

/// All relations, in the order of facts, then of entity records.
pub(crate) fn project(
    facts: &[FactData],
    entities: &[EntityRecord],
    most: usize,
) -> Result<Vec<RelationData>, TooMany> {
    let expected = facts.iter().map(size).fold(0_usize, usize::saturating_add);
    let largest = || facts.iter().enumerate().max_by_key(|(_, fact)| size(fact)).map(|(n, _)| n);
    if expected > most {
        return Err(TooMany(largest()));
    }
    let mut relations = Vec::with_capacity(expected);
    for (n, fact) in facts.iter().enumerate() {
        let (origin, validity) = (Origin::Fact(FactIx::new(n)), fact.validity);
        from_fact(fact, facts, &mut |kind, from, to| {
            relations.push(RelationData { kind, from, to, origin, validity });
        });
    }
    for (n, entity) in entities.iter().enumerate() {
        let own = EntityIx::new(n);
        let find = |id: &Id| entities.binary_search_by(|e| e.id.cmp(id)).ok().map(EntityIx::new);
        let (origin, validity) = (Origin::Record(own), Validity::ALWAYS);
        if let Some(to) = entity.of.as_ref().and_then(find) {
            relations.push(RelationData { kind: RelationKind::IsUnitOf, from: own, to, origin, validity });
        }
        for from in entity.members.iter().filter_map(find) {
            relations.push(RelationData { kind: RelationKind::IsPartOf, from, to: own, origin, validity });
        }
    }
    if relations.len() > most { Err(TooMany(largest())) } else { Ok(relations) }
}

/// At most how many relations a fact projects.
fn size(fact: &FactData) -> usize {
    let count = |role: Role| fact.roles.iter().filter(|(r, _)| *r == role).count();
    let projections = fact.record.kind.row().projections.iter();
    let sizes = projections.map(|projection| match *projection {
        Projection::Each(_, from, to) => count(from).saturating_mul(count(to)),
        Projection::Mutual(_, side, other) => match other.map_or(0, count) {
            0 => count(side).saturating_mul(count(side).saturating_sub(1)) / 2,
            others => count(side).saturating_mul(others),
        },
    });
    sizes.fold(fact.tied_to.len(), usize::saturating_add)
}

fn from_fact(fact: &FactData, facts: &[FactData], push: &mut impl FnMut(RelationKind, EntityIx, EntityIx)) {
    for projection in fact.record.kind.row().projections {
        match *projection {
            Projection::Each(kind, from, to) => {
                let objects: Vec<EntityIx> = fact.in_role(to).collect();
                for subject in fact.in_role(from) {
                    for object in &objects {
                        push(kind, subject, *object);
                    }
                }
            }
            Projection::Mutual(kind, side, other) => mutual(fact, kind, side, other, push),
        }
    }
    for tied in fact.tied_to.iter().filter_map(|ix| facts.get(ix.get())) {
        if let (Some(from), Some(to)) = (gist(&fact.roles), gist(&tied.roles))
            && from != to
        {
            push(RelationKind::IsLinkedTo, from, to);
        }
    }
}

fn mutual(
    fact: &FactData,
    kind: RelationKind,
    side: Role,
    other: Option<Role>,
    push: &mut impl FnMut(RelationKind, EntityIx, EntityIx),
) {
    let first: Vec<EntityIx> = fact.in_role(side).collect();
    let second: Vec<EntityIx> = other.map(|role| fact.in_role(role).collect()).unwrap_or_default();
    if second.is_empty() {
        for (n, from) in first.iter().enumerate() {
            for to in first.iter().skip(n + 1) {
                push(kind, *from, *to);
            }
        }
        return;
    }
    let mut seen = HashSet::new();
    for from in &first {
        for to in &second {
            let pair = (from.min(to), from.max(to));
            if from != to && seen.insert(pair) {
                push(kind, *from, *to);
            }
        }
    }
}

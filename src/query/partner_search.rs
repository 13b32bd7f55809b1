//! The search for partners, direct and derived.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::partners::{Partner, Terms};
use super::traversal::{Budget, StoppedBy};
use crate::graph::{Entity, Relation, View};
use crate::model::vocabulary::{FACTS, Family, Projection, RELATIONS};
use crate::model::{EntityKind, RelationKind, RelationKinds};

type Ties<'g> = BTreeMap<Entity<'g>, Vec<Relation<'g>>>;

/// One search for partners.
pub(super) struct Search<'q> {
    terms: &'q Terms,
    /// Whether units and subsidiaries of a company count as it.
    group: bool,
    kinds: RelationKinds,
    budget: Budget,
}

impl<'q> Search<'q> {
    pub(super) fn new(terms: &'q Terms, group: bool) -> Self {
        Self { terms, group, kinds: kinds(terms.broad), budget: Budget::new(&terms.limits) }
    }
}

impl Search<'_> {
    /// Finds all pairs of direct partners.
    pub(super) fn all_pairs<'g>(
        &mut self,
        view: View<'g>,
        partners: &mut Vec<Partner<'g>>,
    ) -> Result<(), StoppedBy> {
        for company in view.entities() {
            for (partner, relations) in self.ties(company)? {
                if company < partner {
                    partners.push(Partner { company, partner, hops: 1, relations });
                }
            }
        }
        Ok(())
    }

    /// Finds the direct partners that two entities share, each with the relations to both.
    pub(super) fn shared<'g>(
        &mut self,
        one: Entity<'g>,
        other: Entity<'g>,
        partners: &mut Vec<Partner<'g>>,
    ) -> Result<(), StoppedBy> {
        let (own, theirs) = (self.ties_of_group(one)?, self.ties_of_group(other)?);
        for (partner, mut relations) in own {
            if let Some(others) = theirs.get(&partner) {
                relations.extend(others);
                partners.push(Partner { company: one, partner, hops: 1, relations });
            }
        }
        Ok(())
    }

    /// Finds the partners of a company, up to this many partnerships away.
    pub(super) fn around<'g>(
        &mut self,
        company: Entity<'g>,
        asked: usize,
        partners: &mut Vec<Partner<'g>>,
    ) -> Result<(), StoppedBy> {
        let most = asked.min(self.terms.limits.hops);
        let group = self.group(company)?;
        let mut chains: HashMap<Entity<'g>, Vec<Relation<'g>>> = HashMap::new();
        let mut seen: HashSet<Entity<'g>> = group.iter().copied().collect();
        let mut queue = VecDeque::new();
        let direct = self.ties_of(&group)?;
        let mut cut = most == 0 && asked > 0 && !direct.is_empty();
        for (partner, relations) in direct.into_iter().filter(|_| most > 0) {
            seen.insert(partner);
            chains.insert(partner, one_tie(&relations));
            queue.push_back((partner, 1));
            partners.push(Partner { company, partner, hops: 1, relations });
        }
        while let Some((near, hops)) = queue.pop_front() {
            if hops >= most {
                let goes_on = asked > most;
                cut = cut || goes_on && self.ties(near)?.keys().any(|partner| !seen.contains(partner));
                continue;
            }
            for (partner, relations) in self.ties(near)? {
                if !seen.insert(partner) {
                    continue;
                }
                let mut chain = chains.get(&near).cloned().unwrap_or_default();
                chain.extend(one_tie(&relations));
                chains.insert(partner, chain.clone());
                queue.push_back((partner, hops + 1));
                partners.push(Partner { company, partner, hops: hops + 1, relations: chain });
            }
        }
        if cut { Err(StoppedBy::Hops) } else { Ok(()) }
    }

    fn ties_of_group<'g>(&mut self, company: Entity<'g>) -> Result<Ties<'g>, StoppedBy> {
        let group = self.group(company)?;
        self.ties_of(&group)
    }

    /// The partners of any member of a group, except its own members.
    fn ties_of<'g>(&mut self, group: &BTreeSet<Entity<'g>>) -> Result<Ties<'g>, StoppedBy> {
        let mut ties = Ties::new();
        for member in group {
            for (partner, relations) in self.ties(*member)? {
                if !group.contains(&partner) {
                    ties.entry(partner).or_default().extend(relations);
                }
            }
        }
        for relations in ties.values_mut() {
            in_time(relations);
        }
        Ok(ties)
    }

    /// The direct partners of one entity, with the relations that make them so.
    fn ties<'g>(&mut self, entity: Entity<'g>) -> Result<Ties<'g>, StoppedBy> {
        let mut ties = Ties::new();
        let mut alliances = Vec::new();
        for relation in entity.relations() {
            self.budget.spend()?;
            let other = relation.object();
            if !relation.counts() || other == entity {
                continue;
            }
            if self.kinds.contains(relation.kind()) && is_party(entity) && is_party(other) {
                ties.entry(other).or_default().push(relation);
            }
            if self.terms.broad && relation.kind() == RelationKind::IsMemberOf && relation.from() == entity {
                alliances.push(relation);
            }
        }
        for membership in alliances {
            for relation in membership.object().relations() {
                self.budget.spend()?;
                let fellow = relation.object();
                let is_member = relation.kind() == RelationKind::IsMemberOf && relation.from() == fellow;
                let are_parties = fellow != entity && is_party(entity) && is_party(fellow);
                if is_member && are_parties && relation.counts() {
                    ties.entry(fellow).or_default().extend([membership, relation]);
                }
            }
        }
        for relations in ties.values_mut() {
            in_time(relations);
        }
        Ok(ties)
    }

    /// The company, and its units and subsidiaries if they count as the company.
    fn group<'g>(&mut self, company: Entity<'g>) -> Result<BTreeSet<Entity<'g>>, StoppedBy> {
        let mut group = BTreeSet::from([company]);
        let mut queue = VecDeque::from([company]);
        while let (true, Some(entity)) = (self.group, queue.pop_front()) {
            for relation in entity.relations() {
                self.budget.spend()?;
                let below = match relation.kind() {
                    RelationKind::IsParentOf => relation.from() == entity,
                    RelationKind::IsUnitOf => relation.to() == entity,
                    _ => false,
                };
                if below && relation.counts() && group.insert(relation.object()) {
                    queue.push_back(relation.object());
                }
            }
        }
        Ok(group)
    }
}

/// The kinds of relations that make partners, shared alliances apart.
fn kinds(broad: bool) -> RelationKinds {
    if !broad {
        return RelationKind::PartnersWith.into();
    }
    let broad = RELATIONS
        .iter()
        .filter(|row| matches!(row.family, Family::Alliance | Family::Trade | Family::Rights));
    let kinds = broad.map(|row| row.kind).filter(|kind| *kind != RelationKind::IsMemberOf);
    kinds.filter(|kind| !leads_to_object(*kind)).collect()
}

/// Whether a relation of this kind connects a party with the object of a fact: a unit that is sold is no partner.
fn leads_to_object(kind: RelationKind) -> bool {
    let projections = FACTS.iter().flat_map(|row| row.projections);
    projections.into_iter().any(|projection| {
        matches!(projection, Projection::Each(k, from, to) if *k == kind && (from.is_object() || to.is_object()))
    })
}

/// Whether it is an organisation or an unnamed party.
fn is_party(entity: Entity<'_>) -> bool {
    entity.kind().is_organisation() || entity.kind() == EntityKind::Unspecified
}

/// One link of a tie: its first relation, or both memberships of a shared alliance.
fn one_tie<'g>(relations: &[Relation<'g>]) -> Vec<Relation<'g>> {
    let direct = relations.iter().find(|relation| relation.kind() != RelationKind::IsMemberOf);
    match direct {
        Some(relation) => vec![*relation],
        None => relations.iter().take(2).copied().collect(),
    }
}

/// Sorts relations by date. Memberships come last and stay in pairs.
fn in_time(relations: &mut [Relation<'_>]) {
    relations.sort_by_key(|relation| {
        let date = relation.fact().and_then(|fact| fact.date());
        let membership = relation.kind() == RelationKind::IsMemberOf;
        (membership, !membership && date.is_none(), date.filter(|_| !membership))
    });
}

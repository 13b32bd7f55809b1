//! Partnerships, direct and derived.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::traversal::{Budget, Outcome, StoppedBy};
use crate::graph::{Entity, Relation, View};
use crate::limits::Limits;
use crate::model::vocabulary::{FACTS, Family, Projection, RELATIONS};
use crate::model::{EntityKind, RelationKind, RelationKinds};

/// A partner, and what makes it one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partner<'g> {
    /// Whose partner it is.
    pub company: Entity<'g>,
    /// The partner.
    pub partner: Entity<'g>,
    /// How many partnerships away: 1 is a direct partner.
    pub hops: usize,
    /// Direct: every relation that makes it one, the earliest first. Further away: one shortest chain that leads
    /// there, from the company on.
    pub relations: Vec<Relation<'g>>,
}

/// The question who partners with whom; built up, then run.
///
/// Partners are those whom a `PartnersWith` relation joins, partners in a joint venture among them. A
/// partnership that is only sought, or was called off, does not count.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [
///         Partnership(between: ["a", "b"], unsourced: true),
///         Supply(supplier: "a", customer: "c", unsourced: true),
///     ],
/// )"#)?;
/// let a = graph.view().find("A")?;
/// let names = |found: Vec<keiretsu::Partner<'_>>| found.iter().map(|p| p.partner.name().to_owned()).collect::<Vec<_>>();
/// assert_eq!(names(graph.view().partners().of(a).run().0), ["B"]);
/// assert_eq!(names(graph.view().partners().of(a).broad().run().0), ["B", "C"]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a question does nothing until it is run"]
pub struct Partners<'g> {
    view: View<'g>,
    company: Option<Entity<'g>>,
    shared_with: Option<Entity<'g>>,
    hops: usize,
    broad: bool,
    group: bool,
    limits: Limits,
}

impl<'g> View<'g> {
    /// Asks who partners with whom: at first all pairs, direct partnerships only.
    pub fn partners(self) -> Partners<'g> {
        Partners {
            view: self,
            company: None,
            shared_with: None,
            hops: 1,
            broad: false,
            group: false,
            limits: Limits::default(),
        }
    }
}

impl<'g> Partners<'g> {
    /// Only the partners of this company.
    pub const fn of(mut self, company: Entity<'g>) -> Self {
        self.company = Some(company);
        self
    }

    /// Only direct partners that this company has too, each with the relations to both. Needs [`Partners::of`].
    pub const fn shared_with(mut self, company: Entity<'g>) -> Self {
        self.shared_with = Some(company);
        self
    }

    /// Partners of partners, up to so many partnerships away. Needs [`Partners::of`].
    pub const fn hops(mut self, hops: usize) -> Self {
        self.hops = hops;
        self
    }

    /// Counts agreements, shared alliances, trade and rights between organisations too; never ownership,
    /// rivalry or mere links.
    pub const fn broad(mut self) -> Self {
        self.broad = true;
        self
    }

    /// Counts the company's units and subsidiaries as the company. Needs [`Partners::of`].
    pub const fn group(mut self) -> Self {
        self.group = true;
        self
    }

    /// Bounds the search.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The partners, by name of the company, then the nearest first, then by name; and whether these are all.
    #[must_use]
    pub fn run(&self) -> (Vec<Partner<'g>>, Outcome) {
        let mut search = Search { question: self, kinds: self.kinds(), budget: Budget::new(&self.limits) };
        let mut partners = Vec::new();
        let found = match (self.company, self.shared_with) {
            (Some(company), Some(other)) => search.shared(company, other, &mut partners),
            (Some(company), None) => search.around(company, &mut partners),
            (None, _) => search.all_pairs(&mut partners),
        };
        partners.sort_by(|a, b| order(a).cmp(&order(b)));
        (partners, found.map_or_else(Outcome::Stopped, |()| Outcome::Complete))
    }

    fn kinds(&self) -> RelationKinds {
        if !self.broad {
            return RelationKind::PartnersWith.into();
        }
        let broad = RELATIONS
            .iter()
            .filter(|row| matches!(row.family, Family::Alliance | Family::Trade | Family::Rights));
        let kinds = broad.map(|row| row.kind).filter(|kind| *kind != RelationKind::IsMemberOf);
        kinds.filter(|kind| !leads_to_object(*kind)).collect()
    }
}

/// Whether a relation of this kind joins a party with what a fact is about: a unit that is sold is no partner.
fn leads_to_object(kind: RelationKind) -> bool {
    let projections = FACTS.iter().flat_map(|row| row.projections);
    projections.into_iter().any(|projection| {
        matches!(projection, Projection::Each(k, from, to) if *k == kind && (from.is_object() || to.is_object()))
    })
}

fn order<'p>(partner: &'p Partner<'_>) -> (&'p str, &'p str, usize, &'p str, &'p str) {
    let (company, other) = (partner.company, partner.partner);
    (company.name(), company.id(), partner.hops, other.name(), other.id())
}

type Ties<'g> = BTreeMap<Entity<'g>, Vec<Relation<'g>>>;

struct Search<'q, 'g> {
    question: &'q Partners<'g>,
    kinds: RelationKinds,
    budget: Budget,
}

impl<'g> Search<'_, 'g> {
    fn all_pairs(&mut self, partners: &mut Vec<Partner<'g>>) -> Result<(), StoppedBy> {
        for company in self.question.view.entities() {
            for (partner, relations) in self.ties(company)? {
                if company < partner {
                    partners.push(Partner { company, partner, hops: 1, relations });
                }
            }
        }
        Ok(())
    }

    fn shared(
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

    fn around(&mut self, company: Entity<'g>, partners: &mut Vec<Partner<'g>>) -> Result<(), StoppedBy> {
        let most = self.question.hops.min(self.question.limits.hops);
        let group = self.group(company)?;
        let mut chains: HashMap<Entity<'g>, Vec<Relation<'g>>> = HashMap::new();
        let mut seen: HashSet<Entity<'g>> = group.iter().copied().collect();
        let mut queue = VecDeque::new();
        let direct = self.ties_of(&group)?;
        let mut cut = most == 0 && self.question.hops > 0 && !direct.is_empty();
        for (partner, relations) in direct.into_iter().filter(|_| most > 0) {
            seen.insert(partner);
            chains.insert(partner, one_tie(&relations));
            queue.push_back((partner, 1));
            partners.push(Partner { company, partner, hops: 1, relations });
        }
        while let Some((near, hops)) = queue.pop_front() {
            if hops >= most {
                let goes_on = self.question.hops > most;
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

    fn ties_of_group(&mut self, company: Entity<'g>) -> Result<Ties<'g>, StoppedBy> {
        let group = self.group(company)?;
        self.ties_of(&group)
    }

    /// The partners of any of these, themselves left out.
    fn ties_of(&mut self, group: &BTreeSet<Entity<'g>>) -> Result<Ties<'g>, StoppedBy> {
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
    fn ties(&mut self, entity: Entity<'g>) -> Result<Ties<'g>, StoppedBy> {
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
            if self.question.broad && relation.kind() == RelationKind::IsMemberOf && relation.from() == entity
            {
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
    fn group(&mut self, company: Entity<'g>) -> Result<BTreeSet<Entity<'g>>, StoppedBy> {
        let mut group = BTreeSet::from([company]);
        let mut queue = VecDeque::from([company]);
        while let (true, Some(entity)) = (self.question.group, queue.pop_front()) {
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

/// Organisations, and parties that are not named.
fn is_party(entity: Entity<'_>) -> bool {
    entity.kind().is_organisation() || entity.kind() == EntityKind::Unspecified
}

/// One way along a tie: its first relation, or both memberships of a shared alliance.
fn one_tie<'g>(relations: &[Relation<'g>]) -> Vec<Relation<'g>> {
    let direct = relations.iter().find(|relation| relation.kind() != RelationKind::IsMemberOf);
    match direct {
        Some(relation) => vec![*relation],
        None => relations.iter().take(2).copied().collect(),
    }
}

/// The earliest first; memberships keep their pairs, last.
fn in_time(relations: &mut [Relation<'_>]) {
    relations.sort_by_key(|relation| {
        let date = relation.fact().and_then(|fact| fact.date());
        let membership = relation.kind() == RelationKind::IsMemberOf;
        (membership, !membership && date.is_none(), date.filter(|_| !membership))
    });
}

//! Sides of a fact: what a sentence about one relation must add to be true of the whole.

use super::entity::Entity;
use super::fact::Fact;
use super::list::list_in;
use super::relation::Relation;
use crate::model::vocabulary::Projection;
use std::collections::HashSet;

use crate::model::{Attribute, AttributeValue, FactKind, RelationKind, Role};
use crate::value::Share;

impl<'g> Relation<'g> {
    /// Whether it is a stake that gives a share of the profit, but none of the capital or votes.
    pub(crate) fn gives_profit_only(self) -> bool {
        rights_only(self).is_some_and(|rights| rights.is_profit_only())
    }

    /// Who joins its subject or object, if what the fact states applies to all of them: the price of a joint purchase,
    /// a number of pieces, an exclusive right; and the other [joint parties](Self::joint_parties).
    #[must_use]
    pub fn together_with(self) -> Vec<Entity<'g>> {
        let (own, other) = beside(self);
        let mut all: Vec<Entity<'g>> = own.into_iter().chain(other).collect();
        let holder = self.from();
        all.extend(self.joint_parties().into_iter().filter(|party| *party != holder));
        let mut seen = HashSet::new();
        all.retain(|party| seen.insert(*party));
        all
    }
}

impl<'g> Fact<'g> {
    /// Whether it is a stake that states votes or profit, but no share of the capital.
    #[cfg(feature = "diagram")]
    pub(crate) fn gives_rights_only(self) -> bool {
        RightsOnly::of(self).is_some()
    }
}

/// The roles of the subject and of the object of a relation, as read.
pub(crate) fn roles(fact: Fact<'_>, relation: Relation<'_>) -> Option<(Role, Role)> {
    let mut projections = fact.kind().row().projections.iter();
    let projection = projections.find(|projection| projection.kind() == relation.kind())?;
    let has = |role: Role, entity: Entity<'_>| fact.parties(role).any(|party| party == entity);
    match *projection {
        Projection::Each(_, from, to) => {
            let is_turned = relation.subject() != relation.from();
            Some(if is_turned { (to, from) } else { (from, to) })
        }
        Projection::Mutual(_, side, None) => Some((side, side)),
        Projection::Mutual(_, side, Some(other)) => {
            let role = |entity| if has(side, entity) { side } else { other };
            Some((role(relation.subject()), role(relation.object())))
        }
    }
}

/// Who joins the subject, and who joins the object, if what the fact states applies to all of them: a price, a number
/// of pieces, an exclusive right, control.
pub(crate) fn beside<'g>(relation: Relation<'g>) -> (Vec<Entity<'g>>, Vec<Entity<'g>>) {
    let none = (Vec::new(), Vec::new());
    let Some(fact) = relation.fact().filter(|_| relation.derived().is_none() && !relation.is_tie()) else {
        return none;
    };
    let Some((own, other)) = roles(fact, relation).filter(|_| is_joint(fact)) else { return none };
    let is_end = |party: &Entity<'g>| *party == relation.subject() || *party == relation.object();
    // Joint objects matter only if a price or a number applies to all of them.
    let is_told = |role: Role| !role.is_object() || has_figure(fact);
    let others = |role: Role| {
        let parties = fact.parties(role).filter(|party| is_told(role) && !is_end(party));
        parties.collect::<Vec<_>>()
    };
    (others(own), if own == other { Vec::new() } else { others(other) })
}

/// Whether its verb says that several hold or control together. For trustees, the trust says it.
pub(crate) fn is_told_jointly(relation: Relation<'_>) -> bool {
    let is_worded = matches!(relation.kind(), RelationKind::OwnsShareOf | RelationKind::Controls);
    is_worded && !relation.joint_parties().is_empty()
}

/// Whether the verb names those with whom the subject holds or controls: "jointly with Bo owns 60% of".
pub(crate) fn names_joint_parties(relation: Relation<'_>) -> bool {
    let subject = relation.subject();
    is_told_jointly(relation) && subject == relation.from() && relation.joint_parties().contains(&subject)
}

/// Whether what the fact states applies to all its parties together.
fn is_joint(fact: Fact<'_>) -> bool {
    let row = fact.kind().row();
    let has_sides = row.deal && row.projections.iter().any(|p| matches!(p, Projection::Each(..)));
    let is_shared = matches!(fact.kind(), FactKind::Control | FactKind::Holding | FactKind::Trust);
    has_sides || is_shared || has_figure(fact)
}

fn has_figure(fact: Fact<'_>) -> bool {
    fact.amount().is_some() || fact.has_quantity()
}

/// At most this many parties are named on one side.
const MOST_NAMED: usize = 8;

/// " together with Lumen"; empty for those that the sentence names anyway.
pub(crate) fn together<'g>(relation: Relation<'g>, named: &[Entity<'g>]) -> String {
    if names_joint_parties(relation.told()) {
        return String::new();
    }
    let (own, other) = beside(relation.told());
    let is_new = |party: &Entity<'g>| !named.contains(party);
    let own: Vec<_> = own.into_iter().filter(is_new).collect();
    let other: Vec<_> = other.into_iter().filter(is_new).collect();
    match (own.is_empty(), other.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!(" together with {}", some(relation, &own)),
        (true, false) => format!(" together with {}", some(relation, &other)),
        (false, false) => {
            format!(" together with {}, on the other side {}", some(relation, &own), some(relation, &other))
        }
    }
}

/// "A, B and C"; if there are many, "A, B, C and 12 more".
fn some<'g>(relation: Relation<'g>, entities: &[Entity<'g>]) -> String {
    match entities.split_at_checked(MOST_NAMED) {
        Some((first, rest)) if rest.len() > 1 => {
            let names: Vec<_> = first.iter().map(|entity| relation.told_name(*entity)).collect();
            format!("{} and {} more", names.join(", "), rest.len())
        }
        _ => list_in(relation, entities),
    }
}

/// What a stake gives if no share of the capital is stated: "50% of the profit".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RightsOnly {
    pub(crate) votes: Option<Share>,
    pub(crate) profit: Option<Share>,
}

impl RightsOnly {
    /// The rights of a stake that states votes or profit and no share.
    pub(crate) fn of(fact: Fact<'_>) -> Option<Self> {
        if fact.kind() != FactKind::Ownership {
            return None;
        }
        let stated = |wanted: Attribute| {
            fact.attributes().find_map(|(attribute, value)| match value {
                AttributeValue::Share(share) if attribute == wanted => Some(share),
                _ => None,
            })
        };
        let (votes, profit) = (stated(Attribute::Votes), stated(Attribute::Profit));
        (stated(Attribute::Share).is_none() && (votes.is_some() || profit.is_some()))
            .then_some(Self { votes, profit })
    }

    /// Whether it gives only profit.
    pub(crate) const fn is_profit_only(&self) -> bool {
        self.votes.is_none()
    }

    /// "has 50% of the profit of", or read from the company: "gives 50% of its profit to".
    pub(crate) fn verb(&self, is_inverse: bool) -> String {
        let whose = if is_inverse { "its" } else { "the" };
        let part = |share: Option<Share>, what: &str| {
            share.map(|share| format!("{} of {whose} {what}", share.words()))
        };
        let parts: Vec<_> =
            part(self.votes, "votes").into_iter().chain(part(self.profit, "profit")).collect();
        let parts = parts.join(" and ");
        if is_inverse { format!("gives {parts} to") } else { format!("has {parts} of") }
    }
}

/// The rights of a relation that is such a stake, stated rather than left by an event.
pub(crate) fn rights_only(relation: Relation<'_>) -> Option<RightsOnly> {
    let fact = relation.fact().filter(|_| relation.derived().is_none())?;
    RightsOnly::of(fact)
        .filter(|_| relation.kind() == RelationKind::OwnsShareOf && relation.share().is_none())
}

//! What facts state about what one entity holds of another.

use super::World;
use super::amount::Held;
use crate::graph::store::fact_fields;
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::validity::{Days, Validity};
use crate::model::{Attribute, AttributeValue, Role};

/// The latest statement about a class; of several claims, all.
pub(super) struct Latest {
    pub(super) held: Held,
    /// Until the last of the claims says that it ends.
    pub(super) validity: Validity,
    pub(super) fact: FactIx,
    pub(super) claims: Option<FactIx>,
}

/// Distinguishes several stakes of one holder: by class, and by intermediaries.
pub(super) type Class = (Option<String>, Vec<EntityIx>);

/// A statement that one entity holds another.
pub(crate) struct Stated {
    pub(super) relation: RelationIx,
    pub(super) fact: FactIx,
    pub(super) validity: Validity,
    /// The day for which it was stated: that of the figure, else the beginning.
    pub(super) seen: Days,
    pub(super) class: Class,
    pub(super) held: Held,
    /// Whether a view may doubt it.
    pub(super) is_open: bool,
    pub(super) is_rumour: bool,
    /// The first of several claims that state the same.
    pub(super) claims: Option<FactIx>,
    /// The facts that it replaces.
    pub(super) replaces: Vec<FactIx>,
    /// The first step that may end it.
    pub(super) from: usize,
}

impl World<'_, '_> {
    /// What a fact states about what one entity holds of another.
    pub(crate) fn stated(&self, relation: RelationIx, fact: FactIx) -> Stated {
        let timing = self.facts.timing(fact);
        let validity = self.validity(relation);
        let mut attributes = fact_fields::attributes(self.facts.kind(fact), self.facts.fields(fact));
        let class = attributes.find_map(|(attribute, value)| match (attribute, value) {
            (Attribute::Class, AttributeValue::Text(class)) => Some(class),
            _ => None,
        });
        let mut through: Vec<EntityIx> = self.facts.listed_roles(fact).in_role(Role::Through).collect();
        through.sort_unstable();
        let begins = timing.since.or(timing.completed).or(timing.signed).or(timing.announced);
        let seen = timing.as_of.or(begins).unwrap_or_else(|| validity.start_days());
        Stated {
            relation,
            fact,
            validity,
            seen,
            class: (class, through),
            held: Held::stated(fact_fields::share(self.facts.kind(fact), self.facts.fields(fact))),
            is_open: self.is_open(fact),
            is_rumour: self.facts.is_rumour(fact) && self.claims.of(fact).is_empty(),
            claims: self.claims.of(fact).first().copied(),
            replaces: self.replaces.get(&fact).cloned().unwrap_or_default(),
            from: 0,
        }
    }
}

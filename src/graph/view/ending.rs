//! What ended a relation or fact apart from its own dates: which fact, by which rule.

use super::entity::Entity;
use super::fact::Fact;
use super::view::View;
use crate::graph::store::index::FactIx;
use crate::graph::store::rule::EndRule;
use crate::graph::store::validity::Validity;
use crate::model::{End, Role};

/// Why a relation is only possible on the view's date: something may have ended it.
///
/// `Display` is a clause: "Acme was dissolved 2019 (`end`)", "perhaps sold since 2010 (`sale-of-the-brand`)".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Doubt<'g> {
    /// What may have ended it.
    pub ending: Ending<'g>,
    /// The party that no longer exists; `None` if something certainly happened but may since have been ended otherwise.
    pub party: Option<Entity<'g>>,
}

impl std::fmt::Display for Doubt<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ending = &self.ending;
        match self.party {
            Some(party) => f.write_str(&ending.end_of(party)),
            None => write!(f, "perhaps {} since{} (`{}`)", ending.word(), ending.when(), ending.fact.id()),
        }
    }
}

/// What ends a relation or fact, apart from its own dates.
///
/// `Display` is a clause: "sold 2010 (`sale-of-the-brand`)", "replaced 2018 (`settlement`)".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ending<'g> {
    /// The event, or the fact that replaces another.
    pub fact: Fact<'g>,
    /// The rule.
    pub rule: EndRule,
    /// When it takes effect. Only possible if its sources leave doubt that it happened.
    pub from: Validity,
}

impl<'g> Ending<'g> {
    pub(crate) const fn new(view: View<'g>, (fact, rule, from): (FactIx, EndRule, Validity)) -> Self {
        Self { fact: view.fact_at(fact), rule, from }
    }

    pub(crate) fn order(&self) -> ((i32, i32), FactIx, EndRule) {
        (self.from.start_days().bounds(), self.fact.index(), self.rule)
    }

    /// Whether the fact says that this entity no longer exists.
    pub(crate) fn is_end_of(&self, entity: Entity<'g>) -> bool {
        let mut parties = self.fact.parties(Role::Of).chain(self.fact.parties(Role::Predecessor));
        parties.any(|party| party == entity)
    }

    /// " 2012", or empty if no day is stated.
    pub(crate) fn when(&self) -> String {
        let record = self.fact.record();
        if let (EndRule::SoldOn, Some(End::On(date))) = (self.rule, record.until) {
            return format!(" {}", date.words());
        }
        let dates = [record.completed, record.since, record.signed, record.as_of, record.announced];
        dates.into_iter().flatten().next().map_or_else(String::new, |date| format!(" {}", date.words()))
    }

    /// The word for what happened: "sold", "replaced".
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self.rule {
            EndRule::Sold => "sold",
            EndRule::StakeChanged => "changed by a purchase or sale",
            EndRule::StatedStake => "stated anew",
            EndRule::PassedOn => "passed to a successor",
            EndRule::SoldOn => "sold on or given up",
            EndRule::Replaced => "replaced",
            EndRule::CompanyEnded => "a party ended",
        }
    }
}

impl std::fmt::Display for Ending<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{} (`{}`)", self.word(), self.when(), self.fact.id())
    }
}

//! What events leave behind: who holds and owns what after a sale, an acquisition, a succession.
//!
//! Events are taken in the order of their days. Each may cut what its parties held before, stated or left
//! by an earlier event, and leaves relations of its own, each marked with the rule that made it.

use std::collections::{HashMap, HashSet};

use super::claims::ClaimGroups;
use super::fact::FactData;
use super::index::{EntityIx, FactIx, RelationIx};
use super::relation::{Derived, Origin, RelationData};
use super::validity::Validity;
use crate::model::{
    Attribute, AttributeValue, EntityKind, EntityRecord, FactKind, RelationKind, Role, Status,
};
use crate::value::{Decimal, Share};

/// A rule by which a relation follows from an event without being stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rule {
    /// Who buys a patent, brand or unit holds it from then on.
    BuyerHolds,
    /// Who sells a patent, brand or unit held it until then.
    SellerHeld,
    /// Who acquires a company owns it, or the share acquired, from then on.
    AcquirerOwns,
    /// Who sells a part of a stake keeps the rest.
    SellerKeepsRest,
    /// What a company held and owned passes to its successor.
    SuccessorTakesOver,
}

impl Rule {
    /// The name, as JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BuyerHolds => "buyer-holds",
            Self::SellerHeld => "seller-held",
            Self::AcquirerOwns => "acquirer-owns",
            Self::SellerKeepsRest => "seller-keeps-rest",
            Self::SuccessorTakesOver => "successor-takes-over",
        }
    }

    /// The rule in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::BuyerHolds => "who buys a patent, brand or unit holds it from then on",
            Self::SellerHeld => "who sells a patent, brand or unit held it until then",
            Self::AcquirerOwns => "who acquires a company owns it, or the share acquired, from then on",
            Self::SellerKeepsRest => "who sells a part of a stake keeps the rest",
            Self::SuccessorTakesOver => "what a company held and owned passes to its successor",
        }
    }
}

/// The events that end a holding or stake, by relation; whether each does so for sure.
pub(crate) type Cuts = HashMap<RelationIx, Vec<(FactIx, bool)>>;

/// Adds what events leave behind, and tells which relations they end.
pub(crate) fn derive(
    facts: &[FactData],
    entities: &[EntityRecord],
    claims: &ClaimGroups,
    relations: &mut Vec<RelationData>,
) -> Cuts {
    let legs = facts.iter().filter_map(|leg| Some((leg.part_of?, leg.record.kind)));
    let mut state = State {
        facts,
        entities,
        relations,
        at: HashMap::new(),
        in_legs: legs.collect(),
        claims,
        cuts: Cuts::new(),
    };
    for n in 0..state.relations.len() {
        state.index(n);
    }
    let mut events: Vec<usize> = (0..facts.len()).filter(|n| state.leaves_something(*n)).collect();
    events.sort_by_key(|n| facts.get(*n).map(|fact| (fact.validity.begins().0, *n)));
    for n in events {
        let Some(fact) = facts.get(n) else { continue };
        let event = Event { fact, origin: FactIx::new(n) };
        match fact.record.kind {
            FactKind::Sale => state.sale(event),
            FactKind::Acquisition => state.acquisition(event),
            _ => state.succession(event),
        }
    }
    state.cuts
}

#[derive(Clone, Copy)]
struct Event<'f> {
    fact: &'f FactData,
    origin: FactIx,
}

struct State<'f, 'r> {
    facts: &'f [FactData],
    entities: &'f [EntityRecord],
    relations: &'r mut Vec<RelationData>,
    /// The holdings and stakes of each entity, as positions in `relations`.
    at: HashMap<EntityIx, Vec<usize>>,
    /// The facts that have legs, with the kinds of these.
    in_legs: HashSet<(FactIx, FactKind)>,
    claims: &'f ClaimGroups,
    cuts: Cuts,
}

impl State<'_, '_> {
    fn leaves_something(&self, n: usize) -> bool {
        let Some(fact) = self.facts.get(n) else { return false };
        let kind = matches!(fact.record.kind, FactKind::Sale | FactKind::Acquisition | FactKind::Succession);
        // Wishes leave nothing; of a deal in legs, the legs do.
        kind && fact.record.status != Some(Status::Sought)
            && !self.in_legs.contains(&(FactIx::new(n), fact.record.kind))
    }

    /// Remembers a holding or stake under who has it.
    fn index(&mut self, n: usize) {
        let Some(relation) = self.relations.get(n) else { return };
        if matches!(relation.kind, RelationKind::Holds | RelationKind::OwnsShareOf) {
            self.at.entry(relation.from).or_default().push(n);
        }
    }

    fn add(
        &mut self,
        kind: RelationKind,
        from: EntityIx,
        to: EntityIx,
        validity: Validity,
        derived: Derived,
    ) {
        self.relations.push(RelationData { kind, from, to, origin: Origin::Derived(derived), validity });
        self.index(self.relations.len() - 1);
    }

    /// What an entity has, of this kind, of this object or of any, that begins before the event.
    fn had(
        &self,
        holder: EntityIx,
        kind: RelationKind,
        object: Option<EntityIx>,
        event: Event<'_>,
    ) -> Vec<usize> {
        let positions = self.at.get(&holder).into_iter().flatten().copied();
        positions
            .filter(|n| {
                self.relations.get(*n).is_some_and(|relation| {
                    relation.kind == kind
                        && object.is_none_or(|object| relation.to == object)
                        && !self.is_same_claim(relation, event)
                        && relation.validity.begins_before(event.fact.validity)
                })
            })
            .collect()
    }

    /// Whether a relation was left by this event, or by another claim about it.
    fn is_same_claim(&self, relation: &RelationData, event: Event<'_>) -> bool {
        let Origin::Derived(derived) = relation.origin else { return false };
        derived.fact == event.origin || self.claims.of(event.origin).contains(&derived.fact)
    }

    /// Ends relations with the event, for sure or perhaps. What was called off ends nothing.
    fn cut(&mut self, positions: &[usize], event: Event<'_>, for_sure: bool) {
        if !event.fact.record.counts() {
            return;
        }
        for n in positions {
            self.cuts.entry(RelationIx::new(*n)).or_default().push((event.origin, for_sure));
        }
    }

    fn sale(&mut self, event: Event<'_>) {
        let kept =
            |kind: EntityKind| matches!(kind, EntityKind::Patent | EntityKind::Brand | EntityKind::Unit);
        let sold = event.fact.in_role(Role::Of);
        let objects: Vec<EntityIx> =
            sold.filter(|ix| self.entities.get(ix.get()).is_some_and(|entity| kept(entity.kind))).collect();
        let buyers: Vec<EntityIx> = event.fact.in_role(Role::Buyer).collect();
        // Who of several got which of several is not said.
        let unclear = buyers.len() > 1 && objects.len() > 1;
        let validity = if unclear { event.fact.validity.only_possible() } else { event.fact.validity };
        for object in objects {
            for seller in event.fact.in_role(Role::Seller).collect::<Vec<_>>() {
                let had = self.had(seller, RelationKind::Holds, Some(object), event);
                self.cut(&had, event, true);
                if had.is_empty() && event.fact.record.counts() {
                    let derived = Derived { fact: event.origin, rule: Rule::SellerHeld, share: None };
                    let before = event.fact.validity.before(event.fact.told);
                    self.add(RelationKind::Holds, seller, object, before, derived);
                }
            }
            for buyer in &buyers {
                let derived = Derived { fact: event.origin, rule: Rule::BuyerHolds, share: None };
                self.add(RelationKind::Holds, *buyer, object, validity, derived);
            }
        }
    }

    fn acquisition(&mut self, event: Event<'_>) {
        let acquired = share(event.fact);
        let acquirers: Vec<EntityIx> = event.fact.in_role(Role::Acquirer).collect();
        for target in event.fact.in_role(Role::Target).collect::<Vec<_>>() {
            for seller in event.fact.in_role(Role::Seller).collect::<Vec<_>>() {
                self.sell_stake(seller, target, acquired, event);
            }
            for acquirer in &acquirers {
                let whole = acquired.or_else(|| "100%".parse().ok());
                // What each of several acquires is not said.
                let share = whole.filter(|_| acquirers.len() == 1);
                let mut validity = event.fact.validity;
                if acquirers.len() > 1 {
                    validity = validity.only_possible();
                }
                let derived = Derived { fact: event.origin, rule: Rule::AcquirerOwns, share };
                if let Some(stated) = self.stated_stake(*acquirer, target, event) {
                    // A stated stake replaces the derived one.
                    validity = validity.cut_by(stated);
                }
                self.add(RelationKind::OwnsShareOf, *acquirer, target, validity, derived);
            }
        }
    }

    /// When the holder's stated stake that is not from before the event begins.
    fn stated_stake(&self, holder: EntityIx, target: EntityIx, event: Event<'_>) -> Option<Validity> {
        let positions = self.at.get(&holder).into_iter().flatten();
        let relations = positions.filter_map(|n| self.relations.get(*n));
        let stated = relations.filter(|relation| {
            relation.kind == RelationKind::OwnsShareOf
                && relation.to == target
                && matches!(relation.origin, Origin::Fact(_))
                && !relation.validity.ends_before(event.fact.validity)
        });
        stated.map(|relation| relation.validity).min_by_key(|validity| validity.begins())
    }

    /// Ends the seller's stake, or lessens it by a smaller share.
    fn sell_stake(&mut self, seller: EntityIx, target: EntityIx, sold: Option<Share>, event: Event<'_>) {
        let had = self.had(seller, RelationKind::OwnsShareOf, Some(target), event);
        let rest = |n: &usize| {
            let relation = self.relations.get(*n)?;
            let owned = match relation.origin {
                Origin::Fact(ix) => share(self.facts.get(ix.get())?),
                Origin::Derived(derived) => derived.share,
                Origin::Record(_) => None,
            };
            Some((relation.validity, rest_of(owned?, sold?)?))
        };
        let rests: Vec<_> = had.iter().filter_map(rest).collect();
        self.cut(&had, event, true);
        for (before, rest) in rests {
            let derived = Derived { fact: event.origin, rule: Rule::SellerKeepsRest, share: Some(rest) };
            let validity = event.fact.validity.until_end_of(before);
            self.add(RelationKind::OwnsShareOf, seller, target, validity, derived);
        }
    }

    fn succession(&mut self, event: Event<'_>) {
        let how =
            event.fact.record.attributes.iter().find_map(|(attribute, value)| match (attribute, value) {
                (Attribute::How, AttributeValue::Choice(word)) => Some(*word),
                _ => None,
            });
        let successors: Vec<EntityIx> = event.fact.in_role(Role::Successor).collect();
        let whole = matches!(how, Some("Merger" | "Recapitalization")) && successors.len() == 1;
        let passes = event.fact.validity;
        let passes = if whole { passes } else { passes.only_possible() };
        for predecessor in event.fact.in_role(Role::Predecessor).collect::<Vec<_>>() {
            for kind in [RelationKind::Holds, RelationKind::OwnsShareOf] {
                let had = self.had(predecessor, kind, None, event);
                self.cut(&had, event, whole);
                for n in had {
                    let Some(relation) = self.relations.get(n) else { continue };
                    let (object, before) = (relation.to, relation.validity);
                    let share = match relation.origin {
                        Origin::Fact(ix) => self.facts.get(ix.get()).and_then(share),
                        Origin::Derived(derived) => derived.share,
                        Origin::Record(_) => None,
                    };
                    let derived = Derived { fact: event.origin, rule: Rule::SuccessorTakesOver, share };
                    for successor in &successors {
                        self.add(kind, *successor, object, passes.until_end_of(before), derived);
                    }
                }
            }
        }
    }
}

/// What is left of a share when another is taken from it; `None` if nothing is, or what is taken is more.
fn rest_of(owned: Share, sold: Share) -> Option<Share> {
    let hundred = Decimal::from(100_u64);
    let low = owned.low().checked_sub(sold.high())?.checked_mul(hundred)?.max(Decimal::ZERO);
    let high = owned.high().checked_sub(sold.low())?.checked_mul(hundred)?;
    if high <= Decimal::ZERO {
        return None;
    }
    let text = if low == high { format!("{low}%") } else { format!("{low}%..{high}%") };
    text.parse().ok()
}

/// The share that a fact states.
fn share(fact: &FactData) -> Option<Share> {
    fact.record.attributes.iter().find_map(|(attribute, value)| match (attribute, value) {
        (Attribute::Share, AttributeValue::Share(share)) => Some(*share),
        _ => None,
    })
}

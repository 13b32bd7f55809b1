//! What events leave behind: who holds and owns what after a sale, an acquisition, a succession.
//!
//! Events are taken in the order of their days. Each may cut what its parties held before, stated or left
//! by an earlier event, and leaves relations of its own, each marked with the rule that made it.

use std::collections::{HashMap, HashSet};

use super::claims::ClaimGroups;
use super::fact::FactData;
use super::index::{EntityIx, FactIx, RelationIx};
use super::project::TooMany;
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

/// What events end: of each relation, these events. Which of them count is for the view to say.
pub(crate) type Cuts = HashMap<RelationIx, Vec<Cut>>;

/// That an event ends a relation, on one of these days.
#[derive(Clone, Copy)]
pub(crate) struct Cut {
    pub(crate) fact: FactIx,
    pub(crate) by: Validity,
}

/// Adds what events leave behind, and tells what they end.
pub(crate) fn derive(
    facts: &[FactData],
    entities: &[EntityRecord],
    claims: &ClaimGroups,
    relations: &mut Vec<RelationData>,
    most: usize,
) -> Result<Cuts, TooMany> {
    let legs = facts.iter().filter_map(|leg| Some((leg.part_of?, leg.record.kind)));
    let mut state = State {
        facts,
        entities,
        claims,
        relations,
        most,
        at: HashMap::new(),
        cuts: Cuts::new(),
        in_legs: legs.collect(),
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
        if state.relations.len() > most {
            return Err(TooMany(Some(n)));
        }
    }
    Ok(state.cuts)
}

#[derive(Clone, Copy)]
struct Event<'f> {
    fact: &'f FactData,
    origin: FactIx,
}

struct State<'f, 'r> {
    facts: &'f [FactData],
    entities: &'f [EntityRecord],
    claims: &'f ClaimGroups,
    relations: &'r mut Vec<RelationData>,
    /// How many relations there may be.
    most: usize,
    cuts: Cuts,
    /// The holdings and stakes of each entity, as positions in `relations`.
    at: HashMap<EntityIx, Vec<usize>>,
    /// The facts that have legs, with the kinds of these.
    in_legs: HashSet<(FactIx, FactKind)>,
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
        // One too many says that there are too many; more would only fill the memory.
        if self.relations.len() > self.most {
            return;
        }
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
                    let own =
                        matches!(relation.origin, Origin::Derived(derived) if self.is_same(derived.fact, event));
                    relation.kind == kind
                        && object.is_none_or(|object| relation.to == object)
                        && !own
                        && relation.validity.begins_before(event.fact.validity)
                })
            })
            .collect()
    }

    /// Ends relations with the event; what was called off ends nothing.
    fn cut(&mut self, positions: &[usize], event: Event<'_>) {
        if !event.fact.record.counts() {
            return;
        }
        for n in positions {
            self.end(*n, Cut { fact: event.origin, by: event.fact.validity });
        }
    }

    fn end(&mut self, n: usize, cut: Cut) {
        self.cuts.entry(RelationIx::new(n)).or_default().push(cut);
    }

    /// What goes on as another relation did: it ends as that did, but for this event.
    fn add_as(
        &mut self,
        before: usize,
        kind: RelationKind,
        from: EntityIx,
        to: EntityIx,
        begins: Validity,
        derived: Derived,
    ) {
        let Some(validity) =
            self.relations.get(before).map(|relation| begins.until_end_of(relation.validity))
        else {
            return;
        };
        let mut cuts = self.cuts.get(&RelationIx::new(before)).cloned().unwrap_or_default();
        cuts.retain(|cut| cut.fact != derived.fact && !self.are_claims(cut.fact, derived.fact));
        let n = self.relations.len();
        self.add(kind, from, to, validity, derived);
        if self.relations.len() > n {
            cuts.into_iter().for_each(|cut| self.end(n, cut));
        }
    }

    /// Whether a fact is the event, or another claim about it.
    fn is_same(&self, fact: FactIx, event: Event<'_>) -> bool {
        fact == event.origin || self.are_claims(fact, event.origin)
    }

    fn are_claims(&self, one: FactIx, other: FactIx) -> bool {
        self.claims.of(one).contains(&other)
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
                self.cut(&had, event);
                if had.is_empty() && event.fact.record.counts() {
                    let derived = Derived { fact: event.origin, rule: Rule::SellerHeld, share: None };
                    let before = event.fact.validity.before(event.fact.told_by);
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
                let stated = self.stated_stake(*acquirer, target, event);
                let n = self.relations.len();
                self.add(RelationKind::OwnsShareOf, *acquirer, target, validity, derived);
                if let Some(stated) = stated {
                    // A stated stake replaces the derived one.
                    self.end(n, stated);
                }
            }
        }
    }

    /// When the holder's stated stake that is not from before the event begins.
    fn stated_stake(&self, holder: EntityIx, target: EntityIx, event: Event<'_>) -> Option<Cut> {
        let positions = self.at.get(&holder).into_iter().flatten();
        let relations = positions.filter_map(|n| self.relations.get(*n));
        let stated = relations.filter(|relation| {
            relation.kind == RelationKind::OwnsShareOf
                && relation.to == target
                && !relation.validity.ends_before(event.fact.validity)
        });
        let stated = stated.filter_map(|relation| match relation.origin {
            Origin::Fact(fact) => Some(Cut { fact, by: relation.validity }),
            Origin::Derived(_) | Origin::Record(_) => None,
        });
        stated.min_by_key(|stated| stated.by.begins())
    }

    /// Ends the seller's stake, or lessens it by a smaller share.
    fn sell_stake(&mut self, seller: EntityIx, target: EntityIx, sold: Option<Share>, event: Event<'_>) {
        let had = self.had(seller, RelationKind::OwnsShareOf, Some(target), event);
        let rest = |n: &usize| {
            let owned = self.share_of(self.relations.get(*n)?);
            // A stake of unknown size may be any.
            Some((*n, rest_of(owned.unwrap_or(Share::UNDISCLOSED), sold?)?))
        };
        let rests: Vec<_> = had.iter().filter_map(rest).collect();
        self.cut(&had, event);
        for (before, rest) in rests {
            let derived = Derived { fact: event.origin, rule: Rule::SellerKeepsRest, share: Some(rest) };
            // It may be that nothing is left.
            let begins = event.fact.validity;
            let begins = if rest.low() == Decimal::ZERO { begins.only_possible() } else { begins };
            self.add_as(before, RelationKind::OwnsShareOf, seller, target, begins, derived);
        }
    }

    fn share_of(&self, relation: &RelationData) -> Option<Share> {
        match relation.origin {
            Origin::Fact(ix) => self.facts.get(ix.get()).and_then(share),
            Origin::Derived(derived) => derived.share,
            Origin::Record(_) => None,
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
                for n in self.had(predecessor, kind, None, event) {
                    let Some(relation) = self.relations.get(n) else { continue };
                    let (object, share) = (relation.to, self.share_of(relation));
                    if event.fact.record.counts() {
                        self.end(n, Cut { fact: event.origin, by: passes });
                    }
                    let derived = Derived { fact: event.origin, rule: Rule::SuccessorTakesOver, share };
                    // Nobody owns a share of himself.
                    for successor in successors.iter().filter(|successor| **successor != object) {
                        self.add_as(n, kind, *successor, object, passes, derived);
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

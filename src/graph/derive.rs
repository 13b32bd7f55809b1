//! What events leave behind: who holds and owns what after a sale, an acquisition, a succession.
//!
//! Events are taken in the order of their days. Each may cut what its parties held before, stated or left
//! by an earlier event, and leaves relations of its own, each marked with the rule that made it.

use std::collections::{HashMap, HashSet};

use super::claims::ClaimGroups;
use super::index::{EntityIx, FactIx, RelationIx};
use super::project::TooMany;
use super::relation::{Derived, Origin, RelationData};
use super::store::entities::Entities;
use super::store::fact_fields;
use super::store::facts::{Cast, Facts};
use super::store::relations::Relations;
use super::validity::{Days, Validity};
use crate::model::{Attribute, AttributeValue, EntityKind, FactKind, RelationKind, Role, SourceRecord};
use crate::value::{Proportion, Share};

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

    /// The rule of this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let all = [
            Self::BuyerHolds,
            Self::SellerHeld,
            Self::AcquirerOwns,
            Self::SellerKeepsRest,
            Self::SuccessorTakesOver,
        ];
        all.into_iter().find(|rule| rule.name() == name)
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
    facts: &Facts,
    entities: &Entities,
    sources: &[SourceRecord],
    claims: &ClaimGroups,
    relations: &mut Relations,
    most: usize,
) -> Result<Cuts, TooMany> {
    let legs = facts.part_of.iter().map(|(leg, whole)| (*whole, facts.kind(*leg)));
    let mut state = State {
        facts,
        entities,
        sources,
        claims,
        relations,
        most,
        holders: HashSet::new(),
        at: HashMap::new(),
        cuts: Cuts::new(),
        in_legs: legs.collect(),
    };
    let mut events: Vec<Event> = facts.all().filter_map(|fact| state.event(fact)).collect();
    events.sort_by_key(|event| (event.validity.first_day(), event.origin));
    state.holders = events.iter().flat_map(|event| state.whose_holdings_matter(event)).collect();
    if !state.holders.is_empty() {
        (0..state.relations.len()).for_each(|n| state.index(n));
    }
    for event in events {
        match facts.kind(event.origin) {
            FactKind::Sale => state.sale(event),
            FactKind::Acquisition => state.acquisition(event),
            _ => state.succession(event),
        }
        if state.relations.len() > most {
            return Err(TooMany(Some(event.origin.get())));
        }
    }
    Ok(state.cuts)
}

#[derive(Clone, Copy)]
struct Event {
    origin: FactIx,
    validity: Validity,
    told_by: Option<Days>,
}

struct State<'f, 'r> {
    facts: &'f Facts,
    entities: &'f Entities,
    sources: &'f [SourceRecord],
    claims: &'f ClaimGroups,
    relations: &'r mut Relations,
    /// How many relations there may be.
    most: usize,
    cuts: Cuts,
    /// Whose holdings and stakes any event asks for.
    holders: HashSet<EntityIx>,
    /// The holdings and stakes of each of them, as positions in `relations`.
    at: HashMap<EntityIx, Vec<usize>>,
    /// The facts that have legs, with the kinds of these.
    in_legs: HashSet<(FactIx, FactKind)>,
}

impl<'f> State<'f, '_> {
    /// The fact as an event, if it may leave something.
    fn event(&self, fact: FactIx) -> Option<Event> {
        let kind = self.facts.kind(fact);
        let is_event = match kind {
            FactKind::Sale => self.objects(fact).next().is_some(),
            FactKind::Acquisition | FactKind::Succession => true,
            _ => false,
        };
        // Wishes leave nothing; of a deal in legs, the legs do.
        if !is_event || self.facts.is_sought(fact) || self.in_legs.contains(&(fact, kind)) {
            return None;
        }
        let told_by = self.facts.told_by(fact, self.sources);
        Some(Event { origin: fact, validity: Validity::of_fact(&self.facts.timing(fact), told_by), told_by })
    }

    fn whose_holdings_matter(&self, event: &Event) -> Vec<EntityIx> {
        let holds = |role: &Role| matches!(role, Role::Seller | Role::Acquirer | Role::Predecessor);
        self.roles(*event).filter(|(role, _)| holds(role)).map(|(_, entity)| entity).collect()
    }

    fn roles(&self, event: Event) -> Cast<'f> {
        // No relation says yet what the roles of a fact are.
        self.facts.listed_roles(event.origin)
    }

    fn in_role(&self, event: Event, role: Role) -> Vec<EntityIx> {
        self.roles(event).in_role(role).collect()
    }

    /// What of the objects sold somebody holds: patents, brands, units.
    fn objects(&self, sale: FactIx) -> impl Iterator<Item = EntityIx> + use<'f> {
        let kept =
            |kind: EntityKind| matches!(kind, EntityKind::Patent | EntityKind::Brand | EntityKind::Unit);
        let entities = self.entities;
        self.facts.listed_roles(sale).in_role(Role::Of).filter(move |object| kept(entities.kind(*object)))
    }

    fn counts(&self, event: Event) -> bool {
        self.facts.counts(event.origin)
    }

    fn relation(&self, n: usize) -> RelationData {
        self.relations.get(RelationIx::new(n))
    }

    fn validity(&self, n: usize) -> Validity {
        self.relations.validity(RelationIx::new(n), self.facts, self.sources)
    }

    /// Remembers a holding or stake under who has it.
    fn index(&mut self, n: usize) {
        let kind = self.relations.kind(RelationIx::new(n));
        if matches!(kind, RelationKind::Holds | RelationKind::OwnsShareOf) {
            let (from, _) = self.relations.ends(RelationIx::new(n));
            if self.holders.contains(&from) {
                self.at.entry(from).or_default().push(n);
            }
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
        self.relations.push_derived(kind, from, to, validity, derived);
        self.index(self.relations.len() - 1);
    }

    /// What an entity has, of this kind, of this object or of any, that begins before the event.
    fn had(
        &self,
        holder: EntityIx,
        kind: RelationKind,
        object: Option<EntityIx>,
        event: Event,
    ) -> Vec<usize> {
        let positions = self.at.get(&holder).into_iter().flatten().copied();
        positions
            .filter(|n| {
                let relation = self.relation(*n);
                let own =
                    matches!(relation.origin, Origin::Derived(derived) if self.is_same(derived.fact, event));
                relation.kind == kind
                    && object.is_none_or(|object| relation.to == object)
                    && !own
                    && self.validity(*n).begins_before(event.validity)
            })
            .collect()
    }

    /// Ends relations with the event; what was called off ends nothing.
    fn cut(&mut self, positions: &[usize], event: Event) {
        if !self.counts(event) {
            return;
        }
        for n in positions {
            self.end(*n, Cut { fact: event.origin, by: event.validity });
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
        let validity = begins.until_end_of(self.validity(before));
        let mut cuts = self.cuts.get(&RelationIx::new(before)).cloned().unwrap_or_default();
        cuts.retain(|cut| cut.fact != derived.fact && !self.are_claims(cut.fact, derived.fact));
        let n = self.relations.len();
        self.add(kind, from, to, validity, derived);
        if self.relations.len() > n {
            cuts.into_iter().for_each(|cut| self.end(n, cut));
        }
    }

    /// Whether a fact is the event, or another claim about it.
    fn is_same(&self, fact: FactIx, event: Event) -> bool {
        fact == event.origin || self.are_claims(fact, event.origin)
    }

    fn are_claims(&self, one: FactIx, other: FactIx) -> bool {
        self.claims.of(one).contains(&other)
    }

    fn sale(&mut self, event: Event) {
        let objects: Vec<EntityIx> = self.objects(event.origin).collect();
        let buyers = self.in_role(event, Role::Buyer);
        // Who of several got which of several is not said.
        let unclear = buyers.len() > 1 && objects.len() > 1;
        let validity = if unclear { event.validity.only_possible() } else { event.validity };
        for object in objects {
            for seller in self.in_role(event, Role::Seller) {
                let had = self.had(seller, RelationKind::Holds, Some(object), event);
                self.cut(&had, event);
                if had.is_empty() && self.counts(event) {
                    let derived = Derived { fact: event.origin, rule: Rule::SellerHeld, share: None };
                    let before = event.validity.before(event.told_by);
                    self.add(RelationKind::Holds, seller, object, before, derived);
                }
            }
            for buyer in &buyers {
                let derived = Derived { fact: event.origin, rule: Rule::BuyerHolds, share: None };
                self.add(RelationKind::Holds, *buyer, object, validity, derived);
            }
        }
    }

    fn acquisition(&mut self, event: Event) {
        let acquired = self.facts.share(event.origin);
        let acquirers = self.in_role(event, Role::Acquirer);
        for target in self.in_role(event, Role::Target) {
            for seller in self.in_role(event, Role::Seller) {
                self.sell_stake(seller, target, acquired, event);
            }
            for acquirer in &acquirers {
                let whole = acquired.or_else(|| "100%".parse().ok());
                // What each of several acquires is not said.
                let share = whole.filter(|_| acquirers.len() == 1);
                let mut validity = event.validity;
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
    fn stated_stake(&self, holder: EntityIx, target: EntityIx, event: Event) -> Option<Cut> {
        let positions = self.at.get(&holder).into_iter().flatten().copied();
        let stated = positions.filter_map(|n| {
            let relation = self.relation(n);
            let Origin::Fact(fact) = relation.origin else { return None };
            if relation.kind != RelationKind::OwnsShareOf || relation.to != target {
                return None;
            }
            let validity = self.validity(n);
            (!validity.ends_before(event.validity)).then_some(Cut { fact, by: validity })
        });
        stated.min_by_key(|stated| stated.by.begins())
    }

    /// Ends the seller's stake, or lessens it by a smaller share.
    fn sell_stake(&mut self, seller: EntityIx, target: EntityIx, sold: Option<Share>, event: Event) {
        let had = self.had(seller, RelationKind::OwnsShareOf, Some(target), event);
        let rest = |n: &usize| {
            // A stake of unknown size may be any.
            Some((*n, self.share_of(*n).unwrap_or(Share::UNDISCLOSED).less(sold?)?))
        };
        let rests: Vec<_> = had.iter().filter_map(rest).collect();
        self.cut(&had, event);
        for (before, rest) in rests {
            let derived = Derived { fact: event.origin, rule: Rule::SellerKeepsRest, share: Some(rest) };
            // It may be that nothing is left.
            let begins = event.validity;
            let begins = if rest.low() == Proportion::ZERO { begins.only_possible() } else { begins };
            self.add_as(before, RelationKind::OwnsShareOf, seller, target, begins, derived);
        }
    }

    fn share_of(&self, n: usize) -> Option<Share> {
        match self.relation(n).origin {
            Origin::Fact(fact) => self.facts.share(fact),
            Origin::Derived(derived) => derived.share,
            Origin::Record(_) => None,
        }
    }

    fn succession(&mut self, event: Event) {
        let attributes =
            fact_fields::attributes(self.facts.kind(event.origin), self.facts.fields(event.origin));
        let how = attributes.into_iter().find_map(|(attribute, value)| match (attribute, value) {
            (Attribute::How, AttributeValue::Choice(word)) => Some(word),
            _ => None,
        });
        let successors = self.in_role(event, Role::Successor);
        let whole = matches!(how, Some("Merger" | "Recapitalization")) && successors.len() == 1;
        let passes = event.validity;
        let passes = if whole { passes } else { passes.only_possible() };
        for predecessor in self.in_role(event, Role::Predecessor) {
            for kind in [RelationKind::Holds, RelationKind::OwnsShareOf] {
                for n in self.had(predecessor, kind, None, event) {
                    let (object, share) = (self.relation(n).to, self.share_of(n));
                    if self.counts(event) {
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

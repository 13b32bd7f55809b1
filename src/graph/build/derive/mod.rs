//! What events leave behind: who holds and owns what after a sale, an acquisition, a succession; and what they end.
//!
//! Events are taken in the order of their days. Each may end what its parties held before, stated or left by an earlier
//! event, and leaves relations of its own, each marked with the rule that made it. What one holds of another is a line of
//! states ([`line`]), one after the other, so that many purchases and sales leave as many states, not more.

mod amount;
mod ends;
mod line;
mod succession;

use std::collections::{HashMap, HashSet};

use super::project::TooMany;
use crate::graph::store::claims::ClaimGroups;
use crate::graph::store::cuts::{Cut, Cuts};
use crate::graph::store::entities::Entities;
use crate::graph::store::fact_fields;
use crate::graph::store::facts::{Cast, Facts};
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::{Derived, Origin, Relations};
use crate::graph::store::rule::{EndRule, Rule};
use crate::graph::store::validity::{Days, Validity};
use crate::model::{
    Attribute, AttributeValue, Confidence, EntityKind, FactKind, RelationKind, Role, SourceRecord,
};
use crate::value::Share;
use amount::Held;
use line::Line;

/// What follows from the facts of a graph besides the relations that were added.
pub(crate) struct Derivation {
    pub(crate) cuts: Cuts,
    pub(crate) misfits: Vec<Misfit>,
}

/// A purchase or sale whose figures do not meet what is stated of the stake before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Misfit {
    pub(crate) fact: FactIx,
    pub(crate) holder: EntityIx,
    pub(crate) company: EntityIx,
    /// What was held before.
    pub(crate) before: Share,
    /// What was bought, or sold.
    pub(crate) share: Share,
    pub(crate) is_sale: bool,
}

/// Adds what events leave behind, and tells what they end.
pub(crate) fn derive(
    facts: &Facts,
    entities: &Entities,
    sources: &[SourceRecord],
    claims: &ClaimGroups,
    relations: &mut Relations,
    most: usize,
) -> Result<Derivation, TooMany> {
    let legs = facts.part_of.iter().map(|(leg, whole)| (*whole, facts.kind(*leg)));
    let mut world = World {
        facts,
        entities,
        sources,
        claims,
        relations,
        most,
        in_legs: legs.collect(),
        replaces: replacements(facts),
        wanted: HashMap::new(),
        is_holder: vec![false; entities.len()],
        passing: HashSet::new(),
        merged: HashSet::new(),
        lines: Vec::new(),
        line_of: HashMap::new(),
        lines_of: HashMap::new(),
        around: HashMap::new(),
        taken_over: HashSet::new(),
        single: Vec::new(),
        misfits: Vec::new(),
    };
    let mut events: Vec<Event> = facts.all().filter_map(|fact| world.event(fact)).collect();
    events.sort_by_key(|event| (event.validity.first_day(), event.origin));
    for event in &events {
        world.expect(*event);
    }
    if !events.is_empty() {
        (0..world.relations.len()).for_each(|n| world.index(RelationIx::new(n)));
    }
    for event in events {
        match facts.kind(event.origin) {
            FactKind::Sale => world.sale(event),
            FactKind::Acquisition => world.acquisition(event),
            _ => world.succession(event),
        }
        if world.relations.len() > most {
            return Err(TooMany(Some(event.origin.get())));
        }
    }
    Ok(world.finish())
}

/// Of each fact that replaces others, which.
fn replacements(facts: &Facts) -> HashMap<FactIx, Vec<FactIx>> {
    let mut replaces: HashMap<FactIx, Vec<FactIx>> = HashMap::new();
    for (by, fact) in &facts.replaces {
        replaces.entry(*by).or_default().push(*fact);
    }
    replaces
}

/// An event that leaves something behind.
#[derive(Clone, Copy)]
struct Event {
    origin: FactIx,
    validity: Validity,
    told_by: Option<Days>,
}

/// What one holds of another: a stake, or a patent, brand or unit.
type Pair = (EntityIx, RelationKind, EntityIx);

/// The facts and relations, and what the events so far have made of what is held.
struct World<'f, 'r> {
    facts: &'f Facts,
    entities: &'f Entities,
    sources: &'f [SourceRecord],
    claims: &'f ClaimGroups,
    relations: &'r mut Relations,
    /// How many relations there may be.
    most: usize,
    /// The facts that have legs, with the kinds of these.
    in_legs: HashSet<(FactIx, FactKind)>,
    replaces: HashMap<FactIx, Vec<FactIx>>,
    /// What one holds of another is asked for by so many events.
    wanted: HashMap<Pair, u32>,
    /// Of each entity, whether any event asks for what it holds.
    is_holder: Vec<bool>,
    /// Those all of whose holdings and stakes are asked for: companies with a successor, and these.
    passing: HashSet<EntityIx>,
    /// Whose other relations pass to a successor.
    merged: HashSet<EntityIx>,
    lines: Vec<Line>,
    line_of: HashMap<Pair, usize>,
    lines_of: HashMap<EntityIx, Vec<usize>>,
    /// The relations of those that have a successor which pass to it.
    around: HashMap<EntityIx, Vec<RelationIx>>,
    /// What successors have taken over.
    taken_over: HashSet<(FactIx, RelationKind, EntityIx, EntityIx, [i32; 4])>,
    /// What ends one relation by itself.
    single: Vec<(RelationIx, Cut)>,
    misfits: Vec<Misfit>,
}

impl<'f> World<'f, '_> {
    /// The fact as an event, if it may leave something.
    ///
    /// Wishes, rumours and what was called off leave nothing; of a deal in legs, the legs do.
    fn event(&self, fact: FactIx) -> Option<Event> {
        let kind = self.facts.kind(fact);
        let is_event = match kind {
            FactKind::Sale => self.objects(fact).next().is_some(),
            FactKind::Acquisition | FactKind::Succession => true,
            _ => false,
        };
        let is_moving = is_event && self.moves(fact) && !self.in_legs.contains(&(fact, kind));
        is_moving.then(|| {
            let told_by = self.facts.told_by(fact, self.sources);
            let validity = Validity::of_fact(&self.facts.timing(fact), told_by);
            Event { origin: fact, validity, told_by }
        })
    }

    /// Whether a fact is neither wished for, nor called off, nor a rumour.
    fn moves(&self, fact: FactIx) -> bool {
        self.facts.counts(fact)
            && fact_fields::confidence(self.facts.fields(fact)) != Some(Confidence::Rumoured)
    }

    /// Whose holdings and other relations an event will ask for.
    fn expect(&mut self, event: Event) {
        let kind = self.facts.kind(event.origin);
        let (holds, objects) = match kind {
            FactKind::Sale => (RelationKind::Holds, self.objects(event.origin).collect()),
            _ => (RelationKind::OwnsShareOf, self.in_role(event, Role::Target)),
        };
        for (role, entity) in self.roles(event) {
            match role {
                Role::Seller | Role::Buyer | Role::Acquirer => {
                    for object in &objects {
                        *self.wanted.entry((entity, holds, *object)).or_default() += 1;
                    }
                }
                Role::Successor => {
                    self.passing.insert(entity);
                }
                Role::Predecessor => {
                    self.passing.insert(entity);
                    self.merged.insert(entity);
                }
                _ => continue,
            }
            if let Some(is_holder) = self.is_holder.get_mut(entity.get()) {
                *is_holder = true;
            }
        }
    }

    /// Whether any event asks for what one holds of another.
    fn is_wanted(&self, pair: Pair) -> bool {
        let is_holder = self.is_holder.get(pair.0.get()).is_some_and(|is_holder| *is_holder);
        is_holder && (self.passing.contains(&pair.0) || self.wanted.contains_key(&pair))
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

    fn validity(&self, relation: RelationIx) -> Validity {
        self.facts.validity_of(self.relations, relation, self.sources)
    }

    /// Remembers a relation under whoever an event may ask for it.
    fn index(&mut self, relation: RelationIx) {
        let kind = self.relations.kind(relation);
        if !matches!(kind, RelationKind::Holds | RelationKind::OwnsShareOf) {
            return self.index_around(relation);
        }
        let (from, to) = self.relations.ends(relation);
        let Origin::Fact(fact) = self.relations.origin(relation) else { return };
        if self.is_wanted((from, kind, to)) && self.moves(fact) {
            let stated = self.stated(relation, fact);
            let line = self.line((from, kind, to));
            if let Some(line) = self.lines.get_mut(line) {
                line.stated.push(stated);
            }
        }
    }

    /// The line of what one holds of another, made if there is none yet.
    fn line(&mut self, pair: Pair) -> usize {
        *self.line_of.entry(pair).or_insert_with(|| {
            self.lines.push(Line::new(pair));
            self.lines_of.entry(pair.0).or_default().push(self.lines.len() - 1);
            self.lines.len() - 1
        })
    }

    /// The same; none where nothing is stated of it and just one event asks for it, which needs no line.
    fn line_if_needed(&mut self, pair: Pair) -> Option<usize> {
        let is_single = self.wanted.get(&pair) == Some(&1) && !self.passing.contains(&pair.0);
        if is_single && !self.line_of.contains_key(&pair) { None } else { Some(self.line(pair)) }
    }

    /// Adds a relation, if there is room.
    fn add(&mut self, (from, kind, to): Pair, validity: Validity, derived: Derived) -> Option<RelationIx> {
        // One too many says that there are too many; more would only fill the memory.
        if self.relations.len() > self.most {
            return None;
        }
        let relation = RelationIx::new(self.relations.len());
        self.relations.push_derived(kind, from, to, validity, derived);
        Some(relation)
    }

    /// Whether a fact is the event, or another claim about it.
    fn is_same(&self, fact: FactIx, event: Event) -> bool {
        fact == event.origin || self.claims.of(fact).contains(&event.origin)
    }

    fn sale(&mut self, event: Event) {
        let objects: Vec<EntityIx> = self.objects(event.origin).collect();
        let buyers = self.in_role(event, Role::Buyer);
        // Who of several got which of several is not said.
        let unclear = buyers.len() > 1 && objects.len() > 1;
        let validity = if unclear { event.validity.only_possible() } else { event.validity };
        for object in objects {
            for seller in self.in_role(event, Role::Seller) {
                let pair = (seller, RelationKind::Holds, object);
                let line = self.line_if_needed(pair);
                let held = line.and_then(|line| self.before(line, event, false));
                if held.is_none() && line.is_none_or(|line| self.is_new(line, event)) {
                    let derived = Derived { fact: event.origin, rule: Rule::SellerHeld, share: None };
                    let before = event.validity.before(event.told_by);
                    let piece = self.add(pair, before, derived);
                    line.into_iter().for_each(|line| self.piece(line, piece, event));
                }
                if let Some(line) = line {
                    self.change(line, event, event.validity, None, EndRule::Sold);
                }
            }
            for buyer in &buyers {
                let gain = Gain { rule: Rule::BuyerHolds, held: Held::unknown(), ends: Validity::ALWAYS };
                self.gain((*buyer, RelationKind::Holds, object), gain, Event { validity, ..event });
            }
        }
    }

    fn acquisition(&mut self, event: Event) {
        let acquired = self.facts.share(event.origin);
        let acquirers = self.in_role(event, Role::Acquirer);
        let sellers = self.in_role(event, Role::Seller);
        for target in self.in_role(event, Role::Target) {
            for seller in &sellers {
                // Which of several sold how much is not said.
                let sold = if sellers.len() == 1 { acquired } else { acquired.map(Held::up_to) };
                self.sell_stake(*seller, target, sold, event);
            }
            for acquirer in &acquirers {
                let held = match (acquired, acquirers.len()) {
                    // What each of several acquires is not said.
                    (_, 2..) => Held::unknown(),
                    (None, _) => Held::whole(),
                    (Some(share), _) => Held::of(share),
                };
                let validity =
                    if acquirers.len() > 1 { event.validity.only_possible() } else { event.validity };
                let gain = Gain { rule: Rule::AcquirerOwns, held, ends: Validity::ALWAYS };
                let event = Event { validity, ..event };
                self.gain((*acquirer, RelationKind::OwnsShareOf, target), gain, event);
            }
        }
    }

    /// Ends the seller's stake, or lessens it by a smaller share.
    fn sell_stake(&mut self, seller: EntityIx, target: EntityIx, sold: Option<Share>, event: Event) {
        let pair = (seller, RelationKind::OwnsShareOf, target);
        let Some(line) = self.line_if_needed(pair) else { return };
        let Some(held) = self.before(line, event, false) else { return };
        let rest = sold.and_then(|sold| held.less(sold));
        if let (Some(share), Some(sold)) = (held.share(), sold)
            && sold.low() > share.high()
        {
            let misfit = Misfit {
                fact: event.origin,
                holder: seller,
                company: target,
                before: share,
                share: sold,
                is_sale: true,
            };
            self.misfits.push(misfit);
        }
        let ends = self.lines.get(line).map_or(Validity::ALWAYS, |line| line.ends);
        self.change(line, event, event.validity, rest, EndRule::StakeChanged);
        let Some(rest) = rest else { return };
        // It may be that nothing is left.
        let begins = if rest.may_be_nothing() { event.validity.only_possible() } else { event.validity };
        let derived = Derived { fact: event.origin, rule: Rule::SellerKeepsRest, share: rest.share() };
        let validity = begins.until_end_of(ends);
        let piece = self.add(pair, validity, derived);
        self.piece(line, piece, event);
    }

    /// Gives somebody something, together with what he had of it before.
    fn gain(&mut self, pair: Pair, gain: Gain, event: Event) {
        let is_stake = pair.1 == RelationKind::OwnsShareOf;
        let Some(line) = self.line_if_needed(pair) else {
            let derived = Derived { fact: event.origin, rule: gain.rule, share: gain.held.share() };
            self.add(pair, event.validity.until_end_of(gain.ends), derived);
            return;
        };
        let before = self.before(line, event, true);
        let held = match before {
            Some(before) if is_stake => self.together(before, gain.held, pair, event),
            _ => gain.held,
        };
        let ends = match (before, self.lines.get(line)) {
            (Some(_), Some(line)) => line.ends,
            _ => gain.ends,
        };
        // Who holds a thing and buys it again goes on to hold it.
        if before.is_some() && is_stake {
            self.change(line, event, event.validity, Some(held), EndRule::StakeChanged);
        } else {
            self.begin(line, event, event.validity, held);
        }
        let derived = Derived { fact: event.origin, rule: gain.rule, share: held.share() };
        let piece = self.add(pair, event.validity.until_end_of(ends), derived);
        self.piece(line, piece, event);
        if let Some(line) = self.lines.get_mut(line) {
            line.bought.push(event.origin);
        }
    }

    /// What was held before and what comes to it; told as a misfit if that is surely more than all.
    fn together(&mut self, before: Held, more: Held, (holder, _, company): Pair, event: Event) -> Held {
        let (sum, is_too_much) = before.plus(more);
        if let (true, Some(before), Some(share)) = (is_too_much, before.share(), more.share())
            // Who acquires all of a company acquires what he did not have.
            && self.facts.share(event.origin).is_some()
        {
            let misfit = Misfit { fact: event.origin, holder, company, before, share, is_sale: false };
            self.misfits.push(misfit);
        }
        sum
    }

    /// How one company takes the place of another.
    fn how(&self, event: Event) -> Option<&'static str> {
        let attributes =
            fact_fields::attributes(self.facts.kind(event.origin), self.facts.fields(event.origin));
        attributes.into_iter().find_map(|(attribute, value)| match (attribute, value) {
            (Attribute::How, AttributeValue::Choice(word)) => Some(word),
            _ => None,
        })
    }
}

/// What somebody comes to have.
#[derive(Clone, Copy)]
struct Gain {
    rule: Rule,
    held: Held,
    /// It ends where this does.
    ends: Validity,
}

//! What events leave behind and what they end: who holds and owns what after a sale, an acquisition, a succession.
//!
//! Events are processed in order of their days ([`schedule`]). Each may end what its parties held before, whether stated or left by
//! an earlier event, and leaves relations of its own, each marked with the rule that made it. What one entity holds of
//! another is a line of states ([`line`]), so that many purchases and sales leave as many states and no more.

mod amount;
mod ends;
mod joint;
mod line;
mod order;
mod schedule;
mod stakes;
mod stated;
mod succession;

use std::collections::{HashMap, HashSet};

use super::project::TooMany;
use crate::graph::store::claims::ClaimGroups;
use crate::graph::store::cuts::{Cut, Cuts};
use crate::graph::store::doubts::Doubt;
use crate::graph::store::entities::Entities;
use crate::graph::store::fact_fields;
use crate::graph::store::facts::{Cast, Facts};
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::{Derived, Jointly, Origin, Relations};
use crate::graph::store::rule::{EndRule, Rule};
use crate::graph::store::validity::{Days, Validity};
use crate::model::{Attribute, AttributeValue, EntityKind, FactKind, RelationKind, Role, SourceRecord};
use crate::value::Share;
use amount::{Held, Unsure};
use line::Line;
use schedule::Schedule;
use succession::Same;

/// What follows from the facts of a graph, besides the relations that were added.
pub(crate) struct Derivation {
    pub(crate) cuts: Cuts,
    pub(crate) misfits: Vec<Misfit>,
}

/// A purchase or sale whose figures contradict the stake stated before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Misfit {
    pub(crate) fact: FactIx,
    pub(crate) holder: EntityIx,
    pub(crate) company: EntityIx,
    /// The stake before.
    pub(crate) before: Share,
    /// The share bought or sold.
    pub(crate) share: Share,
    pub(crate) is_sale: bool,
}

/// Adds what events leave behind, and returns what they end.
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
        replaced: facts.replaces.iter().filter(|(by, _)| moves(facts, *by)).map(|(_, fact)| *fact).collect(),
        wanted: HashMap::new(),
        is_holder: vec![false; entities.len()],
        passing: HashSet::new(),
        merged: Vec::new(),
        lines: Vec::new(),
        line_of: HashMap::new(),
        lines_of: HashMap::new(),
        sets: HashMap::new(),
        joint_of: HashMap::new(),
        around: HashMap::new(),
        taken_over: HashSet::new(),
        single: Vec::new(),
        misfits: Vec::new(),
    };
    let events: Vec<Event> = facts.all().filter_map(|fact| world.event(fact)).collect();
    for event in &events {
        world.expect(*event);
    }
    if !events.is_empty() {
        (0..world.relations.len()).for_each(|n| world.index(RelationIx::new(n)));
        world.lines.iter_mut().for_each(|line| line.sort(facts));
    }
    let mut schedule = Schedule::of(&world, events);
    while let Some(same_day) = schedule.next(&world) {
        for event in same_day {
            if schedule.postpones(&mut world, event) {
                continue;
            }
            match facts.kind(event.origin) {
                FactKind::Sale => world.sale(event),
                FactKind::Acquisition => world.acquisition(event),
                _ => world.succession(event),
            }
            if world.relations.len() > most {
                return Err(TooMany(Some(event.origin.get())));
            }
        }
    }
    Ok(world.finish())
}

/// Whether a fact is neither sought, nor called off, nor a rumour.
fn moves(facts: &Facts, fact: FactIx) -> bool {
    facts.counts(fact) && !facts.is_rumour(fact)
}

/// The facts that each fact replaces.
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
    first_published: Option<Days>,
    /// The day on which it is taken: none of what its givers have begins later.
    day: i32,
    /// How often it was moved to a later day.
    moves: u8,
}

impl Event {
    fn new(origin: FactIx, validity: Validity, first_published: Option<Days>) -> Self {
        let (day, _) = validity.start_days().bounds();
        Self { origin, validity, first_published, day, moves: 0 }
    }

    fn last(self) -> i32 {
        self.validity.start_days().bounds().1
    }

    /// Whether it may have happened on several days.
    fn is_vague(self) -> bool {
        self.validity.start_days().bounds().0 < self.last()
    }
}

/// Holder, kind and object of a holding: a stake, or a patent, brand or unit.
type Pair = (EntityIx, RelationKind, EntityIx);

/// A pair with the joint holders. Somebody may hold one part jointly and another alone.
type Holding = (Pair, Option<Jointly>);

/// The facts and relations, and the holdings as the events so far have left them.
struct World<'f, 'r> {
    facts: &'f Facts,
    entities: &'f Entities,
    sources: &'f [SourceRecord],
    claims: &'f ClaimGroups,
    relations: &'r mut Relations,
    /// The limit on the number of relations.
    most: usize,
    /// The facts that have legs, with the kinds of the legs.
    in_legs: HashSet<(FactIx, FactKind)>,
    replaces: HashMap<FactIx, Vec<FactIx>>,
    /// The facts that others replace.
    replaced: HashSet<FactIx>,
    /// How many events ask for each pair.
    wanted: HashMap<Pair, u32>,
    /// For each entity, whether any event asks for what it holds.
    is_holder: Vec<bool>,
    /// Entities all of whose holdings and stakes are asked for: companies with a successor, and the successors.
    passing: HashSet<EntityIx>,
    /// For each entity, whether its other relations pass to a successor; empty if nobody has one.
    merged: Vec<bool>,
    lines: Vec<Line>,
    line_of: HashMap<Holding, usize>,
    lines_of: HashMap<EntityIx, Vec<usize>>,
    /// Sets of joint holders, each sorted by id.
    sets: HashMap<Vec<EntityIx>, Jointly>,
    /// The sets of joint holders that each pair belongs to, or once did.
    joint_of: HashMap<Pair, Vec<Jointly>>,
    /// For each entity with a successor, the relations that pass to it.
    around: HashMap<EntityIx, Vec<RelationIx>>,
    /// What successors have taken over.
    taken_over: HashSet<(FactIx, Pair, [i32; 4], Option<Same>)>,
    /// Cuts of single relations.
    single: Vec<(RelationIx, Cut)>,
    misfits: Vec<Misfit>,
}

impl<'f> World<'f, '_> {
    /// The fact as an event, if it may leave something behind.
    ///
    /// What is sought, rumoured or called off leaves nothing. Of a deal in legs, only the legs count.
    fn event(&self, fact: FactIx) -> Option<Event> {
        let kind = self.facts.kind(fact);
        let is_event = match kind {
            FactKind::Sale => self.objects(fact).next().is_some(),
            FactKind::Acquisition | FactKind::Succession => true,
            _ => false,
        };
        let is_moving = is_event && self.moves(fact) && !self.in_legs.contains(&(fact, kind));
        is_moving.then(|| {
            let first_published = self.facts.first_published(fact, self.sources);
            let validity = Validity::of_fact(&self.facts.timing(fact), first_published);
            Event::new(fact, validity, first_published)
        })
    }

    /// Whether a fact is neither sought, nor called off, nor a rumour.
    fn moves(&self, fact: FactIx) -> bool {
        moves(self.facts, fact)
    }

    /// Whether a view may doubt what a fact states: a rumour, what a source refutes, one of several claims, or what another
    /// fact replaces.
    fn is_open(&self, fact: FactIx) -> bool {
        self.facts.is_refuted(fact)
            || self.facts.is_rumour(fact)
            || self.replaced.contains(&fact)
            || !self.claims.of(fact).is_empty()
    }

    /// Notes whose holdings and other relations an event will ask for.
    fn expect(&mut self, event: Event) {
        let (holds, objects) = self.sold(event);
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
                    self.merged.resize(self.entities.len(), false);
                    if let Some(is_merged) = self.merged.get_mut(entity.get()) {
                        *is_merged = true;
                    }
                }
                _ => continue,
            }
            if let Some(is_holder) = self.is_holder.get_mut(entity.get()) {
                *is_holder = true;
            }
        }
    }

    /// Whether any event asks for this pair.
    fn is_wanted(&self, pair: Pair) -> bool {
        let is_holder = self.is_holder.get(pair.0.get()).is_some_and(|is_holder| *is_holder);
        is_holder && (self.passing.contains(&pair.0) || self.wanted.contains_key(&pair))
    }

    fn roles(&self, event: Event) -> Cast<'f> {
        // The relations do not yet show the roles of a fact.
        self.facts.listed_roles(event.origin)
    }

    fn in_role(&self, event: Event, role: Role) -> Vec<EntityIx> {
        self.roles(event).in_role(role).collect()
    }

    /// The objects of a sale that can be held: patents, brands, units.
    fn objects(&self, sale: FactIx) -> impl Iterator<Item = EntityIx> + use<'f> {
        let kept =
            |kind: EntityKind| matches!(kind, EntityKind::Patent | EntityKind::Brand | EntityKind::Unit);
        let entities = self.entities;
        self.facts.listed_roles(sale).in_role(Role::Of).filter(move |object| kept(entities.kind(*object)))
    }

    fn validity(&self, relation: RelationIx) -> Validity {
        self.facts.validity_of(self.relations, relation, self.sources)
    }

    /// Indexes a relation under the entities for which an event may ask.
    fn index(&mut self, relation: RelationIx) {
        let kind = self.relations.kind(relation);
        if !matches!(kind, RelationKind::Holds | RelationKind::OwnsShareOf) {
            return self.index_around(relation);
        }
        let (from, to) = self.relations.ends(relation);
        let Origin::Fact(fact) = self.relations.origin(relation) else { return };
        let jointly = self.stated_jointly(relation, fact);
        let is_wanted = match jointly {
            Some(jointly) => {
                self.relations.joint(jointly).iter().any(|holder| self.is_wanted((*holder, kind, to)))
            }
            None => self.is_wanted((from, kind, to)),
        };
        if is_wanted && self.facts.counts(fact) {
            let stated = self.stated(relation, fact);
            let line = self.line(((from, kind, to), jointly));
            if let Some(line) = self.lines.get_mut(line) {
                line.stated.push(stated);
            }
        }
    }

    /// The line of a holding, created if there is none yet.
    fn line(&mut self, holding: Holding) -> usize {
        *self.line_of.entry(holding).or_insert_with(|| {
            let (pair, jointly) = holding;
            self.lines.push(Line::new(holding));
            self.lines_of.entry(pair.0).or_default().push(self.lines.len() - 1);
            if let Some(jointly) = jointly {
                self.joint_of.entry(pair).or_default().push(jointly);
            }
            self.lines.len() - 1
        })
    }

    /// The line of a holding; `None` where nothing is stated and only one event asks, which needs no line.
    fn line_if_needed(&mut self, holding: Holding) -> Option<usize> {
        let (pair, jointly) = holding;
        let is_single = self.wanted.get(&pair) == Some(&1) && !self.passing.contains(&pair.0);
        let is_needed = !is_single || jointly.is_some() || self.line_of.contains_key(&holding);
        is_needed.then(|| self.line(holding))
    }

    /// Adds a relation, if there is room.
    fn add(&mut self, (from, kind, to): Pair, validity: Validity, derived: Derived) -> Option<RelationIx> {
        // One too many is enough to report the excess. More would only fill the memory.
        if self.relations.len() > self.most {
            return None;
        }
        let relation = RelationIx::new(self.relations.len());
        self.relations.push_derived(kind, from, to, validity, derived);
        Some(relation)
    }

    /// Whether a fact is the event itself, or another claim about it.
    fn is_same(&self, fact: FactIx, event: Event) -> bool {
        fact == event.origin || self.claims.of(fact).contains(&event.origin)
    }

    fn sale(&mut self, event: Event) {
        let event = self.narrowed(event);
        let objects: Vec<EntityIx> = self.objects(event.origin).collect();
        let buyers = self.in_role(event, Role::Buyer);
        // With several buyers and several objects, who got which is not stated.
        let unclear = buyers.len() > 1 && objects.len() > 1;
        let validity = if unclear { event.validity.only_possible() } else { event.validity };
        for object in objects {
            for seller in self.in_role(event, Role::Seller) {
                let pair = (seller, RelationKind::Holds, object);
                let line = self.line_if_needed((pair, None));
                let held = line.and_then(|line| self.before(line, event, false));
                if held.is_none() && line.is_none_or(|line| self.is_new(line, event)) {
                    let derived = Derived {
                        fact: event.origin,
                        rule: Rule::SellerHeld,
                        share: None,
                        jointly: None,
                        doubt: None,
                        settled: None,
                    };
                    let before = event.validity.before(event.first_published);
                    let piece = self.add(pair, before, derived);
                    line.into_iter().for_each(|line| self.piece(line, piece, event));
                }
                if let Some(line) = line {
                    self.change(line, event, event.validity, None, EndRule::Sold);
                }
            }
            for buyer in &buyers {
                let gain = Gain { rule: Rule::BuyerHolds, held: Held::unknown(), ends: Validity::ALWAYS };
                let holding = ((*buyer, RelationKind::Holds, object), None);
                self.gain(holding, gain, Event { validity, ..event });
            }
        }
    }

    /// What an event leaves, with the doubt of what it rests on.
    fn left(&mut self, rule: Rule, held: Held, jointly: Option<Jointly>, event: Event) -> Derived {
        let doubt = held.unsure().map(|unsure| {
            let Unsure { ground, share, is_kept } = unsure;
            self.relations.doubts.push(Doubt { ground, share, is_kept })
        });
        let settled = held.settled().map(|settled| self.relations.settled.push(settled));
        Derived { fact: event.origin, rule, share: held.share(), jointly, doubt, settled }
    }

    /// Adds to what somebody holds, together with what it held before.
    fn gain(&mut self, holding: Holding, gain: Gain, event: Event) {
        let (pair, jointly) = holding;
        let is_stake = pair.1 == RelationKind::OwnsShareOf;
        let Some(line) = self.line_if_needed(holding) else {
            let derived = self.left(gain.rule, gain.held, jointly, event);
            self.add(pair, event.validity.until_end_of(gain.ends), derived);
            return;
        };
        let before = self.before(line, event, true);
        // What may have ended before comes on top only if it had not.
        let has_ended =
            before.is_some() && self.lines.get_mut(line).is_some_and(|line| line.may_have_ended_by(event));
        let before = if has_ended { before.map(Held::or_nothing) } else { before };
        let held = match before {
            Some(before) if is_stake => self.together(before, gain.held, pair, event),
            _ => gain.held,
        };
        let ends = match (before, self.lines.get(line)) {
            (Some(_), Some(line)) => line.ends,
            _ => gain.ends,
        };
        // Who buys again what it already holds goes on holding it.
        if before.is_some() && is_stake {
            self.change(line, event, event.validity, Some(held), EndRule::StakeChanged);
        } else {
            self.begin(line, event, event.validity, held);
        }
        let derived = self.left(gain.rule, held, jointly, event);
        let piece = self.add(pair, event.validity.until_end_of(ends), derived);
        self.piece(line, piece, event);
        if let Some(line) = self.lines.get_mut(line) {
            line.bought.push(event.origin);
        }
    }

    /// The sum of what was held and what was gained. Records a misfit if that certainly exceeds the whole.
    fn together(&mut self, before: Held, more: Held, (holder, _, company): Pair, event: Event) -> Held {
        let (sum, is_too_much) = before.plus(more, &mut self.relations.doubts);
        if let (true, Some(before), Some(share)) = (is_too_much, before.share(), more.share())
            // Who acquires all of a company acquires what it did not have.
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

/// What somebody gains.
#[derive(Clone, Copy)]
struct Gain {
    rule: Rule,
    held: Held,
    /// The gain ends where this validity does.
    ends: Validity,
}

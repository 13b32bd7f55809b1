//! What passes from a company to its successor.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::joint::Taken;
use super::{Cut, Event, Gain, Holding, World};
use crate::graph::store::doubts::{Doubt, Doubts, Ground, GroundIx};
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::{Derived, Origin};
use crate::graph::store::rule::{EndRule, Rule};
use crate::graph::store::validity::Validity;
use crate::model::vocabulary::{Family, Projection};
use crate::model::{RelationKind, Role};

/// How much passes from one company to another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Passing {
    /// Everything, for certain: a merger, a recapitalization.
    All,
    /// Each thing possibly: the company was split among its successors.
    Each,
    /// Holdings and stakes possibly, but agreements stay: a part was spun off, or the manner is not stated.
    Holdings,
}

/// What passes on with a doubt. Claims about the same thing pass on as one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Same {
    /// The first of several claims, or the only one.
    Fact(FactIx),
    Relation(RelationIx),
}

/// What passes to the successors of one event. Several predecessors may have held the same thing, or one of them both
/// alone and jointly: a successor receives it as a single gain.
#[derive(Default)]
pub(crate) struct Passed {
    gains: Vec<(Holding, Gain, Validity)>,
    gain_of: HashMap<Holding, usize>,
}

impl Passed {
    pub(crate) fn add(&mut self, holding: Holding, gain: Gain, validity: Validity, doubts: &mut Doubts) {
        let known = self.gain_of.get(&holding).and_then(|known| self.gains.get_mut(*known));
        let Some((_, sum, when)) = known else {
            self.gain_of.insert(holding, self.gains.len());
            self.gains.push((holding, gain, validity));
            return;
        };
        let longer = match gain.ends.end_days().bounds().cmp(&sum.ends.end_days().bounds()) {
            Ordering::Less => Some(*sum),
            Ordering::Equal => None,
            Ordering::Greater => Some(gain),
        };
        if holding.0.1 == RelationKind::OwnsShareOf {
            let both = sum.held.plus(gain.held, doubts).0;
            // Once one of them ends, the other remains.
            sum.held = longer.map_or(both, |longer| both.or(longer.held, doubts));
        }
        sum.ends = longer.map_or(sum.ends, |longer| longer.ends);
        // If one part certainly passes, it is certain that something does.
        if validity.is_going_on() {
            *when = validity;
        }
    }
}

impl World<'_, '_> {
    pub(crate) fn succession(&mut self, event: Event) {
        let successors = self.in_role(event, Role::Successor);
        let passing = match (self.how(event), successors.len()) {
            (Some("Merger" | "Recapitalization"), 1) => Passing::All,
            (Some("Merger" | "Recapitalization" | "Split"), _) => Passing::Each,
            _ => Passing::Holdings,
        };
        let all = passing == Passing::All;
        let passes = if all { event.validity } else { event.validity.only_possible() };
        let event = Event { validity: passes, ..event };
        let mut taken = Taken::new();
        let mut passed = Passed::default();
        // A sole successor that is also the predecessor keeps what it has.
        let goes_on = |predecessor: &EntityIx| successors == [*predecessor];
        for predecessor in self.in_role(event, Role::Predecessor).into_iter().filter(|one| !goes_on(one)) {
            let lines = self.lines_of.get(&predecessor).cloned().unwrap_or_default();
            for line in lines {
                match self.lines.get(line).map(|line| line.holding) {
                    Some((pair, Some(jointly))) => {
                        let joint = (pair, jointly);
                        self.pass_on_jointly(joint, &successors, event, &mut taken, &mut passed);
                    }
                    _ => self.pass_on(line, &successors, event, &mut passed),
                }
            }
            if passing != Passing::Holdings {
                self.pass_on_relations(predecessor, &successors, event);
            }
        }
        for (holding, gain, validity) in passed.gains {
            self.gain(holding, gain, Event { validity, ..event });
        }
    }

    /// Passes what is held to the successors.
    fn pass_on(&mut self, line: usize, successors: &[EntityIx], event: Event, passed: &mut Passed) {
        let Some(held) = self.before(line, event, false) else { return };
        let validity = self.lines.get(line).map_or(event.validity, |line| line.narrowed(event));
        let event = Event { validity, ..event };
        let is_begun = self.lines.get(line).is_some_and(|line| line.surely_begins_in(event));
        self.change(line, event, event.validity, None, EndRule::PassedOn);
        let Some(((holder, kind, object), ends)) =
            self.lines.get(line).map(|line| (line.holding.0, line.ends))
        else {
            return;
        };
        let gain = Gain { rule: Rule::SuccessorTakesOver, held, ends };
        let passes = if is_begun { event.validity } else { event.validity.only_possible() };
        // Nobody owns a share of itself, or takes over what it already has.
        for successor in successors.iter().filter(|successor| ![object, holder].contains(successor)) {
            let holding = ((*successor, kind, object), None);
            passed.add(holding, gain, passes, &mut self.relations.doubts);
        }
    }

    /// Indexes a relation that passes on with one of its ends.
    pub(crate) fn index_around(&mut self, relation: RelationIx) {
        let (kind, (from, to)) = (self.relations.kind(relation), self.relations.ends(relation));
        if self.merged.is_empty() || !passes_on(kind) {
            return;
        }
        let origin = self.relations.origin(relation);
        let lasts = || match origin {
            Origin::Fact(fact) => !self.facts.kind(fact).row().event && self.facts.counts(fact),
            Origin::Derived(_) => true,
            Origin::Record(_) => false,
        };
        let ends = [from, to].map(|end| self.is_merged(end).then_some(end));
        // The license of a patent passes on with the licensor, which is at neither end of the relation.
        let parties = match origin {
            Origin::Fact(fact) if self.principal(fact) != Some(kind) => self.merged_parties(fact, [from, to]),
            _ => BTreeSet::new(),
        };
        if (ends == [None, None] && parties.is_empty()) || !lasts() {
            return;
        }
        for end in ends.into_iter().flatten().chain(parties) {
            self.around.entry(end).or_default().push(relation);
        }
    }

    fn is_merged(&self, entity: EntityIx) -> bool {
        self.merged.get(entity.get()).is_some_and(|is_merged| *is_merged)
    }

    /// The kind of the first relation that a fact projects.
    fn principal(&self, fact: FactIx) -> Option<RelationKind> {
        self.facts.kind(fact).row().projections.first().map(Projection::kind)
    }

    /// The merged parties of a fact, other than these two.
    fn merged_parties(&self, fact: FactIx, ends: [EntityIx; 2]) -> BTreeSet<EntityIx> {
        let parties = self.facts.roles(fact, self.relations).map(|(_, party)| party);
        parties.filter(|party| !ends.contains(party) && self.is_merged(*party)).collect()
    }

    /// Passes agreements with others to the successors.
    fn pass_on_relations(&mut self, predecessor: EntityIx, successors: &[EntityIx], event: Event) {
        for relation in self.around.get(&predecessor).cloned().unwrap_or_default() {
            let (kind, (from, to)) = (self.relations.kind(relation), self.relations.ends(relation));
            let validity = self.validity(relation);
            if !validity.may_begin_before(event.validity) || validity.ends_before(event.validity) {
                continue;
            }
            // It had not passed on before it began.
            let (since, _) = validity.start_days().bounds();
            let event = Event { validity: event.validity.not_before(since), ..event };
            let cut = Cut { fact: event.origin, by: event.validity, rule: EndRule::PassedOn };
            self.single.push((relation, cut));
            let unsure = self.unsure(relation);
            for successor in successors.iter().filter(|successor| **successor != predecessor) {
                let put = |end| if end == predecessor { *successor } else { end };
                self.take_over(kind, (put(from), put(to)), validity, unsure, event);
            }
        }
    }

    /// What a relation that passes on rests on, where a view may doubt it, and what tells this doubt from others.
    fn unsure(&mut self, relation: RelationIx) -> Option<(GroundIx, Same)> {
        let (fact, below, same) = match self.relations.origin(relation) {
            Origin::Fact(fact) => {
                let first = self.claims.of(fact).first().copied().unwrap_or(fact);
                (fact, None, Same::Fact(first))
            }
            Origin::Derived(derived) => (derived.fact, derived.doubt, Same::Relation(relation)),
            Origin::Record(_) => return None,
        };
        let is_open = self.is_open(fact);
        let doubts = &mut self.relations.doubts;
        let below = below.and_then(|below| doubts.get(below)).map(|below| below.ground);
        let own = is_open.then(|| doubts.ground(Ground::Relation(relation)));
        doubts.both(own, below).map(|ground| (ground, same))
    }

    fn take_over(
        &mut self,
        kind: RelationKind,
        (from, to): (EntityIx, EntityIx),
        ends: Validity,
        unsure: Option<(GroundIx, Same)>,
        event: Event,
    ) {
        if from == to {
            return;
        }
        // What may begin only later, or never, may not have passed on.
        let is_begun = ends.surely_begins_in(event.validity);
        let begins = if is_begun { event.validity } else { event.validity.only_possible() };
        let validity = begins.until_end_of(ends);
        // Several predecessors may have had the same relation, and several facts may state it, from either end.
        let (one, other) = if kind.is_symmetric() && to < from { (to, from) } else { (from, to) };
        let same = unsure.map(|(_, same)| same);
        if !self.taken_over.insert((event.origin, (one, kind, other), validity.parts(), same)) {
            return;
        }
        let doubts = &mut self.relations.doubts;
        let doubt = unsure.map(|(ground, _)| doubts.push(Doubt { ground, share: None, is_kept: false }));
        let rule = Rule::SuccessorTakesOver;
        let derived = Derived { fact: event.origin, rule, share: None, jointly: None, doubt, settled: None };
        if let Some(relation) = self.add((from, kind, to), validity, derived) {
            self.index_around(relation);
        }
    }
}

/// Whether a successor enters a relation of this kind: agreements, trade, licenses. Positions and rivalry do not pass
/// on; stakes and holdings have rules of their own.
fn passes_on(kind: RelationKind) -> bool {
    matches!(kind.row().family, Family::Alliance | Family::Trade | Family::Rights)
        && !matches!(kind, RelationKind::Holds | RelationKind::Covers)
}

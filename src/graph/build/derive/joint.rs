//! Stakes held jointly by several: each holder has a line of states, and these lines change together.

use std::collections::HashSet;

use super::succession::Passed;
use super::{Event, Gain, Pair, World};
use crate::graph::store::index::{EntityIx, FactIx, RelationIx};
use crate::graph::store::relations::Jointly;
use crate::graph::store::rule::{EndRule, Rule};
use crate::model::{RelationKind, Role};

/// The joint holdings that a succession has already handled.
pub(crate) type Taken = HashSet<(EntityIx, Jointly)>;

impl World<'_, '_> {
    /// The joint holders that a fact states; `None` if there is one holder.
    pub(crate) fn stated_jointly(&mut self, relation: RelationIx, fact: FactIx) -> Option<Jointly> {
        let is_stake = self.relations.kind(relation) == RelationKind::OwnsShareOf;
        if !is_stake || !self.relations.is_one_of_several(relation) {
            return None;
        }
        self.jointly(self.facts.listed_roles(fact).in_role(Role::Owner).collect())
    }

    /// The number of a set of joint holders; `None` for a single holder.
    fn jointly(&mut self, mut holders: Vec<EntityIx>) -> Option<Jointly> {
        holders.sort_unstable();
        holders.dedup();
        if holders.len() < 2 {
            return None;
        }
        let next = |holders: &Vec<EntityIx>| self.relations.push_joint(holders.clone());
        Some(*self.sets.entry(holders).or_insert_with_key(next))
    }

    /// The joint holdings of a company whose holders are all among `some`, and those where only a part of them is.
    pub(crate) fn joint_among(&self, some: &[EntityIx], company: EntityIx) -> (Vec<Jointly>, Vec<Jointly>) {
        let held = |one: &EntityIx| self.joint_of.get(&(*one, RelationKind::OwnsShareOf, company));
        let mut sets: Vec<Jointly> = some.iter().filter_map(held).flatten().copied().collect();
        sets.sort_unstable();
        sets.dedup();
        let among: HashSet<EntityIx> = some.iter().copied().collect();
        let is_whole =
            |jointly: &Jointly| self.relations.joint(*jointly).iter().all(|one| among.contains(one));
        sets.into_iter().partition(is_whole)
    }

    /// Whether something is held jointly just before an event.
    pub(crate) fn is_held_jointly(&mut self, jointly: Jointly, company: EntityIx, event: Event) -> bool {
        let first = self.relations.joint(jointly).first().copied();
        first.is_some_and(|holder| {
            let line = self.line(((holder, RelationKind::OwnsShareOf, company), Some(jointly)));
            self.before(line, event, false).is_some()
        })
    }

    /// Some of the joint holders sold. How much remains, and with whom, is unknown, but it is no more than before.
    pub(crate) fn loosen(&mut self, jointly: Jointly, company: EntityIx, event: Event) {
        for holder in self.relations.joint(jointly).to_vec() {
            let holding = ((holder, RelationKind::OwnsShareOf, company), Some(jointly));
            let line = self.line(holding);
            let Some(held) = self.before(line, event, false) else { return };
            // If anything may already remain, another sale adds nothing.
            if self.lines.get(line).is_some_and(|line| line.is_loose) {
                continue;
            }
            self.leave_rest(holding, line, Some(held.or_nothing()), event);
            if let Some(line) = self.lines.get_mut(line) {
                line.is_loose = true;
            }
        }
    }

    /// Passes a joint holding on to a holder's successors: each of them joins the other holders in its place.
    pub(crate) fn pass_on_jointly(
        &mut self,
        ((_, kind, company), jointly): (Pair, Jointly),
        successors: &[EntityIx],
        event: Event,
        taken: &mut Taken,
        passed: &mut Passed,
    ) {
        if !taken.insert((company, jointly)) {
            return;
        }
        let holders = self.relations.joint(jointly).to_vec();
        let predecessors = self.in_role(event, Role::Predecessor);
        let stay: Vec<EntityIx> =
            holders.iter().copied().filter(|holder| !predecessors.contains(holder)).collect();
        let next = |successor: &EntityIx| {
            let mut next = stay.clone();
            // Nobody owns a share of itself.
            next.extend(Some(*successor).filter(|successor| *successor != company));
            next.sort_unstable();
            next.dedup();
            (next, *successor == company)
        };
        let mut nexts: Vec<(Vec<EntityIx>, bool)> = successors.iter().map(next).collect();
        nexts.retain(|(next, _)| *next != holders);
        if nexts.is_empty() {
            return;
        }
        let (mut before, mut is_begun) = (None, true);
        let mut event = event;
        for holder in &holders {
            let line = self.line(((*holder, kind, company), Some(jointly)));
            let Some(held) = self.before(line, event, false) else { return };
            let validity = self.lines.get(line).map_or(event.validity, |line| line.narrowed(event));
            event = Event { validity, ..event };
            is_begun &= self.lines.get(line).is_some_and(|line| line.surely_begins_in(event));
            before = self.lines.get(line).map(|line| (held, line.ends));
            self.change(line, event, event.validity, None, EndRule::PassedOn);
        }
        let Some((held, ends)) = before else { return };
        for (next, is_lost) in nexts {
            // How much the others keep if the company takes over part of its own shares is not stated.
            let (held, validity) = if is_lost {
                (held.or_nothing(), event.validity.only_possible())
            } else {
                (held, if is_begun { event.validity } else { event.validity.only_possible() })
            };
            let gain = Gain { rule: Rule::SuccessorTakesOver, held, ends };
            let jointly = self.jointly(next.clone());
            for holder in next {
                let holding = ((holder, kind, company), jointly);
                passed.add(holding, gain, validity, &mut self.relations.doubts);
            }
        }
    }
}

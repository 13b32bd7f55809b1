//! The order in which events of one day are taken: whoever passes a thing on has received it before.
//!
//! Between events that do not depend on each other, or on each other in a circle, what they say decides. The order of
//! facts in a file never does.

use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};

use super::{Event, Pair, World};
use crate::graph::store::facts::Facts;
use crate::graph::store::index::{EntityIx, FactIx};
use crate::model::{FactKind, Role};

/// What one event does that another waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Step {
    /// Somebody receives a thing.
    Receives(EntityIx, EntityIx),
    /// Somebody receives anything.
    ReceivesAny(EntityIx),
    /// Somebody takes the place of another, and receives all that it has.
    Succeeds(EntityIx),
    /// Somebody passes anything on.
    Gives(EntityIx),
    /// An event that another replaces.
    Happens(FactIx),
}

/// The steps that an event waits for, and those that it takes.
#[derive(Default)]
struct Needs {
    waits_for: Vec<Step>,
    takes: Vec<Step>,
}

impl World<'_, '_> {
    /// The events of one day, in the order in which they depend on each other.
    pub(super) fn in_order(&self, same_day: Vec<Event>) -> Vec<Event> {
        if same_day.len() < 2 {
            return same_day;
        }
        // What touches nothing that others touch may come in any order.
        let (mut shared, alone): (Vec<Event>, Vec<Event>) =
            same_day.into_iter().partition(|event| self.is_shared(*event));
        shared.sort_by(|one, other| by_content(self.facts, one.origin, other.origin));
        let order = ordered(&shared.iter().map(|event| self.needs(*event)).collect::<Vec<_>>());
        order.iter().filter_map(|n| shared.get(*n).copied()).chain(alone).collect()
    }

    /// Whether another event, or a statement, may touch what an event touches.
    fn is_shared(&self, event: Event) -> bool {
        let is_shared = |pair: &Pair| {
            self.passing.contains(&pair.0) || self.wanted.get(pair).is_some_and(|events| *events > 1)
        };
        self.facts.kind(event.origin) == FactKind::Succession
            || self.given(event).iter().chain(&self.received(event)).any(is_shared)
    }

    fn needs(&self, event: Event) -> Needs {
        let mut needs = Needs::default();
        if self.facts.kind(event.origin) == FactKind::Succession {
            for predecessor in self.in_role(event, Role::Predecessor) {
                needs.waits_for.extend([Step::ReceivesAny(predecessor), Step::Gives(predecessor)]);
            }
            for successor in self.in_role(event, Role::Successor) {
                needs.takes.extend([Step::Succeeds(successor), Step::ReceivesAny(successor)]);
            }
        } else {
            let (objects, receiver): (Vec<EntityIx>, Role) = match self.facts.kind(event.origin) {
                FactKind::Sale => (self.objects(event.origin).collect(), Role::Buyer),
                _ => (self.in_role(event, Role::Target), Role::Acquirer),
            };
            for giver in self.in_role(event, Role::Seller) {
                needs.waits_for.extend(objects.iter().map(|object| Step::Receives(giver, *object)));
                needs.waits_for.push(Step::Succeeds(giver));
                needs.takes.push(Step::Gives(giver));
            }
            for receiver in self.in_role(event, receiver) {
                needs.takes.extend(objects.iter().map(|object| Step::Receives(receiver, *object)));
                needs.takes.push(Step::ReceivesAny(receiver));
            }
        }
        // What is amended comes before its amendment.
        needs
            .takes
            .extend(Some(Step::Happens(event.origin)).filter(|_| self.replaced.contains(&event.origin)));
        let replaced = self.replaces.get(&event.origin).into_iter().flatten();
        needs.waits_for.extend(replaced.map(|fact| Step::Happens(*fact)));
        // Nothing waits for itself: a company that is its own successor, a seller that buys back.
        let Needs { waits_for, takes } = &mut needs;
        waits_for.retain(|step| !takes.contains(step));
        needs
    }
}

/// The order of two facts by what they say, ids first.
pub(super) fn by_content(facts: &Facts, one: FactIx, other: FactIx) -> Ordering {
    let id = |fact| {
        let id = facts.stated_id(fact);
        (id.is_none(), id)
    };
    let roles = |fact| facts.listed_roles(fact);
    let record = |fact| format!("{:?}", facts.bare_record(fact));
    id(one)
        .cmp(&id(other))
        .then_with(|| facts.kind(one).cmp(&facts.kind(other)))
        .then_with(|| roles(one).cmp(roles(other)))
        .then_with(|| record(one).cmp(&record(other)))
        .then(one.cmp(&other))
}

/// The positions of the events, each behind those that it waits for, the first given first. Of a circle, the first given is
/// taken without waiting (Kahn's algorithm, with steps between the events, so that there are no more edges than steps).
fn ordered(events: &[Needs]) -> Vec<usize> {
    let mut steps: HashMap<Step, (usize, Vec<usize>)> = HashMap::new();
    for needs in events {
        for step in &needs.takes {
            steps.entry(*step).or_default().0 += 1;
        }
    }
    let mut waiting = vec![0_usize; events.len()];
    for (n, (needs, waits)) in events.iter().zip(&mut waiting).enumerate() {
        for step in &needs.waits_for {
            if let Some((_, waiters)) = steps.get_mut(step) {
                waiters.push(n);
                *waits += 1;
            }
        }
    }
    let is_ready = |(n, waits): (usize, &usize)| (*waits == 0).then_some(Reverse(n));
    let mut ready: BinaryHeap<Reverse<usize>> = waiting.iter().enumerate().filter_map(is_ready).collect();
    let (mut is_done, mut order, mut first) = (vec![false; events.len()], Vec::new(), 0);
    while order.len() < events.len() {
        let next = ready.pop().map(|Reverse(n)| n).or_else(|| {
            first += is_done.iter().skip(first).take_while(|is_done| **is_done).count();
            Some(first)
        });
        let Some(n) = next else { break };
        let Some(is_done) = is_done.get_mut(n).filter(|is_done| !**is_done) else { continue };
        *is_done = true;
        order.push(n);
        for step in events.get(n).map_or(&[][..], |needs| &needs.takes) {
            let Some((left, waiters)) = steps.get_mut(step) else { continue };
            *left = left.saturating_sub(1);
            for waiter in if *left == 0 { std::mem::take(waiters) } else { Vec::new() } {
                if let Some(waits) = waiting.get_mut(waiter) {
                    *waits = waits.saturating_sub(1);
                    if *waits == 0 {
                        ready.push(Reverse(waiter));
                    }
                }
            }
        }
    }
    order
}

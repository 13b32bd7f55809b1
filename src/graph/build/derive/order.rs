//! The order in which events of one day are taken: whoever passes a thing on has received it before.
//!
//! The order of facts in a file decides only between events that do not depend on each other, or on each other in a
//! circle.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::{Event, World};
use crate::graph::store::index::EntityIx;
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
}

/// The steps that an event waits for, and those that it takes.
#[derive(Default)]
struct Needs {
    waits_for: Vec<Step>,
    takes: Vec<Step>,
}

impl World<'_, '_> {
    /// Puts the events of each day, which are sorted by day, in the order in which they depend on each other.
    pub(super) fn put_in_order(&self, events: &mut [Event]) {
        for same_day in
            events.chunk_by_mut(|one, other| one.validity.first_day() == other.validity.first_day())
        {
            if same_day.len() > 1 {
                let order = ordered(&same_day.iter().map(|event| self.needs(*event)).collect::<Vec<_>>());
                let sorted: Vec<Event> = order.iter().filter_map(|n| same_day.get(*n).copied()).collect();
                same_day.iter_mut().zip(sorted).for_each(|(place, event)| *place = event);
            }
        }
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
        // Nothing waits for itself: a company that is its own successor, a seller that buys back.
        let Needs { waits_for, takes } = &mut needs;
        waits_for.retain(|step| !takes.contains(step));
        needs
    }
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

//! On which day each event is taken: the first of its date or, if that is vague, the one on which who passes something on
//! has received it.
//!
//! A sale of 2015 by someone who bought in March was after that purchase, and a company that bought in March merged
//! later in that year.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;

use super::{Event, Pair, World};
use crate::graph::store::index::EntityIx;
use crate::graph::store::validity::Days;
use crate::model::{FactKind, RelationKind, Role};
use crate::value::Proportion;

/// Events by the day on which they are to be taken, and what some of them wait for.
pub(super) struct Schedule {
    queue: BTreeMap<i32, Vec<Event>>,
    /// When sellers of vague dates receive what they sell.
    receives: Waited<Pair>,
    /// When such sellers succeed others.
    succeeds: Waited<EntityIx>,
    /// When the predecessors of successions of vague dates buy, sell, or succeed others.
    acts: Waited<EntityIx>,
}

/// How many events take place on each day.
struct Waited<K>(HashMap<K, BTreeMap<i32, usize>>);

/// Move an event at most so many times: what is bought and sold on each of many days gives no better answer.
const MOST_MOVES: u8 = 32;

impl Schedule {
    pub(super) fn of(world: &World<'_, '_>, events: Vec<Event>) -> Self {
        let (mut sold, mut sellers, mut predecessors) = (HashSet::new(), HashSet::new(), HashSet::new());
        for event in events.iter().filter(|event| event.is_vague()) {
            if world.facts.kind(event.origin) == FactKind::Succession {
                predecessors.extend(world.predecessors(*event));
                continue;
            }
            for pair in world.given(*event) {
                if world.passing.contains(&pair.0) {
                    sellers.insert(pair.0);
                }
                if world.wanted.get(&pair).is_some_and(|events| *events > 1) {
                    sold.insert(pair);
                }
            }
        }
        let mut schedule = Self {
            queue: BTreeMap::new(),
            receives: Waited::of(sold),
            succeeds: Waited::of(sellers),
            acts: Waited::of(predecessors),
        };
        for event in events {
            schedule.push(world, event);
        }
        schedule
    }

    fn push(&mut self, world: &World<'_, '_>, event: Event) {
        self.note(world, event, |days, day| *days.entry(day).or_default() += 1);
        self.queue.entry(event.day).or_default().push(event);
    }

    /// Notes what an event does where others wait for it.
    fn note(&mut self, world: &World<'_, '_>, event: Event, note: impl Fn(&mut BTreeMap<i32, usize>, i32)) {
        let is_waited_for =
            !self.receives.0.is_empty() || !self.succeeds.0.is_empty() || !self.acts.0.is_empty();
        if !is_waited_for {
            return;
        }
        let mut acts = |entity: EntityIx| {
            self.acts.0.get_mut(&entity).into_iter().for_each(|days| note(days, event.day));
        };
        if world.facts.kind(event.origin) == FactKind::Succession {
            for successor in world.in_role(event, Role::Successor) {
                acts(successor);
                self.succeeds.0.get_mut(&successor).into_iter().for_each(|days| note(days, event.day));
            }
            return;
        }
        world.in_role(event, Role::Seller).into_iter().for_each(&mut acts);
        for (receiver, kind, object) in world.received(event) {
            acts(receiver);
            let pair = (receiver, kind, object);
            self.receives.0.get_mut(&pair).into_iter().for_each(|days| note(days, event.day));
        }
    }

    /// The events of the next day, in the order in which to take them.
    pub(super) fn next(&mut self, world: &World<'_, '_>) -> Option<Vec<Event>> {
        self.queue.pop_first().map(|(_, events)| world.in_order(events))
    }

    /// Whether an event has to be taken later.
    pub(super) fn postpones(&mut self, world: &mut World<'_, '_>, event: Event) -> bool {
        let is_movable = event.is_vague() && event.moves < MOST_MOVES;
        let Some(day) = is_movable.then(|| self.later(world, event)).flatten() else { return false };
        self.note(world, event, |days, day| {
            if let Some(count) = days.get_mut(&day) {
                *count = count.saturating_sub(1);
            }
        });
        self.push(world, Event { day, moves: event.moves.saturating_add(1), ..event });
        true
    }

    fn later(&self, world: &mut World<'_, '_>, event: Event) -> Option<i32> {
        if world.facts.kind(event.origin) == FactKind::Succession {
            let predecessors = world.predecessors(event);
            let last = |one: EntityIx| self.acts.last(one, event).max(world.last_stated(one, event));
            return predecessors.into_iter().filter_map(last).max();
        }
        let given = world.given(event);
        let first = |pair: Pair| match world.has(pair, event) {
            true => world.last_going_on(pair, event),
            false => {
                let days = [self.receives.first(pair, event), self.succeeds.first(pair.0, event)];
                days.into_iter().chain([world.first_stated(pair, event)]).flatten().min()
            }
        };
        given.into_iter().filter_map(first).max()
    }
}

impl<K: Copy + Eq + Hash> Waited<K> {
    fn of(asked: HashSet<K>) -> Self {
        Self(asked.into_iter().map(|key| (key, BTreeMap::new())).collect())
    }

    /// The days of events in the range of another, later than the one on which that would be taken.
    fn in_range(&self, key: K, event: Event) -> impl DoubleEndedIterator<Item = i32> {
        let days = self.0.get(&key).filter(|_| event.day < event.last());
        let days =
            days.into_iter().flat_map(move |days| days.range(event.day.saturating_add(1)..=event.last()));
        days.filter(|(_, count)| **count > 0).map(|(day, _)| *day)
    }

    fn first(&self, key: K, event: Event) -> Option<i32> {
        self.in_range(key, event).next()
    }

    fn last(&self, key: K, event: Event) -> Option<i32> {
        self.in_range(key, event).next_back()
    }
}

impl World<'_, '_> {
    /// What an event passes on, by whom.
    pub(super) fn given(&self, event: Event) -> Vec<Pair> {
        self.pairs(event, Role::Seller)
    }

    /// What an event makes somebody receive.
    pub(super) fn received(&self, event: Event) -> Vec<Pair> {
        match self.facts.kind(event.origin) {
            FactKind::Sale => self.pairs(event, Role::Buyer),
            _ => self.pairs(event, Role::Acquirer),
        }
    }

    /// A holder in a role with each thing that is sold.
    fn pairs(&self, event: Event, role: Role) -> Vec<Pair> {
        let (kind, objects) = self.sold(event);
        let holders = self.in_role(event, role);
        holders
            .into_iter()
            .flat_map(|holder| objects.iter().map(move |object| (holder, kind, *object)))
            .collect()
    }

    /// The predecessors for which a succession of a vague date waits. One that is pending waits for nothing: what it
    /// passes on is only possible.
    fn predecessors(&self, event: Event) -> Vec<EntityIx> {
        let (first, _) = event.validity.start_days().bounds();
        if event.validity.may_never_begin() && Days::UNKNOWN.bounds().0 != first {
            return Vec::new();
        }
        let successors = self.in_role(event, Role::Successor);
        let all = self.in_role(event, Role::Predecessor);
        all.into_iter().filter(|one| !successors.contains(one)).collect()
    }

    /// An event, not before the day on which each of its givers may first have had something of what it passes on.
    pub(super) fn narrowed(&mut self, event: Event) -> Event {
        if !event.is_vague() {
            return event;
        }
        let mut validity = event.validity;
        for pair in self.given(event) {
            let mut lines = self.lines_of_pair(pair);
            lines.retain(|line| self.held(*line, event, false).is_some());
            let lines = lines.into_iter().filter_map(|line| self.lines.get(line));
            let first = lines.map(|line| line.narrowed(event).start_days().bounds().0).min();
            validity = first.map_or(validity, |first| validity.not_before(first));
        }
        Event { validity, ..event }
    }

    fn lines_of_pair(&self, pair: Pair) -> Vec<usize> {
        let joint = self.joint_of.get(&pair).into_iter().flatten().map(|jointly| Some(*jointly));
        joint.chain([None]).filter_map(|jointly| self.line_of.get(&(pair, jointly)).copied()).collect()
    }

    /// Whether a seller has something of what it sells on the day on which the event would be taken.
    fn has(&mut self, pair: Pair, event: Event) -> bool {
        self.lines_of_pair(pair).into_iter().any(|line| self.held(line, event, false).is_some())
    }

    /// The first day in the range of an event on which a seller is stated to have what it sells.
    fn first_stated(&self, pair: Pair, event: Event) -> Option<i32> {
        let lines = self.lines_of_pair(pair).into_iter().filter_map(|line| self.lines.get(line));
        lines.filter_map(|line| line.stated_after(event).next()).min()
    }

    /// The last day in the range of a sale of everything on which the seller is stated to have it still.
    fn last_going_on(&self, pair: Pair, event: Event) -> Option<i32> {
        let sells_all = self.facts.kind(event.origin) == FactKind::Sale
            || self.facts.share(event.origin).is_none_or(|share| share.low() == Proportion::ONE);
        let lines = self.lines_of_pair(pair).into_iter().filter_map(|line| self.lines.get(line));
        lines.filter(|_| sells_all).filter_map(|line| line.going_on_after(event)).max()
    }

    /// The last day in the range of a succession on which something is stated of what a predecessor holds.
    fn last_stated(&self, predecessor: EntityIx, event: Event) -> Option<i32> {
        let lines = self.lines_of.get(&predecessor).into_iter().flatten();
        lines.filter_map(|line| self.lines.get(*line)?.stated_after(event).next_back()).max()
    }

    /// What a sale or an acquisition is about.
    pub(super) fn sold(&self, event: Event) -> (RelationKind, Vec<EntityIx>) {
        match self.facts.kind(event.origin) {
            FactKind::Sale => (RelationKind::Holds, self.objects(event.origin).collect()),
            _ => (RelationKind::OwnsShareOf, self.in_role(event, Role::Target)),
        }
    }
}

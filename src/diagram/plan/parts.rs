//! Decides which facts are shown on another fact's card: the legs of a deal.

use std::collections::{HashMap, HashSet};

use super::{Detail, Group};
use crate::diagram::select::Chosen;
use crate::graph::{Entity, Fact};

/// How many levels of legs of legs are followed.
const MOST_LEVELS: usize = 8;

/// Which facts are shown on which other fact's card.
pub(super) struct Parts<'g> {
    hosts: HashMap<Fact<'g>, Fact<'g>>,
    legs: HashMap<Fact<'g>, Vec<Fact<'g>>>,
}

impl<'g> Parts<'g> {
    pub(super) fn of(groups: &[Group<'g>], chosen: &Chosen<'g>, detail: Detail) -> Self {
        let mut parts = Self { hosts: HashMap::new(), legs: HashMap::new() };
        if detail == Detail::Compact {
            return parts;
        }
        // Only these are sure to get a card if there is something to show on it.
        let is_whole = |fact: Fact<'g>| {
            fact.kind().row().projections.iter().all(|projection| chosen.kinds.contains(projection.kind()))
        };
        let whole = groups.iter().filter(|group| !group.own.is_empty() && is_whole(group.fact));
        let drawn: HashSet<_> = whole.map(|group| group.fact).collect();
        let is_told = |parts: &Self, fact: Fact<'g>| parts.hosts.contains_key(&fact);
        let candidates = groups.iter().map(|group| group.fact).chain(chosen.left_out.iter().copied());
        for fact in candidates.collect::<Vec<_>>() {
            if is_told(&parts, fact) {
                continue;
            }
            if let Some(host) = host_of(fact, &drawn).filter(|host| !is_told(&parts, *host)) {
                // In a chain of legs, the outermost deal shows them all.
                parts.hosts.insert(fact, host);
                parts.legs.entry(host).or_default().push(fact);
            }
        }
        parts
    }

    /// The fact whose card shows this one, if it has no card or line of its own.
    pub(super) fn host(&self, fact: Fact<'g>) -> Option<Fact<'g>> {
        self.hosts.get(&fact).copied()
    }

    /// The legs shown on the card of this fact.
    pub(super) fn of_host(&self, fact: Fact<'g>) -> &[Fact<'g>] {
        self.legs.get(&fact).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn on_cards(&self) -> HashSet<Fact<'g>> {
        self.hosts.keys().copied().collect()
    }
}

/// The outermost deal that this fact is a leg of and that has all of its parties and objects.
fn host_of<'g>(fact: Fact<'g>, drawn: &HashSet<Fact<'g>>) -> Option<Fact<'g>> {
    let own = parties(fact);
    let mut found = None;
    let mut here = fact;
    for _ in 0..MOST_LEVELS {
        let Some(whole) = here.part_of().filter(|whole| *whole != fact) else { break };
        if drawn.contains(&whole) && whole.kind().row().deal && own.is_subset(&parties(whole)) {
            found = Some(whole);
        }
        here = whole;
    }
    found
}

fn parties<'g>(fact: Fact<'g>) -> HashSet<Entity<'g>> {
    fact.roles().map(|(_, entity)| entity).collect()
}

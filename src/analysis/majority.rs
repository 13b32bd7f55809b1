//! Majority chains: the owner of more than half, its owner, and so on up.

use crate::graph::{Entity, EntityIx, RankedSet, View};

/// Who holds a stake of surely more than half in whom, as stated.
///
/// A stake is what an `OwnsShareOf` relation says; only its stated share counts, no votes, and no stakes that are held
/// through others; own shares are not taken out, and statements of control say nothing here. Where several are said to own more than half of one, the first stated counts: all that the view shows
/// are looked at, ended ones too unless it is [as of a date](View::as_of), and nothing is asked of readings that
/// replace others. [`Ownership`](super::Ownership) weighs these, and [`control`](super::Ownership::control) tells who
/// controls whom.
///
/// ```
/// # use keiretsu::Graph;
/// let graph = Graph::from_ron(r#"Graph(
///     companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
///     facts: [
///         Ownership(owner: "a", owned: "b", share: "51%", unsourced: true),
///         Ownership(owner: "b", owned: "c", share: "majority", unsourced: true),
///         Ownership(owner: "a", owned: "c", share: "10%", unsourced: true),
///     ],
/// )"#)?;
/// let owners = graph.view().majority_owners();
/// let chains: Vec<_> = owners.chains().map(|chain| chain.top.map(|top| (chain.entity.id(), top.id(), chain.links))).collect();
/// assert_eq!(chains, [Some(("b", "a", 1)), Some(("c", "a", 2))]);
/// # Ok::<(), keiretsu::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MajorityOwners<'g> {
    view: View<'g>,
    owned: RankedSet,
    /// The owner of each that is owned.
    owners: Vec<EntityIx>,
    /// The place of this owner among those that are owned, or nowhere.
    above: Vec<u32>,
}

/// The way from an entity up to the last majority owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MajorityChain<'g> {
    /// Whose chain it is.
    pub entity: Entity<'g>,
    /// The last owner; none if the chain comes round in a circle.
    pub top: Option<Entity<'g>>,
    /// How many stakes lead there; 0 in a circle.
    pub links: usize,
}

/// No entity, and no place.
const NONE: u32 = u32::MAX;

impl<'g> View<'g> {
    /// Who owns more than half of whom. Looks once at each relation.
    #[must_use]
    pub fn majority_owners(self) -> MajorityOwners<'g> {
        let mut owned = RankedSet::none_of(self.entities().len());
        // By who is owned: so these are the owners of everybody's place.
        let first = self.majority_stakes().filter(|(holder, of)| holder != of && owned.insert(*of));
        let owners: Vec<EntityIx> = first.map(|(holder, _)| holder).collect();
        owned.count();
        let above = owners.iter().map(|owner| owned.place_or(*owner, NONE)).collect();
        MajorityOwners { view: self, owned, owners, above }
    }
}

impl<'g> MajorityOwners<'g> {
    /// Who owns more than half of the entity; nobody of one of another graph.
    #[must_use]
    pub fn owner(&self, entity: Entity<'g>) -> Option<Entity<'g>> {
        let place = self.owned.place(self.view.adopt(entity)?.index())?;
        self.owners.get(place).map(|owner| self.view.entity_at(*owner))
    }

    /// The chain of every entity that somebody owns more than half of, in the order of ids.
    ///
    /// Takes a step for each link of each chain, or, if a chain is long, for each entity.
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each that is owned")]
    pub fn chains(&self) -> impl Iterator<Item = MajorityChain<'g>> {
        let mut some = [Known::default(); TOGETHER];
        let mut all: Option<Vec<Known>> = None;
        self.owned.iter().enumerate().map(move |(place, own)| {
            if place % TOGETHER == 0 && all.is_none() && !self.climb(place, &mut some) {
                all = Some(self.all());
            }
            let found = all.as_ref().map_or(some[place % TOGETHER], |all| all[place]);
            MajorityChain {
                entity: self.view.entity_at(own),
                top: (found.links > 0).then(|| self.view.entity_at(self.owners[found.below as usize])),
                links: found.links as usize,
            }
        })
    }

    /// What is above some, from a place on; false if it is far away. All go up by turns, so that the memory of one is
    /// waited for while that of the next is on its way.
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each that is owned")]
    fn climb(&self, place: usize, found: &mut [Known; TOGETHER]) -> bool {
        let mut going = [0; TOGETHER];
        let mut left = TOGETHER.min(self.above.len() - place);
        for n in 0..left {
            going[n] = n;
            found[n] = Known { below: (place + n) as u32, links: 1 };
        }
        for _ in 0..MOST_CLIMBED {
            let mut still = 0;
            for n in 0..left {
                let own = going[n];
                let next = self.above[found[own].below as usize];
                let goes_on = next != NONE;
                // Written in any case: who goes on cannot be guessed.
                let known = &mut found[own];
                known.below = if goes_on { next } else { known.below };
                known.links += u32::from(goes_on);
                going[still] = own;
                still += usize::from(goes_on);
            }
            left = still;
            if left == 0 {
                return true;
            }
        }
        false
    }

    /// What is above everybody: each is climbed from once.
    #[expect(clippy::indexing_slicing, reason = "every column here has one item for each that is owned")]
    fn all(&self) -> Vec<Known> {
        let mut known = vec![UNKNOWN; self.above.len()];
        let mut climbed = Vec::new();
        for own in 0..self.above.len() {
            let mut at = own;
            let mut found = loop {
                match known[at] {
                    UNKNOWN => {}
                    ON_THE_WAY => break CIRCLE,
                    end => break end,
                }
                known[at] = ON_THE_WAY;
                climbed.push(at);
                match self.above[at] {
                    NONE => break Known { below: at as u32, links: 0 },
                    next => at = next as usize,
                }
            };
            while let Some(place) = climbed.pop() {
                found.links += u32::from(found != CIRCLE);
                known[place] = found;
            }
        }
        known
    }
}

/// Chains climbed in one batch.
const TOGETHER: usize = 64;

/// So far up is climbed from each entity anew; beyond, all are looked at together.
const MOST_CLIMBED: u32 = 64;

const UNKNOWN: Known = Known { below: NONE, links: NONE };
const ON_THE_WAY: Known = Known { below: NONE, links: NONE - 1 };
const CIRCLE: Known = Known { below: NONE, links: 0 };

/// The place of the last that is owned on the way up, and how many links lead to its owner.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    below: u32,
    links: u32,
}

//! Majority chains: the owner of more than half, its owner, and so on up.

use crate::graph::{Entity, EntityIx, RankedSet, View};

/// Majority stakes: who certainly owns more than half of whom, as stated.
///
/// A stake is an `OwnsShareOf` relation. Only its stated share counts: not votes, and not stakes held through others.
/// Own shares are not deducted, and statements of control are ignored. If several are said to own more than half of one
/// entity, the first stated counts. All stakes that the view shows are considered, including ended ones unless it is
/// [as of a date](View::as_of), and even if another reading replaces them. [`Ownership`](super::Ownership) takes all
/// that into account, and [`control`](super::Ownership::control) finds who controls whom.
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
    /// The owner of each entity in `owned`.
    owners: Vec<EntityIx>,
    /// The position of this owner in `owned`, or [`NONE`].
    above: Vec<u32>,
}

/// The chain from an entity up to the last majority owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MajorityChain<'g> {
    /// The entity whose chain it is.
    pub entity: Entity<'g>,
    /// The last owner; `None` if the chain runs in a circle.
    pub top: Option<Entity<'g>>,
    /// The number of stakes that lead there; 0 in a circle.
    pub links: usize,
}

/// No entity, and no position.
const NONE: u32 = u32::MAX;

impl<'g> View<'g> {
    /// Finds who owns more than half of whom. Examines each relation once.
    #[must_use]
    pub fn majority_owners(self) -> MajorityOwners<'g> {
        let mut owned = RankedSet::none_of(self.entities().len());
        // Sorted by the entity owned, so these are in the order of positions.
        let first = self.majority_stakes().filter(|(holder, of)| holder != of && owned.insert(*of));
        let owners: Vec<EntityIx> = first.map(|(holder, _)| holder).collect();
        owned.count();
        let above = owners.iter().map(|owner| owned.place_or(*owner, NONE)).collect();
        MajorityOwners { view: self, owned, owners, above }
    }
}

impl<'g> MajorityOwners<'g> {
    /// The owner of more than half of the entity; `None` for an entity of another graph.
    #[must_use]
    pub fn owner(&self, entity: Entity<'g>) -> Option<Entity<'g>> {
        let place = self.owned.place(self.view.adopt(entity)?.index())?;
        self.owners.get(place).map(|owner| self.view.entity_at(*owner))
    }

    /// The chain of every entity with a majority owner, in id order.
    ///
    /// Takes a step for each link of each chain or, if a chain is long, for each entity.
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

    /// The tops of a batch of chains, starting at a position. Returns false if one is far away. Climbs all in turn, so
    /// that memory accesses overlap.
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
                // Written unconditionally, since it is unpredictable which chains continue.
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

    /// The tops of all chains. Climbs from each entity once.
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

/// Chains up to this length are climbed anew from each entity. Beyond it, all are computed together.
const MOST_CLIMBED: u32 = 64;

const UNKNOWN: Known = Known { below: NONE, links: NONE };
const ON_THE_WAY: Known = Known { below: NONE, links: NONE - 1 };
const CIRCLE: Known = Known { below: NONE, links: 0 };

/// The position of the last owned entity on the way up, and the number of links to its owner.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Known {
    below: u32,
    links: u32,
}

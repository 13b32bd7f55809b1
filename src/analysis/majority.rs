//! Majority chains: who owns more than half of whom, up to the top.

#![expect(clippy::indexing_slicing, reason = "every column here has one item for each entity")]

use crate::graph::{Entity, EntityIx, View};

/// Who holds a stake of surely more than half in whom, as stated.
///
/// A stake is what an `OwnsShareOf` relation says; only its stated share counts, no votes, and no stakes that are held
/// through others. Where several are said to own more than half of one, the first stated counts.
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
    /// The owner of each entity, or nobody.
    owner: Vec<u32>,
    owned: Vec<u32>,
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

const NOBODY: u32 = u32::MAX;

impl<'g> View<'g> {
    /// Who owns more than half of whom. Looks once at each relation.
    #[must_use]
    pub fn majority_owners(self) -> MajorityOwners<'g> {
        let mut owner = vec![NOBODY; self.entities().len()];
        let mut owned = Vec::new();
        self.each_majority_stake(&mut |holder: EntityIx, of: EntityIx| {
            let slot = &mut owner[of.get()];
            if *slot == NOBODY && holder != of {
                *slot = holder.number();
                owned.push(of.number());
            }
        });
        MajorityOwners { view: self, owner, owned }
    }
}

impl<'g> MajorityOwners<'g> {
    /// Who owns more than half of the entity.
    #[must_use]
    pub fn owner(&self, entity: Entity<'g>) -> Option<Entity<'g>> {
        let owner = self.owner.get(entity.position()).filter(|owner| **owner != NOBODY)?;
        Some(self.view.entity_at(EntityIx::of(*owner)))
    }

    /// The chain of every entity that somebody owns more than half of, in the order in which the stakes are stated.
    ///
    /// Takes a step for each link of each chain, or, if a chain is long, for each entity.
    pub fn chains(&self) -> impl Iterator<Item = MajorityChain<'g>> {
        let entity = |n: u32| self.view.entity_at(EntityIx::of(n));
        let mut known: Option<Vec<Known>> = None;
        self.owned.iter().map(move |own| {
            let chain = match &known {
                None => self.climb(*own),
                Some(_) => None,
            };
            let found = chain.unwrap_or_else(|| known.get_or_insert_with(|| self.all())[*own as usize]);
            MajorityChain {
                entity: entity(*own),
                top: (found.top != NOBODY).then(|| entity(found.top)),
                links: found.links as usize,
            }
        })
    }

    /// The top above an entity, if it is not far.
    fn climb(&self, own: u32) -> Option<Known> {
        let mut at = own;
        for links in 0..MOST_CLIMBED {
            let next = self.owner[at as usize];
            if next == NOBODY {
                return Some(Known { top: at, links });
            }
            at = next;
        }
        None
    }

    /// The top above every entity: each is climbed from once.
    fn all(&self) -> Vec<Known> {
        let mut known = vec![Known { top: NOBODY, links: UNKNOWN }; self.owner.len()];
        let mut climbed = Vec::new();
        for own in &self.owned {
            let mut at = *own;
            while known[at as usize].links == UNKNOWN && self.owner[at as usize] != NOBODY {
                known[at as usize].links = ON_THE_WAY;
                climbed.push(at);
                at = self.owner[at as usize];
            }
            let mut above = match known[at as usize] {
                Known { links: UNKNOWN, .. } => Known { top: at, links: 0 },
                Known { links: ON_THE_WAY, .. } => CIRCLE,
                end => end,
            };
            while let Some(entity) = climbed.pop() {
                if above.top != NOBODY {
                    above.links += 1;
                }
                known[entity as usize] = above;
            }
        }
        known
    }
}

/// So far up is climbed from each entity anew; beyond, all are looked at together.
const MOST_CLIMBED: u32 = 64;

const UNKNOWN: u32 = u32::MAX;
const ON_THE_WAY: u32 = u32::MAX - 1;
const CIRCLE: Known = Known { top: NOBODY, links: 0 };

#[derive(Clone, Copy)]
struct Known {
    top: u32,
    links: u32,
}

//! The rows of `owners` and `stakes`.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::readings::{Reading, Readings, stakes_in, stakes_of};
use super::ring_refs::RingRef;
use crate::analysis::{
    Chain, Chains, JointOwner, OwnShares, Owner, OwnerRule, OwnerTest, Owners, ShareRange, Together, Verdict,
};
use crate::export::StakeExport;
use crate::graph::{Entity, Relation, Right};

/// An owner of a company, or a company that is owned.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OwnerRow<'g> {
    /// Whom it is about.
    pub who: Who<'g>,
    /// In what several own: those several, whose shares are added up.
    pub owners: Option<AddedUp<'g>>,
    /// What the owner holds itself.
    pub direct: Option<ShareRange>,
    /// What it has by the rule.
    pub share: ShareRange,
    /// The rule with its threshold.
    pub test: OwnerTest,
    /// Whether the threshold is met.
    pub verdict: Verdict,
    /// The chains with the largest products.
    pub chains: Vec<Chain<'g>>,
    /// The rings that the chains pass through.
    pub rings: Vec<RingRef<'g>>,
    /// Other readings of the stakes of the chains, and of those in an owner itself; these are not added.
    pub other_readings: Vec<Reading<'g>>,
    /// For votes, the shares that the companies of the row hold of themselves, which have none.
    pub own_shares: Vec<OwnShares<'g>>,
    /// The share of the company without a known holder; none if the rule does not add up shares, or the row is about what
    /// is owned.
    pub undisclosed: Option<ShareRange>,
    /// For several added up, the stakes in the sum, and those by which companies count as theirs.
    pub stakes: Vec<Relation<'g>>,
    /// Whether it is about an owner, so that its JSON has what is undisclosed.
    is_of_owner: bool,
}

/// Whom a row is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Who<'g> {
    /// The owner or the owned entity.
    One(Entity<'g>),
    /// Joint holders, by what they hold jointly.
    Jointly(Vec<Entity<'g>>),
    /// Several whose shares are added up.
    Together(AddedUp<'g>),
}

/// Several entities whose shares are added up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AddedUp<'g> {
    /// Who they are, in the order of ids.
    pub entities: Vec<Entity<'g>>,
    /// Whether the company itself is among those named; it is not added up.
    pub itself_named: bool,
    /// Entries of a list that match nobody in the graph.
    pub not_found: Vec<String>,
}

impl<'g> OwnerRow<'g> {
    /// An owner of a company.
    pub(super) fn of_owner(
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        chains: &Chains<'g>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let row = Self::of_stake(owner, owners, chains, readings);
        let own: Vec<_> = stakes_in(owner.entity).collect();
        let other_readings = readings.beside(stakes_of(&row.chains).chain(&own), owners.test.right());
        Self { undisclosed: owners.undisclosed.clone(), is_of_owner: true, other_readings, ..row }
    }

    /// Several joint holders of a share in a company.
    pub(super) fn of_joint(
        owner: &JointOwner<'g>,
        owners: &Owners<'g>,
        chains: &Chains<'g>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let why = chains.of_joint(&owner.owners).to_vec();
        let rings = owner.rings.iter().filter_map(|n| owners.rings.get(*n));
        Self {
            who: Who::Jointly(owner.owners.clone()),
            owners: None,
            direct: owner.direct.clone(),
            share: owner.share.clone(),
            test: owners.test,
            verdict: owner.verdict,
            rings: rings.map(|ring| readings.rings.name(ring)).collect(),
            other_readings: readings.beside(stakes_of(&why), owners.test.right()),
            own_shares: Vec::new(),
            undisclosed: owners.undisclosed.clone(),
            stakes: Vec::new(),
            is_of_owner: true,
            chains: why,
        }
    }

    /// A company in which an owner has a share.
    pub(super) fn of_stake(
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        chains: &Chains<'g>,
        readings: &mut Readings<'g>,
    ) -> Self {
        Self::of_stake_by(owner, owners, chains.of(owner.entity).to_vec(), readings)
    }

    /// A company in which several together have a share, through these chains.
    pub(super) fn of_stake_of(
        set: &AddedUp<'g>,
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        why: Vec<Chain<'g>>,
        readings: &mut Readings<'g>,
    ) -> Self {
        Self { owners: Some(set.clone()), ..Self::of_stake_by(owner, owners, why, readings) }
    }

    fn of_stake_by(
        owner: &Owner<'g>,
        owners: &Owners<'g>,
        why: Vec<Chain<'g>>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let rings = owner.rings.iter().filter_map(|n| owners.rings.get(*n));
        Self {
            who: Who::One(owner.entity),
            owners: None,
            direct: owner.direct.clone(),
            share: owner.share.clone(),
            test: owners.test,
            verdict: owner.verdict,
            rings: rings.map(|ring| readings.rings.name(ring)).collect(),
            other_readings: readings.beside(stakes_of(&why), owners.test.right()),
            own_shares: Vec::new(),
            undisclosed: None,
            stakes: Vec::new(),
            is_of_owner: false,
            chains: why,
        }
    }

    /// Several added up.
    pub(super) fn of_several(
        found: &Together<'g>,
        not_found: Vec<String>,
        why: Vec<Chain<'g>>,
        readings: &mut Readings<'g>,
    ) -> Self {
        let itself_named = found.is_itself_named;
        Self {
            who: Who::Together(AddedUp { entities: found.owners.clone(), itself_named, not_found }),
            owners: None,
            direct: None,
            share: found.share.clone(),
            test: found.test,
            verdict: found.verdict,
            rings: Vec::new(),
            other_readings: readings.beside(stakes_of(&why).chain(&found.stakes), found.test.right()),
            own_shares: Vec::new(),
            undisclosed: None,
            stakes: found.stakes.clone(),
            is_of_owner: true,
            chains: why,
        }
    }

    /// The owner or the owned entity; none for several.
    #[must_use]
    pub const fn entity(&self) -> Option<Entity<'g>> {
        match self.who {
            Who::One(entity) => Some(entity),
            Who::Jointly(_) | Who::Together(_) => None,
        }
    }

    /// Joint holders, if the row is about what they hold jointly.
    #[must_use]
    pub fn jointly(&self) -> &[Entity<'g>] {
        match &self.who {
            Who::Jointly(holders) => holders,
            Who::One(_) | Who::Together(_) => &[],
        }
    }

    /// Entities whose shares are added up in the row.
    #[must_use]
    pub const fn together(&self) -> Option<&AddedUp<'g>> {
        match &self.who {
            Who::Together(set) => Some(set),
            Who::One(_) | Who::Jointly(_) => self.owners.as_ref(),
        }
    }

    /// Whether two rows have the same subject.
    pub(super) fn is_about_the_same(&self, other: &Self) -> bool {
        self.who == other.who && self.owners == other.owners
    }

    /// For a rule that adds up persons, whether the row considers one alone; none for other rules.
    pub(super) fn one_at_a_time(&self) -> Option<bool> {
        match self.together() {
            Some(_) => Some(false),
            None => self.test.rule().adds_persons().then_some(true),
        }
    }

    /// The co-holders of the owner's own stake in the company, in order of id.
    pub(super) fn co_holders(&self) -> Vec<Entity<'g>> {
        if self.entity().is_none() {
            return Vec::new();
        }
        let single = self.chains.iter().filter(|chain| chain.stakes.len() == 1);
        let mut others: Vec<Entity<'g>> = Vec::new();
        for stake in single.flat_map(|chain| chain.stakes.iter().flatten()) {
            others.extend(stake.joint_parties().into_iter().filter(|one| *one != stake.from()));
        }
        others.sort_unstable();
        others.dedup();
        others
    }

    /// Whether its chains pass through companies that own one another.
    pub(super) const fn passes_rings(&self) -> bool {
        !self.rings.is_empty()
    }

    /// Whether it is a group that counts as owner: without a listed chain, by stated control or a chain too long.
    pub(super) fn counts_by_its_group(&self) -> bool {
        self.verdict != Verdict::No && self.test.rule() == OwnerRule::Majority
    }
}

impl Serialize for OwnerRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let right = self.test.right();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("entity", &self.entity())?;
        map.serialize_entry("jointly", self.jointly())?;
        map.serialize_entry("together", &self.together())?;
        map.serialize_entry("direct", &self.direct)?;
        map.serialize_entry("share", &self.share)?;
        map.serialize_entry("rule", self.test.rule().name())?;
        map.serialize_entry("right", right.name())?;
        map.serialize_entry("counts", &(self.verdict == Verdict::Counts))?;
        map.serialize_entry("may_count", &(self.verdict != Verdict::No))?;
        map.serialize_entry("one_at_a_time", &self.one_at_a_time())?;
        map.serialize_entry("chains", &exported(&self.chains, right))?;
        map.serialize_entry("rings", &self.rings)?;
        map.serialize_entry("other_readings", &self.other_readings)?;
        map.serialize_entry("own_shares", &self.own_shares)?;
        if self.is_of_owner {
            map.serialize_entry("undisclosed", &self.undisclosed)?;
        }
        map.end()
    }
}

/// The stakes of some chains as data.
fn exported<'g>(chains: &[Chain<'g>], right: Right) -> Vec<Vec<StakeExport<'g>>> {
    let stakes =
        |chain: &Chain<'g>| chain.stakes.iter().flatten().map(|stake| StakeExport(*stake, right)).collect();
    chains.iter().map(stakes).collect()
}

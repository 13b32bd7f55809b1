//! Serializes owners, stakes, control and paths, in the shapes of the answers about them.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::relation::StakeExport;
use crate::analysis::{
    Chains, Control, Controlled, JointControl, JointlyControls, OwnerRule, Owners, OwnershipRing, ShareRange,
    Verdict,
};
use crate::graph::{Entity, Relation, Right};
use crate::query::Path;

/// `{"rule", "right", "complete", "disputed", "undisclosed", "rows", "ended", "not_added"}`.
///
/// The rows are those of `keiretsu owners --all` or `stakes --all`, joint holdings first: `{"entity", "jointly", "direct",
/// "share", "rule", "right", "counts", "may_count", "rings"}`. Each of the `rings` is `{"ring", "members"}`; of a ring that an
/// earlier row has, `members` is null.
impl Serialize for Owners<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("rule", &self.test.rule())?;
        map.serialize_entry("right", &self.test.right())?;
        map.serialize_entry("complete", &!self.is_cut)?;
        map.serialize_entry("disputed", &self.is_disputed)?;
        map.serialize_entry("undisclosed", &self.undisclosed)?;
        map.serialize_entry("rows", &Rows(self))?;
        map.serialize_entry("ended", &stakes(&self.ended, self.test.right()))?;
        map.serialize_entry("not_added", &stakes(&self.not_added, self.test.right()))?;
        map.end()
    }
}

fn stakes<'g>(relations: &[Relation<'g>], right: Right) -> Vec<StakeExport<'g>> {
    relations.iter().map(|stake| StakeExport(*stake, right)).collect()
}

struct Rows<'a, 'g>(&'a Owners<'g>);

#[derive(Serialize)]
struct Row<'a, 'g> {
    entity: Option<Entity<'g>>,
    jointly: &'a [Entity<'g>],
    direct: &'a Option<ShareRange>,
    share: &'a ShareRange,
    rule: OwnerRule,
    right: Right,
    counts: bool,
    may_count: bool,
    rings: Vec<Ring<'a, 'g>>,
}

#[derive(Serialize)]
struct Ring<'a, 'g> {
    ring: usize,
    members: Option<&'a [Entity<'g>]>,
}

impl Serialize for Rows<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(owners) = self;
        let (rule, right) = (owners.test.rule(), owners.test.right());
        let mut names = RingNames { owners, numbers: vec![None; owners.rings.len()], named: 0 };
        let mut rows = serializer.serialize_seq(Some(owners.jointly.len() + owners.rows.len()))?;
        for row in &owners.jointly {
            let (counts, may_count) = verdict(row.verdict);
            let (direct, share, rings) = (&row.direct, &row.share, names.of(&row.rings));
            let jointly = row.owners.as_slice();
            rows.serialize_element(&Row {
                entity: None,
                jointly,
                direct,
                share,
                rule,
                right,
                counts,
                may_count,
                rings,
            })?;
        }
        for row in &owners.rows {
            let (counts, may_count) = verdict(row.verdict);
            let (direct, share, rings) = (&row.direct, &row.share, names.of(&row.rings));
            let entity = Some(row.entity);
            rows.serialize_element(&Row {
                entity,
                jointly: &[],
                direct,
                share,
                rule,
                right,
                counts,
                may_count,
                rings,
            })?;
        }
        rows.end()
    }
}

fn verdict(verdict: Verdict) -> (bool, bool) {
    (verdict == Verdict::Counts, verdict != Verdict::No)
}

/// Numbers rings in the order in which rows name them.
struct RingNames<'a, 'g> {
    owners: &'a Owners<'g>,
    numbers: Vec<Option<usize>>,
    named: usize,
}

impl<'a, 'g> RingNames<'a, 'g> {
    fn of(&mut self, positions: &[usize]) -> Vec<Ring<'a, 'g>> {
        positions.iter().filter_map(|position| self.name(*position)).collect()
    }

    fn name(&mut self, position: usize) -> Option<Ring<'a, 'g>> {
        let OwnershipRing { members, .. } = self.owners.rings.get(position)?;
        let number = self.numbers.get_mut(position)?;
        if let Some(known) = *number {
            return Some(Ring { ring: known, members: None });
        }
        let ring = self.named;
        *number = Some(ring);
        self.named += 1;
        Some(Ring { ring, members: Some(members) })
    }
}

/// `{"complete", "chains": [{"entity", "jointly", "chains"}]}`: of each owner or company its `chains` as `keiretsu owners`
/// prints them, the largest product first, each a list of stakes. By id, joint holders last.
impl Serialize for Chains<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of = self.all().map(|(entity, jointly, chains)| {
            let stakes = chains.iter().map(|chain| stakes(&chain.stakes.concat(), self.right));
            ChainsOf { entity, jointly, chains: stakes.collect() }
        });
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("complete", &!self.is_cut)?;
        map.serialize_entry("chains", &of.collect::<Vec<_>>())?;
        map.end()
    }
}

#[derive(Serialize)]
struct ChainsOf<'a, 'g> {
    entity: Option<Entity<'g>>,
    jointly: &'a [Entity<'g>],
    chains: Vec<Vec<StakeExport<'g>>>,
}

/// As `keiretsu control` prints it: `{"controls", "controlled_by", "may_control", "may_be_controlled_by", "ultimate_parents",
/// "jointly_controlled_by", "jointly_controls"}`, and `complete`.
impl Serialize for Control<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn only<'a, 'g>(all: &'a [Controlled<'g>], certain: bool) -> Vec<&'a Controlled<'g>> {
            all.iter().filter(|one| one.is_certain == certain).collect()
        }
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("controls", &only(&self.controls, true))?;
        map.serialize_entry("controlled_by", &only(&self.controlled_by, true))?;
        map.serialize_entry("may_control", &only(&self.controls, false))?;
        map.serialize_entry("may_be_controlled_by", &only(&self.controlled_by, false))?;
        map.serialize_entry("ultimate_parents", &self.ultimate)?;
        map.serialize_entry("jointly_controlled_by", &self.jointly_controlled_by)?;
        map.serialize_entry("jointly_controls", &self.jointly_controls)?;
        map.serialize_entry("complete", &!self.is_cut)?;
        map.end()
    }
}

/// The entity, with `votes` and `stated`: whether a fact states the control.
impl Serialize for Controlled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Side<'a, 'g> {
            #[serde(flatten)]
            entity: Entity<'g>,
            votes: &'a ShareRange,
            stated: bool,
        }
        let Self { entity, votes, stated_by, .. } = self;
        Side { entity: *entity, votes, stated: !stated_by.is_empty() }.serialize(serializer)
    }
}

/// `{"controllers", "through", "certain"}`.
impl Serialize for JointControl<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("controllers", &self.controllers)?;
        map.serialize_entry("through", &self.through)?;
        map.serialize_entry("certain", &self.is_certain)?;
        map.end()
    }
}

/// `{"with", "controls", "certain"}`.
impl Serialize for JointlyControls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("with", &self.with)?;
        map.serialize_entry("controls", &self.controls)?;
        map.serialize_entry("certain", &self.is_certain)?;
        map.end()
    }
}

/// `{"hops", "steps"}`: its length, and its relations, each read from where the path comes from.
impl Serialize for Path<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("hops", &self.hops())?;
        map.serialize_entry("steps", self.steps())?;
        map.end()
    }
}

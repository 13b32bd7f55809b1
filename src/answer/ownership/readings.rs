//! Readings of stakes that were not added.

use std::collections::{HashMap, HashSet};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::ring_refs::Rings;
use crate::analysis::Chain;
use crate::export::StakeExport;
use crate::graph::{Entity, OtherReading, Relation, Right};
use crate::model::RelationKind;
use crate::value::Date;

/// A reading of a stake that is not added, and the right that it is asked for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Reading<'g> {
    /// The reading, what counts instead, and why.
    pub other: OtherReading<'g>,
    /// The right whose share is asked for.
    pub right: Right,
}

impl<'g> Reading<'g> {
    /// Whether both share holder, company and reason, and so appear in one note.
    pub(super) fn goes_with(&self, other: &Self) -> bool {
        self.other.counted == other.other.counted && self.other.why == other.other.why
    }
}

/// Why it is not added, its date, the fact that counts instead, and the reading itself.
impl Serialize for Reading<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let OtherReading { relation, counted, why, .. } = self.other;
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("why", why.name())?;
        map.serialize_entry("as_of", &day(relation).map(|day| day.to_string()))?;
        map.serialize_entry("counted", &counted.fact().map(|fact| fact.id()))?;
        map.serialize_entry("relation", &StakeExport(relation, self.right))?;
        map.end()
    }
}

/// The readings that were not added, found company by company on demand.
#[derive(Default)]
pub(super) struct Readings<'g> {
    companies: HashSet<Entity<'g>>,
    by_counted: HashMap<Relation<'g>, Vec<OtherReading<'g>>>,
    /// Rings, too, are listed once for all rows.
    pub(super) rings: Rings<'g>,
}

impl<'g> Readings<'g> {
    /// Other readings of these stakes, each once.
    pub(super) fn beside<'r>(
        &mut self,
        stakes: impl IntoIterator<Item = &'r Relation<'g>>,
        right: Right,
    ) -> Vec<Reading<'g>>
    where
        'g: 'r,
    {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        for stake in stakes {
            let company = stake.to();
            if self.companies.insert(company) {
                for other in company.other_readings() {
                    self.by_counted.entry(other.counted).or_default().push(other);
                }
            }
            if seen.insert(*stake) {
                let others = self.by_counted.get(stake).into_iter().flatten();
                found.extend(others.map(|other| Reading { other: *other, right }));
            }
        }
        found
    }
}

/// All stakes of some chains.
pub(super) fn stakes_of<'a, 'g>(chains: &'a [Chain<'g>]) -> impl Iterator<Item = &'a Relation<'g>> {
    chains.iter().flat_map(|chain| chain.stakes.iter().flatten())
}

/// The stated stakes in a company.
pub(super) fn stakes_in(company: Entity<'_>) -> impl Iterator<Item = Relation<'_>> {
    company
        .relations()
        .filter(move |relation| relation.kind() == RelationKind::OwnsShareOf && relation.to() == company)
}

/// The date a figure refers to.
pub(super) fn day(relation: Relation<'_>) -> Option<Date> {
    relation.fact()?.bare_record().as_of
}

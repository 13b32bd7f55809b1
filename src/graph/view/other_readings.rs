//! Statements about stakes in a company that are not added to another statement of the same stake.

use std::collections::{HashMap, HashSet};

use super::entity::Entity;
use super::fact::Fact;
use super::joint_sets::JointSets;
use super::readings::{OtherReading, ReadingOrder};
use super::relation::Relation;
use super::right::Right;
use super::stakes::{Counted, in_company};
use crate::graph::store::index::EntityIx;
use crate::graph::store::rule::EndRule;

impl<'g> Entity<'g> {
    /// The statements about stakes in it that are not added up: of several readings of one stake only the newest
    /// counts, and a purchase, sale or later statement replaces what was before.
    ///
    /// In order of holders. Takes time linear in all stakes in it.
    ///
    /// ```
    /// # use keiretsu::{Graph, ReadingOrder};
    /// let graph = Graph::from_ron(r#"Graph(
    ///     companies: { "delta": (name: "Delta"), "oak": (name: "Oak") },
    ///     facts: [
    ///         Ownership(owner: "oak", owned: "delta", share: "49%", as_of: "2020", unsourced: true),
    ///         Ownership(owner: "oak", owned: "delta", share: "26%", as_of: "2015", unsourced: true),
    ///     ],
    /// )"#)?;
    /// let others = graph.view().find("Delta")?.other_readings();
    /// assert_eq!((others.len(), others[0].why), (1, ReadingOrder::Older));
    /// assert_eq!(others[0].relation.to_string(), "Oak owns 26% of Delta (as of 2015)");
    /// assert_eq!(others[0].counted.to_string(), "Oak owns 49% of Delta (as of 2020)");
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn other_readings(self) -> Vec<OtherReading<'g>> {
        // Which reading counts is the same for every right.
        let all = self.view().with_possible().entity_at(EntityIx::new(self.position()));
        let found = in_company(all, Right::Equity);
        let counted: Vec<Counted<'g>> = found.direct.into_iter().chain(found.indirect).collect();
        let over = over_by_what_counts(all, &counted);
        counted.into_iter().flat_map(|stake| stake.others).chain(over).collect()
    }
}

/// A purchase or sale replaces the stake before it, which is included in what it leaves. What followed from events
/// gives way to a stake stated for a later day.
fn over_by_what_counts<'g>(company: Entity<'g>, counted: &[Counted<'g>]) -> Vec<OtherReading<'g>> {
    let mut sets = JointSets::default();
    let relations: HashMap<_, Relation<'g>> = counted
        .iter()
        .flat_map(|stake| &stake.relations)
        .filter_map(|relation| {
            let key = (relation.from(), sets.number(*relation), relation.fact()?.index());
            Some((key, *relation))
        })
        .collect();
    let mut counted_ones: HashSet<Relation<'g>> = relations.values().copied().collect();
    counted_ones.extend(counted.iter().flat_map(|stake| &stake.others).map(|other| other.relation));
    let why = |relation: Relation<'g>, rule: EndRule| match rule {
        EndRule::StakeChanged => Some(ReadingOrder::Changed),
        EndRule::StatedStake if relation.derived().is_some() => Some(ReadingOrder::Older),
        _ => None,
    };
    // A joint stake has one relation for each holder, but is one reading.
    let mut seen = HashSet::new();
    let over = company.stakes_ever_in_it().filter(|relation| !counted_ones.contains(relation));
    over.filter_map(|relation| {
        let joint = sets.number(relation);
        let mut endings = relation.endings().into_iter();
        let other = endings.find_map(|ending| {
            let counted = *relations.get(&(relation.from(), joint, ending.fact.index()))?;
            Some(OtherReading { relation, counted, why: why(relation, ending.rule)? })
        })?;
        let fact = relation.fact().map(Fact::index);
        let is_new = joint.is_none() || seen.insert((fact, relation.derived().is_some(), joint));
        is_new.then_some(other)
    })
    .collect()
}

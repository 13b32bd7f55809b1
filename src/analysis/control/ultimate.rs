//! The ultimate parents of all companies at once.

use std::collections::{HashMap, HashSet};

use super::bloc::{Threshold, bloc};
use crate::analysis::ownership::Ownership;
use crate::analysis::ownership::number::Side;
use crate::graph::{Entity, Right};
use crate::query::{Budget, Outcome, StoppedBy};

/// Every company that is certainly controlled, with its ultimate parents; see [`Ownership::ultimate_parents`].
///
/// Companies with the same parents share one list: in a ring of n companies each has n - 1 parents, and all of this takes
/// memory linear in n.
#[derive(Clone, Debug, Default)]
pub struct UltimateParents<'g> {
    /// In id order, each with the position of its list.
    companies: Vec<(Entity<'g>, usize)>,
    /// In id order, each with the company itself if it is on a ring.
    lists: Vec<Vec<Entity<'g>>>,
    outcome: Outcome,
}

impl<'g> UltimateParents<'g> {
    /// The companies in id order, each with its parents in id order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Entity<'g>, impl Iterator<Item = Entity<'g>>)> {
        self.companies.iter().map(|(company, list)| (*company, self.others(*list, *company)))
    }

    /// The parents of one company; none if it is not certainly controlled, or of another graph.
    pub fn of(&self, company: Entity<'g>) -> impl Iterator<Item = Entity<'g>> {
        let place = self.companies.binary_search_by_key(&company, |(company, _)| *company);
        let list = place.ok().and_then(|place| self.companies.get(place));
        list.into_iter().flat_map(|(company, list)| self.others(*list, *company))
    }

    /// The number of companies.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.companies.len()
    }

    /// Whether no company is certainly controlled.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.companies.is_empty()
    }

    /// Complete, or what stopped it: then there are no companies, since whoever seems to be a parent may have one.
    #[must_use]
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// The members of a list, without the company whose parents they are.
    fn others(&self, list: usize, company: Entity<'g>) -> impl Iterator<Item = Entity<'g>> {
        self.lists.get(list).into_iter().flatten().copied().filter(move |parent| *parent != company)
    }
}

/// Some that have no parents, and all that their control group has. If they are several, they are on a ring, and among
/// the members.
struct Top {
    tops: Vec<u32>,
    members: Vec<u32>,
}

impl<'g> Ownership<'g> {
    /// Every company that is certainly controlled, with its ultimate parents: those that control it and are not
    /// controlled themselves. If all its controllers control one another in a ring, these are the members of the ring.
    /// A company that several control together has none; see [`Ownership::control`] for them.
    ///
    /// Usually takes time linear in the stakes: each group is found once. [Within limits](Ownership::within), a step is a
    /// member of a group or list; beyond these, nothing is told but the [outcome](UltimateParents::outcome).
    ///
    /// ```
    /// # use keiretsu::Graph;
    /// let graph = Graph::open("graphs/ownership/12-pyramid.ron")?;
    /// let parents = graph.view().ownership().ultimate_parents();
    /// assert!(parents.len() == 4 && parents.iter().all(|(_, mut tops)| tops.next().unwrap().name() == "Pavel Stroud"));
    /// # Ok::<(), keiretsu::Error>(())
    /// ```
    #[must_use]
    pub fn ultimate_parents(&self) -> UltimateParents<'g> {
        let mut budget = self.budget();
        self.find_parents(&mut budget).unwrap_or_else(|stopped| UltimateParents {
            outcome: Outcome::Stopped(stopped),
            ..Default::default()
        })
    }

    fn find_parents(&self, budget: &mut Budget) -> Result<UltimateParents<'g>, StoppedBy> {
        let mut parents: Vec<Vec<u32>> = vec![Vec::new(); self.nodes().len()];
        let tops = self.tops(budget)?;
        for (n, top) in (0_u32..).zip(&tops) {
            for member in &top.members {
                if let Some(parents) = parents.get_mut(*member as usize) {
                    parents.push(n);
                }
            }
        }
        let mut found = UltimateParents::default();
        // By the groups that have a company.
        let mut known: HashMap<Vec<u32>, (usize, Vec<u32>)> = HashMap::new();
        for (node, groups) in (0_u32..).zip(parents).filter(|(_, groups)| !groups.is_empty()) {
            let Some(company) = self.nodes().single(node) else { continue };
            if !known.contains_key(&groups) {
                let own = groups.iter().filter_map(|n| tops.get(*n as usize)).flat_map(|top| &top.tops);
                let mut own: Vec<u32> = own.copied().collect();
                own.sort_unstable();
                own.dedup();
                budget.spend_all(own.len())?;
                found.lists.push(own.iter().filter_map(|node| self.nodes().single(*node)).collect());
                known.insert(groups.clone(), (found.lists.len() - 1, own));
            }
            if let Some((list, own)) = known.get(&groups)
                && own.as_slice() != [node]
            {
                found.companies.push((company, *list));
            }
        }
        Ok(found)
    }

    /// All that have no parents, with their groups.
    fn tops(&self, budget: &mut Budget) -> Result<Vec<Top>, StoppedBy> {
        let nodes = 0..u32::try_from(self.nodes().len()).unwrap_or(u32::MAX);
        let mut found = Vec::new();
        for node in nodes.clone().filter(|node| self.plain_controller(*node).is_none()) {
            let members = self.members(node, budget)?.into_iter().skip(1).collect();
            found.push(Top { tops: vec![node], members });
        }
        let mut covered: HashSet<u32> = members_of(&found);
        covered.extend(found.iter().flat_map(|top| &top.tops));
        // The remaining ones have a controller but no top: there are rings above them.
        let left: Vec<u32> = nodes.filter(|node| !covered.contains(node)).collect();
        for ring in self.control_rings(&left) {
            // Whoever is on a ring has the group of all on it.
            let members = match ring.first() {
                Some(first) => self.members(*first, budget)?,
                None => continue,
            };
            found.push(Top { tops: ring, members });
        }
        let covered = members_of(&found);
        for top in &mut found {
            let is_on_ring = top.tops.len() > 1;
            top.tops.retain(|top| (is_on_ring || !covered.contains(top)) && !self.is_held_together(*top));
        }
        found.retain(|top| !top.tops.is_empty());
        Ok(found)
    }

    /// The certain control group of a node, the node first.
    fn members(&self, node: u32, budget: &mut Budget) -> Result<Vec<u32>, StoppedBy> {
        let majority = Threshold::majority();
        let found = bloc(self.field(Right::Votes), &[node], &majority, Side::Low);
        budget.spend_all(found.members.len())?;
        Ok(found.members)
    }

    /// Rings of nodes of which each controls the next by itself, where each of `among` has a controller among them.
    fn control_rings(&self, among: &[u32]) -> Vec<Vec<u32>> {
        let mut seen: HashSet<u32> = HashSet::new();
        let mut rings = Vec::new();
        for start in among {
            let mut way = Vec::new();
            let mut node = *start;
            while seen.insert(node) {
                way.push(node);
                match self.plain_controller(node) {
                    Some(above) => node = above,
                    None => break,
                }
            }
            if let Some(n) = way.iter().position(|other| *other == node) {
                rings.push(way.split_off(n));
            }
        }
        rings
    }
}

fn members_of(tops: &[Top]) -> HashSet<u32> {
    tops.iter().flat_map(|top| &top.members).copied().collect()
}

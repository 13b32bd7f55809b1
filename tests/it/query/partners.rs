//! Who partners with whom.

use std::collections::{BTreeMap, BTreeSet};

use keiretsu::{EntityKind, Graph, Outcome, Partner, RelationKind};
use proptest::prelude::*;

use super::{Edge, Made, entity, made_graphs, number, plain_step};
use crate::property::cases;

/// Alliance, trade and rights between parties, not with what a deal is about; membership joins fellow members,
/// not the alliance.
const BROAD: &[RelationKind] = &[
    RelationKind::PartnersWith,
    RelationKind::IsPartnerIn,
    RelationKind::HasAgreementWith,
    RelationKind::SellsTo,
    RelationKind::LicensesTo,
    RelationKind::CrossLicensesWith,
    RelationKind::Supplies,
    RelationKind::ManufacturesFor,
    RelationKind::DistributesFor,
];

/// The reference: plain sets over plain edges.
struct Naive {
    edges: Vec<Edge>,
    parties: BTreeSet<usize>,
    broad: bool,
    group: bool,
}

impl Naive {
    fn new(made: &Made, broad: bool, group: bool) -> Self {
        let edges = made.edges().into_iter().filter(|edge| edge.counts).collect();
        let is_party = |kind: &EntityKind| !matches!(kind, EntityKind::Product);
        let parties = (0..made.kinds.len()).filter(|n| is_party(&made.kinds[*n])).collect();
        Self { edges, parties, broad, group }
    }

    /// The partners of one entity, each with the facts that make it one.
    fn ties(&self, one: usize) -> BTreeMap<usize, BTreeSet<Option<usize>>> {
        let mut ties: BTreeMap<usize, BTreeSet<Option<usize>>> = BTreeMap::new();
        let mut tie = |other: usize, fact| {
            if other != one && self.parties.contains(&one) && self.parties.contains(&other) {
                ties.entry(other).or_default().insert(fact);
            }
        };
        for edge in &self.edges {
            let direct = edge.kind == RelationKind::PartnersWith || self.broad && BROAD.contains(&edge.kind);
            if direct && (edge.from == one || edge.to == one) {
                tie(if edge.from == one { edge.to } else { edge.from }, edge.fact);
            }
            let alliance = self.broad && edge.kind == RelationKind::IsMemberOf && edge.to != one;
            for own in self
                .edges
                .iter()
                .filter(|own| alliance && (own.kind, own.from, own.to) == (edge.kind, one, edge.to))
            {
                tie(edge.from, edge.fact);
                tie(edge.from, own.fact);
            }
        }
        ties
    }

    fn group(&self, one: usize) -> BTreeSet<usize> {
        let mut group = BTreeSet::from([one]);
        loop {
            let below = self.edges.iter().filter_map(|edge| match edge.kind {
                RelationKind::IsParentOf if group.contains(&edge.from) => Some(edge.to),
                RelationKind::IsUnitOf if group.contains(&edge.to) => Some(edge.from),
                _ => None,
            });
            let more: BTreeSet<usize> = below.filter(|n| self.group && !group.contains(n)).collect();
            if more.is_empty() {
                return group;
            }
            group.extend(more);
        }
    }

    fn partners(&self, group: &BTreeSet<usize>) -> BTreeMap<usize, BTreeSet<Option<usize>>> {
        let mut partners: BTreeMap<usize, BTreeSet<Option<usize>>> = BTreeMap::new();
        for (other, facts) in group.iter().flat_map(|member| self.ties(*member)) {
            if !group.contains(&other) {
                partners.entry(other).or_default().extend(facts);
            }
        }
        partners
    }

    /// The partners by how many partnerships away they are.
    fn hops(&self, one: usize, most: usize) -> BTreeMap<usize, usize> {
        let group = self.group(one);
        let mut hops: BTreeMap<usize, usize> = BTreeMap::new();
        let mut ring = self.partners(&group).into_keys().collect::<BTreeSet<_>>();
        for hop in 1..=most {
            hops.extend(ring.iter().map(|n| (*n, hop)));
            let next = ring.iter().flat_map(|n| self.ties(*n).into_keys());
            ring = next.filter(|n| !group.contains(n) && !hops.contains_key(n)).collect();
        }
        hops
    }
}

fn facts(partner: &Partner<'_>) -> BTreeSet<Option<usize>> {
    partner.relations.iter().map(|relation| plain_step(*relation).1).collect()
}

/// A chain is a walk from the group to the partner.
fn is_chain(partner: &Partner<'_>, group: &BTreeSet<usize>) -> bool {
    let steps: Vec<_> = partner.relations.iter().map(|relation| plain_step(*relation)).collect();
    let linked = steps.windows(2).all(|pair| pair[0].3 == pair[1].2);
    let starts = steps.first().is_some_and(|step| group.contains(&step.2));
    linked && starts && steps.last().is_some_and(|step| step.3 == number(partner.partner))
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn partners_are_those_of_naive_sets(
        made in made_graphs(10, 10), one in 0..10_usize, broad: bool, group: bool, hops in 0..4_usize,
    ) {
        let (graph, one) = (made.graph(), one % made.kinds.len());
        let naive = Naive::new(&made, broad, group);
        let mut asked = entity(&graph, one).partners().hops(hops);
        asked = if broad { asked.broad() } else { asked };
        asked = if group { asked.group() } else { asked };
        let (found, outcome) = asked.run();
        prop_assert_eq!(outcome, Outcome::Complete);
        let by_hops: BTreeMap<_, _> = found.iter().map(|partner| (number(partner.partner), partner.hops)).collect();
        prop_assert_eq!(by_hops.len(), found.len());
        prop_assert_eq!(by_hops, naive.hops(one, hops));
        prop_assert!(found.is_sorted_by_key(|partner| (partner.hops, partner.partner.name())));
        let own = naive.group(one);
        let direct = naive.partners(&own);
        for partner in &found {
            prop_assert_eq!(number(partner.company), one);
            prop_assert!(partner.relations.iter().all(|relation| relation.counts()));
            if partner.hops == 1 {
                prop_assert_eq!(&facts(partner), &direct[&number(partner.partner)]);
                let dated = partner.relations.iter().filter(|relation| relation.kind() != RelationKind::IsMemberOf);
                let dates: Vec<_> = dated.map(|relation| relation.fact().unwrap().record().date()).collect();
                prop_assert!(dates.is_sorted_by_key(|date| (date.is_none(), *date)), "{dates:?}");
            } else {
                prop_assert!(is_chain(partner, &own), "{partner:?}");
            }
        }
    }

    #[test]
    fn all_pairs_come_once(made in made_graphs(10, 10), broad: bool) {
        let graph = made.graph();
        let naive = Naive::new(&made, broad, false);
        let asked = graph.view().partners();
        let (found, outcome) = if broad { asked.broad() } else { asked }.run();
        let pairs = found.iter().map(|pair| (number(pair.company), number(pair.partner), facts(pair)));
        let pairs: BTreeSet<_> = pairs.collect();
        let expected = (0..made.kinds.len()).flat_map(|one| naive.ties(one).into_iter().map(move |(other, facts)| (one, other, facts)));
        prop_assert_eq!(pairs.len(), found.len());
        prop_assert_eq!(pairs, expected.filter(|(one, other, _)| one < other).collect());
        prop_assert_eq!(outcome, Outcome::Complete);
    }

    #[test]
    fn shared_partners_are_an_intersection(made in made_graphs(10, 10), ends in (0..10_usize, 0..10_usize), broad: bool, group: bool) {
        let (graph, n) = (made.graph(), made.kinds.len());
        let (one, other) = (ends.0 % n, ends.1 % n);
        let naive = Naive::new(&made, broad, group);
        let mut asked = entity(&graph, one).shared_partners(entity(&graph, other));
        asked = if broad { asked.broad() } else { asked };
        asked = if group { asked.group() } else { asked };
        let (own, theirs) = (naive.partners(&naive.group(one)), naive.partners(&naive.group(other)));
        let shared: BTreeSet<usize> = own.keys().copied().filter(|n| theirs.contains_key(n)).collect();
        let (found, _) = asked.run();
        prop_assert_eq!(found.iter().map(|partner| number(partner.partner)).collect::<BTreeSet<_>>(), shared);
        for partner in found {
            let both = own[&number(partner.partner)].union(&theirs[&number(partner.partner)]).copied();
            prop_assert_eq!(facts(&partner), both.collect());
        }
    }
}

/// From A over a shared alliance to B, and on to C: every step is there.
#[test]
fn a_chain_over_a_shared_alliance_has_both_memberships() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
            alliances: { "x": (name: "X") },
            facts: [
                Membership(member: ["a", "b"], alliance: "x", unsourced: true),
                Partnership(between: ["b", "c"], unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let a = graph.view().find("A").unwrap();
    let (found, _) = a.partners().broad().hops(2).run();
    let chain: Vec<_> = found[1].relations.iter().map(ToString::to_string).collect();
    assert_eq!(chain, ["A is a member of X", "X has member B", "B partners with C"]);
}

#[test]
fn a_joint_venture_makes_partners_and_a_wish_does_not() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "jv": (name: "AB") },
            facts: [
                JointVenture(partner: ["a", "b"], venture: "jv", unsourced: true),
                Partnership(between: ["a", "c"], status: Sought, unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let (found, _) = graph.view().partners().run();
    let pairs: Vec<_> = found.iter().map(|pair| (pair.company.name(), pair.partner.name())).collect();
    assert_eq!(pairs, [("A", "B")]);
}

//! Questions on made-up graphs, compared with references of about ten lines that use only lists of edges.

mod bounded;
mod centrality;
mod deal_groups;
mod deals;
mod handles;
mod interlocks;
mod limits;
mod partners;
mod path_order;
#[cfg(feature = "petgraph-traits")]
mod petgraph;
mod walks;
mod whole;

use keiretsu::{
    Direction, Entity, EntityKind, EntityRecord, FactKind, FactRecord, Graph, Id, Path, Relation,
    RelationKind, Role, Status, Step, Traversal,
};
use proptest::prelude::*;

/// A made-up graph: entities by kind, and facts over them by number.
#[derive(Clone, Debug)]
struct Made {
    kinds: Vec<EntityKind>,
    facts: Vec<MadeFact>,
}

/// A fact: its kind, the entities in its first, second and third role, and its status.
#[derive(Clone, Debug)]
struct MadeFact {
    kind: FactKind,
    parties: [Vec<usize>; 3],
    state: State,
    year: Option<u16>,
    amount: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Plain,
    Completed,
    Ended,
    Sought,
    Withdrawn,
    WithdrawnOn,
}

/// A relation according to the records: plain numbers, from the subject to the object.
#[derive(Clone, Copy, Debug)]
struct Edge {
    kind: RelationKind,
    from: usize,
    to: usize,
    fact: Option<usize>,
    counts: bool,
}

/// A role, and the most entities in it.
type RoleSize = Option<(Role, usize)>;

/// The generated kinds: their roles, the most entities in each, and their projections.
const KINDS: &[(FactKind, [RoleSize; 3])] = {
    const MANY: usize = 3;
    &[
        (FactKind::Partnership, [Some((Role::Between, MANY)), Some((Role::With, MANY)), None]),
        (FactKind::Competition, [Some((Role::Between, MANY)), Some((Role::With, MANY)), None]),
        (FactKind::Link, [Some((Role::Between, MANY)), Some((Role::With, MANY)), None]),
        (FactKind::Supply, [Some((Role::Supplier, MANY)), Some((Role::Customer, MANY)), None]),
        (FactKind::Ownership, [Some((Role::Owner, 1)), Some((Role::Owned, 1)), None]),
        (FactKind::Subsidiary, [Some((Role::Parent, 1)), Some((Role::Child, MANY)), None]),
        (FactKind::Membership, [Some((Role::Member, MANY)), Some((Role::Alliance, 1)), None]),
        (FactKind::JointVenture, [Some((Role::Partner, MANY)), Some((Role::Venture, 1)), None]),
        (FactKind::Sale, [Some((Role::Seller, MANY)), Some((Role::Buyer, MANY)), Some((Role::Of, MANY))]),
    ]
};

impl MadeFact {
    fn is_mutual(&self) -> bool {
        matches!(self.kind, FactKind::Partnership | FactKind::Competition | FactKind::Link)
    }

    /// The projections of such a fact according to vocabulary.md, written out by hand.
    fn edges(&self) -> Vec<(RelationKind, usize, usize)> {
        let [first, second, third] = &self.parties;
        match self.kind {
            FactKind::Partnership => mutual(RelationKind::PartnersWith, first, second),
            FactKind::Competition => mutual(RelationKind::CompetesWith, first, second),
            FactKind::Link => mutual(RelationKind::IsLinkedTo, first, second),
            FactKind::Supply => each(RelationKind::Supplies, first, second),
            FactKind::Ownership => each(RelationKind::OwnsShareOf, first, second),
            FactKind::Subsidiary => each(RelationKind::IsParentOf, first, second),
            FactKind::Membership => each(RelationKind::IsMemberOf, first, second),
            FactKind::JointVenture => {
                let mut edges = each(RelationKind::IsPartnerIn, first, second);
                edges.extend(mutual(RelationKind::PartnersWith, first, &[]));
                edges
            }
            FactKind::Sale => {
                let mut edges = each(RelationKind::SellsTo, first, second);
                edges.extend(each(RelationKind::Divests, first, third));
                edges.extend(each(RelationKind::Acquires, second, third));
                edges
            }
            other => panic!("{other} is not made"),
        }
    }

    fn counts(&self) -> bool {
        !matches!(self.state, State::Sought | State::Withdrawn | State::WithdrawnOn)
    }

    fn record(&self, n: usize) -> FactRecord {
        let mut fact = FactRecord::new(self.kind).id(fact_id(n));
        fact.unsourced = true;
        let (_, roles) = KINDS.iter().find(|(kind, _)| *kind == self.kind).unwrap();
        for (role, parties) in roles.iter().zip(&self.parties) {
            for party in parties {
                fact = fact.role(role.unwrap().0, entity_id(*party));
            }
        }
        fact.announced = self.year.map(|year| year.to_string().parse().unwrap());
        fact.amount = self.amount.map(|amount| amount.parse().unwrap());
        match self.state {
            State::Plain => {}
            State::Completed => fact.completed = Some("2020".parse().unwrap()),
            State::Ended => fact.status = Some(Status::Ended),
            State::Sought => fact.status = Some(Status::Sought),
            State::Withdrawn => fact.status = Some(Status::Withdrawn),
            State::WithdrawnOn => fact.withdrawn = Some("2021-03".parse().unwrap()),
        }
        fact
    }
}

fn each(kind: RelationKind, from: &[usize], to: &[usize]) -> Vec<(RelationKind, usize, usize)> {
    from.iter().flat_map(|from| to.iter().map(move |to| (kind, *from, *to))).collect()
}

/// Every two of one side; or each of one side with each of the other, never with itself, no pair twice.
fn mutual(kind: RelationKind, one: &[usize], other: &[usize]) -> Vec<(RelationKind, usize, usize)> {
    let mut edges: Vec<(RelationKind, usize, usize)> = Vec::new();
    for (n, from) in one.iter().enumerate() {
        for to in if other.is_empty() { &one[n + 1..] } else { other } {
            let known = edges.iter().any(|(_, a, b)| (a, b) == (from, to) || (a, b) == (to, from));
            if from != to && !known {
                edges.push((kind, *from, *to));
            }
        }
    }
    edges
}

impl Made {
    fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (n, fact) in self.facts.iter().enumerate() {
            let counts = fact.counts();
            let own = fact.edges().into_iter();
            edges.extend(own.map(|(kind, from, to)| Edge { kind, from, to, fact: Some(n), counts }));
        }
        for (from, _) in self.kinds.iter().enumerate().filter(|(_, kind)| **kind == EntityKind::Unit) {
            edges.push(Edge { kind: RelationKind::IsUnitOf, from, to: 0, fact: None, counts: true });
        }
        edges
    }

    fn graph(&self) -> Graph {
        let mut builder = Graph::builder();
        for (n, kind) in self.kinds.iter().enumerate().rev() {
            let entity = EntityRecord::new(*kind, entity_id(n), format!("E{n}"));
            builder.entity(if *kind == EntityKind::Unit { entity.unit_of(entity_id(0)) } else { entity });
        }
        for (n, fact) in self.facts.iter().enumerate() {
            builder.fact(fact.record(n));
        }
        builder.build().unwrap()
    }
}

fn entity_id(n: usize) -> Id {
    format!("e{n:02}").parse().unwrap()
}

fn fact_id(n: usize) -> Id {
    format!("f{n:02}").parse().unwrap()
}

fn number(entity: Entity<'_>) -> usize {
    entity.id()[1..].parse().unwrap()
}

fn entity(graph: &Graph, n: usize) -> Entity<'_> {
    graph.view().entity(entity_id(n).as_str()).unwrap()
}

/// A step of a path as plain values: kind, fact, where from, where to.
type PlainStep = (RelationKind, Option<usize>, usize, usize);

fn plain_step(relation: Relation<'_>) -> PlainStep {
    let fact = relation.fact().map(|fact| fact.id()[1..].parse().unwrap());
    (relation.kind(), fact, number(relation.subject()), number(relation.object()))
}

fn plain_path(path: &Path<'_>) -> Vec<PlainStep> {
    path.steps().iter().map(|step| plain_step(*step)).collect()
}

/// The rules of a walk, as numbers.
#[derive(Clone, Debug)]
struct Rules {
    kinds: Option<Vec<RelationKind>>,
    direction: Direction,
    max_hops: Option<usize>,
    /// Facts (by bit) whose relations are not followed from a lower entity to a higher one.
    refused: u32,
    /// Entities (by bit) at which the walk stops.
    stops: u32,
}

impl Rules {
    fn accepts(&self, fact: Option<usize>, from: usize, to: usize) -> bool {
        !(from < to && fact.is_some_and(|fact| self.refused >> (fact % 32) & 1 == 1))
    }

    fn stops_at(&self, entity: usize) -> bool {
        self.stops >> entity & 1 == 1
    }

    fn traversal<'g>(&self, start: Entity<'g>) -> Traversal<'g, '_> {
        let traversal = start.traverse().direction(self.direction);
        let traversal = match &self.kinds {
            Some(kinds) => traversal.follow(kinds.iter().copied()),
            None => traversal,
        };
        let traversal = match self.max_hops {
            Some(hops) => traversal.max_hops(hops),
            None => traversal,
        };
        traversal
            .follow_if(|step: Step<'g>| {
                let (_, fact, ..) = plain_step(step.relation());
                self.accepts(fact, number(step.from()), number(step.to()))
            })
            .stop_at(|entity| self.stops_at(number(entity)))
    }

    /// The steps from an entity, in the order of kind, then of the other's id.
    fn steps(&self, edges: &[Edge], here: usize) -> Vec<PlainStep> {
        let mut steps = Vec::new();
        for (n, edge) in edges.iter().enumerate() {
            let both = edge.kind.is_symmetric() || self.direction == Direction::Both;
            let out = edge.from == here && (both || self.direction == Direction::Outgoing);
            let back = edge.to == here && (both || self.direction == Direction::Incoming);
            let wanted = self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&edge.kind));
            let to = if out { edge.to } else { edge.from };
            if (out || back) && wanted && edge.counts && self.accepts(edge.fact, here, to) {
                steps.push((edge.kind, to, n, (edge.kind, edge.fact, here, to)));
            }
        }
        steps.sort_by_key(|(kind, to, n, _)| (*kind, *to, *n));
        steps.into_iter().map(|(.., step)| step).collect()
    }
}

fn made_graphs(most_entities: usize, most_facts: usize) -> impl Strategy<Value = Made> {
    let kind = prop_oneof![
        6 => Just(EntityKind::Company),
        1 => Just(EntityKind::Unit),
        1 => Just(EntityKind::Alliance),
        1 => Just(EntityKind::Unspecified),
        1 => Just(EntityKind::Product),
    ];
    let kinds = prop::collection::vec(kind, 2..=most_entities);
    let facts = prop::collection::vec(made_facts(), 0..=most_facts);
    (kinds, facts).prop_map(|(mut kinds, mut facts)| {
        kinds[0] = EntityKind::Company;
        facts.iter_mut().for_each(|fact| fit(fact, kinds.len()));
        Made { kinds, facts }
    })
}

fn made_facts() -> impl Strategy<Value = MadeFact> {
    let parties = || prop::collection::vec(0..64_usize, 0..=3);
    let state = prop_oneof![
        5 => Just(State::Plain),
        2 => Just(State::Completed),
        1 => Just(State::Ended),
        1 => Just(State::Sought),
        1 => Just(State::Withdrawn),
        1 => Just(State::WithdrawnOn),
    ];
    let amount = prop::option::of(prop::sample::select(vec!["USD 5", "USD 3..9", "EUR 7", "undisclosed"]));
    let rest = (state, prop::option::of(2010..2016_u16), amount);
    ((0..KINDS.len()), [parties(), parties(), parties()], rest).prop_map(
        |(kind, parties, (state, year, amount))| {
            let kind = KINDS[kind].0;
            MadeFact { kind, parties, state, year, amount }
        },
    )
}

/// Makes the fact valid: parties exist, differ, and are as many as its roles allow.
fn fit(fact: &mut MadeFact, entities: usize) {
    let (_, roles) = KINDS.iter().find(|(kind, _)| *kind == fact.kind).unwrap();
    for (parties, role) in fact.parties.iter_mut().zip(roles) {
        parties.iter_mut().for_each(|party| *party %= entities);
        let mut seen = Vec::new();
        parties.retain(|party| !seen.contains(party) && (seen.push(*party), true).1);
        parties.truncate(role.map_or(0, |(_, most)| most));
    }
    let mutual = fact.is_mutual();
    let [first, second, _] = &mut fact.parties;
    if first.is_empty() {
        first.push(0);
    }
    if second.is_empty() && !mutual {
        second.push(first[0]);
    }
    if mutual && first.len() == 1 && (second.is_empty() || second == first) {
        *second = vec![(first[0] + 1) % entities];
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let kinds = prop::collection::vec(prop::sample::select(RelationKind::ALL), 1..8);
    let directions = [Direction::Outgoing, Direction::Incoming, Direction::Both];
    let kinds = prop::option::weighted(0.3, kinds);
    let bits = || prop_oneof![Just(0), any::<u32>().prop_map(|a| a & (a >> 7)), any::<u32>()];
    let hops = prop::option::weighted(0.4, 0..6_usize);
    (kinds, prop::sample::select(directions.to_vec()), hops, bits(), bits()).prop_map(
        |(kinds, direction, max_hops, refused, stops)| Rules { kinds, direction, max_hops, refused, stops },
    )
}

/// A chain of suppliers with this many relations.
fn chain(relations: usize) -> Graph {
    let mut builder = Graph::builder();
    builder.limits(keiretsu::Limits::trusted());
    let id = |n: usize| format!("e{n:07}").parse::<Id>().unwrap();
    for n in 0..=relations {
        builder.entity(EntityRecord::new(EntityKind::Company, id(n), format!("E{n}")));
    }
    for n in 0..relations {
        let mut fact =
            FactRecord::new(FactKind::Supply).role(Role::Supplier, id(n)).role(Role::Customer, id(n + 1));
        fact.unsourced = true;
        builder.fact(fact);
    }
    builder.build().unwrap()
}

/// Everybody partners with everybody, plus one isolated entity.
fn everybody(entities: usize) -> Made {
    let parties = [(0..entities).collect(), Vec::new(), Vec::new()];
    let fact =
        MadeFact { kind: FactKind::Partnership, parties, state: State::Plain, year: None, amount: None };
    Made { kinds: vec![EntityKind::Company; entities + 1], facts: vec![fact] }
}

//! Questions about the whole graph, and lean walks, compared with references over plain lists of edges.

use std::collections::{BTreeMap, BTreeSet};

use keiretsu::{Entity, FactKind, FactRecord, Graph, RelationKind, RelationKinds, Role, View};
use proptest::prelude::*;

use super::{Edge, Made, entity, entity_id, made_graphs, number, plain_step, rules};
use crate::property::cases;

/// What touches an entity, read from it: by kind, then the other, then the order of relations.
fn touching(edges: &[Edge], here: usize) -> Vec<(RelationKind, usize, Option<usize>)> {
    let mut found: Vec<_> = edges
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.from == here || edge.to == here)
        .map(|(n, edge)| (edge.kind, if edge.from == here { edge.to } else { edge.from }, n, edge.fact))
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(kind, other, _, fact)| (kind, other, fact)).collect()
}

fn components(made: &Made, edges: &[Edge]) -> Vec<BTreeSet<usize>> {
    let mut sets: Vec<BTreeSet<usize>> = (0..made.kinds.len()).map(|n| BTreeSet::from([n])).collect();
    for edge in edges {
        let joined: BTreeSet<usize> = sets
            .iter()
            .filter(|set| set.contains(&edge.from) || set.contains(&edge.to))
            .flatten()
            .copied()
            .collect();
        sets.retain(|set| set.is_disjoint(&joined));
        sets.push(joined);
    }
    sets.sort_by_key(|set| (std::cmp::Reverse(set.len()), set.first().copied()));
    sets
}

/// PageRank by the textbook: many rounds of the power method.
fn ranks(entities: usize, edges: &[(usize, usize)]) -> Vec<f64> {
    let n = entities as f64;
    let mut ranks = vec![1.0 / n; entities];
    for _ in 0..300 {
        let leaving = |from: usize| edges.iter().filter(|(a, _)| *a == from).count() as f64;
        let idle: f64 = (0..entities).filter(|e| leaving(*e) == 0.0).map(|e| ranks[e]).sum();
        let mut next = vec![(0.15 + 0.85 * idle) / n; entities];
        for (from, to) in edges {
            next[*to] += 0.85 * ranks[*from] / leaving(*from);
        }
        ranks = next;
    }
    ranks
}

/// Every three relations in a cycle of these kinds, each choice once.
fn circles(edges: &[Edge], kinds: [RelationKind; 3]) -> Vec<[usize; 3]> {
    let both = |edge: &Edge| {
        let turned = edge.kind.is_symmetric() && edge.from != edge.to;
        std::iter::once((edge.from, edge.to)).chain(turned.then_some((edge.to, edge.from)))
    };
    let steps = |kind: RelationKind| -> Vec<(usize, usize)> {
        edges.iter().filter(|edge| edge.kind == kind).flat_map(both).collect()
    };
    let [first, second, third] = kinds.map(steps);
    let mut found = Vec::new();
    for (a, b) in first {
        for (_, c) in second.iter().filter(|(from, _)| *from == b) {
            found.extend(third.iter().filter(|step| **step == (*c, a)).map(|_| [a, b, *c]));
        }
    }
    found.sort_unstable();
    found
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn relations_of_an_entity_are_those_of_the_list(made in made_graphs(10, 12)) {
        let (graph, edges) = (made.graph(), made.edges());
        for here in 0..made.kinds.len() {
            let own: Vec<_> = entity(&graph, here).relations().map(plain_step).collect();
            prop_assert!(own.iter().all(|(.., from, _)| *from == here));
            let own: Vec<_> = own.into_iter().map(|(kind, fact, _, to)| (kind, to, fact)).collect();
            prop_assert_eq!(&own, &touching(&edges, here));
            let counted: Vec<Edge> = edges.iter().copied().filter(|edge| edge.counts).collect();
            for kind in RelationKind::ALL {
                let near: Vec<_> = entity(&graph, here).neighbors(*kind).map(|(_, other)| number(other)).collect();
                let listed = touching(&counted, here).into_iter().filter(|(own, ..)| own == kind);
                prop_assert_eq!(near, listed.map(|(_, other, _)| other).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn records_come_back_as_given(made in made_graphs(10, 12)) {
        let records = made.graph().to_records();
        let given: Vec<FactRecord> = made.facts.iter().enumerate().map(|(n, fact)| fact.record(n)).collect();
        prop_assert_eq!(records.facts, given);
    }

    #[test]
    fn lean_walks_agree_with_full_ones(made in made_graphs(10, 10), rules in rules(), start in 0..10_usize, to in 0..10_usize) {
        let graph = made.graph();
        let (start, to) = (entity(&graph, start % made.kinds.len()), entity(&graph, to % made.kinds.len()));
        for bare in [false, true] {
            let traversal = rules.traversal(start);
            let plain = start.traverse().direction(rules.direction);
            let plain = match &rules.kinds { Some(kinds) => plain.follow(kinds.iter().copied()), None => plain };
            let plain = match rules.max_hops { Some(hops) => plain.max_hops(hops), None => plain };
            let walk = if bare { &plain } else { &traversal };
            let selection = walk.run();
            prop_assert_eq!(walk.count(), (selection.len(), selection.outcome()));
            let (path, outcome) = walk.shortest(to);
            prop_assert_eq!(walk.distance(to), (path.map(|path| path.hops()), outcome));
        }
    }

    #[test]
    fn relations_of_a_kind_are_those_of_all(made in made_graphs(10, 12), date in prop::sample::select(vec!["", "2016", "2020"])) {
        let graph = made.graph();
        let view = if date.is_empty() { graph.view() } else { graph.as_of(date.parse().unwrap()) };
        let mut count = 0;
        for kind in RelationKind::ALL {
            let found: Vec<_> = view.relations_of(*kind).collect();
            let ends = |relation: &keiretsu::Relation<'_>| (number(relation.subject()), number(relation.object()));
            prop_assert!(found.is_sorted_by_key(ends));
            let known: std::collections::HashSet<_> = view.relations().filter(|relation| relation.kind() == *kind).collect();
            let plain = found.iter().map(|relation| plain_step(*relation)).collect::<BTreeSet<_>>();
            prop_assert_eq!(plain, known.iter().map(|relation| plain_step(*relation)).collect());
            prop_assert_eq!(found.len(), known.len());
            count += found.len();
        }
        prop_assert_eq!(count, view.relations().count());
        let told = format!("{graph:?}");
        let relations = format!("relations: {},", graph.view().relations().count());
        prop_assert!(told.contains(&relations), "{} {}", told, relations);
    }

    #[test]
    fn components_are_what_hangs_together(made in made_graphs(12, 8)) {
        let (graph, edges) = (made.graph(), made.edges());
        let edges: Vec<Edge> = edges.into_iter().filter(|edge| edge.counts).collect();
        let expected = components(&made, &edges);
        let found = graph.view().components().run();
        let sets: Vec<BTreeSet<usize>> = (0..found.len()).map(|n| found.entities(n).map(number).collect()).collect();
        prop_assert_eq!(found.sizes().to_vec(), expected.iter().map(BTreeSet::len).collect::<Vec<_>>());
        let degree = |n: usize| edges.iter().flat_map(|edge| [edge.from, edge.to]).filter(|end| *end == n).count();
        for (set, largest) in sets.iter().zip(found.most_connected(found.len(), 3)) {
            let mut most: Vec<usize> = set.iter().copied().collect();
            most.sort_by_key(|n| (std::cmp::Reverse(degree(*n)), entity(&graph, *n).position()));
            most.truncate(3);
            prop_assert_eq!(largest.into_iter().map(number).collect::<Vec<_>>(), most);
        }
        prop_assert_eq!(sets, expected);
    }

    #[test]
    fn ranks_are_those_of_the_power_method(made in made_graphs(10, 10)) {
        let graph = made.graph();
        let edges: Vec<Edge> = made.edges().into_iter().filter(|edge| edge.counts).collect();
        let stored: Vec<_> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
        let turned = edges.iter().filter(|edge| edge.kind.is_symmetric()).map(|edge| (edge.to, edge.from));
        let mutual: Vec<_> = stored.iter().copied().chain(turned).collect();
        for (question, edges) in [(graph.view().page_rank(), stored), (graph.view().page_rank().mutual(), mutual)] {
            let found = question.tolerance(1e-12).run();
            for (n, rank) in ranks(made.kinds.len(), &edges).into_iter().enumerate() {
                // It has eight digits.
                prop_assert!((found.of(entity(&graph, n)).unwrap() - rank).abs() < 6e-9, "{} {} {}", n, rank, found.of(entity(&graph, n)).unwrap());
            }
            let top = found.top(3);
            prop_assert!(top.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
    }

    #[test]
    fn triangles_are_three_relations_in_a_circle(made in made_graphs(6, 14), kinds in prop::sample::select(vec![
        [RelationKind::SellsTo, RelationKind::PartnersWith, RelationKind::CompetesWith],
        [RelationKind::PartnersWith; 3],
        [RelationKind::Supplies, RelationKind::Supplies, RelationKind::SellsTo],
        [RelationKind::OwnsShareOf, RelationKind::IsParentOf, RelationKind::PartnersWith],
    ])) {
        let graph = made.graph();
        let edges: Vec<Edge> = made.edges().into_iter().filter(|edge| edge.counts).collect();
        let mut expected = circles(&edges, kinds);
        let triangles = graph.view().triangles(kinds);
        prop_assert_eq!(triangles.count(), expected.len() as u64);
        expected.dedup();
        let found: Vec<[usize; 3]> = triangles.run(usize::MAX).into_iter().map(|three| three.map(number)).collect();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(triangles.run(1).len(), expected.len().min(1));
    }

    #[test]
    fn majority_chains_lead_to_the_top(owners in prop::collection::vec(prop::option::of((0..200_usize, 1..100_u32)), 1..200)) {
        let count = owners.len();
        let mut builder = Graph::builder();
        for n in 0..count {
            builder.company(entity_id(n).as_str(), format!("E{n}")).unwrap();
        }
        let mut above = BTreeMap::new();
        for (owned, owner) in owners.iter().enumerate() {
            let Some((owner, percent)) = owner else { continue };
            // Usually the previous one, so that chains get long; sometimes a cycle.
            let owner = if owner % 16 == 0 { owner % count } else { owned.saturating_sub(1) };
            if owner == owned {
                continue;
            }
            let mut fact = FactRecord::new(FactKind::Ownership).role(Role::Owner, entity_id(owner)).role(Role::Owned, entity_id(owned));
            let share = if *percent < 20 { *percent } else { 50 + percent / 2 };
            fact = fact.attribute(keiretsu::Attribute::Share, keiretsu::AttributeValue::Share(format!("{share}%").parse().unwrap()));
            fact.unsourced = true;
            builder.fact(fact);
            if share > 50 {
                above.insert(owned, owner);
            }
        }
        let graph = builder.build().unwrap();
        let owners = graph.view().majority_owners();
        let mut chains = Vec::new();
        for own in above.keys() {
            let mut way = vec![*own];
            while let Some(next) = above.get(way.last().unwrap()) {
                way.push(*next);
                if way.len() > count + 1 {
                    break;
                }
            }
            let circle = way.len() > count + 1;
            chains.push((*own, (!circle).then(|| *way.last().unwrap()), if circle { 0 } else { way.len() - 1 }));
        }
        chains.sort_by_key(|(own, ..)| entity_id(*own).as_str().to_owned());
        let found: Vec<_> = owners.chains().map(|chain| (number(chain.entity), chain.top.map(number), chain.links)).collect();
        prop_assert_eq!(found, chains);
        let owner = |n: usize| owners.owner(entity(&graph, n)).map(number);
        prop_assert!((0..count).all(|n| owner(n) == above.get(&n).copied()));
    }
}

#[test]
fn positions_count_entities() {
    let graph = super::chain(3);
    let positions: Vec<usize> = graph.view().entities().map(Entity::position).collect();
    assert_eq!(positions, [0, 1, 2, 3]);
    assert_eq!(graph.view().components().follow(RelationKinds::NONE).run().len(), 4);
}

/// Reported progress goes from 0 to 1 and never back, and does not change the answer.
#[test]
fn progress_is_told() {
    let mut text = "Graph(companies: {".to_owned();
    let n = 400;
    (0..n).for_each(|i| text.push_str(&format!("\"c{i:03}\": (name: \"C{i}\"),")));
    text.push_str("}, facts: [");
    // A mutual fact of 363 parties has about 65,700 relations: enough for several progress steps of the components.
    let parties: Vec<String> = (0..363).map(|i| format!("\"c{i:03}\"")).collect();
    text.push_str(&format!("Partnership(between: [{}], unsourced: true),", parties.join(",")));
    (1..n).for_each(|i| {
        let owner = i / 2;
        text.push_str(&format!("Supply(supplier: \"c{i:03}\", customer: \"c{owner:03}\", unsourced: true),"));
    });
    text.push_str("])");
    let graph = Graph::from_ron(&text).unwrap();
    let view = graph.view();
    let (mut ranked, mut joined) = (Vec::new(), Vec::new());
    let ranks = view.page_rank().run_telling(|part| ranked.push(part));
    let components = view.components().run_telling(|part| joined.push(part));
    assert_eq!(ranks.top(n), view.page_rank().run().top(n));
    assert_eq!(components.sizes(), view.components().run().sizes());
    for told in [ranked, joined] {
        assert!(
            !told.is_empty() && told.is_sorted() && told.iter().all(|part| (0.0..=1.0).contains(part)),
            "{told:?}"
        );
    }
}

/// A graph that is large enough for two threads: mutual facts of many parties each, so that few lines make many relations.
#[test]
fn large_graphs_are_looked_at_in_two_parts() {
    const COMPANIES: usize = 4_000;
    let mut builder = Graph::builder();
    for n in 0..COMPANIES {
        builder.company(entity_id(n).as_str(), format!("E{n}")).unwrap();
    }
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut groups = Vec::new();
    for n in 0..44 {
        // Groups keep to a part of all, so that there are several components; one starts in a year of its own.
        let (base, year) = (random(8) * 500, if n == 0 { "2020" } else { "2010" });
        let parties: BTreeSet<usize> = (0..70).map(|_| base + random(420)).collect();
        let mut fact = FactRecord::new(FactKind::Partnership);
        for party in &parties {
            fact = fact.role(Role::Between, entity_id(*party));
        }
        fact.since = Some(year.parse().unwrap());
        fact.unsourced = true;
        builder.fact(fact);
        groups.push(parties);
    }
    let graph = builder.build().unwrap();
    let sizes = |groups: &[BTreeSet<usize>]| {
        let mut sets: Vec<BTreeSet<usize>> = (0..COMPANIES).map(|n| BTreeSet::from([n])).collect();
        for group in groups {
            let (apart, mut joined): (Vec<_>, Vec<_>) =
                sets.into_iter().partition(|set| set.is_disjoint(group));
            let all = joined.iter_mut().fold(BTreeSet::new(), |mut all, set| {
                all.append(set);
                all
            });
            sets = apart;
            sets.push(all);
        }
        let mut sizes: Vec<usize> = sets.iter().map(BTreeSet::len).collect();
        sizes.sort_by_key(|size| std::cmp::Reverse(*size));
        sizes
    };
    let relations: usize = groups.iter().map(|group| group.len() * (group.len() - 1) / 2).sum();
    assert!(relations > 70_000, "{relations}");
    let then = graph.as_of("2015-05-05".parse().unwrap());
    assert_eq!(graph.view().components().run().sizes(), sizes(&groups));
    assert_eq!(then.components().run().sizes(), sizes(&groups[1..]));
    assert!(sizes(&groups).len() < sizes(&groups[1..]).len());

    let circle = [RelationKind::PartnersWith; 3];
    let mut near = vec![BTreeMap::new(); COMPANIES];
    for group in &groups {
        for one in group {
            for other in group.iter().filter(|other| *other != one) {
                *near[*one].entry(*other).or_insert(0_u64) += 1;
            }
        }
    }
    let onward = |a: usize, b: usize| -> u64 {
        near[b].iter().map(|(c, times)| times * near[*c].get(&a).copied().unwrap_or(0)).sum()
    };
    let circles =
        near.iter().enumerate().flat_map(|(a, near)| near.iter().map(move |(b, times)| (a, *b, *times)));
    let expected: u64 = circles.map(|(a, b, times)| times * onward(a, b)).sum();
    assert_eq!(graph.view().triangles(circle).count(), expected);
}

/// Of several stated majority owners, the first stated that the view shows; no sought stakes, and derived ones only
/// with a date.
#[test]
fn of_several_majorities_the_first_stated_counts() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "m": (name: "M"), "n": (name: "N"), "z": (name: "Z") },
            facts: [
                Ownership(owner: "a", owned: "m", share: "90%", status: Sought, unsourced: true),
                Ownership(owner: "z", owned: "m", share: "60%", since: "2010-01-01", until: "2020-01-01", unsourced: true),
                Ownership(owner: "a", owned: "m", share: "55%", since: "2015-01-01", unsourced: true),
                Ownership(owner: "m", owned: "m", share: "80%", unsourced: true),
                Acquisition(acquirer: "a", target: "n", completed: "2016-01-01", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let owners = |view: View<'_>| -> Vec<(String, String)> {
        let found = view.majority_owners();
        let pair = |own: Entity<'_>| Some((own.id().to_owned(), found.owner(own)?.id().to_owned()));
        view.entities().filter_map(pair).collect()
    };
    let pairs = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(own, owner)| ((*own).to_owned(), (*owner).to_owned())).collect()
    };
    assert_eq!(owners(graph.view()), pairs(&[("m", "z")]));
    let on = |date: &str| owners(graph.as_of(date.parse().unwrap()));
    assert_eq!(on("2012-05-05"), pairs(&[("m", "z")]));
    assert_eq!(on("2017-05-05"), pairs(&[("m", "z"), ("n", "a")]));
    assert_eq!(on("2021-05-05"), pairs(&[("m", "a"), ("n", "a")]));
}

/// Indistinguishable entities have the same rank, in order of id, whatever the last digits of the walk.
#[test]
fn equal_ranks_are_equal() {
    for n in [3, 5, 7, 12, 64, 300, 512] {
        let company = |n: usize| format!("\"c{n:03}\": (name: \"C\"),");
        let supply = |from: usize| {
            let to = [1, 2].map(|step| format!("\"c{:03}\"", (from + step) % n));
            format!("Supply(supplier: \"c{from:03}\", customer: [{}], unsourced: true),", to.join(", "))
        };
        let companies: String = (0..n).map(company).collect();
        let facts: String = (0..n).map(supply).collect();
        let text = format!("Graph(companies: {{{companies}}}, facts: [{facts}])");
        let graph = Graph::from_ron(&text).unwrap();
        for question in [graph.view().page_rank(), graph.view().page_rank().damping(0.5)] {
            let ranks = question.run();
            let top = ranks.top(n);
            let ids: Vec<_> = top.iter().map(|(entity, _)| entity.id()).collect();
            assert!(ids.is_sorted() && ids.len() == n, "{ids:?}");
            let (first, digits) = (top[0].1, ranks.digits());
            assert_eq!(digits, 8, "of {n}");
            assert!((first * n as f64 - 1.0).abs() < 1e-7, "{first} of {n}");
            assert!(
                top.iter().all(|(entity, rank)| *rank == first && ranks.of(*entity) == Some(first)),
                "{n}"
            );
            assert_eq!(ranks.top(n / 2), top[..n / 2]);
        }
    }
}

/// With less convergence there are fewer digits, and those left agree with the solution.
#[test]
fn a_rank_has_the_digits_that_have_converged() {
    let text = r#"Graph(
        companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C") },
        facts: [
            Supply(supplier: "a", customer: ["b", "c"], unsourced: true),
            Supply(supplier: "b", customer: "c", unsourced: true),
            Supply(supplier: "c", customer: "a", unsourced: true),
        ],
    )"#;
    let graph = Graph::from_ron(text).unwrap();
    // a = 0.05 + 0.85 c, b = 0.05 + 0.425 a, c = 0.05 + 0.425 a + 0.85 b.
    let a = (0.05 + 0.85 * (0.05 + 0.85 * 0.05)) / (1.0 - 0.85 * (0.425 + 0.85 * 0.425));
    let expected = [a, 0.05 + 0.425 * a, 0.05 + 0.425 * a + 0.85 * (0.05 + 0.425 * a)];
    let mut told = Vec::new();
    for tolerance in [1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-12] {
        let ranks = graph.view().page_rank().tolerance(tolerance).run();
        told.push(ranks.digits());
        for (id, expected) in ["a", "b", "c"].into_iter().zip(expected) {
            let found = ranks.of(graph.view().entity(id).unwrap()).unwrap();
            // All are between 0.1 and 1: so many places are so many digits.
            let unit = 0.1_f64.powi(ranks.digits() as i32);
            assert!((found - expected).abs() < unit * 1.01, "{tolerance} {id}: {found}, not {expected}");
            assert!(
                ((found / unit).round() * unit - found).abs() < 1e-12,
                "{found} has {} digits",
                ranks.digits()
            );
        }
    }
    assert!(told.is_sorted() && told[0] == 1 && told[5] == 8, "{told:?}");
}

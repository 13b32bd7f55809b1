//! Filters on a view: what they choose, by hand and against a naive reading of the records.

use std::collections::BTreeSet;

use keiretsu::{Confidence, Country, FactFilter, FactKind, Graph, RelationKind, Status, View};
use proptest::collection::vec;
use proptest::prelude::*;

const GRAPH: &str = r#"Graph(
    companies: {
        "acme": (name: "Acme", country: "DE", industry: "Anvils"),
        "bolt": (name: "Bolt", country: "US", industry: "screws"),
        "cog": (name: "Cog", country: "FR", industry: "Gears"),
        "dyn": (name: "Dyn", country: "US"),
    },
    brands: { "x": (name: "X") },
    sources: {
        "filing": (kind: Filing, title: "A filing", published: "2015"),
        "news": (kind: News, title: "The news", published: "2016"),
    },
    facts: [
        Partnership(id: "three", between: ["acme", "bolt", "cog"], since: "2010", evidence: [(source: "news")]),
        Supply(id: "supply", supplier: "acme", customer: "bolt", announced: "2012", status: Announced,
            evidence: [(source: "news"), (source: "filing")]),
        Competition(id: "rivals", between: ["acme", "dyn"], unsourced: true),
        Sale(id: "sale", seller: "cog", buyer: "dyn", of: "x", completed: "2014", evidence: [(source: "filing")]),
        Partnership(id: "said", between: ["bolt", "dyn"], confidence: Rumoured,
            evidence: [(source: "news"), (source: "filing", stance: Refutes)]),
        Holding(id: "held", holder: "cog", of: "x", since: "2000", evidence: [(source: "filing")]),
    ],
)"#;

fn facts<'g>(view: View<'g>) -> Vec<&'g str> {
    view.facts().map(|fact| fact.id()).collect()
}

fn view_of<'g>(graph: &'g Graph, filter: &'g FactFilter<'g>) -> View<'g> {
    graph.view().only(filter)
}

fn country(code: &str) -> Country {
    code.parse().unwrap()
}

#[test]
fn each_criterion_chooses_facts() {
    let graph = Graph::from_ron(GRAPH).unwrap();
    let view = graph.view();
    let source = |id: &str| view.sources().find(|source| source.id() == id).unwrap();
    let new = FactFilter::new;
    let table: &[(FactFilter<'_>, &[&str])] = &[
        (new(), &["three", "supply", "rivals", "sale", "said", "held"]),
        (new().status(Status::Announced), &["supply"]),
        // Without dates there is no status.
        (new().without_status(Status::Announced), &["three", "rivals", "sale", "said", "held"]),
        (new().confidence(Confidence::Confirmed), &["supply", "sale", "held"]),
        (
            new().confidence(Confidence::Confirmed).confidence(Confidence::Rumoured),
            &["supply", "sale", "said", "held"],
        ),
        (new().country(country("DE")), &["three", "supply", "rivals"]),
        (new().without_country(country("US")), &["held"]),
        (new().industry("gears".to_owned()), &["three", "sale", "held"]),
        (new().source(source("filing")), &["supply", "sale", "held"]),
        (new().without_source(source("news")), &["rivals", "sale", "held"]),
        (new().most_sources(1), &["three", "sale", "said", "held"]),
        (new().most_sources(2), &["three", "supply", "sale", "said", "held"]),
        (new().unsourced(), &["rivals"]),
        (new().disputed(), &["said"]),
        (new().rumoured(), &["said"]),
        (new().kind(FactKind::Sale), &["sale"]),
        (
            new().without_kind(FactKind::Competition).without_kind(FactKind::Sale),
            &["three", "supply", "said", "held"],
        ),
        (new().relation_kind(RelationKind::PartnersWith), &["three", "said"]),
        (new().without_relation_kind(RelationKind::SellsTo), &["three", "supply", "rivals", "said", "held"]),
        (new().without_relation_kind(RelationKind::PartnersWith), &["supply", "rivals", "sale", "held"]),
        (new().without(view.find("Dyn").unwrap()), &["three", "supply", "held"]),
        (new().source(source("filing")).country(country("US")), &["supply", "sale"]),
    ];
    for (filter, expected) in table {
        let words: Vec<_> = filter.criteria().into_iter().map(|criterion| criterion.words).collect();
        assert_eq!(facts(view.only(filter)), *expected, "{words:?}");
    }
}

/// Whom the question names is not tested: of the partners of a German company, those in the United States.
#[test]
fn who_is_asked_about_is_not_tested() {
    let graph = Graph::from_ron(GRAPH).unwrap();
    let acme = graph.view().find("Acme").unwrap();
    let partners = |filter: FactFilter<'_>| {
        let view = graph.view().only(&filter);
        let (found, _) = view.adopt(acme).unwrap().partners().run();
        found.into_iter().map(|partner| partner.partner.name().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(partners(FactFilter::new().about(acme)), ["Bolt", "Cog"]);
    assert_eq!(partners(FactFilter::new().about(acme).country(country("US"))), ["Bolt"]);
    assert_eq!(partners(FactFilter::new().about(acme).without_country(country("US"))), ["Cog"]);
    assert_eq!(partners(FactFilter::new().about(acme).country(country("DE"))), [""; 0]);
    // Partners are listed, so each is tested, whoever is named.
    assert_eq!(partners(FactFilter::new().country(country("FR"))), ["Cog"]);
    let relations =
        |filter: FactFilter<'_>| view_of(&graph, &filter).adopt(acme).unwrap().relations().count();
    assert_eq!(relations(FactFilter::new().country(country("DE"))), 4);
    assert_eq!(relations(FactFilter::new().country(country("DE")).about(acme)), 0);
}

/// A sale that is not shown happened all the same.
#[test]
fn what_is_left_out_still_ends_what_it_ended() {
    let graph = Graph::from_ron(GRAPH).unwrap();
    let filter = FactFilter::new().without_kind(FactKind::Sale);
    let view = graph.as_of("2016".parse().unwrap()).only(&filter);
    let x = view.find("X").unwrap();
    assert_eq!(x.relations().count(), 0);
    let over: Vec<_> = x.no_longer_in_force().iter().map(|fact| fact.sentence()).collect();
    assert_eq!(over, ["Cog held X (since 2000)"]);
    let filter = FactFilter::new().kind(FactKind::Sale);
    let view = graph.as_of("2016".parse().unwrap()).only(&filter);
    let holder: Vec<_> = view.relations_of(RelationKind::Holds).map(|one| one.to_string()).collect();
    assert_eq!(holder, ["Dyn holds X (done 2014; follows from `sale`)"]);
    assert!(view.find("X").unwrap().no_longer_in_force().is_empty());
}

/// Of several claims about one thing, one that is accepted is enough to show it, with the evidence of all.
#[test]
fn one_claim_that_is_accepted_is_enough() {
    let graph = Graph::from_ron(
        r#"Graph(
        companies: { "a": (name: "A"), "b": (name: "B") },
        sources: {
            "one": (kind: News, title: "One"), "two": (kind: News, title: "Two"), "three": (kind: News, title: "Three"),
        },
        facts: [
            Ownership(id: "one", owner: "a", owned: "b", share: "30%", evidence: [(source: "one")]),
            Ownership(owner: "a", owned: "b", share: "40%", claims_of: "one", evidence: [(source: "two")]),
        ],
    )"#,
    )
    .unwrap();
    let view = graph.view();
    let source = |id: &str| view.sources().find(|source| source.id() == id).unwrap();
    let told = |filter: FactFilter<'_>| {
        let view = view.only(&filter);
        view.find("A").unwrap().relations().map(|one| one.to_string()).collect::<Vec<_>>()
    };
    let both = told(FactFilter::new());
    assert_eq!(both.len(), 1);
    assert_eq!(told(FactFilter::new().source(source("two"))), both);
    assert_eq!(told(FactFilter::new().source(source("three"))), [""; 0]);
}

#[derive(Clone, Debug)]
struct Stated {
    kind: usize,
    parties: Vec<usize>,
    status: usize,
    confidence: usize,
    sources: Vec<bool>,
}

const KINDS: [FactKind; 3] = [FactKind::Partnership, FactKind::Supply, FactKind::Ownership];
const COUNTRIES: [&str; 3] = ["DE", "US", "FR"];
const PARTIES: usize = 7;

fn stated() -> impl Strategy<Value = Stated> {
    (0..3usize, vec(0..PARTIES, 2..4), 0..4usize, 0..3usize, vec(any::<bool>(), 3)).prop_map(
        |(kind, mut parties, status, confidence, sources)| {
            parties.sort_unstable();
            parties.dedup();
            if kind != 0 {
                parties.truncate(2);
            }
            Stated { kind, parties, status, confidence, sources }
        },
    )
}

const STATUSES: [Option<Status>; 4] =
    [None, Some(Status::Completed), Some(Status::Ended), Some(Status::Announced)];
const CONFIDENCES: [Option<Confidence>; 3] = [None, Some(Confidence::Rumoured), Some(Confidence::Inferred)];

fn written(all: &[Stated]) -> String {
    let companies: String = (0..PARTIES)
        .map(|n| format!("\"c{n}\": (name: \"C{n}\", country: \"{}\"),", COUNTRIES[n % 3]))
        .collect();
    let mut facts = String::new();
    for one in all {
        let ids: Vec<_> = one.parties.iter().map(|n| format!("\"c{n}\"")).collect();
        let roles = match one.kind {
            0 => format!("between: [{}]", ids.join(", ")),
            1 => format!("supplier: {}, customer: {}", ids[0], ids[1]),
            _ => format!("owner: {}, owned: {}", ids[0], ids[1]),
        };
        let status = STATUSES[one.status].map_or_else(String::new, |status| format!(", status: {status}"));
        let confidence = CONFIDENCES[one.confidence]
            .map_or_else(String::new, |confidence| format!(", confidence: {confidence}"));
        let sources: Vec<_> =
            (0..3).filter(|n| one.sources[*n]).map(|n| format!("(source: \"s{n}\")")).collect();
        let evidence = match sources.is_empty() {
            true => "unsourced: true".to_owned(),
            false => format!("evidence: [{}]", sources.join(", ")),
        };
        facts.push_str(&format!("{}({roles}{status}{confidence}, {evidence}),\n", KINDS[one.kind]));
    }
    let sources: String = (0..3).map(|n| format!("\"s{n}\": (kind: News, title: \"S{n}\"),")).collect();
    format!("Graph(companies: {{{companies}}}, sources: {{{sources}}}, facts: [{facts}])")
}

/// A filter of the property, as the library has it and as a test of one statement.
#[derive(Clone, Debug)]
struct Wanted {
    status: Option<usize>,
    not_confidence: Option<usize>,
    source: Option<usize>,
    country: Option<usize>,
    without: Option<usize>,
    about: Option<usize>,
    not_kind: Option<usize>,
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let maybe = |most: usize| proptest::option::weighted(0.3, 0..most);
    (maybe(4), maybe(3), maybe(3), maybe(3), maybe(PARTIES), maybe(PARTIES), maybe(3)).prop_map(
        |(status, not_confidence, source, country, without, about, not_kind)| Wanted {
            status,
            not_confidence,
            source,
            country,
            without,
            about,
            not_kind,
        },
    )
}

impl Wanted {
    fn filter<'g>(&self, view: View<'g>) -> FactFilter<'g> {
        let entity = |n: usize| view.entity(&format!("c{n}")).unwrap();
        let mut filter = FactFilter::new();
        if let Some(status) = self.status.and_then(|n| STATUSES[n]) {
            filter = filter.status(status);
        }
        if let Some(confidence) = self.not_confidence.and_then(|n| CONFIDENCES[n]) {
            filter = filter.without_confidence(confidence);
        }
        if let Some(n) = self.source {
            filter = filter.source(view.sources().find(|source| source.id() == format!("s{n}")).unwrap());
        }
        if let Some(n) = self.country {
            filter = filter.country(country(COUNTRIES[n]));
        }
        if let Some(n) = self.without {
            filter = filter.without(entity(n));
        }
        if let Some(n) = self.about {
            filter = filter.about(entity(n));
        }
        if let Some(n) = self.not_kind {
            filter = filter.without_kind(KINDS[n]);
        }
        filter
    }

    fn accepts(&self, one: &Stated, parties: &[usize]) -> bool {
        let others: Vec<_> = parties.iter().copied().filter(|n| Some(*n) != self.about).collect();
        let tested = if others.is_empty() { parties.to_vec() } else { others };
        let status = self.status.is_none_or(|n| STATUSES[n].is_none() || STATUSES[one.status] == STATUSES[n]);
        let confidence = self
            .not_confidence
            .is_none_or(|n| CONFIDENCES[n].is_none() || CONFIDENCES[one.confidence] != CONFIDENCES[n]);
        status
            && confidence
            && self.source.is_none_or(|n| one.sources[n])
            && self.country.is_none_or(|n| tested.iter().any(|party| party % 3 == n))
            && self.without.is_none_or(|n| !parties.contains(&n))
            && self.not_kind != Some(one.kind)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_view_shows_what_a_reading_of_the_records_accepts(
        all in vec(stated(), 1..14), wanted in wanted(), start in 0..PARTIES,
    ) {
        let all: Vec<_> = all.into_iter().filter(|one| one.parties.len() > 1).collect();
        let graph = Graph::from_ron(&written(&all)).unwrap();
        let filter = wanted.filter(graph.view());
        let view = graph.view().only(&filter);

        let facts: BTreeSet<_> = view.facts().map(|fact| fact.kind().name().to_owned() + &fact.summary()).collect();
        let every: Vec<_> = graph.view().facts().collect();
        prop_assert_eq!(every.len(), all.len());
        let expected: BTreeSet<_> = all.iter().zip(&every).filter(|(one, _)| wanted.accepts(one, &one.parties))
            .map(|(_, fact)| fact.kind().name().to_owned() + &fact.summary()).collect();
        prop_assert_eq!(facts, expected);

        // What counts is walked: everything but what is announced only.
        let mut pairs: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
        let mut walked: BTreeSet<(usize, usize)> = BTreeSet::new();
        for one in &all {
            for (n, from) in one.parties.iter().enumerate() {
                for to in &one.parties[n + 1..] {
                    if wanted.accepts(one, &one.parties) {
                        pairs.insert((one.kind, *from, *to));
                    }
                }
            }
        }
        let number = |entity: keiretsu::Entity<'_>| entity.id()[1..].parse::<usize>().unwrap();
        let shown: BTreeSet<_> = view.relations().map(|one| {
            let kind = KINDS.iter().position(|kind| Some(*kind) == one.fact().map(|fact| fact.kind())).unwrap();
            let (from, to) = (number(one.from()), number(one.to()));
            (kind, from.min(to), from.max(to))
        }).collect();
        prop_assert_eq!(&shown, &pairs);
        for relation in view.relations().filter(|relation| relation.counts()) {
            let (from, to) = (number(relation.from()), number(relation.to()));
            walked.extend([(from, to), (to, from)]);
        }

        // A walk sees the same as the list of relations.
        let mut reached = BTreeSet::from([start]);
        loop {
            let next: Vec<_> = walked.iter().filter(|(from, _)| reached.contains(from)).map(|(_, to)| *to).collect();
            let before = reached.len();
            reached.extend(next);
            if reached.len() == before {
                break;
            }
        }
        let entity = view.entity(&format!("c{start}")).unwrap();
        let by_walk: BTreeSet<_> = entity.traverse().run().entities().map(number).collect();
        prop_assert_eq!(&by_walk, &reached);
        let components = view.components().run();
        let members: BTreeSet<_> = view.entities()
            .filter(|other| components.of(*other).is_some() && components.of(*other) == components.of(entity))
            .map(number).collect();
        prop_assert_eq!(&members, &reached);
    }
}

/// A filter that names something of another graph is met by nothing: the same id may mean another company there.
#[test]
fn what_another_graph_names_is_met_by_nothing() {
    let (graph, again) = (Graph::from_ron(GRAPH).unwrap(), Graph::from_ron(GRAPH).unwrap());
    let filter = FactFilter::new().without(again.view().find("Dyn").unwrap());
    assert_eq!(facts(again.view().only(&filter)), ["three", "supply", "held"]);
    assert_eq!(facts(graph.view().only(&filter)), [""; 0]);
    let filter = filter.about(graph.view().find("Acme").unwrap());
    assert_eq!(facts(again.view().only(&filter)), [""; 0]);
}

//! Random graphs in random views, against facts judged one by one.

use std::collections::BTreeSet;

use keiretsu::{Certainty, Claims, Date, Direction, FactKind, Graph, RelationKind, View};
use proptest::prelude::*;

use super::{date, letter};

#[derive(Clone, Debug)]
struct MadeFact {
    kind: FactKind,
    parties: [usize; 3],
    since: Option<&'static str>,
    until: Option<&'static str>,
    published: Option<&'static str>,
    official: bool,
    refuted: bool,
    claims_of: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Question {
    as_of: Option<&'static str>,
    known_by: Option<&'static str>,
    certain: bool,
    claims: Claims,
}

/// Kind, from, to ("t" is 9), the fact that represents it, and `c`, `p`, or `-` without a date.
type Edge = (RelationKind, usize, usize, usize, char);

const DATES: &[&str] = &["2010", "2011-06", "2012", "2012-06-15", "2012/2014", "../2013", "2013/..", "2014"];
const ENTITIES: usize = 5;
const WALKED: [RelationKind; 3] = [RelationKind::PartnersWith, RelationKind::Supplies, RelationKind::SellsTo];

impl MadeFact {
    fn text(&self, n: usize) -> String {
        let [a, b, c] = self.parties;
        let roles = match self.kind {
            FactKind::Supply => format!(r#"supplier: "e{a}", customer: "e{b}""#),
            FactKind::Sale => format!(r#"seller: "e{a}", buyer: "e{b}", of: "t""#),
            _ => format!(r#"between: ["e{a}", "e{b}", "e{c}"]"#),
        };
        let field = |name: &str, date: Option<&str>| {
            date.map_or_else(String::new, |date| format!(r#", {name}: "{date}""#))
        };
        let claims = self.claims_of.map_or_else(String::new, |other| format!(r#", claims_of: "f{other}""#));
        let refuted = if self.refuted { r#", (source: "no", quote: "no", stance: Refutes)"# } else { "" };
        format!(
            r#"{}(id: "f{n}", {roles}{}{}{claims}, evidence: [(source: "s{n}", quote: "so"){refuted}])"#,
            self.kind.name(),
            field("since", self.since),
            field("until", self.until),
        )
    }

    fn edges(&self) -> Vec<(RelationKind, usize, usize)> {
        let [a, b, c] = self.parties;
        match self.kind {
            FactKind::Supply => vec![(RelationKind::Supplies, a, b)],
            FactKind::Sale => {
                vec![
                    (RelationKind::SellsTo, a, b),
                    (RelationKind::Divests, a, 9),
                    (RelationKind::Acquires, b, 9),
                ]
            }
            _ => [(a, b), (a, c), (b, c)]
                .map(|(a, b)| (RelationKind::PartnersWith, a.min(b), a.max(b)))
                .to_vec(),
        }
    }

    /// The relations that say what the fact is about.
    fn principal(&self) -> Vec<(RelationKind, usize, usize)> {
        let mut edges = self.edges();
        let first = edges[0].0;
        edges.retain(|edge| edge.0 == first);
        edges
    }
}

fn graph(facts: &[(usize, &MadeFact)]) -> Graph {
    let companies: Vec<String> = (0..ENTITIES).map(|n| format!(r#""e{n}": (name: "E{n}")"#)).collect();
    let sources = facts.iter().map(|(n, fact)| {
        let published = fact.published.map_or_else(String::new, |date| format!(r#", published: "{date}""#));
        let kind = if fact.official { "Filing" } else { "News" };
        format!(r#""s{n}": (title: "S", kind: {kind}{published}), "#)
    });
    let texts: Vec<String> = facts.iter().map(|(n, fact)| fact.text(*n)).collect();
    let text = format!(
        r#"Graph(sources: {{ {} "no": (title: "No", kind: News) }}, companies: {{ {} }}, patents: {{ "t": (name: "T") }}, facts: [{}])"#,
        sources.collect::<String>(),
        companies.join(", "),
        texts.join(", ")
    );
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

impl Question {
    fn view(self, graph: &Graph) -> View<'_> {
        let view = graph.view().claims(self.claims);
        let view = self.as_of.map_or(view, |when| view.as_of(date(when)));
        let view = self.known_by.map_or(view, |when| view.known_by(date(when)));
        if self.certain { view.certain() } else { view }
    }

    fn known(self, fact: &MadeFact) -> Option<Certainty> {
        let Some(by) = self.known_by.map(date) else { return Some(Certainty::Certain) };
        let published = fact.published.map(date)?;
        let is_by = |one: Option<keiretsu::Day>, other: Option<keiretsu::Day>, open: bool| match (one, other)
        {
            (Some(one), Some(other)) => one <= other,
            _ => open,
        };
        if is_by(published.latest(), by.earliest(), false) {
            return Some(Certainty::Certain);
        }
        is_by(published.earliest(), by.latest(), true).then_some(Certainty::Possible)
    }

    /// The certainty of a fact by its own dates and sources.
    fn judged(self, fact: &MadeFact, own: keiretsu::Fact<'_>) -> Option<Certainty> {
        let in_force = match self.as_of {
            Some(when) => own.validity().at(date(when))?,
            None => Certainty::Certain,
        };
        let sure = in_force.min(self.known(fact)?);
        Some(if fact.refuted { Certainty::Possible } else { sure })
    }

    /// The claims about a fact that count.
    fn counted(self, facts: &[MadeFact], group: &[usize]) -> Vec<usize> {
        let known: Vec<usize> = group.iter().copied().filter(|n| self.known(&facts[*n]).is_some()).collect();
        if group.len() == 1 {
            return known;
        }
        let published = |n: &usize| facts[*n].published.map(date);
        let newest: Option<Option<Date>> = known.iter().map(published).max();
        let official: Vec<usize> = known.iter().copied().filter(|n| facts[*n].official).collect();
        match self.claims {
            Claims::Newest => known.into_iter().filter(|n| Some(published(n)) == newest).collect(),
            Claims::Official if !official.is_empty() => official,
            _ => known,
        }
    }

    fn shown(self, sure: Option<Certainty>) -> Option<char> {
        let asked = self.as_of.is_some() || self.known_by.is_some();
        match (sure, asked) {
            (_, false) => Some('-'),
            (Some(Certainty::Possible), true) if self.certain => None,
            (sure, true) => sure.map(|sure| letter(Some(sure))),
        }
    }

    fn edges(self, facts: &[MadeFact], graph: &Graph) -> BTreeSet<Edge> {
        let mut edges = BTreeSet::new();
        for group in groups(facts) {
            let counted = self.counted(facts, &group);
            let judged = |n: &usize| self.judged(&facts[*n], graph.view().fact(&format!("f{n}")).unwrap());
            for n in &counted {
                for edge @ (kind, from, to) in facts[*n].edges() {
                    let says_so = |other: &usize| facts[*other].edges().contains(&edge);
                    if counted.iter().any(|other| other < n && says_so(other)) {
                        continue;
                    }
                    let all = counted.iter().all(|n| says_so(n) && judged(n) == Some(Certainty::Certain));
                    let any = counted.iter().any(|n| says_so(n) && judged(n).is_some());
                    let sure =
                        if all { Some(Certainty::Certain) } else { any.then_some(Certainty::Possible) };
                    edges.extend(self.shown(sure).map(|sure| (kind, from, to, *n, sure)));
                }
            }
        }
        edges
    }

    /// The facts that the view shows, each with its certainty: no more than all claims that count agree on.
    fn facts(self, facts: &[MadeFact], graph: &Graph) -> BTreeSet<(usize, char)> {
        let judged = |n: &usize| self.judged(&facts[*n], graph.view().fact(&format!("f{n}")).unwrap());
        let mut found = BTreeSet::new();
        for counted in groups(facts).into_iter().map(|group| self.counted(facts, &group)) {
            for n in &counted {
                let principal = facts[*n].principal();
                let agrees = |other: &usize| {
                    let says_so = principal.iter().all(|edge| facts[*other].edges().contains(edge));
                    judged(other) == Some(Certainty::Certain) && says_so
                };
                let all = counted.len() < 2 || counted.iter().all(agrees);
                let sure = judged(n).map(|sure| if all { sure } else { Certainty::Possible });
                found.extend(self.shown(sure).map(|sure| (*n, sure)));
            }
        }
        found
    }
}

/// Facts with the claims tied to them.
fn groups(facts: &[MadeFact]) -> Vec<Vec<usize>> {
    let first = |n: usize| std::iter::successors(Some(n), |n| facts[*n].claims_of).last().unwrap();
    (0..facts.len())
        .filter(|n| first(*n) == *n)
        .map(|n| (0..facts.len()).filter(|other| first(*other) == n).collect())
        .collect()
}

fn number(entity: keiretsu::Entity<'_>) -> usize {
    entity.id()[1..].parse().unwrap_or(9)
}

fn found(view: View<'_>) -> BTreeSet<Edge> {
    let stated = view.relations().filter(|relation| relation.derived().is_none());
    let edge = |relation: keiretsu::Relation<'_>| {
        let fact = relation.fact().unwrap().id()[1..].parse().unwrap();
        let (from, to) = (number(relation.from()), number(relation.to()));
        let mutual = relation.kind().is_symmetric();
        let ends = if mutual { (from.min(to), from.max(to)) } else { (from, to) };
        (relation.kind(), ends.0, ends.1, fact, letter(relation.certainty()))
    };
    stated.map(edge).collect()
}

fn deals(view: View<'_>) -> BTreeSet<(usize, char)> {
    let deals = view.deals().run();
    deals.facts().map(|fact| (fact.id()[1..].parse().unwrap(), letter(fact.certainty()))).collect()
}

fn partners(view: View<'_>) -> BTreeSet<(usize, usize)> {
    let (found, _) = view.partners().run();
    found.iter().map(|pair| (number(pair.company), number(pair.partner))).collect()
}

fn reached(view: View<'_>) -> BTreeSet<usize> {
    let start = view.entity("e0").unwrap();
    let selection = start.traverse().direction(Direction::Both).follow(WALKED).run();
    (0..ENTITIES).filter(|n| selection.path_to(view.entity(&format!("e{n}")).unwrap()).is_some()).collect()
}

fn made() -> impl Strategy<Value = Vec<MadeFact>> {
    let dates = |weight| prop::option::weighted(weight, prop::sample::select(DATES));
    let kinds = vec![FactKind::Partnership, FactKind::Supply, FactKind::Sale];
    let parties = Just([0, 1, 2, 3, 4]).prop_shuffle().prop_map(|all| [all[0], all[1], all[2]]);
    let marks =
        (prop::bool::weighted(0.3), prop::bool::weighted(0.15), prop::option::weighted(0.3, 0..8_usize));
    let fact = (prop::sample::select(kinds), parties, dates(0.8), dates(0.4), dates(0.8), marks);
    let fact = fact.prop_map(|(kind, parties, since, until, published, (official, refuted, claims_of))| {
        MadeFact { kind, parties, since, until, published, official, refuted, claims_of }
    });
    prop::collection::vec(fact, 1..9).prop_map(|mut facts| {
        for n in 0..facts.len() {
            // A claim about an earlier fact, often with the same parties.
            let other = facts[n].claims_of.filter(|other| *other < n);
            facts[n].claims_of = other;
            if let Some(other) = other {
                facts[n].kind = facts[other].kind;
                if other % 2 == 0 {
                    facts[n].parties = facts[other].parties;
                }
            }
        }
        facts
    })
}

fn questions() -> impl Strategy<Value = Question> {
    let dates = || prop::option::weighted(0.6, prop::sample::select(DATES));
    let policies = vec![Claims::All, Claims::Newest, Claims::Official, Claims::Strict];
    (dates(), dates(), any::<bool>(), prop::sample::select(policies))
        .prop_map(|(as_of, known_by, certain, claims)| Question { as_of, known_by, certain, claims })
}

proptest! {
    #![proptest_config(crate::property::cases(300))]

    #[test]
    fn a_view_shows_what_facts_one_by_one_say(facts in made(), questions in prop::collection::vec(questions(), 4)) {
        let all: Vec<(usize, &MadeFact)> = facts.iter().enumerate().collect();
        let graph = graph(&all);
        for question in questions {
            let view = question.view(&graph);
            let edges = question.edges(&facts, &graph);
            prop_assert_eq!(found(view), edges.clone(), "{:?}", question);
            let own = (0..ENTITIES).flat_map(|n| {
                let entity = view.entity(&format!("e{n}")).unwrap();
                entity.relations().filter(|relation| relation.derived().is_none()).map(|relation| relation.fact().unwrap().id()[1..].parse().unwrap()).collect::<Vec<usize>>()
            });
            prop_assert_eq!(own.collect::<BTreeSet<_>>(), edges.iter().map(|edge| edge.3).collect());
            for entity in view.entities() {
                // The rows of an entity are those found by scanning all relations.
                let mut listed: Vec<_> = view.relations().filter(|relation| {
                    relation.subject() == entity || relation.object() == entity
                }).map(|relation| relation.read_from(entity)).collect();
                listed.sort_by_key(|relation| (relation.kind(), relation.object()));
                let own: Vec<_> = entity.relations().collect();
                prop_assert_eq!(&own, &listed);
                prop_assert!(own.iter().all(|relation| relation.subject() == entity));
                for kind in [RelationKind::PartnersWith, RelationKind::Holds, RelationKind::SellsTo] {
                    let near: Vec<_> = entity.neighbors(kind).collect();
                    let kept = listed.iter().filter(|relation| relation.kind() == kind && relation.counts());
                    prop_assert_eq!(near, kept.map(|relation| (*relation, relation.object())).collect::<Vec<_>>());
                }
                let walk = entity.traverse();
                prop_assert_eq!(walk.count().0, walk.run().len());
                for other in view.entities() {
                    prop_assert_eq!(walk.distance(other).0, walk.shortest_path(other).map(|path| path.hops()));
                }
            }
            let shown = question.facts(&facts, &graph);
            prop_assert_eq!(deals(view), shown.clone(), "{:?}", question);
            let pairs = edges.iter().filter(|edge| edge.0 == RelationKind::PartnersWith);
            prop_assert_eq!(partners(view), pairs.map(|edge| (edge.1, edge.2)).collect());
            let mut near = BTreeSet::from([0]);
            for _ in 0..ENTITIES {
                for edge in edges.iter().filter(|edge| WALKED.contains(&edge.0)) {
                    if near.contains(&edge.1) || near.contains(&edge.2) {
                        near.extend([edge.1, edge.2]);
                    }
                }
            }
            prop_assert_eq!(reached(view), near);
            // Without claims the view is the graph of the facts that it shows.
            if facts.iter().all(|fact| fact.claims_of.is_none()) {
                let kept: Vec<_> = all.iter().copied().filter(|(n, _)| shown.iter().any(|(other, _)| other == n)).collect();
                let fresh = self::graph(&kept);
                let ids = |view| deals(view).into_iter().map(|(n, _)| n).collect::<Vec<_>>();
                prop_assert_eq!(ids(view), ids(fresh.view()));
                prop_assert_eq!(partners(view), partners(fresh.view()));
                prop_assert_eq!(reached(view), reached(fresh.view()));
            }
            // Certain implies possible, and a weaker condition never shows less.
            let wider = Question { certain: false, ..question };
            prop_assert!(shown.is_subset(&wider.facts(&facts, &graph)));
            prop_assert!(view.relations().all(|relation| wider.view(&graph).relations().any(|other| other == relation)));
        }
    }
}

//! Graphs built from records: ids, merging, projection, status, wording, handles.

use std::collections::BTreeSet;

use keiretsu::{
    Confidence, EntityKind, EntityRecord, FactKind, FactRecord, Graph, Id, RelationKind, Role, Status,
};

const ENTITIES: &str = r#"
    companies: { "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D") },
    products: { "p": (name: "P"), "q": (name: "Q") },
    patents: { "t": (name: "T") },
    brands: { "m": (name: "M") },
    units: { "u": (name: "U", of: "a") },
    people: { "h": (name: "H") },
    alliances: { "x": (name: "X") },
"#;

/// A graph of the entities above with these facts; facts without evidence are marked unsourced.
#[track_caller]
fn with(facts: &str) -> Graph {
    let text = format!("Graph(sources: {SOURCES}, {ENTITIES} facts: [{facts}])");
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{facts}: {error}"))
}

const SOURCES: &str = r#"{
    "news": (title: "News", kind: News, published: "2015-06-01"),
    "old-news": (title: "Old news", kind: News, published: "2010"),
    "filing": (title: "Filing", kind: Filing),
    "release-by-a": (title: "A says", kind: PressRelease, publisher: "A, Inc."),
    "release-by-d": (title: "D says", kind: PressRelease, publisher: "D"),
}"#;

/// Each fact, and its relations according to vocabulary.md: subject, kind, object.
const PROJECTIONS: &[(&str, &str)] = &[
    (r#"Partnership(between: ["a", "b", "c"])"#, "a PartnersWith b; a PartnersWith c; b PartnersWith c"),
    (
        r#"Partnership(between: ["a", "b"], with: ["c", "d"])"#,
        "a PartnersWith c; a PartnersWith d; b PartnersWith c; b PartnersWith d",
    ),
    (r#"Partnership(between: "a", with: "b", over: "t")"#, "a PartnersWith b"),
    (r#"Partnership(between: ["a", "b"], with: ["b", "a"])"#, "a PartnersWith b"),
    (r#"Partnership(between: ["a", "b"], payer: "c", through: "d")"#, "a PartnersWith b"),
    (
        r#"JointVenture(partner: ["a", "b"], venture: "c")"#,
        "a IsPartnerIn c; b IsPartnerIn c; a PartnersWith b",
    ),
    (r#"Membership(member: ["a", "b"], alliance: "x")"#, "a IsMemberOf x; b IsMemberOf x"),
    (r#"Agreement(between: "a", with: ["b", "c"])"#, "a HasAgreementWith b; a HasAgreementWith c"),
    (r#"Sale(seller: "a", buyer: "b")"#, "a SellsTo b"),
    (
        r#"Sale(seller: "a", buyer: ["b", "c"], of: "t")"#,
        "a SellsTo b; a SellsTo c; a Divests t; b Acquires t; c Acquires t",
    ),
    (r#"Acquisition(acquirer: "a", target: "b")"#, "a Acquires b"),
    (r#"Acquisition(acquirer: "a", target: "b", seller: "c")"#, "a Acquires b; c SellsTo a"),
    (r#"Investment(investor: ["a", "h"], company: "b")"#, "a InvestsIn b; h InvestsIn b"),
    (r#"Succession(successor: "a", predecessor: ["b", "c"])"#, "a Succeeds b; a Succeeds c"),
    (r#"Ownership(owner: "a", owned: "b", share: "51%")"#, "a OwnsShareOf b"),
    (r#"Control(controller: ["a", "b"], controlled: "c")"#, "a Controls c; b Controls c"),
    (r#"Subsidiary(parent: "a", child: ["b", "c"])"#, "a IsParentOf b; a IsParentOf c"),
    (
        r#"Trust(trust: "c", settlor: "h", trustee: ["a", "b"], protector: "h", beneficiary: "h")"#,
        "h IsSettlorOf c; a IsTrusteeOf c; b IsTrusteeOf c; h IsProtectorOf c; h IsBeneficiaryOf c",
    ),
    (
        r#"License(licensor: "a", licensee: "b", of: ["t", "m"])"#,
        "a LicensesTo b; b HoldsLicenseFor t; b HoldsLicenseFor m",
    ),
    (r#"CrossLicense(between: ["a", "b"], of: "t")"#, "a CrossLicensesWith b"),
    (r#"Holding(holder: "a", of: ["t", "u"])"#, "a Holds t; a Holds u"),
    (r#"Coverage(patent: "t", product: ["p", "q"])"#, "t Covers p; t Covers q"),
    (r#"Supply(supplier: "a", customer: "b", of: "p")"#, "a Supplies b"),
    (r#"Manufacturing(manufacturer: "a", principal: "b", of: "p")"#, "a ManufacturesFor b; a Manufactures p"),
    (r#"Distribution(distributor: "a", of: "p")"#, "a Distributes p"),
    (r#"Distribution(distributor: "a", principal: "b", of: "p")"#, "a DistributesFor b; a Distributes p"),
    (r#"PreInstall(installer: "a", software: "p")"#, "a PreInstalls p"),
    (
        r#"PreInstall(installer: "a", principal: "b", software: "p", device: "q")"#,
        "a PreInstalls p; p IsPreInstalledOn q; a DistributesFor b",
    ),
    (r#"Production(maker: "a", of: "p")"#, "a Makes p"),
    (r#"Usage(user: ["a", "p"], of: "t")"#, "a Uses t; p Uses t"),
    (r#"Platform(product: "p", runs_on: "q")"#, "p RunsOn q"),
    (r#"Component(part: "t", whole: "p")"#, "t IsPartOf p"),
    (r#"Branding(product: ["p", "q"], brand: "m")"#, "p IsSoldAs m; q IsSoldAs m"),
    (r#"Competition(between: ["a", "p"])"#, "a CompetesWith p"),
    (r#"Comparison(ahead: "a", behind: ["b", "c"])"#, "a IsAheadOf b; a IsAheadOf c"),
    (r#"Litigation(plaintiff: "a", defendant: "b", over: "t", accused: "p")"#, "a Sues b"),
    (r#"Position(person: "h", at: "a")"#, "h HoldsPositionAt a"),
    (r#"Event(of: "a", what: Founded)"#, ""),
    (r#"Event(of: ["a", "b"], by: "c", what: Blocked)"#, "c ActsOn a; c ActsOn b"),
    (r#"Link(between: ["a", "t"], what: "odd")"#, "a IsLinkedTo t"),
];

/// The relations that facts project, in order.
fn relations(graph: &Graph) -> String {
    let own = graph.view().relations().filter(|relation| relation.fact().is_some());
    let sentences = own.map(|r| format!("{} {} {}", r.from().id(), r.kind(), r.to().id()));
    sentences.collect::<Vec<_>>().join("; ")
}

fn unsourced(fact: &str) -> String {
    format!("{}, unsourced: true)", fact.strip_suffix(')').unwrap())
}

#[test]
fn every_fact_projects_its_relations() {
    for (fact, expected) in PROJECTIONS {
        assert_eq!(relations(&with(&unsourced(fact))), *expected, "{fact}");
    }
    let tried: BTreeSet<_> = PROJECTIONS.iter().map(|(fact, _)| fact.split('(').next().unwrap()).collect();
    assert_eq!(tried, FactKind::ALL.iter().map(|kind| kind.name()).collect());
}

#[test]
fn tied_facts_are_linked_at_their_objects() {
    let sale = r#"Sale(id: "sale", seller: "a", buyer: "b", of: "t", unsourced: true)"#;
    let tied = format!(r#"{sale}, Supply(supplier: "c", customer: "d", tied_to: ["sale"], unsourced: true)"#);
    assert!(relations(&with(&tied)).ends_with("c Supplies d; c IsLinkedTo t"));
    let same = format!(r#"{sale}, Holding(holder: "b", of: "t", tied_to: ["sale"], unsourced: true)"#);
    assert!(relations(&with(&same)).ends_with("b Holds t"), "nothing is linked to itself");
}

#[test]
fn entity_records_say_units_and_members() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A") },
            products: { "line": (name: "Line", members: ["p", "q"]), "p": (name: "P"), "q": (name: "Q") },
            units: { "u": (name: "U", of: "a") },
        )"#,
    )
    .unwrap();
    let said: Vec<_> = graph.view().relations().map(|relation| relation.to_string()).collect();
    assert_eq!(said, ["P is part of Line", "Q is part of Line", "U is a unit of A"]);
    assert!(graph.view().relations().all(|relation| relation.fact().is_none() && relation.counts()));
    let a = graph.view().entity("a").unwrap();
    assert_eq!(a.relations().next().unwrap().to_string(), "A has unit U");
}

#[test]
fn a_mutual_fact_needs_two() {
    for parties in [r#"between: ["a"]"#, r#"between: ["a"], with: ["a"]"#] {
        let text = format!("Graph({ENTITIES} facts: [Partnership({parties}, unsourced: true)])");
        let error = Graph::from_ron(&text).unwrap_err().to_string();
        assert!(error.contains("a `Partnership` needs two parties"), "{error}");
    }
}

#[test]
fn ids_are_derived_from_kind_parties_and_day() {
    let table = [
        (
            r#"Sale(seller: ["b", "a"], buyer: "c", completed: "2016-09", announced: "2016-05-31")"#,
            "sale-b-c-2016-05-31",
        ),
        (r#"Sale(seller: "a", buyer: "b", of: "t")"#, "sale-a-b"),
        (r#"Partnership(between: ["a", "b"], with: "c", since: "2016")"#, "partnership-a-2016-01-01"),
        (r#"JointVenture(partner: ["a", "b"], venture: "c")"#, "joint-venture-a-c"),
        (r#"PreInstall(installer: "a", principal: "b", software: "p", device: "q")"#, "pre-install-a-p"),
        (r#"Supply(supplier: "a", customer: "b", since: "../2016-05")"#, "supply-a-b-2016-05-31"),
        (r#"Supply(supplier: "a", customer: "b", since: "2016-05/..")"#, "supply-a-b-2016-05-01"),
    ];
    for (fact, id) in table {
        assert_eq!(with(&unsourced(fact)).view().facts().next().unwrap().id(), id, "{fact}");
    }
    let twice = r#"Supply(supplier: "a", customer: "b", unsourced: true)"#;
    let stated = r#"Supply(id: "supply-a-b-2", supplier: "c", customer: "d", unsourced: true)"#;
    let graph = with(&format!("{twice}, {twice}, {stated}, {twice}"));
    let ids: Vec<_> = graph.view().facts().map(keiretsu::Fact::id).collect();
    assert_eq!(ids, ["supply-a-b", "supply-a-b-3", "supply-a-b-2", "supply-a-b-4"]);
    assert_eq!(graph.view().fact("supply-a-b-3").unwrap().id(), "supply-a-b-3");
}

#[test]
fn a_program_builds_a_graph_without_files() {
    let mut builder = Graph::builder();
    builder.title("Made");
    let (b, a) = (builder.company("b", "B").unwrap(), builder.company("a", "A").unwrap());
    builder.company("b", "B").unwrap();
    let fact = FactRecord::new(FactKind::Supply).id(id("s")).role(Role::Supplier, a).role(Role::Customer, b);
    builder.fact(fact.clone()).fact(fact);
    let graph = builder.build().unwrap();
    assert_eq!(graph.title(), Some("Made"));
    assert_eq!(graph.view().entities().map(keiretsu::Entity::id).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(graph.view().facts().count(), 1, "the same record twice is one");
    assert!(Graph::builder().company("Not An Id", "X").is_err());

    let mut builder = Graph::builder();
    builder.company("b", "B").unwrap();
    builder.company("b", "Bolt").unwrap();
    let error = builder.build().unwrap_err();
    assert_eq!(error.diagnostics()[0].code.as_str(), "E0208", "{error}");
}

#[test]
fn a_program_cannot_give_a_fact_a_role_of_another_kind() {
    let mut builder = Graph::builder();
    builder.entity(EntityRecord::new(EntityKind::Company, id("a"), "A"));
    builder.fact(FactRecord::new(FactKind::Supply).role(Role::Seller, id("a")));
    let error = builder.build().unwrap_err().to_string();
    assert!(error.contains("a `Supply` has no role `seller`"), "{error}");
    assert!(error.contains("a `Supply` needs the role `supplier`"), "{error}");
}

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

/// Fields of a fact, its status, and whether it counts.
#[test]
fn the_dates_say_the_status() {
    use Status::{Agreed, Announced, Completed, Ended, Sought, Withdrawn};
    let news = r#"quotes: {"news": ["so"]}"#;
    let table = [
        ("unsourced: true", None, true),
        (r#"announced: "2015", unsourced: true"#, Some(Announced), true),
        (r#"announced: "2015", signed: "2016", unsourced: true"#, Some(Agreed), true),
        (r#"announced: "2015", completed: "2016", unsourced: true"#, Some(Completed), true),
        (r#"since: "2015", unsourced: true"#, Some(Completed), true),
        (r#"since: "2015", until: "2016", unsourced: true"#, Some(Ended), true),
        (r#"since: "2015", until: "open", unsourced: true"#, Some(Completed), true),
        (r#"since: "2015", until: "unknown", unsourced: true"#, Some(Ended), true),
        (r#"announced: "2015", withdrawn: "2016", unsourced: true"#, Some(Withdrawn), false),
        (r#"status: Sought, since: "2015", unsourced: true"#, Some(Sought), false),
        (r#"status: Withdrawn, unsourced: true"#, Some(Withdrawn), false),
        (r#"status: Ended, unsourced: true"#, Some(Ended), true),
        (&format!(r#"since: "2016", {news}"#), Some(Announced), true),
        (&format!(r#"since: "2015-06-01", {news}"#), Some(Completed), true),
        (&format!(r#"since: "2014", until: "2024", {news}"#), Some(Completed), true),
        (&format!(r#"announced: "2015", completed: "2016", {news}"#), Some(Announced), true),
    ];
    for (fields, status, counts) in table {
        let graph = with(&format!(r#"Supply(supplier: "a", customer: "b", {fields})"#));
        let fact = graph.view().facts().next().unwrap();
        assert_eq!(fact.status(), status, "{fields}");
        assert_eq!(graph.view().relations().next().unwrap().counts(), counts, "{fields}");
        let walked = graph.view().entity("a").unwrap().neighbors(RelationKind::Supplies).count();
        assert_eq!(walked, usize::from(counts), "{fields}");
    }
}

#[test]
fn sources_say_the_confidence() {
    use Confidence::{Confirmed, Inferred, Reported};
    let table = [
        ("unsourced: true", None),
        (r#"quotes: {"news": ["so"]}"#, Some(Reported)),
        (r#"quotes: {"filing": ["so"]}"#, Some(Confirmed)),
        (r#"quotes: {"news": ["so"], "filing": ["so"]}"#, Some(Confirmed)),
        (r#"quotes: {"release-by-a": ["so"]}"#, Some(Confirmed)),
        (r#"quotes: {"release-by-d": ["so"]}"#, Some(Reported)),
        (r#"quotes: {"filing": ["so"]}, confidence: Inferred"#, Some(Inferred)),
        (r#"evidence: [(source: "filing", stance: Refutes), (source: "news")]"#, Some(Reported)),
        (r#"evidence: [(source: "filing", stance: Mentions)]"#, None),
    ];
    for (fields, confidence) in table {
        let graph = with(&format!(r#"Supply(supplier: "a", customer: "b", {fields})"#));
        assert_eq!(graph.view().facts().next().unwrap().confidence(), confidence, "{fields}");
    }
}

/// A party is found under any of its names.
#[test]
fn a_press_release_may_use_another_name_of_the_party() {
    let graph = Graph::from_ron(
        r#"Graph(
            sources: { "release": (title: "We", kind: PressRelease, publisher: "Foxconn") },
            companies: { "hon-hai": (name: "Hon Hai", aliases: ["Foxconn"]), "b": (name: "B") },
            facts: [Supply(supplier: "hon-hai", customer: "b", quotes: {"release": ["so"]})],
        )"#,
    )
    .unwrap();
    assert_eq!(graph.view().facts().next().unwrap().confidence(), Some(Confidence::Confirmed));
}

/// A fact, and its first relation read from both ends.
#[test]
fn relations_are_sentences_in_both_directions() {
    let table = [
        (
            r#"Sale(seller: "a", buyer: "b", announced: "2016-05-31")"#,
            "A sells to B (announced 2016-05-31)",
            "B buys from A (announced 2016-05-31)",
        ),
        (
            r#"Sale(seller: "a", buyer: "b", how: Auctioned)"#,
            "A sells at auction to B",
            "B buys at auction from A",
        ),
        (
            r#"Sale(seller: "a", buyer: "b", how: Donated, status: Sought)"#,
            "A seeks to make a donation to B",
            "A seeks to make a donation to B",
        ),
        (
            r#"Partnership(between: ["a", "b"], since: "2010", until: "2012-02")"#,
            "A partnered with B (since 2010, ended 2012-02)",
            "B partnered with A (since 2010, ended 2012-02)",
        ),
        (
            r#"Partnership(between: ["a", "b"], status: Sought)"#,
            "A seeks to partner with B",
            "A seeks to partner with B",
        ),
        (
            r#"Partnership(between: ["a", "b"], announced: "2015", withdrawn: "2016")"#,
            "A was to partner with B (announced 2015, withdrawn 2016)",
            "B was to partner with A (announced 2015, withdrawn 2016)",
        ),
        (
            r#"Partnership(between: ["a", "b"], until: "unknown")"#,
            "A partnered with B (ended, not known when)",
            "B partnered with A (ended, not known when)",
        ),
        (
            r#"Supply(supplier: "a", customer: "b", status: Sought)"#,
            "A seeks to supply B",
            "A seeks to supply B",
        ),
        (
            r#"Supply(supplier: "a", customer: "b", confidence: Rumoured)"#,
            "A supplies B (rumoured)",
            "B is supplied by A (rumoured)",
        ),
        (
            r#"Ownership(owner: "a", owned: "b", share: "51%", as_of: "2015")"#,
            "A owns 51% of B (as of 2015)",
            "B is owned (51%) by A (as of 2015)",
        ),
        (
            r#"Succession(successor: "a", predecessor: "b", how: SpinOff)"#,
            "A is spun off from B",
            "B spins off A",
        ),
        (
            r#"Event(of: "a", by: "b", what: Nationalized, completed: "2008")"#,
            "B nationalizes A (done 2008)",
            "A is nationalized by B (done 2008)",
        ),
        (r#"Subsidiary(parent: "a", child: "b")"#, "A is parent of B", "B is a subsidiary of A"),
        (r#"Position(person: "h", at: "a", position: "CEO")"#, "H is CEO of A", "A has as CEO H"),
    ];
    for (fact, forth, back) in table {
        let graph = with(&unsourced(fact));
        let relation = graph.view().relations().next().unwrap();
        assert_eq!(relation.to_string(), forth, "{fact}");
        let read_back = relation.read_from(relation.to());
        assert_eq!(read_back.to_string(), back, "{fact}");
        assert_eq!(read_back, relation, "the reading is no part of what a relation is");
        assert_eq!(read_back.read_from(relation.subject()).to_string(), forth);
    }
}

#[test]
fn a_party_that_stands_for_several_has_verbs_in_the_plural() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A") },
            unspecified: { "some": (name: "Several firms", reason: Several) },
            facts: [
                Supply(supplier: "some", customer: "a", unsourced: true),
                Subsidiary(parent: "a", child: "some", unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let some = graph.view().entity("some").unwrap();
    let said: Vec<_> = some.relations().map(|relation| relation.to_string()).collect();
    assert_eq!(said, ["Several firms are subsidiaries of A", "Several firms supply A"]);
}

#[test]
fn handles_are_small_values_of_their_graph() {
    fn shared<T: Send + Sync>() {}
    fn copied<T: Copy + Send + Sync>() {}
    shared::<Graph>();
    shared::<keiretsu::GraphBuilder>();
    copied::<keiretsu::View<'_>>();
    copied::<keiretsu::Entity<'_>>();
    copied::<keiretsu::Fact<'_>>();
    copied::<keiretsu::Relation<'_>>();
    copied::<keiretsu::Evidence<'_>>();
    copied::<keiretsu::Source<'_>>();

    let (one, other) = (with(""), with(""));
    let a = one.view().entity("a").unwrap();
    assert_eq!(a, one.view().find("A").unwrap());
    assert_ne!(a, one.view().entity("b").unwrap());
    assert_ne!(a, other.view().entity("a").unwrap(), "the same id in another graph is another entity");
    assert_eq!(one.clone().view().entity("a").unwrap(), a, "a clone is the same graph");
    let first = |graph: &Graph| graph.view().relations().next().is_some();
    assert!(first(&one));
    assert_ne!(one.view().relations().next(), other.view().relations().next());
}

#[test]
fn errors_of_values_are_errors_and_debug_reads_well() {
    let date = keiretsu::Error::from("31 May".parse::<keiretsu::Date>().unwrap_err());
    let id = keiretsu::Error::from("An Id".parse::<keiretsu::Id>().unwrap_err());
    for error in [date, id] {
        assert_eq!(error.kind(), keiretsu::ErrorKind::Value);
        assert_eq!(format!("{error:?}"), error.to_string());
    }
}

#[test]
fn an_entity_has_all_facts_in_which_it_takes_part() {
    let graph = keiretsu::Graph::from_ron(
        r#"Graph(
            companies: { "a": (name: "A"), "b": (name: "B") },
            products: { "p": (name: "P") },
            facts: [
                Partnership(between: "a", with: "b", over: "p", status: Sought, unsourced: true),
                Event(of: "a", what: Founded, unsourced: true),
            ],
        )"#,
    )
    .unwrap();
    let entity = |id: &str| graph.view().entity(id).unwrap();
    let facts = |id: &str| entity(id).facts().map(|fact| fact.sentence()).collect::<Vec<_>>();
    assert_eq!(facts("a"), ["A seeks to partner with B over P", "A is founded"]);
    assert_eq!(facts("p"), ["A seeks to partner with B over P"]);
    let wish = entity("b").relations().next().unwrap();
    assert_eq!(wish.to_string(), "A seeks to partner with B");
    assert_eq!((wish.from(), wish.told_label().as_str()), (entity("a"), "seeks to partner with"));
    assert_eq!((wish.subject(), wish.phrase().as_str()), (entity("b"), "is sought to partner with"));
}

/// The facts of an entity, and the fact with an id, are the same before and after an index of them is built.
#[test]
fn asking_often_changes_no_answer() {
    for path in ["graphs/showcase", "graphs/decade", "graphs/xiaomi-microsoft-2016.ron"] {
        let graph = Graph::open(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let views = [graph.view(), graph.as_of("2016-06-01".parse().unwrap()), graph.view().certain()];
        for _ in 0..100 {
            let _ = (graph.view().fact("nothing"), graph.view().entities().next().unwrap().facts().count());
        }
        for view in views {
            for entity in view.entities() {
                let naive: Vec<_> =
                    view.facts().filter(|fact| fact.roles().any(|(_, party)| party == entity)).collect();
                assert_eq!(entity.facts().collect::<Vec<_>>(), naive, "{path} {entity}");
            }
            let shown: Vec<_> = view.facts().collect();
            for fact in graph.view().facts() {
                let naive = shown.iter().copied().find(|shown| shown.id() == fact.id());
                assert_eq!(view.fact(fact.id()), naive);
            }
            assert_eq!(view.fact("nothing"), None);
        }
    }
}

/// Each relation has a kind of a byte and two ends of four; from each of its ends, it is a step of eight bytes and a
/// number of four.
#[test]
fn memory_is_that_of_the_columns() {
    let mut builder = Graph::builder();
    let count = 2_000;
    for n in 0..count {
        builder.company(format!("c{n}").as_str(), format!("Company {n}")).unwrap();
    }
    for n in 1..count {
        let mut fact = FactRecord::new(FactKind::Supply);
        fact = fact.role(Role::Supplier, format!("c{n}").parse().unwrap());
        fact = fact.role(Role::Customer, format!("c{}", n / 2).parse().unwrap());
        fact.unsourced = true;
        builder.fact(fact);
    }
    let graph = builder.build().unwrap();
    let memory = graph.memory();
    let names: usize = graph.view().entities().map(|entity| entity.id().len() + entity.name().len()).sum();
    assert!(memory.entities >= names && memory.entities < 2 * (names + 4 * count), "{memory:?}");
    assert!(memory.relations >= 9 * (count - 1) && memory.relations < 14 * count, "{memory:?}");
    assert!(memory.rows >= 24 * (count - 1) && memory.rows < 40 * count, "{memory:?}");
    assert!(memory.ids >= 4 * count && memory.facts >= 2 * count, "{memory:?}");
    let parts = memory.entities + memory.ids + memory.facts + memory.relations + memory.rows + memory.others;
    assert_eq!(memory.total(), parts);
}

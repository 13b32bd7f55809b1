//! Every relation of every kind of fact shows its important details, from whichever end it is read.

use std::collections::BTreeMap;

use keiretsu::vocabulary::{AttributeType, FACTS, FactRow};
use keiretsu::{EntityKind, Graph, Relation, Role};

/// The section of a file for a kind of entity.
const SECTIONS: &[(EntityKind, &str)] = &[
    (EntityKind::Company, "companies"),
    (EntityKind::Product, "products"),
    (EntityKind::Patent, "patents"),
    (EntityKind::Brand, "brands"),
    (EntityKind::Person, "people"),
    (EntityKind::Unit, "units"),
    (EntityKind::Body, "bodies"),
    (EntityKind::Alliance, "alliances"),
];

/// What each sentence must contain, whatever the kind.
const DETAILS: &[&str] = &[
    "in DE, AT except in CH",
    "for USD 230 million",
    "quantity 12",
    ", exclusively",
    "on condition: if it rains",
];

/// Attributes that the verb expresses, or the sentence whose share it is.
fn attributes(row: &FactRow) -> (String, Vec<String>) {
    let (mut text, mut told) = (String::new(), Vec::new());
    for (n, attribute) in row.attributes.iter().enumerate() {
        let (name, value) = (attribute.attribute.name(), format!("words {n}"));
        match attribute.values {
            AttributeType::Text => {
                text += &format!("{name}: \"{value}\", ");
                told.push(value);
            }
            AttributeType::Share => {
                text += &format!("{name}: \"{}%\", ", 11 + n);
                told.push(format!("{}%", 11 + n));
            }
            _ => {}
        }
    }
    (text, told)
}

/// A fact of the kind with every possible field, and two entities in each role that allows several; and the names.
fn full(row: &FactRow) -> (String, BTreeMap<String, String>) {
    let mut sections: BTreeMap<&str, String> = BTreeMap::new();
    let (mut roles, mut names) = (String::new(), BTreeMap::new());
    for role in row.roles {
        let kind = role.accepts[0];
        let count = if role.many { 2 } else { 1 };
        let ids: Vec<String> =
            (0..count).map(|n| format!("{}-{n}", role.role.name().replace('_', "-"))).collect();
        let (_, section) = SECTIONS.iter().find(|(other, _)| *other == kind).unwrap();
        for id in &ids {
            let name = format!("The {id}");
            let of = if kind == EntityKind::Unit { ", of: \"owner-of-units\"" } else { "" };
            *sections.entry(section).or_default() += &format!("\"{id}\": (name: \"{name}\"{of}), ");
            names.insert(id.clone(), name);
        }
        let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
        roles += &format!("{}: [{}], ", role.role.name(), ids.join(", "))
            .replace(&format!("[{}]", ids[0]), &ids[0]);
    }
    let (attributes, _) = attributes(row);
    let sections: String = sections.iter().map(|(name, text)| format!("{name}: {{ {text} }}, ")).collect();
    let fact = format!(
        "{}({roles}{attributes} territory: [\"DE\", \"AT\"], except: [\"CH\"], amount: \"USD 230 million\",
            quantity: \"12\", exclusive: true, condition: \"if it rains\", unsourced: true)",
        row.kind
    );
    (format!("Graph({sections} facts: [{fact}])"), names)
}

fn told(relation: Relation<'_>) -> String {
    let about: Vec<_> = relation.about().iter().map(|entity| entity.name()).collect();
    let about = if about.is_empty() { String::new() } else { format!(": {}", about.join(" and ")) };
    format!("{} {} {}{about}{}", relation.subject(), relation.phrase(), relation.object(), relation.details())
}

#[test]
fn no_relation_drops_a_party_a_term_or_a_figure() {
    let mut missing = Vec::new();
    for row in FACTS {
        let (text, names) = full(row);
        let graph = Graph::from_ron(&text).unwrap_or_else(|error| panic!("{text}\n{error}"));
        let (_, attributes) = attributes(row);
        let mut kinds = Vec::new();
        for entity in graph.view().entities() {
            for relation in entity.relations().filter(|relation| relation.fact().is_some()) {
                let sentence = told(relation);
                kinds.push(relation.kind());
                let wanted = names.values().map(String::as_str);
                let wanted =
                    wanted.chain(DETAILS.iter().copied()).chain(attributes.iter().map(String::as_str));
                missing.extend(
                    wanted
                        .filter(|words| !sentence.contains(words))
                        .map(|words| format!("{words}: {sentence}")),
                );
            }
        }
        for projection in row.projections {
            assert!(kinds.contains(&projection.kind()), "{}: {:?}", row.kind, projection.kind());
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

fn sentences(facts: &str, id: &str) -> Vec<String> {
    let text = format!(
        r#"Graph(
            companies: {{ "a": (name: "A"), "b": (name: "B"), "c": (name: "C"), "d": (name: "D"), "t": (name: "T") }},
            people: {{ "p": (name: "P"), "q": (name: "Q"), "r": (name: "R") }},
            brands: {{ "m": (name: "M"), "n": (name: "N") }},
            facts: [{facts}],
        )"#
    );
    let graph = Graph::from_ron(&text).unwrap();
    let entity = graph.view().entity(id).unwrap();
    entity.relations().filter(|relation| relation.derived().is_none()).map(told).collect()
}

#[test]
fn a_license_has_its_terms_from_the_side_of_the_brand() {
    let license = r#"License(licensor: "a", licensee: "b", of: "m", territory: ["DE", "AT"], exclusive: true, unsourced: true)"#;
    assert_eq!(sentences(license, "m"), ["M is licensed out to B from A in DE, AT, exclusively"]);
    assert_eq!(
        sentences(license, "b"),
        [
            "B is licensed by A: M in DE, AT, exclusively",
            "B holds a license for M from A in DE, AT, exclusively"
        ]
    );
}

#[test]
fn what_several_did_for_one_price_they_did_together() {
    let investment =
        r#"Investment(investor: ["a", "b", "c"], company: "d", amount: "USD 230 million", unsourced: true)"#;
    assert_eq!(sentences(investment, "a"), ["A invests in D together with B and C for USD 230 million"]);
    let from_below = sentences(investment, "d");
    assert_eq!(from_below[0], "D is backed by A together with B and C for USD 230 million");
    let sale =
        r#"Sale(seller: ["a", "b"], buyer: ["c", "d"], of: ["m", "n"], amount: "EUR 7", unsourced: true)"#;
    assert_eq!(
        sentences(sale, "a")[0],
        "A sells to C: M and N together with B, on the other side D for EUR 7"
    );
    assert_eq!(
        sentences(sale, "m")[0],
        "M is divested by A together with N, on the other side B to C and D for EUR 7"
    );
}

#[test]
fn a_right_to_profit_or_votes_is_no_share() {
    let stake = |what: &str| format!(r#"Ownership(owner: "a", owned: "b", {what}, unsourced: true)"#);
    for (what, from_owner, from_owned) in [
        (r#"profit: "50%""#, "A has 50% of the profit of B", "B gives 50% of its profit to A"),
        (
            r#"votes: ">=10%""#,
            "A has at least 10% of the votes of B",
            "B gives at least 10% of its votes to A",
        ),
        (
            r#"votes: "40%", profit: "50%""#,
            "A has 40% of the votes and 50% of the profit of B",
            "B gives 40% of its votes and 50% of its profit to A",
        ),
        (
            r#"share: "5%", profit: "50%""#,
            "A owns 5% of B, 50% of profit",
            "B is owned (5%) by A, 50% of profit",
        ),
    ] {
        assert_eq!(sentences(&stake(what), "a"), [from_owner]);
        assert_eq!(sentences(&stake(what), "b"), [from_owned]);
    }
}

#[test]
fn the_roles_of_a_trust_have_their_words() {
    let trust =
        r#"Trust(trust: "t", settlor: "p", trustee: "a", protector: "q", beneficiary: "r", unsourced: true)"#;
    assert_eq!(sentences(trust, "p"), ["P is a settlor of T with the trustee A with the protector Q for R"]);
    let verbs: Vec<String> =
        sentences(trust, "t").iter().map(|told| told.split(" with").next().unwrap().to_owned()).collect();
    assert_eq!(verbs, ["T has settlor P", "T has trustee A", "T has protector Q", "T has beneficiary R"]);
    let control = r#"Control(controller: "a", controlled: "t", means: Trustee, unsourced: true)"#;
    assert_eq!(sentences(control, "t"), ["T has trustee A"]);
    assert_eq!(keiretsu::vocabulary::plural("is a beneficiary of"), "are beneficiaries of");
    assert!(!Role::Trustee.is_object());
}

/// Scope, subject and round are told in words, and a position by the verb, in every tense and from both sides.
#[test]
fn what_has_no_verb_of_its_own_has_a_label() {
    let of = |kind: &str, fields: &str| format!("{kind}, {fields} unsourced: true)");
    let partnership = r#"Partnership(between: ["a", "b"]"#;
    for (kind, fields, from, told) in [
        (partnership, r#"scope: "to make clocks","#, "a", "A partners with B, to make clocks"),
        (
            partnership,
            r#"scope: "readers for schools","#,
            "b",
            "B partners with A, scope: readers for schools",
        ),
        (partnership, r#"scope: "glass", status: Sought,"#, "a", "A seeks to partner with B, scope: glass"),
        (
            r#"Agreement(between: ["a", "b"]"#,
            r#"what: "settlement", until: "2015","#,
            "b",
            "B had an agreement with A, namely: settlement",
        ),
        (
            r#"Link(between: ["a", "b"]"#,
            r#"what: "one letter box","#,
            "a",
            "A is linked to B, namely: one letter box",
        ),
        (
            r#"Investment(investor: "a", company: "b""#,
            r#"round: "Series B","#,
            "b",
            "B is backed by A in the Series B round",
        ),
        (
            r#"Investment(investor: "a", company: "b""#,
            r#"round: "Seed round", status: Sought,"#,
            "a",
            "A seeks to invest in B in the Seed round",
        ),
        (r#"Position(person: "p", at: "a""#, r#"position: "chair","#, "p", "P is chair of A"),
        (r#"Position(person: "p", at: "a""#, r#"position: "chair","#, "a", "A has as chair P"),
        (r#"Position(person: "p", at: "a""#, "", "a", "A has as office-holder P"),
        (
            r#"Position(person: "p", at: "a""#,
            r#"position: "head of research", until: "2015","#,
            "p",
            "P was head of research at A",
        ),
        (
            r#"Position(person: "p", at: "a""#,
            r#"position: "member of the board", status: Sought,"#,
            "p",
            "P seeks to be a member of the board at A",
        ),
        (
            r#"Position(person: "p", at: "a""#,
            r#"position: "director", announced: "2013", withdrawn: "2014","#,
            "a",
            "A was to have as director P",
        ),
    ] {
        assert_eq!(sentences(&of(kind, fields), from), [told]);
    }
}

/// An event without an agent has its tense, too; other facts that nothing follows from are named by their kind.
#[test]
fn what_has_no_agent_has_its_tense() {
    let whole = |fact: &str| {
        let text = format!(r#"Graph(companies: {{ "a": (name: "A") }}, facts: [{fact}, unsourced: true)])"#);
        Graph::from_ron(&text).unwrap().view().facts().next().unwrap().sentence()
    };
    for (fact, told) in [
        (r#"Event(of: "a", what: Listed, status: Sought"#, "A seeks to be listed"),
        (
            r#"Event(of: "a", what: Listed, announced: "2013", withdrawn: "2014""#,
            "A was to be listed (announced 2013, withdrawn 2014)",
        ),
        (r#"Event(of: "a", completed: "2013""#, "something happens to A (done 2013)"),
        (r#"Event(of: "a", what: Other, status: Sought"#, "something is sought to happen to A"),
        (r#"Trust(trust: "a", since: "2013""#, "A: trust (since 2013)"),
    ] {
        assert_eq!(whole(fact), told);
    }
}

/// "possibly" stands by the verb that may not hold, and "was to" says enough.
#[test]
fn possibly_stands_by_its_verb() {
    let told_in_2014 = |fact: &str, id: &str| {
        let text = format!(
            r#"Graph(
                companies: {{ "a": (name: "A"), "b": (name: "B"), "c": (name: "C") }},
                facts: [{fact}, unsourced: true)],
            )"#
        );
        let graph = Graph::from_ron(&text).unwrap();
        let view = graph.as_of("2014-06".parse().unwrap());
        let relation = view.entity(id).unwrap().relations().next().unwrap();
        relation.phrase()
    };
    for (fact, id, phrase) in [
        (
            r#"Acquisition(acquirer: "a", target: "b", announced: "2013", withdrawn: "2016""#,
            "a",
            "was to acquire",
        ),
        (
            r#"Acquisition(acquirer: "a", target: "b", announced: "2013", withdrawn: "2016""#,
            "b",
            "was to be acquired by",
        ),
        (
            r#"Ownership(owner: ["a", "c"], owned: "b", share: "60%", since: "2014""#,
            "a",
            "jointly with C possibly owns 60% of",
        ),
        (
            r#"Ownership(owner: ["a", "c"], owned: "b", share: "60%", since: "2014""#,
            "b",
            "is possibly jointly owned (60%) by",
        ),
    ] {
        assert_eq!(told_in_2014(fact, id), phrase);
    }
}

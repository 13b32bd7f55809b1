//! What a sentence says of how certain something is, JSON and CSV say, too.

use keiretsu::answer::{
    ControlQuestion, Neighborhood, OwnersQuestion, StakesQuestion, TextOptions, TimelineQuestion,
};
use keiretsu::{Entity, Graph};

const ENTITIES: &str = r#"
    sources: { "n": (kind: News, title: "Denial") },
    people: { "ann": (name: "Ann"), "bo": (name: "Bo") },
    companies: {
        "a": (name: "Alder"), "b": (name: "Birch, Inc."), "c": (name: "Cedar"), "k": (name: "Kelp"),
        "m-gb": (name: "Meridian", country: "GB"), "m-us": (name: "Meridian", country: "US"),
    },
    patents: { "p": (name: "Pat") },
"#;

fn with(facts: &str) -> Graph {
    Graph::from_ron(&format!("Graph({ENTITIES} facts: [{facts}])"))
        .unwrap_or_else(|error| panic!("{facts}: {error}"))
}

fn find<'g>(graph: &'g Graph, name: &str) -> Entity<'g> {
    graph.view().find(name).unwrap()
}

/// A fact around Alder, and what its sentence, JSON and CSV all say.
#[rustfmt::skip]
const MARKS: &[(&str, &str, &str, &str)] = &[
    (r#"Supply(supplier: "a", customer: "b", confidence: Rumoured, unsourced: true)"#, "rumoured", r#""confidence": "Rumoured""#, "Rumoured"),
    (r#"Supply(supplier: "a", customer: "b", confidence: Inferred, unsourced: true)"#, "inferred", r#""confidence": "Inferred""#, "Inferred"),
    (r#"Supply(supplier: "a", customer: "b", evidence: [(source: "n", stance: Refutes)])"#, "disputed", r#""disputed": true"#, "true"),
    (r#"License(licensor: "a", licensee: "b", of: "p", term: "7 years", unsourced: true)"#, "for 7 years", r#""term": "7 years""#, "7 years"),
    (r#"Ownership(owner: ["a", "ann", "bo"], owned: "c", share: "30%", unsourced: true)"#, "jointly with Ann and Bo", r#""together_with": ["#, "Ann,ann,Person,Bo,bo,Person"),
    (r#"Control(controller: ["a", "bo"], controlled: "c", unsourced: true)"#, "jointly with Bo", r#""together_with": ["#, "Bo"),
    (r#"Supply(id: "one", supplier: "a", customer: "b", since: "2010", unsourced: true),
        Supply(supplier: "a", customer: "b", since: "2012", replaces: "one", unsourced: true)"#, "replaced by", r#""rule": "replaced""#, "replaced"),
];

#[test]
fn text_json_and_csv_have_the_same_marks() {
    for (facts, text, json, csv) in MARKS {
        let graph = with(facts);
        let answer = Neighborhood::of(find(&graph, "Alder")).answer();
        assert!(
            answer.text(&TextOptions::default()).contains(text),
            "{facts}: {}",
            answer.text(&TextOptions::default())
        );
        assert!(answer.json("g").contains(json), "{facts}: {}", answer.json("g"));
        assert!(answer.csv().contains(csv), "{facts}: {}", answer.csv());
    }
}

#[test]
fn roles_in_csv_can_be_taken_apart() {
    let graph = with(r#"Sale(seller: ["b", "c"], buyer: "a", of: "p", completed: "2014", unsourced: true)"#);
    let csv = graph.view().deals().answer().csv();
    assert!(csv.contains(r#"Sale,"Birch, Inc.",b,Cedar,c,Alder,a,Pat,p,"#), "{csv}");
}

#[test]
fn what_is_only_possible_is_said_of_deals_and_moments() {
    let graph = with(r#"Supply(id: "s", supplier: "a", customer: "b", since: "2014", unsourced: true)"#);
    let view = graph.as_of("2014-06".parse().unwrap());
    let deals = view.deals().answer();
    assert!(deals.text(&TextOptions::default()).contains("(since 2014; only possible)"));
    assert!(deals.json("g").contains(r#""certainty": "possible""#));
    let timeline = TimelineQuestion::about(view, &[view.find("Alder").unwrap()]).answer();
    assert!(timeline.text(&TextOptions::default()).contains("only possible"));
}

#[test]
fn a_timeline_has_the_day_on_which_something_was_replaced() {
    let (facts, ..) = MARKS[MARKS.len() - 1];
    let graph = with(facts);
    let moments = graph.view().timeline(&[find(&graph, "Alder")]);
    let told: Vec<_> = moments.iter().map(|m| format!("{} {}", m.date.unwrap(), m.kind.name())).collect();
    assert_eq!(told, ["2010 began", "2012 began", "2012 replaced"]);
}

#[test]
fn a_name_is_found_as_it_is_printed() {
    let graph = with("");
    for entity in graph.view().entities() {
        assert_eq!(graph.view().find(&entity.told_name()).unwrap(), entity);
        assert!(graph.view().search(&entity.told_name()).any(|hit| hit.entity == entity));
    }
    assert_eq!(find(&graph, "meridian (US)").id(), "m-us");
    assert!(graph.view().find("Meridian (FR)").is_err());
}

#[test]
fn the_order_of_claims_decides_nothing() {
    let claims = [
        r#"Ownership(id: "one", owner: "a", owned: "c", share: "30%", since: "2010", unsourced: true)"#,
        r#"Ownership(owner: "b", owned: "c", share: "30%", since: "2012", claims_of: "one", unsourced: true)"#,
        r#"Ownership(owner: "b", owned: "c", share: "35%", since: "2011", claims_of: "one", unsourced: true)"#,
    ];
    let told = |order: [usize; 3]| {
        let graph = with(&order.map(|n| claims[n]).join(", "));
        let mut told: Vec<_> = graph.view().relations().map(|relation| relation.to_string()).collect();
        told.sort();
        told
    };
    let expected = told([0, 1, 2]);
    assert_eq!(expected.len(), 2, "{expected:?}");
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        assert_eq!(told(order), expected, "{order:?}");
    }
}

#[test]
fn what_a_question_about_stakes_leaves_out_is_noted() {
    let graph = with(
        r#"Acquisition(id: "plan", acquirer: "a", target: "c", share: "30%", announced: "2020", status: Announced, unsourced: true),
           Acquisition(id: "first", acquirer: "b", target: "k", completed: "2010", unsourced: true),
           Acquisition(id: "next", seller: "b", acquirer: "a", target: "k", completed: "2012", unsourced: true),
           Event(id: "end", of: "k", what: Dissolved, completed: "2019", unsourced: true)"#,
    );
    let owners = |name| OwnersQuestion::of(find(&graph, name)).answer().unwrap().notes().join("\n");
    let stakes = |name| StakesQuestion::of(find(&graph, name)).answer().unwrap().notes().join("\n");
    assert!(
        owners("Cedar").contains("1 purchase that is not done is not added: `plan`"),
        "{}",
        owners("Cedar")
    );
    assert!(
        stakes("Alder").contains("1 purchase that is not done is not added: `plan`"),
        "{}",
        stakes("Alder")
    );
    assert!(owners("Kelp").contains("Kelp was dissolved 2019 (`end`)"), "{}", owners("Kelp"));
    assert!(stakes("Birch, Inc.").contains("no longer its own (`first`)"), "{}", stakes("Birch, Inc."));
}

#[test]
fn a_rumoured_statement_of_control_is_no_certain_parent_and_is_cited() {
    let graph = with(
        r#"Control(id: "told", controller: "a", controlled: "b", confidence: Rumoured, unsourced: true),
           Ownership(owner: "b", owned: "c", share: "60%", unsourced: true)"#,
    );
    let answer = ControlQuestion::of(find(&graph, "Cedar")).answer();
    assert_eq!(answer.rows()[0].ultimate_parents.iter().map(|one| one.id()).collect::<Vec<_>>(), ["b"]);
    assert_eq!(answer.rows()[0].may_be_controlled_by.len(), 1);
    let mut options = TextOptions::default();
    options.why = true;
    let text = answer.text(&options);
    assert!(text.contains("Alder controls Birch, Inc. (rumoured)\n          fact told"), "{text}");
}

//! Records and values through serde.

use keiretsu::{EntityRecord, FactRecord, Graph, GraphBuilder, Records, SourceRecord};

#[test]
fn records_of_all_graphs_come_back_from_json() {
    for folder in ["graphs", "graphs/showcase", "graphs/ownership"] {
        let graph = Graph::open(folder).unwrap();
        let records = graph.to_records();
        let json = serde_json::to_string(&records).unwrap();
        let back: Records = serde_json::from_str(&json).unwrap();
        assert_eq!(back, records, "{folder}");
        assert_eq!(GraphBuilder::from_records(back).build().unwrap().to_records(), records);
    }
}

#[test]
fn a_record_has_the_names_of_graph_files() {
    let graph = Graph::from_ron(
        r#"Graph(
            sources: {"s": (title: "S", kind: News)},
            companies: {
                "a": (name: "A", former_names: [("B", "2009"), "C"], identifiers: (register: [("GB", "0123456")]), properties: {"n": "1"}),
                "b": (name: "B"),
            },
            facts: [Ownership(owner: "a", owned: "b", share: "51%", amount: "USD 5 million", territory: ["IN"], exclusive: true,
                until: "open", evidence: [(source: "s", stance: Refutes)])],
        )"#,
    )
    .unwrap();
    let expected = serde_json::json!({
        "sources": [{"id": "s", "title": "S", "kind": "News"}],
        "entities": [
            {
                "kind": "Company", "id": "a", "name": "A",
                "former_names": [{"name": "B", "until": "2009"}, {"name": "C"}],
                "identifiers": {"register": ["GB 0123456"]},
                "properties": {"n": "1"},
            },
            {"kind": "Company", "id": "b", "name": "B"},
        ],
        "facts": [{
            "kind": "Ownership",
            "roles": {"owner": ["a"], "owned": ["b"]},
            "attributes": {"share": "51%"},
            "until": "open", "amount": "USD 5 million", "territory": ["IN"], "exclusive": true,
            "evidence": [{"source": "s", "stance": "Refutes"}],
        }],
    });
    assert_eq!(serde_json::to_value(graph.to_records()).unwrap(), expected);
}

/// Values are read with the checks of graph files, and with their hints.
#[test]
fn wrong_records_are_refused() {
    let table = [
        (r#"{"kind": "Salle"}"#, "no word is called `Salle`; did you mean `Sale`?"),
        (r#"{"roles": {}}"#, "missing field `kind`"),
        (
            r#"{"kind": "Sale", "since": "2016-02-30"}"#,
            "`2016-02-30` is not a date (February 2016 has 29 days)",
        ),
        (
            r#"{"kind": "Sale", "sinse": "2016"}"#,
            "no field of a fact is called `sinse`; did you mean `since`?",
        ),
        (r#"{"kind": "Sale", "since": "2016", "since": "2017"}"#, "the field `since` stands twice"),
        (
            r#"{"kind": "Sale", "roles": {"owner of": ["a"]}}"#,
            "no word is called `owner of`; did you mean `owner`?",
        ),
        (r#"{"kind": "Sale", "roles": {"buyer": ["A B"]}}"#, "`A B` is not an id"),
        (r#"{"kind": "Sale", "roles": {"buyer": ["a"], "buyer": ["b"]}}"#, "`buyer` stands twice"),
        (r#"{"kind": "Sale", "properties": {"a b": "c"}}"#, "`a b` is not the key of a property"),
        (r#"{"kind": "Ownership", "attributes": {"share": "120%"}}"#, "`120%` is not a share"),
        (r#"{"kind": "Ownership", "attributes": {"share": true}}"#, "`share` is text, not true or false"),
        (
            r#"{"kind": "Event", "attributes": {"what": "Foundet"}}"#,
            "no word of `what` is called `Foundet`; did you mean `Founded`?",
        ),
        (r#"{"kind": "Sale", "attributes": {"votes": "1%"}}"#, "a `Sale` has no attribute `votes`"),
    ];
    for (json, expected) in table {
        let error = serde_json::from_str::<FactRecord>(json).unwrap_err().to_string();
        assert!(error.contains(expected), "{json}: {error}");
    }
    let error =
        serde_json::from_str::<EntityRecord>(r#"{"kind": "Company", "id": "a", "name": "A", "nam": ""}"#);
    assert!(error.unwrap_err().to_string().contains("unknown field `nam`"));
    let error = serde_json::from_str::<SourceRecord>(r#"{"id": "A", "title": "A"}"#).unwrap_err();
    assert!(error.to_string().contains("`A` is not an id"));
}

/// A program that reads texts and builds of them fails as a file does.
#[test]
fn what_only_a_graph_shows_is_told_when_it_is_built() {
    let json = r#"{"entities": [{"kind": "Company", "id": "a", "name": "A\u0007"}],
        "facts": [{"kind": "Supply", "roles": {"supplier": ["a"], "customer": ["b"]}, "unsourced": true}]}"#;
    let records: Records = serde_json::from_str(json).unwrap();
    let error = GraphBuilder::from_records(records).build().unwrap_err();
    let codes: Vec<_> = error.diagnostics().iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    for code in ["E0410", "E0301"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
}

/// What answers are made of serializes by name, as in the JSON of the program.
#[test]
fn words_of_answers_serialize() {
    use keiretsu::{Certainty, ErrorKind, OwnerRule, RelationKind, Right, StoppedBy};

    let json = serde_json::json!([
        Certainty::Possible,
        ErrorKind::AmbiguousName,
        OwnerRule::Multiply,
        RelationKind::OwnsShareOf,
        Right::Votes,
        StoppedBy::Steps,
    ]);
    assert_eq!(
        json,
        serde_json::json!(["possible", "ambiguous name", "multiply", "OwnsShareOf", "votes", "steps"])
    );
    let graph = Graph::open("graphs/ownership").unwrap();
    let ownership = graph.view().ownership();
    let owners = ownership.owners(graph.view().find("Delta Holding").unwrap(), OwnerRule::Multiply).unwrap();
    assert_eq!(serde_json::json!(owners.rows[0].share.exact()), "35/44");
}

/// What analyses return serializes as the program prints it.
#[test]
#[cfg(feature = "answer")]
fn analyses_serialize_as_answers() {
    use keiretsu::answer::{ControlQuestion, OwnersQuestion, PathQuestion};
    use keiretsu::{OwnerRule, View};
    use serde_json::Value;

    /// The keys of one that the other has, too.
    fn common(one: &Value, other: &Value) -> Value {
        let (one, other) = (one.as_object().unwrap(), other.as_object().unwrap());
        one.iter()
            .filter(|(key, _)| other.contains_key(*key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    fn told_as_found(view: View<'_>) {
        let ownership = view.ownership();
        let mut rows = 0;
        for company in view.entities() {
            for rule in OwnerRule::ALL {
                let answer = OwnersQuestion::of(company).by(*rule).all().answer().unwrap();
                let owners = ownership.owners(company, *rule).unwrap();
                let chains = serde_json::json!(ownership.chains_to(company, *rule, 3, 32));
                let told = serde_json::json!(answer.rows());
                let found = serde_json::json!(owners);
                let (told, found) = (told.as_array().unwrap(), found["rows"].as_array().unwrap());
                assert_eq!(told.len(), found.len(), "{company:?} by {rule}");
                for row in told {
                    let is_same = |other: &&Value| {
                        (&other["entity"], &other["jointly"]) == (&row["entity"], &row["jointly"])
                    };
                    let same = found.iter().find(is_same).unwrap();
                    let (mut row_in_common, mut same_in_common) = (common(row, same), same.clone());
                    // Rows of the answer come in another order, so that others name a ring first.
                    for one in [&mut row_in_common, &mut same_in_common] {
                        one["rings"] = Value::Null;
                    }
                    assert_eq!(row_in_common, same_in_common, "{company:?} by {rule}");
                    let why = chains["chains"].as_array().unwrap().iter().find(is_same);
                    assert_eq!(
                        Some(&row["chains"]),
                        why.map(|of| &of["chains"]).or(Some(&serde_json::json!([])))
                    );
                    rows += 1;
                }
            }
            let answer = serde_json::json!(ControlQuestion::of(company).answer().rows()[0]);
            let control = serde_json::json!(ownership.control(company));
            assert_eq!(common(&answer, &control), common(&control, &answer), "{company:?}");
            assert_eq!(common(&answer, &control).as_object().unwrap().len(), 7);
        }
        assert!(rows > 100);
    }

    let graph = Graph::open("graphs/ownership").unwrap();
    told_as_found(graph.view());
    let [delta, paula] = ["Delta Holding", "Paula Kern"].map(|name| graph.view().find(name).unwrap());
    let path = paula.traverse().shortest(delta).0.unwrap();
    let answer = PathQuestion::between(paula, delta).answer();
    assert_eq!(serde_json::json!(path), serde_json::json!(answer.rows()[0]));
    let owners = serde_json::json!(graph.view().ownership().owners(delta, OwnerRule::Multiply).unwrap());
    assert_eq!(owners["rows"][0]["rings"][0]["ring"], 0);
    assert_eq!(owners["rows"][0]["rings"][0]["members"].as_array().unwrap().len(), 2);
    assert_eq!(owners["rows"][1]["rings"][0]["members"], Value::Null);
}

//! Open properties: kept everywhere, and used by nothing.

use std::fs;

use keiretsu::{EntityKind, EntityRecord, FactKind, FactRecord, Graph, Role, to_ron};

const TEXT: &str = r#"Graph(
    companies: {
        "acme": (name: "Acme", properties: {"crm:id": "A-17", "Größe": "two\nlines", "b": "1"}),
        "bolt": (name: "Bolt"),
    },
    facts: [
        Supply(supplier: "acme", customer: "bolt", since: "2016", properties: {"internal_id": "4711", "b": "\"x\""}, unsourced: true),
    ],
)"#;

fn is_kept(graph: &Graph) {
    let view = graph.view();
    let acme = view.find("acme").unwrap();
    let own: Vec<_> = acme.properties().collect();
    assert_eq!(own, [("crm:id", "A-17"), ("Größe", "two\nlines"), ("b", "1")]);
    assert_eq!((acme.property("crm:id"), acme.property("c")), (Some("A-17"), None));
    assert_eq!(view.find("bolt").unwrap().properties().count(), 0);
    let fact = view.facts().next().unwrap();
    assert_eq!(fact.properties().collect::<Vec<_>>(), [("internal_id", "4711"), ("b", "\"x\"")]);
    assert_eq!(fact.property("b"), Some("\"x\""));
    let then = graph.as_of("2020".parse().unwrap());
    assert_eq!(then.find("acme").unwrap().property("b"), Some("1"));
    assert_eq!(then.facts().next().unwrap().property("internal_id"), Some("4711"));
    let json = serde_json::to_value(fact).unwrap();
    assert_eq!(json["properties"], serde_json::json!({"internal_id": "4711", "b": "\"x\""}));
    let json = serde_json::to_value(keiretsu::EntityDetails(acme)).unwrap();
    assert_eq!(json["properties"]["Größe"], "two\nlines");
}

#[test]
fn they_are_kept() {
    let graph = Graph::from_ron(TEXT).unwrap();
    is_kept(&graph);
    let written = to_ron(&graph.to_records());
    assert!(written.contains(r#"properties: {"internal_id": "4711", "b": "\"x\""}"#), "{written}");
    is_kept(&Graph::from_ron(&written).unwrap());
    let path = std::env::temp_dir().join(format!("keiretsu-properties-{}.keiretsu", std::process::id()));
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes).unwrap();
    fs::write(&path, bytes).unwrap();
    is_kept(&Graph::open(&path).unwrap());
    fs::remove_file(path).unwrap();
}

#[test]
fn records_that_differ_in_them_differ() {
    let acme = || EntityRecord::new(EntityKind::Company, "acme".parse().unwrap(), "Acme");
    let mut builder = Graph::builder();
    builder.entity(acme().property("a", "1")).entity(acme().property("a", "2"));
    assert!(builder.build().unwrap_err().to_string().contains("E0208"));
}

/// What a program gives is checked as what a file says is.
#[test]
fn records_are_checked() {
    let table: &[(&[(&str, &str)], &str)] = &[
        (&[("two words", "x")], "E0414"),
        (&[("", "x")], "E0414"),
        (&[("a", "x"), ("b", "y"), ("a", "x")], "E0204"),
        (&[("a", " ")], "E0412"),
        (&[("a", "\u{1b}[31m")], "E0410"),
        (&[(&"k".repeat(2_000), "x")], "E0504"),
    ];
    for (properties, code) in table {
        let mut builder = Graph::builder();
        let (acme, bolt) =
            (builder.company("acme", "Acme").unwrap(), builder.company("bolt", "Bolt").unwrap());
        let mut fact =
            FactRecord::new(FactKind::Supply).role(Role::Supplier, acme).role(Role::Customer, bolt);
        fact = properties.iter().fold(fact, |fact, (key, value)| fact.property(*key, *value));
        builder.fact(fact);
        let error = builder.build().unwrap_err();
        let codes: Vec<_> = error
            .diagnostics()
            .iter()
            .map(|d| d.code.as_str())
            .filter(|code| code.starts_with('E'))
            .collect();
        assert_eq!(codes, [*code], "{properties:?}: {error}");
    }
}

/// A graph without them gives the same relations and warnings.
#[test]
fn nothing_follows_from_them() {
    let with = Graph::from_ron(TEXT).unwrap();
    let without: String = {
        let mut records = with.to_records();
        records.entities.iter_mut().for_each(|entity| entity.properties.clear());
        records.facts.iter_mut().for_each(|fact| fact.properties.clear());
        to_ron(&records)
    };
    let without = Graph::from_ron(&without).unwrap();
    let told =
        |graph: &Graph| graph.view().relations().map(|relation| relation.to_string()).collect::<Vec<_>>();
    assert_eq!(told(&with), told(&without));
    assert_eq!(with.warnings().len(), without.warnings().len());
    // Nor is a fact another one for them: the same is stated twice.
    let twice = r#"Graph(companies: {"a": (name: "A"), "b": (name: "B")}, facts: [
        Supply(supplier: "a", customer: "b", since: "2016", properties: {"n": "1"}, unsourced: true),
        Supply(supplier: "a", customer: "b", since: "2016", properties: {"n": "2"}, unsourced: true),
    ])"#;
    let twice = Graph::from_ron(twice).unwrap();
    assert!(twice.warnings().iter().any(|warning| warning.code.as_str() == "W0910"));
}

#[cfg(feature = "import")]
#[test]
fn they_come_out_of_tables() {
    use keiretsu::{CsvImport, Mapping};

    let folder = std::env::temp_dir().join(format!("keiretsu-properties-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("nodes.csv"), "id,ID,size\nacme,A-17,\"two\nlines\"\nbolt,,\n").unwrap();
    fs::write(folder.join("edges.csv"), "x,y,ID,note,b,what,source\nacme,bolt,4711,n,q,something,S\n")
        .unwrap();
    let mapping = |properties: &str| {
        format!(
            r#"Mapping(
                entities: [(file: "nodes.csv", id: "id", always: "Company", properties: {{"crm:id": "ID", "size": "size"}})],
                facts: [(file: "edges.csv", always: (fact: "Link", roles: {{"between": ["x", "y"]}}), note: "note", what: "what",
                    source: "source", properties: {properties})],
            )"#
        )
    };
    let run = |properties: &str| CsvImport::new(Mapping::from_ron(&mapping(properties))?, &folder).run();
    let graph = run(r#"{"internal_id": "ID", "b": "b"}"#).unwrap().graph;
    let acme = graph.view().find("acme").unwrap();
    assert_eq!(acme.properties().collect::<Vec<_>>(), [("crm:id", "A-17"), ("size", "two\nlines")]);
    assert_eq!(graph.view().find("bolt").unwrap().properties().count(), 0);
    let fact = graph.view().facts().next().unwrap();
    assert_eq!(fact.properties().collect::<Vec<_>>(), [("internal_id", "4711"), ("b", "q")]);
    // The record is the one that a file would give.
    let read_back = Graph::from_ron(&to_ron(&graph.to_records())).unwrap();
    assert_eq!(read_back.to_records(), graph.to_records());
    let table = [
        (r#"{"two words": "ID"}"#, "`two words` is not the key of a property"),
        (r#"{"a": "ID", "a": "b"}"#, "the property `a` stands twice"),
        (r#"{"a": "IDs"}"#, "has no column `IDs`"),
    ];
    for (properties, expected) in table {
        let error = run(properties).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains(expected), "{properties}: {error}");
    }
    fs::write(folder.join("edges.csv"), "x,y,ID,note,b,what,source\nacme,bolt,a\u{7}b,n,q,something,S\n")
        .unwrap();
    let imported = run(r#"{"internal_id": "ID"}"#).unwrap();
    assert_eq!(
        imported.first_rejects[0].reason,
        "column `ID`: a control character (\\u{7}) in the properties"
    );
    fs::remove_dir_all(folder).unwrap();
}

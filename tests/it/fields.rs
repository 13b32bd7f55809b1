//! Every row of the table of fields works everywhere: in graph files, packed, in snapshots, in JSON and in tables.

use std::fs;

use keiretsu::vocabulary::{FIELDS, FieldRow, FieldType};
use keiretsu::{FactRecord, Graph, to_ron};

/// A value of a type: as graph files have it, and as the cell of a table has it.
fn sample(values: FieldType) -> (&'static str, &'static str) {
    match values {
        FieldType::Id => (r#""one""#, "one"),
        FieldType::Status => ("Agreed", "Agreed"),
        FieldType::Date => (r#""2015-03""#, "2015-03"),
        FieldType::End => (r#""unknown""#, "unknown"),
        FieldType::Term => (r#""18 months""#, "18 months"),
        FieldType::Money => (r#""USD ~350 million""#, "USD ~350 million"),
        FieldType::Quantity => (r#"">=1500""#, ">=1500"),
        FieldType::Territories => (r#"["IN"]"#, "IN"),
        FieldType::Flag => ("false", "false"),
        FieldType::Mark => ("true", "true"),
        FieldType::Text => (r#""if it rains""#, "if it rains"),
        FieldType::Prose => (r#""one line\nand another""#, "\"one line\nand another\""),
        FieldType::Fact => (r#""other""#, "other"),
        FieldType::Facts => (r#"["other"]"#, "other"),
        FieldType::Confidence => ("Rumoured", "Rumoured"),
        FieldType::Properties => (r#"{"internal_id": "4711"}"#, "4711"),
        FieldType::Evidence => (r#"[(source: "s", quote: "so it is", said_by: "somebody")]"#, "s"),
        other => panic!("a new type of field: {other:?}"),
    }
}

/// A graph of two facts, of which the second has this field.
fn graph(field: &str) -> Graph {
    let text = format!(
        r#"Graph(
            sources: {{ "s": (title: "S") }},
            companies: {{ "a": (name: "A"), "b": (name: "B") }},
            facts: [Link(id: "other", between: ["a", "b"], what: "one"), Link(between: ["a", "b"], what: "another"{field})],
        )"#
    );
    Graph::from_ron(&text).unwrap_or_else(|error| panic!("{field}: {error}"))
}

fn second(graph: &Graph) -> FactRecord {
    graph.to_records().facts.pop().unwrap()
}

fn with(row: &FieldRow) -> Graph {
    graph(&format!(", {}: {}", row.name, sample(row.values).0))
}

#[test]
fn a_field_comes_back_from_a_graph_file() {
    let without = second(&graph(""));
    for row in FIELDS {
        let graph = with(row);
        assert_ne!(second(&graph), without, "{} is not kept", row.name);
        let written = to_ron(&graph.to_records());
        assert!(written.contains(&format!("{}: ", row.name)), "{written}");
        assert_eq!(second(&Graph::from_ron(&written).unwrap()), second(&graph), "{written}");
    }
}

#[test]
fn a_field_comes_back_from_a_snapshot() {
    let path = std::env::temp_dir().join(format!("keiretsu-fields-{}.keiretsu", std::process::id()));
    for row in FIELDS {
        let graph = with(row);
        let mut bytes = Vec::new();
        graph.write_snapshot(&mut bytes).unwrap();
        fs::write(&path, bytes).unwrap();
        assert_eq!(second(&Graph::open(&path).unwrap()), second(&graph), "{}", row.name);
    }
    fs::remove_file(path).unwrap();
}

#[test]
fn a_field_comes_back_from_the_json_of_its_record() {
    for row in FIELDS {
        let record = second(&with(row));
        let json = serde_json::to_string(&record).unwrap();
        assert!(json.contains(&format!("\"{}\":", row.name)), "{json}");
        assert_eq!(serde_json::from_str::<FactRecord>(&json).unwrap(), record, "{json}");
    }
}

#[test]
fn a_field_is_in_the_json_of_its_fact() {
    for row in FIELDS {
        let graph = with(row);
        let fact = graph.view().facts().last().unwrap();
        let json = serde_json::to_value(fact).unwrap();
        let own = json.get(row.name).filter(|value| !value.is_null());
        assert!(own.or_else(|| json["attributes"].get(row.name)).is_some(), "{}: {json}", row.name);
    }
}

/// A text that no file may have is refused in each field that holds texts as they are written.
#[test]
fn a_text_is_checked() {
    for row in FIELDS {
        let text = match row.values {
            FieldType::Text | FieldType::Prose => format!(", {}: \"a\\u{{0}}b\"", row.name),
            FieldType::Properties => format!(", {}: {{\"a\": \"a\\u{{0}}b\"}}", row.name),
            FieldType::Evidence => format!(", {}: [(source: \"s\", quote: \"a\\u{{0}}b\")]", row.name),
            _ => continue,
        };
        let text = format!(
            r#"Graph(sources: {{ "s": (title: "S") }}, companies: {{ "a": (name: "A"), "b": (name: "B") }}, facts: [Link(between: ["a", "b"]{text})])"#
        );
        let error = Graph::from_ron(&text).unwrap_err().to_string();
        assert!(error.contains("E0410"), "{}: {error}", row.name);
    }
}

/// What a mapping can name as a field of a fact means the same in a table as in a graph file.
#[cfg(feature = "import")]
#[test]
fn a_field_comes_out_of_a_table() {
    use std::collections::BTreeSet;

    use keiretsu::{CsvImport, FactField, Mapping};

    let folder = std::env::temp_dir().join(format!("keiretsu-fields-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("nodes.csv"), "id\na\nb\n").unwrap();
    let mut named = BTreeSet::new();
    for (row, field) in FIELDS.iter().filter_map(|row| Some((row, row.in_tables?))) {
        assert_eq!(field.name(), row.name);
        named.insert(field);
        let mapping = format!(
            r#"Mapping(
                entities: [(file: "nodes.csv", id: "id", always: "Company")],
                facts: [(file: "edges.csv", always: (fact: "Link", roles: {{"between": ["x"], "with": ["y"]}}), {}: "value")],
            )"#,
            row.name
        );
        let (written, cell) = sample(row.values);
        fs::write(folder.join("edges.csv"), format!("x,y,value\na,b,{cell}\n")).unwrap();
        let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder).run().unwrap();
        let text = format!(
            r#"Graph(companies: {{ "a": (name: "a"), "b": (name: "b") }},
                facts: [Link(between: "a", with: "b", {}: {written}, unsourced: true)])"#,
            row.name
        );
        let file = Graph::from_ron(&text).unwrap();
        assert_eq!(second(&imported.graph), second(&file), "{}", row.name);
        let (imported, file) = (imported.graph.view().facts(), file.view().facts());
        let told = |fact: Option<keiretsu::Fact<'_>>| fact.unwrap().sentence();
        assert_eq!(told(imported.last()), told(file.last()), "{}", row.name);
    }
    assert_eq!(named, FactField::ALL.iter().copied().collect());
    fs::remove_dir_all(folder).unwrap();
}

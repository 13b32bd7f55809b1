//! A graph with rejected rows says so itself, wherever it is copied.

use super::*;

#[test]
fn a_graph_says_how_many_rows_it_lacks() {
    let nodes = format!("{NODES}acme,Company,Again,\n");
    let rows = "1,acme,bolt,OWNS,,,,,\n2,acme,nobody,OWNS,,,,,\n3,acme,bolt,LOVES,,,,,\n4,acme,bolt,OWNS\n";
    let folder = Folder::new("left out", nodes, format!("{EDGES}{rows}"));
    let graph = folder.import(&mut Vec::new()).unwrap().graph;
    let said =
        "Rows that could not be used are left out: 1 of 5 rows of nodes.csv, 3 of 4 rows of edges.csv.";
    assert_eq!((graph.title(), graph.description()), (Some("Tables"), Some(said)));
    // It is text of the graph: a file and a snapshot have it too.
    let file = Graph::from_ron(&keiretsu::to_ron(&graph.to_records())).unwrap();
    let path = folder.0.join("packed.keiretsu");
    graph.write_snapshot(fs::File::create(&path).unwrap()).unwrap();
    for again in [file, Graph::open(&path).unwrap()] {
        assert_eq!(again.description(), Some(said));
    }
}

#[test]
fn a_graph_of_all_rows_says_nothing() {
    let folder = Folder::new("all in", NODES, format!("{EDGES}1,acme,bolt,OWNS,,,,,\n"));
    assert_eq!(folder.import(&mut Vec::new()).unwrap().graph.description(), None);
    // Only tables that lack rows are named.
    let folder = Folder::new("one lacks", NODES, format!("{EDGES}?\n"));
    assert_eq!(
        folder.import(&mut Vec::new()).unwrap().graph.description(),
        Some("Rows that could not be used are left out: 1 of 1 row of edges.csv.")
    );
}

/// The note stays short, however many tables there are and whatever their names.
#[test]
fn many_tables_are_summed_up() {
    let folder = Folder::new("summed up", NODES, EDGES);
    let mut tables = String::new();
    for n in 0..30 {
        let name = format!("{n:02}-{}\u{202e}.csv", "x".repeat(100));
        fs::write(folder.0.join(&name), format!("id\nn{n}\nm{n}\n?\n")).unwrap();
        tables.push_str(&format!("(file: \"{name}\", id: \"id\", always: \"Company\"),"));
    }
    let mapping = Mapping::from_ron(&format!("Mapping(entities: [{tables}])")).unwrap();
    let graph = CsvImport::new(mapping, &folder.0).run().unwrap().graph;
    let said = graph.description().unwrap();
    assert!(
        said.contains("1 of 3 rows of 00-xxx") && said.ends_with("…, and 10 of 30 rows of 10 other tables."),
        "{said}"
    );
    assert_eq!(said.matches("1 of 3 rows").count(), 20);
    assert!(Graph::from_ron(&keiretsu::to_ron(&graph.to_records())).is_ok());
}

//! Whatever bytes tables have: every row is used or kept aside, and what comes of it is a graph file that opens.
//!
//! `cargo +nightly fuzz run csv`

#![no_main]

use keiretsu::{Code, CsvImport, Graph, Mapping, to_ron};
use libfuzzer_sys::fuzz_target;

const MAPPING: &str = r#"Mapping(
    entities: [ (file: "nodes.csv", id: "id", name: "name", always: "Company") ],
    facts: [ (
        file: "edges.csv", since: "day", share: "share",
        always: (fact: "Ownership", roles: {"owner": ["a"], "owned": ["b"]}),
    ) ],
)"#;

/// What is odd about a graph, wherever it stands.
fn told(graph: &Graph) -> Vec<(Code, String)> {
    let mut told: Vec<_> = graph.warnings().iter().map(|one| (one.code, one.message.clone())).collect();
    told.sort();
    told
}

fuzz_target!(|bytes: &[u8]| {
    let folder = std::env::temp_dir().join(format!("keiretsu-fuzz-{}", std::process::id()));
    let middle = bytes.len() / 2;
    let (nodes, edges) = bytes.split_at(middle);
    let written = std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(folder.join("nodes.csv"), [b"id,name\n", nodes].concat()))
        .and_then(|()| std::fs::write(folder.join("edges.csv"), [b"a,b,day,share\n", edges].concat()));
    if let (Ok(()), Ok(mapping)) = (written, Mapping::from_ron(MAPPING))
        && let Ok(imported) = CsvImport::new(mapping, &folder).run()
    {
        assert_eq!(imported.first_rejects.len() as u64, imported.rejected.min(100));
        let records = imported.graph.to_records();
        let again = Graph::from_ron(&to_ron(&records)).expect("what is imported can be opened");
        assert_eq!(again.to_records(), records);
        if imported.rejected == 0 {
            assert_eq!(told(&imported.graph), told(&again), "what is odd is told by both");
        }
    }
});

//! Whatever a graph file says: it is refused with problems, or it is written as it was read.
//!
//! `cargo +nightly fuzz run ron fuzz/corpus/ron graphs tests/fixtures/invalid`

#![no_main]

use keiretsu::{Graph, to_ron};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match Graph::from_ron(text) {
    Ok(graph) => {
        let records = graph.to_records();
        let again = Graph::from_ron(&to_ron(&records)).expect("what is written can be opened");
        assert_eq!(again.to_records(), records);
        let view = graph.view();
        view.relations().for_each(|relation| drop(relation.to_string()));
        view.facts().for_each(|fact| drop(fact.sentence()));
    }
    Err(error) => assert!(!error.diagnostics().is_empty()),
});

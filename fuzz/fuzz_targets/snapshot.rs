//! Whatever bytes a snapshot has: it is refused, or the graph can be asked.
//!
//! `cargo +nightly fuzz run snapshot`; seeds are snapshots of the graphs in `graphs/`.

#![no_main]

use keiretsu::Graph;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let path = std::env::temp_dir().join(format!("keiretsu-fuzz-{}.keiretsu", std::process::id()));
    if std::fs::write(&path, bytes).is_ok()
        && let Ok(graph) = Graph::open(&path)
    {
        let view = graph.view();
        view.relations().for_each(|relation| drop(relation.to_string()));
        view.facts().for_each(|fact| drop((fact.record(), fact.sentence())));
        view.entities().for_each(|entity| drop((entity.record(), entity.traverse().count())));
    }
});

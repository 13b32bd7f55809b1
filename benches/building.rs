//! Time and peak memory of building a graph from records, of editing it, and of merging two:
//! `cargo bench --bench building [-- FACTS]`.
//!
//! Each way runs in its own process, since the peak memory of a process cannot be reset; without /proc only the time is
//! measured.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may stop where it is wrong")]

use std::process::Command;
use std::time::Instant;

use keiretsu::{
    Attribute, AttributeValue, EntityKind, EntityRecord, FactKind, FactRecord, Graph, GraphBuilder, Id,
    MergePolicy, Records, Role, SourceRecord,
};

const WAYS: [&str; 5] = ["list", "stream", "edit", "records", "merge"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [way, facts] => run(way, facts.parse().unwrap()),
        [facts] => all(facts),
        _ => all("300000"),
    }
}

fn all(facts: &str) {
    let own = std::env::current_exe().unwrap();
    println!("{facts} facts: seconds, MB at the end of all, MB at most (less what there was before)");
    for way in WAYS {
        let output = Command::new(&own).args([way, facts]).output().unwrap();
        print!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    }
}

/// Runs one way. Graphs that have to be there before are not part of the time, and of the memory are what it began with.
fn run(way: &str, facts: usize) {
    let streamed = || {
        let mut builder = Graph::builder();
        builder.source(source());
        builder.extend((0..entities(facts)).map(entity));
        builder.extend((0..facts).map(|n| fact(n, facts)));
        builder.build().unwrap()
    };
    match way {
        "list" => measured("records in a list, then built", || {
            GraphBuilder::from_records(list(facts)).build().unwrap()
        }),
        "stream" => measured("records that come one by one", streamed),
        "edit" => {
            let graph = streamed();
            measured("a fact of a graph replaced: edit", || {
                let mut edit = graph.edit();
                edit.replace_fact("f7", fact(7, facts).property("checked", "yes"));
                edit.build().unwrap()
            });
        }
        "records" => {
            let graph = streamed();
            measured("a fact of a graph replaced: all records", || {
                let mut records = graph.to_records();
                let at = records
                    .facts
                    .iter()
                    .position(|fact| fact.id.as_ref().is_some_and(|id| id.as_str() == "f7"));
                records.facts[at.unwrap()] = fact(7, facts).property("checked", "yes");
                GraphBuilder::from_records(records).build().unwrap()
            });
        }
        _ => {
            let (graph, other) = (streamed(), streamed());
            measured("a graph merged with itself", || {
                graph.merge(&other).policy(MergePolicy::KeepFirst).build().unwrap()
            });
        }
    }
}

fn measured(what: &str, build: impl FnOnce() -> Graph) {
    let (before, start) = (memory("VmRSS:"), Instant::now());
    let graph = build();
    let seconds = start.elapsed().as_secs_f64();
    let (now, most) = (memory("VmRSS:") - before, memory("VmHWM:") - before);
    let facts = graph.view().facts().count();
    println!("{what:<42} {seconds:>6.2} s {now:>7.1} MB {most:>7.1} MB  ({facts} facts)");
}

fn memory(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
}

const fn entities(facts: usize) -> usize {
    facts / 5 + 2
}

fn id(letter: char, n: usize) -> Id {
    format!("{letter}{n}").parse().unwrap()
}

fn source() -> SourceRecord {
    SourceRecord::new("register".parse().unwrap(), "A register")
}

fn entity(n: usize) -> EntityRecord {
    EntityRecord::new(EntityKind::Company, id('c', n), format!("Company number {n}"))
}

/// A stake, with parties that are spread over all entities.
fn fact(n: usize, facts: usize) -> FactRecord {
    let of = |n: usize| id('c', n % entities(facts));
    let share = AttributeValue::Share(format!("{}%", n % 9 + 1).parse().unwrap());
    FactRecord::new(FactKind::Ownership)
        .id(id('f', n))
        .role(Role::Owner, of(n * 7 + 1))
        .role(Role::Owned, of(n * 7 + 2 + n % 3))
        .attribute(Attribute::Share, share)
        .since(format!("{}-{:02}-{:02}", 2000 + n % 20, n % 12 + 1, n % 28 + 1).parse().unwrap())
        .quote("register".parse().unwrap(), format!("holds {}%", n % 9 + 1))
}

fn list(facts: usize) -> Records {
    let mut records = Records::default();
    records.sources.push(source());
    records.entities.extend((0..entities(facts)).map(entity));
    records.facts.extend((0..facts).map(|n| fact(n, facts)));
    records
}

//! Times typical questions on large graphs: `cargo bench --bench graph [-- NAME]`.
//!
//! The graph is generated from a fixed seed, with 50,000 entities and 100,000 facts, or ten times as many with
//! `KEIRETSU_BENCH_SCALE=10`. `benches/compare REVISION` alternates between this tree and another revision, and
//! prints both. `--list` after `--` lists the questions, and `--once` asks each only once: `benches/instructions`
//! uses it to count the instructions of one question.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench may stop where a fixture is wrong")]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use keiretsu::{CsvImport, Graph, Limits, Mapping, RelationKind, to_ron};

const MAPPING: &str = r#"Mapping(
    entities: [ (file: "nodes.csv", id: "id", name: "name", always: "Company") ],
    facts: [ (
        file: "edges.csv", kind: "type", since: "start", until: "end", share: "share", source: "source",
        kinds: {
            "OWNS": (fact: "Ownership", roles: {"owner": ["src"], "owned": ["dst"]}),
            "PARTNERS": (fact: "Partnership", roles: {"between": ["src", "dst"]}),
            "COMPETES": (fact: "Competition", roles: {"between": ["src", "dst"]}),
            "SUPPLIES": (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}),
        },
    ) ],
)"#;

fn main() {
    let wanted: Option<String> = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let has = |flag: &str| std::env::args().any(|argument| argument == flag);
    let scale = std::env::var("KEIRETSU_BENCH_SCALE").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1);
    let folder = Folder::new(scale);
    let mapping = Mapping::from_ron(MAPPING).unwrap();
    let import = || CsvImport::new(mapping.clone(), &folder.0).run().unwrap().graph;
    let graph = import();
    let (ron, packed) = (folder.0.join("graph.ron"), folder.0.join("graph.keiretsu"));
    let part = Graph::open(few(&graph, &ron)).unwrap();
    graph.write_snapshot(fs::File::create(&packed).unwrap()).unwrap();
    let (view, then) = (graph.view(), graph.as_of("2015-06-30".parse().unwrap()));
    let entities: Vec<_> = view.entities().step_by(97).collect();
    let dated: Vec<_> = entities.iter().map(|entity| then.entity(entity.id()).unwrap()).collect();
    let partners = |entity: keiretsu::Entity<'_>| {
        let walk = entity.traverse().follow([RelationKind::PartnersWith]).max_hops(3);
        walk.limits(Limits::trusted()).count().0
    };
    let circle = [RelationKind::Supplies, RelationKind::PartnersWith, RelationKind::CompetesWith];

    let mut bench = Bench { wanted, is_list: has("--list"), is_once: has("--once") };
    bench.run("load CSV", || import().view().entities().len());
    bench.run("load RON, 2,000 facts", || Graph::open(&ron).unwrap().view().entities().len());
    bench.run("open snapshot", || Graph::open(&packed).unwrap().view().entities().len());
    bench.run("one hop, by id", || {
        let near = |id| view.entity(id).unwrap().neighbors(RelationKind::PartnersWith).count();
        entities.iter().map(|entity| near(entity.id())).sum()
    });
    bench.run("three hops", || entities.iter().map(|entity| partners(*entity)).sum());
    bench.run("three hops on a date", || dated.iter().map(|entity| partners(*entity)).sum());
    bench.run("shortest distance", || {
        let distance = |pair: &[keiretsu::Entity<'_>]| pair[0].traverse().distance(pair[1]).0.unwrap_or(0);
        entities.windows(2).map(distance).sum()
    });
    bench.run("shortest path", || {
        let hops = |pair: &[keiretsu::Entity<'_>]| {
            pair[0].traverse().shortest(pair[1]).0.map_or(0, |path| path.hops())
        };
        entities.windows(2).take(50).map(hops).sum()
    });
    bench.run("triangles", || view.triangles(circle).count() as usize);
    bench.run("majority chains", || view.majority_owners().chains().map(|chain| chain.links).sum());
    bench.run("components", || view.components().run().len());
    // What components would cost with petgraph's union-find, without the reading of relations.
    let ends: Vec<(usize, usize)> = view
        .relations()
        .filter(|relation| relation.counts())
        .map(|relation| (relation.from().position(), relation.to().position()))
        .collect();
    bench.run("components: petgraph's unions only", || {
        let mut sets = petgraph::unionfind::UnionFind::<u32>::new(view.entities().len());
        for (one, other) in &ends {
            sets.union(*one as u32, *other as u32);
        }
        sets.into_labeling().len()
    });
    bench.run("PageRank", || view.page_rank().run().top(10).len());
    #[cfg(feature = "diagram")]
    bench.run("DOT of what is near an entity", || {
        let near = part.view().entities().next().unwrap().traverse().max_hops(2).run();
        near.diagram().dot().unwrap().len()
    });
    black_box(&part);
}

struct Bench {
    wanted: Option<String>,
    is_list: bool,
    is_once: bool,
}

/// Runs a question in its own function, so that a profiler can count what happens in it.
#[inline(never)]
fn asked(ask: &mut dyn FnMut() -> usize) -> usize {
    ask()
}

impl Bench {
    /// The fastest of several runs: other load on the machine can only slow a run down.
    fn run(&mut self, name: &str, mut ask: impl FnMut() -> usize) {
        let fits = |wanted: &str| match wanted.strip_prefix('=') {
            Some(whole) => name == whole,
            None => name.contains(wanted),
        };
        if self.wanted.as_deref().is_some_and(|wanted| !fits(wanted)) {
            return;
        }
        if self.is_list {
            println!("{name}");
            return;
        }
        if self.is_once {
            black_box(asked(&mut ask));
            return;
        }
        let (start, mut best, mut runs) = (Instant::now(), Duration::MAX, 0);
        while runs < 3 || start.elapsed() < Duration::from_secs(1) && runs < 1_000 {
            let start = Instant::now();
            black_box(asked(&mut ask));
            best = best.min(start.elapsed());
            runs += 1;
        }
        println!("{name:<36} {:>12.4} ms", best.as_secs_f64() * 1e3);
    }
}

/// Some facts of a graph as RON.
fn few<'p>(graph: &Graph, path: &'p Path) -> &'p Path {
    let mut records = graph.to_records();
    records.facts.truncate(2_000);
    fs::write(path, to_ron(&records)).unwrap();
    path
}

/// The folder of the tables, deleted at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(scale: usize) -> Self {
        let path = std::env::temp_dir().join(format!("keiretsu-bench-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        let (entities, facts) = (50_000 * scale, 100_000 * scale);
        let mut nodes = "id,name\n".to_owned();
        for n in 0..entities {
            writeln!(nodes, "{n},Company {n}").unwrap();
        }
        let mut edges = "src,dst,type,start,end,share,source\n".to_owned();
        let mut state = 42_u64;
        let mut random = |below: usize| {
            // splitmix64
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let z = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) % below as u64) as usize
        };
        for n in 0..facts {
            // The minimum of two, so that a few entities have many relations.
            let (from, to) = (random(entities).min(random(entities)), random(entities));
            let kind = ["OWNS", "PARTNERS", "COMPETES", "SUPPLIES"][n % 4];
            let share = if n % 4 == 0 { (random(99) + 1).to_string() } else { String::new() };
            let (year, length) = (2000 + random(20), random(12));
            let end = if length < 5 { format!("{}-06-01", year + length + 1) } else { String::new() };
            let to = if from == to { (to + 1) % entities } else { to };
            writeln!(edges, "{from},{to},{kind},{year}-03-15,{end},{share},filing {}", random(5_000))
                .unwrap();
        }
        fs::write(path.join("nodes.csv"), nodes).unwrap();
        fs::write(path.join("edges.csv"), edges).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

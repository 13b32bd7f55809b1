//! Runs the questions of a benchmark on a synthetic graph: `workload DATADIR OUT.json`.
//!
//! DATADIR has `nodes.csv`, `edges.csv` and `queries.json`; OUT.json gets the load time, the memory, and the time and
//! answers of each question. Without arguments it uses a graph of three companies that it writes itself.

#![expect(clippy::indexing_slicing, reason = "serde_json gives null for what is not there")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use keiretsu::{CsvImport, EntityKind, Graph, Limits, Mapping, RelationKind, View};
use serde_json::{Value, json};

/// The meaning of the columns and of the types of edges.
const MAPPING: &str = r#"Mapping(
    title: "The graph of a benchmark",
    entities: [ (file: "nodes.csv", id: "id", name: "name", kind: "type", country: "country") ],
    facts: [ (
        file: "edges.csv", kind: "type", since: "start", until: "end",
        share: "share", amount: "amount", currency: "USD", source: "source",
        kinds: {
            "OWNS": (fact: "Ownership", roles: {"owner": ["src"], "owned": ["dst"]}),
            "PARTNERS_WITH": (fact: "Partnership", roles: {"between": ["src", "dst"]}),
            "COMPETES_WITH": (fact: "Competition", roles: {"between": ["src", "dst"]}),
            "SUPPLIES": (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}),
            "ACQUIRED": (fact: "Acquisition", roles: {"acquirer": ["src"], "target": ["dst"]}),
            "INVESTED_IN": (fact: "Investment", roles: {"investor": ["src"], "company": ["dst"]}),
            "SOLD_PATENT_TO": (fact: "Sale", roles: {"seller": ["src"], "buyer": ["dst"]}),
            "MAKES": (fact: "Production", roles: {"maker": ["src"], "of": ["dst"]}),
            "HOLDS_PATENT": (fact: "Holding", roles: {"holder": ["src"], "of": ["dst"]}),
        },
    ) ],
)"#;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match arguments.as_slice() {
        [data, out] => run(data, out),
        _ => {
            let folder = tiny()?;
            run(&folder, &folder.join("out.json"))?;
            Ok(fs::remove_dir_all(folder)?)
        }
    }
}

fn run(data: &Path, out: &Path) -> Outcome<()> {
    let queries: Value = serde_json::from_str(&fs::read_to_string(data.join("queries.json"))?)?;
    let (base, start, cpu) = (memory("VmHWM")?, Instant::now(), cpu_seconds()?);
    let graph = CsvImport::new(Mapping::from_ron(MAPPING)?, data).run()?.graph;
    // Answers are numbers: the ids of entities, parsed once.
    let numbers: Vec<u32> =
        graph.view().entities().map(|entity| entity.id().parse()).collect::<Result<_, _>>()?;
    let mut bench = Bench::new(json!({
        "engine": "keiretsu",
        "load": start.elapsed().as_secs_f64(),
        "load_cpu": cpu_seconds()? - cpu,
        "rss_base": base,
        "rss_load_peak": memory("VmHWM")?,
        "rss_after_load": memory("VmRSS")?,
        "err": {},
        "note": {},
    }));
    println!("keiretsu load {} s, {} MB above {base:.0}", bench.report["load"], memory("VmHWM")? - base);
    ask(&mut bench, &graph, &numbers, &queries)?;
    bench.report["rss_peak"] = json!(memory("VmHWM")?);
    bench.report["note"] = snapshot(&graph)?;
    bench.report["note"]["memory_mb"] = memory_by_part(&graph);
    println!("  snapshot {}", bench.report["note"]);
    Ok(fs::write(out, bench.report.to_string())?)
}

/// Writes a snapshot, and opens it with all its checks: the median of five.
fn snapshot(graph: &Graph) -> Outcome<Value> {
    let path = std::env::temp_dir().join(format!("keiretsu-workload-{}.keiretsu", std::process::id()));
    let start = Instant::now();
    graph.write_snapshot(std::io::BufWriter::new(fs::File::create(&path)?))?;
    let write = start.elapsed().as_secs_f64();
    let bytes = fs::metadata(&path)?.len();
    let mut opens = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let opened = Graph::open(&path)?;
        opens.push(start.elapsed().as_secs_f64());
        drop(opened);
    }
    fs::remove_file(path)?;
    Ok(json!({"snapshot_write_s": write, "snapshot_open_s": median(&mut opens), "snapshot_bytes": bytes}))
}

/// The memory of the graph by part, in MB.
fn memory_by_part(graph: &Graph) -> Value {
    let memory = graph.memory();
    let parts = [
        ("entities", memory.entities),
        ("ids", memory.ids),
        ("facts", memory.facts),
        ("relations", memory.relations),
        ("rows", memory.rows),
        ("others", memory.others),
        ("total", memory.total()),
    ];
    let megabytes = |bytes: usize| (bytes as f64 / 1e5).round() / 10.0;
    parts.into_iter().map(|(part, bytes)| (part.to_owned(), json!(megabytes(bytes)))).collect()
}

fn ask(bench: &mut Bench, graph: &Graph, numbers: &[u32], queries: &Value) -> Outcome<()> {
    let limits = Limits::trusted();
    let texts = |name: &str| -> Vec<String> {
        queries[name].as_array().into_iter().flatten().map(Value::to_string).collect()
    };
    let view = graph.view();
    bench.each("Q1", &texts("q1"), |id| {
        let mut last = None;
        let partners =
            view.entity(id).ok().into_iter().flat_map(|own| own.neighbors(RelationKind::PartnersWith));
        // A partner with several partnerships comes several times in a row.
        let distinct = partners.filter(|(_, partner)| last.replace(*partner) != Some(*partner));
        json!(distinct.count())
    });
    let date = queries["q2_date"].as_str().unwrap_or("2015-06-30").parse()?;
    let then = graph.as_of(date);
    bench.each("Q2", &texts("q2"), |id| {
        let count = then.entity(id).map(|own| {
            let partners = own.traverse().follow([RelationKind::PartnersWith]).max_hops(3);
            partners.limits(limits.clone()).count().0 - 1
        });
        json!(count.unwrap_or_default())
    });
    let pairs: Vec<(String, String)> = queries["q3"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|pair| (pair[0].to_string(), pair[1].to_string()))
        .collect();
    bench.each("Q3", &pairs, |(from, to)| {
        let distance = view
            .entity(from)
            .ok()
            .zip(view.entity(to).ok())
            .and_then(|(from, to)| from.traverse().limits(limits.clone()).distance(to).0);
        json!(distance.map_or(-1, |distance| distance as i64))
    });
    let companies = view.entities().filter(|entity| entity.kind() == EntityKind::Company);
    let all: u64 = companies.map(|company| u64::from(numbers[company.position()])).sum();
    bench.whole("Q4", || majority_chains(view, numbers, all));
    bench.whole("Q5", || {
        let circle = [RelationKind::SellsTo, RelationKind::PartnersWith, RelationKind::CompetesWith];
        json!(view.triangles(circle).count())
    });
    bench.whole("Q6", || {
        let components = view.components().run();
        json!([components.len(), components.sizes().first()])
    });
    bench.whole("Q7", || {
        let ranks = view.page_rank().run();
        json!(ranks.top(10).iter().map(|(entity, _)| numbers[entity.position()]).collect::<Vec<_>>())
    });
    Ok(())
}

/// How many companies have a majority owner, the total length of their chains, and the sum of all ultimate owners.
fn majority_chains(view: View<'_>, numbers: &[u32], all: u64) -> Value {
    let (mut count, mut links, mut sum) = (0, 0, all);
    for chain in view.majority_owners().chains() {
        let top = chain.top.unwrap_or(chain.entity);
        count += 1;
        links += chain.links;
        sum = sum - u64::from(numbers[chain.entity.position()]) + u64::from(numbers[top.position()]);
    }
    json!([count, links, sum])
}

/// The report, question by question.
struct Bench {
    report: Value,
    parts: BTreeMap<&'static str, serde_json::Map<String, Value>>,
}

/// How often each question is asked.
const REPEATS: usize = 3;

impl Bench {
    fn new(report: Value) -> Self {
        Self { report, parts: BTreeMap::new() }
    }

    /// Asks a question for each parameter: the time is the median over parameters of the median over repeats.
    fn each<P>(&mut self, name: &'static str, parameters: &[P], mut ask: impl FnMut(&P) -> Value) {
        let mut answers = Vec::new();
        let (mut times, mut cpus) = (Vec::new(), Vec::new());
        for parameter in parameters {
            let mut walls = Vec::new();
            let cpu = cpu_seconds().unwrap_or_default();
            let mut answer = Value::Null;
            for _ in 0..REPEATS {
                let start = Instant::now();
                answer = ask(parameter);
                walls.push(start.elapsed().as_secs_f64());
            }
            cpus.push((cpu_seconds().unwrap_or_default() - cpu) / REPEATS as f64);
            answers.push(answer);
            times.push(median(&mut walls));
        }
        let worst = times.iter().copied().fold(0.0, f64::max);
        self.note(name, median(&mut times), worst, median(&mut cpus), json!(answers));
    }

    /// Asks a question about the whole graph.
    fn whole(&mut self, name: &'static str, mut ask: impl FnMut() -> Value) {
        let mut answer = Value::Null;
        let mut walls = Vec::new();
        let cpu = cpu_seconds().unwrap_or_default();
        for _ in 0..REPEATS {
            let start = Instant::now();
            answer = ask();
            walls.push(start.elapsed().as_secs_f64());
        }
        let worst = walls.iter().copied().fold(0.0, f64::max);
        let cpu = (cpu_seconds().unwrap_or_default() - cpu) / REPEATS as f64;
        self.note(name, median(&mut walls), worst, cpu, answer);
    }

    fn note(&mut self, name: &'static str, time: f64, worst: f64, cpu: f64, answer: Value) {
        let text: String = answer.to_string().chars().take(90).collect();
        println!("  {name} median {:.5} ms max {:.5} ms ans {text}", time * 1e3, worst * 1e3);
        for (part, value) in [("t", json!(time)), ("max", json!(worst)), ("cpu", json!(cpu)), ("ans", answer)]
        {
            self.parts.entry(part).or_default().insert(name.to_owned(), value);
            self.report[part] = Value::Object(self.parts[part].clone());
        }
    }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A memory figure of this process, in MB; 0 if there is no such file.
fn memory(name: &str) -> Outcome<f64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix("kB")).unwrap_or("0");
    Ok(kilobytes.trim().parse::<f64>()? / 1024.0)
}

/// The processor time of this process so far; Linux counts it in hundredths of a second.
fn cpu_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Ok(ticks as f64 / 100.0)
}

/// A folder with a graph of three companies.
fn tiny() -> Outcome<PathBuf> {
    let folder = std::env::temp_dir().join(format!("keiretsu-workload-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    fs::write(
        folder.join("nodes.csv"),
        "id,type,name,country,founded\n0,Company,A,US,1990\n1,Company,B,DE,1991\n2,Company,C,FR,1992\n",
    )?;
    fs::write(
        folder.join("edges.csv"),
        "id,src,dst,type,start,end,share,amount,source\n\
         0,0,1,OWNS,2010-01-01,,60.5,,filing:1\n\
         1,1,2,PARTNERS_WITH,2010-01-01,2016-01-01,,,filing:2\n",
    )?;
    fs::write(
        folder.join("queries.json"),
        r#"{"q1": [1], "q2": [2], "q2_date": "2015-06-30", "q3": [[0, 2]], "nodes": 3, "companies": 3}"#,
    )?;
    Ok(folder)
}

//! Time and memory for loading a graph file of a million facts, compared with ron reading the same text into plain
//! types: `cargo bench --bench ron [-- FILE.ron | FACTS]`.
//!
//! The text is generated from a fixed seed, unless a file is named. The loads alternate, each in its own process,
//! since the peak memory of a process cannot be reset; without /proc only the time is measured.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a bench may stop where a fixture is wrong"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use keiretsu::{Graph, Limits};
use ron::extensions::Extensions;
use serde::Deserialize;

const TURNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["plain", file] => child(|| plain(Path::new(file))),
        ["write", facts, file] => fs::write(file, text(facts.parse().unwrap())).unwrap(),
        ["ours", file] => child(|| ours(Path::new(file))),
        [file] if file.ends_with(".ron") => compare(Path::new(file)),
        [facts] => made_up(facts.parse().unwrap()),
        _ => made_up(1_000_000),
    }
}

fn made_up(facts: usize) {
    let file = Scratch(std::env::temp_dir().join(format!("keiretsu-bench-{}.ron", std::process::id())));
    fs::write(&file.0, text(facts)).unwrap();
    compare(&file.0);
}

/// A file that is deleted at the end.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Loads a file in both ways alternately, and prints the best of each.
fn compare(file: &Path) {
    let bytes = fs::metadata(file).unwrap().len() as f64;
    println!("{:.1} MB", bytes / 1e6);
    let (mut plain, mut ours) = (Cost::MOST, Cost::MOST);
    for _ in 0..TURNS {
        plain = plain.best(Cost::of("plain", file));
        ours = ours.best(Cost::of("ours", file));
    }
    plain.print("ron into ordinary types", bytes);
    ours.print("a graph", bytes);
    println!("{:<28} {:>8.2} of plain ron's speed", "", plain.seconds / ours.seconds);
}

/// The cost of one load.
#[derive(Clone, Copy)]
struct Cost {
    seconds: f64,
    /// The peak memory, minus what the process had before.
    bytes: f64,
}

impl Cost {
    const MOST: Self = Self { seconds: f64::MAX, bytes: f64::MAX };

    /// Measures a load in its own process.
    fn of(what: &str, file: &Path) -> Self {
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program).arg(what).arg(file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [seconds, bytes] = numbers.as_slice() else {
            panic!("{said}{}", String::from_utf8_lossy(&output.stderr))
        };
        Self { seconds: *seconds, bytes: *bytes }
    }

    fn best(self, other: Self) -> Self {
        Self { seconds: self.seconds.min(other.seconds), bytes: self.bytes.min(other.bytes) }
    }

    fn print(self, name: &str, size: f64) {
        let Self { seconds, bytes } = self;
        println!(
            "{name:<28} {seconds:>8.2} s {:>7.1} MB/s {:>8.1} MB of memory, {:.2} times the file",
            size / 1e6 / seconds,
            bytes / 1e6,
            bytes / size
        );
    }
}

/// Prints the cost of the work.
fn child(work: impl FnOnce()) {
    let (before, start) = (most_memory(), Instant::now());
    work();
    println!("{} {}", start.elapsed().as_secs_f64(), most_memory() - before);
}

/// The peak memory of this process, in bytes.
fn most_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().map_or(0.0, |kilobytes| kilobytes * 1024.0)
}

fn ours(file: &Path) {
    let graph = match Graph::open_all([file], &Limits::trusted()) {
        Ok(graph) => graph,
        Err(error) => panic!("{}", error.to_string().lines().take(3).collect::<Vec<_>>().join("\n")),
    };
    assert!(graph.view().facts().next().is_some());
    std::mem::forget(graph);
}

fn plain(file: &Path) {
    let text = fs::read_to_string(file).unwrap();
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let graph: PlainGraph = options.from_str(&text).unwrap();
    assert!(!graph.facts.is_empty());
    std::mem::forget(graph);
}

/// A graph as one would declare it with serde alone.
#[derive(Deserialize)]
#[serde(rename = "Graph", default)]
#[allow(dead_code, reason = "only read")]
#[derive(Default)]
struct PlainGraph {
    title: Option<String>,
    sources: HashMap<String, PlainSource>,
    companies: HashMap<String, PlainEntity>,
    products: HashMap<String, PlainEntity>,
    patents: HashMap<String, PlainEntity>,
    people: HashMap<String, PlainEntity>,
    facts: Vec<PlainFact>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct PlainSource {
    title: String,
    kind: Option<PlainSourceKind>,
    published: Option<String>,
}

#[derive(Deserialize)]
enum PlainSourceKind {
    Filing,
    News,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct PlainEntity {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    country: Option<String>,
    industry: Option<String>,
}

/// Kinds of facts, each with its roles and the common fields.
macro_rules! plain_facts {
    ($( $kind:ident { $( $role:ident: $type:ty, )+ } )+) => {
        #[derive(Deserialize)]
        #[allow(dead_code, reason = "only read")]
        enum PlainFact {
            $( $kind {
                $( $role: $type, )+
                id: Option<String>,
                announced: Option<String>,
                since: Option<String>,
                completed: Option<String>,
                until: Option<String>,
                as_of: Option<String>,
                share: Option<String>,
                amount: Option<String>,
                confidence: Option<PlainConfidence>,
                note: Option<String>,
                quotes: Option<HashMap<String, Vec<String>>>,
                evidence: Option<Vec<PlainEvidence>>,
                #[serde(default)]
                unsourced: bool,
            }, )+
        }
    };
}

plain_facts! {
    Ownership { owner: String, owned: String, }
    Partnership { between: Vec<String>, }
    Competition { between: Vec<String>, }
    Supply { supplier: String, customer: String, }
    Acquisition { acquirer: String, target: String, }
    Investment { investor: String, company: String, }
    Sale { seller: String, buyer: String, of: Option<String>, }
    Production { maker: String, of: String, }
    Holding { holder: String, of: String, }
}

#[derive(Deserialize)]
enum PlainConfidence {
    Reported,
    Rumoured,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only read")]
struct PlainEvidence {
    source: String,
    quote: Option<String>,
    locator: Option<String>,
}

/// The text of a graph file with this many facts between a third as many companies.
fn text(facts: usize) -> String {
    let (companies, sources) = (facts / 3 + 2, facts / 200 + 2);
    let mut dice = Dice(42);
    let mut out = String::from("Graph(\n    title: \"A made-up graph\",\n    sources: {\n");
    for n in 0..sources {
        let day = dice.day();
        writeln!(out, "        \"filing-{n}\": (title: \"Filing {n}\", kind: Filing, published: \"{day}\"),")
            .unwrap();
    }
    out.push_str("    },\n    companies: {\n");
    for n in 0..companies {
        let name = dice.name(n);
        let country = ["US", "CN", "JP", "DE", "FI", "TW"][dice.below(6)];
        write!(out, "        \"company-{n}\": (name: \"{name}\", country: \"{country}\"").unwrap();
        if n % 10 == 0 {
            write!(out, ", aliases: [\"{name} Group\"], industry: \"smartphones\"").unwrap();
        }
        out.push_str("),\n");
    }
    out.push_str("    },\n\n    facts: [\n");
    for n in 0..facts {
        // The minimum of two, so that a few companies have many relations.
        let one = dice.below(companies).min(dice.below(companies));
        let other = (one + 1 + dice.below(companies - 1)) % companies;
        let (source, day) = (dice.below(sources), dice.day());
        let year = &day[..4];
        let (fields, words) = match n % 5 {
            // Each company has few holders, so that their shares stay below 100%.
            0 => {
                let share = dice.below(19) + 1;
                (
                    format!(
                        "Ownership(owner: \"company-{one}\", owned: \"company-{other}\", share: \"{share}%\", \
                         since: \"{day}\""
                    ),
                    format!("has held {share}% of the shares since {year}"),
                )
            }
            1 => (
                format!("Partnership(between: [\"company-{one}\", \"company-{other}\"], since: \"{day}\""),
                format!("have worked together since {year}"),
            ),
            2 => {
                let millions = dice.below(900) + 1;
                (
                    format!(
                        "Acquisition(acquirer: \"company-{one}\", target: \"company-{other}\", \
                         amount: \"USD {millions} million\", completed: \"{day}\""
                    ),
                    format!("The price, paid in {year}, was ${millions} million"),
                )
            }
            3 => (
                format!("Competition(between: [\"company-{one}\", \"company-{other}\"], since: \"{year}\""),
                format!("rivals since {year}"),
            ),
            _ => (
                format!(
                    "Supply(supplier: \"company-{one}\", customer: \"company-{other}\", since: \"{day}\""
                ),
                format!("The contract of {year} was renewed"),
            ),
        };
        write!(out, "        {fields}").unwrap();
        match n % 7 {
            0 => out.push_str(", unsourced: true"),
            1 | 2 => {
                write!(out, ", evidence: [(source: \"filing-{source}\", locator: \"p. {}\")]", n % 90 + 1)
                    .unwrap();
            }
            _ => write!(out, ", quotes: {{\"filing-{source}\": [\"{words}\"]}}").unwrap(),
        }
        out.push_str("),\n");
    }
    out.push_str("    ],\n)\n");
    out
}

/// Numbers from a fixed seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    fn day(&mut self) -> String {
        format!("{}-{:02}-{:02}", 2000 + self.below(24), self.below(12) + 1, self.below(28) + 1)
    }

    /// A unique name: syllables and a number.
    fn name(&mut self, n: usize) -> String {
        const SYLLABLES: [&str; 16] = [
            "ka", "ro", "mi", "te", "lu", "sen", "var", "no", "pex", "dal", "gri", "hom", "jun", "wy", "zeb",
            "qua",
        ];
        let mut name = String::new();
        for _ in 0..4 {
            name.push_str(SYLLABLES[self.below(SYLLABLES.len())]);
        }
        name[..1].make_ascii_uppercase();
        format!("{name} {n} Inc")
    }
}

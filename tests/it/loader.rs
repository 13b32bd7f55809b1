//! Loading from files, text and bytes, within limits, with progress, cancelled.

use std::sync::Mutex;

use keiretsu::{Cancel, ErrorKind, Graph, Limits, Loader, Progress};

/// However a graph comes in, it is the same graph.
#[test]
fn all_ways_lead_to_the_same_graph() {
    let path = "graphs/ownership/12-pyramid.ron";
    let text = std::fs::read_to_string(path).unwrap();
    let expected = Graph::open(path).unwrap().to_records();
    let loader = Loader::new();
    let mut snapshot = Vec::new();
    Graph::open(path).unwrap().write_snapshot(&mut snapshot).unwrap();
    let with_mark = format!("\u{FEFF}{text}");
    let found = [
        loader.open(path),
        loader.text(&text),
        loader.text(&with_mark),
        loader.bytes(text.as_bytes()),
        loader.bytes(with_mark.as_bytes()),
        loader.bytes(&snapshot),
    ];
    for graph in found {
        assert_eq!(graph.unwrap().to_records(), expected);
    }
}

/// Bytes that are neither are refused with the place, and damaged snapshots are as those in files.
#[test]
fn odd_bytes_are_refused() {
    let loader = Loader::new();
    let error = loader.bytes(b"Graph(title: \"\xff\")").unwrap_err();
    assert!(error.to_string().contains("<bytes>:1:15"), "{error}");
    let mut snapshot = Vec::new();
    Graph::open("graphs/ownership").unwrap().write_snapshot(&mut snapshot).unwrap();
    for cut in [8, 16, 100, snapshot.len() / 2, snapshot.len() - 1] {
        let error = loader.bytes(&snapshot[..cut]).unwrap_err();
        assert!(error.to_string().contains("keiretsu pack"), "{error}");
    }
    let middle = snapshot.len() / 2;
    snapshot[middle] ^= 1;
    assert!(loader.bytes(&snapshot).is_err());
}

/// The limits of the loader hold for text and bytes.
#[test]
fn limits_hold_for_all() {
    let loader = Loader::new().limits(Limits::strict().file_bytes(10));
    let text = r#"Graph(companies: { "a": (name: "A") })"#;
    for error in [loader.text(text).unwrap_err(), loader.bytes(text.as_bytes()).unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Limit);
    }
}

fn many(companies: usize) -> String {
    let all: String = (0..companies).map(|n| format!(r#""c{n}": (name: "C{n}"),"#)).collect();
    format!("Graph(companies: {{{all}}})")
}

/// Progress grows to the size of all files, over one large file too.
#[test]
fn progress_grows_to_the_end() {
    let text = many(20_000);
    let seen: Mutex<Vec<Progress>> = Mutex::default();
    let report = |progress| seen.lock().unwrap().push(progress);
    Loader::new().progress(&report).text(&text).unwrap();
    let seen = seen.into_inner().unwrap();
    // One report every 1,024 records, and one at the end.
    assert_eq!(seen.len(), 20_000_usize.div_ceil(1_024) + 1);
    assert!(seen.is_sorted_by_key(|progress| progress.bytes));
    let size = text.len() as u64;
    assert_eq!(seen.last().map(|last| (last.bytes, last.total)), Some((size, size)));
}

/// A flag that another thread sets ends the reading.
#[test]
fn a_flag_ends_the_reading() {
    let cancel = Cancel::default();
    let limits = Limits::default().cancelled_by(&cancel);
    let half_way = |progress: Progress| {
        if progress.bytes > progress.total / 2 {
            cancel.cancel();
        }
    };
    let text = many(20_000);
    let error = Loader::new().limits(limits).progress(&half_way).text(&text).unwrap_err();
    assert_eq!((error.kind(), error.kind().name()), (ErrorKind::Cancelled, "cancelled"));
}

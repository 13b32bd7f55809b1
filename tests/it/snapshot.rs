//! Snapshots: what is read equals what was written, and no damaged snapshot is taken for a graph.

use std::fs;
use std::path::PathBuf;

use keiretsu::{Claims, Error, ErrorKind, Graph, RelationKind};
use proptest::prelude::*;

fn bytes(graph: &Graph) -> Vec<u8> {
    let mut bytes = Vec::new();
    graph.write_snapshot(&mut bytes).unwrap();
    bytes
}

/// A file of its own, gone at the end.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("keiretsu-snapshot-{}-{name}.keiretsu", std::process::id())))
    }

    fn open(&self, bytes: &[u8]) -> Result<Graph, Error> {
        fs::write(&self.0, bytes).unwrap();
        Graph::open(&self.0)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn folder(name: &str) -> Graph {
    Graph::open(format!("{}/graphs/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Everything that a graph can answer, in several views.
fn told(graph: &Graph) -> Vec<String> {
    let mut told = vec![format!("{:?} {:?}", graph.title(), graph.description())];
    let date = |text: &str| text.parse().unwrap();
    let views = [
        graph.view(),
        graph.as_of(date("2015-06")),
        graph.as_of(date("2016")).certain(),
        graph.view().known_by(date("2014-03")).claims(Claims::Newest),
    ];
    for view in views {
        for fact in view.facts() {
            told.push(format!(
                "{} {} {:?} {:?}",
                fact.id(),
                fact.sentence(),
                fact.certainty(),
                fact.validity()
            ));
            told.extend(
                fact.evidence()
                    .map(|evidence| format!("{:?} {:?}", evidence.source().title(), evidence.quote())),
            );
            told.extend(fact.roles().map(|(role, entity)| format!("{role} {entity}")));
        }
        for entity in view.entities() {
            told.push(format!("{} {entity} {:?} {:?}", entity.id(), entity.country(), entity.unit_of()));
            told.extend(
                entity
                    .relations()
                    .map(|relation| format!("{relation} {:?} {:?}", relation.validity(), relation.derived())),
            );
            told.push(format!("{:?}", entity.traverse().count()));
        }
        told.extend(
            view.relations()
                .map(|relation| format!("{relation} {:?} {:?}", relation.share(), relation.amount())),
        );
    }
    told.push(format!("{:?}", graph.view().components().run().sizes()));
    told.push(format!("{:?}", graph.view().page_rank().run().top(5)));
    told
}

#[test]
fn what_is_read_is_what_was_written() {
    for name in ["xiaomi-microsoft-2016.ron", "showcase", "decade"] {
        let graph = folder(name);
        let file = File::new(name);
        let again = file.open(&bytes(&graph)).unwrap();
        assert_eq!(again.to_records(), graph.to_records(), "{name}");
        assert_eq!(told(&again), told(&graph), "{name}");
        assert_eq!(bytes(&again), bytes(&graph), "{name}: the same graph gives the same bytes");
        // Ids are found before and after an index is built.
        for _ in 0..100 {
            for entity in again.view().entities() {
                assert_eq!(again.view().entity(entity.id()).unwrap(), entity);
            }
            assert!(again.view().entity("nobody-at-all").is_err());
        }
        assert!(again.view().find(graph.view().entities().next().unwrap().name()).is_ok());
    }
}

/// Roles in either order, with one relation or many, in all counting schemes; long texts.
#[test]
fn odd_sizes_come_back() {
    let mut text = "Graph(companies: {".to_owned();
    for n in 0..30 {
        let name = "long name ".repeat(if n % 11 == 5 { 40 } else { 1 });
        text += &format!("\"c{n}\": (name: \"{name}{n}\"),");
    }
    text += "}, facts: [";
    for n in 0..200 {
        let (one, other) = (n % 30, (n + 1 + n / 30) % 30);
        text += &match n % 70 {
            68 => format!(
                "Sale(buyer: \"c{one}\", seller: \"c{other}\", completed: \"2001\", unsourced: true),"
            ),
            69 => {
                let all: Vec<String> = (0..12 + n / 70).map(|n| format!("\"c{n}\"")).collect();
                format!("Partnership(between: [{}], since: \"2002\", unsourced: true),", all.join(", "))
            }
            _ if n % 3 == 0 => {
                format!(
                    "Supply(customer: \"c{one}\", supplier: \"c{other}\", since: \"2003\", unsourced: true),"
                )
            }
            _ => format!(
                "Supply(supplier: \"c{one}\", customer: \"c{other}\", note: \"{}\", unsourced: true),",
                "x".repeat(n * 2)
            ),
        };
    }
    for n in 12..20 {
        let all: Vec<String> = (0..n).map(|n| format!("\"c{n}\"")).collect();
        text += &format!("Partnership(between: [{}], since: \"2004\", unsourced: true),", all.join(", "));
    }
    let graph = Graph::from_ron(&(text + "])")).unwrap();
    let file = File::new("sizes");
    let again = file.open(&bytes(&graph)).unwrap();
    assert_eq!(again.to_records(), graph.to_records());
    assert_eq!(told(&again), told(&graph));
    let turned = again
        .view()
        .facts()
        .find(|fact| fact.roles().next().is_some_and(|(role, _)| role.name() == "customer"));
    assert!(
        turned.is_some_and(|fact| fact.roles().map(|(role, _)| role.name()).eq(["customer", "supplier"]))
    );
    assert_eq!(again.view().entity("c5").unwrap().name().len(), 401);
    assert_eq!(again.view().facts().last().unwrap().roles().count(), 19);
}

fn is_bad(error: &Error) -> bool {
    error.kind() == ErrorKind::Io && error.diagnostics()[0].code.as_str() == "E0604"
}

fn small() -> Vec<u8> {
    let text = r#"Graph(
        title: "Small",
        companies: { "a": (name: "A", aliases: ["Aa"]), "b": (name: "B") },
        patents: { "p": (name: "P") },
        sources: { "s": (title: "S", published: "2016") },
        facts: [
            Sale(seller: "a", buyer: "b", of: "p", completed: "2016-05-31", amount: "USD 5", quotes: {"s": "it sold 5"}),
            Partnership(between: ["a", "b"], since: "2015", unsourced: true),
        ],
    )"#;
    bytes(&Graph::from_ron(text).unwrap())
}

#[test]
fn a_changed_byte_is_seen_wherever_it_is() {
    let (whole, file) = (small(), File::new("flip"));
    assert!(file.open(&whole).is_ok());
    for at in 0..whole.len() {
        for change in [1, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            assert!(is_bad(&file.open(&bytes).unwrap_err()), "byte {at}");
        }
    }
}

#[test]
fn a_file_cut_short_or_grown_is_seen() {
    let (whole, file) = (small(), File::new("cut"));
    for length in 0..whole.len() {
        assert!(is_bad(&file.open(&whole[..length]).unwrap_err()), "{length} bytes");
    }
    for more in [1, 8, 100_000] {
        let grown = [whole.clone(), vec![0; more]].concat();
        assert!(is_bad(&file.open(&grown).unwrap_err()), "{more} bytes more");
    }
    let said = |bytes: &[u8]| file.open(bytes).unwrap_err().diagnostics()[0].message.clone();
    assert_eq!(said(b""), "the file is no snapshot");
    assert_eq!(said(b"Graph(companies: {}) // much longer than a header"), "the file is no snapshot");
    let mut newer = whole.clone();
    newer[8] = 99;
    assert_eq!(said(&newer), "the snapshot is of version 99, which is not known here");
}

#[test]
fn a_larger_file_is_no_different() {
    let (whole, file) = (bytes(&folder("showcase")), File::new("larger"));
    for at in (0..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] = bytes[at].wrapping_add(1);
        assert!(is_bad(&file.open(&bytes).unwrap_err()), "byte {at}");
        assert!(is_bad(&file.open(&whole[..at]).unwrap_err()), "{at} bytes");
    }
}

#[test]
fn a_snapshot_is_opened_alone_and_checked_as_its_records_are() {
    let file = File::new("alone");
    fs::write(&file.0, small()).unwrap();
    let other = format!("{}/graphs/showcase", env!("CARGO_MANIFEST_DIR"));
    let error = Graph::open_all([file.0.clone(), other.into()], &keiretsu::Limits::default()).unwrap_err();
    assert!(error.diagnostics().iter().any(|diagnostic| diagnostic.code.as_str() == "E0604"));
    let codes: Vec<_> = Graph::check(&file.0).iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    let records = Graph::open(&file.0).unwrap().to_records();
    let built = keiretsu::GraphBuilder::from_records(records).build().unwrap();
    assert_eq!(codes, built.warnings().iter().map(|diagnostic| diagnostic.code.as_str()).collect::<Vec<_>>());
    assert!(is_bad(
        &Graph::open(std::env::temp_dir().join("keiretsu-none.keiretsu"))
            .map(|_| ())
            .map_err(|error| {
                assert_eq!(error.diagnostics()[0].code.as_str(), "E0601");
                file.open(b"x").unwrap_err()
            })
            .unwrap_err()
    ));
}

/// A snapshot of these parts with correct lengths and checksums, as an attacker would write it.
fn summed(parts: &[Vec<u8>]) -> Vec<u8> {
    let told =
        parts.iter().flat_map(|part| [(part.len() as u64).to_le_bytes(), checksum(part).to_le_bytes()]);
    [parts.concat(), told.collect::<Vec<_>>().concat()].concat()
}

/// The parts of a snapshot.
fn parts(whole: &[u8]) -> Vec<Vec<u8>> {
    let (mut rest, told) = whole.split_at(whole.len() - 4 * 16);
    let parts = told.chunks(16).map(|told| {
        let length = u64::from_le_bytes(told[..8].try_into().unwrap()) as usize;
        let (part, others) = rest.split_at(length);
        rest = others;
        part.to_vec()
    });
    parts.collect()
}

/// The checksum of a part: CRC-32 as gzip and PNG have it (RFC 1952, section 8), bit by bit.
fn checksum(part: &[u8]) -> u64 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| crc >> 1 ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    };
    u64::from(!part.iter().fold(u32::MAX, step))
}

/// Every text that a graph can contain, with a mark; those with a star may contain line breaks.
const MARKED: &str = r#"Graph(
    title: "title~~~", description: "description~~~*",
    sources: { "s": (title: "title~~~", publisher: "publisher~~~", author: "author~~~", url: "url~~~", language: "language~~~") },
    companies: {
        "a": (
            name: "name~~~", aliases: ["aliases~~~"], former_names: [("former_names~~~", "2014")], native_name: "native_name~~~",
            website: "website~~~", industry: "industry~~~", legal_form: "legal_form~~~", note: "note~~~*",
            evidence: [(source: "s", quote: "quote~~~*", locator: "locator~~~", said_by: "said_by~~~")],
        ),
        "b": (name: "B"),
    },
    products: { "p": (name: "P", class: "class~~~") },
    patents: { "q": (name: "Q", topics: ["topics~~~"]) },
    facts: [
        Partnership(
            between: ["a", "b"], scope: "scope~~~", condition: "condition~~~", note: "note~~~*",
            evidence: [(source: "s", quote: "quote~~~*", locator: "locator~~~", said_by: "said_by~~~")],
        ),
    ],
)"#;

/// Text in a snapshot obeys the same rules as in a graph file, wherever it is and however right the checksum.
#[test]
fn no_text_has_what_no_graph_file_may_have() {
    let whole = bytes(&Graph::from_ron(MARKED).unwrap());
    let (parts, file) = (parts(&whole), File::new("texts"));
    let places = parts.iter().enumerate().flat_map(|(n, part)| {
        let at = part.windows(3).enumerate().filter(|(_, window)| window == b"~~~");
        at.map(move |(at, _)| (n, at)).collect::<Vec<_>>()
    });
    let places: Vec<_> = places.collect();
    assert_eq!(places.len(), MARKED.matches("~~~").count());
    for (n, at) in places {
        let part = &parts[n];
        let start = part[..at].iter().rposition(|byte| !matches!(byte, b'a'..=b'z' | b'_')).unwrap() + 1;
        // The previous letter says that this attribute is text.
        let field = std::str::from_utf8(&part[start..at]).unwrap().replace("tscope", "scope");
        let may_break = part.get(at + 3) == Some(&b'*');
        // Which part is damaged, if any, and the whole graph, if it can be opened.
        let open = |by: [u8; 3]| {
            let mut parts = parts.clone();
            parts[n][at..at + 3].copy_from_slice(&by);
            let graph = file.open(&summed(&parts)).map_err(|error| assert!(is_bad(&error), "{error}")).ok();
            let all = graph.map(|graph| format!("{}{:?}", told(&graph).concat(), graph.to_records()));
            let found = Graph::check(&file.0).into_iter().find(|found| found.code.as_str() == "E0604");
            (found.map(|found| found.message), all)
        };
        let raw = ["\u{1b}", "\0", "\u{7f}", "\u{9b}", "\u{2028}", "~\n~", "~\r~"];
        let is_raw =
            |all: &str, text: &&&str| all.contains(**text) || all.contains(&text.escape_debug().to_string());
        for (by, character) in [
            (*b"~\x1b~", "U+001B"),
            (*b"\0~~", "U+0000"),
            (*b"~~\x7f", "U+007F"),
            ([0xc2, 0x9b, b'~'], "U+009B"),
            ([0xe2, 0x80, 0xa8], "U+2028"),
            (*b"~\n~", "U+000A"),
            (*b"~\r~", "U+000D"),
        ] {
            let (damage, all) = open(by);
            if may_break && matches!(by[1], b'\n' | b'\r') {
                assert!(damage.is_none() && all.is_some(), "{field} {by:?}");
                continue;
            }
            let said = format!("the snapshot is damaged: a control character ({character}) in `{field}`");
            assert_eq!(damage, Some(said));
            let eager = n == 0
                && matches!(
                    &*field,
                    "name" | "title" | "description" | "publisher" | "author" | "url" | "language"
                );
            assert_eq!(all.is_none(), eager, "{field} {by:?}");
            if let Some(all) = all {
                assert_eq!(raw.iter().find(|text| is_raw(&all, text)), None, "{field} {by:?}");
                assert!(all.contains('\u{fffd}'), "{field} {by:?}");
            }
        }
        let contradicting = "the snapshot is damaged: its parts contradict each other".to_owned();
        assert_eq!(open([b'~', 0xff, b'~']).0, Some(contradicting), "{field}: no text");
        // What is only odd is read, as it is in a graph file, which warns of it.
        for odd in [[0xe2, 0x80, 0xae], [0xe2, 0x80, 0x99], [b'~', 0xc3, 0xa9]] {
            let (damage, all) = open(odd);
            assert!(damage.is_none() && all.is_some_and(|all| !all.contains('\u{fffd}')), "{field} {odd:?}");
        }
    }
}

proptest! {
    #![proptest_config(crate::property::cases(600))]

    /// For any content with a correct checksum: it is rejected, or can be queried safely.
    #[test]
    fn hostile_files_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), big in any::<bool>()) {
        let whole = if big { bytes(&folder("xiaomi-microsoft-2016.ron")) } else { small() };
        let mut parts = parts(&whole);
        prop_assert_eq!(&summed(&parts), &whole);
        let bytes: usize = parts.iter().map(Vec::len).sum();
        for (at, byte) in changes {
            *parts.iter_mut().flatten().nth(at.index(bytes)).unwrap() = byte;
        }
        let file = File::new(&format!("hostile-{:?}", std::thread::current().id()));
        if let Ok(graph) = file.open(&summed(&parts)) {
            told(&graph);
            let _ = graph.to_records();
            let _ = graph.view().find("A");
            graph.view().majority_owners().chains().count();
            let _ = graph.view().page_rank().run();
            let _ = graph.view().triangles([RelationKind::PartnersWith; 3]).count();
            let _ = graph.view().triangles([RelationKind::Supplies, RelationKind::PartnersWith, RelationKind::Holds]).count();
            graph.view().search("a").count();
        }
    }
}

//! Invalid files and their exact messages: `tests/fixtures/invalid`.
//!
//! A case is a `.ron` file, or a folder of them, with a `.txt` of the same name: the exact diagnostics.
//! `KEIRETSU_BLESS=1 cargo test` writes the expected texts anew; read the difference before it is committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use keiretsu::{CODES, CodeClass, ErrorKind, Graph, Severity};

use crate::shown;

/// Codes whose cases cannot be kept as files and are in hostile.rs instead, and the one that only questions cause.
const ELSEWHERE: &[&str] =
    &["E0413", "E0501", "E0502", "E0505", "E0506", "E0601", "E0602", "E0603", "E0604", "W0928", "W0999"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/invalid")
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_none_or(|e| e == "ron")).collect();
    cases.sort();
    cases
}

#[test]
fn every_bad_file_is_told_as_expected() {
    let mut wrong = String::new();
    for case in cases() {
        let said = shown::diagnostics(&Graph::check(&case), &folder());
        let expected = case.with_extension("txt");
        if std::env::var_os("KEIRETSU_BLESS").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong += &format!("=== {}\n{said}\n", case.display());
        }
    }
    assert!(wrong.is_empty(), "not as expected; is said now:\n{wrong}");
}

#[test]
fn every_bad_file_draws_the_code_of_its_name() {
    for case in cases() {
        let name = case.file_name().unwrap().to_str().unwrap();
        let code = &name[..5];
        let drawn: Vec<_> = Graph::check(&case).iter().map(|d| d.code.as_str()).collect();
        assert!(drawn.contains(&code) || name.starts_with("all"), "{name} draws {drawn:?}");
    }
}

#[test]
fn every_code_has_a_case() {
    let cases = cases();
    let names = cases.iter().map(|case| case.file_name().unwrap().to_str().unwrap()[..5].to_owned());
    let mut covered: BTreeSet<String> = names.collect();
    covered.extend(ELSEWHERE.iter().map(|code| (*code).to_owned()));
    let missing: Vec<_> = CODES.iter().map(|row| row.text).filter(|code| !covered.contains(*code)).collect();
    assert!(missing.is_empty(), "no case for {missing:?}");
    let known = |code: &&String| !CODES.iter().any(|row| row.text == **code) && *code != "all-p";
    assert_eq!(covered.iter().filter(known).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// The classes and their ranges, as documented.
const CLASSES: &[(&str, CodeClass)] = &[
    ("E01", CodeClass::Syntax),
    ("E02", CodeClass::Structure),
    ("E03", CodeClass::Reference),
    ("E04", CodeClass::Value),
    ("E05", CodeClass::Limit),
    ("E06", CodeClass::File),
    ("W09", CodeClass::Warning),
];

#[test]
fn every_code_is_in_the_range_of_its_class() {
    for row in CODES {
        let expected = CLASSES.iter().find(|(range, _)| row.text.starts_with(range)).unwrap();
        assert_eq!(row.class, expected.1, "{}", row.text);
        assert_eq!((row.code.class(), row.code.as_str()), (row.class, row.text));
        let is_warning = row.text.starts_with('W');
        assert_eq!(row.code.severity() == Severity::Warning, is_warning, "{}", row.text);
    }
    assert!(CODES.is_sorted_by(|one, other| one.text < other.text && one.code < other.code));
}

/// Files that cannot be read come before limits, these before slips of syntax, and these before all else.
#[test]
fn the_kind_of_an_error_is_that_of_its_most_serious_code() {
    let folder = std::env::temp_dir().join(format!("keiretsu-kinds-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let reference = write("reference.ron", r#"Graph(facts: [Sale(seller: "nobody", unsourced: true)])"#);
    let syntax = write("syntax.ron", r#"Graph(companies: { "acme": (name: "Acme" "#);
    let large = write("large.ron", &format!("// {}", "-".repeat(2_000)));
    let missing = folder.join("missing.ron");
    let limits = keiretsu::Limits::default().file_bytes(1_000);
    let all = [
        (reference, ErrorKind::Invalid),
        (syntax, ErrorKind::Syntax),
        (large, ErrorKind::Limit),
        (missing, ErrorKind::Io),
    ];
    for count in 1..=all.len() {
        let paths = all.iter().take(count).map(|(path, _)| path);
        let error = Graph::open_all(paths, &limits).unwrap_err();
        assert_eq!(error.kind(), all[count - 1].1, "{error}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn every_file_says_on_its_first_line_what_it_shows() {
    for case in cases() {
        let files = if case.is_dir() {
            fs::read_dir(&case).unwrap().map(|entry| entry.unwrap().path()).collect()
        } else {
            vec![case]
        };
        for file in files {
            let bytes = fs::read(&file).unwrap();
            assert!(bytes.starts_with(b"//"), "{}", file.display());
        }
    }
}

#[test]
fn opening_fails_exactly_if_checking_finds_an_error() {
    for case in cases() {
        let found = Graph::check(&case);
        match Graph::open(&case) {
            Ok(graph) => {
                assert!(!found.iter().any(keiretsu::Diagnostic::is_error), "{}", case.display());
                assert_eq!(graph.warnings(), found, "{}", case.display());
            }
            Err(error) => {
                assert!(found.iter().any(keiretsu::Diagnostic::is_error), "{}", case.display());
                assert_eq!(error.diagnostics(), found, "{}", case.display());
            }
        }
    }
}

/// The graphs of the repository have no errors, and exactly these warnings.
#[test]
fn the_own_graphs_draw_only_honest_warnings() {
    let graphs = Path::new(env!("CARGO_MANIFEST_DIR")).join("graphs");
    let check = |name: &str| {
        let found = Graph::check(graphs.join(name));
        found.iter().map(|d| format!("{}: {}", d.code, d.message)).collect::<Vec<_>>()
    };
    // The article says "last year"; that it was 2015 is inferred, as the notes say.
    assert_eq!(check("xiaomi-microsoft-2016.ron"), ["W0904: the year 2015 is in no quote of this fact"; 2]);
    assert_eq!(check("showcase"), Vec::<String>::new());
    // Two of the cases are about just this.
    let ownership = [
        "W0914: `amberley` holds 10% of itself",
        "W0915: nobody outside holds any of `evenlode` and `windrush`: they hold all of one another",
    ];
    assert_eq!(check("ownership"), ownership);
}

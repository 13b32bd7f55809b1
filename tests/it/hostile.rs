//! Malicious or broken files: each is reported quickly and clearly.
//!
//! Small ones are in `tests/fixtures/hostile` with the expected messages; large ones, and those that are not files,
//! are made here.

use std::fs;
use std::path::{Path, PathBuf};

use keiretsu::{Diagnostic, ErrorKind, FactKind, FactRecord, Graph, Limits, Role};

use crate::shown;

/// A folder that is deleted when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("keiretsu-hostile-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path.canonicalize().unwrap())
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The problems of a text. The texts are so large that a reader with quadratic cost would not finish.
fn check(text: &str) -> Vec<Diagnostic> {
    match Graph::from_ron(text) {
        Ok(graph) => graph.warnings().to_vec(),
        Err(error) => error.diagnostics().to_vec(),
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    let mut codes: Vec<_> = found.iter().map(|d| d.code.as_str()).collect();
    codes.dedup();
    codes
}

/// The number of problems, listed or not, as reported by the last ones.
fn count(found: &[Diagnostic]) -> usize {
    let unlisted = |d: &&Diagnostic| matches!(d.code.as_str(), "E0506" | "W0999");
    let more =
        found.iter().filter(unlisted).map(|d| d.message.split(' ').next().unwrap().parse::<usize>().unwrap());
    found.iter().filter(|d| !unlisted(d)).count() + more.sum::<usize>()
}

fn companies(n: usize) -> String {
    (0..n).map(|n| format!("\"c{n}\": (name: \"C{n}\"),\n")).collect()
}

#[test]
fn every_hostile_file_is_told_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|e| e == "ron")).collect();
    cases.sort();
    assert!(cases.len() >= 5);
    let mut wrong = String::new();
    for case in cases {
        let said = shown::diagnostics(&Graph::check(&case), &folder);
        let expected = case.with_extension("txt");
        if std::env::var_os("KEIRETSU_BLESS").is_some() {
            fs::write(&expected, &said).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != said {
            wrong += &format!("=== {}\n{said}\n", case.display());
        }
        // Output contains no control character except the line break.
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{}", case.display());
    }
    assert!(wrong.is_empty(), "not as expected; is said now:\n{wrong}");
}

#[test]
fn brackets_without_end_are_an_error() {
    for open in ["(", "[", "{", "Some(", "(a:", "[(", "/*"] {
        for start in ["", "Graph(", "Graph(title: ", "Graph(companies: {\"a\": ", "Graph(facts: ["] {
            let found = check(&format!("{start}{}", open.repeat(100_000)));
            assert_eq!(found.len(), 1, "{start}{open}: {found:?}");
        }
    }
    let nested = format!("Graph(title: {}{})", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(codes(&check(&nested)), ["E0503"]);
}

#[test]
fn deep_but_allowed_values_are_an_error_of_shape() {
    for depth in [1, 5, 7, 20, 50] {
        let text =
            format!("Graph(companies: {{\"a\": (name: {}\"x\"{})}})", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(codes(&check(&text)), ["E0103"], "{depth}");
    }
}

#[test]
fn a_text_of_five_megabytes_is_shown_in_a_window() {
    let text = format!("Graph(companies: {{\"a\": (name: \"{}\")}})", "x".repeat(5 << 20));
    let found = check(&text);
    assert_eq!(codes(&found), ["E0504"]);
    assert!(found[0].at.as_ref().unwrap().source_line.chars().count() <= 160);
    let id =
        format!("Graph(facts: [Event(of: \"{}\", what: Founded, unsourced: true)])", "x".repeat(5 << 20));
    let found = check(&id);
    assert_eq!(codes(&found), ["E0301"]);
    assert!(found[0].message.len() < 200);
    let field = format!("Graph(companies: {{\"a\": ({}: 1)}})", "x".repeat(5 << 20));
    assert!(check(&field).iter().all(|d| d.to_string().len() < 1_000));
}

#[test]
fn long_ids_that_are_nearly_alike_are_not_compared() {
    let long = "x".repeat(60_000);
    let text = format!(
        "Graph(companies: {{\"{long}\": (name: \"X\")}}, facts: [Event(of: \"{long}y\", what: Founded, unsourced: true)])"
    );
    let found = check(&text);
    assert_eq!(codes(&found), ["E0504", "E0301"]);
}

#[test]
fn names_made_to_be_alike_are_told_once_each() {
    let named = |n: usize, name: String| format!("\"c{n}\": (name: \"{name}\"),\n");
    // Names that all differ in one letter, names that each resemble the next, and one name for all.
    let letter = |n: usize| char::from_u32(u32::try_from(n).unwrap() + 0x100).unwrap();
    let sorts: [&dyn Fn(usize) -> String; 3] = [
        &|n| format!("{}{}", "x".repeat(200), letter(n % 100)),
        &|n| format!("{}q{}", "xy".repeat(n % 40), "xy".repeat(40 - n % 40)),
        &|_| "Brindlewick".to_owned(),
    ];
    for name in sorts {
        let companies: String = (0..3_000).map(|n| named(n, name(n))).collect();
        let found = check(&format!("Graph(companies: {{{companies}}})"));
        assert!(found.len() < 3_000, "{} problems", found.len());
        assert_eq!(codes(&found), ["W0911"]);
    }
}

#[test]
fn places_in_a_very_long_line_cost_little() {
    let fact = "Event(of:\"é\",what:Founded,unsourced:true),";
    let found = check(&format!("Graph(facts:[{}])", fact.repeat(20_000)));
    assert_eq!(
        count(&found),
        20_000 + 19_999,
        "no entity has the id; and all but the first are stated before"
    );
    let last = found.iter().rfind(|problem| problem.code.as_str() == "E0301").unwrap();
    let last = last.at.as_ref().unwrap();
    assert_eq!((last.line, last.column, last.width), (1, 13 + 1 + fact.chars().count() * 9_999 + 9, 3));
    assert_eq!(last.source_line.chars().nth(last.column - 1 - last.skipped), Some('"'));
}

#[test]
fn unknown_ids_beyond_counting_stay_fast() {
    let facts: String =
        (0..20_000).map(|n| format!("Event(of: \"cx{n}\", what: Founded, unsourced: true),\n")).collect();
    let found = check(&format!("Graph(companies: {{{}}}, facts: [{facts}])", companies(2_000)));
    assert_eq!(count(&found), 20_000);
    assert!(found[0].hint.is_some(), "the first ones still have a hint");
}

#[test]
fn unknown_sources_of_one_fact_stay_fast() {
    let quotes: String = (0..20_000).map(|n| format!("\"s{n}\": [\"w\"],")).collect();
    let found = check(&format!(
        "Graph(companies: {{{}}}, facts: [Event(of: \"c0\", what: Founded, quotes: {{{quotes}}})])",
        companies(1)
    ));
    assert_eq!(count(&found), 20_000);
}

#[test]
fn duplicates_beyond_counting_stay_fast() {
    let same = "\"a\": (name: \"A\"),\n".repeat(20_000);
    assert_eq!(count(&check(&format!("Graph(companies: {{{same}}})"))), 19_999);
    let fields = "name: \"A\", ".repeat(20_000);
    assert_eq!(count(&check(&format!("Graph(companies: {{\"a\": ({fields})}})"))), 19_999);
    let parties = "\"c0\", ".repeat(20_000);
    let found = check(&format!(
        "Graph(companies: {{{}}}, facts: [Membership(member: [{parties}], alliance: \"c0\", unsourced: true)])",
        companies(1)
    ));
    assert!(found.len() < 200);
}

#[test]
fn slips_beyond_counting_stay_fast() {
    let facts = |fact: &str| count(&check(&format!("Graph(facts: [{}])", fact.repeat(20_000))));
    assert_eq!(facts("Sale(a b),\n"), 20_000);
    assert_eq!(facts("Sale(a b), "), 20_000);
    assert_eq!(facts("Sale(note: \"open),\n"), 20_000);
    assert_eq!(facts(&format!("Sale({},\n", "[".repeat(70))), 20_000);
    // Each is read as a part of the one before, until they are too deep.
    assert!(facts("Sale(of: [\"a\",\n") >= 19_999);
    // Nothing after an unterminated comment is read.
    assert_eq!(facts("Sale(/*\n"), 1);
    let records: String = (0..20_000).map(|n| format!("\"c{n}\": (name \"C{n}\", \n")).collect();
    assert_eq!(count(&check(&format!("Graph(companies: {{{records}}})"))), 20_000);
}

#[test]
fn errors_beyond_counting_are_counted_but_not_listed() {
    let error = Graph::from_ron(&format!("Graph(facts: [{}])", "Xx(),".repeat(200_000))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    let found = error.diagnostics();
    assert_eq!((found.len(), count(found)), (10_001, 200_000));
    let last = found.last().unwrap();
    assert_eq!((last.code.as_str(), &*last.message), ("E0506", "190000 more errors are not listed"));
    assert_eq!((&last.at, last.is_error()), (&None, true));
    assert!(error.to_string().starts_with("the graph has more than 10000 errors\n"));
    let exact = check(&format!("Graph(facts: [{}])", "Xx(),".repeat(10_000)));
    assert_eq!((exact.len(), codes(&exact)), (10_000, vec!["E0202"]));
    let one_more = check(&format!("Graph(facts: [{}])", "Xx(),".repeat(10_001)));
    assert_eq!(one_more.last().unwrap().message, "1 more error is not listed");
    // Over several files and both sorts of checks, still one list.
    let folder = Folder::new("many-errors");
    folder.write("a.ron", format!("Graph(facts: [{}])", "Xx(),".repeat(8_000)));
    folder.write("b.ron", format!("Graph(companies: {{{}}})", "\"a\": (name: \"\"),".repeat(8_000)));
    let found = Graph::check(&folder.0);
    assert_eq!((found.len(), codes(&found)), (10_001, vec!["E0202", "E0204", "E0506"]));
}

#[test]
fn warnings_beyond_counting_keep_no_graph_from_opening_and_hide_no_error() {
    let fact = "Event(of: \"c0\", what: Founded),";
    let graph = |more: &str| {
        format!("Graph(companies: {{{}}}, facts: [{}{more}])", companies(1), fact.repeat(12_000))
    };
    let opened = Graph::from_ron(&graph("")).unwrap();
    assert_eq!(opened.view().facts().count(), 12_000);
    assert_eq!((opened.warnings().len(), codes(opened.warnings())), (10_001, vec!["W0903", "W0999"]));
    assert_eq!(opened.warnings().last().unwrap().message, "13999 more warnings are not listed");
    let mut builder = keiretsu::GraphBuilder::from_records(opened.to_records());
    builder.title("again");
    assert_eq!(builder.build().unwrap().warnings().len(), 10_001);
    let found = check(&graph("Event(of: \"nobody\", what: Founded, unsourced: true)"));
    assert_eq!(codes(&found), ["W0903", "E0301", "W0999"]);
}

#[test]
fn a_text_beyond_the_limit_is_not_read() {
    let text = String::from_utf8(vec![0; (1 << 30) + 1]).unwrap();
    let error = Graph::from_ron(&text).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
    let said: Vec<_> = error.diagnostics().iter().map(ToString::to_string).collect();
    assert_eq!(said, ["error[E0501]: the file is larger than 1073741824 bytes\n  --> <text>:1:1"]);
}

#[test]
fn a_builder_and_a_file_fail_by_a_limit_alike() {
    let text = format!(
        "Graph(companies: {{{}}}, facts: [Partnership(between: [\"c0\", \"c1\", \"c2\"], unsourced: true)])",
        companies(3)
    );
    let records = Graph::from_ron(&text).unwrap().to_records();
    let limits = Limits::default().relations(2);
    let mut builder = keiretsu::GraphBuilder::from_records(records);
    builder.limits(limits.clone());
    let built = builder.build().unwrap_err();
    let folder = Folder::new("relations");
    let opened = Graph::open_all([folder.write("a.ron", text)], &limits).unwrap_err();
    for error in [built, opened] {
        assert_eq!((error.kind(), codes(error.diagnostics())), (ErrorKind::Limit, vec!["E0505"]));
    }
}

#[test]
fn what_the_operating_system_said_is_the_source_of_the_error() {
    use std::error::Error as _;
    let folder = Folder::new("source");
    let said = |paths: &[PathBuf]| {
        let error = Graph::open_all(paths, &Limits::default()).unwrap_err();
        let source = error.source().map(|source| source.downcast_ref::<std::io::Error>().unwrap().kind());
        (error.kind(), source)
    };
    let missing = folder.0.join("missing.ron");
    let wrong = folder.write("wrong.ron", "Graph(");
    assert_eq!(said(&[wrong.clone(), missing]), (ErrorKind::Io, Some(std::io::ErrorKind::NotFound)));
    assert_eq!(said(&[wrong]), (ErrorKind::Syntax, None));
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_garble_a_terminal() {
    let folder = Folder::new("name");
    let named = folder.write("a\u{1b}[31m.ron", "Graph(firms: 1)");
    for found in [Graph::check(named), Graph::check(folder.0.join("b\u{1b}[31m.ron"))] {
        let said = found[0].to_string();
        assert!(said.contains("\\u{1b}[31m.ron"), "{said}");
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{said}");
    }
}

#[test]
fn long_chains_of_legs_are_followed_without_recursion() {
    let leg = |n: usize, whole: usize| {
        format!("Event(id: \"f{n}\", of: \"c0\", what: Other, part_of: \"f{whole}\", unsourced: true),\n")
    };
    let n = 10_000;
    let chain: String = (1..n).map(|n| leg(n, n - 1)).collect();
    let graph = |first: &str| format!("Graph(companies: {{{}}}, facts: [{first}{chain}])", companies(1));
    let start = "Event(id: \"f0\", of: \"c0\", what: Other, unsourced: true),";
    assert_eq!(codes(&check(&graph(start))), Vec::<&str>::new());
    let found = check(&graph(&leg(0, n - 1)));
    assert_eq!(codes(&found), ["E0304"]);
    assert_eq!(found.len(), 1);
}

#[test]
fn one_fact_with_more_relations_than_allowed_is_told_before_memory_is_used() {
    let parties: String = (0..5_000).map(|n| format!("\"c{n}\", ")).collect();
    let text = format!(
        "Graph(companies: {{{}}}, facts: [Partnership(between: [{parties}], unsourced: true)])",
        companies(5_000)
    );
    let found = check(&text);
    assert_eq!(codes(&found), ["W0905", "E0505"].into_iter().rev().collect::<Vec<_>>());
    let too_many = found.iter().find(|d| d.code.as_str() == "E0505").unwrap();
    assert_eq!(too_many.at.as_ref().unwrap().line, 5_001);
}

#[test]
fn a_fact_with_very_many_parties_on_one_side_is_no_harm() {
    let parties: String = (0..30_000).map(|n| format!("\"c{n}\", ")).collect();
    let text = format!(
        "Graph(companies: {{{}}}, facts: [Supply(supplier: [{parties}], customer: \"c0\", unsourced: true)])",
        companies(30_000)
    );
    assert_eq!(codes(&check(&text)), Vec::<&str>::new());
}

#[test]
fn an_agreement_of_many_that_ended_is_told_at_a_cost_of_its_sentences() {
    // Whether the agreement has ended, each of its 4,950 relations has to say; each of their sentences asks.
    let parties: Vec<String> = (0..100).map(|n| format!("\"c{n}\"")).collect();
    let parties = parties.join(", ");
    let graph = |how: &str, from: &str| {
        let text = format!(
            "Graph(companies: {{ {}\"next\": (name: \"Next\") }}, facts: [
                Partnership(between: [{parties}], since: \"2000\", unsourced: true),
                Succession(predecessor: [{from}], successor: \"next\", how: {how}, completed: \"2010\", unsourced: true),
            ])",
            companies(100)
        );
        Graph::from_ron(&text).unwrap()
    };
    for (how, from, ending) in [
        ("Merger", parties.as_str(), "C0 partnered with C1 (since 2000, passed to a successor 2010)"),
        ("Split", "\"c0\"", "C0 partners with C1 (since 2000)"),
    ] {
        let graph = graph(how, from);
        let of_first = graph.view().entity("c0").unwrap().relations().next().unwrap();
        assert_eq!(of_first.to_string(), ending, "{how}");
        let relations = graph.view().relations_of(keiretsu::RelationKind::PartnersWith);
        let told = relations.map(|relation| relation.to_string()).filter(|told| told.contains("since 2000"));
        assert_eq!(told.count(), 4_950, "{how}");
    }
}

/// A company that is dissolved many times, with many relations: memory grows with their sum, not with their product.
#[test]
fn many_ends_of_a_company_with_many_relations_are_stored_once() {
    let memory = |n: usize| {
        let ends: String = (0..n)
            .map(|i| {
                format!(
                    r#"Event(of: "c0", what: Dissolved, completed: "{}", unsourced: true),"#,
                    1950 + i % 50
                )
            })
            .collect();
        let lasting: String = (1..n)
            .map(|i| format!(r#"Supply(supplier: "c0", customer: "c{i}", since: "1900", unsourced: true),"#))
            .collect();
        let text = format!("Graph(companies: {{{}}}, facts: [{ends}{lasting}])", companies(n));
        let graph = Graph::from_ron(&text).unwrap();
        let relation = graph.as_of("2000".parse().unwrap()).relations().next().unwrap();
        assert_eq!(relation.certainty(), Some(keiretsu::Certainty::Possible));
        graph.memory().others
    };
    assert!(memory(1_600) < 6 * memory(400));
}

#[test]
fn limits_on_files_and_folders_are_told() {
    let folder = Folder::new("limits");
    for name in ["a.ron", "b.ron", "c.ron"] {
        folder.write(name, "Graph( // some bytes\n)");
    }
    let said = |limits: &Limits| shown::diagnostics(&Graph::check_all([&folder.0], limits), &folder.0);
    let small = Limits::default().file_bytes(10);
    assert!(said(&small).starts_with("error[E0501]: the file is larger than 10 bytes\n  --> a.ron:1:1\n"));
    let together = Limits::default().folder_bytes(30);
    assert_eq!(said(&together), "error[E0501]: the files are larger than 30 bytes together\n");
    let few = Limits::default().folder_files(2);
    assert!(said(&few).starts_with("error[E0502]: the folder has more than 2 graph files\n"));
    let error = Graph::open_all([&folder.0], &few).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    let folder = Folder::new("nowhere");
    let missing = folder.0.join("missing.ron");
    let said = shown::diagnostics(&Graph::check(&missing), &folder.0);
    let expected =
        "error[E0601]: cannot read `missing.ron`: there is no such file or folder\n  --> missing.ron:1:1\n";
    assert_eq!(said, expected);
    assert_eq!(Graph::open(&missing).unwrap_err().kind(), ErrorKind::Io);
    assert_eq!(codes(&Graph::check(&folder.0)), ["E0603"]);
    fs::create_dir(folder.0.join("sub.ron")).unwrap();
    assert_eq!(codes(&Graph::check(&folder.0)), ["E0603"]);
    // A missing file hides no problem of another, and its entities are not reported as unknown in addition.
    let other = folder.write("other.ron", "Graph(facts: [Event(of: \"acme\", what: Nothing)])");
    let found = Graph::check_all([&missing, &other], &Limits::default());
    assert_eq!(codes(&found), ["E0601", "E0411"]);
}

#[cfg(unix)]
#[test]
fn devices_pipes_and_links_out_of_the_folder_are_refused() {
    use std::os::unix::fs::symlink;
    assert_eq!(codes(&Graph::check("/dev/zero")), ["E0602"]);
    let folder = Folder::new("links");
    let outside = Folder::new("outside");
    outside.write("secret.ron", "Graph(title: \"secret\")");
    folder.write("good.ron", "Graph()");
    symlink("good.ron", folder.0.join("alias.ron")).unwrap();
    assert_eq!(codes(&Graph::check(&folder.0)), Vec::<&str>::new());
    symlink(outside.0.join("secret.ron"), folder.0.join("out.ron")).unwrap();
    symlink("../../../../../../etc/passwd", folder.0.join("passwd.ron")).unwrap();
    symlink("/dev/zero", folder.0.join("zero.ron")).unwrap();
    assert_eq!(Graph::check(&folder.0).len(), 3);
    assert_eq!(codes(&Graph::check(&folder.0)), ["E0602"]);
    for name in ["out.ron", "passwd.ron", "zero.ron"] {
        fs::remove_file(folder.0.join(name)).unwrap();
    }
    symlink("loop.ron", folder.0.join("loop.ron")).unwrap();
    symlink("gone", folder.0.join("broken.ron")).unwrap();
    assert_eq!(codes(&Graph::check(&folder.0)), ["E0601"]);
    let pipe = folder.0.join("pipe.ron");
    if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        assert_eq!(codes(&Graph::check(&pipe)), ["E0602"]);
        assert!(codes(&Graph::check(&folder.0)).contains(&"E0602"));
    }
}

#[test]
fn a_program_cannot_build_what_a_file_cannot_say() {
    let build = |fact: FactRecord| {
        let mut builder = Graph::builder();
        let acme = builder.company("acme", "Acme").unwrap();
        let bolt = builder.company("bolt", "Bolt").unwrap();
        builder.fact(fact.role(Role::Supplier, acme).role(Role::Customer, bolt));
        builder.build().map(|_| ()).map_err(|error| {
            let errors = error.diagnostics().iter().filter(|d| d.is_error());
            errors.map(|d| d.code.as_str()).collect::<Vec<_>>()
        })
    };
    use keiretsu::{Attribute, AttributeValue};
    let supply = || FactRecord::new(FactKind::Supply);
    let text = |text: &str| AttributeValue::Text(text.to_owned());
    assert_eq!(build(supply()), Ok(()));
    assert_eq!(build(supply().attribute(Attribute::Tier, text("1"))), Ok(()));
    assert_eq!(build(supply().attribute(Attribute::Scope, text("1"))), Err(vec!["E0203"]));
    assert_eq!(build(supply().attribute(Attribute::Tier, AttributeValue::Flag(true))), Err(vec!["E0411"]));
    let twice = supply().attribute(Attribute::Tier, text("1")).attribute(Attribute::Tier, text("2"));
    assert_eq!(build(twice), Err(vec!["E0204"]));
    let mut builder = Graph::builder();
    let mut acme =
        keiretsu::EntityRecord::new(keiretsu::EntityKind::Company, "acme".parse().unwrap(), "Acme");
    acme.class = Some("smartphone".to_owned());
    acme.of = Some("acme".parse().unwrap());
    builder.entity(acme);
    let error = builder.build().unwrap_err();
    let said: Vec<_> = error.diagnostics().iter().map(|d| d.message.as_str()).collect();
    assert_eq!(said[..2], ["a `Company` has no field `class`", "a `Company` has no field `of`"]);
}

/// Problems come in the order of files, also those of files that could not be read at all.
#[test]
fn files_that_cannot_be_read_are_told_in_their_place() {
    let folder = std::env::temp_dir().join(format!("keiretsu-order-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for name in ["a", "c"] {
        let text = format!("Graph(companies: {{ \"{name}\": (name: \"{name}\", country: \"ZZ\") }})");
        std::fs::write(folder.join(format!("{name}.ron")), text).unwrap();
    }
    std::fs::write(folder.join("b.ron"), b"Graph(\xff)").unwrap();
    let told: Vec<_> = Graph::check(&folder)
        .iter()
        .map(|problem| problem.at.as_ref().unwrap().file.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(told, ["a", "b", "c"]);
}

/// The title of the first file counts, but errors in the title of another are still found, at their place.
#[test]
fn titles_and_descriptions_of_all_files_are_checked() {
    let folder = std::env::temp_dir().join(format!("keiretsu-titles-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("a.ron", r#"Graph(companies: { "a": (name: "A") })"#);
    write("b.ron", r#"Graph(title: "Mills", description: "Of the valley.")"#);
    write("c.ron", "Graph(\n    title: \"Mines\\u{7}\",\n    description: \"Of the\\u{202e} hills.\",\n)");
    let told: Vec<_> = Graph::check(&folder)
        .iter()
        .map(|problem| {
            let at = problem.at.as_ref().unwrap();
            let file = at.file.file_name().unwrap().to_str().unwrap().to_owned();
            format!("{} {file}:{}:{} {}", problem.code, at.line, at.column, problem.message)
        })
        .collect();
    write("c.ron", r#"Graph(title: "Mines", description: "Of the hills.")"#);
    let title = Graph::open(&folder).unwrap().title().map(str::to_owned);
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(
        told,
        [
            "E0410 c.ron:2:12 a control character (U+0007) in `title`",
            "W0902 c.ron:3:18 an invisible character (U+202E) in `description`",
        ]
    );
    assert_eq!(title.as_deref(), Some("Mills"));
}

/// The place of a fact is found in the current file, or not at all: never where another fact has moved to.
#[test]
fn facts_have_places_only_in_files_that_state_them() {
    let folder = std::env::temp_dir().join(format!("keiretsu-places-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let stake = |owner: &str, share: &str| {
        format!("\n  Ownership(owner: \"{owner}\", owned: \"c\", share: \"{share}\", unsourced: true),")
    };
    let write = |name: &str, facts: &[String]| {
        let names = "companies: { \"a\": (name: \"A\"), \"b\": (name: \"B\"), \"c\": (name: \"C\") }, ";
        let names = if name == "1.ron" { names } else { "" };
        std::fs::write(folder.join(name), format!("Graph({names}facts: [{}\n])", facts.concat())).unwrap();
    };
    write("1.ron", &[stake("a", "10%"), stake("b", "20%")]);
    write("2.ron", &[stake("a", "30%")]);
    let graph = Graph::open(&folder).unwrap();
    let facts: Vec<_> = graph.view().facts().map(|fact| (fact, keiretsu::Attribute::Share)).collect();
    let places = || -> Vec<String> {
        let found = Graph::places([&folder], &keiretsu::Limits::default(), &facts);
        let told = |place: keiretsu::Location| {
            format!("{}:{}:{}", place.file.file_name().unwrap().to_str().unwrap(), place.line, place.column)
        };
        found.into_iter().map(|place| place.map_or_else(|| "none".to_owned(), told)).collect()
    };
    assert_eq!(places(), ["1.ron:2:44", "1.ron:3:44", "2.ron:2:44"]);
    write("2.ron", &[stake("a", "31%")]);
    assert_eq!(places(), ["1.ron:2:44", "1.ron:3:44", "none"]);
    write("1.ron", &[stake("b", "20%"), stake("a", "10%")]);
    assert_eq!(places(), ["none", "none", "none"], "they stand elsewhere now");
    std::fs::write(folder.join("2.ron"), "Graph(").unwrap();
    assert_eq!(places(), ["none", "none", "none"]);
    let snapshot = folder.join("x.keiretsu");
    graph.write_snapshot(&mut std::fs::File::create(&snapshot).unwrap()).unwrap();
    let of_snapshot = Graph::places([&snapshot], &keiretsu::Limits::default(), &facts);
    assert!(of_snapshot.iter().all(Option::is_none));
    std::fs::remove_dir_all(folder).unwrap();
}

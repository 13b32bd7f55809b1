//! Tables into graphs: what is read, and what is rejected for which reason.

mod checked;
mod columns;
mod encoding;
mod left_out;
mod rejects;
mod shape;
mod words;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use keiretsu::{CsvImport, ErrorKind, Graph, Imported, Limits, Mapping};
use proptest::prelude::*;

const MAPPING: &str = r#"Mapping(
    title: "Tables",
    entities: [ (file: "nodes.csv", id: "id", name: "name", kind: "type", country: "country") ],
    facts: [ (
        file: "edges.csv", kind: "type", id: "id", since: "start", until: "end",
        share: "share", amount: "amount", currency: "USD", source: "source",
        kinds: {
            "OWNS": (fact: "Ownership", roles: {"owner": ["src"], "owned": ["dst"]}),
            "PARTNERS": (fact: "Partnership", roles: {"between": ["src", "dst"]}),
            "ACQUIRED": (fact: "Acquisition", roles: {"acquirer": ["src"], "target": ["dst"]}),
            "SUPPLIES": (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}),
        },
    ) ],
)"#;

const NODES: &str = "id,type,name,country\nacme,Company,Acme,US\nbolt,Company,\"Bolt, Ltd\",DE\nFIH Mobile,Company,,\na-very-long-id-indeed,Company,Long,\n";
const EDGES: &str = "id,src,dst,type,start,end,share,amount,source\n";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, nodes: impl AsRef<[u8]>, edges: impl AsRef<[u8]>) -> Self {
        // Tests run at the same time and may choose the same name.
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let (process, n) = (std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(format!("keiretsu-import-{process}-{n}-{name}"));
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("nodes.csv"), nodes).unwrap();
        fs::write(path.join("edges.csv"), edges).unwrap();
        Self(path)
    }

    fn import(&self, rejects: &mut Vec<u8>) -> keiretsu::Result<Imported> {
        CsvImport::new(Mapping::from_ron(MAPPING).unwrap(), &self.0).rejects(rejects).run()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The sentences of the facts, and the rejects, for some rows of edges.
fn check(name: &str, edges: &[u8], sentences: &[&str], rejects: &str) {
    let folder = Folder::new(name, NODES, [EDGES.as_bytes(), edges].concat());
    let mut kept = Vec::new();
    let imported = folder.import(&mut kept).unwrap();
    let found: Vec<_> = imported.graph.view().facts().map(|fact| fact.sentence()).collect();
    assert_eq!(found, sentences, "{name}");
    let rejects = format!("{}{rejects}", CsvImport::REJECTS_HEADER);
    assert_eq!(String::from_utf8_lossy(&kept), rejects, "{name}");
    assert_eq!(imported.rejected as usize, imported.first_rejects.len());
    assert_eq!(imported.rows as usize, 4 + sentences.len());
}

#[test]
fn rows_become_facts() {
    check(
        "facts",
        b"1,acme,bolt,OWNS,2020-05-04,2021-01-01,60.84,,filing:1\n2,bolt,fih-mobile,PARTNERS,2016-05,,,,\n\
          3,acme,FIH Mobile,ACQUIRED,2016-02-29,,51%,1234567,filing:1\n4,acme,a-very-long-id-indeed,SUPPLIES,,,,EUR 1.5..2 billion,x\n",
        &[
            "Acme owned 60.84% of Bolt, Ltd (since 2020-05-04, ended 2021-01-01)",
            "Bolt, Ltd partners with fih-mobile (since 2016-05)",
            "Acme acquires 51% of fih-mobile (since 2016-02-29) for USD 1,234,567",
            "Acme supplies Long for EUR 1.5 to 2 billion",
        ],
        "",
    );
}

#[test]
fn mappings_of_unknown_columns_are_errors() {
    let folder = Folder::new("unknown columns", NODES, EDGES);
    let said = |columns: &str| {
        let mapping = format!(
            r#"Mapping(facts: [(file: "edges.csv", {columns}, always: (fact: "Supply", roles: {{"supplier": ["src"], "customer": ["dst"]}}))])"#
        );
        match Mapping::from_ron(&mapping) {
            Ok(mapping) => CsvImport::new(mapping, &folder.0).run().unwrap_err().to_string(),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(
        said(r#"singed: "x""#),
        "the mapping, line 1: a table of facts has no field `singed`; did you mean `signed`?"
    );
    assert_eq!(said(r#"id: "id", id: "src""#), "the mapping, line 1: the field `id` stands twice");
    assert_eq!(said(r#"votes: "share""#), "no kind of fact in `edges.csv` has `votes`");
    assert_eq!(said(r#"as_of: "x""#), "`edges.csv` has no column `x`");
    assert_eq!(said(r#"part_of: "x""#), "the mapping, line 1: a table of facts has no field `part_of`");
    assert!(
        Mapping::from_ron(r#"Mapping(facts: [(always: (fact: "Supply", roles: {}))])"#)
            .unwrap_err()
            .to_string()
            .contains("needs `file`")
    );
}

#[test]
fn mappings_that_do_not_fit_are_errors() {
    let folder = Folder::new("misfits", NODES, EDGES);
    let run = |mapping: &str| match Mapping::from_ron(mapping) {
        Ok(mapping) => CsvImport::new(mapping, &folder.0).run().unwrap_err(),
        Err(error) => error,
    };
    let said = |mapping: &str| run(mapping).to_string();
    assert_eq!(
        said(r#"Mapping(entities: [(file: "nodes.csv", id: "idd", always: "Company")])"#),
        "`nodes.csv` has no column `idd`"
    );
    assert_eq!(
        said(r#"Mapping(entities: [(file: "nodes.csv", id: "id", always: "Firm")])"#),
        "the mapping, line 1: there is no kind of entity `Firm`"
    );
    assert_eq!(
        said(r#"Mapping(entities: [(file: "nodes.csv", id: "id")])"#),
        "the mapping, line 1: the table `nodes.csv` needs either `always` or `kind`"
    );
    assert_eq!(
        said(
            r#"Mapping(facts: [(file: "edges.csv", always: (fact: "Supply", roles: {"supplier": ["src"]}))])"#
        ),
        "a `Supply` needs the role `customer`"
    );
    assert_eq!(
        said(r#"Mapping(facts: [(file: "edges.csv", always: (fact: "Supply", roles: {"owner": ["src"]}))])"#),
        "the mapping, line 1: a `Supply` has no role `owner`"
    );
    assert_eq!(said(r#"Mapping(title: "a\nb")"#), "the mapping: a control character (\\u{a}) in the title");
    assert_eq!(said(r#"Mapping(title: " ")"#), "the mapping: the title is empty");
    let currency = r#"Mapping(facts: [(file: "edges.csv", amount: "amount", currency: "usd",
        always: (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}))])"#;
    assert_eq!(said(currency), "the mapping: `usd` is not a currency, such as `USD`");
    let missing = run(r#"Mapping(entities: [(file: "none.csv", id: "id", always: "Company")])"#);
    assert_eq!(missing.kind(), ErrorKind::Io);
    let syntax = run("Mapping(\nentities: [(fil: 1)])");
    assert_eq!(syntax.kind(), ErrorKind::Syntax);
    assert!(syntax.to_string().starts_with("the mapping, line 2: "), "{syntax}");
    let limits = Limits::default().relations(0);
    let folder = Folder::new("limits", NODES, format!("{EDGES}1,acme,bolt,OWNS,,,,,\n"));
    let import = CsvImport::new(Mapping::from_ron(MAPPING).unwrap(), &folder.0).limits(limits);
    assert_eq!(import.run().unwrap_err().kind(), ErrorKind::Limit);
    let folder = Folder::new("utf16", b"\xff\xfei\0d\0", EDGES);
    assert_eq!(
        folder.import(&mut Vec::new()).unwrap_err().to_string(),
        "`nodes.csv` is UTF-16; only UTF-8 is read"
    );
}

/// An error in a mapping is reported with its line and a suggestion.
#[test]
fn words_of_mappings_are_told_with_their_lines() {
    let told = |wrong: &str, right: &str| {
        let mapping = r#"Mapping(
            entities: [
                (
                    file: "nodes.csv",
                    separator: ";",
                    id: "id",
                    kind: "type",
                    kinds: {
                        "f": "Company",
                        "p": "Product",
                    },
                ),
                (file: "more.csv", id: "id",
                 always: "Patent"),
            ],
            facts: [
                (
                    file: "edges.csv",
                    separator: "\t",
                    share: "s", share_unit: "fraction",
                    decimal: ",",
                    kind: "type",
                    kinds: {
                        "own": (
                            fact: "Ownership",
                            roles: {
                                "owner": ["a"],
                                "owned": ["b"],
                            },
                        ),
                    },
                ),
                (file: "sales.csv", always: (roles: {
                    "seller": ["a"], "buyer": ["b"], "of": ["c"],
                }, fact: "Sale")),
            ],
        )"#;
        assert!(Mapping::from_ron(mapping).is_ok());
        assert!(mapping.contains(right), "{right}");
        let error = Mapping::from_ron(&mapping.replacen(right, wrong, 1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Invalid, "{error}");
        (error.to_string(), error.suggestion().unwrap_or_default().to_owned())
    };
    for (right, wrong, message, hint) in [
        (
            "separator: \";\"",
            "separator: \";;\"",
            "line 5: there is no separator `;;`",
            r#"known are ",", ";", "\t", "|""#,
        ),
        (
            "\"Product\"",
            "\"Produkt\"",
            "line 10: there is no kind of entity `Produkt`",
            "did you mean `Product`?",
        ),
        (
            "\"Patent\"",
            "\"Patents\"",
            "line 14: there is no kind of entity `Patents`",
            "did you mean `Patent`?",
        ),
        (r#""\t""#, "\"tab\"", "line 19: there is no separator `tab`", r#"known are ",", ";", "\t", "|""#),
        (
            "\"fraction\"",
            "\"fractions\"",
            "line 20: there is no unit of shares `fractions`",
            "did you mean `fraction`?",
        ),
        (
            "decimal: \",\"",
            "decimal: \"comma\"",
            "line 21: there is no decimal mark `comma`",
            r#"known are ".", ",""#,
        ),
        (
            "\"Ownership\"",
            "\"Ownershp\"",
            "line 25: there is no kind of fact `Ownershp`",
            "did you mean `Ownership`?",
        ),
        ("\"owner\"", "\"ownr\"", "line 27: there is no role `ownr`", "did you mean `owner`?"),
        (
            "\"owned\"",
            "\"buyer\"",
            "line 28: a `Ownership` has no role `buyer`",
            "its roles are `owner`, `owned`",
        ),
        (
            "\"owned\"",
            "\"licensor\"",
            "line 28: a `Ownership` has no role `licensor`",
            "its roles are `owner`, `owned`",
        ),
        // The kind may stand behind its roles.
        (
            "\"buyer\"",
            "\"target\"",
            "line 35: a `Sale` has no role `target`",
            "its roles are `seller`, `buyer`, `of`",
        ),
        ("file: \"sales.csv\", always", "always", "line 35: a table of facts needs `file`", ""),
        (
            "kind: \"type\",\n                    kinds: {\n                        \"own\"",
            "kinds: {\"own\"",
            "line 30: the table `edges.csv` needs either `always` or `kind`",
            "",
        ),
    ] {
        let message = format!("the mapping, {message}").replace("a `Ownership`", "an `Ownership`");
        assert_eq!(told(wrong, right), (message, hint.to_owned()), "{wrong}");
    }
    let said = |roles: &str| {
        let mapping = format!("Mapping(facts: [(file: \"x.csv\",\n always: (fact: \"Supply\", {roles}))])");
        Mapping::from_ron(&mapping).unwrap_err().to_string()
    };
    assert_eq!(said("rols: {}"), "the mapping, line 2: a shape has no field `rols`; did you mean `roles`?");
    assert_eq!(said(""), "the mapping, line 2: a kind of fact needs the field `roles`");
    assert_eq!(said(r#"fact: "Sale""#), "the mapping, line 2: the field `fact` stands twice");
    assert_eq!(
        said(r#"roles: {"supplier": ["a"], "supplier": ["b"]}"#),
        "the mapping, line 2: the role `supplier` stands twice"
    );
}

/// The tables and the mapping in docs/import.md give the result stated there.
#[test]
fn the_document_says_what_happens() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/import.md")).unwrap();
    let block = |fence: &str, n: usize| -> &str {
        let start = text.match_indices(&format!("```{fence}\n")).nth(n).unwrap().0 + fence.len() + 4;
        &text[start..start + text[start..].find("```").unwrap()]
    };
    let folder = Folder::new("document", block("csv", 0), block("csv", 1));
    fs::rename(folder.0.join("nodes.csv"), folder.0.join("companies.csv")).unwrap();
    let mapping = Mapping::from_ron(block("rust,mapping", 0)).unwrap();
    let imported = CsvImport::new(mapping, &folder.0).run().unwrap();
    let mut said: Vec<String> = imported.graph.view().facts().map(|fact| fact.sentence()).collect();
    said.extend(
        imported
            .first_rejects
            .iter()
            .map(|reject| format!("{}:{}: {}", reject.file, reject.line, reject.reason)),
    );
    assert_eq!(said.join("\n"), block("text", 0).trim_end());
}

/// A cell from an untrusted table.
fn dirty_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["acme", "bolt", "FIH Mobile", "OWNS", "PARTNERS", "2016-05", "51", "", "x y"]).prop_map(str::to_owned),
        1 => "[ -~\\n\\r\\t\u{7}\u{2028}\u{200b}\u{e9}\"]{0,6}".prop_map(String::from),
        1 => "[\u{a0}\u{3000} ]{1,2}".prop_map(String::from),
        1 => "\"[a-z,\\n]{0,4}\"[a-z\"]{0,1}".prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(crate::property::cases(300))]

    /// For any untrusted tables: each row is used or rejected, and the graph file of the rest opens without an error
    /// and has the same content.
    #[test]
    fn what_is_imported_can_be_opened(rows in prop::collection::vec(prop::collection::vec(dirty_cell(), 8..10), 0..12)) {
        let mut edges = EDGES.to_owned();
        for (n, row) in rows.iter().enumerate() {
            edges.push_str(&format!("{n},acme,bolt,OWNS,,,{}\n{}\n", n % 3 * 40 + 10, row.join(",")));
        }
        let folder = Folder::new("dirty", NODES, &edges);
        let mut kept = Vec::new();
        let imported = folder.import(&mut kept).unwrap();
        let text = keiretsu::to_ron(&imported.graph.to_records());
        let again = Graph::from_ron(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(imported.graph.to_records(), again.to_records());
        prop_assert_eq!(imported.rows as usize, 4 + again.view().facts().count());
        checked::agree(&imported, again.warnings())?;
    }
}

proptest! {
    #![proptest_config(crate::property::cases(60))]

    /// A graph from tables is the graph that a file with the same records gives.
    #[test]
    fn tables_and_files_agree(rows in prop::collection::vec((0..30_usize, 0..30_usize, 0..4_usize, 0..4000_u32, prop::option::of(1..200_u32), any::<bool>()), 0..40)) {
        let id = |n: usize| if n.is_multiple_of(3) { format!("company-number-{n}") } else { format!("c{n}") };
        let mut nodes = "id,type,name,country\n".to_owned();
        for n in (0..30).rev() {
            nodes.push_str(&format!("{},Company,Company {n},\n", id(n)));
        }
        let mut edges = EDGES.to_owned();
        for (n, (from, to, kind, day, share, sourced)) in rows.iter().enumerate() {
            let kind = ["OWNS", "PARTNERS", "ACQUIRED", "SUPPLIES"][*kind];
            let date = keiretsu::Day::from_number(730_000 + *day as i32).unwrap();
            let share = share.filter(|_| kind == "OWNS" || kind == "ACQUIRED").map(|share| format!("{}.{:02}", share / 100, share % 100)).unwrap_or_default();
            let source = if *sourced { format!("s{}", n % 5) } else { String::new() };
            edges.push_str(&format!("f{n},{},{},{kind},{date},,{share},{},{source}\n", id(*from), id(*to), day));
        }
        let folder = Folder::new("property", &nodes, &edges);
        let imported = folder.import(&mut Vec::new()).unwrap().graph;
        let again = keiretsu::GraphBuilder::from_records(imported.to_records()).build().unwrap();
        prop_assert_eq!(imported.to_records(), again.to_records());
        for date in [None, Some("2005-06-15")] {
            let view = |graph| -> keiretsu::View<'_> {
                let graph: &Graph = graph;
                match date { Some(date) => graph.as_of(date.parse().unwrap()), None => graph.view() }
            };
            let list = |graph| -> Vec<String> { view(graph).relations().map(|relation| relation.to_string()).collect() };
            prop_assert_eq!(list(&imported), list(&again));
            for (one, other) in imported.view().entities().zip(again.view().entities()) {
                let own = |entity: keiretsu::Entity<'_>| -> Vec<String> { entity.relations().map(|relation| relation.to_string()).collect() };
                prop_assert_eq!(own(one), own(other));
            }
        }
        let tops = |graph: &Graph| -> Vec<_> { graph.view().majority_owners().chains().map(|chain| (chain.entity.id().to_owned(), chain.links)).collect() };
        prop_assert_eq!(tops(&imported), tops(&again));
    }
}

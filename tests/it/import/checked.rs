//! Whatever `check` reports about an imported graph, the import reported too: in the same words, with the place in
//! the table.

use std::collections::BTreeMap;

use keiretsu::{Code, Diagnostic, FactKind, Role, to_ron};

use super::*;

/// Something odd of every sort: the tables, and a mapping with columns of every sort.
const AWKWARD_NODES: &str = "id,type,name,country\n\
    acme,Company,Acme Paper Works,US\n\
    acme2,Company,Acme Paper Wroks,US\n\
    bolt,Company,\"Bolt, Ltd\u{200b}\",DE\n\
    bolt2,Company,Bolt Limited,\n\
    carl,Person,Carl Quist,\n\
    quist,Person,Quist Carl,\n\
    widget,Product,Widget,\n\
    lonely,Company,Lonely,\n\
    ring,Company,Ring One,\n\
    ring2,Company,Ring Two,\n\
    old,Company,Old Firm,\n";
const AWKWARD_EDGES: &str = "id,src,dst,type,start,end,share,amount,source,quote,day,how,field\n\
    1,acme,bolt,OWNS,2020-05-04,2019-01-01,60,,filing 1,,,,\n\
    2,acme,bolt,OWNS,2020-05,,60,,filing 1,,,,\n\
    3,carl,bolt,OWNS,2021,,70,,filing\u{200b} 2,,,,\n\
    4,quist,bolt,OWNS,2021,,0,,filing 2,,,,\n\
    5,ring,ring2,OWNS,,,100,,,,,,\n\
    6,ring2,ring,OWNS,,,100,,,,,,\n\
    7,acme,acme,OWNS,,,5,,,,,,\n\
    8,acme,bolt,SUPPLIES,2015,,,,filing 3,,,,\n\
    9,acme,bolt,SUPPLIES,2015,,,,filing 4,,,,\n\
    10,acme,bolt,SUPPLIES,2015-03,,,,filing 4,,,,\n\
    11,widget,bolt,SUPPLIES,,,,,filing 3,,,,\n\
    12,acme,bolt2,SUPPLIES,,,,1500000,filing 5,\"they paid\n2 million in 2013\",,,\n\
    13,old,acme2,SUCCEEDS,2012-05-01,,,,filing 5,,,,\n\
    14,old,,DIES,2013-02-03,,,,filing 5,,,Dissolved,\n\
    15,old,bolt,SUPPLIES,2010,,,,filing 5,,,,\n\
    16,acme,bolt,LICENSES,2014,,,,filing 5,,,,widget\n\
    17,acme,carl,LICENSES,2014,,,,filing 5,,,,widget\n\
    18,acme,bolt2,SUPPLIES,2018,,,,late,,2016-01-01,,\n";
const AWKWARD: &str = r#"Mapping(
    title: "Awkward",
    entities: [ (file: "nodes.csv", id: "id", name: "name", kind: "type", country: "country") ],
    facts: [ (
        file: "edges.csv", kind: "type", id: "id", since: "start", until: "end",
        share: "share", amount: "amount", currency: "USD", source: "source", quote: "quote", published: "day",
        what: "how",
        kinds: {
            "OWNS": (fact: "Ownership", roles: {"owner": ["src"], "owned": ["dst"]}),
            "SUPPLIES": (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}),
            "SUCCEEDS": (fact: "Succession", roles: {"predecessor": ["src"], "successor": ["dst"]}),
            "DIES": (fact: "Event", roles: {"of": ["src"]}),
            "LICENSES": (fact: "License", roles: {"licensor": ["src"], "licensee": ["dst"], "of": ["field"]}),
        },
    ) ],
)"#;

/// The messages without their places, with their counts.
fn told(problems: &[Diagnostic]) -> BTreeMap<(Code, String, Option<String>), usize> {
    let mut told = BTreeMap::new();
    for problem in problems {
        *told.entry((problem.code, problem.message.clone(), problem.hint.clone())).or_default() += 1;
    }
    told
}

/// The import tells what `check` tells; but if rows were rejected, not what may only follow from that.
pub(super) fn agree(imported: &Imported, checked: &[Diagnostic]) -> Result<(), TestCaseError> {
    let follows = |problem: &Diagnostic| {
        imported.rejected > 0
            && ["W0908", "W0909", "W0915", "W0923", "W0926"].contains(&problem.code.as_str())
    };
    let checked: Vec<Diagnostic> = checked.iter().filter(|problem| !follows(problem)).cloned().collect();
    prop_assert_eq!(told(imported.graph.warnings()), told(&checked));
    Ok(())
}

/// The messages of the import, and of `check` on its graph, as text and as a snapshot.
fn both(name: &str, nodes: &str, edges: &str, mapping: &str) -> (Imported, Vec<Diagnostic>) {
    let folder = Folder::new(name, nodes, edges);
    let imported = CsvImport::new(Mapping::from_ron(mapping).unwrap(), &folder.0).run().unwrap();
    // Read while the tables still exist.
    let _ = imported.graph.warnings();
    let (text, snapshot) = (folder.0.join("graph.ron"), folder.0.join("graph.keiretsu"));
    fs::write(&text, to_ron(&imported.graph.to_records())).unwrap();
    imported.graph.write_snapshot(fs::File::create(&snapshot).unwrap()).unwrap();
    let checked = Graph::check(&text);
    assert_eq!(told(&Graph::check(&snapshot)), told(&checked), "{name}");
    (imported, checked)
}

#[test]
fn an_import_tells_what_check_tells() {
    let (imported, checked) = both("awkward", AWKWARD_NODES, AWKWARD_EDGES, AWKWARD);
    assert_eq!(imported.first_rejects.iter().map(|reject| &reject.reason).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(told(imported.graph.warnings()), told(&checked));
    let mut codes: Vec<&str> = checked.iter().map(|problem| problem.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(
        codes.join(" "),
        "W0901 W0902 W0904 W0907 W0909 W0910 W0911 W0914 W0915 W0916 W0918 W0924 W0925"
    );
    let places: Vec<String> = imported.graph.warnings().iter().map(place).collect();
    let expected = [
        "W0911 nodes.csv:3:15 `Acme Paper Wroks` column `name`",
        "W0902 nodes.csv:4:14 `\"Bolt, Ltd\u{200b}\"` column `name`",
        "W0911 nodes.csv:5:15 `Bolt Limited` column `name`",
        "W0909 nodes.csv:9:1 `lonely,Company,Lonely,`",
        "W0907 edges.csv:2:29 `2019-01-01` column `end`",
        "W0918 edges.csv:4:24 `70` column `share`",
        "W0902 edges.csv:4:28 `filing\u{200b} 2` column `source`",
        "W0916 edges.csv:5:25 `0` column `share`",
        "W0915 edges.csv:7:21 `100` column `share`",
        "W0914 edges.csv:8:3 `acme` column `src`",
        "W0910 edges.csv:10:1 `9,acme,bolt,SUPPLIES,2015,,,,filing 4,,,,` also 9",
        "W0910 edges.csv:11:1 `10,acme,bolt,SUPPLIES,2015-03,,,,filing 4,,,,` also 9",
        "W0901 edges.csv:12:4 `widget` column `src`, in the role `supplier` of a `Supply`",
        // The quote of this row has a line break.
        "W0904 edges.csv:13:27 `1500000` column `amount`",
        "W0924 edges.csv:15:1 `13,old,acme2,SUCCEEDS,2012-05-01,,,,filing 5,,,,`",
        "W0925 edges.csv:20:24 `2018` column `start`",
    ];
    assert_eq!(places, expected);
}

/// A problem with what stands at its place.
fn place(problem: &Diagnostic) -> String {
    let at = problem.at.as_ref().unwrap();
    let cell: String = at.source_line.chars().skip(at.column - 1 - at.skipped).take(at.width).collect();
    let label = at.label.as_ref().map_or_else(String::new, |label| format!(" {label}"));
    let also = problem.also.as_ref().filter(|also| also.file == at.file && label.is_empty());
    let also = also.map_or_else(String::new, |also| format!(" also {}", also.line));
    format!("{} {at} `{cell}`{label}{also}", problem.code)
}

/// One entity of each kind that tables can have, and two more.
const ANY_NODES: &str = "id,type,name,country\n\
    c1,Company,First,US\nc2,Company,Second,\nc3,Company,Frist,US\np1,Product,Widget,\npa1,Patent,Folding chair,\n\
    b1,Brand,Brandy,\nperson,Person,Jo Doe,\npub,Body,Ministry,\nall,Alliance,Forum,\nno,Unspecified,a buyer,\n\
    u1,Unit,Labs,\n";
const IDS: &[&str] = &["", "c1", "c2", "c3", "p1", "pa1", "b1", "person", "pub", "all", "no", "u1"];

/// A mapping of facts of every kind, each role with a column of its name.
fn any_mapping() -> (String, Vec<String>) {
    let mut columns: Vec<String> = Vec::new();
    let mut kinds = String::new();
    for kind in FactKind::ALL {
        let mut roles = String::new();
        for role in kind.row().roles.iter().map(|row| row.role).chain([Role::Payer, Role::Through]) {
            // A role of many has two columns.
            for name in [format!("{role}1"), format!("{role}2")] {
                if !columns.contains(&name) {
                    columns.push(name);
                }
            }
            roles.push_str(&format!("\"{role}\": [\"{role}1\", \"{role}2\"], "));
        }
        kinds.push_str(&format!("\"{kind}\": (fact: \"{kind}\", roles: {{{roles}}}), "));
    }
    let mapping = format!(
        r#"Mapping(
            entities: [ (file: "nodes.csv", id: "id", name: "name", kind: "type", country: "country") ],
            facts: [ (file: "edges.csv", kind: "kind", since: "since", until: "until", share: "share", source: "source", kinds: {{{kinds}}}) ],
        )"#
    );
    (mapping, columns)
}

proptest! {
    #![proptest_config(crate::property::cases(150))]

    /// Facts of every kind with any parties: what is used opens, and `check` tells of it what the import told.
    #[test]
    fn facts_of_every_kind_are_held_to_the_rules_of_files(
        rows in prop::collection::vec((0..FactKind::ALL.len(), prop::collection::vec(0..IDS.len() * 2, 60), 2010..2014_u16, 2010..2014_u16, any::<bool>()), 1..12)
    ) {
        let (mapping, columns) = any_mapping();
        let mut edges = format!("kind,since,until,share,source,{}\n", columns.join(","));
        for (kind, ids, since, until, sourced) in &rows {
            let kind = &FactKind::ALL[*kind];
            let roles: Vec<Role> = kind.row().roles.iter().map(|row| row.role).collect();
            let cell = |(n, column): (usize, &String)| {
                let id = IDS.get(ids[n % ids.len()]).copied().unwrap_or_default();
                if roles.iter().any(|role| column.starts_with(role.name())) || n % 7 == 0 { id } else { "" }
            };
            let cells: Vec<&str> = columns.iter().enumerate().map(cell).collect();
            let source = if *sourced { "filing" } else { "" };
            edges.push_str(&format!("{kind},{since},{until},,{source},{}\n", cells.join(",")));
        }
        let (imported, checked) = both("any", ANY_NODES, &edges, &mapping);
        prop_assert!(checked.iter().all(|problem| !problem.is_error()), "{:?}\n{}", checked, edges);
        agree(&imported, &checked)?;
    }
}

/// What no graph file may have is rejected: it was written, and the graph did not open.
#[test]
fn what_would_not_open_is_kept_aside() {
    let mapping = any_mapping().0;
    let edges = "kind,since,until,share,source,between1,between2,with1,with2,over1,over2,payer1,payer2,through1,through2";
    let (known, _) = edges.split_at(edges.len());
    let columns = any_mapping().1;
    let rest: Vec<&String> =
        columns.iter().filter(|column| !known.split(',').any(|own| own == *column)).collect();
    let fill = ",".repeat(rest.len());
    let rest: Vec<&str> = rest.into_iter().map(String::as_str).collect();
    let row = |cells: &str| format!("{cells}{fill}\n");
    let edges = format!(
        "{known},{}\n{}{}{}",
        rest.join(","),
        row("Partnership,,,,,c1,,,,p1,,,,,"),
        row("Partnership,,,,,c1,,c1,,,,c2,,,"),
        row("Partnership,,,,,c1,c2,,,p1,,c3,,,"),
    );
    let (imported, checked) = both("would not open", ANY_NODES, &edges, &mapping);
    assert!(checked.iter().all(|problem| !problem.is_error()), "{checked:?}");
    let aside: Vec<String> = imported
        .first_rejects
        .iter()
        .map(|one| format!("{}:{}: {}", one.file, one.line, one.reason))
        .collect();
    let expected = [
        "nodes.csv:12: column `type`: a `Unit` needs `of`, and tables have no column for it: write it in a graph file",
        "edges.csv:2: a `Partnership` needs two parties",
        "edges.csv:3: a `Partnership` needs two parties",
    ];
    assert_eq!(aside, expected);
    assert_eq!(imported.graph.view().facts().count(), 1);
}

/// Places are right behind rows rejected, in tables of several blocks, with quotes and line ends of either sort.
#[test]
fn places_are_those_of_the_rows() {
    const ROWS: usize = 4_000;
    for (end, quote) in [("\n", ""), ("\r\n", ""), ("\n", "\""), ("\r\n", "\"")] {
        // Ids come in another order than rows, and some rows take two lines and are rejected.
        let id = |n: usize| n * 7_919 % ROWS;
        let mut nodes = format!("id,type,name,country{end}");
        let mut edges = format!("a,b,from,to,who{end}");
        for n in 0..ROWS {
            if n % 10 == 3 {
                nodes.push_str(&format!("{n},Company,\"two\nlines\",{end}"));
                edges.push_str(&format!("no,0,\"two\nlines\",,{end}"));
            }
            let (n, odd) = (id(n), if n % 5 == 0 { "\u{200b}" } else { "" });
            nodes.push_str(&format!("n{n},Company,{quote}Né{odd}{n}{quote},{end}"));
            let from = if odd.is_empty() { "2015" } else { "2017" };
            edges.push_str(&format!(
                "n{n},n{},{quote}{from}{quote},{quote}2016{quote},{n}{end}",
                (n + 1) % ROWS
            ));
        }
        let folder = Folder::new("places", nodes, edges);
        fs::copy(folder.0.join("nodes.csv"), folder.0.join("first.csv")).unwrap();
        fs::write(folder.0.join("first.csv"), format!("id,name{end}?,x{end}first,F\u{200b}irst{end}"))
            .unwrap();
        let mapping = r#"Mapping(
            entities: [
                (file: "first.csv", id: "id", name: "name", always: "Company"),
                (file: "nodes.csv", id: "id", name: "name", kind: "type"),
            ],
            facts: [ (file: "edges.csv", since: "from", until: "to",
                always: (fact: "Supply", roles: {"supplier": ["a"], "customer": ["b"]})) ],
        )"#;
        let imported = CsvImport::new(Mapping::from_ron(mapping).unwrap(), &folder.0).run().unwrap();
        assert_eq!(imported.rejected as usize, 1 + ROWS / 10 * 2);
        let warnings = imported.graph.warnings();
        let of = |code: &str| warnings.iter().filter(|one| one.code.as_str() == code).collect::<Vec<_>>();
        let (odd, late) = (of("W0902"), of("W0907"));
        assert_eq!([odd.len(), late.len()], [ROWS / 5 + 1, ROWS / 5]);
        assert_eq!(place(odd[0]), "W0902 first.csv:3:7 `F\u{200b}irst` column `name`");
        let texts = |file: &str| fs::read_to_string(folder.0.join(file)).unwrap();
        let (nodes, edges) = (texts("nodes.csv"), texts("edges.csv"));
        let (nodes, edges): (Vec<&str>, Vec<&str>) = (nodes.lines().collect(), edges.lines().collect());
        for (at, problem) in odd.iter().skip(1).map(|one| one.at.as_ref().unwrap()).enumerate() {
            let n = id(at * 5);
            let line = format!("n{n},Company,{quote}Né\u{200b}{n}{quote},");
            assert_eq!(
                (problem.source_line.as_str(), nodes[problem.line - 1]),
                (line.as_str(), line.as_str())
            );
            assert_eq!(problem.column, format!("n{n},Company,").len() + 1);
        }
        for (at, problem) in late.iter().map(|one| one.at.as_ref().unwrap()).enumerate() {
            let n = id(at * 5);
            let line = format!("n{n},n{},{quote}2017{quote},{quote}2016{quote},{n}", (n + 1) % ROWS);
            assert_eq!(
                (problem.source_line.as_str(), edges[problem.line - 1]),
                (line.as_str(), line.as_str())
            );
        }
    }
}

/// A table that is another one by now has no places; what is odd is told all the same.
#[test]
fn tables_that_have_changed_have_no_places() {
    let folder = Folder::new("changed", NODES, format!("{EDGES}1,acme,bolt,OWNS,2016,2015,5,,x\n"));
    let imported = folder.import(&mut Vec::new()).unwrap();
    fs::write(folder.0.join("edges.csv"), "what else").unwrap();
    fs::remove_file(folder.0.join("nodes.csv")).unwrap();
    let told: Vec<_> =
        imported.graph.warnings().iter().map(|one| (one.code.as_str(), one.at.is_some())).collect();
    assert_eq!(told, [("W0907", false), ("W0909", false), ("W0909", false)]);
}

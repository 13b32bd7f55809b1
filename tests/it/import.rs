//! Tables into graphs: what is read, and what is kept aside with which reason.

use std::fs;
use std::path::PathBuf;

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
        let path = std::env::temp_dir().join(format!("keiretsu-import-{}-{name}", std::process::id()));
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

/// The sentences of the facts, and the rejects, of some rows of edges.
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
            "Acme owns 60.84% of Bolt, Ltd (since 2020-05-04, ended 2021-01-01)",
            "Bolt, Ltd partners with fih-mobile (since 2016-05)",
            "Acme acquires 51% of fih-mobile (since 2016-02-29) for USD 1,234,567",
            "Acme supplies Long for EUR 1.5 to 2 billion",
        ],
        "",
    );
}

#[test]
fn what_cannot_be_used_is_kept_aside() {
    let aside = |name: &str, row: &[u8], kept: &str| check(name, row, &[], &format!("edges.csv,2,{kept}\n"));
    aside("unknown", b"1,acme,nobody,OWNS,,,,,\n", "no entity has the id `nobody`,1,acme,nobody,OWNS,,,,,");
    aside("kind", b"1,acme,bolt,LOVES,,,,,\n", "the mapping knows no kind `LOVES`,1,acme,bolt,LOVES,,,,,");
    aside("no kind", b"1,acme,bolt,,,,,,\n", "the kind is empty,1,acme,bolt,,,,,,");
    aside(
        "self",
        b"1,acme,acme,PARTNERS,,,,,\n",
        "`acme` is named twice in the role `between`,1,acme,acme,PARTNERS,,,,,",
    );
    aside("one", b"1,acme,,PARTNERS,,,,,\n", "a `Partnership` needs two parties,1,acme,,PARTNERS,,,,,");
    aside("none", b"1,,bolt,OWNS,,,,,\n", "the role `owner` is empty,1,,bolt,OWNS,,,,,");
    aside(
        "long",
        b"1,acme,bolt,OWNS,,,,,,more\n",
        "\"the row has 10 cells, the header 9\",1,acme,bolt,OWNS,,,,,,more",
    );
    aside("short", b"1,acme\n", "\"the row has 2 cells, the header 9\",1,acme");
    aside(
        "share",
        b"1,acme,bolt,PARTNERS,,,5,,\n",
        "a `Partnership` has no share,1,acme,bolt,PARTNERS,,,5,,",
    );
    aside(
        "open quote",
        b"1,acme,\"bolt,OWNS,,,,,\n2,acme,bolt,OWNS,,,,,\n",
        "a quote is never closed: all that follows it is in this row,1,acme,\"bolt,OWNS,,,,,\n2,acme,bolt,OWNS,,,,,\n\"",
    );
    aside(
        "text behind a quote",
        b"1,\"ac\"me,bolt,OWNS,,,,,\n",
        "text follows a closing quote: a quote within a cell is written twice,1,acme,bolt,OWNS,,,,,",
    );
    aside(
        "line break in a source",
        b"1,acme,bolt,OWNS,,,,,\"filing\n7\"\n",
        "a control character (\\u{a}) in the source,1,acme,bolt,OWNS,,,,,\"filing\n7\"",
    );
    for (name, row, cell) in [
        ("day", "1,acme,bolt,OWNS,2015-02-29,,,,", "2015-02-29"),
        ("percent", "1,acme,bolt,OWNS,,,101,,", "101%"),
        ("money", "1,acme,bolt,OWNS,,,,12x,", "USD 12x"),
    ] {
        let folder = Folder::new(name, NODES, format!("{EDGES}{row}\n"));
        let imported = folder.import(&mut Vec::new()).unwrap();
        assert!(imported.first_rejects[0].reason.contains(cell), "{:?}", imported.first_rejects);
    }
}

/// A row is mended in one go: all that is wrong with it is said.
#[test]
fn all_reasons_of_a_row_are_said() {
    let nodes = "id,type,name,country\nacme,Company,Acme,\n?,Thing,\"B\u{7}\",XQ\n,Company,N,Narnia\nc,,,\n";
    let edges = "1,acme,nobody,OWNS,2015-02-30,soon,101,12x,\n2,acme,acme,LOVES,2015,,101,,\n3,,nobody,PARTNERS,,,5,,\n4,,,OWNS,2015-13,,,,\n5,acme,acme,PARTNERS,,,,,\n\u{2603},acme,nobody,OWNS,,,,,\n";
    let folder = Folder::new("all reasons", nodes, format!("{EDGES}{edges}"));
    let mut kept = Vec::new();
    let imported = folder.import(&mut kept).unwrap();
    let said: Vec<String> =
        imported.first_rejects.iter().map(|reject| format!("{}: {}", reject.line, reject.reason)).collect();
    let said: Vec<Vec<&str>> = said.iter().map(|reasons| reasons.split("; also ").collect()).collect();
    let starts = |n: usize, starts: &[&str]| {
        assert_eq!(said[n].len(), starts.len(), "{:?}", said[n]);
        assert!(said[n].iter().zip(starts).all(|(reason, start)| reason.starts_with(start)), "{:?}", said[n]);
    };
    starts(
        0,
        &[
            "3: `?` has no letter",
            "a control character",
            "the mapping knows no kind `Thing`",
            "`XQ` is not a country",
        ],
    );
    starts(1, &["4: the id is empty", "`Narnia` is not a country"]);
    starts(2, &["5: the kind is empty"]);
    starts(
        3,
        &[
            "2: no entity has the id `nobody`",
            "`2015-02-30`",
            "`soon` is not",
            "`101%` is",
            "`USD 12x` is not",
        ],
    );
    starts(4, &["3: the mapping knows no kind `LOVES`", "`101%` is"]);
    starts(5, &["4: no entity has the id `nobody`", "a `Partnership` has no share"]);
    starts(6, &["5: the role `owner` is empty", "`2015-13`"]);
    starts(7, &["6: `acme` is named twice in the role `between`"]);
    starts(8, &["7: no entity has the id `nobody`", "`\u{2603}` has no letter"]);
    assert_eq!(said.len(), 9);
    // One cell has them all.
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(kept.as_slice());
    assert_eq!(reader.headers().unwrap(), vec!["file", "line", "reason", "cells"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(
        rows[3].iter().skip(2).collect::<Vec<_>>()[1..],
        ["1", "acme", "nobody", "OWNS", "2015-02-30", "soon", "101", "12x", ""]
    );
}

/// Facts of a company whose row is kept aside say so, whatever kept it aside.
#[test]
fn facts_of_what_is_kept_aside_say_so() {
    let nodes = "id,type,name,country\nacme,Company,Acme,\nFIH Mobile,Company,,UK\nlong,Company,L,,\nA_1,Company,A,\nA-1,Company,B,\nacme,Company,Other,\n";
    let edges = "1,acme,fih mobile,OWNS,,,,,\n2,acme,Long,OWNS,,,,,\n3,acme,A-1,OWNS,,,,,\n4,acme,A_1,OWNS,,,,,\n5,acme,fih-mobile,OWNS,,,,,\n";
    let folder = Folder::new("aside", nodes, format!("{EDGES}{edges}"));
    let imported = folder.import(&mut Vec::new()).unwrap();
    let aside = |id: &str| format!("no entity has the id `{id}`: its row in `nodes.csv` is kept aside");
    let said: Vec<&str> = imported.first_rejects.iter().map(|reject| reject.reason.as_str()).collect();
    assert_eq!(
        said[4..],
        [aside("fih mobile"), aside("Long"), aside("A-1"), "no entity has the id `fih-mobile`".to_owned()]
    );
    assert_eq!((imported.rows, imported.rejected), (3, 8));
}

#[test]
fn text_that_is_not_utf_8_is_kept_aside_as_it_was() {
    let folder = Folder::new(
        "latin1",
        NODES,
        [
            EDGES.as_bytes(),
            b"1,acme,bolt,OWNS,,,,,caf\xe9\n2,acme,bolt,OWNS,,,,,\xc3,\xa9\n3,bolt,acme,OWNS,,,,,ok\n",
        ]
        .concat(),
    );
    let mut kept = Vec::new();
    let imported = folder.import(&mut kept).unwrap();
    assert_eq!((imported.graph.view().facts().count(), imported.rejected), (1, 2));
    assert!(kept.windows(4).any(|bytes| bytes == b"caf\xe9"));
    assert_eq!(imported.first_rejects[0].reason, "the row is not UTF-8");
}

#[test]
fn entities_are_checked_too() {
    let nodes = "\u{feff}id,type,name,country\r\nacme,Company,Acme,US\r\nacme,Company,Other,\r\n,Company,X,\r\nb,Thing,B,\r\nc,Company,\"C\u{7}\",\r\nd,Company,D,XQ\r\ne,Company,E,de\r\n\"f\",Patent,\"F\r\nG\",\r\n???,Company,Q,\r\ng,Company,G,DE\r\n";
    let folder = Folder::new("nodes", nodes, EDGES);
    let imported = folder.import(&mut Vec::new()).unwrap();
    let ids: Vec<_> = imported.graph.view().entities().map(|entity| entity.id()).collect();
    assert_eq!(ids, ["acme", "e", "g"]);
    let reasons: Vec<_> =
        imported.first_rejects.iter().map(|reject| (reject.line, reject.reason.as_str())).collect();
    assert_eq!(reasons[0], (3, "the id `acme` is taken by a row before"));
    assert_eq!(reasons[1], (4, "the id is empty"));
    assert_eq!(reasons[2], (5, "the mapping knows no kind `Thing`"));
    assert_eq!(reasons[3].1, "a control character (\\u{7}) in the name");
    assert_eq!(reasons.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 9, 11]);
    assert_eq!(reasons.len(), 7);
}

/// The same table with other separators gives the same graph and the same rows kept aside; commas are text there.
#[test]
fn separators_are_those_of_the_mapping() {
    let nodes =
        "id,type,name,country\nacme,Company,Acme,US\nbolt,Company,\"Bolt, Ltd\",DE\nx,Company,\"a;b|c,d\",\n";
    let edges = "1,acme,bolt,OWNS,2020-05-04,,60.84,,filing:1\n2,bolt,acme,OWNS,,,,,\"a \"\"b\"\" c\"\n3,acme,nobody,OWNS,,,,,\n4,acme\n5,acme,bolt,SUPPLIES,,,,,x";
    let rows = |text: &str, separator: char| {
        let mut writer = csv::WriterBuilder::new();
        let mut writer = writer.delimiter(separator as u8).flexible(true).from_writer(Vec::new());
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        reader.records().for_each(|row| writer.write_record(&row.unwrap()).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    };
    let (mut graphs, mut reasons) = (Vec::new(), Vec::new());
    // With quotes in every block, and with quotes in none.
    for plain in [false, true] {
        let edges = if plain { edges.replace(['"', ';'], "") } else { edges.to_owned() };
        let nodes = if plain {
            nodes.replace("\"Bolt, Ltd\"", "Bolt").replace("\"a;b|c,d\"", "X")
        } else {
            nodes.to_owned()
        };
        for (separator, name) in [(',', ","), (';', ";"), ('\t', "\\t"), ('|', "|")] {
            let own = |text: &str| rows(text, separator);
            let folder = Folder::new(
                &format!("separator {} {plain}", u32::from(separator)),
                own(&nodes),
                own(&format!("{EDGES}{edges}")),
            );
            let mapping = MAPPING.replace("csv\",", &format!("csv\", separator: \"{name}\","));
            let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
            assert_eq!((imported.rows, imported.rejected), (6, 2), "{name} {plain}");
            graphs.push(imported.graph.to_records());
            reasons.push(imported.first_rejects);
        }
    }
    for same in [&graphs[..4], &graphs[4..]] {
        assert!(same.iter().all(|graph| *graph == same[0]));
    }
    let name =
        |n: usize| graphs[n].entities.iter().find(|entity| entity.id.as_str() == "x").unwrap().name.clone();
    assert_eq!([name(0), name(4)], ["a;b|c,d", "X"]);
    assert!(reasons.iter().all(|own| *own == reasons[0]), "{reasons:?}");
    let folder = Folder::new("commas", "id;type;name;country\na;Company;A, B \"C\";\n", EDGES);
    let mapping = MAPPING.replace("nodes.csv\",", "nodes.csv\", separator: \";\",");
    let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
    assert_eq!(imported.graph.to_records().entities[0].name, "A, B \"C\"");
}

/// A table with another separator than the mapping says draws the line to write.
#[test]
fn another_separator_is_told() {
    let told = |name: &str, nodes: &str| {
        let error = Folder::new(name, nodes, EDGES).import(&mut Vec::new()).unwrap_err();
        (error.to_string(), error.suggestion().map(str::to_owned))
    };
    let line = |counts: &str, separator: &str| {
        Some(format!(
            "its first line has {counts}: write `separator: \"{separator}\"` behind `file: \"nodes.csv\"`"
        ))
    };
    let missing = "`nodes.csv` has no column `id`".to_owned();
    assert_eq!(
        told("semicolons", "id;type;name;country\na;Company;A;\n"),
        (missing.clone(), line("3 semicolons and no comma", ";"))
    );
    assert_eq!(
        told("tab", "\nid\t\"x, y; z\"\tname\n"),
        (missing.clone(), line("2 tabs and no comma", "\\t"))
    );
    assert_eq!(
        told("bars", "id|type|a, b|c;d\n"),
        (missing.clone(), line("3 vertical bars and 1 comma", "|"))
    );
    let quoted = told("quoted", "\"id\";\"type\";\"name\";\"country\"\n");
    assert_eq!(quoted.1, line("3 semicolons and no comma", ";"));
    assert_eq!(
        quoted.0,
        "the first row of `nodes.csv`, with the names of its columns: text follows a closing quote"
    );
    assert_eq!(told("one", "idd,type;name\n"), (missing.clone(), Some("did you mean `idd`?".to_owned())));
    assert_eq!(told("empty", ""), (missing, None));
    let error =
        Mapping::from_ron(&MAPPING.replace("nodes.csv\",", "nodes.csv\", separator: \"::\",")).unwrap_err();
    assert_eq!(error.to_string(), "`::` is no separator of the table `nodes.csv`");
    assert_eq!(error.suggestion(), Some(r#"separators are ",", ";", "\t", "|""#));
}

/// The mapping says what a share of 1 means; a sign in the cell says it for that cell.
#[test]
fn shares_may_be_fractions() {
    let import = |name: &str, unit: &str, shares: &[&str]| {
        let rows = shares.iter().map(|share| format!(",acme,bolt,OWNS,,,{share},,\n"));
        let folder = Folder::new(name, NODES, format!("{EDGES}{}", rows.collect::<String>()));
        let mapping = MAPPING.replace("share: \"share\"", &format!("share: \"share\"{unit}"));
        let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
        let share = |fact: &keiretsu::FactRecord| fact.attributes.first().map(|(_, share)| share.to_string());
        let read: Vec<String> = imported.graph.to_records().facts.iter().filter_map(share).collect();
        let majorities = imported.graph.view().majority_owners().chains().count();
        let reasons: Vec<String> =
            imported.first_rejects.iter().map(|reject| reject.reason.clone()).collect();
        (read, majorities, reasons, imported.hints)
    };
    let fraction = r#", share_unit: "fraction""#;
    for (text, percent) in [
        ("0.6", "60%"),
        ("0.6084", "60.84%"),
        ("1", "100%"),
        ("1.0", "100%"),
        ("0", "0%"),
        ("0.0", "0%"),
        ("0.005", "0.5%"),
        (".25", "25%"),
        ("00.5", "50%"),
        ("0.50001", "50.001%"),
        ("~0.15", "~15%"),
        (">=0.25", ">=25%"),
        ("0.25..0.5", "25%..50%"),
        ("majority", "majority"),
        ("undisclosed", "undisclosed"),
        ("60%", "60%"),
        ("0.6%", "0.6%"),
        ("0.1234567890123", "12.34567890123%"),
    ] {
        let (read, majorities, reasons, hints) = import("fraction", fraction, &[text]);
        assert_eq!((read, reasons, hints), (vec![percent.to_owned()], vec![], vec![]), "{text}");
        let is_majority = matches!(text, "0.6" | "0.6084" | "1" | "1.0" | "0.50001" | "majority" | "60%");
        assert_eq!(majorities, usize::from(is_majority), "{text}");
    }
    for text in ["1.01", "60", "-0.5", "0.5.5", "half", "0,5", "6e-1", "."] {
        let (.., reasons, _) = import("no fraction", fraction, &[&format!("\"{text}\"")]);
        assert!(reasons[0].starts_with(&format!("`{text}` is not a share between 0 and 1")), "{reasons:?}");
    }
    let hint = "no share in the column `share` of `edges.csv` is above 1%: if 0.6 means 60% there, write `share_unit: \"fraction\"`";
    for (shares, is_told) in [
        (&["0.6", "0.4"][..], true),
        (&["1", "0", ""], true),
        (&["0.12345", "0.5", "undisclosed"], true),
        (&["0.6", "60"], false),
        (&["0.6", "0.4%"], false),
        (&["0", "0"], false),
        (&["", ""], false),
        (&["undisclosed"], false),
        (&["0.5", "1.001"], false),
    ] {
        for unit in ["", r#", share_unit: "percent""#] {
            let (.., hints) = import("percent", unit, shares);
            assert_eq!(hints, if is_told { vec![hint] } else { vec![] }, "{shares:?}");
        }
    }
    let many: Vec<String> =
        (0..9_000).map(|n| if n == 8_999 { "51".to_owned() } else { format!("0.{}", n % 7 + 1) }).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(import("many", "", &many).3, Vec::<String>::new());
    assert_eq!(import("many", "", &many[..8_999]).3, [hint]);
    let error =
        Mapping::from_ron(&MAPPING.replace("share: \"share\"", r#"share_unit: "fractions""#)).unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.suggestion()),
        ("there is no unit of shares `fractions`", Some("did you mean `fraction`?"))
    );
}

/// Numbers with a decimal comma are read where the mapping says so, and what is not surely one is kept aside.
#[test]
fn numbers_may_have_decimal_commas() {
    let import = |name: &str, settings: &str, column: &str, cells: &[&str]| {
        let mapping = format!(
            r#"Mapping(
                entities: [ (file: "nodes.csv", id: "id", always: "Company") ],
                facts: [ (
                    file: "edges.csv", separator: ";", {settings} {column}: "x", currency: "EUR",
                    always: (fact: "Ownership", roles: {{"owner": ["a"], "owned": ["b"]}}),
                ) ],
            )"#
        );
        let rows = cells.iter().map(|cell| format!("acme;bolt;{cell}\n"));
        let folder = Folder::new(name, NODES, format!("a;b;x\n{}", rows.collect::<String>()));
        let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
        let told = |fact: &keiretsu::FactRecord| {
            let detail = fact.attributes.first().map(|(_, value)| value.to_string());
            let amount = fact.amount.as_ref().map(ToString::to_string);
            detail.or(amount).or_else(|| fact.quantity.as_ref().map(ToString::to_string))
        };
        let read: Vec<String> = imported.graph.to_records().facts.iter().filter_map(told).collect();
        let reasons = imported.first_rejects.into_iter().map(|reject| reject.reason).collect::<Vec<_>>();
        (read, reasons, imported.hints)
    };
    let comma = r#"decimal: ",","#;
    let fraction = r#"decimal: ",", share_unit: "fraction","#;
    for (settings, column, cell, value) in [
        (comma, "share", "60,84", "60.84%"),
        (comma, "share", "60", "60%"),
        (comma, "share", "100,00", "100.00%"),
        (comma, "share", "60,84%", "60.84%"),
        (comma, "share", "12,5 %", "12.5%"),
        (comma, "share", "12,5\u{a0}%", "12.5%"),
        (comma, "share", "~12,5", "~12.5%"),
        (comma, "share", ">=25,1", ">=25.1%"),
        (comma, "share", "25,5%..49,9%", "25.5%..49.9%"),
        (comma, "share", "25%..50%", "25%..50%"),
        (comma, "share", "majority", "majority"),
        (comma, "votes", "50,01", "50.01%"),
        (comma, "profit", "0,5", "0.5%"),
        (fraction, "share", "0,6084", "60.84%"),
        (fraction, "share", "0,25..0,5", "25%..50%"),
        (fraction, "share", "1", "100%"),
        (fraction, "votes", "0,125", "12.5%"),
        (comma, "amount", "1.500.000,50", "EUR 1500000.50"),
        (comma, "amount", "250.000", "EUR 250000"),
        (comma, "amount", "1500,5", "EUR 1500.5"),
        (comma, "amount", "USD 1,5 million", "USD 1.5 million"),
        (comma, "amount", "1,5..2,5 million", "EUR 1.5..2.5 million"),
        (comma, "quantity", "1.500", "1500"),
        (comma, "quantity", "1,5", "1.5"),
        ("", "amount", "250.5", "EUR 250.5"),
        (r#"decimal: ".","#, "share", "60.84", "60.84%"),
    ] {
        let found = import("decimal", settings, column, &[cell]);
        assert_eq!(found, (vec![value.to_owned()], vec![], vec![]), "{settings} {column} {cell}");
    }
    for (settings, column, cell) in [
        (comma, "share", "60.84"),
        (comma, "share", "0.500"),
        (comma, "share", "60,8,4"),
        (comma, "share", "60,"),
        (fraction, "share", "0.6"),
        (comma, "votes", "60.84"),
        (comma, "amount", "1,500,000"),
        (comma, "amount", "1.5 million"),
        (comma, "amount", "1.5000"),
        (comma, "amount", "1500.000"),
        (comma, "amount", "1,500.50"),
        (comma, "quantity", "1.5"),
        (comma, "quantity", "1..500.50"),
    ] {
        let (read, reasons, hints) = import("no decimal", settings, column, &[cell]);
        assert_eq!((read.len(), hints.len()), (0, 0), "{cell}");
        let said = format!(
            "`{cell}` is no number with a decimal comma, as in `60,84` or `1.500,50` (the mapping has `decimal: \",\"`)"
        );
        assert_eq!(reasons, [said]);
    }
    // What else is wrong is told of the number that was read.
    let (_, reasons, _) = import("decimal", comma, "share", &["101,5", "1.500", "half"]);
    assert_eq!(
        reasons[..2],
        [
            "`101,5` is read as `101.5`: `101.5%` is not a share (a share is at most `100%`)",
            "`1.500` is read as `1500`: `1500%` is not a share (a share is at most `100%`)",
        ]
    );
    assert!(reasons[2].starts_with("`half` is not a share ("), "{}", reasons[2]);
    // Where the mapping does not say it, it is hinted at once for the table.
    let hint = |rows: &str| {
        format!(
            "{rows} of `edges.csv` kept aside for a number with a comma: if 60,84 is 60.84 there, write `decimal: \",\"`"
        )
    };
    for column in ["share", "votes", "amount", "quantity"] {
        let (read, reasons, hints) = import("hint", "", column, &["60,84", "60", "0,5"]);
        assert_eq!((read.len(), reasons.len(), hints), (1, 2, vec![hint("2 rows")]), "{column}");
    }
    assert_eq!(import("hint", "", "amount", &["1,5"]).2, [hint("1 row")]);
    assert_eq!(import("hint", "", "amount", &["1,500,000", "x"]).2, [""; 0]);
    assert_eq!(import("hint", "", "note", &["60,84"]).2, [""; 0]);
    let error = Mapping::from_ron(&MAPPING.replace("share: \"share\"", r#"decimal: ";""#)).unwrap_err();
    assert_eq!(error.to_string(), "there is no decimal mark `;`");
}

/// Every field that facts have and that needs no other fact has a column; what it says is what a graph file would.
#[test]
fn all_fields_of_facts_have_columns() {
    let mapping = r#"Mapping(
        entities: [ (file: "nodes.csv", id: "id", name: "name", kind: "type") ],
        facts: [ (
            file: "edges.csv", kind: "type", id: "id", source: "source", published: "published", amount: "amount", currency: "USD",
            since: "since", until: "until", announced: "announced", completed: "completed", share: "share", share_unit: "fraction",
            note: "note", confidence: "confidence", condition: "condition", exclusive: "exclusive", except: "except",
            territory: "territory", quantity: "quantity", term: "term", as_of: "as_of", withdrawn: "withdrawn", signed: "signed",
            status: "status", votes: "votes", profit: "profit", class: "class", direct: "direct", means: "means", field: "field",
            kinds: {
                "own": (fact: "Ownership", roles: {"owner": ["a"], "owned": ["b"]}),
                "control": (fact: "Control", roles: {"controller": ["a"], "controlled": ["b"]}),
                "license": (fact: "License", roles: {"licensor": ["a"], "licensee": ["b"], "of": ["of"]}),
                "supply": (fact: "Supply", roles: {"supplier": ["a"], "customer": ["b"]}),
            },
        ) ],
    )"#;
    let edges = "type,id,a,b,source,published,amount,since,until,announced,completed,share,note,confidence,condition,exclusive,except,territory,quantity,term,as_of,withdrawn,signed,status,votes,profit,class,direct,means,field,of\n\
        own,o,acme,bolt,register,2020-05,,2019,open,,,0.4,,,,,,,,,2020-01-31,,,,0.6,0.25..0.5,A shares,true,,,\n\
        control,c,acme,bolt,register,2020-05,,,,,,,,confirmed,,,,,,,,,,,,,,,generalpartner,,\n\
        license,l,bolt,acme,paper,,1000,2016,2020-01-01,2015-01-01,2016-02,,\"a note\nof two lines\",,if approved,TRUE,CN,worldwide,~1500,10 years,,,2015-03,Agreed,,,,,,phones,fih-mobile\n\
        supply,w,bolt,acme,,,,,,2018,,,,,,,,,,,,2018-06-01,,,,,,,,,\n\
        supply,s,bolt,acme,paper,2021-01-01,,,,,,,,Rumoured,,,,,,,,,,sought,,,,,,,\n";
    let folder = Folder::new("fields", NODES, edges);
    let imported = CsvImport::new(Mapping::from_ron(mapping).unwrap(), &folder.0).run().unwrap();
    assert_eq!(
        imported.first_rejects.iter().map(|reject| reject.reason.as_str()).collect::<Vec<_>>(),
        [""; 0]
    );
    let written = r#"Graph(
        sources: {
            "register": (title: "register", published: "2020-05"),
            "paper": (title: "paper", published: "2021-01-01"),
        },
        companies: {
            "a-very-long-id-indeed": (name: "Long"), "acme": (name: "Acme"), "bolt": (name: "Bolt, Ltd"), "fih-mobile": (name: "fih-mobile"),
        },
        facts: [
            Ownership(id: "o", owned: "bolt", owner: "acme", share: "40%", votes: "60%", profit: "25%..50%", class: "A shares", direct: true,
                since: "2019", until: "open", as_of: "2020-01-31", evidence: [(source: "register")]),
            Control(id: "c", controlled: "bolt", controller: "acme", means: GeneralPartner, confidence: Confirmed, evidence: [(source: "register")]),
            License(id: "l", licensee: "acme", licensor: "bolt", of: "fih-mobile", field: "phones", status: Agreed, exclusive: true, territory: "worldwide", except: "CN",
                condition: "if approved", announced: "2015-01-01", signed: "2015-03", since: "2016", completed: "2016-02", until: "2020-01-01", term: "10 years",
                amount: "USD 1000", quantity: "~1500", note: "a note\nof two lines", evidence: [(source: "paper")]),
            Supply(id: "w", customer: "acme", supplier: "bolt", announced: "2018", withdrawn: "2018-06-01", unsourced: true),
            Supply(id: "s", customer: "acme", supplier: "bolt", status: Sought, confidence: Rumoured, evidence: [(source: "paper")]),
        ],
    )"#;
    let file = Graph::from_ron(written).unwrap();
    let (found, expected) = (imported.graph.to_records(), file.to_records());
    assert_eq!(found.facts, expected.facts);
    assert_eq!(found.sources, expected.sources);
    for date in ["2014", "2015-02", "2017-01-01", "2018-07"] {
        let told = |graph: &Graph| -> Vec<String> {
            let date = date.parse().unwrap();
            let view = graph.as_of(date);
            view.relations()
                .map(|relation| relation.to_string())
                .chain(view.known_by(date).relations().map(|relation| relation.to_string()))
                .collect()
        };
        assert_eq!(told(&imported.graph), told(&file), "{date}");
    }
    let counts = |graph: &Graph| -> Vec<bool> { graph.view().facts().map(|fact| fact.counts()).collect() };
    assert_eq!(
        (counts(&imported.graph), counts(&file)),
        (vec![true, true, true, false, false], vec![true, true, true, false, false])
    );
    let again = Graph::from_ron(&keiretsu::to_ron(&found)).unwrap();
    assert_eq!(again.to_records(), found);
}

/// Each cell of these columns that cannot be read, and what is said of it.
#[test]
fn cells_of_other_columns_are_checked() {
    let reason = |name: &str, column: &str, cell: &str| {
        let mapping = format!(
            r#"Mapping(entities: [ (file: "nodes.csv", id: "id", always: "Company") ],
            facts: [ (file: "edges.csv", {column}: "x", source: "s", kind: "k", kinds: {{
                "own": (fact: "Ownership", roles: {{"owner": ["a"], "owned": ["b"]}}), "control": (fact: "Control", roles: {{"controller": ["a"], "controlled": ["b"]}}) }}) ])"#
        );
        let kind = if column == "means" { "control" } else { "own" };
        let folder = Folder::new(
            name,
            NODES,
            format!("a,b,k,s,x\nacme,bolt,{kind},paper,\"{cell}\"\nacme,bolt,{kind},paper,\n"),
        );
        let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
        assert_eq!(imported.rejected, 1, "{column}");
        imported.first_rejects[0].reason.clone()
    };
    for (column, cell, said) in [
        (
            "status",
            "Done",
            "`Done` is no word of `status` (these are Sought, Announced, Agreed, Completed, Ended, Withdrawn)",
        ),
        ("confidence", "sure", "`sure` is no word of `confidence` (these are Confirmed, "),
        ("means", "Force", "`Force` is no word of `means` (these are Votes, Board, GeneralPartner, "),
        ("exclusive", "yes", "`yes` is no word of `exclusive` (these are true, false)"),
        ("direct", "1", "`1` is no word of `direct` (these are true, false)"),
        ("signed", "2015-02-30", "`2015-02-30` is not a date"),
        ("as_of", "open", "`open` is not a date"),
        ("withdrawn", "soon", "`soon` is not a date"),
        ("published", "2015-02-30", "`2015-02-30` is not a date"),
        ("term", "long", "`long` is not a "),
        ("quantity", "many", "`many` is not a "),
        ("territory", "Narnia", "`Narnia` is not a "),
        ("except", "Narnia", "`Narnia` is not a "),
        ("votes", "101", "`101%` is not a share"),
        ("class", "A\nB", "a control character (\\u{a}) in the class"),
        ("condition", "A\nB", "a control character (\\u{a}) in the condition"),
        ("note", "A\u{7}", "a control character (\\u{7}) in the note"),
    ] {
        let found = reason("cells", column, cell);
        assert!(found.starts_with(said), "{column}: {found}");
    }
    assert_eq!(reason("long", "note", &"x".repeat(70_000)), "the note is longer than 65536 bytes");
}

/// A source was published once: rows that say otherwise are kept aside, wherever they stand.
#[test]
fn dates_of_sources_agree() {
    let mapping = r#"Mapping(entities: [ (file: "nodes.csv", id: "id", always: "Company") ],
        facts: [ (file: "edges.csv", source: "s", published: "p", always: (fact: "Supply", roles: {"supplier": ["a"], "customer": ["b"]})) ])"#;
    let mut edges =
        "a,b,s,p\nacme,bolt,one,\nacme,bolt,one,2016-05\nacme,bolt,two,2017\nacme,bolt,,2017\n".to_owned();
    (0..9_000).for_each(|_| edges.push_str("acme,bolt,two,2017\n"));
    edges.push_str("acme,bolt,one,2016-06\nacme,bolt,two,\nacme,bolt,one,2016-05\n");
    let folder = Folder::new("published", NODES, edges);
    let imported = CsvImport::new(Mapping::from_ron(mapping).unwrap(), &folder.0).run().unwrap();
    let said: Vec<String> =
        imported.first_rejects.iter().map(|reject| format!("{}: {}", reject.line, reject.reason)).collect();
    assert_eq!(
        said,
        [
            "5: `published` is the date of a source, and none is named",
            "9006: the source `one` is published 2016-05 in a row before, and 2016-06 here",
        ]
    );
    let published: Vec<String> = imported
        .graph
        .to_records()
        .sources
        .iter()
        .map(|source| source.published.unwrap().to_string())
        .collect();
    assert_eq!(published, ["2016-05", "2017"]);
    assert_eq!(imported.graph.view().known_by("2016-12".parse().unwrap()).relations().count(), 3);
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

/// Each row is told by the line that an editor shows, whatever ends the lines before it.
#[test]
fn lines_are_those_of_the_file() {
    let row = "x,acme,bolt,LOVES,,,,,";
    for (name, before, line) in [
        ("lf", "", 2),
        ("blank", "\n\n\r\n", 5),
        ("crlf", "1,acme,bolt,OWNS,,,,,\r\n2,acme,bolt,OWNS,,,,,\r\n", 4),
        ("mixed", "1,acme,bolt,OWNS,,,,,\r\n2,acme,bolt,OWNS,,,,,\n", 4),
        ("after crlf", "1,acme,bolt,OWNS,,,,,\n2,acme,bolt,OWNS,,,,,\r\n", 4),
        ("in a cell", "1,acme,bolt,OWNS,,,,,\"filing\r\n7\"\n", 4),
    ] {
        let folder = Folder::new(name, NODES, format!("{EDGES}{before}{row}\n{row}"));
        let imported = folder.import(&mut Vec::new()).unwrap();
        let lines: Vec<u64> = imported.first_rejects.iter().rev().take(2).map(|reject| reject.line).collect();
        assert_eq!(lines, [line + 1, line], "{name}");
    }
}

/// Tables are read in blocks: a quoted cell across the end of one is nothing special.
#[test]
fn quoted_cells_may_lie_across_blocks() {
    for width in 0..9 {
        let mut nodes = format!("id,type,name,country\na,Company,{},\n", "x".repeat(width));
        for n in 0..9_000 {
            nodes.push_str(
                &format!("e{n},Company,\"Company \"\"{n}\"\",\r\nLtd\",US\n")
                    .replace("\r\n", if n % 2 == 0 { " " } else { "" }),
            );
        }
        let mut edges = EDGES.to_owned();
        (1..9_000).for_each(|n| {
            edges.push_str(&format!("f{n},e{n},\"e{}\",SUPPLIES,,,,,\"filing, {n}\"\n", n - 1));
        });
        let folder = Folder::new(&format!("blocks{width}"), nodes, edges);
        let imported = folder.import(&mut Vec::new()).unwrap();
        assert_eq!(imported.first_rejects, []);
        assert_eq!((imported.rows, imported.graph.view().facts().count()), (18_000, 8_999));
    }
}

#[test]
fn a_header_with_wrong_quotes_is_an_error() {
    for (header, fault) in
        [("id,src,\"dst\n", "a quote is never closed"), ("id,\"src\"x\n", "text follows a closing quote")]
    {
        let folder = Folder::new("header", NODES, format!("{header}1,acme,bolt\n"));
        let message = folder.import(&mut Vec::new()).unwrap_err().to_string();
        assert_eq!(message, format!("the first row of `edges.csv`, with the names of its columns: {fault}"));
    }
}

/// Ids that fold into one are told apart by how they are written: no company gets the facts of another.
#[test]
fn ids_are_matched_as_they_are_written() {
    let nodes = "id,type,name,country\nA_1,Company,Alpha,us\nA-1,Company,Gamma,UK\nZo\u{eb},Company,Zo One,\nZo,Company,Two,\nFIH Mobile,Company,FIH,\nBOLT,Company,Bolt,\n";
    let edges = "A_1,BOLT\nA-1,bolt\nA#1,bolt\na-1,bolt\nZo\u{eb},Bolt\nzo\u{eb},bolt\nZo,bolt\nfih mobile,bolt\nfih-mobile,bolt\nFIH.Mobile,bolt\n";
    let rows: Vec<String> =
        edges.lines().enumerate().map(|(n, ends)| format!("{n},{ends},SUPPLIES,,,,,\n")).collect();
    let folder = Folder::new("spelled", nodes, format!("{EDGES}{}", rows.concat()));
    let mut kept = Vec::new();
    let imported = folder.import(&mut kept).unwrap();
    let parties = |id: &str| {
        imported.graph.view().entity(id).unwrap().neighbors(keiretsu::RelationKind::Supplies).count()
    };
    let ids: Vec<&str> = imported.graph.view().entities().map(|entity| entity.id()).collect();
    let reasons: Vec<&str> = imported.first_rejects.iter().map(|reject| reject.reason.as_str()).collect();
    assert!(reasons[0].starts_with("`UK` is not a country ("), "{reasons:?}");
    let second = reasons[1].to_owned();
    assert!(second.ends_with("as that of a row before, `Zo\u{eb}`: give one of them another"), "{second}");
    assert_eq!(
        reasons[2..],
        [
            ("A-1", " in `nodes.csv` is kept aside"),
            ("A#1", ""),
            ("Zo", " in `nodes.csv` is kept aside"),
            ("FIH.Mobile", "")
        ]
        .map(|(id, aside)| format!(
            "no entity has the id `{id}`{}{aside}",
            if aside.is_empty() { "" } else { ": its row" }
        )),
        "{ids:?}"
    );
    // `a-1` is the id of the one that is left.
    assert_eq!(ids.iter().map(|id| parties(id)).collect::<Vec<_>>(), [2, 6, 2, 2], "{ids:?}");
    assert_eq!(
        imported.graph.view().entity("a-1").unwrap().country().map(|c| c.to_string()).as_deref(),
        Some("US")
    );
}

#[test]
fn ends_can_be_open_or_unknown() {
    check(
        "ends",
        b"1,acme,bolt,OWNS,2015,open,,,\n2,bolt,acme,OWNS,2014,unknown,,,\n",
        &[
            "Acme owns a share of Bolt, Ltd (since 2015, going on)",
            "Bolt, Ltd owns a share of Acme (since 2014, ended, not known when)",
        ],
        "",
    );
}

/// What is longer than a graph file may have is not let in, and what is long makes a short id.
#[test]
fn long_texts_are_held_to_the_limits_of_files() {
    let (long, longer) = ("x".repeat(70_000), "y".repeat(2_000));
    let edges = format!(
        "{EDGES}1,acme,bolt,OWNS,,,,,{long}\n{longer},acme,bolt,OWNS,,,,,\n3,acme,bolt,OWNS,,,,,{longer}\n"
    );
    let folder = Folder::new("long", format!("{NODES}{longer},Company,Y,\n"), edges);
    let imported = folder.import(&mut Vec::new()).unwrap();
    let reasons: Vec<&str> = imported.first_rejects.iter().map(|reject| reject.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "the id is longer than 1024 characters",
            "the source is longer than 65536 bytes",
            "the id is longer than 1024 characters"
        ]
    );
    let source = imported.graph.view().facts().next().unwrap().evidence().next().unwrap().source();
    assert_eq!((source.id().len(), source.title().len()), (80, 2_000));
}

#[test]
fn duplicate_ids_of_facts_are_kept_aside() {
    check(
        "twice",
        b"1,acme,bolt,OWNS,,,,,\n1,bolt,acme,OWNS,,,,,\n",
        &["Acme owns a share of Bolt, Ltd"],
        "edges.csv,3,the id `1` is taken by a row before,1,bolt,acme,OWNS,,,,,\n",
    );
}

/// Two tables may be read as one was: what the first has taken, the second may not take.
#[test]
fn ids_of_facts_are_compared_over_tables() {
    let folder = Folder::new("tables", NODES, format!("{EDGES}1,acme,bolt,OWNS,,,,,\n"));
    let table = r#"(file: "edges.csv", id: "id", always: (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}))"#;
    let mapping = MAPPING.replacen("facts: [", &format!("facts: [ {table},"), 1);
    let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
    assert_eq!(imported.graph.view().facts().count(), 1);
    assert_eq!(imported.first_rejects[0].reason, "the id `1` is taken by a row before");
}

/// More rows than one block has: they stay in their order, and so do those kept aside, and their lines.
#[test]
fn many_blocks_are_put_together_in_order() {
    let mut edges = EDGES.to_owned();
    for n in 0..20_000 {
        let (kind, source) = match n % 1_000 {
            7 => ("LOVES", String::new()),
            8 => ("OWNS", "\"quoted, twice\nfiling\"".to_owned()),
            _ => ("OWNS", format!("filing:{n}")),
        };
        edges.push_str(&format!("f{n},acme,bolt,{kind},,,,,{source}\n"));
    }
    let folder = Folder::new("blocks", NODES, edges);
    let imported = folder.import(&mut Vec::new()).unwrap();
    let ids: Vec<String> = imported.graph.view().facts().map(|fact| fact.id().to_owned()).collect();
    let expected = (0..20_000).filter(|n| !matches!(n % 1_000, 7 | 8)).map(|n| format!("f{n}"));
    assert_eq!(ids, expected.collect::<Vec<_>>());
    let kept: Vec<u64> = imported.first_rejects.iter().map(|reject| reject.line).collect();
    // The row of a source on two lines makes all that follow stand one line lower.
    let lines = (0..20_u64).flat_map(|n| [n * 1_000 + 9 + n, n * 1_000 + 10 + n]);
    assert_eq!(kept, lines.collect::<Vec<_>>());
    let sources: Vec<_> =
        imported.graph.to_records().sources.iter().map(|source| source.title.clone()).collect();
    assert_eq!(sources.len(), 20_000 - 40);
    assert_eq!(sources[7], "filing:9");
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
        "there is no kind of entity `Firm`"
    );
    assert_eq!(
        said(r#"Mapping(entities: [(file: "nodes.csv", id: "id")])"#),
        "the table `nodes.csv` needs either `always` or `kind`"
    );
    assert_eq!(
        said(
            r#"Mapping(facts: [(file: "edges.csv", always: (fact: "Supply", roles: {"supplier": ["src"]}))])"#
        ),
        "a `Supply` needs the role `customer`"
    );
    assert_eq!(
        said(r#"Mapping(facts: [(file: "edges.csv", always: (fact: "Supply", roles: {"owner": ["src"]}))])"#),
        "a `Supply` has no role `owner`"
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
    let limits = Limits { relations: 0, ..Limits::default() };
    let folder = Folder::new("limits", NODES, format!("{EDGES}1,acme,bolt,OWNS,,,,,\n"));
    let import = CsvImport::new(Mapping::from_ron(MAPPING).unwrap(), &folder.0).limits(limits);
    assert_eq!(import.run().unwrap_err().kind(), ErrorKind::Limit);
    let folder = Folder::new("utf16", b"\xff\xfei\0d\0", EDGES);
    assert_eq!(
        folder.import(&mut Vec::new()).unwrap_err().to_string(),
        "`nodes.csv` is UTF-16; only UTF-8 is read"
    );
}

/// docs/import.md: its tables and its mapping give what it says.
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

#[test]
fn progress_ends_where_the_files_end() {
    let folder = Folder::new("progress", NODES, EDGES);
    let mut told = Vec::new();
    let import = CsvImport::new(Mapping::from_ron(MAPPING).unwrap(), &folder.0);
    import.progress(|done, all| told.push((done, all))).run().unwrap();
    let bytes = (NODES.len() + EDGES.len()) as u64;
    assert_eq!(told.last(), Some(&(bytes, bytes)));
    assert!(told.is_sorted());
}

/// A cell as strangers write it.
fn dirty_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["acme", "bolt", "FIH Mobile", "OWNS", "PARTNERS", "2016-05", "51", "", "x y"]).prop_map(str::to_owned),
        1 => "[ -~\\n\\r\\t\u{7}\u{2028}\u{200b}\u{e9}\"]{0,6}".prop_map(String::from),
        1 => "[\u{a0}\u{3000} ]{1,2}".prop_map(String::from),
        1 => "\"[a-z,\\n]{0,4}\"[a-z\"]{0,1}".prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    /// Whatever strangers' tables hold: each row is used or kept aside, and what comes of the rest is a graph file that
    /// opens without an error and says the same.
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
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

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

//! Rows that cannot be used, with their messages.

use super::*;

#[test]
fn what_cannot_be_used_is_kept_aside() {
    let aside = |name: &str, row: &[u8], kept: &str| check(name, row, &[], &format!("edges.csv,2,{kept}\n"));
    aside(
        "unknown",
        b"1,acme,nobody,OWNS,,,,,\n",
        "column `dst`: no entity has the id `nobody`,1,acme,nobody,OWNS,,,,,",
    );
    aside(
        "kind",
        b"1,acme,bolt,LOVES,,,,,\n",
        "column `type`: the mapping knows no kind `LOVES`,1,acme,bolt,LOVES,,,,,",
    );
    aside("no kind", b"1,acme,bolt,,,,,,\n", "column `type`: the kind is empty,1,acme,bolt,,,,,,");
    aside(
        "self",
        b"1,acme,acme,PARTNERS,,,,,\n",
        "column `dst`: `acme` is named twice in the role `between`,1,acme,acme,PARTNERS,,,,,",
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
        "column `share`: a `Partnership` has no share,1,acme,bolt,PARTNERS,,,5,,",
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
        "column `source`: a control character (\\u{a}) in the source,1,acme,bolt,OWNS,,,,,\"filing\n7\"",
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

/// A row can be fixed in one go: all of its problems are reported.
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
            "3: column `id`: `?` has no letter",
            "column `name`: a control character",
            "column `type`: the mapping knows no kind `Thing`",
            "column `country`: `XQ` is not a country",
        ],
    );
    starts(1, &["4: column `id`: the id is empty", "column `country`: `Narnia` is not a country"]);
    starts(2, &["5: column `type`: the kind is empty"]);
    starts(
        3,
        &[
            "2: column `dst`: no entity has the id `nobody`",
            "column `start`: `2015-02-30`",
            "column `end`: `soon` is not",
            "column `share`: `101%` is",
            "column `amount`: `USD 12x` is not",
        ],
    );
    starts(4, &["3: column `type`: the mapping knows no kind `LOVES`", "column `share`: `101%` is"]);
    starts(
        5,
        &["4: column `dst`: no entity has the id `nobody`", "column `share`: a `Partnership` has no share"],
    );
    starts(6, &["5: the role `owner` is empty", "column `start`: `2015-13`"]);
    starts(7, &["6: column `dst`: `acme` is named twice in the role `between`"]);
    starts(8, &["7: column `dst`: no entity has the id `nobody`", "column `id`: `\u{2603}` has no letter"]);
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

/// Facts of a company whose row was rejected say so, whatever the reason.
#[test]
fn facts_of_what_is_kept_aside_say_so() {
    let nodes = "id,type,name,country\nacme,Company,Acme,\nFIH Mobile,Company,,UK\nlong,Company,L,,\nA_1,Company,A,\nA-1,Company,B,\nacme,Company,Other,\n";
    let edges = "1,acme,fih mobile,OWNS,,,,,\n2,acme,Long,OWNS,,,,,\n3,acme,A-1,OWNS,,,,,\n4,acme,A_1,OWNS,,,,,\n5,acme,fih-mobile,OWNS,,,,,\n";
    let folder = Folder::new("aside", nodes, format!("{EDGES}{edges}"));
    let imported = folder.import(&mut Vec::new()).unwrap();
    let aside =
        |id: &str| format!("column `dst`: no entity has the id `{id}`: its row in `nodes.csv` is rejected");
    let said: Vec<&str> = imported.first_rejects.iter().map(|reject| reject.reason.as_str()).collect();
    assert_eq!(
        said[4..],
        [
            aside("fih mobile"),
            aside("Long"),
            aside("A-1"),
            "column `dst`: no entity has the id `fih-mobile`".to_owned()
        ]
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
    assert_eq!(imported.first_rejects[0].reason, "column `source`: the text is not UTF-8");
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
    assert_eq!(reasons[0], (3, "column `id`: the id `acme` is taken by a row before"));
    assert_eq!(reasons[1], (4, "column `id`: the id is empty"));
    assert_eq!(reasons[2], (5, "column `type`: the mapping knows no kind `Thing`"));
    assert_eq!(reasons[3].1, "column `name`: a control character (\\u{7}) in the name");
    assert_eq!(reasons.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3, 4, 5, 6, 7, 9, 11]);
    assert_eq!(reasons.len(), 7);
}

/// Ids that fold into the same id are distinguished by their spelling: no company gets the facts of another.
#[test]
fn ids_are_matched_as_they_are_written() {
    let nodes = "id,type,name,country\nA_1,Company,Alpha,us\nA-1,Company,Gamma,UK\nZo\u{6771},Company,Zo One,\nZo,Company,Two,\nFIH Mobile,Company,FIH,\nBOLT,Company,Bolt,\n";
    let edges = "A_1,BOLT\nA-1,bolt\nA#1,bolt\na-1,bolt\nZo\u{6771},Bolt\nzo\u{6771},bolt\nZo,bolt\nfih mobile,bolt\nfih-mobile,bolt\nFIH.Mobile,bolt\n";
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
    assert!(reasons[0].starts_with("column `country`: `UK` is not a country ("), "{reasons:?}");
    let second = reasons[1].to_owned();
    assert!(second.ends_with("as that of a row before, `Zo\u{6771}`: give one of them another"), "{second}");
    assert_eq!(
        reasons[2..],
        [
            ("A-1", " in `nodes.csv` is rejected"),
            ("A#1", ""),
            ("Zo", " in `nodes.csv` is rejected"),
            ("FIH.Mobile", "")
        ]
        .map(|(id, aside)| format!(
            "column `src`: no entity has the id `{id}`{}{aside}",
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

/// Letters with accents count: names that differ only in them have different ids.
#[test]
fn ids_keep_letters_with_accents_as_letters() {
    let nodes = "id,type,name,country\nM\u{fc}ller GmbH,Company,A,\nM\u{f6}ller GmbH,Company,B,\nGro\u{df} & Søn A/S,Company,C,\nMo\u{308}bel \u{130}n\u{e7},Company,D,\n\u{141}\u{f3}d\u{17a} \u{6771},Company,E,\n";
    let folder =
        Folder::new("accents", nodes, format!("{EDGES}1,M\u{f6}ller GmbH,M\u{fc}ller GmbH,SUPPLIES,,,,,\n"));
    let imported = folder.import(&mut Vec::new()).unwrap();
    let ids: Vec<_> = imported.graph.view().entities().map(|entity| entity.id()).collect();
    assert_eq!(ids, ["gross-son-a-s", "lodz", "mobel-inc", "moller-gmbh", "muller-gmbh"]);
    assert_eq!(imported.rejected, 0);
    assert_eq!(imported.graph.view().relations().next().unwrap().from().id(), "moller-gmbh");
}

/// Text that is too long for a graph file is rejected, and long text gives a short id.
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
            "column `id`: the id is longer than 1024 characters",
            "column `source`: the source is longer than 65536 bytes",
            "column `id`: the id is longer than 1024 characters"
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
        "edges.csv,3,column `id`: the id `1` is taken by a row before,1,bolt,acme,OWNS,,,,,\n",
    );
}

/// Two tables may be read as one: what the first uses, the second may not use again.
#[test]
fn ids_of_facts_are_compared_over_tables() {
    let folder = Folder::new("tables", NODES, format!("{EDGES}1,acme,bolt,OWNS,,,,,\n"));
    let table = r#"(file: "edges.csv", id: "id", always: (fact: "Supply", roles: {"supplier": ["src"], "customer": ["dst"]}))"#;
    let mapping = MAPPING.replacen("facts: [", &format!("facts: [ {table},"), 1);
    let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
    assert_eq!(imported.graph.view().facts().count(), 1);
    assert_eq!(imported.first_rejects[0].reason, "column `id`: the id `1` is taken by a row before");
}

/// Every reason has the code that `check` has for the same in a file.
#[test]
fn reasons_have_the_codes_of_files() {
    let nodes = "id,type,name,country\nacme,Company,Acme,\nbolt,Company,Bolt,\n?,Firm,\"a\u{7}\",Narnia\nacme,Company,Again,\n,Company,,\nc,Unit,C,\n";
    let long = "s".repeat(70_000);
    let edges = format!(
        "1,acme,nobody,OWNS,2015-13,soon,101,12x,\n1,acme,bolt,PARTNERS,,,5,,\n2,acme,bolt,LOVES,,,,,\n3,acme,acme,PARTNERS,,,,,\n\
         4,acme,,PARTNERS,,,,,\n5,,bolt,OWNS,,,,,\n6,acme,bolt\n7,acme,bolt,OWNS,,,,,{long}\n8,acme,bolt,OWNS,,,,,\"a\nb\"\n\
         9,acme,bolt,OWNS,,,,,\n9,acme,bolt,OWNS,,,,,\n10,\"ac\"me,bolt,OWNS,,,,,\n"
    );
    let mut edges = [EDGES.as_bytes(), edges.as_bytes()].concat();
    edges.extend_from_slice(b"11,\xff,bolt,OWNS,,,,,\n");
    let folder = Folder::new("codes", nodes, &edges);
    let imported = folder.import(&mut Vec::new()).unwrap();
    let codes = |reject: &keiretsu::Reject| {
        let codes: Vec<&str> = reject.codes.iter().map(|code| code.as_str()).collect();
        format!("{}:{} {}", reject.file, reject.line, codes.join(" "))
    };
    let found: Vec<String> = imported.first_rejects.iter().map(codes).collect();
    let expected = [
        "nodes.csv:4 E0408 E0410 E0202 E0406",
        "nodes.csv:5 E0208",
        "nodes.csv:6 E0412",
        "nodes.csv:7 E0205",
        "edges.csv:2 E0301 E0401 E0404 E0403",
        "edges.csv:3 E0203",
        "edges.csv:4 E0202",
        "edges.csv:5 W0906",
        "edges.csv:6 E0206",
        "edges.csv:7 E0205",
        "edges.csv:8 E0103",
        "edges.csv:9 E0504",
        "edges.csv:10 E0410",
        "edges.csv:13 E0208",
        "edges.csv:14 E0101",
        "edges.csv:15 E0102",
    ];
    assert_eq!(found, expected);
}

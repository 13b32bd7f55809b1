//! How tables are written: separators, quotes, lines, blocks.

use super::*;

/// The same table with other separators gives the same graph and the same rejects; commas are text there.
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

/// If a table has another separator than the mapping says, the message shows the line to write.
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
    assert_eq!(error.to_string(), "the mapping, line 3: there is no separator `::`");
    assert_eq!(error.suggestion(), Some(r#"known are ",", ";", "\t", "|""#));
}

/// Each row is reported with the line number that an editor shows, whatever line endings come before it.
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

/// Tables are read in blocks: a quoted cell may cross the end of one.
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

/// With more rows than fit in a block, the order of rows, rejects and line numbers is kept.
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
    // A source that spans two lines moves all following rows down by one.
    let lines = (0..20_u64).flat_map(|n| [n * 1_000 + 9 + n, n * 1_000 + 10 + n]);
    assert_eq!(kept, lines.collect::<Vec<_>>());
    let sources: Vec<_> =
        imported.graph.to_records().sources.iter().map(|source| source.title.clone()).collect();
    assert_eq!(sources.len(), 20_000 - 40);
    assert_eq!(sources[7], "filing:9");
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

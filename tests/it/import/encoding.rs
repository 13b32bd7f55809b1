//! Tables that are not UTF-8: the probable encoding, and how to convert them.

use super::*;

/// The hints for a table of entities and one of facts, and the number of rejected rows.
fn hints(name: &str, nodes: &[u8], edges: &[u8]) -> (Vec<String>, u64) {
    let nodes = [NODES.as_bytes(), nodes].concat();
    let folder = Folder::new(&format!("encoding {name}"), nodes, [EDGES.as_bytes(), edges].concat());
    let imported = folder.import(&mut Vec::new()).unwrap();
    (imported.hints, imported.rejected)
}

const CONVERT: &str = "convert the table, as with `iconv -f WINDOWS-1252 -t UTF-8`";

/// Western European letters occur singly between others; one is shown so that people can check the guess.
#[test]
fn western_letters_seem_to_be_windows_1252() {
    let seems = |rows: &str, word: &str| {
        format!("{rows} not UTF-8, but seem to be Windows-1252, as `{word}` would be: {CONVERT}")
    };
    let edges = b"1,acme,bolt,OWNS,,,,,le caf\xe9 \x96 noir\n2,acme,bolt,OWNS,,,,,filing\n3,acme,bolt,OWNS,,,,,Stra\xdfe\n";
    assert_eq!(hints("cafe", b"", edges), (vec![seems("2 rows of `edges.csv` are", "café")], 2));
    let nodes = b"z,Company,Gro\xdf,\ny,Company,\"\x80 \x84Muster\x93\",\n";
    assert_eq!(hints("nodes", nodes, b""), (vec![seems("2 rows of `nodes.csv` are", "Groß")], 2));
    let (both, count) = hints("both", b"z,Company,\xd6l AG,\n", edges);
    let one = "1 row of `nodes.csv` is not UTF-8, but seems to be Windows-1252, as `Öl` would be";
    assert_eq!(both, [format!("{one}: {CONVERT}"), seems("2 rows of `edges.csv` are", "café")]);
    assert_eq!(count, 3);
    // Whatever else is wrong with the row, and however many rows there are.
    assert_eq!(
        hints("short", b"", b"1,acme,\xe4\n").0[0].split(':').next(),
        Some("1 row of `edges.csv` is not UTF-8, but seems to be Windows-1252, as `ä` would be")
    );
    let many = b"1,acme,bolt,OWNS,,,,,Zo\xeb\n".repeat(9_000);
    assert_eq!(hints("many", b"", &many), (vec![seems("9000 rows of `edges.csv` are", "Zoë")], 9_000));
}

/// Converting a table with some UTF-8 rows would spoil those.
#[test]
fn rows_of_two_encodings_are_told_apart() {
    let told = "1 row of `edges.csv` is not UTF-8, but seems to be Windows-1252, as `café` would be, while others are UTF-8: mend this row alone";
    let good = "2,acme,bolt,OWNS,,,,,caf\u{e9}\n".as_bytes();
    let bad = b"1,acme,bolt,OWNS,,,,,caf\xe9\n";
    let plain = b"1,acme,bolt,OWNS,,,,,\n".repeat(6_000);
    let of = |rows: &[&[u8]]| hints("mixed", b"", &rows.concat()).0;
    assert_eq!(of(&[bad, good]), [told]);
    assert_eq!(of(&[good, &plain, bad]), [told]);
    assert_eq!(of(&[bad, &plain, good]), [told]);
    let two = told
        .replace("1 row", "2 rows")
        .replace(" is ", " are ")
        .replace("seems", "seem")
        .replace("this row", "these rows");
    assert_eq!(of(&[bad, good, bad]), [two]);
    // A byte order mark is not a row.
    let folder = Folder::new("encoding mark", NODES, ["\u{feff}".as_bytes(), EDGES.as_bytes(), bad].concat());
    let hints = folder.import(&mut Vec::new()).unwrap().hints;
    assert!(hints[0].ends_with(CONVERT), "{hints:?}");
}

/// In other scripts such letters are adjacent, and other code pages use bytes that Windows-1252 lacks.
#[test]
fn other_encodings_are_not_guessed() {
    let unknown = "1 row of `nodes.csv` is not UTF-8, and does not seem to be Windows-1252: find out which encoding the table has, and convert it with `iconv -f ENCODING -t UTF-8`";
    for (name, letters) in [
        ("gb18030", &b"\xd0\xa1\xc3\xd7\xbf\xc6\xbc\xbc"[..]),
        ("shift-jis", b"\x83\\\x83j\x81[\x8a\x94\x8e\xae\x89\xef\x8e\xd0"),
        ("windows-1251", b"\xc3\xe0\xe7\xef\xf0\xee\xec"),
        ("cp850", b"M\x81ller"),
    ] {
        let row = [b"z,Company,", letters, b",\n"].concat();
        assert_eq!(hints(name, &row, b""), (vec![unknown.to_owned()], 1), "{name}");
    }
}

/// A missing column is not compared with a column whose name is unreadable.
#[test]
fn the_first_row_may_be_of_another_encoding() {
    let mapping = MAPPING.replace("name: \"name\"", "name: \"Gr\u{f6}\u{df}e\"");
    let folder = Folder::new("encoding header", b"id,type,Gr\xf6\xdfe,country\na,Company,A,\n", EDGES);
    let error = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap_err();
    let told = (error.to_string(), error.suggestion().map(str::to_owned));
    let hint =
        format!("its first row is not UTF-8, but seems to be Windows-1252, as `Größe` would be: {CONVERT}");
    assert_eq!(told, ("`nodes.csv` has no column `Gr\u{f6}\u{df}e`".to_owned(), Some(hint)));
    // It may be as it is, if nobody asks for it.
    let folder = Folder::new("encoding unused", b"id,type,name,country,Gr\xf6\xdfe\na,Company,A,,x\n", EDGES);
    assert_eq!(folder.import(&mut Vec::new()).unwrap().rejected, 0);
}

#[test]
fn wide_letters_are_told_with_how_to_convert_them() {
    let four = |order: fn(u32) -> [u8; 4]| -> Vec<u8> {
        format!("\u{feff}{NODES}").chars().flat_map(|c| order(c.into())).collect()
    };
    let wide = |mark: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        format!("{mark}{NODES}").encode_utf16().flat_map(bytes).collect()
    };
    for (name, text, encoding) in [
        ("le mark", wide("\u{feff}", u16::to_le_bytes), "UTF-16"),
        ("be mark", wide("\u{feff}", u16::to_be_bytes), "UTF-16"),
        ("le", wide("", u16::to_le_bytes), "UTF-16LE"),
        ("be", wide("", u16::to_be_bytes), "UTF-16BE"),
        ("le of four", four(u32::to_le_bytes), "UTF-32"),
        ("be of four", four(u32::to_be_bytes), "UTF-32"),
    ] {
        let error =
            Folder::new(&format!("encoding {name}"), text, EDGES).import(&mut Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), format!("`nodes.csv` is {}; only UTF-8 is read", &encoding[..6]));
        assert_eq!(
            error.suggestion(),
            Some(format!("convert the table, as with `iconv -f {encoding} -t UTF-8`").as_str())
        );
    }
}

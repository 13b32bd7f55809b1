//! What the cells of each column may contain.

use super::*;

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
        assert!(
            reasons[0].starts_with(&format!("column `share`: `{text}` is not a share between 0 and 1")),
            "{reasons:?}"
        );
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
        ("the mapping, line 6: there is no unit of shares `fractions`", Some("did you mean `fraction`?"))
    );
}

/// The imported values of a column with these cells, one per row.
fn of_column(name: &str, settings: &str, column: &str, cells: &[&str]) -> Imported {
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
    CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap()
}

/// Numbers with a decimal comma are read if the mapping says so, and ambiguous ones are rejected.
#[test]
fn numbers_may_have_decimal_commas() {
    let import = |name: &str, settings: &str, column: &str, cells: &[&str]| {
        let imported = of_column(name, settings, column, cells);
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
            "column `x`: `{cell}` is no number with a decimal comma, as in `60,84` or `1.500,50` (the mapping has `decimal: \",\"`)"
        );
        assert_eq!(reasons, [said]);
    }
    // Other problems are reported for the number as read.
    let (_, reasons, _) = import("decimal", comma, "share", &["101,5", "1.500", "half"]);
    assert_eq!(
        reasons[..2],
        [
            "column `x`: `101,5%` is not a share (a share is at most `100%`)",
            "column `x`: `1.500` is read as `1500`: `1500%` is not a share (a share is at most `100%`)",
        ]
    );
    assert!(reasons[2].starts_with("column `x`: `half` is not a share ("), "{}", reasons[2]);
    // Suggested numbers are written with a comma, and a range is not a number.
    let (_, reasons, _) =
        import("decimal", comma, "amount", &["EUR 1,5 millions", "1.500,25..1,5", "about 1,5"]);
    assert_eq!(
        reasons,
        [
            "column `x`: `EUR 1,5 millions` is not an amount of money (write `EUR 1,5 million`)",
            "column `x`: `1.500,25..1,5` is read as `1500,25..1,5`: `EUR 1500,25..1,5` is not an amount of money (the lower number comes first: write `EUR 1,5..1500,25`)",
            "column `x`: `about 1,5` is not an amount of money (write the currency code first, as in `USD 350 million`)",
        ]
    );
    assert_eq!(
        import("unit", comma, "share", &["0,6", "0,25"]).2,
        [
            "no share in the column `x` of `edges.csv` is above 1%: if 0,6 means 60% there, write `share_unit: \"fraction\"`"
        ]
    );
    // If the mapping does not say it, one hint covers the whole table.
    let hint = |rows: &str| {
        format!(
            "{rows} of `edges.csv` rejected for a number with a comma: if 60,84 is 60.84 there, write `decimal: \",\"`"
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
    let told = (error.to_string(), error.suggestion());
    assert_eq!(
        told,
        ("the mapping, line 6: there is no decimal mark `;`".to_owned(), Some("known are \".\", \",\""))
    );
}

/// If all numbers have three digits after every point, the points may be separators: a hint asks.
#[test]
fn points_before_three_digits_are_asked_about() {
    let hints =
        |column: &str, settings: &str, cells: &[&str]| of_column("points", settings, column, cells).hints;
    let hint = |count: usize, first: &str, plain: &str| {
        let numbers = if count == 1 { "number" } else { "numbers" };
        format!(
            "every point in the column `x` of `edges.csv` stands before three digits, as in `{first}` ({count} {numbers}): if that is {plain} there, write `decimal: \",\"`"
        )
    };
    let three = &["250.000", "1.500", "12", "999.999"][..];
    for (cells, told) in [
        (three, Some(hint(3, "250.000", "250000"))),
        (&["~1.500", ">=2.500", "USD 3.500", "700"], Some(hint(3, "1.500", "1500"))),
        (&["1.500..2.500", "3.250"], Some(hint(3, "1.500", "1500"))),
        // Only numbers with points between their digits are affected.
        (&["5", "1.234.567"], Some(hint(1, "1.234.567", "1234567"))),
        (&["1.234.567", "2.500"], Some(hint(2, "1.234.567", "1234567"))),
        // Two may be a coincidence, and a number with decimals after its point decides for the others.
        (&["250.000", "1.500"], None),
        (&["250.000", "1.500", "2.500", "0.5"], None),
        (&["250.000", "1.500", "2.500", "12.50"], None),
        (&["250.000", "1.500", "2.500", "1234.567"], None),
        (&["250.000", "1.500", "2.500", "0.125"], None),
        (&["0.125", "0.250", "0.500"], None),
        (&["1.5000", "1.234.567"], None),
        (&["1.234.56"], None),
        (&["1500", "250"], None),
        (&["undisclosed", "..", "1..2", ". . ."], None),
    ] {
        for column in ["amount", "quantity"] {
            let (told, cells): (Vec<_>, Vec<_>) = match column {
                // A quantity has no currency.
                "quantity" => (
                    told.iter().cloned().collect(),
                    cells.iter().map(|cell| cell.trim_start_matches("USD ")).collect(),
                ),
                _ => (told.iter().cloned().collect(), cells.to_vec()),
            };
            assert_eq!(hints(column, "", &cells), told, "{column} {cells:?}");
            assert_eq!(hints(column, r#"decimal: ",","#, &cells), [""; 0], "{column} {cells:?}");
        }
    }
    // With a scale word, three decimals may be a coincidence: it decides nothing.
    assert_eq!(hints("amount", "", &["1.500 million", "2.500 million", "1.250 billion"]), [""; 0]);
    assert_eq!(hints("amount", "", &["250.000", "1.500", "2.500", "1.5 million"]), [""; 0]);
    assert_eq!(hints("amount", "", &[three, &["1.500 million"]].concat()), [hint(3, "250.000", "250000")]);
    // No share is above 100%: three digits behind the point are decimals.
    assert_eq!(hints("share", "", &["12.500", "33.333", "5.125"]), [""; 0]);
    // A comma after points is a decimal comma, which has its own message; a comma before points is not.
    let told = hints("amount", "", &["1.500,50", "250.000", "2.500"]);
    assert_eq!(told[1..], [hint(3, "1.500,50", "1500.50")]);
    assert_eq!(hints("amount", "", &["1,500.250", "250.000", "2.500", "1.234.567"]), [""; 0]);
    // However many blocks there are.
    let many: Vec<String> = (0..20_000).map(|n| format!("{}.{:03}", n % 900 + 1, n % 1_000)).collect();
    let mut many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(hints("amount", "", &many), [hint(20_000, "1.000", "1000")]);
    many.push("12.5");
    assert_eq!(hints("amount", "", &many), [""; 0]);
}

/// Every field of facts that does not refer to another fact has a column, with the same meaning as in a graph file.
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

/// Each malformed cell of these columns, and its message.
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
        assert!(found.starts_with(&format!("column `x`: {said}")), "{column}: {found}");
    }
    assert_eq!(
        reason("long", "note", &"x".repeat(70_000)),
        "column `x`: the note is longer than 65536 bytes"
    );
}

/// A source has one publication date: rows with a different one are rejected, wherever they are.
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
            "5: column `p`: `published` is the date of a source, and none is named",
            "9006: column `p`: the source `one` is published 2016-05 in a row before, and 2016-06 here",
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
fn ends_can_be_open_or_unknown() {
    check(
        "ends",
        b"1,acme,bolt,OWNS,2015,open,,,\n2,bolt,acme,OWNS,2014,unknown,,,\n",
        &[
            "Acme owns a share of Bolt, Ltd (since 2015, going on)",
            "Bolt, Ltd owned a share of Acme (since 2014, ended, not known when)",
        ],
        "",
    );
}

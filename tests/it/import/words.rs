//! What sources say: quotes, locations, and speakers.

use super::*;

const MAPPING: &str = r#"Mapping(
    entities: [ (file: "nodes.csv", id: "id", name: "name", kind: "type") ],
    facts: [ (
        file: "edges.csv", id: "id", since: "since", share: "share", source: "source", quote: "words", locator: "page", said_by: "who",
        always: (fact: "Ownership", roles: {"owner": ["a"], "owned": ["b"]}),
    ) ],
)"#;

fn import(name: &str, rows: &str) -> Imported {
    let header = "id,a,b,since,share,source,words,page,who\n";
    let folder = Folder::new(&format!("words {name}"), NODES, format!("{header}{rows}"));
    CsvImport::new(Mapping::from_ron(MAPPING).unwrap(), &folder.0).run().unwrap()
}

/// Facts with and without quotes alternate, and all are as in a graph file.
#[test]
fn words_are_those_of_the_source() {
    let imported = import(
        "all",
        "one,acme,bolt,,60,register,\"holds 60%\nof Bolt\",page 4,the registrar\n\
         two,bolt,acme,2019,5,register,,,\n\
         two,bolt,acme,2019,7,register,not that,,\n\
         three,acme,fih-mobile,2020-01,,paper,it owns FIH,,\n\
         four,fih-mobile,acme,,,,,,\n\
         five,bolt,fih-mobile,,1,paper,,page 5,\n\
         six,fih-mobile,bolt,,,paper,,,a clerk\n",
    );
    assert_eq!((imported.rows, imported.rejected), (10, 1));
    let written = r#"Graph(
        sources: { "register": (title: "register"), "paper": (title: "paper") },
        companies: {
            "a-very-long-id-indeed": (name: "Long"), "acme": (name: "Acme"), "bolt": (name: "Bolt, Ltd"), "fih-mobile": (name: "fih-mobile"),
        },
        facts: [
            Ownership(id: "one", owned: "bolt", owner: "acme", share: "60%",
                evidence: [(source: "register", quote: "holds 60%\nof Bolt", locator: "page 4", said_by: "the registrar")]),
            Ownership(id: "two", owned: "acme", owner: "bolt", share: "5%", since: "2019", evidence: [(source: "register")]),
            Ownership(id: "three", owned: "fih-mobile", owner: "acme", since: "2020-01", quotes: {"paper": ["it owns FIH"]}),
            Ownership(id: "four", owned: "acme", owner: "fih-mobile", unsourced: true),
            Ownership(id: "five", owned: "fih-mobile", owner: "bolt", share: "1%", evidence: [(source: "paper", locator: "page 5")]),
            Ownership(id: "six", owned: "bolt", owner: "fih-mobile", evidence: [(source: "paper", said_by: "a clerk")]),
        ],
    )"#;
    let file = Graph::from_ron(written).unwrap();
    let (found, expected) = (imported.graph.to_records(), file.to_records());
    assert_eq!(found.facts, expected.facts);
    assert_eq!(found.sources, expected.sources);
    let quotes = |graph: &Graph| -> Vec<Option<String>> {
        let first = |fact: keiretsu::Fact<'_>| {
            fact.evidence().next().and_then(|said| said.quote().map(str::to_owned))
        };
        graph.view().facts().map(first).collect()
    };
    assert_eq!(quotes(&imported.graph), quotes(&file));
    assert_eq!(Graph::from_ron(&keiretsu::to_ron(&found)).unwrap().to_records(), found);
}

#[test]
fn words_that_cannot_be_used_are_told() {
    let long = "x".repeat(70_000);
    let imported = import(
        "wrong",
        &format!(
            "1,acme,bolt,,,,said,,\n2,acme,bolt,,,,,page 4,me\n3,acme,bolt,,,s,a\u{7},\"b\nc\",\n4,acme,bolt,,,s,{long},,\n5,acme,bolt,,,s, ,,\n"
        ),
    );
    let said: Vec<String> =
        imported.first_rejects.iter().map(|reject| format!("{}: {}", reject.line, reject.reason)).collect();
    assert_eq!(
        said,
        [
            "2: column `words`: `quote` is of a source, and none is named",
            "3: column `page`: `locator` is of a source, and none is named; also column `who`: `said_by` is of a source, and none is named",
            "4: column `words`: a control character (\\u{7}) in the quote; also column `page`: a control character (\\u{a}) in the locator",
            "6: column `words`: the quote is longer than 65536 bytes",
        ]
    );
    assert_eq!(imported.graph.to_records().facts[0].evidence[0].quote, None);
}

/// However many blocks there are, each fact has its own.
#[test]
fn words_stay_with_their_facts() {
    let rows: String = (0..9_000)
        .map(|n| {
            let (a, b) = if n % 2 == 0 { ("acme", "bolt") } else { ("bolt", "acme") };
            let words = if n % 3 == 0 { format!("words {n}") } else { String::new() };
            format!("f{n},{a},{b},,,source {},{words},,\n", n % 5)
        })
        .collect();
    let facts = import("many", &rows).graph.to_records().facts;
    assert_eq!(facts.len(), 9_000);
    for (n, fact) in facts.iter().enumerate() {
        let words = n.is_multiple_of(3).then(|| format!("words {n}"));
        assert_eq!(fact.evidence[0].quote, words, "{n}");
        assert_eq!(fact.evidence[0].source.as_str(), format!("source-{}", n % 5));
    }
}

/// Further sources come after the first, each once; a fact may have them without the first.
#[test]
fn facts_may_have_further_sources() {
    let mapping =
        MAPPING.replace("source: \"source\",", "source: \"source\", more_sources: [\"page\", \"who\"],");
    let mapping = mapping.replace("locator: \"page\", said_by: \"who\",", "");
    let long = "x".repeat(70_000);
    let rows = format!(
        "id,a,b,since,share,source,words,page,who\n\
         1,acme,bolt,,,one,said,two,three\n2,bolt,acme,,,,,two,\n3,acme,fih-mobile,,,one,,,three\n\
         4,fih-mobile,acme,,,one,,two,two\n5,fih-mobile,bolt,,,one,,one,one\n6,bolt,fih-mobile,,,,,,\n\
         7,acme,bolt,,,fresh,,{long},two\n8,acme,bolt,,,,said,two,\n"
    );
    let folder = Folder::new("words more", NODES, rows);
    let imported = CsvImport::new(Mapping::from_ron(&mapping).unwrap(), &folder.0).run().unwrap();
    let records = imported.graph.to_records();
    let sources = |fact: &keiretsu::FactRecord| {
        let said = fact.evidence.iter().map(|said| (said.source.to_string(), said.quote.clone()));
        (said.collect::<Vec<_>>(), fact.unsourced)
    };
    let bare = |id: &str| (id.to_owned(), None);
    assert_eq!(
        records.facts.iter().map(sources).collect::<Vec<_>>(),
        [
            (vec![("one".to_owned(), Some("said".to_owned())), bare("two"), bare("three")], false),
            (vec![bare("two")], false),
            (vec![bare("one"), bare("three")], false),
            (vec![bare("one"), bare("two")], false),
            (vec![bare("one")], false),
            (vec![], true),
        ]
    );
    // A rejected row leaves no source behind.
    let ids: Vec<&str> = records.sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["one", "two", "three"]);
    let reasons: Vec<&str> = imported.first_rejects.iter().map(|reject| reject.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "the source is longer than 65536 bytes",
            "column `words`: `quote` is of a source, and none is named",
        ]
    );
    assert_eq!(Graph::from_ron(&keiretsu::to_ron(&records)).unwrap().to_records(), records);
    let missing = mapping.replace("[\"page\", \"who\"]", "[\"pages\"]");
    let error = CsvImport::new(Mapping::from_ron(&missing).unwrap(), &folder.0).run().unwrap_err();
    let told = (error.to_string(), error.suggestion().map(str::to_owned));
    assert_eq!(
        told,
        ("`edges.csv` has no column `pages`".to_owned(), Some("did you mean `page`?".to_owned()))
    );
}

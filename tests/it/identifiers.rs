//! Looking up entities by register numbers, and by the names they had at a time.

use keiretsu::{Error, ErrorKind, Graph, View};

fn graph() -> Graph {
    Graph::from_ron(
        r#"Graph(
            companies: {
                "osk": (name: "Osier Kraft GmbH", country: "DE", identifiers: (
                    lei: "529900T8BM49AURSDO55", wikidata: "Q42", isin: ["US0378331005"],
                    register: [("DE", "HRB 12345"), ("GB", "07444723"), ("US-DE", "2918-401")],
                )),
                "tin": (name: "Tin Works", country: "GB", identifiers: (register: [("GB", "00000077")])),
                "oak": (name: "Oak Mills", country: "NO", identifiers: (register: [("NO", "77"), ("DE", "Jena HRB 9")])),
            },
            patents: {
                "lens": (name: "Lens patent", number: "US 9111222 B2"),
                "lens-ep": (name: "Lens patent, Europe", number: "EP 2111222"),
                "late": (name: "Lens application", number: "US 2012/0123456 A1"),
            },
        )"#,
    )
    .unwrap()
}

fn id<'g>(found: Result<keiretsu::Entity<'g>, Error>) -> Result<&'g str, ErrorKind> {
    found.map(keiretsu::Entity::id).map_err(|error| error.kind())
}

#[test]
fn a_number_is_found_as_people_write_it() {
    let graph = graph();
    let table = [
        ("529900T8BM49AURSDO55", Ok("osk")),
        ("529900t8bm49 aursdo55", Ok("osk")),
        ("LEI: 529900T8BM49AURSDO55", Ok("osk")),
        ("US0378331005", Ok("osk")),
        ("Q42", Ok("osk")),
        ("q42", Ok("osk")),
        ("wd:Q42", Ok("osk")),
        ("https://www.wikidata.org/wiki/Q42", Ok("osk")),
        ("Q4", Err(ErrorKind::UnknownEntity)),
        ("HRB 12345", Ok("osk")),
        ("hrb12345", Ok("osk")),
        ("HRB 012345", Ok("osk")),
        ("ＨＲＢ　１２３４５", Ok("osk")),
        ("DE HRB 12345", Ok("osk")),
        ("HRA 12345", Err(ErrorKind::UnknownEntity)),
        ("HRB 1234", Err(ErrorKind::UnknownEntity)),
        ("GB 07444723", Ok("osk")),
        ("GB7444723", Ok("osk")),
        ("7444723", Ok("osk")),
        ("company no. 07444723", Ok("osk")),
        ("SE 07444723", Err(ErrorKind::UnknownEntity)),
        ("US-DE 2918-401", Ok("osk")),
        ("US 2918401", Ok("osk")),
        ("77", Err(ErrorKind::AmbiguousName)),
        ("GB 77", Ok("tin")),
        ("NO 77", Ok("oak")),
        ("HRB 9", Ok("oak")),
        ("US 9111222", Ok("lens")),
        ("US9111222B2", Ok("lens")),
        ("us 9,111,222 b2", Ok("lens")),
        ("U.S. Patent No. 9,111,222", Ok("lens")),
        ("US 9111222 A1", Err(ErrorKind::UnknownEntity)),
        ("EP 2 111 222", Ok("lens-ep")),
        ("EP2111222", Ok("lens-ep")),
        ("EP 2111222 B1", Ok("lens-ep")),
        ("US20120123456A1", Ok("late")),
        ("US 2012/0123456", Ok("late")),
    ];
    for (asked, expected) in table {
        assert_eq!(id(graph.view().find(asked)), expected, "{asked}");
        assert_eq!(id(graph.view().find_organisation(asked)), expected, "{asked}");
    }
    // Repeated look-ups use an index and give the same answer.
    for n in 0..100 {
        let (asked, expected) = table[n % table.len()];
        assert_eq!(id(graph.view().find(asked)), expected, "{asked}");
    }
}

#[test]
fn one_number_in_two_registers_is_asked_about() {
    let graph = graph();
    let error = graph.view().find("77").unwrap_err();
    let list = "`77` may be `oak` (a company, Oak Mills, NO, NO 77) or `tin` (a company, Tin Works, GB, GB 00000077)";
    assert_eq!(error.to_string(), list);
}

#[test]
fn a_number_that_nobody_has_is_told_what_is_wrong() {
    let graph = graph();
    let table = [
        (
            "529900T8BM49AURSDO54",
            Some("as an LEI: its check digits do not match: a letter or digit is mistyped"),
        ),
        ("US0378331006", Some("as an ISIN: its check digits do not match: a letter or digit is mistyped")),
        ("US 9111222 A1", Some("`US 9111222 B2` is another document of that number")),
        // The next number is another company.
        ("HRB 12346", None),
    ];
    for (asked, hint) in table {
        let error = graph.view().find(asked).unwrap_err();
        assert_eq!(error.suggestion(), hint, "{asked}");
    }
}

#[test]
fn a_part_of_a_number_is_found() {
    let graph = graph();
    let found = |text: &str| {
        let hits = graph.view().search(text).map(|hit| format!("{}: {}", hit.entity.id(), hit.matched));
        hits.collect::<Vec<_>>()
    };
    assert_eq!(found("HRB 123"), ["osk: DE HRB 12345"]);
    assert_eq!(found("9,111,222"), ["lens: US 9111222 B2"]);
    assert_eq!(found("HRB 9"), ["oak: DE Jena HRB 9"]);
    assert!(found("345").is_empty(), "too short to be more than chance");
}

/// `a` was called Torver until June 2010, `b` has been since; `c` was called so at an unknown time.
fn renamed() -> Graph {
    Graph::from_ron(
        r#"Graph(
            companies: {
                "a": (name: "Torver Legacy plc", former_names: [("Torver plc", "2010-06")], country: "GB"),
                "b": (name: "Torver plc", former_names: [("Newco Ltd", "2010-06")], country: "GB"),
                "c": (name: "Corvid", former_names: ["Osmund"]),
                "d": (name: "Osmund AG"),
                "e": (name: "Fell Ltd", former_names: [("Garth Ltd", "2000"), ("Howe Ltd", "2005")]),
                "f": (name: "Garth Ltd"),
                "g": (name: "Howe Ltd"),
            },
            facts: [ Event(of: "g", what: Founded, completed: "2006-02", unsourced: true) ],
        )"#,
    )
    .unwrap()
}

#[test]
fn a_name_means_who_bore_it_on_the_day() {
    let graph = renamed();
    let on = |name: &str, day: &str| id(graph.as_of(day.parse().unwrap()).find(name));
    let table = [
        ("Torver plc", "2005-06", Ok("a")),
        ("torver", "2005-06", Ok("a")),
        ("TORVER PLC", "2010-05-31", Ok("a")),
        ("Torver plc", "2010-07-01", Ok("b")),
        ("Torver plc", "2010-06-15", Err(ErrorKind::AmbiguousName)),
        ("Torver plc", "2010", Err(ErrorKind::AmbiguousName)),
        // A name of a single entity refers to it on any day.
        ("Newco Ltd", "2015", Ok("b")),
        ("Torver Legacy plc", "2005", Ok("a")),
        ("Osmund", "2015", Err(ErrorKind::AmbiguousName)),
        // It is unknown since when the second has had this name.
        ("Garth Ltd", "1999", Err(ErrorKind::AmbiguousName)),
        ("Garth Ltd", "2003", Ok("f")),
        ("Howe Ltd", "2004", Ok("e")),
        ("Howe Ltd", "2007", Ok("g")),
    ];
    for (name, day, expected) in table {
        assert_eq!(on(name, day), expected, "{name} on {day}");
        let known = graph.view().known_by(day.parse().unwrap());
        assert_eq!(id(known.find(name)), expected, "{name} known by {day}");
    }
}

#[test]
fn without_a_day_a_name_of_two_is_asked_about() {
    let graph = renamed();
    let error = graph.view().find("Torver plc").unwrap_err();
    let list = "`Torver plc` may be `a` (a company, Torver Legacy plc, GB, so called until 2010-06) or \
                `b` (a company, Torver plc, GB, so called since 2010-06)";
    assert_eq!(error.to_string(), list);
    assert_eq!(error.suggestion(), Some("ask by id, or as of a day on which one of them bore the name"));
    let error = graph.view().find("Osmund").unwrap_err().to_string();
    assert!(error.contains("so called once, not known until when"), "{error}");
    assert_eq!(id(graph.view().find("Newco Ltd")), Ok("b"));
}

fn told(view: View<'_>) -> Vec<String> {
    view.entities().map(|entity| entity.to_string()).collect()
}

#[test]
fn text_tells_equal_names_apart() {
    let graph = Graph::from_ron(
        r#"Graph(
            companies: {
                "a": (name: "Meridian", country: "DE"),
                "b": (name: "Meridian", country: "US"),
                "c": (name: "Ostrand", country: "NO", identifiers: (register: [("NO", "1")])),
                "d": (name: "Ostrand", country: "NO", identifiers: (register: [("NO", "2")])),
                "e": (name: "Quell", country: "GB"),
                "f": (name: "Tarn"),
                "g": (name: "Tarn"),
                "h": (name: "MERIDIAN", country: "FR"),
            },
            brands: { "q": (name: "Quell", country: "GB") },
        )"#,
    )
    .unwrap();
    let expected = [
        "Meridian (DE)",
        "Meridian (US)",
        "Ostrand (NO 1)",
        "Ostrand (NO 2)",
        "Quell (company)",
        "Tarn (f)",
        "Tarn (g)",
        "MERIDIAN",
        "Quell (brand)",
    ];
    assert_eq!(told(graph.view()), expected);
    assert!(graph.view().entities().all(|entity| !entity.name().contains('(')));
}

/// Under a second clock names are those of the time, and these are distinguished.
#[test]
fn names_of_the_time_are_told_apart() {
    let graph = Graph::from_ron(
        r#"Graph(companies: {
            "a": (name: "Torver Legacy", former_names: [("Torver", "2010")], country: "GB"),
            "b": (name: "Torver", country: "US"),
        })"#,
    )
    .unwrap();
    assert_eq!(told(graph.view()), ["Torver Legacy", "Torver"]);
    let then = graph.view().known_by("2005".parse().unwrap());
    assert_eq!(told(then), ["Torver (GB)", "Torver (US)"]);
}

/// Compared with a plain pairwise comparison.
#[test]
fn no_two_entities_are_told_alike() {
    let mut builder = Graph::builder();
    for n in 0..600_u32 {
        let id = format!("c{n}").parse().unwrap();
        let name = format!("Company of a rather long name {}", n * n % 401);
        let mut entity = keiretsu::EntityRecord::new(keiretsu::EntityKind::Company, id, name);
        entity.country = ["GB", "US", "DE"].get(n as usize % 4).map(|code| code.parse().unwrap());
        builder.entity(entity);
    }
    let graph = builder.build().unwrap();
    let entities: Vec<_> = graph.view().entities().collect();
    let mut seen = std::collections::HashSet::new();
    for entity in &entities {
        let is_twin = entities.iter().any(|other| other != entity && other.name() == entity.name());
        assert_eq!(entity.told_name() != entity.name(), is_twin, "{}", entity.id());
        assert!(seen.insert(entity.to_string()), "{entity}");
    }
}

//! Looking up entities by the names that people use.

use keiretsu::{EntityKind, EntityRecord, ErrorKind, FormerName, Graph, Id};

/// A graph of only these: kind, id, name, other names (former ones begin with `-`).
fn named(entities: &[(EntityKind, &str, &str, &[&str])]) -> Graph {
    let mut builder = Graph::builder();
    for (kind, id, name, others) in entities {
        let mut entity = EntityRecord::new(*kind, id.parse().unwrap(), *name);
        for other in *others {
            match other.strip_prefix('-') {
                Some(former) => {
                    entity.former_names.push(FormerName::new(former, "2010".parse().unwrap()));
                }
                None => entity.aliases.push((*other).to_owned()),
            }
        }
        entity.of = (*kind == EntityKind::Unit).then(|| "xiaomi".parse().unwrap());
        builder.entity(entity);
    }
    builder.build().unwrap()
}

fn small() -> Graph {
    named(&[
        (EntityKind::Company, "xiaomi", "Xiaomi", &["Xioami", "小米", "-Beijing Xiaomi Tech"]),
        (EntityKind::Company, "acme", "Acme Ltd.", &["The Bolt"]),
        (EntityKind::Company, "acme-us", "Acme, Inc.", &[]),
        (EntityKind::Company, "bolt", "Bolt", &[]),
        (EntityKind::Company, "screw", "acme", &[]),
        (EntityKind::Company, "orange-sa", "Orange S.A.", &["-France Telecom"]),
        (EntityKind::Brand, "orange", "Orange", &[]),
        (EntityKind::Brand, "xiaomi-brand", "Xiaomi", &[]),
        (EntityKind::Product, "word", "Microsoft Word", &["Word"]),
        (EntityKind::Product, "mi-5", "Mi 5", &[]),
        (EntityKind::Company, "red-ink", "Rød A/S", &[]),
        (EntityKind::Company, "foxconn", "Hon Hai", &["Foxconn", "-Hon Hai Plastics"]),
        (EntityKind::Company, "newco", "Foxconn Interconnect", &["-Foxconn"]),
    ])
}

/// The id, or the kind of failure.
fn find(graph: &Graph, name: &str) -> Result<String, ErrorKind> {
    graph.view().find(name).map(|entity| entity.id().to_owned()).map_err(|error| error.kind())
}

#[test]
fn ids_then_names_then_aliases_then_what_is_alike() {
    let graph = small();
    let table = [
        ("xiaomi", Ok("xiaomi")),                   // the id, though a brand has the name too
        ("acme", Ok("acme")),                       // the id, though another company is called just so
        ("XIAOMI-Brand", Ok("xiaomi-brand")),       // an id in another case
        ("Red Ink", Ok("red-ink")),                 // a blank for the hyphen
        ("Rod", Ok("red-ink")),                     // a letter that only looks like an o
        ("newCo", Ok("newco")),                     // the same
        ("Acme Ltd.", Ok("acme")),                  // the name, though two more are like it
        ("Acme, Inc.", Ok("acme-us")),              //
        ("bolt", Ok("bolt")),                       // the id
        ("Bolt", Ok("bolt")),                       // the name
        ("The Bolt", Ok("acme")),                   // an alias
        ("小米", Ok("xiaomi")),                     //
        ("Beijing Xiaomi Tech", Ok("xiaomi")),      // a former name
        ("beijing  xiaomi tech!", Ok("xiaomi")),    // alike
        ("France Telecom", Ok("orange-sa")),        //
        ("word", Ok("word")),                       //
        ("WORD", Ok("word")),                       // alike to an alias
        ("orange", Ok("orange")),                   // the id of the brand
        ("Orange", Ok("orange")),                   // the name of the brand
        ("Orange S.A.", Ok("orange-sa")),           //
        ("Hon Hai", Ok("foxconn")),                 //
        ("Xiaomi", Err(ErrorKind::AmbiguousName)),  // a company and a brand
        ("ACME", Err(ErrorKind::AmbiguousName)),    // three are alike
        ("ORANGE", Err(ErrorKind::AmbiguousName)),  //
        ("Foxconn", Err(ErrorKind::AmbiguousName)), // an alias and a former name
        ("Nobody", Err(ErrorKind::UnknownEntity)),
        ("", Err(ErrorKind::UnknownEntity)),
        (" ", Err(ErrorKind::UnknownEntity)),
        ("Ltd.", Err(ErrorKind::UnknownEntity)),
        ("...", Err(ErrorKind::UnknownEntity)),
    ];
    for (name, expected) in table {
        assert_eq!(find(&graph, name), expected.map(str::to_owned), "{name:?}");
    }
}

#[test]
fn where_organisations_are_meant_they_come_first() {
    let graph = small();
    let view = graph.view();
    for (name, id) in
        [("Xiaomi", "xiaomi"), ("Orange", "orange-sa"), ("ORANGE", "orange-sa"), ("Mi 5", "mi-5")]
    {
        assert_eq!(view.find_organisation(name).unwrap().id(), id, "{name}");
    }
    assert_eq!(view.find_organisation("orange").unwrap().id(), "orange", "an id means its entity");
    assert_eq!(view.find_organisation("ACME").unwrap_err().kind(), ErrorKind::AmbiguousName);
}

#[test]
fn an_ambiguous_name_lists_all() {
    let graph = small();
    let error = graph.view().find("Xiaomi").unwrap_err();
    let list = "`Xiaomi` may be `xiaomi` (a company, Xiaomi) or `xiaomi-brand` (a brand, Xiaomi)";
    assert_eq!(error.to_string(), list);
    assert_eq!(error.suggestion(), Some("ask by id"));
    let error = graph.view().find("ACME").unwrap_err().to_string();
    assert!(["`acme`", "`acme-us`", "`screw`"].iter().all(|id| error.contains(id)), "{error}");
}

#[test]
fn an_unknown_name_gets_the_nearest() {
    let graph = small();
    let hint = |name: &str| graph.view().find(name).unwrap_err().suggestion().map(str::to_owned);
    let table = [
        ("Xiaomii", Some("did you mean `Xiaomi`?")),
        ("Xaomi", Some("did you mean `Xiaomi`?")),
        ("Foxcon", Some("did you mean `Foxconn`?")),
        ("FOXCON", Some("did you mean `Foxconn`?")),
        ("Microsoft Wrod", Some("did you mean `Microsoft Word`?")),
        ("France Telekom SA", Some("did you mean `France Telecom`?")),
        ("Entirely different", None),
        ("", None),
        ("x", None),
        ("!!!", None),
    ];
    for (name, expected) in table {
        assert_eq!(hint(name).as_deref(), expected, "{name:?}");
    }
}

/// Pairs of names that people would consider the same.
#[test]
fn writers_vary() {
    let table = [
        ("Telefonica", "Telefónica, S.A."),
        ("TELEFÓNICA S.A.", "Telefónica, S.A."),
        ("Foo", "Foo S.p.A."),
        ("Foo", "Foo Co., Ltd."),
        ("Foo", "Foo Co.,Ltd"),
        ("Foo GmbH", "Foo GmbH & Co. KG"),
        ("foo", "Foo GmbH & Co. KG"),
        ("Novo Nordisk", "Novo Nordisk A/S"),
        ("Novo Nordisk AS", "Novo Nordisk A/S"),
        ("Allegro", "Allegro Sp. z o.o."),
        ("Ｘｉａｏｍｉ", "Xiaomi"),
        ("Xiaomi", "Ｘｉａｏｍｉ　Ｉｎｃ．"),
        ("GROSSMANN", "Großmann AG"),
        ("Großmann", "GROẞMANN"),
        ("ISTANBUL", "İstanbul"),
        ("istanbul", "İSTANBUL A.S."),
        ("Izmir", "ızmır"),
        ("Orsted", "Ørsted A/S"),
        ("Maersk", "Mærsk"),
        ("Lodz", "Łódź"),
        ("ΟΔΟΣ", "οδος"),
        ("Оао Газпром", "ОАО «Газпром»"),
        ("Android", "Android™"),
        ("Word", "Word®"),
        ("O'Reilly", "O’Reilly"),
        ("OReilly", "O'Reilly"),
        ("AT&T", "at & t"),
        ("Coca Cola", "Coca-Cola"),
        ("ｶﾞ", "ガ"),
        ("カ\u{3099}", "ガ"),
        ("한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"),
        ("ﬁnance", "Finance"),
        ("  Foo   Bar ", "Foo Bar"),
        ("Cafe\u{301}", "Café"),
        ("Ltd", "Ltd."),
        ("Company Company", "Company"),
        ("Ромашка", "ООО «Ромашка»"),
        ("Василек", "ООО Василёк"),
        ("Astra Makmur", "PT Astra Makmur Tbk"),
        ("Dacora", "S.C. Dacora S.R.L."),
        ("الراجل", "شركة الراجل"),
        ("Rimba Latvia", "SIA Rimba Latvia"),
        ("山田製作所", "株式会社山田製作所"),
        ("北京星光科技", "北京星光科技有限公司"),
        ("Talleres Gomez", "Talleres Gómez, S.L."),
        ("Ελληνικα Ναυπηγεια", "Ελληνικά Ναυπηγεία Α.Ε."),
        ("Zabowski", "Żabowski Sp. z o.o."),
        ("Sandmo", "AB Sandmo"),
        ("Sandmo AB", "AB Sandmo"),
        ("Mines de Lorval", "Société Anonyme des Mines de Lorval"),
        ("한빛전자", "(주)한빛전자"),
        ("한빛전자㈜", "주식회사 한빛전자"),
    ];
    for (asked, name) in table {
        let graph = named(&[(EntityKind::Company, "the-one", name, &[])]);
        assert_eq!(find(&graph, asked), Ok("the-one".to_owned()), "{asked:?} for {name:?}");
    }
}

/// Pairs of names that are not the same.
#[test]
fn meaning_is_kept() {
    let table = [
        ("カ", "ガ"),
        ("ハ", "パ"),
        ("か", "カ"),
        ("한국", "한구"),
        ("Mi 5", "Mi 5s"),
        ("Foo", "Foo Bar"),
        ("Ltd Foo", "Foo"),
        ("कि", "क"),
        ("Ford", "Fjord"),
        ("!", "?"),
        ("Johnson", "SC Johnson"),
        ("Roma", "Roma Latvia SIA"),
    ];
    for (asked, name) in table {
        let graph = named(&[(EntityKind::Company, "the-one", name, &[])]);
        assert_eq!(find(&graph, asked), Err(ErrorKind::UnknownEntity), "{asked:?} for {name:?}");
    }
}

/// Only firms have a legal form; people may also be written with the last name first.
#[test]
fn names_are_compared_by_what_bears_them() {
    let graph = named(&[
        (EntityKind::Product, "a", "Vela SE", &[]),
        (EntityKind::Product, "b", "Vela", &[]),
        (EntityKind::Person, "c", "Quill, Dora", &[]),
        (EntityKind::Person, "d", "Emil Sand", &[]),
        (EntityKind::Company, "e", "Vandam Trust SA", &[]),
        (EntityKind::Company, "f", "Vandam Trust Ltd", &[]),
        (EntityKind::Company, "g", "Tarjet Corporation", &[]),
        (EntityKind::Company, "h", "Tarjet Australia", &["Tarjet"]),
    ]);
    let table = [
        ("vela", Ok("b")),
        ("VELA SE", Ok("a")),
        ("Dora Quill", Ok("c")),
        ("Sand, Emil", Ok("d")),
        ("Quill", Err(ErrorKind::UnknownEntity)),
        ("VANDAM TRUST S.A.", Ok("e")),
        ("Vandam Trust", Err(ErrorKind::AmbiguousName)),
        // An alias, and another entity's name except for its legal form.
        ("Tarjet", Err(ErrorKind::AmbiguousName)),
    ];
    for (name, expected) in table {
        assert_eq!(find(&graph, name), expected.map(str::to_owned), "{name:?}");
    }
}

#[test]
fn a_part_of_a_name_is_found() {
    let graph = small();
    let ids = |text: &str| {
        let found =
            graph.view().search(text).map(|found| format!("{}: {}", found.entity.id(), found.matched));
        found.collect::<Vec<_>>()
    };
    let orange = ["orange: Orange", "orange-sa: Orange S.A."];
    assert_eq!(ids("oran"), orange);
    assert_eq!(ids("Orange "), orange, "a blank at the end");
    assert_eq!(ids(" -orange"), orange);
    assert_eq!(ids("mi-5"), ["mi-5: Mi 5"]);
    assert_eq!(ids("orange-sa"), ["orange-sa: Orange S.A."]);
    assert_eq!(ids("xiaomi-brand"), ["xiaomi-brand: xiaomi-brand"]);
    assert_eq!(ids("XIOA"), ["xiaomi: Xioami"]);
    assert_eq!(ids("plastics"), ["foxconn: Hon Hai Plastics"]);
    assert_eq!(ids("ltd"), ["acme: Acme Ltd."]);
    assert_eq!(ids("米"), ["xiaomi: 小米"]);
    assert_eq!(ids(","), ["acme-us: Acme, Inc."], "nothing but punctuation is looked for as it is");
    assert!(ids("!!!").is_empty());
    assert!(ids("nobody").is_empty());
    assert_eq!(ids("").len(), graph.view().entities().len(), "the empty text is part of every name");
}

#[test]
fn what_somebody_typed_is_safe_to_print() {
    let graph = small();
    for name in ["\u{1b}[31mred", "a\nb", "\0", "\u{202e}evil", "\u{2066}x", "\u{200b}", "{}", "`", "\u{85}"]
    {
        for error in [graph.view().find(name).unwrap_err(), graph.view().entity(name).unwrap_err()] {
            let message = error.to_string();
            assert_eq!(error.kind(), ErrorKind::UnknownEntity);
            assert!(
                !message.contains(|c: char| c.is_control() || ('\u{202A}'..='\u{202E}').contains(&c)),
                "{message:?}"
            );
        }
        let _ = graph.view().search(name).count();
    }
}

/// A graph of sixty, half of them with names as long as names may be: compared letter by letter with a question of a megabyte,
/// they would take hours.
#[test]
fn a_long_question_is_answered() {
    let mut builder = Graph::builder();
    for n in 0..60 {
        let name =
            if n % 2 == 0 { format!("Company {n}") } else { format!("{n} {}", "long name ".repeat(100)) };
        let id: Id = format!("c{n}").parse().unwrap();
        builder.entity(EntityRecord::new(EntityKind::Company, id, name));
    }
    let graph = builder.build().unwrap();
    let texts =
        [("a", 1_000_000), ("\u{301}", 1_000_000), ("long name ", 50_000), ("ﷺ", 50_000), (".", 50_000)];
    for (text, most) in texts {
        for bytes in [1_000, most] {
            let text = text.repeat(bytes / text.len());
            let error = graph.view().find(&text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnknownEntity);
            assert!(error.to_string().len() < 2_000, "{} bytes", error.to_string().len());
            let _ = graph.view().search(&text).count();
        }
    }
}

/// The nearest name is found without comparing the letters of all: the same one as with a comparison of all.
#[test]
fn the_nearest_name_is_the_one_of_a_full_comparison() {
    let syllables = ["ba", "ko", "Ni", "tel", "é", "ß", "or", "x", "Ai", "mi", "華", "zu"];
    let mut dice = 1_u64;
    let mut name = || {
        let mut text = String::new();
        for _ in 0..=dice % 6 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text += syllables[(dice >> 33) as usize % syllables.len()];
        }
        text
    };
    let names: Vec<String> = (0..300).map(|_| name()).collect();
    for _ in 0..300 {
        let wrong = name();
        // The rule as documented: the most similar above 0.6, the first among equals, ignoring case.
        let mut expected: Option<(f64, &str)> = None;
        for name in &names {
            let distance = distance(&wrong.to_lowercase(), &name.to_lowercase());
            let longest = wrong.to_lowercase().chars().count().max(name.to_lowercase().chars().count());
            let score = 1.0 - distance as f64 / longest as f64;
            if score > expected.map_or(0.6, |(best, _)| best) {
                expected = Some((score, name));
            }
        }
        let found = keiretsu::nearest_name(&wrong, names.iter().map(String::as_str));
        assert_eq!(found, expected.map(|(_, name)| name), "{wrong}");
    }
}

/// The Damerau-Levenshtein distance by its recurrence (Lowrance and Wagner, 1975).
fn distance(one: &str, other: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut cost = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                cost[i][j] = i + j;
                continue;
            }
            let changed = cost[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            cost[i][j] = changed.min(cost[i - 1][j] + 1).min(cost[i][j - 1] + 1);
            for k in 1..i {
                for l in 1..j {
                    if a[k - 1] == b[j - 1] && a[i - 1] == b[l - 1] {
                        let swapped = cost[k - 1][l - 1] + (i - k - 1) + 1 + (j - l - 1);
                        cost[i][j] = cost[i][j].min(swapped);
                    }
                }
            }
        }
    }
    cost[a.len()][b.len()]
}

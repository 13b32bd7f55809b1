//! Ownership as data: what a program can learn from the answer.

use std::process::Command;

use serde_json::Value;

const GRAPH: &str = "tests/cli/fixtures/readings.ron";

fn printed(args: &[&str]) -> String {
    printed_of(GRAPH, args)
}

fn printed_of(graph: &str, args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keiretsu"));
    let output = command.args(["-g", graph]).args(args).output().expect("the program starts");
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("it prints text")
}

fn results(args: &[&str]) -> Vec<Value> {
    let text = printed(&[args, &["--format", "json"]].concat());
    let mut answer: Value = serde_json::from_str(&text).expect("it prints JSON");
    let Value::Array(results) = answer["results"].take() else { panic!("results are a list") };
    results
}

/// "right; share; shares of the first chain" of the row of an entity.
fn row(results: &[Value], id: &str) -> String {
    let row = results.iter().find(|row| row["entity"]["id"] == id).expect("a row");
    let shares = row["chains"][0].as_array().expect("a chain").iter().map(|stake| &stake["share"]["text"]);
    let shares: Vec<&str> = shares.map(|share| share.as_str().expect("a share")).collect();
    format!(
        "{}; {}; {}",
        row["right"].as_str().expect("a right"),
        row["share"]["text"].as_str().unwrap_or_default(),
        shares.join(" ")
    )
}

#[test]
fn rows_say_which_right_they_are_about_and_their_chains_have_its_shares() {
    let of_hutton = |args: &[&str]| row(&results(&[&["owners", "Hutton"], args].concat()), "farlam");
    assert_eq!(of_hutton(&["--all"]), "equity; 24.5%; 49% 50%");
    assert_eq!(of_hutton(&["--right", "votes"]), "votes; 54%; 60% 90%");
    assert_eq!(of_hutton(&["--right", "profit", "--all"]), "profit; 24.5%; 49% 50%");
    assert_eq!(of_hutton(&["--rule", "psc"]), "votes; 90%; 60% 90%", "this rule looks at votes");
    let of_farlam = results(&["stakes", "Farlam", "--right", "votes"]);
    assert_eq!(row(&of_farlam, "elwick"), "votes; 60%; 60%");
}

#[test]
fn tables_say_which_right_they_are_about() {
    let told = |args: &[&str]| {
        let text = printed(&[args, &["--format", "csv"]].concat());
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header = reader.headers().expect("a header").clone();
        let column = |name: &str| header.iter().position(|column| column == name).expect("a column");
        let (right, share) = (column("right"), column("total_share"));
        let row = reader.records().next().expect("a row").expect("cells");
        format!("{}; {}", &row[right], &row[share])
    };
    assert_eq!(told(&["owners", "Elwick"]), "equity; 49%");
    assert_eq!(told(&["owners", "Elwick", "--right", "votes"]), "votes; 60%");
    assert_eq!(told(&["stakes", "Elwick", "--rule", "psc"]), "votes; 90%");
}

/// "why: share day; the fact that counts; its source" of each reading.
fn readings(row: &Value) -> Vec<String> {
    let readings = row["other_readings"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let told = readings.map(|reading| {
        let relation = &reading["relation"];
        format!(
            "{}: {} {}; {}; {}",
            text(&reading["why"]),
            text(&relation["share"]["text"]),
            text(&reading["as_of"]),
            text(&reading["counted"]),
            text(&relation["evidence"][0]["source"])
        )
    });
    told.collect()
}

/// 49% and 26% are not 75%: the reader sees both, and why.
#[test]
fn a_stake_that_is_another_reading_is_told_and_not_added() {
    let of_elwick = |args: &[&str]| {
        let results = results(&[&["owners", "Elwick", "--all"], args].concat());
        let row = results.iter().find(|row| row["entity"]["id"] == "farlam").expect("a row").clone();
        (row["share"]["text"].as_str().expect("a share").to_owned(), readings(&row))
    };
    let (share, told) = of_elwick(&[]);
    assert_eq!(
        (share.as_str(), told),
        ("49%", vec!["older: 26% 2015-12-31; told-2020; register".to_owned()])
    );
    let (share, told) = of_elwick(&["--as-of", "2017"]);
    assert_eq!((share.as_str(), told), ("26%", vec!["later: 49% 2020-12-31; told-2015; report".to_owned()]));
    let (share, told) = of_elwick(&["--as-of", "2017", "--right", "votes"]);
    assert_eq!((share.as_str(), told), ("26%", vec!["later: 60% 2020-12-31; told-2015; report".to_owned()]));
}

#[test]
fn readings_are_told_where_they_matter_and_only_there() {
    let of = |id: &str, results: &[Value]| {
        readings(results.iter().find(|row| row["entity"]["id"] == id).expect("a row"))
    };
    let of_hutton = results(&["owners", "Hutton", "--all"]);
    let older = "older: 26% 2015-12-31; told-2020; register";
    // There is no other reading of the stakes in its share, but one of a stake in itself.
    assert_eq!(of("elwick", &of_hutton), [older]);
    assert_eq!(of("farlam", &of_hutton), [older]);
    assert_eq!(of("greta-moss", &of_hutton), [older, "undecided: 8% 2019; greta-once; herald"]);
    let of_farlam = results(&["stakes", "Farlam"]);
    assert_eq!(of("elwick", &of_farlam), [older]);
    // 20% and 31% would be a majority: that nobody controls it depends on what was not added.
    let control = results(&["control", "Kirkby"]);
    let kirkby = [
        "older: 30% 2017; kirkby-2021; register",
        "older: 35% 2016; kirkby-2021; register",
        "older: 31% -; kirkby-2021; herald",
        "older: 32% -; kirkby-2021; herald",
    ];
    assert_eq!(control[0]["controlled_by"].as_array().map(Vec::len), Some(0));
    assert_eq!(readings(&control[0]), kirkby);
    assert!(readings(&results(&["control", "Hutton"])[0]).contains(&kirkby[2].to_owned()));
}

const POSSIBLE: &str = "tests/cli/fixtures/possible.ron";

/// Pat has 45% or more of Aldbury: of Corby 16.2% to 36%, and its control only if the rest is hers.
#[test]
fn what_is_only_possible_is_left_out_if_so_asked() {
    let told = |args: &[&str]| printed_of(POSSIBLE, args);
    let lists = |args: &[&str], name: &str| told(args).lines().any(|line| line.contains(name));
    assert!(lists(&["owners", "Corby"], "perhaps  Pat Rowe"));
    let certain = told(&["owners", "Corby", "--certain"]);
    assert!(!certain.contains("Pat Rowe") && certain.contains("Aldbury"), "{certain}");
    assert!(certain.contains("left out with --certain: 1 owner who possibly counts\n"), "{certain}");
    assert!(lists(&["stakes", "Pat Rowe"], "perhaps  Corby"));
    let certain = told(&["stakes", "Pat Rowe", "--certain"]);
    assert!(!certain.contains("Corby") && certain.contains("Brook"), "{certain}");
    assert!(
        certain.starts_with("left out with --certain: 1 stake with which Pat Rowe possibly counts\n"),
        "{certain}"
    );
    assert!(lists(&["control", "Corby"], "possibly Pat Rowe"));
    assert!(!lists(&["control", "Corby", "--certain"], "Pat Rowe"));
    // Of Aldbury she is the only owner, and may be its parent.
    let nobody = told(&["owners", "Aldbury", "--rule", "majority", "--certain"]);
    assert!(nobody.starts_with("nobody certainly counts as an owner of Aldbury\n"), "{nobody}");
}

#[test]
fn an_ultimate_parent_with_somebody_possibly_above_it_is_called_so() {
    for args in [["control", "Corby"].as_slice(), &["control", "Corby", "--certain"]] {
        let told = printed_of(POSSIBLE, args);
        let parent = "  Aldbury (60% of the votes), its ultimate parent as far as is certain\n";
        assert!(told.contains(parent), "{told}");
    }
}

/// By the older reading Hanna would command Dunmow, and be among the owners by these rules.
#[test]
fn readings_that_were_not_added_are_told_where_they_would_decide() {
    let note = "not added: 51% of the votes (as of 2022-12-31), an older reading of the 48% of the votes \
                (as of 2023-06-30) that Hanna Lund has of Dunmow\n";
    for rule in ["psc", "majority"] {
        let told = printed_of(POSSIBLE, &["owners", "Corby", "--rule", rule, "--all"]);
        assert!(told.contains(note), "{rule}: {told}");
    }
    let told = printed_of(POSSIBLE, &["owners", "Corby", "--rule", "majority", "--all", "--format", "json"]);
    let answer: Value = serde_json::from_str(&told).expect("it prints JSON");
    let rows = answer["results"].as_array().expect("rows");
    let dunmow = rows.iter().find(|row| row["entity"]["id"] == "dunmow").expect("a row");
    let others = dunmow["other_readings"].as_array().expect("a list");
    assert_eq!((others.len(), others[0]["why"].as_str()), (1, Some("older")), "{others:?}");
    let told = printed_of(POSSIBLE, &["control", "Dunmow"]);
    assert!(told.contains(note), "{told}");
    assert!(!printed_of(POSSIBLE, &["control", "Brook"]).contains("not added"));
}

#[test]
fn a_threshold_may_be_a_fraction() {
    let graph = "graphs/ownership";
    // Noor Haddad and Milo Crane have half each, and Paul Ebner 9/50.
    let text = printed_of(graph, &["owners", "Rosings", "--min", "1/2"]);
    assert!(text.contains("50% or more") && text.contains("Noor Haddad"), "{text}");
    let text = printed_of(graph, &["owners", "Thornbury", "--min", "1/3"]);
    assert!(text.contains("(1/3 or more,") && text.contains("nobody counts"), "{text}");
    let text = printed_of(graph, &["owners", "Thornbury", "--min", "3/10"]);
    assert!(text.contains("Hartwell Estates"), "{text}");
}

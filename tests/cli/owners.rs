//! Who owns what, as data: what a program can tell from the answer.

use std::process::Command;

use serde_json::Value;

const GRAPH: &str = "tests/cli/fixtures/readings.ron";

fn printed(args: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keiretsu"));
    let output = command.args(["-g", GRAPH]).args(args).output().expect("the program starts");
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
        let (right, share) = (column("right"), column("chains.share.text"));
        let row = reader.records().next().expect("a row").expect("cells");
        format!("{}; {}", &row[right], &row[share])
    };
    assert_eq!(told(&["owners", "Elwick"]), "equity; 49%");
    assert_eq!(told(&["owners", "Elwick", "--right", "votes"]), "votes; 60%");
    assert_eq!(told(&["stakes", "Elwick", "--rule", "psc"]), "votes; 90%");
}

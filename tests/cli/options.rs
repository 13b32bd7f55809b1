//! Options that do not apply to a command are rejected by it, wherever they stand.

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_keiretsu")).args(args).output().expect("the program starts")
}

/// A global option, in a valid form.
const OPTIONS: &[&[&str]] = &[
    &["--graph", "graphs/decade"],
    &["--format", "csv"],
    &["--as-of", "2016"],
    &["--known-by", "2021"],
    &["--certain"],
    &["--claims", "all"],
    &["--why"],
    &["--limits", "default"],
];

const VIEW: &str = "--as-of --known-by --certain --claims";

/// A command, and the options that do not apply to it; `VIEW` stands for the four about time and evidence.
const REFUSED: &[(&[&str], &str)] = &[
    (&["partners"], ""),
    (&["show", "threlkeld-firm"], ""),
    (&["neighbors", "threlkeld-firm"], ""),
    (&["path", "threlkeld-firm", "quaverley"], ""),
    (&["deals"], ""),
    (&["timeline", "quaverley"], ""),
    (&["owners", "quaverley"], ""),
    (&["stakes", "quaverley"], ""),
    (&["control", "quaverley"], ""),
    (&["rings"], ""),
    (&["find", "a"], "VIEW --why"),
    (&["kinds"], "--graph VIEW --why --limits"),
    (&["stats"], "--why"),
    (&["components"], "--why"),
    (&["rank"], "--why"),
    (&["check"], "VIEW --why"),
    (&["explain", "E0301"], "--graph VIEW --why --limits"),
    (&["draw"], "--format --why"),
    (&["import", "csv", "/nowhere/mapping.ron", "-o", "/nowhere/x.ron"], "--graph --format VIEW --why"),
    (&["pack", "-o", "/nowhere/x.keiretsu"], "--format VIEW --why"),
    (&["export", "json"], "--format --why"),
    (&["completions", "bash"], "--graph --format VIEW --why --limits"),
    (&["man"], "--graph --format VIEW --why --limits"),
];

#[test]
fn what_means_nothing_to_a_command_is_refused_and_nothing_else() {
    for (command, refused) in REFUSED {
        let refused = refused.replace("VIEW", VIEW);
        for option in OPTIONS {
            let is_refused = refused.split(' ').any(|name| name == option[0]);
            for args in [[*command, option].concat(), [option, *command].concat()] {
                let output = run(&args);
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                let message = format!("`{}` means nothing to `{}`", option[0], command[0]);
                assert_eq!(said.contains(&message), is_refused, "{args:?}: {said}");
                assert!(!is_refused || output.status.code() == Some(2), "{args:?}");
                assert!(!is_refused || output.stdout.is_empty(), "{args:?}");
            }
        }
    }
}

#[test]
fn several_are_named_together() {
    let output = run(&["pack", "--as-of", "2016", "-o", "/nowhere/x.keiretsu", "--why"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.starts_with("error: `--as-of` and `--why` mean nothing to `pack`\n  hint: "), "{said}");
}

/// An export writes JSON, so asking for JSON is not a mistake.
#[test]
fn an_export_may_be_told_its_form_twice() {
    assert!(run(&["export", "json", "--format", "json"]).status.success());
}

/// Help lists what a command accepts, and nothing it would reject.
#[test]
fn help_lists_what_a_command_takes() {
    for (command, refused) in REFUSED {
        let refused = refused.replace("VIEW", VIEW);
        for form in [&["help", command[0]][..], &[command[0], "--help"], &[command[0], "-h"]] {
            let help = String::from_utf8_lossy(&run(form).stdout).into_owned();
            for option in OPTIONS.iter().filter(|option| (command[0], option[0]) != ("export", "--format")) {
                let is_refused = refused.split(' ').any(|name| name == option[0]);
                let is_listed =
                    help.contains(&format!("{} ", option[0])) || help.contains(&format!("{}\n", option[0]));
                assert_eq!(is_listed, !is_refused, "{form:?} and {}: {help}", option[0]);
            }
        }
    }
}

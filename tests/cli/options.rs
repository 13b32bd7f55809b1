//! Options that do not apply to a command are rejected by it; before the command, settings of the shell are ignored.

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

/// What an alias may set for all commands: ignored where it stands before one that has no use for it.
const SETTINGS: &[&str] = &["--graph", "--format", "--limits"];

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
    (&["export", "json"], "--why"),
    (&["diff", "--from", "2010", "--to", "2016"], "--as-of"),
    (&["completions", "bash"], "--graph --format VIEW --why --limits"),
    (&["man"], "--graph --format VIEW --why --limits"),
];

#[test]
fn what_means_nothing_to_a_command_is_refused_and_nothing_else() {
    for (command, refused) in REFUSED {
        let refused = refused.replace("VIEW", VIEW);
        for option in OPTIONS {
            let is_refused = refused.split(' ').any(|name| name == option[0]);
            if (command[0], option[0]) == ("export", "--format") {
                continue; // Only JSON: tested below.
            }
            for args in [[*command, option].concat(), [option, *command].concat()] {
                let is_ignored = SETTINGS.contains(&option[0]) && args[0] == option[0];
                let is_refused = is_refused && !is_ignored;
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

/// As `alias k='keiretsu -g graphs/decade --format json --limits default'` has it.
#[test]
fn settings_before_a_command_without_use_for_them_are_ignored() {
    let settings = ["-g", "graphs/decade", "--format", "csv", "--limits", "default"];
    for command in [&["kinds"][..], &["explain", "E0301"], &["man"], &["completions", "bash"]] {
        let plain = run(command);
        let output = run(&[&settings[..4], &settings[4..], command].concat());
        assert!(plain.status.success() && output.status.success(), "{command:?}");
        if matches!(command[0], "man" | "completions") {
            assert_eq!(output.stdout, plain.stdout, "{command:?}");
        }
        let behind = run(&[command, &["-g", "graphs/decade"]].concat());
        assert_eq!(behind.status.code(), Some(2), "{command:?}");
    }
    let output = run(&["--limits", "none-such", "kinds"]);
    assert_eq!(output.status.code(), Some(2), "a setting has to be right all the same");
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
    for args in [["export", "json", "--format", "json"], ["--format", "json", "export", "json"]] {
        assert!(run(&args).status.success());
    }
    let output = run(&["export", "json", "--format", "csv"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.starts_with("error: invalid value 'csv' for '--format <FORMAT>'\n  [possible values: json]"),
        "{said}"
    );
}

/// An option may stand on either side of the command; behind it, it overrides the one before.
#[test]
fn what_stands_behind_the_command_counts() {
    let csv = run(&["stats", "--format", "csv"]);
    assert!(csv.status.success());
    assert_eq!(run(&["--format", "csv", "stats"]).stdout, csv.stdout);
    assert_eq!(run(&["--format", "json", "stats", "--format", "csv"]).stdout, csv.stdout);
    let args = ["-g", "/nowhere", "--why", "find", "a", "-g", "graphs/decade"];
    let said = String::from_utf8_lossy(&run(&args).stderr).into_owned();
    assert!(said.starts_with("error: `--why` means nothing to `find`\n"), "{said}");
    let found = run(&["-g", "/nowhere", "find", "a", "-g", "graphs/decade"]);
    assert_eq!(found.stdout, run(&["find", "a", "-ggraphs/decade"]).stdout);
    assert!(found.status.success());
}

/// What comes behind `--` is no option, and a command that does not exist takes none.
#[test]
fn only_options_are_refused() {
    for (args, expected) in [
        (&["find", "a", "--", "--why"][..], "error: unexpected argument '--why' found"),
        (&["--why", "fnd", "a"], "error: unrecognized subcommand 'fnd'"),
        (&["find", "a", "--wy"], "error: unexpected argument '--wy' found"),
        (
            &["find", "a", "--formt", "csv"],
            "error: unexpected argument '--formt' found\n\n  tip: a similar argument exists: '--format'",
        ),
        (
            &["--formt", "csv", "find", "a"],
            "error: unexpected argument '--formt' found\n\n  tip: a similar argument exists: '--format'",
        ),
    ] {
        let output = run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(said.starts_with(expected), "{args:?}: {said}");
    }
}

/// Help lists what a command accepts, and nothing it would reject.
#[test]
fn help_lists_what_a_command_takes() {
    for (command, refused) in REFUSED {
        let refused = refused.replace("VIEW", VIEW);
        for form in [&["help", command[0]][..], &[command[0], "--help"], &[command[0], "-h"]] {
            let help = String::from_utf8_lossy(&run(form).stdout).into_owned();
            for option in OPTIONS {
                let is_refused = refused.split(' ').any(|name| name == option[0]);
                let is_listed =
                    help.contains(&format!("{} ", option[0])) || help.contains(&format!("{}\n", option[0]));
                assert_eq!(is_listed, !is_refused, "{form:?} and {}: {help}", option[0]);
            }
        }
    }
}

#[test]
fn a_period_that_ends_before_it_begins_is_refused() {
    for (args, first, second) in [
        (&["diff", "--from", "2020", "--to", "2010"][..], "--from 2020", "--to 2010"),
        (&["deals", "--since", "2018-05", "--until", "2018-04"], "--since 2018-05", "--until 2018-04"),
        (&["timeline", "quaverley", "--since", "2018", "--until", "2010"], "--since 2018", "--until 2010"),
    ] {
        let output = run(&[args, &["--graph", "graphs/decade"]].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert_eq!(said, format!("error: {first} is after {second}\n  hint: swap the two dates\n"));
    }
    // Within one year nobody can tell.
    let same = run(&["deals", "--since", "2018", "--until", "2018-04", "--graph", "graphs/decade"]);
    assert_eq!(same.status.code(), Some(0));
}

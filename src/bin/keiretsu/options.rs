//! Which global options apply to which command.

use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use crate::args::{Args, Format};
use crate::failure::{Failure, exit};
use crate::output::terminal;

/// The options that a command would ignore, by field name.
fn meaningless(command: &str) -> &'static [&'static str] {
    match command {
        "find" | "check" => &["as_of", "known_by", "certain", "claims", "why"],
        "stats" | "components" | "rank" | "export" => &["why"],
        "draw" => &["format", "why"],
        "pack" => &["format", "as_of", "known_by", "certain", "claims", "why"],
        "import" => &["graph", "format", "as_of", "known_by", "certain", "claims", "why"],
        "kinds" | "explain" => &["graph", "as_of", "known_by", "certain", "claims", "why", "limits"],
        "completions" | "man" => {
            &["graph", "format", "as_of", "known_by", "certain", "claims", "why", "limits"]
        }
        _ => &[],
    }
}

/// The command line definition; the help for a command lists only options that apply to it.
pub(crate) fn command() -> Command {
    let command = Args::command();
    let options: Vec<_> = command.get_arguments().cloned().collect();
    command.mut_subcommands(|sub| {
        let hidden = meaningless(sub.get_name());
        let hidden = options.iter().filter(|option| hidden.contains(&option.get_id().as_str()));
        sub.args(hidden.map(|option| option.clone().hide(true)))
    })
}

/// Parses the command line, and rejects options that the command would ignore.
pub(crate) fn read() -> Result<Args, Failure> {
    let mut command = command();
    let typed: Vec<OsString> = std::env::args_os().collect();
    let matches = command.try_get_matches_from_mut(typed.clone());
    let matches = matches.map_err(|error| Failure::usage(&shown(&mut command, typed, error)))?;
    refuse(&matches)?;
    Args::from_arg_matches(&matches).map_err(|error| Failure::usage(&error.format(&mut command)))
}

/// The error for input that would garble a terminal: the same error for its printable form.
fn shown(command: &mut Command, typed: Vec<OsString>, error: clap::Error) -> clap::Error {
    let is_obeyed = |arg: &OsString| arg.to_string_lossy().contains(terminal::is_obeyed);
    if !typed.iter().any(is_obeyed) {
        return error;
    }
    let typed = typed.iter().map(|arg| terminal::line(&arg.to_string_lossy()).into_owned());
    command.try_get_matches_from_mut(typed).err().unwrap_or(error)
}

fn refuse(matches: &ArgMatches) -> Result<(), Failure> {
    let Some(command) = matches.subcommand_name() else { return Ok(()) };
    let is_given = |id: &str| matches.value_source(id) == Some(ValueSource::CommandLine);
    let mut refused: Vec<&str> = meaningless(command).iter().copied().filter(|id| is_given(id)).collect();
    // The command has one format: naming it is allowed, any other is rejected.
    let is_other = matches.get_one::<Format>("format").is_some_and(|format| *format != Format::Json);
    if command == "export" && is_given("format") && is_other {
        refused.push("format");
    }
    let Some(first) = refused.first() else { return Ok(()) };
    let hint = hint(command, first);
    let named: Vec<String> = refused.iter().map(|id| format!("`--{}`", id.replace('_', "-"))).collect();
    let (verb, named) = match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => ("mean", format!("{} and {last}", rest.join(", "))),
        _ => ("means", named.concat()),
    };
    Err(Failure::new(exit::USAGE, format!("{named} {verb} nothing to `{command}`")).hint(Some(hint)))
}

/// What to do instead.
fn hint(command: &str, option: &str) -> String {
    match (command, option) {
        ("draw", "format") => {
            "a diagram is neither JSON nor CSV; `keiretsu export json` gives the graph as data".to_owned()
        }
        ("draw", "why") => "a diagram has no quotes; `keiretsu show` and `deals` have them".to_owned(),
        ("import", "graph") => "an import creates a separate graph; open it with -g afterwards".to_owned(),
        ("import" | "pack", "as_of" | "known_by" | "certain" | "claims") => {
            "the file contains everything; use the option when you query it".to_owned()
        }
        ("check", "as_of" | "known_by" | "certain" | "claims") => {
            "files are always checked completely, whatever the date".to_owned()
        }
        _ => format!("omit it; `keiretsu help {command}` lists the options"),
    }
}

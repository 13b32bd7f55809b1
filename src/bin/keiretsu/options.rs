//! Which of the options that stand before or after every command mean something to it.

use std::ffi::OsString;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use crate::args::{Args, Format};
use crate::failure::{Failure, exit};
use crate::output::terminal;

/// The options that a command would not heed, by the names of their fields.
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

/// The command line, where help on a command lists only what means something to it.
pub(crate) fn command() -> Command {
    let command = Args::command();
    let options: Vec<_> = command.get_arguments().cloned().collect();
    command.mut_subcommands(|sub| {
        let hidden = meaningless(sub.get_name());
        let hidden = options.iter().filter(|option| hidden.contains(&option.get_id().as_str()));
        sub.args(hidden.map(|option| option.clone().hide(true)))
    })
}

/// Reads the command line, and refuses what its command would not heed.
pub(crate) fn read() -> Result<Args, Failure> {
    let mut command = command();
    let typed: Vec<OsString> = std::env::args_os().collect();
    let matches = command.try_get_matches_from_mut(typed.clone());
    let matches = matches.map_err(|error| Failure::usage(&shown(&mut command, typed, error)))?;
    refuse(&matches)?;
    Args::from_arg_matches(&matches).map_err(|error| Failure::usage(&error.format(&mut command)))
}

/// The error about what was typed, which repeats it: as the error about what a terminal can show of that.
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
    // It writes one form: to ask for another is refused, to ask for that one is not.
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

/// What to do in place of it.
fn hint(command: &str, option: &str) -> String {
    match (command, option) {
        ("draw", "format") => {
            "a diagram is neither JSON nor CSV; `keiretsu export json` gives the graph as data".to_owned()
        }
        ("draw", "why") => "a diagram has no quotes; `keiretsu show` and `deals` have them".to_owned(),
        ("import", "graph") => "what is imported is a graph of its own; -g opens it afterwards".to_owned(),
        ("import" | "pack", "as_of" | "known_by" | "certain" | "claims") => {
            "all goes into the file; give the option to the question that you ask of it".to_owned()
        }
        ("check", "as_of" | "known_by" | "certain" | "claims") => {
            "the whole of the files is checked, whatever the date".to_owned()
        }
        _ => format!("leave it out; `keiretsu help {command}` lists what it takes"),
    }
}

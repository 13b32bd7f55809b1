//! Reads the command line: options may stand before the command too.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args as _, Command, CommandFactory, FromArgMatches};

use crate::args::Args;
use crate::failure::{Failure, exit};
use crate::options::QueryOptions;
use crate::output::escape;

/// The command line definition; before the command every shared option may stand.
pub(crate) fn command() -> Command {
    Args::command().args(shared_options())
}

/// What an alias of a shell sets once for all commands, as in `alias k='keiretsu -g graphs/mine'`: they do not change
/// what is asked, and before a command that has no use for them they are ignored.
const SETTINGS: &[&str] = &["graph", "format", "limits"];

/// Parses the command line.
pub(crate) fn read() -> Result<Args, Failure> {
    let mut command = command();
    let typed = command_first(&command, std::env::args_os().collect());
    let failed = |command: &mut Command, error: clap::Error| {
        refused(command, &typed, &error).unwrap_or_else(|| Failure::usage(&shown(command, &typed, error)))
    };
    let matches = command.try_get_matches_from_mut(&typed).map_err(|error| failed(&mut command, error))?;
    Args::from_arg_matches(&matches).map_err(|error| Failure::usage(&error.format(&mut command)))
}

/// The command line with the options before the command moved behind it, where it takes them or refuses them. An
/// option that stands behind it too is the one that counts. Settings that mean nothing to the command are passed by.
fn command_first(command: &Command, typed: Vec<OsString>) -> Vec<OsString> {
    let front = Command::new("keiretsu")
        .allow_external_subcommands(true)
        .disable_help_flag(true)
        .disable_help_subcommand(true);
    let Ok(before) = front.args(shared_options()).try_get_matches_from(&typed) else { return typed };
    let Some((name, behind)) = before.subcommand().filter(|(name, _)| *name != "help") else { return typed };
    let behind: Vec<OsString> = behind.get_many("").into_iter().flatten().cloned().collect();
    let program = typed.first().cloned().unwrap_or_default();
    let plain = [program.clone(), name.into()].into_iter().chain(behind.iter().cloned());
    let counting = command.clone().try_get_matches_from(plain).ok();
    let counting = counting.as_ref().and_then(ArgMatches::subcommand).map(|(_, matches)| matches);
    let own = command.find_subcommand(name);
    let is_passed_by = |option: &Arg| {
        let is_taken = |own: &Command| own.get_arguments().any(|own| own.get_id() == option.get_id());
        SETTINGS.contains(&option.get_id().as_str()) && own.is_some_and(|own| !is_taken(own))
    };
    let counts = |option: &&Arg| {
        let is_behind = counting.is_some_and(|matches| is_given(matches, option.get_id().as_str()));
        is_given(&before, option.get_id().as_str()) && !is_behind && !is_passed_by(option)
    };
    let moved =
        shared_options().filter(|option| counts(&option)).flat_map(|option| written(&option, &before));
    [program, name.into()].into_iter().chain(moved.collect::<Vec<_>>()).chain(behind).collect()
}

/// Whether an argument of the command was given, rather than left at its default; a command need not have it.
fn is_given(matches: &ArgMatches, id: &str) -> bool {
    matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
}

/// The options that several commands share, in their order.
fn shared_options() -> impl Iterator<Item = Arg> {
    QueryOptions::augment_args(Command::new("")).get_arguments().cloned().collect::<Vec<_>>().into_iter()
}

/// An option as it was given: `--as-of=2016`, `--why`.
fn written(option: &Arg, matches: &ArgMatches) -> Vec<OsString> {
    let long = OsString::from(long(option));
    if matches!(option.get_action(), ArgAction::SetTrue) {
        return vec![long];
    }
    let values = matches.get_raw(option.get_id().as_str()).into_iter().flatten();
    values.map(|value| [long.as_os_str(), "=".as_ref(), value].into_iter().collect()).collect()
}

fn long(option: &Arg) -> String {
    format!("--{}", option.get_long().unwrap_or_default())
}

/// The error for input that would garble a terminal: the same error for its printable form.
fn shown(command: &mut Command, typed: &[OsString], error: clap::Error) -> clap::Error {
    let is_obeyed = |arg: &OsString| arg.to_string_lossy().contains(escape::is_obeyed);
    if !typed.iter().any(is_obeyed) {
        return error;
    }
    let typed = typed.iter().map(|arg| escape::line(&arg.to_string_lossy()).into_owned());
    command.try_get_matches_from_mut(typed).err().unwrap_or(error)
}

/// The failure for options that other commands take and this one does not: all of them, with a hint.
fn refused(command: &Command, typed: &[OsString], error: &clap::Error) -> Option<Failure> {
    let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidArg) else { return None };
    let command = command.find_subcommand(typed.get(1)?)?;
    let is_taken = |option: &Arg| command.get_arguments().any(|own| own.get_id() == option.get_id());
    let behind: Vec<_> = typed.iter().skip(2).map(|arg| arg.to_string_lossy()).collect();
    let is_typed = |option: &Arg| {
        let options = behind.iter().take_while(|arg| *arg != "--");
        options.into_iter().any(|arg| names(option, arg))
    };
    let refused: Vec<Arg> = shared_options().filter(|option| is_typed(option) && !is_taken(option)).collect();
    let is_met = error.kind() == ErrorKind::UnknownArgument && refused.iter().any(|one| names(one, unknown));
    let first = refused.first().filter(|_| is_met)?;
    let hint = hint(command.get_name(), first.get_id().as_str());
    let named: Vec<String> = refused.iter().map(|option| format!("`{}`", long(option))).collect();
    let (verb, named) = match named.split_last() {
        Some((last, rest)) if !rest.is_empty() => ("mean", format!("{} and {last}", rest.join(", "))),
        _ => ("means", named.concat()),
    };
    let message = format!("{named} {verb} nothing to `{}`", command.get_name());
    Some(Failure::new(exit::USAGE, message).hint(Some(hint)))
}

/// Whether an argument is this option: `--graph`, `--graph=a`, `-g`, `-ga`.
fn names(option: &Arg, argument: &str) -> bool {
    let is_long = argument.split('=').next() == Some(&long(option));
    is_long || option.get_short().is_some_and(|short| argument.starts_with(&format!("-{short}")))
}

/// What to do instead.
fn hint(command: &str, option: &str) -> String {
    match (command, option) {
        ("draw", "format") => {
            "a diagram is no table and no JSON; `keiretsu export json` gives the graph as data".to_owned()
        }
        ("draw", "why") => "a diagram has no quotes; `keiretsu show` and `deals` have them".to_owned(),
        ("diff", "as_of") => "--from and --to set the dates to compare".to_owned(),
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

//! The command line of keiretsu: asks the library, and prints what it says.

mod args;
mod commands;
mod failure;
mod kind_filter;
mod output;
mod owner_args;
mod session;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let run =
        args::Args::try_parse().map_err(|error| failure::Failure::usage(&error)).and_then(commands::run);
    match run {
        Ok(code) => ExitCode::from(code),
        Err(failure) => ExitCode::from(failure.report()),
    }
}

//! The command line of keiretsu: queries the library and prints the answers.

mod args;
mod commands;
mod failure;
mod kind_filter;
mod options;
mod output;
mod owner_args;
mod session;

use std::process::ExitCode;

fn main() -> ExitCode {
    match options::read().and_then(commands::run) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => ExitCode::from(failure.report()),
    }
}

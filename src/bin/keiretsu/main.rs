//! The command line of keiretsu: queries the library and prints the answers.

mod args;
mod command_line;
mod commands;
mod deal_args;
mod draw_args;
mod failure;
mod filter_args;
mod options;
mod output;
mod owner_args;
mod session;

use std::process::ExitCode;

fn main() -> ExitCode {
    match command_line::read().and_then(commands::run) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => ExitCode::from(failure.report()),
    }
}

//! One file per command: query the library, shape the answer, print it.

mod check;
mod components;
mod control;
mod deals;
mod diff;
mod draw;
mod export;
mod find;
mod import;
mod interlocks;
mod kinds;
mod list;
mod neighbors;
mod overfull;
mod owner_tests;
mod owners;
mod pack;
mod partners;
mod path;
mod rank;
mod rings;
mod several;
mod shell;
mod show;
mod sources;
mod stakes;
mod stats;
mod timeline;

use crate::args::{Args, Command};
use crate::failure::Failure;
use crate::session::Session;

/// Runs a command and returns the exit code.
pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    match args.command {
        Command::Partners(args) => {
            partners::run(&Session::new(&args.options).short(false, args.list.top), &args)
        }
        Command::Show(args) => {
            show::run(&Session::new(&args.options).short(args.brief, args.list.top), &args)
        }
        Command::Interlocks(args) => {
            interlocks::run(&Session::new(&args.options).short(false, args.list.top), &args)
        }
        Command::Neighbors(args) => {
            neighbors::run(&Session::new(&args.options).short(false, args.list.top), &args)
        }
        Command::Path(args) => path::run(&Session::new(&args.options), &args),
        Command::Deals(args) => deals::run(&Session::new(&args.options), &args),
        Command::Timeline(args) => {
            timeline::run(&Session::new(&args.options).short(false, args.list.top), &args)
        }
        Command::Diff(args) => diff::run(&Session::new(&args.options).short(false, args.list.top), &args),
        Command::Owners(args) => owners::run(&Session::new(&args.options), &args),
        Command::Stakes(args) => stakes::run(&Session::new(&args.options), &args),
        Command::Control { name, options } => control::run(&Session::new(&options), &name),
        Command::Rings { options } => rings::run(&Session::new(&options)),
        Command::Find { text, options } => find::run(&Session::new(&options), &text),
        Command::Kinds { names, options } => kinds::run(&Session::new(&options), &names),
        Command::List(args) => list::run(&Session::new(&args.options).short(false, args.list.top), &args),
        Command::Sources(args) => {
            sources::run(&Session::new(&args.options).short(false, args.list.top), &args)
        }
        Command::Stats { options } => stats::run(&Session::new(&options)),
        Command::Components(args) => components::run(&Session::new(&args.options), &args),
        Command::Rank(args) => rank::run(&Session::new(&args.options), &args),
        Command::Check { paths, strict, top, options } => {
            check::run(&Session::new(&options).short(false, top), paths, strict)
        }
        Command::Explain { code, options } => check::explain(&Session::new(&options), code.as_deref()),
        Command::Draw(args) => draw::run(&Session::new(&args.options), &args),
        Command::Import(args) => import::run(&Session::new(&args.options), &args),
        Command::Pack { output, options } => pack::run(&Session::new(&options), &output),
        Command::Export { form, format, options } => {
            export::run(&Session::new(&options), format.unwrap_or(form))
        }
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::man(),
    }
}

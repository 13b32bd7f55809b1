//! One file per command: query the library, shape the answer, print it.

mod check;
mod components;
mod control;
mod deals;
mod diff;
mod draw;
mod ended;
mod entity_names;
mod export;
mod find;
mod import;
mod kinds;
mod neighbors;
mod nothing;
mod overfull;
mod own_shares;
mod owner_chains;
mod owner_rows;
mod owner_table;
mod owner_tests;
mod owners;
mod pack;
mod partners;
mod path;
mod rank;
mod reading_notes;
mod readings;
mod ring_refs;
mod rings;
mod several;
mod share_words;
mod shell;
mod show;
mod stakes;
mod stats;
mod timeline;
mod together;

use crate::args::{Args, Command};
use crate::failure::Failure;
use crate::session::Session;

/// Runs a command and returns the exit code.
pub(crate) fn run(args: Args) -> Result<u8, Failure> {
    let session = Session::new(args.options);
    match args.command {
        Command::Partners(args) => partners::run(&session, &args),
        Command::Show { name } => show::run(&session, &name),
        Command::Neighbors(args) => neighbors::run(&session, &args),
        Command::Path(args) => path::run(&session, &args),
        Command::Deals(args) => deals::run(&session, &args),
        Command::Timeline(args) => timeline::run(&session, &args),
        Command::Diff(args) => diff::run(&session, &args),
        Command::Owners(args) => owners::run(&session, &args),
        Command::Stakes(args) => stakes::run(&session, &args),
        Command::Control { name } => control::run(&session, &name),
        Command::Rings => rings::run(&session),
        Command::Find { text } => find::run(&session, &text),
        Command::Kinds => kinds::run(&session),
        Command::Stats => stats::run(&session),
        Command::Components(args) => components::run(&session, &args),
        Command::Rank(args) => rank::run(&session, &args),
        Command::Check { paths, strict } => check::run(&session, paths, strict),
        Command::Explain { code } => check::explain(&session, code.as_deref()),
        Command::Draw(args) => draw::run(&session, &args),
        Command::Import(args) => import::run(&session, &args),
        Command::Pack { output } => pack::run(&session, &output),
        Command::Export { form } => export::run(&session, form),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::man(),
    }
}

//! The program, tested like its users run it: commands and their output, in tests/cli/cases/*.md, README.md and
//! docs/.
//!
//! `TRYCMD=overwrite cargo test --test cli` rewrites the cases; read the difference before committing it.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod behaviour;
mod examples;
mod gallery;
mod options;
mod owners;
mod questions;
mod writing;

/// Every command block of the cases and the documents prints what stands below it.
#[test]
fn commands_print_what_the_cases_say() {
    let cases = trycmd::TestCases::new();
    cases.case("tests/cli/cases/*.md").case("README.md");
    cases.case("docs/ownership.md").case("docs/deals.md").case("docs/questions.md");
    cases.case("docs/output.md");
}

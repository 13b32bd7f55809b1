//! The library, tested from outside, through its public API.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

#[cfg(feature = "answer")]
mod answer;
mod architecture;
mod building;
mod decade;
#[cfg(feature = "diagram")]
mod diagram;
mod docs;
mod editing;
mod fields;
mod file;
mod filters;
mod graph;
mod hostile;
mod identifiers;
#[cfg(feature = "import")]
mod import;
mod invalid;
mod lints;
mod loader;
#[cfg(feature = "answer")]
mod marks;
mod names;
mod ownership;
#[cfg(feature = "render")]
mod pictures;
mod properties;
mod property;
mod query;
mod serial;
mod showcase;
mod shown;
mod sides;
mod snapshot;
#[cfg(feature = "answer")]
mod tables;
mod time;
mod value;
mod verbs;
mod vocabulary;

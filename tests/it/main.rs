//! The library, tested from outside, through its public API.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    missing_docs
)]

mod architecture;
mod graph;
mod names;
mod query;
mod value;
mod vocabulary;

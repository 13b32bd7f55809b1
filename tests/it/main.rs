//! The library, tested from outside, through its public API.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

mod architecture;
mod graph;
mod names;
mod query;
mod value;
mod vocabulary;

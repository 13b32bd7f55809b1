//! What is odd about a whole graph, seen through its views: each check warns, or finds an error.

pub(crate) mod facts;
mod licenses;
mod lives;
pub(crate) mod stakes;
mod titles;

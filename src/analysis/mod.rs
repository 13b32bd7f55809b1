//! Named questions about the graph as a whole, built on graph and query only.

mod stats;

pub use stats::{Stat, stats};

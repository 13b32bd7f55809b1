//! Named questions about the graph as a whole, built on graph and query only.

mod diff;
mod stats;
mod timeline;

pub use diff::{Change, Difference, diff};
pub use stats::{Stat, stats};
pub use timeline::{Moment, MomentKind, timeline};

//! Named questions about the graph as a whole, built on graph and query only.

mod components;
mod diff;
mod majority;
mod rank;
mod stats;
mod timeline;

pub use components::{Components, FindComponents};
pub use diff::{Change, Difference, diff};
pub use majority::{Chain, MajorityOwners};
pub use rank::{PageRank, Ranks};
pub use stats::{Stat, stats};
pub use timeline::{Moment, MomentKind, timeline};

//! Named questions about the graph as a whole, built on graph and query only.

mod control;
mod diff;
mod ownership;
mod stats;
mod timeline;

pub use control::{Control, Controlled};
pub use diff::{Change, Difference, diff};
pub use ownership::{
    Chain, Chains, Fraction, Overfull, Owner, OwnerRule, OwnerTest, Owners, Ownership, OwnershipRing,
    ShareRange, Verdict,
};
pub use stats::{Stat, stats};
pub use timeline::{Moment, MomentKind, timeline};

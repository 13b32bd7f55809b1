//! Named questions about the graph as a whole, built on `graph` and `query` only.

mod betweenness;
mod components;
mod control;
mod deal_groups;
mod degree;
mod diff;
mod majority;
mod neighbor_lists;
mod ownership;
mod rank;
mod rank_solver;
mod stats;
mod timeline;

pub use betweenness::{Betweenness, FindBetweenness};
pub use components::{Components, FindComponents};
pub use control::{Control, Controlled, JointControl, JointlyControls, UltimateParents, VotesIn};
#[cfg(feature = "answer")]
pub(crate) use deal_groups::added_up;
pub use deal_groups::{DealGroup, DealGroups, DealKey, DealSum, GroupName};
pub use degree::{Degree, Degrees};
pub use diff::{Change, Difference};
pub use majority::{MajorityChain, MajorityOwners};
pub use ownership::{
    Chain, Chains, Fraction, JointOwner, KeptOwnership, Overfull, OwnShares, Owner, OwnerRule, OwnerTest,
    Owners, Ownership, OwnershipRing, ShareRange, Together, TogetherPart, Verdict,
};
#[cfg(feature = "answer")]
pub(crate) use rank::is_any_disputed;
pub use rank::{PageRank, Ranks};
pub use stats::Stat;
pub use timeline::{Moment, MomentKind};

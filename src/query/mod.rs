//! Questions that walk the graph: traversals, paths, partners, deals.

mod deals;
mod kinds;
mod partners;
mod path;
mod selection;
mod shortest;
mod simple;
mod traversal;

pub use deals::{DealList, Deals};
pub use kinds::RelationKinds;
pub use partners::{Partner, Partners};
pub use path::{Path, Paths};
pub use selection::Selection;
pub use traversal::{Direction, Outcome, Step, StoppedBy, Traversal};

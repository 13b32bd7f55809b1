//! Queries that walk the graph: traversals, paths, partners, deals.

mod deals;
mod interlocks;
mod partner_search;
mod partners;
mod path;
mod path_order;
mod reach;
mod search;
mod selection;
mod shortest;
mod simple;
mod traversal;
mod triangles;

pub use crate::model::RelationKinds;
pub(crate) use deals::by_amount;
pub use deals::{Converted, Deal, DealEnd, DealList, DealOrder, Deals};
pub use interlocks::{Interlock, Interlocks, Shared, Tie};
pub use partners::{Partner, PartnerPairs, Partners, SharedPartners};
pub use path::{Path, Paths};
pub use path_order::{Assurance, PathOrder, PathWeight};
pub use selection::Selection;
pub(crate) use traversal::Budget;
pub use traversal::{Direction, Outcome, Step, StoppedBy, Traversal};
pub use triangles::Triangles;

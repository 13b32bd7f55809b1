//! Answers as data: how handles serialize, in the shapes of the command line's JSON.

mod ending;
mod entity;
mod fact;
mod graph;
mod money;
mod relation;
mod share;

pub use entity::EntityDetails;
pub use graph::GraphExport;
pub use relation::StakeExport;
